//! What a stretch of a digest is built of, in blocks: what both languages should have alike.

use super::Digest;
use super::tree::{Block, BlockKind};
use crate::span::Span;

/// Blocks counted by what a reader sees of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Headings of any level.
    pub headings: usize,
    /// Code blocks, fenced or indented.
    pub code_blocks: usize,
    /// Tables.
    pub tables: usize,
    /// Rows of tables, heads left out.
    pub rows: usize,
    /// Block quotes.
    pub quotes: usize,
    /// Rules between sections.
    pub rules: usize,
    /// How many lists stand inside each other at the deepest place.
    pub depth: usize,
}

impl Shape {
    /// For each kind its name and how many there are.
    pub fn counts(&self) -> [(&'static str, usize); 6] {
        [
            ("heading", self.headings),
            ("code block", self.code_blocks),
            ("table", self.tables),
            ("table row", self.rows),
            ("block quote", self.quotes),
            ("rule", self.rules),
        ]
    }

    fn add(&mut self, block: &Block) {
        match block.kind {
            BlockKind::Heading(_) => self.headings += 1,
            BlockKind::Code => self.code_blocks += 1,
            BlockKind::Table => self.tables += 1,
            BlockKind::Row => self.rows += 1,
            BlockKind::Quote => self.quotes += 1,
            BlockKind::Rule => self.rules += 1,
            _ => {}
        }
    }
}

impl Digest<'_> {
    /// The blocks that begin inside `span`. The list that an item stands in is not inside it.
    pub fn shape(&self, span: &Span) -> Shape {
        let mut shape = Shape::default();
        let mut open: Vec<u32> = Vec::new();
        let blocks = &self.tree.blocks;
        let from = blocks.partition_point(|block| (block.start as usize) < span.start);
        for block in blocks[from..].iter().take_while(|block| (block.start as usize) < span.end) {
            shape.add(block);
            open.retain(|end| *end > block.start);
            // The item itself begins where its span does.
            if block.kind == BlockKind::List && block.start as usize > span.start {
                open.push(block.end);
                shape.depth = shape.depth.max(open.len());
            }
        }
        shape
    }

    /// The blocks outside all items.
    pub fn shape_outside(&self) -> Shape {
        let mut shape = Shape::default();
        let mut item = 0;
        for block in &self.tree.blocks {
            while self.items.get(item).is_some_and(|item| item.end <= block.start as usize) {
                item += 1;
            }
            if self.items.get(item).is_none_or(|item| (block.start as usize) < item.start) {
                shape.add(block);
            }
        }
        shape
    }

    /// Labels of the link definitions, with their addresses.
    pub fn definitions(&self) -> &[(String, String)] {
        &self.tree.definitions
    }
}
