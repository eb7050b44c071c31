//! Marks of both sides compared: where addresses lead, item by item, and what stands outside items as one.

use rustc_hash::FxHashMap;

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
    let by_korean: FxHashMap<usize, usize> =
        regions.iter().enumerate().map(|(index, region): (usize, &Region<'_>)| (region.korean.start, index)).collect();
    for gap in merged {
        let spans = gap.items.iter().map(|&item| english.digest.items[item].start..english.digest.items[item].end);
        match by_korean.get(&gap.korean.start).map(|&index| &mut regions[index]) {
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
    let mut free: FxHashMap<&str, usize> = FxHashMap::default();
    theirs.iter().filter_map(|mark| mark.address).for_each(|address| *free.entry(address).or_default() += 1);
    // Nearly all are equal as they are written.
    let mut left: Vec<&'m Mark<'m>> = mine.to_vec();
    left.retain(|mark| !mark.address.is_some_and(|address| take(&mut free, address)));
    free.retain(|_, count| *count > 0);
    if left.is_empty() || free.is_empty() {
        return left;
    }
    let mut pages: FxHashMap<String, usize> = FxHashMap::default();
    free.into_iter().for_each(|(address, count)| *pages.entry(same_page(address)).or_default() += count);
    left.retain(|mark| !take(&mut pages, same_page(mark.address.unwrap_or_default()).as_str()));
    left
}

/// Takes one of those that are as `key`; false where none is left.
fn take<K: std::borrow::Borrow<str> + std::hash::Hash + Eq>(counts: &mut FxHashMap<K, usize>, key: &str) -> bool {
    counts.get_mut(key).and_then(|count| count.checked_sub(1).map(|left| *count = left)).is_some()
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

/// Where an address stands in the bytes of a file with blanks in it that cut it off. As many bytes are looked at as `effort` allows, and are
/// taken from it; when none are left, nothing more is found.
pub(super) fn cut_off(text: &str, within: &Span, address: &str, effort: &mut usize) -> Option<Span> {
    let head = address.chars().next()?;
    let mut at = within.start;
    while let Some(step) = text[at..within.end].find(head).filter(|_| *effort > 0) {
        let start = at + step;
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
                break;
            }
        }
        *effort = effort.saturating_sub(end + head.len_utf8() - at);
        if left.is_empty() && blanks > 0 {
            return Some(start..end);
        }
        at = start + head.len_utf8();
    }
    *effort = effort.saturating_sub(within.end - at);
    None
}

/// More blanks than this in an address are no slip.
const MOST_BLANKS: usize = 3;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn links<'m>(addresses: &'m [String]) -> Vec<Mark<'m>> {
        let mark = |(at, address): (usize, &'m String)| Mark { kind: MarkKind::Link, start: at, end: at + 1, address: Some(address) };
        addresses.iter().enumerate().map(mark).collect()
    }

    /// [`without`] as it is said: one after the other, each taking one that fits.
    fn slowly(mine: &[String], theirs: &[String]) -> Vec<usize> {
        let mut free: Vec<&String> = theirs.iter().collect();
        let mut left: Vec<usize> = (0..mine.len()).collect();
        left.retain(|&at| free.iter().position(|other| **other == mine[at]).map(|at| free.remove(at)).is_none());
        left.retain(|&at| free.iter().position(|other| same_page(other) == same_page(&mine[at])).map(|at| free.remove(at)).is_none());
        left
    }

    fn addresses() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("(https?://)?(en\\.|ko\\.)?[ab]\\.c/(en/|ko/)?[xy]?", 0..12)
    }

    proptest! {
        #[test]
        fn each_link_answers_one_of_the_other_side(mine in addresses(), theirs in addresses()) {
            let (own, other) = (links(&mine), links(&theirs));
            let left = without(&own.iter().collect::<Vec<_>>(), &other.iter().collect::<Vec<_>>());
            let left: Vec<usize> = left.into_iter().map(|mark| mark.start).collect();
            prop_assert_eq!(left, slowly(&mine, &theirs));
        }
    }

    #[test]
    fn many_links_are_compared_at_once() {
        let (mine, theirs) = (vec!["https://a.b/c".to_owned(); 200_000], vec!["https://a.b/d".to_owned(); 200_000]);
        let (own, other) = (links(&mine), links(&theirs));
        assert_eq!(without(&own.iter().collect::<Vec<_>>(), &other.iter().collect::<Vec<_>>()).len(), 200_000);
    }

    #[test]
    fn an_address_with_blanks_is_found_as_far_as_the_effort_goes() {
        let text = "(http s://a. b) 가";
        assert_eq!(cut_off(text, &(0..text.len()), "https://a.b", &mut 1_000), Some(1..14));
        assert_eq!(cut_off(text, &(0..text.len()), "https://a.b", &mut 0), None);
        assert_eq!(cut_off(text, &(0..text.len()), "https://a.c", &mut 1_000), None);
        let mut effort = 100_000;
        let long = "a".repeat(1_000_000);
        assert_eq!(cut_off(&long, &(0..long.len()), &format!("{long}b"), &mut effort), None);
        assert_eq!(effort, 0);
    }
}
