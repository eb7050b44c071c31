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
    if !text.contains("  ") && !text.contains('\u{a0}') {
        return found;
    }
    let mut run = 0..0;
    for (at, c) in text.char_indices() {
        if is_blank(c) {
            if run.end < at || run.is_empty() {
                run = at..at;
            }
            run.end = at + c.len_utf8();
        } else if run.end == at && text[run.clone()].chars().nth(1).is_some() {
            // What no word stands before is indentation.
            let inside = text[..run.start].ends_with(|c: char| !c.is_whitespace());
            if inside && !view.is_hidden(run.clone()) && view.is_whole(run.clone()) {
                found.push(run.clone());
            }
        }
    }
    found
}
