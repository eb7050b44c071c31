//! `lost-emphasis`: bold or italics of the English item that the Korean item does not have.

use super::marks::{Region, literal_asterisks, regions};
use super::{About, Check, Context, Example, Finding, Group, Passage, Severity};
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
        findings.extend(regions(context).iter().filter_map(|region| finding(context, region)));
        // Outside items each text is looked at by itself.
        for part in context.parts().iter().filter(|part| part.item.is_none()) {
            let english = part.english.iter().cloned().collect();
            let region = Region { part: Some(part), english, korean: part.korean.clone(), outside: false };
            findings.extend(finding(context, &region));
        }
    }
}

fn finding(context: &Context<'_>, region: &Region<'_>) -> Option<Finding> {
    const EMPHASIS: [MarkKind; 3] = [MarkKind::Emphasis, MarkKind::Strong, MarkKind::Strike];
    let side = context.english().filter(|_| !region.outside)?;
    let (wanted, there) = (region.english_marks(context, &EMPHASIS), region.korean_marks(context, &EMPHASIS));
    if there.len() >= wanted.len() || region.part.is_some_and(|part| !context.is_translated(part)) {
        return None;
    }
    let korean = context.korean().passages(&region.korean);
    // Asterisks that do nothing are another check's.
    if korean.iter().any(|words| literal_asterisks(words.text())) {
        return None;
    }
    let english: Vec<Passage<'_>> = region.english.iter().flat_map(|span| side.passages(span)).collect();
    let instead = quotes(&korean).saturating_sub(quotes(&english));
    if there.len() + instead >= wanted.len() {
        return None;
    }
    let message = format!("{} emphasised in Korean, {} in English", there.len(), wanted.len());
    let first = wanted.first()?;
    Some(Finding {
        english: Some(context.english_at(&first.span())),
        help: Some(format!("English emphasises `{}`", &side.digest.text[first.span()])),
        ..Finding::new(ABOUT.name, ABOUT.severity, region.end(context), message)
    })
}

/// Signs that open a quotation, or set a title off.
fn quotes(passages: &[Passage<'_>]) -> usize {
    let opens = |c: &char| matches!(c, '‘' | '“' | '「' | '『' | '《' | '〈');
    let count = |words: &Passage<'_>| {
        let straight = words.text().matches('"').count() / 2;
        straight + words.text().chars().filter(opens).count()
    };
    passages.iter().map(count).sum()
}
