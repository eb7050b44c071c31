//! Resolution of a path from its root, one folder handle at a time.

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

/// Most links that are followed, as on Linux.
const MOST_LINKS: usize = 40;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Up,
    Down(OsString),
}

impl Step {
    /// The step for a component; `None` for `.` and roots.
    pub(super) fn of(part: Component<'_>) -> Option<Self> {
        match part {
            Component::ParentDir => Some(Self::Up),
            Component::Normal(name) => Some(Self::Down(name.to_owned())),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => None,
        }
    }
}

/// Position of a walk: handles of the folders from the root to here, and their names.
pub(super) struct Walk<'a> {
    pub(super) root: Arc<Root>,
    pub(super) names: Vec<OsString>,
    /// The root's handle, then one for each name.
    dirs: Vec<Dir>,
    /// Links that were followed: real path and text.
    links: Vec<(PathBuf, PathBuf)>,
    /// Whether links are refused from here on: the rest of the path was permitted as a real path.
    exact: bool,
    /// The path to resolve, for messages.
    asked: &'a Path,
}

/// Handle of a file's folder, and the file's name.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) dir: Dir,
    pub(super) name: OsString,
    /// Metadata of what has that name; never a link.
    pub(super) data: Option<Metadata>,
    /// The real path of the folder.
    pub(super) folder: PathBuf,
}

impl Spot {
    /// Resolves a path to a file, which need not exist.
    pub(super) fn of(path: &Path) -> Result<Self, DiskError> {
        let (place, name) = Place::of_file(path)?;
        let walk = Walk::new(&place.root, path)?;
        let mut queue = place.queue();
        queue.extend(name.map(|name| (Step::Down(name), None)));
        walk.into_file(queue)
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

    /// Handle and real path of the folder where the walk ended.
    pub(super) fn into_dir(mut self) -> Result<(Dir, PathBuf), DiskError> {
        let path = self.path();
        self.dirs.pop().map(|dir| (dir, path)).ok_or_else(|| self.failed(io::ErrorKind::NotFound.into()))
    }

    /// Walks to the folder of a file, following links in the last step too.
    fn into_file(mut self, mut queue: VecDeque<(Step, Option<usize>)>) -> Result<Spot, DiskError> {
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

    /// Puts the steps of a link's target before the remaining steps.
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
        // On Windows a path may have a root or a drive without being absolute.
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

    /// Handles a step out of the root, by a link or by the path itself: continues at the target if the link is permitted, else fails.
    fn leave(&mut self, link: Option<usize>, queue: &mut VecDeque<(Step, Option<usize>)>) -> Result<(), DiskError> {
        let Some((at, held)) = link.and_then(|link| self.links.get(link)).cloned() else {
            return Err(self.outside(By::Path(self.asked.to_owned())));
        };
        let target = permit::target_of(&at, &held);
        if !permit::is_permitted(&at, &target) {
            return Err(self.outside(By::Link { link: self.shown(&at), target }));
        }
        // The target is already the end of the link's own steps.
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

    /// The real path of the present folder.
    fn path(&self) -> PathBuf {
        let mut path = self.root.path();
        path.extend(&self.names);
        path
    }

    /// A real path as the user would write it: relative if the path to resolve is.
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

/// Opens a root: the base by its path, then each folder without following links.
fn open_root(root: &Root) -> io::Result<Dir> {
    let base = Dir::open_ambient_dir(&root.base, ambient_authority())?;
    root.floor.iter().try_fold(base, |dir, name| dir.open_dir_nofollow(name))
}
