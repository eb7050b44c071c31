//! Findings for reviewdog: its `DiagnosticResult` as JSON. Columns count bytes from 1, as reviewdog has it.

use std::path::Path;

use serde_json::{Value, json};

use super::{Report, Totals, escape, shown, told};
use crate::checks::{Finding, Severity};
use crate::pipeline::check::Checked;
use crate::span::{Lines, Span};

/// The report for reviewdog.
#[derive(Clone, Copy, Debug)]
pub struct Rdjson {
    /// Whether to show what is waived.
    pub waived: bool,
}

impl Report for Rdjson {
    fn file(&self, checked: &Checked<'_>) -> String {
        let korean = Side { text: checked.korean, lines: Lines::new(checked.korean), path: &checked.files.korean };
        let english = checked.english.zip(checked.files.english.as_deref());
        let english = english.map(|(text, path)| Side { text, lines: Lines::new(text), path });
        let diagnostics =
            shown(checked, self.waived).map(|finding| escape::json(diagnostic(finding, &korean, english.as_ref()).to_string()));
        diagnostics.collect::<Vec<_>>().join(self.between())
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn before(&self, _totals: &Totals) -> String {
        "{\"source\":{\"name\":\"translate\"},\"diagnostics\":[\n".to_owned()
    }

    fn after(&self, _totals: &Totals) -> String {
        "\n]}\n".to_owned()
    }
}

fn diagnostic(finding: &Finding, korean: &Side<'_>, english: Option<&Side<'_>>) -> Value {
    let severity = match finding.severity {
        _ if finding.waived.is_some() => "INFO",
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Hint => "INFO",
    };
    let mut value = json!({
        "message": told(finding, "\n"),
        "location": korean.location(&finding.span),
        "severity": severity,
        "code": { "value": finding.check },
    });
    if let Some(suggestion) = suggestion(finding, korean) {
        value["suggestions"] = json!([suggestion]);
    }
    if let Some((place, side)) = finding.english.as_ref().zip(english) {
        let message = format!("English: {}", place.sentence);
        value["related_locations"] = json!([{ "message": message, "location": side.location(&place.span) }]);
    }
    value
}

/// All edits of a fix as one replacement, from the first to the last: several suggestions would be taken one by one.
fn suggestion(finding: &Finding, korean: &Side<'_>) -> Option<Value> {
    let mut edits: Vec<_> = finding.fix.iter().collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let (first, last) = (edits.first()?, edits.last()?);
    let whole = first.span.start..last.span.end;
    let mut text = String::new();
    let mut from = whole.start;
    for edit in edits {
        text.push_str(korean.text.get(from..edit.span.start)?);
        text.push_str(&edit.text);
        from = edit.span.end;
    }
    Some(json!({ "range": korean.range(&whole), "text": text }))
}

/// A file that places are in.
struct Side<'a> {
    text: &'a str,
    lines: Lines<'a>,
    path: &'a Path,
}

impl Side<'_> {
    fn location(&self, span: &Span) -> Value {
        json!({ "path": self.path.display().to_string(), "range": self.range(span) })
    }

    fn range(&self, span: &Span) -> Value {
        json!({ "start": self.position(span.start), "end": self.position(span.end) })
    }

    fn position(&self, at: usize) -> Value {
        let line = self.lines.place(at).line;
        let start = self.lines.line(line - 1).start;
        json!({ "line": line, "column": at - start + 1 })
    }
}
