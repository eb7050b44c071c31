//! A place in a file: bytes in, line and column out.

use std::ops::Range;
use std::sync::OnceLock;

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
    /// How many characters begin before each [`STEP`]th byte; counted when a place far into its line is first asked for.
    characters: OnceLock<Vec<usize>>,
}

/// No more bytes are counted anew for a place, however long its line is.
const STEP: usize = 1024;

impl<'t> Lines<'t> {
    /// Finds the lines of `text`.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        Self { text, starts: std::iter::once(0).chain(ends.map(|at| at + 1)).collect(), characters: OnceLock::new() }
    }

    /// The line of byte `offset`, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset.min(self.text.len()))
    }

    /// The place of byte `offset`; an offset past the end, or inside a character, is moved back to the nearest place.
    pub fn place(&self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.line(offset);
        let mut start = self.starts[line - 1];
        if line == 1 && self.text[..offset].starts_with('\u{feff}') {
            start = 3;
        }
        let column = if offset - start <= STEP {
            beginnings(&self.text.as_bytes()[start..offset])
        } else {
            self.before(offset) - self.before(start)
        };
        Place { line, column: column + 1 }
    }

    /// How many characters begin before byte `offset`.
    fn before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let counted = self.characters.get_or_init(|| {
            let sum = |sum: &mut usize, bytes: &[u8]| Some(std::mem::replace(sum, *sum + beginnings(bytes)));
            bytes.chunks(STEP).scan(0, sum).collect()
        });
        let chunk = (offset / STEP).min(counted.len().saturating_sub(1));
        counted.get(chunk).copied().unwrap_or(0) + beginnings(&bytes[chunk * STEP..offset])
    }
}

/// How many characters begin in some bytes of a text.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
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
    fn a_place_far_into_a_line_is_counted_alike() {
        let text = format!("\u{feff}{}\n{}", "가a나".repeat(500), "b다".repeat(1000));
        let lines = Lines::new(&text);
        for (offset, _) in text.char_indices().step_by(7).chain([(text.len(), ' ')]) {
            let before = &text[..offset];
            let start = before.rfind('\n').map_or(3.min(offset), |end| end + 1);
            let expected = Place { line: before.matches('\n').count() + 1, column: text[start..offset].chars().count() + 1 };
            assert_eq!(lines.place(offset), expected, "{offset}");
        }
    }
}
