//! What is wrong with one entry by itself.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use unicode_normalization::is_nfc;

use super::particle_end::ending_particle;
use super::{Forms, Lint, folded, written};
use crate::glossary::{Glossary, Rendering, Term};
use crate::korean::hangul::is_hangul;
use crate::span::Span;

/// Adds what is to be said of the entry `number`.
pub(super) fn lint(glossary: &Glossary, number: usize, term: &Term, forms: &Forms, lints: &mut Vec<Lint>) {
    let mut add = |name, span: &Span, message, help: &str| {
        lints.push(Lint { name, message, help: help.to_string(), span: span.clone(), related: None });
    };
    if term.english.trim() != term.english {
        add("blanks", &term.span, format!("`{}` begins or ends with a blank", term.english), "take the blanks out of the quotes");
    }
    if !is_nfc(&term.english) {
        add(
            "not-nfc",
            &term.span,
            format!("`{}` is not in the composed form NFC", term.english),
            "write it anew, or normalise the file to NFC",
        );
    }
    let listed = std::iter::once(&term.english).chain(&term.forms);
    for form in listed.filter(|form| !glossary.finds(number, form)) {
        let message = format!("`{form}` is never found in a text: it holds no word, or is a name of code");
        add("never-found", &term.span, message, "write the words as they stand in a sentence");
    }
    if let Some(read) = term.read.as_deref().filter(|read| !read.ends_with(is_hangul)) {
        let message = format!("`read` of `{}` is `{read}`, which does not end in Hangul", term.english);
        add("read-not-hangul", &term.span, message, "write how it is said, such as 버트: the last sound decides the particle");
    }
    if let Some(rendering) = term.korean.as_ref().filter(|_| term.keep) {
        let message = format!("`{}` stays in English, so that its `korean` is never written", term.english);
        add("keep-with-korean", &rendering.span, message, "list it under `also` to accept it, or take `keep` out");
    }
    for rendering in term.korean.iter().chain(&term.also).chain(&term.avoid) {
        form(rendering, forms, &mut add);
    }
    for rendering in written(term).into_iter().chain(&term.also) {
        if forms.known.contains(&folded(&rendering.text)) {
            let message = format!("`{}` is never found: `[words] known` says that it is no term", rendering.text);
            add("never-found", &rendering.span, message, "take it out of `known`");
        }
    }
    repeated(term, lints);
}

/// What any Korean form can have wrong.
fn form(rendering: &Rendering, forms: &Forms, add: &mut impl FnMut(&'static str, &Span, String, &str)) {
    let Rendering { text, span } = rendering;
    if text.trim() != text {
        add("blanks", span, format!("`{text}` begins or ends with a blank"), "take the blanks out of the quotes");
    }
    if !is_nfc(text) {
        add("not-nfc", span, format!("`{text}` is not in the composed form NFC"), "write it anew, or normalise the file to NFC");
    }
    if !text.contains(char::is_alphanumeric) {
        add("never-found", span, format!("`{text}` holds no letter, so that it is never found"), "write a Korean form");
    }
    let mut letters = folded(text).chars().collect::<Vec<_>>().into_iter();
    if let (Some(only), None) = (letters.next(), letters.next())
        && is_hangul(only)
    {
        let message = format!("`{text}` is one syllable, which other words are full of");
        add("one-syllable", span, message, "prefer a longer form; else list the words that contain it under `[words] known`");
    }
    let is_listed = |stem: &str| forms.accepted.contains(&folded(stem));
    if let Some((stem, particle)) = ending_particle(text.trim_end(), is_listed) {
        let message = format!("`{text}` seems to end in the particle `{particle}`");
        add("particle-ending", span, message, &format!("write `{stem}`: particles are found after it, and made to fit"));
    }
}

/// Forms that differ in blanks only from one before them, in `korean` and `also` or in `avoid`.
fn repeated(term: &Term, lints: &mut Vec<Lint>) {
    let accepted: Vec<&Rendering> = term.korean.iter().chain(&term.also).collect();
    let avoided: Vec<&Rendering> = term.avoid.iter().collect();
    for list in [accepted, avoided] {
        let mut seen: HashMap<String, &Rendering> = HashMap::new();
        for rendering in list {
            let first = match seen.entry(folded(&rendering.text)) {
                Entry::Occupied(first) => *first.get(),
                Entry::Vacant(place) => {
                    place.insert(rendering);
                    continue;
                }
            };
            lints.push(Lint {
                name: "repeated-form",
                message: match first.text == rendering.text {
                    true => format!("`{}` is listed twice", rendering.text),
                    false => format!("`{}` differs from `{}` in blanks only", rendering.text, first.text),
                },
                help: "take it out: blanks inside a form may always differ".to_string(),
                span: rendering.span.clone(),
                related: Some((first.span.clone(), "first listed here")),
            });
        }
    }
}
