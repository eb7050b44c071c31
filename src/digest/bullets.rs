//! Items that the Markdown parser does not see: bulleted lines inside a paragraph, and `Key: value` records.

use super::tree::{BlockKind, Inline, InlineKind, Tree};
use crate::span::Span;

/// The bulleted parts of a paragraph, where it has at least two (one round bullet is enough at its beginning): each from its
/// bullet to the next one. Nothing for other blocks.
pub(crate) fn lines(text: &str, tree: &Tree<'_>, block: usize) -> Option<Vec<Span>> {
    if tree.blocks[block].kind != BlockKind::Paragraph {
        return None;
    }
    let span = tree.blocks[block].span();
    let texts: Vec<Span> = tree.inlines_of(block).iter().filter(|i| i.kind == InlineKind::Text).map(Inline::span).collect();
    let in_text = |at: usize| {
        let next = texts.partition_point(|text| text.start <= span.start + at);
        next > 0 && texts[next - 1].contains(&(span.start + at))
    };
    let starts: Vec<usize> = starts(&text[span.clone()]).into_iter().filter(|&at| in_text(at)).collect();
    let first = *starts.first()?;
    if starts.len() < 2 && (first != 0 || !text[span.clone()].starts_with(['•', '●', '◦', '▪', '■', '‣'])) {
        return None;
    }
    let ends = starts[1..].iter().copied().chain([span.len()]);
    Some(starts.iter().zip(ends).map(|(&from, to)| trim(text, span.start + from..span.start + to)).collect())
}

fn trim(text: &str, span: Span) -> Span {
    span.start..span.start + text[span].trim_end().len()
}

/// Where bullets stand in `text`: at the beginning of a line, or anywhere between blanks for bullets that are nothing else.
pub(crate) fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut line_start = true;
    let mut previous_blank = true;
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let spaced = next.is_some_and(char::is_whitespace);
        // A dash inside a line is punctuation; a round bullet there can only be one.
        let anywhere = matches!(c, '•' | '●' | '◦' | '▪' | '■' | '‣') && previous_blank && next.is_some();
        let at_line = line_start && ((matches!(c, '–' | '—' | '·' | '○' | '▶' | '►' | '→' | '✓' | '✔') && spaced) || (is_pictograph(c)));
        if anywhere || at_line {
            starts.push(at);
        }
        line_start = matches!(c, '\n' | '\r') || (line_start && matches!(c, ' ' | '\t' | '>'));
        previous_blank = c.is_whitespace();
    }
    starts
}

/// Pictographs that people use as bullets.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2b50}' | '\u{2b55}' | '\u{26a1}' | '\u{2705}' | '\u{2728}')
}

/// The end of the `Key: value` lines that a paragraph, or a heading underlined by the record's rule, consists of; at least a
/// title and an address must be among them.
pub(crate) fn record_lines(text: &str, tree: &Tree<'_>, block: usize) -> Option<usize> {
    if !matches!(tree.blocks[block].kind, BlockKind::Paragraph | BlockKind::Heading(_)) {
        return None;
    }
    let span = tree.blocks[block].span();
    let mut end = span.start;
    let mut keys = Vec::new();
    let mut at = span.start;
    for line in text[span].split_inclusive(['\n', '\r']) {
        let bare = line.trim();
        let underline = !bare.is_empty() && bare.bytes().all(|b| b == b'-' || b == b'=');
        if !bare.is_empty() && !underline {
            let (key, _) = bare.split_once(':')?;
            let is_key = !key.is_empty() && key.len() <= 24 && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            if !is_key {
                return None;
            }
            keys.push(key.trim().to_ascii_lowercase());
            end = at + line.trim_end().len();
        }
        at += line.len();
    }
    let has = |names: &[&str]| keys.iter().any(|key| names.contains(&key.as_str()));
    (keys.len() >= 2 && has(&["title", "name", "headline"]) && has(&["url", "link", "source", "paper"])).then_some(end)
}
