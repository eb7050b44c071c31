//! Placeholders: a segment's markup as numbered marks, so that only words travel to a backend.
//!
//! `⟦1⟧…⟦/1⟧` stands around text that carries markup, `⟦2/⟧` in the place of something that must stay. A character of the
//! English text that could be taken for a mark is itself sent as a mark.

use crate::korean::hangul::is_letter;
use std::fmt::Write as _;

use super::tree::{Inline, InlineKind, LinkForm, Tag};
use super::{Digest, Segment};

/// A segment as it travels.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    /// Plain text with marks, on one line: line ends of the file are blanks.
    pub text: String,
    pub(crate) marks: Vec<Mark>,
    /// Characters that the file writes as an entity or with a backslash, as it writes them.
    pub(crate) escaped: Vec<(char, String)>,
}

/// What one mark stands for.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    /// The bytes of the thing, or of a pair's beginning.
    pub open: String,
    /// The bytes of a pair's end; none for a thing.
    pub close: Option<String>,
    pub sense: Sense,
}

/// What a mark means to a reader of Markdown: what must be found again when the result is parsed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sense {
    Pair(Tag, String),
    /// Code, math, HTML, a footnote reference: told by its bytes.
    Thing(String),
    /// An image: told by its bytes.
    Image(String),
    Break,
    /// Text that must stay; its bytes are read as text again.
    Text(String),
    /// A link without words of its own, taken whole.
    Whole(String),
}

impl Marked {
    /// Whether there is no mark in the text.
    pub fn is_plain(&self) -> bool {
        self.marks.is_empty()
    }
}

/// Puts a segment's text into its travelling form.
pub(crate) fn marked(digest: &Digest<'_>, segment: &Segment) -> Marked {
    let mut writer = Writer { digest, out: Marked::default(), open: Vec::new(), at: segment.start, after_break: false };
    let inlines = digest.inlines(segment);
    let mut next = 0;
    while next < inlines.len() {
        next = writer.inline(inlines, next, segment);
    }
    let trimmed = writer.out.text.trim_end().len();
    writer.out.text.truncate(trimmed);
    writer.out
}

struct Writer<'d, 't> {
    digest: &'d Digest<'t>,
    out: Marked,
    /// Numbers of the marks that are open.
    open: Vec<usize>,
    /// End of what was read.
    at: usize,
    after_break: bool,
}

impl Writer<'_, '_> {
    /// Reads the inline at `next` and gives the index of the one after it.
    fn inline(&mut self, inlines: &[Inline], next: usize, segment: &Segment) -> usize {
        let inline = inlines[next];
        let source = self.digest.text;
        let (start, end) = (inline.start as usize, inline.end as usize);
        match inline.kind {
            InlineKind::Text => {
                let (from, to) = (start.max(segment.start), end.min(segment.end));
                self.gap(from);
                self.words(&source[from..to]);
                self.at = to;
            }
            InlineKind::Entity(c) => {
                self.gap(start);
                self.escaped(c, &source[start..end]);
                self.out.text.push(c);
                self.at = end;
            }
            InlineKind::Soft => {
                self.blank();
                (self.at, self.after_break) = (end, true);
            }
            InlineKind::Hard => {
                let until = inlines.get(next + 1).map_or(end, |i| (i.start as usize).max(end)).min(segment.end.max(end));
                // The backslash of an escape in the next line is none of the break's.
                let until = until - usize::from(source[end..until].ends_with('\\'));
                self.thing(&source[start..until], Sense::Break);
                (self.at, self.after_break) = (until, false);
            }
            InlineKind::Fixed | InlineKind::Address(_) => {
                let piece = &source[start..end];
                self.gap(start);
                self.thing(piece, Sense::Text(piece.to_owned()));
                self.at = end;
            }
            InlineKind::Image => {
                self.gap(start);
                self.thing(&source[start..end], Sense::Image(source[start..end].to_owned()));
                self.at = end;
            }
            InlineKind::Code | InlineKind::Math | InlineKind::Html | InlineKind::Footnote | InlineKind::Task => {
                self.gap(start);
                self.thing(&source[start..end], Sense::Thing(source[start..end].to_owned()));
                self.at = end;
            }
            InlineKind::Open(tag, link) => {
                self.gap(start);
                if tag == Tag::Link
                    && let Some(close) = closing(inlines, next)
                    && !has_words(source, &inlines[next + 1..close])
                {
                    self.thing(&source[start..end], Sense::Whole(source[start..end].to_owned()));
                    self.at = end;
                    return close + 1;
                }
                self.begin(tag, link, start..end);
            }
            InlineKind::Close(tag, link) => self.finish(tag, link, inlines, next),
        }
        next + 1
    }

    /// The bytes between two inlines: the backslash of an escape, a line's prefix, or bytes that belong to the mark before.
    fn gap(&mut self, until: usize) {
        let gap = if self.at < until { &self.digest.text[self.at..until] } else { "" };
        // After a line end the gap is the containers' prefix, and perhaps an escape's backslash.
        let prefix = std::mem::take(&mut self.after_break);
        if gap == "\\" || (prefix && gap.ends_with('\\')) {
            if let Some(c) = self.digest.text[until..].chars().next() {
                self.escaped(c, &format!("\\{c}"));
            }
        } else if prefix || gap.bytes().all(|b| b == b' ' || b == b'\t') {
            if !gap.is_empty() && !prefix {
                self.blank();
            }
        } else {
            let piece = gap.to_owned();
            self.thing(&piece, Sense::Thing(piece.clone()));
        }
    }

    fn words(&mut self, words: &str) {
        let words = if self.out.text.is_empty() { words.trim_start_matches([' ', '\t']) } else { words };
        self.out.text.push_str(words);
    }

    fn blank(&mut self) {
        if !self.out.text.is_empty() && !self.out.text.ends_with(' ') {
            self.out.text.push(' ');
        }
    }

    fn escaped(&mut self, c: char, written: &str) {
        if !self.out.escaped.iter().any(|(known, _)| *known == c) {
            self.out.escaped.push((c, written.to_owned()));
        }
    }

    fn thing(&mut self, bytes: &str, sense: Sense) {
        self.out.marks.push(Mark { open: bytes.to_owned(), close: None, sense });
        let _ = write!(self.out.text, "⟦{}/⟧", self.out.marks.len());
    }

    fn begin(&mut self, tag: Tag, link: u32, span: crate::span::Span) {
        let source = &self.digest.text[span.clone()];
        let open = &source[..opening_length(tag, source)];
        let sense = Sense::Pair(tag, self.digest.address(link).unwrap_or_default().to_owned());
        self.out.marks.push(Mark { open: open.to_owned(), close: Some(String::new()), sense });
        self.open.push(self.out.marks.len());
        let _ = write!(self.out.text, "⟦{}⟧", self.out.marks.len());
        self.at = span.start + open.len();
    }

    fn finish(&mut self, tag: Tag, link: u32, inlines: &[Inline], next: usize) {
        let Some(number) = self.open.pop() else { return };
        let inline = inlines[next];
        let (inner, close) = closing_bytes(self.digest, tag, link, inline, self.at);
        self.gap(inner);
        self.after_break = false;
        let _ = write!(self.out.text, "⟦/{number}⟧");
        self.out.marks[number - 1].close = Some(close);
        self.at = inline.end as usize;
    }
}

/// Bytes of a pair's opening mark.
pub(crate) fn opening_length(tag: Tag, source: &str) -> usize {
    match tag {
        Tag::Strong => 2,
        Tag::Strike => source.bytes().take_while(|b| *b == b'~').count().min(2),
        Tag::Emphasis | Tag::Link => 1,
    }
}

/// Where a pair's inside ends, and its closing bytes; `inside_end` is the end of its last child.
pub(crate) fn closing_bytes(digest: &Digest<'_>, tag: Tag, link: u32, pair: Inline, inside_end: usize) -> (usize, String) {
    let source = &digest.text[pair.span()];
    let end = pair.end as usize;
    if tag != Tag::Link {
        let inner = end - opening_length(tag, source);
        return (inner, digest.text[inner..end].to_owned());
    }
    let inner = digest.text[inside_end..end].find(']').map_or(inside_end, |bracket| inside_end + bracket);
    let close = match digest.tree.links.get(link as usize).map(|l| l.form) {
        // The text was the label: once it changes, the label must be named.
        Some(LinkForm::Label) => format!("][{}]", &digest.text[pair.start as usize + 1..inner]),
        _ => digest.text[inner..end].to_owned(),
    };
    (inner, close)
}

/// Index of the `Close` that ends the pair opened at `open`; none where the inlines end inside the pair.
pub(crate) fn closing(inlines: &[Inline], open: usize) -> Option<usize> {
    let mut depth = 0;
    inlines[open..]
        .iter()
        .position(|inline| {
            match inline.kind {
                InlineKind::Open(..) => depth += 1,
                InlineKind::Close(..) => depth -= 1,
                _ => {}
            }
            depth == 0
        })
        .map(|steps| open + steps)
}

/// For each inline the one that ends its pair, as [`closing`] finds it, counted from the first; of others it says nothing.
pub(crate) fn closings(inlines: &[Inline]) -> Vec<Option<usize>> {
    let mut closings = vec![None; inlines.len()];
    let mut open = Vec::new();
    for (index, inline) in inlines.iter().enumerate() {
        match inline.kind {
            InlineKind::Open(..) => open.push(index),
            InlineKind::Close(..) => {
                if let Some(open) = open.pop() {
                    closings[open] = Some(index);
                }
            }
            _ => {}
        }
    }
    closings
}

/// Whether any of the inlines holds a letter that can be translated.
pub(crate) fn has_words(text: &str, inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| inline.kind == InlineKind::Text && text[inline.span()].chars().any(is_letter))
}
