//! What recurs, held against the glossary: new terms, and forms that a known term is to avoid.

use std::collections::{BTreeMap, BTreeSet};

use super::mine::{Form, Gram, Mine, Replacement};
use super::{Evidence, Proposal, Sighting, Triple};
use crate::glossary::{Glossary, Rendering, Term};
use crate::korean::view::View;

/// Every proposal, the best founded first, then in the order of the alphabet.
pub(super) fn proposals(triples: &[Triple], glossary: &Glossary) -> Vec<Proposal> {
    let mine = Mine::new(triples);
    let judge = Judge { mine: &mine, glossary };
    let mut found: Vec<Found> = mine.replacements().iter().filter_map(|replacement| judge.found(replacement)).collect();
    settle(&mut found);
    let mut grouped: BTreeMap<(String, String), Vec<Found>> = BTreeMap::new();
    for one in found {
        grouped.entry((one.term.english.clone(), one.form.approved.clone())).or_default().push(one);
    }
    let mut proposals: Vec<Proposal> = grouped.into_values().filter_map(|group| judge.proposal(group)).collect();
    proposals.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.term.english.cmp(&b.term.english)));
    proposals
}

/// A replacement with the term that it is about.
struct Found {
    /// The entry, without forms to avoid.
    term: Term,
    is_known: bool,
    form: Form,
    sightings: Vec<usize>,
}

struct Judge<'a> {
    mine: &'a Mine<'a>,
    glossary: &'a Glossary,
}

impl Judge<'_> {
    fn found(&self, replacement: &Replacement) -> Option<Found> {
        let wide = replacement.wide.as_ref().map(|(_, _, form)| form);
        let forms: Vec<&Form> = wide.into_iter().chain([&replacement.core]).filter(|form| form.is_noun).collect();
        if forms.iter().any(|form| self.contradicts(form, &replacement.sightings)) {
            return None;
        }
        let sightings = replacement.sightings.clone();
        let known = forms.iter().find_map(|form| Some((self.known(form, &sightings)?, (*form).clone())));
        if let Some((term, form)) = known {
            let is_listed = term.avoid.iter().any(|avoid| is_same(&avoid.text, &form.machine));
            let entry = Term { korean: term.korean.clone(), keep: term.keep, ..Term::new(&term.english) };
            return (!is_listed).then_some(Found { term: entry, is_known: true, form, sightings });
        }
        let (gram, form) = self.explained(replacement)?;
        // What another term is called in Korean would be two terms in one word.
        if self.glossary.terms().iter().any(|term| term.accepted().any(|own| is_same(own, &form.approved))) {
            return None;
        }
        let term = self.entry(&gram, &form, &sightings)?;
        let is_listed = !self.glossary.find_english(&term.english).is_empty() && self.is_listed(&term.english);
        (!is_listed).then_some(Found { term, is_known: false, form, sightings })
    }

    /// Whether the glossary says otherwise: the editor's form is one to avoid, or the machine's is right for this English.
    fn contradicts(&self, form: &Form, sightings: &[usize]) -> bool {
        let is_avoided = |term: &Term| term.avoid.iter().any(|avoid| is_same(&avoid.text, &form.approved));
        let is_right = |term: &&Term| term.accepted().any(|own| is_same(own, &form.machine));
        self.glossary.terms().iter().any(is_avoided)
            || sightings.iter().any(|&index| self.glossary.terms_in(&self.mine.triples[index].english).iter().any(is_right))
    }

    /// The one term that all these texts have, and that is written as the editor wrote it.
    fn known(&self, form: &Form, sightings: &[usize]) -> Option<&Term> {
        let mut fitting = self.glossary.terms().iter().enumerate().filter(|(_, term)| is_same(term.preferred(), &form.approved));
        let in_all = |number: usize| {
            let has = |&index: &usize| self.glossary.find_english(&self.mine.triples[index].english).iter().any(|(hit, _)| *hit == number);
            sightings.iter().all(has)
        };
        let (_, term) = fitting.by_ref().find(|(number, _)| in_all(*number))?;
        // Of two senses with one rendering nobody knows which is meant.
        let is_alone = !fitting.any(|(_, other)| other.english == term.english);
        is_alone.then_some(term)
    }

    /// The English phrase that explains a replacement, with as many words around it as the phrase has; none where two may.
    fn explained(&self, replacement: &Replacement) -> Option<(Gram, Form)> {
        let open = |(gram, _): &&(Gram, usize)| !self.is_explained(gram, replacement);
        let candidates: Vec<&(Gram, usize)> = replacement.english.iter().filter(open).collect();
        let (gram, with) = candidates.first()?;
        // Phrases that overlap are one phrase that is written in two ways.
        if candidates.get(1).is_some_and(|(_, other)| other == with) {
            return None;
        }
        let core = &replacement.core;
        if let Some((left, right, wide)) = &replacement.wide {
            let words = wide.approved.split(' ').count();
            if words == gram.len() {
                let inner = gram[*left..gram.len() - right].to_vec();
                let stands = replacement.sightings.iter().all(|&index| self.mine.written(&inner, index).is_some());
                let is_term = core.is_noun && stands && !self.mine.vocabulary.is_common(&inner) && !self.is_explained(&inner, replacement);
                return Some(if is_term { (inner, core.clone()) } else { (gram.clone(), wide.clone()) });
            }
            let longest = core.approved.split(' ').count().max(core.machine.split(' ').count());
            if words < gram.len() && (!core.is_noun || longest < gram.len()) {
                return Some((gram.clone(), wide.clone()));
            }
        }
        core.is_noun.then(|| (gram.clone(), core.clone()))
    }

    /// Whether a phrase is a term of the glossary that the editor's text has, or a name that both Korean texts have.
    fn is_explained(&self, gram: &Gram, replacement: &Replacement) -> bool {
        replacement.sightings.iter().all(|&index| {
            let triple = &self.mine.triples[index];
            let Some(written) = self.mine.written(gram, index) else { return false };
            let approved = triple.approved.as_deref().unwrap_or_default();
            let is_kept = |text: &str| text.to_lowercase().contains(&written.to_lowercase());
            if is_kept(approved) && is_kept(triple.machine.as_deref().unwrap_or_default()) {
                return true;
            }
            let hits = self.glossary.find_korean(&View::of(approved));
            let found = self.glossary.find_english(&triple.english);
            let mut of_phrase = found
                .iter()
                .filter(|(_, span)| triple.english[span.clone()].contains(written) || written.contains(&triple.english[span.clone()]));
            of_phrase.any(|(term, _)| hits.iter().any(|hit| hit.term == *term))
        })
    }

    /// The entry of a new term: the English that finds all its sightings.
    fn entry(&self, gram: &Gram, form: &Form, sightings: &[usize]) -> Option<Term> {
        let written: Vec<&str> = sightings.iter().filter_map(|&index| self.mine.written(gram, index)).collect();
        let texts: Vec<&str> = sightings.iter().map(|&index| self.mine.triples[index].english.as_str()).collect();
        let english = self.mine.vocabulary.entry(gram, &written, &texts)?;
        let keep = english.to_lowercase() == form.approved.to_lowercase();
        let korean = (!keep).then(|| Rendering::new(form.approved.as_str()));
        Some(Term { korean, keep, ..Term::new(if keep { &form.approved } else { &english }) })
    }

    /// Whether the glossary has an entry of this English.
    fn is_listed(&self, english: &str) -> bool {
        let found = self.glossary.find_english(english);
        found.iter().any(|(_, span)| *span == (0..english.len()))
    }

    /// One proposal of all that was found about one term.
    fn proposal(&self, group: Vec<Found>) -> Option<Proposal> {
        let mut term = group.first()?.term.clone();
        let is_known = group[0].is_known;
        let mut items: BTreeSet<(&str, Option<usize>, usize)> = BTreeSet::new();
        let mut evidence = Vec::new();
        // 컨트리 허가 in 백 컨트리 허가: the longer form says it all.
        let is_whole = |one: &&Found| !group.iter().any(|other| is_part(&one.form.machine, &other.form.machine));
        for found in group.iter().filter(is_whole) {
            // A form that another term is written with cannot be forbidden.
            let is_free = !self.glossary.terms().iter().any(|other| other.accepted().any(|own| is_same(own, &found.form.machine)));
            if is_free {
                term.avoid.push(Rendering::new(found.form.machine.as_str()));
            } else if is_known {
                continue;
            }
            for &index in &found.sightings {
                let triple = &self.mine.triples[index];
                items.insert((&triple.file, triple.item, if triple.item.is_some() { 0 } else { index }));
            }
            let sightings = found.sightings.iter().map(|&index| Sighting::of(&self.mine.triples[index])).collect();
            evidence.push(Evidence { machine: found.form.machine.clone(), approved: found.form.approved.clone(), sightings });
        }
        (!evidence.is_empty()).then_some(Proposal { times: items.len(), term, is_known, evidence })
    }
}

/// Of replacements that say different things about one English term or one machine form, the more frequent one; none where they are
/// alike, or where editors went both ways.
fn settle(found: &mut Vec<Found>) {
    let all: Vec<(String, Form, usize)> =
        found.iter().map(|one| (one.term.english.to_lowercase(), one.form.clone(), one.sightings.len())).collect();
    found.retain(|one| {
        let (english, times) = (one.term.english.to_lowercase(), one.sightings.len());
        !all.iter().any(|(other, form, count)| {
            let is_rival = *other == english && form.approved != one.form.approved;
            let is_reversed = form.machine == one.form.approved && form.approved == one.form.machine;
            (is_rival || is_reversed) && *count >= times
        })
    });
}

/// Whether a phrase is some of the words of a longer one.
fn is_part(inner: &str, outer: &str) -> bool {
    inner != outer && format!(" {outer} ").contains(&format!(" {inner} "))
}

/// Whether two Korean phrases differ in blanks at most.
fn is_same(a: &str, b: &str) -> bool {
    let letters = |text: &str| View::of(text).text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    letters(a) == letters(b)
}
