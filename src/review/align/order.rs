//! Links in the editor's order, with what moved told from what stayed.

use std::collections::HashSet;

use super::join::Joined;
use super::{Alignment, Doubt, Link, Links, Part};
use crate::draft::pair::longest_increasing;

/// Puts everything together.
pub(super) fn ordered(machine: &[Part<'_>], links: &Links, joined: Joined, doubts: Vec<Doubt>) -> Alignment {
    let mut merged = joined.merged;
    let mut split = joined.split;
    let mut of_editor: Vec<Link> = Vec::new();
    let second: HashSet<usize> = split.values().flatten().copied().collect();
    for (b, a) in links.machine.iter().enumerate().filter(|(b, _)| !second.contains(b)) {
        let mut link =
            Link { machine: a.iter().copied().chain(merged.remove(&b).unwrap_or_default()).collect(), edited: vec![b], moved: false };
        link.edited.extend(a.and_then(|a| split.remove(&a)).unwrap_or_default());
        link.machine.sort_unstable();
        link.edited.sort_unstable();
        of_editor.push(link);
    }
    of_editor.sort_by_key(|link| link.edited[0]);
    let anchors: Vec<(usize, usize)> = {
        let mut anchors: Vec<(usize, usize)> =
            of_editor.iter().enumerate().filter_map(|(at, link)| Some((*link.machine.first()?, at))).collect();
        anchors.sort_unstable();
        anchors
    };
    let kept = longest_increasing(&anchors);
    for (at, link) in of_editor.iter_mut().enumerate() {
        link.moved = link.machine.first().is_some_and(|&a| kept.binary_search(&(a, at)).is_err());
    }
    let coverage = coverage(machine.len(), links.machine.len(), &of_editor);
    Alignment { links: with_taken_out(of_editor, machine.len()), doubts, coverage, is_partial: false }
}

/// The links with what was taken out: behind the part that it stood behind on the machine's side, else at the beginning.
fn with_taken_out(of_editor: Vec<Link>, count: usize) -> Vec<Link> {
    // Behind which link each of the machine's parts stands.
    let mut place: Vec<Option<usize>> = vec![None; count];
    for (at, link) in of_editor.iter().enumerate() {
        link.machine.iter().for_each(|&a| place[a] = Some(at + 1));
    }
    let mut taken_out: Vec<Vec<usize>> = vec![Vec::new(); of_editor.len() + 1];
    // Of two runs behind one link, the later one comes first.
    let mut end = count;
    for start in (0..count).rev() {
        if place[start].is_some() {
            end = start;
        } else if start == 0 || place[start - 1].is_some() {
            taken_out[start.checked_sub(1).and_then(|before| place[before]).unwrap_or(0)].extend(start..end);
            end = start;
        }
    }
    let mut links = Vec::with_capacity(of_editor.len());
    let mut of_editor = of_editor.into_iter();
    for run in taken_out {
        links.extend(run.into_iter().map(|a| Link { machine: vec![a], edited: Vec::new(), moved: false }));
        links.extend(of_editor.next());
    }
    links
}

fn coverage(machine: usize, edited: usize, links: &[Link]) -> f64 {
    let both = links.iter().filter(|link| !link.machine.is_empty() && !link.edited.is_empty());
    let (mine, theirs) = both.fold((0, 0), |(mine, theirs), link| (mine + link.machine.len(), theirs + link.edited.len()));
    let (part, whole) = if machine <= edited { (mine, machine) } else { (theirs, edited) };
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// One after the other, each behind the link that holds the part before it.
    fn one_by_one(mut links: Vec<Link>, count: usize) -> Vec<Link> {
        let linked: Vec<usize> = links.iter().flat_map(|link| link.machine.clone()).collect();
        for a in (0..count).filter(|a| !linked.contains(a)) {
            let before = links.iter().position(|link| a > 0 && link.machine.contains(&(a - 1)));
            links.insert(before.map_or(0, |at| at + 1), Link { machine: vec![a], edited: Vec::new(), moved: false });
        }
        links
    }

    proptest! {
        #[test]
        fn what_was_taken_out_stands_behind_what_it_stood_behind(owners in prop::collection::vec(prop::option::of(0usize..6), 0..14)) {
            let link = |b: usize| Link {
                machine: (0..owners.len()).filter(|&a| owners[a] == Some(b)).collect(),
                edited: vec![b],
                moved: false,
            };
            let links: Vec<Link> = (0..6).map(link).collect();
            prop_assert_eq!(with_taken_out(links.clone(), owners.len()), one_by_one(links, owners.len()));
        }
    }
}
