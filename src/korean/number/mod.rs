//! Korean figures and number words as values: 1억 2천만, 3만5000, 열두 명, 서너 번, 세 번째, 첫째, 절반.
//!
//! A numeral is read only where it stands as one: digits anywhere, words at the edge of a word and before a counter, a unit or another
//! edge. 세계, 이번 and 사건 hold no number.

mod counters;
mod digits;
mod native;
mod range;
mod sino;
mod value;

use std::ops::Range;

pub use digits::{Literal, literal, numerals};
pub use range::counts_days;
pub use value::Number;

use super::hangul::{is_hangul, run_len, strip};

/// A number in a Korean text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Its bytes in the text, without counter or unit.
    pub range: Range<usize>,
    /// What it amounts to.
    pub value: Number,
    /// What it may amount to as well: 247조 is an article too, 90년대 are the years from 1990.
    pub other: Option<Number>,
    /// The power of ten of its last scale: 6 for 3백만; 0 where it has none.
    pub scale: u32,
    /// For words: whether counter or form leave no doubt. Digits always are.
    pub is_certain: bool,
}

/// The number words of a text. What is half a number or may be another word is left out.
pub fn words(text: &str) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_hangul).map(|offset| at + offset) {
        let end = start + run_len(&text[start..]);
        let is_digit_before = text[..start].ends_with(|c: char| c.is_ascii_digit());
        if !is_digit_before {
            at_run(text, start..end, &mut found);
        }
        at = end;
    }
    found
}

/// Whether a number word may begin with a syllable.
fn begins(c: char) -> bool {
    native::begins(c) || sino::begins(c) || range::begins(c)
}

/// What may stand before a number in its word.
const PREFIXES: &[&str] =
    &["", "약", "총", "제", "단", "근", "매", "전", "각", "만", "연", "향년", "무려", "세계", "다시", "또", "그", "양"];

/// Reads the number that a Hangul run starts with.
fn at_run(text: &str, run: Range<usize>, found: &mut Vec<Numeral>) {
    let word = &text[run.clone()];
    for prefix in PREFIXES {
        let Some(rest) = strip(word, prefix).filter(|rest| rest.starts_with(begins)) else { continue };
        let several = range::read(text, run.start + prefix.len()..run.end);
        if !several.is_empty() {
            found.extend(several);
            return;
        }
        let after = &text[run.end..];
        if let Some((length, value, is_certain)) = native::read(rest, after).or_else(|| sino::read(rest, after)) {
            let start = run.start + prefix.len();
            found.push(Numeral { range: start..start + length, value, other: None, scale: 0, is_certain });
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, f64)> {
        words(text).into_iter().map(|numeral| (text[numeral.range].to_owned(), numeral.value.amount())).collect()
    }

    #[test]
    fn number_words_are_read_before_counters_and_edges() {
        for (text, expected) in [
            ("사람 열두 명이 왔다.", vec![("열두", 12.0)]),
            ("스물네 시간 동안", vec![("스물네", 24.0)]),
            ("모델 두 개와 세 번째 표", vec![("두", 2.0), ("세", 3.0)]),
            ("두 모델", vec![("두", 2.0)]),
            ("첫째 날", vec![("첫", 1.0)]),
            ("둘 다 맞다", vec![("둘", 2.0)]),
            ("약 천만 건이다", vec![("천만", 10_000_000.0)]),
            ("사륜구동 차", vec![("사", 4.0)]),
            ("삼차원 그림", vec![("삼", 3.0)]),
            ("삼십 년 전", vec![("삼십", 30.0)]),
            ("이십사 시간", vec![("이십사", 24.0)]),
            ("일억 명", vec![("일억", 100_000_000.0)]),
            ("백 명 중 한 명", vec![("백", 100.0), ("한", 1.0)]),
            ("절반을 쓴다", vec![("절반", 0.5)]),
            ("하루에 한 번", vec![("하루", 1.0), ("한", 1.0)]),
            ("열흘 뒤", vec![("열흘", 10.0)]),
            ("제이차 대전", vec![("이", 2.0)]),
            ("삼백 쪽", vec![("삼백", 300.0)]),
            ("다섯이 남는다", vec![("다섯", 5.0)]),
            ("만 오천 명", vec![("만 오천", 15_000.0), ("오천", 5_000.0)]),
            ("이진수와 십진법", vec![("이진", 2.0), ("십진", 10.0)]),
        ] {
            let expected: Vec<(String, f64)> = expected.into_iter().map(|(word, value)| (word.to_owned(), value)).collect();
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn syllables_of_other_words_are_no_numbers() {
        for text in [
            "세계에서 두드러진 한국어 네트워크",
            "이번 사건은 사회의 일부 문제",
            "이 모델은 이미 오류가 없다",
            "구조와 구성, 사용과 실천",
            "만일 조건이 맞으면 억울하지 않다",
            "이만 줄인다",
            "발표한 한 사람",
            "두뇌와 세대와 네덜란드",
            "천천히 백업한다",
            "열심히 열린 열쇠",
            "사람 이름과 사진",
            "오늘 오전 일정",
            "구글의 칠판",
            "이 사람과 그 사람",
        ] {
            let found: Vec<_> = read(text).into_iter().filter(|(word, _)| word != "한").collect();
            assert_eq!(found, [], "{text}");
        }
    }
}
