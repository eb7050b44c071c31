//! Findings as people read them in a terminal, like those of a compiler.

use super::snippet::{Level, Mark, Snippet};
use super::{Report, Totals};
use crate::checks::{Finding, Severity};
use crate::pipeline::check::Checked;
use crate::span::{Lines, Span};

/// The report for people.
#[derive(Clone, Copy, Debug)]
pub struct Human {
    /// Whether to colour it.
    pub colour: bool,
}

impl Report for Human {
    fn file(&self, checked: &Checked<'_>) -> String {
        if checked.found.findings.is_empty() {
            return String::new();
        }
        if checked.found.findings.is_empty() {
            return String::new();
        }
        let path = checked.files.korean.display().to_string();
        let (korean, english) = (Lines::new(checked.korean), checked.english.map(Lines::new));
        let shown = checked.found.findings.iter().map(|finding| self.finding(finding, &path, checked, &korean, english.as_ref()) + "\n");
        shown.collect()
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
    fn finding(&self, finding: &Finding, path: &str, checked: &Checked<'_>, korean: &Lines<'_>, english: Option<&Lines<'_>>) -> String {
        let english = finding.english.as_ref().zip(checked.files.english.as_ref()).zip(english).map(|((place, path), lines)| {
            let at = lines.place(place.span.start);
            format!("English: \"{}\" ({}:{}:{})", place.sentence, path.display(), at.line, at.column)
        });
        let around = around(checked.korean, &finding.span);
        let snippet = Snippet {
            level: match finding.severity {
                Severity::Error => Level::Error,
                Severity::Warning => Level::Warning,
                Severity::Hint => Level::Hint,
            },
            id: finding.check,
            message: &finding.message,
            path,
            source: &checked.korean[around.clone()],
            primary: Mark { span: finding.span.start - around.start..finding.span.end - around.start, label: None },
            secondary: Vec::new(),
            help: finding.help.as_deref(),
            notes: english.iter().map(String::as_str).collect(),
            others: Vec::new(),
        };
        snippet.render_from(korean.place(around.start), self.colour)
    }
}

/// More bytes than are shown of a line before and behind a mark.
const REACH: usize = 2_000;

/// The lines of a span, without what is too far from it to be shown: a finding in a long line costs no more than another.
fn around(text: &str, span: &Span) -> Span {
    let is_end = |c: char| matches!(c, '\n' | '\r');
    let from = text.floor_char_boundary(span.start.saturating_sub(REACH));
    let to = text.ceil_char_boundary(text.len().min(span.end + REACH));
    let start = text[from..span.start].rfind(is_end).map_or(from, |at| from + at + 1);
    let end = text[span.end..to].find(is_end).map_or(to, |at| span.end + at);
    start..end
}

/// `1 item`, `2 items`.
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
