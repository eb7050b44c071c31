//! `dead-term`: an entry of the glossary, or one of its forbidden renderings, that no digest ever had.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::digest::{Digest, hash};
use crate::glossary::{Form, Glossary};

/// See [`About`].
pub(super) struct DeadTerm;

/// Its name.
pub const NAME: &str = "dead-term";

const ABOUT: About = About {
    name: NAME,
    group: Group::Workflow,
    severity: Severity::Hint,
    on: true,
    summary: "an entry of the glossary that no digest of the repository has",
    meaning:
        "A glossary grows for years. An entry that stands in no digest, in neither language, may be misspelt, or be of no use any more;
so may a rendering under `avoid` that nobody ever wrote. What the tool replaced by itself, as the records note it, counts as written.
Looked for with `translate check --all` only, which reads every digest of the repository.",
    example: Example {
        english: "- [A saddle point](https://example.com/1)\n",
        glossary: "\"sadle point\" = \"안장점\"",
        wrong: "- [말안장](https://example.com/1)\n",
        right: "- [안장점](https://example.com/1)\n",
    },
    mend: "Correct the entry, or take it out of glossary.toml.",
    waive: "The term is expected soon, or the entry comes from a list that several repositories share.",
};

impl Check for DeadTerm {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    /// Nothing by itself: one digest cannot tell. See [`dead_terms`].
    fn find(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}

/// What of a glossary was seen in digests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sightings {
    /// Numbers of entries.
    terms: HashSet<usize>,
    /// Forbidden renderings, with the numbers of their entries.
    avoided: HashSet<(usize, Arc<str>)>,
}

impl Sightings {
    /// What a digest has.
    pub fn of(context: &Context<'_>) -> Self {
        let mut seen = Self::default();
        seen.terms.extend(context.named().iter().flat_map(|named| &named.terms));
        for rendered in context.rendered() {
            seen.terms.insert(rendered.hit.term);
            if rendered.hit.form == Form::Avoid {
                seen.avoided.insert((rendered.hit.term, rendered.hit.rendering.clone()));
            }
        }
        seen
    }

    /// What an English digest has that nobody has translated yet.
    pub fn of_english(glossary: &Glossary, english: &Digest<'_>) -> Self {
        let found = english.prose().flat_map(|prose| glossary.find_english(&prose.view.text));
        let terms = found.map(|(term, _)| term).collect();
        Self { terms, avoided: HashSet::new() }
    }

    /// Adds what the tool replaced by itself: `notes` are those of a record.
    pub fn add_notes<'n>(&mut self, glossary: &Glossary, notes: impl Iterator<Item = &'n str>) {
        let mut notes = notes.filter_map(|note| note.strip_prefix("fixed: ")).peekable();
        if notes.peek().is_none() {
            return;
        }
        let mut forms: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, term) in glossary.terms().iter().enumerate() {
            term.avoid.iter().for_each(|avoided| forms.entry(&avoided.text).or_default().push(number));
        }
        let mut lengths: Vec<usize> = forms.keys().map(|form| form.len()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        for note in notes {
            let replaced = note.split(" -> ").next().unwrap_or_default();
            for (at, _) in replaced.char_indices() {
                let heads = lengths.iter().map_while(|length| (at + length <= replaced.len()).then_some(at + length));
                for (form, numbers) in heads.filter_map(|end| forms.get_key_value(replaced.get(at..end)?)) {
                    self.avoided.extend(numbers.iter().map(|&number| (number, Arc::from(*form))));
                }
            }
        }
    }

    /// Adds those of another digest.
    pub fn add(&mut self, other: Self) {
        self.terms.extend(other.terms);
        self.avoided.extend(other.avoided);
    }
}

/// What a glossary has and no digest: findings whose spans are bytes of glossary.toml.
pub fn dead_terms(glossary: &Glossary, seen: &Sightings) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, term) in glossary.terms().iter().enumerate() {
        let finding = |span: &crate::span::Span, own: &str, message: String, help: &str| Finding {
            term: Some(term.english.clone()),
            help: Some(help.to_owned()),
            fingerprint: hash(&format!("{NAME}\n{}\n{own}", term.english)),
            ..Finding::new(NAME, ABOUT.severity, span.clone(), message)
        };
        if !seen.terms.contains(&number) {
            let message = format!("no digest has `{}`, in either language", term.english);
            findings.push(finding(&term.span, "", message, "is it spelt as the digests have it? Else take the entry out"));
            continue;
        }
        for avoided in term.avoid.iter().filter(|avoided| !seen.avoided.contains(&(number, avoided.text.as_str().into()))) {
            let message = format!("nobody ever wrote `{}` for `{}`", avoided.text, term.english);
            findings.push(finding(&avoided.span, &avoided.text, message, "take it out of `avoid`, or leave it as a guard"));
        }
    }
    findings
}
