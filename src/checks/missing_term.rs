//! `missing-term`: the English item has a term, and none of its Korean renderings stands in the Korean item.

use super::{About, Check, Context, Example, Finding, Group, Named, Part, Severity};

/// See [`About`].
pub(super) struct MissingTerm;

/// Its name.
pub(super) const NAME: &str = "missing-term";

const ABOUT: About = About {
    name: NAME,
    group: Group::Terms,
    severity: Severity::Error,
    on: true,
    summary: "a term of the English item has none of its renderings in the Korean item",
    meaning: "The glossary says how a term is written in Korean. The English item has the term, but neither its preferred rendering nor
one under `also` stands in the Korean item. One rendering for each item and term is enough: Korean drops a noun that was said before.
Any sense of an English word counts. Items that are still in English are not looked at.",
    example: Example {
        english: "- How to escape saddle points\n",
        glossary: "\"saddle point\" = \"안장점\"",
        wrong: "- 극점에서 벗어나는 방법\n",
        right: "- 안장점에서 벗어나는 방법\n",
    },
    mend: "Write the rendering that the help names, or add the one that stands there to the term's `also`. Nothing is fixed by itself:
only a person sees which word stands for the term.",
    waive: "The sentence was put in other words on purpose, and the term would be forced into it.",
};

impl Check for MissingTerm {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for part in context.parts() {
            // A name that stays is `translated-name`'s.
            let is_word = |named: &&Named| !named.terms.iter().all(|&term| context.term(term).keep);
            findings.extend(context.missing_in(part).into_iter().filter(is_word).map(|missing| finding(context, part, missing)));
        }
    }
}

fn finding(context: &Context<'_>, part: &Part, missing: &Named) -> Finding {
    let mut renderings: Vec<&str> = Vec::new();
    for rendering in missing.terms.iter().flat_map(|&term| context.term(term).accepted()) {
        if !renderings.contains(&rendering) {
            renderings.push(rendering);
        }
    }
    let term = &context.term(missing.terms[0]).english;
    let renderings: Vec<String> = renderings.iter().map(|rendering| format!("`{rendering}`")).collect();
    let unit = if part.item.is_some() { "item" } else { "text" };
    let absent = if renderings.len() == 1 { "is not" } else { "are not" };
    let message = format!("`{term}` is in the English {unit}, but {} {absent} in the Korean one", listed(&renderings, "and"));
    Finding {
        term: Some(term.clone()),
        help: Some(format!("write {}", listed(&renderings, "or"))),
        english: Some(context.english_of(missing)),
        ..Finding::new(ABOUT.name, ABOUT.severity, context.place_for(part, &missing.span), message)
    }
}

/// `a`, `a or b`, `a, b or c`.
fn listed(words: &[String], joint: &str) -> String {
    match words {
        [before @ .., last] if !before.is_empty() => format!("{} {joint} {last}", before.join(", ")),
        _ => words.concat(),
    }
}
