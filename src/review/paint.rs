//! A line as a terminal takes it: colours, and with them always something that is no colour.

use super::visible::visible;
use super::wrap::{Line, Style};

/// The line as text, without its line end; with `colour` with orders to the terminal, which are the only ones in it.
pub fn paint(line: &Line, colour: bool) -> String {
    let mut out = String::new();
    for span in line {
        let text = visible(&span.text);
        match order(span.style).filter(|_| colour && !text.is_empty()) {
            Some(order) => out.push_str(&format!("\x1b[{order}m{text}\x1b[0m")),
            None => out.push_str(&text),
        }
    }
    out
}

/// The parameters of SGR: 1 bold, 2 faint, 4 underlined, 9 struck through, 30 to 36 colours.
fn order(style: Style) -> Option<&'static str> {
    match style {
        Style::Plain => None,
        Style::Strong | Style::Key => Some("1"),
        Style::Faint => Some("2"),
        Style::Delete => Some("31;9"),
        Style::Insert => Some("32;4"),
        Style::Error => Some("31;1"),
        Style::Warning => Some("33;1"),
        Style::Hint => Some("36"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::wrap::Span;
    use super::*;

    #[test]
    fn what_changed_is_more_than_coloured() {
        let line = vec![Span::new(Style::Plain, "모델"), Span::new(Style::Delete, "은"), Span::new(Style::Insert, "\x1b[0m이")];
        assert_eq!(paint(&line, true), "모델\x1b[31;9m은\x1b[0m\x1b[32;4m\\x1b[0m이\x1b[0m");
        assert_eq!(paint(&line, false), "모델은\\x1b[0m이");
    }
}
