//! HTML entities as they are written: whole, escaped once more, or torn by a machine.

use memchr::memchr;

use crate::span::Span;

/// An entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// The character that it stands for.
    pub character: char,
    /// How many `amp;` stand before its name: `&amp;quot;` has one.
    pub escapes: usize,
}

impl Entity {
    /// Its bytes.
    pub fn span(&self) -> Span {
        self.start..self.end
    }
}

/// The common names of HTML 4 and what they stand for, those that machines write first; `#…` is read as a number.
#[rustfmt::skip]
const NAMES: &[(&str, char)] = &[
    ("quot", '"'), ("apos", '\''), ("amp", '&'), ("lt", '<'), ("gt", '>'), ("nbsp", '\u{a0}'),
    ("hellip", '…'), ("mdash", '—'), ("ndash", '–'), ("lsquo", '‘'), ("rsquo", '’'), ("ldquo", '“'), ("rdquo", '”'), ("sbquo", '‚'),
    ("bdquo", '„'), ("laquo", '«'), ("raquo", '»'), ("lsaquo", '‹'), ("rsaquo", '›'), ("middot", '·'), ("bull", '•'), ("times", '×'),
    ("divide", '÷'), ("plusmn", '±'), ("minus", '−'), ("deg", '°'), ("micro", 'µ'), ("para", '¶'), ("sect", '§'), ("copy", '©'),
    ("reg", '®'), ("trade", '™'), ("euro", '€'), ("pound", '£'), ("yen", '¥'), ("cent", '¢'), ("frac12", '½'), ("frac14", '¼'),
    ("rarr", '→'), ("larr", '←'), ("uarr", '↑'), ("darr", '↓'), ("harr", '↔'), ("infin", '∞'), ("ne", '≠'), ("le", '≤'), ("ge", '≥'),
    ("szlig", 'ß'), ("agrave", 'à'), ("aacute", 'á'), ("acirc", 'â'), ("atilde", 'ã'), ("auml", 'ä'), ("aring", 'å'), ("aelig", 'æ'),
    ("ccedil", 'ç'), ("egrave", 'è'), ("eacute", 'é'), ("ecirc", 'ê'), ("euml", 'ë'), ("igrave", 'ì'), ("iacute", 'í'), ("icirc", 'î'),
    ("iuml", 'ï'), ("ntilde", 'ñ'), ("ograve", 'ò'), ("oacute", 'ó'), ("ocirc", 'ô'), ("otilde", 'õ'), ("ouml", 'ö'), ("oslash", 'ø'),
    ("ugrave", 'ù'), ("uacute", 'ú'), ("ucirc", 'û'), ("uuml", 'ü'), ("yacute", 'ý'), ("yuml", 'ÿ'),
    ("zwnj", '\u{200c}'), ("zwj", '\u{200d}'), ("shy", '\u{ad}'), ("ensp", '\u{2002}'), ("emsp", '\u{2003}'), ("thinsp", '\u{2009}'),
];

/// No name is longer, blanks aside.
const LONGEST: usize = 24;

/// The entities in some bytes of `text`, in order. `&quot;` and `&amp;quot;` are found, and `& quot ;` and `& # 39;`, as machines tear them.
pub fn entities(text: &str, span: Span) -> impl Iterator<Item = Entity> {
    let mut at = span.start;
    std::iter::from_fn(move || {
        while let Some(step) = memchr(b'&', &text.as_bytes()[at..span.end]) {
            at += step;
            if let Some(found) = entity(&text[..span.end], at) {
                at = found.end;
                return Some(found);
            }
            at += 1;
        }
        None
    })
}

fn entity(text: &str, start: usize) -> Option<Entity> {
    let mut at = start + 1;
    let mut escapes = 0;
    let mut found = None;
    // `&amp;amp;quot;`: each `amp;` may be the whole or the beginning.
    while let Some((name, next, is_torn)) = name(text, at) {
        let Some(character) = read(name, is_torn) else { break };
        escapes += usize::from(found.is_some());
        found = Some(Entity { start, end: next, character, escapes });
        if character != '&' {
            break;
        }
        at = next;
    }
    found
}

/// The name that begins at `at`, the byte after its `;`, and whether blanks stand in it.
fn name(text: &str, at: usize) -> Option<(&str, usize, bool)> {
    let bytes = text.as_bytes();
    let blanks = |at: usize| at + bytes[at..].iter().take(2).take_while(|b| **b == b' ').count();
    let start = blanks(at);
    let mut from = start;
    if bytes.get(from) == Some(&b'#') {
        from = blanks(from + 1);
    }
    let length = bytes[from..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    let end = from + length;
    let close = blanks(end);
    if length == 0 || bytes.get(close) != Some(&b';') {
        return None;
    }
    let is_torn = start > at || close > end || (bytes[start] == b'#' && from > start + 1);
    Some((&text[start..end], close + 1, is_torn))
}

/// The character of a name; a torn one must be of the few that machines write.
fn read(name: &str, is_torn: bool) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let number = number.trim_start();
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return code.ok().filter(|code| *code > 0).and_then(char::from_u32);
    }
    let core = &NAMES[..6];
    let known = if is_torn { core } else { NAMES };
    let exact = known.iter().find(|(known, _)| *known == name);
    exact.or_else(|| core.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))).map(|(_, c)| *c)
}

/// The text with its entities read as the characters they stand for.
pub(crate) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for entity in entities(text, 0..text.len()) {
        out.push_str(&text[at..entity.start]);
        out.push(entity.character);
        at = entity.end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_found(text: &str, expected: &[(&str, char, usize)]) {
        let found: Vec<_> = entities(text, 0..text.len()).map(|e| (&text[e.span()], e.character, e.escapes)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn entities_are_found_whole_doubled_and_torn() {
        assert_found("&quot;가&quot;", &[("&quot;", '"', 0), ("&quot;", '"', 0)]);
        assert_found("a &amp; b", &[("&amp;", '&', 0)]);
        assert_found("&amp;quot;", &[("&amp;quot;", '"', 1)]);
        assert_found("&amp;amp;#39;", &[("&amp;amp;#39;", '\'', 2)]);
        assert_found("&amp;가;", &[("&amp;", '&', 0)]);
        assert_found("& quot; & # 39 ; &# x27;", &[("& quot;", '"', 0), ("& # 39 ;", '\'', 0), ("&# x27;", '\'', 0)]);
    }

    #[test]
    fn other_ampersands_are_none() {
        for text in ["R&D;", "Q & A; x", "A & B", "a&b", "&;", "&#;", "&", "& x ;", "&가;"] {
            assert_found(text, &[]);
        }
        assert_found("&#0; &#xD800;", &[]);
    }
}
