//! `translate check` as a command: which files, which checks, how it ends; and `translate explain`.

use crate::support::{NEWS, Project, Run};
use serde_json::Value;

const GLOSSARY: &str = "[terms]\n\"saddle point\" = { korean = \"안장점\", avoid = [\"새들 포인트\"] }\nregularizer = { korean = \"규제항\", also = [\"규제자\"] }\n";

/// An error, a hint and nothing, each in a digest of its own.
fn project() -> Project {
    let project = Project::new("- Saddle points.\n");
    project.write("glossary.toml", GLOSSARY);
    project.write("x.ko.md", "- 새들 포인트.\n");
    std::fs::create_dir(project.path("drafts")).expect("a folder");
    project.write("drafts/a.md", "- Regularizers.\n");
    project.write("drafts/a.ko.md", "- 규제항과 규제자와 규제항.\n");
    project.write("drafts/b.md", "- Nothing.\n");
    project.write("drafts/b.ko.md", "- 아무것도 없다.\n");
    project.write("drafts/README.md", "# About\n");
    project
}

fn json(project: &Project, arguments: &[&str]) -> Value {
    let run = project.run(&[&["check", "--format", "json"], arguments].concat());
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr))
}

fn files(value: &Value) -> Vec<&str> {
    value["findings"].as_array().expect("findings").iter().map(|finding| finding["file"].as_str().expect("a file")).collect()
}

#[track_caller]
fn assert_fails(run: &Run, words: &[&str]) {
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    words.iter().for_each(|word| assert!(run.stderr.contains(word), "{word} in:\n{}", run.stderr));
}

#[test]
fn without_a_path_the_drafts_are_checked() {
    let project = project();
    let value = json(&project, &[]);
    assert_eq!((files(&value), &value["files"]), (vec!["drafts/a.ko.md"], &Value::from(2)));
    std::fs::remove_dir_all(project.path("drafts")).expect("removed");
    assert_eq!(files(&json(&project, &[])), ["x.ko.md"]);
}

#[test]
fn folders_and_files_are_checked_in_the_order_of_their_names() {
    let project = project();
    let value = json(&project, &[".", "x.md", "x.ko.md"]);
    assert_eq!((files(&value), &value["files"]), (vec!["drafts/a.ko.md", "x.ko.md"], &Value::from(3)));
    let value = json(&project, &[".", "./x.ko.md"]);
    assert_eq!((files(&value), &value["files"]), (vec!["./x.ko.md", "drafts/a.ko.md"], &Value::from(3)), "one file, named as it was given");
    assert_eq!(value["summary"]["error"], 1);
    assert_eq!(json(&project, &["drafts/b.md"])["items"], 1);
}

#[test]
fn what_git_ignores_and_what_is_hidden_is_left_out() {
    let project = project();
    project.write(".gitignore", "x.ko.md\n");
    std::fs::create_dir(project.path(".old")).expect("a folder");
    project.write(".old/y.ko.md", "- 새들 포인트.\n");
    assert_eq!(files(&json(&project, &["."])), ["drafts/a.ko.md"]);
}

#[test]
fn a_korean_side_with_another_name_is_named() {
    let project = project();
    project.write("other.md", "- 새들 포인트.\n");
    let value = json(&project, &["x.md", "--korean", "other.md"]);
    assert_eq!((files(&value), &value["findings"][0]["severity"]), (vec!["other.md"], &Value::from("error")));
    assert_eq!(json(&project, &["--korean", "other.md"])["findings"][0]["severity"], "hint");
    assert_fails(&project.run(&["check", "--korean", "other.md", "drafts"]), &["--korean names one file", "hint: "]);
    assert_fails(&project.run(&["check", "--korean", "other.md", "x.md", "x.md"]), &["there are several digests"]);
    assert_fails(&project.run(&["check", "--korean", "x.md", "x.md"]), &["cannot be both sides"]);
}

#[test]
fn where_the_record_says_the_korean_was_written_it_is_found() {
    let project = Project::answered("- One.\n", "한");
    project.done(&["-o", "out.txt"]);
    assert_eq!(json(&project, &["x.md"])["files"], 1);
    assert_eq!(json(&project, &["."])["files"], 1);
}

#[test]
fn what_cannot_be_checked_is_said_with_what_to_do() {
    let project = project();
    assert_fails(&project.run(&["check", "none.ko.md"]), &["there is no file none.ko.md"]);
    assert_fails(&project.run(&["check", "y.mdx"]), &["MDX"]);
    assert_fails(&project.run(&["check", "--korean", "none.ko.md"]), &["there is no file none.ko.md"]);
    std::fs::create_dir(project.path("empty")).expect("a folder");
    assert_fails(&project.run(&["check", "empty"]), &["empty holds no Korean file", "x.ko.md"]);
    project.write("glossary.toml", "[terms]\na = 1\n");
    assert_fails(&project.run(&["check"]), &["glossary.toml:2:"]);
}

#[test]
fn a_digest_without_korean_is_skipped_and_said_so() {
    let project = project();
    let run = project.run(&["check", "drafts/README.md"]);
    let said = "drafts/README.md: skipped, there is no Korean file drafts/README.ko.md yet\n";
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "no faults: 0 items in 0 files\n", said));
    assert_eq!(project.run(&["check", "drafts", "--only", "wrong-particle"]).stderr, said, "a translated digest stands beside it");
    project.write("README.md", "- About\n");
    std::fs::create_dir(project.path("docs")).expect("a folder");
    project.write("docs/README.md", "- About\n");
    assert!(!project.run(&["check", "."]).stderr.contains("docs/README.md"), "no digest stands beside it");
    assert!(project.run(&["check", "docs"]).stderr.contains("docs/README.md: skipped"));
    assert_eq!(project.run(&["check", "-q", "drafts/README.md"]).stderr, "");
}

#[test]
fn one_bad_file_does_not_keep_the_others_from_being_checked() {
    let project = project();
    project.write("bad.ko.md", b"- \xff\xfe\n");
    project.write("merge.ko.md", "<<<<<<< a\n- 하나\n=======\n- 둘\n>>>>>>> b\n");
    let run = project.run(&["check", ".", "--format", "json"]);
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!((run.status, &value["files"]), (1, &Value::from(3)));
    assert!(
        run.stderr.contains("bad.ko.md:1:3: not UTF-8 text") && run.stderr.contains("merge.ko.md:1: git conflict marker"),
        "{}",
        run.stderr
    );
    let run = project.run(&["check", "bad.ko.md"]);
    assert_eq!(run.status, 2, "nothing could be done");
}

#[test]
fn odd_files_are_no_reason_to_stop() {
    let project = Project::new("");
    project.write("glossary.toml", GLOSSARY);
    let long = format!("- {}\n", "새들 포인트를 ".repeat(5_000));
    for korean in ["", "\u{feff}", "\n", "\0\0", "- ", "```\n새들 포인트", "[[[[[[", &"> ".repeat(3_000), &"*새".repeat(4_000), &long]
    {
        project.write("x.ko.md", korean);
        for arguments in [&["check", "x.md"][..], &["check", "x.ko.md", "--format", "json"]] {
            let run = project.run(arguments);
            assert!(matches!(run.status, 0 | 1) && run.stderr.is_empty(), "{korean:.20}: {} {}", run.status, run.stderr);
        }
    }
}

#[test]
fn the_status_follows_what_it_is_to_fail_on() {
    let project = project();
    for (arguments, status) in [
        (&["x.md"][..], 1),
        (&["x.md", "--fail-on", "never"], 0),
        (&["drafts"], 0),
        (&["drafts", "--fail-on", "warning"], 0),
        (&["drafts", "--fail-on", "hint"], 1),
        (&["drafts/b.md", "--fail-on", "hint"], 0),
    ] {
        assert_eq!(project.run(&[&["check"], arguments].concat()).status, status, "{arguments:?}");
    }
    assert_fails(&project.run(&["check", "--fail-on", "errors"]), &["[possible values: error, warning, hint, never]"]);
}

#[test]
fn checks_are_chosen_by_name() {
    let project = project();
    assert_eq!(files(&json(&project, &[".", "--only", "term-drift"])), ["drafts/a.ko.md"]);
    assert_eq!(files(&json(&project, &[".", "--except", "term-drift"])), ["x.ko.md"]);
    assert_eq!(files(&json(&project, &[".", "--except", "term-drift,forbidden-term,missing-term"])), [""; 0]);
    assert_eq!(files(&json(&project, &[".", "--only", "term-drift,forbidden-term", "--except", "forbidden-term"])), ["drafts/a.ko.md"]);
    let run = project.run(&["check", "--only", "term-dirft"]);
    assert_fails(&run, &["there is no check `term-dirft`; did you mean `term-drift`?", "`translate explain` lists them"]);
    // Without the check that knows the cause, what it causes is a fault of its own.
    assert_eq!(json(&project, &["x.md", "--only", "missing-term"])["findings"][0]["check"], "missing-term");
}

#[test]
fn severities_come_from_the_settings() {
    let project = project();
    project.write("translate.toml", "[checks]\nterm-drift = \"error\"\nforbidden-term = \"warning\"\nmissing-term = \"off\"\n");
    let value = json(&project, &["."]);
    let severities: Vec<&str> =
        value["findings"].as_array().expect("findings").iter().map(|f| f["severity"].as_str().expect("a word")).collect();
    assert_eq!(severities, ["error", "warning"]);
    project.write("translate.toml", "[checks]\nterm-drift = \"off\"\n");
    assert_eq!(files(&json(&project, &["."])), ["x.ko.md"]);
    assert_eq!(files(&json(&project, &[".", "--only", "term-drift"])), ["drafts/a.ko.md"], "asked for by name");
    project.write("x.md", "- Nothing.\n");
    project.write("translate.toml", "[checks]\nforbidden-term = \"warning\"\n");
    assert_eq!(json(&project, &["x.md"])["findings"][0]["severity"], "hint", "less grave than usual stays so");
    project.write("translate.toml", "[checks]\nforbiden-term = \"off\"\n");
    assert_fails(&project.run(&["check"]), &["translate.toml:2:1: there is no check `forbiden-term`; did you mean `forbidden-term`?"]);
}

#[test]
fn every_check_is_explained() {
    let project = Project::new(NEWS);
    let list = project.run(&["explain"]);
    assert_eq!((list.status, list.stderr.as_str()), (0, ""));
    let names: Vec<&str> = list.stdout.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains(&"missing-term") && names.contains(&"term-drift"), "{}", list.stdout);
    for name in names {
        let run = project.run(&["explain", name]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        assert!(run.stdout.starts_with(&format!("{name} (")), "{}", run.stdout);
        for part in ["\nExample\n  ", "  wrong     ", "  right     ", "\nMending it\n  ", "\nWhere it is right all the same\n  "] {
            assert!(run.stdout.contains(part), "{part} in:\n{}", run.stdout);
        }
        assert!(run.stdout.ends_with(".\n"), "{}", run.stdout);
    }
    assert_fails(&project.run(&["explain", "mising-term"]), &["there is no check `mising-term`; did you mean `missing-term`?"]);
}

/// A repository that was only cloned may turn a check off; that is not to go unseen.
#[test]
fn checks_that_the_settings_turn_off_are_counted() {
    let project = Project::new("");
    project.remove("x.md");
    project.write("a.ko.md", "- 함수을 본다.\n");
    let said = |settings: &str, flags: &[&str]| {
        project.write("translate.toml", settings);
        let run = project.run(&[&["check", "."], flags].concat());
        run.stdout.lines().find(|line| line.contains(" in 1 file")).map(str::to_owned).unwrap_or_else(|| panic!("{run:?}"))
    };
    let two = "[checks]\nwrong-particle = \"off\"\nterm-drift = \"off\"\n";
    assert_eq!(said(two, &[]), "no faults: 1 item in 1 file; 2 checks off");
    assert_eq!(
        said("[checks]\nterm-drift = \"off\"\n", &[]),
        "1 error, 0 warnings, 0 hints: 1 item in 1 file; 1 fixable with --fix; 1 check off"
    );
    assert_eq!(said(two, &["--format", "markdown"]), "no faults: 1 item in 1 file; 2 checks off");
    assert_eq!(said(two, &["--format", "github"]), "no faults: 1 item in 1 file; 2 checks off");
    // What runs nevertheless, what would not run in any case, and what is only less severe.
    assert_eq!(said(two, &["--only", "wrong-particle"]), "1 error, 0 warnings, 0 hints: 1 item in 1 file; 1 fixable with --fix");
    assert_eq!(said(two, &["--only", "spaced-particle"]), "no faults: 1 item in 1 file");
    assert_eq!(said(two, &["--except", "term-drift"]), "no faults: 1 item in 1 file; 1 check off");
    assert_eq!(said("[checks]\nnot-approved = \"off\"\n", &["--except", "wrong-particle"]), "no faults: 1 item in 1 file");
    assert_eq!(said("[checks]\nwrong-particle = \"hint\"\n", &[]), "0 errors, 0 warnings, 1 hint: 1 item in 1 file; 1 fixable with --fix");
    // Of several roots each check once.
    std::fs::create_dir(project.path("more")).expect("a folder");
    project.write("more/translate.toml", "[checks]\nterm-drift = \"off\"\nspaced-particle = \"off\"\n");
    project.write("more/b.ko.md", "- 글.\n");
    project.write("translate.toml", two);
    let run = project.run(&["check", "."]);
    assert_eq!(run.stdout, "no faults: 2 items in 2 files; 3 checks off\n", "{run:?}");
}
