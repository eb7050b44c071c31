//! What readers of any output rely on: no orders to terminals and to the runners of CI, and JSON and XML that can be read.

use quick_xml::events::Event;

/// What a terminal obeys, or what turns or ends a line unseen.
pub fn is_order(c: char) -> bool {
    c.is_control() || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Fails where a text holds an order, but for line ends and for commands to GitHub's runner that begin with one of `own`.
#[track_caller]
pub fn assert_harmless(what: &str, text: &str, own: &[&str]) {
    let order = text.chars().find(|&c| c != '\n' && is_order(c));
    assert_eq!(order, None, "{what}: {text:?}");
    for line in text.lines() {
        let command = line.trim_start().strip_prefix("::");
        assert!(command.is_none_or(|command| own.iter().any(|own| command.starts_with(own))), "{what}: {line}");
        assert!(!line.contains("##[") && !line.contains("##vso["), "{what}: {line}");
    }
}

/// Fails where the text is not what its format says: one JSON value, or well-formed XML with one root.
#[track_caller]
pub fn assert_readable(format: &str, text: &str) {
    match format {
        "json" | "sarif" | "rdjson" => {
            let value: Result<serde_json::Value, _> = serde_json::from_str(text);
            value.unwrap_or_else(|error| panic!("{format}: {error}: {text}"));
        }
        "junit" | "checkstyle" => {
            let mut reader = quick_xml::Reader::from_str(text);
            let (mut depth, mut roots) = (0, 0);
            loop {
                let event = reader.read_event().unwrap_or_else(|error| panic!("{format}: {error}: {text}"));
                if let Event::Start(element) | Event::Empty(element) = &event {
                    roots += usize::from(depth == 0);
                    element.attributes().for_each(|attribute| assert!(attribute.is_ok(), "{format}: {attribute:?}: {text}"));
                }
                match event {
                    Event::Start(_) => depth += 1,
                    Event::End(_) => depth -= 1,
                    Event::Eof => break,
                    _ => {}
                }
            }
            assert_eq!((depth, roots), (0, 1), "{format}: {text}");
        }
        _ => {}
    }
}
