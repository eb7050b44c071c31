//! Good Korean editions in which every check is silent, and in which it finds what is put in by chance, seeded, a hundred times each.
//!
//! `DIGESTS=FOLDER` adds the pairs NAME.md and NAME.ko.md of a folder, with its glossary.toml.

mod injection;
mod support;

use injection::{
    Edition, FIGURES, Kind, LANGUAGE, MACHINE, PARTICLES, SENTENCES, STRUCTURE, TERMS, TYPOGRAPHY, assert_found, assert_possible, samples,
};
use support::Project;
use translate_digest::checks::{self, Chosen};

/// Whether a kind whose check does not exist fails, and a finding in a good edition.
const WITH_EVERY_CHECK: bool = false;

const GROUPS: &[&[Kind]] = &[STRUCTURE, FIGURES, LANGUAGE, SENTENCES, TYPOGRAPHY, MACHINE, TERMS, PARTICLES];

/// Checks of what no digest alone shows, and of taste.
const ELSEWHERE: &[&str] =
    &["spacing-variant", "term-drift", "translationese", "stale-translation", "not-approved", "stale-waiver", "dead-term"];

#[test]
fn structure_that_is_lost_is_found() {
    assert_found(STRUCTURE, WITH_EVERY_CHECK);
}

#[test]
fn figures_that_are_changed_are_found() {
    assert_found(FIGURES, WITH_EVERY_CHECK);
}

#[test]
fn english_and_gaps_are_found() {
    assert_found(LANGUAGE, WITH_EVERY_CHECK);
}

#[test]
fn faults_of_sentences_are_found() {
    assert_found(SENTENCES, WITH_EVERY_CHECK);
}

#[test]
fn faults_of_typography_are_found() {
    assert_found(TYPOGRAPHY, WITH_EVERY_CHECK);
}

#[test]
fn traces_of_machines_are_found() {
    assert_found(MACHINE, WITH_EVERY_CHECK);
}

#[test]
fn other_words_for_terms_are_found() {
    assert_found(TERMS, WITH_EVERY_CHECK);
}

#[test]
fn faults_of_particles_are_found() {
    assert_found(PARTICLES, WITH_EVERY_CHECK);
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
    said.iter().for_each(|line| println!("{line}"));
    assert!(said.is_empty() || !WITH_EVERY_CHECK, "{}", said.join("\n"));
}

#[test]
fn every_check_has_a_fault_to_find() {
    let found = |name: &&str| GROUPS.iter().any(|kinds| kinds.iter().any(|kind| kind.checks.contains(name)));
    let untried: Vec<_> = checks::names().into_iter().filter(|name| !found(name) && !ELSEWHERE.contains(name)).collect();
    assert!(untried.is_empty(), "{untried:?}");
}

/// One case of each kind through the command, which must say the same.
#[test]
fn the_command_finds_them_too() {
    let editions = Edition::all();
    for (edition, kind, korean) in GROUPS.iter().flat_map(|kinds| samples(&editions, kinds)) {
        let names: Vec<&str> = kind.checks.iter().copied().filter(|name| checks::named(name).is_some()).collect();
        let chosen: Vec<Chosen> = Chosen::all().into_iter().filter(|chosen| names.contains(&chosen.check.about().name)).collect();
        if chosen.is_empty() {
            continue;
        }
        let expected = edition.found(&korean, &chosen).len();
        let project = Project::new(edition.english.text);
        project.write("glossary.toml", edition.terms);
        project.write("x.ko.md", &korean);
        let run = project.run(&["check", "x.md", "--only", &names.join(","), "--format", "json", "--fail-on", "never"]);
        let value: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
        assert_eq!(value["findings"].as_array().map(Vec::len), Some(expected), "{}: {}", kind.fault, edition.name);
    }
}
