//! `stale-waiver`: a waiver that waives nothing.

use super::{About, Check, Context, Example, Finding, Group, Severity, names};
use crate::digest::Waiver;

/// See [`About`].
pub(super) struct StaleWaiver;

/// Its name.
pub const NAME: &str = "stale-waiver";

const ABOUT: About = About {
    name: NAME,
    group: Group::Workflow,
    severity: Severity::Warning,
    on: true,
    summary: "a waiver that waives nothing",
    meaning: "A comment `<!-- translate: allow CHECK: reason -->` at the end of an item, or alone above a block, lets the findings of that
check pass there. A waiver whose fault is gone would hide the next one. One without a reason, or for a check that does not exist, waives
nothing from the beginning. Checks that were not run, or that lacked the English digest, are not judged.",
    example: Example {
        english: "- [Attention](https://example.com/attention) is all you need.\n",
        glossary: "",
        wrong: "- [어텐션](https://example.com/attention)만 있으면 됩니다. <!-- translate: allow wrong-particle -->\n",
        right: "- [어텐션](https://example.com/attention)만 있으면 됩니다.\n",
    },
    mend: "Take the comment out, or write its reason behind a colon.",
    waive: "Never: a waiver of a waiver would be one too many.",
};

impl Check for StaleWaiver {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    /// Nothing by itself: only when all other checks have run is it known which waivers were needed. See [`super::waive`].
    fn find(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}

/// What is wrong with a waiver; `idle` are those of its checks that found nothing to waive, or do not exist.
pub(super) fn finding(waiver: &Waiver<'_>, idle: &[&str]) -> Option<Finding> {
    let unknown = waiver.checks.iter().find(|check| super::named(check).is_none());
    let (message, help) = if waiver.checks.is_empty() {
        ("this comment waives nothing: it names no check".to_owned(), "write `<!-- translate: allow CHECK: reason -->`".to_owned())
    } else if let Some(unknown) = unknown {
        let near = names().into_iter().filter(|name| name.contains(unknown) || unknown.contains(name)).min_by_key(|name| name.len());
        let help = near.map_or("`translate explain` lists the checks".to_owned(), |name| format!("did you mean `{name}`?"));
        (format!("there is no check `{unknown}` to waive"), help)
    } else if waiver.reason.is_empty() {
        let help = format!("write `<!-- translate: allow {}: reason -->`", waiver.checks.join(", "));
        ("this waiver waives nothing: it gives no reason".to_owned(), help)
    } else {
        let idle = if idle.is_empty() { return None } else { idle.join(", ") };
        (format!("nothing is left here for which {idle} would have to be waived"), "take it out of the waiver".to_owned())
    };
    Some(Finding { help: Some(help), ..Finding::new(NAME, ABOUT.severity, waiver.span.clone(), message) })
}
