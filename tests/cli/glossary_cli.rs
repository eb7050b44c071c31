//! `translate glossary` as people and scripts see it: lint, add, import, export.

use crate::support::{NEWS, Project, Run};
use serde_json::{Value, json};

/// A folder with this glossary.
fn project(glossary: &str) -> Project {
    let project = Project::new(NEWS);
    project.write("glossary.toml", glossary);
    project
}

#[track_caller]
fn assert_run(run: &Run, status: i32, stdout: &str, stderr: &str) {
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (status, stdout, stderr));
}

const FAULTY: &str = "[terms]\nlayer = \"층\"\n\"saddle point\" = { korean = \"안장점을\", avoid = [\"새들\"] }\n\nfloor = \"층\"\n";

#[test]
fn lint_shows_the_line_and_marks_the_fault_under_wide_letters() {
    let run = project(FAULTY).run(&["glossary", "lint"]);
    let expected = "\
warning[one-syllable]: `층` is one syllable, which other words are full of
 --> glossary.toml:2:9
  |
2 | layer = \"층\"
  |         ^^^^
  |
  = help: prefer a longer form; else list the words that contain it under `[words] known`

warning[particle-ending]: `안장점을` seems to end in the particle `을`
 --> glossary.toml:3:29
  |
3 | \"saddle point\" = { korean = \"안장점을\", avoid = [\"새들\"] }
  |                             ^^^^^^^^^^
  |
  = help: write `안장점`: particles are found after it, and made to fit

warning[one-syllable]: `층` is one syllable, which other words are full of
 --> glossary.toml:5:9
  |
5 | floor = \"층\"
  |         ^^^^
  |
  = help: prefer a longer form; else list the words that contain it under `[words] known`

warning[shared-rendering]: `층` is written for `layer` and for `floor`
 --> glossary.toml:5:9
  |
2 | layer = \"층\"
  |         ---- first listed here
...
5 | floor = \"층\"
  |         ^^^^
  |
  = help: write them differently; if they are one term, list the other word under its `forms`

";
    assert_run(&run, 1, expected, "glossary.toml: 3 terms, 4 warnings\n");
}

#[test]
fn lint_gives_scripts_bytes_and_places() {
    let run = project("\u{feff}[terms]\r\n\"안장\" = \"안장점을\"\r\n").run(&["glossary", "lint", "--format", "json"]);
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let expected = json!({"version": 1, "file": "glossary.toml", "lints": [{
        "lint": "particle-ending", "severity": "warning", "start": 23, "end": 37, "line": 2, "column": 8,
        "message": "`안장점을` seems to end in the particle `을`",
        "help": "write `안장점`: particles are found after it, and made to fit",
    }]});
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    assert_eq!(value, expected);
    let clean = project("").run(&["glossary", "lint", "--format", "json"]);
    assert_run(&clean, 0, "{\"version\":1,\"file\":\"glossary.toml\",\"lints\":[]}\n", "");
}

#[test]
fn lint_ends_with_0_when_clean_and_2_when_there_is_no_glossary() {
    let clean = project("[terms]\nconvex = \"볼록\"\n");
    assert_run(&clean.run(&["glossary", "lint"]), 0, "", "glossary.toml: 1 term, 0 warnings\n");
    assert_run(&clean.run(&["glossary", "lint", "--quiet"]), 0, "", "");
    let fault = "error: glossary.toml:2:7: unknown key `korea`; did you mean `korean`?\nhint: mend glossary.toml\n";
    assert_run(&project("[terms]\na = { korea = \"가\", korean = \"가\" }\n").run(&["glossary", "lint"]), 2, "", fault);
    let missing = "error: there is no file other.toml\nhint: `translate glossary add ENGLISH KOREAN` begins one\n";
    assert_run(&clean.run(&["glossary", "lint", "other.toml"]), 2, "", missing);
    let broken = "error: glossary.toml:1:1: not UTF-8 text (byte 0)\nhint: convert it, as in: iconv -f EUC-KR -t UTF-8 glossary.toml\n";
    clean.write("glossary.toml", b"\xff\xfe");
    assert_run(&clean.run(&["glossary", "lint"]), 2, "", broken);
}

#[test]
fn lint_sends_no_control_characters() {
    let project = project("[terms]\n\"a\\u001b[31m\\u202e\" = \"층\\u0007\" # \u{202e}\n");
    for format in ["human", "json"] {
        let run = project.run(&["glossary", "lint", "--format", format]);
        assert_eq!(run.status, 1);
        assert!(!run.stdout.contains(['\u{1b}', '\u{7}']), "{:?}", run.stdout);
        assert!(format == "json" || !run.stdout.contains('\u{202e}'), "{:?}", run.stdout);
    }
}

#[test]
fn lint_finds_the_nearest_glossary() {
    let project = project(FAULTY);
    std::fs::create_dir(project.path("drafts")).expect("a folder");
    let run = project.command(&["glossary", "lint", "--quiet"]).current_dir(project.path("drafts")).output().expect("the binary");
    let shown = String::from_utf8_lossy(&run.stdout).into_owned();
    assert_eq!(run.status.code(), Some(1), "{shown}");
    assert!(shown.contains("glossary.toml:2:9"), "{shown}");
}

#[test]
fn add_begins_a_glossary_and_tells_what_it_did() {
    let project = Project::new(NEWS);
    let run = project.run(&["glossary", "add", "saddle point", "안장점", "--avoid", "새들 포인트", "--avoid", "말안장"]);
    assert_run(&run, 0, "", "glossary.toml: added `saddle point` = `안장점`\n");
    let expected = "[terms]\n\"saddle point\" = { korean = \"안장점\", avoid = [\"새들 포인트\", \"말안장\"] }\n";
    assert_eq!(project.read("glossary.toml"), expected);
    let run = project.run(&["glossary", "add", "saddle point", "안장점", "--avoid", "말안장"]);
    assert_run(&run, 0, "", "glossary.toml: `saddle point` is there already\n");
    assert_eq!(project.read("glossary.toml"), expected);
    let run = project.run(&["glossary", "add", "BERT", "--keep", "--read", "버트"]);
    assert_run(&run, 0, "", "glossary.toml: added `BERT` = `BERT`\n");
    assert_eq!(project.read("glossary.toml"), format!("{expected}BERT = {{ keep = true, read = \"버트\" }}\n"));
}

#[test]
fn add_extends_an_entry_and_keeps_comments_order_and_line_ends() {
    let project = project("# ours\r\n[terms]\r\nconvex = \"볼록\"  # the shape\r\n\r\n# words\r\n[words]\r\nknown = []\r\n");
    let run = project.run(&["glossary", "add", "convex", "볼록", "--also", "볼록한", "--note", "모양"]);
    assert_run(&run, 0, "", "glossary.toml: `convex` has now `볼록한`, `모양` too\n");
    let expected = "# ours\r\n[terms]\r\nconvex = { korean = \"볼록\", also = [\"볼록한\"], note = \"모양\" }  # the shape\r\n\r\n# words\r\n[words]\r\nknown = []\r\n";
    assert_eq!(project.read("glossary.toml"), expected);
}

#[test]
fn add_refuses_what_would_overwrite_or_break() {
    let text = "[terms]\n\n\"Fine tuning\" = \"미세 조정\"\n";
    let project = project(text);
    let kept = "error: glossary.toml:3: `Fine tuning` is `미세 조정` already\nhint: change it there; a word with several senses is an array of tables\n";
    assert_run(&project.run(&["glossary", "add", "fine-tuning", "파인튜닝"]), 2, "", kept);
    let empty = "error: a form of the term is empty\nhint: translate glossary add \"saddle point\" 안장점\n";
    assert_run(&project.run(&["glossary", "add", "a", " "]), 2, "", empty);
    let run = project.run(&["glossary", "add", "convex"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("required arguments were not provided"), "{}", run.stderr);
    assert_eq!(project.read("glossary.toml"), text);
    project.write("glossary.toml", "[terms\n");
    assert_eq!(project.run(&["glossary", "add", "a", "가"]).status, 2);
    assert_eq!(project.read("glossary.toml"), "[terms\n");
}

#[test]
fn import_adds_what_is_new_and_says_what_stays() {
    let project = project("[terms]\nloss = \"손실\" # ours\nBERT = { keep = true }\n");
    project.write("w.csv", "source,target,location,flags\nloss,로스,x,\ngap,간격,,\ngap,갭,,forbidden\nBERT,BERT,,read-only\nvoid,,,\n");
    let run = project.run(&["glossary", "import", "w.csv"]);
    let told = "glossary.toml:2: kept `loss` = `손실`; w.csv has `로스`
w.csv: not carried over: the column `location`
w.csv: not carried over: line 6: a form is empty
w.csv -> glossary.toml: 1 added, 1 there already, 1 kept as they were, 2 not carried over
";
    assert_run(&run, 0, "", told);
    let expected = "[terms]\nloss = \"손실\" # ours\nBERT = { keep = true }\ngap = { korean = \"간격\", avoid = [\"갭\"] }\n";
    assert_eq!(project.read("glossary.toml"), expected);
    let run = project.run(&["glossary", "import", "w.csv", "--quiet"]);
    assert_run(&run, 0, "", "w.csv -> glossary.toml: 0 added, 2 there already, 1 kept as they were, 2 not carried over\n");
    assert_eq!(project.read("glossary.toml"), expected);
}

#[test]
fn import_names_the_line_that_it_cannot_read() {
    let project = Project::new(NEWS);
    let cases: [(&str, &[u8], &str); 6] = [
        (
            "x.tbx",
            b"<martif>\n<text>",
            "error: x.tbx:2: the file ends inside <text>\nhint: it was read as tbx; another one is named with --format\n",
        ),
        (
            "x.tbx",
            b"<!DOCTYPE lolz [\n<!ENTITY lol \"lol\">\n]>\n<martif/>",
            "error: x.tbx:3: it declares entities, which are not expanded\nhint: it was read as tbx; another one is named with --format\n",
        ),
        (
            "x.csv",
            b"loss,x\n",
            "error: x.csv:1: no header with an English and a Korean column (english,korean or source,target or en,ko)\nhint: it was read as csv; another one is named with --format\n",
        ),
        (
            "x.txt",
            b"a b\n",
            "error: x.txt:1: no tab between the English and the Korean form\nhint: it was read as omegat; another one is named with --format\n",
        ),
        (
            "x.csv",
            b"en,ko\na,\xff\n",
            "error: x.csv:2:3: not UTF-8 text (byte 8)\nhint: convert it, as in: iconv -f EUC-KR -t UTF-8 x.csv\n",
        ),
        ("x.xls", b"x", "error: x.xls is of no format that is known by its name\nhint: name it with --format\n"),
    ];
    for (name, bytes, told) in cases {
        project.write(name, bytes);
        assert_run(&project.run(&["glossary", "import", name]), 2, "", told);
    }
    assert!(!project.exists("glossary.toml"));
    let run = project.run(&["glossary", "import", "x.csv", "--format", "xls"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("the formats are csv, tbx, omegat, deepl-tsv, deepl-csv"), "{}", run.stderr);
}

#[test]
fn export_prints_the_file_and_tells_what_it_cannot_hold() {
    let project = project(
        "[terms]\nloss = { korean = \"손실\", avoid = [\"로스\"] }\nBERT = { keep = true, read = \"버트\" }\n[words]\nknown = [\"상실\"]\n",
    );
    let told = |losses: &str| format!("{losses}glossary.toml: 2 of 2 terms written, 3 not carried over\n");
    let losses = "glossary.toml: not carried over: `loss`: avoid\nglossary.toml: not carried over: `BERT`: read\nglossary.toml: not carried over: [words] known: 1 words\n";
    assert_run(&project.run(&["glossary", "export", "--format", "deepl-tsv"]), 0, "loss\t손실\nBERT\tBERT\n", &told(losses));
    assert_run(&project.run(&["glossary", "export", "--format", "omegat"]), 0, "loss\t손실\t\nBERT\tBERT\t\n", &told(losses));
    let csv = "english,korean,kind,sense,note,read,case,verb,forms,spacing\nloss,손실,preferred,,,,,,,\nloss,로스,avoid,,,,,,,\nBERT,BERT,keep,,,버트,,,,\n";
    let known = "glossary.toml: not carried over: [words] known: 1 words\nglossary.toml: 2 of 2 terms written, 1 not carried over\n";
    assert_run(&project.run(&["glossary", "export", "--format", "csv"]), 0, csv, known);
    assert_run(&project.run(&["glossary", "export", "--format", "deepl-csv", "-q"]), 0, "loss,손실\nBERT,BERT\n", "");
}

#[test]
fn what_was_exported_comes_back() {
    let glossary = "[terms]\nloss = { korean = \"손실\", avoid = [\"로스\"], note = \"n\" }\nBERT = { keep = true }\nbatch = [{ korean = \"배치\", sense = \"a\" }, { korean = \"일괄\", sense = \"b\" }]\n";
    for (format, name) in [("csv", "x.csv"), ("tbx", "x.tbx")] {
        let project = project(glossary);
        let exported = project.run(&["glossary", "export", "--format", format, "-q"]);
        project.write(name, &exported.stdout);
        project.remove("glossary.toml");
        let run = project.run(&["glossary", "import", name]);
        assert_run(&run, 0, "", &format!("{name} -> glossary.toml: 4 added, 0 there already, 0 kept as they were, 0 not carried over\n"));
        assert_eq!(project.read("glossary.toml"), glossary, "{format}");
    }
}

#[test]
fn the_projects_own_glossary_is_clean() {
    let project = project(include_str!("../../glossary.toml"));
    let run = project.run(&["glossary", "lint"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
}
