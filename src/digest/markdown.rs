//! Markdown into blocks and inlines, each with its exact bytes: the only place that knows the Markdown parser.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag as Mark, TagEnd};

use super::tree::{Block, BlockKind, Inline, InlineKind, Link, LinkForm, Tag, Tree};
use super::{protect, waivers};

/// The dialect: CommonMark with the extensions that public digests use.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

/// Parses a Markdown text. A byte order mark is skipped.
pub(crate) fn parse(text: &str) -> Tree<'_> {
    let base = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let header = base + protect::header_length(&text[base..]);
    let mut builder = Builder::new(text, header);
    if header > base {
        builder.block(BlockKind::Opaque, base..header);
        builder.close();
    }
    let parser = Parser::new_ext(&text[header..], options());
    builder.tree.definitions = parser.reference_definitions().iter().map(|(label, def)| (label.to_owned(), def.dest.to_string())).collect();
    for (event, range) in parser.into_offset_iter() {
        builder.event(event, range.start + header..range.end + header);
    }
    builder.end_unit();
    builder.tree
}

/// Addresses of link definitions by their labels.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels(HashMap<String, String>);

impl Labels {
    /// Of labels that match each other the first counts.
    pub(crate) fn of(definitions: &[(String, String)]) -> Self {
        let mut labels = HashMap::with_capacity(definitions.len());
        for (label, address) in definitions {
            labels.entry(fold_label(label)).or_insert_with(|| address.clone());
        }
        Self(labels)
    }
}

/// Parses a short piece, with the labels in `labels` known.
pub(crate) fn parse_piece<'t>(text: &'t str, labels: &'t Labels) -> Tree<'t> {
    let mut resolve = |broken: pulldown_cmark::BrokenLink<'_>| {
        let address = labels.0.get(&fold_label(&broken.reference))?;
        Some((CowStr::Borrowed(address), CowStr::Borrowed("")))
    };
    let mut builder = Builder::new(text, 0);
    for (event, range) in Parser::new_with_broken_link_callback(text, options(), Some(&mut resolve)).into_offset_iter() {
        builder.event(event, range);
    }
    builder.end_unit();
    builder.tree
}

/// Labels match without regard to case and blanks.
fn fold_label(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

struct Builder<'t> {
    text: &'t str,
    tree: Tree<'t>,
    /// Blocks that are open, by index.
    open: Vec<u32>,
    /// Links and other pairs that are open: their number.
    pairs: Vec<u32>,
    /// Whether the innermost open block is a tight text that no event closes.
    tight: bool,
    /// How many images are open around the event: what is inside them is theirs.
    images: u32,
    /// Whether an address in angle brackets is open: it is one thing.
    autolink: bool,
    /// Whether the innermost block is opaque.
    opaque: bool,
    /// Whether a block of waivers is open.
    waiver: bool,
    templates: Vec<Range<usize>>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, from: usize) -> Self {
        let templates = protect::templates(&text[from..]).into_iter().map(|r| r.start + from..r.end + from).collect();
        let tree = Tree { blocks: Vec::with_capacity(text.len() / 64), inlines: Vec::with_capacity(text.len() / 24), ..Tree::default() };
        Self {
            text,
            tree,
            open: Vec::new(),
            pairs: Vec::new(),
            tight: false,
            images: 0,
            autolink: false,
            opaque: false,
            waiver: false,
            templates,
        }
    }

    fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            _ if self.opaque || self.autolink || self.images > 0 || self.waiver => {}
            Event::Text(text) => self.words(&text, range),
            Event::Code(_) => self.inline(InlineKind::Code, range),
            Event::InlineMath(amount) if self.is_money(&amount, range.end) => self.inline(InlineKind::Text, range),
            Event::InlineMath(_) | Event::DisplayMath(_) => self.inline(InlineKind::Math, range),
            Event::Html(_) | Event::InlineHtml(_) => self.html(range),
            Event::FootnoteReference(_) => self.inline(InlineKind::Footnote, range),
            Event::SoftBreak => self.inline(InlineKind::Soft, range),
            Event::HardBreak => self.inline(InlineKind::Hard, range),
            Event::TaskListMarker(_) => self.inline(InlineKind::Task, range),
            Event::Rule => {
                self.end_unit();
                self.block(BlockKind::Rule, range);
                self.close();
            }
        }
    }

    fn html(&mut self, range: Range<usize>) {
        if waivers::is_waiver(&self.text[range.clone()]) {
            self.tree.waivers.push(range.start as u32..range.end as u32);
        }
        self.inline(InlineKind::Html, range);
    }

    /// Notes the comments of a block that is nothing else, which is then no block.
    fn waiver_block(&mut self, range: Range<usize>) -> bool {
        let block = &self.text[range.clone()];
        if !waivers::is_waivers(block) {
            return false;
        }
        let ends = block.match_indices("-->").map(|(at, _)| at + 3);
        let mut from = 0;
        for end in ends {
            let start = from + block[from..end].find("<!--").unwrap_or(0);
            self.tree.waivers.push((range.start + start) as u32..(range.start + end) as u32);
            from = end;
        }
        true
    }

    fn start(&mut self, tag: Mark<'t>, range: Range<usize>) {
        let kind = match tag {
            Mark::HtmlBlock if self.waiver_block(range.clone()) => {
                self.end_unit();
                self.waiver = true;
                return;
            }
            Mark::Emphasis => return self.pair(Tag::Emphasis, None, range),
            Mark::Strong => return self.pair(Tag::Strong, None, range),
            Mark::Strikethrough => return self.pair(Tag::Strike, None, range),
            Mark::Link { link_type, dest_url, .. } => return self.link(link_type, dest_url, range),
            Mark::Image { link_type, .. } => {
                if self.images == 0 {
                    let range = self.with_empty_label(link_type, range);
                    self.inline(InlineKind::Image, range);
                }
                self.images += 1;
                return;
            }
            Mark::Paragraph => BlockKind::Paragraph,
            Mark::Heading { level, .. } => BlockKind::Heading(level as u8),
            Mark::BlockQuote(_) => BlockKind::Quote,
            Mark::List(_) => BlockKind::List,
            Mark::Item => BlockKind::Item,
            Mark::Table(_) => BlockKind::Table,
            Mark::TableHead => BlockKind::TableHead,
            Mark::TableRow => BlockKind::Row,
            Mark::TableCell => BlockKind::Cell,
            Mark::FootnoteDefinition(_) => BlockKind::Footnote,
            Mark::CodeBlock(_) => BlockKind::Code,
            _ => BlockKind::Opaque,
        };
        self.end_unit();
        self.block(kind, range);
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Image => self.images -= 1,
            TagEnd::Emphasis => self.end_pair(Tag::Emphasis),
            TagEnd::Strong => self.end_pair(Tag::Strong),
            TagEnd::Strikethrough => self.end_pair(Tag::Strike),
            TagEnd::Link if self.autolink => self.autolink = false,
            TagEnd::HtmlBlock if self.waiver => self.waiver = false,
            TagEnd::Link => self.end_pair(Tag::Link),
            _ => {
                self.end_unit();
                // An item's range can end after its last child's begin only at the end event.
                if let Some(&top) = self.open.last() {
                    let block = &mut self.tree.blocks[top as usize];
                    block.end = block.end.max(range.end as u32);
                }
                self.close();
            }
        }
    }

    fn block(&mut self, kind: BlockKind, range: Range<usize>) {
        let first = self.tree.inlines.len() as u32;
        self.open.push(self.tree.blocks.len() as u32);
        self.tree.blocks.push(Block { kind, start: range.start as u32, end: range.end as u32, next: 0, first, last: first });
        self.opaque = matches!(kind, BlockKind::Opaque | BlockKind::Code);
    }

    fn close(&mut self) {
        let next = self.tree.blocks.len() as u32;
        let last = self.tree.inlines.len() as u32;
        if let Some(top) = self.open.pop() {
            let block = &mut self.tree.blocks[top as usize];
            block.next = next;
            if block.is_unit() {
                block.last = last;
                self.finish_unit(top as usize);
            }
        }
        self.opaque = false;
    }

    /// Ends a tight text, which has no end event of its own.
    fn end_unit(&mut self) {
        if self.tight {
            self.tight = false;
            if let (Some(&top), Some(inline)) = (self.open.last(), self.tree.inlines.last()) {
                self.tree.blocks[top as usize].end = inline.end;
            }
            self.close();
        }
    }

    fn inline(&mut self, kind: InlineKind, range: Range<usize>) {
        let in_unit = self.open.last().is_some_and(|&top| self.tree.blocks[top as usize].is_unit());
        if !in_unit {
            // The backslash of an escape has no event of its own.
            let escape = usize::from(self.text[..range.start].ends_with('\\') && kind == InlineKind::Text);
            self.block(BlockKind::Tight, range.start - escape..range.end);
            self.tight = true;
        }
        self.tree.inlines.push(Inline::new(kind, range));
    }

    fn words(&mut self, text: &str, range: Range<usize>) {
        let slice = &self.text[range.clone()];
        if text != slice {
            let kind = match slice {
                "&amp;" => InlineKind::Entity('&'),
                "&lt;" => InlineKind::Entity('<'),
                "&gt;" => InlineKind::Entity('>'),
                _ => InlineKind::Fixed,
            };
            return self.inline(kind, range);
        }
        // The parser cuts text at every byte that could have begun something; what touches is one text again.
        if let Some(last) = self.tree.inlines.last_mut()
            && last.kind == InlineKind::Text
            && last.end as usize == range.start
            && self.open.last().is_some_and(|&top| (self.tree.blocks[top as usize].first as usize) < self.tree.inlines.len())
        {
            if let Some(last) = self.tree.inlines.last_mut() {
                last.end = range.end as u32;
            }
            return;
        }
        self.inline(InlineKind::Text, range);
    }

    fn pair(&mut self, tag: Tag, link: Option<u32>, range: Range<usize>) {
        if self.opaque || self.images > 0 {
            return;
        }
        let number = link.unwrap_or(u32::MAX);
        self.inline(InlineKind::Open(tag, number), range);
        self.pairs.push(self.tree.inlines.len() as u32 - 1);
    }

    fn end_pair(&mut self, tag: Tag) {
        if self.opaque || self.images > 0 {
            return;
        }
        if let Some(open) = self.pairs.pop() {
            let Inline { kind, start, end } = self.tree.inlines[open as usize];
            if let InlineKind::Open(_, number) = kind {
                self.tree.inlines.push(Inline { kind: InlineKind::Close(tag, number), start, end });
            }
        }
    }

    fn link(&mut self, kind: LinkType, address: CowStr<'t>, range: Range<usize>) {
        if self.opaque || self.images > 0 {
            return;
        }
        let range = self.with_empty_label(kind, range);
        let form = match kind {
            LinkType::Shortcut | LinkType::Collapsed | LinkType::ShortcutUnknown | LinkType::CollapsedUnknown => LinkForm::Label,
            _ => LinkForm::Whole,
        };
        let number = self.tree.links.len() as u32;
        self.tree.links.push(Link { address: into_cow(address), form });
        if matches!(kind, LinkType::Autolink | LinkType::Email) {
            self.autolink = true;
            return self.inline(InlineKind::Address(number), range);
        }
        self.pair(Tag::Link, Some(number), range);
    }

    /// The parser's range of `[x][]` may leave out the last two bytes (its issue 1077).
    fn with_empty_label(&self, kind: LinkType, range: Range<usize>) -> Range<usize> {
        let collapsed = matches!(kind, LinkType::Collapsed | LinkType::CollapsedUnknown);
        if collapsed && !self.text[range.clone()].ends_with("[]") && self.text[range.end..].starts_with("[]") {
            return range.start..range.end + 2;
        }
        range
    }

    /// `$300M in funding ($50M)` is no formula: both dollar signs stand before a digit.
    fn is_money(&self, inside: &str, end: usize) -> bool {
        let after = self.text.as_bytes().get(end);
        inside.starts_with(|c: char| c.is_ascii_digit()) && after.is_some_and(u8::is_ascii_digit)
    }

    /// Takes out of a unit's texts what must stay as it is.
    fn finish_unit(&mut self, unit: usize) {
        let inlines = self.tree.blocks[unit].inlines();
        let heading = matches!(self.tree.blocks[unit].kind, BlockKind::Heading(_));
        protect::unit(self.text, &mut self.tree, inlines.start, heading, &self.templates);
        self.tree.blocks[unit].last = self.tree.inlines.len() as u32;
    }
}

fn into_cow(text: CowStr<'_>) -> Cow<'_, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}
