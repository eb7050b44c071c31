//! `omitted-text`: Korean that says much less than its English.

use memchr::memchr2_iter;

use super::side::within;
use super::{About, Check, Context, Example, Finding, Group, Part, Passage, Severity};
use crate::digest::{Segment, sentences};
use crate::korean::hangul::is_letter;
use crate::span::Span;

/// See [`About`].
pub(super) struct OmittedText;

/// Its name.
const NAME: &str = "omitted-text";

const ABOUT: About = About {
    name: NAME,
    group: Group::Language,
    severity: Severity::Warning,
    on: true,
    summary: "a Korean item that is much shorter than its English",
    meaning: "Korean takes 0.55 characters for one of English in the middle, and less than 0.36 for one text in a hundred (measured on good
translations of 60 characters and more). An item below that is told where its sentences are fewer as well, and one far below in any case;
so is a comment that has no Korean at all.",
    example: Example {
        english: "- [Attention](https://example.com/1) – It needs no recurrence and no convolutions. Training takes twelve hours on eight GPUs, which is a small part of what the best models took before.\n",
        glossary: "",
        wrong: "- [어텐션](https://example.com/1) – 순환도 합성곱도 필요 없습니다.\n",
        right: "- [어텐션](https://example.com/1) – 순환도 합성곱도 필요 없습니다. 학습은 GPU 여덟 장으로 열두 시간이면 되는데, 이전의 가장 좋은 모델들에 비하면 아주 짧은 시간입니다.\n",
    },
    mend: "Translate what is missing.",
    waive: "The editors left it out on purpose.",
};

/// English shorter than this says nothing by its length.
const SHORTEST: usize = 36;

/// Below this share of the English an item with fewer sentences lacks something; it lacks half of a text that is usual.
const FEWER: f64 = 0.46;

/// Below this share it lacks something whatever its sentences.
const FAR: f64 = 0.28;

/// A comment of so many characters that has no Korean is missing.
const COMMENT: usize = 25;

impl Check for OmittedText {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for part in context.parts().iter().filter(|part| part.english.is_some() && context.is_translated(part)) {
            if let Some(message) = missing(context, part) {
                let english = part.english.clone().map(|span| context.english_at(&span));
                findings.push(Finding {
                    english,
                    help: Some("compare it with the English, and translate what is missing".to_owned()),
                    ..Finding::new(NAME, ABOUT.severity, place(context, part), message)
                });
            }
        }
    }
}

/// What a part lacks.
fn missing(context: &Context<'_>, part: &Part) -> Option<String> {
    let (english_words, korean_words) = (context.english_words(part), context.korean_words(part));
    let letters = |passages: &[Passage<'_>]| passages.iter().map(|passage| letters(passage.text())).sum::<usize>();
    let (english, korean) = (letters(&english_words), letters(&korean_words));
    let share = korean as f64 / english.max(1) as f64;
    if english >= SHORTEST && share < FEWER {
        let count = |passages: &[Passage<'_>]| passages.iter().map(|passage| count(passage.text())).sum::<usize>();
        let (wanted, there) = (count(&english_words), count(&korean_words));
        if share < FAR || there < wanted {
            return Some(format!("the Korean has {:.0} % of the characters of the English, and usual are 55 %", share * 100.0));
        }
    }
    // A comment that is gone leaves fewer texts and a shorter item.
    if korean * 3 >= english * 2 {
        return None;
    }
    let side = context.english()?;
    let own = part.english.as_ref()?;
    let english = within(&side.digest.segments, own, |segment| segment.start);
    // Both are in the order of the English.
    let has_twin = |segment: &&Segment| part.twins.binary_search_by_key(&segment.start, |twin| twin.english.start).is_ok();
    let left = english.iter().filter(|segment| !has_twin(segment));
    // Where the Korean has as many texts as the English, they are only not told apart.
    let korean = within(&context.korean().digest.segments, &part.korean, |segment| segment.start);
    let lost = left.map(|segment| side.digest.reading(segment).chars().count()).max().unwrap_or(0);
    (lost >= COMMENT && korean.len() < english.len()).then(|| "a comment of the English has no Korean here".to_owned())
}

/// The last text of a part.
fn place(context: &Context<'_>, part: &Part) -> Span {
    context.end_of(part)
}

/// The characters of a text, blanks between words counted once.
fn letters(text: &str) -> usize {
    let text = text.trim();
    let bytes = text.as_bytes();
    let surplus = memchr2_iter(b' ', b'\n', bytes).filter(|at| bytes.get(at + 1).is_some_and(u8::is_ascii_whitespace)).count();
    text.chars().count() - surplus
}

/// The sentences of a text that have letters.
fn count(text: &str) -> usize {
    sentences(text).into_iter().filter(|range| text[range.clone()].contains(is_letter)).count()
}
