//! English items whose Korean text is there without being an item.

use super::{Part, Side};
use crate::span::Span;

/// Items that follow each other, with the Korean text that they are in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Indices of the English items.
    pub items: Vec<usize>,
    /// Bytes of the Korean file from the item before them, or the beginning, up to the one behind them; or that item's own.
    pub korean: Span,
}

/// The items of `lost` in whose place the Korean digest has as many paragraphs as the English one.
pub(super) fn merged(korean: &Side<'_>, english: &Side<'_>, parts: &[Part], lost: &[usize]) -> Vec<Merged> {
    let mut gaps: Vec<Merged> = Vec::new();
    // In the order of the Korean, and of the English.
    let known: Vec<(&Part, &Span)> =
        parts.iter().filter(|part| part.item.is_some()).filter_map(|part| Some((part, part.english.as_ref()?))).collect();
    let mut by_english = known.clone();
    by_english.sort_by_key(|(_, own)| own.start);
    let mut at = 0;
    while at < lost.len() {
        // Items that follow each other are lost together.
        let count = 1 + lost[at..].windows(2).take_while(|pair| pair[0] + 1 == pair[1]).count();
        let items = lost[at..at + count].to_vec();
        at += count;
        let (first, last) = (&english.digest.items[items[0]], &english.digest.items[items[count - 1]]);
        // Items do not overlap.
        let before = by_english[..by_english.partition_point(|(_, own)| own.end <= first.start)].last();
        let behind = by_english.get(by_english.partition_point(|(_, own)| own.start < last.end));
        let of_english = before.map_or(0, |(_, own)| own.start)..behind.map_or(english.digest.text.len(), |(_, own)| own.start);
        let of_korean =
            before.map_or(0, |(part, _)| part.korean.start)..behind.map_or(korean.digest.text.len(), |(part, _)| part.korean.start);
        // Where the item before them was moved, other items lie between, and their blocks tell nothing.
        let between = known.partition_point(|(part, _)| part.korean.start <= of_korean.start);
        let between = known.get(between).is_some_and(|(part, _)| part.korean.start < of_korean.end);
        if !between && of_korean.start <= of_korean.end && korean.digest.blocks_in(&of_korean) >= english.digest.blocks_in(&of_english) {
            gaps.push(Merged { items, korean: of_korean });
            continue;
        }
        // Or the item behind them took them in.
        let Some((part, own)) = behind else { continue };
        let wanted = english.digest.blocks_in(&(first.start..own.end));
        if korean.digest.blocks_in(&part.korean) >= wanted {
            gaps.push(Merged { items, korean: part.korean.clone() });
        }
    }
    gaps
}
