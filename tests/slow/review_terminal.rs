//! A review on a real terminal: what is seen, what each key does, and what is left behind however it ends.
#![cfg(unix)]

use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::thread;
use std::time::Duration;

use crate::support::Project;
use crate::support::edition;
use crate::support::screen::Screen;
use translate_digest::draft::record::{Record, State};

fn review(project: &Project, columns: u16, lines: u16) -> Screen {
    Screen::start(&project.command(&["review", "x.md", "--trust", "--reviewer", "김"]), columns, lines)
}

/// An editor that does to its file what the script says; `$1` is the file.
fn editor(project: &Project, script: &str) -> std::process::Command {
    project.write("editor.sh", format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(project.path("editor.sh"), fs::Permissions::from_mode(0o755)).expect("set");
    let mut command = project.command(&["review", "x.md", "--trust", "--reviewer", "김"]);
    command.env("VISUAL", project.path("editor.sh"));
    command
}

fn state(project: &Project, english: &str) -> State {
    let digest = translate_digest::digest::Digest::parse(edition::ENGLISH, translate_digest::digest::Format::Markdown, None);
    let segment = digest.segments.iter().find(|segment| digest.bytes(segment) == english).expect("the text");
    let hash = translate_digest::digest::hash(&digest.marked(segment).text);
    let record = Record::load(&project.path("x.record.toml")).expect("read").expect("a record");
    record.segments.iter().find(|entry| entry.english_hash == hash).expect("an entry").state
}

#[test]
fn a_whole_review_from_the_first_key_to_the_last() {
    let project = edition::edited();
    let mut screen = review(&project, 80, 24);
    screen.wait_for("[1/4] item 2 · changed");
    let text = screen.text();
    for words in ["EN  Overfitting", "Networks overfit.", "과적합", "a accept edit", "m keep machine", "q quit"] {
        assert!(text.contains(words), "{words}:\n{text}");
    }
    screen.send("a");
    screen.wait_for("accepted item 2");
    screen.wait_for("[2/4] item 3 · deleted");
    assert_eq!(state(&project, "Networks overfit."), State::Approved, "on disk when the key has returned");
    screen.send("a");
    screen.wait_for("[3/4] item 4 · changed");
    screen.send("m");
    screen.wait_for("kept the machine's item 4");
    assert!(project.read("x.ko.md").contains("그들은 이제 걷습니다."));
    screen.wait_for("[4/4]");
    screen.wait_for("편집자가 더한 글입니다.");
    screen.send("u");
    screen.wait_for("taken back: kept the machine's item 4");
    assert!(project.read("x.ko.md").contains("로봇은 이제 걷습니다."));
    screen.send("a");
    screen.wait_for("[4/4]");
    screen.send("a");
    screen.wait_for("stand as the machine wrote them, without findings");
    screen.wait_for("moved from 5");
    screen.send("y");
    assert_eq!(screen.ended(), 0, "{}", screen.text());
    assert!(screen.text().contains("all 10 texts are approved"), "{}", screen.text());
    assert!(!screen.is_disordered());
    let again = project.run(&["review", "x.md"]);
    assert_eq!((again.status, again.stdout.as_str()), (0, ""), "{again:?}");
}

#[test]
fn what_was_decided_is_there_in_a_later_run_and_can_be_taken_back() {
    let project = edition::edited();
    let mut screen = review(&project, 80, 24);
    screen.wait_for("[1/4] item 2");
    screen.send("m");
    screen.wait_for("[2/4] item 3");
    screen.send("q");
    assert_eq!(screen.ended(), 1);
    let mut screen = review(&project, 80, 24);
    screen.wait_for("[1/3] item 3");
    screen.send("u");
    screen.wait_for("taken back: kept the machine's item 2");
    screen.wait_for("item 2 · changed");
    assert!(project.read("x.ko.md").contains("신경망은 과적합됩니다."));
    screen.send("q");
    assert_eq!(screen.ended(), 1);
}

#[test]
fn composed_syllables_are_the_keys_they_were_typed_with() {
    let project = edition::edited();
    let mut screen = review(&project, 80, 24);
    screen.wait_for("[1/4] item 2");
    // j, then a.
    screen.send("ㅓ");
    screen.wait_for("[2/4] item 3");
    screen.wait_for("한/영");
    screen.send("ㅏ");
    screen.wait_for("[1/4] item 2");
    // 마 is a and k: accept, then back to what was accepted.
    screen.send("마");
    screen.wait_for("[1/4] item 2 · changed · approved");
    screen.send_slowly("ㅂ".as_bytes());
    assert_eq!(screen.ended(), 1);
    assert_eq!(state(&project, "Networks overfit."), State::Approved);
}

#[test]
fn nothing_is_lost_or_decided_by_esc_enter_paste_and_half_keys() {
    let project = edition::edited();
    let before = (project.read("x.ko.md"), project.read("x.record.toml"));
    let mut screen = review(&project, 80, 24);
    screen.wait_for("[1/4] item 2");
    screen.send("\r\x1b");
    thread::sleep(Duration::from_millis(1200));
    screen.send("\x1b[200~a\rm\ra\x1b[201~");
    screen.wait_for("a pasted text is no command");
    screen.send_slowly(b"\x1b[A");
    screen.send_slowly(b"\x1bOP");
    screen.send("\x1b[15~\x1b[1;5C");
    thread::sleep(Duration::from_millis(300));
    assert!(screen.is_running());
    screen.wait_for("[1/4] item 2");
    screen.send("\x03");
    assert_eq!(screen.ended(), 130);
    assert_eq!((project.read("x.ko.md"), project.read("x.record.toml")), before);
}

#[test]
fn the_terminal_is_given_back_however_it_ends() {
    for way in ["q", "\x03", "TERM", "HUP"] {
        let project = edition::edited();
        // A shell keeps the terminal open behind the review.
        let mut command = std::process::Command::new("sh");
        command
            .args(["-c", "\"$0\" review x.md --trust; echo status $?; sleep 30", env!("CARGO_BIN_EXE_translate")])
            .current_dir(project.folder());
        let mut screen = Screen::start(&command, 80, 24);
        screen.wait_for("[1/4] item 2");
        assert!(!screen.is_cooked());
        match way {
            "TERM" | "HUP" => {
                let found = std::process::Command::new("pkill").args([&format!("-{way}"), "-P", &screen.pid().to_string()]).status();
                assert!(found.is_ok_and(|status| status.success()));
            }
            key => screen.send(key),
        }
        screen.wait_for(if way == "q" { "status 1" } else { "status 130" });
        assert!(screen.is_cooked(), "{way:?}");
        assert!(!screen.is_disordered(), "{way:?}");
    }
}

#[test]
fn it_waits_in_the_background_and_comes_back() {
    let project = edition::edited();
    let mut command = std::process::Command::new("bash");
    command.args(["--norc", "--noprofile", "-i"]).current_dir(project.folder()).env("PS1", "shell> ");
    let mut screen = Screen::start(&command, 80, 24);
    screen.wait_for("shell> ");
    screen.send(&format!("{} review x.md --trust\n", env!("CARGO_BIN_EXE_translate")));
    screen.wait_for("[1/4] item 2");
    screen.send("\x1a");
    screen.wait_for("Stopped");
    assert!(!screen.is_elsewhere());
    screen.send("echo still $((1+1)) here\n");
    screen.wait_for("still 2 here");
    screen.send("fg\n");
    screen.wait_for("[1/4] item 2");
    screen.send("q");
    screen.wait_for("undecided");
    assert!(!screen.is_elsewhere());
}

#[test]
fn the_editor_changes_the_text_and_then_it_is_accepted() {
    let project = edition::edited();
    let command = editor(&project, "sed -i '2s/.*/신경망은 쉽게 과적합됩니다./' \"$1\"");
    let mut screen = Screen::start(&command, 80, 24);
    screen.wait_for("[1/4] item 2");
    screen.send("e");
    screen.wait_for("rewrote item 2; a accepts it");
    assert!(project.read("x.ko.md").contains("신경망은 쉽게 과적합됩니다."));
    screen.send("u");
    screen.wait_for("taken back: rewrote item 2");
    assert!(project.read("x.ko.md").contains("신경망은 과적합됩니다."));
    screen.send("q");
    assert_eq!(screen.ended(), 1);
}

#[test]
fn an_editor_that_fails_changes_nothing_unasked() {
    let project = edition::edited();
    let before = project.read("x.ko.md");
    let command = editor(&project, "exit 1");
    let mut screen = Screen::start(&command, 80, 24);
    screen.wait_for("[1/4] item 2");
    screen.send("e");
    screen.wait_for("nothing was changed");
    screen.send("q");
    screen.ended();
    let command = editor(&project, "sed -i '2s/.*/반쯤 쓴 글/' \"$1\"; exit 3");
    let mut screen = Screen::start(&command, 80, 24);
    screen.wait_for("[1/4] item 2");
    screen.send("e");
    screen.wait_for("Take it? (y/n)");
    // n, with a Korean keyboard on.
    screen.send("ㅜ");
    screen.wait_for("not taken; what was written is in");
    screen.send("q");
    screen.ended();
    assert_eq!(project.read("x.ko.md"), before);
    let kept: Vec<_> = fs::read_dir(project.path(".translate/edit")).expect("a folder").flatten().collect();
    assert_eq!(kept.len(), 1);
    assert!(fs::read_to_string(kept[0].path()).expect("read").contains("반쯤 쓴 글"));
}

#[test]
fn a_backend_is_asked_again_beside_what_the_editor_wrote() {
    let project = edition::edited();
    project.write("again", "");
    let mut screen = review(&project, 80, 24);
    screen.wait_for("[1/4] item 2");
    screen.send("tt");
    screen.wait_for("retranslated item 2");
    screen.wait_for("다시 옮긴 글입니다.");
    assert!(project.read("x.ko.md").contains("신경망은 과적합됩니다."), "what a person wrote stands");
    screen.send("m");
    screen.wait_for("kept the machine's item 2");
    assert!(project.read("x.ko.md").contains("다시 옮긴 글입니다."));
    screen.send("u");
    screen.wait_for("taken back");
    assert!(project.read("x.ko.md").contains("신경망은 과적합됩니다."));
    screen.send("q");
    screen.ended();
}

#[test]
fn find_looks_through_composed_and_decomposed_text() {
    let project = edition::edited();
    let mut screen = review(&project, 80, 24);
    screen.wait_for("[1/4] item 2");
    screen.send("/로보\x7f봇\r");
    screen.wait_for("[3/4] item 4");
    screen.send("g");
    screen.wait_for("not seen yet");
    screen.send("a");
    screen.wait_for("were not on the screen yet");
    screen.send("s");
    screen.wait_for("accepted 2 texts");
    screen.send("/\u{1103}\u{1165}\u{11c1}\r");
    screen.wait_for("편집자가 더한 글입니다.");
    screen.send("q");
    screen.ended();
}

#[test]
fn every_screen_fits_a_small_terminal() {
    let project = edition::edited();
    let long = "아주 긴 글입니다. ".repeat(60);
    project.change("x.ko.md", "신경망은 과적합됩니다.", long.trim());
    for (columns, lines) in [(80, 24), (40, 24), (24, 12), (10, 6)] {
        let mut screen = review(&project, columns, lines);
        screen.wait_for("[1/4]");
        screen.wait_for("quit");
        let bottom = screen.text();
        screen.send("  ");
        screen.wait_for(if columns > 24 { "above" } else { "quit" });
        screen.send("?");
        screen.wait_without("[1/4]");
        screen.send("\x1b");
        screen.wait_for("[1/4]");
        screen.resize(columns + 10, lines + 4);
        screen.wait_for("[1/4]");
        let (line, _) = screen.cursor();
        assert!(line < lines + 4, "{bottom}");
        screen.send("q");
        assert_eq!(screen.ended(), 1);
    }
}

#[test]
fn a_second_reviewer_is_told_who_is_at_it() {
    let project = edition::edited();
    let mut first = review(&project, 80, 24);
    first.wait_for("[1/4]");
    let second = project.run(&["review", "x.md", "--accept", "edited"]);
    assert_eq!(second.status, 2);
    assert!(second.stderr.contains(&format!("(process {}, 김) is working on x.md", first.pid())), "{second:?}");
    first.send("q");
    first.ended();
}

#[test]
fn no_byte_of_a_digest_gives_the_terminal_an_order() {
    let project = edition::edited();
    project.change("x.ko.md", "신경망은 과적합됩니다.", "신경망은 \x1b]0;evil\x07\u{9b}2J\u{202e}과적합됩니다.");
    let mut screen = review(&project, 80, 24);
    screen.wait_for("[1/4] item 2");
    screen.wait_for("\\x1b]0;evil");
    let bytes = screen.bytes();
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("\x1b]0;evil") && !text.contains('\u{9b}') && !text.contains('\u{202e}'));
    screen.send("q");
    screen.ended();
}

#[test]
fn it_ends_with_its_terminal() {
    let project = edition::edited();
    let size = portable_pty::PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = portable_pty::native_pty_system().openpty(size).expect("a pseudo terminal");
    let mut builder = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_translate"));
    builder.args(["review", "x.md"]);
    builder.cwd(project.folder());
    let mut child = pair.slave.spawn_command(builder).expect("the binary");
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().expect("its output");
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&seen).contains("quit") {
        let count = reader.read(&mut buffer).expect("read");
        seen.extend_from_slice(&buffer[..count]);
    }
    drop((reader, pair.master));
    for _ in 0..6000 {
        if child.try_wait().expect("a status").is_some() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    child.kill().expect("killed");
    panic!("it goes on without a terminal");
}
