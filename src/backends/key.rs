//! Where a backend's key comes from, and fetching it from a program such as `pass`.

use std::process::Stdio;
use std::time::Duration;

use secrecy::SecretString;
use tokio::io::AsyncReadExt;
use url::Url;

use super::command::{Place, cannot_start};
use super::trust::{OPENAI, is_vendor};
use super::{BackendError, Class, Settings};
use crate::text::shell;

/// Where a key comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// The environment variable of this name. The library never reads it: the caller does.
    Env(String),
    /// The first line that this program prints.
    Command(Vec<String>),
}

impl KeySource {
    /// The key itself in a sentence: `the key in OPENAI_API_KEY`.
    pub fn phrase(&self) -> String {
        match self {
            Self::Env(variable) => format!("the key in {}", shown_variable(variable)),
            Self::Command(argv) => format!("the key that `{}` prints", shell::line(argv)),
        }
    }
}

/// How messages name the source.
impl std::fmt::Display for KeySource {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Env(variable) => write!(formatter, "the variable {}", shown_variable(variable)),
            Self::Command(argv) => write!(formatter, "the program `{}`", shell::line(argv)),
        }
    }
}

/// Where the settings say that the key comes from; none where no key is sent. OpenAI's own host always wants one, so
/// there the usual variable is the default.
pub fn key_source(settings: &Settings) -> Option<KeySource> {
    let (variable, program) = match settings {
        Settings::Memory(_) | Settings::Command(_) => return None,
        Settings::Openai(openai) => (&openai.api_key_env, &openai.api_key_command),
        Settings::Libretranslate(libre) => (&libre.api_key_env, &libre.api_key_command),
    };
    if let Some(argv) = program {
        return Some(KeySource::Command(argv.clone()));
    }
    if let Some(variable) = variable {
        return Some(KeySource::Env(variable.clone()));
    }
    let Settings::Openai(openai) = settings else { return None };
    let own = Url::parse(&openai.base_url).is_ok_and(|url| is_vendor(&url, &OPENAI));
    own.then(|| KeySource::Env(OPENAI.keys[0].to_owned()))
}

/// Whether `name` can be the name of an environment variable: ASCII letters, digits and `_`, no digit first. Systems allow more,
/// but nobody keeps a key under such a name, and a letter that only looks like another one is found out.
pub fn is_variable_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A variable's name for messages. One that cannot be a name is quoted, with every letter that is not ASCII by its number.
pub(super) fn shown_variable(name: &str) -> String {
    if is_variable_name(name) {
        return name.to_owned();
    }
    let shown: String = name.chars().take(LONGEST_NAME).flat_map(char::escape_default).collect();
    format!("\"{shown}{}\"", if name.chars().count() > LONGEST_NAME { "…" } else { "" })
}

/// The most characters of a variable's name in a message.
const LONGEST_NAME: usize = 100;

/// Runs `argv` in `place` and takes the first line of its output as the key. Its stderr passes through; what it prints
/// to stdout is never part of an error.
///
/// # Errors
/// When the program cannot be started, fails, takes longer than `limit`, or prints no key.
pub async fn run_key_command(argv: &[String], place: impl Into<Place>, limit: Duration) -> Result<SecretString, BackendError> {
    let place = place.into();
    let shown = shell::line(argv);
    let Some((program, arguments)) = argv.split_first() else {
        return Err(BackendError::new(Class::Config, "api_key_command is empty")
            .hint("name a program: api_key_command = [\"pass\", \"show\", \"openai\"]"));
    };
    // The program stays in our own process group: it may have to ask for a passphrase on the terminal.
    let cannot_start = |error| cannot_start(argv, &place, &error);
    let mut child = place
        .command(program)
        .map_err(cannot_start)?
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(cannot_start)?;
    let mut output = Vec::new();
    let run = async {
        if let Some(stdout) = child.stdout.take() {
            stdout.take(LONGEST_OUTPUT).read_to_end(&mut output).await?;
        }
        child.wait().await
    };
    let status = match tokio::time::timeout(limit, run).await {
        Ok(Ok(status)) => status,
        Ok(Err(error)) => return Err(BackendError::new(Class::Config, format!("`{shown}`, which should print the key, failed: {error}"))),
        Err(_) => {
            return Err(BackendError::new(Class::Config, format!("`{shown}` printed no key within {} s", limit.as_secs_f32()))
                .hint("run it by hand: it may wait for a passphrase"));
        }
    };
    let key = String::from_utf8(output).ok().and_then(|text| text.lines().next().map(|line| line.trim().to_owned()));
    match key {
        _ if !status.success() => {
            Err(BackendError::new(Class::Config, format!("`{shown}`, which should print the key, ended with {status}")))
        }
        Some(key) if !key.is_empty() => Ok(SecretString::from(key)),
        _ => Err(BackendError::new(Class::Config, format!("the first line that `{shown}` printed is no key"))),
    }
}

/// A key is a line; a program that prints more than this is the wrong one, and fails when its pipe closes.
const LONGEST_OUTPUT: u64 = 64 * 1024;
