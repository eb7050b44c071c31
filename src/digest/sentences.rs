//! Sentences of running text, in either language.

use std::ops::Range;

use crate::korean::seek::position;
use crate::korean::sentence::{is_end_mark, may_end};

/// English abbreviations that end in a dot within a sentence: titles, references, Latin, companies, months, and initials by rule.
#[rustfmt::skip]
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "rev", "gen", "col", "lt", "sgt", "capt", "gov", "sen", "rep", "hon", "pres", "st", "jr", "sr", "messrs",
    "fig", "figs", "eq", "eqs", "sec", "ch", "chap", "vol", "pp", "ed", "eds", "ref", "refs", "tab", "no", "nos", "art", "app", "ver", "rel",
    "eg", "ie", "cf", "vs", "viz", "al", "ca", "approx", "resp", "incl", "excl", "est", "max", "min", "avg", "dept", "univ",
    "inc", "ltd", "co", "corp", "bros", "mt", "ft",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];

/// The sentences of a text, in order, as byte ranges without the blanks around them.
///
/// A sentence ends at `.`, `!`, `?`, `…` or `。` with the quotes and brackets that close behind it, where a blank or the end follows.
/// A dot behind an abbreviation (`vs.`, `e.g.`, `J.`) or a list number ends none, nor does a mark whose next word begins in lower case.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut end = 0;
    while let Some((at, _)) = position(text, end, may_end, is_end_mark) {
        let goes_on = text[at..].find(|c: char| !is_end_mark(c) && !closes(c));
        end = goes_on.map_or(text.len(), |length| at + length);
        if ends_here(text, start, at, end) {
            push(text, start..end, &mut found);
            start = end;
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let piece = &text[range.clone()];
    let start = range.start + piece.len() - piece.trim_start().len();
    let end = range.start + piece.trim_end().len();
    if start < end {
        found.push(start..end);
    }
}

/// Whether the mark at `at`, with what closes behind it up to `end`, ends the sentence that began at `start`.
fn ends_here(text: &str, start: usize, at: usize, end: usize) -> bool {
    let after = &text[end..];
    if !after.is_empty() && !after.starts_with(char::is_whitespace) {
        return false;
    }
    // `“Really?” she said.` and `... and more` go on.
    if after.trim_start().starts_with(char::is_lowercase) {
        return false;
    }
    if !text[at..].starts_with('.') {
        return true;
    }
    let word = text[start..at].rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"' | '‘')).next().unwrap_or_default();
    let bare: String = word.chars().filter(|c| *c != '.').flat_map(char::to_lowercase).collect();
    let is_initial = word.chars().count() == 1 && word.chars().all(|c| c.is_ascii_uppercase());
    let is_dotted = word.contains('.') && word.split('.').all(|part| part.len() == 1 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let is_list_number = text[start..at].trim().len() == word.len() && word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty();
    // A short word that is no sentence of its own: `No. 5`, but `The answer is no.` ends.
    let is_abbreviated =
        ABBREVIATIONS.contains(&bare.as_str()) && (bare != "no" || after.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    after.trim_start().is_empty() || !(is_initial || is_dotted || is_list_number || is_abbreviated)
}

fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '」' | '』' | '》' | '〉' | ')' | ']' | '*' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_cut(text: &str, expected: &[&str]) {
        let cut: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(cut, expected);
    }

    #[test]
    fn sentences_end_at_their_marks() {
        assert_cut("One. Two! 셋입니다? “넷.” 다섯 (여섯.) ", &["One.", "Two!", "셋입니다?", "“넷.”", "다섯 (여섯.)"]);
        assert_cut("끝이 없다… 다음", &["끝이 없다…", "다음"]);
        assert_cut("", &[]);
        assert_cut(" . ", &["."]);
    }

    #[test]
    fn dots_inside_a_sentence_end_none() {
        for text in [
            "It beats v1.5 of e.g. Gemini vs. Claude by approx. 7B, see Fig. 2 of Dr. Lee et al. 2021 and J. Doe in the U.S. Senate.",
            "3. 다음 항목",
            "“Really?” she said.",
            "See No. 5 on arxiv.org/abs/1.",
        ] {
            assert_cut(text, &[text]);
        }
        assert_cut("The answer is no. Next.", &["The answer is no.", "Next."]);
        assert_cut("Apple Inc.", &["Apple Inc."]);
    }
}
