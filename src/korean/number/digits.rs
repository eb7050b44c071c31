//! Numbers written with digits, and the Korean scales behind them: 3만5000, 1억 2천만, 2백만, 14.7억.

use std::ops::Range;

use super::counters::is_counter;
use super::{Number, Numeral};
use crate::korean::hangul::{is_hangul, run_len};
use crate::korean::particle::is_particle;

/// A number as digits write it in any language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Literal {
    /// The byte after its last digit.
    pub end: usize,
    /// What it amounts to.
    pub number: Number,
    /// How many digits it has, those behind the point too.
    pub length: usize,
    /// Whether it has a point.
    pub is_decimal: bool,
}

/// The number whose first digit stands at byte `at`: 1,234 and 3.14 are one, 1.2.3 and 10:30 are several.
pub fn literal(text: &str, at: usize) -> Option<Literal> {
    let bytes = text.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let first = run(at);
    if first == 0 {
        return None;
    }
    let mut end = at + first;
    // A part of 1.2.3, or of 2021.10.08.
    let is_part = at >= 2 && bytes[at - 1] == b'.' && is_digit(at - 2);
    if first <= 3 {
        while bytes.get(end) == Some(&b',') && run(end + 1) == 3 {
            end += 4;
        }
    }
    let mut point = None;
    if !is_part && bytes.get(end) == Some(&b'.') {
        let places = run(end + 1);
        let goes_on = bytes.get(end + 1 + places) == Some(&b'.') && is_digit(end + 2 + places);
        if places > 0 && !goes_on {
            point = Some(places);
            end += 1 + places;
        }
    }
    let mut value = 0u64;
    let mut length = 0;
    for digit in bytes[at..end].iter().filter(|b| b.is_ascii_digit()) {
        // An identifier of more than 19 digits is told by its remainder.
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
        length += 1;
    }
    let number = Number::new(value, -(point.unwrap_or(0).min(1_000) as i32));
    Some(Literal { end, number, length, is_decimal: point.is_some() })
}

/// Every number that is written with digits.
pub fn numerals(text: &str) -> Vec<Numeral> {
    let bytes = text.as_bytes();
    let mut found: Vec<Numeral> = Vec::new();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|offset| at + offset) {
        let Some(literal) = literal(text, start) else { break };
        let (end, value, scale) = amount(text, literal);
        let is_article = text[..start].trim_end().ends_with('제');
        let mut numeral = Numeral { range: start..end, value, other: None, scale, is_certain: true };
        if text[literal.end..end].trim_start().starts_with('조') {
            // 제247조 is an article, 2조 a group or an article.
            if is_article {
                (numeral.value, numeral.scale, numeral.range.end) = (literal.number, 0, literal.end);
            } else {
                numeral.other = Some(literal.number);
            }
        } else if scale > 0 && text[..start].ends_with("수") {
            numeral.other = Some(literal.number);
        }
        if scale == 4 && end == literal.end + '만'.len_utf8() {
            read_only(text, &mut numeral, literal);
        }
        if numeral.scale == 0 {
            numeral.other = numeral.other.or_else(|| latin_scale(&text[end..]).map(|power| value.scaled(power)));
        }
        share_scale(text, &mut found, &numeral);
        at = numeral.range.end;
        found.push(short_year(text, numeral, literal));
    }
    found
}

/// The digits with the scales and digits that belong to them.
fn amount(text: &str, first: Literal) -> (usize, Number, u32) {
    let mut end = first.end;
    let mut total = Number::whole(0);
    let mut group = Number::whole(0);
    let mut current = Some(first.number);
    let (mut last_small, mut last_big, mut scale) = (u32::MAX, u32::MAX, 0);
    let read = loop {
        if let Some((power, is_big, next)) = scale_at(text, end) {
            let limit = if is_big { last_big } else { last_small };
            // A scale without digits counts once in its group (2백만), or is a word of its own.
            if power >= limit || (current.is_none() && (!is_big || scale == 0 || scale >= 4)) {
                break (end, total, group, current);
            }
            let amount = current.take().unwrap_or(Number::whole(0));
            if is_big {
                let Some(sum) = group.plus(amount).map(|sum| sum.scaled(power)).and_then(|sum| total.plus(sum)) else {
                    break (end, total, group, current);
                };
                (total, group, last_big, last_small) = (sum, Number::whole(0), power, u32::MAX);
                scale = if scale > 0 && scale < 4 { scale + power } else { power };
            } else {
                let Some(sum) = group.plus(amount.scaled(power)) else { break (end, total, group, current) };
                (group, last_small, scale) = (sum, power, power);
            }
            end = next;
            continue;
        }
        // 3만5000, 1억 2천만: what follows is smaller than the scale before it.
        let Some(literal) = (current.is_none()).then(|| more_digits(text, end, last_big.min(last_small))).flatten() else {
            break (end, total, group, current);
        };
        if last_small == u32::MAX && !fits_after(text, literal, last_big) {
            break (end, total, group, current);
        }
        current = Some(literal.number);
        end = literal.end;
    };
    let (end, total, group, current) = read;
    if scale == 0 {
        return (first.end, first.number, 0);
    }
    let rest = group.plus(current.unwrap_or(Number::whole(0))).unwrap_or(group);
    (end, total.plus(rest).unwrap_or(total), scale)
}

/// The digits after a scale. After a big one a blank may stand between, after a small one where a scale of their own follows (5천 4백만).
fn more_digits(text: &str, end: usize, power: u32) -> Option<Literal> {
    let has_blank = text[end..].starts_with(' ');
    let literal = literal(text, end + usize::from(has_blank))?;
    let is_apart = has_blank && power < 4 && scale_at(text, literal.end).is_none();
    (!literal.is_decimal && !is_apart && literal.number.amount() < 10f64.powi(power as i32)).then_some(literal)
}

/// Whether digits with their own scales stay below the scale before them: 1억 2천만, and not 100만 200만. After a blank they must not be a
/// year or a date: 5만 2021년.
fn fits_after(text: &str, literal: Literal, power: u32) -> bool {
    let mut end = literal.end;
    let mut own = literal.number.amount();
    let mut big = 0;
    while let Some((scale, is_big, next)) = scale_at(text, end) {
        own *= 10f64.powi(scale as i32);
        if is_big {
            big = scale;
            break;
        }
        end = next;
    }
    big < power && own < 10f64.powi(power as i32) && !(literal.length == 4 && text[literal.end..].starts_with('년'))
}

/// The scale syllable at a place: its power of ten, whether it counts groups of four digits, and the place after it. A blank may stand
/// before it (23 억 달러), where it begins no other word (23 백신).
fn scale_at(text: &str, at: usize) -> Option<(u32, bool, usize)> {
    let rest = text.get(at..)?;
    if let Some(apart) = rest.strip_prefix(' ').filter(|_| text[..at].ends_with(|c: char| c.is_ascii_digit())) {
        let scales = apart.len() - apart.trim_start_matches(['십', '백', '천', '만', '억', '조']).len();
        let behind = &apart[scales..][..run_len(&apart[scales..])];
        let is_long = scales > '만'.len_utf8();
        let stands = scales > 0 && (is_long || behind.is_empty() || is_counter(behind) || is_particle(behind));
        return if stands { scale_syllable(apart).map(|(power, is_big, length)| (power, is_big, at + 1 + length)) } else { None };
    }
    scale_syllable(rest).map(|(power, is_big, length)| (power, is_big, at + length))
}

/// The scale syllable that a text begins with.
fn scale_syllable(rest: &str) -> Option<(u32, bool, usize)> {
    let c = rest.chars().next()?;
    let after = &rest[c.len_utf8()..];
    let found = match c {
        '십' => (1, false),
        '백' if !after.starts_with(['신', '업']) => (2, false),
        '천' => (3, false),
        '만' => (4, true),
        '억' => (8, true),
        // 5조각, 3조항, 2조직: other words.
        '조' if !after.starts_with(['각', '항', '건', '직', '금', '합', '사', '약', '선', '정', '치', '기']) => (12, true),
        '경' if !after.starts_with(is_hangul) || after.starts_with('원') => (16, true),
        _ => return None,
    };
    Some((found.0, found.1, c.len_utf8()))
}

/// 만 after a number is a scale before what it counts, and else perhaps the particle "only": EL1만, 버전 3만 지원합니다.
fn read_only(text: &str, numeral: &mut Numeral, literal: Literal) {
    let before = text[..numeral.range.start].trim_end_matches('-');
    let after = &text[numeral.range.end..];
    let after = after.strip_prefix('여').unwrap_or(after);
    if before.ends_with(|c: char| c.is_ascii_alphabetic()) {
        (numeral.value, numeral.scale, numeral.range.end) = (literal.number, 0, literal.end);
    } else if !is_counter(after.strip_prefix(' ').unwrap_or(after)) && !after.starts_with(|c: char| !is_hangul(c) && c != ' ') {
        numeral.other = Some(literal.number);
    }
}

/// 27M, 10K, 7B: a scale, or part of a name.
fn latin_scale(after: &str) -> Option<u32> {
    let power = match after.bytes().next()? {
        b'K' | b'k' => 3,
        b'M' => 6,
        b'B' => 9,
        b'T' => 12,
        _ => return None,
    };
    (!after[1..].starts_with(|c: char| c.is_ascii_alphanumeric())).then_some(power)
}

/// 3~5백만 may begin at three million.
fn share_scale(text: &str, found: &mut [Numeral], next: &Numeral) {
    let Some(before) = found.last_mut().filter(|before| next.scale > 0 && before.scale == 0) else { return };
    let between = text[before.range.end..next.range.start].trim();
    if before.other.is_none() && matches!(between, "~" | "-" | "–" | "—" | "∼" | "～" | "〜" | "에서" | "내지" | "또는" | "," | "·")
    {
        before.other = Some(before.value.scaled(next.scale));
    }
}

/// '21년 is 2021년, 90년대 are the 1990s.
fn short_year(text: &str, mut numeral: Numeral, literal: Literal) -> Numeral {
    let Range { start, end } = numeral.range.clone();
    let has_mark = text[..start].ends_with(['\'', '’', '‘']);
    let short = numeral.value.as_whole().filter(|_| literal.length == 2 && !literal.is_decimal);
    if let Some(short) =
        short.filter(|_| numeral.scale == 0 && (text[end..].starts_with("년대") || (has_mark && text[end..].starts_with('년'))))
    {
        numeral.other = Some(Number::whole(if short < 30 { 2000 } else { 1900 } + short));
    }
    numeral
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, f64)> {
        numerals(text).into_iter().map(|numeral| (&text[numeral.range], numeral.value.amount())).collect()
    }

    #[test]
    fn scales_are_added_up() {
        for (text, word, value) in [
            ("1억 2천만 명", "1억 2천만", 120_000_000.0),
            ("3만5000원", "3만5000", 35_000.0),
            ("3만 5천 개", "3만 5천", 35_000.0),
            ("3만 5000원", "3만 5000", 35_000.0),
            ("5천4백만 개", "5천4백만", 54_000_000.0),
            ("2백만 명", "2백만", 2_000_000.0),
            ("9천 명", "9천", 9_000.0),
            ("14.7억 달러", "14.7억", 1_470_000_000.0),
            ("30십억 달러", "30십억", 30_000_000_000.0),
            ("5,300억 개", "5,300억", 530_000_000_000.0),
            ("1조 7,500억", "1조 7,500억", 1_750_000_000_000.0),
            ("1천200명", "1천200", 1_200.0),
            ("5천 4백만 명", "5천 4백만", 54_000_000.0),
            ("2천 500만 달러", "2천 500만", 25_000_000.0),
            ("23 억 달러", "23 억", 2_300_000_000.0),
            ("5 천 4 백만 개", "5 천 4 백만", 54_000_000.0),
            ("2.2 백만 km", "2.2 백만", 2_200_000.0),
            ("23 백신", "23", 23.0),
            ("10 만남", "10", 10.0),
            ("5 조건", "5", 5.0),
            ("EL1만 지원", "1", 1.0),
            ("49경기", "49", 49.0),
            ("5조각", "5", 5.0),
            ("제247조에 따라", "247", 247.0),
            ("제 247 조에 따라", "247", 247.0),
            ("27 백만의보고", "27 백만", 27_000_000.0),
            ("98.5%", "98.5", 98.5),
            ("1,234.5점", "1,234.5", 1_234.5),
        ] {
            assert_eq!(read(text), [(word, value)], "{text}");
        }
    }

    #[test]
    fn numbers_beside_each_other_stay_apart() {
        for (text, values) in [
            ("100만 200만", vec![1_000_000.0, 2_000_000.0]),
            ("2021.10.08", vec![2021.0, 10.0, 8.0]),
            ("v1.2.3", vec![1.0, 2.0, 3.0]),
            ("3, 4, 5", vec![3.0, 4.0, 5.0]),
            ("10:30", vec![10.0, 30.0]),
            ("5만 2021년", vec![50_000.0, 2021.0]),
            ("3대 2", vec![3.0, 2.0]),
            ("만 5세", vec![5.0]),
            ("1,2,3", vec![1.0, 2.0, 3.0]),
        ] {
            let found: Vec<f64> = read(text).into_iter().map(|(_, value)| value).collect();
            assert_eq!(found, values, "{text}");
        }
    }

    #[test]
    fn a_number_may_have_a_second_reading() {
        let other = |text: &str| numerals(text)[0].other.map(Number::amount);
        assert_eq!(other("3~5백만 명"), Some(3_000_000.0));
        assert_eq!(other("90년대"), Some(1990.0));
        assert_eq!(other("’21년"), Some(2021.0));
        assert_eq!(other("247조"), Some(247.0));
        assert_eq!(other("3만 지원한다"), Some(3.0));
        assert_eq!(other("3만 명"), None);
        assert_eq!(other("30년"), None);
    }

    #[test]
    fn hostile_digits_do_no_harm() {
        let long = "9".repeat(300);
        assert_eq!(numerals(&long).len(), 1);
        for text in [format!("{long}억{long}만{long}"), format!("1.{long}조"), "1억억억만만".to_owned(), "0.0만 0억".to_owned()] {
            assert!(!numerals(&text).is_empty(), "{text}");
        }
    }
}
