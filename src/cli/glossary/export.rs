//! `translate glossary export`: the terms as another tool reads them.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use translate_digest::glossary::Glossary;
use translate_digest::glossary::formats::{self, Format};

use crate::cli::error::{CliError, Status};
use crate::cli::{Talk, print_file};

/// Prints the terms for another tool.
#[derive(Args, Debug)]
pub(crate) struct ExportArgs {
    /// The glossary; without it the nearest glossary.toml from here upward
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// csv, tbx, omegat, deepl-tsv or deepl-csv
    #[arg(long, value_name = "FORMAT")]
    format: Format,
}

/// Prints the file, and says what it could not hold.
pub(crate) fn run(args: &ExportArgs, out: &mut dyn Write, talk: &Talk) -> Result<Status, CliError> {
    let path = super::path(args.file.as_deref());
    let name = path.display().to_string();
    let glossary = Glossary::load(&name, &super::read(&path)?)?;
    let exported = formats::export(args.format, glossary.terms(), glossary.known());
    print_file(out, &exported.text)?;
    for loss in &exported.losses {
        talk.say(&format!("{name}: not carried over: {loss}"));
    }
    talk.say(&format!(
        "{name}: {} of {} terms written, {} not carried over",
        exported.terms,
        glossary.terms().len(),
        exported.losses.len()
    ));
    Ok(Status::Done)
}
