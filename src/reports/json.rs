//! Findings for scripts: the JSON contract of `translate check`, version 1.

use std::path::Path;

use serde::Serialize;

use super::{Report, Totals, escape};
use crate::checks::Finding;
use crate::pipeline::check::Checked;
use crate::span::{Lines, Span};

/// The report for scripts.
#[derive(Clone, Copy, Debug)]
pub struct Json;

#[derive(Serialize)]
struct FindingJson<'a> {
    check: &'a str,
    severity: &'a str,
    file: String,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    item: Option<usize>,
    english: Option<EnglishJson<'a>>,
    term: Option<&'a str>,
    message: &'a str,
    help: Option<&'a str>,
    fixes: Vec<FixJson<'a>>,
    fingerprint: &'a str,
    waived: Option<&'a str>,
}

#[derive(Serialize)]
struct EnglishJson<'a> {
    file: String,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct FixJson<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    group: usize,
}

impl Report for Json {
    fn file(&self, checked: &Checked<'_>) -> String {
        if checked.found.findings.is_empty() {
            return String::new();
        }
        let korean = Lines::new(checked.korean);
        let english = checked.english.map(Lines::new);
        let mut out = String::new();
        let mut group = 0;
        for finding in &checked.found.findings {
            group += usize::from(!finding.fix.is_empty());
            let english = finding.english.as_ref().zip(english.as_ref()).zip(checked.files.english.as_deref());
            let english = english.map(|((place, lines), path)| side(checked.english.unwrap_or_default(), &place.span, lines, path));
            let json = finding_json(finding, &korean, &checked.files.korean, english, group);
            out.push_str(if out.is_empty() { "" } else { self.between() });
            // Strings and numbers under names that are text: there is nothing that could fail.
            out.push_str(&escape::json(serde_json::to_string(&json).unwrap_or_default()));
        }
        out
    }

    fn between(&self) -> &'static str {
        ","
    }

    fn waits(&self) -> bool {
        true
    }

    fn before(&self, totals: &Totals) -> String {
        let Totals { files, items, errors, warnings, hints, waived, .. } = totals;
        let summary = format!("{{\"error\":{errors},\"warning\":{warnings},\"hint\":{hints},\"waived\":{waived}}}");
        format!("{{\"version\":1,\"files\":{files},\"items\":{items},\"summary\":{summary},\"findings\":[")
    }

    fn after(&self, _totals: &Totals) -> String {
        "]}\n".to_owned()
    }
}

/// `group` numbers the fixes of a file: those of one finding are applied together or not at all.
fn finding_json<'a>(
    finding: &'a Finding,
    lines: &Lines<'_>,
    file: &Path,
    english: Option<EnglishJson<'a>>,
    group: usize,
) -> FindingJson<'a> {
    let (start, end) = (lines.place(finding.span.start), lines.place(finding.span.end));
    let fix = |edit: &'a crate::checks::Edit| FixJson { start: edit.span.start, end: edit.span.end, text: &edit.text, group };
    FindingJson {
        check: finding.check,
        severity: finding.severity.name(),
        file: file.display().to_string(),
        start: finding.span.start,
        end: finding.span.end,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        item: finding.item.map(|item| item + 1),
        english,
        term: finding.term.as_deref(),
        message: &finding.message,
        help: finding.help.as_deref(),
        fixes: finding.fix.iter().map(fix).collect(),
        fingerprint: &finding.fingerprint,
        waived: finding.waived.as_deref(),
    }
}

fn side<'a>(text: &'a str, span: &Span, lines: &Lines<'_>, file: &Path) -> EnglishJson<'a> {
    let at = lines.place(span.start);
    EnglishJson {
        file: file.display().to_string(),
        start: span.start,
        end: span.end,
        line: at.line,
        column: at.column,
        text: &text[span.clone()],
    }
}
