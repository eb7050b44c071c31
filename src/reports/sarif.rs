//! Findings as SARIF 2.1.0, for GitHub's code scanning and other viewers: every check is a rule, fixes are whole, waived findings
//! are suppressed and not left out.

use std::path::Path;

use serde_json::{Value, json};

use super::{Report, Totals, escape, uri};
use crate::checks::{ALL, About, Finding, Severity};
use crate::pipeline::check::Checked;
use crate::span::{Lines, Span};

/// The name of the folder that relative URIs are from: where the command was run.
const BASE: &str = "%SRCROOT%";

/// The report for code scanning.
#[derive(Clone, Copy, Debug)]
pub struct Sarif;

impl Report for Sarif {
    fn file(&self, checked: &Checked<'_>) -> String {
        if checked.found.findings.is_empty() {
            return String::new();
        }
        let korean = Side { lines: Lines::new(checked.korean), path: &checked.files.korean };
        let english = checked.english.zip(checked.files.english.as_deref());
        let english = english.map(|(text, path)| Side { lines: Lines::new(text), path });
        let results = checked.found.findings.iter().map(|finding| escape::json(result(finding, &korean, english.as_ref()).to_string()));
        results.collect::<Vec<_>>().join(self.between())
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn before(&self, _totals: &Totals) -> String {
        let rules: Vec<Value> = ALL.iter().map(|check| rule(check.about())).collect();
        let driver = json!({ "name": "translate", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules });
        let base = json!({ BASE: { "description": { "text": "The folder that the command was run in." } } });
        let head = format!("\"tool\":{{\"driver\":{driver}}},\"originalUriBaseIds\":{base}");
        // Columns are those of Unicode characters, lines end as our reader has them.
        let counted = "\"columnKind\":\"unicodeCodePoints\",\"newlineSequences\":[\"\\r\\n\",\"\\n\",\"\\r\"]";
        let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
        let head = escape::json(format!("{head},{counted}"));
        format!("{{\"$schema\":\"{schema}\",\"version\":\"2.1.0\",\"runs\":[{{{head},\"results\":[\n")
    }

    fn after(&self, _totals: &Totals) -> String {
        "\n]}]}\n".to_owned()
    }
}

fn rule(about: &About) -> Value {
    let graveness = match about.severity {
        Severity::Hint => "recommendation",
        severity => severity.name(),
    };
    json!({
        "id": about.name,
        "shortDescription": { "text": about.summary },
        "fullDescription": { "text": about.meaning },
        "help": { "text": help(about), "markdown": help_in_markdown(about) },
        "defaultConfiguration": { "enabled": about.on, "level": level(about.severity) },
        // The names that GitHub looks for.
        "properties": { "tags": [about.group.name().to_lowercase()], "problem.severity": graveness },
    })
}

fn help(about: &About) -> String {
    format!("{}\n\nMending it: {}\n\nWhere it is right all the same: {}", about.meaning, about.mend, about.waive)
}

fn help_in_markdown(about: &About) -> String {
    let About { meaning, mend, waive, example, .. } = about;
    let sides = [("Glossary", example.glossary), ("English", example.english), ("Wrong", example.wrong), ("Right", example.right)];
    let sides = sides.iter().filter(|(_, text)| !text.is_empty());
    // The longest fence of the examples has three marks.
    let shown: String = sides.map(|(side, text)| format!("{side}:\n\n````\n{}\n````\n\n", text.trim_end())).collect();
    format!("{meaning}\n\n{shown}**Mending it.** {mend}\n\n**Where it is right all the same.** {waive}\n")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn result(finding: &Finding, korean: &Side<'_>, english: Option<&Side<'_>>) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    // Where one result says whether it is suppressed, all of them do.
    let suppressions: Vec<Value> =
        finding.waived.iter().map(|reason| json!({ "kind": "inSource", "status": "accepted", "justification": reason })).collect();
    let mut value = json!({
        "ruleId": finding.check,
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": korean.location(&finding.span) }],
        // The first is what GitHub goes by.
        "partialFingerprints": { "primaryLocationLineHash": finding.fingerprint, "translate/v1": finding.fingerprint },
        "suppressions": suppressions,
    });
    if let Some(index) = ALL.iter().position(|check| check.about().name == finding.check) {
        value["ruleIndex"] = index.into();
    }
    if let Some((place, side)) = finding.english.as_ref().zip(english) {
        let message = format!("English: {}", place.sentence);
        value["relatedLocations"] = json!([{ "physicalLocation": side.location(&place.span), "message": { "text": message } }]);
    }
    if !finding.fix.is_empty() {
        let replacement =
            |edit: &crate::checks::Edit| json!({ "deletedRegion": korean.region(&edit.span), "insertedContent": { "text": edit.text } });
        let replacements: Vec<Value> = finding.fix.iter().map(replacement).collect();
        value["fixes"] = json!([{ "artifactChanges": [{ "artifactLocation": korean.artifact(), "replacements": replacements }] }]);
    }
    value
}

/// A file that places are in.
struct Side<'a> {
    lines: Lines<'a>,
    path: &'a Path,
}

impl Side<'_> {
    fn artifact(&self) -> Value {
        let uri = uri::of(self.path);
        if self.path.is_absolute() { json!({ "uri": uri }) } else { json!({ "uri": uri, "uriBaseId": BASE }) }
    }

    fn location(&self, span: &Span) -> Value {
        json!({ "artifactLocation": self.artifact(), "region": self.region(span) })
    }

    fn region(&self, span: &Span) -> Value {
        let (start, end) = (self.lines.place(span.start), self.lines.place(span.end));
        json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
    }
}
