//! Which files a command means: Korean files with their English digests, from files and folders as the user named them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use translate_digest::disk::{self, DiskError};
use translate_digest::draft::files::{self, FileError, Names};
use translate_digest::draft::record::{Record, RecordError};
use translate_digest::pipeline::check::Files;

use super::error::CliError;
use super::walk;

/// The digests that a command means.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// In the order of their Korean files.
    pub(crate) pairs: Vec<Files>,
    /// English digests without a Korean file, in the order of their names.
    pub(crate) untranslated: Vec<PathBuf>,
    /// Errors of digests of a folder, which do not stop the others.
    pub(crate) refused: Vec<CliError>,
}

/// The digests that `paths` name. `korean` names the Korean side of the one digest, or a Korean file that has none.
pub(crate) fn pairs(paths: &[PathBuf], korean: Option<&Path>) -> Result<Found, CliError> {
    if let Some(korean) = korean {
        return Ok(Found { pairs: vec![named(paths, korean)?], ..Found::default() });
    }
    let given = if paths.is_empty() { &[PathBuf::from(folder())] } else { paths };
    let mut found = Found::default();
    for path in given {
        if path.is_dir() { in_folder(path, &mut found)? } else { of_file(path, &mut found)? }
    }
    let Found { mut pairs, mut untranslated, refused } = found;
    untranslated.sort();
    untranslated.dedup();
    pairs.sort_by(|a, b| a.korean.cmp(&b.korean));
    pairs.dedup_by(|a, b| a.korean == b.korean);
    if given.len() > 1 {
        // One file may have been named in two ways.
        let mut seen = HashSet::new();
        pairs.retain(|pair| seen.insert(disk::real(&pair.korean)));
    }
    Ok(Found { pairs, untranslated, refused })
}

/// The folder that is meant where none is named.
pub(crate) fn folder() -> &'static str {
    if Path::new("drafts").is_dir() { "drafts" } else { "." }
}

/// Digests with a record.
#[derive(Debug, Default)]
pub(crate) struct Recorded {
    /// In the order of their names.
    pub(crate) digests: Vec<PathBuf>,
    /// Records whose digest is gone, with the digest.
    pub(crate) missing: Vec<(PathBuf, PathBuf)>,
}

/// Every digest under a folder that has a record, but for what git ignores and what is hidden.
pub(crate) fn recorded_in(folder: &Path) -> Result<Recorded, CliError> {
    let mut found = Recorded::default();
    for path in walk::files(folder)? {
        if !path.to_string_lossy().ends_with(".record.toml") {
            continue;
        }
        let Some(record) = Record::load(&path)? else { continue };
        let english = files::existing(&disk::beside(&path, &record.english)?);
        if record.english.is_empty() || !disk::exists(&english) {
            found.missing.push((path, english));
        } else {
            found.digests.push(english);
        }
    }
    found.digests.sort();
    found.digests.dedup();
    Ok(found)
}

/// The one digest of `paths` with the Korean side that the user named.
fn named(paths: &[PathBuf], korean: &Path) -> Result<Files, CliError> {
    let english = match paths {
        [] => None,
        [one] if one.is_dir() => {
            return Err(CliError::usage("--korean names one file, but a folder was given").hint("name the English digest"));
        }
        [one] if files::same_file(one, korean) => {
            return Err(CliError::usage(format!("{} cannot be both sides", one.display())).hint("name the English digest"));
        }
        [one] if !disk::exists(one) => return Err(FileError::Missing(one.clone()).into()),
        [one] => Some(one.clone()),
        _ => return Err(CliError::usage("--korean names one file, but there are several digests").hint("check them one by one")),
    };
    Ok(Files { korean: korean.to_owned(), english })
}

fn of_file(path: &Path, found: &mut Found) -> Result<(), CliError> {
    super::refuse_mdx(path)?;
    let path = &files::existing(path);
    if !disk::exists(path) {
        return Err(FileError::Missing(path.to_owned()).into());
    }
    if files::is_korean_name(path) {
        found.pairs.push(Files { korean: path.to_owned(), english: english_of(path) });
    } else if let Some(korean) = korean_of(path)? {
        found.pairs.push(Files { korean, english: Some(path.to_owned()) });
    } else {
        found.untranslated.push(path.to_owned());
    }
    Ok(())
}

/// Every pair under a folder, but for what git ignores and what is hidden.
///
/// A text without a Korean side is a digest where a translated one stands beside it; elsewhere it may be any text (README.md).
fn in_folder(folder: &Path, found: &mut Found) -> Result<(), CliError> {
    let before = found.pairs.len();
    let mut texts = Vec::new();
    for path in walk::files(folder)? {
        // A link may lead to a folder, or dangle.
        if !is_text(&path) || !disk::exists(&path) {
            continue;
        }
        if files::is_korean_name(&path) {
            found.pairs.push(Files { english: english_of(&path), korean: path });
            continue;
        }
        match recorded(&path) {
            Ok(Some(korean)) => found.pairs.push(Files { korean, english: Some(path) }),
            Ok(None) => texts.push(path),
            Err(error) => found.refused.push(error.into()),
        }
    }
    if found.pairs.len() == before && texts.is_empty() && found.refused.is_empty() {
        return Err(CliError::failed(format!("{} holds no Korean file", folder.display()))
            .hint("the Korean side of x.md is x.ko.md; another one is named with --korean FILE"));
    }
    let english: HashSet<&Path> = found.pairs.iter().filter_map(|pair| pair.english.as_deref()).collect();
    let folders: HashSet<&Path> = english.iter().filter_map(|path| path.parent()).collect();
    // In a folder of nothing but English each text is one.
    let is_digest = |text: &PathBuf| found.pairs.is_empty() || text.parent().is_some_and(|parent| folders.contains(parent));
    let untranslated: Vec<PathBuf> = texts.into_iter().filter(|text| !english.contains(text.as_path()) && is_digest(text)).collect();
    found.untranslated.extend(untranslated);
    Ok(())
}

/// Whether a file is named like a digest.
pub(crate) fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ["md", "markdown", "txt"].iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// `x.ko.md` is the Korean of `x.md`, where there is such a file.
fn english_of(korean: &Path) -> Option<PathBuf> {
    english_name(korean)?;
    let english = files::beside(korean, &|korean| english_name(korean).unwrap_or_else(|| korean.to_owned()));
    Some(english).filter(|english| disk::exists(english))
}

fn english_name(korean: &Path) -> Option<PathBuf> {
    let stem = korean.file_stem()?.to_str()?;
    let name = match korean.extension().and_then(|extension| extension.to_str()) {
        Some(extension) if extension.eq_ignore_ascii_case("ko") => stem.to_owned(),
        Some(extension) => format!("{}.{extension}", stem.get(..stem.len().checked_sub(3)?)?),
        None => return None,
    };
    Some(korean.with_file_name(name))
}

/// The Korean side of a digest: beside it, or where the record says that it was written.
fn korean_of(english: &Path) -> Result<Option<PathBuf>, DiskError> {
    match Some(Names::of(english).korean).filter(|korean| disk::exists(korean)) {
        Some(korean) => Ok(Some(korean)),
        None => recorded(english),
    }
}

/// The Korean side of a digest under a name of its own.
fn recorded(english: &Path) -> Result<Option<PathBuf>, DiskError> {
    let record = Names::of(english).record;
    let korean = match Record::load(&record) {
        Ok(read) => read.and_then(|read| read.korean),
        Err(RecordError::File(FileError::Disk(error))) => return Err(error),
        // Other errors are reported by the commands that need the record.
        Err(_) => None,
    };
    let korean = korean.map(|korean| disk::beside(&record, &korean)).transpose()?;
    Ok(korean.map(|korean| files::existing(&korean)).filter(|korean| disk::exists(korean)))
}
