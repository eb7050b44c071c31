//! `translated-name`: a name that stays in English did not survive in the Korean item.

use rustc_hash::FxHashMap;

use super::beside::Haystack;
use super::{About, Check, Context, Example, Finding, Group, Named, Part, Severity};
use crate::korean::view::View;

/// See [`About`].
pub(super) struct TranslatedName;

/// Its name.
pub(super) const NAME: &str = "translated-name";

const ABOUT: About = About {
    name: NAME,
    group: Group::Terms,
    severity: Severity::Error,
    on: true,
    summary: "a name that stays in English is not in the Korean item",
    meaning: "The glossary marks a name with `keep = true`: it is written in Latin letters in Korean too. The English item has the name,
and the Korean item does not. Items that are still in English are not looked at.",
    example: Example {
        english: "- BERT outperforms GPT\n",
        glossary: "BERT = { keep = true, read = \"버트\" }",
        wrong: "- 버트가 GPT보다 낫습니다\n",
        right: "- BERT가 GPT보다 낫습니다\n",
    },
    mend: "Write the name as the glossary has it. A Hangul form listed under the name's `avoid` is found by forbidden-term, which can
fix it.",
    waive: "The sentence does without the name.",
};

impl Check for TranslatedName {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let mut code = FxHashMap::default();
        for part in context.parts() {
            let is_name = |name: &&Named| name.terms.iter().all(|&term| context.term(term).keep);
            let lost = context.missing_in(part).into_iter().filter(is_name).filter(|name| !stands_in_code(context, part, name, &mut code));
            findings.extend(lost.map(|name| finding(context, part, name)));
        }
    }
}

fn finding(context: &Context<'_>, part: &Part, name: &Named) -> Finding {
    let term = &context.term(name.terms[0]).english;
    let message = format!("the name `{term}` stays in English, but it is not in the Korean text");
    Finding {
        term: Some(term.clone()),
        help: Some(format!("write `{term}`")),
        english: Some(context.english_of(name)),
        ..Finding::new(ABOUT.name, ABOUT.severity, context.place_for(part, &name.span), message)
    }
}

/// The code of each block, which many parts may share, by the place of its words.
type Code = FxHashMap<*const View, Haystack<'static>>;

/// Whether the name stands in the Korean part where terms are not looked for: `BERT` in code has not been translated.
fn stands_in_code(context: &Context<'_>, part: &Part, name: &Named, code: &mut Code) -> bool {
    context.words_of(part).any(|words| {
        let code = code.entry(std::ptr::from_ref(words)).or_insert_with(|| {
            // No name of a glossary has a line end in it.
            let hidden: Vec<&str> = words.hidden().iter().map(|range| &words.text[range.clone()]).collect();
            Haystack::of(hidden.join("\n").into())
        });
        name.terms.iter().any(|&term| code.has(&context.term(term).english))
    })
}
