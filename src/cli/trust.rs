//! `translate trust`: which translate.toml may name programs and hosts, remembered in the user's own configuration.

use std::path::{Path, PathBuf};

use clap::Args;
use etcetera::BaseStrategy;
use sha2::{Digest, Sha256};
use translate_digest::backends;
use translate_digest::disk;
use translate_digest::draft::atomic;
use translate_digest::draft::files::{self, FileError};

use super::Talk;
use super::error::{CliError, Status};
use super::settings::{Flags, Settings};

/// Trusts the settings of a repository.
#[derive(Args, Debug)]
pub(crate) struct TrustArgs {
    /// A folder of the repository
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// Show what would be trusted, and do nothing
    #[arg(long)]
    show: bool,
}

/// Shows what the settings would do, and remembers that they may.
pub(crate) fn run(args: &TrustArgs, talk: &Talk) -> Result<Status, CliError> {
    let root = files::root(&args.folder.join("translate.toml"));
    let settings = Settings::load(&root, &Flags::default())?;
    let Some((path, text)) = &settings.file else {
        return Err(CliError::failed(format!("there is no translate.toml in {} or above it", args.folder.display()))
            .hint("only settings need trust"));
    };
    let dangers = all_dangers(&settings);
    if dangers.is_empty() {
        talk.tell(&format!("{}: names no program and no host of its own; nothing to trust", path.display()));
        return Ok(Status::Done);
    }
    talk.tell(&format!("{}:", path.display()));
    for danger in &dangers {
        talk.tell(&format!("  {danger}"));
    }
    if args.show {
        return Ok(Status::Done);
    }
    remember(path, text)?;
    talk.tell("trusted until the file changes");
    Ok(Status::Done)
}

/// Everything that any backend of the settings would do.
fn all_dangers(settings: &Settings) -> Vec<String> {
    let each = settings
        .backends
        .iter()
        .flat_map(|(name, table)| backends::needs_trust(table).into_iter().map(move |danger| format!("{name}: {danger}")));
    each.collect()
}

/// Refuses settings that were not trusted, telling what they would do.
pub(crate) fn require(settings: &Settings, dangers: &[String]) -> Result<(), CliError> {
    let Some((path, _)) = &settings.file else { return Ok(()) };
    if is_trusted(settings)? {
        return Ok(());
    }
    let list: String = dangers.iter().map(|danger| format!("\n  {danger}")).collect();
    Err(CliError::failed(format!("{} is not trusted; its backend `{}`{list}", path.display(), settings.backend))
        .hint("read the file; then run `translate trust`, or add --trust for this run"))
}

/// Whether the settings were trusted as they stand.
pub(crate) fn is_trusted(settings: &Settings) -> Result<bool, CliError> {
    let Some((path, text)) = &settings.file else { return Ok(false) };
    Ok(store()?.is_some_and(|store| is_listed(&store, path, text)))
}

/// The file that lists what is trusted; none where the user has no home.
fn store() -> Result<Option<PathBuf>, CliError> {
    if let Some(folder) = std::env::var_os("TRANSLATE_CONFIG_HOME").filter(|folder| !folder.is_empty()) {
        return Ok(Some(PathBuf::from(folder).join("trust.toml")));
    }
    let home = etcetera::choose_base_strategy().ok();
    Ok(home.map(|home| home.config_dir().join("translate").join("trust.toml")))
}

/// Names a file's path and contents: a copy elsewhere may start other programs.
fn fingerprint(path: &Path, text: &str) -> String {
    let real = disk::real(path);
    let mut hasher = Sha256::new();
    hasher.update(real.to_string_lossy().as_bytes());
    hasher.update([0]);
    hasher.update(text.as_bytes());
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is trusted: paths, each with its fingerprint.
fn entries(store: &Path) -> Result<toml::Table, CliError> {
    let broken = |message: String| CliError::failed(message).hint("mend it, or remove it and trust again");
    match files::read_of_user(store) {
        Ok(text) => text.parse().map_err(|error: toml::de::Error| broken(format!("{}: {}", store.display(), error.message()))),
        Err(FileError::Missing(_)) => Ok(toml::Table::new()),
        Err(error) => Err(broken(error.to_string())),
    }
}

/// A list that cannot be read trusts nothing; `translate trust` says what is wrong with it.
fn is_listed(store: &Path, path: &Path, text: &str) -> bool {
    let wanted = fingerprint(path, text);
    entries(store).is_ok_and(|entries| entries.values().any(|hash| hash.as_str() == Some(&wanted)))
}

fn remember(path: &Path, text: &str) -> Result<(), CliError> {
    match store()? {
        Some(store) => list(&store, path, text),
        None => Err(CliError::failed("there is no folder for the user's configuration").hint("set TRANSLATE_CONFIG_HOME, or use --trust")),
    }
}

fn list(store: &Path, path: &Path, text: &str) -> Result<(), CliError> {
    let real = disk::real(path);
    let mut table = entries(store)?;
    table.insert(real.to_string_lossy().into_owned(), fingerprint(path, text).into());
    let folder = store.parent().unwrap_or(Path::new("."));
    disk::create_folders_of_user(folder).map_err(|error| CliError::failed(format!("{} cannot be made: {error}", folder.display())))?;
    atomic::write_of_user(
        store,
        format!("# translate.toml files that may name programs and hosts, each with the SHA-256 of its path and contents.\n{table}")
            .as_bytes(),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with a translate.toml, and the list of what is trusted, which is not there yet.
    fn team() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("translate.toml");
        std::fs::write(&file, "settings").expect("written");
        let store = folder.path().join("home/translate/trust.toml");
        (folder, file, store)
    }

    #[test]
    fn trust_is_in_one_file_as_it_stands() {
        let (folder, file, store) = team();
        assert!(!is_listed(&store, &file, "settings"));
        list(&store, &file, "settings").expect("listed");
        assert!(is_listed(&store, &file, "settings"));
        assert!(!is_listed(&store, &file, "settings ") && !is_listed(&store, &file, ""));
        let copy = folder.path().join("copy.toml");
        std::fs::copy(&file, &copy).expect("copied");
        assert!(!is_listed(&store, &copy, "settings"), "a copy may start other programs");
        // Another file is added, and the same one replaced.
        list(&store, &copy, "settings").expect("listed");
        list(&store, &file, "changed").expect("listed");
        assert!(is_listed(&store, &copy, "settings") && is_listed(&store, &file, "changed") && !is_listed(&store, &file, "settings"));
    }

    #[cfg(unix)]
    #[test]
    fn the_list_is_the_users_alone() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, file, store) = team();
        list(&store, &file, "settings").expect("listed");
        let mode = std::fs::metadata(store.parent().expect("a folder")).expect("data").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn a_broken_list_trusts_nothing_and_is_not_overwritten() {
        let (_folder, file, store) = team();
        list(&store, &file, "settings").expect("listed");
        let broken = format!("{}<<<", std::fs::read_to_string(&store).expect("read"));
        std::fs::write(&store, &broken).expect("written");
        assert!(!is_listed(&store, &file, "settings"));
        assert!(list(&store, &file, "settings").is_err());
        assert_eq!(std::fs::read_to_string(&store).expect("read"), broken);
    }
}
