//! Which findings are of today's making: those in items that changed since a revision, and those that the revision did not have.

use std::collections::{HashMap, HashSet};

use super::check::{Files, Rules};
use crate::checks::{self, Context, Finding, Group, Part, named};
use crate::digest::{Digest, Format, fold};
use crate::draft::pair::pair;
use crate::glossary::Glossary;

/// What a digest and its terms were at a revision.
#[derive(Debug)]
pub struct Older<'a> {
    /// The Korean text; none where the revision has no such file.
    pub korean: Option<String>,
    /// The English text.
    pub english: Option<String>,
    /// The terms.
    pub glossary: &'a Glossary,
}

/// Takes out the findings of `context` that were there at the revision and stand in items that did not change since: neither in Korean
/// nor in English nor in an entry of the glossary that occurs in them.
pub(super) fn keep_new(context: &Context<'_>, files: &Files, older: &Older<'_>, rules: &Rules<'_>, findings: &mut Vec<Finding>) {
    let Some(korean) = older.korean.as_deref() else { return };
    let korean = Digest::parse(korean, Format::of(&files.korean), None);
    let english = older.english.as_deref().zip(files.english.as_deref()).map(|(text, path)| Digest::parse(text, Format::of(path), None));
    let pairs = english.as_ref().map(|english| pair(english, &korean, &vec![Vec::new(); english.segments.len()]));
    let before = Context::new(older.glossary, &korean, english.as_ref().zip(pairs.as_ref()));
    let known: HashSet<String> = checks::run(&before, rules.checks).findings.into_iter().map(|finding| finding.fingerprint).collect();
    let changed = Changed::new(context, &korean, english.as_ref(), older.glossary);
    // By where the Korean of a part begins.
    let mut changed_parts: HashMap<usize, bool> = HashMap::new();
    findings.retain(|finding| {
        // What a record says is not looked up at the revision: only the text counts there.
        let is_new = || !is_of_record(finding) && !known.contains(&finding.fingerprint);
        let part = context.part_of(&finding.span);
        let is_changed = |part: &Part| *changed_parts.entry(part.korean.start).or_insert_with(|| changed.is(context, part));
        part.is_some_and(is_changed) || is_new()
    });
}

fn is_of_record(finding: &Finding) -> bool {
    named(finding.check).is_some_and(|check| check.about().group == Group::Workflow)
}

/// What changed since the revision.
struct Changed {
    korean: HashSet<String>,
    english: Option<HashSet<String>>,
    /// Numbers of the entries of today's glossary that are new or were other.
    terms: HashSet<usize>,
}

impl Changed {
    fn new(context: &Context<'_>, korean: &Digest<'_>, english: Option<&Digest<'_>>, glossary: &Glossary) -> Self {
        let mut known: HashMap<&str, HashSet<String>> = HashMap::new();
        for term in glossary.terms() {
            known.entry(&term.english).or_default().insert(Glossary::hash_of(&[term]));
        }
        let is_known = |english: &str, hash: &String| known.get(english).is_some_and(|hashes| hashes.contains(hash));
        let terms = context.glossary().terms().iter().enumerate();
        let terms = terms.filter(|(_, term)| !is_known(&term.english, &Glossary::hash_of(&[term]))).map(|(number, _)| number).collect();
        Self { korean: texts(korean), english: english.map(texts), terms }
    }

    /// Whether a part is one of those that changed.
    fn is(&self, context: &Context<'_>, part: &Part) -> bool {
        let text = |digest: &Digest<'_>, span: &crate::span::Span| fold(digest.text[span.clone()].trim_end()).into_owned();
        let english = || part.english.as_ref().zip(context.english());
        !self.korean.contains(&text(context.korean().digest, &part.korean))
            || english().is_some_and(|(span, side)| self.english.as_ref().is_none_or(|known| !known.contains(&text(side.digest, span))))
            || context.named_in(part).iter().any(|named| named.terms.iter().any(|term| self.terms.contains(term)))
            || context.rendered_in(&part.korean).iter().any(|rendered| self.terms.contains(&rendered.hit.term))
    }
}

/// The texts of all items, and of all segments outside items.
fn texts(digest: &Digest<'_>) -> HashSet<String> {
    let items = digest.items.iter().map(|item| item.start..item.end);
    let outside = digest.segments.iter().filter(|segment| segment.item.is_none()).map(crate::digest::Segment::span);
    items.chain(outside).map(|span| fold(digest.text[span].trim_end()).into_owned()).collect()
}
