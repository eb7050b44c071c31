//! Finds renderings in Korean: which term stands where, in which form, and with which particle or ending behind it.
//!
//! A rendering counts where the whole word around it can be read as made of it: nothing else in Hangul, or a tail (particles, endings), or
//! everyday words that make a compound of it. Letters that are a part of another word (층 in 계층) do not count.

mod everyday;
mod lexicon;
mod reading;
mod tails;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::{Case, Rendering, Term};
use crate::korean::view::{View, is_composed};
use lexicon::{Lexicon, Spacing};

/// What the glossary says of a rendering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// The one to write, in its own or in other spacing.
    Preferred,
    /// Another accepted one.
    Also,
    /// A forbidden one.
    Avoid,
    /// The English form of a name that stays.
    Keep,
}

impl Form {
    /// The word used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Preferred => "preferred",
            Self::Also => "also",
            Self::Avoid => "avoid",
            Self::Keep => "keep",
        }
    }
}

/// A rendering of a term in a Korean text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The term's place in [`super::Glossary::terms`].
    pub term: usize,
    /// What the glossary says of it.
    pub form: Form,
    /// The rendering as the glossary writes it.
    pub rendering: Arc<str>,
    /// Where it stands in the view, in bytes.
    pub range: Range<usize>,
    /// The particles or ending written onto it, in the view; empty where there are none, or where it is a part of a compound.
    pub tail: Range<usize>,
    /// Whether its blanks are others than the glossary's.
    pub other_spacing: bool,
    /// What the word around it makes of it.
    pub standing: Standing,
}

/// What the word around a rendering makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It begins the word, and only a tail follows.
    Word,
    /// It is a part of a compound (손실함수 for 함수).
    Compound,
    /// It is a word of a longer rendering (함수 in 볼록 함수).
    Inner,
    /// A prefix makes a narrower term of it (고차원 for 차원): neither the term nor another one.
    Narrower,
}

/// All renderings of all terms, ready to be found. Built once.
#[derive(Clone, Debug)]
pub(super) struct Finder {
    lexicon: Lexicon,
    /// The entries of each word of the lexicon.
    entries: Vec<Vec<Entry>>,
    /// Terms with a rendering that too many have before them: it is not found for them.
    crowded: HashSet<usize>,
    /// The words of the lexicon that stand inside each word of several words (볼록 and 함수 in 볼록 함수).
    inner: Vec<Vec<Inner>>,
    /// The glossary's own `known` words.
    known: Lexicon,
}

/// Of the entries that share a rendering so many are found where it stands: more tell nothing of any of them.
const MOST_ENTRIES: usize = 16;

/// A word inside another one: its number, and the letters from and to which it reaches, blanks not counted.
#[derive(Clone, Debug)]
struct Inner {
    word: usize,
    letters: Range<usize>,
}

/// One rendering of one term.
#[derive(Clone, Debug)]
struct Entry {
    term: usize,
    form: Form,
    rendering: Arc<str>,
}

impl Default for Finder {
    fn default() -> Self {
        Self::new(&[], &[])
    }
}

impl Finder {
    pub(super) fn new(terms: &[Term], known: &[String]) -> Self {
        let mut words: Vec<(Cow<str>, bool)> = Vec::with_capacity(terms.len() * 2);
        let mut entries: Vec<Vec<Entry>> = Vec::with_capacity(terms.len() * 2);
        let mut crowded = HashSet::new();
        let mut numbers: HashMap<(Cow<str>, bool), usize> = HashMap::with_capacity(terms.len() * 2);
        for (term, entry) in terms.iter().enumerate() {
            let any_case = entry.case == Case::Any;
            for (form, text) in forms(entry).filter(|(_, text)| text.contains(char::is_alphanumeric)) {
                let number = *numbers.entry((text.clone(), any_case)).or_insert_with(|| {
                    words.push((text.clone(), any_case));
                    entries.push(Vec::new());
                    words.len() - 1
                });
                // The forms of a term follow each other.
                if entries[number].last().is_some_and(|known| known.term == term) {
                    continue;
                }
                if entries[number].len() == MOST_ENTRIES {
                    crowded.insert(term);
                    continue;
                }
                entries[number].push(Entry { term, form, rendering: text.into() });
            }
        }
        // A known word of several words covers a term like a term does, and stands for none.
        for word in known.iter().filter(|word| word.trim().contains(char::is_whitespace)) {
            words.push((readable(word), false));
            entries.push(Vec::new());
        }
        let known: Vec<Cow<str>> = known.iter().map(|word| readable(word)).filter(|word| !word.is_empty()).collect();
        let number = |part: &str, any_case: bool| numbers.get(&(Cow::Borrowed(part), any_case)).copied();
        Self {
            inner: words.iter().map(|(text, any_case)| inner(text, |part| number(part, *any_case))).collect(),
            lexicon: Lexicon::new(words.iter().map(|(text, any_case)| (text.as_ref(), *any_case))),
            entries,
            crowded,
            known: Lexicon::new(known.iter().map(|word| (word.as_ref(), false))),
        }
    }

    /// Whether a rendering of the term is not found for it, because too many share it.
    pub(super) fn is_crowded(&self, term: usize) -> bool {
        self.crowded.contains(&term)
    }

    /// Every rendering of the view, from left to right. One that stands for several terms is there once for each.
    pub(super) fn find(&self, view: &View) -> Vec<Hit> {
        let mut hits = Vec::new();
        reading::each_term(&self.lexicon, &self.known, view, |found| {
            let hit = |entry: &Entry, range: Range<usize>, tail: Range<usize>, standing| Hit {
                term: entry.term,
                form: entry.form,
                rendering: entry.rendering.clone(),
                range,
                tail,
                other_spacing: found.spacing != Spacing::Same,
                standing,
            };
            for entry in &self.entries[found.word] {
                hits.push(hit(entry, found.range.clone(), found.tail.clone(), found.standing));
            }
            for inner in self.inner[found.word].iter().filter(|_| found.standing != Standing::Narrower) {
                let range = letters(&view.text, &found.range, &inner.letters);
                let tail = if range.end == found.range.end { found.tail.clone() } else { range.end..range.end };
                for entry in &self.entries[inner.word] {
                    hits.push(Hit { other_spacing: false, ..hit(entry, range.clone(), tail.clone(), Standing::Inner) });
                }
            }
        });
        hits
    }
}

/// A rendering of more words is a sentence, whose words are no terms inside it.
const MOST_WORDS: usize = 24;

/// The words with a `number` that a rendering of several words is made of, itself not among them.
fn inner(text: &str, number: impl Fn(&str) -> Option<usize>) -> Vec<Inner> {
    if !text.contains(char::is_whitespace) || text.split_whitespace().nth(MOST_WORDS).is_some() {
        return Vec::new();
    }
    let letters = |part: &str| part.chars().filter(|c| !c.is_whitespace()).count();
    let starts: Vec<usize> = text.split_whitespace().map(|word| word.as_ptr() as usize - text.as_ptr() as usize).collect();
    let ends: Vec<usize> = text.split_whitespace().zip(&starts).map(|(word, start)| start + word.len()).collect();
    let mut found = Vec::new();
    for (first, &start) in starts.iter().enumerate() {
        for (last, &end) in ends.iter().enumerate().skip(first).filter(|(last, _)| last - first + 1 < ends.len()) {
            let part = &text[start..end];
            let solid = || number(&part.split_whitespace().collect::<String>());
            if let Some(word) = number(part).or_else(|| if last > first { solid() } else { None }) {
                let before = letters(&text[..start]);
                found.push(Inner { word, letters: before..before + letters(part) });
            }
        }
    }
    found
}

/// The bytes of some letters of a rendering in a text, blanks not counted.
fn letters(text: &str, rendering: &Range<usize>, letters: &Range<usize>) -> Range<usize> {
    let mut places = text[rendering.clone()].char_indices().filter(|(_, c)| !c.is_whitespace()).skip(letters.start).take(letters.len());
    let first = places.next();
    let last = places.last().or(first);
    let start = first.map_or(rendering.end, |(at, _)| rendering.start + at);
    start..last.map_or(start, |(at, c)| rendering.start + at + c.len_utf8())
}

/// The renderings of a term with what they are. One that differs from the preferred one in blanks only is preferred too, and a name
/// that stays may stand in the plural (CNNs).
fn forms(term: &Term) -> impl Iterator<Item = (Form, Cow<'_, str>)> {
    let preferred = term.korean.as_ref().map(|rendering| readable(&rendering.text));
    let kept = term.keep.then_some(&term.english).into_iter().chain(term.forms.iter().filter(|_| term.keep));
    let plural = term.keep.then(|| Cow::Owned(format!("{}s", term.english)));
    let other = {
        let preferred = preferred.clone();
        move |form: Form, text: &'_ Rendering| {
            let same = preferred.as_deref().is_some_and(|preferred| without_blanks(preferred).eq(without_blanks(&text.text)));
            if same { Form::Preferred } else { form }
        }
    };
    let others = term.also.iter().map(|text| (Form::Also, text)).chain(term.avoid.iter().map(|text| (Form::Avoid, text)));
    preferred
        .map(|text| (Form::Preferred, text))
        .into_iter()
        .chain(kept.map(|text| (Form::Keep, readable(text))).chain(plural.map(|text| (Form::Keep, text))))
        .chain(others.map(move |(form, text)| (other(form, text), readable(&text.text))))
}

/// A text as views hold it: composed, without blanks around it.
fn readable(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if is_composed(text) { Cow::Borrowed(text) } else { Cow::Owned(View::of(text).text) }
}

fn without_blanks(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace())
}
