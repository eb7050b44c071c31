//! The progress bar of a run, on a terminal only.

use std::cell::RefCell;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use translate_digest::pipeline::Watch;
use translate_digest::text::shell;

use super::Talk;
use super::summary::count;

/// Tells where text goes and how far a run is.
pub(crate) struct Progress<'t> {
    talk: &'t Talk,
    backend: String,
    bar: RefCell<Option<ProgressBar>>,
}

impl<'t> Progress<'t> {
    pub(crate) fn new(talk: &'t Talk, backend: &str) -> Self {
        Self { talk, backend: backend.to_owned(), bar: RefCell::new(None) }
    }
}

impl Watch for Progress<'_> {
    fn begins(&self, destination: &str, questions: usize) {
        self.talk.say(&format!("text goes to {destination} (backend `{}`), {}", shell::word(&self.backend), count(questions, "segment")));
        if self.talk.shows_progress() {
            let bar = ProgressBar::new(questions as u64);
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} segments, {eta} left");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.enable_steady_tick(Duration::from_millis(200));
            *self.bar.borrow_mut() = Some(bar);
        }
    }

    fn advances(&self, finished: usize) {
        if let Some(bar) = &*self.bar.borrow() {
            bar.inc(finished as u64);
        }
    }

    fn ends(&self) {
        if let Some(bar) = self.bar.borrow_mut().take() {
            bar.finish_and_clear();
        }
    }
}
