//! The English text that stands beside a place of the Korean file: what it has, the Korean may have too.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::Context;
use crate::span::Span;

/// The bytes of the English item or segment where that is certain, else of the whole English digest; none without one.
pub(super) fn english_beside<'c>(context: &'c Context<'_>, at: usize) -> Option<&'c str> {
    let side = context.english()?;
    let part = context.part_at(at).and_then(|part| part.english.clone());
    Some(part.map_or(side.digest.text, |span| &side.digest.text[span]))
}

/// Whether byte `at` lies in one of some spans, which are in the order of the text.
pub(super) fn is_in(spans: &[Span], at: usize) -> bool {
    let after = spans.partition_point(|span| span.start <= at);
    after > 0 && at < spans[after - 1].end
}

/// What is known of the English text beside each place: a text is not read again for each of the many places that it stands beside.
pub(super) struct Beside<'s, 'c, T> {
    context: &'s Context<'c>,
    /// By the address and the length of the English text.
    known: RefCell<FxHashMap<(*const u8, usize), Rc<T>>>,
    learn: fn(&'s str) -> T,
}

impl<'s, 'c, T> Beside<'s, 'c, T> {
    /// Nothing is known yet; `learn` says what is to be known of a text.
    pub(super) fn new(context: &'s Context<'c>, learn: fn(&'s str) -> T) -> Self {
        Self { context, known: RefCell::default(), learn }
    }

    /// What is known of the English beside a place; `None` without an English digest.
    pub(super) fn at(&self, at: usize) -> Option<Rc<T>> {
        let english = english_beside(self.context, at)?;
        let known = &mut *self.known.borrow_mut();
        Some(known.entry((english.as_ptr(), english.len())).or_insert_with(|| Rc::new((self.learn)(english))).clone())
    }
}

/// A text in which many others are looked for, one after the other.
pub(super) struct Haystack<'t> {
    text: Cow<'t, str>,
    known: RefCell<FxHashMap<String, bool>>,
    /// How many bytes were read to look for what is not known.
    read: Cell<usize>,
    /// Every place, sorted by the bytes from there on: made when so much was read that it is cheaper.
    sorted: OnceCell<Vec<u32>>,
}

/// As many bytes of a place are sorted by; what is longer is looked for in the text itself, which cannot hold many of them.
const SORTED: usize = 128;

/// The text is read so often before its places are sorted.
const READ: usize = 256;

impl<'t> Haystack<'t> {
    /// Nothing was looked for yet.
    pub(super) fn new(text: &'t str) -> Self {
        Self::of(text.into())
    }

    /// A text that is only made to be looked in.
    pub(super) fn of(text: Cow<'t, str>) -> Self {
        Self { text, known: RefCell::default(), read: Cell::new(0), sorted: OnceCell::new() }
    }

    /// Whether the text holds `needle`.
    pub(super) fn has(&self, needle: &str) -> bool {
        if let Some(&known) = self.known.borrow().get(needle) {
            return known;
        }
        let has = if needle.len() <= SORTED && self.read.get() > self.text.len().saturating_mul(READ) {
            self.is_sorted_in(needle.as_bytes())
        } else {
            let found = memmem::find(self.text.as_bytes(), needle.as_bytes());
            self.read.set(self.read.get() + found.unwrap_or(self.text.len()));
            found.is_some()
        };
        self.known.borrow_mut().insert(needle.to_owned(), has);
        has
    }

    fn is_sorted_in(&self, needle: &[u8]) -> bool {
        let bytes = self.text.as_bytes();
        let from = |at: u32| &bytes[at as usize..bytes.len().min(at as usize + SORTED)];
        let sorted = self.sorted.get_or_init(|| {
            let mut sorted: Vec<u32> = self.text.char_indices().map(|(at, _)| at as u32).collect();
            sorted.sort_unstable_by(|one, other| from(*one).cmp(from(*other)));
            sorted
        });
        let first = sorted.partition_point(|at| from(*at) < needle);
        needle.is_empty() || sorted.get(first).is_some_and(|at| from(*at).starts_with(needle))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_has_what_stands_in_it(text in "[ab가나]{0,60}", needles in prop::collection::vec("[ab가나]{0,4}", 0..300)) {
            let haystack = Haystack::new(&text);
            for needle in &needles {
                prop_assert_eq!(haystack.has(needle), text.contains(needle.as_str()), "{}", needle);
                prop_assert_eq!(haystack.is_sorted_in(needle.as_bytes()), text.contains(needle.as_str()), "{}", needle);
            }
        }
    }

    #[test]
    fn many_words_are_looked_for_in_a_long_text() {
        let text = "abc ".repeat(300_000);
        let haystack = Haystack::new(&text);
        let found = (0..100_000).filter(|number| haystack.has(&format!("{number}"))).count();
        assert_eq!(found, 0);
        assert!(haystack.has("bc a") && haystack.has(&"abc ".repeat(50)) && !haystack.has(&"abc ".repeat(300_001)));
    }
}
