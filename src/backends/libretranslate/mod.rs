//! LibreTranslate: arrays of texts in, arrays of texts out; marks travel as HTML tags.

mod html;

use async_trait::async_trait;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};

use super::http::{Address, Door, Fault};
use super::paired::with_blanks_of;
use super::quote::one_line;
use super::settings::LibretranslateSettings;
use super::{Backend, BackendError, Capabilities, Class, KeySource, Request, Text};
use html::Encoded;

/// One LibreTranslate server.
pub(super) struct Libretranslate {
    name: String,
    settings: LibretranslateSettings,
    door: Door,
}

impl Libretranslate {
    pub fn new(
        name: &str,
        settings: &LibretranslateSettings,
        key: Option<SecretString>,
        key_source: Option<KeySource>,
    ) -> Result<Self, BackendError> {
        let door = Door::new(Address {
            name,
            base_url: &settings.base_url,
            key,
            key_source,
            timeout: settings.timeout_seconds.0,
            connect_timeout: settings.connect_timeout_seconds.0,
            first_pause: settings.first_pause,
        })?;
        Ok(Self { name: name.to_owned(), settings: settings.clone(), door })
    }

    /// One HTTP request. The service answers by position, so the count is all that can be checked.
    async fn ask(&self, texts: &[&str], format: &str) -> Result<Vec<String>, BackendError> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let mut body = json!({ "q": texts, "source": "en", "target": "ko", "format": format });
        if let Some(key) = self.door.key() {
            body["api_key"] = json!(key);
        }
        let wrong = |class, what: String| BackendError::new(class, format!("{} {what}", self.door.origin()));
        let read = |answer: &[u8]| {
            let translated: Answer = serde_json::from_slice(answer).map_err(|_| match read_fault(200, answer).words {
                Some(words) => wrong(Class::Failed, format!("gave no translation: {}", self.door.clean(&words, 300))),
                None => wrong(Class::Failed, "gave an answer without translatedText".to_owned()),
            })?;
            if translated.translated_text.len() != texts.len() {
                return Err(wrong(Class::BadOutput, format!("gave {} texts for {}", translated.translated_text.len(), texts.len())));
            }
            Ok(translated.translated_text)
        };
        self.door.post("translate", &Default::default(), body.to_string(), read_fault, read).await
    }
}

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "translatedText")]
    translated_text: Vec<String>,
}

#[async_trait]
impl Backend for Libretranslate {
    fn engine(&self) -> String {
        self.name.clone()
    }

    fn destination(&self) -> String {
        self.door.origin()
    }

    fn key_source(&self) -> Option<&KeySource> {
        self.door.key_source()
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            segments: self.settings.batch.map_or(25, usize::from),
            bytes: 16 << 10,
            jobs: self.settings.jobs.map_or(2, usize::from),
            marks: true,
            glossary: false,
        }
    }

    /// Segments without marks go as text: HTML mode translates fragment by fragment, which costs quality.
    async fn translate(&self, request: &Request) -> Result<Vec<Text>, BackendError> {
        let (mut answers, mut plain, mut marked) = (Vec::new(), Vec::new(), Vec::new());
        for segment in &request.segments {
            match html::encode(&segment.text) {
                // The server refuses blank texts.
                _ if segment.text.trim().is_empty() => answers.push(segment.clone()),
                Some(encoded) => marked.push((segment, encoded)),
                None => plain.push(segment),
            }
        }
        let mut keep = |segment: &Text, korean: &str| {
            answers.push(Text { id: segment.id.clone(), text: with_blanks_of(&segment.text, &one_line(korean)) });
        };
        let texts: Vec<&str> = plain.iter().map(|segment| segment.text.as_str()).collect();
        for (segment, korean) in plain.iter().zip(self.ask(&texts, "text").await?) {
            keep(segment, &korean);
        }
        let texts: Vec<&str> = marked.iter().map(|(_, encoded): &(_, Encoded)| encoded.html.as_str()).collect();
        for ((segment, encoded), korean) in marked.iter().zip(self.ask(&texts, "html").await?) {
            keep(segment, &encoded.decode(&korean));
        }
        Ok(answers)
    }
}

/// `{"error": "text"}`; the status alone does not tell limits, a missing key and a ban apart, its words do.
fn read_fault(status: u16, body: &[u8]) -> Fault {
    let words = serde_json::from_slice::<Value>(body).ok().and_then(|value| Some(value.get("error")?.as_str()?.to_owned()));
    let says = |part: &str| words.as_deref().is_some_and(|words| words.contains(part));
    let class = match status {
        400 if says("exceeds") => Some(Class::TooBig),
        // A language that the server does not have.
        400 if says("is not supported") => Some(Class::Config),
        // A ban for having asked too fast, which passes.
        403 if says("Too many") => Some(Class::Slow),
        _ => None,
    };
    Fault { needs_key: status == 400 && says("API key"), class, words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_told_apart_by_their_words() {
        let fault = |status, words: &str| {
            let fault = read_fault(status, json!({ "error": words }).to_string().as_bytes());
            (fault.class, fault.needs_key)
        };
        assert_eq!(fault(400, "Invalid request: request (4) exceeds text limit (3)"), (Some(Class::TooBig), false));
        assert_eq!(fault(400, "ko is not supported"), (Some(Class::Config), false));
        assert_eq!(fault(400, "Invalid request: cannot parse this"), (None, false));
        assert_eq!(fault(400, "Please contact the server operator to get an API key"), (None, true));
        assert_eq!(fault(400, "Visit https://example.com to get an API key"), (None, true));
        assert_eq!(fault(403, "Invalid API key"), (None, false));
        assert_eq!(fault(403, "Too many request limits violations"), (Some(Class::Slow), false));
    }
}
