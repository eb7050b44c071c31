//! Places in a text, found by bytes: a letter is only put together where its first byte could be the one that is sought.

use std::ops::Range;

/// The first character at byte `from` or after it that fits, with its place. `may_begin` says whether the first byte (UTF-8) of such a
/// character could be this one; it must hold for every character that fits.
pub fn position(text: &str, from: usize, may_begin: impl Fn(u8) -> bool, fits: impl Fn(char) -> bool) -> Option<(usize, char)> {
    let mut at = from;
    loop {
        at += text.as_bytes().get(at..)?.iter().position(|b| may_begin(*b))?;
        let c = text[at..].chars().next()?;
        if fits(c) {
            return Some((at, c));
        }
        at += c.len_utf8();
    }
}

/// What stands between blanks of any kind, in order, as byte ranges.
pub fn between_blanks(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at;
            let (end, next) = match position(text, start, may_be_blank, char::is_whitespace) {
                Some((end, c)) => (end, end + c.len_utf8()),
                None if start >= text.len() => return None,
                None => (text.len(), text.len()),
            };
            at = next;
            if start < end {
                return Some(start..end);
            }
        }
    })
}

/// The first bytes of blanks: those of ASCII, U+0085, U+00A0, U+1680, U+2000 to U+205F, U+3000.
fn may_be_blank(b: u8) -> bool {
    matches!(b, b'\t'..=b'\r' | b' ' | 0xC2 | 0xE1..=0xE3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_standard_library() {
        for text in
            ["", " ", "가", " 가 나\t다\n", "가\u{a0}나\u{3000}다\u{2009}라\u{1680}마\u{85}바", "‘가’ – 나·다", "\u{1100}\u{1161} ㅋㅋ 、"]
        {
            let found: Vec<&str> = between_blanks(text).map(|range| &text[range]).collect();
            assert_eq!(found, text.split_whitespace().collect::<Vec<_>>(), "{text:?}");
        }
        let blanks = (0..=0x3FFFF).filter_map(char::from_u32).filter(|c| c.is_whitespace());
        for blank in blanks {
            assert_eq!(between_blanks(&format!("a{blank}b")).count(), 2, "{blank:?}");
        }
    }

    #[test]
    fn a_character_is_found_at_its_place() {
        let mark = |text: &str, from| position(text, from, |b| matches!(b, b'.' | 0xE2), |c| matches!(c, '.' | '…'));
        assert_eq!(mark("가–나…", 0), Some((9, '…')));
        assert_eq!(mark("가.나.", 4), Some((7, '.')));
        assert_eq!(mark("가.", 4), None);
        assert_eq!(mark("가.", 9), None);
    }
}
