//! What the tool refuses: each refusal says what, where and what to do, and leaves every file as it was.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Stdio};

use crate::support::{NEWS, Project, Run};

/// The run ended with status 2 and exactly these words.
#[track_caller]
fn assert_refused(run: &Run, stderr: &str) {
    assert_eq!((run.stderr.as_str(), run.status), (stderr, 2));
    assert_eq!(run.stdout, "");
}

/// `translate x.md` is refused with these words, and no file was touched.
#[track_caller]
fn assert_refuses(project: &Project, arguments: &[&str], stderr: &str) {
    let before = project.aged();
    assert_refused(&project.run(arguments), stderr);
    assert_eq!(project.state(), before);
}

/// Texts as Windows programs save them. Without a byte order mark their Latin letters look like UTF-8 with zeros.
#[test]
fn texts_of_two_bytes_a_character_are_named() {
    let korean = "- 하나 – 첫째 글이다.\n- 둘 – one & two.\n";
    let long = "한글만 있는 긴 문장이다. ".repeat(4000);
    let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let marked = |bytes: Vec<u8>, mark: &[u8]| [mark, &bytes].concat();
    for text in [NEWS, korean, "a", "\r\n", &long, "🙂 smile\n"] {
        let cases = [
            (marked(little(text), b"\xff\xfe"), "UTF-16"),
            (marked(big(text), b"\xfe\xff"), "UTF-16"),
            (little(text), "UTF-16LE"),
            (big(text), "UTF-16BE"),
            (marked(text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(), b"\xff\xfe\0\0"), "UTF-32"),
        ];
        for (bytes, encoding) in cases {
            let project = Project::new(NEWS);
            project.write("x.md", &bytes);
            let words = format!(
                "error: x.md: {encoding} text, not UTF-8\nhint: save it as UTF-8 in your editor, or convert it, as in: iconv -f {encoding} -t UTF-8 x.md\n"
            );
            assert_refuses(&project, &["x.md"], &words);
            project.write("x.md", NEWS);
            project.write("x.ko.md", "# 뉴스\n");
            project.write("glossary.toml", &bytes);
            assert_refuses(&project, &["check", "."], &words.replace("x.md", "./glossary.toml"));
        }
    }
    // A zero alone makes no other encoding.
    let project = Project::new(NEWS);
    for text in ["a\0b c d e f g\n", "가\0나다\n", "\0", &format!("{NEWS}\0\0")] {
        project.write("x.md", text);
        let run = project.run(&["split", "x.md"]);
        assert!(run.status == 0, "{text:?}: {run:?}");
    }
}

#[test]
fn what_is_no_digest() {
    let project = Project::new(NEWS);
    assert_refuses(
        &project,
        &["missing.md"],
        "error: there is no file missing.md\nhint: check the path; `translate --help` lists the commands\n",
    );
    project.write("euc.md", b"fine\n- ab \xb0\xa1\n");
    assert_refuses(
        &project,
        &["euc.md"],
        "error: euc.md:2:6: not UTF-8 text (byte 10)\nhint: convert it, as in: iconv -f EUC-KR -t UTF-8 euc.md\n",
    );
    project.write("x.ko.md", "# 뉴스\n");
    assert_refuses(
        &project,
        &["x.ko.md"],
        "error: x.ko.md is named like a Korean file\nhint: give the English digest; or name the file to write with -o\n",
    );
    std::fs::create_dir(project.path("folder")).expect("a folder");
    assert_refused(&project.run(&["folder"]), "error: folder is a folder\nhint: name a file in it\n");
}

#[test]
fn a_mistyped_command_is_told_from_a_missing_file() {
    let project = Project::new(NEWS);
    assert_refuses(&project, &["splti"], "error: there is no file splti\nhint: did you mean the command `split`?\n");
}

#[test]
fn a_merge_that_was_left_unfinished() {
    let project = Project::new(NEWS);
    project.write("x.ko.md", "# 뉴스\n\n<<<<<<< HEAD\n- 가\n=======\n- 나\n>>>>>>> branch\n");
    assert_refuses(&project, &["x.md"], "error: x.ko.md:3: git conflict marker\nhint: resolve the merge, then run again\n");
    let project = Project::new(NEWS);
    project.write("x.record.toml", "version = 1\n<<<<<<< HEAD\n=======\n>>>>>>> branch\n");
    assert_refuses(&project, &["x.md"], "error: x.record.toml:2: git conflict marker\nhint: resolve the merge, then run again\n");
}

/// The English digest is a text that people merge, like any other.
#[test]
fn a_merge_of_the_english_that_was_left_unfinished() {
    let conflict = "# News\n\n<<<<<<< HEAD\n- One.\n=======\n- Two.\n>>>>>>> branch\n";
    let refusal = "error: x.md:3: git conflict marker\nhint: resolve the merge, then run again\n";
    for (name, text) in [("x.ko.md", "# 뉴스\n\n- 하나.\n"), ("x.record.toml", "version = 1\nenglish = \"x.md\"\n")] {
        let project = Project::new(conflict);
        project.write("x.ko.md", "# 뉴스\n\n- 하나.\n");
        project.write(name, text);
        for arguments in [
            &["x.md"][..],
            &["x.md", "--dry-run"],
            &["check", "x.md"],
            &["check", "x.md", "--fix"],
            &["check", "x.md", "--diff"],
            &["review", "x.md"],
            &["review", "x.md", "--accept", "edited"],
            &["adopt", "x.md"],
            &["diff", "x.md"],
            &["publish", "x.md"],
            &["split", "x.md"],
            &["terms", "x.md"],
            &["status", "x.md"],
        ] {
            let before = project.state();
            let run = project.run(arguments);
            assert!(run.status == 2 && run.stderr.contains(refusal), "{arguments:?}: {run:?}");
            assert_eq!(project.state(), before, "{arguments:?}");
        }
    }
    // A digest that nobody has translated yet, and one of several.
    let project = Project::new(conflict);
    project.write("y.md", "- One.\n");
    project.write("y.ko.md", "- 하나.\n");
    for arguments in [&["status", "x.md"][..], &["x.md"], &["check", "--all", "."]] {
        let run = project.run(arguments);
        assert!(run.status > 0 && run.stderr.contains("x.md:3: git conflict marker"), "{arguments:?}: {run:?}");
    }
    project.write("x.record.toml", "version = 1\nenglish = \"x.md\"\n");
    let run = project.run(&["glossary", "suggest", "--from", "x.md"]);
    assert!(run.status == 2 && run.stderr.contains(refusal), "{run:?}");
    project.write("terms.csv", "en,ko\n<<<<<<< HEAD\na,가\n=======\na,나\n>>>>>>> branch\n");
    let run = project.run(&["glossary", "import", "terms.csv"]);
    assert!(run.status == 2 && run.stderr.contains("terms.csv:2: git conflict marker"), "{run:?}");
}

#[test]
fn a_record_that_cannot_be_read() {
    let project = Project::new(NEWS);
    project.write("x.record.toml", "version = 2\nenglish = []\n");
    assert_refuses(
        &project,
        &["x.md"],
        "error: x.record.toml has version 2, and this program knows version 1\nhint: install a newer version of this program\n",
    );
    project.write("x.record.toml", "version = 1\nenglish = 3\n");
    assert_refuses(
        &project,
        &["x.md"],
        "error: x.record.toml:2:11: invalid type: integer `3`, expected a string\nhint: mend the line, or take the version of git's last commit\n",
    );
}

#[test]
fn an_output_that_would_destroy_something() {
    let project = Project::new(NEWS);
    for output in ["x.md", "./x.md"] {
        let error = format!("error: -o names the draft itself: {}\nhint: name another file\n", "x.md");
        assert_refuses(&project, &["x.md", "-o", output], &error);
    }
    project.write("foreign.md", "# Mine\n");
    assert_refuses(
        &project,
        &["x.md", "-o", "foreign.md"],
        "error: foreign.md exists and was not written by this tool\nhint: name another file with -o, or move this one away\n",
    );
    project.write("y.md", NEWS);
    assert_refuses(
        &project,
        &["x.md", "y.md", "-o", "out.md"],
        "error: -o names one file, but there are several drafts\nhint: translate them one by one, or leave -o out\n",
    );
}

#[test]
fn an_output_of_our_own_is_written_again() {
    let project = Project::answered(NEWS, "한");
    project.done(&["-o", "out.md"]);
    assert!(project.read("out.md").starts_with("# 한 Weekly News\n"));
    assert!(!project.exists("x.ko.md"));
    project.change("x.md", "The first comment.", "Another comment.");
    project.done(&["-o", "out.md"]);
    assert!(project.read("out.md").contains("한 Another comment."));
}

#[test]
fn a_korean_name_may_be_a_draft_with_an_output() {
    let project = Project::answered(NEWS, "한");
    project.write("y.ko.md", "- Words.\n");
    let run = project.run(&["y.ko.md", "-o", "z.md", "--trust"]);
    assert_eq!((run.status, project.read("z.md").as_str()), (0, "- 한 Words.\n"), "{}", run.stderr);
}

#[test]
fn a_read_only_korean_file_is_refused_before_any_request() {
    let project = Project::answered(NEWS, "한");
    project.write("x.ko.md", "# 뉴스\n");
    std::fs::set_permissions(project.path("x.ko.md"), std::fs::Permissions::from_mode(0o444)).expect("set");
    assert_refused(&project.run(&["x.md", "--trust"]), "error: x.ko.md is read-only\nhint: allow writing with: chmod u+w x.ko.md\n");
    assert_eq!(project.asked(), [""; 0]);
    assert_eq!(project.read("x.ko.md"), "# 뉴스\n");
}

#[test]
fn broken_settings() {
    let project = Project::new(NEWS);
    for (name, text, stderr) in [
        ("glossary.toml", "[terms\n", "error: ./glossary.toml:1:7: unclosed table, expected `]`\nhint: mend glossary.toml\n"),
        (
            "glossary.toml",
            "[terms]\nconvex = { korean = \"볼록\", avoidd = [\"x\"] }\n",
            "error: ./glossary.toml:2:27: unknown key `avoidd`; did you mean `avoid`?\nhint: mend glossary.toml\n",
        ),
        (
            "translate.toml",
            "# 설정\nbackned = \"x\"\n",
            "error: ./translate.toml:2:1: unknown key `backned`; did you mean `backend`?\n  | backned = \"x\"\n  | ^^^^^^^\nhint: mend translate.toml\n",
        ),
        (
            "translate.toml",
            "[backends.mt]\nkind = \"libretranslate\"\nbase_urll = \"x\"\n",
            "error: ./translate.toml:3:1: unknown field `base_urll`, expected one of `base_url`, `api_key_env`, `api_key_command`, `batch`, `jobs`, `timeout_seconds`, `connect_timeout_seconds`; did you mean `base_url`?\n  | base_urll = \"x\"\n  | ^^^^^^^^^\nhint: mend translate.toml\n",
        ),
    ] {
        project.write(name, text);
        assert_refuses(&project, &["x.md"], stderr);
        std::fs::remove_file(project.path(name)).expect("removed");
    }
}

#[test]
fn a_backend_that_is_not_set_up() {
    let project = Project::answered(NEWS, "한");
    assert_refuses(
        &project,
        &["x.md", "--trust", "--backend", "mtt"],
        "error: there is no backend `mtt`; did you mean `mt`?\nhint: `translate backends` lists what is set up\n",
    );
}

#[test]
fn an_item_that_is_not_there() {
    let project = Project::new(NEWS);
    assert_refuses(
        &project,
        &["x.md", "--items", "99"],
        "error: there is no item 99: x.md has 3 items\nhint: `translate split` shows the items\n",
    );
    let run = project.run(&["x.md", "--items", "3-1"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`3-1` is not a range of items"), "{}", run.stderr);
}

const UNTRUSTED: &str = "\nhint: read the file; then run `translate trust`, or add --trust for this run\n";

#[test]
fn a_program_runs_only_when_trusted_and_until_the_file_changes() {
    let project = Project::answered(NEWS, "한");
    let refusal = format!("error: ./translate.toml is not trusted; its backend `mt`\n  runs the program `sh mt.sh`{UNTRUSTED}");
    assert_refuses(&project, &["x.md"], &refusal);
    let run = project.run(&["trust", "--show"]);
    assert_eq!(run.status, 0);
    assert!(run.stderr.starts_with("./translate.toml:\n  mt: runs the program `sh mt.sh`\n    program  /"), "{}", run.stderr);
    assert_refuses(&project, &["x.md"], &refusal);
    let run = project.run(&["trust"]);
    assert_eq!(run.status, 0);
    assert!(run.stderr.starts_with("./translate.toml:\n  mt: runs the program `sh mt.sh`\n    program  /"), "{}", run.stderr);
    assert!(run.stderr.ends_with("  mt.sh\ntrusted until one of these files changes\n"), "{}", run.stderr);
    assert_eq!(project.asked(), [""; 0], "trusting runs nothing");
    let run = project.run(&["x.md"]);
    assert_eq!((run.status, project.asked().len()), (0, 9), "{}", run.stderr);
    let settings = project.read("translate.toml");
    project.write("translate.toml", format!("{settings}\n"));
    let changed = format!(
        "error: ./translate.toml is not trusted any more: translate.toml changed since it was trusted; its backend `mt`\n  runs the program `sh mt.sh`{UNTRUSTED}"
    );
    assert_refuses(&project, &["x.md"], &changed);
}

#[test]
fn text_and_key_go_to_a_stranger_only_when_trusted() {
    let project = Project::new(NEWS);
    project.write(
        "translate.toml",
        "backend = \"llm\"\n[backends.llm]\nkind = \"openai\"\nmodel = \"m\"\nbase_url = \"https://llm.invalid/v1\"\napi_key_env = \"TEAM_KEY\"\n",
    );
    let place = "sends text and the key in TEAM_KEY to https://llm.invalid";
    assert_refuses(&project, &["x.md"], &format!("error: ./translate.toml is not trusted; its backend `llm`\n  {place}{UNTRUSTED}"));
    let no_key = "error: the environment variable TEAM_KEY is not set, and the backend's key comes from it\nhint: export TEAM_KEY=…, or set api_key_command in translate.toml\n";
    assert_refuses(&project, &["x.md", "--trust"], no_key);
    assert_eq!(project.run(&["trust"]).stderr, format!("./translate.toml:\n  llm: {place}\ntrusted until one of these files changes\n"));
    assert_refuses(&project, &["x.md"], no_key);
}

#[test]
fn a_host_that_is_not_there() {
    let project = Project::new("- Words.\n");
    // The system gives a port that was free a moment ago, and nobody listens there now.
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port");
    project.write(
        "translate.toml",
        format!(
            "backend = \"llm\"\n[backends.llm]\nkind = \"openai\"\nmodel = \"m\"\nbase_url = \"http://{free}/v1\"\ntimeout_seconds = 5\nconnect_timeout_seconds = 5\n"
        ),
    );
    let run = project.run(&["x.md"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines[0], format!("text goes to http://{free} (backend `llm`), 1 segment"));
    assert!(
        lines[1].starts_with(&format!("warning: the backend `llm` was not asked further: cannot reach http://{free}: Connection refused")),
        "{}",
        lines[1]
    );
    assert_eq!(lines[2], "hint: is the server running?");
    assert!(lines[3].starts_with("x.md: nothing was translated and nothing written"), "{}", lines[3]);
    assert!(!project.exists("x.ko.md"));
}

/// Starts a run whose filter waits until the file `go` is there, and waits until it was asked.
fn waiting_run(project: &Project) -> Child {
    project.filter("IFS= read -r line; echo \"$line\" >> asked; until [ -e go ]; do sleep 0.02; done; printf '한 %s\\n' \"$line\"");
    let mut child = project.command(&["x.md", "--trust"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a run");
    while !project.exists("asked") {
        assert_eq!(child.try_wait().expect("a run"), None, "it ended without a request");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    child
}

#[test]
fn two_runs_on_one_digest() {
    let project = Project::new("- Words.\n");
    let first = waiting_run(&project);
    let second = project.run(&["x.md", "--trust"]);
    let number = first.id();
    project.write("go", "");
    let first = project.finished(first.wait_with_output().expect("a run"));
    assert_eq!((first.status, project.read("x.ko.md").as_str()), (0, "- 한 Words.\n"), "{}", first.stderr);
    assert_refused(
        &second,
        &format!(
            "error: another run (process {number}) is working on x.md\nhint: wait for it to end, or end it; what it was answered is kept\n"
        ),
    );
    assert_eq!(project.asked(), ["Words."]);
}

#[test]
fn control_characters_are_shown_and_never_sent() {
    let english = "- A \u{1b}[31mred\u{7} line\u{202e} here, \u{9b}2J and more.\n";
    let project = Project::new(english);
    for arguments in [&["x.md"][..], &["split", "x.md"]] {
        let run = project.run(arguments);
        let output = format!("{}{}", run.stdout, run.stderr);
        assert!(output.contains(r"A \x1b[31mred\x07 line\u{202e} here, \x9b2J and more."), "{output}");
        assert!(!output.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{output:?}");
    }
    let run = project.run(&["\u{1b}]0;x\u{7}.md"]);
    assert_eq!(run.stderr.lines().next(), Some(r"error: there is no file \x1b]0;x\x07.md"));
}
