//! An English digest becomes a Korean draft: read, split, reuse, batch, ask, verify, splice, save.

pub mod adopt;
pub mod again;
mod ask;
pub mod check;
mod outcome;
mod queue;
mod save;
pub mod since;
pub(crate) mod words;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::backends::{Backend, BackendError, Source};
use crate::digest::{Digest, Format, Strategy};
use crate::draft::files::{self, FileError};
use crate::draft::lock::{Lock, LockError};
use crate::draft::plan::{Holder, Plan, Slot};
use crate::draft::record::{Record, RecordError};
use crate::draft::{atomic, atomic::WriteError};
use crate::glossary::Glossary;
pub use ask::NOT_ASKED;
use ask::{Asked, Manner, Question};
pub use outcome::{Left, Outcome};
use save::Saver;
use words::English;

/// One digest to translate and how.
pub struct Job<'a> {
    /// The English digest, as the user named it.
    pub english: &'a Path,
    /// The Korean file to write.
    pub korean: PathBuf,
    /// The record.
    pub record: PathBuf,
    /// The folder that holds `.translate/`.
    pub root: &'a Path,
    /// The terms.
    pub glossary: &'a Glossary,
    /// What was translated before in other digests, by the hash of the English text; the best first.
    pub memory: &'a dyn Fn(&str) -> Rc<[String]>,
    /// Whom to ask; where that is nobody, what is not known stays English.
    pub backend: &'a dyn Source,
    /// What the user asked for.
    pub options: &'a Options,
}

/// What the user asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only these items (from 0) are asked for; all where empty.
    pub items: BTreeSet<usize>,
    /// Ask again for what was answered before.
    pub fresh: bool,
    /// Only tell what would be asked.
    pub dry_run: bool,
    /// Most requests at once; the backend's own limit where unset.
    pub jobs: Option<usize>,
    /// The register asked for.
    pub register: Option<String>,
    /// How to group blocks into items.
    pub split: Option<Strategy>,
    /// Whether `korean` was named by the user and not derived from the digest's name.
    pub output_named: bool,
}

/// Follows a run: progress and talk.
pub trait Watch {
    /// Before the first request: where text goes and how many questions there are.
    fn begins(&self, destination: &str, questions: usize);
    /// So many more questions are done with.
    fn advances(&self, finished: usize);
    /// No more questions.
    fn ends(&self);
}

/// Why a run could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// A file could not be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The record could not be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A file could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Another run works on the digest.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// `-o` names a file that the tool did not write.
    #[error("{} exists and was not written by this tool", .0.display())]
    NotOurs(PathBuf),
    /// The backend cannot be asked at all.
    #[error(transparent)]
    Backend(#[from] BackendError),
    /// The digest has fewer items than were asked for.
    #[error("there is no item {0}: {1} has {2} items")]
    NoSuchItem(usize, String, usize),
}

/// Translates one digest. When `stop` is ready, the run ends: what came in until then is in the record.
///
/// # Errors
/// When a file cannot be read or written, or another run holds the digest. A backend's failure is no error: it is in the
/// outcome, and what was answered before it is kept.
pub async fn translate(job: &Job<'_>, watch: &dyn Watch, stop: impl Future<Output = ()>) -> Result<Outcome, PipelineError> {
    let started = Instant::now();
    let english_text = files::read_merged(job.english)?;
    let format = Format::of(job.english);
    let digest = Digest::parse(&english_text, format, job.options.split);
    if let Some(&missing) = job.options.items.iter().find(|&&item| item >= digest.items.len()) {
        return Err(PipelineError::NoSuchItem(missing + 1, job.english.display().to_string(), digest.items.len()));
    }
    let _lock = if job.options.dry_run { None } else { Some(Lock::acquire(job.root, job.english)?) };
    if !job.options.dry_run {
        atomic::sweep(&job.korean);
        atomic::sweep(&job.record);
        atomic::ensure_writable(&job.korean)?;
        atomic::ensure_writable(&job.record)?;
    }
    let record = Record::load(&job.record)?.unwrap_or_else(|| Record::new(job.english));
    let korean_text = existing_korean(job, &record)?;
    let korean = korean_text.as_deref().map(|text| Digest::parse(text, format, job.options.split));
    let english = English::new(&digest, job.glossary);
    let mut plan = Plan::new(&digest, &english.marked, korean.as_ref(), Some(&record));

    reuse(&english, &mut plan, job);
    let questions = questions(&english, &plan, job.options);
    let backend = match job.options.dry_run || questions.is_empty() {
        true => None,
        false => job.backend.open().await?,
    };
    let Some(backend) = backend else {
        let outcome = Outcome::new(&english, &plan, &questions, None, job.options);
        return save::finish(job, &english, plan, &record, korean_text, outcome, started);
    };

    let plan = RefCell::new(plan);
    let saver = Saver::new(&job.record, &record);
    let asked = tokio::select! {
        asked = ask_all(&*backend, &english, &plan, &questions, job, watch, &saver) => Some(asked),
        () = stop => None,
    };
    watch.ends();
    let plan = plan.into_inner();
    let Some(mut asked) = asked else {
        saver.save(&plan)?;
        let mut outcome = Outcome::new(&english, &plan, &questions, Some(&Asked::default()), job.options);
        outcome.interrupted = true;
        outcome.time = started.elapsed();
        return Ok(outcome);
    };
    let nothing = korean_text.is_none() && plan.slots.iter().all(|slot| slot.text().is_none());
    if nothing && asked.stopped.is_none() {
        // Too few texts to tell a bad one from a server that is down; but nothing was done.
        asked.stopped = asked.failed.take();
    }
    let mut outcome = Outcome::new(&english, &plan, &questions, Some(&asked), job.options);
    if asked.stopped.is_some() && nothing {
        // A Korean file with nothing but English in it would help nobody.
        outcome.time = started.elapsed();
        return Ok(outcome);
    }
    save::finish(job, &english, plan, &record, korean_text, outcome, started)
}

/// The Korean file as it stands. A file named with `-o` must be one that the tool wrote.
fn existing_korean(job: &Job<'_>, record: &Record) -> Result<Option<String>, PipelineError> {
    let Some(text) = files::read_existing(&job.korean)? else { return Ok(None) };
    let is_ours = || record.korean.as_deref().is_some_and(|ours| files::composed(ours) == files::composed(&save::output_name(job)));
    if job.options.output_named && !is_ours() {
        return Err(PipelineError::NotOurs(job.korean.clone()));
    }
    Ok(Some(text))
}

/// Fills slots without asking anyone: from an earlier run that was cut off, by enforcing a changed glossary, from other digests.
fn reuse(english: &English<'_, '_>, plan: &mut Plan, job: &Job<'_>) {
    for index in 0..plan.slots.len() {
        if job.options.fresh && is_chosen(english.digest, index, job.options) {
            continue;
        }
        let slot = &mut plan.slots[index];
        let engine = slot.entry.backend.clone().unwrap_or_default();
        match slot.holder {
            Holder::Nobody if !slot.changed => {
                slot.answer = slot.entry.candidate.as_deref().and_then(|text| english.reuse(index, text, &engine));
            }
            Holder::Machine if !slot.changed => {
                // What an earlier run was answered and did not come to write is newer than what stands.
                slot.answer = slot.entry.candidate.as_deref().and_then(|text| english.reuse(index, text, &engine));
                if slot.answer.is_none() {
                    refresh(english, index, slot, &engine);
                }
            }
            _ => {}
        }
        if slot.needs_text() {
            let offers = (job.memory)(&slot.entry.english_hash);
            let mut answers = offers.iter().filter_map(|text| english.reuse(index, text, "memory"));
            slot.answer = answers.find(|answer| !slot.entry.rejected.contains(&answer.text));
        }
    }
}

/// Brings machine text up to date without asking: with the glossary of today, and with links whose address changed.
fn refresh(english: &English<'_, '_>, index: usize, slot: &mut Slot, engine: &str) {
    let Some(machine) = slot.entry.machine.clone() else { return };
    let terms = english.glossary_hash(index);
    if slot.entry.glossary_hash == terms && english.fits(index, &machine) {
        return;
    }
    match english.reuse(index, &machine, engine) {
        Some(answer) if answer.text != machine => slot.answer = Some(answer),
        Some(_) => slot.entry.glossary_hash = terms,
        None => slot.changed = true,
    }
}

/// What has to be asked for. A text that a person edited is asked for only when its English changed, or afresh.
fn questions(english: &English<'_, '_>, plan: &Plan, options: &Options) -> Vec<Question> {
    let wanted = plan.slots.iter().enumerate().filter(|(index, slot)| {
        let again = options.fresh && slot.holder != Holder::Removed;
        is_chosen(english.digest, *index, options) && (again || slot.needs_text())
    });
    ask::questions(wanted.map(|(index, _)| (index, english.marked[index].text.clone(), english.hints(index))))
}

fn is_chosen(digest: &Digest<'_>, index: usize, options: &Options) -> bool {
    options.items.is_empty() || digest.segments[index].item.is_some_and(|item| options.items.contains(&(item as usize)))
}

async fn ask_all(
    backend: &dyn Backend,
    english: &English<'_, '_>,
    plan: &RefCell<Plan>,
    questions: &[Question],
    job: &Job<'_>,
    watch: &dyn Watch,
    saver: &Saver<'_>,
) -> Asked {
    let key = backend.key_source().map(|key| format!(" with {}", key.phrase())).unwrap_or_default();
    watch.begins(&format!("{}{key}", backend.destination()), questions.len());
    let engine = backend.engine();
    let context = english.context();
    let manner = Manner { context: &context, register: job.options.register.as_deref(), note: None, jobs: job.options.jobs };
    let accept = |question: usize, reply: &str| -> Result<(), String> {
        let answers: Result<Vec<_>, _> =
            questions[question].slots.iter().map(|&slot| Ok((slot, english.answer(slot, reply, &engine)?))).collect();
        let answers = answers.map_err(|fault: crate::digest::ReplyFault| fault.to_string())?;
        let mut plan = plan.borrow_mut();
        for (slot, answer) in answers {
            if plan.slots[slot].entry.rejected.contains(&answer.text) {
                return Err("the reply was rejected in an earlier review".to_owned());
            }
            plan.slots[slot].answer = Some(answer);
        }
        Ok(())
    };
    let arrived = |finished: usize| {
        watch.advances(finished);
        saver.save_now_and_then(&plan.borrow())
    };
    let asked = ask::ask(backend, questions, &manner, accept, arrived).await;
    backend.close().await;
    asked
}

/// How long a run took, for people: `0.4 s`, `2 min 5 s`.
pub fn spoken(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 60.0 { format!("{seconds:.1} s") } else { format!("{} min {} s", time.as_secs() / 60, time.as_secs() % 60) }
}
