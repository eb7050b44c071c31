//! The names of a digest's files, and reading them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::digest::{Format, too_deep};
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
    /// The names that go with `english`.
    pub fn of(english: &Path) -> Self {
        let stem = english.file_stem().unwrap_or_default();
        // Names are joined as the system holds them: they need not be text.
        let named = |ending: &str| {
            let mut name = stem.to_owned();
            name.push(ending);
            name
        };
        let mut korean = named(".ko");
        if let Some(extension) = english.extension() {
            korean.push(".");
            korean.push(extension);
        }
        Self { korean: english.with_file_name(korean), record: english.with_file_name(named(".record.toml")) }
    }
}

/// Whether a file is named like a Korean one: `x.ko.md`, `x.ko`.
pub fn is_korean_name(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    stem.ends_with(".ko") || name.ends_with(".ko")
}

/// Whether two paths name one file.
pub fn same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// The root of the team's repository: the nearest folder from the digest's upward that has a glossary.toml or a
/// translate.toml; the digest's own folder where there is none.
pub fn root(digest: &Path) -> PathBuf {
    let folder = digest.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let has_settings = |folder: &Path| folder.join("translate.toml").is_file() || folder.join("glossary.toml").is_file();
    // The folders of the path as given come first, so that messages name files as the user does.
    let plain = !folder.components().any(|part| part == std::path::Component::ParentDir);
    let as_given = folder.ancestors().filter(|_| plain).map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    if let Some(root) = as_given.into_iter().find(|folder| has_settings(folder)) {
        return root.to_owned();
    }
    let Ok(absolute) = fs::canonicalize(folder) else { return folder.to_owned() };
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
    /// Too many quotes and lists of a Markdown text stand inside each other: the line of the deepest, and how deep it is.
    #[error("{path}:{1}: too many quotes and lists stand inside each other here: {2}", path = .0.display())]
    Deep(PathBuf, usize, usize),
    /// A merge was left unfinished: the line of the marker.
    #[error("{path}:{1}: git conflict marker", path = .0.display())]
    Conflict(PathBuf, usize),
}

/// Reads a text.
///
/// # Errors
/// When it is missing, no file, no UTF-8, or Markdown too deep to be parsed.
pub fn read(path: &Path) -> Result<String, FileError> {
    let bytes = fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => FileError::Missing(path.to_owned()),
        _ if path.is_dir() => FileError::Folder(path.to_owned()),
        _ => FileError::Failed(path.to_owned(), error),
    })?;
    let text = simdutf8::compat::from_utf8(&bytes).map(str::to_owned).map_err(|error| {
        let offset = error.valid_up_to();
        let valid = String::from_utf8_lossy(&bytes[..offset]);
        FileError::NotUtf8(path.to_owned(), place(&valid, offset), offset)
    })?;
    let is_markdown = !path.extension().is_some_and(|extension| extension == "toml") && Format::of(path) == Format::Markdown;
    match is_markdown.then(|| too_deep(&text)).flatten() {
        Some((start, depth)) => Err(FileError::Deep(path.to_owned(), place(&text, start).line, depth)),
        None => Ok(text),
    }
}

/// Reads a text that people edit and merge, if it is there.
///
/// # Errors
/// As [`read`], and when an unfinished merge left its markers.
pub fn read_existing(path: &Path) -> Result<Option<String>, FileError> {
    match read(path) {
        Ok(text) => match conflict_line(&text) {
            Some(line) => Err(FileError::Conflict(path.to_owned(), line)),
            None => Ok(Some(text)),
        },
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
