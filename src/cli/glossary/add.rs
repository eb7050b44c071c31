//! `translate glossary add`: one term, or further forms of one, written into glossary.toml.

use std::path::PathBuf;

use clap::Args;
use translate_digest::draft::files;
use translate_digest::glossary::edit::{self, Outcome};
use translate_digest::glossary::{Rendering, Term};

use crate::cli::Talk;
use crate::cli::error::{CliError, Status};

/// Adds a term, or further forms to one that is there.
#[derive(Args, Debug)]
pub(crate) struct AddArgs {
    /// The English entry
    #[arg(value_name = "ENGLISH")]
    english: String,
    /// What to write in Korean; a name that stays has none
    #[arg(value_name = "KOREAN", required_unless_present = "keep")]
    korean: Option<String>,
    /// A form that must not be written
    #[arg(long, value_name = "FORM")]
    avoid: Vec<String>,
    /// Another form that may be written
    #[arg(long, value_name = "FORM")]
    also: Vec<String>,
    /// A note for translators and backends
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Leave the English form as it is
    #[arg(long, conflicts_with = "korean")]
    keep: bool,
    /// How the English form is said, in Hangul: decides the particle
    #[arg(long, value_name = "HANGUL")]
    read: Option<String>,
    /// The glossary; without it the nearest glossary.toml from here upward
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Writes the term; a file that is not there begins with it.
pub(crate) fn run(args: &AddArgs, talk: &Talk) -> Result<Status, CliError> {
    let path = super::path(args.file.as_deref());
    let name = path.display().to_string();
    let text = files::read_existing(&path)?.unwrap_or_default();
    let renderings = |forms: &[String]| forms.iter().map(Rendering::new).collect();
    let term = Term {
        korean: args.korean.as_ref().map(Rendering::new),
        also: renderings(&args.also),
        avoid: renderings(&args.avoid),
        note: args.note.clone(),
        read: args.read.clone(),
        keep: args.keep,
        ..Term::new(&args.english)
    };
    blank(args)?;
    let (edited, outcomes) = edit::add(&name, &text, std::slice::from_ref(&term), true)?;
    let told = told(&name, &term, outcomes.into_iter().next().unwrap_or(Outcome::Unchanged))
        .map_err(|kept| CliError::failed(kept).hint("change it there; a word with several senses is an array of tables"))?;
    super::write(&path, &edited)?;
    talk.say(&told);
    Ok(Status::Done)
}

/// What is said of a term that was to be added to the glossary `name`; an error where another meaning stays.
pub(super) fn told(name: &str, term: &Term, outcome: Outcome) -> Result<String, String> {
    let english = &term.english;
    Ok(match outcome {
        Outcome::Kept { line, english, preferred } => return Err(format!("{name}:{line}: `{english}` is `{preferred}` already")),
        Outcome::Extended(forms) => format!("{name}: `{english}` has now {} too", quoted(&forms)),
        Outcome::Added => format!("{name}: added `{english}` = `{}`", term.preferred()),
        Outcome::Unchanged => format!("{name}: `{english}` is there already"),
    })
}

/// Refuses blanks where a form is wanted: the file would be none afterwards, and the fault is in the command line.
fn blank(args: &AddArgs) -> Result<(), CliError> {
    let forms = args.korean.iter().chain(&args.avoid).chain(&args.also).chain(&args.note).chain(&args.read).chain([&args.english]);
    match forms.into_iter().any(|form| form.trim().is_empty()) {
        true => Err(CliError::usage("a form of the term is empty").hint("translate glossary add \"saddle point\" 안장점")),
        false => Ok(()),
    }
}

fn quoted(forms: &[String]) -> String {
    forms.iter().map(|form| format!("`{form}`")).collect::<Vec<_>>().join(", ")
}
