//! `translate glossary suggest`: terms that a team's edits teach, asked one by one.

mod shown;

use std::io::{self, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use translate_digest::draft::files;
use translate_digest::glossary::Glossary;
use translate_digest::review::learn::{self, Proposal, Triple};

use super::add::told;
use crate::cli::ask::{Answer, Ask, Lines};
use crate::cli::error::{CliError, Status};
use crate::cli::summary::count;
use crate::cli::{Talk, paths, print, print_json};

/// Proposes terms from approved edits.
#[derive(Args, Debug)]
pub(crate) struct SuggestArgs {
    /// Learn from these digests only; without it from every digest of the repository that has a record
    #[arg(long, value_name = "DRAFT", num_args = 1..)]
    from: Vec<PathBuf>,
    /// Add every proposal without asking
    #[arg(long)]
    yes: bool,
    /// The glossary; without it the nearest glossary.toml from here upward
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// How to print the proposals; json never asks
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<SuggestFormat>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SuggestFormat {
    /// A list with the commands that add each proposal; never asks
    Human,
    /// For scripts
    Json,
}

/// Lists, adds or asks. Proposals are an offer, and no work that is left: the exit status is 0 whatever becomes of them.
pub(crate) fn run(args: &SuggestArgs, out: &mut dyn Write, talk: &Talk) -> Result<Status, CliError> {
    let path = match (&args.file, args.from.first()) {
        (None, Some(first)) => beside(first),
        (file, _) => super::path(file.as_deref()),
    };
    let (digests, proposals) = match args.from.is_empty() {
        true => learn(&recorded(&path, talk)?, &path)?,
        false => learn(&args.from, &path)?,
    };
    let is_shown = args.format.is_some() && !args.yes;
    if args.format == Some(SuggestFormat::Json) {
        print_json(out, &shown::json(&path, &proposals))?;
    }
    if proposals.is_empty() {
        talk.say(&format!("{} read: nothing recurs that {} has not", count(digests, "digest"), path.display()));
        return Ok(Status::Done);
    }
    if args.yes {
        let all: Vec<&Proposal> = proposals.iter().collect();
        write(&path, &all, talk)?;
    } else if !is_shown && io::stdin().is_terminal() && io::stderr().is_terminal() {
        let mut ask = Lines { answers: BufReader::new(io::stdin()), questions: io::stderr() };
        offer(&proposals, &path, &mut ask, talk)?;
    } else if args.format != Some(SuggestFormat::Json) {
        for (index, proposal) in proposals.iter().enumerate() {
            let command = shown::command(proposal, &path);
            print(out, &format!("{}   {command}\n\n", shown::human(proposal, Some(index + 1))))?;
        }
        let counted = count(proposals.len(), "proposal");
        talk.say(&format!("{counted} from {}; --yes adds all, on a terminal each is asked for", count(digests, "digest")));
    }
    Ok(Status::Done)
}

/// What the repository's edits teach that was seen in `draft` too: for the end of a review.
pub(crate) fn taught_by(draft: &Path, talk: &Talk) -> Result<(PathBuf, Vec<Proposal>), CliError> {
    let path = beside(draft);
    let mut digests = recorded(&path, talk)?;
    if !digests.iter().any(|digest| files::same_file(digest, draft)) {
        digests.push(draft.to_owned());
    }
    let (_, mut proposals) = learn(&digests, &path)?;
    proposals.retain(|proposal| {
        let mut sightings = proposal.evidence.iter().flat_map(|evidence| &evidence.sightings);
        sightings.any(|sighting| files::same_file(Path::new(&sighting.file), draft))
    });
    Ok((path, proposals))
}

/// Asks for each proposal, and writes each that is wanted at once.
pub(crate) fn offer(proposals: &[Proposal], glossary: &Path, ask: &mut dyn Ask, talk: &Talk) -> Result<(), CliError> {
    let failed = |error: io::Error| CliError::failed(format!("the answer cannot be read: {error}"));
    for (index, proposal) in proposals.iter().enumerate() {
        let text = shown::human(proposal, None);
        let question = format!("[{}/{}] Add it?", index + 1, proposals.len());
        match ask.ask(&text, &question).map_err(failed)? {
            Answer::Yes => write(glossary, &[proposal], talk)?,
            Answer::No => {}
            Answer::Quit => break,
        }
    }
    Ok(())
}

/// Writes proposals into the glossary as it stands now.
fn write(path: &Path, proposals: &[&Proposal], talk: &Talk) -> Result<(), CliError> {
    let name = path.display().to_string();
    let text = files::read_existing(path)?.unwrap_or_default();
    let (edited, outcomes) = learn::write(&name, &text, proposals)?;
    super::write(path, &edited)?;
    for (proposal, outcome) in proposals.iter().zip(outcomes) {
        match told(&name, &proposal.term, outcome) {
            Ok(told) => talk.say(&told),
            Err(kept) => talk.warn(&kept, None),
        }
    }
    Ok(())
}

/// The number of digests with a record, and what they teach.
fn learn(digests: &[PathBuf], glossary: &Path) -> Result<(usize, Vec<Proposal>), CliError> {
    let text = files::read_existing(glossary)?.unwrap_or_default();
    let glossary = Glossary::load(&glossary.display().to_string(), &text)?;
    let mut triples: Vec<Triple> = Vec::new();
    for digest in digests {
        crate::cli::refuse_mdx(digest)?;
        let learned = learn::triples(digest)?;
        if !learned.has_record {
            return Err(CliError::failed(format!("{} has no record", digest.display()))
                .hint(format!("translate it first: translate {}", digest.display())));
        }
        triples.extend(learned.triples);
    }
    Ok((digests.len(), learn::proposals(&triples, &glossary)))
}

/// The digests with a record of the glossary's repository: those in `drafts/`, where there is such a folder.
fn recorded(glossary: &Path, talk: &Talk) -> Result<Vec<PathBuf>, CliError> {
    let root = glossary.parent().filter(|root| !root.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let drafts = root.join("drafts");
    let found = paths::recorded_in(if drafts.is_dir() { &drafts } else { root })?;
    for missing in &found.missing {
        talk.warn(&format!("{}: skipped, there is no digest {}", missing.0.display(), missing.1.display()), None);
    }
    Ok(found.digests)
}

/// The glossary of a digest's repository.
fn beside(digest: &Path) -> PathBuf {
    let path = files::root(digest).join(super::NAME);
    path.strip_prefix(".").map(Path::to_owned).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use translate_digest::glossary::{Rendering, Term};
    use translate_digest::review::learn::{Evidence, Sighting};

    use super::*;

    fn proposal(english: &str, approved: &str, machine: &str) -> Proposal {
        let sighting = |item| Sighting {
            file: "x.md".to_owned(),
            item,
            english: format!("On {english}."),
            machine: format!("{machine}에 대하여"),
            approved: format!("{approved}에 대하여"),
        };
        let evidence = Evidence {
            machine: machine.to_owned(),
            approved: approved.to_owned(),
            sightings: vec![sighting(Some(1)), sighting(Some(3)), sighting(None)],
        };
        let term = Term { korean: Some(Rendering::new(approved)), avoid: vec![Rendering::new(machine)], ..Term::new(english) };
        Proposal { term, is_known: false, times: 3, evidence: vec![evidence] }
    }

    #[test]
    fn what_is_wanted_is_written_at_once_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("glossary.toml");
        std::fs::write(&path, "[terms]\n# ours\nconvex = \"볼록\"\n").expect("written");
        let proposals = [proposal("overfitting", "과적합", "과대적합"), proposal("loss", "손실", "로스"), proposal("head", "헤드", "머리")];
        let mut shown = Vec::new();
        let mut ask = Lines { answers: "n\nㅛ\nq\n".as_bytes(), questions: &mut shown };
        offer(&proposals, &path, &mut ask, &Talk::new(true)).expect("asked");
        let written = std::fs::read_to_string(&path).expect("a glossary");
        assert_eq!(written, "[terms]\n# ours\nconvex = \"볼록\"\nloss = { korean = \"손실\", avoid = [\"로스\"] }\n");
        let expected = "overfitting = 과적합, not 과대적합: a new term, seen in 3 items
   과대적합 -> 과적합  x.md: items 1, 3, outside items
     english   On overfitting.
     machine   과대적합에 대하여
     approved  과적합에 대하여
[1/3] Add it? [y/n/q] ";
        let shown = String::from_utf8(shown).expect("UTF-8");
        assert!(shown.starts_with(expected), "{shown}");
        assert!(shown.ends_with("[3/3] Add it? [y/n/q] "), "{shown}");
    }
}
