//! Which repository a folder is in, found without git.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::program::{Program, Within};
use super::{GitEnvironment, GitError, objects};

/// A repository with a work tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// The top folder of the work tree, canonical.
    pub top: PathBuf,
    /// Where git keeps what belongs to this work tree, canonical.
    pub(super) git_dir: PathBuf,
    /// Whether it is the one that `GIT_DIR` names.
    pub(super) of_environment: bool,
}

impl Repository {
    /// The repository that `folder` is in: that of the nearest folder upward with a `.git`.
    ///
    /// As for git, `GIT_DIR` and `GIT_WORK_TREE` come first, but only for a folder inside the work tree that they name, and not where another
    /// repository in between is nearer. So a hook finds what the shell finds, and a script of one repository that looks at another finds the
    /// other. A `GIT_DIR` that leads nowhere, as a relative one does after `cd`, does not count.
    ///
    /// # Errors
    /// When there is none, or the nearest `.git` leads to none.
    pub fn around(folder: &Path, environment: &GitEnvironment) -> Result<Self, GitError> {
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let real = fs::canonicalize(here).map_err(|_| GitError::NoRepository(here.to_owned()))?;
        let own = discover(&real);
        if let Some(named) = of_environment(environment, &real, &own) {
            return Ok(named);
        }
        own?.ok_or_else(|| GitError::NoRepository(here.to_owned()))
    }
}

/// The repository that the environment names, where `folder` is in its work tree; `own` is what walking up from there found.
fn of_environment(environment: &GitEnvironment, folder: &Path, own: &Result<Option<Repository>, GitError>) -> Option<Repository> {
    let work_tree = environment.path("GIT_WORK_TREE").and_then(|tree| fs::canonicalize(tree).ok());
    let named = environment.path("GIT_DIR");
    let git_dir = match (&named, &work_tree) {
        (Some(named), _) => git_dir(named).ok()?,
        (None, Some(_)) => discover(&fs::canonicalize(&environment.folder).ok()?).ok()??.git_dir,
        (None, None) => return None,
    };
    let own = own.as_ref().ok().and_then(Option::as_ref);
    let top = match (work_tree, own) {
        (Some(tree), _) => tree,
        (None, Some(own)) if own.git_dir == git_dir => own.top.clone(),
        (None, Some(_)) => return None,
        // Without a work tree it is what the settings name, else the working folder.
        (None, None) => top_by_git(environment, folder)?,
    };
    let is_nearer = own.is_some_and(|own| own.top != top && own.top.starts_with(&top));
    (folder.starts_with(&top) && !is_nearer).then_some(Repository { top, git_dir, of_environment: named.is_some() })
}

/// The top of the work tree of `GIT_DIR`, in git's own words.
fn top_by_git(environment: &GitEnvironment, folder: &Path) -> Option<PathBuf> {
    let program = Program::find(environment, &[folder, &environment.folder]).ok()?;
    let child = program.start(environment, Within::Folder(&environment.folder), &["rev-parse", "--show-toplevel"]).ok()?;
    let told = objects::output(child).ok()?;
    fs::canonicalize(bytes_to_path(told.strip_suffix(b"\n")?)?).ok()
}

/// The repository of the nearest folder upward from `folder`, which is canonical, that has a `.git`.
fn discover(folder: &Path) -> Result<Option<Repository>, GitError> {
    for top in folder.ancestors() {
        let dot = top.join(".git");
        match fs::symlink_metadata(&dot) {
            Ok(_) => return Ok(Some(Repository { top: top.to_owned(), git_dir: git_dir(&dot)?, of_environment: false })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(GitError::Broken(dot, error.to_string())),
        }
    }
    Ok(None)
}

/// Where a `.git` leads: a folder itself, or a file that names one, as in linked work trees and submodules.
fn git_dir(dot: &Path) -> Result<PathBuf, GitError> {
    let broken = |why: &str| GitError::Broken(dot.to_owned(), why.to_owned());
    let data = fs::metadata(dot).map_err(|error| broken(&error.to_string()))?;
    let named = if data.is_dir() {
        dot.to_owned()
    } else {
        let text = short(dot, &data).map_err(broken)?;
        let named = text.strip_prefix(b"gitdir: ").and_then(|rest| bytes_to_path(rest.trim_ascii_end()));
        let named = named.filter(|named| !named.as_os_str().is_empty()).ok_or_else(|| broken("it does not begin with `gitdir: FOLDER`"))?;
        dot.parent().unwrap_or(dot).join(named)
    };
    let folder = fs::canonicalize(&named).map_err(|error| broken(&format!("{}: {error}", named.display())))?;
    let has = |within: &Path, name: &str| within.join(name).is_dir();
    let head = fs::symlink_metadata(folder.join("HEAD"));
    if !head.is_ok_and(|head| head.is_file() || head.is_symlink()) {
        return Err(broken(&format!("{} has no file HEAD", folder.display())));
    }
    // A linked work tree shares all but its own HEAD and index.
    let common = folder.join("commondir");
    let shared = match fs::metadata(&common) {
        Ok(data) => short(&common, &data).ok().and_then(|text| Some(folder.join(bytes_to_path(text.trim_ascii_end())?))),
        Err(_) => Some(folder.clone()),
    };
    let shared = shared.filter(|shared| has(shared, "objects") && has(shared, "refs"));
    let shared = shared.ok_or_else(|| broken(&format!("{} has no folders objects and refs", folder.display())))?;
    // What git reads first would hold it up where it is a pipe or a device.
    for file in ["HEAD", "config", "config.worktree", "packed-refs"].iter().flat_map(|name| [folder.join(name), shared.join(name)]) {
        if fs::metadata(&file).is_ok_and(|data| !data.is_file()) {
            return Err(broken(&format!("{} is not a file", file.display())));
        }
    }
    Ok(folder)
}

/// The bytes of a file of one line.
fn short(path: &Path, data: &Metadata) -> Result<Vec<u8>, &'static str> {
    const MAX_BYTES: u64 = 64 * 1024;
    if !data.is_file() {
        return Err("it is neither a file nor a folder");
    }
    let mut text = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut text));
    read.map(|_| text).map_err(|_| "it cannot be read")
}

#[cfg(unix)]
fn bytes_to_path(bytes: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    Some(PathBuf::from(std::ffi::OsStr::from_bytes(bytes)))
}

/// A path on another machine is refused: Windows would log in there.
#[cfg(not(unix))]
fn bytes_to_path(bytes: &[u8]) -> Option<PathBuf> {
    let text = std::str::from_utf8(bytes).ok()?;
    (!text.starts_with(['/', '\\']) || !text[1..].starts_with(['/', '\\'])).then(|| PathBuf::from(text))
}

/// A canonical path as git reads it: Windows' own form of such paths is not known to it.
pub(super) fn plain(path: &Path) -> PathBuf {
    match path.to_str().and_then(|path| path.strip_prefix(r"\\?\")) {
        Some(rest) if cfg!(windows) => match rest.strip_prefix(r"UNC\") {
            Some(share) => PathBuf::from(format!(r"\\{share}")),
            None => PathBuf::from(rest),
        },
        _ => path.to_owned(),
    }
}
