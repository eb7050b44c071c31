//! Merged and split parts: what one text holds of another that is left over.

use std::collections::{BTreeMap, HashSet};

use super::likeness::{Likeness, Signs};
use super::near::{ALL, Index, places, places_edited};
use super::{Doubt, Links, Part};

/// How much more alike a pair has to be together with what joins it.
pub(super) const GAIN: f64 = 0.04;

/// How much of what joins has to stand in the other side.
pub(super) const HELD: f64 = 0.3;

/// The same where it does not stand beside its pair.
const HELD_AFAR: f64 = 0.35;

/// The same where an address of its own stands there as well.
const HELD_WITH_ADDRESS: f64 = 0.1;

/// Parts that belong to pairs beside their own: for a part of the machine's further ones of the machine's, and the same for the editor's.
#[derive(Debug, Default)]
pub(super) struct Joined {
    /// By the editor's part that they were merged into.
    pub merged: BTreeMap<usize, Vec<usize>>,
    /// By the machine's part that they were split from.
    pub split: BTreeMap<usize, Vec<usize>>,
}

/// Joins parts that are left over to pairs beside them.
pub(super) fn joined(
    machine: &[Part<'_>],
    edited: &[Part<'_>],
    likeness: &Likeness,
    forbidden: &HashSet<(usize, usize)>,
    doubts: &[Doubt],
    links: &Links,
) -> Joined {
    let mut joined = Joined::default();
    let asked: HashSet<usize> = doubts.iter().map(|doubt| doubt.machine).collect();
    let asked_edited: HashSet<usize> = doubts.iter().flat_map(|doubt| doubt.edited.iter().copied()).collect();
    let mine: Vec<usize> =
        (0..machine.len()).filter(|a| links.edited[*a].is_none() && !asked.contains(a) && machine[*a].kind.is_none()).collect();
    let near = Near::new(&mine, &links.edited, links, |pairs| likeness.index_edited(pairs), places);
    for a in mine {
        let pairs = near.pairs(likeness.signs(a), a).filter_map(|b| Some((links.machine[b]?, b)));
        let best = pairs
            .filter(|(_, b)| !forbidden.contains(&(a, *b)))
            .filter_map(|(p, b)| {
                let held = likeness.held(a, p, b);
                let gain = || likeness.of_joined(&sorted(a, p), &[b]) - likeness.of(p, b);
                is_joined(held, gain, likeness.shares_address(a, b), a.abs_diff(p) == 1).then_some((held, b))
            })
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        if let Some((_, b)) = best {
            joined.merged.entry(b).or_default().push(a);
        }
    }
    let theirs: Vec<usize> =
        (0..edited.len()).filter(|b| links.machine[*b].is_none() && !asked_edited.contains(b) && edited[*b].kind.is_none()).collect();
    let near = Near::new(&theirs, &links.machine, links, |pairs| likeness.index(pairs), places_edited);
    for b in theirs {
        let pairs = near.pairs(likeness.signs_edited(b), b).filter_map(|a| Some((links.edited[a]?, a)));
        let best = pairs
            .filter(|(q, a)| !forbidden.contains(&(*a, b)) && !joined.merged.contains_key(q))
            .filter_map(|(q, a)| {
                let held = likeness.held_edited(b, q, a);
                let gain = || likeness.of_joined(&[a], &sorted(b, q)) - likeness.of(a, q);
                is_joined(held, gain, likeness.shares_address(a, b), b.abs_diff(q) == 1).then_some((held, a))
            })
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        if let Some((_, a)) = best {
            joined.split.entry(a).or_default().push(b);
        }
    }
    joined
}

/// The linked parts of the other side that a part that is left over may belong to: all, or of too many the likeliest.
enum Near<'l> {
    All(Vec<usize>),
    Likeliest(Index<'l>, Vec<usize>),
}

impl<'l> Near<'l> {
    /// `linked` are the links of the side that has parts left over, those of `left`.
    fn new(
        left: &[usize],
        linked: &[Option<usize>],
        links: &Links,
        index: impl FnOnce(Vec<usize>) -> Index<'l>,
        places: impl FnOnce(&Links) -> Vec<usize>,
    ) -> Self {
        let mut pairs: Vec<usize> = linked.iter().flatten().copied().collect();
        pairs.sort_unstable();
        if left.len().saturating_mul(pairs.len()) <= ALL { Self::All(pairs) } else { Self::Likeliest(index(pairs), places(links)) }
    }

    fn pairs(&self, signs: &Signs, part: usize) -> std::vec::IntoIter<usize> {
        match self {
            Self::All(pairs) => pairs.clone().into_iter(),
            Self::Likeliest(index, places) => index.near(signs, places[part]).into_iter(),
        }
    }
}

fn is_joined(held: f64, gain: impl Fn() -> f64, has_address: bool, is_beside: bool) -> bool {
    if has_address { held > HELD_WITH_ADDRESS } else { held > (if is_beside { HELD } else { HELD_AFAR }) && gain() > GAIN }
}

fn sorted(a: usize, b: usize) -> [usize; 2] {
    [a.min(b), a.max(b)]
}
