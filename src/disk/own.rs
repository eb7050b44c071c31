//! The tool's own files in `.translate/`: created without following links, and usable by everyone who may edit the digests.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::fs::{Dir, OpenOptions};

use super::replace::{give_to_folder, opened};
use super::root::Place;
use super::walk::{Spot, Walk};
use super::{DiskError, OWN_FOLDER, Owner, platform};

/// Creates `.translate/` in `root`, with a `.gitignore`, and in it the nested folders `inner`. New folders belong to `owner` if the
/// system allows it: a run with sudo must not lock the team out. Returns the path of the last folder.
///
/// # Errors
/// If a link is in the place of a folder, or the system refuses.
pub fn create_folders(root: &Path, inner: &[&str], owner: Option<Owner>) -> Result<PathBuf, DiskError> {
    let (mut dir, _) = Walk::to_folder(&Place::of_folder(root)?, root)?.into_dir()?;
    let mut path = root.to_owned();
    for name in std::iter::once(OWN_FOLDER).chain(inner.iter().copied()) {
        path.push(name);
        dir = create_folder(&dir, name, &path, owner)?;
        if name == OWN_FOLDER {
            ignore(&dir, owner);
        }
    }
    Ok(path)
}

fn create_folder(dir: &Dir, name: &str, path: &Path, owner: Option<Owner>) -> Result<Dir, DiskError> {
    let made = dir.create_dir_with(name, &platform::folder_with(false));
    let error = match dir.open_dir_nofollow(name) {
        Ok(folder) => {
            if let Ok(file) = opened(&folder) {
                give(&file, dir, owner, made.is_ok(), true);
            }
            return Ok(folder);
        }
        Err(error) => error,
    };
    match dir.symlink_metadata(name) {
        Ok(data) if data.is_symlink() => Err(DiskError::Linked(path.to_owned(), dir.read_link_contents(name).unwrap_or_default())),
        _ => Err(DiskError::Failed(path.to_owned(), made.err().unwrap_or(error))),
    }
}

/// Writes the `.gitignore` of the folder, unless something has that name already.
fn ignore(dir: &Dir, owner: Option<Owner>) {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).follow(FollowSymlinks::No);
    // The tool works as well where git sees the folder.
    if let Ok(mut file) = dir.open_with(".gitignore", &options).map(cap_std::fs::File::into_std) {
        let _ = file.write_all(b"*\n");
        give(&file, dir, owner, true, false);
    }
}

/// Opens or creates a lock file. A file that this user may only read is opened for reading, which is enough for a lock.
///
/// # Errors
/// If the path leads through a link, the file is not a regular one or has a second name (a hard link), or the system refuses.
pub fn open_lock(path: &Path, owner: Option<Owner>) -> Result<std::fs::File, DiskError> {
    let spot = Spot::of(path)?;
    let failed = |error| DiskError::Failed(path.to_owned(), error);
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true).follow(FollowSymlinks::No);
    let made = spot.dir.open_with(&spot.name, &options);
    if let Ok(file) = made {
        let file = file.into_std();
        give(&file, &spot.dir, owner, true, false);
        return Ok(file);
    }
    match spot.dir.symlink_metadata(&spot.name) {
        Ok(data) if !data.is_file() => return Err(DiskError::NotAFile(path.to_owned())),
        // A pipe would wait for somebody at its other end.
        Ok(_) => options.create_new(false).nonblock(true),
        Err(_) => return Err(failed(made.err().unwrap_or(io::ErrorKind::NotFound.into()))),
    };
    let file = match spot.dir.open_with(&spot.name, &options) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => spot.dir.open_with(&spot.name, options.write(false)),
        opened => opened,
    };
    let file = file.map_err(failed)?;
    let data = file.metadata().map_err(failed)?;
    match () {
        () if !data.is_file() => Err(DiskError::NotAFile(path.to_owned())),
        () if !platform::has_one_name(&data) => Err(DiskError::Shared(path.to_owned())),
        () => {
            let file = file.into_std();
            give(&file, &spot.dir, owner, false, false);
            Ok(file)
        }
    }
}

/// Gives a file or folder that root created to the owner of the digest, or of the folder around it; a new one gets the permissions of the
/// digest.
fn give(file: &std::fs::File, dir: &Dir, owner: Option<Owner>, is_new: bool, is_folder: bool) {
    match owner {
        Some(owner) => {
            owner.take_from_root(file);
            if is_new {
                owner.share(file, is_folder);
            }
        }
        None => give_to_folder(dir, file),
    }
}

/// Whether locking failed because the file system does not support locks.
pub fn is_without_locks(error: &io::Error) -> bool {
    // ENOLCK, ENOTSUP, EOPNOTSUPP and ENOSYS on macOS and Linux: ENOLCK has no `ErrorKind` of its own.
    let numbers: &[i32] = if cfg!(target_os = "macos") { &[77, 45, 102, 78] } else { &[37, 95, 38] };
    error.kind() == io::ErrorKind::Unsupported || (cfg!(unix) && error.raw_os_error().is_some_and(|number| numbers.contains(&number)))
}

/// Writes a new file.
///
/// # Errors
/// If something has that name already, or the system refuses.
pub fn create_new(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let spot = Spot::of(path)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).follow(FollowSymlinks::No);
    let made = spot.dir.open_with(&spot.name, &options).map(cap_std::fs::File::into_std).and_then(|mut file| {
        give_to_folder(&spot.dir, &file);
        file.write_all(bytes)
    });
    made.map_err(|error| DiskError::Failed(path.to_owned(), error))
}

/// Removes a file if it is there; of a link, the link itself. Errors are ignored: a file that stays does no harm.
pub fn remove(path: &Path) {
    let parent = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let dir = Place::of_folder(parent).and_then(|place| Walk::to_folder(&place, parent)?.into_dir());
    if let (Ok((dir, _)), Some(name)) = (dir, path.file_name()) {
        let name: &OsStr = name;
        let _ = dir.remove_file(name);
    }
}
