//! Items and texts of another file that the Korean draft has no place for, or has and shall lose.

use std::collections::HashSet;

use super::edition::Edition;
use super::row::Case;
use super::write::Draft;
use crate::digest::{Digest, Format, Item};
use crate::span::Span;

impl Draft<'_> {
    /// The draft without a row that the other file took out; all else stays byte for byte.
    pub fn without(&self, case: &Case) -> Result<String, String> {
        let places: Vec<usize> = case.pieces.iter().filter_map(|piece| piece.korean).collect();
        let mut items: Vec<usize> = places.iter().filter_map(|&k| self.korean.segments[k].item).map(|item| item as usize).collect();
        items.sort_unstable();
        items.dedup();
        let mut spans: Vec<Span> = items.iter().map(|&item| self.korean.items[item].start..self.korean.items[item].end).collect();
        spans.extend(places.iter().map(|&k| &self.korean.segments[k]).filter(|s| s.item.is_none()).map(|s| self.korean.block_around(s)));
        spans.sort_unstable_by_key(|span| span.start);
        let mut text = self.korean.text.to_owned();
        for span in spans.iter().rev() {
            text.replace_range(lines(&text, span), "");
        }
        let held: HashSet<usize> = places.iter().copied().collect();
        let whole = |item: usize| self.korean.segment_indices_of(item).all(|k| held.contains(&k));
        let mut farthest = 0;
        let reach = spans.iter().map(|gone| {
            farthest = farthest.max(gone.end);
            farthest
        });
        let reach: Vec<usize> = reach.collect();
        let is_gone = |span: &Span| {
            let before = spans.partition_point(|gone| gone.start <= span.start);
            reach[..before].last().is_some_and(|end| span.end <= *end)
        };
        let mut rest = parts(&self.korean);
        rest.retain(|part| !is_gone(&part.span));
        let after = Digest::parse(&text, self.korean.format, None);
        let is_rest = rest.iter().map(Part::says).eq(parts(&after).iter().map(Part::says));
        match items.iter().all(|&item| whole(item)) && is_rest {
            true => Ok(text),
            false => Err(format!("it cannot be taken out of {0} alone; change {0}, then accept", self.paths.korean.display())),
        }
    }

    /// The draft with an item that the other file has and the English has not, behind what it stands behind there.
    pub fn with_item(&self, case: &Case, edition: &Edition) -> Result<String, String> {
        let (edited, korean) = (self.paths.edited().display(), self.paths.korean.display());
        let format = Format::of(self.paths.edited());
        let refused =
            || format!("the item has no certain place in {korean}; add it there, then accept, or leave it out with m (--accept machine)");
        if format != self.korean.format || case.row.outside {
            return Err(format!(
                "{edited} has a text that the draft lacks; add it to {korean}, then accept, or leave it out with m (--accept machine)"
            ));
        }
        let other = self.edited();
        let ([new], text) = (&case.edited_items[..], self.korean.text) else { return Err(refused()) };
        let partner = |item: usize| {
            let case = edition.cases.iter().find(|case| case.edited_items.contains(&item))?;
            let place = case.pieces.iter().find_map(|piece| piece.korean)?;
            self.korean.segments[place].item.map(|item| item as usize)
        };
        let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let own = &other.text[other.items[*new].start..other.items[*new].end];
        let own = own.lines().collect::<Vec<_>>().join(ending);
        // As the items around it are parted.
        let gap = |before: usize| {
            let next = self.korean.items.get(before + 1)?;
            text.get(self.korean.items[before].end..next.start).filter(|gap| !gap.is_empty() && gap.trim().is_empty())
        };
        let (at, inserted, place) = if let Some(before) = (0..*new).rev().find_map(partner) {
            let gap = gap(before).or_else(|| gap(before.checked_sub(1)?)).unwrap_or(ending);
            (self.korean.items[before].end, format!("{gap}{own}"), before + 1)
        } else if let Some(after) = (new + 1..other.items.len()).find_map(partner) {
            (self.korean.items[after].start, format!("{own}{}", gap(after).unwrap_or(ending)), after)
        } else {
            return Err(refused());
        };
        let mut out = text.to_owned();
        out.insert_str(at, &inserted);
        let after = Digest::parse(&out, format, None);
        let (there, now, added) = (items(&self.korean), items(&after), other.addresses(*new));
        let mut expected: Vec<_> = there.iter().map(Part::says).collect();
        expected.insert(place, (&own, &added));
        let is_placed = now.iter().map(Part::says).eq(expected) && after.segments.len() == self.korean.segments.len() + case.pieces.len();
        if is_placed { Ok(out) } else { Err(refused()) }
    }
}

/// An item, or a segment outside items.
struct Part<'d> {
    span: Span,
    text: &'d str,
    addresses: Vec<&'d str>,
}

impl<'d> Part<'d> {
    /// Its bytes and where its links lead, which a line elsewhere may say.
    fn says(&self) -> (&'d str, &[&'d str]) {
        (self.text, &self.addresses)
    }
}

fn items<'d>(digest: &'d Digest<'_>) -> Vec<Part<'d>> {
    let part = |(index, item): (usize, &Item)| {
        let span = item.start..item.end;
        Part { text: &digest.text[span.clone()], span, addresses: digest.addresses(index) }
    };
    digest.items.iter().enumerate().map(part).collect()
}

/// Items, and segments outside them, in the order of the text.
fn parts<'d>(digest: &'d Digest<'_>) -> Vec<Part<'d>> {
    let outside = digest.segments.iter().filter(|segment| segment.item.is_none()).map(|segment| segment.span());
    let mut parts = items(digest);
    parts.extend(outside.map(|span| Part { text: &digest.text[span.clone()], span, addresses: Vec::new() }));
    parts.sort_unstable_by_key(|part| part.span.start);
    parts
}

/// The lines that hold some bytes, with the blank lines behind them where blank lines stand before them, too.
fn lines(text: &str, span: &Span) -> Span {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let mut end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at + 1);
    let is_parted = text[..start].trim_end_matches([' ', '\t', '\r']).is_empty() || {
        let before = text[..start].strip_suffix('\n').unwrap_or_default().trim_end_matches([' ', '\t', '\r']);
        before.is_empty() || before.ends_with('\n')
    };
    while is_parted && end < text.len() {
        let line = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        if !text[end..line].trim().is_empty() {
            break;
        }
        end = line;
    }
    start..end
}
