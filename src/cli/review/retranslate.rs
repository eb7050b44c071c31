//! `t`: a backend is asked again while the review goes on.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;

use translate_digest::backends::{self, BackendError};
use translate_digest::digest::Format;
use translate_digest::draft::plan::Answer;
use translate_digest::pipeline::again::{Again, again};
use translate_digest::review::Case;
use translate_digest::review::edition::Edition;

use super::Review;
use crate::cli::error::CliError;
use crate::cli::project;
use crate::cli::settings::Settings;

/// A question on its way.
pub(super) struct Pending {
    /// What is asked for, for the screen.
    pub(super) told: String,
    answer: Receiver<Result<Vec<(usize, Answer)>, BackendError>>,
}

impl Pending {
    /// The answer, once it is there.
    pub(super) fn ready(&self) -> Option<Result<Vec<(usize, Answer)>, BackendError>> {
        match self.answer.try_recv() {
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(broken())),
        }
    }

    /// Waits for the answer.
    pub(super) fn wait(self) -> Result<Vec<(usize, Answer)>, BackendError> {
        self.answer.recv().unwrap_or_else(|_| Err(broken()))
    }
}

fn broken() -> BackendError {
    CliError::failed("asking the backend ended unexpectedly").into_backend_error()
}

/// What is asked for: the row's segments, without what was thrown away or stands.
fn question(case: &Case, edition: &Edition, english: &std::path::Path, settings: &Settings, note: Option<String>) -> Again {
    let segments: Vec<usize> = case.pieces.iter().filter_map(|piece| piece.english).collect();
    let rejected = segments.iter().map(|&e| {
        let entry = &edition.plan.slots[e].entry;
        entry.rejected.iter().chain(&entry.machine).chain(&entry.candidate).cloned().collect()
    });
    Again {
        english: edition.texts.english.clone(),
        format: Format::of(english),
        rejected: rejected.collect(),
        segments,
        register: settings.register.clone(),
        note,
    }
}

/// Asks for a row again, in the background.
pub(super) fn ask(review: &Review<'_>, index: usize, note: Option<String>) -> Result<Pending, CliError> {
    let case = &review.desk.edition.cases[index];
    let question = question(case, &review.desk.edition, &review.desk.paths.english, review.settings, note);
    if question.segments.is_empty() {
        return Err(CliError::failed("what the editor added has no English to translate"));
    }
    // A mistyped name and settings that nobody trusted are told at once.
    let table = project::check(review.settings, review.args.trust)?;
    if review.settings.backend == "memory" {
        return Err(CliError::failed("there is no backend to ask: set one in translate.toml, or name one with --backend"));
    }
    let (settings, root, trusted) = (review.settings.clone(), review.desk.paths.root.clone(), review.args.trust);
    let (send, answer) = mpsc::channel();
    thread::spawn(move || {
        // Who asked may be gone.
        let _ = send.send(run(&question, &settings, root, trusted));
    });
    let key = table.as_ref().and_then(backends::key_source).map(|key| format!(" with {}", key.phrase())).unwrap_or_default();
    Ok(Pending { told: format!("asking {}{key} for {} …", review.settings.backend, super::name(case)), answer })
}

fn run(question: &Again, settings: &Settings, root: PathBuf, trusted: bool) -> Result<Vec<(usize, Answer)>, BackendError> {
    let glossary = project::glossary(&root).map_err(CliError::into_backend_error)?;
    let opener = project::Opener { settings, trusted };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| CliError::failed(format!("the runtime cannot start: {error}")).into_backend_error())?;
    runtime.block_on(again(question, &glossary, &opener))
}
