//! The names of a digest's files, and reading them.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use crate::digest::{Format, too_deep};
use crate::disk::{self, DiskError};
use crate::span::{Place, place};

/// The files that belong to one English digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// `x.md` has `x.ko.md`.
    pub korean: PathBuf,
    /// `x.md` has `x.record.toml`.
    pub record: PathBuf,
}

impl Names {
    /// The names that go with `english`: those of the files that are there, whichever form of the name they have (see [`beside`]).
    pub fn of(english: &Path) -> Self {
        Self { korean: beside(english, &korean_name), record: beside(english, &record_name) }
    }
}

fn korean_name(english: &Path) -> PathBuf {
    let mut name = with_stem(english, ".ko");
    if let Some(extension) = english.extension() {
        name.push(".");
        name.push(extension);
    }
    english.with_file_name(name)
}

fn record_name(english: &Path) -> PathBuf {
    english.with_file_name(with_stem(english, ".record.toml"))
}

/// Names are joined as the system holds them: they need not be text.
fn with_stem(english: &Path, ending: &str) -> OsString {
    let mut name = english.file_stem().unwrap_or_default().to_owned();
    name.push(ending);
    name
}

/// The file beside `path` that `name` derives from it. macOS decomposes Hangul in file names, others compose it, so that one side of a pair may
/// have another form of the name: where the derived file does not exist, the one that is derived from another form of `path` is meant, unless
/// there is a file of that form for it to belong to.
pub fn beside(path: &Path, name: &dyn Fn(&Path) -> PathBuf) -> PathBuf {
    let own = name(path);
    if disk::lies_at(&own) {
        return own;
    }
    let mut others = forms(path).filter(|form| !disk::lies_at(form)).map(|form| name(&form));
    others.find(|other| disk::lies_at(other)).unwrap_or(own)
}

/// The file at `path`, or where there is none, the file there whose name has another form: composed or decomposed.
pub fn existing(path: &Path) -> PathBuf {
    if disk::lies_at(path) {
        return path.to_owned();
    }
    forms(path).find(|form| disk::lies_at(form)).unwrap_or_else(|| path.to_owned())
}

/// A text in composed form.
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// The other forms of a file name: composed and decomposed.
fn forms(path: &Path) -> impl Iterator<Item = PathBuf> {
    let name = path.file_name().and_then(OsStr::to_str).filter(|name| !name.is_ascii());
    let forms = name.map(|name| [composed(name), name.nfd().collect()]).into_iter().flatten();
    forms.filter(move |form| Some(form.as_str()) != name).map(|form| path.with_file_name(form))
}

/// Whether a file is named like a Korean one: `x.ko.md`, `x.ko`.
pub fn is_korean_name(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    stem.ends_with(".ko") || name.ends_with(".ko")
}

/// Whether two paths name one file.
pub fn same_file(a: &Path, b: &Path) -> bool {
    disk::is_same(a, b)
}

/// The root of the team's repository: the nearest folder from the digest's upward that has a glossary.toml or a
/// translate.toml; the digest's own folder where there is none.
pub fn root(digest: &Path) -> PathBuf {
    let folder = digest.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Anything with the name counts: if it is not a file, reading it reports that.
    let has_settings = |folder: &Path| disk::SETTINGS.iter().any(|name| disk::lies_at(&folder.join(name)));
    // The folders of the path as given come first, so that messages name files as the user does.
    let plain = !folder.components().any(|part| part == std::path::Component::ParentDir);
    let as_given = folder.ancestors().filter(|_| plain).map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    if let Some(root) = as_given.into_iter().find(|folder| has_settings(folder)) {
        return root.to_owned();
    }
    let absolute = disk::real(folder);
    absolute.ancestors().find(|folder| has_settings(folder)).map_or_else(|| folder.to_owned(), Path::to_owned)
}

/// Why a text could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is no such file.
    #[error("there is no file {}", .0.display())]
    Missing(PathBuf),
    /// It is a folder.
    #[error("{} is a folder", .0.display())]
    Folder(PathBuf),
    /// The system refused.
    #[error("{path} cannot be read: {1}", path = .0.display())]
    Failed(PathBuf, io::Error),
    /// Its bytes are no UTF-8 text: the place of the first wrong byte, and its offset.
    #[error("{path}:{line}:{column}: not UTF-8 text (byte {2})", path = .0.display(), line = .1.line, column = .1.column)]
    NotUtf8(PathBuf, Place, usize),
    /// It is text in another encoding, named as `iconv` names it.
    #[error("{path}: {1} text, not UTF-8", path = .0.display())]
    OtherEncoding(PathBuf, &'static str),
    /// It leads out of its root, is not a regular file, or is too large.
    #[error(transparent)]
    Disk(DiskError),
    /// Too many quotes and lists of a Markdown text stand inside each other: the line of the deepest, and how deep it is.
    #[error("{path}:{1}: too many quotes and lists stand inside each other here: {2}", path = .0.display())]
    Deep(PathBuf, usize, usize),
    /// A merge was left unfinished: the line of the marker.
    #[error("{path}:{1}: git conflict marker", path = .0.display())]
    Conflict(PathBuf, usize),
}

impl From<DiskError> for FileError {
    fn from(error: DiskError) -> Self {
        match error {
            DiskError::Failed(path, error) if error.kind() == io::ErrorKind::NotFound => Self::Missing(path),
            DiskError::Failed(path, error) => Self::Failed(path, error),
            DiskError::Folder(path) => Self::Folder(path),
            error => Self::Disk(error),
        }
    }
}

/// Reads a file as text, conflicts and all.
///
/// # Errors
/// When it is missing, leads out of its root, is no file, too large, not UTF-8, or Markdown too deep to be parsed.
pub fn read(path: &Path) -> Result<String, FileError> {
    let text = text(path, &disk::read(path)?)?;
    let is_markdown = path.extension().is_none_or(|extension| extension != "toml") && Format::of(path) == Format::Markdown;
    match is_markdown.then(|| too_deep(&text)).flatten() {
        Some((start, depth)) => Err(FileError::Deep(path.to_owned(), place(&text, start).line, depth)),
        None => Ok(text),
    }
}

/// Reads a text of the user's own, whose path and links are theirs.
///
/// # Errors
/// As [`read`].
pub fn read_of_user(path: &Path) -> Result<String, FileError> {
    text(path, &disk::read_of_user(path)?)
}

fn text(path: &Path, bytes: &[u8]) -> Result<String, FileError> {
    if let Some(encoding) = wide_encoding(bytes) {
        return Err(FileError::OtherEncoding(path.to_owned(), encoding));
    }
    let valid = simdutf8::compat::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        let valid = String::from_utf8_lossy(&bytes[..offset]);
        FileError::NotUtf8(path.to_owned(), place(&valid, offset), offset)
    })?;
    let memory = |_| FileError::Disk(DiskError::Memory(path.to_owned()));
    let mut text = String::new();
    text.try_reserve_exact(valid.len()).map_err(memory)?;
    text.push_str(valid);
    if valid.len() >= LARGE {
        // The text is parsed next, where a failed allocation would abort the process.
        Vec::<u8>::new().try_reserve_exact(valid.len().saturating_mul(PARSED)).map_err(memory)?;
    }
    Ok(text)
}

/// Size from which the memory for parsing is requested in advance.
const LARGE: usize = 16 * 1024 * 1024;

/// Memory for parsing an ordinary digest, as a multiple of its size.
const PARSED: usize = 8;

/// Reads a text that people edit and merge.
///
/// # Errors
/// As [`read`], and when an unfinished merge left its markers.
pub fn read_merged(path: &Path) -> Result<String, FileError> {
    let text = read(path)?;
    match conflict_line(&text) {
        Some(line) => Err(FileError::Conflict(path.to_owned(), line)),
        None => Ok(text),
    }
}

/// The encoding of a text of two or four bytes a character: UTF-16 as Windows programs save it, and UTF-32. Without a byte order mark it is known
/// by its zeros, which no other text has: each second byte of what is written in Latin letters, blanks and line ends.
fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Some("UTF-32"),
        [0xff, 0xfe, _, _, ..] | [0xfe, 0xff, _, _, ..] => return Some("UTF-16"),
        _ => memchr::memchr(0, bytes)?,
    };
    // Enough to tell by.
    let head = &bytes[..bytes.len().min(64 * 1024) & !1];
    let pairs = || head.chunks_exact(2);
    let zeros = [pairs().filter(|pair| pair[0] == 0).count(), pairs().filter(|pair| pair[1] == 0).count()];
    let is_text = |wide: fn(&[u8]) -> u16| {
        // A pair of surrogates may be cut at the end.
        let characters = char::decode_utf16(pairs().map(wide)).collect::<Vec<_>>();
        let end = characters.len().saturating_sub(1);
        let is_right = |c: &Result<char, _>| c.as_ref().is_ok_and(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'));
        characters[..end].iter().all(is_right)
    };
    // Latin letters, spaces and line ends have a zero each, which Korean has in few syllables (글). A text that is UTF-8 as well has to have
    // them in every second character.
    let share = if simdutf8::basic::from_utf8(head).is_ok() { 2 } else { 8 };
    let is_often = |zeros: usize| zeros * share >= head.len() / 2;
    match zeros {
        [high, low] if low > high && is_often(low) && is_text(|pair| u16::from_le_bytes([pair[0], pair[1]])) => Some("UTF-16LE"),
        [high, low] if high > low && is_often(high) && is_text(|pair| u16::from_be_bytes([pair[0], pair[1]])) => Some("UTF-16BE"),
        _ => None,
    }
}

/// Reads a text that people edit and merge, if it is there.
///
/// # Errors
/// As [`read_merged`].
pub fn read_existing(path: &Path) -> Result<Option<String>, FileError> {
    match read_merged(path) {
        Ok(text) => Ok(Some(text)),
        Err(FileError::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The line of the first conflict that git wrote. A lone `=======` is a Markdown heading's underline, and a lone `<<<<<<<` may
/// be quoted: all three markers must stand in order.
pub fn conflict_line(text: &str) -> Option<usize> {
    memchr::memmem::find(text.as_bytes(), b"<<<<<<<")?;
    let mut begin = None;
    let mut middle = false;
    for (index, line) in text.lines().enumerate() {
        if is_marker(line, "<<<<<<<") {
            (begin, middle) = (Some(index + 1), false);
        } else if is_marker(line, "=======") {
            middle = begin.is_some();
        } else if is_marker(line, ">>>>>>>") && middle {
            return begin;
        }
    }
    None
}

/// The line of the first begin or end of a conflict in a record. The tool writes each text on one line behind its key, so that
/// even half a conflict can be nothing else.
pub(super) fn marker_line(text: &str) -> Option<usize> {
    let found = text.lines().position(|line| is_marker(line, "<<<<<<<") || is_marker(line, ">>>>>>>"));
    found.map(|index| index + 1)
}

fn is_marker(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_from_the_digest() {
        let names = Names::of(Path::new("drafts/2021-10-22.md"));
        assert_eq!(names.korean, Path::new("drafts/2021-10-22.ko.md"));
        assert_eq!(names.record, Path::new("drafts/2021-10-22.record.toml"));
        assert_eq!(Names::of(Path::new("a")).korean, Path::new("a.ko"));
        assert!(is_korean_name(Path::new("x.ko.md")) && is_korean_name(Path::new("x.ko")) && !is_korean_name(Path::new("kokomo.md")));
    }

    #[test]
    fn the_root_is_named_as_the_digest_is() {
        // Tests run in the folder of the crate, which has a glossary.
        assert_eq!(root(Path::new("drafts/2021-10-22.md")), Path::new("."));
        assert_eq!(root(Path::new("x.md")), Path::new("."));
    }

    #[test]
    fn a_conflict_has_all_its_markers() {
        assert_eq!(conflict_line("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n"), Some(2));
        assert_eq!(conflict_line("Title\n=======\n"), None);
        assert_eq!(conflict_line("<<<<<<< quoted\n"), None);
    }
}
