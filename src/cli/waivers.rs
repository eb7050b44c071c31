//! `[[waivers]]` of translate.toml: checks that a team lets pass in some files, each with its reason.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use toml::Spanned;
use toml::de::DeValue;
use translate_digest::checks;
use translate_digest::checks::Ruling;
use translate_digest::draft::files;
use translate_digest::pipeline::check::Files;
use translate_digest::span::Span;

use super::settings::did_you_mean;

/// One waiver.
#[derive(Clone, Debug)]
pub(crate) struct PathWaiver {
    /// The name of its check.
    pub(crate) check: String,
    /// Which files it is for, as written.
    pub(crate) path: String,
    reason: String,
    /// Its place in translate.toml.
    pub(crate) span: Span,
    /// By composed names.
    files: Gitignore,
}

impl PathWaiver {
    /// What the findings of its check are let pass for.
    pub(crate) fn ruling(&self) -> Ruling<'_> {
        Ruling { check: &self.check, reason: &self.reason }
    }

    /// Whether it is for a digest, by the name of either file below `root`.
    pub(crate) fn is_for(&self, files: &Files, root: &Path) -> bool {
        let is_named = |file: &Path| {
            let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
            let below = file.strip_prefix(root).unwrap_or(&file);
            // A file outside the root has no name that a pattern could mean.
            let below = below.to_str().map_or_else(|| below.to_owned(), |below| files::composed(below).into());
            below.is_relative() && self.files.matched_path_or_any_parents(&below, false).is_ignore()
        };
        is_named(&files.korean) || files.english.as_deref().is_some_and(is_named)
    }
}

/// Reads the list of waivers. What is wrong is told with its place.
pub(crate) fn read(value: &Spanned<DeValue<'_>>) -> Result<Vec<PathWaiver>, (Span, String)> {
    let DeValue::Array(tables) = value.get_ref() else {
        return Err((value.span(), "waivers are a list of tables, as in [[waivers]]".to_owned()));
    };
    tables.iter().map(one).collect()
}

fn one(table: &Spanned<DeValue<'_>>) -> Result<PathWaiver, (Span, String)> {
    const KEYS: [&str; 3] = ["check", "path", "reason"];
    let DeValue::Table(keys) = table.get_ref() else {
        return Err((table.span(), "a waiver is a table with check, path and reason".to_owned()));
    };
    if let Some((key, _)) = keys.iter().find(|(key, _)| !KEYS.contains(&key.get_ref().as_ref())) {
        return Err((key.span(), format!("unknown key `{}`{}", key.get_ref(), did_you_mean(key.get_ref(), &KEYS))));
    }
    let text = |name: &str| match keys.get(name).map(|value| (value.get_ref(), value.span())) {
        Some((DeValue::String(text), span)) if !text.trim().is_empty() => Ok((text.trim().to_owned(), span)),
        Some((_, span)) => Err((span, format!("`{name}` is a string that says something"))),
        None => Err((table.span(), format!("a waiver needs its `{name}`"))),
    };
    let ((check, at), (path, path_at), (reason, _)) = (text("check")?, text("path")?, text("reason")?);
    let known = checks::names();
    if !known.contains(&check.as_str()) {
        return Err((at, format!("there is no check `{check}`{}", did_you_mean(&check, &known))));
    }
    let mut patterns = GitignoreBuilder::new("");
    let built = patterns.add_line(None, &files::composed(&path)).and_then(|patterns| patterns.build());
    let built = built.map_err(|error| (path_at, format!("`{path}` is no pattern of paths: {error}")))?;
    Ok(PathWaiver { check, path, reason, span: at, files: built })
}
