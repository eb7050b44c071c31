//! Keys that a program prints.
#![cfg(unix)]

use std::time::Duration;

use secrecy::ExposeSecret;
use translate_digest::backends::{Class, KeySource, key_source, run_key_command};

async fn key(script: &str) -> Result<String, String> {
    let argv = ["sh", "-c", script].map(str::to_owned);
    let folder = tempfile::tempdir().expect("a folder");
    let key = run_key_command(&argv, folder.path(), Duration::from_millis(1500)).await;
    key.map(|key| key.expose_secret().to_owned()).map_err(|error| {
        assert_eq!(error.class, Class::Config);
        error.message
    })
}

#[tokio::test]
async fn the_first_line_is_the_key() {
    assert_eq!(key("printf ' sk-1 \\r\\nuser: me\\n'").await.as_deref(), Ok("sk-1"));
    assert_eq!(key("printf sk-1").await.as_deref(), Ok("sk-1"));
}

#[tokio::test]
async fn what_gives_no_key_is_named_and_its_output_is_not() {
    for (script, words) in [
        ("echo sk-1; exit 3", "ended with exit status: 3"),
        ("true", "is no key"),
        ("echo; echo sk-1", "is no key"),
        ("printf '\\377sk-1'", "is no key"),
        ("sleep 60", "printed no key within 1.5 s"),
    ] {
        let error = key(script).await.expect_err(script);
        assert!(error.contains(words), "{error}");
        assert!(!error.replace(script, "").contains("sk-1"), "{error}");
    }
    let missing = run_key_command(&["no-such-program-x".to_owned()], &std::env::temp_dir(), Duration::from_secs(1)).await;
    assert!(missing.expect_err("no program").message.contains("there is no program `no-such-program-x`"));
    assert!(run_key_command(&[], &std::env::temp_dir(), Duration::from_secs(1)).await.is_err());
}

#[test]
fn the_usual_variable_is_only_for_the_usual_host() {
    let source = |more: &str| key_source(&toml::from_str(&format!("kind = 'openai'\nmodel = 'm'\n{more}")).expect("settings"));
    assert_eq!(source(""), Some(KeySource::Env("OPENAI_API_KEY".to_owned())));
    assert_eq!(source("base_url = 'https://evil.example/v1'"), None);
    assert_eq!(source("base_url = 'http://api.openai.com/v1'"), None);
    assert_eq!(source("base_url = 'http://127.0.0.1:1/v1'"), None);
    assert_eq!(source("api_key_env = 'X'"), Some(KeySource::Env("X".to_owned())));
    assert_eq!(source("api_key_command = ['pass']"), Some(KeySource::Command(vec!["pass".to_owned()])));
}
