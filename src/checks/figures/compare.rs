//! Which figure of one language is which of the other, and what is left over.

use super::convert::is_same;
use super::faults::Fault;
use super::{Figure, FigureKind, english, english_words, korean};
use crate::checks::Passage;

/// The most figures of a part that are compared.
const MOST: usize = 500;

/// What is wrong with the figures of two texts that say the same.
pub fn compare(english: &[Passage<'_>], korean: &[Passage<'_>]) -> Vec<Fault> {
    let mut sides = Sides::default();
    english.iter().enumerate().for_each(|(index, passage)| english::digits(passage, index, &mut sides.english));
    korean.iter().enumerate().for_each(|(index, passage)| korean::digits(passage, index, &mut sides.korean));
    // A list of data is nothing to read, and would take long.
    if (sides.english.is_empty() && sides.korean.is_empty()) || sides.english.len().max(sides.korean.len()) > MOST {
        return Vec::new();
    }
    sides.of_english = vec![State::Open; sides.english.len()];
    sides.of_korean = vec![State::Open; sides.korean.len()];
    sides.pair_digits();
    if sides.is_open() {
        sides.add_words(english, korean);
        if sides.english.len() * sides.korean.len() > MOST * MOST {
            return Vec::new();
        }
        sides.pair_words();
        sides.convert_compounds(korean);
        sides.convert_left(|figure| !figure.is_digits());
        sides.pair_wrong(Figure::is_digits);
        sides.convert_left(Figure::is_digits);
        sides.pair_other_words(english);
        sides.convert(Figure::is_digits);
        sides.convert_degrees();
        sides.fill_ranges(korean);
        sides.leave_out_twins();
        sides.pair_changed_words();
    }
    sides.faults(english, korean)
}

/// What became of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing yet.
    Open,
    /// The other side has it, at this place of its list.
    Paired(usize),
    /// The other side has another number in its place.
    Wrong(usize),
    /// The other side explains it otherwise.
    Explained,
}

/// The figures of both languages, and what became of each.
#[derive(Default)]
pub(super) struct Sides {
    pub(super) english: Vec<Figure>,
    pub(super) korean: Vec<Figure>,
    pub(super) of_english: Vec<State>,
    pub(super) of_korean: Vec<State>,
}

impl Sides {
    /// Pairs figures of digits that are equal: those of the same unit first, then by their first values.
    fn pair_digits(&mut self) {
        self.pair(|one, other| one.value == other.value && shares_unit(one, other));
        // Months are said by their names.
        self.pair(|one, other| one.value == other.value && !differs(one, other) && !is(other, "month of the year"));
        self.pair(|one, other| one.value == other.value && !differs(one, other));
        self.pair(|one, other| one.value == other.value);
        self.pair(Figure::equals);
    }

    /// Pairs open figures in the order of the text.
    fn pair(&mut self, fits: impl Fn(&Figure, &Figure) -> bool) {
        for (e, one) in self.english.iter().enumerate() {
            if self.of_english[e] != State::Open {
                continue;
            }
            let mate = self.korean.iter().enumerate().find(|(k, other)| self.of_korean[*k] == State::Open && fits(one, other));
            if let Some((k, _)) = mate {
                (self.of_english[e], self.of_korean[k]) = (State::Paired(k), State::Paired(e));
            }
        }
    }

    /// Whether anything has to be explained yet.
    fn is_open(&self) -> bool {
        let open = |states: &[State], figures: &[Figure]| {
            states.iter().zip(figures).any(|(state, figure)| *state == State::Open && figure.is_digits())
        };
        open(&self.of_english, &self.english) || open(&self.of_korean, &self.korean)
    }

    fn add_words(&mut self, english: &[Passage<'_>], korean: &[Passage<'_>]) {
        english.iter().enumerate().for_each(|(index, passage)| english_words::words(passage, index, &mut self.english));
        korean.iter().enumerate().for_each(|(index, passage)| korean::words(passage, index, &mut self.korean));
        self.of_english.resize(self.english.len(), State::Open);
        self.of_korean.resize(self.korean.len(), State::Open);
    }

    /// Pairs digits with words: English digits, because they must be explained; then Korean digits with words of their own unit.
    fn pair_words(&mut self) {
        let fits = |one: &Figure, other: &Figure| one.equals(other) && !differs(one, other);
        self.pair(|one, other| one.is_digits() && other.kind == FigureKind::Word && fits(one, other));
        self.pair(|one, other| one.is_digits() && other.kind == FigureKind::PerhapsWord && fits(one, other));
        self.pair(|one, other| {
            one.kind == FigureKind::Word && other.kind == FigureKind::Digits && shares_unit(one, other) && fits(one, other)
        });
    }

    /// Pairs words with words, so that they explain nothing else; then words with the Korean digits that are left.
    fn pair_other_words(&mut self, english: &[Passage<'_>]) {
        self.pair(|one, other| one.kind == FigureKind::Word && other.kind == FigureKind::Word && one.value == other.value);
        self.pair(|one, other| one.kind == FigureKind::Word && other.kind == FigureKind::Digits && says(one, other));
        self.pair_wrong(|figure| figure.kind == FigureKind::Word);
        // An article says one, but no first, nor where a number word waits for its figure.
        let mut words = self.english.iter().zip(&self.of_english);
        if !words.any(|(word, state)| *state == State::Open && word.kind == FigureKind::Word && word.is_count(english)) {
            self.pair(|one, other| {
                one.kind == FigureKind::PerhapsWord && other.kind == FigureKind::Digits && says(one, other) && !is(other, "place")
            });
        }
    }

    /// Pairs what is left in one unit: a number in its place that is another one.
    fn pair_wrong(&mut self, is_meant: impl Fn(&Figure) -> bool) {
        for e in 0..self.english.len() {
            if self.of_english[e] != State::Open || !is_meant(&self.english[e]) {
                continue;
            }
            let is_it = |k: &usize| {
                self.of_korean[*k] == State::Open && self.korean[*k].is_digits() && shares_unit(&self.english[e], &self.korean[*k])
            };
            if let Some(k) = (0..self.korean.len()).find(is_it) {
                (self.of_english[e], self.of_korean[k]) = (State::Wrong(k), State::Wrong(e));
            }
        }
    }

    /// Pairs English digits with Korean words of another unit: 2 hours, 두 달.
    fn pair_changed_words(&mut self) {
        self.pair(|one, other| one.is_digits() && other.kind == FigureKind::Word && one.value == other.value);
    }
}

/// Whether a figure is of this unit.
pub(super) fn is(figure: &Figure, name: &str) -> bool {
    figure.unit.is_some_and(|unit| unit.name == name)
}

/// Whether a number word of the English says the digits of the Korean. Only months say months, and parts say parts alone.
fn says(word: &Figure, digits: &Figure) -> bool {
    let is_month = !is(digits, "month of the year") || is(word, "month of the year");
    let is_part = !is(word, "part") || is(digits, "part");
    word.equals(digits) && !differs(word, digits) && is_month && is_part
}

/// Whether the units of both are certain, and not the same.
pub(super) fn differs(one: &Figure, other: &Figure) -> bool {
    !is(other, "place") && !is(other, "part") && one.unit.zip(other.unit).is_some_and(|(one, other)| !is_same(one, other))
}

/// Whether the units of both are certain, and the same.
pub(super) fn shares_unit(one: &Figure, other: &Figure) -> bool {
    one.unit.zip(other.unit).is_some_and(|(one, other)| is_same(one, other))
}
