//! The one door to the file system: below the root of a repository, nothing that is read or written lies outside of it.
//!
//! A path is walked from its root, one folder handle at a time and without following links. A link is read and its steps are walked the same
//! way: one that leads out of the root is an error at every level, and replacing a file by a link during the walk has no effect. Only
//! regular files are opened, opening never blocks, and reading stops at a limit.
//!
//! - [`Root`]: the folder that confines a path, found from the path itself
//! - [`Permit`]: a link that a person allowed to lead out of its root
//! - [`read()`], [`list()`]: reading
//! - [`Target`]: writing, whole or not at all
//! - [`open_lock()`], [`create_folders()`]: the tool's own folder `.translate/`, where no link is followed at all

mod names;
mod own;
mod permit;
mod platform;
mod read;
mod replace;
mod root;
mod walk;

/// An open file of the tool's own, which can be locked.
pub use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

pub use names::{beside, exists, identity, is_same, lies_at, real};
pub use own::{create_folders, create_new, is_without_locks, open_lock, remove};
pub use permit::{Permit, permit};
pub use platform::Owner;
pub use read::{Entry, Kind, LARGEST_TEXT, LARGEST_TOML, bounded, list, owner, read, read_of_user};
pub use replace::{Target, WriteError, create_folders_of_user, rename};
pub use root::Root;

/// The tool's own folder, in which no link is followed.
pub const OWN_FOLDER: &str = ".translate";

/// The files that make a folder the root of a project.
pub const SETTINGS: [&str; 2] = ["glossary.toml", "translate.toml"];

/// Why a path cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// It leads out of the root.
    #[error(transparent)]
    Outside(Box<Outside>),
    /// A link lies where none is followed.
    #[error("{} is a link to {}, and the tool's own files are kept through no link", .0.display(), .1.display())]
    Linked(PathBuf, PathBuf),
    /// Links lead to each other, or are too many.
    #[error("the symbolic links of {} lead in a circle", .0.display())]
    Circle(PathBuf),
    /// A folder where a file is wanted.
    #[error("{} is a folder", .0.display())]
    Folder(PathBuf),
    /// A device, a pipe, a socket.
    #[error("{} is not a regular file", .0.display())]
    NotAFile(PathBuf),
    /// A second name of a file, where the tool keeps files of its own.
    #[error("{} is a second name (a hard link) of another file", .0.display())]
    Shared(PathBuf),
    /// A file of that many bytes is not read; `None` if it grew while it was read.
    #[error("{}", too_large(.path, *.size, *.limit))]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its bytes.
        size: Option<u64>,
        /// The most that are read.
        limit: u64,
    },
    /// The memory does not hold it.
    #[error("{} does not fit into the memory", .0.display())]
    Memory(PathBuf),
    /// The system refused.
    #[error("{path} cannot be opened: {1}", path = .0.display())]
    Failed(PathBuf, io::Error),
}

impl DiskError {
    /// Whether there is no such file or folder.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Failed(_, error) if error.kind() == io::ErrorKind::NotFound)
    }
}

/// A path that leads out of the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// What leads out.
    pub by: By,
    /// The root.
    pub root: PathBuf,
    /// Whether the root is the top of a git work tree.
    pub is_repository: bool,
}

/// What leads out of a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// A symbolic link.
    Link {
        /// The link, named as the user names files.
        link: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// A name that a file of the repository holds.
    Name {
        /// The file.
        file: PathBuf,
        /// What it names.
        name: PathBuf,
    },
    /// The path itself.
    Path(PathBuf),
}

impl std::fmt::Display for Outside {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = if self.is_repository { "repository" } else { "folder" };
        let root = format!("of the {kind} {}", self.root.display());
        match &self.by {
            By::Link { link, target } if target.starts_with(&self.root) => {
                write!(out, "{} is a link to {}, which leads out {root} on its way", link.display(), target.display())
            }
            By::Link { link, target } => write!(out, "{} is a link to {}, outside {root}", link.display(), target.display()),
            By::Name { file, name } => write!(out, "{} names {}, outside {root}", file.display(), name.display()),
            By::Path(path) => write!(out, "{} leads out {root}", path.display()),
        }
    }
}

impl std::error::Error for Outside {}

fn too_large(path: &Path, size: Option<u64>, limit: u64) -> String {
    const MB: u64 = 1024 * 1024;
    let has = size.map_or_else(|| "is larger".to_owned(), |size| format!("has {} MB", size.div_ceil(MB)));
    format!("{} {has}; at most {} MB are read", path.display(), limit / MB)
}
