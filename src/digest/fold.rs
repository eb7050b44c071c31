//! Texts compared without regard to how they are stored: NFC, runs of blanks as one.

use std::borrow::Cow;

use sha2::{Digest as _, Sha256};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in NFC with every run of white space as one blank and none at either end.
pub fn fold(text: &str) -> Cow<'_, str> {
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
}
