//! `half-translated`: a sentence of a Korean text that is still in English.

use super::english_words::{has_stretch, latin_words, mixed, small_words};
use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::digest::sentences;
use crate::korean::hangul::is_hangul;
use crate::korean::sentence::enclosed;

/// See [`About`].
pub(super) struct HalfTranslated;

/// Its name.
const NAME: &str = "half-translated";

const ABOUT: About = About {
    name: NAME,
    group: Group::Language,
    severity: Severity::Warning,
    on: true,
    summary: "a sentence left in English among Korean ones",
    meaning:
        "A sentence of four words and more without Hangul, in a text that has Hangul elsewhere. What stands in quotes or in brackets is
quoted on purpose and passes, and so do names in capitals.",
    example: Example {
        english: "- [Attention](https://example.com/1) – It needs no recurrence. It trains in twelve hours.\n",
        glossary: "",
        wrong: "- [어텐션](https://example.com/1) – 순환이 필요 없습니다. It trains in twelve hours.\n",
        right: "- [어텐션](https://example.com/1) – 순환이 필요 없습니다. 열두 시간 만에 학습합니다.\n",
    },
    mend: "Translate the sentence.",
    waive: "The English is quoted as it is.",
};

/// Fewer words than this are a name or an aside.
const LEAST: usize = 4;

/// Words of prose that tell a sentence from a list of names.
const PROSE: usize = 2;

impl Check for HalfTranslated {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for passage in mixed(context) {
            let text = passage.text();
            if !has_stretch(text, LEAST) {
                continue;
            }
            let inside = enclosed(text);
            for range in sentences(text).into_iter().flat_map(|range| parted(text, range)) {
                let sentence = &text[range.clone()];
                let is_english = !sentence.contains(is_hangul)
                    && latin_words(&passage, range.clone()) >= LEAST
                    && small_words(&passage, range.clone()) >= PROSE;
                // They are in the order of the text, and do not overlap.
                let near = &inside[inside.partition_point(|quoted| quoted.end + 1 < range.end)..];
                let is_quoted = near.first().is_some_and(|quoted| quoted.start <= range.start + 1);
                if is_english && !is_quoted {
                    findings.push(Finding {
                        help: Some("translate it".to_owned()),
                        ..Finding::new(NAME, ABOUT.severity, passage.span(range), "this sentence is still in English".to_owned())
                    });
                }
            }
        }
    }
}

/// The pieces of a sentence, where a Korean one ends inside it: what follows in small letters was taken for its rest.
fn parted(text: &str, range: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = range.start;
    for (at, _) in text[range.clone()].match_indices(". ") {
        let at = range.start + at;
        if text[..at].ends_with(is_hangul) {
            pieces.push(start..at + 1);
            start = at + 2;
        }
    }
    pieces.push(start..range.end);
    pieces
}
