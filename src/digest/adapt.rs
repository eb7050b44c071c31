//! A Korean text as it stands in a file, read as a reply to an English segment: how stored text is used again.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::inline::{Mark, Marked, Sense};
use super::tree::Tag;
use super::{Digest, Format, Kind, Segment, inline};

impl Marked {
    /// Reads `korean`, Markdown as it stood in a Korean file, as a reply to this text. Links and the like may carry other
    /// addresses than stored, as long as only one of each sort does; nothing where the marks cannot be matched for certain.
    /// Also tells whether every mark has the same bytes as here.
    pub fn adapt(&self, korean: &str, format: Format) -> Option<(String, bool)> {
        let stored = as_segment(korean, format)?;
        let mut by_bytes: HashMap<_, VecDeque<usize>> = HashMap::new();
        for (index, mark) in self.marks.iter().enumerate() {
            by_bytes.entry(bytes(mark)).or_default().push_back(index);
        }
        let mut of_stored: Vec<Option<usize>> = Vec::with_capacity(stored.marks.len());
        for mark in &stored.marks {
            of_stored.push(by_bytes.get_mut(&bytes(mark)).and_then(VecDeque::pop_front));
        }
        let mut free: usize = by_bytes.values().map(VecDeque::len).sum();
        let exact = free == 0 && of_stored.iter().all(Option::is_some);
        // What is left is certain where it is the only one of its sort.
        let mut by_sort: HashMap<_, Vec<usize>> = HashMap::new();
        for index in by_bytes.into_values().flatten() {
            if let Some(sort) = sort(&self.marks[index]) {
                by_sort.entry(sort).or_default().push(index);
            }
        }
        for (of_stored, mark) in of_stored.iter_mut().zip(&stored.marks).filter(|(of_stored, _)| of_stored.is_none()) {
            let left = sort(mark).and_then(|sort| by_sort.get_mut(&sort));
            if let Some(only) = left.filter(|left| left.len() == 1).and_then(Vec::pop) {
                *of_stored = Some(only);
                free -= 1;
            }
        }
        if free > 0 {
            return None;
        }
        Some((renumber(&stored.text, &of_stored)?, exact))
    }
}

fn bytes(mark: &Mark) -> (&str, Option<&str>) {
    (&mark.open, mark.close.as_deref())
}

/// A kind of markup, whatever the bytes.
#[derive(PartialEq, Eq, Hash)]
enum Sort {
    Pair(Tag),
    Whole,
    Break,
    Address,
}

fn sort(mark: &Mark) -> Option<Sort> {
    match &mark.sense {
        Sense::Pair(tag, _) => Some(Sort::Pair(*tag)),
        Sense::Whole(_) => Some(Sort::Whole),
        Sense::Break => Some(Sort::Break),
        Sense::Text(text) => text.contains("://").then_some(Sort::Address),
        Sense::Thing(_) | Sense::Image(_) => None,
    }
}

/// The text as the one unit of a document of its own.
fn as_segment(korean: &str, format: Format) -> Option<Marked> {
    let digest = Digest::parse(korean, format, None);
    let units: Vec<_> = (0..digest.tree.blocks.len()).filter(|&b| digest.tree.blocks[b].is_unit()).collect();
    let [unit] = units[..] else { return None };
    if digest.tree.blocks.len() != 1 {
        return None;
    }
    let inlines = digest.tree.blocks[unit].inlines();
    let (first, last) = (inlines.start as u32, inlines.end as u32);
    let whole = Segment { kind: Kind::Paragraph, start: 0, end: korean.trim_end().len(), item: None, unit: unit as u32, first, last };
    Some(inline::marked(&digest, &whole))
}

/// The marks of `text` with the numbers of the English marks that they stand for.
fn renumber(text: &str, of_stored: &[Option<usize>]) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('⟦') {
        let close = open + rest[open..].find('⟧')?;
        let digits = number_in(&rest[open..close])?;
        let number: usize = rest[open..close][digits.clone()].parse().ok()?;
        let mark = (*of_stored.get(number.checked_sub(1)?)?)?;
        out.push_str(&rest[..open + digits.start]);
        out.push_str(&(mark + 1).to_string());
        out.push_str(&rest[open + digits.end..close]);
        rest = &rest[close..];
        let length = '⟧'.len_utf8();
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Some(out)
}

fn number_in(mark: &str) -> Option<Range<usize>> {
    let start = mark.find(|c: char| c.is_ascii_digit())?;
    let length = mark[start..].bytes().take_while(u8::is_ascii_digit).count();
    Some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adapted(english: &str, korean: &str) -> Option<String> {
        let digest = Digest::parse(english, Format::Markdown, None);
        digest.marked(&digest.segments[0]).adapt(korean, Format::Markdown).map(|(reply, _)| reply)
    }

    #[test]
    fn marks_are_matched_by_their_bytes_in_any_order() {
        let english = "Read `a` and [the post](https://x.y) by **Jane**.";
        assert_eq!(adapted(english, "**제인**의 [글](https://x.y)과 `a`를").as_deref(), Some("⟦3⟧제인⟦/3⟧의 ⟦2⟧글⟦/2⟧과 ⟦1/⟧를"));
    }

    #[test]
    fn one_other_address_is_certain_and_two_are_not() {
        assert_eq!(adapted("See [it](https://new).", "[이것](https://old) 참고").as_deref(), Some("⟦1⟧이것⟦/1⟧ 참고"));
        assert_eq!(adapted("See [a](https://n1) [b](https://n2).", "[나](https://o2) [가](https://o1)"), None);
    }

    #[test]
    fn equal_marks_keep_their_order_and_what_is_left_is_told_by_its_sort() {
        assert_eq!(adapted("A `x` b `x` c `y`.", "`x` 가 `y` 나 `x`").as_deref(), Some("⟦1/⟧ 가 ⟦3/⟧ 나 ⟦2/⟧"));
        let english = "See *a* and [it](https://new) and **b**.";
        assert_eq!(adapted(english, "__나__ 및 [그것](https://old) 및 _가_").as_deref(), Some("⟦3⟧나⟦/3⟧ 및 ⟦2⟧그것⟦/2⟧ 및 ⟦1⟧가⟦/1⟧"));
        assert_eq!(adapted("Use `x` and `y`.", "`x`와 `z`"), None);
    }

    #[test]
    fn lost_marks_are_not_made_up() {
        assert_eq!(adapted("Use `x` now", "지금 쓰세요"), None);
    }
}
