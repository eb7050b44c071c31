//! Atomic writes, in a folder that is held by its handle.

use std::ffi::{OsStr, OsString};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use cap_fs_ext::{FollowSymlinks, OpenOptionsFollowExt, OpenOptionsMaybeDirExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};

use super::walk::Spot;
use super::{DiskError, Owner, permit, platform};

/// Why a file could not be written. The old file is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Permission bits forbid it.
    #[error("{} is read-only", .0.display())]
    ReadOnly(PathBuf),
    /// A folder, a device or a pipe, which a file must not replace.
    #[error("{} is not a regular file", .0.display())]
    NotAFile(PathBuf),
    /// The folder takes no new files.
    #[error("the folder {folder} cannot be written to: {1}", folder = .0.display())]
    Folder(PathBuf, io::Error),
    /// Any other error, such as a full disk.
    #[error("{path} cannot be written: {1}", path = .0.display())]
    Failed(PathBuf, io::Error),
    /// The path leads out of its root, or through a link of the tool's own folder.
    #[error(transparent)]
    Disk(DiskError),
}

impl From<DiskError> for WriteError {
    fn from(error: DiskError) -> Self {
        match error {
            DiskError::Folder(path) | DiskError::NotAFile(path) => Self::NotAFile(path),
            // Only folders were opened.
            DiskError::Failed(path, error) => Self::Folder(folder(&path).to_owned(), error),
            error => Self::Disk(error),
        }
    }
}

/// A file to write: the handle of its folder, its name, and the file that it replaces.
#[derive(Debug)]
pub struct Target {
    path: PathBuf,
    spot: Spot,
}

/// Attempts to find a free name for a temporary file.
const TRIES: usize = 100;

impl Target {
    /// The file that `path` leads to, links inside the root resolved.
    ///
    /// # Errors
    /// If the path leads out of its root, its folder cannot be opened, or something other than a regular file is there.
    pub fn of(path: &Path) -> Result<Self, WriteError> {
        Self::at(path, Spot::of(path)?)
    }

    /// A file of the user's own configuration, which may be a link to anywhere.
    ///
    /// # Errors
    /// As [`Target::of`], without a root.
    pub fn of_user(path: &Path) -> Result<Self, WriteError> {
        let real = path.canonicalize().or_else(|_| path.read_link().map(|held| permit::target_of(path, &held))).unwrap_or(path.to_owned());
        let parent = folder(&real);
        let dir = Dir::open_ambient_dir(parent, ambient_authority()).map_err(|error| WriteError::Folder(parent.to_owned(), error))?;
        let name = real.file_name().ok_or_else(|| WriteError::NotAFile(path.to_owned()))?.to_owned();
        let data = dir.symlink_metadata(&name).ok();
        Self::at(path, Spot { dir, name, data, folder: parent.to_owned() })
    }

    fn at(path: &Path, spot: Spot) -> Result<Self, WriteError> {
        match &spot.data {
            Some(data) if !data.is_file() => Err(WriteError::NotAFile(path.to_owned())),
            _ => Ok(Self { path: path.to_owned(), spot }),
        }
    }

    /// The file's name, after links were resolved.
    pub fn name(&self) -> &OsStr {
        &self.spot.name
    }

    /// The file's path, after links were resolved.
    pub fn real(&self) -> PathBuf {
        self.spot.folder.join(&self.spot.name)
    }

    /// Writes the file: a temporary file in the same folder, flushed to the disk and renamed. Permissions are kept, and the owner if the
    /// system allows it. The temporary file's name begins with `prefix`.
    ///
    /// # Errors
    /// If the folder or the disk refuses.
    pub fn replace(&self, bytes: &[u8], prefix: &str) -> Result<(), WriteError> {
        let failed = |error| WriteError::Failed(self.path.clone(), error);
        let mut temporary = self.temporary(prefix)?;
        temporary.file.write_all(bytes).map_err(failed)?;
        match &self.spot.data {
            Some(replaced) => {
                Owner::of(replaced).take(&temporary.file);
                platform::restore(&temporary.file, replaced).map_err(failed)?;
            }
            None => give_to_folder(&self.spot.dir, &temporary.file),
        }
        temporary.file.sync_all().map_err(failed)?;
        temporary.persist(&self.spot.name).map_err(failed)?;
        sync(&self.spot.dir);
        Ok(())
    }

    /// Whether the file has these bytes.
    pub fn holds(&self, bytes: &[u8]) -> bool {
        let length = u64::try_from(bytes.len()).ok();
        let is_as_long = self.spot.data.as_ref().is_some_and(|data| Some(data.len()) == length);
        is_as_long
            && super::read::open(&self.spot, &self.path)
                .and_then(|file| super::read::contents(file, &self.path))
                .is_ok_and(|old| old == bytes)
    }

    /// Tests whether the file can be written, before work is spent on its contents. Permission bits count even for a user who could
    /// override them: they were set for a reason.
    ///
    /// # Errors
    /// If the file is read-only, or its folder takes no new files.
    pub fn ensure_writable(&self, prefix: &str) -> Result<(), WriteError> {
        if let Some(data) = &self.spot.data {
            // A rename needs no permission on the file itself, so it is asked for here. Nothing is written.
            let mut options = OpenOptions::new();
            options.append(true).follow(FollowSymlinks::No).nonblock(true);
            let refused = || self.spot.dir.open_with(&self.spot.name, &options).is_err_and(|e| e.kind() == io::ErrorKind::PermissionDenied);
            if data.permissions().readonly() || refused() {
                return Err(WriteError::ReadOnly(self.path.clone()));
            }
        }
        if self.spot.dir.dir_metadata().is_ok_and(|data| platform::is_unwritable_folder(&data)) {
            return Err(WriteError::Folder(folder(&self.path).to_owned(), io::ErrorKind::PermissionDenied.into()));
        }
        self.temporary(prefix).map(drop)
    }

    /// Removes temporary files with this prefix that killed runs left. Call it only while no other run writes the file.
    pub fn sweep(&self, prefix: &str) {
        for entry in self.spot.dir.entries().into_iter().flatten().flatten() {
            let name = entry.file_name();
            let is_ours = name.to_string_lossy().strip_prefix(prefix).is_some_and(|rest| rest.ends_with(END));
            if is_ours {
                let _ = self.spot.dir.remove_file(name);
            }
        }
    }

    /// An empty file in the folder, removed when dropped. One that replaces another is private until it has the permissions of that one; a
    /// new one has the usual permissions.
    fn temporary(&self, prefix: &str) -> Result<Temporary<'_>, WriteError> {
        let failed = |error| WriteError::Folder(folder(&self.path).to_owned(), error);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).follow(FollowSymlinks::No);
        platform::create_with(&mut options, self.spot.data.is_some());
        let random = RandomState::new();
        for number in 0..TRIES {
            let name = OsString::from(format!("{prefix}{:012x}{END}", random.hash_one(number) >> 16));
            match self.spot.dir.open_with(&name, &options) {
                Ok(file) => return Ok(Temporary { dir: &self.spot.dir, name, file: file.into_std(), is_kept: false }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(failed(error)),
            }
        }
        Err(failed(io::ErrorKind::AlreadyExists.into()))
    }
}

/// End of the names of temporary files.
const END: &str = ".tmp";

/// A file that is removed when it is dropped.
struct Temporary<'d> {
    dir: &'d Dir,
    name: OsString,
    file: std::fs::File,
    is_kept: bool,
}

impl Temporary<'_> {
    /// Renames the file, which then stays.
    fn persist(&mut self, name: &OsStr) -> io::Result<()> {
        self.dir.rename(&self.name, self.dir, name)?;
        self.is_kept = true;
        Ok(())
    }
}

impl Drop for Temporary<'_> {
    fn drop(&mut self) {
        if !self.is_kept {
            let _ = self.dir.remove_file(&self.name);
        }
    }
}

/// Renames a file durably; a file of the new name is replaced.
///
/// # Errors
/// If a folder cannot be written, or a path leads out of its root.
pub fn rename(from: &Path, to: &Path) -> Result<(), WriteError> {
    let (old, new) = (Spot::of(from)?, Target::of(to)?.spot);
    old.dir.rename(&old.name, &new.dir, &new.name).map_err(|error| WriteError::Failed(to.to_owned(), error))?;
    sync(&new.dir);
    Ok(())
}

/// Creates a folder of the user's own configuration, with its parents, private to the user.
///
/// # Errors
/// If the system refuses.
pub fn create_folders_of_user(folder: &Path) -> io::Result<()> {
    let mut builder = platform::folder_with(true);
    builder.recursive(true);
    let (top, rest) = folder
        .ancestors()
        .find(|top| top.is_dir())
        .map_or((Path::new("."), folder), |top| (top, folder.strip_prefix(top).unwrap_or(folder)));
    let top = if top.as_os_str().is_empty() { Path::new(".") } else { top };
    Dir::open_ambient_dir(top, ambient_authority())?.create_dir_with(rest, &builder)
}

/// Gives a file that root created to the owner of the folder.
pub(super) fn give_to_folder(dir: &Dir, file: &std::fs::File) {
    if let Ok(data) = dir.dir_metadata() {
        Owner::of(&data).take_from_root(file);
    }
}

/// A readable handle of a folder, which can be synchronized and changed in owner and mode.
pub(super) fn opened(dir: &Dir) -> io::Result<std::fs::File> {
    let mut options = OpenOptions::new();
    options.read(true).maybe_dir(true);
    dir.open_with(".", &options).map(cap_std::fs::File::into_std)
}

/// Flushes a rename to the disk, if the folder can be opened.
fn sync(dir: &Dir) {
    if cfg!(unix) {
        let _ = opened(dir).and_then(|folder| folder.sync_all());
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
