//! A commit, and the texts that it has.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use unicode_normalization::UnicodeNormalization;

use super::find::plain;
use super::objects::{Object, Objects, Reply};
use super::program::{Program, Within};
use super::{GitEnvironment, GitError, Repository};

/// Objects that are larger are not compared.
const MAX_BYTES: usize = 256 * 1024 * 1024;

/// The longest name of a revision.
const MAX_NAME_BYTES: usize = 1024;

/// A commit of a repository. Any thread may ask it for a text.
#[derive(Debug)]
pub struct Revision {
    repository: Repository,
    /// As the user named it.
    name: String,
    /// The tree of the top folder.
    tree: String,
    store: Mutex<Store>,
}

/// The git that is asked, and what it said.
#[derive(Debug)]
struct Store {
    program: Program,
    environment: GitEnvironment,
    objects: Option<Objects>,
    trees: HashMap<String, Arc<Tree>>,
}

impl Revision {
    /// The commit that `name` means: a hash, branch, tag or what else git takes for one commit, as `HEAD~1` and `:/text`. Neither a range nor
    /// `^name` is one, and nothing is an option.
    ///
    /// # Errors
    /// When there is no git, or no such commit.
    pub fn open(repository: Repository, name: &str, environment: &GitEnvironment) -> Result<Self, GitError> {
        let unknown = || GitError::Unknown(name.to_owned(), plain(&repository.top));
        // `:name` would be looked up in the index.
        let is_of_index = name.starts_with(':') && !name.starts_with(":/");
        if name.trim().is_empty()
            || name.starts_with(['-', '^'])
            || is_of_index
            || name.len() > MAX_NAME_BYTES
            || name.contains(char::is_control)
        {
            return Err(unknown());
        }
        let program = Program::find(environment, &[&repository.top])?;
        let mut store = Store { program, environment: environment.clone(), objects: None, trees: HashMap::new() };
        // What is wrong with the repository is told as such, not as an unknown name.
        store.ask(&repository, NOTHING)?;
        let named = match store.ask(&repository, name) {
            Ok(Some(object)) => object,
            // Some names end git, as that of an entry that a log of references does not have.
            Ok(None) | Err(GitError::Failed(_)) => return Err(unknown()),
            Err(error) => return Err(error),
        };
        let commit =
            store.ask(&repository, &format!("{}^{{commit}}", named.id))?.filter(|object| object.kind == "commit").ok_or_else(unknown)?;
        let tree = tree_of(&commit.content).ok_or_else(|| GitError::Failed(format!("the commit {} has no tree", commit.id)))?;
        Ok(Self { repository, name: name.to_owned(), tree, store: Mutex::new(store) })
    }

    /// The text of a file at this commit, as it is in git; `None` if the commit has no such file, or one that is a link or no text.
    ///
    /// # Errors
    /// When git fails, or does not have the contents.
    pub fn text(&self, file: &Path) -> Result<Option<String>, GitError> {
        let Ok(real) = std::fs::canonicalize(file) else { return Ok(None) };
        let Ok(below) = real.strip_prefix(&self.repository.top) else { return Ok(None) };
        let missing = || GitError::Missing(file.to_owned(), self.name.clone());
        let mut store = self.store();
        let mut at = Entry { kind: Kind::Folder, id: self.tree.clone() };
        for name in below {
            if at.kind != Kind::Folder {
                return Ok(None);
            }
            let tree = match store.trees.get(&at.id) {
                Some(tree) => Arc::clone(tree),
                None => {
                    let object = store.ask(&self.repository, &at.id).map_err(|error| in_file(error, file))?.ok_or_else(missing)?;
                    let tree = Arc::new(Tree::parse(&object)?);
                    store.trees.insert(at.id, Arc::clone(&tree));
                    tree
                }
            };
            match tree.get(name.as_encoded_bytes()) {
                Some(entry) => at = entry.clone(),
                None => return Ok(None),
            }
        }
        if at.kind != Kind::File {
            return Ok(None);
        }
        match store.reply(&self.repository, &at.id).map_err(|error| in_file(error, file))? {
            Reply::Object(object) => Ok(String::from_utf8(object.content).ok()),
            Reply::TooLarge => Ok(None),
            Reply::Missing => Err(missing()),
        }
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        // A thread that broke off left a whole git, or one that is found dead by the next.
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A name that no object can have.
const NOTHING: &str = ".";

impl Store {
    /// The object under `name`; `None` if it is missing or too large to be any but a file.
    fn ask(&mut self, repository: &Repository, name: &str) -> Result<Option<Object>, GitError> {
        Ok(match self.reply(repository, name)? {
            Reply::Object(object) => Some(object),
            Reply::Missing | Reply::TooLarge => None,
        })
    }

    fn reply(&mut self, repository: &Repository, name: &str) -> Result<Reply, GitError> {
        let objects = match &mut self.objects {
            Some(objects) => objects,
            none => {
                let child = self.program.start(&self.environment, Within::Repository(repository), &["cat-file", "--batch"])?;
                none.insert(Objects::new(child))
            }
        };
        let reply = objects.ask(name, MAX_BYTES);
        if !matches!(reply, Ok(Reply::Object(_) | Reply::Missing)) {
            self.objects = None;
        }
        reply
    }
}

/// What git says of a file, with its name.
fn in_file(error: GitError, file: &Path) -> GitError {
    match error {
        GitError::Failed(words) => GitError::Failed(format!("{}: {words}", file.display())),
        error => error,
    }
}

/// The tree that a commit names.
fn tree_of(commit: &[u8]) -> Option<String> {
    let line = commit.split(|byte| *byte == b'\n').next()?;
    String::from_utf8(line.strip_prefix(b"tree ")?.to_vec()).ok()
}

/// A folder at a commit.
#[derive(Debug, Default)]
struct Tree {
    entries: HashMap<Vec<u8>, Entry>,
    /// The same by their composed names, where two are not alike: macOS decomposes names, git for it composes them.
    composed: HashMap<String, Option<Entry>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    kind: Kind,
    id: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
    /// A link or a submodule.
    Other,
}

impl Tree {
    /// Reads `MODE NAME\0HASH` again and again.
    fn parse(object: &Object) -> Result<Self, GitError> {
        let broken = || GitError::Failed(format!("the tree {} is damaged", object.id));
        let mut tree = Self::default();
        let mut rest = object.content.as_slice();
        let hash_bytes = object.id.len() / 2;
        if object.kind != "tree" {
            return Err(broken());
        }
        while !rest.is_empty() {
            let space = rest.iter().position(|byte| *byte == b' ').ok_or_else(broken)?;
            let end = rest.iter().position(|byte| *byte == 0).filter(|end| *end > space).ok_or_else(broken)?;
            let (mode, name) = (&rest[..space], &rest[space + 1..end]);
            let hash = rest.get(end + 1..end + 1 + hash_bytes).ok_or_else(broken)?;
            let kind = match mode {
                b"40000" | b"040000" => Kind::Folder,
                mode if mode.starts_with(b"100") => Kind::File,
                _ => Kind::Other,
            };
            let entry = Entry { kind, id: hash.iter().map(|byte| format!("{byte:02x}")).collect() };
            if let Some(composed) = composed(name) {
                tree.composed.entry(composed).and_modify(|known| *known = None).or_insert_with(|| Some(entry.clone()));
            }
            tree.entries.insert(name.to_vec(), entry);
            rest = &rest[end + 1 + hash_bytes..];
        }
        Ok(tree)
    }

    fn get(&self, name: &[u8]) -> Option<&Entry> {
        self.entries.get(name).or_else(|| self.composed.get(&composed(name)?)?.as_ref())
    }
}

/// The composed form of a name; `None` if it has only one form.
fn composed(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok().filter(|name| !name.is_ascii())?;
    Some(name.nfc().collect())
}

/// Whether two texts are the same but for CRLF and LF. Git turns them at checkout, by `text` and `eol` attributes and `core.autocrlf`, and to
/// a reader of a digest they are the same whoever turned them.
pub fn is_same_text(a: &str, b: &str) -> bool {
    a == b || ((a.contains('\r') || b.contains('\r')) && a.replace("\r\n", "\n") == b.replace("\r\n", "\n"))
}

/// The text `then` of a commit with the line ends that the file has `now`.
pub fn as_checked_out(then: String, now: &str) -> String {
    let ends_with_return = |text: &str| text.find('\n').map(|at| text[..at].ends_with('\r'));
    match (ends_with_return(&then), ends_with_return(now)) {
        (Some(true), Some(false)) => then.replace("\r\n", "\n"),
        (Some(false), Some(true)) => then.replace("\r\n", "\n").replace('\n', "\r\n"),
        _ => then,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_tree_is_refused() {
        let tree = |content: &[u8]| Tree::parse(&Object { id: "0".repeat(40), kind: "tree".to_owned(), content: content.to_vec() });
        assert!(tree(b"").is_ok_and(|tree| tree.entries.is_empty()));
        let whole = [&b"100644 a b\0"[..], &[1; 20], b"40000 c\0", &[2; 20]].concat();
        let read = tree(&whole).expect("a tree");
        assert_eq!(read.get(b"a b").map(|entry| (entry.kind, entry.id.as_str())), Some((Kind::File, "01".repeat(20).as_str())));
        assert_eq!(read.get(b"c").map(|entry| entry.kind), Some(Kind::Folder));
        for end in 1..whole.len() {
            // Where an entry ends, the tree is whole.
            assert_eq!(tree(&whole[..end]).is_ok(), end == 31, "{end}");
        }
        assert!(tree(b"\0 ").is_err());
    }

    #[test]
    fn two_names_that_compose_alike_are_asked_for_by_their_bytes() {
        let content =
            ["100644 \u{ac00}\0", "100644 \u{1100}\u{1161}\0"].iter().flat_map(|name| [name.as_bytes(), &[1; 20]].concat()).collect();
        let tree = Tree::parse(&Object { id: "0".repeat(40), kind: "tree".to_owned(), content }).expect("a tree");
        assert!(tree.get("\u{ac00}".as_bytes()).is_some() && tree.get("\u{1100}\u{1161}".as_bytes()).is_some());
        assert_eq!(tree.composed.get("\u{ac00}"), Some(&None));
    }

    #[test]
    fn line_ends_are_those_of_the_file() {
        assert!(is_same_text("a\r\nb\n", "a\nb\r\n") && !is_same_text("a\rb", "a\nb") && !is_same_text("a\n", "a"));
        assert_eq!(as_checked_out("a\nb\r\n".to_owned(), "x\r\n"), "a\r\nb\r\n");
        assert_eq!(as_checked_out("a\r\nb\n".to_owned(), "x\n"), "a\nb\n");
        assert_eq!(as_checked_out("a\nb\r\n".to_owned(), "x"), "a\nb\r\n");
    }
}
