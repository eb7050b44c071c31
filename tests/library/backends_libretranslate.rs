//! LibreTranslate, as it answers and as it fails.

use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Value, json};
use translate_digest::backends::{Backend, BackendError, Class, Request, Settings, Text, build};
use wiremock::matchers::{body_partial_json, method, path};
use wiremock::{Mock, MockServer, Request as Received, ResponseTemplate};

const KEY: &str = "libre-secret-0123";

fn backend(server: &MockServer) -> Box<dyn Backend> {
    let text = format!("kind = 'libretranslate'\nbase_url = '{}'\napi_key_env = 'LIBRE_KEY'", server.uri());
    let mut settings: Settings = toml::from_str(&text).expect("settings");
    if let Settings::Libretranslate(libre) = &mut settings {
        libre.first_pause = Duration::from_millis(2);
    }
    let folder = std::env::temp_dir();
    build("libre", &settings, Some(SecretString::from(KEY)), &folder).expect("a backend").expect("not the memory")
}

fn request(texts: &[&str]) -> Request {
    let text = |(id, text): (usize, &&str)| Text { id: id.to_string(), text: (*text).to_owned() };
    Request { segments: texts.iter().enumerate().map(text).collect(), ..Request::default() }
}

async fn fails(answer: ResponseTemplate, requests: u64, class: Class, words: &str) -> BackendError {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path("/translate")).respond_with(answer).expect(requests).mount(&server).await;
    let error = backend(&server).translate(&request(&["one", "two"])).await.expect_err(words);
    assert_eq!(error.class, class, "{error}");
    assert!(error.message.contains(words), "{error}");
    assert!(!format!("{error:?}").contains(KEY), "{error:?}");
    error
}

fn error(status: u16, words: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "error": words }))
}

/// A server that puts every text into brackets and, as the real one does, unescapes what was escaped.
fn echo(received: &Received) -> ResponseTemplate {
    let body: Value = received.body_json().expect("JSON");
    let texts = body["q"].as_array().expect("an array").iter().map(|text| {
        let text = text.as_str().expect("text").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        format!(" [{text}]\n")
    });
    ResponseTemplate::new(200).set_body_json(json!({ "translatedText": texts.collect::<Vec<_>>() }))
}

#[tokio::test]
async fn marks_travel_as_html_and_the_rest_as_text() {
    let server = MockServer::start().await;
    let asked = |part: Value| Mock::given(path("/translate")).and(body_partial_json(part)).respond_with(echo).expect(1);
    let key = json!({ "source": "en", "target": "ko", "api_key": KEY });
    let with = |more: Value| {
        let mut part = key.clone();
        part.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        part
    };
    asked(with(json!({ "format": "text", "q": ["1 < 2 & 3", "  blanks "] }))).mount(&server).await;
    asked(with(json!({
        "format": "html", "q": ["<b id=\"mk1\">A</b> &amp; &lt;T&gt; <code id=\"mk2\">2</code>", "<em id=\"mk1\">&lt;/b&gt;</em>"],
    })))
    .mount(&server)
    .await;
    let texts = ["1 < 2 & 3", "⟦1⟧A⟦/1⟧ & <T> ⟦2/⟧", "  blanks ", "", "⟦1⟧</b>⟦/1⟧"];
    let backend = backend(&server);
    let mut answers = backend.translate(&request(&texts)).await.expect("answers");
    answers.sort_by(|one, two| one.id.cmp(&two.id));
    let answers: Vec<_> = answers.iter().map(|answer| answer.text.as_str()).collect();
    assert_eq!(answers, ["[1 < 2 & 3]", "[⟦1⟧A⟦/1⟧ & <T> ⟦2/⟧]", "  [  blanks ] ", "", "[⟦1⟧</b>⟦/1⟧]"]);
    assert_eq!((backend.engine(), backend.destination()), ("libre".to_owned(), server.uri()));
}

#[tokio::test]
async fn limits_are_told_apart() {
    fails(error(429, "Slowdown: 20 per 1 minute"), 6, Class::Slow, "asks to slow down (429): Slowdown: 20 per 1 minute").await;
    fails(error(400, "Invalid request: request (9000) exceeds text limit (5000)"), 1, Class::TooBig, "exceeds text limit").await;
    fails(error(400, "ko is not supported"), 1, Class::Config, "answered 400: ko is not supported").await;
    let key =
        fails(error(403, &format!("Invalid API key {KEY}")), 1, Class::Config, "does not accept the key (403): Invalid API key [key]")
            .await;
    assert_eq!(key.hint.as_deref(), Some("the key comes from the variable LIBRE_KEY"));
    fails(error(400, "Visit https://x.example to get an API key"), 1, Class::Config, "does not accept the key (400): Visit").await;
    fails(error(403, "Too many request limits violations"), 6, Class::Slow, "asks to slow down (403): Too many").await;
    fails(error(500, "Cannot translate text"), 1, Class::Failed, "Cannot translate text").await;
    fails(error(400, "Invalid request: cannot read this"), 1, Class::Refused, "answered 400: Invalid request").await;
}

#[tokio::test]
async fn answers_that_are_none_are_named() {
    let ok = |body: Value| ResponseTemplate::new(200).set_body_json(body);
    fails(ok(json!({ "translatedText": ["하나"] })), 1, Class::BadOutput, "gave 1 texts for 2").await;
    fails(ok(json!({ "translatedText": "하나" })), 1, Class::Failed, "without translatedText").await;
    fails(ok(json!({ "error": "no engine" })), 1, Class::Failed, "gave no translation: no engine").await;
}
