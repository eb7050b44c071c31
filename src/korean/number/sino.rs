//! Sino-Korean number words: 천만, 이십사, 삼백, and single ones where a counter leaves no doubt (사륜, 삼차원).

use super::Number;
use super::counters::{is_counter, is_end};
use crate::korean::hangul::{run_len, strip};

/// What a single digit makes a number before: 삼차원, 이중, 사륜, 일대일. Words of daily life that begin alike (사건, 이번, 구간) have other syllables.
const AFTER_ONE: &[&str] = &[
    "차원", "륜", "중", "개월", "세대", "인조", "인칭", "인당", "각형", "분의", "년", "등급", "등", "위", "차", "주년", "층", "단계", "배",
    "자", "대일", "세기", "학년", "주일",
];

/// Words that such a pair of syllables makes.
const OTHERS: &[&str] = &[
    "이중에",
    "이자",
    "오차",
    "일등공신",
    "사위",
    "구위",
    "구배",
    "사배",
    "일자",
    "일자리",
    "이층",
    "이배",
    "일위",
    "구차",
    "오등",
    "구등",
];

/// Longer numerals that are other words where no counter follows.
const WORDS: &[&str] = &[
    "구조", "이만", "만일", "오만", "일조", "천일", "천이", "천사", "백일", "백사", "백이", "백구", "백오", "만사", "만이", "만구", "이천",
    "사천", "오조", "이조", "천구", "천오",
];

/// What a blank stands before in 삼 년, 오 분.
const AFTER_BLANK: &[&str] =
    &["년", "개월", "퍼센트", "프로", "킬로", "미터", "센티", "세기", "주년", "차원", "등급", "학년", "달러", "도", "위"];

/// The number that a word starts with, its length in bytes, and whether nothing else can be meant. `after` is the text behind the word.
pub(super) fn read(word: &str, after: &str) -> Option<(usize, Number, bool)> {
    let (length, value) = parse(word)?;
    let tail = &word[length..];
    let next = after.strip_prefix(' ').map_or("", |next| &next[..run_len(next)]);
    if let Some((more, sum)) = continued(word, tail, next, value) {
        return Some((length + 1 + more, sum, true));
    }
    let single = word[..length].chars().count() == 1;
    let scale = matches!(word.chars().next(), Some('십' | '백' | '천' | '만' | '억' | '조'));
    let holds = if single && !scale {
        let glued =
            AFTER_ONE.iter().any(|counter| strip(tail, counter).is_some()) && !OTHERS.iter().any(|other| strip(word, other).is_some());
        let apart = tail.is_empty() && !word.starts_with(['이', '영', '공']) && AFTER_BLANK.iter().any(|counter| next.starts_with(counter));
        glued || apart || (matches!(tail, "의" | "을" | "은") && word.starts_with("삼"))
    } else if single {
        (tail.is_empty() && is_counter(next)) || tail.starts_with("분의") || tail.starts_with("만 ") || matches!(tail, "명" | "원" | "개")
    } else {
        let is_word = WORDS.contains(&&word[..length]);
        (is_counter(tail) && !is_word) || (is_end(&word[..length], tail) && (!is_word || next.starts_with(['명', '원', '개', '년'])))
    };
    holds.then_some((length, value, !single || scale))
}

/// 만 오천, 삼억 이천만: the rest of a number behind a blank, and the sum of both.
fn continued(word: &str, tail: &str, next: &str, value: Number) -> Option<(usize, Number)> {
    let power = tail.is_empty().then(|| word.chars().next_back().and_then(big_scale))??;
    let (length, rest) = parse(next).filter(|(length, _)| next[..*length].chars().count() > 1)?;
    let fits = rest.amount() < 10f64.powi(power as i32) && (is_counter(&next[length..]) || is_end(&next[..length], &next[length..]));
    let sum = fits.then(|| value.plus(rest))??;
    Some((length, sum))
}

/// The longest well-formed numeral at the start of a word.
pub(super) fn parse(word: &str) -> Option<(usize, Number)> {
    let (mut total, mut group, mut current) = (0u64, 0u64, None::<u64>);
    let (mut small, mut big) = (u32::MAX, u32::MAX);
    let mut length = 0;
    for c in word.chars() {
        if let Some(digit) = digit(c) {
            if current.is_some() {
                break;
            }
            current = Some(digit);
        } else if let Some(power) = small_scale(c) {
            if power >= small {
                break;
            }
            group += current.take().unwrap_or(1) * 10u64.pow(power);
            small = power;
        } else if let Some(power) = big_scale(c) {
            let amount = group + current.take().unwrap_or(0);
            // 만 alone stands for itself; 억 and 조 need a number before them.
            if power >= big || (amount == 0 && (power > 4 || length > 0)) {
                break;
            }
            total += amount.max(1) * 10u64.pow(power);
            (group, small, big) = (0, u32::MAX, power);
        } else {
            break;
        }
        length += c.len_utf8();
    }
    (length > 0).then(|| (length, Number::whole(total + group + current.unwrap_or(0))))
}

/// Whether a number word of this kind begins with a syllable.
pub(super) fn begins(c: char) -> bool {
    digit(c).is_some() || small_scale(c).is_some() || big_scale(c).is_some()
}

pub(super) fn digit(c: char) -> Option<u64> {
    Some(match c {
        '영' | '공' => 0,
        '일' => 1,
        '이' => 2,
        '삼' => 3,
        '사' => 4,
        '오' => 5,
        '육' => 6,
        '칠' => 7,
        '팔' => 8,
        '구' => 9,
        _ => return None,
    })
}

fn small_scale(c: char) -> Option<u32> {
    Some(match c {
        '십' => 1,
        '백' => 2,
        '천' => 3,
        _ => return None,
    })
}

fn big_scale(c: char) -> Option<u32> {
    Some(match c {
        '만' => 4,
        '억' => 8,
        '조' => 12,
        _ => return None,
    })
}
