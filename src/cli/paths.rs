//! Which files a command means: Korean files with their English digests, from files and folders as the user named them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use translate_digest::draft::files::{self, FileError, Names};
use translate_digest::draft::record::Record;
use translate_digest::pipeline::check::Files;

use super::error::CliError;

/// The digests that a command means.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// In the order of their Korean files.
    pub(crate) pairs: Vec<Files>,
    /// English digests without a Korean file, in the order of their names.
    pub(crate) untranslated: Vec<PathBuf>,
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
    let Found { mut pairs, mut untranslated } = found;
    untranslated.sort();
    untranslated.dedup();
    pairs.sort_by(|a, b| a.korean.cmp(&b.korean));
    pairs.dedup_by(|a, b| a.korean == b.korean);
    if given.len() > 1 {
        // One file may have been named in two ways.
        let mut seen = HashSet::new();
        pairs.retain(|pair| std::fs::canonicalize(&pair.korean).map_or(true, |real| seen.insert(real)));
    }
    Ok(Found { pairs, untranslated })
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
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        let entry = entry.map_err(|error| CliError::failed(format!("{} cannot be read: {error}", folder.display())))?;
        let path = entry.path().strip_prefix("./").unwrap_or(entry.path());
        if !path.to_string_lossy().ends_with(".record.toml") || !path.is_file() {
            continue;
        }
        let Some(record) = Record::load(path)? else { continue };
        let english = path.with_file_name(&record.english);
        if record.english.is_empty() || !english.is_file() {
            found.missing.push((path.to_owned(), english));
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
        [one] if !one.exists() => return Err(FileError::Missing(one.clone()).into()),
        [one] => Some(one.clone()),
        _ => return Err(CliError::usage("--korean names one file, but there are several digests").hint("check them one by one")),
    };
    Ok(Files { korean: korean.to_owned(), english })
}

fn of_file(path: &Path, found: &mut Found) -> Result<(), CliError> {
    super::refuse_mdx(path)?;
    if !path.exists() {
        return Err(FileError::Missing(path.to_owned()).into());
    }
    if files::is_korean_name(path) {
        found.pairs.push(Files { korean: path.to_owned(), english: english_of(path) });
    } else if let Some(korean) = korean_of(path) {
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
    // A folder that is no git repository may have a .gitignore all the same.
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        let entry = entry.map_err(|error| CliError::failed(format!("{} cannot be read: {error}", folder.display())))?;
        // What was given as `.` is named as the user would name it.
        let path = entry.path().strip_prefix("./").unwrap_or(entry.path());
        let is_text = path.extension().is_some_and(|e| ["md", "markdown", "txt"].iter().any(|known| e.eq_ignore_ascii_case(known)));
        if !is_text || !(entry.file_type().is_some_and(|kind| kind.is_file()) || path.is_file()) {
            continue;
        }
        if files::is_korean_name(path) {
            found.pairs.push(Files { korean: path.to_owned(), english: english_of(path) });
        } else if let Some(korean) = recorded(path) {
            found.pairs.push(Files { korean, english: Some(path.to_owned()) });
        } else {
            texts.push(path.to_owned());
        }
    }
    if found.pairs.len() == before && texts.is_empty() {
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

/// `x.ko.md` is the Korean of `x.md`, where there is such a file.
fn english_of(korean: &Path) -> Option<PathBuf> {
    let stem = korean.file_stem()?.to_str()?;
    let name = match korean.extension().and_then(|extension| extension.to_str()) {
        Some(extension) if extension.eq_ignore_ascii_case("ko") => stem.to_owned(),
        Some(extension) => format!("{}.{extension}", stem.get(..stem.len().checked_sub(3)?)?),
        None => return None,
    };
    Some(korean.with_file_name(name)).filter(|english| english.is_file())
}

/// The Korean side of a digest: beside it, or where the record says that it was written.
fn korean_of(english: &Path) -> Option<PathBuf> {
    Some(Names::of(english).korean).filter(|korean| korean.is_file()).or_else(|| recorded(english))
}

/// The Korean side of a digest under a name of its own.
fn recorded(english: &Path) -> Option<PathBuf> {
    let names = Names::of(english);
    let record = if names.record.is_file() { Record::load(&names.record).ok().flatten() } else { None };
    record.and_then(|record| record.korean).map(|korean| names.record.with_file_name(korean)).filter(|korean| korean.is_file())
}
