//! Syllables taken apart and put together: what a fault needs to change a word's ending.

use translate_digest::korean::hangul::is_hangul;

/// Final consonants by their number in a syllable.
pub const NONE: u32 = 0;
pub const N: u32 = 4;
pub const L: u32 = 8;
pub const B: u32 = 17;
pub const SS: u32 = 20;

/// The number of the final consonant of a syllable.
pub fn final_of(c: char) -> Option<u32> {
    is_hangul(c).then(|| (c as u32).checked_sub(0xAC00).filter(|at| *at < 11_172).map(|at| at % 28))?
}

/// The syllable with another final consonant.
pub fn with_final(c: char, last: u32) -> Option<char> {
    char::from_u32(c as u32 - final_of(c)? + last)
}

/// The word with another final consonant in its last syllable, if it has this one.
pub fn ending_in(word: &str, from: u32, to: u32) -> Option<String> {
    let last = word.chars().next_back().filter(|c| final_of(*c) == Some(from))?;
    Some(format!("{}{}", &word[..word.len() - last.len_utf8()], with_final(last, to)?))
}
