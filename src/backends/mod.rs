//! Who translates: one file per translation service behind one trait.
//!
//! A text that travels to a backend is plain text with marks: `⟦1⟧…⟦/1⟧` around a span that carries markup and `⟦2/⟧` in
//! the place of something that must stay (code, a link's bare address). Each mark must come back exactly once.

mod command;
mod describe;
mod error;
mod http;
mod key;
mod libretranslate;
mod openai;
mod paired;
mod quote;
mod retry;
pub mod settings;
mod trust;

use async_trait::async_trait;

pub use command::Place;
pub use describe::describe;
pub use error::{BackendError, Class};
pub use key::{KeySource, is_variable_name, key_source, run_key_command};
pub use secrecy::SecretString;
pub use settings::Settings;
pub use trust::needs_trust;

/// The backend that `settings` describe, under the name that translate.toml gives it; none for the memory, which has no
/// service to ask. `key` is what [`key_source`] leads to; programs run in `place`: the folder of translate.toml.
///
/// # Errors
/// When the settings contradict each other or lack the key.
pub fn build(
    name: &str,
    settings: &Settings,
    key: Option<SecretString>,
    place: impl Into<Place>,
) -> Result<Option<Box<dyn Backend>>, BackendError> {
    let source = key_source(settings);
    Ok(match settings {
        Settings::Memory(_) => None,
        Settings::Command(command) => Some(command::build(name, command, place.into())?),
        Settings::Openai(openai) => Some(Box::new(openai::Openai::new(name, openai, key, source)?)),
        Settings::Libretranslate(libre) => Some(Box::new(libretranslate::Libretranslate::new(name, libre, key, source)?)),
    })
}

/// What a backend can take. The caller splits its work accordingly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Most segments in one request (1 or more).
    pub segments: usize,
    /// Most UTF-8 bytes of all texts of one request together; a longer single segment is still sent, alone.
    pub bytes: usize,
    /// Most requests at once.
    pub jobs: usize,
    /// Whether it reads marks as such; where false it still returns them, but often damaged.
    pub marks: bool,
    /// Whether it uses [`Request::glossary`].
    pub glossary: bool,
}

/// One text to translate, or its translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Chosen by the caller, unique in one request.
    pub id: String,
    /// Plain text with marks, one line.
    pub text: String,
}

/// A term to keep to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermHint {
    /// The English entry.
    pub english: String,
    /// The preferred rendering; the English form itself for names that stay.
    pub korean: String,
    /// What the glossary says of it.
    pub note: Option<String>,
}

/// One request: segments that belong to one digest.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The texts, each with its id.
    pub segments: Vec<Text>,
    /// The terms that occur in them.
    pub glossary: Vec<TermHint>,
    /// What the digest is about, for backends that read context (its first heading); may be empty.
    pub context: String,
    /// The register asked for, such as `합니다체`.
    pub register: Option<String>,
    /// What a reviewer says of the translation that is asked for again.
    pub note: Option<String>,
}

/// A translation service.
#[async_trait]
pub trait Backend: Send + Sync {
    /// What the record says wrote a text: the backend's name, and `/model` where it has one.
    fn engine(&self) -> String;
    /// Where text goes, for the line printed before the first request: `program \`cat\`` or `https://host`.
    fn destination(&self) -> String;
    /// Where the key comes from that every request carries, for the same line; `None` where no key is sent.
    fn key_source(&self) -> Option<&KeySource> {
        None
    }
    /// What it can take.
    fn capabilities(&self) -> Capabilities;
    /// Translates every segment of the request from English to Korean, in any order, keyed by id.
    async fn translate(&self, request: &Request) -> Result<Vec<Text>, BackendError>;
    /// Ends what the backend keeps running (a child process).
    async fn close(&self) {}
}

/// Opens a backend once there is a question for it: a run that asks nothing needs no key and no program.
#[async_trait(?Send)]
pub trait Source {
    /// The backend to ask; none where there is nobody but the memory.
    async fn open(&self) -> Result<Option<Box<dyn Backend>>, BackendError>;
}
