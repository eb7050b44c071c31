//! The two sides of a digest as parts to align, and what comes of it for their segments.

use std::borrow::Cow;
use std::collections::HashSet;

use super::align::{Alignment, Part, Ruling, align};
use crate::digest::{Digest, Format, Kind, Segment, fold};
use crate::draft::pair::{Pairs, segments_of_items};
use crate::draft::record::Entry;

/// Which part of an English digest's Korean is which part of an edited file.
#[derive(Clone, Debug, Default)]
pub(super) struct Aligned {
    /// Of the items, by their indices.
    pub items: Alignment,
    /// Of the segments outside items, by their places in the two lists below.
    pub outside: Alignment,
    /// Segments outside items of the English digest.
    pub mine: Vec<usize>,
    /// Segments outside items of the edited file.
    pub theirs: Vec<usize>,
    /// For each English segment, its edited one.
    pub pairs: Pairs,
}

impl Aligned {
    /// Aligns what the record knows of `english` with an edited file.
    pub fn new(english: &Digest<'_>, entries: &[Option<&Entry>], edited: &Digest<'_>, rulings: &[Ruling]) -> Self {
        let there: HashSet<String> = edited.segments.iter().map(|s| fold(&edited.reading(s)).into_owned()).collect();
        let words = |index: usize| known(english, index, entries[index], &there);
        let words: Vec<Cow<'_, str>> = (0..english.segments.len()).map(words).collect();
        let of_english = |index: usize| words[index].as_ref();
        let readings: Vec<Cow<'_, str>> = edited.segments.iter().map(|s| Cow::Owned(edited.reading(s))).collect();
        let of_edited = |index: usize| readings[index].as_ref();
        let (mine, theirs) = (outside(english), outside(edited));
        let mut aligned = Self {
            items: align(&items(english, &of_english), &items(edited, &of_edited), rulings),
            outside: align(&texts(english, &mine, &of_english), &texts(edited, &theirs, &of_edited), &[]),
            mine,
            theirs,
            pairs: Pairs::default(),
        };
        aligned.pairs = aligned.segments(english, edited, &words, &readings);
        aligned
    }

    /// The share of parts with a partner: of the items, or of all else where one side has no items.
    pub fn coverage(&self) -> f64 {
        let has_items =
            self.items.links.iter().any(|link| !link.machine.is_empty()) && self.items.links.iter().any(|l| !l.edited.is_empty());
        if has_items { self.items.coverage } else { self.outside.coverage }
    }

    /// Whether not all parts without a certain partner were compared with each other.
    pub fn is_partial(&self) -> bool {
        self.items.is_partial || self.outside.is_partial
    }

    fn segments(&self, english: &Digest<'_>, edited: &Digest<'_>, words: &[Cow<'_, str>], readings: &[Cow<'_, str>]) -> Pairs {
        let mut pairs = Pairs { segments: vec![None; english.segments.len()], items: vec![None; english.items.len()], ..Pairs::default() };
        for link in self.items.links.iter().filter(|link| !link.machine.is_empty() && !link.edited.is_empty()) {
            pairs.items[link.machine[0]] = Some(link.edited[0]);
            if let ([a], [b]) = (&link.machine[..], &link.edited[..]) {
                segments_of_items(english, edited, *a, *b, &mut pairs.segments);
            }
            let mut mine: Vec<usize> = link.machine.iter().flat_map(|&item| english.segment_indices_of(item)).collect();
            let mut theirs: Vec<usize> = link.edited.iter().flat_map(|&item| edited.segment_indices_of(item)).collect();
            let used: HashSet<usize> = mine.iter().filter_map(|&e| pairs.segments[e]).collect();
            mine.retain(|&e| pairs.segments[e].is_none());
            theirs.retain(|k| !used.contains(k));
            rest(english, edited, &mine, &theirs, words, readings, &mut pairs.segments);
        }
        for link in self.outside.links.iter().filter(|link| !link.machine.is_empty() && !link.edited.is_empty()) {
            pairs.segments[self.mine[link.machine[0]]] = Some(self.theirs[link.edited[0]]);
        }
        pairs
    }
}

/// Segments of items that belong together and whose kinds do not tell which is which: by what they say; one and one are each other's.
fn rest<'a>(
    english: &Digest<'_>,
    edited: &Digest<'_>,
    mine: &[usize],
    theirs: &[usize],
    words: &'a [Cow<'_, str>],
    readings: &'a [Cow<'_, str>],
    pairs: &mut [Option<usize>],
) {
    if let ([e], [k]) = (mine, theirs) {
        pairs[*e] = Some(*k);
        return;
    }
    for kind in [Kind::Title, Kind::Commentary] {
        let of = |digest: &Digest<'_>, list: &[usize], words: &'a [Cow<'_, str>]| -> (Vec<usize>, Vec<Part<'a>>) {
            let list: Vec<usize> = list.iter().copied().filter(|&s| digest.segments[s].kind == kind).collect();
            let part = |&s: &usize| Part { text: Cow::Borrowed(words[s].as_ref()), ..Part::default() };
            let parts = list.iter().map(part).collect();
            (list, parts)
        };
        let ((mine, left), (theirs, right)) = (of(english, mine, words), of(edited, theirs, readings));
        if mine.is_empty() || theirs.is_empty() {
            continue;
        }
        let alignment = align(&left, &right, &[]);
        for link in alignment.links.iter().filter(|link| !link.machine.is_empty() && !link.edited.is_empty()) {
            pairs[mine[link.machine[0]]] = Some(theirs[link.edited[0]]);
        }
        // What was written anew from its first word still stands in the place of what it took.
        if pairs[mine[0]].is_none() && !mine.iter().any(|&e| pairs[e] == Some(theirs[0])) {
            pairs[mine[0]] = Some(theirs[0]);
        }
    }
}

/// The Korean of a segment as it reads: of all that the record knows, what the edited file has.
fn known<'a>(english: &Digest<'a>, index: usize, entry: Option<&'a Entry>, there: &HashSet<String>) -> Cow<'a, str> {
    let own = english.bytes(&english.segments[index]);
    let of_entry = |entry: &'a Entry| [&entry.approved, &entry.edited, &entry.machine, &entry.candidate];
    let texts: Vec<&str> =
        entry.into_iter().flat_map(of_entry).filter_map(|text| text.as_deref()).filter(|text| !text.is_empty()).collect();
    let mut readings = texts.into_iter().chain([own]).map(|text| plain(text, english.format));
    let first = readings.next().unwrap_or_default();
    if there.contains(fold(&first).as_ref()) {
        return first;
    }
    readings.find(|reading| there.contains(fold(reading).as_ref())).unwrap_or(first)
}

/// A stored text as it reads, without markup.
pub(super) fn plain(text: &str, format: Format) -> Cow<'_, str> {
    if format == Format::Plain || !text.contains(['*', '_', '[', '`', '<', '&', '\\', '~', '$', '#', '|', '!']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(Digest::outline(text, format, None).plain(0..text.len()))
}

fn outside(digest: &Digest<'_>) -> Vec<usize> {
    (0..digest.segments.len()).filter(|&index| digest.segments[index].item.is_none()).collect()
}

fn items<'a>(digest: &'a Digest<'_>, words: &dyn Fn(usize) -> &'a str) -> Vec<Part<'a>> {
    let heading = Headings::new(digest);
    let part = |index: usize| {
        let segments: Vec<_> = digest.segment_indices_of(index).map(words).collect();
        Part {
            text: Cow::Owned(segments.join(" ")),
            links: digest.addresses(index).into_iter().map(Cow::Borrowed).collect(),
            heading: heading.before(digest.items[index].start).map_or("", words).into(),
            kind: None,
        }
    };
    (0..digest.items.len()).map(part).collect()
}

fn texts<'a>(digest: &'a Digest<'_>, list: &[usize], words: &dyn Fn(usize) -> &'a str) -> Vec<Part<'a>> {
    let heading = Headings::new(digest);
    let part = |&index: &usize| {
        let segment: &Segment = &digest.segments[index];
        let heading = heading.before(segment.start).map_or("", words).into();
        Part { text: words(index).into(), links: Vec::new(), heading, kind: Some(segment.kind) }
    };
    list.iter().map(part).collect()
}

/// The headings of a digest.
pub(super) struct Headings(Vec<(usize, usize)>);

impl Headings {
    pub fn new(digest: &Digest<'_>) -> Self {
        let headings = digest.segments.iter().enumerate().filter(|(_, s)| s.item.is_none() && s.kind == Kind::Heading);
        Self(headings.map(|(index, segment)| (segment.start, index)).collect())
    }

    /// The segment of the last heading before a byte.
    pub fn before(&self, at: usize) -> Option<usize> {
        self.place_before(at).map(|place| self.0[place].1)
    }

    /// The place among the headings of the last one before a byte.
    pub fn place_before(&self, at: usize) -> Option<usize> {
        self.0.partition_point(|(start, _)| *start < at).checked_sub(1)
    }

    /// Their segments, in their order.
    pub fn segments(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|(_, segment)| *segment)
    }
}
