//! `spaced-particle`: a blank between a word and its particle.

use super::{About, Check, Context, Edit, Example, Finding, Group, Severity};
use crate::korean::agreement::Spaced;
use crate::korean::view::View;

/// See [`About`].
pub(super) struct SpacedParticle;

const ABOUT: About = About {
    name: "spaced-particle",
    group: Group::Particles,
    severity: Severity::Warning,
    on: true,
    summary: "a blank between a word and its particle",
    meaning:
        "A particle is written onto the word before it (한글 맞춤법 제41항), whatever letters that word is written in. Machine translation
often leaves a blank behind English words, numbers and code.",
    example: Example { english: "", glossary: "", wrong: "- API 를 호출한다.\n", right: "- API를 호출한다.\n" },
    mend: "`--fix` takes the blank out. A form that does not fit the word is then wrong-particle's, and fixed too where it is certain.",
    waive: "The letters are a word of their own.",
};

impl Check for SpacedParticle {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for (prose, words) in context.korean().prose().iter().enumerate() {
            let spaced = &context.particles()[prose].spaced;
            findings.extend(spaced.iter().map(|spaced| finding(context, &words.view, spaced)));
        }
    }
}

fn finding(context: &Context<'_>, view: &View, spaced: &Spaced) -> Finding {
    let text = context.korean().digest.text;
    let particle = &view.text[spaced.particle.clone()];
    let (blank, place) = (view.span(spaced.blank.clone()), view.span(spaced.particle.clone()));
    // A line end is a blank too, but it parts lines of the file.
    let is_blank = text[blank.clone()].chars().all(|c| matches!(c, ' ' | '\u{a0}'));
    Finding {
        help: Some(format!("write `{particle}` onto the word before it")),
        fix: if is_blank { vec![Edit { span: blank.clone(), text: String::new() }] } else { Vec::new() },
        ..Finding::new(ABOUT.name, ABOUT.severity, blank.start..place.end, format!("`{particle}` is parted from its word"))
    }
}
