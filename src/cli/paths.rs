//! Which files a command means: Korean files with their English digests, from files and folders as the user named them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use translate_digest::draft::files::{self, FileError, Names};
use translate_digest::draft::record::Record;
use translate_digest::pipeline::check::Files;

use super::error::CliError;

/// The pairs that `paths` name, in the order of their Korean files. `korean` names the Korean side of the one digest, or a Korean
/// file that has none.
pub(crate) fn pairs(paths: &[PathBuf], korean: Option<&Path>) -> Result<Vec<Files>, CliError> {
    if let Some(korean) = korean {
        return Ok(vec![named(paths, korean)?]);
    }
    let given = if paths.is_empty() { &[PathBuf::from(folder())] } else { paths };
    let mut pairs = Vec::new();
    for path in given {
        if path.is_dir() { in_folder(path, &mut pairs)? } else { pairs.push(of_file(path)?) }
    }
    pairs.sort_by(|a, b| a.korean.cmp(&b.korean));
    pairs.dedup_by(|a, b| a.korean == b.korean);
    if given.len() > 1 {
        // One file may have been named in two ways.
        let mut seen = HashSet::new();
        pairs.retain(|pair| std::fs::canonicalize(&pair.korean).map_or(true, |real| seen.insert(real)));
    }
    Ok(pairs)
}

/// The folder that is meant where none is named.
pub(crate) fn folder() -> &'static str {
    if Path::new("drafts").is_dir() { "drafts" } else { "." }
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

fn of_file(path: &Path) -> Result<Files, CliError> {
    super::refuse_mdx(path)?;
    if !path.exists() {
        return Err(FileError::Missing(path.to_owned()).into());
    }
    if files::is_korean_name(path) {
        return Ok(Files { korean: path.to_owned(), english: english_of(path) });
    }
    let korean = korean_of(path).ok_or_else(|| {
        CliError::failed(format!("{} has no Korean side: there is no file {}", path.display(), Names::of(path).korean.display()))
            .hint("translate it first; or name the Korean file with --korean FILE")
    })?;
    Ok(Files { korean, english: Some(path.to_owned()) })
}

/// Every pair under a folder, but for what git ignores and what is hidden.
fn in_folder(folder: &Path, pairs: &mut Vec<Files>) -> Result<(), CliError> {
    let before = pairs.len();
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
            pairs.push(Files { korean: path.to_owned(), english: english_of(path) });
        } else if let Some(korean) = recorded(path) {
            pairs.push(Files { korean, english: Some(path.to_owned()) });
        }
    }
    if pairs.len() == before {
        return Err(CliError::failed(format!("{} holds no Korean file", folder.display()))
            .hint("the Korean side of x.md is x.ko.md; another one is named with --korean FILE"));
    }
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
