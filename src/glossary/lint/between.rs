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
        let mut accepted: HashMap<String, &Rendering> = HashMap::new();
        if !term.avoid.is_empty() {
            term.also.iter().for_each(|also| _ = accepted.entry(folded(&also.text)).or_insert(also));
        }
        for avoid in &term.avoid {
            avoided(terms, number, avoid, &accepted, forms, lints);
        }
    }
}

/// English entries with the same letters. Senses of one word have one key; capitals that count tell GAN from gan.
fn duplicates(terms: &[Term], lints: &mut Vec<Lint>) {
    let mut same: HashMap<String, Same<'_>> = HashMap::new();
    for (number, term) in terms.iter().enumerate() {
        for form in std::iter::once(&term.english).chain(&term.forms) {
            let letters: String = form.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
            let same = same.entry(letters.to_lowercase()).or_default();
            if let Some(other) = same.twin(terms, term, form) {
                lints.push(Lint {
                    name: "duplicate-term",
                    message: format!("`{form}` is listed twice: case, blanks and hyphens make no other term"),
                    help: "make one entry of them, with senses where it has several".to_string(),
                    span: term.span.clone(),
                    related: related(&other.span, "first listed here"),
                });
            }
            same.add(terms, number, form);
        }
    }
}

/// Entries whose forms have the same letters: the first one, and the first one of another key, of those in any case and of each spelling.
#[derive(Default)]
struct Same<'t> {
    any: [Option<usize>; 2],
    spelled: HashMap<&'t str, [Option<usize>; 2]>,
}

impl<'t> Same<'t> {
    /// The first entry of another key that a form of `term` means as well.
    fn twin<'a>(&self, terms: &'a [Term], term: &Term, form: &str) -> Option<&'a Term> {
        let any = (term.case == Case::Any).then_some(&self.any);
        let all = any.into_iter().chain(self.spelled.get(form)).flatten().flatten();
        all.copied().filter(|&number| terms[number].span != term.span).min().map(|number| &terms[number])
    }

    fn add(&mut self, terms: &[Term], number: usize, form: &'t str) {
        let put = |first: &mut [Option<usize>; 2]| match first {
            [None, _] => first[0] = Some(number),
            [Some(one), None] if terms[*one].span != terms[number].span => first[1] = Some(number),
            _ => {}
        };
        if terms[number].case == Case::Any {
            put(&mut self.any);
        }
        put(self.spelled.entry(form).or_default());
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

/// Of entries with one preferred rendering so many are told that another one avoids: the others are told to share it.
const MOST: usize = 16;

/// An avoided form against the forms that its own entry accepts beside the preferred one, and the preferred forms of all entries.
fn avoided(terms: &[Term], own: usize, avoid: &Rendering, accepted: &HashMap<String, &Rendering>, forms: &Forms, lints: &mut Vec<Lint>) {
    let term = &terms[own];
    let letters = folded(&avoid.text);
    if let Some(accepted) = accepted.get(&letters) {
        lints.push(Lint {
            name: "avoid-is-accepted",
            message: format!("`{}` is accepted and avoided in one entry", avoid.text),
            help: "take it out of one of the lists".to_string(),
            span: avoid.span.clone(),
            related: related(&accepted.span, "accepted here"),
        });
    }
    for (part, is_whole) in parts(&letters) {
        for &number in forms.of(part).iter().take(MOST) {
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
