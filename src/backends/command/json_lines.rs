//! `mode = "json-lines"`: a plugin that stays alive between requests, and is started anew when it died.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Mutex;

use super::child::Program;
use super::live::{Live, named};
use crate::backends::paired::paired;
use crate::backends::retry::{NotBefore, Retry, Tries};
use crate::backends::settings::CommandSettings;
use crate::backends::{Backend, BackendError, Capabilities, Class, Request, Text};

/// A program that speaks the JSON lines protocol.
pub(super) struct JsonLines {
    name: String,
    settings: CommandSettings,
    program: Program,
    state: Mutex<State>,
    not_before: NotBefore,
}

struct State {
    live: Option<Arc<Live>>,
    /// Deaths that taught nothing, since the last answer.
    deaths: u32,
    /// The smallest request that a process died on since the last answer.
    smallest_lost: usize,
}

impl JsonLines {
    pub fn new(name: &str, settings: &CommandSettings, program: Program) -> Self {
        let state = Mutex::new(State { live: None, deaths: 0, smallest_lost: usize::MAX });
        Self { name: name.to_owned(), settings: settings.clone(), program, state, not_before: NotBefore::default() }
    }

    /// The live process; started if there is none.
    async fn live(&self) -> Result<Arc<Live>, BackendError> {
        let mut state = self.state.lock().await;
        if let Some(live) = &state.live {
            if !live.is_over() {
                return Ok(Arc::clone(live));
            }
            let (answered, lost) = live.verdict();
            state.live = None;
            state.count_death(answered, lost);
        }
        if state.deaths >= MOST_RESTARTS {
            let message = format!("`{}` died again and again, and is not started any more", self.program.shown());
            return Err(BackendError::new(Class::Unavailable, message).hint("what it wrote to stderr stands above"));
        }
        let live = Arc::new(Live::start(&self.program, self.settings.hello_timeout_seconds.0).await?);
        state.live = Some(Arc::clone(&live));
        Ok(live)
    }

    /// Asks until there is an answer, or a refusal that waiting does not cure.
    async fn ask(&self, request: &Request, segments: &[Text]) -> Result<Vec<Text>, BackendError> {
        let mut tries = Tries::new(Duration::from_millis(500));
        loop {
            self.not_before.wait().await;
            let live = self.live().await?;
            let refusal = match live.ask(request, segments, self.settings.timeout_seconds.0).await {
                Ok(answers) => return paired(answers, segments).map_err(|error| named(&self.program.shown(), error)),
                Err(refusal) => refusal,
            };
            let slow = refusal.error.class == Class::Slow;
            match tries.pause(if slow { Retry::Slow(refusal.wait) } else { Retry::Never }) {
                Some(pause) => self.not_before.hold(pause),
                None => return Err(refusal.error),
            }
        }
    }
}

/// How often a program that dies on everything is started again.
const MOST_RESTARTS: u32 = 3;

impl State {
    /// A text that kills the plugin is searched for by asking again with fewer segments. Such deaths come nearer to it
    /// and are not held against the plugin; neither are those before it last answered.
    fn count_death(&mut self, answered: bool, lost: usize) {
        if answered {
            (self.deaths, self.smallest_lost) = (0, usize::MAX);
        }
        if lost < self.smallest_lost {
            self.smallest_lost = lost;
        } else {
            self.deaths += 1;
        }
    }
}

#[async_trait]
impl Backend for JsonLines {
    fn engine(&self) -> String {
        self.name.clone()
    }

    fn destination(&self) -> String {
        format!("program `{}`", self.program.shown())
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { segments: self.settings.batch.map_or(50, usize::from), bytes: 64 << 10, jobs: 2, marks: true, glossary: true }
    }

    async fn translate(&self, request: &Request) -> Result<Vec<Text>, BackendError> {
        if request.segments.is_empty() {
            return Ok(Vec::new());
        }
        // Whether it takes batches is known only after its hello.
        if self.live().await?.caps.batch {
            return self.ask(request, &request.segments).await;
        }
        let mut answers = Vec::new();
        for segment in &request.segments {
            answers.extend(self.ask(request, std::slice::from_ref(segment)).await?);
        }
        Ok(answers)
    }

    async fn close(&self) {
        if let Some(live) = self.state.lock().await.live.take() {
            live.close().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_deaths_that_teach_nothing_count() {
        let mut state = State { live: None, deaths: 0, smallest_lost: usize::MAX };
        for lost in [50, 25, 12, 6, 3, 1] {
            state.count_death(false, lost);
        }
        assert_eq!(state.deaths, 0);
        state.count_death(false, 1);
        state.count_death(false, 50);
        assert_eq!(state.deaths, 2);
        state.count_death(true, 50);
        assert_eq!(state.deaths, 0);
    }
}
