//! Which figure of one language is which of the other, and what is left over.

use super::convert::{compound, is_converted, is_same, is_twin};
use super::{Figure, FigureKind, english, english_words, korean};
use crate::checks::Passage;
use crate::korean::number::Number;

/// What is wrong with the figures of a part.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Nothing explains the English figure; the Korean one stands in its place, where one is left over.
    Changed {
        /// The English figure.
        english: Figure,
        /// What stands in its place.
        korean: Option<Figure>,
    },
    /// The Korean has a figure that the English does not explain.
    Added {
        /// The Korean figure.
        korean: Figure,
        /// An English number word that nothing explains.
        english: Option<Figure>,
    },
    /// The number is there, in another unit or of another scale.
    Unit {
        /// The English figure.
        english: Figure,
        /// The Korean one.
        korean: Figure,
    },
}

/// What is wrong with the figures of two texts that say the same.
pub fn compare(english: &[Passage<'_>], korean: &[Passage<'_>]) -> Vec<Fault> {
    let mut sides = Sides::default();
    english.iter().enumerate().for_each(|(index, passage)| english::digits(passage, index, &mut sides.english));
    korean.iter().enumerate().for_each(|(index, passage)| korean::digits(passage, index, &mut sides.korean));
    if sides.english.is_empty() && sides.korean.is_empty() {
        return Vec::new();
    }
    sides.of_english = vec![State::Open; sides.english.len()];
    sides.of_korean = vec![State::Open; sides.korean.len()];
    sides.pair_digits();
    if sides.is_open() {
        sides.add_words(english, korean);
        sides.pair_words();
        sides.convert();
        sides.leave_out_twins();
    }
    sides.faults(english, korean)
}

/// What became of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing yet.
    Open,
    /// The other side has it, at this place of its list.
    Paired(usize),
    /// The other side explains it otherwise.
    Explained,
}

#[derive(Default)]
struct Sides {
    english: Vec<Figure>,
    korean: Vec<Figure>,
    of_english: Vec<State>,
    of_korean: Vec<State>,
}

impl Sides {
    /// Pairs figures of digits that are equal: those of the same unit first, then by their first values.
    fn pair_digits(&mut self) {
        let unit = |one: &Figure, other: &Figure| one.unit.zip(other.unit).is_some_and(|(one, other)| is_same(one, other));
        self.pair(|one, other| one.value == other.value && unit(one, other));
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
        let open = |states: &[State], figures: &[Figure]| states.iter().zip(figures).any(|(state, figure)| *state == State::Open && figure.is_digits());
        open(&self.of_english, &self.english) || open(&self.of_korean, &self.korean)
    }

    fn add_words(&mut self, english: &[Passage<'_>], korean: &[Passage<'_>]) {
        english.iter().enumerate().for_each(|(index, passage)| english_words::words(passage, index, &mut self.english));
        korean.iter().enumerate().for_each(|(index, passage)| korean::words(passage, index, &mut self.korean));
        self.of_english.resize(self.english.len(), State::Open);
        self.of_korean.resize(self.korean.len(), State::Open);
    }

    /// Pairs digits with words: English digits first, because they must be explained; then words with words, so that they explain nothing
    /// else; then Korean digits.
    fn pair_words(&mut self) {
        self.pair(|one, other| one.is_digits() && other.kind == FigureKind::Word && one.equals(other));
        self.pair(|one, other| one.is_digits() && other.kind == FigureKind::PerhapsWord && one.equals(other));
        self.pair(|one, other| one.kind == FigureKind::Word && other.kind == FigureKind::Word && one.value == other.value);
        self.pair(|one, other| one.kind == FigureKind::Word && other.is_digits() && one.equals(other));
    }

    /// Explains what is given in another unit.
    fn convert(&mut self) {
        for e in 0..self.english.len() {
            let Some((amount, unit, count)) = compound(&self.english[e..]) else { continue };
            let open: Vec<usize> = (0..self.korean.len()).filter(|k| self.of_korean[*k] == State::Open).collect();
            for k in open {
                let figure = &self.korean[k];
                let is_converted = match figure.unit {
                    Some(korean) => is_converted(amount, unit, figure.value, korean),
                    None => false,
                };
                if is_converted {
                    self.of_korean[k] = State::Explained;
                    for state in self.of_english[e..e + count].iter_mut().filter(|state| **state == State::Open) {
                        *state = State::Explained;
                    }
                }
            }
        }
        self.convert_degrees();
    }

    /// English degrees without a letter may be Fahrenheit where the Korean has Celsius.
    fn convert_degrees(&mut self) {
        let (Some(fahrenheit), Some(celsius)) = (super::unit::named("°F"), super::unit::named("°C")) else { return };
        for e in 0..self.english.len() {
            let figure = &self.english[e];
            if self.of_english[e] != State::Open || figure.unit.is_some() || !figure.is_digits() {
                continue;
            }
            let amount = figure.value.amount();
            let is_it = |k: &usize| {
                let figure = &self.korean[*k];
                self.of_korean[*k] == State::Open && figure.unit == Some(celsius) && is_converted(amount, fahrenheit, figure.value, celsius)
            };
            if let Some(k) = (0..self.korean.len()).find(is_it) {
                (self.of_english[e], self.of_korean[k]) = (State::Explained, State::Explained);
            }
        }
    }

    /// `120 km (75 mi)` may become 120km.
    fn leave_out_twins(&mut self) {
        for e in 0..self.english.len() {
            if self.of_english[e] != State::Open {
                continue;
            }
            let near = e.saturating_sub(2)..(e + 3).min(self.english.len());
            let is_there = |other: usize| other != e && self.of_english[other] != State::Open;
            let is_twin = |other: usize| {
                let (one, other) = (&self.english[e], &self.english[other]);
                let units = one.unit.zip(other.unit);
                one.passage == other.passage && units.is_some_and(|(a, b)| is_twin(one.value.amount(), a, other.value.amount(), b))
            };
            if near.into_iter().any(|other| is_there(other) && is_twin(other)) {
                self.of_english[e] = State::Explained;
            }
        }
    }

    /// What nothing explains.
    fn faults(&self, english: &[Passage<'_>], korean: &[Passage<'_>]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut left: Vec<usize> = (0..self.korean.len()).filter(|k| self.of_korean[*k] == State::Open && self.korean[*k].kind == FigureKind::Digits).collect();
        let take = |left: &mut Vec<usize>, fits: &dyn Fn(&Figure) -> bool| {
            let at = left.iter().position(|k| fits(&self.korean[*k]))?;
            Some(self.korean[left.remove(at)].clone())
        };
        for (e, figure) in self.english.iter().enumerate() {
            if self.of_english[e] != State::Open || !figure.is_digits() {
                continue;
            }
            let is_repeated = self.is_repeated(&self.korean, figure);
            let text = figure.text(english);
            let look_alike = |other: &Figure| looks_alike(text, other.text(korean)) || shares_unit(figure, other);
            // The number stands there with other zeros: 5 million, 5천.
            if let Some(scaled) = take(&mut left, &|other| is_rescaled(figure, other, other.text(korean))) {
                faults.push(Fault::Unit { english: figure.clone(), korean: scaled });
                continue;
            }
            let mut changed = take(&mut left, &look_alike);
            let must = figure.kind == FigureKind::Digits && !is_repeated;
            if must {
                changed = changed.or_else(|| take(&mut left, &|_| true));
            }
            if must || changed.is_some() {
                faults.push(Fault::Changed { english: figure.clone(), korean: changed });
            }
        }
        for k in left {
            let figure = &self.korean[k];
            if self.is_repeated(&self.english, figure) {
                continue;
            }
            let word = self.english.iter().enumerate().find(|(e, word)| self.of_english[*e] == State::Open && word.kind == FigureKind::Word && shares_unit(word, figure));
            faults.push(Fault::Added { korean: figure.clone(), english: word.map(|(_, word)| word.clone()) });
        }
        for (e, figure) in self.english.iter().enumerate() {
            let State::Paired(k) = self.of_english[e] else { continue };
            if figure.is_digits() && self.korean[k].is_digits() && differs(figure, &self.korean[k]) {
                faults.push(Fault::Unit { english: figure.clone(), korean: self.korean[k].clone() });
            }
        }
        faults
    }

    /// Whether the other side has the figure, if less often.
    fn is_repeated(&self, others: &[Figure], figure: &Figure) -> bool {
        others.iter().any(|other| other.equals(figure))
    }
}

/// Whether the units of both are certain, and not the same.
fn differs(one: &Figure, other: &Figure) -> bool {
    one.unit.zip(other.unit).is_some_and(|(one, other)| !is_same(one, other))
}

fn shares_unit(one: &Figure, other: &Figure) -> bool {
    one.unit.zip(other.unit).is_some_and(|(one, other)| is_same(one, other))
}

/// Whether two figures have as many digits.
fn looks_alike(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    digits(one) == digits(other)
}

/// Whether the Korean has the digits of the English with another scale.
fn is_rescaled(english: &Figure, korean: &Figure, text: &str) -> bool {
    let has_scale = text.chars().any(|c| matches!(c, '십' | '백' | '천' | '만' | '억' | '조'));
    let big = |number: Number| number.amount() >= 1_000.0;
    has_scale && english.value.mantissa() == korean.value.mantissa() && english.value != korean.value && (big(english.value) || big(korean.value))
}
