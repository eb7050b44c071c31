//! Which files of a repository a program's command line names, and the hash of each: they are trusted together with the settings.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};
use translate_digest::backends::Place;
use translate_digest::draft::files;
use translate_digest::text::shell;

use super::names::{modules, names};
use crate::cli::error::CliError;

/// The most files that one backend's programs may bring along.
const MOST_FILES: usize = 10_000;
/// The most entries of one folder, digests among them.
const MOST_ENTRIES: usize = 4 * MOST_FILES;
/// The most bytes of all of them together.
const MOST_BYTES: u64 = 1 << 30;

/// Where settings lie: programs run in their folder.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    /// The folder of the settings, without any link in its path.
    pub(super) folder: PathBuf,
    /// The top of the repository around it.
    top: PathBuf,
}

/// Files and folders that are trusted, as seen from the settings' folder, with `/` between the parts of a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cover {
    /// Folders of programs, of which every file is covered.
    pub(super) folders: BTreeSet<String>,
    /// Files, each with the hash of its content, or with what it is instead of a file.
    pub(super) files: BTreeMap<String, String>,
}

impl Ground {
    /// The ground of settings in `folder`, which has no link in its path.
    pub(super) fn new(folder: &Path) -> Self {
        let top = folder.ancestors().find(|folder| fs::symlink_metadata(folder.join(".git")).is_ok());
        Self { folder: folder.to_owned(), top: top.unwrap_or(folder).to_owned() }
    }

    /// What the command lines name. `known` was found before, and is looked at again although nothing may name it now.
    pub(super) fn cover(&self, lines: &[&[String]], place: &Place, known: &Cover) -> Result<Cover, CliError> {
        let mut walk = Walk { ground: self, cover: Cover::default(), seen: BTreeSet::new(), waiting: Vec::new(), bytes: 0 };
        for argv in lines {
            if let Some(program) = argv.first().filter(|program| !program.contains(std::path::is_separator))
                && let Ok(found) = place.find(program)
            {
                // In PATH, and yet in the repository: its `.venv`, its `node_modules`.
                walk.file(&placed(&found).unwrap_or(found), false)?;
            }
            for (at, argument) in argv.iter().enumerate() {
                let before = at.checked_sub(1).map(|at| argv[at].as_str());
                for name in names(argument) {
                    walk.named(name)?;
                }
                for name in modules(before, argument) {
                    walk.named(&name)?;
                }
            }
        }
        for folder in &known.folders {
            walk.folder(&self.path(folder));
        }
        for file in known.files.keys() {
            walk.file(&self.path(file), false)?;
        }
        walk.finish()
    }

    /// Whether a path is one of the repository.
    pub(super) fn holds(&self, path: &Path) -> bool {
        path.starts_with(&self.top)
    }

    /// A path of the repository as the settings' folder sees it; `None` for one outside, or one that is no text.
    fn shown(&self, path: &Path) -> Option<String> {
        if !path.starts_with(&self.top) {
            return None;
        }
        let mut up = String::new();
        let mut folder = self.folder.as_path();
        let rest = loop {
            match path.strip_prefix(folder) {
                Ok(rest) => break rest,
                Err(_) => up.push_str("../"),
            }
            folder = folder.parent()?;
        };
        let parts: Option<Vec<&str>> = rest.components().map(|part| part.as_os_str().to_str()).collect();
        Some(format!("{up}{}", parts?.join("/")))
    }

    /// The path that [`Ground::shown`] showed.
    fn path(&self, shown: &str) -> PathBuf {
        let (mut folder, mut rest) = (self.folder.as_path(), shown);
        while let (Some(more), Some(parent)) = (rest.strip_prefix("../"), folder.parent()) {
            (folder, rest) = (parent, more);
        }
        folder.join(rest)
    }

    /// Whether a folder may be a program's own: in the repository, but not the one that the settings lie in, nor one around it.
    fn is_inside(&self, folder: &Path) -> bool {
        folder.starts_with(&self.top) && !self.folder.starts_with(folder)
    }
}

/// Files on their way into a [`Cover`].
struct Walk<'g> {
    ground: &'g Ground,
    cover: Cover,
    /// Folders that were walked or wait for it, without a link in their paths.
    seen: BTreeSet<PathBuf>,
    waiting: Vec<PathBuf>,
    bytes: u64,
}

impl Walk<'_> {
    /// Takes in what `name` means, if that is something in the repository.
    fn named(&mut self, name: &str) -> Result<(), CliError> {
        if name.contains('\0') {
            return Ok(());
        }
        let path = match Path::new(name).components().any(|part| part == Component::ParentDir) {
            // After a link, `..` leads elsewhere than it looks.
            true => match placed(&self.ground.folder.join(name)) {
                Some(path) => path,
                None => return Ok(()),
            },
            // Without `.` in it.
            false => self.ground.folder.join(name).components().collect(),
        };
        match fs::metadata(&path) {
            Ok(data) if data.is_dir() => {
                self.folder(&path);
                // Where a link leads is worth remembering, out of the repository above all.
                let is_linked = fs::canonicalize(&path).is_ok_and(|real| real != path);
                if is_linked { self.file(&path, false) } else { Ok(()) }
            }
            Ok(_) => self.file(&path, Path::new(name).is_relative()),
            // A link to nothing is something all the same; a name that is too long is nothing.
            Err(_) if fs::read_link(&path).is_ok() => self.file(&path, false),
            Err(_) => Ok(()),
        }
    }

    /// Takes in a file, if it is in the repository, and the folder that it lies in, if that is its own.
    fn file(&mut self, path: &Path, with_folder: bool) -> Result<(), CliError> {
        let real = fs::canonicalize(path).ok();
        let Some(shown) = self.ground.shown(path).or_else(|| real.as_deref().and_then(|real| self.ground.shown(real))) else {
            return match path.starts_with(&self.ground.top) {
                true => Err(no_text(path)),
                false => Ok(()),
            };
        };
        if !self.cover.files.contains_key(&shown)
            && let Some(content) = self.content(path, &shown)?
        {
            self.add(shown, content)?;
        }
        if with_folder {
            for path in [Some(path), real.as_deref()].into_iter().flatten() {
                self.folder(path.parent().unwrap_or(path));
            }
        }
        Ok(())
    }

    /// Takes in a folder, if it may be a program's own; one that is gone has no files.
    fn folder(&mut self, path: &Path) {
        let Ok(real) = fs::canonicalize(path) else { return };
        if let Some(shown) = self.ground.shown(&real)
            && self.ground.is_inside(&real)
            && self.seen.insert(real.clone())
        {
            self.cover.folders.insert(shown);
            self.waiting.push(real);
        }
    }

    /// Walks the folders that wait, and what is in them.
    fn finish(mut self) -> Result<Cover, CliError> {
        while let Some(folder) = self.waiting.pop() {
            let cannot = |error| unreadable(&folder, &error);
            let entries: io::Result<Vec<fs::DirEntry>> = fs::read_dir(&folder).map_err(cannot)?.take(MOST_ENTRIES + 1).collect();
            let entries = entries.map_err(cannot)?;
            if entries.len() > MOST_ENTRIES || self.seen.len() > MOST_FILES {
                return Err(too_many(&self.ground.shown(&folder).unwrap_or_default()));
            }
            let is_record = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().ends_with(".record.toml");
            let has_records = entries.iter().any(is_record);
            for entry in entries {
                let path = entry.path();
                let kind = entry.file_type().map_err(|error| unreadable(&path, &error))?;
                let is_ours = || is_record(&entry) || is_digest(&entry.file_name().to_string_lossy(), has_records);
                // git takes a folder named `.git` from nobody.
                if entry.file_name() == ".git" || (kind.is_file() && is_ours()) {
                    continue;
                }
                let is_folder = kind.is_dir() || (kind.is_symlink() && path.is_dir());
                let real = fs::canonicalize(&path).ok().filter(|real| is_folder && self.ground.is_inside(real));
                match real {
                    Some(real) => {
                        if kind.is_symlink() {
                            self.file(&path, false)?;
                        }
                        if self.seen.insert(real.clone()) {
                            self.waiting.push(real);
                        }
                    }
                    None => self.file(&path, false)?,
                }
            }
        }
        // What lies in a folder that is covered anyway need not be named.
        let folders = self.cover.folders.clone();
        self.cover.folders.retain(|folder| !folders.iter().any(|other| other != folder && Path::new(folder).starts_with(other)));
        Ok(self.cover)
    }

    fn add(&mut self, shown: String, content: String) -> Result<(), CliError> {
        if self.cover.files.len() == MOST_FILES {
            return Err(too_many(shown.rsplit_once('/').map_or(".", |(folder, _)| folder)));
        }
        self.cover.files.insert(shown, content);
        Ok(())
    }

    /// The hash of a file's content, with the file that a link leads to; in words what is no file. `None` where nothing is.
    fn content(&mut self, path: &Path, shown: &str) -> Result<Option<String>, CliError> {
        let data = match fs::metadata(path) {
            Ok(data) => data,
            Err(error) => {
                return match fs::read_link(path) {
                    Ok(target) => Ok(Some(format!("a link to {}, which is not there", shell::word(&target.to_string_lossy())))),
                    Err(_) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                    Err(_) => Err(unreadable(path, &error)),
                };
            }
        };
        let real = fs::canonicalize(path).map_err(|error| unreadable(path, &error))?;
        let via = if real == path { String::new() } else { format!(" of {}", shell::word(&real.to_string_lossy())) };
        if data.is_dir() {
            return Ok(Some(format!("a folder{via}")));
        }
        if !data.is_file() {
            return Ok(Some(format!("a pipe or a device{via}")));
        }
        let too_large = || {
            CliError::failed(format!(
                "the files of the program that {} belongs to are larger than {} MiB together",
                shown,
                MOST_BYTES >> 20
            ))
            .hint("keep large files in a folder of their own, outside the repository; or use --trust, which looks at none of them")
        };
        if data.len() > MOST_BYTES - self.bytes {
            return Err(too_large());
        }
        let (hash, bytes) = hash(path, MOST_BYTES - self.bytes).map_err(|error| unreadable(path, &error))?;
        self.bytes += bytes;
        hash.map(|hash| Some(format!("{hash}{via}"))).ok_or_else(too_large)
    }
}

/// The hash of a file, with its length; `None` for one that turns out to be longer than `limit`.
fn hash(path: &Path, limit: u64) -> io::Result<(Option<String>, u64)> {
    let mut file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it changes at this moment"));
    }
    let mut hasher = Sha256::new();
    let mut bytes = 0;
    let mut chunk = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut chunk)?;
        bytes += read as u64;
        if read == 0 {
            return Ok((Some(hex(hasher)), bytes));
        }
        if bytes > limit {
            return Ok((None, bytes));
        }
        hasher.update(&chunk[..read]);
    }
}

/// The hash of the settings themselves.
pub(super) fn hash_text(text: &str) -> String {
    hex(Sha256::new_with_prefix(text))
}

fn hex(hasher: Sha256) -> String {
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The path with no link but, perhaps, in its last part; `None` for one that is not there.
pub(super) fn placed(path: &Path) -> Option<PathBuf> {
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            Some(fs::canonicalize(parent).ok()?.join(name))
        }
        // `..`, `/`
        _ => fs::canonicalize(path).ok(),
    }
}

/// Whether a file is a digest by its name: each run may change it, and nothing takes it for a program unless told to. English
/// ones are told from other texts by the records beside them.
fn is_digest(name: &str, has_records: bool) -> bool {
    let is_text = [".md", ".markdown", ".txt"].iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
    is_text && (has_records || files::is_korean_name(Path::new(name)))
}

fn too_many(folder: &str) -> CliError {
    CliError::failed(format!("more than {MOST_FILES} files belong to the program that lies in {}", shell::word(folder)))
        .hint("keep the program in a folder of its own, without other files; or use --trust, which looks at none of them")
}

fn unreadable(path: &Path, error: &io::Error) -> CliError {
    CliError::failed(format!("{} belongs to a program of translate.toml and cannot be read: {error}", path.display()))
        .hint("allow reading it, or use --trust for this run, which looks at no file")
}

fn no_text(path: &Path) -> CliError {
    CliError::failed(format!("the name of {} is no text (UTF-8), so that it cannot be remembered", path.display()))
        .hint("give the file another name, or use --trust for this run")
}
