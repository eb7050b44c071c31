//! Keys typed with a Korean keyboard on: what arrives is Hangul, what was meant is the key.
//!
//! The standard layout (두벌식, KS X 5002) writes one letter a key; two keys make a compound vowel or a final of two consonants.

use super::hangul::composed;

/// The Latin keys of the letters ㄱ to ㅎ and ㅏ to ㅣ (U+3131 to U+3163), lower case: a shifted key is the key.
const KEYS: [&str; 51] = [
    "r", "r", "rt", "s", "sw", "sg", "e", "e", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a", "q", "q", "qt", "t", "t", "d", "w", "w",
    "c", "z", "x", "v",
    "g", // ㄱ ㄲ ㄳ ㄴ ㄵ ㄶ ㄷ ㄸ ㄹ ㄺ ㄻ ㄼ ㄽ ㄾ ㄿ ㅀ ㅁ ㅂ ㅃ ㅄ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ
    "k", "o", "i", "o", "j", "p", "u", "p", "h", "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b", "m", "ml", "l",
];

/// Initial consonants in the order of syllables, as places in [`KEYS`].
const INITIALS: [u8; 19] = [0, 1, 3, 6, 7, 8, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29];

/// Finals in the order of syllables, the first being none, as places in [`KEYS`].
const FINALS: [u8; 27] = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 25, 26, 27, 28, 29];

/// The keys that write this letter or syllable, in order, in lower case (마 is `a`, `k`); none where it is no Hangul.
pub fn keys(c: char) -> Option<String> {
    let code = u32::from(c);
    match c {
        'ㄱ'..='ㅣ' => Some(KEYS[(code - 0x3131) as usize].to_owned()),
        '가'..='힣' => {
            let index = (code - 0xAC00) as usize;
            let (initial, vowel, last) = (index / 588, index % 588 / 28, index % 28);
            let mut keys = KEYS[usize::from(INITIALS[initial])].to_owned();
            keys.push_str(KEYS[30 + vowel]);
            if last > 0 {
                keys.push_str(KEYS[usize::from(FINALS[last - 1])]);
            }
            Some(keys)
        }
        '\u{1100}'..='\u{1112}' => Some(KEYS[usize::from(INITIALS[(code - 0x1100) as usize])].to_owned()),
        '\u{1161}'..='\u{1175}' => Some(KEYS[30 + (code - 0x1161) as usize].to_owned()),
        '\u{11a8}'..='\u{11c2}' => Some(KEYS[usize::from(FINALS[(code - 0x11a8) as usize])].to_owned()),
        _ => None,
    }
}

/// The keys of a whole text, other characters as they are.
pub fn keys_of(text: &str) -> String {
    composed(text).chars().map(|c| keys(c).unwrap_or_else(|| c.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_a_syllable_is_its_key() {
        for (typed, meant) in
            [("ㅁ", "a"), ("마", "ak"), ("ㅂ", "q"), ("왉", "dhkfr"), ("의", "dml"), ("ㅃ", "q"), ("ㅛ", "y"), ("ㅜ", "n")]
        {
            assert_eq!(keys_of(typed), meant, "{typed}");
        }
        assert_eq!(keys_of("dkssud 안녕"), "dkssud dkssud");
        assert_eq!(keys('a'), None);
        assert_eq!(keys_of("\u{1106}\u{1161}"), "ak", "decomposed");
    }

    #[test]
    fn all_syllables_have_keys() {
        assert!(('가'..='힣').all(|c| keys(c).is_some_and(|keys| (2..=5).contains(&keys.len()))));
        assert!(('ㄱ'..='ㅣ').all(|c| keys(c).is_some()));
    }
}
