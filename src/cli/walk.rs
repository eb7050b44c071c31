//! Walks folders as git does: without hidden and ignored files, and without following links to folders.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use translate_digest::disk::{self, DiskError, Entry, Kind, Root};

use super::error::CliError;

/// All files and links below a folder, in the order of their names. A .gitignore counts without a git repository too. Paths below `.`
/// have no `./`.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, CliError> {
    let real = disk::real(folder);
    let mut walk = Walk { global: Gitignore::global().0, levels: around(folder, &real)?, files: Vec::new() };
    let named = if folder == Path::new(".") { PathBuf::new() } else { folder.strip_prefix("./").unwrap_or(folder).to_owned() };
    walk.folder(folder, &named, &real)?;
    Ok(walk.files)
}

/// Ignore lists of the folders from the root down to the parent of a folder.
fn around(folder: &Path, real: &Path) -> Result<Vec<Level>, DiskError> {
    let top = Root::of(folder)?.path();
    let mut above: Vec<&Path> = real.ancestors().skip(1).take_while(|above| above.starts_with(&top)).collect();
    above.reverse();
    Ok(above.into_iter().map(|folder| Level::of(folder, |name| disk::exists(&folder.join(name)))).collect())
}

struct Walk {
    /// The user's own list, from the configuration of git.
    global: Gitignore,
    /// Lists of the folders from the root to here.
    levels: Vec<Level>,
    files: Vec<PathBuf>,
}

/// Ignore lists of one folder, by kind; the first kind takes precedence.
struct Level {
    lists: [Gitignore; 3],
}

impl Level {
    fn of(folder: &Path, has: impl Fn(&str) -> bool) -> Self {
        let list = |name: &str, is_there: bool| {
            let mut builder = GitignoreBuilder::new(folder);
            // A list that cannot be read (a link out of the root, a pipe) ignores nothing, as with git.
            let text = if is_there { disk::read(&folder.join(name)).unwrap_or_default() } else { Vec::new() };
            for line in String::from_utf8_lossy(&text).lines() {
                // An invalid pattern is skipped, as with git.
                let _ = builder.add_line(None, line);
            }
            builder.build().unwrap_or_else(|_| Gitignore::empty())
        };
        let is_top = disk::lies_at(&folder.join(".git"));
        Self { lists: [list(".ignore", has(".ignore")), list(".gitignore", has(".gitignore")), list(".git/info/exclude", is_top)] }
    }
}

impl Walk {
    /// Adds the files of a folder: `folder` to list it, `named` for the paths returned, `real` to match patterns.
    fn folder(&mut self, folder: &Path, named: &Path, real: &Path) -> Result<(), CliError> {
        let entries = disk::list(folder)?;
        let names: HashSet<&str> = entries.iter().filter_map(|entry| entry.name.to_str()).collect();
        self.levels.push(Level::of(real, |name| names.contains(name)));
        for Entry { name, kind } in &entries {
            let (path, real) = (named.join(name), real.join(name));
            let is_hidden = name.to_string_lossy().starts_with('.');
            match self.ignored(&real, *kind == Kind::Folder) {
                Match::Ignore(()) => {}
                Match::None if is_hidden => {}
                Match::None | Match::Whitelist(()) => match kind {
                    Kind::Folder => self.folder(&folder.join(name), &path, &real)?,
                    Kind::File | Kind::Link => self.files.push(path),
                    Kind::Other => {}
                },
            }
        }
        self.levels.pop();
        Ok(())
    }

    /// Matches a path against the lists: the nearest of each kind, then the kinds in their order.
    fn ignored(&self, real: &Path, is_folder: bool) -> Match<()> {
        let mut said: [Match<()>; 3] = [Match::None, Match::None, Match::None];
        for level in self.levels.iter().rev() {
            for (kind, list) in level.lists.iter().enumerate() {
                if said[kind].is_none() {
                    said[kind] = list.matched(real, is_folder).map(|_| ());
                }
            }
        }
        let [first, second, third] = said;
        first.or(second).or(third).or(self.global.matched(real, is_folder).map(|_| ()))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use ignore::WalkBuilder;

    use super::*;

    /// What the crate's own walk finds, which opens lists of its own accord.
    fn by_the_crate(folder: &Path) -> Vec<PathBuf> {
        let entries = WalkBuilder::new(folder).require_git(false).git_global(false).build().flatten();
        let mut files: Vec<PathBuf> =
            entries.filter(|entry| entry.file_type().is_some_and(|kind| !kind.is_dir())).map(ignore::DirEntry::into_path).collect();
        files.sort();
        files
    }

    #[test]
    fn the_walk_is_that_of_git() {
        for is_git in [true, false] {
            let folder = tempfile::tempdir().expect("a folder");
            let top = folder.path().canonicalize().expect("a folder");
            if is_git {
                fs::create_dir_all(top.join(".git/info")).expect("a folder");
                fs::write(top.join(".git/info/exclude"), "excluded.md\n").expect("written");
            } else {
                fs::write(top.join("glossary.toml"), "").expect("written");
            }
            for (name, text) in [
                (".gitignore", "# lists\nbuild/\n*.bak.md\n!kept.bak.md\n/top.md\n!.shown\ndeep/**/no.md\nspaced\\ .md\n[x\n"),
                ("a.md", ""),
                ("top.md", ""),
                ("sub/top.md", ""),
                ("excluded.md", ""),
                ("sub/excluded.md", ""),
                ("build/a.md", ""),
                ("sub/build/a.md", ""),
                ("x.bak.md", ""),
                ("kept.bak.md", ""),
                (".hidden/a.md", ""),
                (".hidden.md", ""),
                (".shown/a.md", ""),
                ("deep/er/no.md", ""),
                ("deep/er/yes.md", ""),
                ("sub/.gitignore", "!x.bak.md\nother.md\n"),
                ("sub/x.bak.md", ""),
                ("sub/other.md", ""),
                ("sub/.ignore", "!other.md\ny.md\n"),
                ("sub/y.md", ""),
                ("sub/inner/y.md", ""),
                ("nested/.git/config", ""),
                ("nested/x.bak.md", ""),
                ("nested/a.md", ""),
            ] {
                let path = top.join(name);
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                fs::write(path, text).expect("written");
            }
            #[cfg(unix)]
            {
                std::os::unix::fs::symlink("a.md", top.join("link.md")).expect("linked");
                std::os::unix::fs::symlink("sub", top.join("folder")).expect("linked");
            }
            for start in ["", "sub", "sub/inner", "build", "deep/er"] {
                let folder = top.join(start);
                let mut found = files(&folder).expect("a walk");
                found.sort();
                assert_eq!(found, by_the_crate(&folder), "{start}, git: {is_git}");
            }
            // A repository inside is a root: lists around it are not opened from there.
            assert_eq!(files(&top.join("nested")).expect("a walk"), ["a.md", "x.bak.md"].map(|name| top.join("nested").join(name)));
        }
    }
}
