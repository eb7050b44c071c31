//! One run at a time on one digest.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::atomic::short;
use crate::digest::hash;

/// Holds a digest until it is dropped or the process ends, however it ends: the lock is the operating system's.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Why a digest could not be held.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process holds it.
    #[error("another run{} is working on {}", .0.as_ref().map(|pid| format!(" (process {pid})")).unwrap_or_default(), .1.display())]
    Held(Option<String>, PathBuf),
    /// The lock file cannot be made.
    #[error("the lock {path} cannot be taken: {1}", path = .0.display())]
    Failed(PathBuf, io::Error),
}

impl Lock {
    /// Takes the lock of `digest`, kept in `.translate/locks/` under `root`. Links to one digest share its lock.
    ///
    /// # Errors
    /// When another run holds it, or the folder cannot be written.
    pub fn acquire(root: &Path, digest: &Path) -> Result<Self, LockError> {
        Self::acquire_as(root, digest, None)
    }

    /// [`Lock::acquire`] by someone who is named to whoever is refused.
    ///
    /// # Errors
    /// As [`Lock::acquire`].
    pub fn acquire_as(root: &Path, digest: &Path, holder: Option<&str>) -> Result<Self, LockError> {
        let real = fs::canonicalize(digest).unwrap_or_else(|_| digest.to_owned());
        let name = real.file_name().unwrap_or_default().to_string_lossy();
        let path = root.join(".translate/locks").join(format!("{}-{}.lock", short(&name), hash(&real.to_string_lossy())));
        let failed = |error| LockError::Failed(path.clone(), error);
        prepare(root).map_err(failed)?;
        let mut file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let read = file.read_to_string(&mut holder);
                let holder = read.ok().map(|_| holder.trim().to_owned()).filter(|pid| !pid.is_empty());
                return Err(LockError::Held(holder, digest.to_owned()));
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        // The number serves the message alone: a run is not refused for want of it.
        let _ = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}{}", std::process::id(), holder.map(|name| format!(", {name}")).unwrap_or_default()));
        Ok(Self { _file: file })
    }
}

/// Makes `.translate/`, which git is told to ignore.
fn prepare(root: &Path) -> io::Result<()> {
    let folder = root.join(".translate");
    fs::create_dir_all(folder.join("locks"))?;
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        fs::write(ignore, "*\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
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
