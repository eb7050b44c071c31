//! The `ok` and `ng` examples of an entry, tried.

use super::Lint;
use crate::glossary::{Form, Glossary, Term};
use crate::korean::view::View;

/// Adds the examples of the entry `number` that fail.
pub(super) fn lint(glossary: &Glossary, number: usize, term: &Term, lints: &mut Vec<Lint>) {
    for (examples, wanted) in [(&term.ok, true), (&term.ng, false)] {
        for example in examples.iter().filter(|example| holds(glossary, number, &example.text, wanted) != wanted) {
            let (message, help) = match wanted {
                true => (
                    format!("no form of `{}` is found in its `ok` example", term.english),
                    "list the form under `also`, or mend the example",
                ),
                false => (
                    format!("a form of `{}` is found in its `ng` example", term.english),
                    "list the word that the form is part of under `[words] known`, or mend the example",
                ),
            };
            lints.push(Lint { name: "failing-example", message, help: help.to_string(), span: example.span.clone(), related: None });
        }
    }
}

/// Whether the entry is found in a Korean text: an accepted form where it is `wanted`, any form where it is not.
fn holds(glossary: &Glossary, number: usize, text: &str, wanted: bool) -> bool {
    let hits = glossary.find_korean(&View::of(text));
    hits.iter().any(|hit| hit.term == number && !(wanted && hit.form == Form::Avoid))
}
