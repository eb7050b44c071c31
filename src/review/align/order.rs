//! Links in the editor's order, with what moved told from what stayed.

use super::join::Joined;
use super::{Alignment, Doubt, Link, Links, Part};
use crate::draft::pair::longest_increasing;

/// Puts everything together.
pub(super) fn ordered(machine: &[Part<'_>], links: &Links, joined: Joined, doubts: Vec<Doubt>) -> Alignment {
    let mut merged = joined.merged;
    let mut split = joined.split;
    let mut of_editor: Vec<Link> = Vec::new();
    let second: Vec<usize> = split.values().flatten().copied().collect();
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
    let mut linked: Vec<usize> = of_editor.iter().flat_map(|link| link.machine.iter().copied()).collect();
    linked.sort_unstable();
    let coverage = coverage(machine.len(), links.machine.len(), &of_editor);
    // What was taken out stands behind the part that it stood behind.
    for a in (0..machine.len()).filter(|a| linked.binary_search(a).is_err()) {
        let before = of_editor.iter().position(|link| a > 0 && link.machine.contains(&(a - 1)));
        of_editor.insert(before.map_or(0, |at| at + 1), Link { machine: vec![a], edited: Vec::new(), moved: false });
    }
    Alignment { links: of_editor, doubts, coverage }
}

fn coverage(machine: usize, edited: usize, links: &[Link]) -> f64 {
    let both = links.iter().filter(|link| !link.machine.is_empty() && !link.edited.is_empty());
    let (mine, theirs) = both.fold((0, 0), |(mine, theirs), link| (mine + link.machine.len(), theirs + link.edited.len()));
    let (part, whole) = if machine <= edited { (mine, machine) } else { (theirs, edited) };
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}
