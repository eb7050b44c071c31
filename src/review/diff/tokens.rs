//! What a text is compared by: the stems and ends of Korean words, and whole the numbers, Latin words, addresses and marks.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::korean::hangul::{is_hangul, is_letter, run_len};
use crate::korean::word_end::{is_word_end, word_end};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// Blanks, no line end among them.
    Blank,
    /// The end of a line.
    LineEnd,
    /// Hangul up to the end of its word.
    Stem,
    /// A particle or an ending.
    End,
    /// A number, a word in other letters, an address, code, a tag, a placeholder.
    Whole,
    /// A mark of punctuation or Markdown, or several of one kind in a row.
    Mark,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

impl Token {
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// The tokens of a composed text, without a gap.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 4 + 1);
    let mut at = 0;
    let mut line = Line::of(text, 0);
    while at < text.len() {
        if at >= line.end {
            line = Line::of(text, at);
        }
        let (kind, length) = next(text, at, &line);
        let end = cluster_end(text, at + length);
        let stem = if kind == Kind::Stem && end == at + length { stem_end(text, at..end) } else { end };
        if stem > at {
            tokens.push(Token { kind, start: at, end: stem });
        }
        if stem < end {
            tokens.push(Token { kind: Kind::End, start: stem, end });
        }
        at = end;
    }
    tokens
}

/// Where the stem of a Hangul run ends: at once where it stands behind a name or a mark and is an ending as a whole.
fn stem_end(text: &str, run: Range<usize>) -> usize {
    let has_host = text[..run.start].chars().next_back().is_some_and(|c| !c.is_whitespace());
    let letters = &text[run.clone()];
    run.start + if has_host && is_word_end(letters) { 0 } else { word_end(letters) }
}

/// A line of the text, its end looked for once.
struct Line<'t> {
    /// Up to its line end.
    text: &'t str,
    /// The byte where the text begins.
    start: usize,
    /// The byte behind its line end.
    end: usize,
    /// Where the last run of so many backticks begins, by their number.
    backticks: OnceCell<HashMap<usize, usize>>,
}

impl<'t> Line<'t> {
    /// The line from a place on.
    fn of(text: &'t str, start: usize) -> Self {
        let rest = &text[start..];
        let end = rest.find('\n').unwrap_or(rest.len());
        Self { text: &rest[..end], start, end: start + end + 1, backticks: OnceCell::new() }
    }

    /// Whether a run of `count` backticks begins behind a place of the text.
    fn has_backticks(&self, count: usize, at: usize) -> bool {
        let last = self.backticks.get_or_init(|| {
            let mut last = HashMap::new();
            let mut from = 0;
            while let Some(found) = self.text[from..].find('`') {
                let run = self.text[from + found..].bytes().take_while(|byte| *byte == b'`').count();
                last.insert(run, from + found);
                from += found + run;
            }
            last
        });
        last.get(&count).is_some_and(|last| self.start + last > at)
    }
}

/// What begins at a place, and how long it is.
fn next(text: &str, at: usize, line: &Line<'_>) -> (Kind, usize) {
    let rest = &text[at..];
    let first = rest.chars().next().unwrap_or(' ');
    match first {
        '\n' => (Kind::LineEnd, 1),
        '\r' if rest.starts_with("\r\n") => (Kind::LineEnd, 2),
        c if is_blank(c) => (Kind::Blank, leading(rest, |c| is_blank(c) && !matches!(c, '\r'), c)),
        c if is_hangul(c) => (Kind::Stem, run_len(rest)),
        c if c.is_ascii_digit() || is_letter(c) || c.is_numeric() => (Kind::Whole, address(rest).unwrap_or_else(|| word(rest))),
        '-' | '+' | '−' if is_sign(text, at, first) => (Kind::Whole, first.len_utf8() + word(&rest[first.len_utf8()..])),
        '`' | '⟦' | '<' | '&' => enclosed(line, at, first).map_or_else(|| mark(rest, first), |length| (Kind::Whole, length)),
        c => mark(rest, c),
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

/// The bytes of the characters that the text starts with, as long as they are such; its first counts in any case.
fn leading(text: &str, is_such: impl Fn(char) -> bool, first: char) -> usize {
    text.char_indices().skip(1).find(|&(_, c)| !is_such(c)).map_or(text.len(), |(at, _)| at).max(first.len_utf8())
}

/// `](` and `![` are one mark, and a flag is; a mark that is repeated is one.
fn mark(rest: &str, first: char) -> (Kind, usize) {
    let is_flag = |c: &char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
    let length = if rest.starts_with("](") || rest.starts_with("![") {
        2
    } else if is_flag(&first) {
        rest.chars().take(2).take_while(is_flag).map(char::len_utf8).sum()
    } else {
        leading(rest, |c| c == first, first)
    };
    (Kind::Mark, length)
}

/// Letters and digits, and what joins them: `GPT-5`, `v1.0`, `1,000`, `9:30`, `snake_case`, `don't`, `C++`.
fn word(text: &str) -> usize {
    let is_part = |c: char| (c.is_alphanumeric() || is_attached(c)) && !is_hangul(c);
    let mut end = 0;
    loop {
        end += text[end..].char_indices().find(|&(_, c)| !is_part(c)).map_or(text.len() - end, |(at, _)| at);
        let mut behind = text[end..].chars();
        let (joint, next) = (behind.next(), behind.next());
        match (joint, next) {
            (Some('-' | '.' | ',' | ':' | '\'' | '’' | '/' | '_' | '@' | '×'), Some(next)) if is_part(next) && !is_attached(next) => {
                let (joint, digits) = (joint.unwrap_or(' '), next.is_ascii_digit() && text[..end].ends_with(|c: char| c.is_ascii_digit()));
                if matches!(joint, ',' | ':' | '/') && !digits {
                    return end;
                }
                end += joint.len_utf8();
            }
            (Some('+' | '#'), _) if text[..end].ends_with(|c: char| c.is_ascii_alphabetic()) => {
                return end + text[end..].len() - text[end..].trim_start_matches(['+', '#']).len();
            }
            _ => return end,
        }
    }
}

/// An address with its scheme, up to a blank, a bracket that closes what it did not open, or Hangul.
fn address(text: &str) -> Option<usize> {
    let head = text.as_bytes().first()?;
    if !matches!(head, b'h' | b'w' | b'm' | b'H')
        || !["http://", "https://", "www.", "mailto:", "Http"].iter().any(|head| text.starts_with(head))
    {
        return None;
    }
    let mut open = 0_usize;
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open > 0 => open -= 1,
            ')' | '<' | '>' | '"' | '`' | '⟦' | '|' => end = at,
            c if c.is_whitespace() || is_hangul(c) => end = at,
            _ => continue,
        }
        if end == at {
            break;
        }
    }
    Some(text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '\'']).len()).filter(|&length| length > 0)
}

/// Code between backticks, a placeholder, a tag, an entity: on one line.
fn enclosed(own: &Line<'_>, start: usize, first: char) -> Option<usize> {
    const FAR: usize = 200;
    let line = &own.text[start - own.start..];
    let near = &line[..line.floor_char_boundary(FAR)];
    match first {
        '`' => {
            let fence = &line[..line.len() - line.trim_start_matches('`').len()];
            if !own.has_backticks(fence.len(), start) {
                return None;
            }
            let mut at = fence.len();
            while let Some(found) = line[at..].find('`') {
                let run = line[at + found..].len() - line[at + found..].trim_start_matches('`').len();
                at += found + run;
                if run == fence.len() {
                    return Some(at);
                }
            }
            None
        }
        '⟦' => near.find('⟧').map(|at| at + '⟧'.len_utf8()).filter(|&length| length < FAR),
        '<' => {
            let is_tag = line[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
            near.find('>').filter(|&at| is_tag && !line[1..at].contains('<')).map(|at| at + 1)
        }
        _ => {
            let inner = line[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').take(FAR).count();
            (inner > 1 && line[1 + inner..].starts_with(';')).then_some(inner + 2)
        }
    }
}

/// A sign stands before a digit and behind no letter or digit.
fn is_sign(text: &str, at: usize, sign: char) -> bool {
    let behind = text[at + sign.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
    behind && text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '='))
}

/// Where the letter ends that a place may stand in: what joins or follows a character belongs to it.
fn cluster_end(text: &str, mut at: usize) -> usize {
    const JOINER: char = '\u{200d}';
    let mut joined = text[..at].ends_with(JOINER);
    while let Some(c) = text[at..].chars().next() {
        if !(joined && !c.is_whitespace() || is_attached(c)) {
            break;
        }
        joined = c == JOINER;
        at += c.len_utf8();
    }
    at
}

/// Whether a character is part of the letter before it: accents, selectors, joiners, skin tones, flags' second half, tags.
pub(super) fn is_attached(c: char) -> bool {
    c >= '\u{300}'
        && (unicode_normalization::char::is_combining_mark(c)
            || matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_tokens(text: &str, expected: &str) {
        let parts: Vec<&str> = tokens(text).iter().map(|token| &text[token.range()]).collect();
        assert_eq!(parts.join("|"), expected);
    }

    #[test]
    fn korean_words_are_parted_and_others_are_whole() {
        assert_tokens("모델은 GPT-5의 것", "모델|은| |GPT-5|의| |것");
        assert_tokens("1,000개, 9:30에 v1.0을", "1,000|개|,| |9:30|에| |v1.0|을");
        assert_tokens("(-5도, 3-4일, A/B)", "(|-5|도|,| |3-4|일|,| |A|/|B|)");
        assert_tokens("C++와 C#은", "C++|와| |C#|은");
        assert_tokens("끝났다.\n다음", "끝났|다|.|\n|다음");
    }

    #[test]
    fn markup_is_whole() {
        assert_tokens("**볼록** `a b`를", "**|볼록|**| |`a b`|를");
        assert_tokens("[글](https://a.kr/x_(y)?z=1)에서", "[|글|](|https://a.kr/x_(y)?z=1|)|에서");
        assert_tokens("⟦1⟧글⟦/1⟧은 <b>x</b> &quot;", "⟦1⟧|글|⟦/1⟧|은| |<b>|x|</b>| |&quot;");
        assert_tokens("`a ⟦x < y & z", "`|a| |⟦|x| |<| |y| |&| |z");
        assert_tokens("👩\u{200d}💻👍🏽...", "👩\u{200d}💻|👍🏽|...");
    }
}
