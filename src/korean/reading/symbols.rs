//! Signs that have a name: Greek letters, percent, degrees, powers, C++ and C#.

use super::{Reading, digits, units};
use crate::korean::hangul::Final;

/// The value of a digit of any style that Korean text uses: plain, full-width, subscript, circled or Roman numerals of one sign.
pub(super) fn digit_of(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - u32::from('0')),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        '₀'..='₉' => Some(u32::from(c) - u32::from('₀')),
        '①'..='⑨' => Some(u32::from(c) - u32::from('①') + 1),
        'Ⅰ'..='Ⅸ' => Some(u32::from(c) - u32::from('Ⅰ') + 1),
        '⑩' | 'Ⅹ' => Some(0),
        _ => None,
    }
}

pub(super) fn is_digit(c: char) -> bool {
    digit_of(c).is_some()
}

/// How a text that ends in a sign is read.
pub(super) fn sound(text: &str) -> Option<Reading> {
    let last = text.chars().next_back()?;
    let before = &text[..text.len() - last.len_utf8()];
    let sound = match last {
        // 엡실론, 오미크론, 입실론; all other names end in a vowel, also the upper case ones.
        'ε' | 'ϵ' | 'ο' | 'υ' | 'Ε' | 'Ο' | 'Υ' => Final::Consonant,
        'Α'..='Ω' | 'α'..='ω' | 'ϕ' | 'ϑ' | 'ϖ' | 'µ' | '∇' | '∂' => Final::Vowel,
        // 퍼센트, 도, 섭씨 …도, 무한대, 유로 after the number.
        '%' | '％' if before.ends_with(is_digit) || before.ends_with(['€', ' ']) => Final::Vowel,
        '°' | '℃' | '℉' | '∞' => Final::Vowel,
        '‰' => Final::Liquid,
        // 제곱미터, but 엑스 제곱.
        '²' | '³' if matches!(units::sound(before), Some(Some(unit)) if unit.sound == Final::Vowel && before.ends_with('m')) => {
            Final::Vowel
        }
        '²' | '³' if before.ends_with(char::is_alphanumeric) => return Some(Reading::likely(Final::Consonant)),
        '㎏' | '㎎' | '㏏' => Final::Consonant,
        '㎞' | '㎝' | '㎜' | '㎡' | '㎢' | '㎥' | '㎖' | '㎾' | '㎐' | '㎒' | '㎓' | 'ℓ' | '㎧' => Final::Vowel,
        '㏈' | '㎩' => Final::Liquid,
        // 씨 플러스 플러스, 씨 샵.
        '+' if before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '+') => Final::Vowel,
        '#' if before.ends_with(|c: char| c.is_ascii_uppercase()) => Final::Consonant,
        // A word in an accented vowel (café) ends in a vowel; the letter alone has many names.
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'è' | 'é' | 'ê' | 'ë' | 'ì' | 'í' | 'î' | 'ï' | 'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ù' | 'ú' | 'û'
        | 'ü' => {
            let is_word = before.ends_with(|c: char| c.is_ascii_alphabetic());
            return Some(if is_word { Reading::firm(Final::Vowel) } else { Reading::likely(Final::Vowel) });
        }
        '½' | '⅓' | '¼' => return Some(Reading::likely(digits::last_sound(1))),
        _ => return None,
    };
    Some(Reading::certain(sound))
}
