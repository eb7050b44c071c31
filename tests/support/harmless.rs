//! What no output may hold: orders to terminals and to the runners of CI.

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
