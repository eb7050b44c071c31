//! Which part of the machine's text became which part of the editor's.
//!
//! What is certain comes first: what a person said, equal texts, addresses that one part alone has. What is left is assigned by what it
//! says, all at once, so that the order does not matter; then what was merged and split is found by what one text holds of another.
//! A pair that could as well be another one is a question, not an answer.

mod assign;
mod certain;
mod join;
mod likeness;
mod order;

use std::borrow::Cow;

use crate::digest::Kind;
use likeness::Likeness;

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

/// Parts linked so far, one to one.
struct Links {
    /// For each part of the machine's, the editor's.
    edited: Vec<Option<usize>>,
    /// For each part of the editor's, the machine's.
    machine: Vec<Option<usize>>,
}

impl Links {
    fn link(&mut self, a: usize, b: usize) {
        (self.edited[a], self.machine[b]) = (Some(b), Some(a));
    }

    fn is_free(&self, a: usize, b: usize) -> bool {
        self.edited[a].is_none() && self.machine[b].is_none()
    }
}

/// Aligns two sides of one digest in the same language.
pub fn align(machine: &[Part<'_>], edited: &[Part<'_>], rulings: &[Ruling]) -> Alignment {
    let mut links = Links { edited: vec![None; machine.len()], machine: vec![None; edited.len()] };
    let forbidden = certain::ruled(rulings, &mut links);
    certain::equal(machine, edited, &forbidden, &mut links);
    let likeness = Likeness::new(machine, edited);
    certain::addressed(machine, edited, &likeness, &forbidden, &mut links);
    let doubts = assign::assigned(machine, edited, &likeness, &forbidden, &mut links);
    certain::between(machine, edited, &likeness, &forbidden, &doubts, &mut links);
    let joined = join::joined(machine, edited, &likeness, &forbidden, &doubts, &links);
    order::ordered(machine, &links, joined, doubts)
}
