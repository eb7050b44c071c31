//! Sentences of Korean running text; what stands in quotation marks and brackets is left to itself.

use std::ops::Range;

use super::hangul::is_hangul;
use super::register::{Register, register_of_word};
use super::seek::position;

/// A sentence. Ranges are bytes of the (composed) text that was cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence with its mark, without the blanks around it.
    pub range: Range<usize>,
    /// The Hangul word that it ends in; none where it ends in something else, or inside quotation marks or brackets.
    pub ending: Option<Range<usize>>,
    /// What closes it: an end mark, or another sign that says that no more comes, such as `:` or `~`.
    pub mark: Option<char>,
}

impl Sentence {
    /// The register of its ending.
    pub fn register(&self, text: &str) -> Option<Register> {
        self.ending.clone().and_then(|ending| register_of_word(&text[ending]))
    }
}

/// The sentences of a text, in order. A mark inside quotation marks or brackets ends none, except where these hold all of the sentence.
pub fn sentences(text: &str) -> Vec<Sentence> {
    let enclosed = enclosed(text);
    let mut found = Vec::new();
    let (mut start, mut at, mut inner) = (0, 0, 0);
    while let Some((mark, _)) = position(text, at, may_end, is_end_mark) {
        at = mark;
        let end = at + text[at..].find(|c: char| !is_end_mark(c) && !closes(c)).unwrap_or(text.len() - at);
        while enclosed.get(inner).is_some_and(|range| range.end <= at) {
            inner += 1;
        }
        let around = enclosed.get(inner).filter(|range| range.start < at);
        let is_inside = around.is_some_and(|range| range.end > end || !text[start..range.start].trim().is_empty());
        if !is_inside && ends_here(text, start, at, end) {
            push(text, start..end, &enclosed, &mut found);
            start = end;
        }
        at = end;
    }
    push(text, start..text.len(), &enclosed, &mut found);
    found
}

/// What stands in quotation marks or brackets, outermost ones only, marks included.
pub fn enclosed(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Signs that open and are never closed enclose nothing.
    let mut dead: Vec<char> = Vec::new();
    let mut at = 0;
    while let Some((open, sign)) = position(text, at, may_open, |c| closer(c).is_some()) {
        let close = closer(sign).unwrap_or(sign);
        let after = open + sign.len_utf8();
        let is_apostrophe = sign == '\'' && text[..open].ends_with(char::is_alphanumeric);
        if dead.contains(&sign) || is_apostrophe {
            at = after;
            continue;
        }
        let mut depth = 0usize;
        let end = text[after..].char_indices().find_map(|(i, c)| {
            let here = after + i;
            if c == close {
                let is_apostrophe = c == '\'' && text[here + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
                if is_apostrophe {
                    return None;
                }
                if depth == 0 {
                    return Some(here + c.len_utf8());
                }
                depth -= 1;
            } else if c == sign {
                depth += 1;
            }
            None
        });
        match end {
            Some(end) => {
                found.push(open..end);
                at = end;
            }
            None => {
                dead.push(sign);
                at = after;
            }
        }
    }
    found
}

/// The first bytes of [`closer`]'s signs.
fn may_open(b: u8) -> bool {
    matches!(b, b'(' | b'[' | b'"' | b'\'' | 0xE2 | 0xE3)
}

fn closer(c: char) -> Option<char> {
    Some(match c {
        '(' => ')',
        '[' => ']',
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        '〈' => '〉',
        '"' | '\'' => c,
        _ => return None,
    })
}

fn push(text: &str, range: Range<usize>, enclosed: &[Range<usize>], found: &mut Vec<Sentence>) {
    let piece = &text[range.clone()];
    let start = range.start + piece.len() - piece.trim_start().len();
    let end = range.start + piece.trim_end().len();
    if start < end {
        let (ending, mark) = ending(text, start..end, enclosed);
        found.push(Sentence { range: start..end, ending, mark });
    }
}

/// The last word and the mark behind it; bracketed notes between them are passed over.
fn ending(text: &str, range: Range<usize>, enclosed: &[Range<usize>]) -> (Option<Range<usize>>, Option<char>) {
    let mut end = range.end;
    let mut mark = None;
    while let Some(c) = text[range.start..end].chars().next_back() {
        if c == ')' || c == ']' || c == '"' || c == '\'' || matches!(c, '”' | '’' | '」' | '』' | '》' | '〉') {
            let after = enclosed.partition_point(|inner| inner.end < end);
            let inner = enclosed.get(after).filter(|inner| inner.end == end && inner.start >= range.start);
            match inner {
                Some(note) if matches!(c, ')' | ']') => {
                    end = note.start;
                    continue;
                }
                Some(_) => {
                    return (None, mark);
                }
                None => mark = mark.or(Some(c)),
            }
        } else if is_end_mark(c) || matches!(c, ':' | ';' | ',' | '~' | '～' | '^' | '-' | '–' | '—' | '：') {
            mark = Some(c);
        } else if is_hangul(c) {
            // ㅋㅋ and ㅠㅠ close as a mark does.
            if !matches!(c, '\u{3131}'..='\u{318E}') {
                break;
            }
            mark = mark.or(Some(c));
        } else if c.is_alphanumeric() {
            return (None, mark);
        }
        end -= c.len_utf8();
    }
    let start =
        text[range.start..end].rfind(|c: char| !is_hangul(c)).map_or(range.start, |at| text.ceil_char_boundary(range.start + at + 1));
    ((start < end).then_some(start..end), mark)
}

/// Whether the mark at `at` ends the sentence that began at `start`: what stands behind a dot after Latin letters may go on.
fn ends_here(text: &str, start: usize, at: usize, end: usize) -> bool {
    let after = &text[end..];
    if !after.is_empty() && !after.starts_with(char::is_whitespace) {
        return false;
    }
    if !text[at..].starts_with('.') || text[at..end].len() > 1 || text[..at].ends_with(is_hangul) {
        return true;
    }
    let word = text[start..at].rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[')).next().unwrap_or_default();
    let is_number = text[start..at].trim().len() == word.len() && word.bytes().all(|b| b.is_ascii_digit());
    let is_short = word.chars().count() == 1 || word.contains('.') || ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known));
    after.trim().is_empty() || !(is_number || is_short)
}

/// English abbreviations that end in a dot within a sentence.
const ABBREVIATIONS: &[&str] =
    &["vs", "al", "fig", "eq", "no", "dr", "mr", "mrs", "ms", "inc", "co", "jr", "st", "cf", "etc", "prof", "sec"];

/// Whether a character ends a sentence.
pub fn is_end_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

/// Whether a character that ends a sentence could begin with a byte.
pub fn may_end(b: u8) -> bool {
    matches!(b, b'.' | b'!' | b'?' | 0xE2 | 0xE3 | 0xEF)
}

fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '」' | '』' | '》' | '〉' | ')' | ']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_cut(text: &str, expected: &[(&str, Option<&str>, Option<char>)]) {
        let cut: Vec<_> =
            sentences(text).into_iter().map(|s| (&text[s.range.clone()], s.ending.clone().map(|word| &text[word]), s.mark)).collect();
        assert_eq!(cut, expected, "{text}");
    }

    #[test]
    fn sentences_end_at_their_marks_outside_quotations() {
        assert_cut(
            "모델을 학습합니다. torch를 씁니다! 끝",
            &[
                ("모델을 학습합니다.", Some("학습합니다"), Some('.')),
                ("torch를 씁니다!", Some("씁니다"), Some('!')),
                ("끝", Some("끝"), None),
            ],
        );
        assert_cut("그는 “좋다. 또 보자.”고 말했습니다.", &[("그는 “좋다. 또 보자.”고 말했습니다.", Some("말했습니다"), Some('.'))]);
        assert_cut("“좋다.” 그가 웃습니다", &[("“좋다.”", None, None), ("그가 웃습니다", Some("웃습니다"), None)]);
        assert_cut("둘을 견줍니다(표 1 참고).", &[("둘을 견줍니다(표 1 참고).", Some("견줍니다"), Some('.'))]);
        assert_cut("(더 낫지 않을까요?)", &[("(더 낫지 않을까요?)", None, None)]);
        assert_cut("A vs. B를 봅니다 🎉", &[("A vs. B를 봅니다 🎉", Some("봅니다"), None)]);
        assert_cut("다음과 같습니다:", &[("다음과 같습니다:", Some("같습니다"), Some(':'))]);
        assert_cut("don't (다 썼다. 그리고 끝", &[("don't (다 썼다.", Some("썼다"), Some('.')), ("그리고 끝", Some("끝"), None)]);
        assert_cut("", &[]);
        assert_cut(" . ", &[(".", None, Some('.'))]);
    }
}
