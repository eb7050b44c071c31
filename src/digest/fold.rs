//! Texts compared without regard to how they are stored: NFC, runs of blanks as one.

use std::borrow::Cow;

use sha2::{Digest as _, Sha256};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in NFC with every run of white space as one blank and none at either end.
pub fn fold(text: &str) -> Cow<'_, str> {
    if is_plain(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut blank = true;
    let tidy = !text.ends_with(char::is_whitespace)
        && text.chars().all(|c| {
            let again = c.is_whitespace() && (blank || c != ' ');
            blank = c.is_whitespace();
            !again
        });
    let normal = is_nfc_quick(text.chars()) == IsNormalized::Yes;
    if tidy && normal {
        return Cow::Borrowed(text);
    }
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Cow::Owned(if normal { words } else { words.nfc().collect() })
}

/// Whether a text is folded already, told by bytes alone: letters that are never decomposed, and single blanks between them. Of a
/// text with anything rarer in it nothing is said.
fn is_plain(bytes: &[u8]) -> bool {
    let mut blank = true;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        let length = match byte {
            b' ' if blank => return false,
            b' ' | 0x21..=0x7E => 1,
            // U+00A1 to U+00FF.
            0xC2 if next > 0xA0 => 2,
            0xC3 => 2,
            // Dashes, quotes, ellipsis: U+2010 to U+2027.
            0xE2 if next == 0x80 && bytes.get(at + 2).is_some_and(|last| matches!(last, 0x90..=0xA7)) => 3,
            // Hangul syllables, U+AC00 to U+D77F.
            0xEA if next >= 0xB0 => 3,
            0xEB | 0xEC => 3,
            0xED if next <= 0x9D => 3,
            _ => return false,
        };
        blank = byte == b' ';
        at += length;
    }
    !blank || bytes.is_empty()
}

/// Names an English text in the record: 16 hexadecimal digits of its folded form's SHA-256.
pub fn hash(text: &str) -> String {
    let digest = Sha256::digest(fold(text).as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_forms_of_one_text_are_equal() {
        assert_eq!(fold(" 한글\t 두\r\n줄 "), "한글 두 줄");
        assert_eq!(fold("\u{1112}\u{1161}\u{11ab}"), "한");
        assert_eq!(hash("a b"), hash("a\n  b"));
        assert_ne!(hash("a b"), hash("ab"));
        assert_eq!(hash("a").len(), 16);
    }

    proptest::proptest! {
        #[test]
        fn what_is_plain_is_folded(text in "[ a-c가-나힟é–’\u{300}\u{a0}\u{2003}\u{1112}\t]{0,8}") {
            let folded = text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect::<String>();
            proptest::prop_assert_eq!(fold(&text), folded);
        }
    }
}
