//! Findings as Checkstyle has them, which many review tools read.

use super::xml::{HEAD, Xml};
use super::{Report, Totals, shown, told};
use crate::checks::Severity;
use crate::pipeline::check::Checked;
use crate::span::Lines;

/// The report for readers of Checkstyle's XML.
#[derive(Clone, Copy, Debug)]
pub struct Checkstyle {
    /// Whether to show what is waived.
    pub waived: bool,
}

impl Report for Checkstyle {
    fn file(&self, checked: &Checked<'_>) -> String {
        let mut findings = shown(checked, self.waived).peekable();
        if findings.peek().is_none() {
            return String::new();
        }
        let lines = Lines::new(checked.korean);
        let mut xml = Xml::new();
        xml.open("file", &[("name", &checked.files.korean.display().to_string())]);
        for finding in findings {
            let place = lines.place(finding.span.start);
            let severity = match finding.severity {
                _ if finding.waived.is_some() => "ignore",
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Hint => "info",
            };
            let (line, column) = (place.line.to_string(), place.column.to_string());
            let (message, rule) = (told(finding, "; "), format!("translate.{}", finding.check));
            let attributes =
                [("line", line), ("column", column), ("severity", severity.to_owned()), ("message", message), ("source", rule)];
            xml.empty("error", &attributes.each_ref().map(|(name, value)| (*name, value.as_str())));
        }
        xml.close("file");
        xml.done()
    }

    fn before(&self, _totals: &Totals) -> String {
        format!("{HEAD}<checkstyle version=\"4.3\">\n")
    }

    fn after(&self, _totals: &Totals) -> String {
        "</checkstyle>\n".to_owned()
    }
}
