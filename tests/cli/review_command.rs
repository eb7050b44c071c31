//! `translate review` without a terminal: lists, flags, plain keys, messages and exit codes.

use std::io::Write;
use std::process::Stdio;

use crate::support::edition;
use crate::support::{Project, Run};

fn typed(project: &Project, keys: &str) -> Run {
    let mut command = project.command(&["review", "x.md", "--plain", "--trust", "--reviewer", "김"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary");
    // A review that has ended reads no more.
    let _ = child.stdin.take().expect("its input").write_all(keys.as_bytes());
    project.finished(child.wait_with_output().expect("its output"))
}

#[test]
fn what_is_undecided_is_listed_with_the_commands_that_decide_it() {
    let project = edition::edited();
    let run = project.run(&["review", "x.md"]);
    assert_eq!(run.status, 1);
    assert_eq!(run.stderr, "x.md: 0 of 10 texts approved, 10 undecided\n");
    let expected = "item 2 · changed
  EN  Overfitting
      Networks overfit.
  Δ   [-과대적합-]
      {+과적합+}
      [-네트워크는 과대적합됩니다.-]
      {+신경망은 과적합됩니다.+}
  accept the edit:   translate review x.md --accept edited --items 2
  keep the machine:  translate review x.md --accept machine --items 2
";
    assert!(run.stdout.contains(expected), "{}", run.stdout);
    for words in [
        "item 3 · deleted\n",
        "item 5 · equal · moved from 5\n",
        "an added item · added\n",
        "accept all edits:  translate review x.md --accept edited\n",
    ] {
        assert!(run.stdout.contains(words), "{words}: {}", run.stdout);
    }
}

#[test]
fn what_another_file_took_out_or_added_is_decided_by_flags_too() {
    let project = edition::edited();
    let edited = project.read("x.ko.md");
    project.write("other.md", &edited);
    let machine = edition::translated().read("x.ko.md");
    project.write("x.ko.md", &machine);
    let run = project.run(&["review", "x.md", "--against", "other.md"]);
    assert_eq!(run.status, 1, "{run:?}");
    for words in [
        "  accept the edit:   translate review x.md --against other.md --accept edited --items 3\n  keep the machine:  translate review x.md --against other.md --accept machine --items 3\n",
        "  accept the edit:   translate review x.md --against other.md --accept edited --only added\n  keep the machine:  translate review x.md --against other.md --accept machine --only added\n",
    ] {
        assert!(run.stdout.contains(words), "{words}: {}", run.stdout);
    }
    let run = project.run(&["review", "x.md", "--against", "other.md", "--accept", "machine", "--only", "added"]);
    assert_eq!(run.stderr, "x.md: left out an added item\nx.md: 1 of 10 texts approved, 9 undecided\n");
    assert_eq!(project.read("x.ko.md"), machine);
    let run = project.run(&["review", "x.md", "--undo"]);
    assert!(run.stderr.starts_with("x.md: taken back: left out an added item\n"), "{run:?}");
    let run = project.run(&["review", "x.md", "--against", "other.md", "--accept", "edited"]);
    assert_eq!((run.status, run.stderr.lines().last()), (0, Some("x.md: all 10 texts are approved")), "{run:?}");
    let mut lines: Vec<String> = project.read("x.ko.md").lines().map(str::to_owned).collect();
    let mut expected: Vec<&str> = edited.lines().collect();
    lines.sort_unstable();
    expected.sort_unstable();
    assert_eq!(lines, expected, "the order of the draft stays");
    assert_eq!(project.read("other.md"), edited);
}

#[test]
fn items_are_decided_by_their_numbers_or_by_what_became_of_them() {
    let project = edition::edited();
    let run = project.run(&["review", "x.md", "--accept", "edited", "--items", "2,4-5"]);
    assert_eq!((run.status, run.stderr.as_str()), (1, "x.md: accepted 3 texts\nx.md: 3 of 10 texts approved, 7 undecided\n"));
    let run = project.run(&["review", "x.md", "--accept", "machine", "--items", "2"]);
    assert_eq!((run.status, run.stderr.lines().next()), (1, Some("nothing that was chosen is undecided")));
    let run = project.run(&["review", "x.md", "--undo"]);
    assert_eq!(run.stderr, "x.md: taken back: accepted 3 texts\nx.md: 0 of 10 texts approved, 10 undecided\n");
    let run = project.run(&["review", "x.md", "--accept", "machine", "--only", "changed"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(project.read("x.ko.md").contains("그들은 이제 걷습니다."));
    let run = project.run(&["review", "x.md", "--accept", "edited", "--only", "deleted", "--reviewer", "이"]);
    assert_eq!(run.status, 1);
    assert!(project.read("x.record.toml").contains("reviewer = \"이\""));
    let run = project.run(&["review", "x.md", "--accept", "edited"]);
    assert_eq!((run.status, run.stderr.lines().last()), (0, Some("x.md: all 10 texts are approved")));
    let run = project.run(&["review", "x.md"]);
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "", "x.md: all 10 texts are approved\n"));
}

#[test]
fn what_was_accepted_as_taken_out_or_added_is_no_fault() {
    let project = edition::edited();
    let checks = ["check", "x.md", "--only", "lost-item,added-item", "--fail-on", "hint"];
    let run = project.run(&checks);
    assert_eq!(run.status, 1, "{run:?}");
    project.run(&["review", "x.md", "--accept", "edited"]);
    let run = project.run(&checks);
    assert_eq!(run.status, 0, "{run:?}");
    // The next run of the translator puts nothing back.
    let before = project.read("x.ko.md");
    assert_eq!(project.run(&["x.md", "--trust"]).status, 0);
    assert_eq!(project.read("x.ko.md"), before);
    assert_eq!(project.run(&["review", "x.md"]).status, 0);
    // What an editor takes out later was accepted by nobody.
    project.change("x.ko.md", "- [지도](https://a.example/6) – 지도는 기계가 그립니다.\n", "");
    assert_eq!(project.run(&checks).status, 1);
}

#[test]
fn what_was_approved_is_what_the_next_digest_gets() {
    let project = edition::edited();
    project.run(&["review", "x.md", "--accept", "edited"]);
    project.write(
        "y.md",
        "# More\n\n- [Robots](https://b.example/1) – They walk now.\n- [Attention](https://b.example/2) – Networks overfit.\n",
    );
    project.remove("translate.toml");
    let run = project.run(&["y.md"]);
    assert_eq!(run.status, 1, "{run:?}");
    // The title of the item that was taken out was neither accepted nor thrown away.
    assert_eq!(
        project.read("y.ko.md"),
        "# More\n\n- [로봇](https://b.example/1) – 로봇은 이제 걷습니다.\n- [Attention](https://b.example/2) – 신경망은 과적합됩니다.\n"
    );
}

#[test]
fn keys_are_read_a_line_each() {
    let project = edition::edited();
    let run = typed(&project, "?\nesc\n/로봇\nm\nㅁ\n");
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.stdout.contains("[3/4] item 4 · changed"), "{}", run.stdout);
    assert!(run.stdout.contains("kept the machine's item 4"), "{}", run.stdout);
    assert!(run.stdout.contains("the Korean keyboard (한/영) is on: ㅁ is read as a"), "{}", run.stdout);
    assert!(run.stderr.ends_with("2 of 10 texts approved, 8 undecided\n"), "{}", run.stderr);
    let run = typed(&project, "u\nu\nu\nq\n");
    assert!(run.stdout.contains("there is nothing to take back"), "{}", run.stdout);
    assert_eq!(run.stderr, "x.md: 0 of 10 texts approved, 10 undecided\n");
    let run = typed(&project, "a\na\na\na\ny\n");
    assert_eq!((run.status, run.stderr.as_str()), (0, "x.md: all 10 texts are approved\n"));
}

#[test]
fn a_retranslation_answers_at_once() {
    let project = edition::edited();
    project.write("again", "");
    let run = typed(&project, "t\nt\nm\nq\n");
    assert!(run.stdout.contains("retranslated item 2"), "{run:?}");
    assert!(project.read("x.ko.md").contains("[다시 옮긴 글입니다.](https://a.example/2) – 다시 옮긴 글입니다."));
    let record = project.read("x.record.toml");
    assert!(record.contains("rejected = [\"네트워크는 과대적합됩니다.\"]"), "{record}");
    assert!(record.contains("edited = \"신경망은 과적합됩니다.\""), "{record}");
}

#[test]
fn bad_input_says_what_and_where_and_what_to_do() {
    let project = edition::edited();
    let told = |arguments: &[&str], status: i32, words: &[&str]| {
        let run = project.run(arguments);
        assert_eq!(run.status, status, "{run:?}");
        for words in words {
            assert!(run.stderr.contains(words), "{words}: {run:?}");
        }
    };
    told(&["review", "x.ko.md"], 2, &["x.ko.md is named like a Korean file", "give the English digest"]);
    told(&["review", "no.md"], 2, &["there is no file no.md"]);
    told(&["review", "x.md", "--against", "no.txt"], 2, &["there is no file no.txt"]);
    told(&["review", "x.md", "--against", "x.md"], 2, &["--against names the draft itself"]);
    told(&["review", "x.md", "--accept", "edited", "--items", "9"], 2, &["there is no item 9: x.md has 6 items"]);
    told(&["review", "x.md", "--accept", "edited", "--only", "odd"], 2, &["invalid value 'odd'"]);
    project.write("other.ko.md", "# 딴 글\n\n- [전혀](https://c.example/1) – 다른 이야기.\n- [아무](https://c.example/2) – 상관도 없다.\n- [또](https://c.example/3) – 하나.\n");
    told(&["review", "x.md", "--against", "other.ko.md"], 2, &["other.ko.md does not look like the Korean of x.md", "--force"]);
    project.remove("x.ko.md");
    told(&["review", "x.md"], 2, &["there is no Korean file x.ko.md to review", "translate it first: translate x.md"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_is_told_before_anything_is_decided() {
    use std::os::unix::fs::PermissionsExt;
    let project = edition::edited();
    std::fs::set_permissions(project.path("x.ko.md"), std::fs::Permissions::from_mode(0o444)).expect("set");
    let run = project.run(&["review", "x.md", "--accept", "machine"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("x.ko.md is read-only"), "{run:?}");
}
