//! The words of an English text that a term may be made of; code, addresses and identifiers are none.

use crate::span::Span;

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// Blanks.
    Blank,
    /// A hyphen.
    Hyphen,
    /// A possessive ending and blanks: Moore's law.
    Possessive,
    /// Anything that ends a phrase.
    Break,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    pub start: usize,
    pub joint: Joint,
    /// Whether a sentence starts with it.
    pub initial: bool,
    /// Part of an identifier (`snake_case`, `a.b`, `call()`): no term, but a word all the same.
    pub identifier: bool,
}

impl Word<'_> {
    pub(super) fn span(&self) -> Span {
        self.start..self.start + self.text.len()
    }

    /// camelCase, which is a name and no sentence's word.
    pub(super) fn is_camel(&self) -> bool {
        self.text.chars().zip(self.text.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase())
    }
}

/// The words of a text, which may hold marks: `⟦1⟧` and `⟦/1⟧` are read over, `⟦2/⟧` stands for something that is no word.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word> = Vec::with_capacity(text.len() / 6 + 1);
    let mut gap = Gap::at_start();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c == ' ' {
            gap.meet(c);
            at += 1;
        } else if let Some(length) = plain_len(text, at) {
            words.push(Word { text: &rest[..length], start: at, joint: gap.joint, initial: gap.initial, identifier: false });
            gap = Gap { joint: Joint::Blank, initial: false, seen: false };
            at += length;
        } else if let Some((length, paired)) = (c == '⟦').then(|| mark(rest)).flatten() {
            if !paired {
                gap.joint = Joint::Break;
            }
            at += length;
        } else if let Some(length) = no_word_len(c, rest, &text[..at]) {
            gap.joint = Joint::Break;
            at += length;
        } else if is_word(c) {
            let length = word_len(rest);
            let identifier = is_identifier(&text[..at], &rest[..length], &rest[length..]);
            words.push(Word { text: &rest[..length], start: at, joint: gap.joint, initial: gap.initial, identifier });
            at += length;
            gap = Gap { joint: Joint::Blank, initial: false, seen: false };
            let possessive = possessive_len(&text[at..]);
            if possessive > 0 {
                gap.joint = Joint::Possessive;
                at += possessive;
            }
        } else {
            gap.meet(c);
            at += c.len_utf8();
        }
    }
    words
}

/// The length of a word of ASCII letters and digits between two blanks, which can be nothing else: most words are.
fn plain_len(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if at > 0 && bytes[at - 1] != b' ' {
        return None;
    }
    let length = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    (length > 0 && matches!(bytes.get(at + length), None | Some(b' '))).then_some(length)
}

/// The length of code, an address or a path at the start of the text, whose first character is `c`.
fn no_word_len(c: char, text: &str, before: &str) -> Option<usize> {
    if c == '`' {
        return code_len(text);
    }
    // Neither begins inside a word.
    let last = before.as_bytes().last();
    if last.is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    address_len(text, before.chars().next_back()).or_else(|| path_len(text, before))
}

/// What was met since the last word.
struct Gap {
    joint: Joint,
    initial: bool,
    seen: bool,
}

impl Gap {
    fn at_start() -> Self {
        Self { joint: Joint::Break, initial: true, seen: true }
    }

    fn meet(&mut self, c: char) {
        self.initial |= matches!(c, '.' | '!' | '?' | ':');
        let hyphen = matches!(c, '-' | '\u{2010}' | '\u{2011}');
        self.joint = match self.joint {
            Joint::Blank if hyphen && !self.seen => Joint::Hyphen,
            joint @ (Joint::Blank | Joint::Possessive) if c.is_whitespace() => joint,
            _ => Joint::Break,
        };
        self.seen = true;
    }
}

/// The length of a mark at the start of the text, and whether it belongs to a pair.
pub(super) fn mark(text: &str) -> Option<(usize, bool)> {
    let inner = text.strip_prefix('⟦')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let rest = name.get(digits..).filter(|_| digits > 0)?;
    let is_pair = !rest.starts_with('/');
    let end = rest.strip_prefix('/').filter(|_| name.len() == inner.len()).unwrap_or(rest).strip_prefix('⟧')?;
    Some((text.len() - end.len(), is_pair))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{0300}'..='\u{036F}')
}

/// A word's letters and digits, with underscores inside, and with apostrophes inside but for a possessive's: don't.
fn word_len(text: &str) -> usize {
    let plain = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if plain > 0 && text.as_bytes().get(plain).is_none_or(|next| next.is_ascii() && !matches!(next, b'_' | b'\'')) {
        return plain;
    }
    let mut length = 0;
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let inside = matches!(c, '_' | '\'' | '’') && at > 0 && next.is_some_and(is_word) && (c == '_' || possessive_len(&text[at..]) == 0);
        if !is_word(c) && !inside {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

/// The length of 's, or of the apostrophe after a plural.
fn possessive_len(text: &str) -> usize {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '\'' | '’')) else { return 0 };
    let rest = &text[quote.len_utf8()..];
    let s = rest.strip_prefix(['s', 'S']);
    if s.is_some_and(|after| !after.starts_with(is_word)) { quote.len_utf8() + 1 } else { 0 }
}

/// A code span, back-ticks included.
fn code_len(text: &str) -> Option<usize> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let inner = text.get(ticks..).filter(|_| ticks > 0)?;
    inner.find(&text[..ticks]).map(|end| end + 2 * ticks)
}

/// A web or mail address that starts here. What it starts with is looked at before its end is sought, so that a text without blanks
/// is not read again at each of its words.
fn address_len(text: &str, before: Option<char>) -> Option<usize> {
    if before.is_some_and(|c| is_word(c) || is_name(c)) || !text.starts_with(is_word) {
        return None;
    }
    let name = text.bytes().take_while(|byte| is_name(char::from(*byte))).count();
    if !matches!(text.as_bytes().get(name), Some(b':' | b'@')) && !text.starts_with("www.") {
        return None;
    }
    let after_name = &text[name..];
    let scheme = after_name.starts_with("://");
    let mail = after_name.strip_prefix('@').is_some_and(|host| host.trim_start_matches(|c: char| is_name(c) && c != '.').starts_with('.'));
    let is_address = scheme || mail || text.starts_with("www.");
    is_address.then(|| text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | '⟦')).unwrap_or(text.len()))
}

/// A path of files that starts here: `./models/loss`, `site/loss_fn.py`. Two words beside a stroke are none: encoder/decoder.
///
/// A path begins behind a blank or a bracket, so that no text is read more than once for it.
fn path_len(text: &str, before: &str) -> Option<usize> {
    if !before.is_empty() && !before.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '\'')) {
        return None;
    }
    // Almost no word has a stroke before its end, which a byte tells.
    let is_end = |byte: u8| matches!(byte, b'\t'..=b'\r' | b' ' | b'(' | b')' | b'[' | b']' | b'<' | b'>' | b'"' | b'\'' | b'`');
    let first = text.bytes().find(|byte| is_end(*byte) || *byte == b'/' || !byte.is_ascii())?;
    if is_end(first) {
        return None;
    }
    // A path ends where another could begin.
    let length = text
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '(' | ')' | '[' | ']' | '⟦' | '`'))
        .unwrap_or(text.len());
    let path = text[..length].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    let rooted = path.len() > 2 && ["/", "./", "../", "~/"].iter().any(|root| path.starts_with(root));
    let named = path.contains('/') && (path.contains('_') || path.rsplit('/').next().is_some_and(|name| name.contains('.')));
    (rooted || named).then_some(path.len())
}

/// A character of an address before its `://` or `@`.
fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '_')
}

fn is_identifier(before: &str, word: &str, after: &str) -> bool {
    // Few words touch what could make a name of them.
    let touched = matches!(before.as_bytes().last(), Some(b'.' | b'\\' | b'_' | b'@' | b':' | b'-'))
        || matches!(after.as_bytes().first(), Some(b'.' | b'(' | b':'));
    if !touched {
        return word.contains('_');
    }
    let dotted_before = before.strip_suffix('.').is_some_and(|head| head.ends_with(char::is_alphanumeric));
    let dotted_after = after.strip_prefix('.').is_some_and(|tail| tail.starts_with(char::is_alphanumeric));
    let letters = word.contains(char::is_alphabetic);
    word.contains('_')
        || (letters && (dotted_before || dotted_after))
        || before.ends_with(['\\', '_', '@'])
        || before.ends_with("::")
        || before.ends_with("--")
        // A plural that is left open is no call: layer(s).
        || (after.starts_with('(') && !["(s)", "(es)"].iter().any(|plural| after.starts_with(plural)))
        || after.starts_with("::")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let shown = |word: &Word| {
            let joint = match word.joint {
                Joint::Blank => " ",
                Joint::Hyphen => "-",
                Joint::Possessive => "'",
                Joint::Break => "|",
            };
            format!("{joint}{}{}", word.text, if word.identifier { "!" } else { "" })
        };
        words(text).iter().map(shown).collect()
    }

    #[test]
    fn words_know_what_joins_them() {
        assert_eq!(shown("A non-convex  loss, don't; Moore’s law"), ["|A", " non", "-convex", " loss", "|don't", "|Moore", "'law"]);
        assert_eq!(shown("well - known"), ["|well", "|known"]);
        assert_eq!(shown("⟦1⟧saddle⟦/1⟧ points ⟦2/⟧ here"), ["|saddle", " points", "|here"]);
    }

    #[test]
    fn marks_are_told_from_other_brackets() {
        assert_eq!(mark("⟦12⟧x"), Some((8, true)));
        assert_eq!(mark("⟦/1⟧"), Some((8, true)));
        assert_eq!(mark("⟦1/⟧"), Some((8, false)));
        for other in ["⟦⟧", "⟦/⟧", "⟦a⟧", "⟦1", "⟦/1/⟧", "⟦1 ⟧", "1⟧", ""] {
            assert_eq!(mark(other), None, "{other}");
        }
    }

    #[test]
    fn code_addresses_and_identifiers_are_no_words() {
        assert_eq!(shown("use `batch size` here"), ["|use", "|here"]);
        assert_eq!(shown("see https://x.org/batch or www.a.com, a@b.org"), ["|see", "|or"]);
        assert_eq!(
            shown("batch_size torch.fx f() a::b \\batch 3.5"),
            ["|batch_size!", " torch!", "|fx!", " f!", "|a!", "|b!", "|batch!", " 3", "|5"]
        );
    }
}
