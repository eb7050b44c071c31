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
    let mut words: Vec<Word> = Vec::new();
    let mut gap = Gap::at_start();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if let Some((length, paired)) = mark(rest) {
            if !paired {
                gap.joint = Joint::Break;
            }
            at += length;
        } else if let Some(length) = code_len(rest).or_else(|| address_len(rest, text[..at].chars().next_back())) {
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
    let end = inner.find('⟧')?;
    let name = &inner[..end];
    let number = name.strip_prefix('/').or(name.strip_suffix('/')).unwrap_or(name);
    let is_mark = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_mark.then(|| ('⟦'.len_utf8() + end + '⟧'.len_utf8(), !name.ends_with('/')))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{0300}'..='\u{036F}')
}

/// A word's letters and digits, with underscores inside, and with apostrophes inside but for a possessive's: don't.
fn word_len(text: &str) -> usize {
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

/// A web or mail address that starts here.
fn address_len(text: &str, before: Option<char>) -> Option<usize> {
    if before.is_some_and(is_word) || !text.starts_with(is_word) {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | '⟦')).unwrap_or(text.len());
    let chunk = &text[..end];
    let scheme = chunk.find("://").is_some_and(|at| chunk[..at].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+'));
    let mail = chunk.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    (scheme || mail || chunk.starts_with("www.")).then_some(end)
}

fn is_identifier(before: &str, word: &str, after: &str) -> bool {
    let dotted_before = before.strip_suffix('.').is_some_and(|head| head.ends_with(char::is_alphanumeric));
    let dotted_after = after.strip_prefix('.').is_some_and(|tail| tail.starts_with(char::is_alphanumeric));
    let letters = word.contains(char::is_alphabetic);
    word.contains('_')
        || (letters && (dotted_before || dotted_after))
        || before.ends_with(['\\', '_', '@'])
        || before.ends_with("::")
        || before.ends_with("--")
        || after.starts_with("()")
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
    fn code_addresses_and_identifiers_are_no_words() {
        assert_eq!(shown("use `batch size` here"), ["|use", "|here"]);
        assert_eq!(shown("see https://x.org/batch or www.a.com, a@b.org"), ["|see", "|or"]);
        assert_eq!(
            shown("batch_size torch.fx f() a::b \\batch 3.5"),
            ["|batch_size!", " torch!", "|fx!", " f!", "|a!", "|b!", "|batch!", " 3", "|5"]
        );
    }
}
