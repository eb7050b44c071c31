//! `lost-emphasis`: bold or italics of the English item that the Korean item does not have.

use super::marks::literal_asterisks;
use super::{About, Check, Context, Example, Finding, Group, Part, Severity};
use crate::digest::MarkKind;

/// See [`About`].
pub(super) struct LostEmphasis;

const ABOUT: About = About {
    name: "lost-emphasis",
    group: Group::Structure,
    severity: Severity::Warning,
    on: true,
    summary: "fewer words are emphasised than in English",
    meaning: "The English item has more bold, italic or struck words than the Korean one. Korean often sets in quotation marks or brackets
(「」, 《》, ‘’) what English sets in italics: such a pair more than the English has counts for an emphasis.",
    example: Example {
        english: "- [One](https://example.com/1) is **much** faster.\n",
        glossary: "",
        wrong: "- [하나](https://example.com/1)가 훨씬 빠릅니다.\n",
        right: "- [하나](https://example.com/1)가 **훨씬** 빠릅니다.\n",
    },
    mend: "Emphasise the Korean words that say the same.",
    waive: "The emphasis has no place in the Korean sentence.",
};

impl Check for LostEmphasis {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        if context.korean().digest.format == crate::digest::Format::Plain {
            return;
        }
        for part in context.parts().iter().filter(|part| context.is_translated(part)) {
            findings.extend(finding(context, part));
        }
    }
}

fn finding(context: &Context<'_>, part: &Part) -> Option<Finding> {
    let (english, span) = context.english().zip(part.english.as_ref())?;
    let is_emphasis = |kind: MarkKind| matches!(kind, MarkKind::Emphasis | MarkKind::Strong | MarkKind::Strike);
    let wanted = english.marks_in(span).iter().filter(|mark| is_emphasis(mark.kind)).count();
    let there = context.korean().marks_in(&part.korean).iter().filter(|mark| is_emphasis(mark.kind)).count();
    // Asterisks that do nothing are another check's.
    if there >= wanted || context.korean_words(part).iter().any(|words| literal_asterisks(words.text())) {
        return None;
    }
    let quotes = |passages: &[super::Passage<'_>]| {
        passages
            .iter()
            .flat_map(|words| words.text().chars())
            .filter(|c| matches!(c, '‘' | '“' | '"' | '「' | '『' | '《' | '〈' | '<'))
            .count()
    };
    let instead = quotes(&context.korean_words(part)).saturating_sub(quotes(&context.english_words(part)));
    if there + instead >= wanted {
        return None;
    }
    let message = format!("{there} emphasised in Korean, {wanted} in English");
    let first = english.marks_in(span).iter().find(|mark| is_emphasis(mark.kind))?;
    Some(Finding {
        english: Some(context.english_at(&first.span())),
        help: Some(format!("English emphasises `{}`", &english.digest.text[first.span()])),
        ..Finding::new(ABOUT.name, ABOUT.severity, context.end_of(part), message)
    })
}
