//! `translate publish -o`: what an edition may replace, and what a terminal is shown.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use crate::support::{Project, edition};
use unicode_normalization::UnicodeNormalization;

/// A repository with a reviewed digest `x.md`, others beside it, and settings.
fn repository() -> Project {
    let project = edition::edited();
    project.run(&["review", "x.md", "--accept", "edited"]);
    fs::create_dir_all(project.path(".git")).expect("a folder");
    for folder in ["drafts", "out"] {
        fs::create_dir(project.path(folder)).expect("a folder");
    }
    for (name, text) in [
        ("glossary.toml", "[terms]\n"),
        ("drafts/y.md", "- One item.\n"),
        ("drafts/y.ko.md", "- 한 항목.\n"),
        ("drafts/y.record.toml", "version = 1\nenglish = \"y.md\"\n"),
        ("drafts/new.md", "# News\n\n- [A new digest](https://a.example/9) – Nobody has translated it.\n"),
        ("drafts/z.md", "- One item.\n"),
        ("drafts/z.record.toml", "version = 1\nenglish = \"z.md\"\nkorean = \"../out/z-korean.md\"\n"),
        ("out/z-korean.md", "- 한 항목.\n"),
        ("drafts/한글.md", "- One item.\n"),
        ("drafts/한글.ko.md", "- 한 항목.\n"),
        ("README.md", "# A team\n\nThis is how we work.\n"),
    ] {
        project.write(name, text);
    }
    project
}

#[track_caller]
fn assert_refused(project: &Project, output: &str, force: bool, words: &str) {
    let files = [
        "glossary.toml",
        "translate.toml",
        "x.md",
        "x.ko.md",
        "x.record.toml",
        "drafts/y.md",
        "drafts/y.ko.md",
        "drafts/new.md",
        "out/z-korean.md",
    ];
    let read = || files.map(|file| fs::read(project.path(file)).ok());
    let before = read();
    let run = project.run(&[&["publish", "x.md", "-o", output][..], if force { &["--force"] } else { &[] }].concat());
    assert!(run.status == 2 && run.stderr.contains(words), "{output}: {words}: {run:?}");
    assert_eq!(read(), before, "{output}");
}

#[test]
fn nothing_that_a_repository_lives_on_is_replaced() {
    let project = repository();
    for force in [false, true] {
        for (output, words) in [
            ("x.md", "the digest's own file x.md"),
            ("x.ko.md", "the digest's own file x.ko.md"),
            ("./drafts/../x.ko.md", "the digest's own file x.ko.md"),
            ("x.record.toml", "the digest's own file x.record.toml"),
            ("glossary.toml", "named like the glossary or the settings"),
            ("Glossary.TOML", "named like the glossary or the settings"),
            ("translate.toml", "named like the glossary or the settings"),
            ("out/translate.toml", "named like the glossary or the settings"),
            ("drafts/y.record.toml", "named like a record"),
            ("out/other.Record.toml", "named like a record"),
            ("drafts/y.md", "an English digest: "),
            ("drafts/Y.MD", "an English digest: "),
            ("drafts/z.md", "an English digest: "),
            ("drafts/y.ko.md", "the Korean file of a digest: "),
            ("drafts/Y.Ko.Md", "the Korean file of a digest: "),
            ("drafts/new.ko.md", "the Korean file of a digest: "),
            ("out/z-korean.md", "the Korean file of a digest: "),
        ] {
            assert_refused(&project, output, force, words);
        }
        // The other spelling of Korean letters, as macOS writes them.
        assert_refused(&project, &"drafts/한글.md".nfd().collect::<String>(), force, "an English digest: ");
        assert_refused(&project, &"drafts/한글.ko.md".nfd().collect::<String>(), force, "the Korean file of a digest: ");
    }
}

#[test]
fn links_and_second_names_are_seen_through() {
    let project = repository();
    for (number, (file, words)) in [
        ("x.ko.md", "the digest's own file"),
        ("glossary.toml", "the glossary or the settings"),
        ("drafts/y.record.toml", "a record"),
        ("drafts/y.md", "an English digest"),
        ("drafts/y.ko.md", "the Korean file of a digest"),
    ]
    .into_iter()
    .enumerate()
    {
        let (link, second) = (format!("out/link{number}.md"), format!("out/second{number}.md"));
        symlink(project.path(file), project.path(&link)).expect("linked");
        fs::hard_link(project.path(file), project.path(&second)).expect("linked");
        for force in [false, true] {
            assert_refused(&project, &link, force, words);
            assert_refused(&project, &second, force, words);
        }
    }
    symlink("../drafts", project.path("out/drafts")).expect("linked");
    assert_refused(&project, "out/drafts/y.ko.md", true, "the Korean file of a digest: ");
}

#[test]
fn the_ending_is_that_of_the_format_unless_it_is_forced() {
    let project = repository();
    for (format, output) in
        [("md", "out/e.html"), ("html", "out/e1.md"), ("txt", "out/e2.md"), ("md", "out/e3"), ("md", "out/e4.toml"), ("html", "out/e5.txt")]
    {
        let arguments = ["publish", "x.md", "--format", format, "-o", output];
        let run = project.run(&arguments);
        assert!(run.status == 2 && run.stderr.contains("does not end like the format") && run.stderr.contains("--force"), "{run:?}");
        assert!(!project.exists(output));
        assert_eq!(project.run(&[&arguments[..], &["--force"]].concat()).status, 0, "{output}");
        assert!(project.exists(output));
    }
    for (format, output) in
        [("md", "out/f.md"), ("md", "out/f.markdown"), ("html", "out/f.HTML"), ("html", "out/f.htm"), ("txt", "out/f.txt")]
    {
        assert_eq!(project.run(&["publish", "x.md", "--format", format, "-o", output]).status, 0, "{output}");
    }
}

#[test]
fn english_texts_are_replaced_only_when_forced() {
    let project = repository();
    for output in ["drafts/new.md", "README.md"] {
        assert_refused(&project, output, false, "holds English text and no edition");
    }
    assert_eq!(project.run(&["publish", "x.md", "-o", "README.md", "--force"]).status, 0);
}

#[test]
fn an_edition_is_published_again() {
    let project = repository();
    for (format, output) in [
        ("md", "out/x.md"),
        ("md", "drafts/x.published.md"),
        ("md", "out/x.ko.md"),
        ("md", "x.edition.md"),
        ("html", "x.html"),
        ("html", "x.ko.html"),
        ("html", "drafts/y.html"),
        ("txt", "x.ko.txt"),
        ("txt", "x.txt"),
    ] {
        for time in ["first", "second", "third"] {
            let run = project.run(&["publish", "x.md", "--format", format, "-o", output]);
            assert_eq!(run.status, 0, "{output}, {time}: {run:?}");
        }
        project.change("x.ko.md", "그것은 잘 듣습니다", "그것은 아주 잘 듣습니다");
        let run = project.run(&["publish", "x.md", "--format", format, "-o", output, "--allow-undecided"]);
        assert_eq!(run.status, 0, "{output}, changed: {run:?}");
        assert!(project.read(output).contains("아주"), "{output}");
        project.change("x.ko.md", "그것은 아주 잘 듣습니다", "그것은 잘 듣습니다");
    }
    let elsewhere = tempfile::tempdir().expect("a folder");
    let output = elsewhere.path().join("x.md").display().to_string();
    for _ in 0..2 {
        assert_eq!(project.run(&["publish", "x.md", "-o", &output]).status, 0);
    }
}

/// What a digest still has in English is published with the rest, twice as well.
#[test]
fn an_edition_that_is_mostly_english_is_published_again() {
    let project = Project::answered("- One item is here.\n\n- Another item is there.\n", "x");
    project.done(&[]);
    for _ in 0..2 {
        let run = project.run(&["publish", "x.md", "--allow-undecided", "-o", "out.md"]);
        assert_eq!(run.status, 0, "{run:?}");
    }
}

/// On a terminal control characters are shown; a pipe and a file get the bytes.
#[test]
fn a_terminal_is_shown_what_it_would_obey() {
    let project = edition::edited();
    project.change("x.ko.md", "그것은 잘 듣습니다", "그것은 \u{1b}]0;owned\u{7} 잘 듣습니다");
    let piped = project.run(&["publish", "x.md", "--allow-undecided"]);
    assert!(piped.stdout.contains("\u{1b}]0;owned\u{7}"), "{piped:?}");
    assert_eq!(project.run(&["publish", "x.md", "--allow-undecided", "-o", "out.md"]).status, 0);
    assert!(project.read("out.md").contains("\u{1b}]0;owned\u{7}"));
    let shown = on_a_terminal(&project, &["publish", "x.md", "--allow-undecided"]);
    assert!(!shown.contains("\u{1b}]0;") && shown.contains("\\x1b]0;owned\\x07"), "{shown:?}");
    project.write("glossary.toml", "[terms]\na = { korean = \"가\", note = \"\\u001b]0;owned\\u0007\" }\n");
    let shown = on_a_terminal(&project, &["glossary", "export", "--format", "csv"]);
    assert!(!shown.contains("\u{1b}]0;") && shown.contains("owned"), "{shown:?}");
}

/// What a command prints on a terminal.
fn on_a_terminal(project: &Project, arguments: &[&str]) -> String {
    use std::io::Read;

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    let pair = native_pty_system().openpty(PtySize { rows: 50, cols: 200, pixel_width: 0, pixel_height: 0 }).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_translate"));
    command.args(arguments);
    command.cwd(project.folder());
    let mut child = pair.slave.spawn_command(command).expect("the binary");
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().expect("its output");
    let read = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // The end of a terminal is an error on Linux.
        let _ = reader.read_to_end(&mut bytes);
        bytes
    });
    child.wait().expect("ended");
    drop(pair.master);
    String::from_utf8_lossy(&read.join().expect("read")).into_owned()
}
