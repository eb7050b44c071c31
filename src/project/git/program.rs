//! Starting git: the one place that does, and the list of what is shut off.
//!
//! Only commands that read objects, references and settings are started here: `cat-file --batch`, `rev-parse --show-toplevel` and
//! `config --get-all`. None of them reads the index, the work tree or attributes, runs a hook, or writes. They are git's own, which an alias
//! cannot replace. What follows guards against the ways that are left, and against git versions that differ:
//!
//! - The program is looked for in the absolute folders of `PATH` alone, outside of the repository: a `git` in the repository is not run, nor,
//!   on Windows, one in the current folder.
//! - `--git-dir` and `--work-tree` are always given, and git starts in the folder of its own program: nothing is discovered.
//! - `GIT_*` variables are removed: those that a hook gets (`GIT_CONFIG_COUNT`, `GIT_CONFIG_PARAMETERS`, `GIT_INDEX_FILE`, `GIT_PREFIX`), those
//!   that name programs (`GIT_EXTERNAL_DIFF`, `GIT_SSH_COMMAND`, `GIT_PAGER`, `GIT_EDITOR`, `GIT_EXEC_PATH`) and those that write
//!   (`GIT_TRACE`). What says where the user's own settings are stays.
//! - `GIT_NO_LAZY_FETCH`: an object that a remote promised is missing and is not fetched. Older versions do not know it, so no transport may
//!   be used either: `GIT_ALLOW_PROTOCOL` goes before `protocol.*.allow` of any settings, `ext::` included; the settings below say it again.
//! - `GIT_NO_REPLACE_OBJECTS`: an object is what its name says.
//! - `GIT_TERMINAL_PROMPT`, `GIT_OPTIONAL_LOCKS`, `GIT_ATTR_NOSYSTEM`, `--no-pager`: no question, no lock, no attributes, no pager.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::find::plain;
use super::{GitEnvironment, GitError, Repository};

/// Settings that name a program, or that let git use the network. Those of the command line go before those of any file.
const SETTINGS: [&str; 17] = [
    // Asked for changed files whenever the index is read.
    "core.fsmonitor=false",
    // Where hooks are.
    if cfg!(windows) { "core.hooksPath=NUL" } else { "core.hooksPath=/dev/null" },
    // Transports, each by its name too: `protocol.ext.allow=always` in a file would go before the general one.
    "protocol.allow=never",
    "protocol.ext.allow=never",
    "protocol.file.allow=never",
    "protocol.git.allow=never",
    "protocol.http.allow=never",
    "protocol.https.allow=never",
    "protocol.ssh.allow=never",
    // What a transport starts.
    "core.sshCommand=false",
    "core.gitProxy=none",
    "core.askPass=",
    "core.alternateRefsCommand=false",
    "credential.helper=",
    // What shows or compares.
    "core.pager=cat",
    "diff.external=",
    // A submodule is another repository.
    "submodule.recurse=false",
];

/// Variables for git, whatever the environment says.
const VARIABLES: [(&str, &str); 7] = [
    ("GIT_NO_LAZY_FETCH", "1"),
    // No transport has this name; an empty value would be none at all on Windows.
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_PROTOCOL_FROM_USER", "0"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_ATTR_NOSYSTEM", "1"),
];

/// Variables of git that stay: where the user's own settings are.
const KEPT: [&str; 3] = ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"];

/// Paths that belong to `GIT_DIR`, and stay where the repository is that of the environment. A hook of a server has new objects in a folder of
/// their own.
const WITH_GIT_DIR: [&str; 2] = ["GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"];

/// The git that is installed.
#[derive(Debug)]
pub(super) struct Program {
    path: PathBuf,
}

impl Program {
    /// The first git on `PATH` that does not lie in one of the `strange` folders. Where such a folder holds the user's home, as for a
    /// repository of one's own settings, all that is below is the user's.
    pub(super) fn find(environment: &GitEnvironment, strange: &[&Path]) -> Result<Self, GitError> {
        let home = environment.path("HOME").or_else(|| environment.path("USERPROFILE"));
        let home = home.map(|home| std::fs::canonicalize(&home).unwrap_or(home));
        let strange: Vec<&&Path> = strange.iter().filter(|folder| !home.as_ref().is_some_and(|home| home.starts_with(folder))).collect();
        let is_strange = |path: &Path| strange.iter().any(|folder| path.starts_with(folder));
        let folders = std::env::split_paths(environment.get("PATH").unwrap_or_default()).filter(|folder| folder.is_absolute());
        let candidates = folders.map(|folder| folder.join(if cfg!(windows) { "git.exe" } else { "git" })).filter(|path| is_program(path));
        let mut refused = None;
        for path in candidates {
            let folder = path.parent().and_then(|folder| std::fs::canonicalize(folder).ok());
            match (std::fs::canonicalize(&path), folder) {
                (Ok(real), Some(folder)) if !is_strange(&real) && !is_strange(&folder) => return Ok(Self { path }),
                _ => refused = strange.first().map(|folder| folder.to_path_buf()),
            }
        }
        Err(refused.map_or(GitError::NoProgram, GitError::OnlyInside))
    }

    /// Starts git for a repository, or for none. The three streams are pipes.
    pub(super) fn start(&self, environment: &GitEnvironment, within: Within<'_>, arguments: &[&str]) -> Result<Child, GitError> {
        let mut command = Command::new(&self.path);
        command.env_clear();
        command.envs(environment.variables.iter().filter(|(name, _)| !is_of_git(name)).map(|(name, value)| (name, value)));
        command.envs(VARIABLES).envs(KEPT.into_iter().filter_map(|name| environment.path_or_text(name)));
        let folder = match within {
            Within::Folder(folder) => folder,
            Within::Repository(_) | Within::Nothing => self.path.parent().unwrap_or(&self.path),
        };
        command.current_dir(folder);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.arg("--no-pager").arg(option("--git-dir=", within.git_dir(environment).as_os_str()));
        if let Within::Repository(repository) = within {
            command.arg(option("--work-tree=", plain(&repository.top).as_os_str()));
        }
        if within.is_of_environment() {
            let paths = WITH_GIT_DIR.iter().filter_map(|name| environment.path(name).map(|path| (name, path)));
            command.envs(paths).envs(environment.alternates());
        }
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().map_err(GitError::NotStarted)
    }
}

/// What git is asked about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Within<'a> {
    /// A repository that was found.
    Repository(&'a Repository),
    /// The repository that `GIT_DIR` names, from the working folder.
    Folder(&'a Path),
    /// No repository: the user's settings only.
    Nothing,
}

impl Within<'_> {
    fn git_dir(self, environment: &GitEnvironment) -> PathBuf {
        match self {
            Self::Repository(repository) => plain(&repository.git_dir),
            Self::Folder(folder) => environment.path("GIT_DIR").unwrap_or_else(|| folder.join(".git")),
            Self::Nothing => PathBuf::from(if cfg!(windows) { "NUL" } else { "/dev/null" }),
        }
    }

    fn is_of_environment(self) -> bool {
        match self {
            Self::Repository(repository) => repository.of_environment,
            Self::Folder(_) => true,
            Self::Nothing => false,
        }
    }
}

impl GitEnvironment {
    /// A variable as it is: the places of settings may be empty, which says that there are none.
    fn path_or_text(&self, name: &'static str) -> Option<(&'static str, OsString)> {
        let found = self.variables.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        let is_path = |value: &&OsString| !value.is_empty() && name != "GIT_CONFIG_NOSYSTEM";
        found.map(|value| (name, Some(value).filter(is_path).map_or_else(|| value.clone(), |value| self.folder.join(value).into())))
    }

    /// `GIT_ALTERNATE_OBJECT_DIRECTORIES`, absolute.
    fn alternates(&self) -> Option<(&'static str, OsString)> {
        const NAME: &str = "GIT_ALTERNATE_OBJECT_DIRECTORIES";
        let folders = std::env::split_paths(self.get(NAME)?).map(|folder| self.folder.join(folder));
        Some((NAME, std::env::join_paths(folders).ok()?))
    }
}

fn is_of_git(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.get(..4).is_some_and(|head| if cfg!(windows) { head.eq_ignore_ascii_case("GIT_") } else { head == "GIT_" })
}

fn option(name: &str, value: &OsStr) -> OsString {
    let mut option = OsString::from(name);
    option.push(value);
    option
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_program_of_the_repository_is_not_taken_unless_it_is_a_home() {
        let folder = tempfile::tempdir().expect("a folder");
        let top = folder.path().canonicalize().expect("a path");
        let bin = top.join("bin");
        std::fs::create_dir(&bin).expect("a folder");
        let find = |path: &str, home: &Path| {
            let variables = [("PATH", OsString::from(path)), ("HOME", home.into())].map(|(name, value)| (name.into(), value));
            Program::find(&GitEnvironment { folder: top.clone(), variables: variables.into() }, &[&top]).map(|program| program.path)
        };
        let named = bin.display().to_string();
        assert!(matches!(find(&named, Path::new("/nowhere")), Err(GitError::NoProgram)));
        std::fs::write(bin.join("git"), "").expect("written");
        assert!(matches!(find(&named, &top), Err(GitError::NoProgram)), "it cannot be run");
        std::fs::set_permissions(bin.join("git"), std::fs::Permissions::from_mode(0o755)).expect("a mode");
        assert!(matches!(find(&named, Path::new("/nowhere")), Err(GitError::OnlyInside(_))));
        assert!(matches!(find("bin:.::..", Path::new("/nowhere")), Err(GitError::NoProgram)));
        for home in [top.clone(), top.join("bin")] {
            assert_eq!(find(&named, &home).expect("a program"), bin.join("git"));
        }
    }
}
