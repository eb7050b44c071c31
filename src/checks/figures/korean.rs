//! Korean figures with their units: 165km, 시속 165킬로미터, 1억 2천만 달러, 섭씨 20도.

use std::ops::Range;

use super::english::{is_no_figure, minutes, scale_at, scaled};
use super::unit::{Unit, korean_at, money_before, named};
use super::{Figure, FigureKind, is_hidden};
use crate::checks::Passage;
use crate::korean::hangul::{final_sound, is_hangul, run_len};
use crate::korean::number::{self, Number, Numeral, literal};
use crate::korean::tail::is_tail;

/// The figures of a passage that are written with digits.
pub fn digits(passage: &Passage<'_>, index: usize, found: &mut Vec<Figure>) {
    let text = passage.text();
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return;
    }
    for mut numeral in number::numerals(text) {
        let Some(literal) = literal(text, numeral.range.start).filter(|literal| !is_no_figure(text, numeral.range.start, *literal)) else {
            continue;
        };
        // What was left in English: 27 million, $20K.
        let before = &text[..numeral.range.start];
        if let Some((scale, length, true)) = scale_at(&text[literal.end..], money_before(before).is_some(), before) {
            numeral.other = None;
            numeral.value = scaled(literal.number, scale);
            numeral.range.end = literal.end + length;
        }
        let kind = match minutes(&text[..numeral.range.start], literal) {
            _ if is_hidden(passage, &numeral.range) => FigureKind::Hidden,
            kind => kind.unwrap_or(FigureKind::Digits),
        };
        found.push(figure(text, index, numeral, kind));
    }
}

/// The number words of a passage.
pub fn words(passage: &Passage<'_>, index: usize, found: &mut Vec<Figure>) {
    let text = passage.text();
    found.extend(number::words(text).into_iter().map(|numeral| {
        let kind = if numeral.is_certain { FigureKind::Word } else { FigureKind::PerhapsWord };
        figure(text, index, numeral, kind)
    }));
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        match c {
            // 9시 반: half past nine.
            '시' if rest.starts_with("시 반") => found.push(word(index, at + "시 ".len()..at + "시 반".len(), 30)),
            '⁰' | '⁴'..='⁹' => found.push(word(index, at..at + c.len_utf8(), u64::from(u32::from(c) - u32::from('⁰')))),
            // 10⁶ for 10^6.
            '¹' => found.push(word(index, at..at + c.len_utf8(), 1)),
            '²' | '³' => found.push(word(index, at..at + c.len_utf8(), u64::from(u32::from(c) - u32::from('²') + 2))),
            '①'..='⑳' => found.push(word(index, at..at + c.len_utf8(), u64::from(u32::from(c) - u32::from('①') + 1))),
            '쓰' | '파' | '식' | '세' | '나' | '일' => {
                let spelled = SPELLED.iter().find(|(name, _)| rest.starts_with(name));
                found.extend(spelled.map(|(name, value)| word(index, at..at + name.len(), *value)));
            }
            _ => {}
        }
    }
}

/// English numbers in names, by their sound: 세븐일레븐.
const SPELLED: &[(&str, u64)] = &[("쓰리", 3), ("파이브", 5), ("식스", 6), ("세븐", 7), ("나인", 9), ("일레븐", 11)];

fn word(passage: usize, range: Range<usize>, value: u64) -> Figure {
    Figure { passage, range, value: Number::whole(value), other: None, unit: None, kind: FigureKind::Word }
}

/// Counted days, which have their unit in them.
const DAYS: &[&str] = &["하루", "이틀", "사흘", "나흘", "닷새", "엿새", "이레", "여드레", "아흐레", "열흘", "보름"];

fn figure(text: &str, passage: usize, numeral: Numeral, kind: FigureKind) -> Figure {
    let unit = match &text[numeral.range.clone()] {
        day if DAYS.contains(&day) || number::counts_days(day) => named("day"),
        "절반" | "반값" | "반반" => named("times"),
        // 두 분 are persons, 한 해 no date: minutes and days are counted in Sino-Korean.
        word if is_native(word) => {
            unit_at(text, numeral.range.start, numeral.range.end).filter(|unit| !matches!(unit.name, "second" | "minute" | "day" | "year"))
        }
        _ => unit_at(text, numeral.range.start, numeral.range.end),
    };
    // Half a month is two weeks as well.
    let other = numeral.other.or_else(|| (&text[numeral.range.clone()] == "보름").then(|| Number::whole(14)));
    Figure { passage, range: numeral.range, value: numeral.value, other, unit, kind }
}

fn is_native(word: &str) -> bool {
    word.ends_with(is_hangul)
        && !word.ends_with(['영', '일', '이', '삼', '사', '오', '육', '륙', '칠', '팔', '구', '십', '백', '천', '만', '억', '조'])
}

/// Endings of a measure that leave it what it is: 3년간, 5시간가량, 10달러짜리, 이틀째.
const AFTER: &[&str] = &[
    "간", "가량", "어치", "짜리", "정도", "여", "당", "씩", "쯤", "째", "대", "권", "이상", "이하", "미만", "초과", "만", "전", "후",
    "동안", "반", "차",
];

/// The unit of a number, where it is certain.
fn unit_at(text: &str, start: usize, end: usize) -> Option<&'static Unit> {
    let before = text[..start].trim_end();
    // 3분의 1, 1/3.
    let is_slashed = before.ends_with("1/") || (&text[start..end] == "1" && text[end..].starts_with('/'));
    if is_slashed || before.ends_with("분의") || text[end..].trim_start().starts_with("분의") {
        return named("part");
    }
    if let Some(money) = money_before(&text[..start]) {
        return Some(money);
    }
    let rest = &text[end..];
    let rest = rest.strip_prefix('여').unwrap_or(rest);
    let rest = rest.strip_prefix([' ', '-', '\u{A0}']).unwrap_or(rest);
    if rest.starts_with('도') {
        let scale = before.trim_end_matches("영하").trim_end_matches("영상").trim_end();
        return if scale.ends_with("화씨") {
            named("°F")
        } else if scale.ends_with("섭씨") || before.ends_with("영하") || before.ends_with("영상") {
            named("°C")
        } else {
            None
        };
    }
    let (unit, length) = korean_at(rest)?;
    let form = &rest[..length];
    let behind = &rest[length..];
    let run = &behind[..run_len(behind)];
    if !form.ends_with(is_hangul) {
        return Some(unit);
    }
    // 3분기, 3분의 1, 5원소, 1주년: other words.
    let is_other = match form {
        "분" => run.starts_with('의') || run.starts_with('기'),
        // A day of the month and the years of an age are told by no unit of the English.
        "일" | "월" | "년" | "주" | "초" | "달" | "불" | "원" | "엔" | "평" | "프로" => false,
        _ => return Some(unit),
    };
    let is_measure = !is_other
        && (is_tail(final_sound(form), run)
            || AFTER.iter().any(|after| run.strip_prefix(after).is_some_and(|rest| is_tail(final_sound(after), rest))));
    is_measure.then_some(unit)
}
