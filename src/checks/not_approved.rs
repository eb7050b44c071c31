//! `not-approved`: no person has accepted the Korean text yet.

use super::{About, Check, Context, Example, Finding, Group, Part, Severity};
use crate::draft::record::State;

/// See [`About`].
pub(super) struct NotApproved;

/// Its name.
pub const NAME: &str = "not-approved";

const ABOUT: About = About {
    name: NAME,
    group: Group::Workflow,
    severity: Severity::Error,
    on: false,
    summary: "a Korean text that nobody has approved",
    meaning: "The record says who accepted each segment. This item has segments that are still as the machine wrote them, or that were
edited after they were approved. `translate check --require approved` looks for them, so that nothing is published undecided.",
    example: Example {
        english: "- [Attention](https://example.com/1) needs no recurrence.\n",
        glossary: "",
        wrong: "- [어텐션](https://example.com/1)에는 순환이 필요 없습니다.\n",
        right: "- [어텐션](https://example.com/1)에는 순환이 필요 없습니다.\n",
    },
    mend: "Decide on the item with `translate review DRAFT`, or take a finished edition over as it stands with `translate adopt DRAFT`.",
    waive: "The item needs no decision of its own, as a notice that stands in every digest.",
};

impl Check for NotApproved {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        findings.extend(context.parts().iter().filter_map(|part| finding(context, part)));
    }
}

fn finding(context: &Context<'_>, part: &Part) -> Option<Finding> {
    let first = part.twins.first()?;
    let progress = context.progress(part);
    let undecided: Vec<_> = progress.iter().filter(|(progress, _)| progress.state != State::Approved).collect();
    let (message, place) = match &undecided[..] {
        [] if progress.is_empty() => ("nothing is on record about this: nobody has approved it".to_owned(), first),
        [] => return None,
        [(progress, twin), ..] => {
            let state = match progress.state {
                State::English => "still English",
                State::Machine => "as the machine wrote it",
                State::Edited | State::Approved => "edited",
            };
            (format!("the {} is not approved: it is {state}", twin.kind.name()), *twin)
        }
    };
    let help = "decide on it with `translate review`".to_owned();
    Some(Finding { help: Some(help), ..Finding::new(NAME, ABOUT.severity, context.place_for(part, &place.english), message) })
}
