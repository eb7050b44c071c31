//! `chatter`: what a machine says about its answer instead of the answer.

mod phrases;
mod tables;

use std::cell::OnceCell;

use memchr::memmem;
use rustc_hash::FxHashMap;

use self::phrases::{Phrase, phrase, spoken_of};
use super::beside::Beside;
use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::digest::{Digest, Format};
use crate::korean::hangul::is_hangul;
use crate::span::Span;

/// See [`About`].
pub(super) struct Chatter;

const ABOUT: About = About {
    name: "chatter",
    group: Group::Machine,
    severity: Severity::Error,
    on: true,
    summary: "a machine speaks about its answer",
    meaning: "Language models answer as in a conversation: they assent (`Sure!`, 물론입니다), announce (`Here is the translation`, 다음은 번역입니다), label
(`Translation:`, 번역:), add notes (`Note:`, 참고:), speak of themselves (`As an AI`), or put a fence round the whole answer. What the English item says as well passes. Without
an English digest only talk of the translation itself is found.",
    example: Example {
        english: "- A model learns.\n",
        glossary: "",
        wrong: "- 다음은 번역입니다: 모델은 배운다.\n",
        right: "- 모델은 배운다. 번역 모델은 다음과 같다.\n",
    },
    mend: "Take out what is not in the English. Nothing is fixed by itself, because only a reader can tell where the answer begins.",
    waive: "The words are the author's.",
};

impl Check for Chatter {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let digest = context.korean().digest;
        let english = Beside::new(context, spoken_of);
        let added = Added::of(context);
        for words in context.korean().prose() {
            let view = &words.view;
            let text = view.text.as_str();
            let mut first = true;
            // A comment begins behind the dash of its title.
            let whole = view.span(0..text.len());
            let from = digest.segments.partition_point(|segment| segment.start < whole.start);
            let inside = digest.segments[from..].iter().take_while(|segment| segment.start < whole.end);
            let mut begins: Vec<usize> = inside.map(|segment| view.range(&segment.span()).start).collect();
            begins.extend(openings(text));
            begins.sort_unstable();
            begins.dedup();
            for start in begins.into_iter().filter(|start| *start < text.len()) {
                if let Some(Phrase { length, about, is_certain, only_first }) = phrase(&text[start..])
                    && (first || !only_first)
                    && !view.is_hidden(start..start + 1)
                {
                    let span = view.span(start..start + length);
                    // A text that the English lacks is explained by none of it.
                    let is_fault = (is_certain || first) && added.holds(span.start)
                        || english.at(span.start).map_or(is_certain, |spoken| !spoken.contains(&about));
                    if is_fault {
                        findings.push(said(span, &text[start..start + length]));
                    }
                }
                first = false;
            }
        }
        fences(context, findings);
    }
}

/// Texts without a certain English that stand where the Korean has more texts than the English: between the parts around them that are
/// certain.
struct Added<'s, 'c> {
    context: &'s Context<'c>,
    /// For each stretch of parts without a certain English, its first part, the one behind it, and whether they are more than the English
    /// has there.
    stretches: OnceCell<Vec<(usize, usize, bool)>>,
}

impl<'s, 'c> Added<'s, 'c> {
    fn of(context: &'s Context<'c>) -> Self {
        Self { context, stretches: OnceCell::new() }
    }

    /// Whether byte `at` of the Korean stands in such a text.
    fn holds(&self, at: usize) -> bool {
        let Some(english) = self.context.english() else { return false };
        let parts = self.context.parts();
        let index = parts.partition_point(|part| part.korean.start <= at);
        let Some(index) = index.checked_sub(1).filter(|&index| at < parts[index].korean.end && parts[index].english.is_none()) else {
            return false;
        };
        let stretches = self.stretches.get_or_init(|| stretches(parts, english.digest));
        stretches.get(stretches.partition_point(|(_, end, _)| *end <= index)).is_some_and(|(.., is_more)| *is_more)
    }
}

fn stretches(parts: &[super::Part], english: &Digest<'_>) -> Vec<(usize, usize, bool)> {
    let mut stretches = Vec::new();
    let mut at = 0;
    while let Some(start) = parts[at..].iter().position(|part| part.english.is_none()).map(|step| at + step) {
        let end = parts[start..].iter().position(|part| part.english.is_some()).map_or(parts.len(), |step| start + step);
        at = end;
        let span = |index: usize| parts.get(index).and_then(|part| part.english.as_ref());
        let from = start.checked_sub(1).and_then(span).map_or(0, |span| span.end);
        let to = span(end).map_or(english.text.len(), |span| span.start);
        // Segments are in the order of the text, and do not overlap.
        let first = english.segments.partition_point(|segment| segment.start < from);
        let last = english.segments.partition_point(|segment| segment.end <= to);
        stretches.push((start, end, from <= to && last.saturating_sub(first) < end - start));
    }
    stretches
}

fn said(span: Span, words: &str) -> Finding {
    Finding {
        help: Some("take out what the English does not say".to_owned()),
        ..Finding::new(ABOUT.name, ABOUT.severity, span, format!("`{}` is a machine's talk about its answer", words.trim_end()))
    }
}

/// Where a passage and its sentences begin, brackets and quotation marks left out.
fn openings(text: &str) -> impl Iterator<Item = usize> {
    let skip = |at: usize| {
        text.len()
            - text[at..]
                .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '\'' | '*' | '※' | '\u{FFFC}'))
                .len()
    };
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, b)| match b {
        b'.' | b'!' | b'?' | b':' | b')' => bytes.get(at + 1).is_some_and(|next| matches!(next, b' ' | b'"' | b')')),
        b'\n' => true,
        // A note may follow in brackets of its own.
        b'(' | b'[' => !bytes.get(at + 1).is_some_and(|next| matches!(next, b'(' | b'[' | b' ' | b'*' | b'"' | b'\'')),
        _ => false,
    });
    let mut last = None;
    let all = std::iter::once(skip(0)).chain(ends.map(move |(at, _)| skip(at + 1)));
    all.filter(move |at| *at < text.len() && last.replace(*at) != Some(*at))
}

/// Fences round an answer, which the English lacks.
fn fences(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let digest = context.korean().digest;
    let has = |mark: &str| memmem::find(digest.text.as_bytes(), mark.as_bytes()).is_some();
    if !has("```") && !has("~~~") {
        return;
    }
    let english = context.english().map(|side| side.digest);
    if digest.format == Format::Plain {
        let has = english.is_some_and(|english| english.text.contains("```"));
        let lines = digest
            .text
            .match_indices("```")
            .filter(|(at, _)| digest.text[..*at].trim_end_matches([' ', '\t']).ends_with(['\n', '\r', '\u{feff}']) || *at == 0);
        findings.extend(lines.filter(|_| !has).map(|(at, marks)| fenced(at..at + marks.len())));
        return;
    }
    let all = digest.fences();
    let theirs = english.map(|english| (english.text, english.fences()));
    let info = |text: &str, span: &Span| text[span.clone()].trim().to_lowercase();
    let counts = |text: &str, fences: &[crate::digest::Fence]| {
        let mut counts: FxHashMap<String, usize> = FxHashMap::default();
        fences.iter().for_each(|fence| *counts.entry(info(text, &fence.info)).or_default() += 1);
        counts
    };
    let own_counts = counts(digest.text, &all);
    let their_counts = theirs.as_ref().map(|(text, fences)| counts(text, fences));
    for fence in &all {
        let own = info(digest.text, &fence.info);
        let count = |counts: &FxHashMap<String, usize>| counts.get(&own).copied().unwrap_or(0);
        let is_lacking = their_counts.as_ref().is_none_or(|theirs| count(theirs) < count(&own_counts));
        let is_more = theirs.as_ref().is_some_and(|(_, fences)| fences.len() < all.len());
        let has_words = digest.text[fence.info.end..fence.span.end].contains(is_hangul);
        let is_added = is_more && has_words && matches!(own.as_str(), "" | "text" | "txt" | "plaintext");
        if is_lacking && (is_added || is_round(digest.text, &fence.span, fence.info.end, &own, theirs.is_some())) {
            let start = fence.span.start + digest.text[fence.span.start..].find(['`', '~']).unwrap_or(0);
            findings.push(fenced(start..fence.info.end));
        }
    }
}

fn fenced(span: Span) -> Finding {
    Finding {
        help: Some("take out the fence and the one that closes it".to_owned()),
        ..Finding::new(ABOUT.name, ABOUT.severity, span, "a fence stands round the answer".to_owned())
    }
}

/// Whether a fenced block holds an answer and no code: by its name, by standing round the whole text, or by being left open at the end.
fn is_round(text: &str, span: &Span, body: usize, info: &str, is_compared: bool) -> bool {
    let is_first = text[..span.start].trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty();
    let is_last = text[span.end..].trim().is_empty();
    let inside = &text[body..span.end];
    let has_words = inside.contains(is_hangul);
    match info {
        "markdown" | "md" => has_words && (is_compared || is_first),
        "" | "text" | "txt" | "plaintext" | "korean" | "ko" => {
            // A closing fence without its opening one opens an empty block.
            let is_rest = is_last && is_compared && inside.trim().is_empty();
            (has_words && is_first && is_last && is_compared) || (has_words && is_compared && matches!(info, "korean" | "ko")) || is_rest
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_open_behind_their_marks() {
        let text = "\"가. 나! (다) 라\n마";
        let found: Vec<char> = openings(text).filter_map(|at| text[at..].chars().next()).collect();
        assert_eq!(found, ['가', '나', '다', '라', '마']);
    }
}
