//! Names of files: what they stand for, told without opening anything.

use std::path::{Component, Path, PathBuf};

use super::root::Place;
use super::walk::{Spot, Step};
use super::{By, DiskError, Outside, platform};

/// The path without links, for names that are the same however a file is reached; the path as it is where there is no such file. It
/// names, and opens nothing.
pub fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Whether anything at all has this name: a dangling link, a pipe.
pub fn lies_at(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Whether there is something to read at the end of the path, or something that reading will say is wrong with it.
pub fn exists(path: &Path) -> bool {
    match Spot::of(path) {
        Ok(spot) => spot.data.is_some_and(|data| !data.is_dir()),
        Err(error) => !error.is_missing(),
    }
}

/// What is the same for all names of one file, links and hard links; none where the system does not tell.
pub fn identity(path: &Path) -> Option<(u64, u64)> {
    path.metadata().ok().and_then(|data| platform::identity(&data))
}

/// Whether two paths name one file, through links or as two names of it.
pub fn is_same(a: &Path, b: &Path) -> bool {
    a == b
        || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
        || matches!((identity(a), identity(b)), (Some(a), Some(b)) if a == b)
}

/// The file that `file`, one of the repository's own, names as `name`, from its folder on.
///
/// # Errors
/// When the name leads out of the root that `file` is in. A repository's file cannot allow that, whoever wrote it.
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

/// How deep below a root the steps from `depth` lead; none where they leave it on their way.
fn depth(depth: usize, mut steps: impl Iterator<Item = Step>) -> Option<usize> {
    steps.try_fold(depth, |depth, step| match step {
        Step::Up => depth.checked_sub(1),
        Step::Down(_) => Some(depth + 1),
    })
}
