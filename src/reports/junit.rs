//! Findings as the results of tests: a file is a suite, an item a test, which fails where the gate would shut for what is found in it.

use std::collections::BTreeMap;

use super::escape::line;
use super::xml::{HEAD, Xml};
use super::{Report, Totals, count, shown, told};
use crate::checks::{Finding, Severity};
use crate::pipeline::check::Checked;
use crate::span::Lines;

/// The report for readers of JUnit's XML.
#[derive(Clone, Copy, Debug)]
pub struct Junit {
    /// Whether to show what is waived.
    pub waived: bool,
    /// From which severity on a test fails; what is less grave stands beside it.
    pub gate: Severity,
}

impl Report for Junit {
    fn file(&self, checked: &Checked<'_>) -> String {
        let lines = Lines::new(checked.korean);
        let path = checked.files.korean.display().to_string();
        // What stands outside items is a test where something was found there, and where there are no items.
        let items = (0..checked.items).map(Some).chain((checked.items == 0).then_some(None));
        let mut tests: BTreeMap<Option<usize>, Vec<&Finding>> = items.map(|item| (item, Vec::new())).collect();
        for finding in shown(checked, self.waived) {
            tests.entry(finding.item).or_default().push(finding);
        }
        let failures = tests.values().filter(|findings| findings.iter().any(|finding| self.fails(finding))).count();
        let mut xml = Xml::new();
        let (all, failures) = (tests.len().to_string(), failures.to_string());
        xml.open("testsuite", &[("name", &path), ("tests", &all), ("failures", &failures), ("errors", "0"), ("skipped", "0")]);
        for (item, findings) in tests {
            self.test(&mut xml, &path, item, &findings, &lines);
        }
        xml.close("testsuite");
        xml.done()
    }

    fn before(&self, _totals: &Totals) -> String {
        format!("{HEAD}<testsuites name=\"translate\">\n")
    }

    fn after(&self, _totals: &Totals) -> String {
        "</testsuites>\n".to_owned()
    }
}

impl Junit {
    fn fails(self, finding: &Finding) -> bool {
        finding.waived.is_none() && finding.severity >= self.gate
    }

    /// One test, with one failure for all that was found: readers know no more than one.
    fn test(self, xml: &mut Xml, path: &str, item: Option<usize>, findings: &[&Finding], lines: &Lines<'_>) {
        let name = item.map_or_else(|| "outside items".to_owned(), |item| format!("item {}", item + 1));
        let attributes = [("classname", path), ("name", name.as_str())];
        if findings.is_empty() {
            return xml.empty("testcase", &attributes);
        }
        xml.open("testcase", &attributes);
        let (failed, passed): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(|finding| self.fails(finding));
        if let Some(gravest) = failed.iter().map(|finding| finding.severity).max() {
            let message = match failed.as_slice() {
                [one] => line(&one.message),
                several => count(several.len(), "finding"),
            };
            xml.text("failure", &[("type", gravest.name()), ("message", &message)], &listed(&failed, lines));
        }
        if !passed.is_empty() {
            xml.text("system-out", &[], &listed(&passed, lines));
        }
        xml.close("testcase");
    }
}

/// A line for each finding.
fn listed(findings: &[&Finding], lines: &Lines<'_>) -> String {
    let listed = findings.iter().map(|finding| {
        let at = lines.place(finding.span.start);
        format!("{}:{} {}[{}] {}", at.line, at.column, finding.severity.name(), finding.check, line(&told(finding, "; ")))
    });
    listed.collect::<Vec<_>>().join("\n")
}
