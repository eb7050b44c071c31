//! Names of files in composed and decomposed form, as macOS and others write them, mean one digest.

use std::path::Path;

use crate::support::{Project, Run};
use serde_json::Value;

const ENGLISH: &str = "- [One](https://a.example/1) – The first comment.\n";
const COMPOSED: &str = "가나";
const DECOMPOSED: &str = "\u{1100}\u{1161}\u{1102}\u{1161}";

/// A digest with the sides of its name in these forms, and a backend.
fn project(english: &str, korean: &str) -> Project {
    let project = Project::answered(ENGLISH, "한");
    project.remove("x.md");
    project.write(&format!("{english}.md"), ENGLISH);
    project.write(&format!("{korean}.ko.md"), "- [하나](https://a.example/1) – 함수을 본다.\n");
    project
}

fn findings(run: &Run) -> usize {
    let value: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"));
    value["findings"].as_array().expect("findings").len()
}

fn texts(project: &Project) -> Vec<String> {
    project.files().into_iter().filter(|name| name.ends_with(".md") || name.ends_with(".record.toml")).collect()
}

#[test]
fn either_form_finds_the_other() {
    for (english, korean) in [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED)] {
        let project = project(english, korean);
        let (draft, edition) = (format!("{english}.md"), format!("{korean}.ko.md"));
        let before = texts(&project);
        // An item that is missing is told of pairs only.
        project.write(&draft, format!("{ENGLISH}- [Two](https://a.example/2) – The second comment.\n"));
        for path in [".", &draft, &edition] {
            let run = project.run(&["check", path, "--only", "lost-item,wrong-particle", "--format", "json"]);
            assert_eq!(findings(&run), 2, "{path}: {run:?}");
        }
        project.write(&draft, ENGLISH);
        let run = project.run(&["diff", &draft]);
        assert_eq!(run.status, 0, "{run:?}");
        assert!(run.stdout.contains("함수을"), "{run:?}");
        let run = project.run(&["status", "."]);
        assert!(run.status == 0 && run.stdout.contains(english) && !run.stderr.contains("skipped"), "{run:?}");
        let run = project.run(&["terms", &draft, "--format", "json"]);
        assert!(run.stdout.contains(&edition), "{run:?}");
        let run = project.run(&["review", &draft, "--accept", "edited", "--reviewer", "a"]);
        assert_eq!(run.status, 0, "{run:?}");
        let run = project.run(&["publish", &draft]);
        assert!(run.status == 0 && run.stdout.contains("함수을"), "{run:?}");
        assert_eq!(texts(&project).iter().filter(|name| name.ends_with(".md")).count(), before.len(), "{:?}", texts(&project));
    }
}

#[test]
fn a_run_writes_to_the_file_that_is_there() {
    for (english, korean) in [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED)] {
        let project = project(english, english);
        project.remove(&format!("{english}.ko.md"));
        let draft = format!("{english}.md");
        assert_eq!(project.run(&[&draft, "--trust"]).status, 0);
        std::fs::rename(project.path(&format!("{english}.ko.md")), project.path(&format!("{korean}.ko.md"))).expect("renamed");
        project.write(&draft, format!("{ENGLISH}- [Two](https://a.example/2) – The second comment.\n"));
        project.asked();
        let run = project.run(&[&draft, "--trust"]);
        assert_eq!((run.status, project.asked().len()), (0, 2), "{run:?}");
        assert!(project.read(&format!("{korean}.ko.md")).contains("한 The second comment."));
        let mut wanted = vec![draft.clone(), format!("{korean}.ko.md"), format!("{english}.record.toml")];
        wanted.sort();
        assert_eq!(texts(&project), wanted);
        // The digest is renamed into the other form: its record and its Korean file are still its own.
        let other = if english == COMPOSED { DECOMPOSED } else { COMPOSED };
        std::fs::rename(project.path(&draft), project.path(&format!("{other}.md"))).expect("renamed");
        project.asked();
        let run = project.run(&[&format!("{other}.md"), "--trust"]);
        assert_eq!((run.status, project.asked()), (0, vec![]), "{run:?}");
        assert_eq!(texts(&project).len(), 3, "{:?}", texts(&project));
        let run = project.run(&["glossary", "suggest"]);
        assert!(!run.stderr.contains("gone") && !run.stderr.contains("missing"), "{run:?}");
        // A name that is typed in the form that is not there.
        let run = project.run(&[&draft, "--trust", "-o", &format!("{other}.ko.md")]);
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(texts(&project).len(), 3, "{:?}", texts(&project));
    }
}

#[test]
fn a_file_of_its_own_form_comes_first() {
    let project = project(COMPOSED, COMPOSED);
    if project.path(&format!("{DECOMPOSED}.md")).exists() {
        // This file system knows one form only.
        return;
    }
    project.write(&format!("{DECOMPOSED}.md"), "- [Other](https://a.example/9) – Another digest.\n");
    let before = project.read(&format!("{COMPOSED}.ko.md"));
    let run = project.run(&[&format!("{DECOMPOSED}.md"), "--trust"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(project.read(&format!("{COMPOSED}.ko.md")), before, "it belongs to the other digest");
    assert!(project.read(&format!("{DECOMPOSED}.ko.md")).contains("한 Another digest."));
}

#[test]
fn a_korean_file_under_a_name_of_its_own_is_found_in_either_form() {
    for (named, there) in [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED)] {
        let project = Project::answered(ENGLISH, "한");
        let output = format!("{named}.out.md");
        project.done(&["-o", &output]);
        std::fs::rename(project.path(&output), project.path(&format!("{there}.out.md"))).expect("renamed");
        let run = project.run(&["check", "x.md", "--only", "lost-item", "--format", "json"]);
        assert_eq!((run.status, findings(&run)), (0, 0), "{run:?}");
        project.change("x.md", "first", "very first");
        project.done(&["-o", &output]);
        assert!(!Path::new(&project.path(&output)).exists());
        assert!(project.read(&format!("{there}.out.md")).contains("very first"));
    }
}

#[test]
fn waivers_mean_either_form() {
    for (written, there) in [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED)] {
        for pattern in [format!("{written}.*"), format!("**/{written}.md"), format!("/{written}.ko.md"), format!("{written}*")] {
            let project = project(there, there);
            let waiver = format!("[[waivers]]\ncheck = \"wrong-particle\"\npath = \"{pattern}\"\nreason = \"old\"\n");
            project.write("translate.toml", waiver);
            let run = project.run(&["check", ".", "--only", "wrong-particle"]);
            assert_eq!(run.stdout, "no faults: 1 item in 1 file; 1 waived\n", "{pattern}: {run:?}");
        }
        // A folder too.
        let project = Project::new("");
        std::fs::create_dir(project.path(there)).expect("a folder");
        project.write(&format!("{there}/y.ko.md"), "- 함수을 본다.\n");
        project.write("translate.toml", format!("[[waivers]]\ncheck = \"wrong-particle\"\npath = \"{written}/\"\nreason = \"old\"\n"));
        let run = project.run(&["check", there, "--only", "wrong-particle"]);
        assert_eq!(run.stdout, "no faults: 1 item in 1 file; 1 waived\n", "{run:?}");
    }
}
