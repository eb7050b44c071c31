//! Servers that speak OpenAI's chat completions: OpenAI, Ollama, llama.cpp, vLLM, LM Studio and many others.

mod prompt;
mod reply;

use async_trait::async_trait;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::http::{Address, Door};
use super::settings::{MaxTokensField, OpenaiSettings, PromptStyle};
use super::{Backend, BackendError, Capabilities, Class, KeySource, Request, Text};

/// One model on one server.
pub(super) struct Openai {
    name: String,
    settings: OpenaiSettings,
    door: Door,
}

impl Openai {
    pub fn new(
        name: &str,
        settings: &OpenaiSettings,
        key: Option<SecretString>,
        key_source: Option<KeySource>,
    ) -> Result<Self, BackendError> {
        if let Some(template) = &settings.template
            && (settings.prompt_style != PromptStyle::Template || !template.contains("{text}"))
        {
            return Err(BackendError::new(Class::Config, format!("`template` of [backends.{name}] cannot be used"))
                .hint("it needs `{text}` inside, and `prompt_style = \"template\"` beside it"));
        }
        let door = Door::new(Address {
            name,
            base_url: &settings.base_url,
            key,
            key_source,
            timeout: settings.timeout_seconds.0,
            connect_timeout: settings.connect_timeout_seconds.0,
            first_pause: settings.first_pause,
        })?;
        // A key that cannot be sent is found out here, and not in the middle of a run.
        door.bearer()?;
        Ok(Self { name: name.to_owned(), settings: settings.clone(), door })
    }

    /// Sends the messages and gives the answer's text.
    async fn ask(&self, messages: Value, response_format: Option<Value>) -> Result<String, BackendError> {
        let mut body = json!({ "model": self.settings.model, "messages": messages });
        if let Some(format) = response_format {
            body["response_format"] = format;
        }
        if let Some(temperature) = self.settings.temperature {
            body["temperature"] = json!(temperature);
        }
        match (self.settings.max_tokens, self.settings.max_tokens_field) {
            (None, _) | (_, MaxTokensField::None) => {}
            (Some(tokens), MaxTokensField::MaxCompletionTokens) => body["max_completion_tokens"] = json!(tokens),
            (Some(tokens), MaxTokensField::MaxTokens) => body["max_tokens"] = json!(tokens),
        }
        let read = |answer: &[u8]| reply::content(answer).map_err(|error| self.clean(error));
        self.door.post("chat/completions", &self.door.bearer()?, body.to_string(), reply::read_fault, read).await
    }

    /// The error with words of the server made safe to show.
    fn clean(&self, error: BackendError) -> BackendError {
        let message = format!("{} {}", self.engine(), self.door.clean(&error.message, 300));
        BackendError { message, ..error }
    }

    async fn ask_json(&self, request: &Request) -> Result<Vec<Text>, BackendError> {
        let content = self.ask(prompt::json_messages(request), prompt::response_format(self.settings.structured)).await?;
        reply::segments(&content, &request.segments).map_err(|error| self.clean(error))
    }

    async fn ask_template(&self, request: &Request) -> Result<Vec<Text>, BackendError> {
        let template = self.settings.template.as_deref().unwrap_or(prompt::TEMPLATE);
        let mut answers = Vec::new();
        for segment in &request.segments {
            let prompt = prompt::filled(template, &segment.text, &request.glossary);
            let content = self.ask(json!([{ "role": "user", "content": prompt }]), None).await?;
            let text = reply::plain(&content, &segment.text).map_err(|error| self.clean(error))?;
            answers.push(Text { id: segment.id.clone(), text });
        }
        Ok(answers)
    }
}

#[async_trait]
impl Backend for Openai {
    fn engine(&self) -> String {
        format!("{}/{}", self.name, self.settings.model)
    }

    fn destination(&self) -> String {
        self.door.origin()
    }

    fn key_source(&self) -> Option<&KeySource> {
        self.door.key_source()
    }

    fn capabilities(&self) -> Capabilities {
        let one_by_one = self.settings.prompt_style == PromptStyle::Template;
        Capabilities {
            segments: if one_by_one { 1 } else { self.settings.batch.map_or(20, usize::from) },
            // English, Korean and instructions together fit the 4,096 tokens that local servers begin with.
            bytes: 4096,
            jobs: self.settings.jobs.map_or(4, usize::from),
            marks: true,
            glossary: true,
        }
    }

    async fn translate(&self, request: &Request) -> Result<Vec<Text>, BackendError> {
        match self.settings.prompt_style {
            _ if request.segments.is_empty() => Ok(Vec::new()),
            PromptStyle::Json => self.ask_json(request).await,
            PromptStyle::Template => self.ask_template(request).await,
        }
    }
}
