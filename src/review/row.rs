//! One row of a review: an item, or a text outside items, with both Korean sides of it.

use std::sync::Arc;

use super::diff::{Diff, diff};
use crate::span::Span;

/// What became of a part under the editor's hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowState {
    /// Both sides say the same (NFC, blanks folded).
    Equal,
    /// The editor changed words.
    Changed,
    /// Several items of the machine's became one.
    Merged,
    /// One item of the machine's became several.
    Split,
    /// The editor wrote it; it has no English.
    Added,
    /// The editor took it out.
    Deleted,
}

impl RowState {
    /// The word used in output and for `--only`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Changed => "changed",
            Self::Merged => "merged",
            Self::Split => "split",
            Self::Added => "added",
            Self::Deleted => "deleted",
        }
    }
}

/// One part of the digest as it is shown: texts of several segments stand one a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the English digest, from 1, the first one where several were merged; none outside items and where the editor
    /// added it.
    pub item: Option<usize>,
    /// Whether it stands outside items: heading, greeting, closing line.
    pub outside: bool,
    /// What became of it.
    pub state: RowState,
    /// Its number in the English digest, where the editor put it elsewhere.
    pub moved_from: Option<usize>,
    /// The heading it stands under, as it reads in the edited file.
    pub section: Option<Arc<str>>,
    /// The English text, as bytes of the digest.
    pub english: String,
    /// What the machine wrote (what was approved, where a person's edition was adopted; English, where there is no Korean yet).
    pub machine: String,
    /// What stands in the edited file; empty where the part was taken out.
    pub edited: String,
}

impl Row {
    /// What the editor changed. Both sides in NFC.
    pub fn diff(&self) -> Diff {
        diff(&self.machine, &self.edited)
    }
}

/// How far a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has decided.
    Undecided,
    /// It was approved, and something it was bound to has changed since.
    Stale(Stale),
    /// A person accepted what stands there.
    Approved,
}

/// What changed since an approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stale {
    /// The English text.
    English,
    /// The Korean text.
    Korean,
    /// A term of the glossary that occurs in it.
    Term,
}

impl Stale {
    /// Why it has to be looked at again.
    pub fn reason(self) -> &'static str {
        match self {
            Self::English => "its English changed",
            Self::Korean => "its Korean changed since it was approved",
            Self::Term => "a term in it changed since it was approved",
        }
    }
}

/// One segment of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Index of the English segment; none where the editor added the text.
    pub english: Option<usize>,
    /// Index of the segment in the edited file; none where the editor took it out.
    pub edited: Option<usize>,
    /// Index of the segment in the Korean draft, the same as `edited` where that is the edited file.
    pub korean: Option<usize>,
    /// What the machine wrote.
    pub machine: String,
    /// What stands in the edited file; empty where nothing does.
    pub text: String,
}

/// A row with all that a decision on it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What is shown of it.
    pub row: Row,
    /// Its segments: in the editor's order, what was taken out where it stood.
    pub pieces: Vec<Piece>,
    /// The English items in it, from 0.
    pub english_items: Vec<usize>,
    /// Its items in the edited file, from 0.
    pub edited_items: Vec<usize>,
    /// Its bytes in the edited file.
    pub spans: Vec<Span>,
    /// How far it is.
    pub standing: Standing,
    /// Whether no Korean was written for any of it yet.
    pub untranslated: bool,
    /// Whether a person wrote what stands there.
    pub by_person: bool,
}

impl Case {
    /// Names the row from run to run: by its English, or by its own words where it has none.
    pub fn key(&self) -> String {
        let words = if self.row.english.is_empty() { &self.row.edited } else { &self.row.english };
        let place = self.row.item.map_or_else(String::new, |item| item.to_string());
        format!("{}-{place}", crate::digest::hash(words))
    }
}
