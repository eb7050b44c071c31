//! The blocks and inlines of a text, with the bytes each one covers: what both parsers produce and all else reads.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::markdown::Labels;
use crate::span::Span;

/// What a block is. Only some kinds carry inlines: see [`Block::is_unit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Paragraph,
    /// Text directly inside a tight list item.
    Tight,
    /// 1 to 6.
    Heading(u8),
    Quote,
    List,
    Item,
    Table,
    TableHead,
    Row,
    Cell,
    Footnote,
    /// HTML, front matter, a pelican header: never translated.
    Opaque,
    /// Code, which is not translated either.
    Code,
    Rule,
}

/// A block; a tree is the list of its blocks in the order of their beginnings.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub kind: BlockKind,
    /// The bytes of the block, its last line end included.
    pub start: u32,
    pub end: u32,
    /// Index past its last descendant in [`Tree::blocks`].
    pub next: u32,
    /// Its inlines in [`Tree::inlines`]; empty for containers.
    pub first: u32,
    pub last: u32,
}

impl Block {
    pub fn span(&self) -> Span {
        self.start as usize..self.end as usize
    }

    /// Whether the block is a leaf with text: one unit of translation before it is cut into segments.
    pub fn is_unit(&self) -> bool {
        use BlockKind::{Cell, Heading, Paragraph, Tight};
        matches!(self.kind, Paragraph | Tight | Heading(_) | Cell)
    }

    pub fn inlines(&self) -> std::ops::Range<usize> {
        self.first as usize..self.last as usize
    }
}

/// A pair of marks around text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Tag {
    Emphasis,
    Strong,
    Strike,
    Link,
}

/// What a stretch of a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InlineKind {
    /// Text that stands in the file as it reads.
    Text,
    /// `&amp;`, `&lt;`, `&gt;`: read as the character, written as it was.
    Entity(char),
    /// Text that must stay: an address, `:emoji:`, another entity, a template tag.
    Fixed,
    /// A bare address; like `Fixed`, and a link of the item. The number is its place in [`Tree::links`].
    Address(u32),
    /// A line end inside a paragraph. The gap after it is the containers' prefix.
    Soft,
    /// A line break that renders.
    Hard,
    /// Code, math, inline HTML, an image, a footnote reference: never translated.
    Code,
    Math,
    Html,
    Image,
    Footnote,
    /// The box of a task.
    Task,
    /// Begin of a pair; the range is the pair's whole. The number is the link's place in [`Tree::links`].
    Open(Tag, u32),
    /// End of a pair; same range and number.
    Close(Tag, u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Inline {
    pub kind: InlineKind,
    pub start: u32,
    pub end: u32,
}

impl Inline {
    pub fn new(kind: InlineKind, span: Span) -> Self {
        Self { kind, start: span.start as u32, end: span.end as u32 }
    }

    pub fn span(&self) -> Span {
        self.start as usize..self.end as usize
    }
}

/// How a link is written: decides what its closing bytes become when its text changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkForm {
    /// `[text](address)`, `[text][label]`, `<address>` or a bare address: the closing bytes hold the target.
    Whole,
    /// `[label]` or `[label][]`: the text is the label.
    Label,
}

#[derive(Clone, Debug)]
pub(crate) struct Link<'t> {
    pub address: Cow<'t, str>,
    pub form: LinkForm,
}

/// A parsed text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree<'t> {
    pub blocks: Vec<Block>,
    pub inlines: Vec<Inline>,
    pub links: Vec<Link<'t>>,
    /// Labels of the link reference definitions, with their addresses.
    pub definitions: Vec<(String, String)>,
    /// The same to look a label up, made when a piece is first parsed.
    pub(super) labels: OnceLock<Labels>,
    /// Comments that are meant for this tool.
    pub waivers: Vec<std::ops::Range<u32>>,
    /// The blocks that are units, the inlines that are links, and for each inline the opening of the innermost pair around it
    /// ([`NONE`] outside all): made by [`Tree::index`].
    pub(super) units: Vec<u32>,
    pub(super) link_places: Vec<u32>,
    pub(super) around: Vec<u32>,
}

/// No inline.
const NONE: u32 = u32::MAX;

impl Tree<'_> {
    /// Notes what is looked up by place; once, when the tree is whole.
    pub fn index(&mut self) {
        self.units = (0..self.blocks.len() as u32).filter(|&block| self.blocks[block as usize].is_unit()).collect();
        self.around = vec![NONE; self.inlines.len()];
        self.link_places.clear();
        for &unit in &self.units {
            let mut open = NONE;
            for index in self.blocks[unit as usize].inlines() {
                let kind = self.inlines[index].kind;
                if matches!(kind, InlineKind::Close(..)) && open != NONE {
                    open = self.around[open as usize];
                }
                self.around[index] = open;
                if matches!(kind, InlineKind::Open(..)) {
                    open = index as u32;
                }
                if kind.link().is_some() {
                    self.link_places.push(index as u32);
                }
            }
        }
    }

    /// The link reference definitions by their labels.
    pub fn labels(&self) -> &Labels {
        self.labels.get_or_init(|| Labels::of(&self.definitions))
    }

    /// The children of block `parent`, or the top-level blocks.
    pub fn children(&self, parent: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        let (mut at, end) = match parent {
            Some(block) => (block + 1, self.blocks[block].next as usize),
            None => (0, self.blocks.len()),
        };
        std::iter::from_fn(move || {
            (at < end).then(|| {
                let child = at;
                at = self.blocks[child].next as usize;
                child
            })
        })
    }

    /// The units inside block `root`, itself included.
    pub fn units_in(&self, root: usize) -> impl Iterator<Item = usize> + '_ {
        (root..self.blocks[root].next as usize).filter(|&block| self.blocks[block].is_unit())
    }

    /// The inlines of a unit.
    pub fn inlines_of(&self, unit: usize) -> &[Inline] {
        &self.inlines[self.blocks[unit].inlines()]
    }

    /// Whether any unit inside block `root` holds a link or an address.
    pub fn has_link(&self, root: usize) -> bool {
        let block = &self.blocks[root];
        let end = self.blocks.get(block.next as usize).map_or(self.inlines.len(), |next| next.first as usize);
        let next = self.link_places.partition_point(|&link| link < block.first);
        self.link_places.get(next).is_some_and(|&link| (link as usize) < end)
    }

    /// The units that touch some bytes, in the order of the text.
    pub fn units_touching(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let block = |unit: u32| &self.blocks[unit as usize];
        let from = self.units.partition_point(|&unit| (block(unit).start as usize) < span.start);
        // A pseudo bullet begins inside its unit.
        let inner = from.checked_sub(1).map(|before| self.units[before]).filter(|&unit| block(unit).end as usize > span.start);
        let units = self.units[from..].iter().copied().take_while(move |&unit| (block(unit).start as usize) < span.end);
        inner.into_iter().chain(units).map(|unit| unit as usize)
    }

    /// The openings of the pairs around an inline, the innermost first.
    pub fn pairs_around(&self, inline: usize) -> impl Iterator<Item = usize> + '_ {
        let outer = |inline: usize| self.around.get(inline).copied().filter(|open| *open != NONE).map(|open| open as usize);
        std::iter::successors(outer(inline), move |&open| outer(open))
    }
}

impl InlineKind {
    /// The place of the link in [`Tree::links`] where this is the begin of one, or a bare address.
    pub fn link(self) -> Option<usize> {
        match self {
            Self::Open(Tag::Link, link) | Self::Address(link) => Some(link as usize),
            _ => None,
        }
    }
}
