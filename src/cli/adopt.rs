//! `translate adopt`: a Korean edition that people made becomes approved text.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::Args;
use translate_digest::disk::{self, Entry, Kind};
use translate_digest::draft::files;
use translate_digest::pipeline::adopt::{Adopted, Approval, adopt};

use super::error::{CliError, Status};
use super::summary::count;
use super::{Talk, project};

/// Takes a Korean edition as approved.
#[derive(Args, Debug)]
pub(crate) struct AdoptArgs {
    /// The English digest, or a folder: then every digest in it that has a Korean file
    #[arg(value_name = "DRAFT")]
    draft: PathBuf,
    /// The Korean edition, where it is not named after the digest
    #[arg(long, value_name = "FILE")]
    korean: Option<PathBuf>,
    /// Who accepts it
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
}

/// Adopts one digest or a folder of them.
pub(crate) fn run(args: &AdoptArgs, talk: &Talk) -> Result<Status, CliError> {
    let pairs = if args.draft.is_dir() {
        if args.korean.is_some() {
            return Err(
                CliError::usage("--korean names one file, but a folder was given").hint("name the English digest instead of the folder")
            );
        }
        let mut pairs = Vec::new();
        pairs_in(&args.draft, &mut pairs)?;
        pairs.sort();
        if pairs.is_empty() {
            return Err(CliError::failed(format!("{} holds no English digest with a Korean file", args.draft.display()))
                .hint("a digest x.md has its Korean in x.ko.md; else use --korean FILE"));
        }
        pairs
    } else {
        if files::is_korean_name(&args.draft) {
            return Err(CliError::usage(format!("{} is named like a Korean file", args.draft.display())).hint("give the English digest"));
        }
        vec![(args.draft.clone(), args.korean.clone().unwrap_or_else(|| files::Names::of(&args.draft).korean))]
    };
    let time = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
    let approval = Approval { reviewer: args.reviewer.as_deref(), time: &time };
    let mut status = Status::Done;
    for (english, korean) in pairs {
        let root = files::root(&english);
        let glossary = project::glossary(&root)?;
        let record = files::Names::of(&english).record;
        let adopted = adopt(&english, &korean, &record, &root, &glossary, &approval)?;
        tell(&adopted, &english, &record, talk);
        if !adopted.left.is_empty() {
            status = Status::Left;
        }
    }
    Ok(status)
}

fn tell(adopted: &Adopted, english: &Path, record: &Path, talk: &Talk) {
    for left in &adopted.left {
        let place = left.item.map_or("outside items".to_owned(), |item| format!("item {item}"));
        talk.say(&format!(
            "{}:{}: {place}: left out: {}: {}",
            english.display(),
            left.line,
            left.reason,
            super::summary::short(&left.text)
        ));
    }
    if adopted.added > 0 {
        talk.say(&format!("{}: {} Korean items have no English one", english.display(), adopted.added));
    }
    let (items, segments) = (count(adopted.items, "item"), count(adopted.segments, "segment"));
    let counts = format!("{items}, {segments}: {} approved, {} left out", adopted.approved, adopted.left.len());
    talk.tell(&format!("{} -> {}: {counts}", english.display(), record.display()));
}

fn pairs_in(folder: &Path, pairs: &mut Vec<(PathBuf, PathBuf)>) -> Result<(), CliError> {
    for Entry { name, kind } in disk::list(folder)? {
        let path = folder.join(&name);
        let is_hidden = name.to_string_lossy().starts_with('.');
        match kind {
            Kind::Folder if !is_hidden => pairs_in(&path, pairs)?,
            Kind::File | Kind::Link if disk::exists(&path) && !files::is_korean_name(&path) => {
                let korean = files::Names::of(&path).korean;
                if disk::exists(&korean) {
                    pairs.push((path, korean));
                }
            }
            _ => {}
        }
    }
    Ok(())
}
