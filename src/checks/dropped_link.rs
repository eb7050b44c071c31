//! `dropped-link`: the Korean item has fewer links than the English one.

use rustc_hash::FxHashSet;

use super::broken_reference::broken;
use super::changed_link::{EFFORT, changes};
use super::marks::{regions, without};
use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::digest::{Mark, MarkKind};
use crate::draft::pair::normal_address;

/// See [`About`].
pub(super) struct DroppedLink;

const ABOUT: About = About {
    name: "dropped-link",
    group: Group::Structure,
    severity: Severity::Error,
    on: true,
    summary: "a link of the English item is not in the Korean item",
    meaning: "Every target of the English item is looked for in the Korean item, whatever the order and the text of the links. Fewer links
than in English means that one was dropped; as many, with another target, is changed-link.",
    example: Example {
        english: "- [One](https://example.com/1) is explained in [a post](https://example.com/post).\n",
        glossary: "",
        wrong: "- [하나](https://example.com/1)를 한 글에서 설명합니다.\n",
        right: "- [하나](https://example.com/1)를 [한 글](https://example.com/post)에서 설명합니다.\n",
    },
    mend: "Put the link on the Korean words that name what it leads to.",
    waive: "The page is gone, or the editors left it out on purpose.",
};

impl Check for DroppedLink {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let mut effort = EFFORT;
        let mut there = None;
        for region in regions(context) {
            let (english, korean) = (region.english_marks(context, &[MarkKind::Link]), region.korean_marks(context, &[MarkKind::Link]));
            let changed: FxHashSet<usize> = changes(context, &region, &mut effort).into_iter().map(|change| change.english.start).collect();
            let is_changed = |mark: &&Mark<'_>| changed.contains(&mark.start);
            // A reference without its definition is told as such.
            let unresolved = region.part.map_or(0, |part| broken(context, part).len());
            let dropped = without(&english, &korean).into_iter().filter(|mark| !is_changed(mark)).skip(unresolved);
            for mark in dropped {
                let address = mark.address.unwrap_or_default();
                // An item that was merged into another took its links along.
                if !context.is_complete() && there.get_or_insert_with(|| addresses(context)).contains(&normal_address(address)) {
                    continue;
                }
                findings.push(Finding {
                    english: Some(context.english_at(&mark.span())),
                    help: Some("put the link on the words that name its page".to_owned()),
                    ..Finding::new(
                        ABOUT.name,
                        ABOUT.severity,
                        region.end(context),
                        format!("the link to {address} is not in the Korean text"),
                    )
                });
            }
        }
    }
}

/// The addresses of the Korean digest, as [`normal_address`] has them.
pub(super) fn addresses(context: &Context<'_>) -> FxHashSet<String> {
    context.korean().marks().iter().filter_map(|mark| mark.address).map(normal_address).collect()
}
