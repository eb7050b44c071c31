//! Findings for GitHub Actions: every finding in the log, folded file by file; the gravest as annotations of the lines.
//!
//! A command is a line `::name key=value,key=value::text`, in which `%`, line ends and, in values, `:` and `,` are escaped.
//! Of each kind a step may have ten annotations, and a job fifty: what is beyond is dropped by GitHub without a word.

use super::escape::line;
use super::gravest::Gravest;
use super::{Report, Totals, count, shown, told};
use crate::checks::{Finding, Severity};
use crate::pipeline::check::Checked;
use crate::span::{Lines, Place};

/// The annotations of one kind that GitHub takes from a step.
const MOST: usize = 10;

/// The report for GitHub Actions.
#[derive(Debug)]
pub struct Github {
    waived: bool,
    gravest: Gravest,
}

impl Github {
    /// With what is waived, or without.
    pub fn new(waived: bool) -> Self {
        Self { waived, gravest: Gravest::new(MOST) }
    }
}

impl Report for Github {
    fn file(&self, checked: &Checked<'_>) -> String {
        let findings: Vec<&Finding> = shown(checked, self.waived).collect();
        if findings.is_empty() {
            return String::new();
        }
        let lines = Lines::new(checked.korean);
        let path = checked.files.korean.display().to_string();
        let mut out = format!("::group::{}: {}\n", data(&path), count(findings.len(), "finding"));
        for (index, finding) in findings.into_iter().enumerate() {
            let (start, end) = (lines.place(finding.span.start), lines.place(finding.span.end));
            let severity = finding.severity.name();
            let text = line(&told(finding, "; "));
            out.push_str(&format!("{}:{} {severity}[{}] {text}\n", start.line, start.column, finding.check));
            let severity = if finding.waived.is_some() { Severity::Hint } else { finding.severity };
            self.gravest.add(severity, &checked.files.korean, index, || annotation(finding, severity, &path, start, end));
        }
        out.push_str("::endgroup::\n");
        out
    }

    fn after(&self, totals: &Totals) -> String {
        let annotations = self.gravest.texts();
        let all = totals.errors + totals.warnings + totals.hints + if self.waived { totals.waived } else { 0 };
        let more = all.saturating_sub(annotations.len());
        let mut out = annotations.concat();
        if more > 0 {
            let limit = format!("GitHub annotates {MOST} errors, {MOST} warnings and {MOST} notices of a step");
            out.push_str(&format!("… {more} more {} in the log above: {limit}\n", if more == 1 { "is" } else { "are" }));
        }
        out.push_str(&format!("{totals}\n"));
        out
    }
}

/// A finding as a command. Columns are left out where they are of different lines, as GitHub wants it.
fn annotation(finding: &Finding, severity: Severity, path: &str, start: Place, end: Place) -> String {
    let command = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    };
    let columns = match (start.line == end.line, start == end) {
        (true, true) => format!(",col={}", start.column),
        (true, false) => format!(",col={},endColumn={}", start.column, end.column),
        (false, _) => String::new(),
    };
    let place = format!("file={},line={},endLine={}{columns}", property(path), start.line, end.line);
    format!("::{command} {place},title={}::{}\n", property(finding.check), data(&told(finding, "\n")))
}

/// The text of a command.
fn data(text: &str) -> String {
    let lines = text.split('\n').map(|part| line(part.strip_suffix('\r').unwrap_or(part)).replace('%', "%25"));
    lines.collect::<Vec<_>>().join("%0A")
}

/// A value of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_escaped() {
        assert_eq!(data("50%0A::error::\r\n\u{1b}"), "50%250A::error::%0A\\x1b");
        assert_eq!(property("a,b:c.md"), "a%2Cb%3Ac.md");
    }

    #[test]
    fn columns_are_of_one_line() {
        let finding = Finding::new("x", Severity::Warning, 0..0, "y".to_owned());
        let at = |start, end| annotation(&finding, Severity::Warning, "a.md", start, end);
        let place = |line, column| Place { line, column };
        assert_eq!(at(place(1, 2), place(1, 4)), "::warning file=a.md,line=1,endLine=1,col=2,endColumn=4,title=x::y\n");
        assert_eq!(at(place(1, 2), place(1, 2)), "::warning file=a.md,line=1,endLine=1,col=2,title=x::y\n");
        assert_eq!(at(place(1, 2), place(2, 1)), "::warning file=a.md,line=1,endLine=2,title=x::y\n");
    }
}
