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
    /// Processes that ended since the last answer.
    deaths: u32,
}

impl JsonLines {
    pub fn new(name: &str, settings: &CommandSettings, program: Program) -> Self {
        let state = Mutex::new(State { live: None, deaths: 0 });
        Self { name: name.to_owned(), settings: settings.clone(), program, state, not_before: NotBefore::default() }
    }

    /// The live process; started if there is none.
    async fn live(&self) -> Result<Arc<Live>, BackendError> {
        let mut state = self.state.lock().await;
        if let Some(live) = &state.live {
            if !live.is_over() {
                return Ok(Arc::clone(live));
            }
            state.deaths = if live.has_answered() { 1 } else { state.deaths + 1 };
            state.live = None;
        }
        if state.deaths >= MOST_DEATHS {
            let message = format!("`{}` ended {MOST_DEATHS} times without an answer, and is not started any more", self.program.shown());
            return Err(BackendError::new(Class::Unavailable, message).hint("see above what it wrote to stderr"));
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

/// Ends in a row, without an answer between them, after which a program is not started again. A caller that searches for the text
/// that it fails at, by halves, needs about as many: the largest request has 2^6 texts.
const MOST_DEATHS: u32 = 10;

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
