//! The door to the file system as the library keeps it: races, permits, sizes, and what other users may do with what is made.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::TempDir;
use translate_digest::disk::{self, By, DiskError, Permit, Root};
use translate_digest::draft::atomic::{self, WriteError};
use translate_digest::draft::files::{self, FileError};
use translate_digest::draft::lock::{Lock, LockError};

/// A repository and a folder outside of it, both without links in their paths.
struct Place {
    _folder: TempDir,
    repository: PathBuf,
    outside: PathBuf,
}

fn place() -> Place {
    let folder = tempfile::tempdir().expect("a folder");
    let top = folder.path().canonicalize().expect("a folder");
    let (repository, outside) = (top.join("repository"), top.join("outside"));
    fs::create_dir_all(repository.join(".git")).expect("a folder");
    fs::create_dir(repository.join("drafts")).expect("a folder");
    fs::create_dir(&outside).expect("a folder");
    fs::write(outside.join("secret.md"), "secret").expect("written");
    fs::write(repository.join("x.md"), "own").expect("written");
    Place { _folder: folder, repository, outside }
}

#[track_caller]
fn assert_outside(error: DiskError, link: &Path, target: &Path, root: &Path) {
    let DiskError::Outside(outside) = error else { panic!("{error}") };
    assert_eq!(outside.by, By::Link { link: link.to_owned(), target: target.to_owned() });
    assert_eq!(outside.root, root);
}

#[test]
fn the_error_names_the_link_and_its_target() {
    let Place { repository, outside, .. } = &place();
    symlink(outside.join("secret.md"), repository.join("a.md")).expect("linked");
    symlink("../../outside/secret.md", repository.join("drafts/b.md")).expect("linked");
    symlink("../outside", repository.join("folder")).expect("linked");
    symlink("folder", repository.join("other")).expect("linked");
    symlink("../outside/missing/x.md", repository.join("dangling.md")).expect("linked");
    for (path, link, target) in [
        ("a.md", "a.md", "secret.md"),
        ("drafts/b.md", "drafts/b.md", "secret.md"),
        ("folder/secret.md", "folder", ""),
        ("other/secret.md", "folder", ""),
        ("other/none.md", "folder", ""),
        ("dangling.md", "dangling.md", "missing/x.md"),
    ] {
        let target = if target.is_empty() { outside.clone() } else { outside.join(target) };
        assert_outside(disk::read(&repository.join(path)).expect_err(path), &repository.join(link), &target, repository);
        let WriteError::Disk(error) = atomic::write(&repository.join(path), b"text").expect_err(path) else { panic!("{path}") };
        assert_outside(error, &repository.join(link), &target, repository);
    }
    assert_eq!(fs::read_to_string(outside.join("secret.md")).expect("read"), "secret");
    assert_eq!(fs::read_dir(outside).expect("a folder").count(), 1);
}

#[test]
fn a_permitted_link_leads_where_it_was_permitted_and_nowhere_else() {
    let Place { repository, outside, .. } = &place();
    fs::create_dir(outside.join("drafts")).expect("a folder");
    fs::write(outside.join("drafts/d.md"), "there").expect("written");
    symlink("../secret.md", outside.join("drafts/up.md")).expect("linked");
    symlink("d.md", outside.join("drafts/beside.md")).expect("linked");
    symlink("../outside/secret.md", repository.join("file.md")).expect("linked");
    symlink(outside.join("drafts"), repository.join("there")).expect("linked");
    symlink("../outside/new.md", repository.join("new.md")).expect("linked");
    let permits: Vec<Permit> = ["file.md", "there", "new.md"].map(|link| Permit::of(&repository.join(link)).expect("a link")).into();
    assert_eq!(permits[0], Permit { link: repository.join("file.md"), target: outside.join("secret.md") });
    assert_eq!(permits[2].target, outside.join("new.md"));
    assert_eq!(Permit::of(&repository.join("x.md")), None);
    assert!(disk::read(&repository.join("file.md")).is_err());
    disk::permit(permits);
    assert_eq!(disk::read(&repository.join("file.md")).expect("permitted"), b"secret");
    assert_eq!(disk::read(&repository.join("there/d.md")).expect("permitted"), b"there");
    assert_eq!(disk::read(&repository.join("there/beside.md")).expect("inside of what was permitted"), b"there");
    assert_eq!(disk::list(&repository.join("there")).expect("permitted").len(), 3);
    atomic::write(&repository.join("file.md"), b"written").expect("permitted");
    atomic::write(&repository.join("new.md"), b"new").expect("permitted");
    assert!(repository.join("file.md").is_symlink() && repository.join("new.md").is_symlink());
    assert_eq!(fs::read_to_string(outside.join("secret.md")).expect("read"), "written");
    assert_eq!(fs::read_to_string(outside.join("new.md")).expect("read"), "new");
    // Not further, not back, and not once the link leads elsewhere.
    assert!(matches!(disk::read(&repository.join("there/up.md")), Err(DiskError::Outside(_))));
    assert!(matches!(disk::read(&repository.join("there/../secret.md")), Err(DiskError::Outside(_))));
    fs::write(outside.join("other.md"), "other").expect("written");
    fs::remove_file(repository.join("file.md")).expect("removed");
    symlink("../outside/other.md", repository.join("file.md")).expect("linked");
    assert!(matches!(disk::read(&repository.join("file.md")), Err(DiskError::Outside(_))));
    // Nor for another link to the same place.
    symlink("../outside/secret.md", repository.join("second.md")).expect("linked");
    assert!(matches!(disk::read(&repository.join("second.md")), Err(DiskError::Outside(_))));
    // A target that is a link by now was not permitted.
    fs::remove_file(outside.join("new.md")).expect("removed");
    symlink("other.md", outside.join("new.md")).expect("linked");
    assert!(matches!(disk::read(&repository.join("new.md")), Err(DiskError::Outside(_))));
}

/// A file and a folder are exchanged for links that lead out, as fast as can be, while they are read and written.
#[test]
fn a_link_that_is_exchanged_meanwhile_leads_nowhere() {
    let Place { repository, outside, .. } = &place();
    let is_over = AtomicBool::new(false);
    fs::write(outside.join("x.md"), "secret").expect("written");
    let swap = |name: &str, target: &Path| {
        let (own, link, path) = (repository.join(format!("{name}.own")), repository.join(format!("{name}.link")), repository.join(name));
        while !is_over.load(Ordering::Relaxed) {
            // Each step is one step to whoever looks: a name is a file, a link, or for a moment nothing.
            let _ = symlink(target, &link);
            let _ = fs::rename(&path, &own);
            let _ = fs::rename(&link, &path);
            let _ = fs::rename(&path, &link);
            let _ = fs::rename(&own, &path);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| swap("x.md", &outside.join("secret.md")));
        scope.spawn(|| swap("drafts", outside));
        let (mut read, mut refused) = (0, 0);
        // Until both have been met often enough, whatever the machine is busy with.
        while read < 200 || refused < 200 {
            for path in ["x.md", "drafts/x.md", "drafts/secret.md"] {
                match disk::read(&repository.join(path)) {
                    Ok(bytes) => {
                        assert_ne!(bytes, b"secret", "{path}");
                        read += 1;
                    }
                    Err(_) => refused += 1,
                }
                let _ = atomic::write(&repository.join(path), b"own");
                let _ = disk::create_new(&repository.join("drafts/new.md"), b"own");
                disk::remove(&repository.join("drafts/new.md"));
            }
        }
        is_over.store(true, Ordering::Relaxed);
    });
    assert_eq!(fs::read_to_string(outside.join("secret.md")).expect("read"), "secret");
    assert_eq!(fs::read_to_string(outside.join("x.md")).expect("read"), "secret");
    assert_eq!(fs::read_dir(outside).expect("a folder").count(), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn links_of_proc_are_refused() {
    let Place { repository, .. } = &place();
    for link in ["/proc/self/root/etc/passwd", "/proc/self/cwd/x.md", "/proc/self/exe", "/dev/stdin", "/proc/self/fd/0"] {
        let path = repository.join("magic.md");
        let _ = fs::remove_file(&path);
        symlink(link, &path).expect("linked");
        assert!(matches!(disk::read(&path), Err(DiskError::Outside(_))), "{link}");
        assert!(matches!(atomic::write(&path, b"x"), Err(WriteError::Disk(DiskError::Outside(_)))), "{link}");
    }
}

/// What only a person on this machine, or an archive that is unpacked by root, can put there.
#[test]
fn sockets_pipes_and_devices_are_not_opened() {
    let Place { repository, .. } = &place();
    let [socket, pipe, device] = ["socket.md", "pipe.md", "device.md"].map(|name| repository.join(name));
    let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let mut special = vec![socket, pipe];
    if Command::new("mknod").arg(&device).args(["c", "1", "5"]).output().expect("mknod").status.success() {
        special.push(device);
    } else {
        eprintln!("this user may make no device: only a socket and a pipe are tried");
    }
    for path in special {
        assert!(matches!(disk::read(&path), Err(DiskError::NotAFile(_))), "{}", path.display());
        assert!(matches!(atomic::write(&path, b"x"), Err(WriteError::NotAFile(_))), "{}", path.display());
        assert!(matches!(atomic::ensure_writable(&path), Err(WriteError::NotAFile(_))), "{}", path.display());
        assert!(disk::open_lock(&path, None).is_err(), "{}", path.display());
    }
}

#[test]
fn names_that_a_record_holds_stay_inside() {
    let Place { repository, outside, .. } = &place();
    let record = repository.join("drafts/x.record.toml");
    for name in ["x.ko.md", "../x.md", "./a/../x.md", "new/deep/x.md"] {
        assert_eq!(disk::beside(&record, name).expect(name), repository.join("drafts").join(name));
    }
    let absolute = repository.join("x.md");
    assert_eq!(disk::beside(&record, absolute.to_str().expect("text")).expect("inside"), absolute);
    let there_and_back = format!("../../{}/x.md", repository.file_name().expect("a name").to_string_lossy());
    let up = format!("{}/../../etc/passwd", repository.display());
    for name in [
        "../../outside/secret.md",
        "/etc/passwd",
        &up,
        &there_and_back,
        "a/../../../x.md",
        &outside.join("secret.md").display().to_string(),
    ] {
        let error = disk::beside(&record, name).expect_err(name);
        assert!(matches!(&error, DiskError::Outside(outside) if matches!(outside.by, By::Name { .. })), "{error}");
    }
}

#[test]
fn nothing_is_read_beyond_a_limit() {
    let Place { repository, .. } = &place();
    for (name, limit) in [("x.md", disk::LARGEST_TEXT), ("x.toml", disk::LARGEST_TOML), ("x.TOML", disk::LARGEST_TOML)] {
        let path = repository.join(name);
        fs::File::create(&path).and_then(|file| file.set_len(limit + 1)).expect("a file");
        let error = files::read(&path).expect_err("too large");
        assert!(matches!(error, FileError::Disk(DiskError::TooLarge { .. })), "{error}");
    }
    // A stream that says it is short and goes on is stopped as well.
    let error = disk::bounded(std::io::repeat(0), Path::new("x"), 10, 1000).expect_err("endless");
    assert_eq!(error.to_string(), "x is larger; at most 0 MB are read");
    assert_eq!(disk::bounded(&[7; 1000][..], Path::new("x"), 10, 1000).expect("read").len(), 1000);
}

#[test]
fn the_root_is_the_nearest_repository() {
    let Place { repository, .. } = &place();
    let root = Root::of(&repository.join("drafts")).expect("a root");
    assert_eq!((root.path(), root.is_repository()), (repository.clone(), true));
}

fn is_root() -> bool {
    tempfile::tempfile().and_then(|file| file.metadata()).expect("a file").uid() == 0
}

/// Another user that the tests may act as, and the group.
const OTHER: (u32, u32) = (12345, 12346);

/// A digest of the other user in a folder of theirs.
fn digest_of_other() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let digest = folder.path().join("x.md");
    fs::write(&digest, "- x\n").expect("written");
    fs::set_permissions(&digest, fs::Permissions::from_mode(0o664)).expect("set");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("set");
    chown(&digest, Some(OTHER.0), Some(OTHER.1)).expect("root may");
    chown(folder.path(), Some(OTHER.0), Some(OTHER.1)).expect("root may");
    (folder, digest)
}

/// What a run by root leaves belongs to whoever the digest belongs to, who can go on. Only root can try: for others the system has no
/// such case, and [`what_is_made_is_shared_like_the_digest`] looks at the permissions.
#[test]
fn a_run_with_sudo_locks_nobody_out() {
    if !is_root() {
        eprintln!("not run as root: who owns the lock is not looked at");
        return;
    }
    let (folder, digest) = digest_of_other();
    drop(Lock::acquire(folder.path(), &digest).expect("free"));
    let locks = folder.path().join(".translate/locks");
    let lock = fs::read_dir(&locks).expect("a folder").next().expect("a lock").expect("an entry").path();
    for path in [folder.path().join(".translate"), locks.clone(), lock.clone(), folder.path().join(".translate/.gitignore")] {
        let data = fs::metadata(&path).expect("data");
        assert_eq!((data.uid(), data.gid()), OTHER, "{}", path.display());
    }
    assert_eq!(fs::metadata(&lock).expect("data").permissions().mode() & 0o777, 0o664);
    assert_eq!(as_other("free", &digest), "free");
    // What an older version left: the next run by root gives it away.
    for path in [&locks, &lock] {
        chown(path, Some(0), Some(0)).expect("root may");
    }
    fs::set_permissions(&lock, fs::Permissions::from_mode(0o600)).expect("set");
    let told = as_other("locked out", &digest);
    assert!(told.contains("cannot be taken: Permission denied"), "{told}");
    drop(Lock::acquire(folder.path(), &digest).expect("free"));
    assert_eq!(as_other("free", &digest), "free");
    // One that may be read can be held.
    chown(&lock, Some(0), Some(0)).expect("root may");
    fs::set_permissions(&lock, fs::Permissions::from_mode(0o644)).expect("set");
    assert_eq!(as_other("free", &digest), "free");
    // A Korean file that root makes is the team's as well.
    atomic::write(&folder.path().join("x.ko.md"), b"- x\n").expect("written");
    assert_eq!(fs::metadata(folder.path().join("x.ko.md")).expect("data").uid(), OTHER.0);
}

/// A second name of somebody's file must not be given away, nor emptied.
#[test]
fn a_lock_with_a_second_name_is_refused() {
    let Place { repository, outside, .. } = &place();
    let digest = repository.join("x.md");
    drop(Lock::acquire(repository, &digest).expect("free"));
    let locks = repository.join(".translate/locks");
    let lock = fs::read_dir(&locks).expect("a folder").next().expect("a lock").expect("an entry").path();
    fs::remove_file(&lock).expect("removed");
    fs::hard_link(outside.join("secret.md"), &lock).expect("linked");
    let error = Lock::acquire(repository, &digest).expect_err("shared");
    assert!(matches!(error, LockError::Disk(DiskError::Shared(_))), "{error}");
    assert_eq!(fs::read_to_string(outside.join("secret.md")).expect("read"), "secret");
}

#[test]
fn what_is_made_is_shared_like_the_digest() {
    for (mode, file, folder) in [(0o664, 0o664, 0o775), (0o644, 0o644, 0o755), (0o600, 0o600, 0o700), (0o440, 0o640, 0o750)] {
        let place = place();
        let digest = place.repository.join("x.md");
        fs::set_permissions(&digest, fs::Permissions::from_mode(mode)).expect("set");
        drop(Lock::acquire(&place.repository, &digest).expect("free"));
        let mode = |path: &Path| fs::metadata(path).expect("data").permissions().mode() & 0o777;
        let locks = place.repository.join(".translate/locks");
        let lock = fs::read_dir(&locks).expect("a folder").next().expect("a lock").expect("an entry").path();
        assert_eq!((mode(&lock), mode(&locks), mode(&place.repository.join(".translate"))), (file, folder, folder));
    }
}

/// What a process of the other user says of the digest's lock.
fn as_other(case: &str, digest: &Path) -> String {
    // The name of a test as its binary knows it: with the module, if the file is one of several.
    let part = module_path!().split_once("::").map_or_else(String::new, |(_, module)| format!("{module}::"));
    let part = format!("{part}part_that_takes_a_lock");
    let mut command = Command::new("setpriv");
    command.args([&format!("--reuid={}", OTHER.0), &format!("--regid={}", OTHER.1), "--clear-groups", "--"]);
    // The binary of these tests may lie where the other user cannot look.
    let copy = digest.with_file_name("part");
    let _ = fs::remove_file(&copy);
    fs::copy(std::env::current_exe().expect("this binary"), &copy).expect("copied");
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).expect("set");
    command.arg(&copy).args(["--exact", &part, "--ignored", "--nocapture"]).env("PART_PATH", digest);
    let output = command.output().unwrap_or_else(|error| panic!("{case}: setpriv (util-linux): {error}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().find_map(|line| line.strip_prefix("told: ")).unwrap_or_else(|| panic!("{case}: {output:?}")).to_owned()
}

#[test]
#[ignore = "a part of the tests of locks, played by another process"]
fn part_that_takes_a_lock() {
    let Some(digest) = std::env::var_os("PART_PATH").map(PathBuf::from) else { return };
    match Lock::acquire(digest.parent().expect("a folder"), &digest) {
        Ok(_) => println!("\ntold: free"),
        Err(error) => println!("\ntold: {error}"),
    }
}

/// A library in front of the system's own answers every lock as a network file system without locks does.
#[cfg(target_os = "linux")]
#[test]
fn a_file_system_without_locks_is_named() {
    let Place { repository, .. } = &place();
    for (number, word) in [("ENOLCK", "No locks available"), ("ENOTSUP", "not supported"), ("ENOSYS", "not implemented")] {
        let source = repository.join("locks.c");
        let library = repository.join("locks.so");
        fs::write(&source, format!("#include <errno.h>\nint flock(int file, int how) {{ errno = {number}; return -1; }}\n"))
            .expect("written");
        let made =
            Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).status().expect("cc, which building needs too");
        assert!(made.success());
        let mut command = Command::new(env!("CARGO_BIN_EXE_translate"));
        command.arg("x.md").current_dir(repository).env("LD_PRELOAD", &library).env("TRANSLATE_CONFIG_HOME", repository);
        let output = command.output().expect("the binary");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("error: the file system of ") && told.contains(" does not support locks: "), "{number}: {told}");
        assert!(told.contains(word) && told.contains("hint: move the repository to a local disk"), "{number}: {told}");
        assert_eq!(output.status.code(), Some(2));
    }
}
