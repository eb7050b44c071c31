//! Every format on one shared sample: what it looks like, that its readers can read it, that no text of a digest gives orders.

mod sample;

use crate::support::output::{assert_harmless, assert_readable, is_order};
use quick_xml::XmlVersion;
use quick_xml::events::Event;
use sample::{cases, crowded, reported};
use serde_json::Value;
use snapbox::{assert_data_eq, file};
use translate_digest::checks::Severity;
use translate_digest::reports::{Checkstyle, Github, Human, Json, Junit, Markdown, Rdjson, Report, Sarif};

/// Every format, with waived findings or without.
fn formats(waived: bool) -> Vec<(&'static str, Box<dyn Report>)> {
    vec![
        ("human", Box::new(Human { colour: false, waived })),
        ("json", Box::new(Json)),
        ("github", Box::new(Github::new(waived))),
        ("sarif", Box::new(Sarif)),
        ("junit", Box::new(Junit { waived, gate: Severity::Warning })),
        ("checkstyle", Box::new(Checkstyle { waived })),
        ("rdjson", Box::new(Rdjson { waived })),
        ("markdown", Box::new(Markdown::new(waived))),
    ]
}

fn sample(report: &dyn Report) -> String {
    reported(report, &cases())
}

fn json(report: &dyn Report) -> Value {
    let text = sample(report);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn people_read_snippets() {
    assert_data_eq!(sample(&Human { colour: false, waived: false }), file!["reports/human.txt": Text].raw());
    let with = sample(&Human { colour: false, waived: true });
    assert!(with.contains("= note: waived: the particle goes with 점\n"), "{with}");
}

#[test]
fn scripts_read_json() {
    assert_data_eq!(pretty(&json(&Json)), file!["reports/json.txt": Text].raw());
}

#[test]
fn github_reads_commands() {
    assert_data_eq!(sample(&Github::new(false)), file!["reports/github.txt": Text].raw());
}

#[test]
fn code_scanning_reads_sarif() {
    let mut value = json(&Sarif);
    let run = &mut value["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules").clone();
    // Checks come and go: the rules of the sample are shown, and their numbers are looked up.
    for result in run["results"].as_array_mut().expect("results") {
        let number = result.as_object_mut().and_then(|result| result.remove("ruleIndex"));
        if let Some(number) = number {
            assert_eq!(rules[usize::try_from(number.as_u64().expect("a number")).expect("small")]["id"], result["ruleId"]);
        }
    }
    let driver = &mut run["tool"]["driver"];
    driver["rules"] = rules.into_iter().filter(|rule| rule["id"] == "wrong-particle").collect();
    driver["semanticVersion"] = "VERSION".into();
    assert_data_eq!(pretty(&value), file!["reports/sarif.txt": Text].raw());
}

#[test]
fn test_viewers_read_junit() {
    assert_data_eq!(sample(&Junit { waived: false, gate: Severity::Warning }), file!["reports/junit.xml": Text].raw());
}

#[test]
fn review_tools_read_checkstyle() {
    assert_data_eq!(sample(&Checkstyle { waived: false }), file!["reports/checkstyle.xml": Text].raw());
}

#[test]
fn reviewdog_reads_rdjson() {
    assert_data_eq!(pretty(&json(&Rdjson { waived: false })), file!["reports/rdjson.txt": Text].raw());
}

#[test]
fn summaries_are_tables() {
    assert_data_eq!(sample(&Markdown::new(false)), file!["reports/markdown.txt": Text].raw());
}

#[test]
fn sarif_is_valid() {
    assert_valid(&sarif_schema(), &json(&Sarif));
    assert_valid(&sarif_schema(), &serde_json::from_str(&reported(&Sarif, &[])).expect("JSON"));
}

#[test]
fn rdjson_is_valid() {
    assert_valid(include_str!("../schemas/rdjson.json"), &json(&Rdjson { waived: true }));
    assert_valid(include_str!("../schemas/rdjson.json"), &serde_json::from_str(&reported(&Rdjson { waived: true }, &[])).expect("JSON"));
}

#[test]
fn schemas_refuse_what_is_wrong() {
    let faults = |schema: &str, text: &str| faults(schema, &serde_json::from_str(text).expect("JSON")).len();
    assert_ne!(faults(&sarif_schema(), r#"{"version":"2.1.0","runs":[{"results":[]}]}"#), 0);
    assert_ne!(faults(include_str!("../schemas/rdjson.json"), r#"{"diagnostics":[{"message":"x","severity":"error"}]}"#), 0);
}

/// Places in SARIF and reviewdog lead back to the text at fault, whatever stands before it.
#[test]
fn places_count_what_the_format_counts() {
    let (sarif, rdjson) = (json(&Sarif), json(&Rdjson { waived: true }));
    // `- 끝👩‍💻이다`: seven characters before, each of the emoji's parts one of them; 2 + 3 + 11 bytes.
    let place = |value: &Value, message: &str| value.to_string().contains(message);
    assert!(place(&sarif, "\"endColumn\":9,\"endLine\":5,\"startColumn\":7,\"startLine\":5"), "{sarif}");
    assert!(place(&rdjson, "{\"end\":{\"column\":23,\"line\":5},\"start\":{\"column\":17,\"line\":5}}"), "{rdjson}");
}

#[test]
fn xml_says_the_text_with_its_characters() {
    for (name, report) in formats(true) {
        let xml = sample(&*report);
        assert_readable(name, &xml);
        if !matches!(name, "junit" | "checkstyle") {
            continue;
        }
        let mut reader = quick_xml::Reader::from_str(&xml);
        let mut texts = Vec::new();
        loop {
            match reader.read_event().expect("XML") {
                Event::Eof => break,
                Event::Start(element) | Event::Empty(element) => {
                    let values = element.attributes().map(|attribute| attribute.expect("sound").normalized_value(XmlVersion::Implicit1_0));
                    texts.extend(values.map(|value| value.expect("a value").into_owned()));
                }
                _ => {}
            }
        }
        let hostile = texts.iter().any(|text| text.contains("\\x1b[31m]]>\\x00\\x9b2J") && text.contains("<b>&amp;\"'|`\\u{fffe}"));
        assert!(hostile && texts.iter().any(|text| text == "long\\x0d\nlines.ko.md"), "{name}: {texts:?}");
    }
}

#[test]
fn nothing_gives_orders_in_any_format() {
    for waived in [false, true] {
        for (name, report) in formats(waived) {
            let own: &[&str] =
                if name == "github" { &["error file=", "warning file=", "notice file=", "group::", "endgroup::"] } else { &[] };
            assert_harmless(name, &sample(&*report), own);
        }
    }
}

#[test]
fn what_is_beyond_the_limits_of_github_is_told_in_a_line() {
    let files = [crowded("b.ko.md", 8), crowded("a.ko.md", 6)];
    let text = reported(&Github::new(false), &files);
    let count = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!((count("::error "), count("::warning "), count("::notice ")), (10, 0, 10));
    assert_eq!((count("::group::"), count("::endgroup::")), (2, 2));
    assert!(text.contains("\n… 8 more are in the log above: "), "{text}");
    let first = text.lines().position(|line| line.starts_with("::notice ")).expect("a notice");
    assert!(text.lines().skip(first).all(|line| !line.starts_with("::error ")), "the gravest first:\n{text}");
    // All findings are in the log.
    assert_eq!(text.lines().filter(|line| line.contains(" error[wrong-particle] ")).count(), 14);
    let again = reported(&Github::new(false), &[crowded("a.ko.md", 6), crowded("b.ko.md", 8)]);
    let commands = |text: &str| text.lines().filter(|line| line.starts_with("::error ")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(commands(&text), commands(&again), "whichever file comes first");
}

#[test]
fn summaries_stay_small() {
    let text = reported(&Markdown::new(false), &[crowded("a.ko.md", 400)]);
    assert!(text.contains("\n… 600 more in the log of the job\n") && text.len() < 100_000, "{text}");
}

#[test]
fn waived_findings_are_left_out_unless_they_are_asked_for() {
    for ((name, without), (_, with)) in formats(false).into_iter().zip(formats(true)) {
        let (without, with) = (sample(&*without), sample(&*with));
        let told = |text: &str| text.contains("the particle goes with");
        let always = matches!(name, "json" | "sarif");
        assert_eq!((told(&without), told(&with)), (always, true), "{name}");
    }
    let value = json(&Json);
    assert_eq!(value["summary"], serde_json::json!({ "error": 3, "warning": 2, "hint": 1, "waived": 2 }));
    assert_eq!(value["findings"][2]["waived"], "the particle goes with 점");
    assert_eq!(value["findings"][0]["waived"], Value::Null);
}

#[test]
fn formats_say_something_valid_of_nothing() {
    for (name, report) in formats(false) {
        let text = reported(&*report, &[]);
        assert!(!text.is_empty() && text.ends_with('\n'), "{name}");
        assert_readable(name, &text);
    }
}

fn pretty(value: &Value) -> String {
    // Escaped as in the output itself, for the sake of who looks at the snapshot.
    let text = serde_json::to_string_pretty(value).expect("JSON");
    let shown = |c: char| if c != '\n' && is_order(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    text.chars().map(shown).collect::<String>() + "\n"
}

/// The schema with the one pattern put right that is no regular expression, as the errata of the standard have it.
fn sarif_schema() -> String {
    let (wrong, right) = ("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    include_str!("../schemas/sarif-2.1.0.json").replace(wrong, right)
}

fn faults(schema: &str, value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(schema).expect("a schema");
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a sound schema");
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[track_caller]
fn assert_valid(schema: &str, value: &Value) {
    let faults = faults(schema, value);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
