//! What a stranger's settings would do, in words that a person can say yes or no to.

use url::{Host, Url};

use super::key::shown_variable;
use super::quote::clean;
use super::{KeySource, Settings, key_source};
use crate::text::shell;

/// One sentence per thing that these settings would do and that the user has to allow first. Text that stays on this
/// machine, or goes to the vendor that the kind is named after, needs no leave, nor does the kind's own key; a program and any
/// other key always do.
pub fn needs_trust(settings: &Settings) -> Vec<String> {
    let (base_url, vendor) = match settings {
        Settings::Memory(_) => return Vec::new(),
        Settings::Command(command) => return vec![format!("runs the program `{}`", shell::line(&command.command))],
        Settings::Openai(openai) => (&openai.base_url, OPENAI),
        Settings::Libretranslate(libre) => (&libre.base_url, LIBRETRANSLATE),
    };
    let key = key_source(settings);
    let mut sentences = Vec::new();
    if let Some(KeySource::Command(argv)) = &key {
        sentences.push(format!("runs `{}` for the key", shell::line(argv)));
    }
    let url = Url::parse(base_url).ok();
    let place = match &url {
        Some(url) if url.scheme() == "http" && !is_this_machine(url) => format!("{} (not encrypted)", origin(url)),
        Some(url) if url.has_host() => origin(url),
        _ => format!("`{}`, which is no web address", clean(base_url, 100)),
    };
    let is_near = url.as_ref().is_some_and(|url| is_this_machine(url) || is_vendor(url, &vendor));
    match key {
        Some(KeySource::Env(variable)) if is_near => {
            if !is_own_key(&variable, &vendor) {
                sentences.push(format!("sends the key in {} to {place}", shown_variable(&variable)));
            }
        }
        _ if is_near => {}
        None => sentences.push(format!("sends text to {place}")),
        Some(KeySource::Env(variable)) => sentences.push(format!("sends text and the key in {} to {place}", shown_variable(&variable))),
        Some(KeySource::Command(_)) => sentences.push(format!("sends text and that key to {place}")),
    }
    sentences
}

/// The service that a kind is named after. One line per kind: what needs no trust is read here and nowhere else.
pub(super) struct Vendor {
    /// Its own host.
    pub host: &'static str,
    /// The variables in which its documentation has people keep their key; the first is the usual one.
    pub keys: &'static [&'static str],
}

/// `kind = "openai"`
pub(super) const OPENAI: Vendor = Vendor { host: "api.openai.com", keys: &["OPENAI_API_KEY"] };
/// `kind = "libretranslate"`
const LIBRETRANSLATE: Vendor = Vendor { host: "libretranslate.com", keys: &["LIBRETRANSLATE_API_KEY"] };

/// Whether settings that nobody trusted may name this variable: the vendor's own, or `TRANSLATE_*_KEY`, which people set for
/// this program. Any other may hold a secret that has nothing to do with it.
fn is_own_key(variable: &str, vendor: &Vendor) -> bool {
    let for_this_program = || {
        let middle = variable.strip_prefix("TRANSLATE_").and_then(|rest| rest.strip_suffix("_KEY"));
        middle.is_some_and(|middle| middle.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
    };
    vendor.keys.contains(&variable) || for_this_program()
}

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
pub(super) fn is_vendor(url: &Url, vendor: &Vendor) -> bool {
    url.scheme() == "https" && url.port().is_none() && url.host_str() == Some(vendor.host)
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
    fn only_a_kinds_own_key_needs_no_leave() {
        let of = |kind: &str, url: &str, variable: &str| {
            let text = format!(
                "kind = '{kind}'\nbase_url = '{url}'\napi_key_env = '{variable}'\n{}",
                if kind == "openai" { "model = 'm'" } else { "" }
            );
            needs_trust(&toml::from_str(&text).expect("settings"))
        };
        let places = [
            ("openai", "http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("openai", "http://[::1]/v1", "http://[::1]"),
            ("openai", "https://api.openai.com/v1", "https://api.openai.com"),
            ("libretranslate", "http://localhost:5000", "http://localhost:5000"),
            ("libretranslate", "https://libretranslate.com", "https://libretranslate.com"),
        ];
        for (kind, url, place) in places {
            let (own, other) = match kind {
                "openai" => ("OPENAI_API_KEY", "LIBRETRANSLATE_API_KEY"),
                _ => ("LIBRETRANSLATE_API_KEY", "OPENAI_API_KEY"),
            };
            for variable in [own, "TRANSLATE_X_KEY", "TRANSLATE_OPENAI_API_KEY", "TRANSLATE__KEY", "TRANSLATE_llm2_KEY"] {
                assert_eq!(of(kind, url, variable), Vec::<String>::new(), "{kind} {url} {variable}");
            }
            let foreign = [
                other,
                "AWS_SECRET_ACCESS_KEY",
                "GITHUB_TOKEN",
                "HOME",
                "openai_api_key",
                "OPENAI_API_KEY_2",
                "MY_OPENAI_API_KEY",
                "translate_x_key",
                "TRANSLATE_KEY",
                "TRANSLATE_X_KEY_",
                "TRANSLATE_X_TOKEN",
                "XTRANSLATE_X_KEY",
                "TRANSLATE_JOBS",
            ];
            for variable in foreign {
                assert_eq!(of(kind, url, variable), [format!("sends the key in {variable} to {place}")], "{kind} {url}");
            }
            for (variable, shown) in [
                ("", r#""""#),
                ("OPENAI_API_KEY ", r#""OPENAI_API_KEY ""#),
                ("ОPENAI_API_KEY", r#""\u{41e}PENAI_API_KEY""#),
                ("TRANSLATE_\u{212a}_KEY", r#""TRANSLATE_\u{212a}_KEY""#),
                ("TRANSLATE_A=B_KEY", r#""TRANSLATE_A=B_KEY""#),
                ("TRANSLATE_가_KEY", r#""TRANSLATE_\u{ac00}_KEY""#),
            ] {
                assert_eq!(of(kind, url, variable), [format!("sends the key in {shown} to {place}")], "{kind} {url}");
            }
        }
        let text = "kind = 'openai'\nmodel = 'm'\nbase_url = 'http://127.0.0.1'\napi_key_env = \"TRANSLATE_\\u0000_KEY\"";
        assert_eq!(needs_trust(&toml::from_str(text).expect("settings")).len(), 1);
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
        assert_eq!(openai("api_key_command = ['pass', 'x y']"), ["runs `pass \"x y\"` for the key"]);
        let command = toml::from_str("kind = 'command'\ncommand = ['cat', '-A']").expect("settings");
        assert_eq!(needs_trust(&command), ["runs the program `cat -A`"]);
        let libre = |url: &str| needs_trust(&toml::from_str(&format!("kind = 'libretranslate'\nbase_url = '{url}'")).expect("settings"));
        assert!(libre("https://libretranslate.com").is_empty());
        assert_eq!(libre("http://libretranslate.com").len(), 1);
        assert_eq!(libre("https://api.openai.com").len(), 1);
    }
}
