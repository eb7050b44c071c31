//! The machine's Korean against the editor's, as people and scripts read it: one file per format.

use std::io::{self, Write};

use crate::review::Row;

/// One digest, row by row.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'c> {
    /// The English digest, as the user named it.
    pub english_file: &'c str,
    /// The file with the editor's Korean, as the user named it.
    pub korean_file: &'c str,
    /// Every item and every text outside items, in the editor's order.
    pub rows: &'c [Row],
}

/// A format.
pub trait Changes {
    /// Writes all that the format tells of the comparison.
    fn write(&self, comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()>;
}
