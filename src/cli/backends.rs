//! `translate backends`: what is set up, and whether it answers.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use translate_digest::backends::{self, Request, Text};
use translate_digest::draft::files;
use translate_digest::pipeline::spoken;
use translate_digest::text::shell;

use super::error::{CliError, Status};
use super::settings::{Flags, Settings};
use super::{Talk, project, trust};

/// Lists the backends.
#[derive(Args, Debug)]
pub(crate) struct BackendsArgs {
    /// A folder of the repository
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// Ask each for one word and print the time
    #[arg(long)]
    ping: bool,
    /// Use this repository's translate.toml although it was not trusted
    #[arg(long)]
    trust: bool,
}

/// Prints one line for each backend; with `--ping`, status 1 when one does not answer.
pub(crate) async fn run(args: &BackendsArgs, out: &mut dyn Write, talk: &Talk) -> Result<Status, CliError> {
    let root = files::root(&args.folder.join("translate.toml"));
    let settings = Settings::load(&root, &Flags::default())?;
    let mut status = Status::Done;
    let names: Vec<String> =
        std::iter::once("memory".to_owned()).chain(settings.backends.keys().filter(|name| *name != "memory").cloned()).collect();
    for name in names {
        let mark = if name == settings.backend { "*" } else { " " };
        let Some(table) = settings.backend_settings(&name)? else {
            super::print(out, &format!("{mark} memory: the records beside the draft, exact matches\n"))?;
            continue;
        };
        if !args.ping {
            let dangers = backends::needs_trust(&table);
            let trust = match dangers.is_empty() {
                true => String::new(),
                false if trust::is_trusted(&settings, &name, &table) => format!(" (trusted: {})", dangers.join("; ")),
                false => format!(" (needs trust: {})", dangers.join("; ")),
            };
            super::print(out, &format!("{mark} {}: {}{trust}\n", shell::word(&name), backends::describe(&table)))?;
            continue;
        }
        let of_one = Settings { backend: name.clone(), ..settings.clone() };
        match ping(&of_one, args.trust, talk).await {
            Ok(answer) => super::print(out, &format!("{mark} {}: {answer}\n", shell::word(&name)))?,
            Err(error) => {
                super::print(out, &format!("{mark} {}: no answer\n", shell::word(&name)))?;
                error.print(talk);
                status = Status::Left;
            }
        }
    }
    Ok(status)
}

async fn ping(settings: &Settings, trusted: bool, talk: &Talk) -> Result<String, CliError> {
    let Some(backend) = project::backend(settings, trusted).await? else { return Ok("nothing to ask".to_owned()) };
    if let Some(key) = backend.key_source() {
        talk.say(&format!("{}: text goes to {} with {}", shell::word(&settings.backend), backend.destination(), key.phrase()));
    }
    let started = Instant::now();
    let request = Request { segments: vec![Text { id: "1".to_owned(), text: "Hello".to_owned() }], ..Request::default() };
    let answer = backend.translate(&request).await;
    backend.close().await;
    let text = answer?.into_iter().next().map(|text| text.text).unwrap_or_default();
    Ok(format!("Hello -> {} in {}", text.trim(), spoken(started.elapsed())))
}
