//! What git knows of a repository, with nothing of the repository run: a commit, the texts it has, the name of the user.
//!
//! A repository that was only cloned or unpacked is a stranger's, its `.git/config` and `.gitattributes` included, and git runs much of what
//! these name: monitors of files, hooks, filters, programs that compare, transports. So git is never asked about the work tree or the index,
//! where most of that begins. The top of the work tree is found without git (`find.rs`): the nearest folder with a `.git`. A folder that
//! only looks like a bare repository (`HEAD`, `config`, `objects`, `refs`) is a folder like any other, whatever `safe.bareRepository` says.
//! Then git reads objects, and nothing else (`objects.rs`); they are compared with the files here. `program.rs` starts git, alone, and shuts
//! off what could run or fetch all the same.
//!
//! A repository of another owner is read too (git itself refuses it unless `safe.directory` lists it): that guard is there because settings
//! can run programs, and here they cannot.

mod find;
mod objects;
mod program;
mod revision;
mod user;

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::PathBuf;

pub use find::Repository;
pub use revision::{Revision, as_checked_out, is_same_text};
pub use user::user_name;

/// The environment of the process, as far as git goes by it. Whoever calls the library collects it.
#[derive(Clone, Debug, Default)]
pub struct GitEnvironment {
    /// The working folder, absolute: relative paths in variables start here.
    pub folder: PathBuf,
    /// All variables. `GIT_DIR`, `GIT_WORK_TREE`, `GIT_AUTHOR_NAME` and what belongs to them are read; git itself gets only what is harmless.
    pub variables: Vec<(OsString, OsString)>,
}

impl GitEnvironment {
    /// The value of a variable; `None` if it is unset or empty.
    fn get(&self, name: &str) -> Option<&OsStr> {
        let is_named = |known: &OsStr| if cfg!(windows) { known.eq_ignore_ascii_case(name) } else { known == name };
        let value = self.variables.iter().find(|(known, _)| is_named(known)).map(|(_, value)| value.as_os_str());
        value.filter(|value| !value.is_empty())
    }

    /// A variable that names a file or a folder, absolute.
    fn path(&self, name: &str) -> Option<PathBuf> {
        self.get(name).map(|value| self.folder.join(value))
    }
}

/// Why git cannot answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GitError {
    /// No program on `PATH` but one that the repository could have brought.
    #[error("git cannot be started: there is no git on PATH outside of {}", .0.display())]
    OnlyInside(PathBuf),
    /// No program on `PATH`.
    #[error("git cannot be started: there is no git on PATH")]
    NoProgram,
    /// The system refused.
    #[error("git cannot be started: {0}")]
    NotStarted(io::Error),
    /// No folder from this one upward has a `.git`.
    #[error("{} is in no git repository", .0.display())]
    NoRepository(PathBuf),
    /// A `.git` that leads to no repository.
    #[error("{path} is not a git repository: {1}", path = .0.display())]
    Broken(PathBuf, String),
    /// The name is not that of one commit.
    #[error("git knows no revision `{name}` in {folder}", name = one_line(.0), folder = .1.display())]
    Unknown(String, PathBuf),
    /// The commit has the file, but its contents are not on this machine: a partial clone, or a damaged one.
    #[error("git does not have the contents of {path} at {1} in this clone", path = .0.display())]
    Missing(PathBuf, String),
    /// git's own words.
    #[error("git failed: {0}")]
    Failed(String),
    /// git did not answer.
    #[error("git gave no answer within {0} seconds")]
    Silent(u64),
}

/// A name that cannot break its line.
fn one_line(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() }).collect()
}
