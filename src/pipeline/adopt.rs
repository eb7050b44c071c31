//! A Korean edition that people made, as approved text: how a team's archive becomes its memory.

use std::path::Path;

use super::PipelineError;
use super::outcome::{Left, left};
use super::words::English;
use crate::digest::{Digest, Format, fold};
use crate::draft::atomic;
use crate::draft::files;
use crate::draft::lock::Lock;
use crate::draft::plan::Plan;
use crate::draft::record::{Record, State};
use crate::glossary::Glossary;

/// What was adopted.
#[derive(Clone, Debug, Default)]
pub struct Adopted {
    /// Items of the English digest.
    pub items: usize,
    /// Segments of the English digest.
    pub segments: usize,
    /// Segments that are approved now.
    pub approved: usize,
    /// Segments without a certain Korean one.
    pub left: Vec<Left>,
    /// Korean items that no English item has.
    pub added: usize,
}

/// Who adopts and when.
#[derive(Clone, Debug)]
pub struct Approval<'a> {
    /// The name to record, if known.
    pub reviewer: Option<&'a str>,
    /// RFC 3339, UTC.
    pub time: &'a str,
}

/// Pairs `korean` with `english` and records what is certain as approved. The Korean file is only read.
///
/// # Errors
/// When a file cannot be read, or the record not written.
pub fn adopt(
    english: &Path,
    korean: &Path,
    record_path: &Path,
    root: &Path,
    glossary: &Glossary,
    approval: &Approval<'_>,
) -> Result<Adopted, PipelineError> {
    let text = files::read_merged(english)?;
    let korean_text = files::read_existing(korean)?.ok_or_else(|| files::FileError::Missing(korean.to_owned()))?;
    let _lock = Lock::acquire(root, english)?;
    atomic::sweep(record_path);
    atomic::ensure_writable(record_path)?;
    let record = Record::load(record_path)?.unwrap_or_else(|| Record::new(english));
    let digest = Digest::parse(&text, Format::of(english), None);
    let side = Digest::parse(&korean_text, Format::of(korean), None);
    let english = English::new(&digest, glossary);
    let mut plan = Plan::new(&digest, &english.marked, Some(&side), Some(&record));
    let mut adopted = Adopted { items: digest.items.len(), segments: digest.segments.len(), ..Adopted::default() };
    let paired = plan.pairs.as_ref().map_or(0, |pairs| pairs.items.iter().flatten().count());
    adopted.added = side.items.len() - paired;
    for (index, slot) in plan.slots.iter_mut().enumerate() {
        let own = digest.bytes(&digest.segments[index]);
        let stands = slot.korean.map(|k| side.bytes(&side.segments[k]));
        let Some(stands) = stands else {
            adopted.left.push(left(&english, index, "no certain Korean text"));
            continue;
        };
        // A name may stay as it is; a sentence that did was not translated.
        if fold(stands) == fold(own) && own.split_whitespace().count() > 4 {
            adopted.left.push(left(&english, index, "still in English"));
            continue;
        }
        slot.older = None;
        let entry = &mut slot.entry;
        let one_line = slot.korean.map_or_else(|| stands.to_owned(), |k| side.one_line(&side.segments[k]));
        let terms = english.glossary_hash(index);
        let bound = entry.bound(&one_line, terms.as_deref());
        adopted.approved += 1;
        entry.glossary_hash = terms;
        (entry.edited, entry.candidate) = (None, None);
        if entry.state == State::Approved && entry.approved_hash.as_deref() == Some(&bound) {
            continue;
        }
        entry.state = State::Approved;
        entry.approved = Some(one_line);
        entry.approved_hash = Some(bound);
        entry.reviewer = approval.reviewer.map(str::to_owned);
        entry.time = Some(approval.time.to_owned());
    }
    let mut record = plan.finished(&record, &vec![false; plan.slots.len()]);
    record.segments.retain(|entry| entry.state != State::English || entry.machine.is_some() || entry.candidate.is_some());
    record.save(record_path)?;
    Ok(adopted)
}
