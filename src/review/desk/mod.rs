//! Decisions carried out: the record and the Korean draft on disk, nothing of a person's lost on the way, each step taken back again.

mod approve;
mod commit;
mod undo;

use std::collections::HashMap;
use std::path::Path;

use commit::Change;

use super::align::Ruling;
use super::edition::{Edition, Paths, Texts};
use super::journal::{self, Journal};
use super::row::{Case, Piece, RowState};
use super::write::Draft;
use crate::digest::{Digest, Format, fold, hash};
use crate::disk;
use crate::draft::atomic::{self, WriteError};
use crate::draft::files;
use crate::draft::lock::{Lock, LockError};
use crate::draft::plan::Answer;
use crate::draft::record::{Entry, RecordError, State};
use crate::glossary::Glossary;
use crate::pipeline::PipelineError;

/// What a person decides of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// What stands in the edited file is right.
    Edited,
    /// What the machine wrote is right.
    Machine,
}

/// Who decides, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hand {
    /// The name to record, if known.
    pub reviewer: Option<String>,
    /// RFC 3339, UTC.
    pub time: String,
}

/// Why a decision could not be carried out. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// A file cannot be read or written, or another run holds the digest.
    #[error(transparent)]
    Files(#[from] PipelineError),
    /// Someone saved a file since it was read.
    #[error("{0} was changed on disk; it has been read again: look, then decide")]
    Changed(String),
    /// The decision asks for what the files do not allow.
    #[error("{0}")]
    Impossible(String),
}

impl From<WriteError> for DeskError {
    fn from(error: WriteError) -> Self {
        Self::Files(error.into())
    }
}

impl From<RecordError> for DeskError {
    fn from(error: RecordError) -> Self {
        Self::Files(error.into())
    }
}

impl From<LockError> for DeskError {
    fn from(error: LockError) -> Self {
        Self::Files(error.into())
    }
}

/// A digest under review, held against other runs.
pub struct Desk<'g> {
    /// Its files.
    pub paths: Paths,
    /// As it stands.
    pub edition: Edition,
    glossary: &'g Glossary,
    journal: Journal,
    _lock: Lock,
}

impl<'g> Desk<'g> {
    /// Takes a digest for review.
    ///
    /// # Errors
    /// When a file cannot be read or written, when there is no Korean draft, or when another run holds the digest.
    pub fn open(paths: Paths, glossary: &'g Glossary, holder: Option<&str>) -> Result<Self, DeskError> {
        let lock = Lock::acquire_as(&paths.root, &paths.english, holder)?;
        atomic::sweep(&paths.korean);
        atomic::sweep(&paths.record);
        if !disk::exists(&paths.korean) {
            return Err(PipelineError::from(files::FileError::Missing(paths.korean.clone())).into());
        }
        atomic::ensure_writable(&paths.korean)?;
        atomic::ensure_writable(&paths.record)?;
        let journal = Journal::of(&paths.root, &paths.english);
        let edition = read(&paths, glossary, &journal)?;
        let mut desk = Self { paths, edition, glossary, journal, _lock: lock };
        desk.recover()?;
        Ok(desk)
    }

    /// Reads everything again.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn reload(&mut self) -> Result<(), DeskError> {
        self.edition = read(&self.paths, self.glossary, &self.journal)?;
        Ok(())
    }

    /// Carries out a decision on a row.
    ///
    /// # Errors
    /// When it cannot be; nothing has changed then.
    pub fn decide(&mut self, index: usize, decision: Decision, hand: &Hand) -> Result<String, DeskError> {
        self.decide_all(&[index], decision, hand)
    }

    /// Carries out one decision on several rows, as one step that can be taken back. Rows that are put back into the draft are a second
    /// one; what another file has that the draft has not, or has not that the draft has, is a step for each row.
    ///
    /// # Errors
    /// When one of them cannot be: of those that are one step, nothing has changed then.
    pub fn decide_all(&mut self, indices: &[usize], decision: Decision, hand: &Hand) -> Result<String, DeskError> {
        let mut together = Change::default();
        let (mut alone, mut restored) = (Vec::new(), Vec::new());
        let draft = self.draft();
        for &index in indices {
            let case = &self.edition.cases[index];
            let change = self.change(case, decision, hand, &draft)?;
            match (change.restores, change.draft.is_some()) {
                (true, _) => restored.push(case),
                (_, true) => alone.push(case.key()),
                _ => together.join(change),
            }
        }
        let steps = [self.restoring(&restored, &draft)?, alone.into_iter().map(|key| vec![key]).collect()].concat();
        let apart = steps.iter().map(Vec::len).sum::<usize>();
        match (indices, decision) {
            ([], _) => return Ok(String::new()),
            ([_], _) => {}
            (_, Decision::Edited) => together.label = format!("accepted {} texts", indices.len() - apart),
            (_, Decision::Machine) => together.label = format!("kept the machine's {} texts", indices.len() - apart),
        }
        let mut label = together.label.clone();
        if apart < indices.len() {
            self.commit(together)?;
        }
        for step in steps {
            let Some(change) = self.step_apart(step, decision, hand)? else { continue };
            label.clone_from(&change.label);
            self.commit(change)?;
        }
        Ok(label)
    }

    /// The rows that are put back as steps: all as one, or each by itself where the draft does not take them together.
    fn restoring(&self, cases: &[&Case], draft: &Draft<'_>) -> Result<Vec<Vec<String>>, DeskError> {
        if cases.is_empty() {
            return Ok(Vec::new());
        }
        let keys = cases.iter().map(|case| case.key());
        match draft.restored(cases, &self.edition) {
            Ok(_) => Ok(vec![keys.collect()]),
            Err(reason) if cases.len() == 1 => Err(DeskError::Impossible(reason)),
            Err(_) => {
                let placed = cases.iter().try_for_each(|case| draft.restored(&[case], &self.edition).map(drop));
                placed.map_err(DeskError::Impossible)?;
                Ok(keys.map(|key| vec![key]).collect())
            }
        }
    }

    /// The change of rows that are decided by themselves, by their keys, in the edition as it is by now; none where they are gone.
    fn step_apart(&self, keys: Vec<String>, decision: Decision, hand: &Hand) -> Result<Option<Change>, DeskError> {
        let draft = self.draft();
        let mut wanted: HashMap<String, usize> = HashMap::new();
        keys.into_iter().for_each(|key| *wanted.entry(key).or_default() += 1);
        let mut all: Option<Change> = None;
        let mut restored = Vec::new();
        for case in &self.edition.cases {
            let Some(left) = wanted.get_mut(&case.key()).filter(|left| **left > 0) else { continue };
            *left -= 1;
            let change = self.change(case, decision, hand, &draft)?;
            if change.restores {
                restored.push(case);
            }
            match &mut all {
                Some(all) => all.join(change),
                None => all = Some(change),
            }
        }
        if let (Some(all), false) = (&mut all, restored.is_empty()) {
            all.draft = Some(draft.restored(&restored, &self.edition).map_err(DeskError::Impossible)?);
            if restored.len() > 1 {
                all.label = format!("put {} texts back", restored.len());
            }
        }
        Ok(all)
    }

    fn change(&self, case: &Case, decision: Decision, hand: &Hand, draft: &Draft<'_>) -> Result<Change, DeskError> {
        let change = Change { key: case.key(), ..Change::default() };
        match decision {
            Decision::Edited => self.accept(case, hand, draft, change),
            Decision::Machine => self.keep(case, hand, draft, change),
        }
    }

    /// Puts other words into the Korean draft, as a person wrote them: the number of the piece in the row, its words.
    ///
    /// # Errors
    /// When the words would change what stands around them, or a file cannot be written.
    pub fn rewrite(&mut self, index: usize, words: &[(usize, String)], hand: &Hand) -> Result<String, DeskError> {
        let case = self.edition.cases[index].clone();
        let mut change = Change { key: case.key(), label: format!("rewrote {}", name(&case)), ..Change::default() };
        let draft = self.draft();
        for (at, text) in words {
            let piece = &case.pieces[*at];
            let Some(korean) = piece.korean else {
                return Err(DeskError::Impossible(format!("{} has no place in {}", name(&case), self.paths.korean.display())));
            };
            change.words.push((piece.english, korean, text.clone()));
            // The edited side is another file, which is never written: what was written here is the decision.
            if self.paths.against.is_some() {
                let approved = Piece { text: text.clone(), ..piece.clone() };
                self.approve(&mut change, &case, &approved, text, hand, &draft);
                change.settled.extend(self.settle_key(piece));
            }
        }
        let label = change.label.clone();
        self.commit(change)?;
        Ok(label)
    }

    /// Keeps a reviewer's note on a row.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn comment(&mut self, index: usize, comment: Option<&str>) -> Result<String, DeskError> {
        let case = self.edition.cases[index].clone();
        let mut change = Change { key: case.key(), label: format!("noted on {}", name(&case)), ..Change::default() };
        let Some(e) = case.pieces.iter().find_map(|piece| piece.english) else {
            return Err(DeskError::Impossible("a text without English has no entry to keep a note in until it is accepted".to_owned()));
        };
        change.entries.push((e, Entry { comment: comment.map(str::to_owned), ..self.edition.plan.slots[e].entry.clone() }));
        let label = change.label.clone();
        self.commit(change)?;
        Ok(label)
    }

    /// The note on a row.
    pub fn comment_of(&self, index: usize) -> Option<&str> {
        let pieces = self.edition.cases[index].pieces.iter();
        pieces.filter_map(|piece| self.edition.plan.slots[piece.english?].entry.comment.as_deref()).next()
    }

    /// Takes new machine text: into the draft where the machine's own text stands, else beside what a person wrote.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn retranslated(&mut self, answers: &[(usize, Answer)]) -> Result<String, DeskError> {
        let case = self.edition.cases.iter().find(|case| case.pieces.iter().any(|p| answers.iter().any(|(e, _)| p.english == Some(*e))));
        let Some(case) = case.cloned() else { return Err(DeskError::Impossible("the item is not there any more".to_owned())) };
        let mut change = Change { key: case.key(), label: format!("retranslated {}", name(&case)), ..Change::default() };
        for (e, answer) in answers {
            let slot = &self.edition.plan.slots[*e];
            let mut entry = slot.entry.clone();
            let was = entry.candidate.take().or_else(|| entry.machine.clone());
            entry.rejected.extend(was.filter(|was| *was != answer.text && !entry.rejected.contains(was)));
            let untouched = self.paths.against.is_none() && !case.by_person;
            match case.pieces.iter().find(|piece| piece.english == Some(*e)).and_then(|piece| piece.korean) {
                Some(korean) if untouched => {
                    change.words.push((Some(*e), korean, answer.text.clone()));
                    entry.machine = Some(answer.text.clone());
                    entry.state = State::Machine;
                    entry.backend = Some(answer.backend.clone());
                    entry.glossary_hash.clone_from(&answer.glossary_hash);
                    entry.notes.clone_from(&answer.notes);
                }
                _ => entry.candidate = Some(answer.text.clone()),
            }
            change.entries.push((*e, entry));
        }
        let label = change.label.clone();
        self.commit(change)?;
        Ok(label)
    }

    /// Says that an item of the machine's and one of the edited file belong together, or do not.
    ///
    /// # Errors
    /// When that cannot be remembered.
    pub fn rule(&mut self, linked: bool, english: usize, edited: usize) -> Result<(), DeskError> {
        let (mine, theirs) = hashes(&self.edition.texts, &self.paths);
        let (Some(a), Some(b)) = (mine.get(english), theirs.get(edited)) else { return Ok(()) };
        self.journal.rule(linked, a, b)?;
        self.reload()
    }

    /// What was done last, for people.
    pub fn last_step(&self) -> Option<(String, String)> {
        self.journal.last().ok().flatten().map(|step| (step.key, step.label))
    }

    fn accept(&self, case: &Case, hand: &Hand, draft: &Draft<'_>, mut change: Change) -> Result<Change, DeskError> {
        change.label = format!("accepted {}", name(case));
        if self.paths.against.is_some() {
            change.draft = draft.with_parts(case, &self.edition).map_err(DeskError::Impossible)?;
        }
        for piece in &case.pieces {
            let mut words = piece.text.clone();
            if let (Some(_), Some(korean), None) = (self.paths.against.as_ref(), piece.korean, &change.draft) {
                words = draft.own_words(piece).map_err(DeskError::Impossible)?;
                if fold(&draft.stands(korean)) != fold(&words) {
                    change.words.push((piece.english, korean, words.clone()));
                }
            }
            self.approve(&mut change, case, piece, &words, hand, draft);
            change.settled.extend(self.settle_key(piece));
            // What a person wrote in the draft is not lost with its item.
            if let (Some(_), Some(korean), Some((_, entry))) = (&change.draft, piece.korean, change.entries.last_mut()) {
                let stood = draft.stands(korean);
                if !is_own_text(&entry.machine, &stood) && !is_own_text(&entry.candidate, &stood) {
                    entry.edited = Some(stood);
                }
            }
        }
        Ok(change)
    }

    fn keep(&self, case: &Case, hand: &Hand, draft: &Draft<'_>, mut change: Change) -> Result<Change, DeskError> {
        let named = name(case);
        change.label = format!("kept the machine's {}", named.strip_prefix("a ").unwrap_or(&named));
        draft.ensure_kept(case).map_err(DeskError::Impossible)?;
        // What another file has beyond the draft stays where it is.
        if case.row.state == RowState::Added {
            change.label = format!("left out {}", name(case));
            change.settled.extend(case.pieces.iter().filter_map(|piece| self.settle_key(piece)));
            return Ok(change);
        }
        change.restores = case.pieces.iter().all(|piece| piece.korean.is_none());
        for piece in &case.pieces {
            let Some(e) = piece.english else { continue };
            let words = self.edition.plan.slots[e].entry.candidate.clone().unwrap_or_else(|| draft.machine(e, &self.edition));
            if let Some(korean) = piece.korean
                && fold(&draft.stands(korean)) != fold(&words)
            {
                change.words.push((Some(e), korean, words.clone()));
            }
            self.approve(&mut change, case, piece, &words, hand, draft);
            change.settled.extend(self.settle_key(piece));
            if let Some((_, entry)) = change.entries.last_mut() {
                // The newer text is the machine's now.
                if let Some(candidate) = entry.candidate.take() {
                    let old = entry.machine.replace(candidate);
                    entry.rejected.extend(old.filter(|old| !entry.rejected.contains(old)));
                }
                entry.rejected.retain(|rejected| *rejected != words);
            }
        }
        Ok(change)
    }

    fn draft(&self) -> Draft<'_> {
        Draft::new(&self.paths, &self.edition.texts)
    }
}

fn read(paths: &Paths, glossary: &Glossary, journal: &Journal) -> Result<Edition, DeskError> {
    let said = journal.rulings();
    let ruled = |texts: &Texts| -> Vec<Ruling> {
        if said.is_empty() {
            return Vec::new();
        }
        let (mine, theirs) = hashes(texts, paths);
        journal::rulings(&said, &mine, &theirs)
    };
    let mut edition = Edition::read(paths, glossary, &ruled)?;
    if paths.against.is_some() {
        edition.settle(&journal.settled());
    }
    Ok(edition)
}

fn is_own_text(known: &Option<String>, text: &str) -> bool {
    known.as_deref().is_some_and(|known| fold(known) == fold(text))
}

/// What names the items of both sides from run to run.
fn hashes(texts: &Texts, paths: &Paths) -> (Vec<String>, Vec<String>) {
    let of = |text: &str, path: &Path| {
        let digest = Digest::outline(text, Format::of(path), None);
        digest.items.iter().map(|item| hash(&text[item.start..item.end])).collect()
    };
    let edited = texts.against.as_ref().or(texts.korean.as_ref()).map_or("", String::as_str);
    (of(&texts.english, &paths.english), of(edited, paths.edited()))
}

/// How a row is named to people.
pub(super) fn name(case: &Case) -> String {
    match case.row.item {
        Some(item) => format!("item {item}"),
        None if case.row.outside => "a text outside items".to_owned(),
        None => "an added item".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::fs;

    use super::super::row::Standing;
    use super::super::write::MADE;
    use super::*;
    use crate::draft::record::Record;

    /// A digest with what the machine made of it and an editor of that.
    fn sample(english: &str, machine: &str, edited: &str) -> (tempfile::TempDir, Paths) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        fs::write(path("x.md"), english).expect("written");
        fs::write(path("x.ko.md"), edited).expect("written");
        let mut record = Record::new(Path::new("x.md"));
        let sides = [english, machine].map(|text| Digest::parse(text, Format::Markdown, None));
        for (e, k) in sides[0].segments.iter().zip(&sides[1].segments) {
            record.segments.push(Entry {
                english_hash: hash(&sides[0].marked(e).text),
                state: State::Machine,
                machine: Some(sides[1].bytes(k).to_owned()),
                ..Entry::default()
            });
        }
        record.save(&path("x.record.toml")).expect("saved");
        let paths = Paths { root: folder.path().to_owned(), ..Paths::of(&path("x.md"), None) };
        (folder, paths)
    }

    #[test]
    fn one_decision_on_many_rows_parses_both_sides_twice() {
        let (mut english, mut machine, mut edited) = (String::new(), String::new(), String::new());
        for number in 0..60 {
            let _ = writeln!(english, "- Text number {number}.");
            let _ = writeln!(machine, "- 글 {number}번.");
            let _ = writeln!(edited, "- 글 {number}번이다.\n- 더한 글 {}번.", number + 100);
        }
        let sample = sample(&english, &machine, &edited);
        let glossary = Glossary::empty();
        let mut desk = Desk::open(sample.1.clone(), &glossary, None).expect("a desk");
        let all: Vec<usize> = (0..desk.edition.cases.len()).collect();
        assert_eq!(all.len(), 120);
        MADE.set(0);
        desk.decide_all(&all, Decision::Edited, &Hand::default()).expect("accepted");
        assert_eq!(MADE.get(), 2, "once to decide, once to write");
        assert!(desk.edition.cases.iter().all(|case| case.standing == Standing::Approved));
        MADE.set(0);
        desk.undo().expect("undone").expect("a step");
        assert_eq!(MADE.get(), 1);
        assert!(desk.edition.cases.iter().all(|case| case.standing == Standing::Undecided));
    }

    #[test]
    fn rows_that_are_put_back_are_one_step() {
        let items = |word: &str, numbers: &dyn Fn(usize) -> bool| -> String {
            (0..60).filter(|number| numbers(*number)).map(|number| format!("- [{word} {number}](https://a.b/{number}).\n")).collect()
        };
        let (english, machine) = (items("Text", &|_| true), items("글", &|_| true));
        let edited = items("글", &|number| number % 3 > 0);
        let sample = sample(&english, &machine, &edited);
        let glossary = Glossary::empty();
        let mut desk = Desk::open(sample.1.clone(), &glossary, None).expect("a desk");
        let deleted: Vec<usize> =
            (0..desk.edition.cases.len()).filter(|&row| desk.edition.cases[row].row.state == RowState::Deleted).collect();
        assert_eq!(deleted.len(), 20);
        MADE.set(0);
        let label = desk.decide_all(&deleted, Decision::Machine, &Hand::default()).expect("put back");
        assert_eq!((label.as_str(), MADE.get()), ("put 20 texts back", 3));
        assert_eq!(desk.edition.texts.korean.as_deref(), Some(machine.as_str()));
        assert_eq!(desk.edition.undecided().count(), 40);
        desk.undo().expect("undone").expect("a step");
        assert_eq!(desk.edition.texts.korean.as_deref(), Some(edited.as_str()));
        assert_eq!(desk.undo().expect("undone"), None);
    }
}
