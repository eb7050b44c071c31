//! What a chat completion says, or what an error body means.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use crate::backends::http::Fault;
use crate::backends::paired::{paired, with_blanks_of};
use crate::backends::quote::one_line;
use crate::backends::{BackendError, Class, Text};

#[derive(Deserialize)]
struct Completion {
    #[serde(default)]
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
    refusal: Option<String>,
}

/// The text that the model wrote, if it came to a clean end.
pub(super) fn content(answer: &[u8]) -> Result<String, BackendError> {
    let bad = |message: String| BackendError::new(Class::BadOutput, message);
    let failed = |message: String| BackendError::new(Class::Failed, message);
    if answer.trim_ascii().is_empty() {
        return Err(failed("gave an empty answer".to_owned()));
    }
    if answer.trim_ascii_start().starts_with(b"<") {
        return Err(failed("gave a web page instead of a chat completion".to_owned()));
    }
    let completion: Completion =
        serde_json::from_slice(answer).map_err(|error| failed(format!("gave an answer that is not a chat completion: {error}")))?;
    let Some(choice) = completion.choices.into_iter().next() else {
        // Some gateways send the error of the server behind them as a success.
        let fault = read_fault(200, answer);
        let words = fault.words.unwrap_or_else(|| "no choice in the answer".to_owned());
        return Err(BackendError::new(fault.class.unwrap_or(Class::Failed), format!("gave no text: {words}")));
    };
    if let Some(refusal) = choice.message.refusal.filter(|refusal| !refusal.is_empty()) {
        return Err(bad(format!("refused: {refusal}")));
    }
    match choice.finish_reason.as_deref() {
        Some("length") => {
            return Err(BackendError::new(Class::TooBig, "stopped in the middle of the answer (finish_reason is length)")
                .hint("lower `batch`, raise `max_tokens`, or give the server a longer context"));
        }
        Some("content_filter") => return Err(bad("refused (finish_reason is content_filter)".to_owned())),
        _ => {}
    }
    choice.message.content.filter(|content| !content.trim().is_empty()).ok_or_else(|| bad("gave an empty answer".to_owned()))
}

/// The translations in an answer of `prompt_style = "json"`, each id of `asked` exactly once.
pub(super) fn segments(content: &str, asked: &[Text]) -> Result<Vec<Text>, BackendError> {
    let content = without_thoughts(content);
    let value = parsed(content).ok_or_else(|| {
        BackendError::new(Class::BadOutput, format!("gave no JSON: {}", content.chars().take(80).collect::<String>())).hint(
            "`structured` says how the server is asked for JSON; a model tuned on translation alone needs `prompt_style = \"template\"`",
        )
    })?;
    let list = value.get("segments").unwrap_or(&value).as_array().map(Vec::as_slice).unwrap_or_default();
    let answers = list.iter().filter_map(|segment| {
        // Models like to turn an id such as "7" into the number.
        let id = match segment.get("id")? {
            Value::String(id) => id.clone(),
            Value::Number(id) => id.to_string(),
            _ => return None,
        };
        Some(Text { id, text: one_line(segment.get("text")?.as_str()?).into_owned() })
    });
    let answers = paired(answers.collect(), asked)?;
    let english: HashMap<_, _> = asked.iter().map(|text| (text.id.as_str(), text.text.as_str())).collect();
    let framed = |answer: Text| Text { text: with_blanks_of(english.get(answer.id.as_str()).unwrap_or(&""), &answer.text), ..answer };
    Ok(answers.into_iter().map(framed).collect())
}

/// The translation in an answer of `prompt_style = "template"`. Models end it with blanks or line breaks of their own.
pub(super) fn plain(content: &str, english: &str) -> Result<String, BackendError> {
    let text = without_thoughts(content);
    if text.is_empty() && !english.trim().is_empty() {
        return Err(BackendError::new(Class::BadOutput, "gave an empty answer"));
    }
    Ok(with_blanks_of(english, &one_line(text)))
}

/// The server's words in an error body, and the classes that hide behind a status.
pub(super) fn read_fault(status: u16, body: &[u8]) -> Fault {
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        let text = String::from_utf8_lossy(body);
        // A page of some proxy says less than its status.
        let words = Some(text.trim()).filter(|text| !text.is_empty() && !text.starts_with('<'));
        return Fault { words: words.map(str::to_owned), ..Fault::default() };
    };
    // Google's gateway puts the object into an array.
    let value = value.get(0).unwrap_or(&value);
    let error = value.get("error").filter(|error| !error.is_null()).unwrap_or(value);
    let field = |name: &str| error.get(name).and_then(Value::as_str);
    let words = error.as_str().or(field("message")).or(field("detail"));
    let names = [field("type"), field("code"), field("status")];
    let named = |parts: &[&str]| names.iter().flatten().any(|name| parts.iter().any(|part| name.contains(part)));
    let class = if named(&["insufficient_quota", "billing", "credit_balance", "spend_limit"]) {
        Some(Class::Quota)
    } else if named(&["exceed_context_size", "context_length_exceeded", "string_above_max_length"])
        || words.is_some_and(|words| ["maximum context length", "Request too large"].iter().any(|part| words.contains(part)))
    {
        Some(Class::TooBig)
    } else if named(&["content_filter", "content_policy"]) {
        Some(Class::BadOutput)
    } else if status == 400 && is_about_settings(field("param"), field("code")) {
        Some(Class::Config)
    } else {
        None
    };
    let words = match (words, field("param")) {
        (Some(words), Some(param)) if !words.contains(param) => Some(format!("{words} ({param})")),
        (words, _) => words.map(str::to_owned),
    };
    Fault { words, class, needs_key: false }
}

/// Whether an error names a field of the request that holds no text of ours, or the model: it comes back for every text.
fn is_about_settings(param: Option<&str>, code: Option<&str>) -> bool {
    param.is_some_and(|param| !param.is_empty() && !param.starts_with("messages"))
        || code.is_some_and(|code| code.starts_with("unsupported_") || code == "model_not_found" || code == "unknown_parameter")
}

/// What follows the reasoning that some local servers leave in the answer.
fn without_thoughts(content: &str) -> &str {
    let content = content.trim();
    match content.strip_prefix("<think>").and_then(|thoughts| thoughts.split_once("</think>")) {
        Some((_, answer)) => answer.trim(),
        None => content,
    }
}

/// JSON, bare, in a code fence, or with words around it.
fn parsed(content: &str) -> Option<Value> {
    let whole = serde_json::from_str(content).ok();
    whole.or_else(|| {
        let (start, end) = (content.find(['{', '['])?, content.rfind(['}', ']'])?);
        serde_json::from_str(content.get(start..=end)?).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(ids: &[&str]) -> Vec<Text> {
        ids.iter().map(|id| Text { id: (*id).to_owned(), text: "x".to_owned() }).collect()
    }

    fn texts(content: &str, ids: &[&str]) -> Result<Vec<String>, String> {
        let answers = segments(content, &asked(ids)).map_err(|error| error.message)?;
        Ok(answers.into_iter().map(|text| format!("{}={}", text.id, text.text)).collect())
    }

    #[test]
    fn json_is_found_in_every_wrapping() {
        let json = r#"{"segments":[{"id":"b","text":"나"},{"id":1,"text":"가\n다","note":"x"}]}"#;
        for content in [
            json.to_owned(),
            format!("```json\n{json}\n```"),
            format!("\n\n```\n{json}```  "),
            format!("<think>{{}}</think>\nHere you are:\n{json}"),
            r#"[{"id":"b","text":"나"},{"id":1,"text":"가\n다"}]"#.to_owned(),
        ] {
            assert_eq!(texts(&content, &["1", "b"]), Ok(vec!["b=나".to_owned(), "1=가 다".to_owned()]), "{content}");
        }
    }

    #[test]
    fn what_is_not_the_asked_set_is_refused() {
        for (content, words) in [
            ("안녕", "gave no JSON: 안녕"),
            (r#"{"segments":[]}"#, "left out `a`"),
            (r#"{"segments":[{"id":"a","text":"x"},{"id":"a","text":"y"}]}"#, "answered `a` twice"),
            (r#"{"segments":[{"id":"z","text":"x"}]}"#, "answered `z`, which was not asked"),
            (r#"{"segments":[{"id":"a","text":null}]}"#, "left out `a`"),
            (r#"{"segments":[{"id":"a","text":"x""#, "gave no JSON"),
        ] {
            let error = texts(content, &["a"]).expect_err(content);
            assert!(error.contains(words), "{content}: {error}");
        }
    }

    #[test]
    fn blanks_around_a_template_answer_are_those_of_the_english() {
        assert_eq!(plain("\n안녕 \n", " Hi").expect("text"), " 안녕");
        assert_eq!(plain("<think>\nhm\n</think>\n\n안녕\n하세요", "Hi").expect("text"), "안녕 하세요");
        assert!(plain("<think>x</think>", "Hi").is_err());
    }
}
