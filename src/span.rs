//! A place in a file: bytes in, line and column out.

use std::cell::OnceCell;
use std::ops::Range;

/// A half-open range of byte offsets into a UTF-8 text.
pub type Span = Range<usize>;

/// A place as people count it: both numbers start at 1, columns count characters (code points).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1. `\n`, `\r\n` and a lone `\r` each end a line.
    pub line: usize,
    /// The column, from 1, in characters. A byte order mark is none: no editor counts it.
    pub column: usize,
}

/// The lines of a text, for looking up many places in it.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// Where each line begins.
    starts: Vec<usize>,
    /// How many characters begin before each multiple of [`STEP`]: counted when a place far from the start of its line is looked up.
    characters: OnceCell<Vec<usize>>,
}

/// Bytes between two counts of characters. A place within two of them from the start of its line is counted from there.
const STEP: usize = 256;

impl<'t> Lines<'t> {
    /// Finds the lines of `text`.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        Self { text, starts: std::iter::once(0).chain(ends.map(|at| at + 1)).collect(), characters: OnceCell::new() }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Which line, from 0, byte `offset` is in.
    pub fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The bytes of line `number`, from 0, without its end; empty behind the last line.
    pub fn line(&self, number: usize) -> Span {
        let end = self.text.len();
        let start = self.starts.get(number).copied().unwrap_or(end);
        let next = self.starts.get(number + 1).copied().unwrap_or(end);
        let line = &self.text[start..next];
        let line = line.strip_suffix('\n').unwrap_or(line);
        start..start + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// The place of byte `offset`; an offset past the end, or inside a character, is moved back to the nearest place.
    pub fn place(&self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let start = if line == 1 && self.text.starts_with('\u{feff}') { start.max('\u{feff}'.len_utf8().min(offset)) } else { start };
        let column =
            if offset - start < 2 * STEP { begun(&self.text.as_bytes()[start..offset]) } else { self.before(offset) - self.before(start) };
        Place { line, column: column + 1 }
    }

    /// How many characters of the text begin before byte `offset`.
    fn before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let counts = self.characters.get_or_init(|| {
            let sums = bytes.chunks(STEP).scan(0, |count, step| {
                *count += begun(step);
                Some(*count)
            });
            std::iter::once(0).chain(sums).collect()
        });
        let step = offset / STEP;
        counts[step] + begun(&bytes[step * STEP..offset])
    }
}

/// How many characters begin in some bytes of UTF-8.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xBF)).count()
}

/// The place of byte `offset` in `text`: [`Lines::place`] for one look-up.
pub fn place(text: &str, offset: usize) -> Place {
    Lines::new(text).place(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_every_line_end_counts() {
        let text = "가나\r\n다\r라\nx";
        let at = |needle: &str| place(text, text.find(needle).expect("in the text"));
        assert_eq!(at("나"), Place { line: 1, column: 2 });
        assert_eq!(at("다"), Place { line: 2, column: 1 });
        assert_eq!(at("라"), Place { line: 3, column: 1 });
        assert_eq!(at("x"), Place { line: 4, column: 1 });
        assert_eq!(place(text, 1), Place { line: 1, column: 1 });
        let at = |offset| place("\u{feff}가나\n\u{feff}다", offset).column;
        assert_eq!([at(0), at(3), at(6), at(13)], [1, 1, 2, 2]);
    }

    #[test]
    fn a_place_far_from_the_start_of_its_line_is_that_of_its_characters() {
        for text in ["\u{feff}가a".repeat(3 * STEP / 4), format!("x\n{}", "가".repeat(STEP * 3)), "a".repeat(4 * STEP)] {
            let lines = Lines::new(&text);
            for offset in (0..=text.len()).step_by(61) {
                let before = &text[..text.floor_char_boundary(offset)];
                let line = before.rsplit('\n').next().unwrap_or_default();
                let counted = line.chars().count() - usize::from(!before.contains('\n') && line.starts_with('\u{feff}'));
                assert_eq!(lines.place(offset).column, counted + 1, "{offset}");
            }
        }
    }

    #[test]
    fn every_place_of_a_long_line_is_found() {
        let text = "가나 ".repeat(100_000);
        let lines = Lines::new(&text);
        assert_eq!(text.match_indices(' ').map(|(at, _)| lines.place(at).column).max(), Some(300_000));
    }
}
