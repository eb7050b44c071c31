//! Hangul syllables: what is one, how it ends, and decomposed (NFD) syllables read as one character each.

use crate::span::Span;

const FIRST_SYLLABLE: u32 = 0xAC00;
const LAST_SYLLABLE: u32 = 0xD7A3;
const FIRST_LEAD: u32 = 0x1100;
const FIRST_VOWEL: u32 = 0x1161;
/// One before the first final consonant: number 0 stands for "no final consonant".
const BEFORE_FINALS: u32 = 0x11A7;
const LEADS: u32 = 19;
const VOWELS: u32 = 21;
const FINALS: u32 = 28;
/// The number of ㄹ among the final consonants. Double finals such as ㄺ (닭) have numbers of their own and count as [`Final::Consonant`].
const RIEUL: u32 = 8;

/// The last sound of a word, as far as particles care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Final {
    /// A consonant other than a single ㄹ: 점, 값, 닭.
    Consonant,
    /// A single ㄹ: 모델, 행렬. Takes 로 like a vowel, and 은 이 을 과 like a consonant.
    Liquid,
    /// A vowel: 함수.
    Vowel,
}

/// Whether the character is Hangul of any kind: a syllable, or a jamo alone or as part of a decomposed syllable.
pub fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{A960}'..='\u{A97C}' | '\u{AC00}'..='\u{D7A3}' | '\u{D7B0}'..='\u{D7FB}')
}

/// Whether the character is a letter of any script. Hangul is told at once: the general test takes many steps for it.
pub fn is_letter(c: char) -> bool {
    is_hangul(c) || c.is_alphabetic()
}

/// Whether the character is a letter or a figure of any script, as [`char::is_alphanumeric`] has it. Hangul is told at once.
pub fn is_letter_or_figure(c: char) -> bool {
    is_hangul(c) || c.is_alphanumeric()
}

/// The last sound of the text's last character; `None` where that is not a Hangul syllable.
pub fn final_sound(text: &str) -> Option<Final> {
    text.chars().next_back().and_then(final_of)
}

/// The last sound of a syllable; `None` where the character is none.
pub fn final_of(c: char) -> Option<Final> {
    let number = match u32::from(c) {
        code @ FIRST_SYLLABLE..=LAST_SYLLABLE => (code - FIRST_SYLLABLE) % FINALS,
        code if (FIRST_VOWEL..FIRST_VOWEL + VOWELS).contains(&code) => 0,
        code if (BEFORE_FINALS + 1..BEFORE_FINALS + FINALS).contains(&code) => code - BEFORE_FINALS,
        _ => return None,
    };
    Some(match number {
        0 => Final::Vowel,
        RIEUL => Final::Liquid,
        _ => Final::Consonant,
    })
}

/// Whether a composed syllable ends in ㅆ, as past stems do: 했, 었, 겠, 있.
pub fn ends_in_double_siot(c: char) -> bool {
    const DOUBLE_SIOT: u32 = 20;
    final_number(c) == Some(DOUBLE_SIOT)
}

/// The number of a composed syllable's final consonant, 0 for none.
pub(super) fn final_number(c: char) -> Option<u32> {
    u32::from(c).checked_sub(FIRST_SYLLABLE).filter(|&n| n <= LAST_SYLLABLE - FIRST_SYLLABLE).map(|n| n % FINALS)
}

/// The length in bytes of the Hangul run that the text starts with.
pub fn run_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        // Most syllables are told by their first byte: U+B000 to U+CFFF.
        while matches!(bytes.get(at), Some(0xEB | 0xEC)) {
            at += 3;
        }
        match text[at..].chars().next() {
            Some(c) if is_hangul(c) => at += c.len_utf8(),
            _ => return at,
        }
    }
}

/// The text's characters with their byte spans, each decomposed syllable given as the one character that it looks like.
pub fn characters(text: &str) -> impl Iterator<Item = (char, Span)> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.next()?;
        let mut shown = first;
        let mut end = start + first.len_utf8();
        if let Some(lead) = number(first, FIRST_LEAD, LEADS)
            && let Some(vowel) = rest.peek().and_then(|&(_, c)| number(c, FIRST_VOWEL, VOWELS))
        {
            rest.next();
            end += 3;
            shown = syllable(lead, vowel);
        }
        // A syllable without a final may be followed by a decomposed one even where the rest is composed.
        if is_open_syllable(shown)
            && let Some(last) = rest.peek().and_then(|&(_, c)| number(c, BEFORE_FINALS, FINALS)).filter(|&n| n > 0)
        {
            rest.next();
            end += 3;
            shown = char::from_u32(u32::from(shown) + last).unwrap_or(shown);
        }
        Some((shown, start..end))
    })
}

/// The text with decomposed syllables composed.
pub fn composed(text: &str) -> String {
    characters(text).map(|(c, _)| c).collect()
}

/// The text with its syllables decomposed, the reverse of [`composed`].
pub fn decomposed(text: &str) -> String {
    text.chars().flat_map(parts).flatten().collect()
}

fn number(c: char, first: u32, count: u32) -> Option<u32> {
    u32::from(c).checked_sub(first).filter(|&n| n < count)
}

fn syllable(lead: u32, vowel: u32) -> char {
    char::from_u32(FIRST_SYLLABLE + (lead * VOWELS + vowel) * FINALS).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn is_open_syllable(c: char) -> bool {
    matches!(u32::from(c), code @ FIRST_SYLLABLE..=LAST_SYLLABLE if (code - FIRST_SYLLABLE).is_multiple_of(FINALS))
}

fn parts(c: char) -> [Option<char>; 3] {
    let code = u32::from(c);
    if !(FIRST_SYLLABLE..=LAST_SYLLABLE).contains(&code) {
        return [Some(c), None, None];
    }
    let index = code - FIRST_SYLLABLE;
    let last = index % FINALS;
    [
        char::from_u32(FIRST_LEAD + index / FINALS / VOWELS),
        char::from_u32(FIRST_VOWEL + index / FINALS % VOWELS),
        (last > 0).then(|| char::from_u32(BEFORE_FINALS + last)).flatten(),
    ]
}

/// What follows `head` at the start of `run`, as [`str::strip_prefix`] has it: two bytes rule out most of a list before any is compared.
#[inline]
pub(super) fn strip<'r>(run: &'r str, head: &str) -> Option<&'r str> {
    let (run_bytes, head_bytes) = (run.as_bytes(), head.as_bytes());
    match (run_bytes.get(1..3), head_bytes.get(1..3)) {
        (Some(own), Some(other)) if own != other => None,
        (None, Some(_)) => None,
        _ => run.strip_prefix(head),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_sound_is_the_same_composed_and_decomposed() {
        for (word, sound) in [
            ("안장점", Final::Consonant),
            ("값", Final::Consonant),
            ("닭", Final::Consonant),
            ("앎", Final::Consonant),
            ("모델", Final::Liquid),
            ("함수", Final::Vowel),
            ("힣", Final::Consonant),
            ("가", Final::Vowel),
        ] {
            assert_eq!(final_sound(word), Some(sound), "{word}");
            assert_eq!(final_sound(&decomposed(word)), Some(sound), "{word} decomposed");
        }
        for unknown in ["", "BERT", "점)", "3", "ㄱ"] {
            assert_eq!(final_sound(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn decomposed_syllables_are_one_character_each_with_their_bytes() {
        let text = "a각나b";
        let nfd = decomposed(text);
        assert_eq!(nfd.chars().count(), 7);
        let read: Vec<_> = characters(&nfd).collect();
        assert_eq!(read, [('a', 0..1), ('각', 1..10), ('나', 10..16), ('b', 16..17)]);
        assert_eq!(composed(&nfd), text);
        assert_eq!(composed("가\u{11A8}"), "각", "half composed");
        assert_eq!(composed("각\u{11A8}"), "각\u{11A8}", "a final that belongs to no syllable stays");
    }

    #[test]
    fn a_run_ends_where_hangul_ends() {
        assert_eq!(run_len("에서는 x"), 9);
        assert_eq!(run_len("x"), 0);
        assert_eq!(run_len("는"), 3);
    }
}
