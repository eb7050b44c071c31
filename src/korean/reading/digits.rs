//! Numbers, read as Sino-Korean: whatever their length, the last digit tells the last sound (십 백 천 만 억 and 영 are all consonants).

use super::symbols::{digit_of, is_digit};
use super::{Certainty, Reading};
use crate::korean::hangul::Final;

/// How a text that ends in a digit is read.
pub(super) fn sound(text: &str) -> Option<Reading> {
    let last = digit_of(text.chars().next_back()?)?;
    let before = before_number(text);
    // $10 is read with the currency after the number, or without it; 1/2 and 10^6 turn the order round or add a word.
    let is_fraction = before.strip_suffix(['/', '÷']).is_some_and(|rest| rest.ends_with(is_digit));
    if before.ends_with(is_currency) || before.ends_with('^') || is_fraction {
        return None;
    }
    let reading = Reading::certain(last_sound(last));
    // In a name the number may be read in English: only where both end alike is it certain (이/투, 사/포, 오/파이브).
    if is_name_before(before) && !matches!(last, 2 | 4 | 5) {
        return Some(Reading { certainty: Certainty::Likely, firm: false, ..reading });
    }
    Some(reading)
}

/// 영 일 이 삼 사 오 육 칠 팔 구.
pub(super) fn last_sound(digit: u32) -> Final {
    match digit {
        0 | 3 | 6 => Final::Consonant,
        1 | 7 | 8 => Final::Liquid,
        _ => Final::Vowel,
    }
}

/// What stands before the number that `text` ends in, its commas and points included.
pub(super) fn before_number(text: &str) -> &str {
    let is_part = |c: char| digit_of(c).is_some() || matches!(c, ',' | '.');
    text.trim_end_matches(is_part)
}

pub(super) fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₩' | '￦' | '₹' | '＄')
}

/// Whether the number belongs to a name: GPT-3, H100, Python 3, 라마3.
fn is_name_before(before: &str) -> bool {
    let name = before.strip_suffix(['-', ' ', '\u{a0}', '‑', '_']).unwrap_or(before);
    // A hyphen between digits makes a date or a version.
    before.ends_with('-') && name.ends_with(|c: char| c.is_ascii_digit())
        || name.ends_with(|c: char| c.is_ascii_alphabetic())
        || (name.len() == before.len() && name.ends_with(char::is_alphabetic))
}
