//! A backend's reply: its marks verified, repaired where there is only one way to read them.

use std::collections::HashSet;

use super::inline::{Mark, Marked};

/// A piece of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Words(String),
    /// Index into [`Marked::marks`].
    Open(usize),
    Close(usize),
    Thing(usize),
}

/// Why a reply cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplyFault {
    /// Nothing but blanks came back.
    #[error("the reply is empty")]
    Empty,
    /// A mark of the English text is not in the reply.
    #[error("the mark ⟦{0}⟧ was lost")]
    Lost(usize),
    /// A mark stands in the reply more than once.
    #[error("the mark ⟦{0}⟧ came back more than once")]
    Doubled(usize),
    /// The reply has a mark that the English text has not.
    #[error("the reply has a mark ⟦{0}⟧ of its own")]
    Unknown(usize),
    /// A pair ends outside the pair that it began in, or before it begins.
    #[error("the marks are not nested: ⟦{0}⟧")]
    Crossed(usize),
    /// The reply holds a control character, or none at all by Unicode, that the English text has not.
    #[error("the reply has a control character (U+{0:04X})")]
    Control(u32),
    /// Written into the file, the text would not read as it should.
    #[error("the text breaks the Markdown around it")]
    Markup,
}

/// Reads a reply to `marked`.
pub(crate) fn read(marked: &Marked, reply: &str) -> Result<Vec<Piece>, ReplyFault> {
    let known: HashSet<char> = marked.text.chars().filter(|c| is_unfit(*c)).collect();
    if let Some(control) = reply.chars().find(|c| is_unfit(*c) && !known.contains(c)) {
        return Err(ReplyFault::Control(control as u32));
    }
    if reply.trim().is_empty() {
        return Err(ReplyFault::Empty);
    }
    let mut pieces = respell(tokens(marked, reply), &marked.marks)?;
    verify(&pieces, marked.marks.len())?;
    fold_lines(&mut pieces);
    Ok(pieces)
}

/// Control characters but white space, and code points that are no characters: some engines put them in for themselves.
fn is_unfit(c: char) -> bool {
    (c.is_control() && !c.is_whitespace()) || matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe
}

/// A mark as a backend spelt it: the number, and on which side it has its slash.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slash {
    None,
    Before,
    After,
}

enum Token {
    Words(String),
    Mark(usize, Slash),
}

/// Cuts a reply at its marks; blanks inside a mark, full-width digits and look-alike brackets are forgiven.
fn tokens(marked: &Marked, reply: &str) -> Vec<Token> {
    let square = !marked.text.contains("[[");
    let mut tokens = Vec::new();
    let mut words = String::new();
    let mut rest = reply;
    while let Some(c) = rest.chars().next() {
        if let Some((number, slash, length)) = mark_at(rest, square && !marked.marks.is_empty()) {
            if !words.is_empty() {
                tokens.push(Token::Words(std::mem::take(&mut words)));
            }
            tokens.push(Token::Mark(number, slash));
            rest = &rest[length..];
        } else {
            words.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    if !words.is_empty() {
        tokens.push(Token::Words(words));
    }
    tokens
}

fn mark_at(text: &str, square: bool) -> Option<(usize, Slash, usize)> {
    let close = match text.chars().next()? {
        '⟦' => "⟧",
        '〚' => "〛",
        '[' if square && text.starts_with("[[") => "]]",
        _ => return None,
    };
    let open = if close == "]]" { 2 } else { 3 };
    let end = open + text[open..].char_indices().take(12).find(|(at, _)| text[open + at..].starts_with(close))?.0;
    let inside: String = text[open..end].chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    let (slash, digits) = match (inside.strip_prefix('/'), inside.strip_suffix('/')) {
        (Some(digits), None) => (Slash::Before, digits),
        (None, Some(digits)) => (Slash::After, digits),
        (None, None) => (Slash::None, inside.as_str()),
        _ => return None,
    };
    let number = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()?;
    Some((number, slash, end + close.len()))
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '／' => '/',
        c => c,
    }
}

/// Gives each token its meaning. A pair's marks may come without slashes, and a thing's mark without its slash: the order tells.
fn respell(tokens: Vec<Token>, marks: &[Mark]) -> Result<Vec<Piece>, ReplyFault> {
    let mut seen = vec![0_usize; marks.len()];
    let mut pieces = Vec::with_capacity(tokens.len());
    for token in tokens {
        let (number, slash) = match token {
            Token::Words(words) => {
                pieces.push(Piece::Words(words));
                continue;
            }
            Token::Mark(number, slash) => (number, slash),
        };
        let index = number.checked_sub(1).filter(|index| *index < marks.len()).ok_or(ReplyFault::Unknown(number))?;
        seen[index] += 1;
        let is_pair = marks[index].close.is_some();
        if seen[index] > if is_pair { 2 } else { 1 } {
            return Err(ReplyFault::Doubled(number));
        }
        pieces.push(match (is_pair, seen[index], slash) {
            (false, ..) => Piece::Thing(index),
            (true, 1, Slash::Before) => return Err(ReplyFault::Crossed(number)),
            (true, 1, _) => Piece::Open(index),
            (true, _, _) => Piece::Close(index),
        });
    }
    Ok(pieces)
}

fn verify(pieces: &[Piece], marks: usize) -> Result<(), ReplyFault> {
    let mut closed = vec![false; marks];
    let mut open = Vec::new();
    for piece in pieces {
        match *piece {
            Piece::Words(_) => {}
            Piece::Thing(index) => closed[index] = true,
            Piece::Open(index) => open.push(index),
            Piece::Close(index) => {
                if open.pop() != Some(index) {
                    return Err(ReplyFault::Crossed(index + 1));
                }
                closed[index] = true;
            }
        }
    }
    match closed.iter().position(|done| !done) {
        Some(index) => Err(ReplyFault::Lost(index + 1)),
        None => Ok(()),
    }
}

/// A segment is one line: line ends that a backend put in are blanks, and no blank stands at either end.
fn fold_lines(pieces: &mut [Piece]) {
    for piece in pieces.iter_mut() {
        if let Piece::Words(words) = piece
            && words.contains(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
        {
            *words =
                words.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).map(str::trim).collect::<Vec<_>>().join(" ");
        }
    }
    if let Some(Piece::Words(words)) = pieces.first_mut() {
        *words = words.trim_start().to_owned();
    }
    if let Some(Piece::Words(words)) = pieces.last_mut() {
        *words = words.trim_end().to_owned();
    }
}
