//! One `[backends.NAME]` table of translate.toml, as typed settings.

use std::num::NonZeroUsize;
use std::time::Duration;

use serde::{Deserialize, Deserializer, de};

/// The settings of one backend; `kind` in the file says which.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Settings {
    /// What the team translated before; there is no service to ask.
    Memory(MemorySettings),
    /// A program on this machine.
    Command(CommandSettings),
    /// A server that speaks OpenAI's chat completions.
    Openai(OpenaiSettings),
    /// A LibreTranslate server.
    Libretranslate(LibretranslateSettings),
}

/// The memory takes no settings. A struct, and not a bare variant, because only a struct refuses unknown keys.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemorySettings {}

/// `kind = "command"`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommandSettings {
    /// The program and its arguments; never read by a shell.
    pub command: Vec<String>,
    /// How to talk to it.
    #[serde(default)]
    pub mode: Mode,
    /// `mode = "filter"` only: many lines per run, one segment each.
    #[serde(default)]
    pub lines: bool,
    /// Longest wait for one answer.
    #[serde(default = "two_minutes")]
    pub timeout_seconds: Seconds,
    /// `mode = "json-lines"` only: longest wait for the program's first line.
    #[serde(default = "ten_seconds")]
    pub hello_timeout_seconds: Seconds,
    /// Most segments in one request.
    pub batch: Option<NonZeroUsize>,
}

/// How a program is talked to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// One live process; a JSON object per line in both directions.
    #[default]
    JsonLines,
    /// Text in, text out, end.
    Filter,
}

/// `kind = "openai"`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenaiSettings {
    /// The server's address up to and with `/v1`.
    #[serde(default = "openai_url")]
    pub base_url: String,
    /// The model's name as the server knows it.
    pub model: String,
    /// The environment variable that holds the key.
    pub api_key_env: Option<String>,
    /// The program whose first line of output is the key; goes before `api_key_env`.
    pub api_key_command: Option<Vec<String>>,
    /// Which field carries `max_tokens`: servers differ, and some refuse the other one.
    #[serde(default)]
    pub max_tokens_field: MaxTokensField,
    /// Most tokens of one answer; not sent when absent.
    pub max_tokens: Option<u32>,
    /// How much of the answer's shape the server is asked to enforce.
    #[serde(default)]
    pub structured: Structured,
    /// What kind of prompt the model was made for.
    #[serde(default)]
    pub prompt_style: PromptStyle,
    /// `prompt_style = "template"` only: the whole prompt, with `{text}` and, if wanted, `{terms}`.
    pub template: Option<String>,
    /// Sent only when set: some models refuse any value but their own.
    pub temperature: Option<f64>,
    /// Most segments in one request.
    pub batch: Option<NonZeroUsize>,
    /// Most requests at once.
    pub jobs: Option<NonZeroUsize>,
    /// Longest wait for one answer, from the first byte sent to the last one read.
    #[serde(default = "five_minutes")]
    pub timeout_seconds: Seconds,
    /// Longest wait for the connection.
    #[serde(default = "ten_seconds")]
    pub connect_timeout_seconds: Seconds,
    /// The first pause before a failed request is sent again; not a key of the file.
    #[serde(skip, default = "first_pause")]
    pub first_pause: Duration,
}

/// The name of the field that limits an answer's tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaxTokensField {
    /// OpenAI's current name.
    #[default]
    MaxCompletionTokens,
    /// The older name; the only one that Ollama reads.
    MaxTokens,
    /// Never sent.
    None,
}

/// What `response_format` asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Structured {
    /// JSON of our schema.
    #[default]
    JsonSchema,
    /// Any JSON object.
    JsonObject,
    /// Nothing: the prompt alone asks for JSON.
    None,
}

/// What kind of prompt a model was made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromptStyle {
    /// Instructions, then many segments as JSON.
    #[default]
    Json,
    /// One segment in a fixed sentence, for models tuned on translation alone.
    Template,
}

/// `kind = "libretranslate"`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LibretranslateSettings {
    /// The server's address.
    #[serde(default = "libretranslate_url")]
    pub base_url: String,
    /// The environment variable that holds the key.
    pub api_key_env: Option<String>,
    /// The program whose first line of output is the key; goes before `api_key_env`.
    pub api_key_command: Option<Vec<String>>,
    /// Most segments in one request.
    pub batch: Option<NonZeroUsize>,
    /// Most requests at once.
    pub jobs: Option<NonZeroUsize>,
    /// Longest wait for one answer, from the first byte sent to the last one read.
    #[serde(default = "two_minutes")]
    pub timeout_seconds: Seconds,
    /// Longest wait for the connection.
    #[serde(default = "ten_seconds")]
    pub connect_timeout_seconds: Seconds,
    /// The first pause before a failed request is sent again; not a key of the file.
    #[serde(skip, default = "first_pause")]
    pub first_pause: Duration,
}

/// A time limit, written in seconds: above 0, fractions allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seconds(pub Duration);

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        match Duration::try_from_secs_f64(seconds) {
            Ok(limit) if !limit.is_zero() && seconds <= 86_400.0 => Ok(Self(limit)),
            _ => Err(de::Error::custom(format!("a time limit is above 0 and at most 86400 seconds, not {seconds}"))),
        }
    }
}

fn ten_seconds() -> Seconds {
    Seconds(Duration::from_secs(10))
}

fn two_minutes() -> Seconds {
    Seconds(Duration::from_secs(120))
}

/// A model on a slow machine writes a batch for minutes.
fn five_minutes() -> Seconds {
    Seconds(Duration::from_secs(300))
}

fn first_pause() -> Duration {
    Duration::from_millis(500)
}

fn openai_url() -> String {
    "https://api.openai.com/v1".to_owned()
}

fn libretranslate_url() -> String {
    "http://127.0.0.1:5000".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn defaults_are_filled_in() {
        let Ok(Settings::Command(command)) = read("kind = 'command'\ncommand = ['cat', '-u']") else { panic!("a command") };
        assert_eq!((command.mode, command.lines, command.batch), (Mode::JsonLines, false, None));
        assert_eq!(command.hello_timeout_seconds, ten_seconds());
        let Ok(Settings::Openai(openai)) = read("kind = 'openai'\nmodel = 'm'\ntimeout_seconds = 1.5") else { panic!("openai") };
        assert_eq!(openai.base_url, "https://api.openai.com/v1");
        assert_eq!(openai.timeout_seconds.0, Duration::from_millis(1500));
        assert_eq!((openai.structured, openai.max_tokens_field), (Structured::JsonSchema, MaxTokensField::MaxCompletionTokens));
        let Ok(Settings::Libretranslate(libre)) = read("kind = 'libretranslate'") else { panic!("libretranslate") };
        assert_eq!(libre.base_url, "http://127.0.0.1:5000");
        assert!(matches!(read("kind = 'memory'"), Ok(Settings::Memory(_))));
    }

    #[test]
    fn what_is_not_a_setting_is_refused() {
        for (text, words) in [
            ("kind = 'memory'\nmodel = 'x'", "unknown field `model`"),
            ("kind = 'openai'\nmodel = 'm'\nmodle = 'n'", "unknown field `modle`"),
            ("kind = 'openai'", "missing field `model`"),
            ("kind = 'openai'\nmodel = 'm'\nfirst_pause = 1", "unknown field `first_pause`"),
            ("kind = 'command'\ncommand = ['x']\nmode = 'pipe'", "unknown variant `pipe`"),
            ("kind = 'command'\ncommand = ['x']\ntimeout_seconds = 0", "a time limit is above 0"),
            ("kind = 'command'\ncommand = ['x']\ntimeout_seconds = -3", "a time limit is above 0"),
            ("kind = 'command'\ncommand = ['x']\nbatch = 0", "nonzero"),
            ("kind = 'papago'", "unknown variant `papago`"),
        ] {
            let error = read(text).expect_err(text);
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
