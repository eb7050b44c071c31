//! Figures that are explained by a measure: converted, given twice, or inside a range.

use super::Figure;
use super::compare::{Sides, State};
use super::convert::{compound, is_converted, is_measure, is_twin};
use super::unit::named;
use crate::checks::Passage;
use crate::korean::number::Number;

impl Sides {
    /// Explains 1년 6개월, 1시간 반 and the like as one measure in a smaller unit.
    pub(super) fn convert_compounds(&mut self, korean: &[Passage<'_>]) {
        for k in 0..self.korean.len() {
            let Some((amount, unit, count)) = compound(&self.korean[k..]) else { continue };
            let figure = &self.korean[k];
            let after = &korean[figure.passage].text()[figure.range.end..];
            let has_half = ["년 반", "시간 반", "년반", "시간반", "분 반"].iter().any(|half| after.starts_with(half));
            let (amount, tens) = if has_half { (amount + 0.5, true) } else { (amount, count > 1) };
            if !tens || self.of_korean[k..k + count].iter().any(|state| *state != State::Open) {
                continue;
            }
            let is_it = |e: &usize| {
                let figure = &self.english[*e];
                self.of_english[*e] == State::Open && figure.unit.is_some_and(|english| is_measure(amount, unit, figure.value, english))
            };
            if let Some(e) = (0..self.english.len()).find(is_it) {
                self.of_english[e] = State::Explained;
                self.of_korean[k..k + count].fill(State::Explained);
            }
        }
    }

    /// Explains English digits that are left by Korean figures of some kind in another unit.
    pub(super) fn convert_left(&mut self, is_meant: impl Fn(&Figure) -> bool) {
        for e in 0..self.english.len() {
            if self.of_english[e] == State::Open && self.english[e].is_digits() {
                self.convert_one(e, &is_meant);
            }
        }
    }

    /// Explains Korean figures of some kind that say an English one again in another unit.
    pub(super) fn convert(&mut self, is_meant: impl Fn(&Figure) -> bool) {
        for e in 0..self.english.len() {
            self.convert_one(e, &is_meant);
        }
    }

    fn convert_one(&mut self, e: usize, is_meant: &impl Fn(&Figure) -> bool) {
        let Some((amount, unit, count)) = compound(&self.english[e..]) else { return };
        for k in 0..self.korean.len() {
            let figure = &self.korean[k];
            // What explains one English figure explains the same measure said again: 100 miles in the title and in the comment.
            let may_explain = is_meant(figure)
                && match self.of_korean[k] {
                    State::Open => true,
                    State::Explained => self.is_said_before(e) && !self.is_left(figure),
                    State::Paired(_) | State::Wrong(_) => false,
                };
            let is_it = |value: Number| figure.unit.is_some_and(|korean| is_converted(amount, unit, value, korean));
            if may_explain && (is_it(figure.value) || figure.other.is_some_and(is_it)) {
                self.of_korean[k] = State::Explained;
                self.of_english[e..e + count].iter_mut().filter(|state| **state == State::Open).for_each(|state| *state = State::Explained);
            }
        }
    }

    /// Whether the English has a figure, with its unit, once more before, and that one is explained.
    fn is_said_before(&self, e: usize) -> bool {
        let figure = &self.english[e];
        let before = self.english[..e].iter().zip(&self.of_english);
        before.into_iter().any(|(other, state)| *state == State::Explained && other.value == figure.value && other.unit == figure.unit)
    }

    /// Whether the Korean has a figure in this one's unit that nothing explains yet.
    fn is_left(&self, figure: &Figure) -> bool {
        let mut all = self.korean.iter().zip(&self.of_korean);
        all.any(|(other, state)| *state == State::Open && other.is_digits() && other.unit == figure.unit)
    }

    /// `1st, 2nd and 3rd` may become 1~3위.
    pub(super) fn fill_ranges(&mut self, korean: &[Passage<'_>]) {
        let is_range = |pair: &[Figure]| {
            let between = korean[pair[0].passage].text().get(pair[0].range.end..pair[1].range.start).unwrap_or_default();
            pair[0].passage == pair[1].passage && matches!(between.trim(), "~" | "-" | "–" | "∼" | "～" | "〜" | "에서" | "부터")
        };
        let is_end = |k: usize| matches!(self.of_korean[k], State::Paired(e) if self.english[e].is_digits());
        let pairs = self.korean.windows(2).enumerate().filter(|(k, pair)| is_range(pair) && is_end(*k) && is_end(*k + 1));
        let ranges: Vec<(f64, f64)> = pairs.map(|(_, pair)| (pair[0].value.amount(), pair[1].value.amount())).collect();
        for (figure, state) in self.english.iter().zip(&mut self.of_english).filter(|(_, state)| **state == State::Open) {
            let amount = figure.value.amount();
            if figure.value.as_whole().is_some()
                && ranges.iter().any(|(first, last)| *first < amount && amount < *last && last - first <= 10.0)
            {
                *state = State::Explained;
            }
        }
    }

    /// English degrees without a letter may be Fahrenheit where the Korean has Celsius.
    pub(super) fn convert_degrees(&mut self) {
        let (Some(fahrenheit), Some(celsius)) = (named("°F"), named("°C")) else { return };
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
    pub(super) fn leave_out_twins(&mut self) {
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
}
