//! Questions about names of files that are answered without opening a file.

use std::path::{Component, Path, PathBuf};

use super::root::Place;
use super::walk::{Spot, Step};
use super::{By, DiskError, Outside, platform};

/// The path with all links resolved, as a name that does not depend on how a file is reached; the path itself if there is no such
/// file. For names only: what is opened is found by a walk.
pub fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Whether anything has this name, a dangling link or a pipe included.
pub fn lies_at(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Whether a file is there, or anything else that reading will report as an error.
pub fn exists(path: &Path) -> bool {
    match Spot::of(path) {
        Ok(spot) => spot.data.is_some_and(|data| !data.is_dir()),
        Err(error) => !error.is_missing(),
    }
}

/// Device and inode: equal for all names of one file, hard links included. `None` if there is no file or the system has no such numbers.
pub fn identity(path: &Path) -> Option<(u64, u64)> {
    path.metadata().ok().and_then(|data| platform::identity(&data))
}

/// Whether two paths name the same file, through links or hard links.
pub fn is_same(a: &Path, b: &Path) -> bool {
    a == b
        || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
        || matches!((identity(a), identity(b)), (Some(a), Some(b)) if a == b)
}

/// The path of the file that a file of the repository refers to as `name`, relative to its own folder.
///
/// # Errors
/// If the name leads out of the root of `file`. A file of the repository cannot permit that.
pub fn beside(file: &Path, name: &str) -> Result<PathBuf, DiskError> {
    let (place, _) = Place::of_file(file)?;
    let outside = || {
        let by = By::Name { file: file.to_owned(), name: PathBuf::from(name) };
        DiskError::Outside(Box::new(Outside { by, root: place.root.path(), is_repository: place.root.is_repository }))
    };
    let path = Path::new(name);
    if path.has_root() || matches!(path.components().next(), Some(Component::Prefix(_))) {
        let inner = place.root.inner(path).ok_or_else(outside)?;
        depth(0, inner.components().filter_map(Step::of)).ok_or_else(outside)?;
        return Ok(path.to_owned());
    }
    let from = depth(0, place.steps.iter().cloned()).ok_or_else(outside)?;
    depth(from, path.components().filter_map(Step::of)).ok_or_else(outside)?;
    Ok(file.with_file_name("").join(path))
}

/// The depth below the root after `steps` from `depth`; `None` if they leave the root on the way.
fn depth(depth: usize, mut steps: impl Iterator<Item = Step>) -> Option<usize> {
    steps.try_fold(depth, |depth, step| match step {
        Step::Up => depth.checked_sub(1),
        Step::Down(_) => Some(depth + 1),
    })
}
