//! Words of others, made safe to show: no control characters, no endless lines.

use std::borrow::Cow;

use crate::text::is_invisible;

/// `text` on one line, without anything that could steer a terminal, cut after `limit` characters.
pub(super) fn clean(text: &str, limit: usize) -> String {
    let mut shown = String::new();
    let mut length = 0;
    for character in text.chars() {
        let character = if character.is_whitespace() { ' ' } else { character };
        if is_invisible(character) || (character == ' ' && (shown.is_empty() || shown.ends_with(' '))) {
            continue;
        }
        if length == limit {
            shown.push('…');
            break;
        }
        shown.push(character);
        length += 1;
    }
    shown.trim_end().to_owned()
}

/// `text` with each run of line breaks made one blank: a segment is one line.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split(['\n', '\r']).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_codes_and_line_breaks_are_gone() {
        assert_eq!(clean(" a\u{1b}[31mred\r\n\tb\u{202e}c\u{7} ", 80), "a[31mred bc");
        assert_eq!(clean("가나다라", 2), "가나…");
        assert_eq!(clean("가나", 2), "가나");
        assert_eq!(clean("", 2), "");
    }

    #[test]
    fn line_breaks_become_one_blank() {
        assert_eq!(one_line("가  나"), "가  나");
        assert_eq!(one_line("가\r\n\n나\n"), "가 나");
    }
}
