//! `translate publish DRAFT`: the approved edition.

mod output;

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use translate_digest::draft::atomic;
use translate_digest::reports::edition::{Form, edition};
use translate_digest::review::edition::Edition;
use translate_digest::review::screen;
use translate_digest::text::shell;

use super::error::{CliError, Status};
use super::review::paths;
use super::summary::count;
use super::{Talk, print_file, project};

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
    /// Write to FILE although it does not end like the format, or holds English text
    #[arg(long, requires = "output")]
    force: bool,
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

impl PublishFormat {
    /// How the names of such files end.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Md => &["md", "markdown"],
            Self::Html => &["html", "htm"],
            Self::Txt => &["txt", "text"],
        }
    }
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
        None => print_file(out, &text)?,
        Some(output) => {
            output::ensure_free(output, &paths, &text, args.format, args.force)?;
            atomic::write(output, text.as_bytes())?;
            talk.tell(&format!("{} -> {}", args.draft.display(), output.display()));
        }
    }
    Ok(Status::Done)
}
