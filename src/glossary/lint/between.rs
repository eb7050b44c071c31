//! What is wrong between the forms of entries.

use std::collections::HashMap;

use super::{Forms, Lint, folded, written};
use crate::glossary::{Case, Rendering, Term};
use crate::span::Span;

/// Adds what is to be said of entries that contradict each other, or themselves.
pub(super) fn lint(terms: &[Term], forms: &Forms, lints: &mut Vec<Lint>) {
    duplicates(terms, lints);
    shared(terms, forms, lints);
    for (number, term) in terms.iter().enumerate() {
        for avoid in &term.avoid {
            avoided(terms, number, avoid, forms, lints);
        }
    }
}

/// English entries with the same letters. Senses of one word have one key; capitals that count tell GAN from gan.
fn duplicates(terms: &[Term], lints: &mut Vec<Lint>) {
    let mut first: HashMap<String, Vec<(&Term, &str)>> = HashMap::new();
    for term in terms {
        for form in std::iter::once(&term.english).chain(&term.forms) {
            let letters: String = form.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
            let same = first.entry(letters.to_lowercase()).or_default();
            let twin = same.iter().find(|(other, spelled)| {
                let any = term.case == Case::Any && other.case == Case::Any;
                other.span != term.span && (any || *spelled == form)
            });
            if let Some((other, _)) = twin {
                lints.push(Lint {
                    name: "duplicate-term",
                    message: format!("`{form}` is listed twice: case, blanks and hyphens make no other term"),
                    help: "make one entry of them, with senses where it has several".to_string(),
                    span: term.span.clone(),
                    related: related(&other.span, "first listed here"),
                });
            }
            same.push((term, form));
        }
    }
}

/// One preferred rendering of several entries, each but the first reported.
fn shared(terms: &[Term], forms: &Forms, lints: &mut Vec<Lint>) {
    for (number, term) in terms.iter().enumerate() {
        let Some(rendering) = written(term) else { continue };
        let first = forms.of(&folded(&rendering.text)).first().map(|&first| &terms[first]);
        if let Some((first, before)) =
            first.filter(|_| first_of(forms, rendering) != Some(number)).and_then(|first| Some((first, written(first)?)))
        {
            lints.push(Lint {
                name: "shared-rendering",
                message: format!("`{}` is written for `{}` and for `{}`", rendering.text, first.english, term.english),
                help: "write them differently; if they are one term, list the other word under its `forms`".to_string(),
                span: rendering.span.clone(),
                related: related(&before.span, "first listed here"),
            });
        }
    }
}

fn first_of(forms: &Forms, rendering: &Rendering) -> Option<usize> {
    forms.of(&folded(&rendering.text)).first().copied()
}

/// An avoided form against the preferred forms of all entries.
fn avoided(terms: &[Term], own: usize, avoid: &Rendering, forms: &Forms, lints: &mut Vec<Lint>) {
    let term = &terms[own];
    let letters = folded(&avoid.text);
    if let Some(accepted) = term.also.iter().find(|also| folded(&also.text) == letters) {
        lints.push(Lint {
            name: "avoid-is-accepted",
            message: format!("`{}` is accepted and avoided in one entry", avoid.text),
            help: "take it out of one of the lists".to_string(),
            span: avoid.span.clone(),
            related: related(&accepted.span, "accepted here"),
        });
    }
    for (part, is_whole) in parts(&letters) {
        for &number in forms.of(part) {
            let Some(rendering) = written(&terms[number]) else { continue };
            let is_own = number == own;
            if is_whole && !is_own {
                lints.push(Lint {
                    name: "preferred-is-avoided",
                    message: format!(
                        "`{}` is preferred for `{}` and avoided for `{}`",
                        rendering.text, terms[number].english, term.english
                    ),
                    help: "one of the entries has to give way, or each must be a sense of one word".to_string(),
                    span: rendering.span.clone(),
                    related: related(&avoid.span, "avoided here"),
                });
            } else if is_own || !has_as_part(&term.english, &terms[number].english) {
                lints.push(Lint {
                    name: "avoid-contains-preferred",
                    message: match is_whole {
                        true => format!("`{}` is `{}` with other blanks, which is always accepted", avoid.text, rendering.text),
                        false => {
                            format!("the avoided `{}` contains `{}`, which `{}` prefers", avoid.text, rendering.text, terms[number].english)
                        }
                    },
                    help: "take it out of `avoid`, or write the longer form that is meant".to_string(),
                    span: avoid.span.clone(),
                    related: related(&rendering.span, "preferred here"),
                });
            }
        }
    }
}

/// Every part of at least two characters, and whether it is the whole. One syllable is in too many words to mean something.
fn parts(letters: &str) -> impl Iterator<Item = (&str, bool)> {
    // Longer than any form that a person lists; a hostile one must not cost its square.
    const MOST: usize = 64;
    let ends: Vec<usize> = letters.char_indices().map(|(at, _)| at).skip(1).chain([letters.len()]).take(MOST).collect();
    let starts: Vec<usize> = letters.char_indices().map(|(at, _)| at).take(MOST).collect();
    let pairs = ends.into_iter().enumerate().flat_map(move |(last, end)| {
        let starts: Vec<usize> = starts.iter().take(last).copied().collect();
        starts.into_iter().map(move |start| (start, end))
    });
    pairs.map(move |(start, end)| (&letters[start..end], start == 0 && end == letters.len()))
}

/// Whether one English entry is made of the words of another: the forms of `loss function` have those of `function` in them.
fn has_as_part(whole: &str, part: &str) -> bool {
    let part = part.to_lowercase();
    whole.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| part == word) || whole.to_lowercase().contains(&part)
}

fn related(span: &Span, label: &'static str) -> Option<(Span, &'static str)> {
    Some((span.clone(), label))
}
