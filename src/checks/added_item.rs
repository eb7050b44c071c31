//! `added-item`: a Korean item that no English item belongs to.

use super::{About, Check, Context, Example, Finding, Group, Severity};

/// See [`About`].
pub(super) struct AddedItem;

const ABOUT: About = About {
    name: "added-item",
    group: Group::Structure,
    severity: Severity::Hint,
    on: true,
    summary: "a Korean item that the English digest does not have",
    meaning: "No English item can be the other side of this one. An editor may add what is of interest to Korean readers; it may also be
an item of another week, or half of an item that fell apart.",
    example: Example {
        english: "- [One](https://example.com/1) is first.\n- [Two](https://example.com/2) is second.\n",
        glossary: "",
        wrong: "- [하나](https://example.com/1)는 첫째입니다.\n- [덤](https://example.com/9)은 새 글입니다.\n- [둘](https://example.com/2)은 둘째입니다.\n",
        right: "- [하나](https://example.com/1)는 첫째입니다.\n- [둘](https://example.com/2)은 둘째입니다.\n",
    },
    mend: "Take it out, or leave it in if it was added on purpose.",
    waive: "The editors added it.",
};

impl Check for AddedItem {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        if context.english().is_none_or(|english| english.digest.items.is_empty()) {
            return;
        }
        let alone = context.parts().iter().filter(|part| part.english.is_none());
        for (part, _) in alone.filter_map(|part| Some((part, part.item?))).filter(|(_, item)| !context.is_accepted(*item)) {
            let message = "no item of the English digest belongs to this one".to_owned();
            let help = Some("was it added on purpose?".to_owned());
            let place = context.place_for(part, &(0..0));
            findings.push(Finding { help, ..Finding::new(ABOUT.name, ABOUT.severity, place, message) });
        }
    }
}
