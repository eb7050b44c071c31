//! `not-nfc`: text that is stored in pieces (NFD), as macOS stores names of files.

use super::{About, Check, Context, Edit, Example, Finding, Group, Severity};
use crate::korean::view::{View, is_composed};

/// See [`About`].
pub(super) struct NotNfc;

const ABOUT: About = About {
    name: "not-nfc",
    group: Group::Typography,
    severity: Severity::Warning,
    on: true,
    summary: "letters are stored in pieces (NFD)",
    meaning: "The same syllable can be stored whole (NFC: U+AC00) or in its letters (NFD: U+1100 U+1161). Both look alike, but searching, counting and comparing
take them for two texts, and some fonts show the letters side by side. Found once per digest, at the first place, with the number of characters. Code, addresses
and pictures are left alone.",
    example: Example {
        english: "",
        glossary: "",
        wrong: "- \u{1100}\u{1161}\u{11a8}\u{110b}\u{1173}\u{11af} 본다.\n",
        right: "- 각을 본다.\n",
    },
    mend: "`--fix` stores the words of the whole digest composed.",
    waive: "A tool that reads the file needs NFD.",
};

impl Check for NotNfc {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let text = context.korean().digest.text;
        if is_composed(text) {
            return;
        }
        let mut fix: Vec<Edit> = Vec::new();
        let mut count = 0;
        let mut first = None;
        for words in context.korean().prose() {
            count += compose(text, &words.view, &mut fix, &mut first);
        }
        let Some((shown, span)) = first else { return };
        let message = match count {
            1 => format!("`{shown}` is stored in pieces (NFD)"),
            _ => format!("`{shown}` and {} more characters are stored in pieces (NFD)", count - 1),
        };
        findings.push(Finding {
            help: Some("store the file composed (NFC)".to_owned()),
            fix,
            ..Finding::new(ABOUT.name, ABOUT.severity, span, message)
        });
    }
}

/// Adds the edits that compose the words of a block, one for each run of such characters; gives their number.
fn compose(text: &str, view: &View, fix: &mut Vec<Edit>, first: &mut Option<(char, crate::span::Span)>) -> usize {
    let mut count = 0;
    for (at, c) in view.text.char_indices() {
        // What is one character in both needs no look at its bytes; what is no words is one character for many.
        if c.is_ascii() || c == crate::korean::view::OBJECT || view.is_hidden(at..at + c.len_utf8()) {
            continue;
        }
        let span = view.span(at..at + c.len_utf8());
        let stored = &text[span.clone()];
        if stored.len() <= c.len_utf8() || stored.starts_with('&') {
            continue;
        }
        count += 1;
        first.get_or_insert_with(|| (c, span.clone()));
        match fix.last_mut() {
            Some(last) if last.span.end == span.start => {
                last.span.end = span.end;
                last.text.push(c);
            }
            _ => fix.push(Edit { span, text: c.to_string() }),
        }
    }
    count
}
