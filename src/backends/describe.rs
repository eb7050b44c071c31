//! A backend in a few words, for people.

use url::Url;

use super::Settings;
use super::quote::clean;
use crate::text::shell;

/// What kind a backend is and where its text goes: never a key.
pub fn describe(settings: &Settings) -> String {
    match settings {
        Settings::Memory(_) => "the records beside the draft".to_owned(),
        Settings::Command(command) => format!("program `{}`", shell::line(&command.command)),
        Settings::Openai(openai) => format!("openai, model {}, at {}", clean(&openai.model, 100), address(&openai.base_url)),
        Settings::Libretranslate(libre) => format!("libretranslate at {}", address(&libre.base_url)),
    }
}

/// An address without the parts that may hold a key: user name, password, query.
fn address(base_url: &str) -> String {
    let shown = match Url::parse(base_url) {
        Ok(mut url) if url.has_authority() && base_url.contains(['@', '?', '#']) => {
            // Only addresses that have none of it refuse.
            let _ = url.set_username("").and_then(|()| url.set_password(None));
            url.set_query(None);
            url.set_fragment(None);
            url.to_string()
        }
        _ => base_url.to_owned(),
    };
    clean(&shown, 200)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_shows_no_key() {
        for (base_url, shown) in [
            ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
            ("https://kim:pass@host.example/v1", "https://host.example/v1"),
            ("https://pass@host.example", "https://host.example/"),
            ("https://host.example/v1?key=pass#pass", "https://host.example/v1"),
            ("https://host.example/\u{1b}[2J\n* x: y", "https://host.example/[2J * x: y"),
            ("no address", "no address"),
        ] {
            assert_eq!(address(base_url), shown);
        }
    }
}
