//! `--changed-from`: what the digests were at a revision of git.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use translate_digest::draft::files;
use translate_digest::glossary::Glossary;
use translate_digest::pipeline::check::Files;
use translate_digest::pipeline::since::Older;
use translate_digest::project::git::{GitEnvironment, GitError, Repository, Revision, as_checked_out, is_same_text};

use super::super::error::CliError;
use super::super::project::git_environment;

/// A revision of each repository that the digests are in.
pub(super) struct Since {
    /// By the top of the work tree.
    revisions: HashMap<PathBuf, Revision>,
    /// The repository of each folder, by its top.
    tops: HashMap<PathBuf, PathBuf>,
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
        let environment = git_environment()?;
        let mut since = Self { revisions: HashMap::new(), tops: HashMap::new(), glossaries: HashMap::new() };
        let mut roots = HashSet::new();
        for (files, root) in jobs {
            since.find(folder_of(&files.korean), name, &environment)?;
            // The English side and the glossary may be elsewhere: in another repository, which need not know the revision, or in none.
            let glossary = root.join("glossary.toml");
            for other in files.english.iter().chain(Some(&glossary)) {
                match since.find(folder_of(other), name, &environment) {
                    Ok(()) | Err(GitError::NoRepository(_) | GitError::Unknown(..)) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            roots.insert(root.to_owned());
        }
        for root in roots {
            since.read_glossary(root)?;
        }
        Ok(since)
    }

    /// Finds the repository of a folder, and opens its revision.
    fn find(&mut self, folder: &Path, name: &str, environment: &GitEnvironment) -> Result<(), GitError> {
        if self.tops.contains_key(folder) {
            return Ok(());
        }
        let repository = Repository::around(folder, environment)?;
        let top = repository.top.clone();
        if !self.revisions.contains_key(&top) {
            self.revisions.insert(top.clone(), Revision::open(repository, name, environment)?);
        }
        self.tops.insert(folder.to_owned(), top);
        Ok(())
    }

    /// What a digest was at the revision; `glossary` are the terms of today.
    pub(super) fn then<'a>(&'a self, files: &Files, root: &Path, glossary: &'a Glossary) -> Result<Then<'a>, CliError> {
        let older = self.glossaries.get(root);
        let korean = self.text(&files.korean)?;
        let english = files.english.as_deref().map(|english| self.text(english)).transpose()?.unwrap_or(Text::Same(None));
        Ok(match (korean, english) {
            (Text::Same(_), Text::Same(_)) if older.is_none() => Then::Same,
            (korean, english) => Then::Older(Older { korean: korean.then(), english: english.then(), glossary: older.unwrap_or(glossary) }),
        })
    }

    /// What a file was.
    fn text(&self, file: &Path) -> Result<Text, CliError> {
        let top = self.tops.get(folder_of(file));
        let then = top.and_then(|top| self.revisions.get(top)).map(|revision| revision.text(file)).transpose()?.flatten();
        // What cannot be read now is told by whoever checks it.
        Ok(match (then, files::read(file)) {
            (Some(then), Ok(now)) if is_same_text(&then, &now) => Text::Same(Some(now)),
            (Some(then), Ok(now)) => Text::Other(Some(as_checked_out(then, &now))),
            (then, _) => Text::Other(then),
        })
    }

    /// Reads the glossary of a root, if it differs.
    fn read_glossary(&mut self, root: PathBuf) -> Result<(), CliError> {
        let path = root.join("glossary.toml");
        if path.exists()
            && let Text::Other(text) = self.text(&path)?
        {
            // A glossary that did not load then had no terms.
            let glossary = text.and_then(|text| Glossary::load(&path.display().to_string(), &text).ok()).unwrap_or_else(Glossary::empty);
            self.glossaries.insert(root, glossary);
        }
        Ok(())
    }
}

/// A file then, beside what it is now.
enum Text {
    /// As it is, but for the ends of lines; with the text, if there is one.
    Same(Option<String>),
    /// Other; `None` if there was none.
    Other(Option<String>),
}

impl Text {
    fn then(self) -> Option<String> {
        match self {
            Self::Same(text) | Self::Other(text) => text,
        }
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

impl From<GitError> for CliError {
    fn from(error: GitError) -> Self {
        let hint = match &error {
            GitError::NoProgram | GitError::OnlyInside(_) | GitError::NotStarted(_) => {
                "--changed-from asks git: install it, or leave the flag out".to_owned()
            }
            GitError::NoRepository(_) => "--changed-from needs a repository: run `git init`, or leave the flag out".to_owned(),
            GitError::Unknown(name, _) if is_fetched(name) => {
                format!("name a commit, branch or tag; in CI fetch it first: git fetch origin {}", name.trim_start_matches("origin/"))
            }
            GitError::Unknown(..) => "name one commit, branch or tag, as in origin/main; a shallow clone has to fetch it first".to_owned(),
            GitError::Broken(..) => "repair it, or move it away".to_owned(),
            GitError::Missing(..) => "clone it without --filter, or fetch the revision with all its files first".to_owned(),
            _ => "look at the repository with `git fsck`".to_owned(),
        };
        Self::failed(error.to_string()).hint(hint)
    }
}

/// Whether a remote could have something under a name: no signs that git gives a meaning to.
fn is_fetched(name: &str) -> bool {
    let signs = ['^', '~', ':', '?', '*', '[', '\\', '@', '{'];
    !name.is_empty()
        && !name.starts_with('-')
        && !name.contains("..")
        && !name.contains(|c: char| c.is_whitespace() || c.is_control() || signs.contains(&c))
}
