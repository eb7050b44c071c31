//! Plain text into blocks and inlines: a digest copied from a web page, its bullets on one line or on many.

use super::tree::{Block, BlockKind, Inline, InlineKind, Link, LinkForm, Tree};
use super::{Item, Strategy, bullets, protect, segments, waivers};
use crate::span::Span;

/// Sentences that close a digest and belong to no item, by how they begin: "the above was taken from …", "thanks for reading".
const CLOSINGS: [&str; 14] = [
    "위 내용은",
    "위 글은",
    "이상으로",
    "이 뉴스레터는",
    "이 글은",
    "본 내용은",
    "출처:",
    "Excerpted",
    "Translated from",
    "The above",
    "Thanks for reading",
    "That's all",
    "That’s all",
    "Until next",
];

/// Parses plain text: every line is a paragraph, but a line that begins in lower case goes on with the one before.
pub(crate) fn parse(text: &str) -> Tree<'_> {
    let mut tree = Tree::default();
    let mut paragraph: Option<Span> = None;
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    for line in text[at..].split_inclusive(['\n', '\r']) {
        let span = at..at + line.len();
        at = span.end;
        let goes_on = line.trim_start().starts_with(|c: char| c.is_lowercase() && c.is_ascii());
        if line == "\n" && text[..span.start].ends_with('\r') {
            if let Some(open) = &mut paragraph {
                open.end = span.end;
            }
            continue;
        }
        if goes_on && let Some(open) = &mut paragraph {
            open.end = span.end;
            continue;
        }
        if let Some(open) = paragraph.take() {
            push(text, &mut tree, open);
        }
        if !line.trim().is_empty() {
            paragraph = Some(span);
        }
    }
    if let Some(open) = paragraph {
        push(text, &mut tree, open);
    }
    tree
}

fn push(text: &str, tree: &mut Tree<'_>, span: Span) {
    let first = tree.inlines.len() as u32;
    let mut at = span.start;
    for line in text[span.clone()].split_inclusive(['\n', '\r']) {
        let words = line.trim_end_matches(['\n', '\r']).len();
        let mut from = at;
        for waiver in waivers::in_plain(&line[..words]).map(|span| at + span.start..at + span.end) {
            if from < waiver.start {
                tree.inlines.push(Inline::new(InlineKind::Text, from..waiver.start));
            }
            tree.waivers.push(waiver.start as u32..waiver.end as u32);
            from = waiver.end;
            tree.inlines.push(Inline::new(InlineKind::Html, waiver));
        }
        if from < at + words {
            tree.inlines.push(Inline::new(InlineKind::Text, from..at + words));
        }
        if words < line.len() {
            tree.inlines.push(Inline::new(InlineKind::Soft, at + words..at + line.len()));
        }
        at += line.len();
    }
    protect::unit(text, tree, first as usize, false, &[]);
    mend_addresses(text, tree, first as usize);
    let next = tree.blocks.len() as u32 + 1;
    let last = tree.inlines.len() as u32;
    tree.blocks.push(Block { kind: BlockKind::Paragraph, start: span.start as u32, end: span.end as u32, next, first, last });
}

/// Widens an address in brackets over the rest that a blank has cut off.
fn mend_addresses(text: &str, tree: &mut Tree<'_>, first: usize) {
    let mut old = tree.inlines.split_off(first).into_iter().peekable();
    while let Some(mut inline) = old.next() {
        if let InlineKind::Address(link) = inline.kind
            && let Some(whole) = whole_address(text, inline.span())
        {
            tree.links[link as usize] =
                Link { address: text[whole.clone()].split_whitespace().collect::<String>().into(), form: LinkForm::Whole };
            inline.end = whole.end as u32;
            while old.next_if(|next| next.end <= inline.end).is_some() {}
            if let Some(next) = old.peek_mut() {
                next.start = next.start.max(inline.end);
            }
        }
        tree.inlines.push(inline);
    }
}

/// The address in brackets that begins with the bytes `part`, where it is longer than they are.
fn whole_address(text: &str, part: Span) -> Option<Span> {
    let colon = part.start + text[part.clone()].find("://")?;
    let (_, whole) = segments::address_in_brackets(text, colon)?;
    (whole.start == part.start && whole.end > part.end).then_some(whole)
}

/// The items of plain text: its bulleted parts; lines with `1.` or `-` where it has none.
pub(crate) fn items(text: &str, tree: &Tree<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    for block in &tree.blocks {
        let span = block.span();
        let starts = bullets::starts(&text[span.clone()]);
        let ends: Vec<_> = starts.iter().skip(1).copied().chain([span.len()]).collect();
        items.extend(starts.iter().zip(ends).map(|(&from, to)| item(text, span.start + from..span.start + to)));
        if starts.is_empty() && is_list_line(&text[span.clone()]) {
            items.push(item(text, span));
        }
    }
    if let Some(last) = items.last_mut() {
        last.end = before_closing(text, last.start..last.end);
    }
    items
}

fn item(text: &str, span: Span) -> Item {
    let end = span.start + text[span.clone()].trim_end().len();
    Item { start: span.start, end, strategy: Strategy::PseudoBullet, record: false, flat: true }
}

fn is_list_line(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let marker = if digits > 0 { line[digits..].strip_prefix(['.', ')']) } else { line.strip_prefix(['-', '*']) };
    marker.is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// Where the digest's closing sentence begins inside the last item, or the item's end.
fn before_closing(text: &str, span: Span) -> usize {
    let body = &text[span.clone()];
    let sentence = body.match_indices(['.', '!', '?', '\n']).map(|(at, _)| at + 1).find(|&at| {
        let rest = body[at..].trim_start_matches(['"', '”', '’', '\'', ')']);
        rest.starts_with(char::is_whitespace) && CLOSINGS.iter().any(|closing| rest.trim_start().starts_with(closing))
    });
    sentence.map_or(span.end, |at| span.start + at)
}
