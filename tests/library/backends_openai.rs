//! OpenAI-compatible servers, as they answer and as they fail.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use translate_digest::backends::{Backend, BackendError, Class, Request, Settings, TermHint, Text, build};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, Request as Received, Respond, ResponseTemplate};

const KEY: &str = "sk-very-secret-0123";

fn backend(base_url: &str, more: &str) -> Box<dyn Backend> {
    let text = format!("kind = 'openai'\nbase_url = '{base_url}'\nmodel = 'gpt-x'\napi_key_env = 'LLM_KEY'\n{more}");
    let mut settings: Settings = toml::from_str(&text).expect("settings");
    if let Settings::Openai(openai) = &mut settings {
        openai.first_pause = Duration::from_millis(5);
    }
    let folder = std::env::temp_dir();
    build("llm", &settings, Some(SecretString::from(KEY)), &folder).expect("a backend").expect("not the memory")
}

fn request(ids: &[&str]) -> Request {
    Request {
        segments: ids.iter().map(|id| Text { id: (*id).to_owned(), text: format!("text ⟦1⟧{id}⟦/1⟧") }).collect(),
        glossary: vec![TermHint { english: "loss".to_owned(), korean: "손실".to_owned(), note: Some("ML".to_owned()) }],
        context: "News".to_owned(),
        register: Some("합니다체".to_owned()),
        note: None,
    }
}

fn completion(content: &str, finish_reason: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({
        "id": "x", "choices": [{ "index": 0, "finish_reason": finish_reason, "message": { "role": "assistant", "content": content } }],
    }))
}

const SWAPPED: &str = r#"{"segments":[{"id":"b","text":"나"},{"id":"a","text":"가"}]}"#;

fn error(status: u16, body: Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

/// The result where the server gives these answers in turn, the last one for ever, and the number of requests.
async fn ask(answers: Vec<ResponseTemplate>, more: &str) -> (Result<Vec<String>, BackendError>, usize) {
    let server = MockServer::start().await;
    let last = answers.len() - 1;
    for (number, answer) in answers.into_iter().enumerate() {
        let mock = Mock::given(method("POST")).and(path("/v1/chat/completions")).respond_with(answer);
        if number < last { mock.up_to_n_times(1) } else { mock }.mount(&server).await;
    }
    let backend = backend(&format!("{}/v1/", server.uri()), more);
    let result = backend.translate(&request(&["a", "b"])).await;
    if let Err(error) = &result {
        let debug = format!("{error:?} {error}");
        assert!(!debug.contains(KEY), "the key is shown: {debug}");
        assert!(!error.message.chars().any(char::is_control), "{error:?}");
    }
    let result = result.map(|answers| answers.into_iter().map(|text| format!("{}={}", text.id, text.text)).collect());
    (result, server.received_requests().await.unwrap_or_default().len())
}

/// The error where the server always gives this answer; how often it was asked is part of the claim.
async fn fails(answer: ResponseTemplate, requests: usize, class: Class, words: &[&str]) -> BackendError {
    let (result, asked) = ask(vec![answer], "").await;
    let error = result.expect_err("an error");
    assert_eq!((error.class, asked), (class, requests), "{error}");
    for words in words {
        assert!(error.message.contains(words), "{words:?} in: {error}");
    }
    error
}

#[tokio::test]
async fn segments_are_asked_for_by_the_contract() {
    let server = MockServer::start().await;
    let asked = Mock::given(header("authorization", format!("Bearer {KEY}"))).and(header("content-type", "application/json"));
    asked.respond_with(completion(SWAPPED, "stop")).expect(1).mount(&server).await;
    let backend = backend(&server.uri(), "max_tokens = 99");
    assert_eq!(backend.engine(), "llm/gpt-x");
    assert_eq!(backend.destination(), server.uri());
    let answers = backend.translate(&request(&["a", "b"])).await.expect("answers");
    assert_eq!((answers[0].id.as_str(), answers[0].text.as_str()), ("b", "나"));
    let requests = server.received_requests().await.expect("requests");
    let agent = requests[0].headers.get("user-agent").expect("a user agent");
    assert_eq!(agent.to_str().expect("text"), concat!("translate-digest/", env!("CARGO_PKG_VERSION")));
    let body: Value = requests[0].body_json().expect("JSON");
    assert_eq!((&body["model"], &body["max_completion_tokens"]), (&json!("gpt-x"), &json!(99)));
    assert!(body.get("temperature").is_none() && body.get("max_tokens").is_none());
    let schema = &body["response_format"]["json_schema"];
    assert_eq!((&schema["strict"], &schema["schema"]["required"]), (&json!(true), &json!(["segments"])));
    assert!(body["messages"][0]["content"].as_str().is_some_and(|text| text.contains("⟦2/⟧") && text.contains("합니다체")));
    let question: Value = serde_json::from_str(body["messages"][1]["content"].as_str().expect("text")).expect("JSON");
    assert_eq!(question["glossary"], json!([{ "english": "loss", "korean": "손실", "note": "ML" }]));
    assert_eq!(question["segments"][1], json!({ "id": "b", "text": "text ⟦1⟧b⟦/1⟧" }));
}

#[tokio::test]
async fn servers_differ_and_settings_follow_them() {
    for (more, field, value) in [
        ("structured = 'json_object'", "response_format", json!({ "type": "json_object" })),
        ("structured = 'none'", "response_format", Value::Null),
        ("max_tokens = 7\nmax_tokens_field = 'max_tokens'", "max_tokens", json!(7)),
        ("max_tokens = 7\nmax_tokens_field = 'none'", "max_tokens", Value::Null),
        ("temperature = 0.2", "temperature", json!(0.2)),
    ] {
        let server = MockServer::start().await;
        Mock::given(method("POST")).respond_with(completion(SWAPPED, "stop")).mount(&server).await;
        backend(&server.uri(), more).translate(&request(&["a", "b"])).await.expect("answers");
        let requests = server.received_requests().await.expect("requests");
        assert_eq!(requests[0].body_json::<Value>().expect("JSON")[field], value, "{more}");
    }
}

#[tokio::test]
async fn a_template_asks_for_one_segment_in_plain_words() {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(completion("\n번역 ⟦1⟧\n", "stop")).expect(2).mount(&server).await;
    let backend = backend(&server.uri(), "prompt_style = 'template'\ntemplate = '{terms}Translate: {text}'");
    assert_eq!(backend.capabilities().segments, 1);
    let answers = backend.translate(&request(&["a", "b"])).await.expect("answers");
    assert_eq!(answers[1], Text { id: "b".to_owned(), text: "번역 ⟦1⟧".to_owned() });
    let requests = server.received_requests().await.expect("requests");
    let body: Value = requests[0].body_json().expect("JSON");
    let prompt = "Reference the following translations:\nloss translates to 손실\n\nTranslate: text ⟦1⟧a⟦/1⟧";
    assert_eq!(body["messages"], json!([{ "role": "user", "content": prompt }]));
    assert!(body.get("response_format").is_none());
}

#[tokio::test]
async fn fenced_json_is_read() {
    let (result, _) = ask(vec![completion(&format!("```json\n{SWAPPED}\n```\n"), "stop")], "").await;
    assert_eq!(result.expect("answers"), ["b=나", "a=가"]);
}

#[tokio::test]
async fn answers_that_are_none_are_named() {
    let bad = Class::BadOutput;
    fails(completion(r#"{"segments":[{"id":"a","text":"가"},{"id":"a","text":"나"}]}"#, "stop"), 1, bad, &["answered `a` twice"]).await;
    fails(completion(r#"{"segments":[{"id":"a","text":"가"}]}"#, "stop"), 1, bad, &["left out `b`"]).await;
    fails(completion("I cannot\u{1b}[2J do that", "stop"), 1, bad, &["llm/gpt-x gave no JSON: I cannot[2J do"]).await;
    fails(completion("", "stop"), 1, bad, &["empty answer"]).await;
    fails(completion("{\"segm", "length"), 1, Class::TooBig, &["finish_reason is length"]).await;
    fails(completion("", "content_filter"), 1, bad, &["refused"]).await;
    let refusal = json!({ "choices": [{ "finish_reason": "stop", "message": { "content": null, "refusal": format!("No: {KEY}") } }] });
    fails(error(200, refusal), 1, bad, &["llm/gpt-x refused: No: [key]"]).await;
    let failed = Class::Failed;
    fails(error(200, json!({ "error": { "message": "upstream is down" } })), 1, failed, &["upstream is down"]).await;
    fails(error(200, json!({ "choices": [] })), 1, failed, &["no choice"]).await;
    fails(ResponseTemplate::new(200).set_body_string("\n<html>"), 1, failed, &["gave a web page instead of a chat completion"]).await;
    fails(ResponseTemplate::new(200).set_body_string("OK"), 1, failed, &["not a chat completion: expected value"]).await;
    fails(ResponseTemplate::new(204), 1, failed, &["gave an empty answer"]).await;
}

#[tokio::test]
async fn slowing_down_is_waited_for() {
    let slow = || error(429, json!({ "error": { "message": "Rate limit", "type": "requests", "code": "rate_limit_exceeded" } }));
    // One request too early, and one in time: nothing is asked in between.
    let finer = slow().insert_header("retry-after-ms", "400").insert_header("retry-after", "60");
    for (asks_for, milliseconds) in [(finer, 400), (slow().insert_header("retry-after", "1"), 1000)] {
        let limit = Limit::new(asks_for, milliseconds);
        let server = MockServer::start().await;
        Mock::given(method("POST")).respond_with(limit).expect(2).mount(&server).await;
        backend(&server.uri(), "").translate(&request(&["a", "b"])).await.expect("answers");
    }
    let (result, asked) = ask(vec![slow(), slow(), completion(SWAPPED, "stop")], "").await;
    assert_eq!((result.expect("answers").len(), asked), (2, 3), "without Retry-After");
    fails(slow(), 6, Class::Slow, &["asks to slow down (429): Rate limit"]).await;
    fails(slow().insert_header("retry-after", "86400"), 1, Class::Slow, &["Rate limit"]).await;
    fails(slow().insert_header("x-should-retry", "false"), 1, Class::Slow, &["Rate limit"]).await;
}

#[tokio::test]
async fn one_pause_holds_for_all_requests() {
    let server = MockServer::start().await;
    let limit = Limit::new(ResponseTemplate::new(429).insert_header("retry-after-ms", "1000"), 1000);
    let refused = Arc::clone(&limit.0.over);
    // The second request would be early as well if it did not wait with the first.
    Mock::given(method("POST")).respond_with(limit).expect(3).mount(&server).await;
    let backend = backend(&server.uri(), "");
    let request = request(&["a", "b"]);
    let later = async {
        while refused.lock().expect("a time").is_none() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        // The refusal is on its way back.
        tokio::time::sleep(Duration::from_millis(100)).await;
        backend.translate(&request).await
    };
    let (first, second) = tokio::join!(backend.translate(&request), later);
    first.expect("answers");
    second.expect("answers");
}

/// A service that refuses requests until the time is over that its first refusal told; it counts by its own clock.
#[derive(Clone)]
struct Limit(Arc<Limited>);

struct Limited {
    refusal: ResponseTemplate,
    wait: Duration,
    over: Arc<Mutex<Option<Instant>>>,
}

impl Limit {
    fn new(refusal: ResponseTemplate, milliseconds: u64) -> Self {
        Self(Arc::new(Limited { refusal, wait: Duration::from_millis(milliseconds), over: Arc::default() }))
    }
}

impl Respond for Limit {
    fn respond(&self, _: &Received) -> ResponseTemplate {
        let mut over = self.0.over.lock().expect("a time");
        let over = *over.get_or_insert_with(|| Instant::now() + self.0.wait);
        if Instant::now() < over { self.0.refusal.clone() } else { completion(SWAPPED, "stop") }
    }
}

#[tokio::test]
async fn money_is_not_waited_for() {
    let broke = json!({ "error": { "message": "You exceeded your current quota", "type": "insufficient_quota", "code": "credit_balance_exhausted" } });
    fails(error(429, broke), 1, Class::Quota, &["nothing left to spend (429): You exceeded your current quota"]).await;
    fails(error(402, json!({ "error": "Payment required" })), 1, Class::Quota, &["(402): Payment required"]).await;
}

#[tokio::test]
async fn too_big_is_for_the_caller_to_split() {
    let llama = json!({ "error": { "code": 400, "message": "the request exceeds the context", "type": "exceed_context_size_error", "n_ctx": 4096 } });
    fails(error(400, llama), 1, Class::TooBig, &["exceeds the context"]).await;
    let code = json!({ "error": { "code": "context_length_exceeded", "message": "too long", "type": "invalid_request_error" } });
    fails(error(400, code), 1, Class::TooBig, &["too long"]).await;
    fails(ResponseTemplate::new(413), 1, Class::TooBig, &["413"]).await;
    let tokens = "Request too large for gpt-x on tokens per min (TPM): Limit 10000, Requested 12000.";
    let limit = json!({ "error": { "message": tokens, "type": "tokens", "code": "rate_limit_exceeded" } });
    fails(error(429, limit), 1, Class::TooBig, &["Request too large"]).await;
}

#[tokio::test]
async fn failures_at_a_request_are_for_the_caller_to_ask_again() {
    for status in [500, 502, 503, 504, 408, 409, 425, 501, 599] {
        fails(error(status, json!({ "error": "boom" })), 1, Class::Failed, &[&format!("answered {status}: boom")]).await;
    }
    // A time makes an outage a wait.
    let busy = ResponseTemplate::new(503).insert_header("retry-after-ms", "2");
    fails(busy.clone(), 6, Class::Slow, &["asks to slow down (503)"]).await;
    let (result, asked) = ask(vec![busy, completion(SWAPPED, "stop")], "").await;
    assert_eq!((result.expect("answers").len(), asked), (2, 2));
    fails(ResponseTemplate::new(503).insert_header("retry-after", "0"), 1, Class::Failed, &["answered 503"]).await;
    fails(ResponseTemplate::new(400).insert_header("x-should-retry", "true"), 1, Class::Failed, &["answered 400"]).await;
    for status in [400, 422, 451] {
        let refused = fails(error(status, json!({ "error": "boom" })), 1, Class::Refused, &[&format!("answered {status}: boom")]).await;
        assert_eq!(refused.hint.as_deref(), Some("see [backends.llm] of translate.toml"));
    }
}

#[tokio::test]
async fn wrong_settings_are_named() {
    let echo = json!({ "error": { "message": format!("Incorrect API key: {KEY}\u{7}\u{1b}[0m"), "type": "invalid_request_error" } });
    let refused = fails(error(401, echo), 1, Class::Config, &["does not accept the key (401): Incorrect API key: [key]"]).await;
    assert_eq!(refused.hint.as_deref(), Some("the key comes from the variable LLM_KEY"));
    let torn: String = KEY.chars().flat_map(|character| [character, '\u{1}']).collect();
    fails(error(400, json!({ "error": torn })), 1, Class::Refused, &["400: [key]"]).await;
    let model =
        fails(error(404, json!({ "error": { "message": "model `gpt-x` not found" } })), 1, Class::Config, &["404: model `gpt-x`"]).await;
    assert!(model.hint.is_some_and(|hint| hint.contains("`base_url` of [backends.llm]")));
    let long =
        fails(error(400, json!({ "error": { "message": "x".repeat(5000), "param": "temperature" } })), 1, Class::Config, &["400: xxx"])
            .await;
    assert!(long.message.chars().count() < 400);
    fails(error(400, json!({ "error": { "message": "bad value", "param": "top_p" } })), 1, Class::Config, &["bad value (top_p)"]).await;
    let away = ResponseTemplate::new(307).insert_header("location", "https://user:pw@evil.example/v1?key=1");
    fails(away, 1, Class::Config, &["a redirect to https://evil.example/v1, which is not followed"]).await;
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let big = ResponseTemplate::new(200).set_body_bytes(vec![b' '; 33 << 20]);
    fails(big, 1, Class::Failed, &["more than 32 MiB"]).await;
}

#[tokio::test]
async fn a_trickle_ends_with_the_time_limit() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = tokio::spawn(async move {
        // It would go on for ten minutes.
        let mut written = 0;
        for _ in 0..2 {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 12000\r\n\r\n").await;
            while stream.write_all(b" ").await.is_ok() {
                written += 1;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        written
    });
    let error = backend(&format!("http://{address}"), "timeout_seconds = 0.4").translate(&request(&["a"])).await.expect_err("a trickle");
    assert_eq!(error.class, Class::Timeout, "{error}");
    assert!(error.message.contains("did not finish an answer within 0.4 s"), "{error}");
    let written = server.await.expect("two tries, both cut off");
    assert!(written < 2 * 12000, "the whole answer was read");
}

#[tokio::test]
async fn a_server_that_hangs_up_failed_at_the_request() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let _ = stream.read(&mut [0; 4096]).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n{").await;
    });
    let error = backend(&format!("http://{address}"), "").translate(&request(&["a"])).await.expect_err("half an answer");
    assert_eq!(error.class, Class::Failed, "{error}");
    assert!(error.message.contains("broke off its answer"), "{error}");
    server.await.expect("one try");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let error = backend(&format!("http://{address}/v1"), "").translate(&request(&["a"])).await.expect_err("no server");
    assert_eq!(error.class, Class::Unavailable);
    assert!(error.message.contains(&format!("cannot reach http://{address}: ")), "{error}");
    assert_eq!(error.hint.as_deref(), Some("is the server running?"));
    let error = backend("http://no-such-host.invalid", "").translate(&request(&["a"])).await.expect_err("no host");
    assert!(error.message.contains("no-such-host.invalid"), "{error}");
}

/// A proxy on another machine would see what is meant to stay on this one. The variables are those of a new process, since
/// tests share theirs.
#[test]
fn a_proxy_is_not_used_for_this_machine() {
    let mut test = std::process::Command::new(std::env::current_exe().expect("this test"));
    let name = "segments_are_asked_for_by_the_contract";
    // With the module, if the file is one of several in its binary.
    let name = module_path!().split_once("::").map_or_else(|| name.to_owned(), |(_, module)| format!("{module}::{name}"));
    test.args(["--exact", &name]).env_remove("NO_PROXY").env_remove("no_proxy");
    for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"] {
        test.env(variable, "http://127.0.0.1:9");
    }
    let output = test.output().expect("a run");
    let words = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && words.contains("1 passed"), "{words}");
}

#[test]
fn settings_that_cannot_work_are_refused_before_anything_is_sent() {
    let folder = std::env::temp_dir();
    let refused = |more: &str, key: Option<&str>| {
        let settings = toml::from_str(&format!("kind = 'openai'\nmodel = 'm'\n{more}")).expect("settings");
        let error = build("llm", &settings, key.map(SecretString::from), &folder).err().expect(more);
        assert_eq!(error.class, Class::Config);
        format!("{error} / {}", error.hint.as_deref().unwrap_or_default())
    };
    assert!(refused("", None).contains("wants a key, and there is none in the variable OPENAI_API_KEY"));
    assert!(refused("api_key_command = ['pass', 'x']", None).contains("the program `pass x`"));
    assert!(refused("base_url = 'http://127.0.0.1@evil.example'", None).contains("holds a user name or password"));
    assert!(refused("base_url = 'localhost:80'", None).contains("must begin with http"));
    assert!(refused("base_url = 'x'", None).contains("is no address"));
    let torn = refused("api_key_env = 'LLM_KEY'", Some("sk-1\nsk-2"));
    assert!(torn.contains("LLM_KEY holds something that cannot be a key") && !torn.contains("sk-"), "{torn}");
    assert!(refused("template = 'x'\nprompt_style = 'template'\nbase_url = 'http://[::1]'", None).contains("`template`"));
}
