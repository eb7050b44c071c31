//! What an editor changed in a text.

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

/// Compares two texts.
pub fn diff(machine: &str, edited: &str) -> Diff {
    let piece = |op, text: &str| Change { op, text: text.to_owned() };
    let mut changes =
        if machine == edited { vec![piece(Op::Equal, machine)] } else { vec![piece(Op::Delete, machine), piece(Op::Insert, edited)] };
    changes.retain(|change| !change.text.is_empty());
    Diff { whole: machine != edited, changes }
}
