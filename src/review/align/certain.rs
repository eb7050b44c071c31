//! Pairs that need no likeness: said by a person, equal word for word, with an address of their own, alone between certain neighbours.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use super::likeness::Likeness;
use super::{Doubt, Headings, Links, Part, Ruling};
use crate::digest::{Kind, fold};
use crate::draft::pair::{longest_increasing, normal_address};

/// Links what a person said belongs together, the last word first; gives what they said does not.
pub(super) fn ruled(rulings: &[Ruling], links: &mut Links) -> HashSet<(usize, usize)> {
    let mut forbidden = HashSet::new();
    for ruling in rulings.iter().rev() {
        match *ruling {
            Ruling::Linked(a, b) if a < links.edited.len() && b < links.machine.len() => {
                if links.is_free(a, b) && !forbidden.contains(&(a, b)) {
                    links.link(a, b);
                }
            }
            Ruling::Linked(..) => {}
            Ruling::Unlinked(a, b) => {
                if links.edited.get(a).copied().flatten() != Some(b) {
                    forbidden.insert((a, b));
                }
            }
        }
    }
    forbidden
}

/// What texts that may be linked share: their kind, their words, and the heading that they stand under.
type Likes<'t> = (Option<Kind>, Cow<'t, str>, usize);

/// Links equal texts: where both sides have as many of one text, in their order; else as many as stand under one heading.
pub(super) fn equal(
    machine: &[Part<'_>],
    edited: &[Part<'_>],
    headings: &Headings,
    forbidden: &HashSet<(usize, usize)>,
    links: &mut Links,
) {
    for with_heading in [false, true] {
        let mut groups: HashMap<Likes<'_>, (Vec<usize>, Vec<usize>)> = HashMap::new();
        let heading = |of: usize| if with_heading { of } else { 0 };
        for (a, part) in machine.iter().enumerate().filter(|(a, part)| links.edited[*a].is_none() && !part.text.trim().is_empty()) {
            groups.entry((part.kind, fold(&part.text), heading(headings.machine[a]))).or_default().0.push(a);
        }
        for (b, part) in edited.iter().enumerate().filter(|(b, _)| links.machine[*b].is_none()) {
            if let Some(group) = groups.get_mut(&(part.kind, fold(&part.text), heading(headings.edited[b]))) {
                group.1.push(b);
            }
        }
        for (mine, theirs) in groups.into_values().filter(|(mine, theirs)| mine.len() == theirs.len()) {
            // Equal texts that lead elsewhere are told apart by their addresses.
            let theirs = by_address(machine, edited, &mine, theirs);
            for (a, b) in mine.into_iter().zip(theirs) {
                if !forbidden.contains(&(a, b)) {
                    links.link(a, b);
                }
            }
        }
    }
}

/// The editor's parts in the order of the machine's parts with the same addresses; in their own order where that does not tell.
fn by_address(machine: &[Part<'_>], edited: &[Part<'_>], mine: &[usize], theirs: Vec<usize>) -> Vec<usize> {
    if mine.len() < 2 {
        return theirs;
    }
    let mut left: HashMap<Vec<String>, VecDeque<usize>> = HashMap::new();
    for &b in &theirs {
        left.entry(addresses(&edited[b])).or_default().push_back(b);
    }
    let sorted: Option<Vec<usize>> = mine.iter().map(|&a| left.get_mut(&addresses(&machine[a]))?.pop_front()).collect();
    sorted.unwrap_or(theirs)
}

/// The addresses of a part as they are compared, each once.
pub(super) fn addresses(part: &Part<'_>) -> Vec<String> {
    let mut addresses: Vec<String> = part.links.iter().map(|link| normal_address(link)).collect();
    addresses.sort_unstable();
    addresses.dedup();
    addresses
}

/// Links parts by addresses that one part alone has on either side: every such address is a vote. Where the votes are even, what the
/// parts say decides.
pub(super) fn addressed(
    machine: &[Part<'_>],
    edited: &[Part<'_>],
    likeness: &Likeness,
    forbidden: &HashSet<(usize, usize)>,
    links: &mut Links,
) {
    let owners = |parts: &[Part<'_>]| {
        let mut owners: HashMap<String, Option<usize>> = HashMap::new();
        for (index, part) in parts.iter().enumerate() {
            for address in addresses(part) {
                owners.entry(address).and_modify(|owner| *owner = None).or_insert(Some(index));
            }
        }
        owners
    };
    let (mine, theirs) = (owners(machine), owners(edited));
    let mut votes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (address, a) in mine.iter().filter_map(|(address, a)| Some((address, (*a)?))) {
        if let Some(b) = theirs.get(address).copied().flatten()
            && links.is_free(a, b)
            && !forbidden.contains(&(a, b))
        {
            *votes.entry((a, b)).or_default() += 1;
        }
    }
    let mut ranked: Vec<((usize, usize), usize, f64)> =
        votes.into_iter().map(|(pair, votes)| (pair, votes, likeness.of(pair.0, pair.1))).collect();
    ranked.sort_by(|x, y| y.1.cmp(&x.1).then(y.2.total_cmp(&x.2)).then(x.0.cmp(&y.0)));
    for ((a, b), ..) in ranked {
        if links.is_free(a, b) {
            links.link(a, b);
        }
    }
}

/// The least likeness of parts that stand between the same neighbours.
const LEAST_BETWEEN: f64 = 0.1;

/// Links parts between neighbours that are certain: texts outside items of the same kinds in the same number, in their order; of items
/// the one and only one, where it says a little of the same.
pub(super) fn between(
    machine: &[Part<'_>],
    edited: &[Part<'_>],
    likeness: &Likeness,
    forbidden: &HashSet<(usize, usize)>,
    doubts: &[Doubt],
    links: &mut Links,
) {
    let anchors: Vec<(usize, usize)> = links.edited.iter().enumerate().filter_map(|(a, b)| Some((a, (*b)?))).collect();
    let mut bounds = longest_increasing(&anchors);
    bounds.push((machine.len(), edited.len()));
    let asked_machine: HashSet<usize> = doubts.iter().map(|doubt| doubt.machine).collect();
    let asked_edited: HashSet<usize> = doubts.iter().flat_map(|doubt| doubt.edited.iter().copied()).collect();
    let asked = |a: usize, b: usize| asked_machine.contains(&a) || asked_edited.contains(&b);
    let mut from = (0, 0);
    for (a, b) in bounds {
        let mine: Vec<usize> = (from.0..a).filter(|&a| links.edited[a].is_none()).collect();
        let theirs: Vec<usize> = (from.1..b).filter(|&b| links.machine[b].is_none()).collect();
        from = (a + 1, b + 1);
        let fits = mine.len() == theirs.len()
            && mine.iter().zip(&theirs).all(|(&a, &b)| match (machine[a].kind, edited[b].kind) {
                (Some(kind), Some(other)) => kind == other,
                (None, None) => mine.len() == 1 && likeness.of(a, b) >= LEAST_BETWEEN && !likeness.contradicts(a, b) && !asked(a, b),
                _ => false,
            });
        for (a, b) in mine.into_iter().zip(theirs).filter(|_| fits) {
            if !forbidden.contains(&(a, b)) {
                links.link(a, b);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// One after the other, each with the first one left that leads where it does.
    fn one_by_one(machine: &[Part<'_>], edited: &[Part<'_>]) -> Vec<usize> {
        let all: Vec<usize> = (0..edited.len()).collect();
        let mut left = all.clone();
        let mut sorted = Vec::new();
        for part in machine {
            let Some(at) = left.iter().position(|&b| addresses(part) == addresses(&edited[b])) else { return all };
            sorted.push(left.remove(at));
        }
        sorted
    }

    proptest! {
        #[test]
        fn equal_texts_are_told_apart_by_their_addresses(links in prop::collection::vec((0usize..3, 0usize..3), 2..9)) {
            let part = |link: usize| Part { links: vec![format!("https://a.b/{link}").into()], ..Part::default() };
            let machine: Vec<_> = links.iter().map(|(a, _)| part(*a)).collect();
            let edited: Vec<_> = links.iter().map(|(_, b)| part(*b)).collect();
            let all: Vec<usize> = (0..links.len()).collect();
            prop_assert_eq!(by_address(&machine, &edited, &all, all.clone()), one_by_one(&machine, &edited));
        }
    }
}
