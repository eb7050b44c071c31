//! What the checks say of each row of a review.

use translate_digest::checks::{Chosen, Group};
use translate_digest::digest::{Digest, Format};
use translate_digest::glossary::Glossary;
use translate_digest::pipeline::PipelineError;
use translate_digest::pipeline::check::{self, Files, Rules};
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
        self.flags_of(paths, &Rows::of(edition, paths))
    }

    /// [`Self::flags`] of rows whose edition is no longer needed.
    pub(crate) fn flags_of(&self, paths: &Paths, rows: &Rows) -> Result<Vec<Vec<Flag>>, PipelineError> {
        let files = Files { korean: paths.edited().to_owned(), english: Some(paths.english.clone()) };
        let top = std::path::absolute(&paths.root).unwrap_or_else(|_| paths.root.clone());
        let rulings: Vec<_> = self.waivers.iter().filter(|waiver| waiver.is_for(&files, &top)).map(PathWaiver::ruling).collect();
        let rules =
            Rules { glossary: self.glossary, checks: &self.checks, rulings: &rulings, root: &paths.root, sight: false, since: None };
        check::check(&files, &rules, |checked| {
            let mut flags: Vec<Vec<Flag>> = vec![Vec::new(); rows.count];
            for finding in checked.found.findings.iter().filter(|finding| finding.waived.is_none()) {
                let at = finding.english.as_ref().map(|english| english.span.start);
                if let Some(place) = rows.own.around(&finding.span).or_else(|| rows.english.at(at?)) {
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

/// Where the rows of an edition stand in both files.
pub(crate) struct Rows {
    own: Places,
    english: Places,
    count: usize,
}

impl Rows {
    pub(crate) fn of(edition: &Edition, paths: &Paths) -> Self {
        let digest = Digest::outline(&edition.texts.english, Format::of(&paths.english), None);
        let rows = || edition.cases.iter().enumerate();
        let own = rows().flat_map(|(row, case)| case.spans.iter().map(move |span| (span.clone(), row)));
        let items = rows().flat_map(|(row, case)| case.english_items.iter().map(move |item| (*item, row)));
        let english = items.filter_map(|(item, row)| digest.items.get(item).map(|item| (item.start..item.end, row)));
        Self { own: Places::new(own), english: Places::new(english), count: edition.cases.len() }
    }
}

/// The places of the rows in a text.
struct Places {
    /// With their rows, by their first bytes.
    spans: Vec<(Span, usize)>,
    /// How far each place or one before it reaches.
    reach: Vec<usize>,
}

impl Places {
    fn new(spans: impl Iterator<Item = (Span, usize)>) -> Self {
        let mut spans: Vec<(Span, usize)> = spans.collect();
        spans.sort_unstable_by_key(|(span, row)| (span.start, *row));
        let mut farthest = 0;
        let reach = spans.iter().map(|(span, _)| {
            farthest = farthest.max(span.end);
            farthest
        });
        let reach = reach.collect();
        Self { spans, reach }
    }

    /// The first row that has all of `span`.
    fn around(&self, span: &Span) -> Option<usize> {
        self.first(span.start, |own| span.start <= own && span.end <= own)
    }

    /// The first row that has the byte at `at`.
    fn at(&self, at: usize) -> Option<usize> {
        self.first(at, |end| at < end)
    }

    /// The first row of those places that begin at `at` or before it and end where `is_end` wants it.
    fn first(&self, at: usize, is_end: impl Fn(usize) -> bool) -> Option<usize> {
        let before = self.spans.partition_point(|(span, _)| span.start <= at);
        let near = (0..before).rev().take_while(|&place| is_end(self.reach[place]));
        near.filter(|&place| is_end(self.spans[place].0.end)).map(|place| self.spans[place].1).min()
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn the_first_row_around_a_place_is_found() {
        let places = Places::new([(20..30, 0), (0..10, 2), (10..20, 1), (12..14, 3)].into_iter());
        assert_eq!(places.around(&(0..10)), Some(2));
        assert_eq!(places.around(&(12..13)), Some(1), "of two rows around it the first");
        assert_eq!(places.around(&(10..10)), Some(1), "where two rows meet, the first of them");
        assert_eq!(places.around(&(20..20)), Some(0));
        assert_eq!(places.around(&(5..15)), None);
        assert_eq!(places.around(&(31..31)), None);
        assert_eq!((places.at(10), places.at(9), places.at(30)), (Some(1), Some(2), None));
    }

    #[test]
    fn few_places_are_looked_at() {
        let places = Places::new((0..10_000).map(|row| (10 * row..10 * row + 9, row)));
        let looked_at = std::cell::Cell::new(0);
        for row in 0..10_000 {
            let is_end = |end: usize| {
                looked_at.set(looked_at.get() + 1);
                10 * row + 5 <= end
            };
            assert_eq!(places.first(10 * row + 5, is_end), Some(row));
        }
        assert!(looked_at.get() <= 40_000, "{} places", looked_at.get());
    }
}
