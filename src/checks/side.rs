//! The two sides of a digest: their words, their marks, and which part of one belongs to which of the other.

use std::cell::OnceCell;
use std::ops::Range;

use crate::digest::{Digest, Kind, Mark, Prose};
use crate::draft::pair::Pairs;
use crate::korean::view::View;
use crate::span::{Lines, Span};

/// One language of a digest.
pub struct Side<'a> {
    /// The digest.
    pub digest: &'a Digest<'a>,
    prose: OnceCell<Vec<Prose>>,
    /// The first byte of the words of each block.
    begins: OnceCell<Vec<usize>>,
    marks: OnceCell<Vec<Mark<'a>>>,
    lines: OnceCell<Lines<'a>>,
}

/// Words of a paragraph, heading or cell that lie in one part or segment of a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage<'c> {
    /// The words of the whole paragraph, heading or cell.
    pub view: &'c View,
    /// Those meant, as a range of `view.text`.
    pub range: Range<usize>,
}

impl<'c> Passage<'c> {
    /// The words.
    pub fn text(&self) -> &'c str {
        &self.view.text[self.range.clone()]
    }

    /// The bytes of the file for a range of [`Passage::text`].
    pub fn span(&self, range: Range<usize>) -> Span {
        self.view.span(self.range.start + range.start..self.range.start + range.end)
    }
}

/// An item, or a segment outside items, of the Korean digest with its English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Index of its item in the Korean digest; none outside items.
    pub item: Option<usize>,
    /// Its bytes in the Korean file.
    pub korean: Span,
    /// Its bytes in the English file, where its English is certain.
    pub english: Option<Span>,
    /// Its English segments with a certain Korean one, in the order of the English.
    pub twins: Vec<Twin>,
}

/// A segment in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the English file.
    pub english: Span,
    /// Its bytes in the Korean file.
    pub korean: Span,
}

impl<'a> Side<'a> {
    pub(super) fn new(digest: &'a Digest<'a>) -> Self {
        Self { digest, prose: OnceCell::new(), begins: OnceCell::new(), marks: OnceCell::new(), lines: OnceCell::new() }
    }

    /// The words of every paragraph, heading and cell, in the order of the text.
    pub fn prose(&self) -> &[Prose] {
        self.prose.get_or_init(|| self.digest.prose().collect())
    }

    /// The lines of the file.
    pub fn lines(&self) -> &Lines<'a> {
        self.lines.get_or_init(|| Lines::new(self.digest.text))
    }

    /// Every link, image, code span and emphasis, in the order of the text.
    pub fn marks(&self) -> &[Mark<'a>] {
        self.marks.get_or_init(|| self.digest.marks().collect())
    }

    /// The marks that begin in some bytes.
    pub fn marks_in(&self, span: &Span) -> &[Mark<'a>] {
        within(self.marks(), span, |mark| mark.start)
    }

    /// The words that stand in some bytes, block by block.
    pub fn passages(&self, span: &Span) -> Vec<Passage<'_>> {
        let all = self.prose();
        let begins = self.begins.get_or_init(|| all.iter().map(begin).collect());
        let from = begins.partition_point(|begin| *begin <= span.start).saturating_sub(1);
        let count = begins[from..].iter().take_while(|begin| **begin < span.end).count();
        let touching = all[from..from + count].iter();
        let passages = touching.map(|prose| Passage { view: &prose.view, range: prose.view.range(span) });
        passages.filter(|passage| !passage.range.is_empty()).collect()
    }
}

/// The first byte of the words of a block.
fn begin(prose: &Prose) -> usize {
    prose.view.span(0..prose.view.text.chars().next().map_or(0, char::len_utf8)).start
}

/// What begins inside `span`, of a list in the order of the text.
pub(super) fn within<'l, T>(list: &'l [T], span: &Span, start: impl Fn(&T) -> usize) -> &'l [T] {
    let from = list.partition_point(|entry| start(entry) < span.start);
    let count = list[from..].partition_point(|entry| start(entry) < span.end);
    &list[from..from + count]
}

/// The parts of the Korean digest, each with what its pair says of it.
pub(super) fn parts(korean: &Digest<'_>, english: Option<(&Digest<'_>, &Pairs)>) -> Vec<Part> {
    let part = |item, korean| Part { item, korean, english: None, twins: Vec::new() };
    let mut parts: Vec<Part> = korean.items.iter().enumerate().map(|(item, of)| part(Some(item), of.start..of.end)).collect();
    // Where a segment outside items has its part, for its pair.
    let mut outside = vec![usize::MAX; korean.segments.len()];
    for (index, segment) in korean.segments.iter().enumerate().filter(|(_, segment)| segment.item.is_none()) {
        outside[index] = parts.len();
        parts.push(part(None, segment.span()));
    }
    if let Some((english, pairs)) = english {
        for (item, paired) in pairs.items.iter().enumerate() {
            if let Some(paired) = *paired {
                parts[paired].english = Some(english.items[item].start..english.items[item].end);
            }
        }
        for (segment, paired) in english.segments.iter().zip(&pairs.segments) {
            let Some(index) = *paired else { continue };
            let other = &korean.segments[index];
            let place = other.item.map_or(outside[index], |item| item as usize);
            let Some(part) = parts.get_mut(place) else { continue };
            if part.item.is_none() {
                part.english = Some(segment.span());
            }
            part.twins.push(Twin { kind: segment.kind, english: segment.span(), korean: other.span() });
        }
    }
    parts.sort_by_key(|part| part.korean.start);
    parts
}
