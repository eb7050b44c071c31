//! `translate glossary import`: another tool's terms, added to glossary.toml.

use std::path::PathBuf;

use clap::Args;
use translate_digest::draft::files;
use translate_digest::glossary::edit::{self, Outcome};
use translate_digest::glossary::formats::{self, Format, Imported};

use crate::cli::Talk;
use crate::cli::error::{CliError, Status};

/// Adds the terms of another tool's file.
#[derive(Args, Debug)]
pub(crate) struct ImportArgs {
    /// The other tool's file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Its format: csv, tbx, omegat, deepl-tsv or deepl-csv; without it, what the file looks like
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// The glossary; without it the nearest glossary.toml from here upward
    #[arg(long, value_name = "FILE")]
    glossary: Option<PathBuf>,
}

/// Adds what is not there yet, and says what stays and what could not be carried over.
pub(crate) fn run(args: &ImportArgs, talk: &Talk) -> Result<Status, CliError> {
    let source = args.file.display().to_string();
    let text = files::read_merged(&args.file)?;
    let Some(format) = args.format.or_else(|| formats::guess(&source, &text)) else {
        return Err(CliError::usage(format!("{source} is of no format that is known by its name")).hint("name it with --format"));
    };
    let Imported { terms, losses } = formats::import(format, &text).map_err(|error| {
        let place = error.line.map_or(source.clone(), |line| format!("{source}:{line}"));
        CliError::failed(format!("{place}: {}", error.message))
            .hint(format!("it was read as {}; another one is named with --format", format.name()))
    })?;
    let path = super::path(args.glossary.as_deref());
    let name = path.display().to_string();
    let old = files::read_existing(&path)?.unwrap_or_default();
    let (edited, outcomes) = edit::add(&name, &old, &terms, false)?;
    super::write(&path, &edited)?;
    let (mut added, mut same) = (0, 0);
    for (term, outcome) in terms.iter().zip(&outcomes) {
        match outcome {
            Outcome::Added => added += 1,
            Outcome::Kept { line, preferred, .. } => {
                let new = term.preferred();
                talk.say(&format!("{name}:{line}: kept `{}` = `{preferred}`; {source} has `{new}`", term.english));
            }
            Outcome::Unchanged | Outcome::Extended(_) => same += 1,
        }
    }
    for loss in &losses {
        talk.say(&format!("{source}: not carried over: {loss}"));
    }
    let kept = outcomes.len() - added - same;
    talk.tell(&format!(
        "{source} -> {name}: {added} added, {same} there already, {kept} kept as they were, {} not carried over",
        losses.len()
    ));
    Ok(Status::Done)
}
