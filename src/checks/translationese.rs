//! `translationese`: turns of phrase that Korean has from translations.

use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::korean::translationese::translationese;

/// See [`About`].
pub(super) struct Translationese;

const ABOUT: About = About {
    name: "translationese",
    group: Group::Language,
    severity: Severity::Hint,
    on: false,
    summary: "a turn of phrase that Korean has from translations (에 있어서, 필요로 하다, 되어진다)",
    meaning: "Some phrases are grammatical and still read as translated: the doubled passive 되어지다, 에 의해 with a passive, 에 있어서, 을 필요로
하다, ㄹ 수 있는 것이다, a chain of 에 대한, 들 at every plural. It is a matter of style, so the check is off unless settings turn it on.",
    example: Example { english: "", glossary: "", wrong: "- 학습에 있어서 많은 자료를 필요로 한다.\n", right: "- 학습할 때 많은 자료가 필요하다.\n" },
    mend: "Say it as the help does. Nothing is fixed by itself.",
    waive: "The phrase is meant, or quoted.",
};

impl Check for Translationese {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for words in context.korean().prose() {
            for one in translationese(&words.view.text) {
                if words.view.is_hidden(one.range.clone()) {
                    continue;
                }
                let phrase = &words.view.text[one.range.clone()];
                let span = words.view.span(one.range.clone());
                findings.push(Finding {
                    help: Some(one.advice.to_owned()),
                    ..Finding::new(ABOUT.name, ABOUT.severity, span, format!("`{phrase}` reads as translated"))
                });
            }
        }
    }
}
