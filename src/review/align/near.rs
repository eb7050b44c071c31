//! Which parts are worth comparing, where comparing each with each would take too long: those that share what few have, and those that
//! stand where the part would stand.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use super::Links;
use super::likeness::Signs;
use crate::draft::pair::longest_increasing;

/// The most comparisons that are made without a choice: 300 parts with 300.
pub(super) const ALL: usize = 90_000;

/// Of the parts that share something rare with a part, the most that are compared with it.
const BEST: usize = 48;

/// Parts before and after the place of a part that are compared with it in any case.
const BESIDE: usize = 8;

/// The most places of a part's signs that are looked at, those of its rarest signs first.
const LOOKED_AT: usize = 1_024;

/// Some parts of one side, by what they have.
pub(super) struct Index<'s> {
    /// The parts, ascending.
    parts: Vec<usize>,
    of_pair: FxHashMap<u32, Vec<usize>>,
    of_word: HashMap<&'s str, Vec<usize>>,
}

impl<'s> Index<'s> {
    /// Reads the signs of `parts`, which are ascending.
    pub fn new(signs: &'s [Signs], parts: Vec<usize>) -> Self {
        let mut index = Self { parts, of_pair: FxHashMap::default(), of_word: HashMap::new() };
        for &part in &index.parts {
            for &pair in &signs[part].pairs {
                index.of_pair.entry(pair).or_default().push(part);
            }
            for word in signs[part].all_words() {
                index.of_word.entry(word).or_default().push(part);
            }
        }
        index
    }

    /// The parts that are worth comparing with one that has these signs and would stand at `place`. Ascending.
    pub fn near(&self, signs: &Signs, place: usize) -> Vec<usize> {
        let pairs = signs.pairs.iter().filter_map(|pair| self.of_pair.get(pair));
        let words = signs.all_words().filter_map(|word| self.of_word.get(word));
        let mut lists: Vec<&Vec<usize>> = pairs.chain(words).collect();
        lists.sort_by_key(|list| list.len());
        let mut looked_at = 0;
        let mut shared: FxHashMap<usize, f64> = FxHashMap::default();
        for list in lists {
            looked_at += list.len();
            if looked_at > LOOKED_AT {
                break;
            }
            for &part in list {
                *shared.entry(part).or_default() += 1.0 / list.len() as f64;
            }
        }
        let mut ranked: Vec<(usize, f64)> = shared.into_iter().collect();
        ranked.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.abs_diff(place).cmp(&y.0.abs_diff(place))).then(x.0.cmp(&y.0)));
        let mut near: Vec<usize> = ranked.into_iter().take(BEST).map(|(part, _)| part).collect();
        near.extend(self.beside(place));
        near.sort_unstable();
        near.dedup();
        near
    }

    fn beside(&self, place: usize) -> &[usize] {
        let at = self.parts.partition_point(|part| *part < place);
        &self.parts[at.saturating_sub(BESIDE)..(at + BESIDE).min(self.parts.len())]
    }
}

/// Where each part of the machine's would stand among the editor's, by what is linked so far.
pub(super) fn places(links: &Links) -> Vec<usize> {
    expected(&links.edited, links.machine.len())
}

/// Where each part of the editor's would stand among the machine's.
pub(super) fn places_edited(links: &Links) -> Vec<usize> {
    expected(&links.machine, links.edited.len())
}

fn expected(linked: &[Option<usize>], others: usize) -> Vec<usize> {
    let anchors: Vec<(usize, usize)> = linked.iter().enumerate().filter_map(|(own, other)| Some((own, (*other)?))).collect();
    let anchors = longest_increasing(&anchors);
    let Some(&(first, other)) = anchors.first() else {
        let scale = others as f64 / linked.len().max(1) as f64;
        return (0..linked.len()).map(|own| (own as f64 * scale) as usize).collect();
    };
    let mut anchors = anchors.into_iter().peekable();
    let mut last = None;
    let place = |own: usize| {
        while let Some(next) = anchors.next_if(|(at, _)| *at <= own) {
            last = Some(next);
        }
        match last {
            Some((at, other)) => (other + own - at).min(others),
            None => other.saturating_sub(first - own),
        }
    };
    (0..linked.len()).map(place).collect()
}
