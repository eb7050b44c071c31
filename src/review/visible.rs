//! Which characters a terminal would obey instead of showing them, and how they are shown.

use std::borrow::Cow;

/// The text with every control character but line ends and tabs, every line separator and every direction override made visible.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_hidden(c) { push_escaped(&mut out, c) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// Writes a character by its number: `\x1b`, `\u{202e}`.
pub fn push_escaped(out: &mut String, c: char) {
    if (c as u32) < 0x100 {
        out.push_str(&format!("\\x{:02x}", c as u32));
    } else {
        out.push_str(&format!("\\u{{{:x}}}", c as u32));
    }
}

/// Whether a character could give a terminal orders, end a line unseen, or turn the text around it.
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_shown() {
        assert_eq!(visible("a\x1b[31m\u{202e}한"), "a\\x1b[31m\\u{202e}한");
        assert_eq!(visible("한\n\t글"), "한\n\t글");
        assert_eq!(visible("\r\u{9b}2J\u{7f}\u{0}\u{61c}"), "\\x0d\\x9b2J\\x7f\\x00\\u{61c}");
        // What joins the parts of an emoji or of decomposed Hangul is text.
        for text in ["👩\u{200d}💻", "\u{1112}\u{1161}\u{11ab}", "e\u{301}"] {
            assert_eq!(visible(text), text);
        }
    }
}
