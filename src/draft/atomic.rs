//! Files written whole or not at all.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::digest::hash;

/// Marks our temporary files, so that those of a dead run can be told from other people's.
const MARK: &str = ".translate-";

/// Why a file could not be written. The file that was there is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Permission bits forbid it.
    #[error("{} is read-only", .0.display())]
    ReadOnly(PathBuf),
    /// A folder, a device or a pipe stands there, which a file must not replace.
    #[error("{} is not a regular file", .0.display())]
    NotAFile(PathBuf),
    /// The folder takes no new files.
    #[error("the folder {folder} cannot be written to: {1}", folder = .0.display())]
    Folder(PathBuf, io::Error),
    /// Anything else, a full disk among it.
    #[error("{path} cannot be written: {1}", path = .0.display())]
    Failed(PathBuf, io::Error),
}

/// Replaces the contents of `path`: a temporary file in the same folder, flushed to the disk, takes its place in one step. A
/// symbolic link stays, and what it points to is replaced; permissions are kept, and the owner where the system lets us.
///
/// # Errors
/// When the folder or the disk does not take the file, or when `path` is no regular file.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let (target, replaced) = target(path)?;
    let failed = |error| WriteError::Failed(path.to_owned(), error);
    let mut temporary = temporary(&target, replaced.is_none())?;
    temporary.as_file_mut().write_all(bytes).map_err(failed)?;
    if let Some(replaced) = &replaced {
        keep_owner(replaced, temporary.as_file());
        temporary.as_file().set_permissions(replaced.permissions()).map_err(failed)?;
    }
    temporary.as_file().sync_all().map_err(failed)?;
    temporary.persist(&target).map_err(|error| failed(error.error))?;
    sync_folder(folder(&target));
    Ok(())
}

/// Like [`write()`], but leaves a file alone that has these bytes already. Tells whether it wrote.
///
/// # Errors
/// As [`write()`].
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    if fs::metadata(path).is_ok_and(|data| data.is_file()) && fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    write(path, bytes).map(|()| true)
}

/// Whether `path` could be written, found out before work is spent on what goes there. Permission bits count even for a user
/// who could override them: they were set for a reason.
///
/// # Errors
/// When the file is read-only or no regular file, or its folder takes no files.
pub fn ensure_writable(path: &Path) -> Result<(), WriteError> {
    let (target, replaced) = target(path)?;
    if let Some(data) = replaced {
        // A rename asks nobody whether the file itself may be written, so this does. Nothing is written here.
        let refused = || File::options().append(true).open(&target).is_err_and(|e| e.kind() == io::ErrorKind::PermissionDenied);
        if data.permissions().readonly() || refused() {
            return Err(WriteError::ReadOnly(path.to_owned()));
        }
    }
    let folder = folder(&target);
    // On Windows the attribute says nothing about a folder.
    if cfg!(unix) && fs::metadata(folder).is_ok_and(|data| data.permissions().readonly()) {
        return Err(WriteError::Folder(folder.to_owned(), io::ErrorKind::PermissionDenied.into()));
    }
    temporary(&target, true).map(drop)
}

/// Removes the temporary files that runs which died left beside `path`. To be called while no other run writes it.
pub fn sweep(path: &Path) {
    let Ok((target, _)) = target(path) else { return };
    let prefix = prefix(&target);
    for entry in fs::read_dir(folder(&target)).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(&prefix) && name.ends_with(".tmp") {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The beginning of a file name, short enough to be part of another one: file systems allow 255 bytes.
pub(super) fn short(name: &str) -> &str {
    let end = name.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|&end| end <= 100).last();
    &name[..end.unwrap_or(0)]
}

/// How the temporary files of `target`, and of no other file, begin.
fn prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    match short(&name) {
        whole if whole == name => format!(".{name}{MARK}"),
        begin => format!(".{begin}-{}{MARK}", hash(&name)),
    }
}

/// An empty file beside `target` that goes when it is dropped. A new file has the permissions that a plain create gives it;
/// one that replaces another is its owner's alone until it has those of the other.
fn temporary(target: &Path, new: bool) -> Result<NamedTempFile, WriteError> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    // The system takes the user's mask off.
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, if new { 0o666 } else { 0o600 });
    #[cfg(not(unix))]
    let _ = new;
    let folder = folder(target);
    let made = tempfile::Builder::new().prefix(&prefix(target)).suffix(".tmp").make_in(folder, |path| options.open(path));
    made.map_err(|error| WriteError::Folder(folder.to_owned(), error))
}

/// The most links that are followed, as on Linux.
const MOST_LINKS: usize = 40;

/// What a path stands for, symbolic links followed, also where the last one points to nothing yet; and what is known of the
/// file there, if there is one. Links are read one by one so that a path without any stays as the user gave it.
fn target(path: &Path) -> Result<(PathBuf, Option<Metadata>), WriteError> {
    let mut target = path.to_owned();
    let mut followed = 0;
    while let Ok(link) = fs::read_link(&target) {
        followed += 1;
        if followed > MOST_LINKS {
            return Err(WriteError::Failed(path.to_owned(), io::Error::other("its symbolic links lead in a circle")));
        }
        target = folder(&target).join(link);
    }
    match fs::metadata(&target) {
        Ok(data) if data.is_file() => Ok((target, Some(data))),
        Ok(_) => Err(WriteError::NotAFile(path.to_owned())),
        // Whatever else is wrong shows when the temporary file is made.
        Err(_) => Ok((target, None)),
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A run with sudo must not take the team's files. Where the owner cannot be kept, the group may still be.
#[cfg(unix)]
fn keep_owner(replaced: &Metadata, temporary: &File) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let Ok(now) = temporary.metadata() else { return };
    if (now.uid(), now.gid()) != (replaced.uid(), replaced.gid()) && fchown(temporary, Some(replaced.uid()), Some(replaced.gid())).is_err()
    {
        let _ = fchown(temporary, None, Some(replaced.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &Metadata, _: &File) {}

/// Gives a file another name in its folder, which no crash takes back. What had that name is replaced.
///
/// # Errors
/// When the folder cannot be written.
pub fn rename(from: &Path, to: &Path) -> Result<(), WriteError> {
    fs::rename(from, to).map_err(|error| WriteError::Failed(to.to_owned(), error))?;
    sync_folder(folder(to));
    Ok(())
}

/// Makes the rename itself last through a crash; where a folder cannot be opened, the system does what it does.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_temporary_files_are_swept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.ko.md");
        let ours = folder.path().join(".x.ko.md.translate-abc.tmp");
        let theirs = folder.path().join(".y.ko.md.translate-abc.tmp");
        fs::write(&ours, "").expect("written");
        fs::write(&theirs, "").expect("written");
        sweep(&path);
        assert!(!ours.exists() && theirs.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_permissions_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (real, link) = (folder.path().join("real.md"), folder.path().join("link.md"));
        fs::write(&real, "old").expect("written");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
        symlink("real.md", &link).expect("linked");
        write(&link, b"new").expect("written");
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&real).expect("read"), "new");
        assert_eq!(fs::metadata(&real).expect("data").permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn a_read_only_file_is_refused_before_any_work() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.ko.md");
        fs::write(&path, "old").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("set");
        assert!(matches!(ensure_writable(&path), Err(WriteError::ReadOnly(_))));
    }
}
