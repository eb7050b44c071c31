//! `double-space`: two blanks and more between words.

use super::{About, Check, Context, Edit, Example, Finding, Group, Severity};
use crate::digest::Format;
use crate::korean::view::View;

/// See [`About`].
pub(super) struct DoubleSpace;

const ABOUT: About = About {
    name: "double-space",
    group: Group::Typography,
    severity: Severity::Hint,
    on: true,
    summary: "two blanks and more between words",
    meaning: "One blank parts words and sentences; Korean has no wider one after a full stop. Browsers show one, but plain text, e-mail and searches show two.
Tables, line breaks, indentation and code pass, and so do columns of plain text (four blanks and more).",
    example: Example { english: "", glossary: "", wrong: "- 모델을  배운다.\n", right: "- 모델을 배운다.  \n  `a  b`를 본다.\n" },
    mend: "`--fix` leaves one.",
    waive: "The width is meant.",
};

/// So many blanks in plain text set a column.
const COLUMN: usize = 4;

impl Check for DoubleSpace {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let digest = context.korean().digest;
        let mut cells = None;
        for words in context.korean().prose() {
            for run in runs(&words.view) {
                let span = words.view.span(run.clone());
                let is_column = digest.format == Format::Plain && run.len() >= COLUMN;
                let blanks = &digest.text[span.clone()];
                // A blank that is no blank of the file is a line end or stands for an entity.
                if is_column || blanks.len() != run.len() || blanks.contains(['\n', '\r']) {
                    continue;
                }
                let cells = cells.get_or_insert_with(|| digest.cells());
                if super::beside::is_in(cells, span.start) {
                    continue;
                }
                findings.push(Finding {
                    help: Some("leave one blank".to_owned()),
                    fix: vec![Edit { span: span.clone(), text: " ".to_owned() }],
                    ..Finding::new(ABOUT.name, ABOUT.severity, span, format!("{} blanks stand between words", blanks.chars().count()))
                });
            }
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}')
}

/// Runs of blanks between characters that are none, outside code.
fn runs(view: &View) -> Vec<std::ops::Range<usize>> {
    let text = view.text.as_str();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = next_double(&text[at..]) {
        let start = at + step;
        let run = start..start + text[start..].find(|c| !is_blank(c)).unwrap_or(text.len() - start);
        at = run.end;
        let inside = !text[..run.start].trim_end().is_empty() && run.end < text.len();
        if inside && !text[..run.start].ends_with(char::is_whitespace) && !view.is_hidden(run.clone()) && view.is_whole(run.clone()) {
            found.push(run);
        }
    }
    found
}

/// Where two blanks stand side by side.
fn next_double(text: &str) -> Option<usize> {
    let (plain, mixed) = (text.find("  "), text.find('\u{a0}').and_then(|_| mixed(text)));
    plain.into_iter().chain(mixed).min()
}

/// Where a blank that holds words together stands beside another blank.
fn mixed(text: &str) -> Option<usize> {
    ["\u{a0} ", " \u{a0}", "\u{a0}\u{a0}"].iter().filter_map(|pair| text.find(pair)).min()
}
