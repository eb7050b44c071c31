//! What the records of digests hold of English, machine text and approved text.

use std::collections::{HashMap, VecDeque};
use std::path::Path;

use super::super::parts::plain;
use super::Triple;
use crate::digest::{Digest, Format, hash};
use crate::draft::files::{self, Names};
use crate::draft::record::{Entry, Record};
use crate::pipeline::PipelineError;

/// What a digest has to teach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learned {
    /// One for each segment that has Korean on record.
    pub triples: Vec<Triple>,
    /// Whether there is a record at all.
    pub has_record: bool,
}

/// What is on record about an English digest. Nothing is written, and no lock is taken: a record is replaced whole.
///
/// # Errors
/// When a file cannot be read.
pub fn triples(english: &Path) -> Result<Learned, PipelineError> {
    let text = files::read_merged(english)?;
    let Some(record) = Record::load(&Names::of(english).record)? else { return Ok(Learned::default()) };
    let format = Format::of(english);
    let digest = Digest::parse(&text, format, None);
    let mut entries: HashMap<&str, VecDeque<&Entry>> = HashMap::new();
    record.segments.iter().for_each(|entry| entries.entry(&entry.english_hash).or_default().push_back(entry));
    let mut triples = Vec::new();
    for segment in &digest.segments {
        // The n-th segment with a hash is the n-th entry with it.
        let english_hash = hash(&digest.marked(segment).text);
        let Some(entry) = entries.get_mut(english_hash.as_str()).and_then(VecDeque::pop_front) else { continue };
        // What was merged or split is not the Korean of this English alone; what was taken out is no Korean.
        let approved = entry.approved.as_deref().filter(|text| entry.shape.is_none() && !text.is_empty());
        if approved.is_none() && (entry.machine.is_none() || entry.shape.is_some()) {
            continue;
        }
        let reads = |text: Option<&str>| text.map(|text| plain(text, format).into_owned());
        triples.push(Triple {
            file: english.display().to_string(),
            item: segment.item.map(|item| item as usize + 1),
            english: digest.reading(segment),
            machine: reads(entry.machine.as_deref()),
            approved: reads(approved),
        });
    }
    Ok(Learned { triples, has_record: true })
}
