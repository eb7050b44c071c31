//! `--changed-from`: what the digests were at a revision of git.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use translate_digest::disk;
use translate_digest::draft::revision::{Revision, RevisionError};
use translate_digest::glossary::Glossary;
use translate_digest::pipeline::check::Files;
use translate_digest::pipeline::since::Older;

use super::super::error::CliError;

/// A revision of each repository that the digests are in.
pub(super) struct Since {
    repositories: Vec<Repository>,
}

struct Repository {
    revision: Revision,
    /// Canonical paths of the files that differ from it.
    changed: HashSet<PathBuf>,
    /// The terms at the revision, for each root whose glossary differs.
    glossaries: HashMap<PathBuf, Glossary>,
}

/// What a digest was.
pub(super) enum Then<'a> {
    /// As it is.
    Same,
    /// Other, or with other terms.
    Older(Older<'a>),
}

impl Since {
    /// Reads the revision `name` of every repository that `jobs`, digests with their roots, are in.
    pub(super) fn open<'j>(name: &str, jobs: impl Iterator<Item = (&'j Files, &'j Path)>) -> Result<Self, CliError> {
        let mut since = Self { repositories: Vec::new() };
        let mut seen = HashSet::new();
        for (files, root) in jobs {
            let folder = files.korean.parent().unwrap_or(Path::new(""));
            if !seen.insert((folder.to_owned(), root.to_owned())) {
                continue;
            }
            let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            let index = match since.repositories.iter().position(|repository| repository.revision.holds(here)) {
                Some(index) => index,
                None => {
                    let revision = Revision::open(here, name)?;
                    let changed = revision.changed()?;
                    since.repositories.push(Repository { revision, changed, glossaries: HashMap::new() });
                    since.repositories.len() - 1
                }
            };
            since.repositories[index].read_glossary(root)?;
        }
        Ok(since)
    }

    /// What a digest was at the revision; `glossary` are the terms of today.
    pub(super) fn then<'a>(&'a self, files: &Files, root: &Path, glossary: &'a Glossary) -> Result<Then<'a>, CliError> {
        let folder = files.korean.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let nothing = || Then::Older(Older { korean: None, english: None, glossary });
        let Some(repository) = self.repositories.iter().find(|repository| repository.revision.holds(folder)) else { return Ok(nothing()) };
        let older = repository.glossaries.get(root);
        let english = files.english.as_deref();
        if older.is_none() && !repository.differs(&files.korean) && !english.is_some_and(|english| repository.differs(english)) {
            return Ok(Then::Same);
        }
        let korean = repository.revision.text(&files.korean)?;
        let english = english.map(|english| repository.revision.text(english)).transpose()?.flatten();
        Ok(Then::Older(Older { korean, english, glossary: older.unwrap_or(glossary) }))
    }
}

impl Repository {
    fn differs(&self, file: &Path) -> bool {
        !file.exists() || self.changed.contains(&disk::real(file))
    }

    fn read_glossary(&mut self, root: &Path) -> Result<(), CliError> {
        let path = root.join("glossary.toml");
        if !path.exists() || !self.differs(&path) || self.glossaries.contains_key(root) {
            return Ok(());
        }
        let text = self.revision.text(&path)?;
        // A glossary that did not load then had no terms.
        let glossary = text.and_then(|text| Glossary::load(&path.display().to_string(), &text).ok()).unwrap_or_else(Glossary::empty);
        self.glossaries.insert(root.to_owned(), glossary);
        Ok(())
    }
}

impl From<RevisionError> for CliError {
    fn from(error: RevisionError) -> Self {
        let hint = match &error {
            RevisionError::NoGit(_) => "--changed-from asks git: install it, or leave the flag out".to_owned(),
            RevisionError::NoRepository(_) => "--changed-from needs a repository: run `git init`, or leave the flag out".to_owned(),
            RevisionError::Unknown(name, _) => {
                format!("name a commit, branch or tag; in CI fetch it first: git fetch origin {}", name.trim_start_matches("origin/"))
            }
            RevisionError::Failed(_) => "look at the repository with `git status`".to_owned(),
        };
        Self::failed(error.to_string()).hint(hint)
    }
}
