//! `term-drift`: one digest uses two accepted renderings of one term.

use std::collections::BTreeMap;

use super::{About, Check, Context, Example, Finding, Group, Rendered, Severity};
use crate::glossary::Form;

/// See [`About`].
pub(super) struct TermDrift;

const ABOUT: About = About {
    name: "term-drift",
    group: Group::Terms,
    severity: Severity::Hint,
    on: true,
    summary: "one digest uses two accepted renderings of one term",
    meaning: "The glossary accepts several renderings of a term, and each is right; a reader who meets two of them in one digest may take
them for two things. Words that grammar chooses (비 볼록 함수, 볼록하지 않은 상황) are not compared. The hint stands once for each term, at the first place of the rarer rendering.",
    example: Example { english: "- A regularizer, the regularizer and regularizers\n", glossary: "regularizer = { korean = \"규제항\", also = [\"규제자\"] }", wrong: "- 규제항과 규제자와 규제항\n", right: "- 규제항과 규제항과 규제항\n" },
    mend: "Choose one for the digest. Nothing is fixed by itself, because both are accepted.",
    waive: "The English word means two things there, or a quoted title has the other rendering.",
};

impl Check for TermDrift {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let mut used: BTreeMap<usize, Vec<&Rendered>> = BTreeMap::new();
        for rendered in context.terms().filter(|rendered| rendered.hit.form != Form::Avoid) {
            used.entry(rendered.hit.term).or_default().push(rendered);
        }
        for (term, rendered) in used {
            findings.extend(drift(context, term, &rendered));
        }
    }
}

fn drift(context: &Context<'_>, term: usize, rendered: &[&Rendered]) -> Option<Finding> {
    let mut forms: Vec<(&str, Vec<&Rendered>)> = Vec::new();
    for &one in rendered.iter().filter(|one| !is_modifier(&one.hit.rendering) && is_meant(context, one)) {
        match forms.iter_mut().find(|(form, _)| is_one_word(form, &one.hit.rendering)) {
            Some((_, places)) => places.push(one),
            None => forms.push((&one.hit.rendering, vec![one])),
        }
    }
    let preferred = context.term(term).preferred();
    // The most used first; of equals the preferred one, then the first met.
    forms.sort_by_key(|(form, places)| (std::cmp::Reverse(places.len()), *form != preferred));
    let [(main, _), .., (rare, places)] = &forms[..] else { return None };
    let counted: Vec<String> = forms.iter().map(|(form, places)| format!("`{form}` ({})", places.len())).collect();
    let english = &context.term(term).english;
    let first = places.first()?;
    Some(Finding {
        term: Some(english.clone()),
        help: Some(format!("write `{main}` instead of `{rare}`, if both mean the same here")),
        ..Finding::new(
            ABOUT.name,
            ABOUT.severity,
            first.span.clone(),
            format!("`{english}` is written in {} ways in this digest: {}", forms.len(), counted.join(", ")),
        )
    })
}

/// Endings of words that stand before a noun as its verb or adjective: 않다, 있다, 없다, 같다, 하다, 되다, and what -적, -스럽다 and -롭다
/// make.
const MODIFIERS: &[&str] = &["않은", "있는", "없는", "같은", "않는", "하는", "되는", "된", "적인", "스러운", "로운"];

/// Whether grammar chooses the rendering and no person does: a modifier cannot stand where the noun does (볼록하지 않은 상황).
fn is_modifier(rendering: &str) -> bool {
    MODIFIERS.iter().any(|ending| rendering.ends_with(ending))
}

/// Whether two renderings are one word, perhaps with a suffix (모델, 모델링): no reader takes them for two things.
fn is_one_word(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// Whether a rendering stands for its term: one that other entries have too does so only where its English has the term.
fn is_meant(context: &Context<'_>, rendered: &Rendered) -> bool {
    let part = context.part_at(rendered.span.start);
    match part.filter(|part| part.english.is_some()) {
        Some(part) => context.names(part, rendered.hit.term).is_some(),
        None => context.rivals(rendered).next().is_none(),
    }
}
