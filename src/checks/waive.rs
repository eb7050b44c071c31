//! Findings that a person lets pass: by a comment in the digest, or by the settings for its path.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Chosen, Context, Finding, named, stale_waiver};
use crate::digest::Waiver;
use crate::span::Span;

/// A check that the settings let pass in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling<'a> {
    /// The name of the check.
    pub check: &'a str,
    /// Why.
    pub reason: &'a str,
}

/// Writes reasons into the findings that are let pass; adds what is wrong with waivers of the digest where that is looked for.
/// Tells which rulings let something pass.
pub(super) fn waive(context: &Context<'_>, chosen: &[Chosen], findings: &mut Vec<Finding>) -> Vec<bool> {
    let rulings = context.rulings();
    let mut used = vec![false; rulings.len()];
    let waivers = context.waivers();
    let by_check = Scopes::of(waivers);
    let mut served = vec![FxHashSet::default(); waivers.len()];
    for finding in findings.iter_mut() {
        let here = by_check.get(finding.check).and_then(|scopes| scopes.first_around(&finding.span));
        if let Some(index) = here {
            finding.waived = Some(waivers[index].reason.to_owned());
            served[index].insert(finding.check);
        } else if let Some(index) = rulings.iter().position(|ruling| ruling.check == finding.check) {
            finding.waived = Some(rulings[index].reason.to_owned());
            used[index] = true;
        }
    }
    if let Some(own) = chosen.iter().find(|chosen| chosen.check.about().name == stale_waiver::NAME) {
        for (waiver, served) in waivers.iter().zip(&served) {
            let unused = |check: &&str| !served.contains(*check);
            let judged = |check: &&str| context.english().is_some() && chosen.iter().any(|chosen| chosen.check.about().name == *check);
            let idle: Vec<&str> =
                waiver.checks.iter().copied().filter(|check| named(check).is_none() || judged(check) && unused(check)).collect();
            let stale = stale_waiver::finding(waiver, &idle);
            findings.extend(stale.map(|finding| Finding { severity: own.severity, ..finding }));
        }
    }
    used
}

/// What the waivers of one check speak for.
#[derive(Default)]
struct Scopes {
    /// Where they begin and end, the farthest end of those up to there, and the first waiver that speaks for just that; sorted.
    scopes: Vec<(usize, usize, usize, usize)>,
}

impl Scopes {
    /// Those of each check.
    fn of<'w>(waivers: &'w [Waiver<'_>]) -> FxHashMap<&'w str, Self> {
        let mut all: FxHashMap<&str, Self> = FxHashMap::default();
        for (index, waiver) in waivers.iter().enumerate().filter(|(_, waiver)| !waiver.reason.is_empty()) {
            for &check in &waiver.checks {
                all.entry(check).or_default().scopes.push((waiver.scope.start, waiver.scope.end, 0, index));
            }
        }
        for own in all.values_mut() {
            own.scopes.sort_unstable();
            own.scopes.dedup_by_key(|scope| (scope.0, scope.1));
            let mut farthest = 0;
            for scope in &mut own.scopes {
                farthest = scope.1.max(farthest);
                scope.2 = farthest;
            }
        }
        all
    }

    /// The first waiver that speaks for a place. What is missed stands at the very end of its item.
    fn first_around(&self, span: &Span) -> Option<usize> {
        let before = &self.scopes[..self.scopes.partition_point(|scope| scope.0 <= span.start)];
        let near = before.iter().rev().take_while(|(.., farthest, _)| span.start <= *farthest);
        near.filter(|(_, end, ..)| span.start <= *end && span.end <= *end).map(|(.., index)| *index).min()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn waiver(scope: Span, reason: &'static str) -> Waiver<'static> {
        Waiver { span: scope.clone(), scope, checks: vec!["x"], reason }
    }

    proptest! {
        #[test]
        fn the_first_waiver_around_a_place_speaks_for_it(
            scopes in prop::collection::vec((0usize..20, 0usize..8, any::<bool>()), 0..12), start in 0usize..25, length in 0usize..5,
        ) {
            let waivers: Vec<Waiver<'_>> = scopes.iter().map(|(at, length, why)| waiver(*at..at + length, if *why { "y" } else { "" })).collect();
            let span = start..start + length;
            let speaks = |waiver: &Waiver<'_>| {
                let scope = &waiver.scope;
                !waiver.reason.is_empty() && scope.start <= span.start && span.start <= scope.end && span.end <= scope.end
            };
            let found = Scopes::of(&waivers).get("x").and_then(|scopes| scopes.first_around(&span));
            prop_assert_eq!(found, waivers.iter().position(speaks));
        }
    }

    #[test]
    fn many_waivers_of_one_place_are_looked_through_once() {
        let waivers: Vec<Waiver<'_>> = (0..100_000).map(|_| waiver(0..1_000_000, "y")).collect();
        let scopes = Scopes::of(&waivers);
        assert!((0..1_000_000).all(|at| scopes["x"].first_around(&(at..at)) == Some(0)));
    }
}
