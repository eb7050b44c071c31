//! `stale-translation`: the English changed, and the Korean did not follow.

use super::{About, Check, Context, Example, Finding, Group, Severity};

/// See [`About`].
pub(super) struct StaleTranslation;

const ABOUT: About = About {
    name: "stale-translation",
    group: Group::Workflow,
    severity: Severity::Warning,
    on: true,
    summary: "the English changed after its Korean was written",
    meaning: "The record knows which English text each Korean segment was made from. The English of this item is another one by now, or a
newer translation waits for a decision because a person had edited the older one. Without a record nothing is said.",
    example: Example {
        english: "- [Attention](https://example.com/1) needs no recurrence at all.\n",
        glossary: "",
        wrong: "- [어텐션](https://example.com/1)에는 순환이 필요 없습니다.\n",
        right: "- [어텐션](https://example.com/1)에는 순환이 전혀 필요 없습니다.\n",
    },
    mend: "Run `translate DRAFT`: machine text is asked for again, and a person's text gets a candidate beside it for review.",
    waive: "The change of the English makes no difference in Korean.",
};

impl Check for StaleTranslation {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for part in context.parts() {
            let Some((_, twin)) = context.progress(part).into_iter().find(|(progress, _)| progress.stale) else { continue };
            let message = "the English changed after this was written".to_owned();
            findings.push(Finding {
                english: Some(context.english_at(&twin.english)),
                help: Some("run `translate` on the digest again, then review the item".to_owned()),
                ..Finding::new(ABOUT.name, ABOUT.severity, context.place_for(part, &twin.english), message)
            });
        }
    }
}
