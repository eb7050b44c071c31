//! A backend in a few words, for people.

use super::Settings;
use crate::text::shell;

/// What kind a backend is and where its text goes: never a key.
pub fn describe(settings: &Settings) -> String {
    match settings {
        Settings::Memory(_) => "the records beside the draft".to_owned(),
        Settings::Command(command) => format!("program `{}`", shell::line(&command.command)),
        Settings::Openai(openai) => format!("openai, model {}, at {}", openai.model, openai.base_url),
        Settings::Libretranslate(libre) => format!("libretranslate at {}", libre.base_url),
    }
}
