//! `translate trust --link`: a person permits one link to lead out of its repository.

use std::fs;
use std::path::{Path, PathBuf};

use translate_digest::text::shell;

use super::cover::placed;
use super::store::{Link, Store};
use super::{now, store, text_of};
use crate::cli::Talk;
use crate::cli::error::{CliError, Status};

/// Shows where a link leads, and permits it or takes that back.
pub(super) fn run(link: &Path, show: bool, forget: bool, talk: &Talk) -> Result<Status, CliError> {
    let shown = shell::word(&link.to_string_lossy()).into_owned();
    let missing = || CliError::failed(format!("there is no link {shown}")).hint("check the path");
    let place = placed(link).ok_or_else(missing)?;
    let key = text_of(&place)?;
    let path = store()?;
    if forget {
        let mut known = Store::load(&path)?;
        if !known.forget_link(&key) {
            talk.tell(&format!("{shown} was not permitted"));
            return Ok(Status::Done);
        }
        known.save(&path)?;
        talk.tell(&format!("{shown} is permitted no longer"));
        return Ok(Status::Done);
    }
    if !place.is_symlink() {
        return Err(match link.ancestors().skip(1).find(|folder| folder.is_symlink()) {
            Some(folder) => CliError::failed(format!("{shown} is no link itself, but lies in one"))
                .hint(format!("permit that: translate trust --link {}", shell::word(&folder.to_string_lossy()))),
            None if fs::symlink_metadata(&place).is_ok() => {
                CliError::failed(format!("{shown} is no link")).hint("only a link that leads out of a repository has to be permitted")
            }
            None => missing(),
        });
    }
    let target = fs::canonicalize(&place).map_err(|error| {
        CliError::failed(format!("{shown} leads to nothing that could be permitted: {error}"))
            .hint("make the file or folder that it leads to first")
    })?;
    let target = text_of(&target)?;
    talk.tell(&format!("{} leads to {}", shell::word(&key), shell::word(&target)));
    let known = Store::load(&path);
    let before = known.as_ref().ok().and_then(|known| known.links().iter().find(|known| known.link == key));
    match before {
        Some(before) if before.target == target => talk.tell(&format!("  permitted on {}", before.trusted)),
        Some(before) => talk.tell(&format!("  permitted on {}, when it led to {}", before.trusted, shell::word(&before.target))),
        None if show => talk.tell("  not permitted"),
        None => {}
    }
    if show {
        return Ok(Status::Done);
    }
    let mut known = known?;
    known.permit(Link { link: key, target, trusted: now() });
    known.save(&path)?;
    talk.tell("permitted until the link leads elsewhere");
    Ok(Status::Done)
}

/// The links that a person permitted to lead out of their repositories and that still lead where they did: each with what it
/// leads to, both without any other link in their paths.
///
/// # Errors
/// When the list cannot be read: whoever needs a permission has none then, and is to say why.
pub(crate) fn permitted_links() -> Result<Vec<(PathBuf, PathBuf)>, CliError> {
    let Some(path) = Store::path() else { return Ok(Vec::new()) };
    let known = Store::load(&path)?;
    let pairs = known.links().iter().map(|link| (PathBuf::from(&link.link), PathBuf::from(&link.target)));
    Ok(pairs.filter(|(link, target)| link.is_symlink() && fs::canonicalize(link).is_ok_and(|real| real == *target)).collect())
}
