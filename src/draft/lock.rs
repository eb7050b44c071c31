//! One run at a time on one digest.

use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::atomic::short;
use crate::digest::hash;
use crate::disk::{self, DiskError, TryLockError};

/// Holds a digest until it is dropped or the process ends, however it ends: the lock is the operating system's.
#[derive(Debug)]
pub struct Lock {
    _file: disk::File,
}

/// Why a digest could not be held.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process holds it.
    #[error("another run{} is working on {}", .0.as_ref().map(|pid| format!(" (process {pid})")).unwrap_or_default(), .1.display())]
    Held(Option<String>, PathBuf),
    /// The file system does not support locks.
    #[error("the file system of {path} does not support locks: {1}", path = .0.display())]
    Unsupported(PathBuf, io::Error),
    /// The lock file is a link or not a regular file.
    #[error(transparent)]
    Disk(DiskError),
    /// The lock file cannot be made.
    #[error("the lock {path} cannot be taken: {1}", path = .0.display())]
    Failed(PathBuf, io::Error),
}

/// Most bytes that are read of another run's lock file.
const LONGEST_HOLDER: u64 = 200;

impl Lock {
    /// Takes the lock of `digest`, kept in `.translate/locks/` under `root`. Links to one digest share its lock.
    ///
    /// # Errors
    /// When another run holds it, the folder cannot be written, or a link takes the place of the folder or the lock.
    pub fn acquire(root: &Path, digest: &Path) -> Result<Self, LockError> {
        Self::acquire_as(root, digest, None)
    }

    /// [`Lock::acquire`] by someone who is named to whoever is refused.
    ///
    /// # Errors
    /// As [`Lock::acquire`].
    pub fn acquire_as(root: &Path, digest: &Path, holder: Option<&str>) -> Result<Self, LockError> {
        let real = disk::real(digest);
        let name = real.file_name().unwrap_or_default().to_string_lossy();
        let owner = disk::owner(digest);
        let folder = disk::create_folders(root, &["locks"], owner)?;
        let path = folder.join(format!("{}-{}.lock", short(&name), hash(&real.to_string_lossy())));
        let mut file = disk::open_lock(&path, owner)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LockError::Held(holder_of(file), digest.to_owned())),
            Err(TryLockError::Error(error)) if disk::is_without_locks(&error) => return Err(LockError::Unsupported(path, error)),
            Err(TryLockError::Error(error)) => return Err(LockError::Failed(path, error)),
        }
        // The number serves the message alone: a run is not refused for want of it.
        let _ = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}{}", std::process::id(), holder.map(|name| format!(", {name}")).unwrap_or_default()));
        Ok(Self { _file: file })
    }
}

/// The holder, as written in the lock file.
fn holder_of(file: disk::File) -> Option<String> {
    let mut holder = String::new();
    file.take(LONGEST_HOLDER).read_to_string(&mut holder).ok()?;
    holder.lines().next().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty())
}

impl From<DiskError> for LockError {
    fn from(error: DiskError) -> Self {
        match error {
            DiskError::Failed(path, error) => Self::Failed(path, error),
            error => Self::Disk(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_second_run_is_told_who_holds_the_digest() {
        let folder = tempfile::tempdir().expect("a folder");
        let digest = folder.path().join("x.md");
        fs::write(&digest, "").expect("written");
        let first = Lock::acquire(folder.path(), &digest).expect("free");
        let second = Lock::acquire(folder.path(), &digest).expect_err("held");
        assert!(second.to_string().contains(&format!("process {}", std::process::id())));
        drop(first);
        Lock::acquire(folder.path(), &digest).expect("free again");
    }
}
