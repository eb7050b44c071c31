//! A digest in either language: its items and segments with their bytes, and the way back into the file.
//!
//! All offsets are bytes into the text that was parsed, half-open.

mod adapt;
mod bullets;
mod depth;
mod entities;
mod flat;
mod fold;
mod group;
mod inline;
mod item;
mod markdown;
mod marks;
mod page;
mod plain;
mod prose;
mod protect;
mod render;
mod reply;
mod segments;
mod sentences;
mod shape;
mod splice;
mod tree;
mod waivers;
mod written;

use std::path::Path;
use std::str::FromStr;

pub use depth::too_deep;
pub use entities::{Entity, entities};
pub use fold::{fold, hash};
pub use inline::Marked;
pub use item::Roles;
pub use marks::{Mark, MarkKind};
pub use page::{escaped, is_safe};
pub use prose::Prose;
pub use reply::ReplyFault;
pub use sentences::sentences;
pub use shape::Shape;
pub use splice::{Spliced, splice};
pub use waivers::Waiver;
pub use written::{Fence, Written};

use crate::span::Span;
use tree::{BlockKind, Inline, InlineKind, Tag, Tree};

/// How a digest is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown: CommonMark with tables, footnotes, strikethrough, tasks, math and front matter.
    Markdown,
    /// Plain text (`.txt`).
    Plain,
}

impl Format {
    /// The format that a file's name tells: plain text for `.txt`, else Markdown.
    pub fn of(path: &Path) -> Self {
        if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt")) { Self::Plain } else { Self::Markdown }
    }
}

/// What a segment is in its item, or outside items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The name of the post or paper.
    Title,
    /// What is said about it.
    Commentary,
    /// A heading outside items.
    Heading,
    /// A paragraph outside items.
    Paragraph,
    /// A table cell outside items.
    Cell,
}

impl Kind {
    /// The word used in files and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Commentary => "commentary",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Cell => "cell",
        }
    }
}

/// A way to group blocks into items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// A list item with all that is nested in it; its nested items where it is only their label.
    ListItem,
    /// A row of a table.
    TableRow,
    /// A heading up to the next heading or rule.
    HeadingSection,
    /// A paragraph that opens with a link or bold text (or holds a link), and what follows it.
    LeadParagraph,
    /// A line, or a part of a line, behind a bullet that is no Markdown.
    PseudoBullet,
    /// `Title: / URL:` lines.
    Record,
    /// Every block.
    Block,
}

impl Strategy {
    /// All strategies with their names.
    pub const ALL: [(&'static str, Self); 7] = [
        ("list-item", Self::ListItem),
        ("table-row", Self::TableRow),
        ("heading-section", Self::HeadingSection),
        ("lead-paragraph", Self::LeadParagraph),
        ("pseudo-bullet", Self::PseudoBullet),
        ("record", Self::Record),
        ("block", Self::Block),
    ];
}

impl FromStr for Strategy {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, strategy)| *strategy).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|(name, _)| *name).collect();
            format!("no such strategy; there are {}", names.join(", "))
        })
    }
}

/// One translatable span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What it is.
    pub kind: Kind,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Index of its item in [`Digest::items`]; none outside items.
    pub item: Option<u32>,
    unit: u32,
    first: u32,
    last: u32,
}

impl Segment {
    /// The bytes of the segment.
    pub fn span(&self) -> Span {
        self.start..self.end
    }
}

/// One entry of a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last, line end not included.
    pub end: usize,
    /// How it was found.
    pub strategy: Strategy,
    record: bool,
    flat: bool,
}

/// A parsed digest.
#[derive(Clone, Debug)]
pub struct Digest<'t> {
    /// The whole text.
    pub text: &'t str,
    /// How it is written.
    pub format: Format,
    /// Its items in order; item 1 is the first.
    pub items: Vec<Item>,
    /// Its segments in order, those outside items included.
    pub segments: Vec<Segment>,
    pub(crate) tree: Tree<'t>,
}

impl<'t> Digest<'t> {
    /// Parses a text; `split` overrides the strategies that its sections would choose (Markdown only).
    pub fn parse(text: &'t str, format: Format, split: Option<Strategy>) -> Self {
        let mut digest = Self::outline(text, format, split);
        digest.segments = segments::cut(text, &digest.tree, &digest.items);
        digest
    }

    /// [`Digest::parse`] without the segments, for who needs only items and prose.
    pub fn outline(text: &'t str, format: Format, split: Option<Strategy>) -> Self {
        let mut tree = parse_tree(text, format);
        tree.index();
        let items = match format {
            Format::Markdown => group::items(text, &tree, split),
            Format::Plain => plain::items(text, &tree),
        };
        Self { text, format, items, segments: Vec::new(), tree }
    }

    /// The form in which a segment travels to a backend.
    pub fn marked(&self, segment: &Segment) -> Marked {
        inline::marked(self, segment)
    }

    /// Writes a reply to `marked` as the bytes that replace the segment it was made from, which need not be in this digest:
    /// `self` and `segment` say where the text will stand.
    ///
    /// # Errors
    /// When the reply's marks or the resulting markup are not those of the English text.
    pub fn render(&self, segment: &Segment, marked: &Marked, reply: &str) -> Result<String, ReplyFault> {
        let pieces = reply::read(marked, reply)?;
        render::render(self, segment, marked, pieces)
    }

    /// The bytes of a segment.
    pub fn bytes(&self, segment: &Segment) -> &'t str {
        &self.text[segment.span()]
    }

    /// The bytes of a segment on one line: a line end that is no line break, with the prefix that its containers put behind it,
    /// is a blank.
    pub fn one_line(&self, segment: &Segment) -> String {
        let inlines = self.inlines(segment);
        let mut out = String::with_capacity(segment.end - segment.start);
        let mut at = segment.start;
        for (index, inline) in inlines.iter().enumerate().filter(|(_, inline)| inline.kind == InlineKind::Soft) {
            let next = inlines.get(index + 1).map_or(segment.end, |next| next.start as usize);
            // The backslash of an escape is no prefix.
            let next = next - usize::from(self.text[..next].ends_with('\\'));
            out.push_str(self.text[at..inline.start as usize].trim_end_matches([' ', '\t']));
            out.push(' ');
            at = next;
        }
        out.push_str(&self.text[at..segment.end]);
        out
    }

    /// The segments of item `index` (from 0).
    pub fn segments_of(&self, index: usize) -> impl Iterator<Item = &Segment> {
        self.segment_indices_of(index).map(|s| &self.segments[s])
    }

    /// Where the segments of item `index` (from 0) stand in [`Digest::segments`].
    pub fn segment_indices_of(&self, index: usize) -> std::ops::Range<usize> {
        let from = self.segments.partition_point(|s| s.start < self.items[index].start);
        let count = self.segments[from..].iter().take_while(|s| s.item == Some(index as u32)).count();
        from..from + count
    }

    pub(crate) fn inlines(&self, segment: &Segment) -> &[Inline] {
        &self.tree.inlines[segment.first as usize..segment.last as usize]
    }

    pub(crate) fn address(&self, link: u32) -> Option<&str> {
        self.tree.links.get(link as usize).map(|link| link.address.as_ref())
    }

    /// The pairs that a segment stands inside of, outermost first, with their whole bytes.
    pub(crate) fn pairs_around(&self, segment: &Segment) -> Vec<(Tag, Span)> {
        let opening = |open: usize| match self.tree.inlines[open].kind {
            InlineKind::Open(tag, _) => Some((tag, self.tree.inlines[open].span())),
            _ => None,
        };
        let mut pairs: Vec<_> = self.tree.pairs_around(segment.first as usize).filter_map(opening).collect();
        pairs.reverse();
        pairs
    }

    /// Whether nothing but opening marks stands before the segment in its unit.
    pub(crate) fn begins_unit(&self, segment: &Segment) -> bool {
        let before = (segment.first - self.tree.blocks[segment.unit as usize].first) as usize;
        let starts_inline = self.tree.inlines[segment.first as usize].start as usize + 1 >= segment.start;
        starts_inline && self.tree.pairs_around(segment.first as usize).count() == before
    }

    /// The block that a segment stands in, without the blanks at its end.
    pub(crate) fn block_around(&self, segment: &Segment) -> Span {
        let span = self.tree.blocks[segment.unit as usize].span();
        span.start..span.start + self.text[span].trim_end().len()
    }

    pub(crate) fn in_cell(&self, segment: &Segment) -> bool {
        self.tree.blocks[segment.unit as usize].kind == BlockKind::Cell
    }
}

/// Blocks and inlines alone. The Markdown parser is known to have panicked on odd input in the past: such a text has no
/// segments, so it stays as it is. Nor has one that it would take too long for.
pub(crate) fn parse_tree(text: &str, format: Format) -> Tree<'_> {
    std::panic::catch_unwind(|| match format {
        Format::Markdown if too_deep(text).is_some() => Tree::default(),
        Format::Markdown => markdown::parse(text),
        Format::Plain => plain::parse(text),
    })
    .unwrap_or_default()
}
