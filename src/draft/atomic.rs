//! Files written whole or not at all.

use std::path::Path;

use crate::digest::hash;
use crate::disk::Target;
pub use crate::disk::{WriteError, rename};

/// Marks our temporary files, so that those of a dead run can be told from other people's.
const MARK: &str = ".translate-";

/// Replaces the contents of `path`: a temporary file in the same folder, flushed to the disk, takes its place in one step. A
/// symbolic link inside of the root stays, and what it points to is replaced; permissions are kept, and the owner where the system lets
/// us.
///
/// # Errors
/// When the folder or the disk does not take the file, when `path` is no regular file, or when it leads out of its root.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let target = Target::of(path)?;
    target.replace(bytes, &prefix(&target))
}

/// [`write()`] for a file of the user's own, whose path and links are theirs.
///
/// # Errors
/// As [`write()`].
pub fn write_of_user(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let target = Target::of_user(path)?;
    target.replace(bytes, &prefix(&target))
}

/// Like [`write()`], but leaves a file alone that has these bytes already. Tells whether it wrote.
///
/// # Errors
/// As [`write()`].
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    let target = Target::of(path)?;
    if target.holds(bytes) {
        return Ok(false);
    }
    target.replace(bytes, &prefix(&target)).map(|()| true)
}

/// Whether `path` could be written, found out before work is spent on what goes there. Permission bits count even for a user
/// who could override them: they were set for a reason.
///
/// # Errors
/// When the file is read-only or no regular file, when its folder takes no files, or when it leads out of its root.
pub fn ensure_writable(path: &Path) -> Result<(), WriteError> {
    let target = Target::of(path)?;
    target.ensure_writable(&prefix(&target))
}

/// Removes the temporary files that runs which died left beside `path`. To be called while no other run writes it.
pub fn sweep(path: &Path) {
    // An error of the path is reported by the read or write that follows.
    if let Ok(target) = Target::of(path) {
        target.sweep(&prefix(&target));
    }
}

/// The beginning of a file name, short enough to be part of another one: file systems allow 255 bytes.
pub(super) fn short(name: &str) -> &str {
    let end = name.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|&end| end <= 100).last();
    &name[..end.unwrap_or(0)]
}

/// How the temporary files of `target`, and of no other file, begin.
fn prefix(target: &Target) -> String {
    let name = target.name().to_string_lossy();
    match short(&name) {
        whole if whole == name => format!(".{name}{MARK}"),
        begin => format!(".{begin}-{}{MARK}", hash(&name)),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

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
