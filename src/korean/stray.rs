//! Characters that have no place in Korean text, and their names.

use super::jamo::is_jamo;

/// Why a character has no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stray {
    /// A control character but tabs and line ends.
    Control,
    /// It has no width.
    Unseen,
    /// It turns the direction of the text, which only right-to-left scripts need.
    Turn,
    /// It looks like a blank and is none: U+3000, the fillers of Hangul.
    Blank,
    /// It stands for a character that was lost.
    Lost,
    /// A wide Latin letter or digit.
    Wide,
    /// A narrow Hangul letter of KS X 1001's neighbours.
    Half,
    /// A letter of Hangul outside syllables.
    Jamo,
}

/// Whether a byte of UTF-8 may begin a stray character: nearly no byte of Korean text does.
pub fn is_suspect(byte: u8) -> bool {
    SUSPECT[byte as usize]
}

static SUSPECT: [bool; 256] = suspects();

const fn suspects() -> [bool; 256] {
    let mut table = [false; 256];
    let mut control = 0;
    while control < 0x20 {
        table[control] = !matches!(control, 0x09 | 0x0a | 0x0d);
        control += 1;
    }
    table[0x7f] = true;
    // U+0080, U+0340, U+0600, U+1000, U+2000, U+3000, U+F000 and U+C0000, each with what follows.
    let leads = [0xc2, 0xcd, 0xd8, 0xe1, 0xe2, 0xe3, 0xef, 0xf3];
    let mut at = 0;
    while at < leads.len() {
        table[leads[at]] = true;
        at += 1;
    }
    table
}

/// Why the character has no place in Korean text, if so.
pub fn stray(c: char) -> Option<Stray> {
    Some(match c {
        '\t' | '\n' | '\r' => return None,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' => Stray::Control,
        '\u{202d}'
        | '\u{202e}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}'
        | '\u{feff}' => Stray::Unseen,
        '\u{e0000}'..='\u{e007f}' => Stray::Unseen,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}' => Stray::Turn,
        '\u{3000}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => Stray::Blank,
        '\u{fffc}' | '\u{fffd}' | '\u{fffe}' | '\u{ffff}' | '\u{fdd0}'..='\u{fdef}' => Stray::Lost,
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Stray::Wide,
        '\u{ffa1}'..='\u{ffdc}' => Stray::Half,
        c if is_jamo(c) => Stray::Jamo,
        _ => return None,
    })
}

/// The narrow form of a wide letter or digit.
pub fn ascii(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// Names of Unicode.
const NAMES: &[(char, &str)] = &[
    ('\u{0}', "NULL"),
    ('\u{8}', "BACKSPACE"),
    ('\u{b}', "LINE TABULATION"),
    ('\u{c}', "FORM FEED"),
    ('\u{1b}', "ESCAPE"),
    ('\u{7f}', "DELETE"),
    ('\u{85}', "NEXT LINE"),
    ('\u{ad}', "SOFT HYPHEN"),
    ('\u{34f}', "COMBINING GRAPHEME JOINER"),
    ('\u{61c}', "ARABIC LETTER MARK"),
    ('\u{115f}', "HANGUL CHOSEONG FILLER"),
    ('\u{1160}', "HANGUL JUNGSEONG FILLER"),
    ('\u{180e}', "MONGOLIAN VOWEL SEPARATOR"),
    ('\u{200b}', "ZERO WIDTH SPACE"),
    ('\u{200c}', "ZERO WIDTH NON-JOINER"),
    ('\u{200d}', "ZERO WIDTH JOINER"),
    ('\u{200e}', "LEFT-TO-RIGHT MARK"),
    ('\u{200f}', "RIGHT-TO-LEFT MARK"),
    ('\u{2028}', "LINE SEPARATOR"),
    ('\u{2029}', "PARAGRAPH SEPARATOR"),
    ('\u{202a}', "LEFT-TO-RIGHT EMBEDDING"),
    ('\u{202b}', "RIGHT-TO-LEFT EMBEDDING"),
    ('\u{202c}', "POP DIRECTIONAL FORMATTING"),
    ('\u{202d}', "LEFT-TO-RIGHT OVERRIDE"),
    ('\u{202e}', "RIGHT-TO-LEFT OVERRIDE"),
    ('\u{2060}', "WORD JOINER"),
    ('\u{2066}', "LEFT-TO-RIGHT ISOLATE"),
    ('\u{2067}', "RIGHT-TO-LEFT ISOLATE"),
    ('\u{2068}', "FIRST STRONG ISOLATE"),
    ('\u{2069}', "POP DIRECTIONAL ISOLATE"),
    ('\u{3000}', "IDEOGRAPHIC SPACE"),
    ('\u{3164}', "HANGUL FILLER"),
    ('\u{feff}', "ZERO WIDTH NO-BREAK SPACE"),
    ('\u{ffa0}', "HALFWIDTH HANGUL FILLER"),
    ('\u{fffc}', "OBJECT REPLACEMENT CHARACTER"),
    ('\u{fffd}', "REPLACEMENT CHARACTER"),
];

/// The character's name and number, which a terminal can show: `ZERO WIDTH SPACE (U+200B)`.
pub fn name(c: char) -> String {
    let number = c as u32;
    match NAMES.iter().find(|(known, _)| *known == c) {
        Some((_, name)) => format!("{name} (U+{number:04X})"),
        None if c.is_control() => format!("a control character (U+{number:04X})"),
        None => format!("an unseen character (U+{number:04X})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stray_character_begins_with_a_suspect_byte() {
        for c in '\0'..=char::MAX {
            if stray(c).is_some() {
                let mut bytes = [0; 4];
                assert!(is_suspect(c.encode_utf8(&mut bytes).as_bytes()[0]), "{}", name(c));
            }
        }
        assert!("가나다 abc 123 é“”".chars().all(|c| stray(c).is_none()));
    }

    #[test]
    fn what_korean_text_has_passes() {
        for c in "～、。《》「」…·※℃①→★\u{fe0f}\u{a0}—–‘’👩é漢か！？（），".chars() {
            assert_eq!(stray(c), None, "{c}");
        }
        assert_eq!(name('\u{200b}'), "ZERO WIDTH SPACE (U+200B)");
        assert_eq!(name('\u{1}'), "a control character (U+0001)");
        assert_eq!("Ａ９ｚ".chars().map(ascii).collect::<String>(), "A9z");
    }
}
