//! Marks of both sides compared: where addresses lead, item by item, and what stands outside items as one.

use super::{Context, Part};
use crate::digest::{Mark, MarkKind};
use crate::draft::pair::normal_address;
use crate::span::Span;

/// The marks of an item in both languages; or all of those outside items.
pub(super) struct Region<'c> {
    /// Its Korean part; none outside items.
    pub part: Option<&'c Part>,
    pub english: Vec<&'c Mark<'c>>,
    pub korean: Vec<&'c Mark<'c>>,
}

/// Every item whose English is known, and what stands outside items.
pub(super) fn regions<'c>(context: &'c Context<'_>, kind: MarkKind) -> Vec<Region<'c>> {
    let Some(english) = context.english() else { return Vec::new() };
    let korean = context.korean();
    let mut regions = Vec::new();
    for part in context.parts().iter().filter(|part| part.item.is_some()) {
        let Some(span) = &part.english else { continue };
        let of_kind = |marks: &'c [Mark<'c>]| marks.iter().filter(|mark| mark.kind == kind).collect::<Vec<_>>();
        regions.push(Region { part: Some(part), english: of_kind(english.marks_in(span)), korean: of_kind(korean.marks_in(&part.korean)) });
    }
    let outside = |side: &'c super::Side<'_>| {
        let items = &side.digest.items;
        let is_inside = |at: usize| {
            let item = items.partition_point(|item| item.end <= at);
            items.get(item).is_some_and(|item| item.start <= at)
        };
        side.marks().iter().filter(|mark| mark.kind == kind && !is_inside(mark.start)).collect::<Vec<_>>()
    };
    regions.push(Region { part: None, english: outside(english), korean: outside(korean) });
    regions
}

impl Region<'_> {
    /// Where what the region lacks is told: at the end of its item, or of the digest.
    pub(super) fn end(&self, context: &Context<'_>) -> Span {
        let end = context.korean().digest.text.trim_end().len();
        self.part.map_or(end..end, |part| context.end_of(part))
    }
}

/// The marks of `mine` whose address no mark of `theirs` has, each of which counts once.
pub(super) fn without<'m>(mine: &[&'m Mark<'m>], theirs: &[&Mark<'_>]) -> Vec<&'m Mark<'m>> {
    let mut free: Vec<String> = theirs.iter().filter_map(|mark| mark.address).map(same_page).collect();
    let mut left = Vec::new();
    for mark in mine {
        let own = same_page(mark.address.unwrap_or_default());
        match free.iter().position(|other| *other == own) {
            Some(at) => _ = free.swap_remove(at),
            None => left.push(*mark),
        }
    }
    left
}

/// An address without what does not matter, the language of the page included: `/en/` and `/ko/` lead to one page.
fn same_page(address: &str) -> String {
    let normal = normal_address(address);
    let normal = normal.strip_prefix("en.").or_else(|| normal.strip_prefix("ko.")).unwrap_or(&normal);
    normal.split('/').filter(|part| !matches!(*part, "en" | "ko" | "en-us" | "ko-kr" | "")).collect::<Vec<_>>().join("/")
}

/// Whether words hold two asterisks side by side: markup that does nothing.
pub(super) fn literal_asterisks(words: &str) -> bool {
    words.contains("**") || words.contains("__")
}
