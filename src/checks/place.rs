//! Where a part's Korean is marked for what it lacks.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::{Context, Part, Twin};
use crate::digest::Segment;
use crate::span::Span;

/// The ends of first sentences that were looked up, by where they begin: one text may lack much.
pub(super) type Ends = RefCell<FxHashMap<usize, usize>>;

impl Context<'_> {
    /// Behind the last word of a part's Korean: where what has no Korean text of its own is told, with nothing marked.
    pub fn end_of(&self, part: &Part) -> Span {
        let digest = self.korean().digest;
        let mut end = part.korean.end;
        let waivers = self.waivers();
        let inside = waivers[..waivers.partition_point(|waiver| waiver.span.end <= end)].iter().rev();
        for waiver in inside.take_while(|waiver| part.korean.start < waiver.span.start) {
            if !digest.text[waiver.span.end..end].trim().is_empty() {
                break;
            }
            end = waiver.span.start;
        }
        end = part.korean.start + digest.text[part.korean.start..end].trim_end().len();
        end..end
    }

    /// Where something is missed in the Korean of a part: the first sentence of the segment that goes with the English place, else
    /// of the part.
    pub fn place_for(&self, part: &Part, english: &Span) -> Span {
        let digest = self.korean().digest;
        let paired = twin_at(part, english);
        let first = || {
            let first = digest.segments.partition_point(|segment| segment.start < part.korean.start);
            digest.segments.get(first).map(Segment::span).filter(|span| part.korean.contains(&span.start))
        };
        let span = paired.map(|twin| twin.korean.clone()).or_else(first).unwrap_or_else(|| part.korean.clone());
        let end = *self.sentence_ends().borrow_mut().entry(span.start).or_insert_with(|| first_end(&digest.text[span.clone()]));
        span.start..span.start + end.min(span.len())
    }
}

/// The segment of a part whose English holds a place.
fn twin_at<'p>(part: &'p Part, english: &Span) -> Option<&'p Twin> {
    // They are in the order of the English.
    let after = part.twins.partition_point(|twin| twin.english.start <= english.start);
    part.twins[..after].last().filter(|twin| english.end <= twin.english.end)
}

/// Where the first sentence of some words ends.
fn first_end(words: &str) -> usize {
    let is_end = |at: usize, c: char| match c {
        '.' | '!' | '?' => words[at + 1..].starts_with(char::is_whitespace),
        c => matches!(c, '\n' | '\r'),
    };
    let end = words.char_indices().find(|&(at, c)| is_end(at, c)).map(|(at, c)| at + usize::from(!c.is_whitespace()));
    end.unwrap_or(words.len())
}
