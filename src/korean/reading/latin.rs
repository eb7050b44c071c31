//! Latin letters: acronyms by the name of the last letter, words by their last letters, identifiers by their last part.

use super::Reading;
use super::words;
use crate::korean::hangul::Final;

/// How a text that ends in a Latin letter is read.
pub(super) fn sound(text: &str) -> Option<Reading> {
    let word = &text[text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()..];
    if let Some(reading) = words::name(word) {
        return Some(reading);
    }
    let part = last_hump(word);
    if part.len() < word.len()
        && let Some(reading) = words::name(part)
    {
        return Some(reading);
    }
    if part.bytes().all(|b| b.is_ascii_uppercase()) {
        return Some(capitals(part));
    }
    // LLMs, GPUs: read with or without the s.
    if part == "s" && word.len() > 1 {
        return Some(Reading::likely(Final::Vowel));
    }
    if part.len() == 1 {
        return Some(Reading::certain(letter(part)));
    }
    let has_vowel = part.bytes().any(|b| matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
    if !has_vowel && part.len() <= 5 {
        return Some(Reading::likely(letter(part)));
    }
    // A name or an identifier is read as it is; a word may be read by its meaning.
    let is_name = part.len() < word.len()
        || word.bytes().next().is_some_and(|b| b.is_ascii_uppercase())
        || text[..text.len() - word.len()].ends_with('_');
    word_sound(&part.to_ascii_lowercase(), is_name)
}

/// The name of the last letter: 엘 and 알, 엠 and 엔; all others end in a vowel.
fn letter(word: &str) -> Final {
    match word.bytes().next_back().map(|b| b.to_ascii_uppercase()) {
        Some(b'L' | b'R') => Final::Liquid,
        Some(b'M' | b'N') => Final::Consonant,
        _ => Final::Vowel,
    }
}

/// A word in capitals: by letter, unless it is long and ends like a word that is read as one.
fn capitals(word: &str) -> Reading {
    let roman = word.len() > 1 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let as_word = |length: usize, ends: &[&str]| word.len() >= length && ends.iter().any(|end| word.ends_with(end));
    match word {
        "II" | "IV" => Reading::firm(Final::Vowel),
        "III" | "VI" | "XIII" | "XVI" => Reading::likely(Final::Consonant),
        _ if roman => Reading::likely(letter(word)),
        _ if as_word(4, &["AR", "ER", "OR"]) => Reading::likely(Final::Vowel),
        _ if as_word(5, &["CK", "ING"]) => Reading::likely(Final::Consonant),
        _ if as_word(5, &["BLE", "PLE", "TLE", "ULE", "ILE"]) => Reading::likely(Final::Liquid),
        // Those that can be spoken may be read as words: OPEC is 오펙.
        _ if word.len() >= 4 && may_end_in_a_stop(word) => Reading::likely(letter(word)),
        // Long ones may be words of any kind.
        _ if word.len() >= 6 => Reading::likely(letter(word)),
        _ => Reading::certain(letter(word)),
    }
}

/// A vowel and a stop at the end.
fn may_end_in_a_stop(word: &str) -> bool {
    let mut letters = word.bytes().rev();
    matches!(letters.next(), Some(b'P' | b'T' | b'C' | b'K' | b'B' | b'Q' | b'G'))
        && matches!(letters.next(), Some(b'A' | b'E' | b'I' | b'O' | b'U'))
}

/// The part of a camel-case word after its last change from lower to upper case, and the last word after a run of capitals: ImageNet, cuDNN.
fn last_hump(word: &str) -> &str {
    let bytes = word.as_bytes();
    let mut start = 0;
    for at in 1..bytes.len() {
        let (before, here) = (bytes[at - 1], bytes[at]);
        let next_is_lower = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        if here.is_ascii_uppercase() && (before.is_ascii_lowercase() || next_is_lower) {
            start = at;
        }
    }
    let part = &word[start..];
    // LLMs is LLM and a plural, not LL and Ms; ROCm and GPTq end in a letter of their own.
    let capitals = word.bytes().take_while(u8::is_ascii_uppercase).count();
    if capitals >= 2 && capitals + 1 == word.len() { &word[capitals..] } else { part }
}

/// A word in lower case letters, by the rules of the loanword orthography (외래어 표기법 제3장 제1절) as its last letters show them.
fn word_sound(word: &str, is_name: bool) -> Option<Reading> {
    if let Some(reading) = words::loan(word) {
        return Some(reading);
    }
    let ends = |list: &[&str]| list.iter().any(|end| word.ends_with(end));
    let given = |sound: Final, strong: bool| Some(if strong && is_name { Reading::firm(sound) } else { Reading::likely(sound) });
    let bytes = word.as_bytes();
    let at = |back: usize| bytes.len().checked_sub(back).map(|i| bytes[i]);
    let is_vowel = |b: Option<u8>| b.is_none_or(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
    match at(1)? {
        b'l' => given(Final::Liquid, true),
        b'm' | b'n' => given(Final::Consonant, true),
        b'e' if ends(&["ile", "ule", "ole", "ale", "yle"]) || (word.ends_with("le") && !is_vowel(at(3))) => given(Final::Liquid, true),
        b'e' if ends(&["me", "ne"]) && word.len() > 2 => given(Final::Consonant, true),
        b'e' => given(Final::Vowel, !ends(&["pe", "le"])),
        b'g' if word.ends_with("ng") => given(Final::Consonant, true),
        b'k' if ends(&["ck", "ook"]) => given(Final::Consonant, true),
        // A short vowel before it: 틱톡, 그록; after a long one or a consonant it is 크.
        b'k' => given(if ends(&["ak", "ik", "ok"]) && !is_vowel(at(3)) { Final::Consonant } else { Final::Vowel }, !is_vowel(at(2))),
        b'p' | b't' if !is_vowel(at(2)) => given(Final::Vowel, true),
        b'p' if ends(&["oop"]) => given(Final::Vowel, false),
        b'p' if ends(&["op", "ap", "ip", "up"]) => given(Final::Consonant, false),
        b't' if ends(&["oot", "oat", "eat"]) => given(Final::Vowel, false),
        b't' if ends(&["eet"]) => None,
        b't' if ends(&["et", "ot", "ut"]) => given(Final::Consonant, false),
        b'p' | b't' | b'c' => None,
        // A plural may be read without its s.
        b's' => given(Final::Vowel, ends(&["ss", "us", "is", "as", "os"])),
        b'a' | b'i' | b'o' | b'u' | b'y' | b'r' | b'w' | b'x' | b'd' | b'f' | b'v' | b'z' => given(Final::Vowel, true),
        _ => given(Final::Vowel, ends(&["sh", "ch", "th"])),
    }
}
