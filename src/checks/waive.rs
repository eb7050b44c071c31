//! Findings that a person lets pass: by a comment in the digest, or by the settings for its path.

use super::{Chosen, Context, Finding, named, stale_waiver};
use crate::digest::Waiver;

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
    let waivers = context.korean().digest.waivers();
    let mut served = vec![Vec::new(); waivers.len()];
    for finding in findings.iter_mut() {
        let here = waivers.iter().position(|waiver| speaks_for(waiver, finding));
        if let Some(index) = here {
            finding.waived = Some(waivers[index].reason.to_owned());
            served[index].push(finding.check);
        } else if let Some(index) = rulings.iter().position(|ruling| ruling.check == finding.check) {
            finding.waived = Some(rulings[index].reason.to_owned());
            used[index] = true;
        }
    }
    if let Some(own) = chosen.iter().find(|chosen| chosen.check.about().name == stale_waiver::NAME) {
        for (waiver, served) in waivers.iter().zip(&served) {
            let unused = |check: &&str| !served.contains(check);
            let judged = |check: &&str| context.english().is_some() && chosen.iter().any(|chosen| chosen.check.about().name == *check);
            let idle: Vec<&str> =
                waiver.checks.iter().copied().filter(|check| named(check).is_none() || judged(check) && unused(check)).collect();
            let stale = stale_waiver::finding(waiver, &idle);
            findings.extend(stale.map(|finding| Finding { severity: own.severity, ..finding }));
        }
    }
    used
}

fn speaks_for(waiver: &Waiver<'_>, finding: &Finding) -> bool {
    // What is missed stands at the very end of its item.
    let inside = waiver.scope.start <= finding.span.start && finding.span.start <= waiver.scope.end && finding.span.end <= waiver.scope.end;
    inside && !waiver.reason.is_empty() && waiver.checks.contains(&finding.check)
}
