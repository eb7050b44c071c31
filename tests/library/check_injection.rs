//! Good Korean editions in which every check is silent, and in which it finds what is put in by chance, seeded, a hundred times each.
//!
//! `DIGESTS=FOLDER` adds the pairs NAME.md and NAME.ko.md of a folder, with its glossary.toml.

use crate::injection::{
    Edition, FIGURES, Kind, LANGUAGE, MACHINE, PARTICLES, SENTENCES, STRUCTURE, TERMS, TYPOGRAPHY, assert_found, assert_possible, samples,
};
use crate::support::Project;
use translate_digest::checks::{self, Chosen};

const GROUPS: &[&[Kind]] = &[STRUCTURE, FIGURES, LANGUAGE, SENTENCES, TYPOGRAPHY, MACHINE, TERMS, PARTICLES];

/// Checks of what no digest alone shows, and of taste.
const ELSEWHERE: &[&str] =
    &["spacing-variant", "term-drift", "translationese", "stale-translation", "not-approved", "stale-waiver", "dead-term"];

#[test]
fn structure_that_is_lost_is_found() {
    assert_found(STRUCTURE);
}

#[test]
fn figures_that_are_changed_are_found() {
    assert_found(FIGURES);
}

#[test]
fn english_and_gaps_are_found() {
    assert_found(LANGUAGE);
}

#[test]
fn faults_of_sentences_are_found() {
    assert_found(SENTENCES);
}

#[test]
fn faults_of_typography_are_found() {
    assert_found(TYPOGRAPHY);
}

#[test]
fn traces_of_machines_are_found() {
    assert_found(MACHINE);
}

#[test]
fn other_words_for_terms_are_found() {
    assert_found(TERMS);
}

#[test]
fn faults_of_particles_are_found() {
    assert_found(PARTICLES);
}

#[test]
fn every_fault_has_its_places() {
    GROUPS.iter().for_each(|kinds| assert_possible(kinds));
}

#[test]
fn good_editions_are_left_alone() {
    let mut said = Vec::new();
    for edition in Edition::all() {
        for finding in edition.found(edition.text(), &Chosen::all()) {
            let line = edition.text()[..finding.span.start].matches('\n').count() + 1;
            let text = &edition.text()[finding.span.clone()];
            said.push(format!("{} {}:{line}: {} {text:?}: {}", finding.severity.name(), edition.name, finding.check, finding.message));
        }
    }
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn every_check_has_a_fault_to_find() {
    let found = |name: &&str| GROUPS.iter().any(|kinds| kinds.iter().any(|kind| kind.checks.contains(name)));
    let untried: Vec<_> = checks::names().into_iter().filter(|name| !found(name) && !ELSEWHERE.contains(name)).collect();
    assert!(untried.is_empty(), "{untried:?}");
    let unknown: Vec<_> = ELSEWHERE.iter().filter(|name| checks::named(name).is_none()).collect();
    assert!(unknown.is_empty(), "no such checks: {unknown:?}");
}

/// One case of each kind through the command, which must say the same.
#[test]
fn the_command_finds_them_too() {
    let editions = Edition::all();
    let samples: Vec<_> = GROUPS.iter().flat_map(|kinds| samples(&editions, kinds)).collect();
    assert_eq!(samples.len(), GROUPS.iter().map(|kinds| kinds.len()).sum::<usize>(), "each kind has a place for its fault");
    let mut silent = Vec::new();
    for (edition, kind, korean) in &samples {
        let chosen: Vec<Chosen> = Chosen::all().into_iter().filter(|chosen| kind.checks.contains(&chosen.check.about().name)).collect();
        assert_eq!(chosen.len(), kind.checks.len(), "{}: {:?}", kind.fault, kind.checks);
        let expected = edition.found(korean, &chosen).len();
        if expected == 0 {
            silent.push(kind.fault);
        }
        let project = Project::new(edition.english.text);
        project.write("glossary.toml", edition.terms);
        project.write("x.ko.md", korean);
        let run = project.run(&["check", "x.md", "--only", &kind.checks.join(","), "--format", "json", "--fail-on", "never"]);
        let value: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
        assert_eq!(value["findings"].as_array().map(Vec::len), Some(expected), "{}: {}", kind.fault, edition.name);
    }
    assert!(silent.len() <= 1, "nothing is found of {silent:?}");
}
