//! The file in the user's own configuration that says what is trusted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};
use translate_digest::disk;
use translate_digest::draft::atomic;
use translate_digest::draft::files::{self, FileError};

use super::cover::Cover;
use crate::cli::error::CliError;

/// The version that is written. The first one had no number: a table of paths, each with one hash.
const VERSION: i64 = 2;

const HEAD: &str =
    "# What may run programs, use keys and reach hosts: written by `translate trust`. A line that is removed is trusted no more.\n";

/// All that is trusted.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Store {
    version: i64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    settings: Vec<Entry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
}

/// One settings file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// Where it is, with no link in the path but, perhaps, itself.
    pub(super) path: String,
    /// Where it leads, if it is a link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) leads_to: Option<String>,
    /// The SHA-256 of its content; `None` from an older version, which knew of no program's files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sha256: Option<String>,
    /// When that was, as RFC 3339 has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) trusted: Option<String>,
    /// The backends that need trust, each with the files of its programs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) backends: BTreeMap<String, Files>,
}

/// The files of one backend's programs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Files {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    folders: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    files: BTreeMap<String, String>,
}

impl From<Cover> for Files {
    fn from(cover: Cover) -> Self {
        Self { folders: cover.folders.into_iter().collect(), files: cover.files }
    }
}

impl From<&Files> for Cover {
    fn from(files: &Files) -> Self {
        Self { folders: files.folders.iter().cloned().collect(), files: files.files.clone() }
    }
}

/// A link that may lead out of its repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Link {
    /// Where it is, with no link in the path but itself.
    pub(super) link: String,
    /// Where it leads, to the end.
    pub(super) target: String,
    /// When that was permitted, as RFC 3339 has it.
    pub(super) trusted: String,
}

impl Store {
    /// Where it is kept; `None` where the user has no home.
    pub(super) fn path() -> Option<PathBuf> {
        if let Some(folder) = std::env::var_os("TRANSLATE_CONFIG_HOME").filter(|folder| !folder.is_empty()) {
            return Some(PathBuf::from(folder).join("trust.toml"));
        }
        let home = etcetera::choose_base_strategy().ok();
        home.map(|home| home.config_dir().join("translate").join("trust.toml"))
    }

    /// Reads what is trusted; nothing without the file.
    ///
    /// # Errors
    /// When the file cannot be read, is no such list, or is of a later version.
    pub(super) fn load(path: &Path) -> Result<Self, CliError> {
        let broken = |message: String| CliError::failed(message).hint("correct it, or remove it and trust again");
        let text = match files::read_of_user(path) {
            Ok(text) => text,
            Err(FileError::Missing(_)) => return Ok(Self { version: VERSION, ..Self::default() }),
            Err(error) => return Err(broken(error.to_string())),
        };
        let wrong = |error: &toml::de::Error| broken(format!("{}: {}", path.display(), error.message()));
        let table: toml::Table = text.parse().map_err(|error| wrong(&error))?;
        match table.get("version") {
            None => Self::first(&table).ok_or_else(|| broken(format!("{} is no list of what is trusted", path.display()))),
            Some(toml::Value::Integer(version)) if *version > VERSION => {
                Err(CliError::failed(format!("{} was written by a newer version of this program", path.display()))
                    .hint("update this program, or set TRANSLATE_CONFIG_HOME to another folder"))
            }
            Some(toml::Value::Integer(VERSION)) => toml::from_str(&text).map_err(|error| wrong(&error)),
            Some(version) => Err(broken(format!("{} has a version {version} that never was", path.display()))),
        }
    }

    /// A list of the first version. Its hashes say nothing of programs, so that only the paths are kept.
    fn first(table: &toml::Table) -> Option<Self> {
        let entry = |(path, hash): (&String, &toml::Value)| hash.as_str().map(|_| Entry { path: path.clone(), ..Entry::default() });
        let settings: Option<Vec<Entry>> = table.iter().map(entry).collect();
        Some(Self { version: VERSION, settings: settings?, ..Self::default() })
    }

    /// What is known of a settings file.
    pub(super) fn entry(&self, path: &str) -> Option<&Entry> {
        self.settings.iter().find(|entry| entry.path == path)
    }

    /// Trusts a settings file, in the place of what was known of it.
    pub(super) fn trust(&mut self, entry: Entry) {
        self.settings.retain(|other| other.path != entry.path);
        self.settings.push(entry);
    }

    /// Forgets a settings file. Tells whether it was known.
    pub(super) fn forget(&mut self, path: &str) -> bool {
        let known = self.settings.len();
        self.settings.retain(|entry| entry.path != path);
        self.settings.len() < known
    }

    /// The links that are permitted.
    pub(super) fn links(&self) -> &[Link] {
        &self.links
    }

    /// Permits a link, in the place of what was known of it.
    pub(super) fn permit(&mut self, link: Link) {
        self.links.retain(|other| other.link != link.link);
        self.links.push(link);
    }

    /// Forgets a link. Tells whether it was known.
    pub(super) fn forget_link(&mut self, path: &str) -> bool {
        let known = self.links.len();
        self.links.retain(|link| link.link != path);
        self.links.len() < known
    }

    /// Writes the list, in a folder that is the user's alone.
    pub(super) fn save(&self, path: &Path) -> Result<(), CliError> {
        let failed = |what: String| CliError::failed(what).hint("set TRANSLATE_CONFIG_HOME to another folder, or use --trust");
        let folder = path.parent().unwrap_or(Path::new("."));
        disk::create_folders_of_user(folder).map_err(|error| failed(format!("{} cannot be made: {error}", folder.display())))?;
        let text = toml::to_string(self).map_err(|error| failed(format!("{} cannot be written: {error}", path.display())))?;
        Ok(atomic::write_of_user(path, format!("{HEAD}{text}").as_bytes())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("home/translate/trust.toml");
        disk::create_folders_of_user(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, text).expect("written");
        (folder, path)
    }

    fn entry(path: &str) -> Entry {
        let files = Files { folders: vec!["tools/mt".to_owned()], files: [("a \"b\".py".to_owned(), "00".to_owned())].into() };
        let backends = [("m t".to_owned(), files)].into();
        Entry { path: path.to_owned(), sha256: Some("ff".to_owned()), trusted: Some("2026-01-01".to_owned()), leads_to: None, backends }
    }

    #[test]
    fn what_is_written_is_read() {
        let (_folder, path) = written("");
        std::fs::remove_file(&path).expect("removed");
        let mut store = Store::load(&path).expect("no list");
        store.trust(entry("/a"));
        store.trust(Entry { leads_to: Some("/b".to_owned()), ..entry("/가 나") });
        store.permit(Link { link: "/l".to_owned(), target: "/t".to_owned(), trusted: "2026-01-01".to_owned() });
        store.save(&path).expect("saved");
        assert_eq!(Store::load(&path).expect("a list"), store);
        store.trust(Entry { sha256: None, ..entry("/a") });
        store.permit(Link { link: "/l".to_owned(), target: "/u".to_owned(), trusted: "2026-01-02".to_owned() });
        assert_eq!((store.settings.len(), store.links.len()), (2, 1), "replaced");
        assert!(store.forget("/a") && !store.forget("/a") && store.forget_link("/l") && !store.forget_link("/l"));
        assert!(store.entry("/a").is_none() && store.entry("/가 나").is_some());
    }

    #[cfg(unix)]
    #[test]
    fn the_list_is_the_users_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("home/translate/trust.toml");
        Store::load(&path).expect("no list").save(&path).expect("saved");
        let mode = std::fs::metadata(path.parent().expect("a folder")).expect("data").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn a_list_of_the_first_version_keeps_its_paths_alone() {
        let (_folder, path) = written("# translate.toml files …\n\"/team/translate.toml\" = \"0af\"\n\"/x\" = \"1\"\n");
        let store = Store::load(&path).expect("a list");
        assert_eq!(store.entry("/team/translate.toml").map(|entry| &entry.sha256), Some(&None));
        assert_eq!(store.settings.len(), 2);
        store.save(&path).expect("saved");
        assert_eq!(Store::load(&path).expect("a list"), store, "they outlive a rewrite");
    }

    #[test]
    fn other_lists_are_refused() {
        for (text, words) in [
            ("version = 3\n[[settings]]\nshape = 1\n", "newer version"),
            ("version = 9223372036854775807\n", "newer version"),
            ("version = 1\n", "version 1 that never was"),
            ("version = \"2\"\n", "that never was"),
            ("version = 2\nmore = 1\n", "unknown field"),
            ("version = 2\n[[settings]]\nsha256 = \"a\"\n", "missing field"),
            ("a = 1\n", "is no list"),
            ("<<<", ""),
        ] {
            let (_folder, path) = written(text);
            let error = Store::load(&path).expect_err(text).to_line();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
