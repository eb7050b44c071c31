//! Text in styles, broken into lines by the width it takes on a terminal.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::visible::{is_hidden, visible};

/// How a piece of text looks: what it means, not which colour it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// As it is.
    #[default]
    Plain,
    /// A label, a name.
    Strong,
    /// What is less important.
    Faint,
    /// What the editor took out.
    Delete,
    /// What the editor put in.
    Insert,
    /// A fault that must be mended.
    Error,
    /// A fault to look at.
    Warning,
    /// What may be bettered.
    Hint,
    /// A key to press.
    Key,
}

/// A piece of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// How it looks.
    pub style: Style,
    /// The text: no line ends, no control characters.
    pub text: String,
}

/// One line of a terminal.
pub type Line = Vec<Span>;

impl Span {
    /// A piece of text in a style.
    pub fn new(style: Style, text: impl Into<String>) -> Self {
        Self { style, text: text.into() }
    }
}

/// Breaks text into lines for a terminal `width` columns wide, behind a label that later lines leave blank.
///
/// A line is broken at spaces, which go with the break, and a word that is longer than a line between what a reader sees as letters. A
/// letter that is itself wider than a line, such as a run of leading jamo, is broken between its characters. One column stays free: some
/// terminals draw `…`, `—` and `·` two columns wide. A label that would take more than half of the width, or leave no room for a letter, is
/// put on a line of its own. Line ends break the line, and what a terminal would obey is made visible.
pub fn wrap(spans: &[Span], width: usize, label: &[Span]) -> Vec<Line> {
    let width = width.saturating_sub(SPARE).max(WIDEST);
    let hang = label.iter().map(|span| columns(&visible(&span.text))).sum::<usize>();
    if 2 * hang > width || hang + WIDEST > width {
        let mut lines = Filler::new(width, 0).fill(label);
        lines.append(&mut Filler::new(width, 0).fill(spans));
        return lines;
    }
    let mut lines = Filler::new(width, hang).fill(spans);
    if let Some(first) = lines.first_mut() {
        // In place of the blanks.
        first.splice(..usize::from(hang > 0), label.iter().cloned());
    }
    lines
}

/// How many columns a terminal takes for a text without control characters.
pub fn columns(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The columns that a line leaves free.
const SPARE: usize = 1;

/// A letter that is two columns wide has to have room.
const WIDEST: usize = 2;

/// Lines as they are filled.
struct Filler {
    width: usize,
    hang: usize,
    lines: Vec<Line>,
    /// The columns that are taken of the last line.
    taken: usize,
    /// Blanks that stand behind it, if something more comes on the line.
    blanks: Vec<Piece>,
    /// The word that is being read.
    word: Vec<Piece>,
}

/// A letter as a reader sees it.
struct Piece {
    style: Style,
    text: String,
    columns: usize,
}

impl Filler {
    fn new(width: usize, hang: usize) -> Self {
        let mut filler = Self { width, hang, lines: Vec::new(), taken: 0, blanks: Vec::new(), word: Vec::new() };
        filler.begin();
        filler
    }

    fn fill(mut self, spans: &[Span]) -> Vec<Line> {
        for span in spans {
            for text in span.text.graphemes(true) {
                self.take(span.style, text);
            }
        }
        self.end_word();
        self.lines
    }

    fn take(&mut self, style: Style, text: &str) {
        let piece = |text: &str| Piece { style, text: text.to_owned(), columns: text.width() };
        if matches!(text, "\n" | "\r\n") {
            self.end_word();
            self.begin();
        } else if text == "\t" || text.chars().all(is_breaking_blank) {
            self.end_word();
            self.blanks.push(piece(if text == "\t" { " " } else { text }));
        } else {
            match visible(text) {
                Cow::Borrowed(text) if text.width() > self.width - self.hang => self.word.extend(narrow_parts(text).map(piece)),
                Cow::Borrowed(text) => self.word.push(piece(text)),
                Cow::Owned(shown) => self.word.extend(shown.graphemes(true).map(piece)),
            }
        }
    }

    /// Puts the word on the line, or on the next one where that makes room.
    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if word.is_empty() {
            return;
        }
        let columns = |pieces: &[Piece]| pieces.iter().map(|piece| piece.columns).sum::<usize>();
        let (long, before) = (columns(&word), columns(&self.blanks));
        let is_begun = self.taken > self.hang;
        if self.taken + before + long > self.width
            && (is_begun && self.hang + long <= self.width || self.taken + before + WIDEST > self.width)
        {
            self.begin();
        }
        for piece in std::mem::take(&mut self.blanks).into_iter().chain(word) {
            if self.taken + piece.columns > self.width && self.taken > self.hang {
                self.begin();
            }
            self.push(piece);
        }
    }

    fn begin(&mut self) {
        self.blanks.clear();
        self.taken = self.hang;
        let hang = (self.hang > 0).then(|| Span::new(Style::Plain, " ".repeat(self.hang)));
        self.lines.push(hang.into_iter().collect());
    }

    fn push(&mut self, piece: Piece) {
        self.taken += piece.columns;
        let Some(line) = self.lines.last_mut() else { return };
        // The first span of a line that hangs is its blanks.
        let first = usize::from(self.hang > 0);
        match line.get_mut(first..).and_then(<[Span]>::last_mut) {
            Some(last) if last.style == piece.style => last.text.push_str(&piece.text),
            _ => line.push(Span { style: piece.style, text: piece.text }),
        }
    }
}

/// The characters of a letter, each with those behind it that take no column of their own.
fn narrow_parts(letter: &str) -> impl Iterator<Item = &str> {
    let mut rest = letter;
    std::iter::from_fn(move || {
        let takes_room = |c: char| UnicodeWidthChar::width(c).is_some_and(|columns| columns > 0);
        let first = rest.chars().next()?.len_utf8();
        let end = rest[first..].find(takes_room).map_or(rest.len(), |at| first + at);
        let (part, after) = rest.split_at(end);
        rest = after;
        Some(part)
    })
}

/// A blank at which a line may be broken.
fn is_breaking_blank(c: char) -> bool {
    c.is_whitespace() && !is_hidden(c) && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.iter().map(|span| span.text.as_str()).collect()).collect()
    }

    fn wrapped(text: &str, width: usize, label: &str) -> Vec<String> {
        let label = if label.is_empty() { vec![] } else { vec![Span::new(Style::Strong, label)] };
        plain(&wrap(&[Span::new(Style::Plain, text)], width, &label))
    }

    #[test]
    fn lines_are_broken_at_blanks_and_hang_behind_their_label() {
        assert_eq!(wrapped("모델은 아주 큰 자료로 배웠다", 16, "EN  "), ["EN  모델은 아주", "    큰 자료로", "    배웠다"]);
        assert_eq!(wrapped("짧다", 16, ""), ["짧다"]);
        assert_eq!(wrapped("", 16, "MT  "), ["MT  "]);
        assert_eq!(wrapped("하나\n둘", 16, "MT  "), ["MT  하나", "    둘"]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken_between_letters() {
        assert_eq!(wrapped("가나다라마바사", 8, ""), ["가나다", "라마바", "사"]);
        assert_eq!(wrapped("https://a.kr/b", 10, ""), ["https://a", ".kr/b"]);
        let decomposed = "\u{1112}\u{1161}\u{11ab}".repeat(3);
        assert_eq!(wrapped(&decomposed, 6, ""), ["\u{1112}\u{1161}\u{11ab}".repeat(2), "\u{1112}\u{1161}\u{11ab}".to_owned()]);
        assert_eq!(wrapped("👩\u{200d}💻👩\u{200d}💻", 4, ""), ["👩\u{200d}💻", "👩\u{200d}💻"]);
    }

    #[test]
    fn a_letter_wider_than_the_room_beside_its_label_is_broken_between_characters() {
        let leading = "\u{1112}".repeat(4);
        assert_eq!(wrapped(&leading, 10, "A "), [format!("A {}", "\u{1112}".repeat(3)), format!("  {}", "\u{1112}")]);
        assert_eq!(wrapped(&format!("글{leading}"), 10, "A "), ["A 글\u{1112}\u{1112}", "  \u{1112}\u{1112}"]);
        assert_eq!(wrapped(&leading, 10, ""), [leading.as_str()], "it has room on a line of its own");
        let long = "\u{1112}".repeat(9);
        assert_eq!(wrapped(&long, 10, ""), ["\u{1112}".repeat(4), "\u{1112}".repeat(4), "\u{1112}".to_owned()]);
        assert_eq!(wrapped("\u{1112}\u{301}\u{1112}\u{301}", 3, ""), ["\u{1112}\u{301}", "\u{1112}\u{301}"]);
    }

    #[test]
    fn a_label_that_leaves_no_room_for_a_letter_has_its_own_line() {
        assert_eq!(wrapped("글", 3, "A"), ["A", "글"]);
        assert_eq!(wrapped("글", 4, "A"), ["A글"]);
    }

    #[test]
    fn a_wide_label_has_its_own_line_and_orders_are_shown() {
        assert_eq!(wrapped("모델", 10, "machine "), ["machine", "모델"]);
        assert_eq!(wrapped("\x1b[31m\r\u{202e}글", 40, ""), ["\\x1b[31m\\x0d\\u{202e}글"]);
    }

    #[test]
    fn a_word_in_several_styles_stays_together() {
        let spans = [("모델은 ", Style::Plain), ("큰 ", Style::Delete), ("작은", Style::Insert), ("데", Style::Plain)];
        let spans = spans.map(|(text, style)| Span::new(style, text));
        let lines = wrap(&spans, 12, &[]);
        assert_eq!(plain(&lines), ["모델은 큰", "작은데"]);
        assert_eq!(lines[1], [Span::new(Style::Insert, "작은"), Span::new(Style::Plain, "데")]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_is_lost(text in "[가-힣a-z …\n\t\u{1b}\u{301}\u{200d}👩💻\u{1112}\u{1161}\u{11ab}❤\u{fe0f}\u{1f1f0}\u{1f1f7}]{0,60}", width in 0_usize..40, label in "[A-Z ]{0,6}") {
            let lines = wrapped(&text, width, &label);
            // A letter of two columns beside the one that stays free has to have room.
            let width = width.max(3);
            for line in &lines {
                prop_assert!(columns(line) < width, "{line:?} in {width}");
                prop_assert!(!line.chars().any(char::is_control));
            }
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&lines.concat()), bare(&(label + &visible(&text))));
        }
    }
}
