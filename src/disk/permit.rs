//! Links that a person allowed to lead out of a root.

use std::path::{Component, Path, PathBuf};
use std::sync::{PoisonError, RwLock};

/// A link that may lead out of its root, to one target.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Permit {
    /// The link itself: the real path of its folder, and its name.
    pub link: PathBuf,
    /// The real path of what it leads to, all links followed.
    pub target: PathBuf,
}

impl Permit {
    /// The permit that the link at `path` needs with its present target; `None` if it is not a link.
    pub fn of(path: &Path) -> Option<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let link = folder.canonicalize().ok()?.join(path.file_name()?);
        let held = link.read_link().ok()?;
        let target = target_of(&link, &held);
        Some(Self { link, target })
    }
}

/// The permits of this process. A global, because every path of every command is checked against them and they are set once, by the
/// program, before it opens a file; passing them through every function would change nothing but its signature.
static PERMITS: RwLock<Vec<Permit>> = RwLock::new(Vec::new());

/// Permits these links, each to its one target, until the process ends.
pub fn permit(permits: impl IntoIterator<Item = Permit>) {
    PERMITS.write().unwrap_or_else(PoisonError::into_inner).extend(permits);
}

/// Whether the link at `link` may lead to `target`, both real.
pub(super) fn is_permitted(link: &Path, target: &Path) -> bool {
    let permits = PERMITS.read().unwrap_or_else(PoisonError::into_inner);
    permits.iter().any(|permit| permit.link == link && permit.target == target)
}

/// The real path of the target of the link at `link`, whose text is `held`. If the target does not exist, links are resolved as far as
/// folders exist.
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
