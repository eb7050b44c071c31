//! What an item says, as a reader would name it: title, links, commentary, in plain text.

use super::segments::{bullet_end, opening, separator_length, touching};
use super::tree::{InlineKind, Tag};
use super::{Digest, Kind, Segment};
use crate::span::Span;

/// The parts of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// The name of the post or paper, if it has one.
    pub title: Option<String>,
    /// Addresses in the order of the text.
    pub links: Vec<String>,
    /// All else that is said, blocks parted by line ends; none where nothing is.
    pub commentary: Option<String>,
}

impl Digest<'_> {
    /// The parts of item `index` (from 0).
    pub fn roles(&self, index: usize) -> Roles {
        let item = &self.items[index];
        let links = self.addresses(index).into_iter().map(str::to_owned).collect();
        let mut roles = Roles { links, ..Roles::default() };
        let mut commentary: Vec<String> = Vec::new();
        let segments = &self.segments[self.segment_indices_of(index)];
        for unit in self.tree.units_touching(item.start..item.end) {
            let block = &self.tree.blocks[unit];
            let mut span = (block.start as usize).max(item.start)..(block.end as usize).min(item.end);
            if item.flat && span.start == item.start {
                span.start = bullet_end(self.text, span.start).min(span.end);
            }
            // Only the beginning of an item names it; what opens like a title further down is part of the commentary.
            let begun = roles.title.is_some() || !commentary.is_empty();
            let from = segments.partition_point(|s| s.start < span.start);
            let mut here = segments[from..].iter().take_while(|s| s.start < span.end);
            let title = if begun { None } else { here.find(|s| s.kind == Kind::Title) };
            let rest = match title {
                _ if begun => Some(span.clone()),
                Some(title) => {
                    roles.title = Some(self.plain(title.span()));
                    let next = here.find(|s| s.kind != Kind::Title && s.start >= title.end);
                    next.map(|s| s.start..span.end)
                }
                None => self.lead_title(unit, &span, &mut roles),
            };
            if let Some(rest) = rest {
                let words = self.plain(rest);
                if words.chars().any(char::is_alphanumeric) {
                    commentary.push(words);
                }
            }
        }
        roles.commentary = (!commentary.is_empty()).then(|| commentary.join("\n"));
        roles
    }

    /// Names the link or bold text that a sentence begins with, where a separator does not set it off: `[Title](u) by Jane`.
    fn lead_title(&self, unit: usize, span: &Span, roles: &mut Roles) -> Option<Span> {
        let range = touching(&self.tree, unit, span);
        let lead = super::segments::lead(self.text, &self.tree, range.clone(), span);
        let Some((open, close)) = lead.filter(|_| opening(self.text, &self.tree, range, span).is_none()) else {
            return Some(span.clone());
        };
        let pair = self.tree.inlines[open].span();
        // `[Jane](u) merged a change`: the link is a word of the sentence, no title.
        let next = self.text[pair.end..span.end.max(pair.end)].split_whitespace().next().unwrap_or_default();
        if next.starts_with(char::is_lowercase) && !matches!(next, "by" | "from" | "via" | "in") {
            return Some(span.clone());
        }
        let inside = self.tree.inlines[open + 1].start as usize..self.tree.inlines[close - 1].end as usize;
        roles.title = Some(self.plain(inside));
        let rest = pair.end..span.end.max(pair.end);
        let comma = self.text[rest.clone()].strip_prefix([',', '.', ';']).map(|_| 1);
        Some(rest.start + separator_length(&self.text[rest.clone()]).or(comma).unwrap_or(0)..rest.end)
    }

    /// A segment as it reads: without markup, blanks folded.
    pub fn reading(&self, segment: &Segment) -> String {
        self.plain(segment.span())
    }

    /// Where item `index` (from 0) leads, in the order of the text.
    pub fn addresses(&self, index: usize) -> Vec<&str> {
        let span = self.items[index].start..self.items[index].end;
        let mut links = Vec::new();
        for unit in self.tree.units_touching(span.clone()) {
            let mut inside_link = false;
            for inline in &self.tree.inlines[touching(&self.tree, unit, &span)] {
                match inline.kind {
                    InlineKind::Open(Tag::Link, _) => inside_link = true,
                    InlineKind::Close(Tag::Link, _) => inside_link = false,
                    _ => {}
                }
                let is_address = matches!(inline.kind, InlineKind::Address(_));
                if let Some(link) = inline.kind.link().filter(|_| !(is_address && inside_link)) {
                    links.push(self.tree.links[link].address.as_ref());
                }
            }
        }
        links
    }

    /// The text inside `span` without markup, blanks folded.
    pub(crate) fn plain(&self, span: Span) -> String {
        let mut out = String::new();
        for unit in self.tree.units_touching(span.clone()) {
            let mut at = None;
            for inline in &self.tree.inlines[touching(&self.tree, unit, &span)] {
                let clip = (inline.start as usize).max(span.start)..(inline.end as usize).min(span.end);
                if clip.start >= clip.end {
                    continue;
                }
                if at.is_some_and(|at: usize| at < clip.start && self.text[at..clip.start].ends_with([' ', '\t'])) {
                    out.push(' ');
                }
                let piece = &self.text[clip.clone()];
                match inline.kind {
                    InlineKind::Address(_) => out.push_str(piece.trim_start_matches('<').trim_end_matches('>')),
                    InlineKind::Text | InlineKind::Fixed | InlineKind::Math => out.push_str(piece),
                    InlineKind::Entity(c) => out.push(c),
                    InlineKind::Code => out.push_str(piece.trim_matches('`')),
                    InlineKind::Soft | InlineKind::Hard => out.push(' '),
                    InlineKind::Html if piece.to_ascii_lowercase().starts_with("<br") => out.push(' '),
                    _ => {}
                }
                if !matches!(inline.kind, InlineKind::Open(..)) {
                    at = Some(clip.end);
                }
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
