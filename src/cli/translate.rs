//! `translate DRAFT...`: the main job.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use translate_digest::digest::Strategy;
use translate_digest::disk;
use translate_digest::draft::files;
use translate_digest::memory::beside::Beside;
use translate_digest::pipeline::{self, Job, Options, Outcome};

use super::error::{CliError, Status};
use super::progress::Progress;
use super::summary;
use super::{Talk, project};

/// Translates digests.
#[derive(Args, Debug, Default)]
pub(crate) struct TranslateArgs {
    /// English digests (Markdown or .txt); x.md is written to x.ko.md, its record to x.record.toml
    #[arg(value_name = "DRAFT")]
    drafts: Vec<PathBuf>,
    /// Write the Korean to FILE; the record stays beside the draft
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Ask for these items only, as in 3,5-7
    #[arg(long, value_name = "LIST", value_parser = item_list)]
    items: Option<Items>,
    /// Ask again for what was answered before; text that a person edited is kept
    #[arg(long)]
    fresh: bool,
    /// Tell what would be asked, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Ask this backend, by its name in translate.toml
    #[arg(long, value_name = "NAME")]
    pub(crate) backend: Option<String>,
    /// Send at most N requests at once
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) jobs: Option<u16>,
    /// Group blocks into items by this strategy; `translate split --help` names them
    #[arg(long, value_name = "NAME")]
    split: Option<Strategy>,
    /// Use this repository's translate.toml for this run although it was not trusted
    #[arg(long)]
    pub(crate) trust: bool,
}

/// Items by their index, from 0.
#[derive(Clone, Debug)]
pub(crate) struct Items(pub(crate) BTreeSet<usize>);

/// Reads `3,5-7`, numbers from 1.
pub(crate) fn item_list(text: &str) -> Result<Items, String> {
    let number = |part: &str| part.trim().parse::<usize>().ok().filter(|n| *n > 0).ok_or(format!("`{part}` is not an item's number"));
    let mut items = BTreeSet::new();
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (number(first)?, number(last)?);
        if first > last || last - first > 100_000 {
            return Err(format!("`{part}` is not a range of items"));
        }
        items.extend(first - 1..last);
    }
    Ok(Items(items))
}

/// Runs the main job over every draft.
pub(crate) async fn run(args: &TranslateArgs, talk: &Talk) -> Result<Status, CliError> {
    if args.output.is_some() && args.drafts.len() > 1 {
        return Err(CliError::usage("-o names one file, but there are several drafts").hint("translate them one by one, or leave -o out"));
    }
    let stop = Interrupt::listen()?;
    let beside = Beside::default();
    let mut status = Status::Done;
    for draft in &args.drafts {
        let result = match one(args, draft, &beside, talk, &stop).await {
            Ok(status) => status,
            Err(error) if args.drafts.len() > 1 => {
                error.print(talk);
                Status::Failed
            }
            Err(error) => return Err(error),
        };
        if result == Status::Interrupted {
            return Ok(result);
        }
        status = status.max(result);
    }
    Ok(status)
}

async fn one(args: &TranslateArgs, draft: &Path, beside: &Beside, talk: &Talk, stop: &Interrupt) -> Result<Status, CliError> {
    let draft = &*files::existing(draft);
    let names = files::Names::of(draft);
    if args.output.is_none() && files::is_korean_name(draft) {
        return Err(CliError::usage(format!("{} is named like a Korean file", draft.display()))
            .hint("give the English digest; or name the file to write with -o"));
    }
    super::refuse_mdx(draft)?;
    let korean = args.output.as_deref().map_or_else(|| names.korean.clone(), files::existing);
    if files::same_file(&korean, draft) {
        return Err(CliError::usage(format!("-o names the draft itself: {}", draft.display())).hint("name another file"));
    }
    if !disk::lies_at(draft) {
        super::missing_draft(draft)?;
    }
    let root = files::root(draft);
    let settings = project::settings(&root, args)?;
    let glossary = project::glossary(&root)?;
    // A mistyped name and settings that nobody trusted are told at once; the key waits until there is something to ask.
    project::check(&settings, args.trust || args.dry_run)?;
    let backend = project::Opener { settings: &settings, trusted: args.trust };
    let options = Options {
        items: args.items.clone().map(|items| items.0).unwrap_or_default(),
        fresh: args.fresh,
        dry_run: args.dry_run,
        jobs: settings.jobs,
        register: settings.register.clone(),
        split: args.split,
        output_named: args.output.is_some() && korean != names.korean,
    };
    let progress = Progress::new(talk, &settings.backend);
    let memory = |hash: &str| beside.offer(&names.record, hash);
    let job = Job {
        english: draft,
        korean: korean.clone(),
        record: names.record.clone(),
        root: &root,
        glossary: &glossary,
        memory: &memory,
        backend: &backend,
        options: &options,
    };
    let outcome = pipeline::translate(&job, &progress, stop.wait()).await;
    beside.written(&names.record);
    let outcome = outcome?;
    summary::print(&outcome, draft, &korean, &settings, args.dry_run, talk);
    Ok(status(&outcome, args.dry_run))
}

fn status(outcome: &Outcome, dry_run: bool) -> Status {
    let undone = !(outcome.left.is_empty() && outcome.unplaced.is_empty() && outcome.outdated.is_empty());
    let nothing_done = outcome.stopped.is_some() && outcome.asked == 0;
    match () {
        () if outcome.interrupted => Status::Interrupted,
        () if dry_run => Status::Done,
        () if nothing_done => Status::Failed,
        () if undone => Status::Left,
        () => Status::Done,
    }
}

/// Ctrl-C and the signals that ask a program to end.
pub(crate) struct Interrupt(tokio::sync::watch::Receiver<bool>);

impl Interrupt {
    fn listen() -> Result<Self, CliError> {
        let (send, receive) = tokio::sync::watch::channel(false);
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let listen = |kind| signal(kind).map_err(|error| CliError::failed(format!("signals cannot be received: {error}")));
            let (mut int, mut term, mut hup) =
                (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?, listen(SignalKind::hangup())?);
            tokio::spawn(async move {
                tokio::select! { _ = int.recv() => {}, _ = term.recv() => {}, _ = hup.recv() => {} }
                let _ = send.send(true);
            });
        }
        #[cfg(not(unix))]
        tokio::spawn(async move {
            let _ = tokio::signal::ctrl_c().await;
            let _ = send.send(true);
        });
        Ok(Self(receive))
    }

    /// Ends when the program was asked to end.
    async fn wait(&self) {
        let mut receive = self.0.clone();
        while !*receive.borrow_and_update() {
            if receive.changed().await.is_err() {
                return std::future::pending().await;
            }
        }
    }
}
