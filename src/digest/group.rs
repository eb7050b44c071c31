//! Which blocks belong together as one item: named strategies, chosen per section of the document.
//!
//! A strategy only groups; a wrong one can never change bytes.

use super::bullets;
use super::segments::{lead, opening};
use super::tree::{BlockKind, InlineKind, Tag, Tree};
use super::{Item, Strategy};

/// The items of a tree, in the order of the text, not overlapping.
pub(crate) fn items(text: &str, tree: &Tree<'_>, forced: Option<Strategy>) -> Vec<Item> {
    let mut grouper = Grouper { text, tree, items: Vec::new() };
    let sections = sections(text, tree);
    for (index, section) in sections.iter().enumerate() {
        let opens_document = section.heading.is_none_or(|h| tree.blocks[h].kind == BlockKind::Heading(1)) && index == 0
            || (index == 1 && section.heading.is_some_and(|h| tree.blocks[h].kind == BlockKind::Heading(1)) && sections[0].body.is_empty());
        grouper.section(section, opens_document, forced);
    }
    if grouper.items.is_empty() && forced.is_none() {
        for section in &sections {
            grouper.blocks(section);
        }
    }
    grouper.items
}

struct Section {
    heading: Option<usize>,
    /// Top-level blocks.
    body: Vec<usize>,
}

/// The top-level blocks between headings, pseudo headings and rules.
fn sections(text: &str, tree: &Tree<'_>) -> Vec<Section> {
    let mut out = vec![Section { heading: None, body: Vec::new() }];
    for block in tree.children(None) {
        let kind = tree.blocks[block].kind;
        if matches!(kind, BlockKind::Heading(_)) && bullets::record_lines(text, tree, block).is_none()
            || is_pseudo_heading(text, tree, block)
        {
            out.push(Section { heading: Some(block), body: Vec::new() });
        } else if kind == BlockKind::Rule {
            // A rule parts sections and also records; either way nothing goes on behind it.
            out.push(Section { heading: None, body: Vec::new() });
        } else if let Some(last) = out.last_mut() {
            last.body.push(block);
        }
    }
    out.retain(|section| section.heading.is_some() || !section.body.is_empty());
    out
}

/// `**Articles**` alone in a paragraph.
fn is_pseudo_heading(text: &str, tree: &Tree<'_>, block: usize) -> bool {
    let inlines = tree.inlines_of(block);
    tree.blocks[block].kind == BlockKind::Paragraph
        && matches!(inlines.first().map(|i| i.kind), Some(InlineKind::Open(Tag::Strong, _)))
        && super::inline::closing(inlines, 0) == Some(inlines.len() - 1)
        && !tree.has_link(block)
        && text[tree.blocks[block].span()].len() < 120
}

struct Grouper<'g, 't> {
    text: &'t str,
    tree: &'g Tree<'t>,
    items: Vec<Item>,
}

impl Grouper<'_, '_> {
    fn section(&mut self, section: &Section, opens_document: bool, forced: Option<Strategy>) {
        match forced.unwrap_or_else(|| self.choose(section, opens_document)) {
            Strategy::HeadingSection => self.heading_section(section),
            Strategy::LeadParagraph => self.lead_paragraphs(section, forced.is_some()),
            Strategy::Record => self.records(section),
            Strategy::PseudoBullet => self.pseudo_bullets(section),
            Strategy::Block if forced.is_some() => self.blocks(section),
            Strategy::ListItem if forced.is_some() => self.lists(section),
            Strategy::TableRow if forced.is_some() => self.tables(section),
            // Left to itself a section gives its rows, list items and bulleted lines, in the order of the text.
            Strategy::ListItem | Strategy::TableRow => {
                for &block in &section.body {
                    match self.kind(block) {
                        BlockKind::List => self.list(block),
                        BlockKind::Table => self.table(block),
                        _ => self.bulleted_lines(block),
                    }
                }
            }
            Strategy::Block => {}
        }
    }

    fn kind(&self, block: usize) -> BlockKind {
        self.tree.blocks[block].kind
    }

    fn choose(&self, section: &Section, opens_document: bool) -> Strategy {
        let body = &section.body;
        if self.heading_is_item(section) {
            return Strategy::HeadingSection;
        }
        if body.iter().any(|&b| bullets::record_lines(self.text, self.tree, b).is_some()) {
            return Strategy::Record;
        }
        if body.iter().any(|&b| self.kind(b) == BlockKind::Table) {
            return Strategy::TableRow;
        }
        let paragraphs = body.iter().filter(|&&b| self.leads(b, opens_document)).count();
        if body.iter().any(|&b| self.kind(b) == BlockKind::List) {
            // A list below paragraphs that are items themselves is a part of the last of them.
            let below = paragraphs > 1 && body.first().is_some_and(|&b| self.leads(b, opens_document));
            return if below { Strategy::LeadParagraph } else { Strategy::ListItem };
        }
        let bulleted = body.iter().filter(|&&b| bullets::lines(self.text, self.tree, b).is_some()).count();
        if bulleted > 0 && paragraphs <= bulleted {
            return Strategy::PseudoBullet;
        }
        let sourced_quote = !opens_document && body.iter().any(|&b| self.kind(b) == BlockKind::Quote && self.tree.has_link(b));
        if sourced_quote || paragraphs > usize::from(opens_document) { Strategy::LeadParagraph } else { Strategy::Block }
    }

    /// A heading that is an item's title: it holds a link, or sets a name in bold above text that gives its source.
    fn heading_is_item(&self, section: &Section) -> bool {
        let Some(heading) = section.heading.filter(|&h| matches!(self.kind(h), BlockKind::Heading(level) if level > 1)) else {
            return false;
        };
        if section.body.is_empty() && !self.tree.has_link(heading) {
            return false;
        }
        let bold = self.tree.inlines_of(heading).iter().any(|i| matches!(i.kind, InlineKind::Open(Tag::Strong, _)));
        let list_of_links =
            section.body.iter().any(|&b| matches!(self.kind(b), BlockKind::List | BlockKind::Table) && self.tree.has_link(b));
        self.tree.has_link(heading) || (bold && !list_of_links)
    }

    fn heading_section(&mut self, section: &Section) {
        let Some(first) = section.heading.or(section.body.first().copied()) else { return };
        let last = section.body.last().copied().unwrap_or(first);
        self.push(first, last, Strategy::HeadingSection);
    }

    /// Whether a top-level block begins an item by itself. Before the first section only a link or bold title with its
    /// separator does: a greeting may hold links too.
    fn leads(&self, block: usize, opens_document: bool) -> bool {
        match self.kind(block) {
            BlockKind::Paragraph if opens_document => {
                let span = self.tree.blocks[block].span();
                opening(self.text, self.tree, self.tree.blocks[block].inlines(), &span).is_some()
            }
            BlockKind::Paragraph => {
                let span = self.tree.blocks[block].span();
                self.tree.has_link(block) || lead(self.text, self.tree, self.tree.blocks[block].inlines(), &span).is_some()
            }
            _ => false,
        }
    }

    fn lead_paragraphs(&mut self, section: &Section, forced: bool) {
        let mut from: Option<usize> = None;
        let mut last = 0;
        let strict = !forced && section.heading.is_none() && self.items.is_empty();
        for &block in &section.body {
            let bulleted = bullets::lines(self.text, self.tree, block).is_some();
            if bulleted || (self.kind(block) == BlockKind::List && self.lists_links(block)) {
                if let Some(first) = from.take() {
                    self.push(first, last, Strategy::LeadParagraph);
                }
                if bulleted {
                    self.bulleted_lines(block);
                } else {
                    self.list(block);
                }
                continue;
            }
            // A quote with a source of its own is an item where none has begun.
            let begins = self.leads(block, strict) || (from.is_none() && self.kind(block) == BlockKind::Quote && self.tree.has_link(block));
            if begins {
                if let Some(first) = from {
                    self.push(first, last, Strategy::LeadParagraph);
                }
                from = Some(block);
            }
            last = block;
        }
        if let Some(first) = from {
            self.push(first, last, Strategy::LeadParagraph);
        }
    }

    /// Whether every entry of a list opens with a link as its title: then they are items, whatever stands around.
    fn lists_links(&self, list: usize) -> bool {
        self.tree.children(Some(list)).all(|item| {
            let unit = self.tree.units_in(item).next();
            unit.is_some_and(|unit| {
                let span = self.tree.blocks[unit].span();
                self.tree.has_link(unit) && opening(self.text, self.tree, self.tree.blocks[unit].inlines(), &span).is_some()
            })
        })
    }

    fn lists(&mut self, section: &Section) {
        for &block in &section.body {
            if self.kind(block) == BlockKind::List {
                self.list(block);
            }
        }
    }

    fn list(&mut self, list: usize) {
        // Lists in lists may be too many for calls in calls. The next one is last.
        let mut waiting: Vec<usize> = self.tree.children(Some(list)).collect();
        waiting.reverse();
        while let Some(item) = waiting.pop() {
            match self.label_list(item) {
                Some(lists) => {
                    let items = lists.into_iter().rev().flat_map(|list| {
                        let items: Vec<_> = self.tree.children(Some(list)).collect();
                        items.into_iter().rev()
                    });
                    waiting.extend(items);
                }
                None => self.push(item, item, Strategy::ListItem),
            }
        }
    }

    /// The lists under an item that is only their label: short, without a link and without a sentence's end.
    fn label_list(&self, item: usize) -> Option<Vec<usize>> {
        let children: Vec<_> = self.tree.children(Some(item)).collect();
        let (label, rest) = children.split_first()?;
        let is_label = self.tree.blocks[*label].is_unit()
            && !rest.is_empty()
            && rest.iter().all(|&b| self.kind(b) == BlockKind::List)
            && rest.iter().any(|&b| self.tree.has_link(b))
            && !self.tree.has_link(*label);
        let words = self.text[self.tree.blocks[*label].span()].trim();
        (is_label && words.chars().count() <= 80 && !words.ends_with(['.', '!', '?'])).then(|| rest.to_vec())
    }

    fn tables(&mut self, section: &Section) {
        for &block in &section.body {
            if self.kind(block) == BlockKind::Table {
                self.table(block);
            }
        }
    }

    fn table(&mut self, table: usize) {
        for row in self.tree.children(Some(table)).collect::<Vec<_>>() {
            if self.kind(row) == BlockKind::Row && self.tree.units_in(row).any(|cell| !self.tree.blocks[cell].inlines().is_empty()) {
                self.push(row, row, Strategy::TableRow);
            }
        }
    }

    fn records(&mut self, section: &Section) {
        for &block in &section.body {
            if bullets::record_lines(self.text, self.tree, block).is_some() {
                let before = self.items.len();
                self.push(block, block, Strategy::Record);
                if let Some(item) = self.items.get_mut(before) {
                    item.record = true;
                    // The underline of `Key: value` lines above a rule is no part of them.
                    item.end = bullets::record_lines(self.text, self.tree, block).map_or(item.end, |end| end);
                }
            }
        }
    }

    fn pseudo_bullets(&mut self, section: &Section) {
        for &block in &section.body {
            self.bulleted_lines(block);
        }
    }

    /// The bulleted lines of a paragraph, if it has such.
    fn bulleted_lines(&mut self, block: usize) {
        for span in bullets::lines(self.text, self.tree, block).unwrap_or_default() {
            self.items.push(Item { start: span.start, end: span.end, strategy: Strategy::PseudoBullet, record: false, flat: true });
        }
    }

    fn blocks(&mut self, section: &Section) {
        for &block in &section.body {
            if self.tree.units_in(block).next().is_some() {
                self.push(block, block, Strategy::Block);
            }
        }
    }

    fn push(&mut self, first: usize, last: usize, strategy: Strategy) {
        let start = self.tree.blocks[first].start as usize;
        let whole = &self.text[start..self.tree.blocks[last].end as usize];
        let end = start + without_empty_lines(whole).len();
        let end = if end == start { start + whole.len() } else { end };
        self.items.push(Item { start, end, strategy, record: false, flat: false });
    }
}

/// Without the blanks at the end and the lines there that are only marks of a quote.
fn without_empty_lines(text: &str) -> &str {
    let mut rest = text.trim_end_matches(BLANKS);
    while rest.ends_with('>') {
        let line = rest.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        if !rest[line..].trim_matches(BLANKS).bytes().all(|byte| matches!(byte, b'>' | b' ' | b'\t')) {
            break;
        }
        rest = rest[..line].trim_end_matches(BLANKS);
    }
    rest
}

const BLANKS: [char; 4] = ['\n', '\r', ' ', '\t'];
