//! `translate diff DRAFT`: the machine's text against the editor's, not interactive.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use translate_digest::reports::changes::{Changes, Comparison, Html, Human, Json, Unified};
use translate_digest::review::edition::Edition;

use super::error::{CliError, Status};
use super::review::{Checker, foreign, paths, tell_partial};
use super::settings::{Flags, Settings};
use super::talk::wants_colour;
use super::{Talk, project, unwritable};

/// Shows the machine's text against the editor's.
#[derive(Args, Debug)]
pub(crate) struct DiffArgs {
    /// The English digest
    #[arg(value_name = "DRAFT")]
    draft: PathBuf,
    /// Take the edited text from FILE: another order, plain text
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    format: DiffFormat,
    /// Compare although most items have no partner in the edited file
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// What changed, for people
    Human,
    /// One page, side by side, with what the checks say
    Html,
    /// What changed, as a unified diff
    Unified,
    /// Every item, for scripts
    Json,
}

/// Compares, and prints.
pub(crate) fn run(args: &DiffArgs, out: &mut dyn Write, talk: &Talk) -> Result<Status, CliError> {
    let paths = paths(&args.draft, args.against.as_deref())?;
    let glossary = project::glossary(&paths.root)?;
    let edition = Edition::read(&paths, &glossary, &|_| Vec::new())?;
    foreign(&edition, &paths, args.force)?;
    tell_partial(&edition, &paths, talk);
    let (english, korean) = (paths.english.display().to_string(), paths.edited().display().to_string());
    let rows = edition.rows();
    let comparison = Comparison { english_file: &english, korean_file: &korean, rows: &rows };
    let flags = match args.format {
        DiffFormat::Html => {
            let settings = Settings::load(&paths.root, &Flags::default())?;
            Checker::new(&settings, &glossary).flags(&paths, &edition)?
        }
        _ => Vec::new(),
    };
    let colour = wants_colour(io::stdout().is_terminal());
    let report: Box<dyn Changes> = match args.format {
        DiffFormat::Human => Box::new(Human { width: width(), colour }),
        DiffFormat::Html => Box::new(Html { flags: &flags }),
        DiffFormat::Unified => Box::new(Unified),
        DiffFormat::Json => Box::new(Json),
    };
    report.write(&comparison, out).map(|()| Status::Done).map_err(unwritable)
}

/// Columns of the terminal; of a file enough to read.
fn width() -> usize {
    const FILE: usize = 100;
    if io::stdout().is_terminal() { console::Term::stdout().size_checked().map_or(FILE, |(_, columns)| usize::from(columns)) } else { FILE }
}
