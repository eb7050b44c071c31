//! Long and hostile texts of the kinds that once took time by the square of their length.
//!
//! Each run may use so many seconds of the processor, ten times what it needs: what grows by the square needs hundreds.

#[path = "../benches/texts/mod.rs"]
mod texts;

mod support;

use std::process::Command;

use support::Project;

const SECONDS: u32 = 20;

/// Runs the binary with its processor time bounded; nothing of its output matters but that it ends by itself.
#[track_caller]
fn assert_ends(project: &Project, name: &str, arguments: &[&str]) {
    let binary = project.command(arguments);
    let mut bounded = Command::new("sh");
    bounded.args(["-c", &format!("ulimit -t {SECONDS}; exec \"$0\" \"$@\"")]).arg(binary.get_program()).args(binary.get_args());
    bounded.current_dir(project.folder()).env("TRANSLATE_CONFIG_HOME", project.path("home"));
    let output = bounded.output().expect("sh");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {arguments:?}: {}", output.status);
}

/// The text of a name as `x.ENDING`, and as its Korean.
fn project(name: &str, bytes: usize, ending: &str) -> Project {
    let text = texts::text(name, bytes).unwrap_or_else(|| panic!("no text {name}"));
    let project = Project::new("");
    project.write(&format!("x.{ending}"), &text);
    project.write(&format!("x.ko.{ending}"), &text);
    project
}

#[test]
fn a_digest_is_split_in_time_by_its_length() {
    // Marks that open and never close, addresses that end in brackets, cells of a row, blocks of an item, pairs in pairs, waivers.
    for (name, kilobytes, ending) in [
        ("liquid", 256, "md"),
        ("brace-one", 256, "md"),
        ("scheme-word", 128, "md"),
        ("url-closing", 128, "md"),
        ("table-row", 256, "md"),
        ("item-blocks", 512, "md"),
        ("list-code", 512, "md"),
        ("stars-nested", 256, "md"),
        ("waiver-open", 256, "txt"),
        ("url-brackets", 128, "txt"),
    ] {
        assert_ends(&project(name, kilobytes << 10, ending), name, &["split", &format!("x.{ending}"), "--format", "json"]);
    }
}

#[test]
fn terms_are_found_in_time_by_the_length() {
    for (name, kilobytes) in [("code-escape", 128), ("bracket-open", 256), ("link-label", 256), ("image-open", 256)] {
        let project = project(name, kilobytes << 10, "md");
        project.write("glossary.toml", "[terms]\nmodel = \"모델\"\nword = \"단어\"\n");
        assert_ends(&project, name, &["terms", "x.md", "--format", "json"]);
    }
}

#[test]
fn a_digest_is_translated_in_time_by_its_length() {
    let project = project("definitions-used", 512 << 10, "md");
    project.remove("x.ko.md");
    project
        .write("translate.toml", "[backends.f]\nkind = \"command\"\nmode = \"filter\"\nlines = true\ncommand = [\"sed\", \"s/^/가 /\"]\n");
    assert_ends(&project, "definitions-used", &["--trust", "--backend", "f", "x.md"]);
}

#[test]
fn lists_in_lists_over_many_lines_are_refused_with_their_place() {
    let project = Project::new("");
    for mark in ["> ", "- ", "1. "] {
        project.write("x.md", format!("# a\n\n{}b\n{}", mark.repeat(50_000), "c\n".repeat(50_000)));
        for arguments in [&["split", "x.md"][..], &["terms", "x.md"], &["x.md"]] {
            let run = project.run(arguments);
            assert_eq!(run.status, 2, "{arguments:?}");
            assert!(run.stderr.contains("x.md:3: too many quotes and lists stand inside each other here: 50000"), "{}", run.stderr);
        }
        project.write("x.md", format!("{}b\n", mark.repeat(50_000)));
        assert_eq!(project.run(&["split", "x.md"]).status, 0, "one line alone is no harm");
    }
}
