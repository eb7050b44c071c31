//! `translate diff` and `translate publish`: every format on one edited digest, and the team's own first edition.

use std::path::Path;
use std::process::Command;

use crate::support::Project;
use crate::support::edition;
use serde_json::Value;

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn json_has_every_item_and_both_sides() {
    let project = edition::edited();
    let run = project.run(&["diff", "x.md", "--format", "json"]);
    assert_eq!(run.status, 0, "{run:?}");
    let value = parsed(&run.stdout);
    assert_eq!(
        (value["version"].as_u64(), value["english_file"].as_str(), value["korean_file"].as_str()),
        (Some(1), Some("x.md"), Some("x.ko.md"))
    );
    let items = value["items"].as_array().expect("items");
    let states: Vec<_> =
        items.iter().map(|item| (item["item"].as_u64(), item["state"].as_str().expect("a state"), item["moved_from"].as_u64())).collect();
    let expected = [
        (Some(5), "equal", Some(5)),
        (Some(1), "equal", None),
        (Some(2), "changed", None),
        (Some(3), "deleted", None),
        (Some(4), "changed", None),
        (Some(6), "equal", None),
        (None, "added", None),
    ];
    assert_eq!(states, expected);
    assert_eq!(value["outside"].as_array().expect("texts").len(), 3);
    for item in items {
        let side = |ops: [&str; 2]| -> String {
            let pieces = item["diff"].as_array().expect("pieces").iter();
            pieces
                .filter(|piece| ops.contains(&piece["op"].as_str().expect("an op")))
                .map(|piece| piece["text"].as_str().expect("a text"))
                .collect()
        };
        assert_eq!(side(["equal", "delete"]), item["machine"].as_str().expect("a text"));
        assert_eq!(side(["equal", "insert"]), item["edited"].as_str().expect("a text"));
    }
}

#[test]
fn people_see_what_changed_and_nothing_else() {
    let project = edition::edited();
    let run = project.run(&["diff", "x.md"]);
    assert_eq!(run.status, 0);
    let expected = "## 주간 소식
item 5 · equal · moved from 5
  음성
  그것은 잘 듣습니다.

item 2 · changed
  [-과대적합-]
  {+과적합+}
  [-네트워크는 과대적합됩니다.-]
  {+신경망은 과적합됩니다.+}
";
    assert!(run.stdout.starts_with(expected), "{}", run.stdout);
    assert!(run.stdout.ends_with("5 of 10 texts changed\n"), "{}", run.stdout);
    let equal = edition::translated();
    assert_eq!(equal.run(&["diff", "x.md"]).stdout, "no differences: 9 texts\n");
    assert_eq!(equal.run(&["diff", "x.md", "--format", "unified"]).stdout, "");
}

#[test]
fn a_unified_diff_has_the_texts_as_lines() {
    let project = edition::edited();
    let run = project.run(&["diff", "x.md", "--format", "unified"]);
    assert!(run.stdout.starts_with("--- x.ko.md (machine)\n+++ x.ko.md\n"), "{}", run.stdout);
    assert!(
        run.stdout.contains("@@ -8,2 +8,2 @@ item 2 · changed\n-과대적합\n-네트워크는 과대적합됩니다.\n+과적합\n+신경망은 과적합됩니다.\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn the_page_is_safe_and_whole() {
    let project = edition::edited();
    project.change("x.ko.md", "신경망은 과적합됩니다.", "<script>alert(1)</script> [가](javascript:alert(2)) \u{202e}\x1b[2J");
    let run = project.run(&["diff", "x.md", "--format", "html"]);
    assert_eq!(run.status, 0);
    let page = &run.stdout;
    assert!(page.starts_with("<!doctype html>\n<html lang=\"ko\">") && page.ends_with("</html>\n"));
    assert!(
        !page.contains("<script") && !page.contains("href=\"javascript") && !page.contains('\x1b') && !page.contains('\u{202e}'),
        "{page}"
    );
    for words in ["<h1>x.ko.md</h1>", "<del>", "<ins>", "&lt;script&gt;", "<strong>", "id=\"r", "moved from 5"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn the_first_edition_is_paired_whole_with_its_flat_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_translate")).args(arguments).current_dir(root).output().expect("the binary");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    };
    let flat = "tests/editions/2021-10-15.flat.txt";
    let value = parsed(&run(&["diff", "drafts/2021-10-15.md", "--against", flat, "--format", "json"]));
    let items = value["items"].as_array().expect("items");
    assert_eq!(items.len(), 18);
    assert!(items.iter().all(|item| item["state"] == "equal"), "{items:?}");
    // Published as flat text it has the same bullets, character for character but for blanks.
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let bullets = |text: &str| text.split('•').skip(1).map(bare).collect::<Vec<_>>();
    let published = run(&["publish", "drafts/2021-10-15.md", "--format", "txt", "--allow-undecided"]);
    let (mine, theirs) = (bullets(&published), bullets(&std::fs::read_to_string(root.join(flat)).expect("read")));
    assert_eq!(mine[..17], theirs[..17]);
    // Behind the last bullet the page has a date.
    assert_eq!((mine.len(), theirs.len()), (18, 18));
    assert!(theirs[17].starts_with(&mine[17]), "{}", mine[17]);
}

#[test]
fn only_what_is_decided_is_published() {
    let project = edition::edited();
    let run = project.run(&["publish", "x.md"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("error: 10 texts not decided, and nothing is published\nhint: decide with: translate review x.md; or publish all the same with --allow-undecided"), "{}", run.stderr);
    project.change("x.ko.md", "그것은 잘 듣습니다.", "그것은 잘 듣습니다. <!-- translate: allow changed-link: kept -->");
    project.run(&["review", "x.md", "--accept", "edited"]);
    let run = project.run(&["publish", "x.md"]);
    assert_eq!((run.status, run.stdout), (0, project.read("x.ko.md").replace(" <!-- translate: allow changed-link: kept -->", "")));
    let run = project.run(&["publish", "x.md", "--format", "txt", "-o", "out.txt"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, "x.md -> out.txt\n"));
    assert!(
        project
            .read("out.txt")
            .starts_with("주간 소식\n\n안녕하세요.\n\n• 음성(https://a.example/5) – 그것은 잘 듣습니다.\n• 안장점(https://a.example/1) – ")
    );
    let page = project.run(&["publish", "x.md", "--format", "html"]).stdout;
    assert!(page.contains("<h1>주간 소식</h1>") && page.contains("<li>") && !page.contains("translate: allow"), "{page}");
    let run = project.run(&["publish", "x.md", "-o", "x.ko.md"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("-o names the digest's own file"), "{}", run.stderr);
}

#[test]
fn status_counts_what_is_where() {
    let project: Project = edition::edited();
    project.run(&["review", "x.md", "--accept", "edited", "--items", "2", "--reviewer", "김"]);
    let run = project.run(&["status", "x.md", "--format", "json"]);
    assert_eq!(run.status, 0, "{run:?}");
    let value = parsed(&run.stdout);
    let digest = &value["digests"][0];
    let count = |key: &str| digest[key].as_u64().unwrap_or_else(|| panic!("{key}: {digest}"));
    assert_eq!((count("items"), count("approved"), count("edited"), count("deleted"), count("added")), (6, 1, 1, 1, 1), "{digest}");
    assert_eq!(digest["reviewers"]["김"].as_u64(), Some(1), "{digest}");
    let run = project.run(&["status", "x.md", "--require", "approved"]);
    assert_eq!(run.status, 1, "{run:?}");
}
