//! Faults put into good Korean editions, and whether the checks that should find them do.

mod edition;
mod figures;
mod language;
mod letters;
mod machine;
mod particles;
mod random;
mod sentence;
mod structure;
mod terms;
mod typography;

use std::collections::HashSet;

use translate_digest::checks::{Check, Chosen, named};

pub use edition::Edition;
pub use random::Random;

/// A fault and how it comes into a text.
pub struct Kind {
    /// The fault, in words.
    pub fault: &'static str,
    /// The checks of which one should find it; mostly there is but one.
    pub checks: &'static [&'static str],
    /// The Korean text of an edition with the fault at a random place; none where that place is not fit for it.
    pub inject: fn(&Edition, &mut Random) -> Option<String>,
}

/// Groups of kinds, each a test of its own.
pub use figures::KINDS as FIGURES;
pub use language::KINDS as LANGUAGE;
pub use machine::KINDS as MACHINE;
pub use particles::KINDS as PARTICLES;
pub use sentence::KINDS as SENTENCES;
pub use structure::KINDS as STRUCTURE;
pub use terms::KINDS as TERMS;
pub use typography::KINDS as TYPOGRAPHY;

/// How often each fault is put in.
const CASES: usize = 100;

/// How many of them are to be found.
const LEAST: usize = 98;

/// The most places that are tried for one fault, and how many of them for cases that all differ.
const TRIES: usize = 100_000;
const TRIES_APART: usize = 3_000;

/// Puts each fault in 100 times, each into a fresh text, and fails with the misses if too few are found, or if a check is missing.
pub fn assert_found(kinds: &[Kind]) {
    let editions = Edition::all();
    let mut failed = Vec::new();
    for kind in kinds {
        failed.extend(kind.checks.iter().filter(|name| named(name).is_none()).map(|name| format!("no check `{name}`")));
        let chosen: Vec<Chosen> = kind.checks.iter().filter_map(|name| named(name)).map(of_own_severity).collect();
        let (cases, misses) = tally(&editions, kind, &chosen);
        println!("{:>16} {}: {} of {cases}", kind.checks[0], kind.fault, cases - misses.len());
        misses.iter().for_each(|miss| println!("    missed {miss}"));
        if cases < CASES {
            failed.push(format!("`{}`: {cases} places for {}", kind.checks[0], kind.fault));
        }
        if (cases - misses.len()) * CASES < LEAST * cases {
            failed.push(format!("`{}` misses {} of {cases}: {}", kind.checks[0], misses.len(), kind.fault));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn of_own_severity(check: &'static dyn Check) -> Chosen {
    Chosen { check, severity: check.about().severity }
}

/// How many cases there were, and those in which nothing new was found.
fn tally(editions: &[Edition], kind: &Kind, chosen: &[Chosen]) -> (usize, Vec<String>) {
    let before: Vec<HashSet<String>> = editions.iter().map(|edition| fingerprints(edition, edition.text(), chosen)).collect();
    let cases = cases(editions, kind);
    let is_missed = |(at, text): &&(usize, String)| fingerprints(&editions[*at], text, chosen).is_subset(&before[*at]);
    let shown = |(at, text): &(usize, String)| format!("{}: {}", editions[*at].name, changed(editions[*at].text(), text));
    (cases.len(), cases.iter().filter(is_missed).map(shown).collect())
}

/// Texts with the fault, each with the number of its edition. They differ as long as there are places enough.
fn cases(editions: &[Edition], kind: &Kind) -> Vec<(usize, String)> {
    let mut random = Random::named(kind.fault);
    let (mut cases, mut seen) = (Vec::new(), HashSet::new());
    for tries in 0..TRIES {
        if cases.len() == CASES {
            break;
        }
        let at = random.below(editions.len());
        let Some(text) = (kind.inject)(&editions[at], &mut random).filter(|text| text != editions[at].text()) else { continue };
        if seen.insert(text.clone()) || tries >= TRIES_APART {
            cases.push((at, text));
        }
    }
    cases
}

/// Prints how many different cases of each kind there are, with some of them, and fails where there are not enough.
pub fn assert_possible(kinds: &[Kind]) {
    let editions = Edition::all();
    let mut lacking = Vec::new();
    for kind in kinds {
        let cases = cases(&editions, kind);
        let apart = cases.iter().map(|(_, text)| text).collect::<HashSet<_>>().len();
        println!("{:>24} {}: {apart} of {} differ", kind.checks[0], kind.fault, cases.len());
        cases
            .iter()
            .step_by(CASES / 5)
            .for_each(|(at, text)| println!("    {}: {}", editions[*at].name, changed(editions[*at].text(), text)));
        if cases.len() < CASES || apart < 2 {
            lacking.push(kind.fault);
        }
    }
    assert!(lacking.is_empty(), "{lacking:?}");
}

fn fingerprints(edition: &Edition, korean: &str, chosen: &[Chosen]) -> HashSet<String> {
    edition.found(korean, chosen).into_iter().map(|finding| finding.fingerprint).collect()
}

/// One case of each kind: a text with the fault, for who wants to see it found another way.
pub fn samples<'e>(editions: &'e [Edition], kinds: &'static [Kind]) -> Vec<(&'e Edition, &'static Kind, String)> {
    let sample = |kind: &'static Kind| {
        let mut random = Random::named(kind.fault);
        let mut tries = std::iter::repeat_with(|| {
            let edition = &editions[random.below(editions.len())];
            (kind.inject)(edition, &mut random).map(|text| (edition, kind, text))
        });
        tries.by_ref().take(TRIES).flatten().next()
    };
    kinds.iter().filter_map(sample).collect()
}

/// Where two texts differ, with some text around.
fn changed(before: &str, after: &str) -> String {
    let same = before.char_indices().zip(after.chars()).find(|((_, a), b)| a != b).map_or(before.len().min(after.len()), |((at, _), _)| at);
    let tail =
        before[same..].chars().rev().zip(after[same..].chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
    let show = |text: &str| {
        let from = text.floor_char_boundary(same.saturating_sub(40));
        let to = text.ceil_char_boundary((text.len() - tail + 30).min(text.len()));
        format!("{:?}", &text[from..to.max(from)])
    };
    format!("{} -> {}", show(before), show(after))
}
