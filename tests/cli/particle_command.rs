//! `translate particle` as people and scripts see it.

use std::io::Write;
use std::process::Stdio;

use crate::support::{Project, Run};

fn piped(project: &Project, input: &[u8]) -> Run {
    let mut command = project.command(&["particle"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary");
    child.stdin.take().expect("a pipe").write_all(input).expect("written");
    project.finished(child.wait_with_output().expect("output"))
}

#[test]
fn a_word_and_a_pair_give_one_line() {
    let project = Project::new("");
    for (host, pair, expected) in [
        ("안장점", "을/를", "안장점을\n"),
        ("안장점", "를/을", "안장점을\n"),
        ("모델", "으로/로", "모델로\n"),
        ("미니맥스", "이라는/라는", "미니맥스라는\n"),
        ("BERT(버트)", "은/는", "BERT(버트)는\n"),
        ("prompt", "을/를", "prompt를\n"),
        ("trait", "을/를", "trait을(를)\n"),
        ("trait", "과/와", "trait와(과)\n"),
        ("{name}", "이/가", "{name}이(가)\n"),
        ("$10", "으로부터/로부터", "$10(으)로부터\n"),
        ("\u{1b}[31m점", "은/는", "\\x1b[31m점은\n"),
    ] {
        let run = project.run(&["particle", host, pair]);
        assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, expected, ""), "{host} {pair}");
    }
}

#[test]
fn lines_on_stdin_give_lines() {
    let project = Project::new("");
    let run = piped(&project, "안장점\t을/를\n3분의 1\t으로/로\r\n\u{1112}\u{1161}\u{11b7}\u{1109}\u{116e}\t이/가\n?\t은/는".as_bytes());
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout, "안장점을\n3분의 1로\n\u{1112}\u{1161}\u{11b7}\u{1109}\u{116e}가\n?은(는)\n");
    assert_eq!(piped(&project, b"").stdout, "");
}

#[test]
fn a_wrong_line_is_named_and_nothing_is_printed() {
    let project = Project::new("");
    for (input, said) in [
        ("점\t을/를\n점\t을/는\n".as_bytes(), "error: line 2 of stdin: `을/는` is no pair of particles"),
        ("점\t을를\n".as_bytes(), "error: line 1 of stdin: `을를` is no pair of particles"),
        ("점\t을/를\n\n점\t을/를\n".as_bytes(), "error: line 2 of stdin has no tab"),
        (b"\xff\t\n".as_slice(), "error: line 1 of stdin is not UTF-8"),
    ] {
        let run = piped(&project, input);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        assert!(run.stderr.starts_with(said), "{}", run.stderr);
    }
    let run = project.run(&["particle", "점", "x/y"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.starts_with("error: `x/y` is no pair of particles\nhint: "), "{}", run.stderr);
    assert_eq!(project.run(&["particle", "점"]).status, 2);
}
