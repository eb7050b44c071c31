//! Filters: which rows a review shows.

use super::super::row::{Case, RowState, Standing};
use super::{Flag, is_flagged};

/// Which rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Only {
    /// Words changed.
    Changed,
    /// They stand elsewhere.
    Moved,
    /// Several became one.
    Merged,
    /// One became several.
    Split,
    /// The editor wrote them.
    Added,
    /// The editor took them out.
    Deleted,
    /// What they were bound to changed since they were approved.
    Stale,
    /// A check found an error or something to look at.
    Flagged,
    /// Nobody has decided.
    Undecided,
}

impl Only {
    /// Whether a row is meant.
    pub fn holds(self, case: &Case, flags: &[Flag]) -> bool {
        match self {
            Self::Changed => case.row.state == RowState::Changed,
            Self::Moved => case.row.moved_from.is_some(),
            Self::Merged => case.row.state == RowState::Merged,
            Self::Split => case.row.state == RowState::Split,
            Self::Added => case.row.state == RowState::Added,
            Self::Deleted => case.row.state == RowState::Deleted,
            Self::Stale => matches!(case.standing, Standing::Stale(_)),
            Self::Flagged => is_flagged(flags),
            Self::Undecided => case.standing != Standing::Approved,
        }
    }
}
