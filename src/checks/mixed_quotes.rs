//! `mixed-quotes`: straight and curly quotation marks of one kind in one digest.

use super::beside::{Beside, Haystack};
use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::korean::hangul::is_hangul;
use crate::korean::view::View;
use crate::span::Span;

/// See [`About`].
pub(super) struct MixedQuotes;

const ABOUT: About = About {
    name: "mixed-quotes",
    group: Group::Typography,
    severity: Severity::Hint,
    on: true,
    summary: "straight and curly quotation marks in one digest",
    meaning: "Both `\"…\"` and `“…”` are right, and so are `'…'` and `‘…’`; one text keeps to one of them. Double and single marks are counted apart, in pairs, so
that apostrophes (Moore's) do not count. A quotation without Hangul that the English item has as it is does not count either. The hint stands once for each kind, at
the first pair of the rarer form.",
    example: Example { english: "", glossary: "", wrong: "- \"모델\"과 \"기울기\"\n- “커널”\n", right: "- “모델”과 “기울기”, Moore's\n- “커널”\n" },
    mend: "Write one form in the whole digest. Nothing is fixed by itself, because both are right.",
    waive: "A quoted text is kept as it was printed.",
};

impl Check for MixedQuotes {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let text = context.korean().digest.text;
        let english = Beside::new(context, Haystack::new);
        for kind in KINDS {
            // Without both forms in the file there is nothing to find.
            if !text.contains(kind.straight) || !text.contains(kind.open) {
                continue;
            }
            let (mut straight, mut curly) = (Form::default(), Form::default());
            for words in context.korean().prose() {
                count(&english, &words.view, kind, &mut straight, &mut curly);
            }
            let (Some(first), Some(first_curly)) = (&straight.first, &curly.first) else { continue };
            let (rare, main) = if straight.count < curly.count { (first, false) } else { (first_curly, true) };
            let (main_form, rare_form) =
                if main { (kind.straight_form(), kind.curly_form()) } else { (kind.curly_form(), kind.straight_form()) };
            let message = format!(
                "quotations are marked in two ways in this digest: `{}` ({}), `{}` ({})",
                kind.straight_form(),
                straight.count,
                kind.curly_form(),
                curly.count
            );
            findings.push(Finding {
                help: Some(format!("write `{main_form}` instead of `{rare_form}`")),
                ..Finding::new(ABOUT.name, ABOUT.severity, rare.clone(), message)
            });
        }
    }
}

struct Kind {
    straight: char,
    open: char,
    close: char,
}

const KINDS: &[Kind] = &[Kind { straight: '"', open: '“', close: '”' }, Kind { straight: '\'', open: '‘', close: '’' }];

impl Kind {
    fn straight_form(&self) -> String {
        format!("{0}…{0}", self.straight)
    }

    fn curly_form(&self) -> String {
        format!("{}…{}", self.open, self.close)
    }
}

/// How often a form is used, and where first.
#[derive(Default)]
struct Form {
    count: usize,
    first: Option<Span>,
}

fn count<'s>(english: &Beside<'s, '_, Haystack<'s>>, view: &View, kind: &Kind, straight: &mut Form, curly: &mut Form) {
    for (open, close, form) in [(kind.straight, kind.straight, straight), (kind.open, kind.close, curly)] {
        for pair in pairs(view, open, close) {
            let span = view.span(pair.clone());
            let words = &view.text[pair];
            let is_theirs = !words.contains(is_hangul) && english.at(span.start).is_some_and(|english| english.has(words));
            if !is_theirs {
                form.count += 1;
                form.first.get_or_insert(span);
            }
        }
    }
}

/// A quotation is shorter, in bytes.
const LONGEST: usize = 300;

/// Quotations: an opening mark behind a blank, a bracket or nothing, and the next closing one.
fn pairs(view: &View, open: char, close: char) -> Vec<std::ops::Range<usize>> {
    let text = view.text.as_str();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = text[at..].find(open) {
        let start = at + step;
        at = start + open.len_utf8();
        let opens = text[..start]
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || !(c.is_alphanumeric() || matches!(c, '.' | '”' | '’' | ')')));
        let begins = text[at..].chars().next().is_some_and(|c| !c.is_whitespace());
        if !opens || !begins || view.is_hidden(start..at) {
            continue;
        }
        let near = &text[at..text.floor_char_boundary((at + LONGEST).min(text.len()))];
        let closing =
            near.match_indices(close).map(|(step, _)| at + step).find(|&end| is_closing(text, end, close) && !view.is_hidden(end..end + 1));
        if let Some(end) = closing {
            found.push(start..end + close.len_utf8());
            at = end + close.len_utf8();
        }
    }
    found
}

/// Whether a mark closes a quotation: behind a word, and not inside a Latin one (Moore's).
fn is_closing(text: &str, at: usize, mark: char) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + mark.len_utf8()..].chars().next();
    let in_word = before.is_some_and(|c| c.is_ascii_alphanumeric()) && after.is_some_and(|c| c.is_ascii_alphabetic());
    before.is_some_and(|c| !c.is_whitespace()) && !in_word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_pairs(text: &str, open: char, close: char, expected: &[&str]) {
        let found: Vec<&str> = pairs(&View::of(text), open, close).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn quotations_are_pairs() {
        assert_pairs("\"가\"와 (\"나 다\")를", '"', '"', &["\"가\"", "\"나 다\""]);
        assert_pairs("“가”와 “나”", '“', '”', &["“가”", "“나”"]);
        assert_pairs("'가'라고 'it's'라고", '\'', '\'', &["'가'", "'it's'"]);
    }

    #[test]
    fn apostrophes_and_inches_are_none() {
        for text in ["Moore's 법칙과 users' 권리", "'90년대", "rock 'n roll", "6' 키"] {
            assert_pairs(text, '\'', '\'', &[]);
        }
        assert_pairs("5\" 화면, 6\" 화면", '"', '"', &[]);
        assert_pairs("Moore’s ‘90년대", '‘', '’', &[]);
    }
}
