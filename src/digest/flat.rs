//! A digest as flat text: one bullet a line, addresses in brackets behind what they belong to, no markup.

use super::Digest;
use super::entities::decoded;
use super::segments::touching;
use super::tree::{BlockKind, Inline, InlineKind, Tag};
use crate::span::Span;

/// What stands in front of an item.
const BULLET: &str = "• ";

/// What stands between the title of an item and what is said about it, where the digest parts them by lines or cells.
const BETWEEN: &str = " – ";

impl Digest<'_> {
    /// The digest as flat text: `• title(address) – commentary` for each item, headings and other texts as lines of their own.
    pub fn flat(&self) -> String {
        let mut out = String::new();
        let mut open: Option<usize> = None;
        let mut line = String::new();
        for (index, block) in self.tree.blocks.iter().enumerate() {
            let pieces = match block.kind {
                BlockKind::Code => vec![(block.span(), self.code(block.span()))],
                _ if block.is_unit() => self.pieces(index),
                _ => continue,
            };
            for (span, words) in pieces.into_iter().filter(|(_, words)| !words.is_empty()) {
                let item = self.item_at(span.start);
                if item.is_none() || item != open {
                    finish(&mut line, open.is_some(), item.is_some(), &mut out);
                    open = item;
                    if item.is_some() {
                        line.push_str(BULLET);
                    }
                    line.push_str(&words);
                } else {
                    line.push_str(joint(&line));
                    line.push_str(&words);
                }
            }
        }
        finish(&mut line, open.is_some(), false, &mut out);
        let end = out.trim_end().len();
        out.truncate(end);
        out.push_str(if end > 0 { "\n" } else { "" });
        out
    }

    /// The item that a byte stands in.
    fn item_at(&self, at: usize) -> Option<usize> {
        let next = self.items.partition_point(|item| item.end <= at);
        self.items.get(next).is_some_and(|item| item.start <= at).then_some(next)
    }

    /// The words of a unit; those of each item apart, where several stand in one.
    fn pieces(&self, unit: usize) -> Vec<(Span, String)> {
        let span = self.tree.blocks[unit].span();
        let from = self.items.partition_point(|item| item.end <= span.start);
        let items = self.items[from..].iter().take_while(|item| item.start < span.end);
        let mut bounds: Vec<usize> =
            items.flat_map(|item| [item.start, item.end]).filter(|at| *at > span.start && *at < span.end).collect();
        bounds.sort_unstable();
        bounds.dedup();
        bounds.insert(0, span.start);
        bounds.push(span.end);
        let is_link = |inline: &&Inline| matches!(inline.kind, InlineKind::Close(Tag::Link, _));
        let links: Vec<Inline> = self.tree.inlines_of(unit).iter().filter(is_link).copied().collect();
        bounds.windows(2).map(|pair| (pair[0]..pair[1], self.words(unit, &links, &(pair[0]..pair[1])))).collect()
    }

    /// The words of a part of a unit; `links` are the ends of the unit's links, which a part may cut through.
    fn words(&self, unit: usize, links: &[Inline], span: &Span) -> String {
        let mut out = String::new();
        // What stands between items is no text, be it inside a link.
        if self.text[span.clone()].trim().is_empty() {
            return out;
        }
        let range = touching(&self.tree, unit, span);
        let mut begin: Vec<usize> = Vec::new();
        let mut at: Option<usize> = None;
        let cut_at = |at: usize| {
            let link = links.get(links.partition_point(|link| link.end as usize <= at))?;
            ((link.start as usize) < at).then_some(link)
        };
        if cut_at(span.start).is_some() {
            begin.push(0);
        }
        for inline in self.tree.inlines[range].iter().chain(cut_at(span.end)) {
            let clip = (inline.start as usize).max(span.start)..(inline.end as usize).min(span.end);
            if clip.start >= clip.end {
                continue;
            }
            if at.is_some_and(|at| at < clip.start && self.text[at..clip.start].ends_with([' ', '\t'])) {
                out.push(' ');
            }
            let piece = &self.text[clip.clone()];
            match inline.kind {
                InlineKind::Text => out.push_str(piece),
                InlineKind::Entity(c) => out.push(c),
                InlineKind::Fixed | InlineKind::Math => out.push_str(&decoded(piece)),
                InlineKind::Address(_) => out.push_str(piece.trim_start_matches('<').trim_end_matches('>')),
                InlineKind::Code => out.push_str(piece.trim_matches('`').trim()),
                InlineKind::Soft | InlineKind::Hard => out.push(' '),
                InlineKind::Html if piece.to_ascii_lowercase().starts_with("<br") => out.push(' '),
                InlineKind::Task => out.push_str(if piece.contains(['x', 'X']) { "☑ " } else { "☐ " }),
                InlineKind::Image => out.push_str(&image(piece)),
                InlineKind::Html | InlineKind::Footnote => {}
                InlineKind::Open(tag, _) => {
                    if tag == Tag::Link {
                        begin.push(out.len());
                    }
                    continue;
                }
                InlineKind::Close(Tag::Link, link) => {
                    let from = begin.pop().unwrap_or(0);
                    let address = self.address(link).unwrap_or_default();
                    if !address.is_empty() && out[from.min(out.len())..].trim() != address {
                        let end = out.trim_end().len();
                        out.truncate(end);
                        out.push_str(&format!("({address})"));
                    }
                }
                InlineKind::Close(..) => {}
            }
            at = Some(clip.end);
        }
        let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
        // A bullet of the text itself is not doubled.
        let bare = words.trim_start_matches(['•', '●', '▪', '‣']).trim_start();
        if self.item_at(span.start).is_some() { bare.to_owned() } else { words }
    }

    fn code(&self, span: Span) -> String {
        let lines = self.text[span].lines().map(str::trim).filter(|line| !line.starts_with("```") && !line.starts_with("~~~"));
        lines.collect::<Vec<_>>().join(" ").trim().to_owned()
    }
}

/// What joins the next words of an item to those that stand there.
fn joint(line: &str) -> &'static str {
    let closed = line.ends_with(['.', '!', '?', '…', ':', '"', '”', '。']) || line.trim_end().ends_with('–');
    if closed { " " } else { BETWEEN }
}

/// Ends a line; bullets stand under each other, all else is parted by an empty line.
fn finish(line: &mut String, was_item: bool, next_is_item: bool, out: &mut String) {
    if line.is_empty() {
        return;
    }
    out.push_str(line.trim_end());
    out.push('\n');
    if !(was_item && next_is_item) {
        out.push('\n');
    }
    line.clear();
}

/// What an image says: its description, and where it is.
fn image(piece: &str) -> String {
    let description = piece.strip_prefix("![").and_then(|rest| rest.split_once(']')).map_or("", |(description, _)| description);
    let address = piece.rsplit_once("](").and_then(|(_, rest)| rest.split([' ', ')']).next()).unwrap_or_default();
    match (description, address) {
        (_, "") => description.to_owned(),
        ("", address) => format!("({address})"),
        (description, address) => format!("{description}({address})"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Digest, Format};

    fn flat(text: &str) -> String {
        Digest::parse(text, Format::Markdown, None).flat()
    }

    #[test]
    fn an_item_is_one_bullet() {
        let text = "# 소식\n\n안녕!\n\n- [가](https://a.b/1) – **나** `c` &copy; *다*.\n- [라](https://a.b/2)\n\n끝.\n";
        assert_eq!(flat(text), "소식\n\n안녕!\n\n• 가(https://a.b/1) – 나 c © 다.\n• 라(https://a.b/2)\n\n끝.\n");
    }

    #[test]
    fn what_stands_in_blocks_of_an_item_stands_on_its_line() {
        assert_eq!(flat("- [가](https://a.b/1)\n\n  둘째 문단.\n\n  > 인용이다.\n"), "• 가(https://a.b/1) – 둘째 문단. 인용이다.\n");
        let table = "| 제목 | 말 |\n| - | - |\n| [가](https://a.b/1) | 첫째 |\n| [나](https://a.b/2) | 둘째 |\n";
        assert!(flat(table).ends_with("• 가(https://a.b/1) – 첫째\n• 나(https://a.b/2) – 둘째\n"), "{}", flat(table));
    }

    #[test]
    fn an_item_that_begins_inside_a_link_has_its_address_too() {
        let text = "[가 • 나 **다 • 라**](https://a.b) 마 • [바](https://c.d)\n";
        assert_eq!(flat(text), "가(https://a.b)\n\n• 나 다(https://a.b)\n• 라(https://a.b) 마\n• 바(https://c.d)\n");
    }

    #[test]
    fn bare_addresses_images_and_comments() {
        let text = "- 글 <https://a.b/1> ![그림](https://a.b/i.png) <!-- translate: allow x: y -->\n- https://a.b/2 – 말\n";
        assert_eq!(flat(text), "• 글 https://a.b/1 그림(https://a.b/i.png)\n• https://a.b/2 – 말\n");
        assert_eq!(flat(""), "");
    }
}
