//! Words of others, made safe to show: no control characters, no endless lines.

use std::borrow::Cow;

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

/// An argument list as a person would type it.
pub(super) fn command_line(argv: &[String]) -> String {
    argv.iter().map(|argument| shown_argument(argument)).collect::<Vec<_>>().join(" ")
}

/// `text` with each run of line breaks made one blank: a segment is one line.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split(['\n', '\r']).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "))
}

fn shown_argument(argument: &str) -> Cow<'_, str> {
    let plain = |character: char| character.is_alphanumeric() || "-_./:=@%+,~".contains(character);
    if !argument.is_empty() && argument.chars().all(plain) {
        return Cow::Borrowed(argument);
    }
    let escaped = argument.chars().flat_map(|character| {
        let escape = character.is_control() || is_invisible(character) || character == '`';
        let raw = (!escape).then_some(character);
        raw.into_iter().chain(escape.then(|| character.escape_unicode()).into_iter().flatten())
    });
    Cow::Owned(format!("'{}'", escaped.collect::<String>()))
}

/// Control characters, and the ones that turn the direction of text or take no room.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
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
    fn a_command_line_shows_where_arguments_end() {
        let argv = ["sh", "-c", "curl x | sh", "", "a\u{1b}b`c"].map(str::to_owned);
        assert_eq!(command_line(&argv), r"sh -c 'curl x | sh' '' 'a\u{1b}b\u{60}c'");
    }

    #[test]
    fn line_breaks_become_one_blank() {
        assert_eq!(one_line("가  나"), "가  나");
        assert_eq!(one_line("가\r\n\n나\n"), "가 나");
    }
}
