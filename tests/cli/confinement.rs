//! A repository that was only cloned reads and writes nothing outside of itself: attacks by links, names in records, devices and sizes,
//! each through every command.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{FileTypeExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{NEWS, Project, Run};
use tempfile::TempDir;
use translate_digest::digest::hash;

/// What nothing may print or send.
const SECRET: &str = "s3cr3t-w0rd";

/// Korean text with a fault that `check --fix` repairs.
const FAULTY: &str = "# 뉴스\n\n- [하나](https://a.example/1) –  첫  번째 말.\n";

/// A repository with a digest, and a folder outside of it that holds what is not the repository's.
struct Attack {
    repository: Project,
    outside: TempDir,
}

impl Attack {
    fn new() -> Self {
        let repository = Project::new(NEWS);
        fs::create_dir(repository.path(".git")).expect("a folder");
        fs::create_dir(repository.path("drafts")).expect("a folder");
        repository.write("drafts/d.md", NEWS);
        let outside = tempfile::tempdir().expect("a folder");
        let attack = Self { repository, outside };
        for (name, text) in [
            ("bashrc", format!("export KEY={SECRET}\n")),
            ("secret.md", format!("# {SECRET}\n\n- [One](https://a.example/1) – {SECRET} is here.\n")),
            ("faulty.ko.md", FAULTY.to_owned()),
            ("glossary.toml", format!("[terms]\n\"{SECRET}\" = \"비밀\"\n")),
            ("translate.toml", format!("register = \"{SECRET}\"\n")),
            ("record.toml", format!("version = 1\nenglish = \"x.md\"\n\n[[segment]]\nenglish_hash = \"00\"\nmachine = \"{SECRET}\"\n")),
        ] {
            fs::write(attack.outside(name), text).expect("written");
        }
        attack
    }

    fn outside(&self, name: &str) -> PathBuf {
        fs::canonicalize(self.outside.path()).expect("a folder").join(name)
    }

    /// Makes `link`, a file of the repository, a link to `target` outside.
    fn link(&self, target: &str, link: &str) {
        self.link_to(&self.outside(target), link);
    }

    fn link_to(&self, target: &Path, link: &str) {
        let path = self.repository.path(link);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        if path.symlink_metadata().is_ok() {
            fs::remove_file(&path).expect("removed");
        }
        symlink(target, path).expect("linked");
    }

    /// Everything outside, with its bytes.
    fn state(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut state = BTreeMap::new();
        let mut folders = vec![self.outside("")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path.clone());
                    state.insert(path, Vec::new());
                } else {
                    let bytes = fs::read(&path).expect("a file");
                    state.insert(path, bytes);
                }
            }
        }
        state
    }

    /// Runs the command: it ends, prints nothing of what is outside, and changes nothing there.
    #[track_caller]
    fn run(&self, arguments: &[&str]) -> Run {
        let before = self.state();
        let run = self.repository.run_to_its_end(arguments);
        assert_eq!(self.state(), before, "{arguments:?} changed something outside: {run:?}");
        assert!(!format!("{run:?}").contains(SECRET), "{arguments:?} read something outside: {run:?}");
        run
    }

    /// Runs the command, which fails because of the link, and names it and its target.
    #[track_caller]
    fn refused(&self, arguments: &[&str], link: &str, target: &str) {
        let run = self.run(arguments);
        let target = self.outside(target);
        let told = format!("{link} is a link to {}, outside of the repository FOLDER", target.display());
        assert!(run.stderr.contains(&told) && run.status > 0, "{arguments:?}: {told}\n{run:?}");
        assert!(run.stderr.contains(&format!("to allow it, run: translate trust --link {link}")), "{arguments:?}: {run:?}");
    }
}

/// Every command that reads the English digest x.md.
const READING: &[&[&str]] = &[
    &["x.md"],
    &["x.md", "--dry-run"],
    &["check", "x.md", "--korean", "k.md"],
    &["check", "x.md", "--korean", "k.md", "--diff"],
    &["check", "x.md", "--korean", "k.md", "--fix"],
    &["review", "x.md"],
    &["review", "x.md", "--accept", "edited"],
    &["review", "x.md", "--undo"],
    &["adopt", "x.md"],
    &["status", "x.md"],
    &["diff", "x.md"],
    &["diff", "x.md", "--format", "html"],
    &["publish", "x.md"],
    &["publish", "x.md", "--allow-undecided", "-o", "out.md"],
    &["terms", "x.md"],
    &["split", "x.md"],
    &["glossary", "suggest", "--from", "x.md"],
];

#[test]
fn a_linked_digest_is_not_read() {
    let attack = Attack::new();
    attack.repository.write("x.ko.md", FAULTY);
    attack.repository.write("k.md", FAULTY);
    attack.repository.write("x.record.toml", "version = 1\nenglish = \"x.md\"\n");
    for link in ["absolute", "relative", "chain"] {
        attack.repository.remove("x.md");
        let outside = attack.outside("secret.md");
        let names = match link {
            "absolute" => {
                symlink(&outside, attack.repository.path("x.md")).expect("linked");
                "x.md"
            }
            "relative" => {
                let up = "../".repeat(fs::canonicalize(attack.repository.folder()).expect("a folder").components().count() - 1);
                symlink(Path::new(&up).join(outside.strip_prefix("/").expect("absolute")), attack.repository.path("x.md")).expect("linked");
                "x.md"
            }
            _ => {
                symlink("drafts/y.md", attack.repository.path("x.md")).expect("linked");
                symlink("z.md", attack.repository.path("drafts/y.md")).expect("linked");
                attack.link("secret.md", "drafts/z.md");
                "drafts/z.md"
            }
        };
        for arguments in READING {
            attack.refused(arguments, names, "secret.md");
        }
    }
}

#[test]
fn the_text_of_a_linked_digest_is_sent_to_no_backend() {
    let attack = Attack::new();
    attack.repository.filter("cat >> asked; cat asked");
    attack.link("secret.md", "s.md");
    attack.refused(&["s.md", "--trust"], "s.md", "secret.md");
    assert!(!attack.repository.exists("asked") && !attack.repository.exists("s.ko.md"));
}

#[test]
fn a_linked_korean_file_is_neither_read_nor_written() {
    let attack = Attack::new();
    attack.link("faulty.ko.md", "x.ko.md");
    attack.link("faulty.ko.md", "drafts/d.ko.md");
    for arguments in [
        &["x.md"][..],
        &["check", "x.md"],
        &["check", "x.ko.md"],
        &["check", "x.md", "--fix"],
        &["check", "x.ko.md", "--fix"],
        &["check", "x.md", "--diff"],
        &["review", "x.md", "--accept", "machine"],
        &["review", "x.md", "--accept", "edited"],
        &["adopt", "x.md"],
        &["status", "x.md"],
        &["diff", "x.md"],
        &["publish", "x.md", "--allow-undecided"],
        &["terms", "x.md"],
    ] {
        attack.refused(arguments, "x.ko.md", "faulty.ko.md");
    }
    for arguments in
        [&["check"][..], &["check", "--fix"], &["check", "--diff"], &["check", "--all"], &["status"], &["adopt", "drafts"], &["adopt", "."]]
    {
        attack.refused(arguments, "drafts/d.ko.md", "faulty.ko.md");
    }
}

#[test]
fn a_dangling_link_creates_nothing_outside() {
    for (link, english) in [("x.ko.md", "x.md"), ("x.record.toml", "x.md"), ("y.ko.txt", "y.txt"), ("y.record.toml", "y.txt")] {
        let attack = Attack::new();
        attack.repository.write("y.txt", "- One item.\n\n- Another item.\n");
        attack.link("created", link);
        attack.refused(&[english], link, "created");
        attack.repository.write("k.md", FAULTY);
        if link.ends_with("toml") {
            attack.refused(&["adopt", english, "--korean", "k.md"], link, "created");
        }
    }
    let attack = Attack::new();
    attack.link("created.md", "out.md");
    attack.refused(&["x.md", "-o", "out.md"], "out.md", "created.md");
    attack.repository.write("x.ko.md", FAULTY);
    attack.refused(&["publish", "x.md", "--allow-undecided", "-o", "out.md"], "out.md", "created.md");
    attack.link("created", "glossary.toml");
    attack.refused(&["glossary", "add", "saddle point", "안장점"], "glossary.toml", "created");
}

#[test]
fn a_linked_record_is_neither_read_nor_written() {
    let attack = Attack::new();
    attack.repository.write("x.ko.md", FAULTY);
    attack.repository.write("k.md", FAULTY);
    attack.link("record.toml", "x.record.toml");
    for arguments in READING.iter().filter(|arguments| !matches!(arguments[0], "terms" | "split")) {
        attack.refused(arguments, "x.record.toml", "record.toml");
    }
    attack.link("record.toml", "drafts/d.record.toml");
    attack.refused(&["glossary", "suggest"], "drafts/d.record.toml", "record.toml");
}

#[test]
fn a_linked_glossary_is_neither_read_nor_written() {
    let attack = Attack::new();
    attack.repository.write("x.ko.md", FAULTY);
    attack.repository.write("terms.csv", "en,ko\nsaddle point,안장점\n");
    attack.link("glossary.toml", "glossary.toml");
    for arguments in READING.iter().filter(|arguments| !matches!(arguments[0], "split")) {
        attack.refused(
            &arguments.iter().map(|argument| if *argument == "k.md" { "x.ko.md" } else { argument }).collect::<Vec<_>>(),
            "glossary.toml",
            "glossary.toml",
        );
    }
    for arguments in [
        &["glossary", "lint"][..],
        &["glossary", "lint", "glossary.toml"],
        &["glossary", "add", "saddle point", "안장점"],
        &["glossary", "import", "terms.csv"],
        &["glossary", "export", "--format", "csv"],
        &["glossary", "suggest"],
        &["glossary", "suggest", "--yes"],
        &["check", "."],
    ] {
        attack.refused(arguments, "glossary.toml", "glossary.toml");
    }
    attack.repository.remove("glossary.toml");
    attack.link("glossary.toml", "terms.tbx");
    attack.refused(&["glossary", "import", "terms.tbx", "--format", "csv"], "terms.tbx", "glossary.toml");
}

#[test]
fn linked_settings_are_not_read() {
    let attack = Attack::new();
    attack.repository.write("x.ko.md", FAULTY);
    attack.repository.write("drafts/d.ko.md", FAULTY);
    attack.link("translate.toml", "translate.toml");
    for arguments in [
        &["x.md"][..],
        &["check", "x.md"],
        &["check"],
        &["review", "x.md"],
        &["status", "x.md"],
        &["diff", "x.md", "--format", "html"],
        &["backends"],
        &["backends", "--ping"],
        &["trust"],
        &["trust", "--show"],
    ] {
        attack.refused(arguments, "translate.toml", "translate.toml");
    }
}

/// Where the tool keeps the lock of a digest of the repository.
fn lock_of(attack: &Attack, digest: &str) -> String {
    let real = fs::canonicalize(attack.repository.path(digest)).expect("a digest");
    format!(".translate/locks/{digest}-{}.lock", hash(&real.to_string_lossy()))
}

#[test]
fn locks_and_caches_are_made_through_no_link() {
    for (target, link) in [
        ("bashrc", "the lock"),
        ("created", "the lock"),
        ("", ".translate"),
        ("folder", ".translate"),
        ("", ".translate/locks"),
        ("created", ".translate/.gitignore"),
        ("bashrc", ".translate/.gitignore"),
    ] {
        for arguments in
            [&["x.md"][..], &["check", "x.md", "--fix"], &["adopt", "x.md"], &["review", "x.md", "--accept", "edited"], &["review", "x.md"]]
        {
            let attack = Attack::new();
            attack.repository.write("x.ko.md", FAULTY);
            attack.repository.write("x.record.toml", "version = 1\nenglish = \"x.md\"\n");
            fs::create_dir(attack.outside("folder")).expect("a folder");
            let link = if link == "the lock" { lock_of(&attack, "x.md") } else { link.to_owned() };
            attack.link(target, &link);
            let run = attack.run(arguments);
            let is_ignore = link.ends_with(".gitignore");
            assert!(is_ignore || (run.status == 2 && run.stderr.contains(&format!("{link} is a link"))), "{link} {arguments:?}: {run:?}");
            assert!(!is_ignore || run.status < 2, "{link} {arguments:?}: {run:?}");
        }
    }
}

/// Not even where they stay inside: a lock must never empty a file that somebody wrote.
#[test]
fn locks_follow_no_link_inside_the_repository_either() {
    let attack = Attack::new();
    let link = lock_of(&attack, "x.md");
    attack.link_to(&attack.repository.path("drafts/d.md"), &link);
    let run = attack.run(&["x.md"]);
    assert!(run.status == 2 && run.stderr.contains("is a link"), "{run:?}");
    assert_eq!(attack.repository.read("drafts/d.md"), NEWS);
    // A second name of a file is none that was made for a lock.
    attack.repository.remove(&link);
    fs::hard_link(attack.repository.path("drafts/d.md"), attack.repository.path(&link)).expect("linked");
    let run = attack.run(&["x.md"]);
    assert!(run.status == 2 && run.stderr.contains(&link), "{run:?}");
    assert_eq!(attack.repository.read("drafts/d.md"), NEWS);
}

#[test]
fn the_journal_of_a_review_is_kept_through_no_link() {
    let attack = Attack::new();
    attack.repository.write("x.ko.md", FAULTY);
    attack.repository.write("x.record.toml", "version = 1\nenglish = \"x.md\"\n");
    let real = fs::canonicalize(attack.repository.path("x.md")).expect("a digest");
    let folder = format!(".translate/review/{}", hash(&real.to_string_lossy()));
    for link in [
        ".translate/review".to_owned(),
        folder.clone(),
        format!("{folder}/open"),
        format!("{folder}/pairs"),
        format!("{folder}/000001.toml"),
    ] {
        let _ = fs::remove_dir_all(attack.repository.path(".translate"));
        attack.link("folder-or-file", &link);
        for arguments in [
            &["review", "x.md", "--accept", "edited"][..],
            &["review", "x.md", "--accept", "edited", "--force"],
            &["review", "x.md", "--undo"],
        ] {
            attack.run(arguments);
        }
    }
}

#[test]
fn a_linked_folder_leads_nowhere() {
    let attack = Attack::new();
    fs::write(attack.outside("s.md"), format!("- {SECRET}\n")).expect("written");
    fs::write(attack.outside("s.ko.md"), format!("- {SECRET} 학습  모델\n")).expect("written");
    fs::write(attack.outside("s.record.toml"), "version = 1\nenglish = \"s.md\"\n").expect("written");
    fs::remove_dir_all(attack.repository.path("drafts")).expect("removed");
    // A foreign repository, a folder with settings of its own, and a bare folder are all outside.
    for inner in ["", ".git", "glossary.toml"] {
        if inner == ".git" {
            fs::create_dir(attack.outside(".git")).expect("a folder");
        }
        attack.link("", "drafts");
        for arguments in [
            &["drafts/s.md"][..],
            &["check"],
            &["check", "--fix"],
            &["check", "drafts"],
            &["check", "drafts/s.md", "--fix"],
            &["check", "drafts/s.ko.md"],
            &["status"],
            &["adopt", "drafts"],
            &["adopt", "drafts/s.md"],
            &["review", "drafts/s.md"],
            &["diff", "drafts/s.md"],
            &["publish", "drafts/s.md"],
            &["split", "drafts/s.md"],
            &["terms", "drafts/s.md"],
            &["glossary", "lint", "drafts"],
            &["glossary", "suggest", "--from", "drafts/s.md"],
            &["backends", "drafts"],
            &["trust", "drafts"],
            &["x.md", "-o", "drafts/new.md"],
        ] {
            let run = attack.run(arguments);
            assert!(run.status > 0 && run.stderr.contains("drafts is a link to "), "{arguments:?}: {run:?}");
        }
    }
    let attack = Attack::new();
    fs::remove_dir_all(attack.repository.path("drafts")).expect("removed");
    symlink("/", attack.repository.path("drafts")).expect("linked");
    let path = format!("drafts{}", attack.outside("secret.md").display());
    for arguments in [&["split", &path][..], &["check"], &["status"], &["adopt", "drafts"]] {
        let run = attack.run(arguments);
        assert!(
            run.status == 2 && run.stderr.contains("drafts is a link to /, outside of the repository FOLDER"),
            "{arguments:?}: {run:?}"
        );
    }
}

#[test]
fn a_link_out_and_in_again_is_out_and_one_that_stays_is_fine() {
    let attack = Attack::new();
    let folder = fs::canonicalize(attack.repository.folder()).expect("a folder");
    let name = folder.file_name().expect("a name").to_str().expect("text").to_owned();
    symlink(format!("../{name}/x.md"), attack.repository.path("again.md")).expect("linked");
    let run = attack.run(&["split", "again.md"]);
    assert!(
        run.status == 2 && run.stderr.contains("again.md is a link to FOLDER/x.md, which leads out of the repository FOLDER"),
        "{run:?}"
    );
    symlink("x.md", attack.repository.path("beside.md")).expect("linked");
    symlink("../x.md", attack.repository.path("drafts/above.md")).expect("linked");
    symlink(folder.join("x.md"), attack.repository.path("drafts/absolute.md")).expect("linked");
    symlink("drafts", attack.repository.path("other")).expect("linked");
    symlink("..", attack.repository.path("drafts/up")).expect("linked");
    for path in
        ["beside.md", "drafts/above.md", "drafts/absolute.md", "other/d.md", "drafts/up/x.md", "other/up/drafts/up/x.md", "other/../x.md"]
    {
        assert_eq!(attack.run(&["split", path]).status, 0, "{path}");
        assert_eq!(attack.run(&[path]).status, 1, "{path}");
    }
    // What the tool writes through a link inside comes to where the link points.
    attack.repository.remove("x.ko.md");
    symlink("drafts/real.ko.md", attack.repository.path("x.ko.md")).expect("linked");
    attack.repository.write("drafts/real.ko.md", FAULTY);
    attack.run(&["check", "x.ko.md", "--fix"]);
    assert!(attack.repository.path("x.ko.md").is_symlink());
    assert_ne!(attack.repository.read("drafts/real.ko.md"), FAULTY);
}

#[test]
fn links_in_a_circle_end() {
    let attack = Attack::new();
    symlink("loop.md", attack.repository.path("loop.md")).expect("linked");
    symlink("b", attack.repository.path("a")).expect("linked");
    symlink("a", attack.repository.path("b")).expect("linked");
    for arguments in
        [&["split", "loop.md"][..], &["split", "a/x.md"], &["check", "x.md", "--korean", "loop.md"], &["x.md", "-o", "loop.md"]]
    {
        let run = attack.run(arguments);
        assert!(run.status == 2 && run.stderr.contains("lead in a circle"), "{arguments:?}: {run:?}");
    }
}

#[test]
fn a_record_names_no_file_outside() {
    let attack = Attack::new();
    let faulty = attack.outside("faulty.ko.md");
    let up = "../".repeat(20);
    for korean in [
        faulty.display().to_string(),
        format!("{up}{}", faulty.display()),
        format!("drafts/../..{}", faulty.display()),
        "/etc/passwd".to_owned(),
    ] {
        attack.repository.write("x.record.toml", format!("version = 1\nenglish = \"x.md\"\nkorean = \"{korean}\"\n"));
        for arguments in
            [&["check", "x.md"][..], &["check", "."], &["check", "x.md", "--fix"], &["check", "--fix", "."], &["status", "x.md"]]
        {
            let run = attack.run(arguments);
            assert!(
                run.stderr.contains("x.record.toml names ") && run.stderr.contains("outside of the repository FOLDER"),
                "{arguments:?}: {run:?}"
            );
            assert!(run.status > 0, "{arguments:?}: {run:?}");
        }
    }
    // One that stays inside is followed.
    attack.repository.write("drafts/other.md", FAULTY);
    attack.repository.write("x.record.toml", "version = 1\nenglish = \"x.md\"\nkorean = \"drafts/../drafts/other.md\"\n");
    let run = attack.run(&["check", "x.md", "--fix"]);
    assert!(run.stderr.contains("drafts/other.md"), "{run:?}");
    assert_ne!(attack.repository.read("drafts/other.md"), FAULTY);
    let secret = attack.outside("secret.md");
    for english in [secret.display().to_string(), format!("{up}{}", secret.display())] {
        attack.repository.write("drafts/d.record.toml", format!("version = 1\nenglish = \"{english}\"\n"));
        let run = attack.run(&["glossary", "suggest"]);
        assert!(
            run.status == 2 && run.stderr.contains("d.record.toml names ") && run.stderr.contains("outside of the repository"),
            "{run:?}"
        );
    }
}

#[test]
fn what_the_user_names_elsewhere_is_the_users_word() {
    let attack = Attack::new();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let korean = elsewhere.path().join("k.ko.md");
    fs::write(&korean, FAULTY).expect("written");
    let named = korean.display().to_string();
    let run = attack.run(&["check", "x.md", "--korean", &named, "--fix"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert_ne!(fs::read_to_string(&korean).expect("read"), FAULTY);
    let output = elsewhere.path().join("out.md").display().to_string();
    let run = attack.run(&["x.md", "-o", &output]);
    assert!(run.status < 2 && Path::new(&output).exists(), "{run:?}");
    // A link of the user's own to a folder of the repository, above any root.
    symlink(attack.repository.path("drafts"), elsewhere.path().join("digests")).expect("linked");
    let through = elsewhere.path().join("digests/d.md").display().to_string();
    assert_eq!(attack.run(&["split", &through]).status, 0);
    attack.link("secret.md", "drafts/s.md");
    let through = elsewhere.path().join("digests/s.md").display().to_string();
    let run = attack.run(&["split", &through]);
    assert!(run.status == 2 && run.stderr.contains("outside of the repository FOLDER"), "{run:?}");
    // And the folder of a run may be a link.
    let mut command = attack.repository.command(&["split", "d.md"]);
    let run = attack.repository.finished(command.current_dir(elsewhere.path().join("digests")).output().expect("the binary"));
    assert_eq!(run.status, 0, "{run:?}");
}

/// Without git, the folder of glossary.toml or translate.toml is the root; without both, the digest's own.
#[test]
fn a_folder_without_git_is_confined_too() {
    for marker in [Some("glossary.toml"), Some("translate.toml"), None] {
        let attack = Attack::new();
        fs::remove_dir(attack.repository.path(".git")).expect("removed");
        if let Some(marker) = marker {
            attack.repository.write(marker, "");
        }
        let place = if marker.is_some() { "drafts/s.md" } else { "s.md" };
        attack.link("secret.md", place);
        let run = attack.run(&["split", place]);
        assert!(run.status == 2 && run.stderr.contains("outside of the folder FOLDER"), "{run:?}");
        if marker.is_some() {
            symlink("../x.md", attack.repository.path("drafts/inside.md")).expect("linked");
            assert_eq!(attack.run(&["split", "drafts/inside.md"]).status, 0);
        }
    }
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
}

/// Every place that a command reads, as a pipe, as an endless file, as a folder: none waits, none reads for ever.
#[test]
fn pipes_and_devices_are_refused_at_once() {
    for place in ["x.md", "x.ko.md", "x.record.toml", "glossary.toml", "translate.toml"] {
        for kind in ["pipe", "device", "folder"] {
            let attack = Attack::new();
            for (name, text) in
                [("x.ko.md", FAULTY), ("x.record.toml", "version = 1\nenglish = \"x.md\"\n"), ("glossary.toml", ""), ("translate.toml", "")]
            {
                attack.repository.write(name, text);
            }
            attack.repository.remove(place);
            match kind {
                "pipe" => pipe(&attack.repository.path(place)),
                "device" => symlink("/dev/zero", attack.repository.path(place)).expect("linked"),
                _ => fs::create_dir(attack.repository.path(place)).expect("a folder"),
            }
            for arguments in [
                &["x.md"][..],
                &["review", "x.md", "--accept", "edited"],
                &["diff", "x.md", "--format", "html"],
                &["check", "x.md"],
                &["check", "x.md", "--fix"],
                &["adopt", "x.md"],
            ] {
                let run = attack.run(arguments);
                // A folder in the place of a Korean file is one that was not translated yet, to a check.
                assert!(
                    run.status > 0 || arguments[0] == "check" && place == "x.ko.md" && kind == "folder",
                    "{place} {kind} {arguments:?}: {run:?}"
                );
                let reads = !(place == "translate.toml" && arguments[0] == "adopt");
                assert!(!reads || run.stderr.contains(place), "{place} {kind} {arguments:?}: {run:?}");
            }
            assert!(kind != "pipe" || fs::metadata(attack.repository.path(place)).is_ok_and(|data| data.file_type().is_fifo()));
        }
    }
}

#[test]
fn pipes_beside_a_digest_and_lists_of_what_is_ignored_block_nothing() {
    for name in [".gitignore", ".ignore", "drafts/.gitignore", "drafts/y.record.toml", "drafts/y.ko.md", "drafts/y.md"] {
        for kind in ["pipe", "device"] {
            let attack = Attack::new();
            attack.repository.write("drafts/d.ko.md", FAULTY);
            attack.repository.write("drafts/d.record.toml", "version = 1\nenglish = \"d.md\"\n");
            match kind {
                "pipe" => pipe(&attack.repository.path(name)),
                _ => symlink("/dev/zero", attack.repository.path(name)).expect("linked"),
            }
            for arguments in
                [&["drafts/d.md"][..], &["check"], &["check", "--all"], &["status"], &["adopt", "drafts"], &["glossary", "suggest"]]
            {
                attack.run(arguments);
            }
        }
    }
}

#[test]
fn what_the_user_names_is_a_file() {
    let attack = Attack::new();
    attack.repository.write("x.ko.md", FAULTY);
    for path in ["/dev/zero", "/dev/null", "/dev/stdin", "/proc/self/fd/0", "/dev/tty", "drafts"] {
        for arguments in [
            &["split", path][..],
            &["check", "x.md", "--korean", path],
            &["diff", "x.md", "--against", path],
            &["glossary", "import", path],
            &["x.md", "-o", path],
        ] {
            let run = attack.run(arguments);
            assert_eq!(run.status, 2, "{arguments:?}: {run:?}");
        }
    }
}

/// A file of this size without a byte on the disk.
fn sparse(path: &Path, size: u64) {
    fs::File::create(path).and_then(|file| file.set_len(size)).expect("a file");
}

#[test]
fn what_is_too_large_is_not_read() {
    const MIB: u64 = 1024 * 1024;
    let attack = Attack::new();
    let large = |name: &str, size: u64| sparse(&attack.repository.path(name), size);
    let told = |arguments: &[&str], words: &str| {
        let run = attack.run(arguments);
        assert!(run.status == 2 && run.stderr.contains(words), "{arguments:?}: {run:?}");
    };
    large("x.md", 300 * MIB);
    for arguments in [&["x.md"][..], &["split", "x.md"], &["terms", "x.md"]] {
        told(arguments, "x.md has 300 MB; at most 256 MB are read");
    }
    attack.repository.write("x.md", NEWS);
    attack.repository.write("x.ko.md", FAULTY);
    large("x.record.toml", 65 * MIB);
    told(&["x.md"], "x.record.toml has 65 MB; at most 64 MB are read");
    attack.repository.remove("x.record.toml");
    large("glossary.toml", 65 * MIB);
    told(&["x.md"], "glossary.toml has 65 MB; at most 64 MB are read");
    told(&["glossary", "lint"], "glossary.toml has 65 MB; at most 64 MB are read");
}

/// A file that fits no memory ends with a message. Only Linux limits the memory of a process in this way.
#[cfg(target_os = "linux")]
#[test]
fn a_file_larger_than_the_memory_is_a_message() {
    let attack = Attack::new();
    for (size, memory) in [(250, 200_000), (100, 900_000)] {
        sparse(&attack.repository.path("x.md"), size * 1024 * 1024);
        larger_than_the_memory(&attack, memory);
    }
}

#[cfg(target_os = "linux")]
#[track_caller]
fn larger_than_the_memory(attack: &Attack, memory: u32) {
    for arguments in ["split x.md", "x.md", "terms x.md"] {
        let mut command = Command::new("sh");
        let script = format!("ulimit -v {memory}; exec \"$0\" {arguments}");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_translate")]).current_dir(attack.repository.folder());
        let run = attack.repository.finished(command.output().expect("sh"));
        assert!(run.status == 2 && run.stderr.contains("x.md does not fit into the memory"), "{arguments}: {run:?}");
    }
}

#[test]
fn odd_names_are_no_way_out() {
    let attack = Attack::new();
    attack.link("secret.md", "drafts/odd\nname.md");
    let run = attack.run(&["split", "drafts/odd\nname.md"]);
    assert!(run.status == 2 && run.stderr.contains("outside of the repository"), "{run:?}");
    for path in ["drafts/./../drafts/d.md", "./x.md", "drafts//d.md", "drafts/../x.md"] {
        assert_eq!(attack.run(&["split", path]).status, 0, "{path}");
    }
}

#[test]
fn a_repository_inside_is_a_root_of_its_own() {
    let attack = Attack::new();
    fs::create_dir_all(attack.repository.path("drafts/inner")).expect("a folder");
    attack.repository.write("drafts/inner/.git", "gitdir: elsewhere\n");
    symlink("../../x.md", attack.repository.path("drafts/inner/up.md")).expect("linked");
    let run = attack.run(&["split", "drafts/inner/up.md"]);
    assert!(run.status == 2 && run.stderr.contains("outside of the repository FOLDER/drafts/inner"), "{run:?}");
}
