//! The comparison for scripts: every row, version 1 of the contract.

use std::io::{self, Write};

use serde::Serialize;

use super::{Changes, Comparison};
use crate::reports::escape;
use crate::review::Row;
use crate::review::diff::Op;

/// See the module.
pub struct Json;

#[derive(Serialize)]
struct Document<'c> {
    version: u8,
    english_file: &'c str,
    korean_file: &'c str,
    items: Vec<Entry<'c>>,
    /// Texts outside items, in the same form.
    outside: Vec<Entry<'c>>,
}

#[derive(Serialize)]
struct Entry<'c> {
    item: Option<usize>,
    state: &'static str,
    moved_from: Option<usize>,
    english: &'c str,
    machine: &'c str,
    edited: &'c str,
    diff: Vec<Piece>,
}

#[derive(Serialize)]
struct Piece {
    op: &'static str,
    text: String,
}

impl Changes for Json {
    fn write(&self, comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
        let of = |outside: bool| comparison.rows.iter().filter(move |row| row.outside == outside).map(entry).collect();
        let document = Document {
            version: 1,
            english_file: comparison.english_file,
            korean_file: comparison.korean_file,
            items: of(false),
            outside: of(true),
        };
        let json = serde_json::to_string(&document).map_err(io::Error::from)?;
        writeln!(out, "{}", escape::json(json))
    }
}

fn entry(row: &Row) -> Entry<'_> {
    let pieces = row.diff().changes.into_iter().map(|change| Piece {
        op: match change.op {
            Op::Equal => "equal",
            Op::Delete => "delete",
            Op::Insert => "insert",
        },
        text: change.text,
    });
    Entry {
        item: row.item,
        state: row.state.name(),
        moved_from: row.moved_from,
        english: &row.english,
        machine: &row.machine,
        edited: &row.edited,
        diff: pieces.collect(),
    }
}
