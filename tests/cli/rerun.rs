//! A second run: asks for what is new, keeps what people wrote, and leaves alone what is done.
#![cfg(unix)]

use crate::support::{NEWS, Project, text};

const FIRST: &str = "- [한 One](https://a.example/1) – 한 The first comment.\n";
const SECOND: &str = "- [한 Two](https://a.example/2) – 한 The second comment.\n";
const THIRD: &str = "- [한 Three](https://a.example/3) – 한 The third comment.\n";

/// A project after its first run.
fn translated() -> Project {
    let project = Project::answered(NEWS, "한");
    project.done(&[]);
    assert_eq!(project.asked().len(), 9);
    assert_eq!(
        project.read("x.ko.md"),
        format!("# 한 Weekly News\n\n한 Hello there, readers.\n\n{FIRST}{SECOND}{THIRD}\n한 See you next week.\n")
    );
    project
}

#[test]
fn an_unchanged_rerun_asks_nothing_and_touches_nothing() {
    let project = translated();
    let before = project.aged();
    let run = project.done(&[]);
    assert!(run.stderr.contains("x.ko.md (unchanged): 3 items, 9 segments: 9 reused, 0 asked, 0 left"), "{}", run.stderr);
    assert!(!run.stderr.contains("mt.sh"), "no text goes anywhere: {}", run.stderr);
    assert_eq!(project.asked(), [""; 0]);
    assert_eq!(project.state(), before);
}

#[test]
fn a_new_item_stands_between_its_neighbours() {
    let project = translated();
    project.change("x.ko.md", "한 The first comment.", "사람이 쓴 말.");
    project.change("x.md", "- [Three]", "- [New](https://a.example/9) – A new comment.\n- [Three]");
    let run = project.done(&[]);
    assert_eq!(project.asked(), ["A new comment.", "New"]);
    let first = FIRST.replace("한 The first comment.", "사람이 쓴 말.");
    let new = "- [한 New](https://a.example/9) – 한 A new comment.\n";
    assert_eq!(
        project.read("x.ko.md"),
        format!("# 한 Weekly News\n\n한 Hello there, readers.\n\n{first}{SECOND}{new}{THIRD}\n한 See you next week.\n")
    );
    assert!(run.stderr.contains("4 items, 11 segments: 9 reused, 2 asked, 0 left"), "{}", run.stderr);
    assert_eq!(text(&project.entry("edited", "사람이 쓴 말."), "state"), "edited");
}

#[test]
fn new_items_at_the_ends_find_their_places() {
    let project = translated();
    project.change("x.md", "- [One]", "- [Zero](https://a.example/0) – A zeroth comment.\n- [One]");
    project.change("x.md", "The third comment.\n", "The third comment.\n- [Four](https://a.example/4) – A fourth comment.\n");
    project.done(&[]);
    let zero = "- [한 Zero](https://a.example/0) – 한 A zeroth comment.\n";
    let four = "- [한 Four](https://a.example/4) – 한 A fourth comment.\n";
    assert!(project.read("x.ko.md").contains(&format!("\n{zero}{FIRST}{SECOND}{THIRD}{four}\n")), "{}", project.read("x.ko.md"));
}

#[test]
fn an_edit_survives_a_rerun() {
    let project = translated();
    project.change("x.ko.md", "한 The second comment.", "편집자가 고친 문장.");
    let edited = project.read("x.ko.md");
    project.done(&[]);
    assert_eq!(project.asked(), [""; 0]);
    assert_eq!(project.read("x.ko.md"), edited);
    let entry = project.entry("edited", "편집자가 고친 문장.");
    assert_eq!((text(&entry, "state"), text(&entry, "machine")), ("edited", "한 The second comment."));
}

#[test]
fn an_edit_survives_fresh_text_which_is_kept_as_a_candidate() {
    let project = translated();
    project.change("x.ko.md", "한 The second comment.", "편집자가 고친 문장.");
    project.filter("IFS= read -r line; printf '%s\\n' \"$line\" >> asked; printf '새 %s\\n' \"$line\"");
    let run = project.done(&["--fresh"]);
    assert_eq!(project.asked().len(), 9);
    let korean = project.read("x.ko.md");
    assert!(korean.contains("- [새 Two](https://a.example/2) – 편집자가 고친 문장.\n"), "{korean}");
    assert!(korean.contains("새 The first comment.") && !korean.contains('한'), "{korean}");
    let entry = project.entry("edited", "편집자가 고친 문장.");
    assert_eq!((text(&entry, "state"), text(&entry, "candidate")), ("edited", "새 The second comment."));
    assert!(run.stderr.contains("item 2: kept the edited Korean: there is newer machine text: The second comment."), "{}", run.stderr);
}

#[test]
fn fresh_asks_again_for_some_items() {
    let project = translated();
    project.filter("IFS= read -r line; printf '%s\\n' \"$line\" >> asked; printf '새 %s\\n' \"$line\"");
    project.done(&["--fresh", "--items", "2"]);
    assert_eq!(project.asked(), ["The second comment.", "Two"]);
    let korean = project.read("x.ko.md");
    assert!(korean.contains(&format!("{FIRST}{}{THIRD}", SECOND.replace('한', "새"))), "{korean}");
}

#[test]
fn an_edit_survives_a_change_of_its_english() {
    let project = translated();
    project.change("x.ko.md", "한 The second comment.", "편집자가 고친 문장.");
    project.done(&[]);
    project.change("x.md", "The second comment.", "The second comment, changed.");
    let run = project.run(&["x.md", "--trust"]);
    assert_eq!(project.asked(), ["The second comment, changed."]);
    assert!(project.read("x.ko.md").contains("[한 Two](https://a.example/2) – 편집자가 고친 문장.\n"));
    let entry = project.entry("edited", "편집자가 고친 문장.");
    assert_eq!((text(&entry, "state"), text(&entry, "candidate")), ("edited", "한 The second comment, changed."));
    assert!(
        run.stderr.contains("x.md:6: item 2: kept the edited Korean: its English changed: The second comment, changed."),
        "{}",
        run.stderr
    );
    let state = project.aged();
    project.run(&["x.md", "--trust"]);
    assert_eq!(project.asked(), [""; 0], "its newer machine text is there");
    assert_eq!(project.state(), state);
}

#[test]
fn changed_english_of_machine_text_is_asked_again() {
    let project = translated();
    project.change("x.md", "The second comment.", "Another comment.");
    project.done(&[]);
    assert_eq!(project.asked(), ["Another comment."]);
    assert!(project.read("x.ko.md").contains("[한 Two](https://a.example/2) – 한 Another comment.\n"), "{}", project.read("x.ko.md"));
    assert!(!project.read("x.record.toml").contains("The second comment."));
}

#[test]
fn an_item_that_was_deleted_is_not_put_back() {
    let project = translated();
    project.change("x.ko.md", SECOND, "");
    let edited = project.read("x.ko.md");
    for arguments in [&[][..], &["--fresh"]] {
        project.done(arguments);
        assert_eq!(project.read("x.ko.md"), edited, "{arguments:?}");
    }
}

#[test]
fn an_item_that_was_moved_stays() {
    let project = translated();
    project.change("x.ko.md", &format!("{FIRST}{SECOND}{THIRD}"), &format!("{THIRD}{FIRST}{SECOND}"));
    let edited = project.read("x.ko.md");
    project.done(&[]);
    assert_eq!(project.asked(), [""; 0]);
    assert_eq!(project.read("x.ko.md"), edited);
    project.change("x.md", "The third comment.", "Third, changed.");
    project.done(&[]);
    let third = THIRD.replace("The third comment.", "Third, changed.");
    assert!(project.read("x.ko.md").contains(&format!("\n{third}{FIRST}{SECOND}\n")), "{}", project.read("x.ko.md"));
}

#[test]
fn equal_segments_are_asked_once() {
    let english = "- Same words here.\n- Other words.\n- Same words here.\n- Same words here.\n";
    let project = Project::answered(english, "한");
    let run = project.done(&[]);
    assert_eq!(project.asked(), ["Other words.", "Same words here."]);
    assert_eq!(project.read("x.ko.md"), "- 한 Same words here.\n- 한 Other words.\n- 한 Same words here.\n- 한 Same words here.\n");
    assert!(run.stderr.contains("4 items, 4 segments: 0 reused, 4 asked, 0 left"), "{}", run.stderr);
}

#[test]
fn only_the_chosen_items_are_asked_for() {
    let english: String = (1..=8).map(|n| format!("- Sentence number {n}.\n")).collect();
    let project = Project::answered(&english, "한");
    project.run(&["x.md", "--trust", "--items", "3,5-7"]);
    assert_eq!(project.asked(), [3, 5, 6, 7].map(|n| format!("Sentence number {n}.")));
    let korean: String =
        (1..=8).map(|n| format!("- {}Sentence number {n}.\n", if [3, 5, 6, 7].contains(&n) { "한 " } else { "" })).collect();
    assert_eq!(project.read("x.ko.md"), korean);
    project.done(&[]);
    assert_eq!(project.asked(), [1, 2, 4, 8].map(|n| format!("Sentence number {n}.")));
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    let project = Project::answered(NEWS, "한");
    let before = project.aged();
    let run = project.done(&["--dry-run"]);
    let characters = "Weekly NewsHello there, readers.OneThe first comment.TwoThe second comment.ThreeThe third comment.See you next week.";
    let count = characters.chars().count();
    let tokens = count.div_ceil(4);
    assert_eq!(
        run.stderr,
        format!(
            "x.md: would ask for 9 segments, {count} characters (about {tokens} tokens of English); of 9 segments, 0 have their Korean\n"
        )
    );
    assert_eq!(project.asked(), [""; 0]);
    assert_eq!(project.state(), before);
    assert!(!project.exists(".translate"));
}

#[test]
fn what_an_editor_saves_during_the_run_is_kept() {
    let project = translated();
    project.change("x.md", "The third comment.", "Third, changed.");
    project.change("x.md", "- [Two]", "- [New](https://a.example/9) – A new comment.\n- [Two]");
    // The filter plays the editor: it changes the first item while the run waits for it.
    project
        .filter("IFS= read -r line; sed 's/한 The first comment/그동안 고친 말/' x.ko.md > y && mv y x.ko.md; printf '한 %s\\n' \"$line\"");
    project.done(&["--jobs", "1"]);
    let first = FIRST.replace("한 The first comment", "그동안 고친 말");
    let new = "- [한 New](https://a.example/9) – 한 A new comment.\n";
    let third = THIRD.replace("The third comment.", "Third, changed.");
    assert!(project.read("x.ko.md").contains(&format!("\n{first}{new}{SECOND}{third}\n")), "{}", project.read("x.ko.md"));
    assert_eq!(text(&project.entry("edited", "그동안 고친 말."), "machine"), "한 The first comment.");
}

#[test]
fn a_changed_glossary_is_enforced_without_asking() {
    let project = Project::new("- It is a saddle point.\n- Nothing here.\n");
    project.filter("IFS= read -r line; echo . >> asked; case $line in *saddle*) echo '새들 포인트를 피한다.';; *) echo '없다.';; esac");
    project.done(&[]);
    assert_eq!(project.asked().len(), 2);
    assert_eq!(project.read("x.ko.md"), "- 새들 포인트를 피한다.\n- 없다.\n");
    project.write("glossary.toml", "[terms]\n\"saddle point\" = { korean = \"안장점\", avoid = [\"새들 포인트\"] }\n");
    let run = project.done(&[]);
    assert_eq!(project.asked(), [""; 0]);
    assert_eq!(project.read("x.ko.md"), "- 안장점을 피한다.\n- 없다.\n");
    assert!(run.stderr.contains("새들 포인트") && run.stderr.contains("안장점"), "{}", run.stderr);
    let entry = project.entry("machine", "안장점을 피한다.");
    assert_eq!(text(&entry, "state"), "machine");
    let state = project.aged();
    project.done(&[]);
    assert_eq!(project.state(), state);
}

#[test]
fn a_changed_glossary_leaves_edited_text_alone() {
    let project = Project::new("- It is a saddle point.\n");
    project.filter("IFS= read -r line; echo '새들 포인트를 피한다.'");
    project.done(&[]);
    project.write("x.ko.md", "- 새들 포인트를 늘 피한다.\n");
    project.write("glossary.toml", "[terms]\n\"saddle point\" = { korean = \"안장점\", avoid = [\"새들 포인트\"] }\n");
    project.done(&[]);
    assert_eq!(project.read("x.ko.md"), "- 새들 포인트를 늘 피한다.\n");
}

#[test]
fn changed_english_without_a_reply_is_left_and_asked_again() {
    for holder in ["한 The second comment.", "편집자가 고친 문장."] {
        let project = translated();
        project.write("x.ko.md", project.read("x.ko.md").replace("한 The second comment.", holder));
        project.done(&[]);
        let korean = project.read("x.ko.md");
        project.change("x.md", "The second comment.", "Another comment.");
        let works = project.read("mt.sh");
        project.write("mt.sh", "exit 1");
        for arguments in [&["x.md", "--trust"][..], &["x.md", "--trust", "--items", "1"], &["x.md", "--backend", "memory"]] {
            let run = project.run(arguments);
            let asks_for_it = !arguments.contains(&"--items");
            if holder.starts_with('한') && asks_for_it {
                assert!(run.stderr.contains("x.md:6: item 2: its English changed, and it keeps the older Korean: "), "{}", run.stderr);
                assert!(run.stderr.contains("8 reused, 0 asked, 1 left"), "{}", run.stderr);
                assert_ne!(run.status, 0, "{}", run.stderr);
            }
            assert_eq!(project.read("x.ko.md"), korean);
        }
        project.write("mt.sh", works);
        project.done(&[]);
        assert_eq!(project.asked(), ["Another comment."], "{holder}");
    }
}

#[test]
fn approved_text_stays_approved_until_its_changed_english_is_answered() {
    let project = translated();
    project.change("x.ko.md", "한 The second comment.", "사람이 옮긴 문장.");
    project.done(&[]);
    assert_eq!(project.run(&["adopt", "x.md"]).status, 0);
    let korean = project.read("x.ko.md");
    project.change("x.md", "The second comment.", "Another comment.");
    let works = project.read("mt.sh");
    project.write("mt.sh", "exit 1");
    let run = project.run(&["x.md", "--trust"]);
    assert!(run.stderr.contains("item 2: kept the edited Korean: its English changed: Another comment."), "{}", run.stderr);
    assert_eq!(text(&project.entry("approved", "사람이 옮긴 문장."), "state"), "approved");
    project.write("mt.sh", works);
    project.run(&["x.md", "--trust"]);
    assert_eq!(project.asked(), ["Another comment."]);
    assert_eq!(project.read("x.ko.md"), korean);
    assert_eq!(text(&project.entry("candidate", "한 Another comment."), "edited"), "사람이 옮긴 문장.");
    assert_eq!(text(&project.entry("approved", "사람이 옮긴 문장."), "state"), "approved");
    assert_eq!(project.run(&["adopt", "x.md"]).status, 0);
    let state = project.aged();
    project.done(&[]);
    assert_eq!(project.asked(), [""; 0]);
    assert_eq!(project.state(), state);
}
