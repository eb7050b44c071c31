//! Guards the output of `publish`: it must not replace sources, records or settings of a repository.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use translate_digest::disk::{self, Kind, Root, SETTINGS, Target};
use translate_digest::draft::files::{self, Names};
use translate_digest::draft::record::Record;
use translate_digest::korean::hangul;
use translate_digest::review::edition::Paths;
use unicode_normalization::UnicodeNormalization;

use super::PublishFormat;
use crate::cli::error::CliError;
use crate::cli::paths::is_text;
use crate::cli::walk;

/// Fails if writing `text`, the edition of `paths`, to `output` would replace a file of the digest, or a glossary, settings, record, digest
/// or Korean file of a repository. `force` allows an ending that does not fit the format, and replacing other English text.
pub(super) fn ensure_free(output: &Path, paths: &Paths, text: &str, format: PublishFormat, force: bool) -> Result<(), CliError> {
    let refused = |what: String| Err(CliError::usage(format!("-o names {what}")).hint("name another file"));
    let target = Target::of(output)?.real();
    let own = [&paths.english, &paths.korean, &paths.record];
    if let Some(file) = own.iter().find(|file| disk::is_same(output, file) || folded(&disk::real(file)) == folded(&target)) {
        return refused(format!("the digest's own file {}", file.display()));
    }
    for name in [output, &target] {
        if let Some(what) = kept_by_name(name) {
            return refused(format!("{}, which is named like {what}", output.display()));
        }
    }
    let mut kept = Kept::default();
    let folder = target.parent().unwrap_or(Path::new("/"));
    kept.add(folder)?;
    let draft = disk::real(&paths.english);
    kept.add(draft.parent().unwrap_or(folder))?;
    if let Some(file) = kept.find(&target) {
        return refused(format!("{}: {}", file.what, file.path.display()));
    }
    if force {
        return Ok(());
    }
    let endings = format.endings();
    if !output.extension().is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known))) {
        return Err(CliError::usage(format!(
            "-o names {}, which does not end like the format: .{}",
            output.display(),
            endings.join(", .")
        ))
        .hint("name a file with that ending, choose another --format, or use --force"));
    }
    let looks_english = is_text(&target) && files::read(&target).is_ok_and(|old| !is_edition(&old, text));
    if looks_english {
        return Err(CliError::usage(format!("-o names {}, which holds English text and no edition", output.display()))
            .hint("it may be a digest: name another file, or use --force"));
    }
    Ok(())
}

/// The path in NFC and lower case, as case-insensitive and normalizing file systems compare names.
fn folded(path: &Path) -> String {
    path.to_string_lossy().nfc().flat_map(char::to_lowercase).collect()
}

/// Kind of a file that is protected by its name alone.
fn kept_by_name(path: &Path) -> Option<&'static str> {
    let name = folded(Path::new(path.file_name()?));
    match name.as_str() {
        name if SETTINGS.contains(&name) => Some(PROJECT),
        name if name.ends_with(".record.toml") => Some(RECORD),
        _ => None,
    }
}

/// Whether a text looks like an earlier edition and not like English: enough of its letters are Korean, or half of its lines occur in
/// `new`, today's edition, parts of which may still be English.
fn is_edition(old: &str, new: &str) -> bool {
    let letters = old.chars().filter(|c| c.is_alphabetic()).count();
    let korean = old.nfc().filter(|&c| hangul::is_hangul(c)).count();
    let known: HashSet<&str> = new.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let lines: Vec<&str> = old.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let same = lines.iter().filter(|line| known.contains(*line)).count();
    korean * LEAST_KOREAN >= letters || same * 2 >= lines.len()
}

/// An edition has at least one Korean letter in this many; an English digest may have a few names.
const LEAST_KOREAN: usize = 20;

/// A protected file.
struct File {
    path: PathBuf,
    what: &'static str,
    /// The presumed English digest, if names alone say so: if it is an edition with such a name, the file is not protected.
    english: Option<PathBuf>,
}

const PROJECT: &str = "the glossary or the settings of a repository";
const RECORD: &str = "a record";
const DIGEST: &str = "an English digest";
const KOREAN: &str = "the Korean file of a digest";

/// Protected files of repositories.
#[derive(Default)]
struct Kept {
    files: Vec<File>,
    /// The root that was searched last.
    seen: Option<PathBuf>,
}

impl Kept {
    /// Adds the protected files of the repository of `folder`, or of the folder itself if it has none.
    fn add(&mut self, folder: &Path) -> Result<(), CliError> {
        let root = Root::of(folder)?;
        let top = root.path();
        if self.seen.as_ref() == Some(&top) {
            return Ok(());
        }
        let is_project = root.is_repository() || SETTINGS.iter().any(|name| disk::lies_at(&top.join(name)));
        self.seen = Some(top.clone());
        let files = if is_project {
            walk::files(&top)?
        } else {
            let entries = disk::list(folder)?.into_iter().filter(|entry| entry.kind == Kind::File);
            entries.map(|entry| folder.join(entry.name)).collect()
        };
        let names: HashSet<String> = files.iter().map(|file| folded(file)).collect();
        for file in files {
            match kept_by_name(&file) {
                Some(what) if what == RECORD => {
                    self.add_recorded(&file);
                    self.files.push(File { path: file, what: RECORD, english: None });
                }
                Some(what) => self.files.push(File { path: file, what, english: None }),
                None if is_text(&file) && !files::is_korean_name(&file) => {
                    // A translated digest, and the name of its Korean file, which may not exist yet.
                    let korean = Names::of(&file).korean;
                    let english = Some(file.clone());
                    if names.contains(&folded(&korean)) {
                        self.files.push(File { path: file, what: DIGEST, english: english.clone() });
                    }
                    self.files.push(File { path: korean, what: KOREAN, english });
                }
                None => {}
            }
        }
        Ok(())
    }

    /// Adds the files that a record refers to, if they are inside its repository.
    fn add_recorded(&mut self, record: &Path) {
        let Ok(Some(read)) = Record::load(record) else { return };
        let files = [(Some(read.english).filter(|name| !name.is_empty()), DIGEST), (read.korean, KOREAN)];
        for (name, what) in files {
            if let Some(Ok(file)) = name.map(|name| disk::beside(record, &name)) {
                self.files.push(File { path: disk::real(&file), what, english: None });
            }
        }
    }

    /// The protected file that `target` is, by path, other spelling or hard link.
    fn find(&self, target: &Path) -> Option<&File> {
        let name = folded(target);
        let identity = disk::identity(target);
        let is_target = |file: &&File| folded(&file.path) == name || (identity.is_some() && disk::identity(&file.path) == identity);
        let is_kept = |file: &&File| file.english.as_deref().is_none_or(|english| !has_korean(english));
        self.files.iter().filter(is_target).find(is_kept)
    }
}

/// Whether a file looks like an edition.
fn has_korean(file: &Path) -> bool {
    files::read(file).is_ok_and(|text| is_edition(&text, ""))
}
