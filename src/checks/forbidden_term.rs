//! `forbidden-term`: a rendering that the glossary lists under `avoid`.

use super::{About, Check, Context, Edit, Example, Finding, Group, Rendered, Severity};
use crate::glossary::{Form, Standing, Term};
use crate::korean::hangul::Final;
use crate::korean::particle::fit_sound;

/// See [`About`].
pub(super) struct ForbiddenTerm;

/// Its name.
pub(super) const NAME: &str = "forbidden-term";

const ABOUT: About = About {
    name: NAME,
    group: Group::Terms,
    severity: Severity::Error,
    on: true,
    summary: "a rendering that the glossary tells to avoid",
    meaning: "The team writes a term one way, and this is a way that it decided against: it is listed under the term's `avoid`.
Where the English item does not have the term, or there is no English side, the word may mean something else: then this is a hint.",
    example: Example {
        english: "- How to escape saddle points\n",
        glossary: "\"saddle point\" = { korean = \"안장점\", avoid = [\"새들 포인트\"] }",
        wrong: "- 새들 포인트를 벗어나는 방법\n",
        right: "- 안장점을 벗어나는 방법\n",
    },
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
    let message = format!("the glossary avoids `{written}` for `{}`", term.english);
    let mut finding = Finding {
        term: Some(term.english.clone()),
        english: named.map(|named| context.english_of(named)),
        ..Finding::new(ABOUT.name, ABOUT.severity, rendered.span.clone(), message)
    };
    let repair = context.glossary().repair(view, context.korean().digest.text, &rendered.hit);
    let particle = repair.particle.clone().map_or("", |range| &view.text[range]);
    let write = match &repair.fitted {
        Some(fitted) => format!("`{}{fitted}`", repair.preferred),
        None => both_forms(term, particle),
    };
    finding.help = Some(match named {
        None => {
            finding.severity = Severity::Hint;
            let lacks = if context.english().is_some() { "its English does not have the term" } else { "there is no English to compare" };
            format!("write {write} if `{}` is meant: {lacks}", term.english)
        }
        Some(_) if rendered.hit.standing == Standing::Compound => {
            finding.severity = Severity::Warning;
            format!("write `{}` if this word is made of the term", repair.preferred)
        }
        Some(_) if undecided => format!("write {write}, or what the other entry of `{written}` prefers"),
        Some(_) => {
            finding.fix = repair.edits.into_iter().map(|(span, text)| Edit { span, text }).collect();
            format!("write {write}")
        }
    });
    Some(finding)
}

/// The rendering with either form of the particle, the likelier first, where it may be read aloud in two ways.
fn both_forms(term: &Term, particle: &str) -> String {
    let preferred = term.preferred();
    let likely = term.reading().map_or(Final::Vowel, |reading| reading.sound);
    let other = if likely == Final::Vowel { Final::Consonant } else { Final::Vowel };
    let form = |sound| format!("`{preferred}{}`", fit_sound(Some(sound), particle).unwrap_or(particle.into()));
    let (first, second) = (form(likely), form(other));
    if first == second { first } else { format!("{first}, or {second} if it is read so") }
}
