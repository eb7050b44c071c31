//! `translate glossary suggest` as people and scripts see it. What is learned and what is not stands in `learning.rs`.

use std::path::Path;
use std::process::Stdio;

use crate::support::{Project, Run};
use serde_json::{Value, json};
use translate_digest::digest::{Digest, Format, hash};
use translate_digest::draft::record::{Entry, Record, State};

/// English, machine, approved; nobody has approved where that is empty.
type Edit<'e> = (&'e str, &'e str, &'e str);

/// Two digests' worth of edits with one term, one known term, and noise.
const FIRST: &[Edit] = &[
    ("Overfitting is a risk here.", "여기서는 과대적합이 위험합니다.", "여기서는 과적합이 위험하다."),
    ("Each saddle point has a negative direction.", "모든 새들 포인트에는 음의 방향이 있습니다.", "모든 안장점에는 음의 방향이 있다."),
    ("The model is trained on public data.", "모델은 공개 데이터로 훈련합니다.", "모델은 공개 데이터로 훈련합니다."),
    (
        "Dropout prevents overfitting of [nets](https://b.example).",
        "드롭아웃은 [망](https://b.example)의 과대적합을 막습니다.",
        "드롭아웃은 [망](https://b.example)의 **과적합**을 막는다.",
    ),
];
const SECOND: &[Edit] = &[
    ("Escaping saddle points efficiently.", "새들 포인트에서 효율적으로 벗어나기", "안장점에서 효율적으로 벗어나기"),
    ("Models overfit.", "모델이 과대적합됩니다.", ""),
    ("Much overfitting was seen.", "많은 과대적합을 봤습니다.", "많은 과적합을 봤다."),
];

/// Writes a digest of one item for each edit, and its record.
fn write(project: &Project, name: &str, edits: &[Edit]) {
    let items =
        edits.iter().zip(1..).map(|((english, ..), number)| format!("- [Paper {number}](https://a.example/{number}) – {english}\n"));
    let text: String = items.collect();
    project.write(&format!("{name}.md"), &text);
    let digest = Digest::parse(&text, Format::Markdown, None);
    let mut record = Record::new(Path::new(&format!("{name}.md")));
    let commentary = digest.segments.iter().filter(|segment| segment.kind.name() == "commentary");
    for (segment, (_, machine, approved)) in commentary.zip(edits) {
        record.segments.push(Entry {
            english_hash: hash(&digest.marked(segment).text),
            part: "item".to_owned(),
            kind: "commentary".to_owned(),
            state: if approved.is_empty() { State::Machine } else { State::Approved },
            machine: Some((*machine).to_owned()),
            approved: (!approved.is_empty()).then(|| (*approved).to_owned()),
            ..Entry::default()
        });
    }
    project.write(&format!("{name}.record.toml"), record.to_text());
}

fn project(glossary: &str) -> Project {
    let project = Project::new("");
    project.remove("x.md");
    std::fs::create_dir(project.path("drafts")).expect("a folder");
    write(&project, "drafts/a", FIRST);
    write(&project, "drafts/b", SECOND);
    project.write("glossary.toml", glossary);
    project
}

#[track_caller]
fn assert_run(run: &Run, status: i32, stdout: &str, stderr: &str) {
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (status, stdout, stderr));
}

const GLOSSARY: &str = "# The team's terms.\n[terms]\n\"saddle point\" = \"안장점\" # as in the lecture\n";

#[test]
fn without_a_terminal_it_lists_proposals_with_the_commands() {
    let project = project(GLOSSARY);
    let expected = "\
1. overfitting = 과적합, not 과대적합: a new term, seen in 3 items
   과대적합 -> 과적합  drafts/a.md: items 1, 4; drafts/b.md: item 3
     english   Overfitting is a risk here.
     machine   여기서는 과대적합이 위험합니다.
     approved  여기서는 과적합이 위험하다.
   translate glossary add overfitting 과적합 --avoid 과대적합

2. saddle point = 안장점, not 새들 포인트: known, with forms to avoid, seen in 2 items
   새들 포인트 -> 안장점  drafts/a.md: item 2; drafts/b.md: item 1
     english   Each saddle point has a negative direction.
     machine   모든 새들 포인트에는 음의 방향이 있습니다.
     approved  모든 안장점에는 음의 방향이 있다.
   translate glossary add \"saddle point\" 안장점 --avoid \"새들 포인트\"

";
    let told = "2 proposals from 2 digests; --yes adds all, on a terminal each is asked for\n";
    assert_run(&project.run(&["glossary", "suggest"]), 0, expected, told);
    assert_run(&project.run(&["glossary", "suggest", "--quiet", "--format", "human"]), 0, expected, "");
    // A reader that is gone changes nothing.
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let unread = project.command(&["glossary", "suggest"]).stdout(writer).stderr(Stdio::piped()).output().expect("the binary");
    assert_run(&project.finished(unread), 0, "", told);
    assert_eq!(project.read("glossary.toml"), GLOSSARY, "nothing is written");
    assert_eq!(project.files(), ["drafts", "glossary.toml"]);
}

#[test]
fn scripts_get_every_sighting() {
    let project = project(GLOSSARY);
    let run = project.run(&["glossary", "suggest", "--format", "json"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!((&value["version"], &value["glossary"]), (&json!(1), &json!("glossary.toml")));
    let expected = json!({
        "term": "saddle point", "korean": "안장점", "keep": false, "avoid": ["새들 포인트"], "known": true, "times": 2,
        "evidence": [{"machine": "새들 포인트", "approved": "안장점", "sightings": [
            {"file": "drafts/a.md", "item": 2, "english": "Each saddle point has a negative direction.",
             "machine": "모든 새들 포인트에는 음의 방향이 있습니다.", "approved": "모든 안장점에는 음의 방향이 있다."},
            {"file": "drafts/b.md", "item": 1, "english": "Escaping saddle points efficiently.",
             "machine": "새들 포인트에서 효율적으로 벗어나기", "approved": "안장점에서 효율적으로 벗어나기"},
        ]}],
        "command": ["translate", "glossary", "add", "saddle point", "안장점", "--avoid", "새들 포인트"],
    });
    assert_eq!(value["proposals"][1], expected);
    assert_eq!(value["proposals"].as_array().map(Vec::len), Some(2));
    let none = json!({"version": 1, "glossary": "glossary.toml", "proposals": []});
    let run = project.run(&["glossary", "suggest", "--format", "json", "--from", "drafts/a.md", "--quiet"]);
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(value["proposals"][0]["times"], 2, "of one digest alone");
    project.remove("drafts/a.record.toml");
    let run = project.run(&["glossary", "suggest", "--format", "json"]);
    assert_eq!(serde_json::from_str::<Value>(&run.stdout).expect("JSON"), none);
}

#[test]
fn yes_adds_all_with_comments_kept_and_once() {
    let project = project(GLOSSARY);
    let told = "glossary.toml: added `overfitting` = `과적합`\nglossary.toml: `saddle point` has now `새들 포인트` too\n";
    assert_run(&project.run(&["glossary", "suggest", "--yes"]), 0, "", told);
    let expected = "# The team's terms.\n[terms]\n\"saddle point\" = { korean = \"안장점\", avoid = [\"새들 포인트\"] } # as in the lecture\n\
                    overfitting = { korean = \"과적합\", avoid = [\"과대적합\"] }\n";
    assert_eq!(project.read("glossary.toml"), expected);
    let none = "2 digests read: nothing recurs that glossary.toml has not\n";
    assert_run(&project.run(&["glossary", "suggest", "--yes"]), 0, "", none);
    assert_run(&project.run(&["glossary", "suggest"]), 0, "", none);
    assert_eq!(project.read("glossary.toml"), expected);
}

#[test]
fn a_form_is_added_to_an_entry_in_every_spelling() {
    for (before, after) in [
        (
            "[terms]\n\"saddle point\" = { korean = \"안장점\", avoid = [\"안부점\"] }\n",
            "[terms]\n\"saddle point\" = { korean = \"안장점\", avoid = [\"안부점\", \"새들 포인트\"] }\n",
        ),
        (
            "[terms.\"saddle point\"]\nkorean = \"안장점\" # 1\navoid = [\n  \"안부점\",\n]\n",
            "[terms.\"saddle point\"]\nkorean = \"안장점\" # 1\navoid = [\n  \"안부점\",\n  \"새들 포인트\",\n]\n",
        ),
        (
            "[terms]\n\"saddle point\" = [{ korean = \"안장점\", sense = \"a\" }, { korean = \"고갯마루\", sense = \"b\" }]\n",
            "[terms]\n\"saddle point\" = [{ korean = \"안장점\", sense = \"a\", avoid = [\"새들 포인트\"] }, { korean = \"고갯마루\", sense = \"b\" }]\n",
        ),
        (
            "[[terms.\"saddle point\"]]\nkorean = \"안장점\"\n\n[[terms.\"saddle point\"]]\nkorean = \"고갯마루\"\n",
            "[[terms.\"saddle point\"]]\nkorean = \"안장점\"\navoid = [\"새들 포인트\"]\n\n[[terms.\"saddle point\"]]\nkorean = \"고갯마루\"\n",
        ),
    ] {
        let glossary = format!("{before}\n[words]\nknown = [\"과적합\"]\n");
        let project = project(&glossary);
        write(&project, "drafts/a", &FIRST[1..2]);
        let run = project.run(&["glossary", "suggest", "--yes"]);
        assert_run(&run, 0, "", "glossary.toml: `saddle point` has now `새들 포인트` too\n");
        assert_eq!(project.read("glossary.toml"), glossary.replace(before, after));
        assert_eq!(project.run(&["glossary", "lint", "--quiet"]).stdout.matches("새들").count(), 0);
    }
}

#[test]
fn a_glossary_is_begun_and_named() {
    let project = project("");
    project.remove("glossary.toml");
    project.write("translate.toml", "");
    let run = project.run(&["glossary", "suggest", "--file", "other.toml", "--from", "drafts/a.md", "drafts/b.md"]);
    assert!(run.stdout.contains("   translate glossary add overfitting 과적합 --avoid 과대적합 --file other.toml\n"), "{}", run.stdout);
    assert!(run.stdout.contains("2. saddle point = 안장점, not 새들 포인트: a new term, seen in 2 items\n"), "{}", run.stdout);
    assert_eq!(project.run(&["glossary", "suggest", "--yes", "--quiet"]).status, 0);
    assert!(project.read("glossary.toml").starts_with("[terms]\noverfitting = "));
}

#[test]
fn what_is_missing_is_said() {
    let project = project(GLOSSARY);
    let missing = "error: there is no file drafts/c.md\nhint: check the path\n";
    assert_run(&project.run(&["glossary", "suggest", "--from", "drafts/c.md"]), 2, "", missing);
    project.write("drafts/c.md", "- One\n");
    let unread = "error: drafts/c.md has no record\nhint: translate it first: translate drafts/c.md\n";
    assert_run(&project.run(&["glossary", "suggest", "--from", "drafts/c.md"]), 2, "", unread);
    project.remove("drafts/b.md");
    let gone = "warning: drafts/b.record.toml: skipped, there is no digest drafts/b.md\n\
                1 proposal from 1 digest; --yes adds all, on a terminal each is asked for\n";
    assert_eq!(project.run(&["glossary", "suggest"]).stderr, gone);
    project.write("drafts/a.record.toml", "version = 1\nenglish = 3\n");
    let broken = project.run(&["glossary", "suggest"]);
    assert!(broken.status == 2 && broken.stderr.starts_with("error: drafts/a.record.toml:2:11: "), "{}", broken.stderr);
    project.write("glossary.toml", "[term]\n");
    let fault = "error: glossary.toml:1:2: unknown key `term`; did you mean `terms`?\nhint: mend glossary.toml\n";
    project.remove("drafts/a.record.toml");
    project.remove("drafts/b.record.toml");
    assert_run(&project.run(&["glossary", "suggest"]), 2, "", fault);
    project.write("glossary.toml", "");
    assert_run(&project.run(&["glossary", "suggest"]), 0, "", "0 digests read: nothing recurs that glossary.toml has not\n");
}

#[test]
fn nothing_that_texts_hold_moves_the_cursor() {
    let project = project("");
    let hostile: Vec<Edit> = vec![
        ("Overfitting \u{1b}[2J is here.", "과대적합이 \u{1b}[2J 위험합니다.", "과적합이 \u{1b}[2J 위험합니다."),
        ("On \u{202e}overfitting again.", "과대적합을 \u{202e} 봅니다.", "과적합을 \u{202e} 봅니다."),
    ];
    write(&project, "drafts/a", &hostile);
    write(&project, "drafts/b", &[]);
    let run = project.run(&["glossary", "suggest"]);
    assert!(run.stdout.contains("overfitting = 과적합"), "{}", run.stdout);
    assert!(!run.stdout.contains(['\u{1b}', '\u{202e}']), "{:?}", run.stdout);
}

/// A real terminal by util-linux's `script`.
#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_it_asks() {
    use std::io::Write;
    use std::process::Stdio;

    let project = project(GLOSSARY);
    let mut command = std::process::Command::new("script");
    command.args(["-qec", &format!("{} glossary suggest", env!("CARGO_BIN_EXE_translate")), "/dev/null"]);
    command.current_dir(project.folder()).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("`script` of util-linux: install bsdutils");
    // The line ends of the answers are the terminal's.
    child.stdin.take().expect("a pipe").write_all("ㅜ\nx\nㅛ\n".as_bytes()).expect("answers");
    let output = child.wait_with_output().expect("an end");
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{shown}");
    assert!(shown.contains("[1/2] Add it? [y/n/q] ") && shown.contains("[2/2] Add it? [y/n/q] "), "{shown}");
    assert!(shown.contains("y is yes, n is no, q ends the questions"), "{shown}");
    assert!(shown.contains("glossary.toml: `saddle point` has now `새들 포인트` too"), "{shown}");
    assert!(!project.read("glossary.toml").contains("overfitting"));
}
