//! `forbidden-term`: a rendering that the glossary lists under `avoid`.

use super::{About, Check, Context, Edit, Finding, Rendered, Severity};
use crate::glossary::Form;

/// See [`About`].
pub(super) struct ForbiddenTerm;

const ABOUT: About = About {
    name: "forbidden-term",
    severity: Severity::Error,
    summary: "a rendering that the glossary tells to avoid",
    meaning: "The team writes a term one way, and this is a way that it decided against: it is listed under the term's `avoid`.
Where the English item does not have the term, or there is no English side, the word may mean something else: then this is a hint.",
    example: "새들 포인트를 벗어나는 -> 안장점을 벗어나는",
    mend: "`--fix` writes the preferred rendering and makes the particle or the copula after it fit. Where the right particle is not
certain the help gives both forms, and a person decides.",
    waive: "The word is quoted, is part of a name, or is no term here. An everyday word that is always mistaken for the term belongs
under `[words] known` of glossary.toml.",
};

impl Check for ForbiddenTerm {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for rendered in context.terms().filter(|rendered| rendered.hit.form == Form::Avoid) {
            findings.extend(finding(context, rendered));
        }
    }
}

fn finding(context: &Context<'_>, rendered: &Rendered) -> Option<Finding> {
    let term = context.term(rendered.hit.term);
    let part = context.part_at(rendered.span.start);
    let named = part.and_then(|part| context.names(part, rendered.hit.term));
    // Another term's accepted rendering, or another sense's, is no fault: what is meant is not known.
    let is_meant = |number: usize| named.is_none() || part.is_some_and(|part| context.names(part, number).is_some());
    if context.rivals(rendered).any(|other| other.hit.form != Form::Avoid && is_meant(other.hit.term)) {
        return None;
    }
    let undecided = context.rivals(rendered).any(|other| {
        other.hit.form == Form::Avoid && is_meant(other.hit.term) && context.term(other.hit.term).preferred() != term.preferred()
    });
    let view = &context.korean().prose()[rendered.prose].view;
    let written = &view.text[rendered.hit.range.clone()];
    let message = format!("`{written}` is not written for `{}`: the glossary has `{}`", term.english, term.preferred());
    let mut finding = Finding {
        term: Some(term.english.clone()),
        english: named.map(|named| context.english_of(named)),
        ..Finding::new(ABOUT.name, ABOUT.severity, rendered.span.clone(), message)
    };
    let replacement = replacement(context, view, rendered);
    match named {
        None => {
            finding.severity = Severity::Hint;
            let lacks = if context.english().is_some() { "its English does not have the term" } else { "there is no English to compare" };
            finding.help = Some(format!("write `{}` if `{}` is meant: {lacks}", replacement.text, term.english));
        }
        Some(_) if undecided => finding.help = Some(format!("write `{}`, or what another entry prefers", replacement.text)),
        Some(_) => {
            finding.help = Some(format!("write `{}`", replacement.text));
            if replacement.is_certain {
                finding.fix = replacement.edits.into_iter().map(|(span, text)| Edit { span, text }).collect();
            }
        }
    }
    Some(finding)
}

struct Replacement {
    text: String,
    is_certain: bool,
    edits: Vec<(crate::span::Span, String)>,
}
fn replacement(context: &Context<'_>, view: &crate::korean::view::View, rendered: &Rendered) -> Replacement {
    let preferred = context.term(rendered.hit.term).preferred();
    let sound = crate::korean::hangul::final_sound(preferred);
    let tail = &view.text[rendered.hit.tail.clone()];
    let fitted = crate::korean::particle::fit_sound(sound, tail).map(|t| t.into_owned());
    let mut edits = vec![(rendered.span.clone(), preferred.to_owned())];
    if let Some(f) = &fitted
        && !tail.is_empty()
    {
        edits.push((view.span(rendered.hit.tail.clone()), f.clone()));
    }
    Replacement { text: format!("{preferred}{}", fitted.as_deref().unwrap_or("")), is_certain: fitted.is_some(), edits }
}
