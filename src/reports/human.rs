//! Findings as people read them in a terminal, like those of a compiler.

use super::escape::{line, without_commands};
use super::snippet::{Level, Mark, Snippet};
use super::{Report, Totals, shown};
use crate::checks::{Finding, Severity};
use crate::pipeline::check::Checked;
use crate::span::{Lines, Span};

/// The report for people.
#[derive(Clone, Copy, Debug)]
pub struct Human {
    /// Whether to colour it.
    pub colour: bool,
    /// Whether to show what is waived.
    pub waived: bool,
}

impl Report for Human {
    fn file(&self, checked: &Checked<'_>) -> String {
        let mut shown = shown(checked, self.waived).peekable();
        if shown.peek().is_none() {
            return String::new();
        }
        let path = line(&checked.files.korean.display().to_string());
        let (korean, english) = (Lines::new(checked.korean), checked.english.map(Lines::new));
        shown.map(|finding| self.finding(finding, &path, checked, &korean, english.as_ref()) + "\n").collect()
    }

    fn after(&self, totals: &Totals) -> String {
        format!("{totals}\n")
    }
}

impl Human {
    fn finding(&self, finding: &Finding, path: &str, checked: &Checked<'_>, korean: &Lines<'_>, english: Option<&Lines<'_>>) -> String {
        let english = finding.english.as_ref().zip(checked.files.english.as_ref()).zip(english).map(|((place, path), lines)| {
            let at = lines.place(place.span.start);
            format!("English: \"{}\" ({}:{}:{})", place.sentence, path.display(), at.line, at.column)
        });
        let waived = finding.waived.as_ref().map(|reason| format!("waived: {reason}"));
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
            notes: english.iter().chain(&waived).map(String::as_str).collect(),
            others: Vec::new(),
        };
        without_commands(snippet.render_from(korean.place(around.start), self.colour).into()).into_owned()
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
