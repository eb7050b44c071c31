//! What the checks say of each row of a review.

use translate_digest::checks::{Chosen, Group};
use translate_digest::digest::{Digest, Format};
use translate_digest::glossary::Glossary;
use translate_digest::pipeline::PipelineError;
use translate_digest::pipeline::check::{self, Files, Rules};
use translate_digest::review::Case;
use translate_digest::review::edition::{Edition, Paths};
use translate_digest::review::session::Flag;
use translate_digest::span::Span;

use crate::cli::settings::Settings;
use crate::cli::waivers::PathWaiver;

/// The checks of a review, as the settings choose them.
pub(crate) struct Checker<'g> {
    glossary: &'g Glossary,
    checks: Vec<Chosen>,
    waivers: Vec<PathWaiver>,
}

impl<'g> Checker<'g> {
    pub(crate) fn new(settings: &Settings, glossary: &'g Glossary) -> Self {
        let mut checks = crate::cli::check::chosen(settings);
        // Who decided what is the review's own business, and what was taken out or added is a state of its rows.
        checks.retain(|chosen| chosen.check.about().group != Group::Workflow && !OWN.contains(&chosen.check.about().name));
        Self { glossary, checks, waivers: settings.waivers.clone() }
    }

    /// What is found in each row, the gravest first.
    pub(crate) fn flags(&self, paths: &Paths, edition: &Edition) -> Result<Vec<Vec<Flag>>, PipelineError> {
        let files = Files { korean: paths.edited().to_owned(), english: Some(paths.english.clone()) };
        let top = std::path::absolute(&paths.root).unwrap_or_else(|_| paths.root.clone());
        let rulings: Vec<_> = self.waivers.iter().filter(|waiver| waiver.is_for(&files, &top)).map(PathWaiver::ruling).collect();
        let rules =
            Rules { glossary: self.glossary, checks: &self.checks, rulings: &rulings, root: &paths.root, sight: false, since: None };
        let digest = Digest::outline(&edition.texts.english, Format::of(&paths.english), None);
        let english: Vec<Span> = digest.items.iter().map(|item| item.start..item.end).collect();
        check::check(&files, &rules, |checked| {
            let mut flags: Vec<Vec<Flag>> = vec![Vec::new(); edition.cases.len()];
            for finding in checked.found.findings.iter().filter(|finding| finding.waived.is_none()) {
                let at = finding.english.as_ref().map(|english| english.span.start);
                let own = edition.cases.iter().position(|case| holds(case, &finding.span));
                let place = own.or_else(|| edition.cases.iter().position(|case| at.is_some_and(|at| is_of(case, at, &english))));
                if let Some(place) = place {
                    flags[place].push(Flag {
                        severity: finding.severity,
                        check: finding.check,
                        message: finding.message.clone(),
                        help: finding.help.clone(),
                    });
                }
            }
            for flags in &mut flags {
                flags.sort_by_key(|flag| std::cmp::Reverse(flag.severity));
            }
            flags
        })
    }
}

const OWN: [&str; 2] = ["lost-item", "added-item"];

fn holds(case: &Case, span: &Span) -> bool {
    case.spans.iter().any(|own| own.start <= span.start && span.start <= own.end && span.end <= own.end)
}

fn is_of(case: &Case, at: usize, items: &[Span]) -> bool {
    case.english_items.iter().any(|&item| items.get(item).is_some_and(|span| span.contains(&at)))
}
