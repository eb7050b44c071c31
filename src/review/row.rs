//! One row of a review: an item, or a text outside items, with both Korean sides of it.

use super::diff::{Diff, diff};

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
    pub section: Option<String>,
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
