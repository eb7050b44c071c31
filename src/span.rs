//! A place in a file: bytes in, line and column out.

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
}

impl<'t> Lines<'t> {
    /// Finds the lines of `text`.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        Self { text, starts: std::iter::once(0).chain(ends.map(|at| at + 1)).collect() }
    }

    /// The place of byte `offset`; an offset past the end, or inside a character, is moved back to the nearest place.
    pub fn place(&self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.starts.partition_point(|start| *start <= offset);
        let before = &self.text[self.starts[line - 1]..offset];
        let before = if line == 1 { before.strip_prefix('\u{feff}').unwrap_or(before) } else { before };
        Place { line, column: before.chars().count() + 1 }
    }
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
}
