//! The folder that confines a path, and how it is found.

use std::collections::{HashMap, VecDeque};
use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::walk::{Step, Walk};
use super::{DiskError, SETTINGS};

/// The folder that confines a path: the nearest ancestor with `.git`, else the nearest with glossary.toml or translate.toml, else the
/// path's own folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// Real path of the outermost root around this one, or of this one. The user chose the way to it, links included.
    pub(super) base: PathBuf,
    /// Folders from the base to this root; none is a link.
    pub(super) floor: Vec<OsString>,
    /// Path of the base as given by the user.
    pub(super) alias: PathBuf,
    /// Whether it has `.git`.
    pub(super) is_repository: bool,
}

impl Root {
    /// The root of a folder.
    ///
    /// # Errors
    /// If there is no such folder, or the path to it leads out of an outer root.
    pub fn of(folder: &Path) -> Result<Self, DiskError> {
        Place::of_folder(folder).map(|place| Self::clone(&place.root))
    }

    /// The real path of the root.
    pub fn path(&self) -> PathBuf {
        let mut path = self.base.clone();
        path.extend(&self.floor);
        path
    }

    /// Whether it is the top of a git work tree.
    pub fn is_repository(&self) -> bool {
        self.is_repository
    }

    /// A root in a folder that a person permitted, reached without following links.
    pub(super) fn permitted(folder: &Path) -> Self {
        let base = folder.ancestors().last().unwrap_or(folder);
        let floor = folder.strip_prefix(base).unwrap_or(folder).iter().map(OsString::from).collect();
        Self { base: base.to_owned(), floor, alias: base.to_owned(), is_repository: false }
    }

    /// The rest of an absolute path below the root; `None` if it does not begin with the root.
    pub(super) fn inner<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        let floor: PathBuf = self.floor.iter().collect();
        [&self.base, &self.alias].into_iter().find_map(|top| path.strip_prefix(top.join(&floor)).ok())
    }
}

/// A path as a root and the steps from there.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) root: Arc<Root>,
    /// Steps from the root to the folder. A step up remains only after a link, whose target decides where it leads.
    pub(super) steps: Vec<Step>,
}

impl Place {
    /// The place of a folder.
    pub(super) fn of_folder(folder: &Path) -> Result<Self, DiskError> {
        let failed = |error| DiskError::Failed(folder.to_owned(), error);
        let (clean, rest) = clean(folder).map_err(failed)?;
        let mut place = remembered(&clean, folder)?;
        place.steps.extend(rest);
        Ok(place)
    }

    /// The place of a file's folder, and the file's name; `None` if the path does not end with a name.
    pub(super) fn of_file(path: &Path) -> Result<(Self, Option<OsString>), DiskError> {
        match (path.file_name(), path.parent()) {
            (Some(name), Some(folder)) => {
                let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
                let place = Self::of_folder(folder).map_err(|error| match error {
                    DiskError::Failed(_, error) => DiskError::Failed(path.to_owned(), error),
                    error => error,
                });
                Ok((place?, Some(name.to_owned())))
            }
            _ => Ok((Self::of_folder(path)?, None)),
        }
    }

    pub(super) fn queue(&self) -> VecDeque<(Step, Option<usize>)> {
        self.steps.iter().map(|step| (step.clone(), None)).collect()
    }
}

/// The absolute path without `.` and `..`, up to the first `..` after a link; and the steps from there, which depend on the link's
/// target.
fn clean(path: &Path) -> io::Result<(PathBuf, Vec<Step>)> {
    let absolute = if path.is_absolute() { path.to_owned() } else { std::env::current_dir()?.join(path) };
    let mut clean = PathBuf::new();
    let mut parts = absolute.components();
    while let Some(part) = parts.next() {
        match part {
            Component::ParentDir if clean.is_symlink() => {
                let rest = std::iter::once(Component::ParentDir).chain(parts);
                return Ok((clean, rest.filter_map(Step::of).collect()));
            }
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    Ok((clean, Vec::new()))
}

/// Places of folders, with the time of the search.
type Found = HashMap<PathBuf, (Instant, Place)>;

/// How long a result is reused: a run over thousands of digests searches each folder about once, and a long review notices when a folder
/// becomes a repository.
const MOMENT: Duration = Duration::from_secs(1);

/// [`find`] with a cache. A global, because every path of every command is looked up here; it affects nothing but the speed.
fn remembered(folder: &Path, asked: &Path) -> Result<Place, DiskError> {
    static FOUND: Mutex<Option<Found>> = Mutex::new(None);
    let now = Instant::now();
    let lock = || FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    let known = lock().as_ref().and_then(|found| found.get(folder).cloned());
    if let Some((_, place)) = known.filter(|(then, _)| now.duration_since(*then) < MOMENT) {
        return Ok(place);
    }
    let place = find(folder, asked)?;
    lock().get_or_insert_default().insert(folder.to_owned(), (now, place.clone()));
    Ok(place)
}

/// Reason why a folder is a root.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marker {
    Git,
    Settings,
}

/// The marker of a folder. Anything with one of the names counts, so that a pipe named like a glossary is reported and not
/// skipped.
fn marker(folder: &Path) -> Option<Marker> {
    let has = |name: &str| folder.join(name).symlink_metadata().is_ok();
    if has(".git") {
        return Some(Marker::Git);
    }
    SETTINGS.iter().any(|name| has(name)).then_some(Marker::Settings)
}

/// Finds the root of an absolute folder.
///
/// The user chose the path to the outermost folder with a marker. From there each step is walked by handle, so that a link in one root
/// cannot lead to a root in another repository.
fn find(folder: &Path, asked: &Path) -> Result<Place, DiskError> {
    let failed = |error| DiskError::Failed(asked.to_owned(), error);
    let mut marked: Vec<(&Path, Marker)> = folder.ancestors().filter_map(|folder| Some((folder, marker(folder)?))).collect();
    marked.reverse();
    let Some(&(outer, kind)) = marked.first() else {
        let real = folder.canonicalize().map_err(failed)?;
        let nearest = |kind| real.ancestors().find(|folder| marker(folder) == Some(kind));
        let (root, is_repository) = match (nearest(Marker::Git), nearest(Marker::Settings)) {
            (Some(root), _) => (root, true),
            (None, root) => (root.unwrap_or(&real), false),
        };
        return Ok(below(root, root, is_repository, &real));
    };
    let real = outer.canonicalize().map_err(failed)?;
    let around = real.ancestors().filter(|_| kind != Marker::Git).find(|folder| marker(folder) == Some(Marker::Git));
    let mut is_git = kind == Marker::Git || around.is_some();
    let mut place = match around {
        Some(top) => below(top, top, true, &real),
        None => below(&real, outer, is_git, &real),
    };
    let mut from = outer;
    for (inner, kind) in marked.into_iter().skip(1) {
        place.steps.extend(inner.strip_prefix(from).unwrap_or(inner).components().filter_map(Step::of));
        from = inner;
        if kind == Marker::Git || !is_git {
            is_git |= kind == Marker::Git;
            let walk = Walk::to_folder(&place, asked)?;
            let mut root = Root { is_repository: is_git, ..Root::clone(&walk.root) };
            root.floor.extend(walk.names);
            place = Place { root: Arc::new(root), steps: Vec::new() };
        }
    }
    place.steps.extend(folder.strip_prefix(from).unwrap_or(folder).components().filter_map(Step::of));
    Ok(place)
}

/// The place of `folder` below `top`, both real.
fn below(top: &Path, alias: &Path, is_repository: bool, folder: &Path) -> Place {
    let root = Root { base: top.to_owned(), floor: Vec::new(), alias: alias.to_owned(), is_repository };
    let steps = folder.strip_prefix(top).unwrap_or(Path::new("")).components().filter_map(Step::of).collect();
    Place { root: Arc::new(root), steps }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_cleaned_only_where_no_link_comes_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let top = folder.path().canonicalize().expect("a folder");
        std::fs::create_dir_all(top.join("a/b")).expect("folders");
        assert_eq!(clean(&top.join("a/./b/../../c")).expect("clean"), (top.join("c"), Vec::new()));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("a/b", top.join("link")).expect("linked");
            let rest = vec![Step::Up, Step::Down("c".into())];
            assert_eq!(clean(&top.join("link/../c")).expect("clean"), (top.join("link"), rest));
        }
    }

    #[test]
    fn the_nearest_repository_is_the_root_then_the_nearest_settings() {
        let folder = tempfile::tempdir().expect("a folder");
        let top = folder.path().canonicalize().expect("a folder");
        std::fs::create_dir_all(top.join("a/b/c")).expect("folders");
        let root = |from: &str| Root::of(&top.join(from)).expect("a root").path();
        assert_eq!(root("a/b"), top.join("a/b"));
        std::fs::write(top.join("a/glossary.toml"), "").expect("written");
        // What was found is believed for a moment: other folders are asked for.
        assert_eq!(root("a/b/c"), top.join("a"));
        std::fs::create_dir(top.join(".git")).expect("a folder");
        std::fs::create_dir_all(top.join("a/d/e")).expect("folders");
        assert_eq!(root("a/d"), top);
        std::fs::write(top.join("a/d/.git"), "gitdir: x").expect("written");
        assert_eq!(root("a/d/e"), top.join("a/d"));
    }
}
