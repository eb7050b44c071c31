//! The walk from a root to a file, folder by folder, each by its handle.

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use cap_fs_ext::DirExt;
use cap_std::ambient_authority;
use cap_std::fs::{Dir, Metadata};

use super::root::{Place, Root};
use super::{By, DiskError, OWN_FOLDER, Outside, permit};

/// The most links that are followed, as on Linux.
const MOST_LINKS: usize = 40;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Up,
    Down(OsString),
}

impl Step {
    /// The step that a part of a path is; none for what leads nowhere.
    pub(super) fn of(part: Component<'_>) -> Option<Self> {
        match part {
            Component::ParentDir => Some(Self::Up),
            Component::Normal(name) => Some(Self::Down(name.to_owned())),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => None,
        }
    }
}

/// Where a walk is: handles of the folders from the root to here, and their names.
pub(super) struct Walk<'a> {
    pub(super) root: Arc<Root>,
    pub(super) names: Vec<OsString>,
    /// One more than names: the root's own comes first.
    dirs: Vec<Dir>,
    /// The links that were followed: their place, and what they hold.
    links: Vec<(PathBuf, PathBuf)>,
    /// Whether no link may be followed any more: what is ahead was permitted as it is.
    exact: bool,
    /// The path that was asked for.
    asked: &'a Path,
}

/// A file's folder by its handle, and the file's name in it.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) dir: Dir,
    pub(super) name: OsString,
    /// What is there, if anything is; never a link.
    pub(super) data: Option<Metadata>,
    /// The real path of the folder.
    pub(super) folder: PathBuf,
}

impl Spot {
    /// The file that a path leads to, whether it is there or not.
    pub(super) fn of(path: &Path) -> Result<Self, DiskError> {
        let (place, name) = Place::of_file(path)?;
        let walk = Walk::new(&place.root, path)?;
        let mut queue = place.queue();
        queue.extend(name.map(|name| (Step::Down(name), None)));
        walk.to_file(queue)
    }
}

impl<'a> Walk<'a> {
    fn new(root: &Arc<Root>, asked: &'a Path) -> Result<Self, DiskError> {
        let dir = open_root(root).map_err(|error| DiskError::Failed(asked.to_owned(), error))?;
        Ok(Self { root: Arc::clone(root), names: Vec::new(), dirs: vec![dir], links: Vec::new(), exact: false, asked })
    }

    /// Walks to a folder.
    pub(super) fn to_folder(place: &Place, asked: &'a Path) -> Result<Self, DiskError> {
        let mut walk = Self::new(&place.root, asked)?;
        let mut queue = place.queue();
        while let Some(step) = queue.pop_front() {
            walk.step(step, &mut queue)?;
        }
        Ok(walk)
    }

    /// The folder where the walk ended.
    pub(super) fn into_dir(mut self) -> Result<(Dir, PathBuf), DiskError> {
        let path = self.path();
        self.dirs.pop().map(|dir| (dir, path)).ok_or_else(|| self.failed(io::ErrorKind::NotFound.into()))
    }

    /// Walks to a file: the last step is not taken, unless it is a link.
    fn to_file(mut self, mut queue: VecDeque<(Step, Option<usize>)>) -> Result<Spot, DiskError> {
        while let Some((step, link)) = queue.pop_front() {
            let name = match step {
                Step::Down(name) if queue.is_empty() => name,
                step => {
                    self.step((step, link), &mut queue)?;
                    continue;
                }
            };
            let data = match self.here()?.symlink_metadata(&name) {
                Ok(data) if data.is_symlink() => {
                    self.follow(&name, &mut queue)?;
                    continue;
                }
                Ok(data) => Some(data),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(self.failed(error)),
            };
            let (dir, folder) = self.into_dir()?;
            return Ok(Spot { dir, name, data, folder });
        }
        Err(DiskError::Folder(self.asked.to_owned()))
    }

    fn step(&mut self, (step, link): (Step, Option<usize>), queue: &mut VecDeque<(Step, Option<usize>)>) -> Result<(), DiskError> {
        match step {
            Step::Up if self.names.is_empty() => self.leave(link, queue),
            Step::Up => {
                self.names.pop();
                self.dirs.pop();
                Ok(())
            }
            Step::Down(name) => match self.here()?.open_dir_nofollow(&name) {
                Ok(dir) => {
                    self.names.push(name);
                    self.dirs.push(dir);
                    Ok(())
                }
                Err(error) => match self.here()?.symlink_metadata(&name) {
                    Ok(data) if data.is_symlink() => self.follow(&name, queue),
                    _ => Err(self.failed(error)),
                },
            },
        }
    }

    /// Puts where a link leads in front of what is still to be walked.
    fn follow(&mut self, name: &OsStr, queue: &mut VecDeque<(Step, Option<usize>)>) -> Result<(), DiskError> {
        let target = self.here()?.read_link_contents(name).map_err(|error| self.failed(error))?;
        let at = self.path().join(name);
        if name == OWN_FOLDER || self.names.iter().any(|name| name == OWN_FOLDER) {
            return Err(DiskError::Linked(self.shown(&at), target));
        }
        if self.exact || self.links.len() >= MOST_LINKS {
            return Err(DiskError::Circle(self.asked.to_owned()));
        }
        self.links.push((at, target.clone()));
        let link = self.links.len() - 1;
        let mut ahead = target.as_path();
        // On Windows a path may have a root and yet be relative to a drive.
        if target.has_root() || matches!(target.components().next(), Some(Component::Prefix(_))) {
            match self.root.inner(&target) {
                Some(inner) => {
                    self.names.clear();
                    self.dirs.truncate(1);
                    ahead = inner;
                }
                None => return self.leave(Some(link), queue),
            }
        }
        for step in ahead.components().rev().filter_map(Step::of) {
            queue.push_front((step, Some(link)));
        }
        Ok(())
    }

    /// The walk is about to leave the root, because of a link or of the path itself: it goes on where a person permitted that, and ends
    /// elsewhere.
    fn leave(&mut self, link: Option<usize>, queue: &mut VecDeque<(Step, Option<usize>)>) -> Result<(), DiskError> {
        let Some((at, held)) = link.and_then(|link| self.links.get(link)).cloned() else {
            return Err(self.outside(By::Path(self.asked.to_owned())));
        };
        let target = permit::target_of(&at, &held);
        if !permit::is_permitted(&at, &target) {
            return Err(self.outside(By::Link { link: self.shown(&at), target }));
        }
        // What the link holds was walked to its end by whoever permitted it.
        while queue.front().is_some_and(|(_, of)| *of == link) {
            queue.pop_front();
        }
        let is_file = queue.is_empty();
        let (folder, name) = match (is_file, target.parent(), target.file_name()) {
            (true, Some(folder), Some(name)) => (folder, Some(name)),
            _ => (target.as_path(), None),
        };
        self.root = Arc::new(Root::permitted(folder));
        self.dirs = vec![open_root(&self.root).map_err(|error| self.failed(error))?];
        self.names.clear();
        if let Some(name) = name {
            self.exact = true;
            queue.push_front((Step::Down(name.to_owned()), None));
        }
        Ok(())
    }

    fn outside(&self, by: By) -> DiskError {
        DiskError::Outside(Box::new(Outside { by, root: self.root.path(), is_repository: self.root.is_repository }))
    }

    fn here(&self) -> Result<&Dir, DiskError> {
        self.dirs.last().ok_or_else(|| self.failed(io::ErrorKind::NotFound.into()))
    }

    /// The real path of where the walk is.
    fn path(&self) -> PathBuf {
        let mut path = self.root.path();
        path.extend(&self.names);
        path
    }

    /// A real path as the user would name it: relative where the path that was asked for is.
    fn shown(&self, real: &Path) -> PathBuf {
        let here = std::env::current_dir().ok().filter(|_| self.asked.is_relative());
        if let Some(inner) = here.as_deref().and_then(|here| real.strip_prefix(here).ok()) {
            return inner.to_owned();
        }
        real.strip_prefix(&self.root.base).map_or_else(|_| real.to_owned(), |inner| self.root.alias.join(inner))
    }

    fn failed(&self, error: io::Error) -> DiskError {
        DiskError::Failed(self.asked.to_owned(), error)
    }
}

/// A root by its handle: the base by its path, which is the user's, and the rest without following links.
fn open_root(root: &Root) -> io::Result<Dir> {
    let base = Dir::open_ambient_dir(&root.base, ambient_authority())?;
    root.floor.iter().try_fold(base, |dir, name| dir.open_dir_nofollow(name))
}
