//! Rows of other tools, gathered into terms: several rows of one English form are its renderings.

use std::collections::HashMap;

use super::Imported;
use crate::glossary::{Rendering, Term};

/// What a row says of its Korean form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Preferred,
    Also,
    Avoid,
}

/// The terms of a file so far.
#[derive(Default)]
pub(super) struct Collected {
    terms: Vec<Term>,
    /// Where the entry of an English form and a sense is.
    places: HashMap<(String, Option<String>), usize>,
    pub losses: Vec<String>,
}

impl Collected {
    /// The entry of an English form in a sense, begun where there is none.
    pub(super) fn term(&mut self, english: &str, sense: Option<&str>) -> &mut Term {
        let key = (english.to_string(), sense.map(str::to_string));
        let place = *self.places.entry(key).or_insert_with(|| {
            self.terms.push(Term { sense: sense.map(str::to_string), ..Term::new(english) });
            self.terms.len() - 1
        });
        &mut self.terms[place]
    }

    /// Ends the gathering. An entry that has no preferred form takes its first other one; without any it is lost.
    pub(super) fn finish(mut self) -> Imported {
        for term in &mut self.terms {
            if !term.keep && term.korean.is_none() && !term.also.is_empty() {
                term.korean = Some(term.also.remove(0));
            }
        }
        let (terms, bare): (Vec<Term>, Vec<Term>) = self.terms.into_iter().partition(|term| term.keep || term.korean.is_some());
        self.losses.extend(bare.iter().map(|term| format!("`{}`: it has no Korean form to write", term.english)));
        Imported { terms, losses: self.losses }
    }
}

/// Adds a Korean form to an entry; a form that is the English one is a name that stays.
pub(super) fn add(term: &mut Term, korean: &str, kind: Kind) {
    let forms = |list: &[Rendering]| list.iter().any(|form| form.text == korean);
    let is_listed = term.korean.as_ref().is_some_and(|form| form.text == korean) || forms(&term.also) || forms(&term.avoid);
    if korean.is_empty() || is_listed {
        return;
    }
    match kind {
        Kind::Avoid => term.avoid.push(Rendering::new(korean)),
        _ if korean == term.english => term.keep = true,
        Kind::Preferred if term.korean.is_none() && !term.keep => term.korean = Some(Rendering::new(korean)),
        _ => term.also.push(Rendering::new(korean)),
    }
}
