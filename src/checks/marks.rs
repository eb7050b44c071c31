//! Marks of both sides compared: where addresses lead, item by item, and what stands outside items as one.

use super::{Context, Part, Side};
use crate::digest::{Mark, MarkKind};
use crate::draft::pair::normal_address;
use crate::span::Span;

/// An item in both languages; or all that stands outside items.
pub(super) struct Region<'c> {
    /// Its Korean part; none outside items, or where nothing stands before what it holds.
    pub part: Option<&'c Part>,
    /// Its bytes in the English file: more than one stretch where the Korean item took the next one in.
    pub english: Vec<Span>,
    /// Its bytes in the Korean file.
    pub korean: Span,
    /// Whether it is all that stands outside items: its bytes are then those of the whole files.
    pub outside: bool,
}

/// Every item whose English is known, and what stands outside items. An English item whose text stands in another Korean item, because
/// what made it an item was lost, belongs to that one.
pub(super) fn regions<'c>(context: &'c Context<'_>) -> Vec<Region<'c>> {
    let Some(english) = context.english() else { return Vec::new() };
    let korean = context.korean().digest;
    let merged = context.merged_items();
    let mut regions = Vec::new();
    for part in context.parts().iter().filter(|part| part.item.is_some()) {
        let Some(span) = &part.english else { continue };
        regions.push(Region { part: Some(part), english: vec![span.clone()], korean: part.korean.clone(), outside: false });
    }
    for gap in merged {
        let spans = gap.items.iter().map(|&item| english.digest.items[item].start..english.digest.items[item].end);
        match regions.iter_mut().find(|region| region.part.is_some_and(|part| part.korean.start == gap.korean.start)) {
            Some(region) => {
                region.english.extend(spans);
                region.korean = gap.korean.clone();
            }
            None => regions.push(Region { part: None, english: spans.collect(), korean: gap.korean.clone(), outside: false }),
        }
    }
    let whole = 0..english.digest.text.len();
    regions.push(Region { part: None, english: vec![whole], korean: 0..korean.text.len(), outside: true });
    regions
}

impl Region<'_> {
    /// Its English marks of a kind.
    pub(super) fn english_marks<'c>(&self, context: &'c Context<'_>, kinds: &[MarkKind]) -> Vec<&'c Mark<'c>> {
        context.english().map_or_else(Vec::new, |side| self.english.iter().flat_map(|span| self.of(side, span, kinds)).collect())
    }

    /// Its Korean marks of a kind.
    pub(super) fn korean_marks<'c>(&self, context: &'c Context<'_>, kinds: &[MarkKind]) -> Vec<&'c Mark<'c>> {
        self.of(context.korean(), &self.korean, kinds)
    }

    fn of<'c>(&self, side: &'c Side<'_>, span: &Span, kinds: &[MarkKind]) -> Vec<&'c Mark<'c>> {
        let items = &side.digest.items;
        let is_inside = |at: usize| {
            let item = items.partition_point(|item| item.end <= at);
            items.get(item).is_some_and(|item| item.start <= at)
        };
        let marks = side.marks_in(span).iter().filter(|mark| kinds.contains(&mark.kind));
        marks.filter(|mark| !self.outside || !is_inside(mark.start)).collect()
    }

    /// Where what the region lacks is told: at the end of its item, or of the digest.
    pub(super) fn end(&self, context: &Context<'_>) -> Span {
        let end = self.korean.start + context.korean().digest.text[self.korean.clone()].trim_end().len();
        self.part.map_or(end..end, |part| context.end_of(part))
    }
}

/// The marks of `mine` whose address no mark of `theirs` has, each of which counts once.
pub(super) fn without<'m>(mine: &[&'m Mark<'m>], theirs: &[&Mark<'_>]) -> Vec<&'m Mark<'m>> {
    let mut free: Vec<&str> = theirs.iter().filter_map(|mark| mark.address).collect();
    // Nearly all are equal as they are written.
    let mut left: Vec<&'m Mark<'m>> = mine.to_vec();
    left.retain(|mark| take(&mut free, |other| Some(*other) == mark.address).is_none());
    if left.is_empty() || free.is_empty() {
        return left;
    }
    let mut free: Vec<String> = free.into_iter().map(same_page).collect();
    left.retain(|mark| {
        let own = same_page(mark.address.unwrap_or_default());
        take(&mut free, |other| *other == own).is_none()
    });
    left
}

/// Takes the first that fits out of a list.
fn take<T>(list: &mut Vec<T>, fits: impl Fn(&T) -> bool) -> Option<T> {
    list.iter().position(fits).map(|at| list.swap_remove(at))
}

/// An address without what does not matter, the language of the page included: `/en/` and `/ko/` lead to one page.
fn same_page(address: &str) -> String {
    let normal = normal_address(address);
    // What a blank left of a scheme is none.
    if address.split_once("://").is_some_and(|(scheme, _)| !matches!(scheme, "http" | "https" | "ftp")) {
        return address.to_owned();
    }
    let normal = normal.strip_prefix("en.").or_else(|| normal.strip_prefix("ko.")).unwrap_or(&normal);
    normal.split('/').filter(|part| !matches!(*part, "en" | "ko" | "en-us" | "ko-kr" | "")).collect::<Vec<_>>().join("/")
}

/// Whether words hold two asterisks side by side: markup that does nothing.
pub(super) fn literal_asterisks(words: &str) -> bool {
    words.contains("**") || words.contains("__")
}

/// Where an address stands in the bytes of a file with blanks in it that cut it off.
pub(super) fn cut_off(text: &str, within: &Span, address: &str) -> Option<Span> {
    let head = address.chars().next()?;
    text[within.clone()].match_indices(head).find_map(|(at, _)| {
        let start = within.start + at;
        let mut left = address;
        let mut end = start;
        let mut blanks = 0;
        for c in text[start..within.end].chars() {
            if let Some(rest) = left.strip_prefix(c) {
                left = rest;
            } else if c == ' ' && blanks < MOST_BLANKS {
                blanks += 1;
            } else {
                break;
            }
            end += c.len_utf8();
            if left.is_empty() {
                return (blanks > 0).then_some(start..end);
            }
        }
        None
    })
}

/// More blanks than this in an address are no slip.
const MOST_BLANKS: usize = 3;
