//! `lost-item`: an item of the English digest that has no Korean.

use rustc_hash::FxHashSet;

use super::dropped_link::addresses;
use super::{About, Check, Context, Example, Finding, Group, Part, Severity, Side};
use crate::draft::pair::normal_address;
use crate::span::Span;

/// See [`About`].
pub(super) struct LostItem;

const ABOUT: About = About {
    name: "lost-item",
    group: Group::Structure,
    severity: Severity::Error,
    on: true,
    summary: "an item of the English digest has no Korean item",
    meaning: "Items belong together by their links, by what the record knows, and by their place between such neighbours. This English
item is left over: no Korean item can be its own. An item that was merged into another, with its links, is not lost.",
    example: Example {
        english: "- [One](https://example.com/1) is first.\n- [Two](https://example.com/2) is second.\n- [Three](https://example.com/3) is third.\n",
        glossary: "",
        wrong: "- [하나](https://example.com/1)는 첫째입니다.\n- [셋](https://example.com/3)은 셋째입니다.\n",
        right: "- [하나](https://example.com/1)는 첫째입니다.\n- [둘](https://example.com/2)은 둘째입니다.\n- [셋](https://example.com/3)은 셋째입니다.\n",
    },
    mend: "Run `translate DRAFT`, which puts new items in their place, or write the item.",
    waive: "The editors left the item out on purpose. The finding stands at the end of the item before it: put the waiver there.",
};

impl Check for LostItem {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let Some(english) = context.english() else { return };
        let merged: FxHashSet<usize> = context.merged_items().iter().flat_map(|gap| &gap.items).copied().collect();
        let mut there = None;
        let mut paired: Vec<&Part> = context.parts().iter().filter(|part| part.english.is_some()).collect();
        paired.sort_by_key(|part| part.english.as_ref().map(|own| own.end));
        for &item in context.lost_items() {
            let mut is_merged = || is_merged(english, item, there.get_or_insert_with(|| addresses(context)));
            if merged.contains(&item) || is_merged() || context.is_taken_out(item) {
                continue;
            }
            let span = english.digest.items[item].start..english.digest.items[item].end;
            let place = context.english_at(&span);
            let message = format!("item {} of the English digest has no Korean: \"{}\"", item + 1, shortened(&place.sentence));
            findings.push(Finding {
                english: Some(place),
                help: Some("translate it, or let the team's decision to leave it out stand as a waiver".to_owned()),
                ..Finding::new(ABOUT.name, ABOUT.severity, behind(context, &paired, &span), message)
            });
        }
    }
}

/// Whether all that the item links to is linked to in Korean too: `there` are the addresses of the Korean digest.
fn is_merged(english: &Side<'_>, item: usize, there: &FxHashSet<String>) -> bool {
    let addresses = english.digest.addresses(item);
    !addresses.is_empty() && addresses.into_iter().all(|address| there.contains(&normal_address(address)))
}

/// Behind the Korean of what stands before an English place; at the end of the file where there is none. `paired` are the parts with an
/// English side, in the order of its ends.
fn behind(context: &Context<'_>, paired: &[&Part], english: &Span) -> Span {
    let before = paired.partition_point(|part| part.english.as_ref().is_some_and(|own| own.end <= english.start));
    let nearest = paired[..before].last();
    let end = context.korean().digest.text.trim_end().len();
    nearest.map_or(end..end, |part| context.end_of(part))
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).collect::<String>() + "…" }
}
