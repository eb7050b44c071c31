//! Files written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Marks our temporary files, so that those of a dead run can be told from other people's.
const MARK: &str = ".translate-";

/// Why a file could not be written. The file that was there is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Permission bits forbid it.
    #[error("{} is read-only", .0.display())]
    ReadOnly(PathBuf),
    /// The folder takes no new files.
    #[error("the folder {folder} cannot be written to: {1}", folder = .0.display())]
    Folder(PathBuf, io::Error),
    /// Anything else, a full disk among it.
    #[error("{path} cannot be written: {1}", path = .0.display())]
    Failed(PathBuf, io::Error),
}

/// Replaces the contents of `path`: a temporary file in the same folder, flushed to the disk, takes its place in one step. A
/// symbolic link stays, and what it points to is replaced; permissions are kept.
///
/// # Errors
/// When the folder or the disk does not take the file.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let target = target(path);
    let failed = |error| WriteError::Failed(path.to_owned(), error);
    let folder = folder(&target);
    let mut temporary = tempfile::Builder::new()
        .prefix(&prefix(&target))
        .suffix(".tmp")
        .tempfile_in(folder)
        .map_err(|error| WriteError::Folder(folder.to_owned(), error))?;
    temporary.write_all(bytes).map_err(failed)?;
    set_permissions(&target, temporary.as_file()).map_err(failed)?;
    temporary.as_file().sync_all().map_err(failed)?;
    temporary.persist(&target).map_err(|error| failed(error.error))?;
    sync_folder(folder);
    Ok(())
}

/// Like [`write()`], but leaves a file alone that has these bytes already. Tells whether it wrote.
///
/// # Errors
/// As [`write()`].
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    write(path, bytes).map(|()| true)
}

/// Whether `path` could be written, found out before work is spent on what goes there. Permission bits count even for a user
/// who could override them: they were set for a reason.
///
/// # Errors
/// When the file is read-only or its folder takes no files.
pub fn ensure_writable(path: &Path) -> Result<(), WriteError> {
    let target = target(path);
    match fs::metadata(&target) {
        Ok(data) if data.is_dir() => return Err(WriteError::Failed(path.to_owned(), io::ErrorKind::IsADirectory.into())),
        Ok(data) if data.permissions().readonly() => return Err(WriteError::ReadOnly(path.to_owned())),
        _ => {}
    }
    let folder = folder(&target);
    tempfile::Builder::new()
        .prefix(&prefix(&target))
        .suffix(".tmp")
        .tempfile_in(folder)
        .map(drop)
        .map_err(|error| WriteError::Folder(folder.to_owned(), error))
}

/// Removes the temporary files that runs which died left beside `path`. To be called while no other run writes it.
pub fn sweep(path: &Path) {
    let target = target(path);
    let prefix = prefix(&target);
    for entry in fs::read_dir(folder(&target)).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(&prefix) && name.ends_with(".tmp") {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    // File systems allow 255 bytes; Hangul takes three each.
    let name: String = name.chars().take(60).collect();
    format!(".{name}{MARK}")
}

/// What a path stands for, symbolic links followed, also where the last one points to nothing yet.
fn target(path: &Path) -> PathBuf {
    if let Ok(real) = fs::canonicalize(path) {
        return real;
    }
    match fs::read_link(path) {
        Ok(link) if link.is_absolute() => link,
        Ok(link) => folder(path).join(link),
        Err(_) => path.to_owned(),
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A replaced file keeps its permissions; a new one gets those that a plain create would give it.
fn set_permissions(target: &Path, temporary: &File) -> io::Result<()> {
    if let Ok(data) = fs::metadata(target) {
        return temporary.set_permissions(data.permissions());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The mask cannot be read without setting it, so a file made the plain way tells it.
        let probe = tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o666)).tempfile_in(folder(target))?;
        temporary.set_permissions(probe.as_file().metadata()?.permissions())?;
    }
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
