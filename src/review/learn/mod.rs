//! What a team's edits teach: replacements that recur become terms to add to the glossary.
//!
//! Pure: [`proposals`] reads triples of texts and a glossary, [`write`](fn@write) edits the glossary's text. [`triples`] reads them from the
//! records on disk.

mod mine;
mod pairs;
mod propose;
mod records;
mod words;

use crate::glossary::edit::{self, Outcome};
use crate::glossary::{Glossary, LoadError, Term};

pub use records::{Learned, triples};

/// One segment: its English, and its Korean as the machine wrote it and as a person accepted it. Texts as they read, without markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Triple {
    /// The English digest, as it is named in output.
    pub file: String,
    /// Its item in the digest, from 1; none outside items.
    pub item: Option<usize>,
    /// The English text.
    pub english: String,
    /// What the machine wrote, where that is on record.
    pub machine: Option<String>,
    /// What a person accepted, where somebody did.
    pub approved: Option<String>,
}

/// A term to add, or forms to avoid of one that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The entry as it is to be added: of a known term only what is new, beside its English and its rendering.
    pub term: Term,
    /// Whether the glossary has the term already.
    pub is_known: bool,
    /// Items in which it was seen.
    pub times: usize,
    /// What it is founded on.
    pub evidence: Vec<Evidence>,
}

/// One replacement, and where editors made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What the machine wrote, without particles.
    pub machine: String,
    /// What the editor wrote instead.
    pub approved: String,
    /// One for each item, in the order in which they were read; at least two.
    pub sightings: Vec<Sighting>,
}

/// One place where an editor made a replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The English digest.
    pub file: String,
    /// Its item, from 1; none outside items.
    pub item: Option<usize>,
    /// The English text.
    pub english: String,
    /// The machine's text.
    pub machine: String,
    /// The approved text.
    pub approved: String,
}

impl Sighting {
    fn of(triple: &Triple) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            file: triple.file.clone(),
            item: triple.item,
            english: triple.english.clone(),
            machine: text(&triple.machine),
            approved: text(&triple.approved),
        }
    }
}

/// What recurs in these texts and is not in the glossary, the most frequent first.
///
/// Never proposed: what was seen in one item only, what the glossary says otherwise, and changes of particles, endings, blanks, marks
/// and numbers. All texts count, also those that nobody edited: they tell which English word it is that a replacement goes with.
pub fn proposals(triples: &[Triple], glossary: &Glossary) -> Vec<Proposal> {
    propose::proposals(triples, glossary)
}

/// The glossary's text with these proposals in it, comments and all else as they are, and what became of each.
///
/// # Errors
/// When the text is no glossary.
pub fn write(path: &str, text: &str, accepted: &[&Proposal]) -> Result<(String, Vec<Outcome>), LoadError> {
    let terms: Vec<Term> = accepted.iter().map(|proposal| proposal.term.clone()).collect();
    edit::add(path, text, &terms, true)
}
