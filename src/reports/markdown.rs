//! Findings as a table in Markdown, as the summary of a CI job shows it.

use super::escape::line;
use super::gravest::Gravest;
use super::{Report, Totals, shown, told};
use crate::checks::{Finding, Severity};
use crate::pipeline::check::Checked;
use crate::span::{Lines, Place};

/// The rows of each severity: a summary of GitHub may have 1 MiB, and nobody reads more.
const MOST: usize = 100;

/// The characters that are shown of a text, so that [`MOST`] rows have room.
const LONGEST: usize = 300;

/// The report for summaries.
#[derive(Debug)]
pub struct Markdown {
    waived: bool,
    gravest: Gravest,
}

impl Markdown {
    /// With what is waived, or without.
    pub fn new(waived: bool) -> Self {
        Self { waived, gravest: Gravest::new(MOST) }
    }
}

impl Report for Markdown {
    fn file(&self, checked: &Checked<'_>) -> String {
        let lines = Lines::new(checked.korean);
        for (index, finding) in shown(checked, self.waived).enumerate() {
            let severity = if finding.waived.is_some() { Severity::Hint } else { finding.severity };
            let place = lines.place(finding.span.start);
            let path = checked.files.korean.display().to_string();
            self.gravest.add(severity, &checked.files.korean, index, || row(finding, &path, place));
        }
        String::new()
    }

    fn after(&self, totals: &Totals) -> String {
        let mut out = format!("### Korean digests\n\n{totals}\n");
        let rows = self.gravest.texts();
        if !rows.is_empty() {
            out.push_str("\n| Severity | Place | Check | Finding |\n| --- | --- | --- | --- |\n");
            out.push_str(&rows.concat());
        }
        let all = totals.errors + totals.warnings + totals.hints + if self.waived { totals.waived } else { 0 };
        let more = all.saturating_sub(rows.len());
        if more > 0 {
            out.push_str(&format!("\n… {more} more in the log of the job\n"));
        }
        out
    }
}

fn row(finding: &Finding, path: &str, place: Place) -> String {
    let severity = if finding.waived.is_some() { "waived" } else { finding.severity.name() };
    let place = format!("{}:{}:{}", cell(path), place.line, place.column);
    format!("| {severity} | {place} | {} | {} |\n", finding.check, cell(&told(finding, "; ")))
}

/// Text in a cell, which is neither markup nor HTML nor a link, whatever it holds.
fn cell(text: &str) -> String {
    let mut out = String::new();
    let shown = line(text);
    let mut chars = shown.chars();
    for c in chars.by_ref().take(LONGEST) {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    if chars.next().is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_cells_is_no_markup() {
        assert_eq!(cell("a|b\n<i>"), "a\\|b\\\\x0a\\<i\\>");
        assert_eq!(cell(&"가".repeat(LONGEST + 1)), "가".repeat(LONGEST) + "…");
    }
}
