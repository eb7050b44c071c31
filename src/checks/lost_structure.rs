//! `lost-structure`: blocks that the English digest has and the Korean one does not.

use rustc_hash::FxHashSet;

use super::marks::regions;
use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::digest::{Format, Shape};

/// See [`About`].
pub(super) struct LostStructure;

const ABOUT: About = About {
    name: "lost-structure",
    group: Group::Structure,
    severity: Severity::Error,
    on: true,
    summary: "a heading, table, code block, quote or nested list that got lost",
    meaning: "Both digests are parsed, and their blocks are compared item by item, and outside items as a whole: headings, code blocks,
tables with their rows, quotes, rules, and how deep lists are nested. Plain text (`.txt`) has no structure to lose.",
    example: Example {
        english: "# News\n\n- [One](https://example.com/1) has two parts.\n  - The first part.\n  - The second part.\n",
        glossary: "",
        wrong: "# 소식\n\n- [하나](https://example.com/1)는 두 부분입니다. 첫째 부분. 둘째 부분.\n",
        right: "# 소식\n\n- [하나](https://example.com/1)는 두 부분입니다.\n  - 첫째 부분.\n  - 둘째 부분.\n",
    },
    mend: "Write the block again: `#` before a heading, a blank line before a table, the fence of a code block, the indent of a nested list.",
    waive: "The editors built the item another way on purpose.",
};

impl Check for LostStructure {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let Some(english) = context.english() else { return };
        let korean = context.korean().digest;
        if korean.format == Format::Plain || english.digest.format == Format::Plain {
            return;
        }
        let (levels, other) = (english.digest.levels(), korean.levels());
        for region in regions(context).iter().filter(|region| !region.outside) {
            let Some(own) = region.english.first() else { continue };
            let mut wanted = Shape::default();
            region.english.iter().for_each(|span| wanted.join(&english.digest.shape(span)));
            let mut there = korean.shape(&region.korean);
            let item = english.digest.items.binary_search_by_key(&own.start, |item| item.start).ok();
            let level = item.map(|item| levels[item]).zip(region.part.and_then(|part| part.item).map(|item| other[item]));
            if let Some((wanted_level, level)) = level.filter(|(wanted, there)| wanted != there) {
                // Where an item itself stands is told for it and for what is in it at once.
                (wanted.depth, there.depth) = (wanted_level, level);
            } else if region.english.len() > 1 {
                there.depth = wanted.depth;
            }
            if let Some(lost) = lost(&wanted, &there) {
                let message = format!("the item has {lost}");
                let help = Some("build it as the English item is built".to_owned());
                let english = Some(context.english_at(own));
                findings.push(Finding { help, english, ..Finding::new(ABOUT.name, ABOUT.severity, region.end(context), message) });
            }
        }
        if let Some(lost) = lost(&english.digest.shape_outside(), &korean.shape_outside()) {
            let end = korean.text.trim_end().len();
            let message = format!("outside its items the digest has {lost}");
            let help = Some("look for a heading, table or fence that is no longer one".to_owned());
            findings
                .push(Finding { help, ..Finding::new(ABOUT.name, ABOUT.severity, place_outside(context).unwrap_or(end..end), message) });
        }
    }
}

/// What the Korean shape lacks, in words.
fn lost(english: &Shape, korean: &Shape) -> Option<String> {
    let counts = english.counts().into_iter().zip(korean.counts()).filter(|((_, english), (_, korean))| korean < english);
    let mut lost: Vec<String> =
        counts.map(|((name, english), (_, korean))| format!("{} ({english} in English)", count(korean, name))).collect();
    if korean.depth != english.depth {
        lost.push(format!("lists nested {} deep ({} in English)", korean.depth, english.depth));
    }
    (!lost.is_empty()).then(|| lost.join(", "))
}

fn count(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}"),
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// Behind the last Korean part before the first English text outside items that has no Korean.
fn place_outside(context: &Context<'_>) -> Option<crate::span::Span> {
    let english = context.english()?;
    let twins: FxHashSet<usize> = context.parts().iter().flat_map(|part| &part.twins).map(|twin| twin.english.start).collect();
    let alone = english.digest.segments.iter().find(|segment| segment.item.is_none() && !twins.contains(&segment.start))?;
    let before = context.parts().iter().filter(|part| part.english.as_ref().is_some_and(|own| own.end <= alone.start));
    let nearest = before.max_by_key(|part| part.english.as_ref().map(|own| own.end));
    Some(nearest.map_or(0..0, |part| context.end_of(part)))
}
