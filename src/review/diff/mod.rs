//! What an editor changed in a text, marked as a Korean reader would mark it: by stems and endings, never by scattered syllables.
//!
//! Tokens ([`tokens`]) are compared, islands too small to be read are taken into the changes around them ([`islands`]), and each change is
//! polished at its edges ([`polish`]). Where little of a line is left, it is shown whole.

mod islands;
mod polish;
mod side;
mod tokens;

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use polish::Edit;
use side::Side;

/// What happened to a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// It stands on both sides.
    Equal,
    /// The editor took it out.
    Delete,
    /// The editor put it in.
    Insert,
}

/// One piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happened to it.
    pub op: Op,
    /// The text, in NFC.
    pub text: String,
}

/// What changed between two texts: equal and deleted pieces are the one, equal and inserted pieces the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    /// In the order of the text; neighbours differ in their operation.
    pub changes: Vec<Change>,
    /// Whether so much changed that both texts are better shown whole.
    pub whole: bool,
}

/// More than this share of both texts, in percent, and marks inside of them are no help.
const MOST_CHANGED: usize = 65;

/// Compares two texts.
pub fn diff(machine: &str, edited: &str) -> Diff {
    let (machine, edited) = (composed(machine), composed(edited));
    if machine == edited {
        return pieces(&machine, &edited, &[]);
    }
    let (machine, edited) = (Side::new(&machine), Side::new(&edited));
    let hunks = islands::hunks(&machine, &edited);
    let edits: Vec<Edit> = hunks.iter().flat_map(|hunk| polish::edits(hunk, &machine, &edited)).collect();
    pieces(machine.text, edited.text, &edits)
}

/// The texts in pieces, as the edits part them.
fn pieces(machine: &str, edited: &str, edits: &[Edit]) -> Diff {
    let mut changes = Vec::with_capacity(3 * edits.len() + 1);
    let mut push = |op, text: &str| {
        if !text.is_empty() {
            changes.push(Change { op, text: text.to_owned() });
        }
    };
    let mut at = 0;
    for edit in edits {
        push(Op::Equal, &machine[at..edit.machine.start]);
        push(Op::Delete, &machine[edit.machine.clone()]);
        push(Op::Insert, &edited[edit.edited.clone()]);
        at = edit.machine.end;
    }
    push(Op::Equal, &machine[at..]);
    Diff { changes, whole: false }
}

fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(machine: &str, edited: &str) -> String {
        let diff = diff(machine, edited);
        let mark = |change: &Change| match change.op {
            Op::Equal => change.text.clone(),
            Op::Delete => format!("[-{}-]", change.text),
            Op::Insert => format!("{{+{}+}}", change.text),
        };
        diff.changes.iter().map(mark).collect()
    }

    #[test]
    #[ignore = "reads the file that PAIRS names"]
    fn look() {
        let path = std::env::var("PAIRS").expect("PAIRS");
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let (machine, edited) = line.split_once('\t').unwrap();
            println!("{}", marked(machine, edited));
        }
    }
}
