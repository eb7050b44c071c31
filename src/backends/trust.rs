//! What a stranger's settings would do, in words that a person can say yes or no to.

use url::{Host, Url};

use super::quote::{clean, command_line};
use super::{KeySource, Settings, key_source};

/// One sentence per thing that these settings would do and that the user has to allow first. Text that stays on this
/// machine, or goes to the vendor that the kind is named after, needs no leave; a program always does.
pub fn needs_trust(settings: &Settings) -> Vec<String> {
    let (base_url, vendor) = match settings {
        Settings::Memory(_) => return Vec::new(),
        Settings::Command(command) => return vec![format!("runs the program `{}`", command_line(&command.command))],
        Settings::Openai(openai) => (&openai.base_url, OPENAI),
        Settings::Libretranslate(libre) => (&libre.base_url, LIBRETRANSLATE),
    };
    let key = key_source(settings);
    let mut sentences = Vec::new();
    if let Some(KeySource::Command(argv)) = &key {
        sentences.push(format!("runs `{}` for the key", command_line(argv)));
    }
    let url = Url::parse(base_url).ok();
    if url.as_ref().is_some_and(|url| is_this_machine(url) || is_vendor(url, vendor)) {
        return sentences;
    }
    let what = match key {
        None => "text".to_owned(),
        Some(KeySource::Env(variable)) => format!("text and the key in {}", clean(&variable, 100)),
        Some(KeySource::Command(_)) => "text and that key".to_owned(),
    };
    let place = match &url {
        Some(url) if url.scheme() == "http" => format!("{} (not encrypted)", origin(url)),
        Some(url) if url.has_host() => origin(url),
        _ => format!("`{}`, which is no web address", clean(base_url, 100)),
    };
    sentences.push(format!("sends {what} to {place}"));
    sentences
}

/// The vendor's own host for `kind = "openai"`.
pub(super) const OPENAI: &str = "api.openai.com";
const LIBRETRANSLATE: &str = "libretranslate.com";

/// Whether the address is certainly this machine. Judged on the parsed address that the client will use, so that no
/// spelling (user names, decimal numbers, capitals) is read differently here and there.
pub(super) fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether the address is the vendor's own host, encrypted, at the usual port.
pub(super) fn is_vendor(url: &Url, vendor: &str) -> bool {
    url.scheme() == "https" && url.port().is_none() && url.host_str() == Some(vendor)
}

/// Scheme, host and port: what may be shown of an address (a path or a query may hold a key).
pub(super) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn openai(lines: &str) -> Vec<String> {
        let text = format!("kind = 'openai'\nmodel = 'm'\n{lines}");
        needs_trust(&toml::from_str(&text).expect("settings"))
    }

    fn base(url: &str) -> Vec<String> {
        openai(&format!("base_url = '{url}'"))
    }

    #[test]
    fn this_machine_and_the_vendor_need_no_leave() {
        for url in [
            "http://127.0.0.1:11434/v1",
            "http://127.8.9.1/v1",
            "http://localhost:8080/v1",
            "http://LOCALHOST/v1",
            "http://[::1]:8080/v1",
            "http://2130706433/v1",
            "http://0x7f.1/v1",
            "https://api.openai.com/v1",
            "https://API.OpenAI.com:443/v1",
        ] {
            assert_eq!(base(url), Vec::<String>::new(), "{url}");
        }
        assert!(openai("base_url = 'http://127.0.0.1/v1'\napi_key_env = 'ANY'").is_empty());
        assert!(needs_trust(&toml::from_str("kind = 'memory'").expect("settings")).is_empty());
    }

    #[test]
    fn look_alikes_are_shown_for_what_they_are() {
        for (url, place) in [
            ("http://127.0.0.1@evil.example/v1", "http://evil.example (not encrypted)"),
            ("https://api.openai.com@evil.example/v1", "https://evil.example"),
            ("https://api.openai.com:x@evil.example/v1", "https://evil.example"),
            ("http://localhost.evil.com/v1", "http://localhost.evil.com (not encrypted)"),
            ("https://api.openai.com.evil.com", "https://api.openai.com.evil.com"),
            ("https://api.openai.com./v1", "https://api.openai.com."),
            ("https://api.openai.com:8443/v1", "https://api.openai.com:8443"),
            ("https://libretranslate.com", "https://libretranslate.com"),
            ("http://api.openai.com/v1", "http://api.openai.com (not encrypted)"),
            ("http://0.0.0.0:80/v1", "http://0.0.0.0 (not encrypted)"),
            ("http://3232235777/v1", "http://192.168.1.1 (not encrypted)"),
            ("https://аpi.openai.com/v1", "https://xn--pi-6kc.openai.com"),
            ("127.0.0.1:80", "`127.0.0.1:80`, which is no web address"),
            ("unix:/run/x", "`unix:/run/x`, which is no web address"),
        ] {
            assert_eq!(base(url), vec![format!("sends text to {place}")], "{url}");
        }
    }

    #[test]
    fn keys_and_programs_are_named() {
        assert_eq!(
            openai("base_url = 'https://evil.example'\napi_key_env = 'OPENAI_API_KEY'"),
            ["sends text and the key in OPENAI_API_KEY to https://evil.example"]
        );
        assert_eq!(
            openai("base_url = 'https://evil.example'\napi_key_command = ['pass', 'show', 'openai']"),
            ["runs `pass show openai` for the key", "sends text and that key to https://evil.example"]
        );
        assert_eq!(openai("api_key_command = ['pass', 'x y']"), ["runs `pass 'x y'` for the key"]);
        let command = toml::from_str("kind = 'command'\ncommand = ['cat', '-A']").expect("settings");
        assert_eq!(needs_trust(&command), ["runs the program `cat -A`"]);
        let libre = |url: &str| needs_trust(&toml::from_str(&format!("kind = 'libretranslate'\nbase_url = '{url}'")).expect("settings"));
        assert!(libre("https://libretranslate.com").is_empty());
        assert_eq!(libre("http://libretranslate.com").len(), 1);
        assert_eq!(libre("https://api.openai.com").len(), 1);
    }
}
