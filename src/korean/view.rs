//! A text as a reader sees it, and where each part of it stands in the file: what finders and checks read.
//!
//! Markup is left out, so that a term and the particle after its closing mark stand side by side, and syllables are composed, so that
//! NFC and NFD read alike.

use std::ops::Range;

use memchr::memchr3_iter;
use unicode_normalization::char::compose;

use super::hangul::{characters, composed, decomposed};
use crate::span::Span;

/// Stands in a view for something that has no words: an address, an image, a formula.
pub const OBJECT: char = '\u{FFFC}';

/// A readable text over a file. Ranges are byte offsets into [`View::text`], half-open; spans are bytes of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The text, composed.
    pub text: String,
    runs: Vec<Run>,
    hidden: Vec<Range<usize>>,
}

/// A stretch of the view and its bytes in the file: letter for letter where both are as long, else one character for the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    view: u32,
    file: u32,
    file_end: u32,
}

impl View {
    /// The view of a text without markup.
    pub fn of(text: &str) -> Self {
        let mut view = Self::default();
        view.push(text, 0);
        view
    }

    /// A view with room for so many bytes of text in so many pieces.
    pub fn with_room(bytes: usize, pieces: usize) -> Self {
        Self { text: String::with_capacity(bytes), runs: Vec::with_capacity(pieces), hidden: Vec::new() }
    }

    /// Adds words that stand at byte `at` of the file as they read.
    pub fn push(&mut self, words: &str, at: usize) {
        if words.is_empty() {
            return;
        }
        if is_composed(words) {
            self.run(at, at + words.len());
            self.text.push_str(words);
            return;
        }
        for (c, span) in characters(words) {
            let merged = self.text.chars().next_back().filter(|_| is_mark(c)).and_then(|last| compose(last, c));
            if let (Some(merged), Some(run)) = (merged, self.runs.last_mut()) {
                self.text.pop();
                self.text.push(merged);
                run.file_end = (at + span.end) as u32;
                continue;
            }
            self.run(at + span.start, at + span.end);
            self.text.push(c);
        }
    }

    /// Adds code or the like: it is seen, as the host of a particle, and never searched.
    pub fn push_hidden(&mut self, words: &str, at: usize) {
        let start = self.text.len();
        self.push(words, at);
        self.hidden.push(start..self.text.len());
    }

    /// Adds one character that the bytes `span` stand for.
    pub fn push_char(&mut self, c: char, span: Span) {
        self.run(span.start, span.end);
        self.text.push(c);
    }

    /// The bytes of the file from the first to the last byte of `range`, markup between them included; an empty range stands behind
    /// the character before it.
    pub fn span(&self, range: Range<usize>) -> Span {
        if range.is_empty() {
            let at = if range.start == 0 { self.start(0) } else { self.end(range.start) };
            return at..at;
        }
        self.start(range.start)..self.end(range.end)
    }

    /// The range of the view whose characters begin in some bytes of the file.
    pub fn range(&self, span: &Span) -> Range<usize> {
        let start = self.at(span.start);
        start..self.at(span.end).max(start)
    }

    /// Whether the range stands in the file as one piece, with no markup between its characters.
    pub fn is_whole(&self, range: Range<usize>) -> bool {
        if range.is_empty() {
            return true;
        }
        let (first, last) = (self.index(range.start), self.index(range.end - 1));
        self.runs[first..=last].windows(2).all(|pair| pair[0].file_end == pair[1].file)
    }

    /// Whether any of the range is hidden.
    pub fn is_hidden(&self, range: Range<usize>) -> bool {
        let at = self.hidden.partition_point(|hidden| hidden.end <= range.start);
        self.hidden.get(at).is_some_and(|hidden| hidden.start < range.end)
    }

    /// The code and the like in the text, in order.
    pub fn hidden(&self) -> &[Range<usize>] {
        &self.hidden
    }

    /// `new` as the file would write it in the place of `span`: decomposed where the text there is.
    pub fn written_like(new: &str, old: &str) -> String {
        if composed(old) == old { new.to_owned() } else { decomposed(new) }
    }

    fn run(&mut self, file: usize, file_end: usize) {
        self.runs.push(Run { view: self.text.len() as u32, file: file as u32, file_end: file_end as u32 });
    }

    /// Where the first character that begins at byte `at` of the file, or after it, stands in the view.
    fn at(&self, at: usize) -> usize {
        let after = self.runs.partition_point(|run| run.file as usize <= at);
        let Some(index) = after.checked_sub(1) else { return 0 };
        let run = self.runs[index];
        let end = self.runs.get(after).map_or(self.text.len(), |next| next.view as usize);
        match at - run.file as usize {
            0 => run.view as usize,
            inside if self.is_literal(index) => self.text.ceil_char_boundary((run.view as usize + inside).min(end)),
            _ => end,
        }
    }

    /// The run that holds byte `at` of the view.
    fn index(&self, at: usize) -> usize {
        self.runs.partition_point(|run| run.view as usize <= at).saturating_sub(1)
    }

    fn start(&self, at: usize) -> usize {
        let Some(run) = self.runs.get(self.index(at)) else { return 0 };
        if self.is_literal(self.index(at)) { run.file as usize + at - run.view as usize } else { run.file as usize }
    }

    fn end(&self, at: usize) -> usize {
        let index = self.index(at - 1);
        let Some(run) = self.runs.get(index) else { return 0 };
        if self.is_literal(index) { run.file as usize + at - run.view as usize } else { run.file_end as usize }
    }

    fn is_literal(&self, index: usize) -> bool {
        let run = self.runs[index];
        let view_end = self.runs.get(index + 1).map_or(self.text.len(), |next| next.view as usize);
        view_end - run.view as usize == (run.file_end - run.file) as usize
    }
}

/// Whether the text holds no decomposed syllable and no combining mark: told by bytes, because almost no text does.
pub fn is_composed(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The first bytes of U+0300 to U+037F and of U+1000 to U+1FFF.
    !memchr3_iter(0xCC, 0xCD, 0xE1, bytes).any(|at| bytes[at] != 0xE1 || matches!(bytes.get(at + 1), Some(0x84..=0x87)))
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_file_through_markup() {
        // `**안장점**을 &amp; x`
        let mut view = View::default();
        view.push("안장점", 2);
        view.push("을 ", 13);
        view.push_char('&', 17..22);
        view.push(" x", 22);
        assert_eq!(view.text, "안장점을 & x");
        assert_eq!(view.span(0..9), 2..11);
        assert_eq!(view.span(3..6), 5..8);
        assert_eq!(view.span(0..12), 2..16);
        assert_eq!(view.span(13..14), 17..22);
        assert_eq!(view.span(9..9), 11..11);
        assert!(view.is_whole(0..9) && view.is_whole(9..16) && !view.is_whole(6..12));
        for (span, words) in
            [(0..24, "안장점을 & x"), (2..11, "안장점"), (5..13, "장점"), (11..17, "을 "), (17..22, "&"), (18..24, " x"), (24..30, "")]
        {
            assert_eq!(&view.text[view.range(&span)], words, "{span:?}");
        }
    }

    #[test]
    fn decomposed_text_reads_composed_and_keeps_its_bytes() {
        let nfd = decomposed("각을 é");
        let view = View::of(&nfd);
        assert_eq!(view.text, "각을 é");
        assert_eq!(view.span(0..3), 0..9);
        assert_eq!(view.span(3..6), 9..18);
        let marked = View::of("e\u{301}x 각");
        assert_eq!(marked.text, "éx 각");
        assert_eq!((marked.span(0..2), marked.span(2..3)), (0..3, 3..4));
        assert_eq!(View::written_like("점", &nfd), decomposed("점"));
        assert_eq!(View::written_like("점", "각"), "점");
    }

    #[test]
    fn hidden_stretches_are_known() {
        let mut view = View::of("가 ");
        view.push_hidden("`나`", 4);
        view.push("를", 9);
        assert!(!view.is_hidden(0..4) && view.is_hidden(4..5) && view.is_hidden(8..11) && !view.is_hidden(9..12));
    }
}
