//! What a person or a script reads of findings: one file per format.

pub mod diff;
pub mod escape;
mod human;
mod json;
pub mod snippet;

pub use human::Human;
pub use json::Json;

use crate::checks::Severity;
use crate::pipeline::check::Checked;

/// How many findings there are of each severity, and what they were found in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Korean files that were checked.
    pub files: usize,
    /// Their items.
    pub items: usize,
    /// Findings that must be mended.
    pub errors: usize,
    /// Findings that should be looked at.
    pub warnings: usize,
    /// Findings that may be bettered.
    pub hints: usize,
    /// Findings that `--fix` mends.
    pub fixable: usize,
}

impl Totals {
    /// Counts one file.
    pub fn of(checked: &Checked<'_>) -> Self {
        let mut totals = Self { files: 1, items: checked.items, ..Self::default() };
        for finding in &checked.found.findings {
            *totals.count(finding.severity) += 1;
            totals.fixable += usize::from(!finding.fix.is_empty());
        }
        totals
    }

    /// Adds those of another file.
    pub fn add(&mut self, other: Self) {
        self.files += other.files;
        self.items += other.items;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.hints += other.hints;
        self.fixable += other.fixable;
    }

    /// Whether any finding is at least as grave.
    pub fn reach(&self, severity: Severity) -> bool {
        let mut own = *self;
        Severity::ALL.into_iter().any(|grave| grave >= severity && *own.count(grave) > 0)
    }

    fn count(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Hint => &mut self.hints,
        }
    }
}

/// A format. Each file is written while its text is at hand, by any thread; the caller puts the texts in order.
pub trait Report: Sync {
    /// The findings of one file; empty where there is nothing to say.
    fn file(&self, checked: &Checked<'_>) -> String;

    /// What stands between the texts of two files that have something to say.
    fn between(&self) -> &'static str {
        ""
    }

    /// Whether the totals stand before the files: nothing can then be printed until all are checked.
    fn waits(&self) -> bool {
        false
    }

    /// What stands before the files.
    fn before(&self, _totals: &Totals) -> String {
        String::new()
    }

    /// What stands behind the files.
    fn after(&self, totals: &Totals) -> String;
}
