//! What files held at a revision of git, asked of git itself.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A commit of the repository that a folder is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The top folder of the work tree, absolute.
    top: PathBuf,
    commit: String,
}

/// Why a revision cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RevisionError {
    /// git cannot be started.
    #[error("git cannot be started: {0}")]
    NoGit(io::Error),
    /// The folder is in no work tree.
    #[error("{} is in no git repository", .0.display())]
    NoRepository(PathBuf),
    /// There is no such commit.
    #[error("git knows no revision `{0}` in {folder}", folder = .1.display())]
    Unknown(String, PathBuf),
    /// git failed at something else, in its own words.
    #[error("git failed: {0}")]
    Failed(String),
}

impl Revision {
    /// The commit that `name` means in the repository around `folder`.
    ///
    /// # Errors
    /// When there is no git, no repository, or no such commit.
    pub fn open(folder: &Path, name: &str) -> Result<Self, RevisionError> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let found = git(folder, ["rev-parse", "--show-toplevel"])?;
        if !found.status.success() {
            return Err(RevisionError::NoRepository(folder.to_owned()));
        }
        let top = PathBuf::from(line(&found.stdout));
        let commit = format!("{name}^{{commit}}");
        let parsed = git(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        if !parsed.status.success() || name.is_empty() {
            return Err(RevisionError::Unknown(name.to_owned(), folder.to_owned()));
        }
        let top = std::fs::canonicalize(&top).unwrap_or(top);
        Ok(Self { top, commit: line(&parsed.stdout) })
    }

    /// Whether a folder lies in the work tree of this repository.
    pub fn holds(&self, folder: &Path) -> bool {
        std::fs::canonicalize(folder).is_ok_and(|folder| folder.starts_with(&self.top))
    }

    /// The files that differ from the commit, those that git does not know yet included; canonical paths.
    ///
    /// # Errors
    /// When git fails.
    pub fn changed(&self) -> Result<HashSet<PathBuf>, RevisionError> {
        let differing = succeeded(git(&self.top, ["diff", "--name-only", "--no-renames", "-z", &self.commit, "--"])?)?;
        let unknown = succeeded(git(&self.top, ["ls-files", "--others", "-z"])?)?;
        let names = differing.split(|byte| *byte == 0).chain(unknown.split(|byte| *byte == 0)).filter(|name| !name.is_empty());
        Ok(names.map(|name| self.top.join(String::from_utf8_lossy(name).as_ref())).collect())
    }

    /// What a file held, as it would be checked out; none where the commit has no such file, or holds no UTF-8 in it.
    ///
    /// # Errors
    /// When git fails.
    pub fn text(&self, file: &Path) -> Result<Option<String>, RevisionError> {
        let Ok(file) = std::fs::canonicalize(file) else { return Ok(None) };
        let Ok(name) = file.strip_prefix(&self.top) else { return Ok(None) };
        // Names go to git with its own separator.
        let name = name.iter().map(OsStr::to_string_lossy).collect::<Vec<_>>().join("/");
        let object = format!("{}:{name}", self.commit);
        if !git(&self.top, ["cat-file", "-e", &object])?.status.success() {
            return Ok(None);
        }
        let text = succeeded(git(&self.top, ["cat-file", "--filters", &object])?)?;
        Ok(String::from_utf8(text).ok())
    }
}

fn git<'a>(folder: &Path, arguments: impl IntoIterator<Item = &'a str>) -> Result<Output, RevisionError> {
    let mut command = Command::new("git");
    // Reading must not write, and names must come as they are.
    command.arg("-C").arg(folder).args(["-c", "core.quotePath=false"]).args(arguments).env("GIT_OPTIONAL_LOCKS", "0").stdin(Stdio::null());
    command.output().map_err(RevisionError::NoGit)
}

fn succeeded(output: Output) -> Result<Vec<u8>, RevisionError> {
    if output.status.success() { Ok(output.stdout) } else { Err(RevisionError::Failed(line(&output.stderr))) }
}

fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).lines().next().unwrap_or_default().to_owned()
}
