//! `translate glossary`: look over the terms, add to them, learn them from edits, take them from and give them to other tools.

mod add;
mod export;
mod import;
mod lint;
pub(crate) mod suggest;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use translate_digest::draft::{atomic, files};

use super::Talk;
use super::error::{CliError, Status};

/// Works on glossary.toml.
#[derive(Args, Debug)]
pub(crate) struct GlossaryArgs {
    #[command(subcommand)]
    command: GlossaryCommand,
}

#[derive(Subcommand, Debug)]
enum GlossaryCommand {
    /// Report what a glossary's authors cannot have meant
    Lint(lint::LintArgs),
    /// Add a term, or further forms to one
    Add(add::AddArgs),
    /// Add the terms of another tool's file: CSV, TBX, OmegaT, DeepL
    Import(import::ImportArgs),
    /// Propose terms from what editors changed again and again
    Suggest(suggest::SuggestArgs),
    /// Print the terms for another tool: CSV, TBX, OmegaT, DeepL
    Export(export::ExportArgs),
}

/// Runs the subcommand.
pub(crate) fn run(args: &GlossaryArgs, out: &mut dyn Write, talk: &Talk) -> Result<Status, CliError> {
    match &args.command {
        GlossaryCommand::Lint(args) => lint::run(args, out, talk),
        GlossaryCommand::Add(args) => add::run(args, talk),
        GlossaryCommand::Import(args) => import::run(args, talk),
        GlossaryCommand::Suggest(args) => suggest::run(args, out, talk),
        GlossaryCommand::Export(args) => export::run(args, out, talk),
    }
}

/// The glossary that is meant: the file that was named, or the nearest glossary.toml from here upward.
fn path(named: Option<&Path>) -> PathBuf {
    match named {
        Some(folder) if folder.is_dir() => folder.join(NAME),
        Some(file) => file.to_owned(),
        None => {
            let path = files::root(Path::new(NAME)).join(NAME);
            path.strip_prefix(".").map(Path::to_owned).unwrap_or(path)
        }
    }
}

const NAME: &str = "glossary.toml";

/// The text of a glossary that must be there.
fn read(path: &Path) -> Result<String, CliError> {
    files::read_existing(path)?.ok_or_else(|| {
        CliError::failed(format!("there is no file {}", path.display())).hint("`translate glossary add ENGLISH KOREAN` begins one")
    })
}

/// Writes a glossary that changed, whole or not at all.
fn write(path: &Path, text: &str) -> Result<bool, CliError> {
    Ok(atomic::write_if_changed(path, text.as_bytes())?)
}
