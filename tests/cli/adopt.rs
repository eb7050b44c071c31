//! A Korean edition that people made becomes approved text, and approved text comes back.

use crate::support::Project;

const ENGLISH: &str = "# News\n\n- [One](https://a/1) – First words.\n- [Two](https://a/2) – Second words that were never ever translated.\n\nBye, readers.\n";
const KOREAN: &str = "# 소식\n\n- [둘](https://a/2) – Second words that were never ever translated.\n- [하나](https://a/1) – 처음\n  말.\n- [셋](https://a/3) – 더 쓴 말.\n\n안녕히.\n";

#[test]
fn what_is_certain_is_approved_and_the_rest_is_listed() {
    let project = Project::new(ENGLISH);
    project.write("x.ko.md", KOREAN);
    let run = project.run(&["adopt", "x.md", "--reviewer", "지은"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("x.md:4: item 2: left out: still in English: Second words"), "{}", run.stderr);
    assert!(run.stderr.contains("x.md: 1 Korean items have no English one"), "{}", run.stderr);
    assert!(run.stderr.ends_with("x.md -> x.record.toml: 2 items, 6 segments: 5 approved, 1 left out\n"), "{}", run.stderr);
    assert_eq!(project.read("x.ko.md"), KOREAN);
    let record = project.read("x.record.toml");
    assert!(record.contains("approved = \"처음 말.\"\n") && record.contains("reviewer = \"지은\"\n"), "{record}");
    // Without its Korean file, the digest gets the approved text in the order of the English.
    project.remove("x.ko.md");
    let run = project.run(&["x.md"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let expected =
        "# 소식\n\n- [하나](https://a/1) – 처음 말.\n- [둘](https://a/2) – Second words that were never ever translated.\n\n안녕히.\n";
    assert_eq!(project.read("x.ko.md"), expected);
}

#[test]
fn adopting_twice_changes_nothing_the_second_time() {
    let project = Project::new(ENGLISH);
    project.write("x.ko.md", KOREAN);
    project.run(&["adopt", "x.md"]);
    let record = project.read("x.record.toml");
    project.run(&["adopt", "x.md"]);
    assert_eq!(project.read("x.record.toml"), record);
}

#[test]
fn a_folder_adopts_every_pair_in_it() {
    let project = Project::new(ENGLISH);
    project.write("x.ko.md", KOREAN);
    project.write("alone.md", "- No Korean here.\n");
    let run = project.run(&["adopt", "."]);
    assert!(run.stderr.contains("5 approved"), "{}", run.stderr);
    assert!(project.exists("x.record.toml") && !project.exists("alone.record.toml"));
}

#[test]
fn approved_text_serves_the_next_digest() {
    let project = Project::new(ENGLISH);
    project.write("x.ko.md", KOREAN);
    project.run(&["adopt", "x.md"]);
    project.write("y.md", "Bye, readers.\n");
    let run = project.run(&["y.md"]);
    assert_eq!((run.status, project.read("y.ko.md").as_str()), (0, "안녕히.\n"), "{}", run.stderr);
}
