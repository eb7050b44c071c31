//! English that stands in Korean text: words, and runs of them that are no names.

use std::ops::Range;

use super::beside::is_in;
use super::{Context, Passage};
use crate::korean::hangul::{is_hangul, is_letter_or_figure};
use crate::korean::seek::between_blanks;
use crate::korean::sentence::enclosed;

/// The passages in which English prose may stand among Korean: those of segments with Hangul that have a small Latin letter.
pub(super) fn mixed<'c>(context: &'c Context<'_>) -> impl Iterator<Item = Passage<'c>> {
    let side = context.korean();
    let segments = side.digest.segments.iter().filter(|segment| side.digest.text[segment.span()].contains(is_hangul));
    let passages = segments.flat_map(|segment| side.passages(&segment.span()));
    passages.filter(|passage| passage.text().bytes().any(|b| b.is_ascii_lowercase()))
}

/// Whether two words of small Latin letters stand side by side somewhere outside code: a run of English has such a place, and few Korean
/// texts do.
pub(super) fn has_pair(passage: &Passage<'_>) -> bool {
    let text = passage.text();
    let bytes = text.as_bytes();
    let is_seen = |at: usize| !passage.view.is_hidden(passage.range.start + at..passage.range.start + at + 1);
    let mut end = None;
    for (at, b) in bytes.iter().enumerate() {
        if b.is_ascii_lowercase() {
            if end.take().is_some_and(|end| text[end..at].chars().all(char::is_whitespace) && is_seen(at)) {
                return true;
            }
        } else if at > 0 && bytes[at - 1].is_ascii_lowercase() {
            end = Some(at);
        }
    }
    false
}

/// Whether so many words could stand in a stretch without Hangul syllables, by the bytes alone: never fewer than there are.
pub(super) fn has_stretch(text: &str, words: usize) -> bool {
    let (mut count, mut is_inside) = (0, false);
    let bytes = text.as_bytes();
    for (at, &b) in bytes.iter().enumerate() {
        // The first bytes of U+AC00 to U+DFFF: of no letters but syllables.
        if matches!(b, 0xEB..=0xED) || b == 0xEA && bytes.get(at + 1).is_some_and(|next| *next >= 0xB0) {
            (count, is_inside) = (0, true);
            continue;
        }
        let is_letter = b.is_ascii_alphabetic() || b >= 0xC2;
        count += usize::from(is_letter && !is_inside);
        is_inside = is_letter;
        if count >= words {
            return true;
        }
    }
    false
}

/// Whether a word is one of English prose: letters alone, all of them small.
pub(super) fn is_small(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase())
}

/// A word without the marks around it, and without the Hangul that is written onto it.
pub(super) fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !is_letter_or_figure(c));
    word.trim_end_matches(is_hangul)
}

/// How many words of English prose a range of a passage has.
pub(super) fn small_words(passage: &Passage<'_>, range: Range<usize>) -> usize {
    said(passage, range).filter(|word| is_small(word)).count()
}

/// How many words of Latin letters a range of a passage has.
pub(super) fn latin_words(passage: &Passage<'_>, range: Range<usize>) -> usize {
    said(passage, range).filter(|word| word.starts_with(|c: char| c.is_alphabetic() && !is_hangul(c))).count()
}

/// The bare words of a range of a passage; code says nothing in any language.
fn said<'c>(passage: &Passage<'c>, range: Range<usize>) -> impl Iterator<Item = &'c str> {
    let (text, view, start) = (passage.text(), passage.view, passage.range.start);
    words(&text[range.clone()]).filter_map(move |(at, word)| {
        let core = bare(word);
        let at = start + range.start + at + word.find(core).unwrap_or(0);
        (!view.is_hidden(at..at + core.len().max(1))).then_some(core)
    })
}

/// The widest runs of two and more words of English prose, in bytes of `text`; what stands in quotes or brackets is left out.
pub(super) fn runs(text: &str) -> Vec<Range<usize>> {
    let inside = enclosed(text);
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(Range<usize>, usize)> = None;
    let close = |open: &mut Option<(Range<usize>, usize)>, runs: &mut Vec<Range<usize>>| {
        runs.extend(open.take().filter(|(_, words)| *words >= 2).map(|(range, _)| range));
    };
    for (at, word) in words(text) {
        let core = bare(word);
        let start = at + word.find(core).unwrap_or(0);
        let is_plain = is_small(core) || core == "a";
        let is_inside = || is_in(&inside, start);
        if !is_plain || is_inside() || core.is_empty() {
            close(&mut open, &mut runs);
            continue;
        }
        // A mark before a word parts it from the run; one behind it, or Hangul, ends the run with it.
        let leads = start > at;
        if leads {
            close(&mut open, &mut runs);
        }
        match &mut open {
            Some((range, count)) => (range.end, *count) = (start + core.len(), *count + 1),
            None => open = Some((start..start + core.len(), 1)),
        }
        if start + core.len() < at + word.len() {
            close(&mut open, &mut runs);
        }
    }
    close(&mut open, &mut runs);
    runs
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    between_blanks(text).map(|word| (word.start, &text[word]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        runs(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn the_widest_run_is_found_with_no_particle() {
        assert_eq!(found("이 모델은 more training data를 쓴다."), ["more training data"]);
        assert_eq!(found("값은 to the point, and more 이다."), ["to the point", "and more"]);
        assert_eq!(found("지도 학습(supervised learning of models)과 \"do not use\"라는 말"), Vec::<&str>::new());
        assert_eq!(found("PyTorch Lightning과 GPT를 쓴다. word 하나"), Vec::<&str>::new());
    }
}
