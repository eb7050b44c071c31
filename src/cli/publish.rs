//! `translate publish DRAFT`: the approved edition.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use translate_digest::draft::{atomic, files};
use translate_digest::reports::edition::{Form, edition};
use translate_digest::review::edition::Edition;
use translate_digest::review::screen;
use translate_digest::text::shell;

use super::error::{CliError, Status};
use super::review::paths;
use super::summary::count;
use super::{Talk, project, write_raw};

/// Publishes the approved edition.
#[derive(Args, Debug)]
pub(crate) struct PublishArgs {
    /// The English digest
    #[arg(value_name = "DRAFT")]
    draft: PathBuf,
    /// As what
    #[arg(long, value_enum, default_value_t = PublishFormat::Md)]
    format: PublishFormat,
    /// Write to FILE instead of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Publish although something is undecided
    #[arg(long)]
    allow_undecided: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PublishFormat {
    /// The Korean file, without the comments that are meant for this tool
    Md,
    /// A page that is safe to publish
    Html,
    /// Flat text, one bullet a line
    Txt,
}

/// Publishes, unless something is undecided.
pub(crate) fn run(args: &PublishArgs, out: &mut dyn Write, talk: &Talk) -> Result<Status, CliError> {
    let paths = paths(&args.draft, None)?;
    let glossary = project::glossary(&paths.root)?;
    let read = Edition::read(&paths, &glossary, &|_| Vec::new())?;
    let undecided: Vec<String> = read.undecided().map(screen::title).collect();
    if !undecided.is_empty() && !args.allow_undecided {
        for title in &undecided {
            talk.say(&format!("{}: {title}", args.draft.display()));
        }
        let draft = args.draft.display().to_string();
        let draft = shell::word(&draft);
        talk.error(
            &format!("{} not decided, and nothing is published", count(undecided.len(), "text")),
            Some(&format!("decide with: translate review {draft}; or publish all the same with --allow-undecided")),
        );
        return Ok(Status::Left);
    }
    let korean = read.texts.korean.as_deref().unwrap_or_default();
    let form = match args.format {
        PublishFormat::Md => Form::Markdown,
        PublishFormat::Html => Form::Html,
        PublishFormat::Txt => Form::Flat,
    };
    let text = edition(korean, &paths.korean, form);
    match &args.output {
        None => write_raw(out, &text)?,
        Some(output) => {
            refuse_own(output, &[&paths.english, &paths.korean, &paths.record])?;
            atomic::write(output, text.as_bytes())?;
            talk.tell(&format!("{} -> {}", args.draft.display(), output.display()));
        }
    }
    Ok(Status::Done)
}

/// The digest's own files are not what is published.
fn refuse_own(output: &Path, own: &[&PathBuf]) -> Result<(), CliError> {
    match own.iter().find(|file| files::same_file(output, file)) {
        Some(file) => Err(CliError::usage(format!("-o names the digest's own file {}", file.display())).hint("name another file")),
        None => Ok(()),
    }
}
