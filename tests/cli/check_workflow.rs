//! What a check knows from the record, from git and from the whole repository.

use std::process::Command;

use crate::support::{Project, Run};
use serde_json::Value;

const ENGLISH: &str = "- [One](https://a.example/1) – The first comment.\n- [Two](https://a.example/2) – The second comment.\n";

fn lines(run: &Run) -> Vec<u64> {
    let value: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr));
    value["findings"].as_array().expect("findings").iter().map(|finding| finding["line"].as_u64().expect("a line")).collect()
}

#[test]
fn korean_whose_english_changed_is_stale() {
    let project = Project::answered(ENGLISH, "한");
    project.done(&[]);
    let check = || lines(&project.run(&["check", "x.md", "--only", "stale-translation", "--format", "json"]));
    assert_eq!(check(), [0; 0]);
    project.change("x.md", "The second comment.", "Another comment altogether.");
    assert_eq!(check(), [2], "machine text");
    project.change("x.ko.md", "한 The second comment.", "사람이 쓴 글.");
    assert_eq!(check(), [2], "a person's text");
    project.run(&[]);
    project.run(&["x.md"]);
    assert_eq!(check(), [2], "a candidate waits");
}

#[test]
fn what_nobody_approved_is_found_when_it_is_required() {
    let project = Project::answered(ENGLISH, "한");
    project.done(&[]);
    let require = || project.run(&["check", "x.md", "--require", "approved", "--only", "not-approved", "--format", "json"]);
    assert_eq!((require().status, lines(&require())), (1, vec![1, 2]));
    assert_eq!(
        lines(&project.run(&["check", "x.md", "--except", "untranslated,half-translated,english-left", "--format", "json"])),
        [0; 0],
        "off unless asked for"
    );
    project.run(&["adopt", "x.md"]);
    assert_eq!((require().status, lines(&require())), (0, vec![]));
    project.change("x.ko.md", "한 The first comment.", "고친 글.");
    assert_eq!(lines(&require()), [1]);
    project.remove("x.record.toml");
    assert_eq!(lines(&require()), [1, 2], "nothing on record");
}

/// A repository with two digests, each with a fault, committed.
fn repository() -> Project {
    let project = Project::new(ENGLISH);
    project.write("x.ko.md", "- [하나](https://a.example/1) – 안장점를 본다.\n- [둘](https://a.example/2) – 둘째.\n");
    project.write("y.ko.md", "- 손실를 본다.\n");
    project.write("glossary.toml", "[terms]\ncomment = { korean = \"의견\" }\n");
    git(&project, &["init", "-q"]);
    git(&project, &["add", "."]);
    git(&project, &["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "first"]);
    project
}

fn git(project: &Project, arguments: &[&str]) {
    let status = Command::new("git").current_dir(project.folder()).args(arguments).status().expect("git");
    assert!(status.success(), "git {arguments:?}");
}

fn since(project: &Project, revision: &str) -> Run {
    project.run(&["check", ".", "--changed-from", revision, "--only", "wrong-particle,missing-term", "--format", "json"])
}

#[test]
fn only_items_that_changed_since_a_revision_count() {
    let project = repository();
    project.write("glossary.toml", "[terms]\n");
    assert_eq!(lines(&since(&project, "HEAD")), [0; 0], "no entry that occurs is new");
    git(&project, &["checkout", "-q", "glossary.toml"]);
    assert_eq!((since(&project, "HEAD").status, lines(&since(&project, "HEAD"))), (0, vec![]));
    project.change("x.ko.md", "둘째.", "훈련를 한다.");
    assert_eq!(lines(&since(&project, "HEAD")), [2, 2], "the term that the item lacks gates it too");
    project.write("x.ko.md", format!("- [셋](https://a.example/3) – 셋째.\n{}", project.read("x.ko.md")));
    assert_eq!(lines(&since(&project, "HEAD")), [3, 3], "items that were only moved reopen nothing");
    git(&project, &["checkout", "-q", "x.ko.md"]);
    project.change("x.md", "The first comment.", "The very first comment.");
    assert_eq!(lines(&since(&project, "HEAD")), [1, 1], "the English changed");
    git(&project, &["checkout", "-q", "x.md"]);
    project.write("glossary.toml", "[terms]\ncomment = { korean = \"논평\" }\n");
    assert_eq!(lines(&since(&project, "HEAD")), [1, 1, 2], "an entry that occurs in both items changed");
    project.write("z.ko.md", "- 기울기을 본다.\n");
    assert!(lines(&since(&project, "HEAD")).len() == 4, "a file that git does not know is new");
}

#[test]
fn a_fix_mends_what_changed_and_nothing_else() {
    let project = repository();
    project.change("x.ko.md", "둘째.", "훈련를 한다.");
    project.run(&["check", ".", "--changed-from", "HEAD", "--only", "wrong-particle", "--fix"]);
    assert_eq!(project.read("x.ko.md"), "- [하나](https://a.example/1) – 안장점를 본다.\n- [둘](https://a.example/2) – 훈련을 한다.\n");
    assert_eq!(project.read("y.ko.md"), "- 손실를 본다.\n");
}

#[test]
fn a_revision_that_cannot_be_read_is_said() {
    let project = Project::new(ENGLISH);
    project.write("x.ko.md", "- 하나\n");
    let run = since(&project, "HEAD");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("is in no git repository") && run.stderr.contains("hint: "), "{}", run.stderr);
    let project = repository();
    for name in ["no-such-branch", "--output=x", "", "HEAD:x.md"] {
        let run = project.run(&["check", ".", &format!("--changed-from={name}")]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{name}: {}", run.stderr);
        assert!(run.stderr.contains(&format!("git knows no revision `{name}`")), "{}", run.stderr);
    }
}

#[test]
fn terms_that_no_digest_has_are_found_with_all() {
    let project = repository();
    project.write("new.md", "- An optimizer.\n");
    project.write(
        "glossary.toml",
        "[terms]\ncomment = { korean = \"의견\", avoid = [\"코멘트\"] }\nloss = \"손실\"\noptimizer = \"최적화기\"\nsadle = { korean = \"말안장\", avoid = [\"새들\"] }\n",
    );
    let run = project.run(&["check", "--all", "--only", "dead-term", "--format", "json"]);
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let found = value["findings"].as_array().expect("findings").iter();
    let found: Vec<_> = found.map(|f| (f["file"].as_str(), f["line"].as_u64(), f["column"].as_u64(), f["term"].as_str())).collect();
    let file = Some("glossary.toml");
    assert_eq!(found, [(file, Some(2), Some(37), Some("comment")), (file, Some(5), Some(1), Some("sadle"))]);
    assert_eq!((run.status, &value["files"]), (0, &Value::from(2)), "the glossary is no digest");
    let run = project.run(&["check", "--only", "dead-term"]);
    assert!(run.stdout.starts_with("no faults") && run.stderr.contains("--all only"), "{}{}", run.stdout, run.stderr);
}
