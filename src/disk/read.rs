//! Reading: regular files only, never waiting, never beyond a limit.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::Path;

use cap_fs_ext::{FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
use cap_std::fs::{File, OpenOptions};

use super::root::Place;
use super::walk::{Spot, Walk};
use super::{DiskError, Owner};

/// The most bytes of a digest, a table of terms or any other text.
pub const LARGEST_TEXT: u64 = 256 * 1024 * 1024;

/// The most bytes of a TOML file: a record, a glossary, settings.
pub const LARGEST_TOML: u64 = 64 * 1024 * 1024;

/// Attempts to read a file that is replaced between look-up and opening.
const TRIES: usize = 3;

/// The bytes of a file.
///
/// # Errors
/// If it does not exist, leads out of its root, is not a regular file, or is too large.
pub fn read(path: &Path) -> Result<Vec<u8>, DiskError> {
    let mut tries = 0;
    loop {
        tries += 1;
        match open(&Spot::of(path)?, path) {
            // It was replaced meanwhile, perhaps by a link.
            Err(DiskError::Failed(..)) if tries < TRIES && Spot::of(path)?.data.is_some() => {}
            opened => return contents(opened?, path),
        }
    }
}

/// The bytes of a file of the user's own configuration, which may be a link to anywhere.
///
/// # Errors
/// As [`read()`], without a root.
pub fn read_of_user(path: &Path) -> Result<Vec<u8>, DiskError> {
    let failed = |error| DiskError::Failed(path.to_owned(), error);
    let data = path.metadata().map_err(failed)?;
    refuse_special(path, data.is_dir(), data.is_file())?;
    let mut options = OpenOptions::new();
    options.read(true).nonblock(true);
    let file = File::open_ambient_with(path, &options, ambient_authority()).map_err(failed)?;
    contents(file, path)
}

pub(super) fn open(spot: &Spot, path: &Path) -> Result<File, DiskError> {
    // Other kinds are not opened at all: that has effects on some devices.
    if let Some(data) = &spot.data {
        refuse_special(path, data.is_dir(), data.is_file())?;
    }
    let mut options = OpenOptions::new();
    options.read(true).follow(FollowSymlinks::No).nonblock(true);
    spot.dir.open_with(&spot.name, &options).map_err(|error| DiskError::Failed(path.to_owned(), error))
}

fn refuse_special(path: &Path, is_folder: bool, is_file: bool) -> Result<(), DiskError> {
    match (is_folder, is_file) {
        (true, _) => Err(DiskError::Folder(path.to_owned())),
        (_, false) => Err(DiskError::NotAFile(path.to_owned())),
        _ => Ok(()),
    }
}

/// The bytes of an open file, if it is a regular one within the limit.
pub(super) fn contents(file: File, path: &Path) -> Result<Vec<u8>, DiskError> {
    let data = file.metadata().map_err(|error| DiskError::Failed(path.to_owned(), error))?;
    refuse_special(path, data.is_dir(), data.is_file())?;
    let limit = if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) { LARGEST_TOML } else { LARGEST_TEXT };
    bounded(file, path, data.len(), limit)
}

/// All bytes of a stream of about `size` bytes; `path` names it in messages.
///
/// # Errors
/// If there are more than `limit` bytes, if the memory is too small, or if reading fails.
pub fn bounded(stream: impl Read, path: &Path, size: u64, limit: u64) -> Result<Vec<u8>, DiskError> {
    if size > limit {
        return Err(DiskError::TooLarge { path: path.to_owned(), size: Some(size), limit });
    }
    let memory = || DiskError::Memory(path.to_owned());
    let mut bytes = Vec::new();
    let room = usize::try_from(size).map_err(|_| memory())?;
    bytes.try_reserve_exact(room.saturating_add(1)).map_err(|_| memory())?;
    // The file may grow meanwhile.
    stream.take(limit + 1).read_to_end(&mut bytes).map_err(|error| match error.kind() {
        io::ErrorKind::OutOfMemory => memory(),
        _ => DiskError::Failed(path.to_owned(), error),
    })?;
    match u64::try_from(bytes.len()) {
        Ok(read) if read <= limit => Ok(bytes),
        _ => Err(DiskError::TooLarge { path: path.to_owned(), size: None, limit }),
    }
}

/// Kind of an entry of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A device, a pipe, a socket.
    Other,
}

/// An entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name.
    pub name: OsString,
    /// The kind, of a link the link's own.
    pub kind: Kind,
}

/// The entries of a folder, sorted by name.
///
/// # Errors
/// If there is no such folder, the path leads out of its root, or the folder cannot be read.
pub fn list(folder: &Path) -> Result<Vec<Entry>, DiskError> {
    let failed = |error| DiskError::Failed(folder.to_owned(), error);
    let (dir, _) = Walk::to_folder(&Place::of_folder(folder)?, folder)?.into_dir()?;
    let mut entries = Vec::new();
    for entry in dir.entries().map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = match entry.file_type().map_err(failed)? {
            kind if kind.is_symlink() => Kind::Link,
            kind if kind.is_dir() => Kind::Folder,
            kind if kind.is_file() => Kind::File,
            _ => Kind::Other,
        };
        entries.push(Entry { name: entry.file_name(), kind });
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

/// The owner of a file; `None` if there is no file.
pub fn owner(path: &Path) -> Option<Owner> {
    Spot::of(path).ok()?.data.as_ref().map(Owner::of)
}
