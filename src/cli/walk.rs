//! Folders walked as git sees them: without what is hidden and what is ignored, and through no link to a folder.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use translate_digest::disk::{self, DiskError, Entry, Kind, Root};

use super::error::CliError;

/// Every file under a folder, links to files among them, in the order of the names. A folder that is no git repository may have a
/// .gitignore all the same. What was given as `.` is named as the user would name it.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, CliError> {
    let real = disk::real(folder);
    let mut walk = Walk { global: Gitignore::global().0, levels: around(folder, &real)?, files: Vec::new() };
    let named = if folder == Path::new(".") { PathBuf::new() } else { folder.strip_prefix("./").unwrap_or(folder).to_owned() };
    walk.folder(folder, &named, &real)?;
    Ok(walk.files)
}

/// What the folders from the root down to a folder ignore, the folder's own aside.
fn around(folder: &Path, real: &Path) -> Result<Vec<Level>, DiskError> {
    let top = Root::of(folder)?.path();
    let mut above: Vec<&Path> = real.ancestors().skip(1).take_while(|above| above.starts_with(&top)).collect();
    above.reverse();
    Ok(above.into_iter().map(|folder| Level::of(folder, |name| disk::exists(&folder.join(name)))).collect())
}

struct Walk {
    /// What the user's own configuration of git ignores everywhere.
    global: Gitignore,
    /// What each folder from the root to here ignores.
    levels: Vec<Level>,
    files: Vec<PathBuf>,
}

/// What a folder's own lists ignore below it, by the kind of the list; the first kind outranks the others.
struct Level {
    lists: [Gitignore; 3],
    /// Whether it is the top of a git work tree, beyond which git looks for no lists.
    is_top: bool,
}

impl Level {
    fn of(folder: &Path, has: impl Fn(&str) -> bool) -> Self {
        let list = |name: &str, is_there: bool| {
            let mut builder = GitignoreBuilder::new(folder);
            // A list that cannot be read ignores nothing, as with git: a link that leads out, a pipe.
            let text = if is_there { disk::read(&folder.join(name)).unwrap_or_default() } else { Vec::new() };
            for line in String::from_utf8_lossy(&text).lines() {
                // So does a line that is no pattern.
                let _ = builder.add_line(None, line);
            }
            builder.build().unwrap_or_else(|_| Gitignore::empty())
        };
        let is_top = disk::lies_at(&folder.join(".git"));
        let lists = [list(".ignore", has(".ignore")), list(".gitignore", has(".gitignore")), list(".git/info/exclude", is_top)];
        Self { lists, is_top }
    }
}

impl Walk {
    /// Adds what is in a folder, which is listed as `folder`, named as `named` and is `real`.
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

    /// What the lists say of a path: of each kind the nearest, and of the kinds the first.
    fn ignored(&self, real: &Path, is_folder: bool) -> Match<()> {
        let mut said: [Match<()>; 3] = [Match::None, Match::None, Match::None];
        let mut is_inside = true;
        for level in self.levels.iter().rev() {
            for (kind, list) in level.lists.iter().enumerate() {
                if said[kind].is_none() && (kind == 0 || is_inside) {
                    said[kind] = list.matched(real, is_folder).map(|_| ());
                }
            }
            is_inside &= !level.is_top;
        }
        let [first, second, third] = said;
        first.or(second).or(third).or(self.global.matched(real, is_folder).map(|_| ()))
    }
}
