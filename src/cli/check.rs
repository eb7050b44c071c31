//! `translate check`: faults of Korean digests, for people and for CI; `--fix` mends what is certain.

mod since;
mod sink;
mod whole;

use std::collections::{HashMap, HashSet};
use std::io::{self, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use translate_digest::checks::{ALL, Check, Chosen, DEAD_TERM, NOT_APPROVED, Ruling, Severity};
use translate_digest::draft::files::{self, Names};
use translate_digest::glossary::Glossary;
use translate_digest::pipeline::check::{self, Checked, Files, Rules};
use translate_digest::reports::{Checkstyle, Github, Human, Json, Junit, Markdown, Rdjson, Report, Sarif, Totals, diff};

use super::error::{CliError, Status};
use super::explain::known;
use super::settings::{Flags, Settings};
use super::talk::wants_colour;
use super::waivers::PathWaiver;
use super::{Talk, paths, project};
use since::{Since, Then};
use sink::{Piece, Sink};
use whole::Whole;

/// Finds faults.
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// Digests, Korean files or folders; the folder drafts, or this one, where none is given
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The Korean side of the one digest, where it is not named after it
    #[arg(long, value_name = "FILE")]
    korean: Option<PathBuf>,
    /// Mend what is certain, in the files and in their records
    #[arg(long)]
    fix: bool,
    /// Show what --fix would do as a diff, and do nothing
    #[arg(long, conflicts_with_all = ["fix", "format"])]
    diff: bool,
    /// Run these checks only; `translate explain` lists them
    #[arg(long, value_name = "CHECK,...", value_delimiter = ',')]
    only: Vec<String>,
    /// Run all checks but these
    #[arg(long, value_name = "CHECK,...", value_delimiter = ',')]
    except: Vec<String>,
    /// Exit with 1 where a finding is at least as grave
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// Only what changed since a revision of git: items whose English, Korean or terms are other
    #[arg(long, value_name = "REV")]
    changed_from: Option<String>,
    /// Check every digest of the repository, and find what only a look at all of them tells
    #[arg(long, conflicts_with_all = ["korean", "changed_from"])]
    all: bool,
    /// What the digests have to be as well
    #[arg(long, value_enum, value_name = "STATE")]
    require: Option<Require>,
    /// Show what waivers let pass too
    #[arg(long)]
    show_waived: bool,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    format: CheckFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Hint,
    Never,
}

impl FailOn {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Hint => Some(Severity::Hint),
            Self::Never => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Require {
    /// Every segment was accepted by a person
    Approved,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CheckFormat {
    /// For people, with the lines at fault
    Human,
    /// For scripts
    Json,
    /// Annotations and a folded log, for GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML: a suite per file, a test per item
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// For reviewdog, with suggestions
    Rdjson,
    /// A table, for the summary of a CI job
    Markdown,
}

impl CheckFormat {
    /// The report, with what is waived or without. Where nothing is to fail, tests fail for errors.
    fn report(self, waived: bool, fail_on: FailOn) -> Box<dyn Report> {
        match self {
            Self::Human => Box::new(Human { colour: wants_colour(io::stdout().is_terminal()), waived }),
            Self::Json => Box::new(Json),
            Self::Github => Box::new(Github::new(waived)),
            Self::Sarif => Box::new(Sarif),
            Self::Junit => Box::new(Junit { waived, gate: fail_on.severity().unwrap_or(Severity::Error) }),
            Self::Checkstyle => Box::new(Checkstyle { waived }),
            Self::Rdjson => Box::new(Rdjson { waived }),
            Self::Markdown => Box::new(Markdown::new(waived)),
        }
    }
}

/// What the files of one repository are checked against.
struct Project {
    root: PathBuf,
    glossary: Glossary,
    checks: Vec<Chosen>,
    /// Checks that would run if the settings did not turn them off.
    off: Vec<&'static str>,
    waivers: Vec<PathWaiver>,
}

/// Checks every file, prints what was found in the order of their names.
pub(crate) fn run(args: &CheckArgs, out: &mut dyn Write, talk: &Talk) -> Result<Status, CliError> {
    args.only.iter().chain(&args.except).try_for_each(|name| known(name).map(|_| ()))?;
    if args.only.iter().any(|name| name == DEAD_TERM) && !args.all {
        talk.hint("dead-term is looked for with --all only");
    }
    let mut projects: HashMap<PathBuf, Project> = HashMap::new();
    // The glossary is read while the folders are. What is wrong with it is told where a file needs it.
    let (pairs, (likely, ahead)) = std::thread::scope(|scope| {
        let ahead = scope.spawn(|| {
            let root = likely_root(args);
            (root.clone(), load(args, root))
        });
        let pairs = paths::pairs(&meant(args), args.korean.as_deref());
        (pairs, ahead.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let mut ahead = Some(ahead);
    // Files of one folder have one root.
    let mut roots: HashMap<PathBuf, PathBuf> = HashMap::new();
    let found = pairs?;
    let mut jobs = Vec::with_capacity(found.pairs.len());
    for pair in found.pairs {
        let digest = pair.english.as_deref().unwrap_or(&pair.korean);
        let folder = digest.parent().unwrap_or(Path::new("")).to_owned();
        let root = roots.entry(folder).or_insert_with(|| files::root(digest)).clone();
        if !projects.contains_key(&root) {
            let loaded = ahead.take_if(|_| root == likely).unwrap_or_else(|| load(args, root.clone()));
            projects.insert(root.clone(), loaded?);
        }
        jobs.push((pair, root));
    }
    for digest in &found.untranslated {
        talk.say(&format!("{}: skipped, there is no Korean file {} yet", digest.display(), Names::of(digest).korean.display()));
    }
    let places = || jobs.iter().map(|(files, root)| (files, root.as_path()));
    let since = args.changed_from.as_deref().map(|name| Since::open(name, places())).transpose()?;
    let report = &*args.format.report(args.show_waived, args.fail_on);
    let off: HashSet<&str> = projects.values().flat_map(|project| project.off.iter().copied()).collect();
    let mut sink = Sink::new(report, args.diff, off.len(), out, talk);
    let digests = jobs.len() + found.refused.len();
    for error in found.refused {
        sink.refuse(&error);
    }
    let work = |job: &(Files, PathBuf)| {
        // Whatever a hostile file sets off, the others are checked.
        let result = catch_unwind(AssertUnwindSafe(|| one(args, &job.0, &projects[&job.1], since.as_ref(), report)));
        result.unwrap_or_else(|_| {
            Err(CliError::failed(format!("{} cannot be checked: this is a fault of the program", job.0.korean.display())))
        })
    };
    let mut whole = Whole::default();
    let mut ended = in_order(&jobs, work, |(files, root), mut piece| {
        piece.iter_mut().for_each(|piece| whole.add(root, piece));
        sink.take(files, piece)
    });
    if args.all && ended.is_ok() {
        for digest in &found.untranslated {
            let root = files::root(digest);
            projects.get(&root).map_or(Ok(()), |project| whole.add_english(digest, &root, project))?;
        }
        let mut roots: Vec<_> = projects.iter().collect();
        roots.sort_by_key(|(root, _)| *root);
        for (root, project) in roots {
            for (files, piece) in whole.pieces(root, project, report)? {
                ended = ended.and_then(|()| sink.take(&files, Ok(piece)));
            }
        }
    }
    ended = ended.and_then(|()| sink.finish());
    let (totals, failed) = (sink.totals, sink.failed);
    ended.map_err(super::unwritable)?;
    let fails = args.fail_on.severity().is_some_and(|severity| totals.reach(severity));
    Ok(match failed {
        0 if !fails => Status::Done,
        failed if failed == digests && failed > 0 => Status::Failed,
        _ => Status::Left,
    })
}

/// The paths that were given; with `--all` alone, the repository.
fn meant(args: &CheckArgs) -> Vec<PathBuf> {
    if args.all && args.paths.is_empty() { vec![files::root(Path::new("x"))] } else { args.paths.clone() }
}

/// The root of the first path that was given.
fn likely_root(args: &CheckArgs) -> PathBuf {
    let first = meant(args).first().cloned().unwrap_or_else(|| paths::folder().into());
    files::root(&if first.is_dir() { first.join("x") } else { first })
}

/// The glossary of a repository, and the checks that its settings and the flags choose. A check that `--only` names runs although
/// the settings turn it off.
fn load(args: &CheckArgs, root: PathBuf) -> Result<Project, CliError> {
    let settings = Settings::load(&root, &Flags::default())?;
    let glossary = project::glossary(&root)?;
    glossary.get_ready();
    let (mut checks, mut off) = (Vec::new(), Vec::new());
    for &check in ALL {
        let about = check.about();
        let is_named = |names: &[String]| names.iter().any(|name| name == about.name);
        let asked = is_named(&args.only) || (about.name == NOT_APPROVED && args.require == Some(Require::Approved));
        let severity = by_settings(check, &settings).or_else(|| asked.then_some(about.severity));
        let wanted = (args.only.is_empty() || is_named(&args.only)) && !is_named(&args.except);
        match severity {
            Some(severity) if wanted => checks.push(Chosen { check, severity }),
            None if wanted && about.on => off.push(about.name),
            _ => {}
        }
    }
    Ok(Project { root, glossary, checks, off, waivers: settings.waivers })
}

/// How grave a check's findings are where no flag says otherwise; none where it is off.
fn by_settings(check: &dyn Check, settings: &Settings) -> Option<Severity> {
    let about = check.about();
    settings.checks.get(about.name).copied().unwrap_or(about.on.then_some(about.severity))
}

/// The checks that the settings choose.
pub(crate) fn chosen(settings: &Settings) -> Vec<Chosen> {
    let chosen = |&check: &&'static dyn Check| by_settings(check, settings).map(|severity| Chosen { check, severity });
    ALL.iter().filter_map(chosen).collect()
}

fn one(args: &CheckArgs, files: &Files, project: &Project, since: Option<&Since>, report: &dyn Report) -> Result<Piece, CliError> {
    let top = std::path::absolute(&project.root).unwrap_or_else(|_| project.root.clone());
    let waivers = || project.waivers.iter().enumerate().filter(|(_, waiver)| waiver.is_for(files, &top));
    let rulings: Vec<Ruling<'_>> = waivers().map(|(_, waiver)| waiver.ruling()).collect();
    let then = since.map(|since| since.then(files, &project.root, &project.glossary)).transpose()?;
    let rules = Rules {
        glossary: &project.glossary,
        // What did not change has nothing new.
        checks: if matches!(then, Some(Then::Same)) { &[] } else { &project.checks },
        rulings: &rulings,
        root: &project.root,
        sight: args.all,
        since: then.as_ref().and_then(|then| if let Then::Older(older) = then { Some(older) } else { None }),
    };
    let mended = match (args.fix, args.diff) {
        (true, _) => check::fix(files, &rules)?,
        (_, true) => check::preview(files, &rules)?,
        _ => None,
    };
    let piece = |checked: &Checked<'_>| {
        let text = match (&mended, args.diff) {
            (Some(mended), true) => diff::unified(&files.korean.display().to_string(), &mended.before, &mended.after),
            (None, true) => String::new(),
            _ => report.file(checked),
        };
        Piece {
            text,
            totals: Totals::of(checked),
            broken: checked.found.broken.clone(),
            mended: mended.clone().filter(|_| args.fix),
            sightings: checked.sightings.clone(),
            ruled: waivers().map(|(number, _)| number).zip(checked.found.ruled.iter().copied()).collect(),
        }
    };
    Ok(check::check(files, &rules, piece)?)
}

/// Runs `work` over all jobs on all cores and hands the results to `take` in the order of the jobs, as soon as a stretch is done.
fn in_order<J: Sync, T: Send>(jobs: &[J], work: impl Fn(&J) -> T + Sync, mut take: impl FnMut(&J, T) -> io::Result<()>) -> io::Result<()> {
    for stretch in jobs.chunks(STRETCH) {
        let results: Vec<T> = stretch.par_iter().map(&work).collect();
        stretch.iter().zip(results).try_for_each(|(job, result)| take(job, result))?;
    }
    Ok(())
}

/// So many files are checked before their results are printed: enough to keep the cores busy, and little to hold.
const STRETCH: usize = 128;
