//! Units into segments: title, separator, commentary.

use super::inline::{closing, closings, has_words};
use super::protect;
use super::tree::{BlockKind, Inline, InlineKind, Tag, Tree};
use super::waivers::words_end;
use super::{Item, Kind, Segment};
use crate::korean::hangul::is_letter;
use crate::span::Span;

/// Pairs inside each other around a segment; deeper text stays as it is, because a backend's reply would be parsed inside all of them.
const MOST_PAIRS: usize = 64;

/// Cuts every unit of the tree; segments come in the order of the text.
pub(crate) fn cut(text: &str, tree: &Tree<'_>, items: &[Item]) -> Vec<Segment> {
    let mut out = Vec::with_capacity(tree.blocks.len());
    let mut item = 0;
    for (unit, block) in tree.blocks.iter().enumerate().filter(|(_, block)| block.is_unit()) {
        let inlines = block.inlines();
        if inlines.is_empty() {
            continue;
        }
        while item < items.len() && items[item].end <= block.start as usize {
            item += 1;
        }
        // Pseudo bullets and records begin items inside a unit.
        let mut from = block.start as usize;
        let mut cutter = Cutter { text, tree, unit, out: &mut out };
        let mut inner = item;
        while let Some(next) = items.get(inner).filter(|i| i.start < block.end as usize) {
            if from < next.start {
                cutter.outside(from..next.start.min(block.end as usize));
            }
            let start = from.max(next.start);
            let end = next.end.min(block.end as usize);
            cutter.item(inner, start..end, next);
            from = end;
            if next.end > block.end as usize {
                break;
            }
            inner += 1;
        }
        if from < block.end as usize {
            cutter.outside(from..block.end as usize);
        }
    }
    out
}

struct Cutter<'c, 't> {
    text: &'t str,
    tree: &'c Tree<'t>,
    unit: usize,
    out: &'c mut Vec<Segment>,
}

impl Cutter<'_, '_> {
    fn outside(&mut self, span: Span) {
        let kind = match self.tree.blocks[self.unit].kind {
            BlockKind::Heading(_) => Kind::Heading,
            BlockKind::Cell => Kind::Cell,
            _ => Kind::Paragraph,
        };
        self.push(kind, None, span.start..words_end(self.text, &span));
    }

    fn item(&mut self, number: usize, span: Span, item: &Item) {
        let first_of_item = self.out.last().is_none_or(|s| s.item != Some(number as u32));
        if item.record {
            return self.record_lines(number, span);
        }
        let start = if item.flat && span.start == item.start { bullet_end(self.text, span.start).min(span.end) } else { span.start };
        let span = start..words_end(self.text, &(start..span.end));
        let range = self.range(&span);
        if item.flat
            && let Some((address, _)) = bracketed_address(&self.text[span.clone()])
        {
            let after = span.start + address.end;
            let rest = &self.text[after..span.end];
            let separator = if rest.trim().is_empty() { Some(rest.len()) } else { separator_length(rest) };
            if let Some(length) = separator
                && self.push(Kind::Title, Some(number), span.start..span.start + address.start)
            {
                self.push(Kind::Commentary, Some(number), after + length..span.end);
                return;
            }
        }
        if let Some(opening) = opening(self.text, self.tree, range.clone(), &span) {
            self.push(Kind::Title, Some(number), opening.title);
            if let Some(commentary) = opening.commentary {
                self.push(Kind::Commentary, Some(number), commentary);
            }
            return;
        }
        let block = &self.tree.blocks[self.unit];
        let heads = matches!(block.kind, BlockKind::Heading(_)) || (block.kind == BlockKind::Cell && self.is_first_cell());
        let kind = if first_of_item && heads { Kind::Title } else { Kind::Commentary };
        self.push(kind, Some(number), span);
    }

    fn is_first_cell(&self) -> bool {
        self.unit > 0 && self.tree.blocks[self.unit - 1].kind == BlockKind::Row
    }

    /// `Key: value` lines: the value is the segment.
    fn record_lines(&mut self, number: usize, span: Span) {
        let mut start = span.start;
        for line in self.text[span].split_inclusive(['\n', '\r']) {
            let end = start + line.len();
            if let Some((key, value)) = line.split_once(':')
                && !value.trim_start().starts_with("//")
            {
                let kind = if matches!(key.trim().to_ascii_lowercase().as_str(), "title" | "name" | "headline") {
                    Kind::Title
                } else {
                    Kind::Commentary
                };
                self.push(kind, Some(number), start + key.len() + 1..end);
            }
            start = end;
        }
    }

    /// Indices of the inlines that touch `span`.
    fn range(&self, span: &Span) -> std::ops::Range<usize> {
        touching(self.tree, self.unit, span)
    }

    /// Adds a segment over `span` without the blanks and the pairs around it; nothing where it has no words.
    fn push(&mut self, kind: Kind, item: Option<usize>, span: Span) -> bool {
        let Some((span, range)) = tighten(self.text, self.tree, self.range(&span), span) else { return false };
        if self.tree.pairs_around(range.start).nth(MOST_PAIRS).is_some() {
            return false;
        }
        let item = item.map(|number| number as u32);
        self.out.push(Segment {
            kind,
            start: span.start,
            end: span.end,
            item,
            unit: self.unit as u32,
            first: range.start as u32,
            last: range.end as u32,
        });
        true
    }
}

/// Where the words after a bullet, a dash or a number begin.
pub(crate) fn bullet_end(text: &str, start: usize) -> usize {
    let body = &text[start..];
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let bullet = match body[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => digits + 1,
        Some(c) if digits == 0 && !c.is_alphanumeric() && !matches!(c, '"' | '“' | '\'' | '‘' | '[' | '(') => c.len_utf8(),
        _ => return start,
    };
    let rest = &body[bullet..];
    start + bullet + (rest.len() - rest.trim_start().len())
}

/// Indices of the inlines of `unit` that touch `span`.
pub(crate) fn touching(tree: &Tree<'_>, unit: usize, span: &Span) -> std::ops::Range<usize> {
    let all = tree.blocks[unit].inlines();
    let is_before =
        |i: &Inline| if matches!(i.kind, InlineKind::Open(..)) { (i.start as usize) < span.start } else { i.end as usize <= span.start };
    // Both hold for a beginning of the inlines and for nothing behind it, so they can be searched for by halves.
    let first = all.start + tree.inlines[all.clone()].partition_point(is_before);
    let is_inside = |i: &Inline| (i.start as usize) < span.end && !(matches!(i.kind, InlineKind::Close(..)) && i.end as usize > span.end);
    let last = first + tree.inlines[first..all.end].partition_point(is_inside);
    first..last
}

/// The words inside `span`: blanks, list-task boxes and pairs that wrap the whole are left out.
fn tighten(text: &str, tree: &Tree<'_>, range: std::ops::Range<usize>, span: Span) -> Option<(Span, std::ops::Range<usize>)> {
    let (mut first, mut last) = (range.start, range.end);
    // Made when the first pair may wrap the whole.
    let mut ends: Option<Vec<Option<usize>>> = None;
    let clip = |i: &Inline| {
        let start = (i.start as usize).max(span.start);
        start..(i.end as usize).min(span.end).max(start)
    };
    let is_blank = |i: &Inline| match i.kind {
        InlineKind::Text => text[clip(i)].trim_matches(is_space).is_empty(),
        InlineKind::Soft | InlineKind::Hard | InlineKind::Task => true,
        _ => false,
    };
    loop {
        while first < last && is_blank(&tree.inlines[first]) {
            first += 1;
        }
        while first < last && is_blank(&tree.inlines[last - 1]) {
            last -= 1;
        }
        let may_wrap = first < last && is_open(&tree.inlines[first]) && matches!(tree.inlines[last - 1].kind, InlineKind::Close(..));
        let closes = |ends: &Vec<Option<usize>>| ends[first - range.start] == Some(last - 1 - range.start);
        if !may_wrap || !closes(ends.get_or_insert_with(|| closings(&tree.inlines[range.clone()]))) {
            break;
        }
        (first, last) = (first + 1, last - 1);
    }
    if first >= last {
        return None;
    }
    let words = tree.inlines[first..last].iter().any(|i| i.kind == InlineKind::Text && text[clip(i)].chars().any(is_letter));
    // A pair inside counts too; a pair that the span cuts through cannot travel.
    if !words || !balanced(&tree.inlines[first..last]) {
        return None;
    }
    let (begin, end) = (&tree.inlines[first], &tree.inlines[last - 1]);
    let mut start = clip(begin).start;
    let mut stop = clip(end).end;
    if begin.kind == InlineKind::Text {
        start += text[start..clip(begin).end].len() - text[start..clip(begin).end].trim_start_matches(is_space).len();
        // The backslash of an escape belongs to the character after it.
        let free = first == 0 || tree.inlines[first - 1].end as usize <= start.saturating_sub(1) || is_open(&tree.inlines[first - 1]);
        let escape = start == begin.start as usize && text[..start].ends_with('\\');
        if escape && free && text[start..].starts_with(|c: char| c.is_ascii_punctuation()) {
            start -= 1;
        }
    }
    if end.kind == InlineKind::Text {
        let from = clip(end).start.max(start);
        stop = from + text[from..stop].trim_end_matches(is_space).len();
    }
    Some((start..stop, first..last))
}

/// Blanks that may surround a segment. A no-break space is text.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
}

fn is_open(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::Open(..))
}

fn balanced(inlines: &[Inline]) -> bool {
    let mut depth = 0_i32;
    for inline in inlines {
        match inline.kind {
            InlineKind::Open(..) => depth += 1,
            InlineKind::Close(..) => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// How a unit begins: its title and what follows the separator.
pub(crate) struct Opening {
    pub title: Span,
    /// None where the link stands alone.
    pub commentary: Option<Span>,
}

/// Finds the opening of the unit part `span`, whose inlines are `range`: a link or bold text, then a separator; or a link alone.
pub(crate) fn opening(text: &str, tree: &Tree<'_>, range: std::ops::Range<usize>, span: &Span) -> Option<Opening> {
    let (open, close) = lead(text, tree, range.clone(), span)?;
    let InlineKind::Open(tag, _) = tree.inlines[open].kind else { return None };
    let inside = innermost(tree, open, close);
    if !has_words(text, &tree.inlines[inside.0 + 1..inside.1]) {
        return None;
    }
    let mut title = tree.inlines[inside.0 + 1].start as usize..tree.inlines[inside.1 - 1].end as usize;
    let after = tree.inlines[close].end as usize;
    let rest = &text[after..span.end.max(after)];
    let is_link = (open..=inside.0).any(|i| matches!(tree.inlines[i].kind, InlineKind::Open(Tag::Link, _)));
    if rest.trim().is_empty() {
        return (is_link || tag == Tag::Strong).then_some(Opening { title, commentary: None });
    }
    let colon = text[title.clone()].trim_end().strip_suffix(':').map(str::len);
    if let Some(length) = colon.filter(|length| *length > 0) {
        title.end = title.start + length;
        return Some(Opening { title, commentary: Some(after..span.end) });
    }
    let separator = separator_length(rest)?;
    Some(Opening { title, commentary: Some(after + separator..span.end) })
}

/// The link or bold text that a unit part opens with; numbers, dates, bullets and emoji may stand before it. None where the part
/// ends inside it.
pub(crate) fn lead(text: &str, tree: &Tree<'_>, range: std::ops::Range<usize>, span: &Span) -> Option<(usize, usize)> {
    for index in range.clone() {
        let inline = &tree.inlines[index];
        match inline.kind {
            InlineKind::Text if !clipped(text, inline, span).chars().any(is_letter) => {}
            InlineKind::Html | InlineKind::Task | InlineKind::Image | InlineKind::Fixed | InlineKind::Soft => {}
            InlineKind::Open(tag, _) => {
                let close = closing(&tree.inlines[..range.end], index)?;
                // `*[title](u)*` opens with a link too.
                let next = tree.inlines.get(index + 1).map(|i| i.kind);
                let leads = matches!(tag, Tag::Link | Tag::Strong) || matches!(next, Some(InlineKind::Open(Tag::Link | Tag::Strong, _)));
                let named = tag != Tag::Link || has_words(text, &tree.inlines[index + 1..close]);
                return (leads && named).then_some((index, close));
            }
            _ => return None,
        }
    }
    None
}

/// The part of an inline's text inside `span`.
fn clipped<'t>(text: &'t str, inline: &Inline, span: &Span) -> &'t str {
    let start = (inline.start as usize).max(span.start);
    &text[start..(inline.end as usize).min(span.end).max(start)]
}

/// The innermost of pairs that wrap the same text.
fn innermost(tree: &Tree<'_>, open: usize, close: usize) -> (usize, usize) {
    let next = tree.inlines.get(open + 1).is_some_and(is_open);
    let ends = if next { closings(&tree.inlines[open..=close]) } else { Vec::new() };
    let mut depth = 0;
    while open + depth + 1 < close - depth - 1 && ends.get(depth + 1).is_some_and(|end| *end == Some(close - depth - 1 - open)) {
        depth += 1;
    }
    (open + depth, close - depth)
}

/// Bytes of blanks, separator and blanks at the beginning of `rest`.
///
/// A hyphen or an en dash between two words without blanks joins them and separates nothing.
pub(crate) fn separator_length(rest: &str) -> Option<usize> {
    let before = rest.len() - rest.trim_start().len();
    let body = &rest[before..];
    let mark = body.find(|c| !matches!(c, '–' | '—' | '-' | ':' | '|' | '―')).unwrap_or(body.len());
    let after = body[mark..].len() - body[mark..].trim_start().len();
    let ends = mark == body.len();
    let separates = match body.chars().next()? {
        '—' | '―' => true,
        '–' => before > 0 || after > 0 || ends,
        ':' => after > 0 || ends,
        '|' => true,
        '-' => after > 0 || ends || (before > 0 && mark > 1),
        _ => false,
    };
    (mark > 0 && separates).then_some(before + mark + after)
}

/// Where the address in brackets after a flat title begins and ends: `(https://…)`, also where a blank has broken it.
pub(crate) fn bracketed_address(text: &str) -> Option<(Span, Span)> {
    let last = text.rfind(')')?;
    text[..last].match_indices("://").find_map(|(colon, _)| address_in_brackets(text, colon))
}

/// No address is longer, and a hostile text may have many.
const LONGEST_ADDRESS: usize = 2048;

/// [`bracketed_address`] for the address with a `://` at `colon`.
pub(crate) fn address_in_brackets(text: &str, colon: usize) -> Option<(Span, Span)> {
    let scheme = text[..colon].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let start = colon - scheme;
    if scheme < 2 || !text[..start].ends_with('(') {
        return None;
    }
    let near = |from: usize| &text[from..text.floor_char_boundary((from + LONGEST_ADDRESS).min(text.len()))];
    let end = colon + 3 + protect::address_length(near(colon + 3));
    let tail = near(end);
    let tail = &tail[..tail.find(')')?];
    // A broken address goes on after one blank, in ASCII and without a sentence's marks.
    let goes_on = || {
        tail.split(' ').filter(|part| !part.is_empty()).take(2).count() == 1
            && tail.bytes().all(|b| b == b' ' || b.is_ascii_graphic())
            && tail.contains(['/', '-', '_', '=', '.'])
            && !tail.contains("://")
            && !tail.contains(['(', '[', ']', '<', '>'])
            && !tail.ends_with('.')
    };
    if !(tail.trim().is_empty() || goes_on()) {
        return None;
    }
    Some((start - 1..end + tail.len() + 1, start..end + tail.trim_end().len()))
}
