//! Every English form of every entry, found by a hash of its letters that grows with the words of a text.
//!
//! Letters lie in one text, and forms with one hash in a chain: thousands of entries cost few allocations. A set of the hashes of all
//! beginnings ends most look-ups at a text's first word.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::Term;
use super::inflect::{forms_of_gerund, other_spelling, plurals, verb_forms};
use super::words::{Joint, Word, words};

/// Everyday phrases with a word in them that may be a term elsewhere: idioms and prepositions of several words.
const PHRASES: &[&str] = &[
    "state of the art",
    "top of the line",
    "out of the box",
    "off the shelf",
    "rule of thumb",
    "point of view",
    "bottom line",
    "in line with",
    "in terms of",
    "in order to",
    "in order for",
    "in any case",
    "in case of",
    "in the long run",
    "in light of",
    "by means of",
    "by no means",
    "by all means",
    "as a rule",
];

/// In the place of an entry's number: the form is one of the everyday phrases.
pub(super) const PHRASE: u32 = u32::MAX;

/// One form of an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// The number of the entry.
    pub term: u32,
    /// How it was made.
    pub derivation: Derivation,
    /// The letters as the entry spells them, without joints, in the common text.
    letters: (u32, u32),
    /// Its joints in the common list.
    joints: (u32, u32),
    /// The next form with the same hash, from 1; none is 0.
    next: u32,
    /// How many those are.
    before: u16,
}

/// Of entries with one form so many are found where it stands; nobody gives a word more senses.
const MOST: u16 = 64;

/// A form that another entry lists itself is that entry's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Derivation {
    Listed,
    Spelling,
    Plural,
    Verb,
}

/// All forms; there is always room for beginnings.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    forms: Vec<Form>,
    letters: String,
    /// Where entries have joints, in letters; true for a possessive.
    joints: Vec<(u32, bool)>,
    /// The first form of each hash, from 1.
    first: HashMap<u64, u32, BuildHasherDefault<Same>>,
    /// A bit for each hash of a beginning, at its remainder.
    beginnings: Vec<u64>,
}

impl Forms {
    pub(super) fn new(terms: &[Term]) -> Self {
        let mut forms = Self::default();
        let count = terms.iter().map(|term| 3 + term.forms.len()).sum::<usize>();
        forms.forms.reserve(count);
        forms.first.reserve(count);
        // Eight bits for each letter that may end a beginning keep false alarms to a few in a hundred.
        let letters = 256 + terms.iter().map(|term| term.english.len() + 8).sum::<usize>();
        forms.beginnings = vec![0; (letters * 8).next_power_of_two() / 64];
        PHRASES.iter().for_each(|phrase| forms.list(PHRASE, phrase, Derivation::Listed));
        for (number, term) in terms.iter().enumerate() {
            for listed in std::iter::once(&term.english).chain(&term.forms) {
                forms.list(number as u32, listed, Derivation::Listed);
            }
            forms.inflect(number as u32, &term.english, term.verb);
            if let Some(other) = other_spelling(&term.english) {
                forms.list(number as u32, &other, Derivation::Spelling);
                forms.inflect(number as u32, &other, term.verb);
            }
        }
        forms
    }

    /// Adds a form as it is.
    fn list(&mut self, term: u32, form: &str, derivation: Derivation) {
        let words = words(form);
        if can_stand(&words) {
            let joints = self.push_joints(&words);
            let start = self.letters.len() as u32;
            words.iter().for_each(|word| self.letters.push_str(word.text));
            self.push(term, start, joints, derivation, 0);
        }
    }

    /// Adds the inflected forms of an entry's last word.
    fn inflect(&mut self, term: u32, english: &str, verb: bool) {
        let words = words(english);
        // An entry that ends in a sign (C++) has no last word to inflect.
        let Some(last) = words.last().filter(|last| can_stand(&words) && last.span().end == english.len()) else { return };
        let joints = self.push_joints(&words);
        let tail =
            last.text.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + last.text[at..].chars().next().map_or(1, char::len_utf8));
        let (kept, inflected) = last.text.split_at(tail);
        let verbs = if verb { verb_forms(inflected) } else { forms_of_gerund(inflected) };
        for (list, derivation) in [(plurals(inflected), Derivation::Plural), (verbs, Derivation::Verb)] {
            for form in list {
                let start = self.letters.len() as u32;
                words[..words.len() - 1].iter().for_each(|word| self.letters.push_str(word.text));
                self.letters.push_str(kept);
                // The beginnings that it has in common with the entry are there already.
                let same = form.bytes().zip(inflected.bytes()).take_while(|(a, b)| a == b).count();
                let known = self.letters.len() + form.floor_char_boundary(same);
                self.letters.push_str(&form);
                self.push(term, start, joints, derivation, known);
            }
        }
    }

    fn push_joints(&mut self, words: &[Word]) -> (u32, u32) {
        let start = self.joints.len() as u32;
        let mut letters = 0;
        for (index, word) in words.iter().enumerate() {
            if index > 0 {
                self.joints.push((letters, word.joint == Joint::Possessive));
            }
            letters += word.text.chars().count() as u32;
        }
        (start, self.joints.len() as u32)
    }

    /// Adds the form whose letters stand in the common text from `start` on, with its beginnings that end behind `known`.
    fn push(&mut self, term: u32, start: u32, joints: (u32, u32), derivation: Derivation, known: usize) {
        let mut hash = Hash::default();
        for (at, c) in self.letters[start as usize..].char_indices() {
            hash.push_char(c);
            if start as usize + at >= known {
                let bit = self.bit(hash);
                self.beginnings[bit / 64] |= 1 << (bit % 64);
            }
        }
        let next = self.first.get(&hash.mixed()).copied().unwrap_or(0);
        let before = (next as usize).checked_sub(1).map_or(0, |at| self.forms[at].before + 1);
        if before == MOST {
            return;
        }
        self.first.insert(hash.mixed(), self.forms.len() as u32 + 1);
        self.forms.push(Form { term, derivation, before, letters: (start, self.letters.len() as u32), joints, next });
    }

    /// The bit of a hash; there is a power of two of them.
    fn bit(&self, hash: Hash) -> usize {
        hash.mixed() as usize & (self.beginnings.len() * 64 - 1)
    }

    /// Whether some form may begin with the letters of this hash.
    pub(super) fn may_begin(&self, hash: Hash) -> bool {
        let bit = self.bit(hash);
        self.beginnings[bit / 64] & 1 << (bit % 64) != 0
    }

    /// The forms with this hash, and perhaps others: letters are to be compared.
    pub(super) fn of(&self, hash: Hash) -> impl Iterator<Item = &Form> {
        let mut next = self.first.get(&hash.mixed()).copied().unwrap_or(0);
        std::iter::from_fn(move || {
            let form = self.forms.get((next as usize).checked_sub(1)?)?;
            next = form.next;
            Some(form)
        })
    }

    /// The letters of a form.
    pub(super) fn spelled(&self, form: &Form) -> &str {
        &self.letters[form.letters.0 as usize..form.letters.1 as usize]
    }

    /// The joints of a form.
    pub(super) fn joints(&self, form: &Form) -> &[(u32, bool)] {
        &self.joints[form.joints.0 as usize..form.joints.1 as usize]
    }
}

/// A form that no text can hold as words (an identifier, punctuation alone) is never found.
fn can_stand(words: &[Word]) -> bool {
    !words.is_empty() && !words.iter().any(|word| word.identifier) && !words[1..].iter().any(|word| word.joint == Joint::Break)
}

/// The hash of letters in lower case, one after the other (FNV-1a).
#[derive(Clone, Copy, Debug)]
pub(super) struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    pub(super) fn push(&mut self, letters: &str) {
        if letters.is_ascii() {
            letters.bytes().for_each(|b| self.push_lower(char::from(b.to_ascii_lowercase())));
        } else {
            letters.chars().for_each(|c| self.push_char(c));
        }
    }

    fn push_char(&mut self, c: char) {
        if c.is_ascii() {
            self.push_lower(c.to_ascii_lowercase());
        } else {
            c.to_lowercase().for_each(|c| self.push_lower(c));
        }
    }

    fn push_lower(&mut self, c: char) {
        self.0 = (self.0 ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3);
    }

    /// The upper bits depend on all letters, the lower ones less so.
    fn mixed(self) -> u64 {
        (self.0 ^ (self.0 >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32)
    }
}

/// Takes a hash for what it is.
#[derive(Clone, Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
