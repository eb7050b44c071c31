//! Trust: a repository that was only cloned runs no program and uses no key, and what a person allowed holds for what they saw.
#![cfg(unix)]

mod support;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use support::{Project, Run};

const DIGEST: &str = "- Words.\n";

/// A script that notes what it is asked and answers.
const SCRIPT: &str = "while IFS= read -r line; do printf '%s\\n' \"$line\" >> asked; printf '한 %s\\n' \"$line\"; done\n";

/// A project whose backend `mt` is this command, with the script at `tools/mt/run.sh`.
fn project(command: &str) -> Project {
    let project = Project::new(DIGEST);
    std::fs::create_dir_all(project.path("tools/mt")).expect("a folder");
    script(&project, "tools/mt/run.sh", SCRIPT);
    settings(&project, command);
    project
}

fn settings(project: &Project, command: &str) {
    project
        .write("translate.toml", format!("backend = \"mt\"\n[backends.mt]\nkind = \"command\"\nmode = \"filter\"\ncommand = {command}\n"));
}

fn script(project: &Project, name: &str, text: &str) {
    project.write(name, text);
    std::fs::set_permissions(project.path(name), std::fs::Permissions::from_mode(0o755)).expect("set");
}

fn trust(project: &Project) {
    let run = project.run(&["trust"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
}

/// Asks afresh, and is answered by the program.
fn runs(project: &Project) {
    let run = project.run(&["x.md", "--fresh"]);
    assert_eq!((run.status, project.asked()), (0, vec!["Words.".to_owned()]), "{}", run.stderr);
}

/// Asks afresh, and is refused before anything runs, with this reason.
#[track_caller]
fn refused(project: &Project, reason: &str) {
    let run = project.run_to_its_end(&["x.md", "--fresh"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    assert!(run.stderr.contains(reason), "{reason:?} in: {}", run.stderr);
    assert!(run.stderr.contains("translate trust"), "{}", run.stderr);
    assert_eq!(project.asked(), [""; 0], "something ran: {}", run.stderr);
    let listed = project.run(&["backends"]);
    assert!(listed.stdout.contains("* mt: ") && listed.stdout.contains("(needs trust: "), "{}", listed.stdout);
}

#[test]
fn a_changed_program_is_asked_for_again_with_the_reason() {
    let project = project("[\"sh\", \"tools/mt/run.sh\"]");
    refused(&project, "./translate.toml is not trusted; its backend `mt`\n  runs the program `sh tools/mt/run.sh`\n");
    trust(&project);
    runs(&project);
    project.write("tools/mt/run.sh", SCRIPT.replace("한", "핞"));
    refused(&project, "tools/mt/run.sh changed since it was trusted");
    // As it was, it is trusted as it was.
    project.write("tools/mt/run.sh", SCRIPT);
    runs(&project);
    let once = project.run(&["x.md", "--fresh", "--trust"]);
    assert_eq!((once.status, project.asked().len()), (0, 1), "{}", once.stderr);
}

#[test]
fn files_beside_a_program_count_and_those_that_come_and_go() {
    let project = project("[\"sh\", \"tools/mt/run.sh\"]");
    std::fs::create_dir_all(project.path("tools/mt/deep/er")).expect("a folder");
    project.write("tools/mt/deep/er/lib.py", "x = 1\n");
    trust(&project);
    runs(&project);
    project.write("tools/mt/deep/er/lib.py", "x = 2\n");
    refused(&project, "tools/mt/deep/er/lib.py changed since it was trusted");
    project.remove("tools/mt/deep/er/lib.py");
    refused(&project, "tools/mt/deep/er/lib.py was removed since it was trusted");
    trust(&project);
    runs(&project);
    for name in ["tools/mt/json.py", "tools/mt/.hidden", "tools/mt/notes.txt", "tools/mt/a\nb", "tools/mt/deep/new"] {
        project.write(name, "");
        refused(&project, "was added since it was trusted");
        project.remove(name);
    }
    std::fs::create_dir(project.path("tools/mt/__pycache__")).expect("a folder");
    project.write("tools/mt/__pycache__/json.cpython-311.pyc", "code");
    refused(&project, "tools/mt/__pycache__/json.cpython-311.pyc was added since it was trusted");
    // What lies elsewhere, and what git keeps for itself, is no part of it.
    std::fs::remove_dir_all(project.path("tools/mt/__pycache__")).expect("removed");
    project.write("tools/other", "");
    project.write("glossary.toml", "[terms]\n");
    std::fs::create_dir(project.path("tools/mt/.git")).expect("a folder");
    project.write("tools/mt/.git/index", "");
    runs(&project);
}

#[test]
fn every_way_to_name_a_file_is_covered() {
    for command in [
        r#"["sh", "tools/mt/run.sh"]"#,
        r#"["sh", "./tools/mt/../mt/run.sh"]"#,
        r#"["tools/mt/run.sh"]"#,
        r#"["./tools/mt/run.sh"]"#,
        r#"["sh", "-c", ". ./tools/mt/run.sh"]"#,
        r#"["sh", "-c", "exec \"$0\" tools/mt/run.sh", "sh"]"#,
        r#"["sh", "-c", "cd tools; cd mt && exec ./run.sh >>../../log", "tools/mt"]"#,
        r#"["sh", "-c", "exec sh \"$PWD\"/tools/mt/run.sh"]"#,
        r#"["env", "SCRIPT=tools/mt/run.sh", "sh", "-c", ". \"./$SCRIPT\""]"#,
        r#"["cat", "--config=tools/mt/run.sh"]"#,
        r#"["cat", "-Ctools/mt/run.sh"]"#,
        r#"["cat", "-Ctools/mt"]"#,
        r#"["cat", "-vCtools/mt"]"#,
        r#"["cat", "@tools/mt/run.sh"]"#,
        r#"["cat", "-DX=a,b=tools/mt/run.sh"]"#,
        r#"["cat", "a:tools/mt:b"]"#,
        r#"["cat", "-m", "tools.mt"]"#,
        r#"["cat", "tools"]"#,
    ] {
        let project = project(command);
        trust(&project);
        assert!(project.run(&["backends"]).stdout.contains("(trusted: "), "{command}");
        project.write("tools/mt/run.sh", format!("{SCRIPT} "));
        refused(&project, "tools/mt/run.sh changed since it was trusted");
        project.remove("tools/mt/run.sh");
        refused(&project, "tools/mt/run.sh was removed since it was trusted");
    }
}

#[test]
fn digests_beside_a_program_may_change_and_so_may_the_settings_folder() {
    let project = project("[\"sh\", \"run.sh\"]");
    project.write("run.sh", SCRIPT);
    trust(&project);
    runs(&project);
    project.write("other.sh", "");
    runs(&project);
    std::fs::create_dir(project.path("drafts")).expect("a folder");
    project.write("drafts/a.md", DIGEST);
    project.write("drafts/a.ko.md", "- 말.\n");
    project.write("drafts/a.record.toml", "version = 1\nenglish = \"a.md\"\n");
    project.write("drafts/run.sh", SCRIPT);
    settings(&project, "[\"sh\", \"drafts/run.sh\"]");
    trust(&project);
    runs(&project);
    for name in ["a.md", "a.ko.md", "a.record.toml", "b.md", "b.ko.md", "b.record.toml"] {
        project.write(&format!("drafts/{name}"), "# Other\n");
    }
    runs(&project);
    project.write("drafts/json.py", "");
    refused(&project, "drafts/json.py was added since it was trusted");
    project.remove("drafts/json.py");
    project.write("drafts/run.sh", format!("{SCRIPT} "));
    refused(&project, "drafts/run.sh changed since it was trusted");
}

/// A stranger may put a record beside the program, so that its folder looks like one of digests.
#[test]
fn what_was_trusted_stays_watched() {
    let project = project("[\"sh\", \"tools/mt/run.sh\"]");
    project.write("tools/mt/words.txt", "a");
    trust(&project);
    project.write("tools/mt/a.record.toml", "");
    runs(&project);
    project.write("tools/mt/words.txt", "b");
    refused(&project, "tools/mt/words.txt changed since it was trusted");
}

#[test]
fn no_name_of_a_backend_forges_a_line() {
    let project = Project::new(DIGEST);
    let name = "good: sends nothing\\n  b`\\u202e";
    project.write("translate.toml", format!("backend = \"{name}\"\n[backends.\"{name}\"]\nkind = \"command\"\ncommand = [\"cat\"]\n"));
    for arguments in [&["trust", "--show"][..], &["x.md"], &["backends"]] {
        let run = project.run(arguments);
        let output = format!("{}{}", run.stdout, run.stderr);
        assert!(output.contains(r"$'good: sends nothing\n  b\x60\u202e'"), "{output}");
        assert!(!output.lines().any(|line| line.starts_with("  b")), "{output}");
    }
}

#[test]
fn trust_is_in_one_place() {
    let project = project("[\"sh\", \"run.sh\"]");
    project.write("run.sh", SCRIPT);
    trust(&project);
    // A copy of all of it elsewhere, as of a clone.
    let copy = Project::new(DIGEST);
    for name in ["translate.toml", "run.sh"] {
        copy.write(name, project.read(name));
    }
    let at_home = |project: &Project, home: &Path, arguments: &[&str]| {
        project.finished(project.command(arguments).env("TRANSLATE_CONFIG_HOME", home).output().expect("the binary"))
    };
    let home = tempfile::tempdir().expect("a home");
    assert_eq!(at_home(&project, home.path(), &["trust"]).status, 0);
    assert_eq!(at_home(&project, home.path(), &["x.md", "--fresh"]).status, 0);
    let run = at_home(&copy, home.path(), &["x.md"]);
    assert!(run.status == 2 && run.stderr.contains("./translate.toml is not trusted; "), "{}", run.stderr);
    // The same settings in a folder below, and back.
    std::fs::create_dir(project.path("sub")).expect("a folder");
    for name in ["translate.toml", "x.md", "run.sh"] {
        std::fs::rename(project.path(name), project.path(&format!("sub/{name}"))).expect("moved");
    }
    let run = at_home(&project, home.path(), &["sub/x.md"]);
    assert!(run.status == 2 && run.stderr.contains("sub/translate.toml is not trusted; "), "{}", run.stderr);
    // One folder by two names is one place.
    symlink(project.folder(), copy.path("again")).expect("linked");
    for name in ["translate.toml", "x.md", "run.sh"] {
        std::fs::rename(project.path(&format!("sub/{name}")), project.path(name)).expect("moved");
    }
    let mut command = project.command(&["x.md", "--fresh"]);
    let run = command.current_dir(copy.path("again")).env("TRANSLATE_CONFIG_HOME", home.path()).output().expect("the binary");
    assert_eq!(project.finished(run).status, 0);
}

/// Today's settings of a stranger's repository may be a link to those that the user trusts elsewhere, with the user's programs not
/// beside it but a stranger's.
#[test]
fn a_link_to_trusted_settings_is_not_trusted() {
    let project = Project::new(DIGEST);
    std::fs::create_dir_all(project.path("mine")).expect("a folder");
    std::fs::create_dir_all(project.path("theirs")).expect("a folder");
    project
        .write("mine/translate.toml", "backend = \"mt\"\n[backends.mt]\nkind = \"command\"\nmode = \"filter\"\ncommand = [\"./run.sh\"]\n");
    script(&project, "mine/run.sh", &format!("#!/bin/sh\n{SCRIPT}"));
    script(&project, "theirs/run.sh", "#!/bin/sh\ntouch ../PWNED PWNED; cat\n");
    symlink("../mine/translate.toml", project.path("theirs/translate.toml")).expect("linked");
    project.write("theirs/x.md", DIGEST);
    let run = project.run(&["trust", "mine"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let run = project.run(&["theirs/x.md"]);
    assert!(run.status == 2 && run.stderr.contains("theirs/translate.toml is not trusted; "), "{}", run.stderr);
    // Trusted in its own place, it runs the program beside the real file.
    let shown = project.run(&["trust", "theirs"]);
    assert!(shown.stderr.contains("theirs/translate.toml (a link to FOLDER/mine/translate.toml):"), "{}", shown.stderr);
    assert!(shown.stderr.contains("program  FOLDER/mine/./run.sh") && shown.stderr.contains("folder   FOLDER/mine\n"), "{}", shown.stderr);
    let run = project.run(&["theirs/x.md"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(project.exists("mine/asked") && !project.exists("PWNED") && !project.exists("theirs/PWNED"));
    // Another file of the same content is another place for programs.
    std::fs::create_dir(project.path("other")).expect("a folder");
    project.write("other/translate.toml", project.read("mine/translate.toml"));
    script(&project, "other/run.sh", SCRIPT);
    project.remove("theirs/translate.toml");
    symlink("../other/translate.toml", project.path("theirs/translate.toml")).expect("linked");
    let run = project.run(&["theirs/x.md", "--fresh"]);
    assert!(run.status == 2 && run.stderr.contains("translate.toml leads to another file since it was trusted"), "{}", run.stderr);
}

#[test]
fn a_backend_is_held_to_its_own_files() {
    let project = project("[\"sh\", \"tools/mt/run.sh\"]");
    std::fs::create_dir(project.path("tools/other")).expect("a folder");
    project.write("tools/other/run.sh", SCRIPT);
    let both = project.read("translate.toml")
        + "[backends.other]\nkind = \"command\"\nmode = \"filter\"\ncommand = [\"sh\", \"tools/other/run.sh\"]\n";
    project.write("translate.toml", both);
    trust(&project);
    project.write("tools/other/run.sh", format!("{SCRIPT} "));
    runs(&project);
    let run = project.run(&["x.md", "--fresh", "--backend", "other"]);
    assert!(run.status == 2 && run.stderr.contains("tools/other/run.sh changed since it was trusted"), "{}", run.stderr);
    assert_eq!(project.asked(), [""; 0]);
}

#[test]
fn a_key_program_is_covered_too() {
    let project = Project::new(DIGEST);
    let (port, listener) = listener();
    project.write(
        "translate.toml",
        format!(
            "backend = \"mt\"\n[backends.mt]\nkind = \"openai\"\nmodel = \"m\"\nbase_url = \"http://127.0.0.1:{port}/v1\"\napi_key_command = [\"sh\", \"key.sh\"]\n"
        ),
    );
    project.write("key.sh", "echo ran >> asked; echo sk-1\n");
    refused(&project, "./translate.toml is not trusted; its backend `mt`\n  runs `sh key.sh` for the key\n");
    trust(&project);
    project.write("key.sh", "echo ran >> asked; echo sk-2\n");
    refused(&project, "key.sh changed since it was trusted");
    assert_nobody_came(&listener);
}

#[test]
fn a_script_that_becomes_a_link_and_what_a_link_leads_to_are_seen() {
    let project = project("[\"sh\", \"tools/mt/run.sh\"]");
    trust(&project);
    let elsewhere = tempfile::tempdir().expect("a folder");
    std::fs::write(elsewhere.path().join("run.sh"), SCRIPT).expect("written");
    project.remove("tools/mt/run.sh");
    symlink(elsewhere.path().join("run.sh"), project.path("tools/mt/run.sh")).expect("linked");
    refused(&project, "tools/mt/run.sh changed since it was trusted");
    trust(&project);
    runs(&project);
    std::fs::write(elsewhere.path().join("run.sh"), format!("{SCRIPT} ")).expect("written");
    refused(&project, "tools/mt/run.sh changed since it was trusted");
    std::fs::remove_file(elsewhere.path().join("run.sh")).expect("removed");
    refused(&project, "tools/mt/run.sh changed since it was trusted");
    // A link inside the repository brings the folder along in which the program really lies.
    project.remove("tools/mt/run.sh");
    std::fs::create_dir(project.path("lib")).expect("a folder");
    project.write("lib/run.sh", SCRIPT);
    symlink("../../lib/run.sh", project.path("tools/mt/run.sh")).expect("linked");
    trust(&project);
    runs(&project);
    project.write("lib/json.py", "");
    refused(&project, "lib/json.py was added since it was trusted");
    project.remove("lib/json.py");
    // So does a link to a folder, one to itself does no harm.
    symlink("../mt", project.path("tools/mt/self")).expect("linked");
    std::fs::create_dir(project.path("vendor")).expect("a folder");
    symlink("../../vendor", project.path("tools/mt/vendor")).expect("linked");
    symlink("/usr", project.path("tools/mt/far")).expect("linked");
    trust(&project);
    runs(&project);
    project.write("vendor/x.py", "");
    refused(&project, "vendor/x.py was added since it was trusted");
    project.remove("vendor/x.py");
    // A folder that is named may be a link, and one that only looks like a digest is a folder.
    symlink(elsewhere.path(), project.path("data")).expect("linked");
    settings(&project, "[\"sh\", \"tools/mt/run.sh\", \"data\"]");
    trust(&project);
    runs(&project);
    project.remove("data");
    symlink("/usr", project.path("data")).expect("linked");
    refused(&project, "data changed since it was trusted");
    trust(&project);
    std::fs::create_dir(project.path("tools/mt/x.ko.md")).expect("a folder");
    project.write("tools/mt/x.ko.md/json.py", "");
    refused(&project, "tools/mt/x.ko.md/json.py was added since it was trusted");
}

#[test]
fn a_program_that_is_missing_is_trusted_only_once_it_is_there() {
    let project = project("[\"./tools/gone.sh\"]");
    trust(&project);
    let run = project.run(&["x.md"]);
    assert!(run.stderr.contains("there is no program `./tools/gone.sh`"), "{}", run.stderr);
    script(&project, "tools/gone.sh", SCRIPT);
    refused(&project, "tools/gone.sh was added since it was trusted");
    let shown = project.run(&["trust", "--show"]).stderr;
    assert!(shown.contains("tools/gone.sh was added since it was trusted"), "{shown}");
}

#[test]
fn folders_without_end_files_without_end_and_pipes_are_refused_or_named_at_once() {
    let project = project("[\"sh\", \"tools/mt/run.sh\", \"data\"]");
    let made = Command::new("mkfifo").arg(project.path("data")).status().expect("mkfifo");
    assert!(made.success());
    let run = project.run_to_its_end(&["trust"]);
    assert!(run.status == 0 && run.stderr.contains("a pipe or a device  data\n"), "{}", run.stderr);
    runs(&project);
    project.remove("data");
    project.write("data", "text");
    refused(&project, "data changed since it was trusted");
    std::fs::File::options().write(true).open(project.path("data")).and_then(|file| file.set_len(1 << 40)).expect("a long file");
    let run = project.run_to_its_end(&["trust"]);
    assert!(run.status == 2 && run.stderr.contains("are larger than 1024 MiB together"), "{}", run.stderr);
    let run = project.run_to_its_end(&["x.md", "--fresh"]);
    assert!(run.status == 2 && run.stderr.contains("are larger than 1024 MiB together"), "{}", run.stderr);
    project.remove("data");
    symlink("/dev/zero", project.path("data")).expect("linked");
    assert_eq!(project.run_to_its_end(&["trust"]).status, 0);
    runs(&project);
    for number in 0..10_000 {
        project.write(&format!("tools/mt/{number}"), "");
    }
    let run = project.run_to_its_end(&["trust"]);
    assert!(run.status == 2 && run.stderr.contains("more than 10000 files belong to the program that lies in tools/mt"), "{}", run.stderr);
    let run = project.run_to_its_end(&["x.md", "--fresh"]);
    assert!(run.status == 2 && run.stderr.contains("more than 10000 files"), "{}", run.stderr);
    assert_eq!(project.asked(), [""; 0]);
    let run = project.run(&["x.md", "--fresh", "--trust"]);
    assert_eq!((run.status, project.asked().len()), (0, 1), "{}", run.stderr);
}

/// The user's list of what is trusted, in a home of its own.
struct Home<'p> {
    project: &'p Project,
    folder: tempfile::TempDir,
}

impl Home<'_> {
    fn of(project: &Project) -> Home<'_> {
        Home { project, folder: tempfile::tempdir().expect("a home") }
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut command = self.project.command(arguments);
        self.project.finished(command.env("TRANSLATE_CONFIG_HOME", self.folder.path()).output().expect("the binary"))
    }

    fn list(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("trust.toml")).expect("a list")
    }

    fn write(&self, text: &str) {
        std::fs::write(self.folder.path().join("trust.toml"), text).expect("written");
    }
}

#[test]
fn a_list_of_an_older_version_is_asked_for_once_more() {
    let project = project("[\"sh\", \"tools/mt/run.sh\"]");
    let home = Home::of(&project);
    let real = std::fs::canonicalize(project.folder()).expect("a folder").display().to_string();
    home.write(&format!(
        "# translate.toml files that may name programs\n\"/elsewhere/translate.toml\" = \"00ff\"\n\"{real}/translate.toml\" = \"0123\"\n"
    ));
    let run = home.run(&["x.md"]);
    assert_eq!(run.status, 2);
    let reason = "error: ./translate.toml is not trusted: it was trusted by an older version, which looked at no program; look at it again; its backend `mt`\n  runs the program `sh tools/mt/run.sh`\n";
    assert!(run.stderr.starts_with(reason), "{}", run.stderr);
    assert!(home.run(&["trust", "--show"]).stderr.contains("trusted by an older version"));
    assert_eq!(home.run(&["trust"]).status, 0);
    assert_eq!(home.run(&["x.md"]).status, 0);
    let list = home.list();
    assert!(list.contains("version = 2\n") && list.contains("\"tools/mt/run.sh\" = "), "{list}");
    assert!(list.contains("path = \"/elsewhere/translate.toml\"\n") && !list.contains("00ff"), "{list}");
}

#[test]
fn a_list_of_a_newer_version_or_a_broken_one_trusts_nothing_and_stays() {
    let project = project("[\"sh\", \"tools/mt/run.sh\"]");
    let home = Home::of(&project);
    assert_eq!(home.run(&["trust"]).status, 0);
    let good = home.list();
    for (list, words) in [
        (good.replace("version = 2", "version = 3"), "was written by a newer version of this program"),
        (good.replace("version = 2", "version = 2\nmore = 1"), "unknown field"),
        (format!("{good}<<<"), "trust.toml: "),
        (good.replace("version = 2", "version = 1"), "version 1 that never was"),
    ] {
        home.write(&list);
        for arguments in [&["x.md"][..], &["trust"], &["trust", "--forget"], &["trust", "--link", "l"]] {
            if arguments.contains(&"--link") {
                let _ = symlink("/etc", project.path("l"));
            }
            let run = home.run(arguments);
            assert!(run.status == 2 && run.stderr.contains(words), "{arguments:?}: {}", run.stderr);
        }
        assert_eq!(home.list(), list, "it was overwritten");
        assert_eq!(project.asked(), [""; 0]);
    }
    home.write(&good);
    assert_eq!(home.run(&["x.md"]).status, 0);
    assert_eq!(home.run(&["trust", "--forget"]).status, 0);
    let run = home.run(&["x.md", "--fresh"]);
    assert!(run.status == 2 && run.stderr.contains("is not trusted; "), "{}", run.stderr);
}

#[test]
fn what_is_shown_is_never_two_things() {
    let shown = |command: &str| {
        let project = project(command);
        let run = project.run(&["trust", "--show"]);
        assert_eq!(run.status, 0, "{command}: {}", run.stderr);
        assert!(
            !run.stderr.chars().any(|c| (c.is_control() && c != '\n') || "\u{202e}\u{200b}\u{2066}\u{e0041}".contains(c)),
            "{}",
            run.stderr
        );
        run.stderr
    };
    let mut lines: Vec<String> = Vec::new();
    for command in [
        r#"["sh", "-c", "a b", "c d"]"#,
        r#"["sh", "-c", "a b' 'c d"]"#,
        r#"["sh", "-c", "a b\" \"c d"]"#,
        r#"["sh", "-c", "a", "b", "c", "d"]"#,
        r#"["sh", "-c", "a b c d"]"#,
        r#"["sh", "-c", "a b", "c", "d", ""]"#,
        r#"["sh", "-c", "a b", "c\u001bd"]"#,
        r#"["sh", "-c", "a b", "c\\u001bd"]"#,
        r#"["sh", "-c", "a b", "c\\x1bd"]"#,
        r#"["sh", "-c", "a b", "c\nd"]"#,
        r#"["sh", "-c", "a b", "c\\nd"]"#,
        r#"["sh", "-c", "a b", "c\u202ed"]"#,
        r#"["sh", "-c", "a b", "c\u200bd"]"#,
        r#"["sh", "-c", "a b", "cd"]"#,
        r#"["sh", "-c", "a b", "c\u00a0d"]"#,
        r#"["sh", "-c", "a b", "c\U000e0041d"]"#,
        r#"["sh", "-c", "a b", "c`\n  mt: runs the program `cat`"]"#,
    ] {
        let line = shown(command).lines().nth(1).expect("a line").to_owned();
        assert!(line.starts_with("  mt: runs the program `sh -c "), "{line}");
        assert!(!lines.contains(&line), "{command}: {line}");
        lines.push(line);
    }
    let all = shown(r#"["sh", "tools/mt/run.sh"]"#);
    let hash: String = <sha2::Sha256 as sha2::Digest>::digest(SCRIPT).iter().map(|byte| format!("{byte:02x}")).collect();
    let file = format!("    {hash}  tools/mt/run.sh\n");
    for words in ["    program  /", "    folder   FOLDER\n", &file, "every file that comes to be in tools/mt\n"] {
        assert!(all.contains(words), "{words:?} in {all}");
    }
    let project = Project::new(DIGEST);
    project.write(
        "translate.toml",
        "[backends.a]\nkind = \"openai\"\nmodel = \"m\"\napi_key_env = \"AWS_SECRET_ACCESS_KEY\"\n[backends.b]\nkind = \"libretranslate\"\nbase_url = \"https://llm.invalid\"\napi_key_env = \"TRANSLATE_B_KEY\"\n",
    );
    let run = project.run(&["trust", "--show"]);
    assert_eq!(
        run.stderr,
        "./translate.toml:\n  a: sends the key in AWS_SECRET_ACCESS_KEY to https://api.openai.com\n  b: sends text and the key in TRANSLATE_B_KEY to https://llm.invalid\n"
    );
}

#[test]
fn a_program_without_a_folder_is_never_one_of_the_repository() {
    let project = project("[\"mt\"]");
    let mine = format!("#!/bin/sh\n{SCRIPT}");
    script(&project, "mt", &mine);
    std::fs::create_dir(project.path("bin")).expect("a folder");
    script(&project, "bin/mt", &mine);
    for path in [".:/usr/bin:/bin", ":/usr/bin:/bin", "/usr/bin:/bin:", "bin:/usr/bin:/bin", "./bin:/usr/bin:/bin"] {
        let run = project.finished(project.command(&["x.md", "--trust"]).env("PATH", path).output().expect("the binary"));
        assert_eq!(run.status, 2, "{path}: {}", run.stderr);
        assert!(run.stderr.contains("there is no program `mt`"), "{path}: {}", run.stderr);
        assert!(!project.exists("asked"), "{path}");
    }
    // Nor is one that a program starts by its bare name, as `#!/usr/bin/env python3` does.
    script(&project, "wrapper", "#!/bin/sh\nexec mt\n");
    settings(&project, "[\"./wrapper\"]");
    let run = project.finished(project.command(&["x.md", "--trust"]).env("PATH", ".:/usr/bin:/bin").output().expect("the binary"));
    assert!(run.stderr.contains("`./wrapper` failed (exit status: 127)") && !project.exists("asked"), "{}", run.stderr);
    // A folder that the user put into PATH is theirs; what it holds of the repository is trusted like what is named.
    settings(&project, "[\"mt\"]");
    let with_path = |arguments: &[&str]| {
        let path = format!("{}:/usr/bin:/bin", project.path("bin").display());
        project.finished(project.command(arguments).env("PATH", path).output().expect("the binary"))
    };
    let run = with_path(&["trust"]);
    assert!(run.status == 0 && run.stderr.contains("  bin/mt\n"), "{}", run.stderr);
    assert_eq!(with_path(&["x.md"]).status, 0);
    script(&project, "bin/mt", &format!("{mine} "));
    let run = with_path(&["x.md", "--fresh"]);
    assert!(run.status == 2 && run.stderr.contains("bin/mt changed since it was trusted"), "{}", run.stderr);
}

#[test]
fn a_program_is_found_beside_settings_in_another_folder() {
    let project = project("[\"sh\", \"tools/mt/run.sh\"]");
    std::fs::create_dir_all(project.path("sub/bin")).expect("a folder");
    script(&project, "sub/bin/run.sh", &format!("#!/bin/sh\n{SCRIPT}"));
    project.write("sub/translate.toml", project.read("translate.toml").replace("[\"sh\", \"tools/mt/run.sh\"]", "[\"bin/run.sh\"]"));
    project.write("sub/x.md", DIGEST);
    let run = project.run(&["sub/x.md", "--trust"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(project.exists("sub/asked"));
}

#[test]
fn programs_above_the_settings_are_covered_up_to_the_top_of_the_repository() {
    let project = Project::new(DIGEST);
    std::fs::create_dir_all(project.path(".git")).expect("a folder");
    std::fs::create_dir_all(project.path("team")).expect("a folder");
    std::fs::create_dir_all(project.path("tools")).expect("a folder");
    project.write("tools/run.sh", SCRIPT);
    project.write("team/x.md", DIGEST);
    project.write(
        "team/translate.toml",
        "backend = \"mt\"\n[backends.mt]\nkind = \"command\"\nmode = \"filter\"\ncommand = [\"sh\", \"../tools/run.sh\"]\n",
    );
    assert_eq!(project.run(&["trust", "team"]).status, 0);
    assert_eq!(project.run(&["team/x.md"]).status, 0);
    project.write("tools/lib.sh", "");
    let run = project.run(&["team/x.md", "--fresh"]);
    assert!(run.status == 2 && run.stderr.contains("../tools/lib.sh was added since it was trusted"), "{}", run.stderr);
}

#[test]
fn python_is_kept_from_writing_programs_beside_its_own() {
    let project = project("[\"sh\", \"tools/mt/run.sh\"]");
    script(&project, "tools/mt/run.sh", "cat >/dev/null; echo \"한 $PYTHONDONTWRITEBYTECODE\"\n");
    trust(&project);
    assert_eq!(project.run(&["x.md"]).status, 0);
    assert_eq!(project.read("x.ko.md"), "- 한 1\n");
}

// Keys

fn listener() -> (u16, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("set");
    (listener.local_addr().expect("an address").port(), listener)
}

#[track_caller]
fn assert_nobody_came(listener: &TcpListener) {
    assert!(listener.accept().is_err(), "a request was sent");
}

/// A server that answers one request and gives what it was sent.
fn answering(listener: TcpListener) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let pause = std::time::Duration::from_millis(10);
        let came = (0..6000).find_map(|_| {
            std::thread::sleep(pause);
            listener.accept().ok()
        });
        let (mut stream, _) = came.expect("a request");
        stream.set_nonblocking(false).expect("set");
        let mut sent = Vec::new();
        let mut chunk = [0; 4096];
        loop {
            let read = stream.read(&mut chunk).expect("read");
            sent.extend_from_slice(&chunk[..read]);
            let text = String::from_utf8_lossy(&sent).to_lowercase();
            let length = text.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next()?.parse::<usize>().ok());
            let body = text.split("\r\n\r\n").nth(1).map_or(0, str::len);
            if read == 0 || length.is_some_and(|length| body >= length) {
                break;
            }
        }
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").expect("written");
        String::from_utf8_lossy(&sent).into_owned()
    })
}

/// A project whose backend `mt` is of this kind, at this address, with this variable as its key.
fn with_key(kind: &str, url: &str, variable: &str) -> Project {
    let project = Project::new(DIGEST);
    let model = if kind == "openai" { "model = \"m\"\n" } else { "" };
    project.write(
        "translate.toml",
        format!("backend = \"mt\"\n[backends.mt]\nkind = \"{kind}\"\n{model}base_url = \"{url}\"\napi_key_env = \"{variable}\"\n"),
    );
    project
}

fn run_with(project: &Project, variable: &str, arguments: &[&str]) -> Run {
    let mut command = project.command(arguments);
    for name in ["OPENAI_API_KEY", "LIBRETRANSLATE_API_KEY"] {
        command.env_remove(name);
    }
    if !variable.is_empty() && !variable.contains(['=', '\0', '\\']) {
        command.env(variable, "s3cret-value");
    }
    let run = project.finished(command.output().expect("the binary"));
    assert!(!format!("{}{}", run.stdout, run.stderr).contains("s3cret-value"), "{run:?}");
    run
}

/// On the commit before this rule, the value of AWS_SECRET_ACCESS_KEY came to the listener.
#[test]
fn a_key_of_another_name_goes_nowhere_without_trust() {
    for kind in ["openai", "libretranslate"] {
        let other = if kind == "openai" { "LIBRETRANSLATE_API_KEY" } else { "OPENAI_API_KEY" };
        for variable in [
            "AWS_SECRET_ACCESS_KEY",
            "GITHUB_TOKEN",
            "HOME",
            other,
            "openai_api_key",
            "OPENAI_API_KEYS",
            "translate_x_key",
            "TRANSLATE_KEY",
            "TRANSLATE_X_TOKEN",
            "TRANSLATE_X_KEY2",
            "NOTRANSLATE_X_KEY",
        ] {
            let (port, listener) = listener();
            let project = with_key(kind, &format!("http://127.0.0.1:{port}/v1"), variable);
            let run = run_with(&project, variable, &["x.md"]);
            assert_eq!(run.status, 2, "{variable}: {}", run.stderr);
            let sentence = format!(
                "error: ./translate.toml is not trusted; its backend `mt`\n  sends the key in {variable} to http://127.0.0.1:{port}\n"
            );
            assert!(run.stderr.starts_with(&sentence) && run.stderr.contains("`translate trust`"), "{}", run.stderr);
            let ping = run_with(&project, variable, &["backends", "--ping"]);
            assert!(ping.status == 1 && ping.stderr.contains(&format!("sends the key in {variable} to ")), "{ping:?}");
            assert_nobody_came(&listener);
        }
    }
    for (kind, url) in [("openai", "https://api.openai.com/v1"), ("libretranslate", "https://libretranslate.com")] {
        let run = run_with(&with_key(kind, url, "AWS_SECRET_ACCESS_KEY"), "AWS_SECRET_ACCESS_KEY", &["x.md"]);
        let host = url.trim_end_matches("/v1");
        assert!(run.status == 2 && run.stderr.contains(&format!("sends the key in AWS_SECRET_ACCESS_KEY to {host}\n")), "{}", run.stderr);
    }
}

#[test]
fn what_is_no_name_of_a_variable_is_refused_even_when_trusted() {
    for variable in [
        "",
        " ",
        "A=B",
        "OPENAI_API_KEY ",
        "ОPENAI_API_KEY",
        "TRANSLATE_가_KEY",
        "TRANSLATE_\\u0000_KEY",
        "sk-abc",
        "1A",
        "TRANSLATE_\\u001b[31m_KEY",
    ] {
        let (port, listener) = listener();
        let project = with_key("openai", &format!("http://127.0.0.1:{port}/v1"), variable);
        let run = run_with(&project, variable, &["x.md"]);
        assert_eq!(run.status, 2, "{variable:?}: {}", run.stderr);
        let run = run_with(&project, variable, &["x.md", "--trust"]);
        assert!(run.status == 2 && run.stderr.contains("no variable can have that name"), "{variable:?}: {}", run.stderr);
        assert!(!run.stderr.chars().any(|c| c.is_control() && c != '\n'), "{run:?}");
        assert_nobody_came(&listener);
    }
}

#[test]
fn a_key_that_is_sent_is_named_in_the_first_line() {
    for (kind, variable, arguments) in [
        ("openai", "OPENAI_API_KEY", &["x.md"][..]),
        ("openai", "TRANSLATE_TEAM_KEY", &["x.md"]),
        ("libretranslate", "LIBRETRANSLATE_API_KEY", &["x.md"]),
        ("libretranslate", "TRANSLATE_LIBRE_2_KEY", &["x.md"]),
        ("openai", "AWS_SECRET_ACCESS_KEY", &["x.md", "--trust"]),
    ] {
        let (port, listener) = listener();
        let project = with_key(kind, &format!("http://127.0.0.1:{port}/v1"), variable);
        let server = answering(listener);
        let run = run_with(&project, variable, arguments);
        assert_eq!(
            run.stderr.lines().next(),
            Some(format!("text goes to http://127.0.0.1:{port} with the key in {variable} (backend `mt`), 1 segment").as_str())
        );
        assert!(server.join().expect("a request").contains("s3cret-value"), "the rule is about names alone");
    }
}

#[test]
fn a_key_is_trusted_in_the_users_own_list() {
    let (port, listener) = listener();
    let project = with_key("openai", &format!("http://127.0.0.1:{port}/v1"), "TEAM_TOKEN");
    assert!(run_with(&project, "TEAM_TOKEN", &["trust"]).stderr.contains("  mt: sends the key in TEAM_TOKEN to http://127.0.0.1:"));
    let server = answering(listener);
    let run = run_with(&project, "TEAM_TOKEN", &["backends", "--ping"]);
    assert!(run.stderr.starts_with(&format!("mt: text goes to http://127.0.0.1:{port} with the key in TEAM_TOKEN\n")), "{}", run.stderr);
    assert!(server.join().expect("a request").contains("s3cret-value"));
    // Another name is another secret.
    project.change("translate.toml", "TEAM_TOKEN", "GITHUB_TOKEN");
    let run = run_with(&project, "GITHUB_TOKEN", &["x.md"]);
    assert!(run.status == 2 && run.stderr.contains("translate.toml changed since it was trusted"), "{}", run.stderr);
}

#[test]
fn a_review_asks_no_backend_without_trust_either() {
    let (port, listener) = listener();
    let project = with_key("openai", &format!("http://127.0.0.1:{port}/v1"), "GITHUB_TOKEN");
    let both = project.read("translate.toml");
    project.filter("sed 's/^/한 /'");
    assert_eq!(project.run(&["x.md", "--trust"]).status, 0);
    project.write("translate.toml", both);
    let mut command = project.command(&["review", "x.md", "--plain"]);
    command.env("GITHUB_TOKEN", "s3cret-value").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary");
    child.stdin.take().expect("its input").write_all(b"v\nt\nt\nq\n").expect("written");
    let run = project.finished(child.wait_with_output().expect("its output"));
    assert!(run.stdout.contains("sends the key in GITHUB_TOKEN to http://127.0.0.1:"), "{run:?}");
    assert_nobody_came(&listener);
}

// Links

#[test]
fn one_link_is_permitted_until_it_leads_elsewhere() {
    let project = project("[\"sh\", \"tools/mt/run.sh\"]");
    let home = Home::of(&project);
    let outside = tempfile::tempdir().expect("a folder");
    let real = std::fs::canonicalize(outside.path()).expect("a folder");
    std::fs::write(outside.path().join("a.md"), DIGEST).expect("written");
    std::fs::write(outside.path().join("b.md"), DIGEST).expect("written");
    symlink(outside.path().join("a.md"), project.path("l.md")).expect("linked");
    let shown = home.run(&["trust", "--link", "l.md", "--show"]);
    assert_eq!(shown.stderr, format!("FOLDER/l.md leads to {}\n  not permitted\n", real.join("a.md").display()));
    assert!(!home.folder.path().join("trust.toml").exists(), "it only shows");
    let run = home.run(&["trust", "--link", "./tools/../l.md"]);
    assert_eq!(run.stderr, format!("FOLDER/l.md leads to {}\npermitted until the link leads elsewhere\n", real.join("a.md").display()));
    assert!(home.list().contains("[[links]]\nlink = "), "{}", home.list());
    let shown = |words: &str| {
        let shown = home.run(&["trust", "--show"]).stderr;
        assert_eq!(shown.contains("may lead to"), !words.is_empty(), "{shown}");
        assert!(shown.contains(words), "{shown}");
    };
    shown(&format!("  the link FOLDER/l.md may lead to {}\n", real.join("a.md").display()));
    project.remove("l.md");
    symlink(outside.path().join("b.md"), project.path("l.md")).expect("linked");
    shown("");
    assert!(home.run(&["trust", "--link", "l.md", "--show"]).stderr.contains(", when it led to "));
    project.remove("l.md");
    project.write("l.md", DIGEST);
    shown("");
    let run = home.run(&["trust", "--link", "l.md", "--forget"]);
    assert_eq!(run.stderr, "l.md is permitted no longer\n");
    assert!(!home.list().contains("[[links]]"), "{}", home.list());
}

#[test]
fn what_cannot_be_permitted_is_named() {
    let project = project("[\"cat\"]");
    symlink("nothing", project.path("dangling")).expect("linked");
    symlink("/etc", project.path("etc")).expect("linked");
    for (link, words) in [
        ("x.md", "x.md is no link"),
        ("gone", "there is no link gone"),
        ("no/where", "there is no link no/where"),
        ("dangling", "dangling leads to nothing that could be permitted"),
        ("etc/hosts", "permit that: translate trust --link etc"),
    ] {
        let run = project.run(&["trust", "--link", link]);
        assert!(run.status == 2 && run.stderr.contains(words), "{link}: {}", run.stderr);
    }
    assert_eq!(project.run(&["trust", "--link", "etc"]).status, 0);
    assert_eq!(project.run(&["trust", "--link", "etc", "."]).status, 2, "one thing at a time");
}
