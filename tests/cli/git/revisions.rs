//! What a revision is, and what a digest was at it.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use super::repository::{CHANGED, KOREAN, Repository, at, found};

/// Something done to a repository, with its name.
type Change<'a> = (&'a str, &'a dyn Fn(&Repository));

#[test]
fn only_a_name_of_one_commit_is_a_revision() {
    let repository = Repository::changed();
    repository.git(&["tag", "light"]);
    repository.git(&["tag", "-am", "a note", "noted"]);
    repository.git(&["tag", "-am", "a tag of a tag", "twice", "noted"]);
    repository.git(&["branch", "other/가지"]);
    repository.git(&["checkout", "-q", "-b", "work"]);
    let commit = repository.git(&["rev-parse", "HEAD"]);
    let names =
        ["HEAD", "@", "main", "work", "light", "noted", "twice", "other/가지", "refs/heads/main", "heads/main", "@{-1}", "main@{0}"];
    let more = [&commit, &commit[..10], "HEAD^{commit}", "HEAD~0", "HEAD^0", "HEAD^{/fir}", ":/first", "HEAD^{}", "light^{/f..st}"];
    for name in names.iter().chain(&more) {
        assert_eq!(repository.found(name), [at("drafts/x.ko.md", 2)], "{name}");
    }
}

#[test]
fn what_names_no_commit_is_refused() {
    let repository = Repository::changed();
    repository.write("drafts/x.ko.md", KOREAN.replace("둘째", "두 번째"));
    repository.commit("second");
    repository.git(&["tag", "-am", "a tree", "tree", "HEAD^{tree}"]);
    let refused = [
        "^HEAD",
        "^",
        "^^HEAD",
        "-x",
        "--all",
        "--branches",
        "--output=x",
        "-",
        "",
        " ",
        "HEAD..main",
        "HEAD~1..HEAD",
        "HEAD...main",
        "..",
        "HEAD..",
        "HEAD^@",
        "HEAD^!",
        "HEAD^-",
        "HEAD^{tree}",
        "HEAD:drafts",
        "HEAD:drafts/x.md",
        "tree",
        ":drafts/x.md",
        ":0:drafts/x.md",
        ":",
        ":/no such text",
        "HEAD~9",
        "HEAD^2",
        "HEAD@{7}",
        "@{-1}",
        "@{u}",
        "main@{upstream}",
        "no-such-branch",
        "HEAD\nHEAD",
        "HEAD\u{1b}[31m",
        "HEAD HEAD",
        "\u{7f}",
        "HEAD\t",
        "drafts/x.md",
        "0000000000000000000000000000000000000000",
        "HEAD^{/no such text}",
        "HEAD^{nonsense}",
        "refs/heads",
        "gitdir: x",
    ];
    for name in refused {
        let run = repository.check(name);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{name:?}: {run:?}");
        let lines: Vec<&str> = run.stderr.lines().collect();
        assert!(
            lines.len() == 2 && lines[0].starts_with("error: git knows no revision `") && lines[1].starts_with("hint: "),
            "{name:?}: {run:?}"
        );
        assert!(!run.stderr.contains(['\u{1b}', '\u{7f}']), "{name:?}: {run:?}");
    }
    let long = "x".repeat(100_000);
    assert_eq!(repository.check(&long).status, 2);
}

#[test]
fn every_kind_of_repository_is_read() {
    let kinds: [Change<'_>; 7] = [
        ("a linked `.git`", &|repository| {
            fs::rename(repository.path(".git"), repository.outside("kept")).expect("moved");
            symlink(repository.outside("kept"), repository.path(".git")).expect("a link");
        }),
        ("packed", &|repository| {
            repository.git(&["pack-refs", "--all"]);
            repository.git(&["gc", "-q"]);
        }),
        ("detached", &|repository| drop(repository.git(&["checkout", "-q", "--detach"]))),
        ("bare", &|repository| drop(repository.git(&["config", "core.bare", "true"]))),
        ("another work tree", &|repository| drop(repository.git(&["config", "core.worktree", "/"]))),
        ("no quotes", &|repository| drop(repository.git(&["config", "core.quotePath", "true"]))),
        ("no index", &|repository| fs::write(repository.path(".git/index"), "no index").expect("written")),
    ];
    for (name, change) in kinds {
        let repository = Repository::changed();
        change(&repository);
        assert_eq!(repository.found("HEAD"), [at("drafts/x.ko.md", 2)], "{name}");
    }
    for format in [["--object-format=sha256", "--ref-format=files"], ["--object-format=sha1", "--ref-format=reftable"]] {
        let repository = Repository::folder();
        let made = repository.git_in("", &["init", "-q", "-b", "main", format[0], format[1]]);
        assert!(made.status.success(), "{made:?}");
        repository.digest("drafts/x");
        repository.commit("first");
        repository.write("drafts/x.ko.md", CHANGED);
        assert_eq!(repository.found("HEAD"), [at("drafts/x.ko.md", 2)], "{format:?}");
    }
}

#[test]
fn a_shallow_clone_has_what_it_has() {
    let origin = Repository::changed();
    origin.commit("second");
    origin.write("drafts/x.ko.md", KOREAN);
    origin.commit("third");
    let clone = Repository::folder();
    clone.git(&["clone", "-q", "--depth", "1", &format!("file://{}", origin.path("").display()), "."]);
    clone.write("drafts/x.ko.md", CHANGED);
    assert_eq!(clone.found("HEAD"), [at("drafts/x.ko.md", 2)]);
    let run = clone.check("HEAD~1");
    assert!(run.status == 2 && run.stderr.contains("git knows no revision `HEAD~1`") && run.stderr.contains("fetch"), "{run:?}");
}

#[test]
fn files_that_the_revision_lacks_are_new() {
    let repository = Repository::changed();
    repository.write("drafts/x.ko.md", KOREAN);
    repository.digest("drafts/new");
    repository.digest("drafts/깊은/곳/새");
    assert_eq!(repository.found("HEAD"), [at("drafts/new.ko.md", 1), at("drafts/깊은/곳/새.ko.md", 1)]);
    // A file under another name is another file.
    fs::rename(repository.path("drafts/x.ko.md"), repository.path("drafts/z.ko.md")).expect("moved");
    fs::rename(repository.path("drafts/x.md"), repository.path("drafts/z.md")).expect("moved");
    assert_eq!(repository.found("HEAD").last(), Some(&at("drafts/깊은/곳/새.ko.md", 1)));
    assert!(repository.found("HEAD").contains(&at("drafts/z.ko.md", 1)));
    repository.commit("second");
    assert!(repository.found("HEAD").is_empty());
    assert_eq!(repository.found("HEAD~1").len(), 3);
}

#[test]
fn names_are_bytes() {
    let names = [
        "가나",
        "a b",
        "tab\tname",
        "line\nname",
        "quote\"name",
        "back\\slash",
        "*",
        "[a]",
        "-x",
        "é",
        "e\u{301}",
        ":(top)x",
        "HEAD",
        "~",
        "%s",
    ];
    let repository = Repository::changed();
    names.iter().for_each(|name| repository.digest(&format!("drafts/{name}/{name}")));
    fs::write(repository.path("drafts").join(std::ffi::OsStr::from_bytes(b"\xff.ko.md")), KOREAN).expect("written");
    repository.commit("odd names");
    assert!(repository.found("HEAD").is_empty(), "nothing changed");
    for name in names {
        repository.write(&format!("drafts/{name}/{name}.ko.md"), CHANGED);
    }
    let mut found = repository.found("HEAD");
    assert_eq!(found.len(), names.len(), "{found:?}");
    assert!(found.iter().all(|(_, line)| *line == 2), "{found:?}");
    found.dedup_by(|a, b| a.0 == b.0);
    assert_eq!(found.len(), names.len());
}

/// A checkout on macOS may hold a name decomposed that git knows composed.
#[test]
fn composed_and_decomposed_names_are_one() {
    for (then, now) in [("가", "\u{1100}\u{1161}"), ("\u{1100}\u{1161}", "가")] {
        let repository = Repository::committed();
        repository.digest(&format!("drafts/{then}/{then}"));
        repository.commit("names");
        fs::rename(repository.path(&format!("drafts/{then}")), repository.path(&format!("drafts/{now}"))).expect("moved");
        for side in ["md", "ko.md"] {
            fs::rename(repository.path(&format!("drafts/{now}/{then}.{side}")), repository.path(&format!("drafts/{now}/{now}.{side}")))
                .expect("moved");
        }
        assert!(repository.found("HEAD").is_empty(), "{now}");
        repository.write(&format!("drafts/{now}/{now}.ko.md"), CHANGED);
        assert_eq!(repository.found("HEAD"), [at(&format!("drafts/{now}/{now}.ko.md"), 2)]);
    }
}

#[test]
fn line_ends_alone_are_no_change() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    for settings in [&[("core.autocrlf", "true")][..], &[("core.eol", "crlf")], &[("core.autocrlf", "input")], &[]] {
        let repository = Repository::committed();
        repository.write(".gitattributes", if settings == [("core.eol", "crlf")] { "*.md text\n" } else { "" });
        // An item of two lines with a fault over both.
        repository.write("drafts/two.md", "- One\n  line.\n- Two\n  lines.\n");
        repository.write("drafts/two.ko.md", "- 함수을\n  본다.\n- 손실\n  함수.\n");
        repository.commit("second");
        settings.iter().for_each(|(key, value)| drop(repository.git(&["config", key, value])));
        for file in ["drafts/x.md", "drafts/x.ko.md", "drafts/two.md", "drafts/two.ko.md", "glossary.toml"] {
            repository.write(file, crlf(&repository.project.read(file)));
        }
        assert!(repository.found("HEAD").is_empty(), "{settings:?}");
        repository.write("drafts/x.ko.md", crlf(CHANGED));
        repository.project.change("drafts/two.ko.md", "손실", "손실를");
        assert_eq!(repository.found("HEAD"), [at("drafts/two.ko.md", 3), at("drafts/x.ko.md", 2)], "{settings:?}");
        repository.commit("with them");
        assert!(repository.found("HEAD").is_empty(), "{settings:?}");
        repository.write("drafts/x.ko.md", CHANGED);
        assert!(repository.found("HEAD").is_empty(), "{settings:?}: the other way round");
    }
}

#[test]
fn a_file_under_a_filter_counts_as_changed() {
    let repository = Repository::folder();
    repository.git(&["init", "-q", "-b", "main"]);
    repository.git(&["config", "filter.lfs.clean", "echo pointer"]);
    repository.write(".gitattributes", "*.ko.md filter=lfs\n");
    repository.digest("drafts/x");
    repository.commit("first");
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
    assert_eq!(repository.found("HEAD"), [at("drafts/x.ko.md", 1)]);
}

#[test]
fn what_git_replaces_or_grafts_is_not_believed() {
    let repository = Repository::changed();
    let (then, now) = (repository.git(&["rev-parse", "HEAD:drafts/x.ko.md"]), repository.git(&["hash-object", "-w", "drafts/x.ko.md"]));
    repository.git(&["replace", &then, &now]);
    assert_eq!(repository.found("HEAD"), [at("drafts/x.ko.md", 2)]);
}

#[test]
fn links_are_followed_and_are_no_texts() {
    // `drafts` leads to a folder of the repository, and to one of another.
    let repository = Repository::changed();
    fs::rename(repository.path("drafts"), repository.path("texts")).expect("moved");
    symlink("texts", repository.path("drafts")).expect("a link");
    repository.write("texts/x.ko.md", KOREAN);
    repository.commit("linked");
    repository.write("texts/x.ko.md", CHANGED);
    let run = repository.finished(&mut repository.check_command("", "HEAD", &["drafts"]));
    assert_eq!(found(&run), [at("drafts/x.ko.md", 2)], "{run:?}");
    // A file that was a link to another text then.
    let repository = Repository::committed();
    repository.write("drafts/y.md", repository.project.read("drafts/x.md"));
    symlink("x.ko.md", repository.path("drafts/y.ko.md")).expect("a link");
    repository.commit("linked");
    fs::remove_file(repository.path("drafts/y.ko.md")).expect("removed");
    repository.write("drafts/y.ko.md", KOREAN);
    assert_eq!(repository.found("HEAD"), [at("drafts/y.ko.md", 1)]);
}

#[test]
fn digests_of_several_repositories_are_each_read_in_their_own() {
    let repository = Repository::committed();
    repository.git(&["init", "-q", "-b", "main", "drafts/inner"]);
    repository.digest("drafts/inner/y");
    assert!(repository.git_in("drafts/inner", &["add", "-A"]).status.success());
    assert!(repository.git_in("drafts/inner", &["commit", "-qm", "inner"]).status.success());
    assert!(repository.found("HEAD").is_empty(), "{:?}", repository.found("HEAD"));
    repository.write("drafts/inner/y.ko.md", CHANGED);
    repository.write("drafts/x.ko.md", CHANGED);
    assert_eq!(repository.found("HEAD"), [at("drafts/inner/y.ko.md", 2), at("drafts/x.ko.md", 2)]);
    // A revision that one of them lacks is said.
    repository.git(&["tag", "outer"]);
    let run = repository.check("outer");
    assert!(run.status == 2 && run.stderr.contains("git knows no revision `outer` in FOLDER/drafts/inner"), "{run:?}");
}

#[test]
fn a_repository_may_lie_in_a_folder_of_any_name() {
    for name in ["with a blank", "line\nend", "가나", "'quote\"", "-x", "a:b", "$(touch x)"] {
        let repository = Repository::folder();
        repository.git(&["init", "-q", "-b", "main", &format!("./{name}")]);
        repository.digest(&format!("{name}/drafts/x"));
        assert!(repository.git_in(name, &["add", "-A"]).status.success());
        assert!(repository.git_in(name, &["commit", "-qm", "first"]).status.success());
        repository.write(&format!("{name}/drafts/x.ko.md"), CHANGED);
        let run = repository.finished(&mut repository.check_command(name, "HEAD", &[]));
        assert_eq!(found(&run), [at("drafts/x.ko.md", 2)], "{name:?}: {run:?}");
    }
}

#[test]
fn safety_settings_of_the_user_change_nothing() {
    for settings in
        ["[safe]\n\tbareRepository = explicit\n", "[safe]\n\tdirectory = /nowhere\n", "no settings\n[", "[alias]\n\tcat-file = !false\n"]
    {
        let repository = Repository::changed();
        if !settings.starts_with("no") {
            fs::write(repository.outside("gitconfig"), settings).expect("written");
            assert_eq!(repository.found("HEAD"), [at("drafts/x.ko.md", 2)], "{settings}");
            continue;
        }
        fs::write(repository.outside("gitconfig"), settings).expect("written");
        let run = repository.check("HEAD");
        assert!(run.status == 2 && run.stderr.starts_with("error: git ") && run.stderr.contains("bad config"), "{run:?}");
    }
}

#[test]
fn a_git_folder_that_is_none_is_named() {
    let spoil: [Change<'_>; 12] = [
        ("an empty file", &|repository| repository.write("drafts/.git", "")),
        ("another text", &|repository| repository.write("drafts/.git", "git me\n")),
        ("to nothing", &|repository| repository.write("drafts/.git", "gitdir: nowhere\n")),
        ("to a file", &|repository| repository.write("drafts/.git", "gitdir: x.md\n")),
        ("to itself", &|repository| repository.write("drafts/.git", "gitdir: .git\n")),
        ("to a device", &|repository| repository.write("drafts/.git", "gitdir: /dev/zero\n")),
        ("bytes", &|repository| fs::write(repository.path("drafts/.git"), b"gitdir: \xff\xfe\0x\n").expect("written")),
        ("an empty folder", &|repository| fs::create_dir(repository.path("drafts/.git")).expect("a folder")),
        ("a dangling link", &|repository| symlink("nowhere", repository.path("drafts/.git")).expect("a link")),
        ("a link to a device", &|repository| symlink("/dev/zero", repository.path("drafts/.git")).expect("a link")),
        ("a pipe", &|repository| pipe(repository, "drafts/.git")),
        ("a pipe as its head", &|repository| {
            repository.write("drafts/.git/objects/x", "");
            repository.write("drafts/.git/refs/x", "");
            pipe(repository, "drafts/.git/HEAD");
        }),
    ];
    for (name, spoil) in spoil {
        let repository = Repository::changed();
        spoil(&repository);
        let run = repository.check("HEAD");
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{name}: {run:?}");
        assert!(run.stderr.contains("FOLDER/drafts/.git") && run.stderr.contains("not a git repository"), "{name}: {run:?}");
    }
    // Faults inside of one, in git's words.
    for (file, text) in
        [(".git/HEAD", "nonsense\n"), (".git/config", "[core\n"), (".git/config", "[core]\n\trepositoryformatversion = 99\n")]
    {
        let repository = Repository::changed();
        repository.write(file, text);
        let run = repository.check("HEAD");
        assert!(run.status == 2 && run.stdout.is_empty() && run.stderr.starts_with("error: git"), "{file} {text}: {run:?}");
    }
    // Objects that are gone or broken.
    for broken in [None, Some("no object")] {
        let repository = Repository::changed();
        let object = repository.git(&["rev-parse", "HEAD:drafts/x.ko.md"]);
        let path = repository.path(&format!(".git/objects/{}/{}", &object[..2], &object[2..]));
        fs::remove_file(&path).expect("removed");
        broken.map_or(Ok(()), |text| fs::write(&path, text)).expect("written");
        let run = repository.check("HEAD");
        assert!(run.status == 2 && run.stderr.contains("drafts/x.ko.md"), "{broken:?}: {run:?}");
    }
}

fn pipe(repository: &Repository, name: &str) {
    let status = std::process::Command::new("mkfifo").arg(repository.path(name)).status().expect("mkfifo");
    assert!(status.success());
}

/// Not a process for each file.
#[test]
fn one_git_reads_all_files_of_a_repository() {
    let repository = Repository::committed();
    for number in 0..60 {
        repository.digest(&format!("drafts/{}/{number}", number % 7));
    }
    repository.commit("many");
    repository.write("drafts/3/3.ko.md", CHANGED);
    let real =
        String::from_utf8(std::process::Command::new("sh").args(["-c", "command -v git"]).output().expect("sh").stdout).expect("a path");
    let count = repository.outside("count").display().to_string();
    let counting = format!("#!/bin/sh\necho x >>{count}\nexec {} \"$@\"\n", real.trim());
    fs::create_dir(repository.outside("bin")).expect("a folder");
    fs::write(repository.outside("bin/git"), counting).expect("written");
    fs::set_permissions(repository.outside("bin/git"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("a mode");
    let path = format!("{}:{}", repository.outside("bin").display(), std::env::var("PATH").expect("PATH"));
    let mut command = repository.check_command("", "HEAD", &["."]);
    let run = repository.finished(command.env("PATH", path));
    assert_eq!(found(&run), [at("drafts/3/3.ko.md", 2)], "{run:?}");
    assert_eq!(fs::read_to_string(count).expect("a count"), "x\n");
}
