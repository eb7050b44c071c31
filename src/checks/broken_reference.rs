//! `broken-reference`: a reference whose definition is not in the Korean digest.

use memchr::memchr_iter;

use super::{About, Check, Context, Example, Finding, Group, Part, Severity};
use crate::digest::MarkKind;
use crate::span::Span;

/// See [`About`].
pub(super) struct BrokenReference;

const ABOUT: About = About {
    name: "broken-reference",
    group: Group::Structure,
    severity: Severity::Error,
    on: true,
    summary: "a link or footnote by label that has no definition",
    meaning: "`[text][label]` and `[^1]` point to a line elsewhere in the file: `[label]: https://…`. Without that line they render as the
letters that they are. The English digest has the definition, or a link in that place.",
    example: Example {
        english: "- [One][post] is first.\n\n[post]: https://example.com/1\n",
        glossary: "",
        wrong: "- [하나][글]는 첫째입니다.\n\n[post]: https://example.com/1\n",
        right: "- [하나][post]는 첫째입니다.\n\n[post]: https://example.com/1\n",
    },
    mend: "Write the label as the definition has it; labels are not translated. Or put the definition back.",
    waive: "The brackets are text, and no reference is meant.",
};

impl Check for BrokenReference {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for part in context.parts() {
            for (span, label) in broken(context, part) {
                let message = format!("`[{label}]` has no definition in this file");
                let help = match context.defined(&label) {
                    Some(address) => format!("the English digest has `[{label}]: {address}`"),
                    None => "write the label as its definition has it".to_owned(),
                };
                findings.push(Finding { help: Some(help), ..Finding::new(ABOUT.name, ABOUT.severity, span, message) });
            }
        }
    }
}

/// The references of a part that are plain text, with their labels.
pub(super) fn broken(context: &Context<'_>, part: &Part) -> Vec<(Span, String)> {
    let Some((english, span)) = context.english().zip(part.english.as_ref()) else { return Vec::new() };
    let korean = context.korean().digest;
    if !korean.text[part.korean.clone()].contains('[') {
        return Vec::new();
    }
    let marks = english.marks_in(span);
    let refers = marks.iter().any(|mark| mark.kind == MarkKind::Link && english.digest.text[mark.span()].ends_with(']'));
    let notes = marks.iter().any(|mark| mark.kind == MarkKind::Footnote);
    let mut found = Vec::new();
    for words in context.korean_words(part) {
        let text = words.text();
        let closes: Vec<usize> = memchr_iter(b']', text.as_bytes()).collect();
        let closing = |from: usize| closes.get(closes.partition_point(|close| *close < from)).copied();
        for (at, _) in text.match_indices('[').filter(|(at, _)| !words.view.is_hidden(words.range.start + at..words.range.start + at + 1)) {
            let Some(end) = closing(at) else { break };
            let inner = &text[at + 1..end];
            let second = text[end + 1..].starts_with('[').then(|| closing(end + 2).map(|close| &text[end + 2..close])).flatten();
            let is_second = text[..at].ends_with(']');
            let broken = match second {
                _ if is_second || inner.is_empty() => None,
                Some(label) if refers => Some((at..end + label.len() + 3, if label.is_empty() { inner } else { label })),
                None if notes && inner.starts_with('^') => Some((at..end + 1, inner)),
                None if refers && context.defined(inner).is_some() => Some((at..end + 1, inner)),
                _ => None,
            };
            found.extend(broken.map(|(range, label)| (words.span(range), label.to_owned())));
        }
    }
    found
}
