//! Findings as a report may have to write them: several files, and hostile text wherever text can stand.

use std::path::PathBuf;

use translate_digest::checks::{Edit, English, Finding, Findings, Severity};
use translate_digest::pipeline::check::{Checked, Files};
use translate_digest::reports::{Report, Totals};

/// What terminals, CI runners, XML and JSON might trip over: orders, controls of both sets, direction overrides, ends of sections,
/// percent codes, a character that no XML may hold, emoji, decomposed Hangul.
pub const HOSTILE: &str = "\u{1b}[31m]]>\u{0}\u{9b}2J\u{202e}%0A::error::x\n::stop-commands::y\r\n\t ::set-env name=Z::z\r##[error]w <b>&amp;\"'|`\u{fffe}\u{2028}👩\u{200d}💻\u{1112}\u{1161}\u{11ab}";

/// A file with its findings.
pub struct Case {
    files: Files,
    korean: String,
    english: Option<String>,
    items: usize,
    findings: Vec<Finding>,
}

impl Case {
    fn new(name: &str, korean: &str, items: usize) -> Self {
        let files = Files { korean: PathBuf::from(name), english: None };
        Self { files, korean: korean.to_owned(), english: None, items, findings: Vec::new() }
    }

    fn english(mut self, name: &str, english: &str) -> Self {
        self.files.english = Some(PathBuf::from(name));
        self.english = Some(english.to_owned());
        self
    }

    /// A finding at the first place of `needle`.
    fn with(mut self, check: &'static str, severity: Severity, needle: &str, change: impl FnOnce(&mut Finding)) -> Self {
        let start = self.korean.find(needle).expect("the needle is there");
        let mut finding = Finding::new(check, severity, start..start + needle.len(), format!("a fault in {needle}"));
        finding.fingerprint = format!("{:032x}", self.findings.len() + 1);
        change(&mut finding);
        self.findings.push(finding);
        self
    }

    /// The files as a report is handed them.
    pub fn checked<R>(&self, then: impl FnOnce(&Checked<'_>) -> R) -> R {
        let found = Findings { findings: self.findings.clone(), ..Findings::default() };
        then(&Checked {
            files: &self.files,
            korean: &self.korean,
            english: self.english.as_deref(),
            items: self.items,
            found,
            sightings: None,
        })
    }
}

/// A file of `errors` errors and as many hints, one an item.
pub fn crowded(name: &str, errors: usize) -> Case {
    let korean: String = (0..errors).map(|n| format!("- 항목 {n:03}.\n")).collect();
    (0..errors).fold(Case::new(name, &korean, errors), |case, n| {
        let needle = format!("{n:03}");
        let case = case.with("wrong-particle", Severity::Error, &needle, |finding| finding.item = Some(n));
        case.with("term-drift", Severity::Hint, &needle, |finding| finding.item = Some(n))
    })
}

/// The shared sample.
pub fn cases() -> Vec<Case> {
    let long = format!("- {}새들 포인트{}\n", "긴 줄 ".repeat(300), " 긴 줄".repeat(300));
    let name = format!("drafts/{}.ko.md", HOSTILE.replace(['\0', '/'], "%, :"));
    vec![
        Case::new("drafts/a.ko.md", "# 이번 주\n\n- 새들 포인트을 벗어난다.\n- 둘째 항목\n", 2)
            .english("drafts/a.md", "# This week\n\n- It escapes saddle points.\n- A second [item](https://a.example).\n")
            .with("mixed-quotes", Severity::Hint, "이번 주", |_| {})
            .with("forbidden-term", Severity::Error, "새들 포인트", |finding| {
                finding.item = Some(0);
                finding.term = Some("saddle point".to_owned());
                finding.help = Some("write 안장점".to_owned());
                finding.english = Some(English { span: 28..40, sentence: "It escapes saddle points.".to_owned() });
                let (noun, particle) = (finding.span.clone(), finding.span.end..finding.span.end + 3);
                finding.fix = vec![
                    Edit { span: noun, text: "안장점".to_owned() },
                    Edit { span: particle.end + 1..particle.end + 1, text: "곧 ".to_owned() },
                ];
            })
            .with("wrong-particle", Severity::Warning, "을", |finding| {
                finding.item = Some(0);
                finding.waived = Some("the particle goes with 점".to_owned());
            })
            .with("dropped-link", Severity::Error, "목\n", |finding| {
                finding.item = Some(1);
                finding.span = finding.span.end - 1..finding.span.end - 1;
                finding.message = "the link https://a.example is missing".to_owned();
            }),
        Case::new("drafts/clean.ko.md", "- 하나\n- 둘\n", 2),
        Case::new(&name, &format!("\u{feff}- {HOSTILE}\r\n- 끝👩\u{200d}💻이다\r\n"), 2)
            .english("drafts/\u{1b}]0;x\u{7}.md", HOSTILE)
            .with("stray-character", Severity::Error, HOSTILE, |finding| {
                finding.item = Some(0);
                finding.term = Some(HOSTILE.to_owned());
                finding.message = HOSTILE.to_owned();
                finding.help = Some(HOSTILE.to_owned());
                finding.english = Some(English { span: 0..HOSTILE.len(), sentence: HOSTILE.to_owned() });
                finding.fix = vec![Edit { span: finding.span.clone(), text: HOSTILE.to_owned() }];
            })
            .with("wrong-particle", Severity::Warning, "이다", |finding| finding.item = Some(1))
            .with("term-drift", Severity::Hint, "끝", |finding| {
                finding.item = Some(1);
                finding.message = "waived without a look".to_owned();
                finding.waived = Some(HOSTILE.to_owned());
            }),
        Case::new("long\r\nlines.ko.md", &long, 1)
            .with("missing-term", Severity::Warning, "새들 포인트", |finding| finding.item = Some(0)),
    ]
}

/// What a report makes of some files, as the command prints it.
pub fn reported(report: &dyn Report, cases: &[Case]) -> String {
    let mut totals = Totals::default();
    let mut texts = Vec::new();
    for case in cases {
        case.checked(|checked| {
            totals.add(Totals::of(checked));
            texts.push(report.file(checked));
        });
    }
    texts.retain(|text| !text.is_empty());
    // The command knows the totals before the files only where the report waits for them.
    let before = report.before(&if report.waits() { totals } else { Totals::default() });
    format!("{before}{}{}", texts.join(report.between()), report.after(&totals))
}
