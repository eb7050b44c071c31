//! What a person or a script reads of findings: one file per format.

pub mod changes;
mod checkstyle;
pub mod diff;
pub mod edition;
pub mod escape;
mod github;
mod gravest;
mod human;
mod json;
mod junit;
mod markdown;
mod page;
pub mod progress;
mod rdjson;
mod sarif;
pub mod snippet;
mod uri;
mod xml;

use std::fmt;

pub use checkstyle::Checkstyle;
pub use github::Github;
pub use human::Human;
pub use json::Json;
pub use junit::Junit;
pub use markdown::Markdown;
pub use rdjson::Rdjson;
pub use sarif::Sarif;

use crate::checks::{Finding, Severity};
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
    /// Findings that are let pass for a reason, which count nowhere else.
    pub waived: usize,
    /// Checks that would have run and that the settings turn off: a repository that was only cloned may do that unseen.
    pub off: usize,
}

impl Totals {
    /// Counts one file.
    pub fn of(checked: &Checked<'_>) -> Self {
        let mut totals = Self { files: 1, items: checked.items, ..Self::default() };
        totals.waived = checked.found.findings.iter().filter(|finding| finding.waived.is_some()).count();
        for finding in shown(checked, false) {
            *totals.count(finding.severity) += 1;
            totals.fixable += usize::from(!finding.fix.is_empty());
        }
        totals
    }

    /// Adds those of another file; what is off is off for the whole run.
    pub fn add(&mut self, other: Self) {
        self.files += other.files;
        self.items += other.items;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.hints += other.hints;
        self.fixable += other.fixable;
        self.waived += other.waived;
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

/// What was found, in a line: `1 error, 0 warnings, 2 hints: 7 items in 1 file; 1 fixable with --fix`.
impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.errors + self.warnings + self.hints == 0 {
            f.write_str("no faults")?;
        } else {
            let (errors, warnings) = (count(self.errors, "error"), count(self.warnings, "warning"));
            write!(f, "{errors}, {warnings}, {}", count(self.hints, "hint"))?;
        }
        write!(f, ": {} in {}", count(self.items, "item"), count(self.files, "file"))?;
        if self.fixable > 0 {
            write!(f, "; {} fixable with --fix", self.fixable)?;
        }
        if self.waived > 0 {
            write!(f, "; {} waived", self.waived)?;
        }
        if self.off > 0 {
            write!(f, "; {} off", count(self.off, "check"))?;
        }
        Ok(())
    }
}

/// `1 item`, `2 items`.
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// The findings of a file but for the waived ones, or with them.
fn shown<'c>(checked: &'c Checked<'_>, waived: bool) -> impl Iterator<Item = &'c Finding> {
    checked.found.findings.iter().filter(move |finding| waived || finding.waived.is_none())
}

/// What is wrong and, behind `between`, what to do and why it is let pass.
fn told(finding: &Finding, between: &str) -> String {
    let mut text = finding.message.clone();
    if let Some(help) = &finding.help {
        text.push_str(&format!("{between}help: {help}"));
    }
    if let Some(reason) = &finding.waived {
        text.push_str(&format!("{between}waived: {reason}"));
    }
    text
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

    /// What stands before the files; where it does not wait, the totals are not yet known.
    fn before(&self, _totals: &Totals) -> String {
        String::new()
    }

    /// What stands behind the files.
    fn after(&self, totals: &Totals) -> String;
}
