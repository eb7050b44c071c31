//! A reader of stdout that has seen enough (`translate terms x.md | head -1`) changes neither what a command does nor how it ends; a disk
//! that is full does.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::support::{Project, Run};

/// Every command that prints, with flags that make it print something; all of them can be run one after the other.
const PRINTING: &[&[&str]] = &[
    &["split", "x.md"],
    &["split", "x.md", "--format", "json"],
    &["terms", "x.md"],
    &["terms", "x.md", "--format", "json"],
    &["check", "x.md"],
    &["check", "x.md", "--format", "json"],
    &["check", "x.md", "--format", "github"],
    &["check", "x.md", "--format", "sarif"],
    &["check", "x.md", "--format", "junit"],
    &["check", "x.md", "--format", "checkstyle"],
    &["check", "x.md", "--format", "rdjson"],
    &["check", "x.md", "--format", "markdown"],
    &["check", "x.md", "--diff"],
    &["check", "x.md", "--fail-on", "never"],
    &["diff", "x.md"],
    &["diff", "x.md", "--format", "html"],
    &["diff", "x.md", "--format", "unified"],
    &["diff", "x.md", "--format", "json"],
    &["status", "x.md"],
    &["status", "x.md", "--format", "json"],
    &["status", "x.md", "--require", "approved"],
    &["review", "x.md"],
    &["review", "x.md", "--plain"],
    &["publish", "y.md"],
    &["publish", "y.md", "--format", "html"],
    &["publish", "y.md", "--format", "txt"],
    &["explain"],
    &["explain", "wrong-particle"],
    &["explain", "--all"],
    &["glossary", "lint"],
    &["glossary", "lint", "--format", "json"],
    &["glossary", "export", "--format", "csv"],
    &["glossary", "export", "--format", "tbx"],
    &["glossary", "suggest", "--format", "json"],
    &["particle", "모델", "을/를"],
    &["backends"],
    &["--help"],
    &["check", "--help"],
    &["help", "terms"],
    &["--version"],
];

/// A digest of so many items, translated, and a glossary with a mistake.
fn translated(items: usize) -> Project {
    let lines = |line: &dyn Fn(usize) -> String| (1..=items).map(line).collect::<String>();
    let english = lines(&|item| format!("- Overfitting number {item} is a risk of a model.\n"));
    let project = Project::new(&english);
    project.filter("sed -E 's/Overfitting number ([0-9]+) is a risk of a model/\\1번째 과대적합은 모델의 위험입니다/'");
    project.write("translate.toml", project.read("translate.toml") + "lines = true\n");
    project.write("glossary.toml", "[terms]\nmodel = \"모델\"\nrisk = { korean = \"위험\", avoid = [\"모델\"] }\n");
    let translated = project.run(&["x.md", "--trust"]);
    assert_eq!(translated.status, 0, "{}", translated.stderr);
    // An edit with a wrong particle.
    project.write("x.ko.md", project.read("x.ko.md").replace("과대적합은", "과적합는"));
    project
}

/// A digest under review (`x.md`), and another that is approved (`y.md`).
fn project() -> Project {
    let project = translated(3);
    for (x, y) in [("x.md", "y.md"), ("x.ko.md", "y.ko.md"), ("x.record.toml", "y.record.toml")] {
        project.write(y, project.read(x).replace("x.", "y."));
    }
    project.write("y.ko.md", project.read("y.ko.md").replace("과적합는", "과적합은"));
    let approved = project.run(&["review", "y.md", "--accept", "edited"]);
    assert_eq!(approved.status, 0, "{}", approved.stderr);
    project
}

/// The run with this stdout.
fn run(project: &Project, arguments: &[&str], stdout: impl Into<Stdio>) -> Run {
    project.finished(project.command(arguments).stdout(stdout).stderr(Stdio::piped()).output().expect("the binary"))
}

#[test]
fn a_reader_that_is_gone_changes_nothing() {
    let project = project();
    for arguments in PRINTING {
        let whole = project.run(arguments);
        assert!(!whole.stdout.is_empty(), "{arguments:?} prints nothing: {}", whole.stderr);
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let alone = run(&project, arguments, writer);
        assert_eq!((alone.status, &alone.stderr), (whole.status, &whole.stderr), "{arguments:?}");
        assert!(whole.status < 2, "{arguments:?}: {}", whole.stderr);
    }
}

#[test]
fn a_reader_that_leaves_in_the_middle_changes_nothing() {
    // More than a pipe holds.
    let project = translated(1200);
    for arguments in [
        &["split", "x.md"][..],
        &["terms", "x.md"],
        &["terms", "x.md", "--format", "json"],
        &["check", "x.md"],
        &["check", "x.md", "--format", "json"],
        &["check", "x.md", "--diff"],
    ] {
        let whole = project.run(arguments);
        assert!(whole.stdout.len() > 80_000, "{arguments:?} prints {} bytes", whole.stdout.len());
        let mut child = project.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary");
        let mut first = [0; 10];
        child.stdout.take().expect("its stdout").read_exact(&mut first).expect("bytes");
        assert_eq!(first, whole.stdout.as_bytes()[..10], "{arguments:?}");
        let run = project.finished(child.wait_with_output().expect("the binary"));
        assert_eq!((run.status, &run.stderr), (whole.status, &whole.stderr), "{arguments:?}");
    }
}

#[test]
fn fixes_are_made_to_the_end_although_nobody_reads() {
    let project = project();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    project.write("w.md", project.read("x.md"));
    project.write("w.ko.md", project.read("x.ko.md"));
    let run = run(&project, &["check", "w.md", "x.md", "--fix"], writer);
    assert!(run.status < 2, "{}", run.stderr);
    for korean in ["w.ko.md", "x.ko.md"] {
        assert_eq!(project.read(korean).matches("과적합은").count(), 3, "{korean}");
    }
}

#[test]
fn the_terms_of_a_digest_through_head() {
    let project = translated(1200);
    let mut child = project.command(&["terms", "x.md"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its stdout")).read_line(&mut line).expect("a line");
    let run = project.finished(child.wait_with_output().expect("the binary"));
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(line.ends_with('\n'), "{line}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let project = project();
    for arguments in PRINTING {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a full disk");
        let run = run(&project, arguments, full);
        assert_eq!(run.status, 2, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains("error: the output cannot be written: No space left on device"), "{arguments:?}: {}", run.stderr);
    }
}
