//! `translate check` on terms: every message as people and as scripts read it.

use crate::support::{Project, Run};
use serde_json::{Value, json};

const GLOSSARY: &str = r#"[terms]
"saddle point" = { korean = "안장점", avoid = ["새들 포인트"] }
nonconvex = { korean = "비 볼록", also = ["볼록하지 않은"], spacing = "exact" }
model = { korean = "모델", also = ["모델링"] }
regularizer = { korean = "규제항", also = ["규제자"] }
matrix = "행렬"
"confusion matrix" = "혼동 행렬"
batch = [{ korean = "배치", sense = "training" }, { korean = "일괄", sense = "job" }]
BERT = { keep = true, read = "버트", avoid = ["버트"] }
Looper = { keep = true }
Vec = { keep = true, avoid = ["벡터"] }
"#;

/// One item in both languages, under this glossary.
fn project(english: &str, korean: &str) -> Project {
    let project = Project::new(&format!("- {english}\n"));
    project.write("glossary.toml", GLOSSARY);
    project.write("x.ko.md", format!("- {korean}\n"));
    project
}

fn findings(run: &Run) -> Vec<Value> {
    let value: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr));
    value["findings"].as_array().expect("findings").clone()
}

/// Check and text at fault of every finding.
/// The checks that this file is about.
const ABOUT_TERMS: &str =
    "missing-term,forbidden-term,translated-name,spacing-variant,term-drift,wrong-particle,spaced-particle,bare-alternative";

#[track_caller]
fn assert_found(english: &str, korean: &str, expected: &[(&str, &str, &str)]) {
    let project = project(english, korean);
    let file = project.read("x.ko.md");
    let found: Vec<(String, String, String)> = findings(&project.run(&["check", "x.md", "--only", ABOUT_TERMS, "--format", "json"]))
        .iter()
        .map(|finding| {
            let place = |key: &str| finding[key].as_u64().expect("an offset") as usize;
            let word = |key: &str| finding[key].as_str().expect("a word").to_owned();
            (word("severity"), word("check"), file[place("start")..place("end")].to_owned())
        })
        .collect();
    let found: Vec<(&str, &str, &str)> = found.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    assert_eq!(found, expected, "{english} / {korean}");
}

#[test]
fn a_missing_term_is_shown_with_its_english_sentence() {
    let project = project(
        "[On flow](https://a.example) – We try. Then we escape saddle points!",
        "[흐름](https://a.example) – 해 봅니다. 극점을 벗어납니다!",
    );
    let run = project.run(&["check", "x.md"]);
    assert_eq!(
        run.stdout,
        "\
error[missing-term]: `saddle point` is in the English item, but `안장점` is not in the Korean one
 --> x.ko.md:1:29
  |
1 | - [흐름](https://a.example) – 해 봅니다. 극점을 벗어납니다!
  |                               ^^^^^^^^^^
  |
  = help: write `안장점`
  = note: English: \"Then we escape saddle points!\" (x.md:1:57)

1 error, 0 warnings, 0 hints: 1 item in 1 file
"
    );
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
}

#[test]
fn a_script_gets_the_contract() {
    let project = project("Saddle points.", "**새들 포인트**를 본다.");
    let run = project.run(&["check", "x.md", "--format", "json"]);
    assert_eq!(run.stdout.lines().count(), 1);
    let mut value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let fingerprint = value["findings"][0]["fingerprint"].take();
    assert!(fingerprint.as_str().is_some_and(|name| name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit())));
    let expected = json!({
        "version": 1, "files": 1, "items": 1,
        "summary": {"error": 1, "warning": 0, "hint": 0, "waived": 0},
        "findings": [{
            "check": "forbidden-term", "severity": "error", "file": "x.ko.md",
            "start": 4, "end": 20, "line": 1, "column": 5, "end_line": 1, "end_column": 11,
            "item": 1,
            "english": {"file": "x.md", "start": 2, "end": 15, "line": 1, "column": 3, "text": "Saddle points"},
            "term": "saddle point",
            "message": "the glossary avoids `새들 포인트` for `saddle point`",
            "help": "write `안장점을`",
            "fixes": [{"start": 4, "end": 20, "text": "안장점", "group": 1}, {"start": 22, "end": 25, "text": "을", "group": 1}],
            "fingerprint": null, "waived": null,
        }],
    });
    assert_eq!(value, expected);
    let keys: Vec<&str> = ["version", "files", "items", "summary", "findings"].into();
    let places: Vec<Option<usize>> = keys.iter().map(|key| run.stdout.find(&format!("\"{key}\""))).collect();
    assert!(places.is_sorted() && places[0].is_some(), "{}", run.stdout);
}

#[test]
fn one_accepted_rendering_is_enough() {
    assert_found("Saddle points and saddle points.", "안장점과 그 밖의 것.", &[]);
    assert_found("A regularizer.", "규제자입니다.", &[]);
    assert_found("Batches.", "일괄로 합니다.", &[]);
    assert_found("The matrix of a confusion matrix.", "혼동 행렬입니다.", &[]);
    assert_found("A nonconvex one.", "비 볼록한 것.", &[]);
}

#[test]
fn a_term_is_missing_once_for_each_item() {
    assert_found("A matrix, two matrices.", "표입니다. 표 둘.", &[("error", "missing-term", "표입니다.")]);
    assert_found("A matrix.", "`행렬`입니다.", &[("error", "missing-term", "`행렬`입니다.")]);
    assert_found("A confusion matrix.", "그 행렬입니다.", &[("error", "missing-term", "그 행렬입니다.")]);
}

#[test]
fn an_item_that_is_still_english_is_not_looked_at() {
    assert_found("Saddle points of BERT.", "Saddle points of BERT.", &[]);
}

#[test]
fn code_and_links_are_not_searched() {
    assert_found("See `matrix` at https://a.example/matrix.", "보십시오.", &[]);
    assert_found("A saddle point.", "안장점과 `새들 포인트`와 [그것](https://a.example/새들-포인트).", &[]);
}

#[test]
fn an_avoided_rendering_is_told_once_and_not_as_missing_too() {
    assert_found("Saddle points.", "새들 포인트로 간다.", &[("error", "forbidden-term", "새들 포인트")]);
    assert_found("Saddle points.", "안장점과 새들 포인트로 간다.", &[("error", "forbidden-term", "새들 포인트")]);
    // In a compound it is less certain, so that the term is still missing.
    let compound = &[("warning", "forbidden-term", "새들 포인트"), ("error", "missing-term", "새들 포인트문제다.")];
    assert_found("A saddle point.", "새들 포인트문제다.", compound);
    assert_found("BERT is new.", "버트가 나왔다.", &[("error", "forbidden-term", "버트")]);
}

#[test]
fn an_avoided_rendering_without_its_english_term_is_a_hint_without_a_fix() {
    let project = project("A new thing.", "새들 포인트로 간다.");
    for (arguments, help) in [
        (vec!["check", "x.md", "--format", "json"], "its English does not have the term"),
        (vec!["check", "--korean", "x.ko.md", "--format", "json"], "there is no English to compare"),
    ] {
        let run = project.run(&arguments);
        let found = findings(&run);
        assert_eq!((run.status, found.len()), (0, 1));
        assert_eq!(found[0]["severity"], "hint");
        assert_eq!(found[0]["help"], format!("write `안장점으로` if `saddle point` is meant: {help}"));
        assert_eq!((&found[0]["fixes"], &found[0]["english"]), (&json!([]), &Value::Null));
    }
}

#[test]
fn where_a_name_may_be_read_in_two_ways_both_forms_are_given() {
    let project = project("A Vec.", "벡터를 쓴다.");
    let found = findings(&project.run(&["check", "x.md", "--format", "json"]));
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["severity"], &found[0]["fixes"]), (&json!("error"), &json!([])));
    assert_eq!(found[0]["help"], "write `Vec을`, or `Vec를` if it is read so");
}

#[test]
fn a_name_that_stays_must_survive() {
    assert_found("Looper and BERT.", "루퍼와 BERT입니다.", &[("error", "translated-name", "루퍼와 BERT입니다.")]);
    assert_found("Looper is new.", "`Looper`가 나왔습니다.", &[]);
    let project = project("Looper is new.", "새 것이 나왔습니다.");
    let run = project.run(&["check", "x.md"]);
    assert_eq!(
        run.stdout,
        "\
error[translated-name]: the name `Looper` stays in English, but it is not in the Korean text
 --> x.ko.md:1:3
  |
1 | - 새 것이 나왔습니다.
  |   ^^^^^^^^^^^^^^^^^^^
  |
  = help: write `Looper`
  = note: English: \"Looper is new.\" (x.md:1:3)

1 error, 0 warnings, 0 hints: 1 item in 1 file
"
    );
}

#[test]
fn other_blanks_are_a_hint_where_the_glossary_is_exact() {
    assert_found("Nonconvex saddle points.", "비볼록 안장 점은 어렵다.", &[("hint", "spacing-variant", "비볼록")]);
    let project = project("Nonconvex.", "비볼록이다.");
    let run = project.run(&["check", "x.md"]);
    assert_eq!(run.status, 0);
    assert!(
        run.stdout.starts_with("hint[spacing-variant]: `비볼록` is spaced otherwise than `비 볼록`\n --> x.ko.md:1:3\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.ends_with("  = help: write `비 볼록`\n\n0 errors, 0 warnings, 1 hint: 1 item in 1 file; 1 fixable with --fix\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn two_renderings_of_one_term_are_told_once_with_their_counts() {
    assert_found("Regularizers.", "규제항은 규제자와 규제항과 규제자가 규제항이다.", &[("hint", "term-drift", "규제자")]);
    assert_found("Regularizers.", "규제자와 규제항.", &[("hint", "term-drift", "규제자")]);
    assert_found("A batch.", "배치와 일괄.", &[]);
    // Grammar chooses between these.
    assert_found("Nonconvex.", "비 볼록 함수와 볼록하지 않은 상황.", &[]);
    assert_found("A model.", "모델을 모델링한다.", &[]);
    let project = project("Regularizers.", "규제항은 규제자와 규제항이다.");
    let run = project.run(&["check", "x.md"]);
    assert_eq!(
        run.stdout,
        "\
hint[term-drift]: `regularizer` is written in 2 ways in this digest: `규제항` (2), `규제자` (1)
 --> x.ko.md:1:8
  |
1 | - 규제항은 규제자와 규제항이다.
  |            ^^^^^^
  |
  = help: write `규제항` instead of `규제자`, if both mean the same here

0 errors, 0 warnings, 1 hint: 1 item in 1 file
"
    );
}

#[test]
fn items_are_paired_wherever_they_stand() {
    let project = Project::new("- [A](https://a.example/1) – A matrix.\n- [B](https://a.example/2) – Saddle points.\n");
    project.write("glossary.toml", GLOSSARY);
    project.write("x.ko.md", "- [나](https://a.example/2) – 안장점.\n- [가](https://a.example/1) – 표.\n");
    let found = findings(&project.run(&["check", "x.md", "--format", "json"]));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0]["term"].as_str(), found[0]["item"].as_u64(), found[0]["line"].as_u64()), (Some("matrix"), Some(2), Some(2)));
    assert_eq!(found[0]["english"]["line"], 1);
}

#[test]
fn fingerprints_do_not_move_with_the_lines() {
    let names = |korean: &str, english: &str| {
        let project = project("", "");
        project.write("x.md", english);
        project.write("x.ko.md", korean);
        let found = findings(&project.run(&["check", "x.md", "--format", "json"]));
        found.iter().map(|finding| finding["fingerprint"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    let (english, korean) = ("- Two saddle points.\n", "- 새들 포인트와 새들 포인트.\n");
    let before = names(korean, english);
    let after = names(
        &format!("# 제목\n\n- [하나](https://a.example) – 앞.\n{korean}"),
        &format!("# Title\n\n- [One](https://a.example) – First.\n{english}"),
    );
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1], "the second of its kind");
    assert_eq!(before, after);
}

#[test]
fn hostile_text_is_shown_and_never_sent() {
    let project = project("Saddle\u{1b}[31m points. Saddle points\u{9b}2J", "\u{1b}]0;x\u{7}새들 포인트를\u{202e} 본다\u{9b}");
    for arguments in [&["check", "x.md"][..], &["check", "x.md", "--format", "json"], &["check", "x.md", "--diff"]] {
        let run = project.run(arguments);
        let hidden = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!run.stdout.contains(hidden) && !run.stderr.contains(hidden), "{arguments:?}: {:?}{:?}", run.stdout, run.stderr);
        assert!(run.stdout.contains("포인트"), "{arguments:?}: {}", run.stdout);
    }
}
