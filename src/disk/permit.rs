//! Links that a person allowed to lead out of a root.

use std::path::{Component, Path, PathBuf};
use std::sync::{PoisonError, RwLock};

/// A link that may lead out of its root, and the one place where it may lead.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Permit {
    /// The link itself: the real path of its folder, and its name.
    pub link: PathBuf,
    /// The real path of what it leads to, all links followed.
    pub target: PathBuf,
}

impl Permit {
    /// The permit that the link at `path` needs as it stands; none where no link is there.
    pub fn of(path: &Path) -> Option<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let link = folder.canonicalize().ok()?.join(path.file_name()?);
        let held = link.read_link().ok()?;
        let target = target_of(&link, &held);
        Some(Self { link, target })
    }
}

/// What a person allowed. Kept for the whole process, because every path of every command comes by here and who may allow is decided
/// once, by the program, before it opens anything: a repository's own files cannot add to it.
static PERMITS: RwLock<Vec<Permit>> = RwLock::new(Vec::new());

/// Lets these links lead out of their roots, each to its one target, until the process ends.
pub fn permit(permits: impl IntoIterator<Item = Permit>) {
    PERMITS.write().unwrap_or_else(PoisonError::into_inner).extend(permits);
}

/// Whether the link at `link` may lead to `target`, both real.
pub(super) fn is_permitted(link: &Path, target: &Path) -> bool {
    let permits = PERMITS.read().unwrap_or_else(PoisonError::into_inner);
    permits.iter().any(|permit| permit.link == link && permit.target == target)
}

/// The real path of what a link at `link`, which holds `held`, leads to. Where nothing is there, the links before it are followed and the
/// rest is taken as it is written.
pub(super) fn target_of(link: &Path, held: &Path) -> PathBuf {
    if let Ok(real) = link.canonicalize() {
        return real;
    }
    let named = link.parent().unwrap_or(link).join(held);
    let mut plain = PathBuf::new();
    for part in named.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
        if let Ok(real) = plain.canonicalize() {
            plain = real;
        }
    }
    plain
}
