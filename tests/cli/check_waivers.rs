//! What a person lets pass: by a comment in the digest, by the settings for a path; and what is wrong with such a waiver.

use crate::support::Project;
use serde_json::Value;

const ENGLISH: &str = "# News\n\nHello.\n\n- [One](https://a.example/1) – The first.\n- [Two](https://a.example/2) – The second.\n";

fn project(korean: &str) -> Project {
    let project = Project::new(ENGLISH);
    project.write("x.ko.md", korean);
    project
}

/// For each finding its check, line and reason.
fn findings(project: &Project, arguments: &[&str]) -> Vec<(String, u64, Option<String>)> {
    let run = project.run(&[&["check", "x.md", "--format", "json", "--only", "wrong-particle,stale-waiver"], arguments].concat());
    let value: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr));
    let found = value["findings"].as_array().expect("findings").iter();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    found.map(|f| (text(&f["check"]).expect("a check"), f["line"].as_u64().expect("a line"), text(&f["waived"]))).collect()
}

fn wrong(line: u64, reason: Option<&str>) -> (String, u64, Option<String>) {
    ("wrong-particle".to_owned(), line, reason.map(str::to_owned))
}

fn stale(line: u64) -> (String, u64, Option<String>) {
    ("stale-waiver".to_owned(), line, None)
}

#[test]
fn a_comment_waives_its_item_and_no_other() {
    let project = project(
        "# 소식\n\n안녕하세요.\n\n- [하나](https://a.example/1) – 안장점를 본다. <!-- translate: allow wrong-particle: quoted as it was -->\n- [둘](https://a.example/2) – 안장점를 본다.\n",
    );
    assert_eq!(findings(&project, &[]), [wrong(5, Some("quoted as it was")), wrong(6, None)]);
    let run = project.run(&["check", "x.md", "--only", "wrong-particle"]);
    assert_eq!(run.status, 1, "the other one counts");
    assert!(run.stdout.contains("x.ko.md:6:") && !run.stdout.contains("x.ko.md:5:"), "{}", run.stdout);
    assert!(run.stdout.contains("1 error, 0 warnings, 0 hints") && run.stdout.contains("1 waived"), "{}", run.stdout);
    let run = project.run(&["check", "x.md", "--only", "wrong-particle", "--show-waived"]);
    assert!(run.stdout.contains("x.ko.md:5:") && run.stdout.contains("quoted as it was"), "{}", run.stdout);
}

#[test]
fn waived_findings_neither_fail_nor_are_fixed() {
    let korean = "# 소식\n\n안녕하세요.\n\n- [하나](https://a.example/1) – 안장점를 본다. <!-- translate: allow wrong-particle: quoted -->\n- [둘](https://a.example/2) – 둘째.\n";
    let project = project(korean);
    assert_eq!(project.run(&["check", "x.md", "--only", "wrong-particle", "--fix"]).status, 0);
    assert_eq!(project.read("x.ko.md"), korean);
}

#[test]
fn a_comment_of_its_own_waives_the_block_below() {
    let project = project(
        "<!-- translate: allow wrong-particle: a name -->\n# 안장점를 보는 소식\n\n안장점를 본다.\n\n- [하나](https://a.example/1) – 첫째.\n- [둘](https://a.example/2) – 둘째.\n",
    );
    assert_eq!(findings(&project, &[]), [wrong(2, Some("a name")), wrong(4, None)]);
}

#[test]
fn a_waiver_that_waives_nothing_is_found() {
    let project = project(
        "# 소식\n\n안녕하세요.\n\n- [하나](https://a.example/1) – 첫째. <!-- translate: allow wrong-particle: gone -->\n- [둘](https://a.example/2) – 안장점를 본다. <!-- translate: allow wrong-particle -->\n",
    );
    assert_eq!(findings(&project, &[]), [stale(5), wrong(6, None), stale(6)]);
    let run = project.run(&["check", "x.md", "--only", "stale-waiver"]);
    assert!(
        run.stdout.contains("it gives no reason") && !run.stdout.contains("nothing is left here"),
        "what was not run is not judged:\n{}",
        run.stdout
    );
    project.write("x.ko.md", "- [하나](https://a.example/1) <!-- translate: allow wrong-partcle: typo -->\n- [둘](https://a.example/2) <!-- translate: hello -->\n");
    let run = project.run(&["check", "x.md", "--only", "stale-waiver"]);
    assert!(run.stdout.contains("there is no check `wrong-partcle`") && run.stdout.contains("it names no check"), "{}", run.stdout);
}

#[test]
fn settings_waive_by_check_and_path() {
    let project = project("# 소식\n\n안장점를 본다.\n\n- [하나](https://a.example/1) – 첫째.\n- [둘](https://a.example/2) – 둘째.\n");
    let waiver = |path: &str| format!("[[waivers]]\ncheck = \"wrong-particle\"\npath = \"{path}\"\nreason = \"an old edition\"\n");
    for path in ["x.md", "x.ko.md", "*.md", "/x.*"] {
        project.write("translate.toml", waiver(path));
        assert_eq!(findings(&project, &[]), [wrong(3, Some("an old edition"))], "{path}");
    }
    project.write("translate.toml", waiver("drafts/"));
    assert_eq!(findings(&project, &[]), [wrong(3, None)]);
    let run = project.run(&["check", "--all", "--only", "wrong-particle,stale-waiver"]);
    assert!(run.stdout.contains("translate.toml:2:9") && run.stdout.contains("in no file that `drafts/` means"), "{}", run.stdout);
    for (text, words) in [
        (
            "[[waivers]]\ncheck = \"wrong-partcle\"\npath = \"x\"\nreason = \"y\"\n",
            "translate.toml:2:9: there is no check `wrong-partcle`; did you mean `wrong-particle`?",
        ),
        ("[[waivers]]\ncheck = \"wrong-particle\"\npath = \"x\"\n", "a waiver needs its `reason`"),
        ("[[waivers]]\nchek = \"wrong-particle\"\n", "unknown key `chek`; did you mean `check`?"),
        ("waivers = 1\n", "waivers are a list of tables"),
    ] {
        project.write("translate.toml", text);
        let run = project.run(&["check", "x.md"]);
        assert_eq!((run.status, run.stderr.contains(words)), (2, true), "{}", run.stderr);
    }
}

#[test]
fn a_run_keeps_waivers_where_they_stand() {
    let project = Project::answered(ENGLISH, "한");
    project.done(&[]);
    let korean = project.read("x.ko.md").replace("한 The first.", "한 The first. <!-- translate: allow untranslated: later -->");
    project.write("x.ko.md", &korean);
    project.change("x.md", "The second.", "The second one.");
    project.done(&[]);
    assert!(
        project.read("x.ko.md").contains("한 The first. <!-- translate: allow untranslated: later -->\n"),
        "{}",
        project.read("x.ko.md")
    );
    assert!(project.read("x.ko.md").contains("The second one."), "{}", project.read("x.ko.md"));
}
