//! The machine's Korean against the editor's, as people and scripts read it: one file per format.

mod html;
mod human;
mod json;
mod unified;

use std::io::{self, Write};

pub use html::Html;
pub use human::Human;
pub use json::Json;
pub use unified::Unified;

use crate::review::{Row, RowState};

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

/// The rows that are not equal, or stand elsewhere.
fn changed<'c>(comparison: &Comparison<'c>) -> impl Iterator<Item = &'c Row> {
    comparison.rows.iter().filter(|row| row.state != RowState::Equal || row.moved_from.is_some())
}

/// What a row is called: `item 6 · changed · moved from 6`.
fn title(row: &Row) -> String {
    let name = match row.item {
        Some(item) => format!("item {item}"),
        None if row.outside => "outside items".to_owned(),
        None => "new item".to_owned(),
    };
    let moved = row.moved_from.map(|from| format!(" · moved from {from}")).unwrap_or_default();
    format!("{name} · {}{moved}", row.state.name())
}
