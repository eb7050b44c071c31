//! The files of a digest as the library keeps them: read with care, written whole or not at all, held by one run at a time.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use translate_digest::draft::atomic::{self, WriteError};
use translate_digest::draft::files::{self, FileError, Names};
use translate_digest::draft::lock::{Lock, LockError};
use translate_digest::draft::record::{Record, RecordError};

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// A file of this name and text in the folder.
fn file(folder: &TempDir, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).expect("written");
    path
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("data").permissions().mode() & 0o7777
}

/// The names of all files in the folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// This test binary again, running the one ignored test that plays a part in another process.
fn part(name: &str, path: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this binary"));
    command.args(["--exact", &test_name(name), "--ignored", "--nocapture"]).env("PART_PATH", path);
    command
}

/// The name of a test of this file, as its binary knows it: with the module, if the file is one of several.
fn test_name(name: &str) -> String {
    module_path!().split_once("::").map_or_else(|| name.to_owned(), |(_, module)| format!("{module}::{name}"))
}

/// The path that a part was given; none where somebody runs all ignored tests.
fn part_path() -> Option<PathBuf> {
    std::env::var_os("PART_PATH").map(PathBuf::from)
}

#[test]
#[ignore = "a part of the lock's tests, played by another process"]
fn part_that_holds_a_lock() {
    let Some(digest) = part_path() else { return };
    let _lock = Lock::acquire(digest.parent().expect("a folder"), &digest).expect("free");
    println!("\nheld");
    // Until the other side closes the pipe, or kills.
    let _ = std::io::stdin().read_line(&mut String::new());
}

/// Another process that holds `digest`, and its output, which it must not lose before it ends.
fn holder(digest: &Path) -> (Child, impl BufRead) {
    let mut command = part("part_that_holds_a_lock", digest);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a process");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    assert!(out.by_ref().lines().map_while(Result::ok).any(|line| line == "held"), "the other process did not get the lock");
    (child, out)
}

#[test]
fn another_process_that_holds_a_digest_is_named_until_it_ends() {
    let folder = folder();
    let digest = file(&folder, "x.md", "- x\n");
    let (mut other, _output) = holder(&digest);
    let error = Lock::acquire(folder.path(), &digest).expect_err("held");
    assert_eq!(error.to_string(), format!("another run (process {}) is working on {}", other.id(), digest.display()));
    drop(other.stdin.take());
    other.wait().expect("ended");
    Lock::acquire(folder.path(), &digest).expect("free");
}

#[test]
fn the_lock_of_a_killed_process_is_free() {
    let folder = folder();
    let digest = file(&folder, "x.md", "- x\n");
    let (mut other, _output) = holder(&digest);
    other.kill().expect("killed");
    other.wait().expect("ended");
    Lock::acquire(folder.path(), &digest).expect("free");
}

#[test]
fn a_link_shares_the_lock_of_its_digest() {
    let folder = folder();
    let digest = file(&folder, "x.md", "- x\n");
    let link = folder.path().join("latest.md");
    symlink("x.md", &link).expect("linked");
    let lock = Lock::acquire(folder.path(), &digest).expect("free");
    assert!(matches!(Lock::acquire(folder.path(), &link), Err(LockError::Held(Some(_), _))));
    drop(lock);
    Lock::acquire(folder.path(), &link).expect("free");
}

#[test]
fn digests_are_held_apart_and_git_sees_no_lock() {
    let folder = folder();
    let long = "긴".repeat(80);
    let digests = ["x.md", "y.md", &format!("{long}.md"), &format!("{}.md", "🎉".repeat(60))];
    let locks = digests.map(|name| Lock::acquire(folder.path(), &file(&folder, name, "")).expect("free"));
    assert_eq!(fs::read_to_string(folder.path().join(".translate/.gitignore")).expect("read"), "*\n");
    drop(locks);
}

#[test]
fn temporary_files_of_dead_runs_are_swept_for_one_name_only() {
    let folder = folder();
    let digest = folder.path().join("x.ko.md");
    for name in [".x.ko.md.translate-a1B2c3.tmp", ".x.ko.md.translate-zzzzzz.tmp", ".y.ko.md.translate-a1B2c3.tmp", "x.ko.md", "x.tmp"] {
        file(&folder, name, "");
    }
    atomic::sweep(&digest);
    assert_eq!(names(folder.path()), [".y.ko.md.translate-a1B2c3.tmp", "x.ko.md", "x.tmp"]);
}

/// Names that begin alike have temporary files of their own, however long they are.
#[test]
fn long_names_are_written_and_swept_apart() {
    let folder = folder();
    let stem = "가".repeat(79);
    let [one, two] = ["1.md", "2.md"].map(|end| folder.path().join(format!("{stem}{end}")));
    atomic::write(&one, b"one").expect("written");
    atomic::write(&folder.path().join("🎉".repeat(60)), b"party").expect("written");
    let temporary = tempfile_name_of(&one);
    file(&folder, &temporary, "");
    atomic::sweep(&two);
    assert!(folder.path().join(&temporary).exists(), "another digest's temporary file is gone");
    atomic::sweep(&one);
    assert!(!folder.path().join(&temporary).exists());
}

/// Another process that writes `path` all the time, and the name of a temporary file that it was seen to use.
fn writer(path: &Path) -> (Child, String) {
    let folder = path.parent().expect("a folder");
    let before = names(folder);
    let mut writer = part("part_that_writes_for_ever", path).stdout(Stdio::null()).spawn().expect("a process");
    loop {
        assert!(writer.try_wait().expect("a process").is_none(), "it ended by itself");
        if let Some(name) = names(folder).into_iter().find(|name| name.ends_with(".tmp") && !before.contains(name)) {
            return (writer, name);
        }
    }
}

/// The name of a temporary file of `path`.
fn tempfile_name_of(path: &Path) -> String {
    let (mut writer, name) = writer(path);
    writer.kill().expect("killed");
    writer.wait().expect("ended");
    atomic::sweep(path);
    name
}

/// What is written all the time, ten thousand times in a row.
const AGAIN: &str = "- 다시\n";

#[test]
#[ignore = "a part of the tests of temporary files, played by another process"]
fn part_that_writes_for_ever() {
    let Some(path) = part_path() else { return };
    while atomic::write(&path, AGAIN.repeat(10_000).as_bytes()).is_ok() {}
}

#[test]
fn a_file_is_whole_at_every_moment_of_a_kill() {
    let folder = folder();
    let whole = AGAIN.repeat(10_000);
    let path = file(&folder, "x.ko.md", &whole);
    for _ in 0..10 {
        let (mut writer, _) = writer(&path);
        for _ in 0..50 {
            assert!(fs::read_to_string(&path).expect("read") == whole, "a file in the middle of its writing");
        }
        writer.kill().expect("killed");
        writer.wait().expect("ended");
        assert!(fs::read_to_string(&path).expect("read") == whole, "half a file after a kill");
        atomic::sweep(&path);
        assert_eq!(names(folder.path()), ["x.ko.md"]);
    }
}

#[test]
fn links_stay_and_what_they_point_to_is_written() {
    let folder = folder();
    fs::create_dir(folder.path().join("other")).expect("a folder");
    symlink("b.md", folder.path().join("a.md")).expect("linked");
    symlink("other/c.md", folder.path().join("b.md")).expect("linked");
    // First where nothing is at the end of the links, then where the file is.
    for text in ["first", "second"] {
        atomic::ensure_writable(&folder.path().join("a.md")).expect("writable");
        atomic::write(&folder.path().join("a.md"), text.as_bytes()).expect("written");
        assert!(folder.path().join("a.md").is_symlink() && folder.path().join("b.md").is_symlink());
        assert_eq!(fs::read_to_string(folder.path().join("other/c.md")).expect("read"), text);
    }
    assert_eq!(names(&folder.path().join("other")), ["c.md"]);
}

#[test]
fn links_that_lead_in_a_circle_are_refused() {
    let folder = folder();
    let [one, two] = ["a.md", "b.md"].map(|name| folder.path().join(name));
    symlink("b.md", &one).expect("linked");
    symlink("a.md", &two).expect("linked");
    assert!(atomic::ensure_writable(&one).is_err() && atomic::write(&one, b"text").is_err());
    assert!(one.is_symlink() && two.is_symlink());
}

#[test]
fn permissions_are_kept_and_new_files_get_the_usual_ones() {
    let folder = folder();
    let usual = mode(&file(&folder, "usual", ""));
    for kept in [0o600, 0o640, 0o664, 0o755] {
        let path = file(&folder, "x.md", "old");
        set_mode(&path, kept);
        atomic::write(&path, b"new").expect("written");
        assert_eq!(mode(&path), kept);
    }
    atomic::write(&folder.path().join("new.md"), b"new").expect("written");
    assert_eq!(mode(&folder.path().join("new.md")), usual);
}

/// A run with sudo must not take the team's files. Only root may give files away; others may give them to any group of theirs.
#[test]
fn the_owner_is_kept() {
    use std::os::unix::fs::{MetadataExt, chown};
    let folder = folder();
    let path = file(&folder, "x.md", "old");
    if chown(&path, Some(12345), Some(12346)).is_err() {
        let groups = Command::new("id").arg("-G").output().expect("id").stdout;
        let groups = String::from_utf8_lossy(&groups).into_owned();
        let last = groups.split_whitespace().next_back().and_then(|group| group.parse().ok()).expect("a group");
        chown(&path, None, Some(last)).expect("a group of one's own");
    }
    let owner = |path: &Path| fs::metadata(path).map(|data| (data.uid(), data.gid())).expect("data");
    let before = owner(&path);
    atomic::write(&path, b"new").expect("written");
    assert_eq!(owner(&path), before);
}

#[test]
fn equal_bytes_are_not_written_again() {
    let folder = folder();
    let path = file(&folder, "x.md", "same");
    set_mode(&path, 0o444);
    assert!(!atomic::write_if_changed(&path, b"same").expect("nothing to do"));
    assert!(atomic::write_if_changed(&folder.path().join("y.md"), b"").expect("written"));
    assert!(folder.path().join("y.md").exists());
}

#[test]
fn what_is_read_only_is_refused_and_stays() {
    let folder = folder();
    let path = file(&folder, "x.md", "old");
    set_mode(&path, 0o444);
    let error = atomic::ensure_writable(&path).expect_err("read-only");
    assert_eq!(error.to_string(), format!("{} is read-only", path.display()));
    // A link to it is read-only just as well.
    symlink("x.md", folder.path().join("link.md")).expect("linked");
    assert!(matches!(atomic::ensure_writable(&folder.path().join("link.md")), Err(WriteError::ReadOnly(_))));
    assert_eq!(names(folder.path()), ["link.md", "x.md"]);
}

#[test]
fn a_folder_that_takes_no_files_is_refused() {
    let folder = folder();
    let drafts = folder.path().join("drafts");
    fs::create_dir(&drafts).expect("a folder");
    set_mode(&drafts, 0o555);
    let error = atomic::ensure_writable(&drafts.join("x.md")).expect_err("read-only");
    set_mode(&drafts, 0o755);
    assert!(matches!(&error, WriteError::Folder(path, _) if *path == drafts), "{error}");
    let error = atomic::ensure_writable(&folder.path().join("missing/x.md")).expect_err("no folder");
    let missing = folder.path().join("missing");
    assert_eq!(error.to_string(), format!("the folder {} cannot be written to: No such file or directory (os error 2)", missing.display()));
}

#[test]
fn only_files_are_replaced() {
    let folder = folder();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let drafts = folder.path().join("drafts");
    fs::create_dir(&drafts).expect("a folder");
    for path in [&pipe, &drafts] {
        assert!(atomic::ensure_writable(path).is_err() && atomic::write(path, b"text").is_err(), "{}", path.display());
    }
    assert!(fs::metadata(&pipe).is_ok_and(|data| !data.is_file()) && drafts.is_dir());
    assert_eq!(names(folder.path()), ["drafts", "pipe"]);
}

/// Longer than what a shrunken disk takes.
const LARGE: usize = 200_000;

#[test]
#[ignore = "a part of the tests of full disks, played by another process"]
fn part_that_writes_too_much() {
    let Some(path) = part_path() else { return };
    let error = atomic::write(&path, &[b'x'; LARGE]).expect_err("no space");
    println!("\nfailed: {error}");
    println!("left: {:?} {:?}", fs::read_to_string(&path).expect("read"), names(path.parent().expect("a folder")));
}

/// What the part says when it runs behind these lines of sh, which end in `exec "$@"`.
fn told_by_part(script: &str, path: &Path) -> Option<String> {
    let part = part("part_that_writes_too_much", path);
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh"]).arg(part.get_program()).args(part.get_args()).env("PART_PATH", path);
    let output = command.output().expect("sh");
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn a_write_that_fails_in_the_middle_leaves_the_old_file_alone() {
    let folder = folder();
    let path = file(&folder, "x.md", "old");
    // The system refuses to let files grow past some blocks; ignored, its signal becomes an error of the write.
    let told = told_by_part("trap '' XFSZ; ulimit -f 16; exec \"$@\"", &path).expect("the part ran");
    assert!(told.contains(&format!("failed: {} cannot be written: File too large (os error 27)\n", path.display())), "{told}");
    assert!(told.contains(r#"left: "old" ["x.md"]"#), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_file_alone() {
    let folder = folder();
    let path = folder.path().join("x.md");
    // A disk of 64 kB that only the part sees.
    let script = "mount -t tmpfs -o size=64k none \"${PART_PATH%/*}\" && printf old > \"$PART_PATH\" && exec \"$@\"";
    let told = told_by_part(&format!("exec unshare -rm sh -c '{script}' sh \"$@\""), &path);
    let told = told.expect("a disk of its own: run as root, or allow user namespaces (kernel.apparmor_restrict_unprivileged_userns=0)");
    assert!(told.contains(&format!("failed: {} cannot be written: No space left on device (os error 28)\n", path.display())), "{told}");
    assert!(told.contains(r#"left: "old" ["x.md"]"#), "{told}");
}

#[test]
fn names_keep_bytes_that_are_no_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let names = Names::of(Path::new(OsStr::from_bytes(b"drafts/\xb0\xa1.md")));
    assert_eq!(names.korean.as_os_str().as_bytes(), b"drafts/\xb0\xa1.ko.md");
    assert_eq!(names.record.as_os_str().as_bytes(), b"drafts/\xb0\xa1.record.toml");
}

#[test]
fn names_follow_from_the_draft() {
    for (english, korean) in [("a/x.md", "a/x.ko.md"), ("x.txt", "x.ko.txt"), ("x.markdown", "x.ko.markdown"), ("x", "x.ko")] {
        assert_eq!(Names::of(Path::new(english)).korean, Path::new(korean));
        assert!(files::is_korean_name(Path::new(korean)) && !files::is_korean_name(Path::new(english)));
    }
    assert_eq!(Names::of(Path::new("a/x.txt")).record, Path::new("a/x.record.toml"));
}

#[test]
fn the_root_is_the_nearest_folder_with_settings() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("team/drafts/old")).expect("folders");
    let digest = file(&folder, "team/drafts/old/x.md", "");
    assert_eq!(files::root(&digest), folder.path().join("team/drafts/old"));
    file(&folder, "translate.toml", "");
    assert_eq!(files::root(&digest), folder.path());
    file(&folder, "team/glossary.toml", "");
    assert_eq!(files::root(&digest), folder.path().join("team"));
}

#[test]
fn a_text_that_cannot_be_read_says_where_and_why() {
    let folder = folder();
    let message = |path: &Path| files::read(path).expect_err("an error").to_string();
    let missing = folder.path().join("x.md");
    assert_eq!(message(&missing), format!("there is no file {}", missing.display()));
    assert_eq!(message(folder.path()), format!("{} is a folder", folder.path().display()));
    let euc = file(&folder, "euc.md", b"\xef\xbb\xbffine\r\n\xea\xb0\x80 \xb0\xa1\n");
    assert_eq!(message(&euc), format!("{}:2:3: not UTF-8 text (byte 13)", euc.display()));
}

#[test]
fn conflicts_are_found_by_all_their_markers() {
    let folder = folder();
    let line = |text: &str| match files::read_existing(&file(&folder, "x.md", text)) {
        Err(FileError::Conflict(_, line)) => Some(line),
        Ok(Some(_)) => None,
        other => panic!("{other:?}"),
    };
    assert_eq!(line("- a\r\n<<<<<<< HEAD\r\n- b\r\n=======\r\n- c\r\n>>>>>>> theirs\r\n"), Some(2));
    assert_eq!(line("<<<<<<< HEAD\n- b\n||||||| base\n- 0\n=======\n- c\n>>>>>>> theirs\n"), Some(1));
    assert_eq!(line("<<<<<<< quoted\n\n<<<<<<< HEAD\n=======\n>>>>>>> theirs\n"), Some(3));
    for quiet in ["Title\n=======\n", "<<<<<<< \n", "a <<<<<<< b\n=======\n>>>>>>> c\n", ">>>>>>> quoted\n\n<<<<<<< HEAD\n=======\n"] {
        assert_eq!(line(quiet), None, "{quiet}");
    }
}

#[test]
fn half_a_conflict_in_a_record_is_named_as_one() {
    let folder = folder();
    for text in ["version = 1\n<<<<<<< HEAD\n", "version = 1\n>>>>>>> theirs\n", "version = 1\r\n<<<<<<< HEAD\r\n"] {
        let error = Record::load(&file(&folder, "x.record.toml", text)).expect_err("a conflict");
        assert!(matches!(error, RecordError::File(FileError::Conflict(_, 2))), "{error}");
    }
    // In a text it is no marker: texts stand on one line behind their key.
    let text = "version = 1\nenglish = \"<<<<<<< HEAD\\n=======\\n>>>>>>> x\"\n";
    assert!(Record::load(&file(&folder, "x.record.toml", text)).is_ok_and(|record| record.is_some()));
}

#[test]
fn a_record_of_a_newer_program_is_refused_however_it_is_written() {
    let folder = folder();
    for text in ["version = 2\n", "version = 2 # of June\n", "version=0x2\n", "\"version\" = 2\n", "english = \"x.md\"\nversion = 2\n"] {
        let error = Record::load(&file(&folder, "x.record.toml", text)).expect_err(text);
        assert!(matches!(error, RecordError::Newer(_, 2)), "{text}: {error}");
    }
    // What a newer program may do to other keys does not hide its number.
    let text = "# Record\nversion = 3 # soon\nenglish = [\"x.md\"]\n";
    assert!(matches!(Record::load(&file(&folder, "x.record.toml", text)), Err(RecordError::Newer(_, 3))));
    // A key of an entry is no version of the file.
    let text = "version = 1 # first\n[[segment]]\nversion = 9\n";
    assert!(Record::load(&file(&folder, "x.record.toml", text)).is_ok_and(|record| record.is_some()));
}

#[test]
fn an_unchanged_record_is_not_written() {
    let folder = folder();
    let path = folder.path().join("x.record.toml");
    assert_eq!(Record::load(&path).expect("no fault"), None);
    let record = Record::new(Path::new("x.md"));
    assert!(record.save(&path).expect("written"));
    assert!(!Record::load(&path).expect("no fault").expect("a record").save(&path).expect("nothing to do"));
    let mut text = fs::File::options().append(true).open(&path).expect("a file");
    text.write_all(b"\n[[segment]]\nstate = \"machine\"\ntime = 2026-01-02T03:04:05Z\n").expect("written");
    let error = Record::load(&path).expect_err("a time is a string").to_string();
    assert!(error.starts_with(&format!("{}:6:8: ", path.display())), "{error}");
}
