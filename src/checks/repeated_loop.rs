//! `repeated-loop`: a machine that says the same again and again.

use std::collections::HashMap;

use super::{About, Check, Context, Example, Finding, Group, Part, Passage, Severity};
use crate::checks::periods::{Run, first_run};
use crate::digest::sentences;
use crate::korean::hangul::{is_hangul, is_letter};
use crate::korean::seek::between_blanks;
use crate::span::Span;

/// See [`About`].
pub(super) struct RepeatedLoop;

const ABOUT: About = About {
    name: "repeated-loop",
    group: Group::Machine,
    severity: Severity::Error,
    on: true,
    summary: "the same word, phrase or sentence again and again",
    meaning: "A translation model that has lost its way repeats itself until its answer is full. Found are a word or phrase four times and more in a row, a sentence three
times in one item, and a syllable eight times in a row. Laughing and shouting (하하하하, 아아아아), numbers and lines pass, and so does an item whose English repeats itself.",
    example: Example {
        english: "- The model learns fast.\n",
        glossary: "",
        wrong: "- 모델은 빠르게 빠르게 빠르게 빠르게 배운다.\n",
        right: "- 모델은 매우 매우 빠르게 배운다. 하하하하하하하하\n",
    },
    mend: "Take out what is said again, and see whether the rest of the English was translated at all.",
    waive: "A refrain that is meant.",
};

/// So many times in a row are a loop: of a word or phrase, of a sentence in one item, of one syllable.
const PHRASE: usize = 4;
const SENTENCE: usize = 3;
const SYLLABLE: usize = 8;
/// English that says something so often in a row repeats itself.
const ENGLISH: usize = 3;
/// A sentence is longer, in characters; what is shorter may be a cry or a label.
const SHORTEST: usize = 6;

impl Check for RepeatedLoop {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for part in context.parts() {
            let passages = context.korean_words(part);
            if !may_loop(&passages) {
                continue;
            }
            let found = passages.iter().find_map(in_words).or_else(|| in_sentences(&passages, SENTENCE));
            if let Some((span, message)) = found
                && !is_english(context, part)
            {
                findings.push(Finding {
                    help: Some("say it once, and translate what is left of the English".to_owned()),
                    ..Finding::new(ABOUT.name, ABOUT.severity, span, message)
                });
            }
        }
    }
}

/// Whether anything can be there three times, or inside one word: told by how words begin, because almost no text repeats itself.
fn may_loop(passages: &[Passage<'_>]) -> bool {
    let mut counts = [0u8; 1024];
    passages.iter().any(|passage| {
        let text = passage.text();
        between_blanks(text).any(|word| is_met_again(&text.as_bytes()[word], &mut counts))
    })
}

/// Whether a word is so long that it may hold a loop, or begins as enough others do.
fn is_met_again(word: &[u8], counts: &mut [u8; 1024]) -> bool {
    let characters = word.iter().filter(|b| !matches!(b, 0x80..=0xBF)).count();
    if characters >= SYLLABLE {
        return true;
    }
    // Two syllables tell a word apart as well as its beginning without the marks does, and most words have them.
    let head = match word {
        [0xE0..=0xEF, _, _, 0xE0..=0xEF, _, _, ..] => &word[..6],
        _ => bare(word),
    };
    if head.is_empty() {
        return false;
    }
    let hash = head.iter().fold(0u32, |hash, b| hash.wrapping_mul(0x0100_0193) ^ u32::from(*b)).wrapping_mul(0x9E37_79B1);
    let count = &mut counts[(hash >> 22) as usize];
    *count += 1;
    usize::from(*count) >= SENTENCE
}

/// The first bytes of a word behind the marks before it, up to the next mark.
fn bare(word: &[u8]) -> &[u8] {
    let Some(first) = word.iter().position(|b| !b.is_ascii_punctuation()) else { return &[] };
    let letters = &word[first..word.len().min(first + 6)];
    &letters[..letters.iter().position(u8::is_ascii_punctuation).unwrap_or(letters.len())]
}

/// Whether the English of a part repeats itself as well.
fn is_english(context: &Context<'_>, part: &Part) -> bool {
    let passages = context.english_words(part);
    let repeats = |passage: &Passage<'_>| {
        let words = words(passage);
        first_run(&hashes(passage, &words), ENGLISH, |_| true).is_some() || stuck(passage, ENGLISH + 1).is_some()
    };
    passages.iter().any(repeats) || in_sentences(&passages, 2).is_some()
}

type Found = (Span, String);

/// A loop of words, or of syllables inside a word: what stands behind the first of them.
fn in_words(passage: &Passage<'_>) -> Option<Found> {
    let words = words(passage);
    let hashes = hashes(passage, &words);
    let text = passage.text();
    let piece = |run: &Run| &text[words[run.start].start..words[run.start + run.period - 1].end];
    // Sentences in a row need fewer than phrases, wherever in a sentence the loop begins.
    let is_sentence =
        |piece: &str| piece.chars().count() >= SHORTEST && piece.split_whitespace().any(|word| word.ends_with(['.', '!', '?']));
    let is_meant = |run: &Run| {
        let times = (run.end - run.start) / run.period;
        !is_laughter(piece(run)) && (times >= PHRASE || is_sentence(piece(run)))
    };
    if let Some(run) = first_run(&hashes, SENTENCE, is_meant) {
        let times = (run.end - run.start) / run.period;
        let (second, last) = (&words[run.start + run.period], &words[run.end - 1]);
        return Some((passage.span(second.start..last.end), format!("`{}` stands {times} times in a row", short(piece(&run)))));
    }
    stuck(passage, PHRASE)
}

/// A loop inside one word: a syllable eight times, syllables four times.
fn stuck(passage: &Passage<'_>, phrase: usize) -> Option<Found> {
    let text = passage.text();
    for word in words(passage) {
        // Four times two syllables, or eight times one, of three bytes each; of letters more.
        if word.len() < SYLLABLE || is_hidden(passage, &word) || text[word.clone()].chars().count() < SYLLABLE {
            continue;
        }
        let places: Vec<(usize, char)> = text[word.clone()].char_indices().collect();
        let letters: Vec<u64> =
            places.iter().map(|(at, c)| if is_letter(*c) || *c == ',' { *c as u64 } else { unique(word.start + at) }).collect();
        let Some(Run { start, end, period }) = first_run(&letters, phrase, |_| true) else { continue };
        let place = |index: usize| word.start + places.get(index).map_or(word.len(), |(at, _)| *at);
        let unit = &text[place(start)..place(start + period)];
        let times = (end - start) / period;
        let most = if period == 1 || !unit.contains(is_hangul) { SYLLABLE } else { phrase };
        if times >= most && !is_laughter(unit) && unit.contains(is_letter) {
            return Some((passage.span(place(start + period)..place(end)), format!("`{}` stands {times} times in a row", short(unit))));
        }
    }
    None
}

/// A sentence that stands so often in some passages: its second place.
fn in_sentences(passages: &[Passage<'_>], times: usize) -> Option<Found> {
    let marks: usize = passages.iter().map(|passage| passage.text().bytes().filter(|b| matches!(b, b'.' | b'!' | b'?')).count()).sum();
    if marks + passages.len() < times {
        return None;
    }
    let mut seen: HashMap<&str, (usize, Option<Span>)> = HashMap::new();
    for passage in passages {
        let text = passage.text();
        for range in sentences(text) {
            let sentence = text[range.clone()].trim_end_matches(['.', '!', '?', '…']);
            if sentence.chars().count() < SHORTEST || !sentence.contains(is_letter) {
                continue;
            }
            let (count, second) = seen.entry(sentence).or_default();
            *count += 1;
            match *count {
                1 => {}
                2 => *second = Some(passage.span(range)),
                _ => {}
            }
            if *count >= times
                && let Some(span) = second.take()
            {
                return Some((span, format!("`{}` is said {times} times", short(sentence))));
            }
        }
    }
    None
}

/// The words between blanks, as ranges of the passage.
fn words(passage: &Passage<'_>) -> Vec<Span> {
    between_blanks(passage.text()).collect()
}

/// Words as numbers: equal where the words are, whatever marks stand around them. What has no letters is like nothing else.
fn hashes(passage: &Passage<'_>, words: &[Span]) -> Vec<u64> {
    let text = passage.text();
    let hash = |range: &Span| {
        let word = text[range.clone()].trim_matches(|c: char| c.is_ascii_punctuation());
        // A figure is a word of a phrase; a lone mark is none.
        if !word.contains(|c: char| is_letter(c) || c.is_ascii_digit()) || is_hidden(passage, range) {
            return unique(range.start);
        }
        // FNV-1a: nobody gains by words that collide.
        word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)) | 1 << 63
    };
    words.iter().map(hash).collect()
}

/// A number that no word and no other place has.
fn unique(at: usize) -> u64 {
    (at as u64) << 24
}

fn is_hidden(passage: &Passage<'_>, range: &Span) -> bool {
    passage.view.is_hidden(passage.range.start + range.start..passage.range.start + range.end)
}

/// Syllables and words of laughing, crying and shouting: 하하, 흑흑, 아아, ha ha.
fn is_laughter(unit: &str) -> bool {
    let is_sound = |c: char| {
        matches!(
            c,
            '하' | '호'
                | '히'
                | '헤'
                | '허'
                | '흐'
                | '후'
                | '크'
                | '킥'
                | '큭'
                | '낄'
                | '껄'
                | '엉'
                | '흑'
                | '아'
                | '악'
                | '오'
                | '와'
                | '우'
                | '워'
                | '으'
                | '음'
                | '이'
                | '야'
                | '어'
                | '에'
                | '응'
                | '쿨'
                | '쾅'
                | '뚝'
        ) || matches!(c, 'ㄱ'..='ㅣ')
            || c.is_whitespace()
            || c.is_ascii_punctuation()
    };
    let is_latin = |word: &str| {
        matches!(
            word.to_ascii_lowercase().as_str(),
            "ha" | "haha" | "he" | "hehe" | "ho" | "lol" | "ah" | "oh" | "a" | "o" | "h" | "w" | "z"
        )
    };
    unit.chars().all(is_sound)
        || unit.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).all(is_latin) && unit.is_ascii()
}

/// The beginning of a phrase, for a message.
fn short(phrase: &str) -> String {
    const LONGEST: usize = 30;
    match phrase.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", phrase[..end].trim_end()),
        None => phrase.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::korean::view::View;

    fn loops(text: &str) -> Option<String> {
        let view = View::of(text);
        let passage = Passage { view: &view, range: 0..text.len() };
        let found = in_words(&passage).or_else(|| in_sentences(std::slice::from_ref(&passage), SENTENCE));
        found.map(|(span, _)| text[span].to_owned())
    }

    #[test]
    fn loops_of_any_length_are_found() {
        for (text, expected) in [
            ("모델은 매우 매우 매우 매우 크다", "매우 매우 매우"),
            ("매우, 매우, 매우, 매우 크다", "매우, 매우, 매우"),
            ("큰 모델과 큰 모델과 큰 모델과 큰 모델과 본다", "큰 모델과 큰 모델과 큰 모델과"),
            ("그리고그리고그리고그리고 간다", "그리고그리고그리고"),
            ("모델다다다다다다다다", "다다다다다다다"),
            ("그는 갔다. 나는 왔다. 그는 학교로 갔다. 비가 왔다. 그는 학교로 갔다. 눈이 왔다. 그는 학교로 갔다.", "그는 학교로 갔다."),
        ] {
            assert_eq!(loops(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_meant_passes() {
        for text in [
            "매우 매우 매우 크다",
            "하하하하하하하하하하",
            "ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ",
            "아아아아아아아아아",
            "1 1 1 1 1",
            "- - - - -",
            "10101010101010",
            "----------",
            "ha ha ha ha ha",
            "점점 더 점점 더",
            "hahahahaha",
            "aaaaaaa",
            "0.00000000001",
            "",
        ] {
            assert_eq!(loops(text), None, "{text}");
        }
    }

    #[test]
    fn a_long_text_is_read_to_its_end() {
        let text: String = (0..200_000).map(|n: u32| if n.count_ones().is_multiple_of(2) { "가 " } else { "나 " }).collect();
        assert_eq!(loops(&text), None, "the sequence of Thue and Morse repeats nothing three times");
        let text = "가나다라 ".repeat(100_000);
        assert!(loops(&text).is_some());
    }
}
