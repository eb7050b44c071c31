//! The mouth of the tool: one file per subcommand, with its arguments and its run.

mod adopt;
mod ask;
mod backends;
mod check;
mod diff;
mod error;
mod explain;
mod glossary;
mod output;
mod particle;
mod paths;
mod progress;
mod project;
mod publish;
mod review;
mod settings;
mod split;
mod status;
mod summary;
mod talk;
mod terms;
mod translate;
mod trust;
mod waivers;
mod walk;

use std::future::Future;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use translate_digest::disk::{self, Permit};
use translate_digest::draft::files;
use translate_digest::reports::escape::{visible, without_commands};

use error::{CliError, Status};
use output::{Output, print, print_file, print_json, unwritable, write_raw};
use settings::SettingsError;
use talk::Talk;

/// Turns an English digest into a Korean draft that a team can check, review and publish
///
/// `translate drafts/x.md` writes drafts/x.ko.md and drafts/x.record.toml. A file that is named like a command is reached as
/// ./NAME.
#[derive(Parser, Debug)]
#[command(name = "translate", version, args_conflicts_with_subcommands = true, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "Exit status: 0 done, 1 work left (said which), 2 nothing could be done, 130 interrupted")]
struct Cli {
    #[command(flatten)]
    translate: translate::TranslateArgs,
    /// Say only what went wrong and how it ended
    #[arg(short, long, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Find faults in Korean digests, for people and for CI; --fix mends what is certain
    Check(check::CheckArgs),
    /// Explain a check, or list them
    Explain(explain::ExplainArgs),
    /// Approve item by item: the machine's text against the editor's
    Review(review::ReviewArgs),
    /// The machine's text against the editor's, not interactive
    Diff(diff::DiffArgs),
    /// The approved edition as md, html or txt
    Publish(publish::PublishArgs),
    /// Show what is translated, edited and approved, and how much the editors changed
    Status(status::StatusArgs),
    /// Show the items of a digest, as parsed
    Split(split::SplitArgs),
    /// Show which terms of the glossary occur, and where
    Terms(terms::TermsArgs),
    /// Take a Korean edition that people made as approved
    Adopt(adopt::AdoptArgs),
    /// Show what is set up; --ping asks each for a word
    Backends(backends::BackendsArgs),
    /// The right particle after a word
    Particle(particle::ParticleArgs),
    /// Trust this repository's settings
    Trust(trust::TrustArgs),
    /// Look over the terms, add, suggest, import, export
    Glossary(glossary::GlossaryArgs),
}

/// Reads the command line, runs the command, prints its error.
pub(crate) fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refused(&error),
    };
    let talk = Talk::new(cli.quiet);
    let mut out = Output::new(io::stdout().lock());
    // What the buffer still holds may be what does not fit on the disk.
    let status = run(&cli, &mut out, &talk).and_then(|status| out.flush().map(|()| status).map_err(unwritable));
    let status = status.unwrap_or_else(|error| {
        error.print(&talk);
        Status::Failed
    });
    ExitCode::from(status as u8)
}

/// Prints help, or what is wrong with the command line: it quotes arguments as they are, and the name of a file may be one.
fn refused(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    let safe = without_commands(visible(&text));
    let printed = if safe == text { error.print() } else { io::stderr().write_all(safe.as_bytes()) };
    if let Err(failed) = printed
        && !error.use_stderr()
        && failed.kind() != io::ErrorKind::BrokenPipe
    {
        unwritable(failed).print(&Talk::new(true));
        return ExitCode::from(Status::Failed as u8);
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn run(cli: &Cli, out: &mut dyn Write, talk: &Talk) -> Result<Status, CliError> {
    // A list that cannot be read permits nothing; `translate trust` says what is wrong with it.
    if let Ok(links) = trust::permitted_links() {
        disk::permit(links.into_iter().map(|(link, target)| Permit { link, target }));
    }
    match &cli.command {
        None => in_runtime(translate::run(&cli.translate, talk)),
        Some(Command::Split(args)) => {
            refuse_mdx(args.file())?;
            let text = files::read_merged(args.file())?;
            args.run(&text, out).map(|()| Status::Done).map_err(unwritable)
        }
        Some(Command::Check(args)) => check::run(args, out, talk),
        Some(Command::Review(args)) => review::run(args, out, talk),
        Some(Command::Diff(args)) => diff::run(args, out, talk),
        Some(Command::Publish(args)) => publish::run(args, out, talk),
        Some(Command::Status(args)) => status::run(args, out, talk),
        Some(Command::Explain(args)) => explain::run(args, out),
        Some(Command::Terms(args)) => terms::run(args, out),
        Some(Command::Adopt(args)) => adopt::run(args, talk),
        Some(Command::Backends(args)) => in_runtime(backends::run(args, out, talk)),
        Some(Command::Particle(args)) => particle::run(args, out),
        Some(Command::Trust(args)) => trust::run(args, talk),
        Some(Command::Glossary(args)) => glossary::run(args, out, talk),
    }
}

/// Only what asks a backend needs a runtime.
fn in_runtime(work: impl Future<Output = Result<Status, CliError>>) -> Result<Status, CliError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| CliError::failed(format!("the runtime cannot start: {error}")))?.block_on(work)
}

/// MDX looks like Markdown, but its imports and expressions would be taken for text.
fn refuse_mdx(file: &Path) -> Result<(), CliError> {
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("mdx")) {
        return Err(CliError::usage(format!("{} is MDX, whose code would be translated as text", file.display()))
            .hint("translate a Markdown version of it"));
    }
    Ok(())
}

/// Why a draft is not there: perhaps a command was meant.
fn missing_draft(draft: &Path) -> Result<(), CliError> {
    let error = CliError::failed(format!("there is no file {}", draft.display()));
    let commands = Cli::command();
    let names: Vec<&str> = commands.get_subcommands().map(clap::Command::get_name).collect();
    let word = draft.to_string_lossy();
    Err(match settings::nearest(&word, &names).filter(|_| !word.contains(['/', '.'])) {
        Some(name) => error.hint(format!("did you mean the command `{name}`?")),
        None => error.hint("check the path; `translate --help` lists the commands"),
    })
}

impl From<SettingsError> for CliError {
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::File(error) => error.into(),
            SettingsError::Toml(_) => Self::failed(error.to_string()).hint("mend translate.toml"),
            SettingsError::Jobs { .. } => Self::failed(error.to_string()).hint("unset it, or set a number"),
            SettingsError::NoBackend { .. } => Self::failed(error.to_string()).hint("`translate backends` lists what is set up"),
        }
    }
}
