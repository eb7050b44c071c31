//! What can go wrong with a backend, in one model for all of them.

/// Why a request was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Asked to slow down, for longer than the retries allow.
    Slow,
    /// The service could not be reached, on every try: nothing listens, no such host, no TLS.
    Unavailable,
    /// The service failed at this request: an error of its own, a connection that it closed, half an answer. The request may be too
    /// much for it, or it fails at everything.
    Failed,
    /// The service refused this request: a text may be one that it does not take, or the settings are wrong.
    Refused,
    /// The program ended while several requests were under way, and this one may not be the one that it failed at.
    Lost,
    /// No answer within the time limit.
    Timeout,
    /// The account has nothing left to spend.
    Quota,
    /// The settings are wrong: key, address, model, program.
    Config,
    /// The request was larger than the service takes.
    TooBig,
    /// An answer came, but not the one asked for: ids, shape, a refusal, a program that died on it.
    BadOutput,
}

/// A request that was not answered.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub struct BackendError {
    /// Decides what the caller does next.
    pub class: Class,
    /// What happened, with the backend's own words where it gave some; never a key.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl BackendError {
    /// An error without a hint.
    pub fn new(class: Class, message: impl Into<String>) -> Self {
        Self { class, message: message.into(), hint: None }
    }

    /// The same error with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
