//! The name of the user, from what is the user's own.

use std::path::Path;

use super::program::{Program, Within};
use super::{GitEnvironment, Repository, objects};

/// The name under which the user commits: `GIT_AUTHOR_NAME`, else `user.name` of the user's or the system's settings of git, with what these
/// include for the repository around `folder`. The settings of a repository name nobody: they came with it.
pub fn user_name(folder: &Path, environment: &GitEnvironment) -> Option<String> {
    let of_environment = environment.get("GIT_AUTHOR_NAME").map(|name| name.to_string_lossy().into_owned());
    of_environment.and_then(|name| tidy(&name)).or_else(|| of_settings(folder, environment))
}

fn of_settings(folder: &Path, environment: &GitEnvironment) -> Option<String> {
    let repository = Repository::around(folder, environment).ok();
    let strange = repository.as_ref().map_or_else(|| std::fs::canonicalize(folder).ok(), |repository| Some(repository.top.clone()));
    let program = Program::find(environment, &strange.as_deref().into_iter().collect::<Vec<_>>()).ok()?;
    let ask = |within: Within<'_>, arguments: &[&str]| objects::output(program.start(environment, within, arguments).ok()?).ok();
    // A repository with broken settings has no say in it.
    let here =
        repository.as_ref().and_then(|here| ask(Within::Repository(here), &["config", "--null", "--show-scope", "--get-all", "user.name"]));
    if let Some(told) = here {
        return of_user(&told);
    }
    // Git before 2.26 does not tell whose a setting is; outside of any repository they are all the user's.
    ask(Within::Nothing, &["config", "--null", "--get", "user.name"]).and_then(|told| tidy(&String::from_utf8(told).ok()?))
}

/// The last name whose scope is the user or the system: scopes and names, each with a NUL behind it.
fn of_user(told: &[u8]) -> Option<String> {
    let words: Vec<&[u8]> = told.split(|byte| *byte == 0).collect();
    let mut names = words.chunks_exact(2).filter(|pair| matches!(pair[0], b"global" | b"system")).map(|pair| pair[1]);
    tidy(std::str::from_utf8(names.next_back()?).ok()?)
}

/// A name on one line; `None` if nothing is left of it.
fn tidy(name: &str) -> Option<String> {
    let name = name.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    (!name.is_empty() && !name.contains(char::is_control)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_name_of_the_user_counts() {
        assert_eq!(of_user(b"system\0A\0global\0B\0local\0C\0worktree\0D\0command\0E\0").as_deref(), Some("B"));
        assert_eq!(of_user(b"local\0C\0"), None);
        assert_eq!(of_user(b""), None);
        assert_eq!(of_user("global\0 김 편집 \0".as_bytes()).as_deref(), Some("김 편집"));
    }
}
