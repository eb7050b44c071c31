//! `translate status`: what of the digests is translated, edited and approved, and how much the editors changed.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use translate_digest::digest::Format;
use translate_digest::draft::files;
use translate_digest::reports::progress::{Json, Progress, Table};
use translate_digest::review::edition::{Edition, Paths};
use translate_digest::review::progress::DigestProgress;

use super::error::{CliError, Status};
use super::review::{Checker, Rows, tell_partial};
use super::settings::{Flags, Settings};
use super::summary::count;
use super::{Talk, paths, project, write_raw};

/// Shows how far digests are.
#[derive(Args, Debug)]
pub(crate) struct StatusArgs {
    /// Digests, Korean files or folders; without one drafts/, or this folder
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What every text has to be: exit with 1 where one is not
    #[arg(long, value_enum, value_name = "STATE")]
    require: Option<Require>,
    /// How to print it
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = StatusFormat::Human)]
    format: StatusFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Require {
    /// Accepted by a person as it stands
    Approved,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum StatusFormat {
    /// A table
    Human,
    /// For scripts, item by item
    Json,
}

/// Prints how far the digests are. Only what was required can leave work to do.
pub(crate) fn run(args: &StatusArgs, out: &mut dyn Write, talk: &Talk) -> Result<Status, CliError> {
    let found = paths::pairs(&args.paths, None)?;
    let mut digests: Vec<DigestProgress> = Vec::new();
    let mut failed = 0;
    for pair in &found.pairs {
        let Some(english) = &pair.english else {
            talk.say(&format!("{}: skipped, there is no English digest beside it", pair.korean.display()));
            continue;
        };
        match reviewed(english, &pair.korean, talk) {
            Ok(digest) => digests.push(digest),
            // One file at fault hides nothing of the others.
            Err(error) => {
                error.print(talk);
                failed += 1;
            }
        }
    }
    for error in &found.refused {
        error.print(talk);
        failed += 1;
    }
    for english in &found.untranslated {
        let text = files::read_merged(english)?;
        digests.push(DigestProgress::untranslated(&english.display().to_string(), &text, Format::of(english)));
    }
    if digests.is_empty() && failed > 0 {
        return Ok(Status::Failed);
    }
    digests.sort_by(|a, b| a.file.cmp(&b.file));
    let text = match args.format {
        StatusFormat::Human => {
            let is_terminal = io::stdout().is_terminal();
            let width = is_terminal.then(|| usize::from(console::Term::stdout().size().1));
            Table { width }.text(&digests)
        }
        StatusFormat::Json => Json.text(&digests),
    };
    write_raw(out, &text)?;
    let undecided: usize = digests.iter().map(|digest| digest.counts.undecided).sum();
    if args.require == Some(Require::Approved) && undecided > 0 {
        talk.tell(&format!("{} undecided: `translate review DRAFT` decides", count(undecided, "text")));
        return Ok(Status::Left);
    }
    Ok(if failed > 0 { Status::Left } else { Status::Done })
}

fn reviewed(english: &Path, korean: &Path, talk: &Talk) -> Result<DigestProgress, CliError> {
    let paths = Paths { korean: korean.to_owned(), ..Paths::of(english, None) };
    let settings = Settings::load(&paths.root, &Flags::default())?;
    let glossary = project::glossary(&paths.root)?;
    let edition = Edition::read(&paths, &glossary, &|_| Vec::new())?;
    if edition.is_foreign() {
        let (korean, english) = (korean.display(), english.display());
        talk.warn(&format!("{korean} does not look like the Korean of {english}: few items belong together"), None);
    }
    tell_partial(&edition, &paths, talk);
    let mut progress = DigestProgress::of(&edition, &english.display().to_string(), &korean.display().to_string());
    let rows = Rows::of(&edition, &paths);
    // The checks read everything again: both at once would take twice the memory.
    drop(edition);
    let flags = Checker::new(&settings, &glossary).flags_of(&paths, &rows)?;
    progress.add_findings(flags.iter().flatten().map(|flag| flag.severity));
    Ok(progress)
}
