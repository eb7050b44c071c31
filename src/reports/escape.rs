//! Text from files and programs on its way to a terminal: control characters are shown, never sent.

use std::borrow::Cow;

pub use crate::review::visible::visible;
pub(super) use crate::review::visible::{is_hidden, push_escaped};

/// The text on one line: line ends and tabs are made visible too, and nothing in it is an order to a CI runner, as long as something
/// else stands before it.
pub(super) fn line(text: &str) -> String {
    let is_bad = |c: char| is_hidden(c) || c.is_control() || is_noncharacter(c);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_bad(c) { push_escaped(&mut out, c) } else { out.push(c) }
    }
    without_commands(Cow::Owned(out)).into_owned()
}

/// The same lines, none of which a CI runner takes for an order: GitHub obeys `::name::` at the beginning of a line, after blanks too, and
/// `##[name]` anywhere in it; Azure `##vso[`.
pub fn without_commands(text: Cow<'_, str>) -> Cow<'_, str> {
    let begins = |line: &str| line.trim_start().starts_with("::");
    let holds = |line: &str| line.contains("##[") || line.contains("##vso[");
    if !holds(&text) && !text.split(['\n', '\r']).any(begins) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for line in text.split_inclusive(['\n', '\r']) {
        let line = line.replace("##[", "#\\x23[").replace("##vso[", "#\\x23vso[");
        out.push_str(&if begins(&line) { line.replacen("::", "\\x3a:", 1) } else { line });
    }
    Cow::Owned(out)
}

/// JSON without characters that a terminal would obey, and without orders to a CI runner: the format itself escapes only some of them. They
/// can stand in strings alone, where `\uXXXX` is the same character.
pub(super) fn json(json: String) -> String {
    let obeyed = |c: char| is_hidden(c) || c.is_control();
    let json = if json.contains(obeyed) {
        let shown = |c: char| if obeyed(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
        json.chars().map(shown).collect()
    } else {
        json
    };
    if json.contains("##") { json.replace("##", "#\\u0023") } else { json }
}

/// The text as XML may hold it: what no XML can say, and what a terminal would obey, is made visible. Escaping `<` and `&` is left to the writer.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let is_bad = is_hidden(c) || is_noncharacter(c);
        if is_bad { push_escaped(&mut out, c) } else { out.push(c) }
    }
    without_commands(Cow::Owned(out)).into_owned()
}

fn is_noncharacter(c: char) -> bool {
    matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff) || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_an_order_to_a_runner() {
        let safe = |text: &str| without_commands(Cow::Borrowed(text)).into_owned();
        assert_eq!(safe("::error::x\n \u{3000}::set-env::\r::a"), "\\x3a:error::x\n \u{3000}\\x3a:set-env::\r\\x3a:a");
        assert_eq!(safe("a ##[error]b ##vso[task]"), "a #\\x23[error]b #\\x23vso[task]");
        assert_eq!(safe("std::fmt, # a [b]: ## c"), "std::fmt, # a [b]: ## c");
        assert_eq!(line("a\n::b\tc\r\u{ffff}##[x]"), "a\\x0a::b\\x09c\\x0d\\u{ffff}#\\x23[x]");
        assert_eq!(json("\"##[x]\u{85}\"".to_owned()), "\"#\\u0023[x]\\u0085\"");
        assert_eq!(xml("<\u{0}\u{fffe}\n😀>"), "<\\x00\\u{fffe}\n😀>");
    }
}
