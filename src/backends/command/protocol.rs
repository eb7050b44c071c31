//! The JSON lines protocol, version 1: what is said, without who says it when.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::backends::quote::{clean, one_line};
use crate::backends::{BackendError, Class, Request, Text};

/// What a plugin can do, from its hello.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Caps {
    /// More than one segment in a request.
    pub batch: bool,
    /// Reads `glossary`.
    pub glossary: bool,
}

/// Reads the first line of a plugin.
pub(super) fn hello(line: &[u8]) -> Result<Caps, BackendError> {
    #[derive(Deserialize)]
    struct Hello {
        v: Vec<Value>,
        #[serde(default)]
        caps: Vec<String>,
    }
    let wrong = |message: String| BackendError::new(Class::Config, message).hint(NOT_A_PLUGIN);
    let hello: Hello = serde_json::from_slice(line).map_err(|_| wrong(format!("did not say hello, but: {}", quoted(line))))?;
    if !hello.v.contains(&Value::from(1)) {
        let versions: Vec<_> = hello.v.iter().take(8).map(|version| clean(&version.to_string(), 20)).collect();
        return Err(BackendError::new(Class::Config, format!("speaks version {} of the protocol, not 1", versions.join(", ")))
            .hint("is there another version of the plugin, or of translate?"));
    }
    let has = |name: &str| hello.caps.iter().any(|cap| cap == name);
    Ok(Caps { batch: has("batch"), glossary: has("glossary") })
}

/// What to do about a program that does not say hello.
pub(super) const NOT_A_PLUGIN: &str = "a program that reads text and writes text needs mode = \"filter\"";

/// The line that asks for `segments` of `request`.
pub(super) fn question(id: u64, request: &Request, segments: &[Text], caps: Caps) -> Vec<u8> {
    #[derive(Serialize)]
    struct Question<'a> {
        v: u8,
        id: u64,
        english: &'a str,
        korean: &'a str,
        segments: Vec<Segment<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        glossary: Option<Vec<Term<'a>>>,
        context: &'a str,
    }
    #[derive(Serialize)]
    struct Segment<'a> {
        id: &'a str,
        text: &'a str,
    }
    #[derive(Serialize)]
    struct Term<'a> {
        english: &'a str,
        korean: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<&'a str>,
    }
    // The protocol has one place for what is not text to translate.
    let context = match &request.note {
        Some(note) => format!("{}\nThe reviewer says of the last translation: {note}", request.context),
        None => request.context.clone(),
    };
    let question = Question {
        v: 1,
        id,
        english: "en",
        korean: "ko",
        segments: segments.iter().map(|segment| Segment { id: &segment.id, text: &segment.text }).collect(),
        glossary: caps.glossary.then(|| {
            let terms = request.glossary.iter();
            terms.map(|term| Term { english: &term.english, korean: &term.korean, note: term.note.as_deref() }).collect()
        }),
        context: &context,
    };
    let mut line = serde_json::to_vec(&question).unwrap_or_default();
    line.push(b'\n');
    line
}

/// A plugin's answer to the request with this id.
#[derive(Debug)]
pub(super) struct Answer {
    pub id: u64,
    pub result: Result<Vec<Text>, Refusal>,
}

/// Why a plugin did not translate.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub error: BackendError,
    /// For an error of class `Slow`: how long to wait, where the plugin says so.
    pub wait: Option<Duration>,
}

/// Reads a line after the hello; none where it is not one of the protocol.
pub(super) fn answer(line: &[u8]) -> Option<Answer> {
    let value: Value = serde_json::from_slice(line).ok()?;
    let id = value.get("id")?.as_u64()?;
    let result = match (value.get("ok"), value.get("err")) {
        (Some(ok), None) => segments(ok),
        (None, Some(err)) => Err(refusal(err)),
        _ => Err(bad("gave an answer with neither `ok` nor `err`, or with both")),
    };
    Some(Answer { id, result })
}

/// A line that is not of the protocol, safe to show.
pub(super) fn quoted(line: &[u8]) -> String {
    // Lossy and cut before it is cleaned: the line may be megabytes of anything.
    let start = &line[..line.len().min(1000)];
    match clean(&String::from_utf8_lossy(start), 80) {
        shown if shown.is_empty() => "(an empty line)".to_owned(),
        shown => shown,
    }
}

fn segments(ok: &Value) -> Result<Vec<Text>, Refusal> {
    #[derive(Deserialize)]
    struct Ok {
        segments: Vec<Segment>,
    }
    #[derive(Deserialize)]
    struct Segment {
        id: String,
        text: String,
    }
    let ok = Ok::deserialize(ok).map_err(|error| bad(format!("gave segments that cannot be read: {}", clean(&error.to_string(), 80))))?;
    Result::Ok(ok.segments.into_iter().map(|segment| Text { id: segment.id, text: one_line(&segment.text).into_owned() }).collect())
}

fn refusal(err: &Value) -> Refusal {
    let text = |name: &str| err.get(name).and_then(Value::as_str).unwrap_or_default();
    let (class, what) = match text("kind") {
        "rate-limited" => (Class::Slow, "asks to slow down"),
        "quota" => (Class::Quota, "has nothing left to spend"),
        "too-large" => (Class::TooBig, "says that the request is too large"),
        "unsupported" => (Class::Config, "does not support this"),
        _ => (Class::BadOutput, "failed"),
    };
    let message = clean(text("message"), 300);
    let message = if message.is_empty() { what.to_owned() } else { format!("{what}: {message}") };
    let wait = err.get("retry_after_ms").and_then(Value::as_u64).filter(|wait| *wait > 0).map(Duration::from_millis);
    Refusal { error: BackendError::new(class, message), wait }
}

fn bad(message: impl Into<String>) -> Refusal {
    Refusal { error: BackendError::new(Class::BadOutput, message), wait: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hello_is_checked() {
        assert_eq!(
            hello(br#"{"v":[2,1],"name":"x","caps":["batch","new"],"more":1}"#).expect("hello"),
            Caps { batch: true, glossary: false }
        );
        let error = |line: &str| hello(line.as_bytes()).expect_err(line).message;
        assert_eq!(error(r#"{"v":[2,"3"]}"#), "speaks version 2, \"3\" of the protocol, not 1");
        assert_eq!(error("Loading\u{1b}[1m model"), "did not say hello, but: Loading[1m model");
        assert_eq!(error(r#"{"v":1}"#), r#"did not say hello, but: {"v":1}"#);
        assert_eq!(error(""), "did not say hello, but: (an empty line)");
    }

    #[test]
    fn a_question_is_one_line_of_the_contract() {
        let request = Request { context: "News".into(), ..Request::default() };
        let segments = [Text { id: "a".into(), text: "1\n2".into() }];
        let line = |caps| String::from_utf8(question(7, &request, &segments, caps)).expect("UTF-8");
        let start = r#"{"v":1,"id":7,"english":"en","korean":"ko","segments":[{"id":"a","text":"1\n2"}],"#;
        assert_eq!(line(Caps::default()), format!("{start}\"context\":\"News\"}}\n"));
        assert_eq!(line(Caps { batch: true, glossary: true }), format!("{start}\"glossary\":[],\"context\":\"News\"}}\n"));
    }

    #[test]
    fn refusals_have_classes() {
        let class = |kind: &str| {
            let line = format!(r#"{{"id":1,"err":{{"kind":"{kind}","message":"m\u001b\n","retry_after_ms":20}}}}"#);
            let refusal = answer(line.as_bytes()).expect("an answer").result.expect_err("a refusal");
            (refusal.error.class, refusal.error.message, refusal.wait)
        };
        let wait = Some(Duration::from_millis(20));
        assert_eq!(class("rate-limited"), (Class::Slow, "asks to slow down: m".into(), wait));
        assert_eq!(class("quota").0, Class::Quota);
        assert_eq!(class("too-large").0, Class::TooBig);
        assert_eq!(class("unsupported").0, Class::Config);
        assert_eq!(class("whatever").0, Class::BadOutput);
        assert!(answer(br#"{"id":1}"#).expect("an answer").result.is_err());
        assert!(answer(br#"{"id":1,"ok":{"segments":[{"id":1}]}}"#).expect("an answer").result.is_err());
        for junk in ["", "x", "[]", "{}", r#"{"id":"1","ok":{}}"#, r#"{"id":-1}"#] {
            assert!(answer(junk.as_bytes()).is_none(), "{junk}");
        }
    }
}
