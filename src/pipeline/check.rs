//! A Korean file from disk to findings, and back with its certain faults mended.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::PipelineError;
use super::since::{Older, keep_new};
use super::words::English;
use crate::checks::{self, Chosen, Context, Finding, Findings, Progress, Ruling, Sightings};
use crate::digest::{Digest, Format, fold};
use crate::draft::atomic;
use crate::draft::files::{self, FileError};
use crate::draft::lock::Lock;
use crate::draft::pair::{Alone, Pairs, pair};
use crate::draft::plan::{Holder, Plan, Slot};
use crate::draft::record::{Entry, Record, State};
use crate::glossary::Glossary;
use crate::korean::hangul::composed;
use crate::span::Lines;

/// The files of one digest that is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The Korean file.
    pub korean: PathBuf,
    /// The English digest, if there is one.
    pub english: Option<PathBuf>,
}

/// What is checked against.
pub struct Rules<'a> {
    /// The terms.
    pub glossary: &'a Glossary,
    /// The checks to run.
    pub checks: &'a [Chosen],
    /// What the settings let pass in the file.
    pub rulings: &'a [Ruling<'a>],
    /// The folder that holds `.translate/`.
    pub root: &'a Path,
    /// Whether to tell what of the glossary the digest has.
    pub sight: bool,
    /// What the digest was at the revision since which findings count; none where all count.
    pub since: Option<&'a Older<'a>>,
}

/// A checked file with all that a report needs; its texts go when the report has been made.
#[derive(Debug)]
pub struct Checked<'a> {
    /// Its files.
    pub files: &'a Files,
    /// The Korean text.
    pub korean: &'a str,
    /// The English text.
    pub english: Option<&'a str>,
    /// Items of the Korean digest.
    pub items: usize,
    /// What was found.
    pub found: Findings,
    /// What of the glossary it has, where that was asked.
    pub sightings: Option<Sightings>,
}

/// A file with its certain faults mended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// The text before.
    pub before: String,
    /// The text after.
    pub after: String,
    /// What was done, in its order.
    pub notes: Vec<Note>,
}

/// One fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The line, from 1.
    pub line: usize,
    /// What was done, as the record notes it: `fixed: 새들 포인트 -> 안장점`.
    pub text: String,
    /// The segment of the Korean digest that it was done in.
    segment: Option<usize>,
}

/// A fix may uncover another fault, as a repaired spacing does its particle; a text that is not at rest after this many rounds is
/// left as it is by then.
const ROUNDS: usize = 8;

/// Checks one file and hands the result to `then`.
///
/// # Errors
/// When a file cannot be read.
pub fn check<R>(files: &Files, rules: &Rules<'_>, then: impl FnOnce(&Checked<'_>) -> R) -> Result<R, PipelineError> {
    let sides = Sides::read(files)?;
    let english = sides.english_digest();
    let (items, found, sightings) = sides.found(english.as_ref(), &sides.korean, rules);
    Ok(then(&Checked { files, korean: &sides.korean, english: sides.english.as_deref(), items, found, sightings }))
}

/// What [`fix`] would make of a file; none where there is nothing to fix.
///
/// # Errors
/// When a file cannot be read.
pub fn preview(files: &Files, rules: &Rules<'_>) -> Result<Option<Mended>, PipelineError> {
    Ok(Sides::read(files)?.mended(rules))
}

/// Mends what is certain, in the Korean file and in what the record knows of it; none where there is nothing to fix. What an editor
/// saves in the meantime is mended, not lost.
///
/// # Errors
/// When a file cannot be read or written, or another run holds the digest.
pub fn fix(files: &Files, rules: &Rules<'_>) -> Result<Option<Mended>, PipelineError> {
    if preview(files, rules)?.is_none() {
        return Ok(None);
    }
    let _lock = Lock::acquire(rules.root, files.english.as_deref().unwrap_or(&files.korean))?;
    atomic::sweep(&files.korean);
    atomic::ensure_writable(&files.korean)?;
    loop {
        let sides = Sides::read(files)?;
        let Some(mended) = sides.mended(rules) else { return Ok(None) };
        let remembered = sides.remembered(&mended, rules);
        if let Some((path, [before, _])) = &remembered {
            atomic::sweep(path);
            atomic::ensure_writable(path)?;
            before.save(path)?;
        }
        if files::read(&files.korean)? != sides.korean {
            continue;
        }
        atomic::write(&files.korean, mended.after.as_bytes())?;
        if let Some((path, [_, after])) = &remembered {
            after.save(path)?;
        }
        return Ok(Some(mended));
    }
}

/// Both sides as they stand on disk, with what the record knows.
struct Sides<'f> {
    files: &'f Files,
    korean: String,
    english: Option<String>,
    record: Option<Record>,
}

impl<'f> Sides<'f> {
    fn read(files: &'f Files) -> Result<Self, PipelineError> {
        let korean = files::read_existing(&files.korean)?.ok_or_else(|| FileError::Missing(files.korean.clone()))?;
        let english = files.english.as_deref().map(files::read).transpose()?;
        let record = files.english.as_deref().map(|english| Record::load(&files::Names::of(english).record)).transpose()?;
        Ok(Self { files, korean, english, record: record.flatten() })
    }

    fn format(&self) -> Format {
        Format::of(&self.files.korean)
    }

    fn english_digest(&self) -> Option<Digest<'_>> {
        let format = self.files.english.as_deref().map(Format::of)?;
        self.english.as_deref().map(|text| Digest::parse(text, format, None))
    }

    /// Items and findings of `korean`, which is the Korean file's text or what fixes made of it, and what of the glossary it has.
    fn found(&self, english: Option<&Digest<'_>>, korean: &str, rules: &Rules<'_>) -> (usize, Findings, Option<Sightings>) {
        let digest = Digest::parse(korean, self.format(), None);
        let paired = english.map(|english| self.pairs(english, &digest));
        let (pairs, progress) = paired.map_or_else(Default::default, |(pairs, progress)| (Some(pairs), progress));
        let added = self.added();
        let context = Context::new(rules.glossary, &digest, english.zip(pairs.as_ref()));
        let context = context.with_rulings(rules.rulings).with_progress(&progress).with_added(&added);
        let mut found = checks::run(&context, rules.checks);
        if let Some(older) = rules.since {
            keep_new(&context, self.files, older, rules, &mut found.findings);
        }
        let sightings = rules.sight.then(|| {
            let mut seen = Sightings::of(&context);
            let entries = self.record.iter().flat_map(|record| &record.segments);
            seen.add_notes(rules.glossary, entries.flat_map(|entry| &entry.notes).map(String::as_str));
            seen
        });
        (digest.items.len(), found, sightings)
    }

    /// Which Korean segment belongs to which English one, and how far each English one is; nothing of that where there is no record.
    fn pairs(&self, english: &Digest<'_>, korean: &Digest<'_>) -> (Pairs, Vec<Progress>) {
        if let Some(record) = &self.record {
            let marked: Vec<_> = english.segments.iter().map(|segment| english.marked(segment)).collect();
            let plan = Plan::new(english, &marked, Some(korean), Some(record));
            if let Some(mut pairs) = plan.pairs {
                pairs.alone = alone(english, korean, &plan.slots, &self.added());
                let is_held = |slot: &Slot| matches!(slot.holder, Holder::Machine | Holder::Person);
                let progress = |slot: &Slot| Progress {
                    state: slot.entry.state,
                    stale: slot.is_stale() || (slot.changed && is_held(slot)),
                    taken_out: is_taken_out(slot),
                };
                return (pairs, plan.slots.iter().map(progress).collect());
            }
        }
        (pair(english, korean, &vec![Vec::new(); english.segments.len()]), Vec::new())
    }

    /// The texts without English that a person accepted, folded.
    fn added(&self) -> Vec<String> {
        let entries = self.record.iter().flat_map(|record| &record.segments).filter(|entry| entry.is_added());
        entries.filter_map(|entry| entry.approved.as_deref()).map(|text| fold(text).into_owned()).collect()
    }

    /// The Korean text with everything certain fixed; none where that is nothing.
    fn mended(&self, rules: &Rules<'_>) -> Option<Mended> {
        let english = self.english_digest();
        let mut mended = Mended { before: self.korean.clone(), after: self.korean.clone(), notes: Vec::new() };
        for _ in 0..ROUNDS {
            let (_, found, _) = self.found(english.as_ref(), &mended.after, rules);
            let digest = Digest::parse(&mended.after, self.format(), None);
            let Some(fixed) = checks::apply(&digest, &found.findings) else { break };
            let lines = Lines::new(&mended.after);
            mended.notes.extend(fixed.applied.iter().map(|&index| note(&digest, &lines, &found.findings[index])));
            mended.after = fixed.text;
        }
        (mended.after != mended.before).then_some(mended)
    }

    /// The record before and after the Korean file is written, with its path; none where it knows nothing of this file.
    ///
    /// The record that is written before names the new machine text as a candidate: if the run ends between the two files, the next
    /// one finds that text in the Korean file and takes it for the tool's own, not for a person's.
    fn remembered(&self, mended: &Mended, rules: &Rules<'_>) -> Option<(PathBuf, [Record; 2])> {
        let names = files::Names::of(self.files.english.as_deref()?);
        let record = self.record.as_ref()?;
        let own = record.korean.as_ref().map_or_else(|| names.korean.clone(), |korean| names.record.with_file_name("").join(korean));
        if !files::same_file(&own, &self.files.korean) {
            return None;
        }
        let digest = self.english_digest()?;
        let english = English::new(&digest, rules.glossary);
        let before = Digest::parse(&self.korean, self.format(), None);
        let after = Digest::parse(&mended.after, self.format(), None);
        let mut plan = Plan::new(&digest, &english.marked, Some(&before), Some(record));
        let mut ahead = plan.clone();
        let mut notes: HashMap<usize, Vec<&str>> = HashMap::new();
        for note in &mended.notes {
            note.segment.into_iter().for_each(|segment| notes.entry(segment).or_default().push(&note.text));
        }
        for (index, slot) in plan.slots.iter_mut().enumerate() {
            let Some(segment) = slot.korean.and_then(|k| after.segments.get(k).zip(before.segments.get(k))) else { continue };
            let (written, stood) = (after.one_line(segment.0), before.one_line(segment.1));
            if written == stood {
                continue;
            }
            let entry = &mut slot.entry;
            let mut known: HashSet<String> = entry.notes.iter().cloned().collect();
            for &note in slot.korean.iter().filter_map(|segment| notes.get(segment)).flatten() {
                if known.insert(note.to_owned()) {
                    entry.notes.push(note.to_owned());
                }
            }
            match slot.holder {
                Holder::Machine => {
                    ahead.slots[index].entry.candidate.get_or_insert_with(|| written.clone());
                    entry.machine = Some(written);
                    refresh(&english, index, entry);
                }
                // What a person accepted stays on record as it was accepted: `approved` with its hash, reviewer and time is that
                // person's word, and no rule may put another text under it. The text that stands now is their edition with a fix
                // that was asked for, so that a review has only this one change to show.
                Holder::Person => {
                    entry.state = State::Edited;
                    entry.edited = Some(written);
                }
                Holder::Nobody | Holder::Removed => {}
            }
        }
        Some((names.record, [ahead.unfinished(record), plan.unfinished(record)]))
    }
}

/// Items that a person accepted as taken out, or as added.
fn alone(english: &Digest<'_>, korean: &Digest<'_>, slots: &[Slot], added: &[String]) -> Alone {
    let is_out = |item: &usize| {
        let mut segments = english.segment_indices_of(*item).peekable();
        segments.peek().is_some() && segments.all(|segment| is_taken_out(&slots[segment]))
    };
    let added: HashSet<&str> = added.iter().map(String::as_str).collect();
    let is_added = |item: &usize| {
        let mut segments = korean.segments_of(*item).peekable();
        segments.peek().is_some() && segments.all(|segment| added.contains(&*fold(&korean.one_line(segment))))
    };
    let of_korean = if added.is_empty() { Vec::new() } else { (0..korean.items.len()).filter(is_added).collect() };
    Alone { english: (0..english.items.len()).filter(is_out).collect(), korean: of_korean }
}

fn is_taken_out(slot: &Slot) -> bool {
    slot.holder == Holder::Removed && slot.entry.approved.as_deref() == Some("")
}

/// Machine text that is already what the terms of today make of it needs no other look at them.
fn refresh(english: &English<'_, '_>, index: usize, entry: &mut Entry) {
    let Some(machine) = &entry.machine else { return };
    let engine = entry.backend.clone().unwrap_or_default();
    if english.reuse(index, machine, &engine).is_some_and(|answer| answer.text == *machine) {
        entry.glossary_hash = english.glossary_hash(index);
    }
}

/// What a fix does, in the words of its first edit; an edit of a particle alone is shown with its host.
fn note(digest: &Digest<'_>, lines: &Lines<'_>, finding: &Finding) -> Note {
    let text = digest.text;
    let at = finding.span.start;
    let (stood, written) = match &finding.fix[..] {
        [edit] if finding.span.start <= edit.span.start && edit.span.end <= finding.span.end => {
            // A blank that goes is shown with the word before it.
            let parted = text[at..].starts_with(char::is_whitespace);
            let from =
                if parted { text[..at].rfind(char::is_whitespace).map_or(0, |blank| text.ceil_char_boundary(blank + 1)) } else { at };
            let (head, tail) = (&text[from..edit.span.start], &text[edit.span.end..finding.span.end]);
            (text[from..finding.span.end].to_owned(), format!("{head}{}{tail}", edit.text))
        }
        [edit, ..] => (text[edit.span.clone()].to_owned(), edit.text.clone()),
        [] => (String::new(), String::new()),
    };
    let before = digest.segments.partition_point(|segment| segment.start <= at).checked_sub(1);
    let segment = before.filter(|&index| at < digest.segments[index].end);
    Note { line: lines.place(at).line, text: format!("fixed: {} -> {}", composed(&stood), composed(&written)), segment }
}
