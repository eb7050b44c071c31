//! `untranslated`: a segment that is still in English.

use super::english_words::small_words;
use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::korean::hangul::is_hangul;
use crate::span::Span;

/// See [`About`].
pub(super) struct Untranslated;

/// Its name.
const NAME: &str = "untranslated";

const ABOUT: About = About {
    name: NAME,
    group: Group::Language,
    severity: Severity::Error,
    on: true,
    summary: "a title, a comment or a paragraph that is still in English",
    meaning: "There is no Hangul in it, and English prose stands where the Korean is to stand. What consists of names, numbers, code and
addresses alone has nothing to translate and passes.",
    example: Example {
        english: "- [Attention](https://example.com/1) – It needs no recurrence.\n",
        glossary: "",
        wrong: "- [어텐션](https://example.com/1) – It needs no recurrence.\n",
        right: "- [어텐션](https://example.com/1) – 순환이 필요 없습니다.\n",
    },
    mend: "Translate it: by hand, or with `translate DRAFT`.",
    waive: "It stays in English on purpose, as a slogan or a quoted line.",
};

impl Check for Untranslated {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        findings.extend(left(context).map(|(span, english)| Finding {
            english: english.map(|english| context.english_at(&english)),
            help: Some("translate it".to_owned()),
            ..Finding::new(NAME, ABOUT.severity, span, "this is still in English".to_owned())
        }));
    }
}

/// So few words of prose may be part of a name: `Born to Run`.
const LEAST: usize = 2;

/// The segments without Hangul where English prose stands, with their English.
pub(super) fn left<'c>(context: &'c Context<'_>) -> impl Iterator<Item = (Span, Option<Span>)> + 'c {
    let side = context.korean();
    let segments = side.digest.segments.iter().filter(|segment| !side.digest.text[segment.span()].contains(is_hangul));
    segments.filter_map(move |segment| {
        let words: usize = side.passages(&segment.span()).iter().map(|passage| small_words(passage, 0..passage.text().len())).sum();
        let twin = context.twin(segment.start);
        // What no English text belongs to was added as it is: a preview of a link, a slogan.
        let is_added = twin.is_none() && context.english().is_some();
        (words >= LEAST && !is_added).then(|| (segment.span(), twin.map(|twin| twin.english.clone())))
    })
}
