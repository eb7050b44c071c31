//! The `ok` and `ng` examples of an entry, tried.

use super::Lint;
use crate::glossary::{Glossary, Term};
use crate::korean::hangul::{final_sound, is_hangul, run_len};
use crate::korean::tail::is_tail;

/// Adds the examples of the entry `number` that fail.
pub(super) fn lint(glossary: &Glossary, number: usize, term: &Term, lints: &mut Vec<Lint>) {
    for (examples, wanted) in [(&term.ok, true), (&term.ng, false)] {
        for example in examples.iter().filter(|example| holds(glossary, number, &example.text) != wanted) {
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

/// Whether an accepted form of the entry stands in a Korean text.
fn holds(glossary: &Glossary, number: usize, text: &str) -> bool {
    glossary.terms()[number].accepted().any(|form| {
        text.match_indices(form).any(|(at, _)| {
            let after = &text[at + form.len()..];
            !text[..at].ends_with(is_hangul) && is_tail(final_sound(form), &after[..run_len(after)])
        })
    })
}
