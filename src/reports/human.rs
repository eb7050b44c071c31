//! Findings as people read them in a terminal, like those of a compiler.

use super::snippet::{Level, Mark, Snippet};
use super::{Report, Totals};
use crate::checks::{Finding, Severity};
use crate::pipeline::check::Checked;
use crate::span::place;

/// The report for people.
#[derive(Clone, Copy, Debug)]
pub struct Human {
    /// Whether to colour it.
    pub colour: bool,
}

impl Report for Human {
    fn file(&self, checked: &Checked<'_>) -> String {
        let path = checked.files.korean.display().to_string();
        checked.found.findings.iter().map(|finding| self.finding(finding, &path, checked) + "\n").collect()
    }

    fn after(&self, totals: &Totals) -> String {
        let of = format!("{} in {}", count(totals.items, "item"), count(totals.files, "file"));
        if totals.errors + totals.warnings + totals.hints == 0 {
            return format!("no faults: {of}\n");
        }
        let counts = [(totals.errors, "error"), (totals.warnings, "warning"), (totals.hints, "hint")];
        let counts: Vec<String> = counts.into_iter().map(|(number, noun)| count(number, noun)).collect();
        let fixable = if totals.fixable > 0 { format!("; {} fixable with --fix", totals.fixable) } else { String::new() };
        format!("{}: {of}{fixable}\n", counts.join(", "))
    }
}

impl Human {
    fn finding(&self, finding: &Finding, path: &str, checked: &Checked<'_>) -> String {
        let english = finding.english.as_ref().zip(checked.files.english.as_ref()).map(|(english, path)| {
            let at = place(checked.english.unwrap_or_default(), english.span.start);
            format!("English: \"{}\" ({}:{}:{})", english.sentence, path.display(), at.line, at.column)
        });
        let snippet = Snippet {
            level: match finding.severity {
                Severity::Error => Level::Error,
                Severity::Warning => Level::Warning,
                Severity::Hint => Level::Hint,
            },
            id: finding.check,
            message: &finding.message,
            path,
            source: checked.korean,
            primary: Mark { span: finding.span.clone(), label: None },
            secondary: Vec::new(),
            help: finding.help.as_deref(),
            notes: english.iter().map(String::as_str).collect(),
            others: Vec::new(),
        };
        snippet.render(self.colour)
    }
}

/// `1 item`, `2 items`.
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
