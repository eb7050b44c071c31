//! Each check's own example, through the command: the wrong text is found, the right one is not.

use crate::support::Project;
use serde_json::Value;
use translate_digest::checks::{ALL, About, Example};

/// How often a check finds its fault in a Korean text.
fn found(name: &str, example: &Example, korean: &str) -> usize {
    let project = Project::new(example.english);
    if example.english.is_empty() {
        project.remove("x.md");
    }
    project.write("glossary.toml", format!("[terms]\n{}\n", example.glossary));
    project.write("x.ko.md", korean);
    let run = project.run(&["check", "x.ko.md", "--only", name, "--format", "json", "--fail-on", "never"]);
    let value: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{name}: {error}: {}{}", run.stdout, run.stderr));
    let findings = value["findings"].as_array().expect("findings");
    assert!(findings.iter().all(|finding| finding["check"] == name), "{name}: {}", run.stdout);
    findings.len()
}

#[test]
fn every_check_tells_its_wrong_text_from_its_right_one() {
    // These speak of what a record, or the whole repository, knows: check_workflow.rs.
    let alone = |about: &&About| !["stale-translation", "not-approved", "dead-term"].contains(&about.name);
    for about in ALL.iter().map(|check| check.about()).filter(alone) {
        let Example { wrong, right, .. } = about.example;
        assert!(found(about.name, &about.example, wrong) > 0, "{}: nothing found in {wrong}", about.name);
        assert_eq!(found(about.name, &about.example, right), 0, "{}: found in {right}", about.name);
    }
}
