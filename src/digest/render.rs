//! An accepted reply back into Markdown: escaped where its words would be read as markup, its emphasis kept alive before
//! Korean particles, and parsed again to see that it reads as meant.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::inline::{Mark, Marked, Sense};
use super::markdown::{self, Labels};
use super::reply::{Piece, ReplyFault};
use super::tree::{InlineKind, Tag, Tree};
use super::{Digest, Format, Segment};
use crate::korean::particle;

/// Writes `pieces` as the bytes that replace `segment`.
pub(crate) fn render(digest: &Digest<'_>, segment: &Segment, marked: &Marked, pieces: Vec<Piece>) -> Result<String, ReplyFault> {
    let mut draft = Draft { pieces, marks: marked.marks.clone(), comments: false };
    if digest.format == Format::Plain {
        return Ok(draft.write(&Escapes::none(), false).0);
    }
    let place = Surroundings::of(digest, segment);
    let mut escapes = Escapes { always: &marked.escaped, classes: String::new(), line_start: false };
    if place.cell {
        escapes.classes.push('|');
    }
    let attempts: [fn(&mut Draft); 5] =
        [|_| {}, Draft::use_asterisks, Draft::links_outward, Draft::particles_inward, |d| d.comments = true];
    for repair in attempts {
        repair(&mut draft);
        if let Some(text) = draft.escape_as_needed(&place, &escapes, digest.tree.labels()) {
            return Ok(text);
        }
    }
    Err(ReplyFault::Markup)
}

/// Which characters of the words get a backslash.
#[derive(Clone)]
struct Escapes<'m> {
    /// Characters that the English file escapes too, as it writes them.
    always: &'m [(char, String)],
    /// Further characters.
    classes: String,
    /// Whether a beginning that looks like a block (`1.`, `-`, `#`) is broken.
    line_start: bool,
}

impl Escapes<'_> {
    fn none() -> Self {
        Self { always: &[], classes: String::new(), line_start: false }
    }

    fn write(&self, words: &str, out: &mut String) {
        for c in words.chars() {
            if let Some((_, written)) = self.always.iter().find(|(known, _)| *known == c) {
                out.push_str(written);
            } else if self.classes.contains(c) {
                match c {
                    '<' => out.push_str("&lt;"),
                    '&' => out.push_str("&amp;"),
                    _ => {
                        out.push('\\');
                        out.push(c);
                    }
                }
            } else {
                out.push(c);
            }
        }
    }
}

/// A reply on its way to becoming text.
struct Draft {
    pieces: Vec<Piece>,
    marks: Vec<Mark>,
    /// Whether an empty comment parts emphasis from the letters it touches.
    comments: bool,
}

impl Draft {
    /// The text, and the same text for parsing alone: there a line break has no container prefix behind it.
    fn write(&self, escapes: &Escapes<'_>, guard: bool) -> (String, String) {
        let (mut text, mut alone) = (String::new(), String::new());
        for (index, piece) in self.pieces.iter().enumerate() {
            let from = text.len();
            match piece {
                Piece::Words(words) => escapes.write(words, &mut text),
                Piece::Open(mark) => {
                    if guard && self.is_emphasis(*mark) && self.letter_before(index) {
                        text.push_str("<!-- -->");
                    }
                    text.push_str(&self.marks[*mark].open);
                }
                Piece::Close(mark) => {
                    text.push_str(self.marks[*mark].close.as_deref().unwrap_or_default());
                    if guard && self.is_emphasis(*mark) && self.letter_after(index) {
                        text.push_str("<!-- -->");
                    }
                }
                Piece::Thing(mark) => text.push_str(&self.marks[*mark].open),
            }
            match piece {
                Piece::Thing(mark) if self.marks[*mark].sense == Sense::Break => {
                    let line = text[from..].find(['\n', '\r']).map_or(text.len(), |at| from + at);
                    alone.push_str(&text[from..line]);
                    alone.push('\n');
                }
                _ => alone.push_str(&text[from..]),
            }
        }
        if escapes.line_start {
            for text in [&mut text, &mut alone] {
                escape_line_start(text);
            }
        }
        (text, alone)
    }

    /// The text with as few escapes as let it read as meant, or nothing when no escaping helps.
    fn escape_as_needed(&self, place: &Surroundings, base: &Escapes<'_>, labels: &Labels) -> Option<String> {
        let expected = self.expected(place);
        let footnotes = self.footnotes();
        let wholes: HashSet<_> =
            self.marks.iter().filter(|mark| matches!(mark.sense, Sense::Whole(_))).map(|mark| mark.open.as_str()).collect();
        let attempt = |escapes: &Escapes<'_>| {
            let (text, alone) = self.write(escapes, self.comments);
            (place.read(&alone, &footnotes, &wholes, labels)? == expected).then_some(text)
        };
        if let Some(text) = attempt(base) {
            return Some(text);
        }
        for class in ["<", "&", "*", "_", "[]", "~", "$", "`", "\\", ""] {
            let mut one = base.clone();
            one.classes.push_str(class);
            one.line_start = class.is_empty();
            if let Some(text) = attempt(&one) {
                return Some(text);
            }
        }
        let mut all = base.clone();
        all.classes.push_str("<&*_[]~$`\\!");
        all.line_start = true;
        attempt(&all)
    }

    fn is_emphasis(&self, mark: usize) -> bool {
        matches!(self.marks[mark].sense, Sense::Pair(Tag::Emphasis | Tag::Strong | Tag::Strike, _))
    }

    fn letter_after(&self, index: usize) -> bool {
        matches!(self.pieces.get(index + 1), Some(Piece::Words(words)) if words.starts_with(char::is_alphanumeric))
    }

    fn letter_before(&self, index: usize) -> bool {
        matches!(index.checked_sub(1).and_then(|i| self.pieces.get(i)), Some(Piece::Words(words)) if words.ends_with(char::is_alphanumeric))
    }

    /// `_x_는` is no emphasis, `*x*는` is.
    fn use_asterisks(&mut self) {
        for mark in &mut self.marks {
            if matches!(mark.sense, Sense::Pair(Tag::Emphasis | Tag::Strong, _)) {
                mark.open = mark.open.replace('_', "*");
                mark.close = mark.close.take().map(|close| close.replace('_', "*"));
            }
        }
    }

    /// `**[t](u)**는` becomes `[**t**](u)는`.
    fn links_outward(&mut self) {
        let mut ends = vec![None; self.marks.len()];
        for (index, piece) in self.pieces.iter().enumerate() {
            if let Piece::Close(mark) = piece {
                ends[*mark] = Some(index);
            }
        }
        for index in 0..self.pieces.len().saturating_sub(1) {
            let (Piece::Open(outer), Piece::Open(inner)) = (&self.pieces[index], &self.pieces[index + 1]) else { continue };
            let (outer, inner) = (*outer, *inner);
            let is_link = matches!(self.marks[inner].sense, Sense::Pair(Tag::Link, _));
            let Some(end) = ends[inner] else { continue };
            if is_link && self.is_emphasis(outer) && self.pieces.get(end + 1) == Some(&Piece::Close(outer)) && self.letter_after(end + 1) {
                self.pieces.swap(index, index + 1);
                self.pieces.swap(end, end + 1);
                ends.swap(outer, inner);
            }
        }
    }

    /// `**GPT-4(터보)**는` becomes `**GPT-4(터보)는**`, where what follows is a particle and nothing else.
    fn particles_inward(&mut self) {
        let mut pieces = Vec::with_capacity(self.pieces.len());
        let mut rest = std::mem::take(&mut self.pieces).into_iter().peekable();
        while let Some(piece) = rest.next() {
            if let Piece::Close(mark) = piece
                && self.is_emphasis(mark)
                && let Some(Piece::Words(words)) = rest.peek_mut()
                && words.starts_with(char::is_alphanumeric)
            {
                let length = words.find(|c: char| !c.is_alphanumeric()).unwrap_or(words.len());
                if particle::is_particle(&words[..length]) {
                    let after = words.split_off(length);
                    let particle = std::mem::replace(words, after);
                    pieces.push(Piece::Words(particle));
                    pieces.push(piece);
                    rest.next_if(|piece| matches!(piece, Piece::Words(words) if words.is_empty()));
                    continue;
                }
            }
            pieces.push(piece);
        }
        self.pieces = pieces;
    }

    /// Definitions for the footnotes that the text refers to: without one, a reference is plain text.
    fn footnotes(&self) -> String {
        let mut out = String::new();
        for mark in &self.marks {
            if let Sense::Thing(bytes) = &mark.sense
                && bytes.starts_with("[^")
            {
                let _ = write!(out, "\n\n{bytes}: x");
            }
        }
        out
    }

    /// How the text must read.
    fn expected(&self, place: &Surroundings) -> Vec<Node> {
        let mut nodes = Nodes::default();
        nodes.words(&place.lead_words);
        for tag in &place.around {
            nodes.push(Node::Open(*tag));
        }
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => nodes.words(words),
                Piece::Open(mark) | Piece::Close(mark) => {
                    let Sense::Pair(tag, _) = &self.marks[*mark].sense else { continue };
                    nodes.push(if matches!(piece, Piece::Open(_)) { Node::Open(*tag) } else { Node::Close });
                }
                Piece::Thing(mark) => nodes.sense(&self.marks[*mark].sense),
            }
        }
        for _ in &place.around {
            nodes.push(Node::Close);
        }
        nodes.finish()
    }
}

/// The part of the unit around a segment that decides how its text is parsed.
struct Surroundings {
    cell: bool,
    /// A word before it where it does not begin its unit, so that it cannot begin a block.
    lead_words: String,
    /// Opening and closing bytes of the pairs that the segment stands in.
    before: String,
    after: String,
    around: Vec<Tag>,
}

impl Surroundings {
    fn of(digest: &Digest<'_>, segment: &Segment) -> Self {
        let pairs = digest.pairs_around(segment);
        let mut before = String::new();
        let mut after = String::new();
        let mut around = Vec::new();
        for (tag, span) in pairs {
            match tag {
                Tag::Link => {
                    before.push('[');
                    after.insert_str(0, "](x)");
                }
                _ => {
                    let length = super::inline::opening_length(tag, &digest.text[span.clone()]);
                    before.push_str(&digest.text[span.start..span.start + length]);
                    after.insert_str(0, &digest.text[span.end - length..span.end]);
                }
            }
            around.push(tag);
        }
        let lead_words = if digest.begins_unit(segment) { "" } else { "x " }.to_owned();
        Self { cell: digest.in_cell(segment), lead_words, before, after, around }
    }

    /// Parses `text` in these surroundings; nothing when it is no longer one block.
    fn read(&self, text: &str, footnotes: &str, wholes: &HashSet<&str>, labels: &Labels) -> Option<Vec<Node>> {
        let line = format!("{}{}{text}{}", self.lead_words, self.before, self.after);
        let document = if self.cell { format!("|{line}|\n|-|{footnotes}") } else { format!("{line}{footnotes}") };
        let tree = markdown::parse_piece(&document, labels);
        let body = document.len() - footnotes.len();
        let mut units = (0..tree.blocks.len()).filter(|b| tree.blocks[*b].is_unit() && (tree.blocks[*b].start as usize) < body);
        let unit = units.next()?;
        let others = tree.blocks.iter().filter(|b| (b.start as usize) < body).count();
        let alone = units.next().is_none() && others == if self.cell { 3 } else { 1 };
        alone.then(|| nodes_of(&document, &tree, unit, wholes))
    }
}

/// What a reader of the Markdown meets, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    Words(String),
    Open(Tag),
    Close,
    Thing(String),
}

#[derive(Default)]
struct Nodes(Vec<Node>);

impl Nodes {
    fn words(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if let Some(Node::Words(last)) = self.0.last_mut() {
            last.push_str(words);
        } else {
            self.0.push(Node::Words(words.to_owned()));
        }
    }

    fn push(&mut self, node: Node) {
        self.0.push(node);
    }

    fn sense(&mut self, sense: &Sense) {
        match sense {
            Sense::Text(text) => self.fixed(text),
            Sense::Break => self.push(Node::Thing("\n".to_owned())),
            Sense::Thing(bytes) | Sense::Image(bytes) | Sense::Whole(bytes) => self.push(Node::Thing(bytes.clone())),
            Sense::Pair(..) => {}
        }
    }

    /// Text that must stay; an entity or an address in angle brackets is not the text that it is spelt with.
    fn fixed(&mut self, text: &str) {
        if (text.starts_with('&') && text.ends_with(';')) || text.starts_with('<') {
            self.push(Node::Thing(text.to_owned()));
        } else {
            self.words(text);
        }
    }

    /// Blanks folded, none at either end.
    fn finish(mut self) -> Vec<Node> {
        for node in &mut self.0 {
            if let Node::Words(words) = node {
                *words = words.split([' ', '\t', '\n', '\r']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
            }
        }
        self.0.retain(|node| !matches!(node, Node::Words(words) if words.is_empty()));
        self.0
    }
}

/// The nodes of a parsed unit; links whose bytes are among `wholes` count as one thing.
fn nodes_of(text: &str, tree: &Tree<'_>, unit: usize, wholes: &HashSet<&str>) -> Vec<Node> {
    let mut nodes = Nodes::default();
    let inlines = tree.inlines_of(unit);
    let mut next = 0;
    while let Some(inline) = inlines.get(next) {
        let bytes = &text[inline.span()];
        match inline.kind {
            InlineKind::Text => nodes.words(bytes),
            InlineKind::Fixed | InlineKind::Address(_) => nodes.fixed(bytes),
            InlineKind::Entity(c) => nodes.words(c.encode_utf8(&mut [0; 4])),
            InlineKind::Soft => nodes.words(" "),
            InlineKind::Hard => nodes.push(Node::Thing("\n".to_owned())),
            InlineKind::Html if bytes == "<!-- -->" => {}
            InlineKind::Code | InlineKind::Math | InlineKind::Html | InlineKind::Image | InlineKind::Footnote | InlineKind::Task => {
                nodes.push(Node::Thing(bytes.to_owned()));
            }
            InlineKind::Open(Tag::Link, _) => {
                if wholes.contains(bytes) {
                    nodes.push(Node::Thing(bytes.to_owned()));
                    next = super::inline::closing(inlines, next).unwrap_or(next);
                } else {
                    nodes.push(Node::Open(Tag::Link));
                }
            }
            InlineKind::Open(tag, _) => nodes.push(Node::Open(tag)),
            InlineKind::Close(..) => nodes.push(Node::Close),
        }
        next += 1;
    }
    nodes.finish()
}

/// Puts a backslash where the line would begin a heading, a list, a quote, a rule or an underline.
fn escape_line_start(text: &mut String) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let at = match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => digits,
        Some(b'-' | b'+' | b'*' | b'#' | b'>' | b'=' | b'~' | b'`' | b':' | b'|') if digits == 0 => 0,
        _ => return,
    };
    text.insert(at, '\\');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(english: &str, reply: &str) -> String {
        let digest = Digest::parse(english, Format::Markdown, None);
        let segment = &digest.segments[0];
        digest.render(segment, &digest.marked(segment), reply).expect("a reply that fits")
    }

    #[test]
    fn every_particle_behind_emphasis_is_moved_into_it() {
        let english = "So **A (a)**, **B (b)**, **C (c)** and **D (d)** go.";
        let reply = "⟦1⟧가(a)⟦/1⟧는 ⟦2⟧나(b)⟦/2⟧와 ⟦3⟧다(c)⟦/3⟧와 ⟦4⟧라(d)⟦/4⟧로 간다.";
        assert_eq!(rendered(english, reply), "**가(a)는** **나(b)와** **다(c)와** **라(d)로** 간다.");
    }

    #[test]
    fn emphasis_around_links_is_moved_into_each() {
        let english = "So **[A (a)](u)** and **[B (b)](v)** go.";
        let reply = "⟦1⟧⟦2⟧가(a)⟦/2⟧⟦/1⟧는 ⟦3⟧⟦4⟧나(b)⟦/4⟧⟦/3⟧로 간다.";
        assert_eq!(rendered(english, reply), "[**가(a)**](u)는 [**나(b)**](v)로 간다.");
    }

    #[test]
    fn labels_are_known_in_any_case() {
        assert_eq!(rendered("A [word][Some  Label] here.\n\n[some label]: u\n", "⟦1⟧말⟦/1⟧이 여기"), "[말][Some  Label]이 여기");
    }
}
