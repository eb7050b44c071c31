//! `translate check`: faults of Korean digests, for people and for CI; `--fix` mends what is certain.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use clap::{Args, ValueEnum};
use translate_digest::checks::{ALL, Chosen, Severity};
use translate_digest::draft::files;
use translate_digest::glossary::Glossary;
use translate_digest::pipeline::PipelineError;
use translate_digest::pipeline::check::{self, Checked, Files, Mended, Rules};
use translate_digest::reports::{Checkstyle, Github, Human, Json, Junit, Markdown, Rdjson, Report, Sarif, Totals, diff};

use super::error::{CliError, Status};
use super::explain::known;
use super::settings::{Flags, Settings};
use super::talk::wants_colour;
use super::{Talk, paths, project};

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
}

/// What came of one file.
struct Piece {
    text: String,
    totals: Totals,
    broken: Vec<&'static str>,
    mended: Option<Mended>,
}

/// Checks every file, prints what was found in the order of their names.
pub(crate) fn run(args: &CheckArgs, out: &mut dyn Write, talk: &Talk) -> Result<Status, CliError> {
    args.only.iter().chain(&args.except).try_for_each(|name| known(name).map(|_| ()))?;
    let mut projects: HashMap<PathBuf, Project> = HashMap::new();
    // The glossary is read while the folders are. What is wrong with it is told where a file needs it.
    let (pairs, (likely, ahead)) = std::thread::scope(|scope| {
        let ahead = scope.spawn(|| {
            let root = likely_root(args);
            (root.clone(), load(args, root))
        });
        let pairs = paths::pairs(&args.paths, args.korean.as_deref());
        (pairs, ahead.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let (pairs, mut ahead) = (pairs?, Some(ahead));
    // Files of one folder have one root.
    let mut roots: HashMap<PathBuf, PathBuf> = HashMap::new();
    let mut jobs = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let digest = pair.english.as_deref().unwrap_or(&pair.korean);
        let folder = digest.parent().unwrap_or(Path::new("")).to_owned();
        let root = roots.entry(folder).or_insert_with(|| files::root(digest)).clone();
        if !projects.contains_key(&root) {
            let loaded = ahead.take_if(|_| root == likely).unwrap_or_else(|| load(args, root.clone()));
            projects.insert(root.clone(), loaded?);
        }
        jobs.push((pair, root));
    }
    let report = &*args.format.report(false, args.fail_on);
    let mut sink = Sink { report, diff: args.diff, out, talk, totals: Totals::default(), failed: 0, kept: String::new(), any: false };
    let work = |job: &(Files, PathBuf)| {
        // Whatever a hostile file sets off, the others are checked.
        let result = catch_unwind(AssertUnwindSafe(|| one(args, &job.0, &projects[&job.1], report)));
        let broken = |_| CliError::failed(format!("{} cannot be checked: this is a fault of the program", job.0.korean.display()));
        result.map_err(broken).and_then(|result| result.map_err(CliError::from))
    };
    let ended = in_order(&jobs, work, |(files, _), piece| sink.take(files, piece)).and_then(|()| sink.finish());
    let (totals, failed) = (sink.totals, sink.failed);
    if let Err(error) = ended {
        super::closed_pipe(error)?;
    }
    let fails = args.fail_on.severity().is_some_and(|severity| totals.reach(severity));
    Ok(match failed {
        0 if !fails => Status::Done,
        failed if failed == jobs.len() && failed > 0 => Status::Failed,
        _ => Status::Left,
    })
}

/// The root of the first path that was given.
fn likely_root(args: &CheckArgs) -> PathBuf {
    let first = args.paths.first().cloned().unwrap_or_else(|| paths::folder().into());
    files::root(&if first.is_dir() { first.join("x") } else { first })
}

/// The glossary of a repository, and the checks that its settings and the flags choose. A check that `--only` names runs although
/// the settings turn it off.
fn load(args: &CheckArgs, root: PathBuf) -> Result<Project, CliError> {
    let settings = Settings::load(&root, &Flags::default())?;
    let glossary = project::glossary(&root)?;
    glossary.get_ready();
    let mut checks = Vec::new();
    for &check in ALL {
        let about = check.about();
        let is_named = |names: &[String]| names.iter().any(|name| name == about.name);
        let set = settings.checks.get(about.name).copied().unwrap_or(about.on.then_some(about.severity));
        let severity = set.or_else(|| is_named(&args.only).then_some(about.severity));
        let wanted = (args.only.is_empty() || is_named(&args.only)) && !is_named(&args.except);
        checks.extend(severity.filter(|_| wanted).map(|severity| Chosen { check, severity }));
    }
    Ok(Project { root, glossary, checks })
}

fn one(args: &CheckArgs, files: &Files, project: &Project, report: &dyn Report) -> Result<Piece, PipelineError> {
    let rules = Rules { glossary: &project.glossary, checks: &project.checks, root: &project.root };
    let mended = match (args.fix, args.diff) {
        (true, _) => check::fix(files, &rules)?,
        (_, true) => check::preview(files, &rules)?,
        _ => None,
    };
    check::check(files, &rules, |checked: &Checked<'_>| {
        let text = match (&mended, args.diff) {
            (Some(mended), true) => diff::unified(&files.korean.display().to_string(), &mended.before, &mended.after),
            (None, true) => String::new(),
            _ => report.file(checked),
        };
        Piece { text, totals: Totals::of(checked), broken: checked.found.broken.clone(), mended: mended.clone().filter(|_| args.fix) }
    })
}

/// Runs `work` over all jobs on all cores and hands the results to `take` in the order of the jobs.
fn in_order<J: Sync, T: Send>(jobs: &[J], work: impl Fn(&J) -> T + Sync, mut take: impl FnMut(&J, T) -> io::Result<()>) -> io::Result<()> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    let next = AtomicUsize::new(0);
    // A few files at a time: a worker that hands over each result alone keeps waking the one that waits.
    let batch = (jobs.len() / (cores.max(1) * 8)).clamp(1, 16);
    let (send, receive) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..cores {
            let (send, next, work) = (send.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let first = next.fetch_add(batch, Ordering::Relaxed);
                    let Some(some) = jobs.get(first..).filter(|rest| !rest.is_empty()) else { break };
                    let results: Vec<T> = some.iter().take(batch).map(work).collect();
                    if send.send((first, results)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (first, results) in receive {
            waiting.insert(first, results);
            while let Some(results) = waiting.remove(&due) {
                for result in results {
                    take(&jobs[due], result)?;
                    due += 1;
                }
            }
        }
        Ok(())
    })
}

/// Where results go, in order.
struct Sink<'a> {
    report: &'a dyn Report,
    diff: bool,
    out: &'a mut dyn Write,
    talk: &'a Talk,
    totals: Totals,
    /// Files that could not be checked.
    failed: usize,
    /// What is held back until the totals are known.
    kept: String,
    /// Whether a file had something to say.
    any: bool,
}

impl Sink<'_> {
    fn take(&mut self, files: &Files, piece: Result<Piece, CliError>) -> io::Result<()> {
        let piece = match piece {
            Ok(piece) => piece,
            Err(error) => {
                self.failed += 1;
                error.print(self.talk);
                return Ok(());
            }
        };
        let path = files.korean.display();
        for note in piece.mended.iter().flat_map(|mended| &mended.notes) {
            self.talk.say(&format!("{path}:{}: {}", note.line, note.text));
        }
        for check in &piece.broken {
            self.talk.warn(&format!("{path}: the check {check} broke off; this is a fault of the program"), None);
        }
        self.totals.add(piece.totals);
        if self.diff {
            return self.out.write_all(shown(&piece.text).as_bytes());
        }
        if piece.text.is_empty() {
            return Ok(());
        }
        let between = if self.any { self.report.between() } else { "" };
        let is_first = !std::mem::replace(&mut self.any, true);
        if self.report.waits() {
            self.kept.push_str(between);
            self.kept.push_str(&piece.text);
            return Ok(());
        }
        let before = if is_first { self.report.before(&self.totals) } else { String::new() };
        write!(self.out, "{before}{between}{}", piece.text)
    }

    fn finish(&mut self) -> io::Result<()> {
        // Where nothing was checked there is nothing to report: the errors say why.
        if self.diff || (self.totals.files == 0 && self.failed > 0) {
            return Ok(());
        }
        let is_begun = self.any && !self.report.waits();
        let before = if is_begun { String::new() } else { self.report.before(&self.totals) };
        write!(self.out, "{before}{}{}", self.kept, self.report.after(&self.totals))
    }
}

/// A diff with its control characters made visible, but for the line ends of Windows, without which it would not apply.
fn shown(diff: &str) -> String {
    diff.split_inclusive("\r\n")
        .map(|piece| match piece.strip_suffix("\r\n") {
            Some(line) => format!("{}\r\n", translate_digest::reports::escape::visible(line)),
            None => translate_digest::reports::escape::visible(piece).into_owned(),
        })
        .collect()
}
