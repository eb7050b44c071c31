//! Where programs run, and which file a program's name means: never one that only happens to lie in that folder.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use tokio::process::Command;

/// The folder that programs run in, and the folders in which a program without a folder in its name is looked up.
#[derive(Clone, Debug)]
pub struct Place {
    folder: PathBuf,
    /// Absolute ones only; `None` leaves the lookup to the system.
    search: Option<Vec<PathBuf>>,
}

impl Place {
    /// Programs run in `folder`. `path` is the user's `PATH`, of which only absolute entries count: the others would find
    /// programs in the folder that the run was started from, or in `folder` itself.
    pub fn new(folder: &Path, path: &OsStr) -> Self {
        let search = std::env::split_paths(path).filter(|entry| entry.is_absolute()).collect();
        Self { folder: folder.to_owned(), search: Some(search) }
    }

    /// The folder that programs run in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file that `program` means: a path counts from the folder, a bare name is looked up.
    ///
    /// # Errors
    /// When there is no such program, or one that may not be run. A path is not looked at.
    pub fn find(&self, program: &str) -> io::Result<PathBuf> {
        if program.contains(std::path::is_separator) {
            return Ok(self.folder.join(program));
        }
        let Some(search) = &self.search else { return Ok(PathBuf::from(program)) };
        let mut refusal = io::ErrorKind::NotFound;
        for name in names(program) {
            for file in search.iter().map(|folder| folder.join(&name)) {
                match is_executable(&file) {
                    Some(true) => return Ok(file),
                    Some(false) => refusal = io::ErrorKind::PermissionDenied,
                    None => {}
                }
            }
        }
        Err(refusal.into())
    }

    /// A command that runs `program` here, with a `PATH` that finds nothing in the folder either. Python is kept from
    /// writing compiled files beside its programs: they would be programs that nobody has seen.
    pub(in crate::backends) fn command(&self, program: &str) -> io::Result<Command> {
        let mut command = Command::new(self.find(program)?);
        command.current_dir(&self.folder).env("PYTHONDONTWRITEBYTECODE", "1");
        // Entries that came out of one list fit into one again. An empty list would mean the folder itself.
        match self.search.as_ref().map(std::env::join_paths) {
            Some(Ok(path)) if !path.is_empty() => command.env("PATH", path),
            Some(_) => command.env_remove("PATH"),
            None => &mut command,
        };
        Ok(command)
    }
}

/// A folder whose programs the system looks up.
impl From<&Path> for Place {
    fn from(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), search: None }
    }
}

impl From<&PathBuf> for Place {
    fn from(folder: &PathBuf) -> Self {
        folder.as_path().into()
    }
}

/// The file names that a bare name stands for.
fn names(program: &str) -> Vec<String> {
    let with_ending = (cfg!(windows) && !program.contains('.')).then(|| format!("{program}.exe"));
    with_ending.into_iter().chain((!program.is_empty()).then(|| program.to_owned())).collect()
}

/// Whether a file may be run; `None` without a file.
fn is_executable(file: &Path) -> Option<bool> {
    let data = std::fs::metadata(file).ok().filter(std::fs::Metadata::is_file)?;
    #[cfg(unix)]
    let may_run = std::os::unix::fs::PermissionsExt::mode(&data.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let may_run = data.is_file();
    Some(may_run)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn program(path: &Path, mode: u32) {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, "#!/bin/sh\n").expect("written");
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("set");
    }

    #[test]
    fn a_bare_name_is_found_in_absolute_folders_of_path_alone() {
        let (repository, tools) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        program(&repository.path().join("mt"), 0o755);
        program(&repository.path().join("bin/mt"), 0o755);
        let place = |path: &str| Place::new(repository.path(), path.as_ref());
        for path in ["", ".", ":", "bin:./bin:..:", "::."] {
            assert_eq!(place(path).find("mt").map_err(|error| error.kind()), Err(io::ErrorKind::NotFound), "{path}");
        }
        let absolute = tools.path().display().to_string();
        program(&tools.path().join("mt"), 0o644);
        assert_eq!(place(&absolute).find("mt").map_err(|error| error.kind()), Err(io::ErrorKind::PermissionDenied));
        program(&tools.path().join("mt"), 0o755);
        assert_eq!(place(&format!(".::bin:{absolute}")).find("mt").expect("found"), tools.path().join("mt"));
        for odd in ["", ".", "..", "no-such-program-x"] {
            assert!(place(&absolute).find(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn a_path_counts_from_the_folder() {
        let place = Place::new(Path::new("/team"), "/usr/bin".as_ref());
        for (program, file) in [("./mt", "/team/./mt"), ("tools/mt", "/team/tools/mt"), ("../mt", "/team/../mt"), ("/bin/sh", "/bin/sh")] {
            assert_eq!(place.find(program).expect("found"), Path::new(file));
        }
    }

    #[tokio::test]
    async fn a_program_finds_nothing_in_the_folder_either() {
        let repository = tempfile::tempdir().expect("a folder");
        let place = Place::new(repository.path(), "/nowhere:.:/usr/bin:/bin".as_ref());
        let output = place.command("sh").expect("found").args(["-c", "echo $PATH"]).output().await.expect("run");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "/nowhere:/usr/bin:/bin\n");
    }
}
