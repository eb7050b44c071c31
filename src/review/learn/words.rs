//! The words of a Korean text as they are compared: without marks, quotes and notes in brackets.

use crate::korean::hangul::is_letter;
use crate::korean::noun::{is_grammatical, readings};
use crate::korean::tail::TailKind;
use crate::korean::view::View;

/// A word between blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its letters.
    pub letters: String,
    /// Whether a mark behind it ends the phrase.
    pub is_last: bool,
    /// Ways to read it, the likeliest first; none where it ends a sentence.
    pub readings: Vec<Noun>,
}

/// A word read as a noun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Noun {
    /// Without its tail.
    pub noun: String,
    /// Particle, copula or light verb.
    pub tail: String,
    pub kind: TailKind,
    /// Whether only nouns look like that.
    pub is_proof: bool,
}

impl Word {
    fn new(letters: String, is_last: bool) -> Self {
        let readings = readings(&letters).into_iter().map(|reading| Noun {
            noun: reading.noun.to_owned(),
            tail: reading.tail.to_owned(),
            kind: reading.kind,
            is_proof: reading.is_proof,
        });
        Self { readings: readings.collect(), letters, is_last }
    }

    /// The likeliest reading.
    pub fn best(&self) -> Option<&Noun> {
        self.readings.first()
    }

    /// Whether it may stand before another noun in one term: bare, or as 된, 한, 적인, 의.
    pub fn is_inner(&self) -> bool {
        let is_joining = |noun: &Noun| match noun.kind {
            TailKind::None => !is_grammatical(&noun.noun),
            TailKind::Verbal => matches!(noun.tail.as_str(), "된" | "한" | "되는" | "하는"),
            TailKind::Copula => noun.tail == "인" && noun.noun.ends_with('적'),
            _ => noun.tail == "의",
        };
        !self.is_last && self.best().is_some_and(is_joining)
    }

    /// Whether both words say the same but for what is written onto them.
    pub fn says(&self, other: &Self) -> bool {
        let nouns = || self.readings.iter().filter(|reading| reading.noun.chars().count() > 1);
        self.letters == other.letters || nouns().any(|own| other.readings.iter().any(|reading| reading.noun == own.noun))
    }

    /// Words written as one.
    fn joined(words: &[Self]) -> Self {
        let letters = words.iter().map(|word| word.letters.as_str()).collect();
        Self::new(letters, words.last().is_some_and(|word| word.is_last))
    }
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let text = without_notes(&View::of(text).text);
    let word = |word: &str| {
        let start = word.trim_start_matches(|c: char| !is_letter(c) && !c.is_numeric());
        let letters = start.trim_end_matches(|c: char| !is_letter(c) && !c.is_numeric() && !matches!(c, '+' | '#' | '%'));
        (!letters.is_empty()).then(|| Word::new(letters.to_owned(), letters.len() < start.len()))
    };
    text.split_whitespace().filter_map(word).collect()
}

/// Quotes and what stands in brackets right behind a word are no part of it: `'과적합(overfitting)'을`.
fn without_notes(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let behind = kept.chars().next_back().is_some_and(is_letter);
        let inner = (c == '(' && behind).then(|| rest.find(')')).flatten().filter(|end| *end < 120);
        if let Some(end) = inner {
            rest = &rest[end + 1..];
            continue;
        }
        if !matches!(c, '"' | '“' | '”' | '‘' | '’' | '`' | '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉' | '*') {
            // An apostrophe inside a Latin word stays.
            let next = rest[c.len_utf8()..].chars().next();
            if c != '\'' || (behind && next.is_some_and(|next| next.is_ascii_alphabetic())) {
                kept.push(c);
            }
        }
        rest = &rest[c.len_utf8()..];
    }
    kept
}

/// `words` with those that the other text writes as one word joined: a changed blank is no changed word.
pub(super) fn joined_as(words: &[Word], other: &[Word]) -> Vec<Word> {
    let mut joined = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let run = (2..=3).filter(|count| at + count <= words.len()).find_map(|count| {
            let run = &words[at..at + count];
            if run[..count - 1].iter().any(|word| word.is_last) {
                return None;
            }
            let one = Word::joined(run);
            let noun = one.best().map_or(one.letters.clone(), |best| best.noun.clone());
            let is_same = |word: &Word| word.letters == one.letters || word.best().is_some_and(|best| best.noun == noun);
            other.iter().any(is_same).then_some((one, count))
        });
        let (word, count) = run.unwrap_or_else(|| (words[at].clone(), 1));
        joined.push(word);
        at += count;
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.letters).collect()
    }

    #[test]
    fn marks_quotes_and_notes_are_no_letters() {
        assert_eq!(letters("‘과적합’을, (모델이) 과적합(overfitting, 과대적합)을 “줄인다”."), ["과적합을", "모델이", "과적합을", "줄인다"]);
        assert_eq!(letters("Moore's 법칙 – C++ 50% ( ..."), ["Moore's", "법칙", "C++", "50%"]);
        assert!(words("가, 나")[0].is_last && !words("가 나")[0].is_last);
    }

    #[test]
    fn words_that_differ_in_what_is_written_onto_them_say_the_same() {
        let one = |text: &str| words(text).remove(0);
        for (a, b) in
            [("모델이", "모델은"), ("모델도", "모델이"), ("학습합니다", "학습한다"), ("모델입니다", "모델이다"), ("모델", "모델을")]
        {
            assert!(one(a).says(&one(b)), "{a} {b}");
        }
        assert!(!one("모델이").says(&one("모형이")));
    }

    #[test]
    fn a_changed_blank_is_no_changed_word() {
        let (machine, approved) = (words("미세 조정을 한다"), words("미세조정을 한다"));
        assert_eq!(joined_as(&machine, &approved), approved);
    }
}
