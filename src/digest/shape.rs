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
    /// Quoted paragraphs.
    pub quotes: usize,
    /// Entries of lists.
    pub entries: usize,
    /// Rules between sections.
    pub rules: usize,
    /// How many lists stand inside each other at the deepest place.
    pub depth: usize,
}

impl Shape {
    /// For each kind its name and how many there are.
    pub fn counts(&self) -> [(&'static str, usize); 7] {
        [
            ("heading", self.headings),
            ("code block", self.code_blocks),
            ("table", self.tables),
            ("table row", self.rows),
            ("quoted paragraph", self.quotes),
            ("list entry", self.entries),
            ("rule", self.rules),
        ]
    }

    /// Adds the blocks of a stretch that follows.
    pub fn join(&mut self, other: &Self) {
        self.headings += other.headings;
        self.code_blocks += other.code_blocks;
        self.tables += other.tables;
        self.rows += other.rows;
        self.quotes += other.quotes;
        self.entries += other.entries;
        self.rules += other.rules;
        self.depth = self.depth.max(other.depth);
    }

    /// `quoted` is the end of the quote that is open, which a block may be inside of.
    fn add(&mut self, block: &Block, quoted: &mut u32) {
        if block.kind == BlockKind::Quote {
            *quoted = block.end.max(*quoted);
        }
        self.quotes += usize::from(block.is_unit() && block.start < *quoted);
        match block.kind {
            BlockKind::Heading(_) => self.headings += 1,
            BlockKind::Code => self.code_blocks += 1,
            BlockKind::Table => self.tables += 1,
            BlockKind::Row => self.rows += 1,
            BlockKind::Item => self.entries += 1,
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
        let mut quoted = 0;
        let blocks = &self.tree.blocks;
        let from = blocks.partition_point(|block| (block.start as usize) < span.start);
        for block in blocks[from..].iter().take_while(|block| (block.start as usize) < span.end) {
            shape.add(block, &mut quoted);
            // Those that are open stand inside each other.
            while open.pop_if(|end| *end <= block.start).is_some() {}
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
        let (mut item, mut quoted) = (0, 0);
        for block in &self.tree.blocks {
            while self.items.get(item).is_some_and(|item| item.end <= block.start as usize) {
                item += 1;
            }
            if self.items.get(item).is_none_or(|item| (block.start as usize) < item.start) {
                shape.add(block, &mut quoted);
            }
        }
        shape
    }

    /// How many blocks with words begin inside `span`.
    pub fn blocks_in(&self, span: &Span) -> usize {
        let from = self.tree.blocks.partition_point(|block| (block.start as usize) < span.start);
        self.tree.blocks[from..].iter().take_while(|block| (block.start as usize) < span.end).filter(|block| block.is_unit()).count()
    }

    /// How many lists each item stands in.
    pub fn levels(&self) -> Vec<usize> {
        let mut levels = Vec::with_capacity(self.items.len());
        let mut open: Vec<u32> = Vec::new();
        let mut blocks = self.tree.blocks.iter().filter(|block| block.kind == BlockKind::List).peekable();
        for item in &self.items {
            while let Some(list) = blocks.next_if(|list| list.start as usize <= item.start) {
                while open.pop_if(|end| *end <= list.start).is_some() {}
                open.push(list.end);
            }
            while open.pop_if(|end| *end as usize <= item.start).is_some() {}
            levels.push(open.len());
        }
        levels
    }

    /// Labels of the link definitions, with their addresses.
    pub fn definitions(&self) -> &[(String, String)] {
        &self.tree.definitions
    }
}
