//! Which figure of one language is which of the other, and what is left over.

use super::convert::{compound, is_converted, is_measure, is_same, is_twin};
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
enum State {
    /// Nothing yet.
    Open,
    /// The other side has it, at this place of its list.
    Paired(usize),
    /// The other side has another number in its place.
    Wrong(usize),
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

    /// Explains 1년 6개월, 1시간 반 and the like as one measure in a smaller unit.
    fn convert_compounds(&mut self, korean: &[Passage<'_>]) {
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

    /// Explains English digits that are left by Korean figures of some kind in another unit.
    fn convert_left(&mut self, is_meant: impl Fn(&Figure) -> bool) {
        for e in 0..self.english.len() {
            if self.of_english[e] == State::Open && self.english[e].is_digits() {
                self.convert_one(e, &is_meant);
            }
        }
    }

    /// Explains Korean figures of some kind that say an English one again in another unit.
    fn convert(&mut self, is_meant: impl Fn(&Figure) -> bool) {
        for e in 0..self.english.len() {
            self.convert_one(e, &is_meant);
        }
    }

    fn convert_one(&mut self, e: usize, is_meant: &impl Fn(&Figure) -> bool) {
        let Some((amount, unit, count)) = compound(&self.english[e..]) else { return };
        for k in 0..self.korean.len() {
            let figure = &self.korean[k];
            let is_open = self.of_korean[k] == State::Open && is_meant(figure);
            let is_it = |value: Number| figure.unit.is_some_and(|korean| is_converted(amount, unit, value, korean));
            if is_open && (is_it(figure.value) || figure.other.is_some_and(is_it)) {
                self.of_korean[k] = State::Explained;
                self.of_english[e..e + count].iter_mut().filter(|state| **state == State::Open).for_each(|state| *state = State::Explained);
            }
        }
    }

    /// `1st, 2nd and 3rd` may become 1~3위.
    fn fill_ranges(&mut self, korean: &[Passage<'_>]) {
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

    /// A Korean figure that only an English article explains, or a word where it looks like the English figure.
    fn explained_by_word(&self, text: &str, korean: &[Passage<'_>]) -> Option<Figure> {
        let kind = |state: State| if let State::Paired(e) = state { Some(self.english[e].kind) } else { None };
        let digits = || self.korean.iter().zip(&self.of_korean).filter(|(figure, _)| figure.is_digits());
        let article = digits().find(|(_, state)| kind(**state) == Some(FigureKind::PerhapsWord));
        let word = || digits().find(|(figure, state)| kind(**state) == Some(FigureKind::Word) && looks_alike(text, figure.text(korean)));
        article.or_else(word).map(|(figure, _)| figure.clone())
    }

    /// Pairs English digits with Korean words of another unit: 2 hours, 두 달.
    fn pair_changed_words(&mut self) {
        self.pair(|one, other| one.is_digits() && other.kind == FigureKind::Word && one.value == other.value);
    }

    /// What nothing explains.
    fn faults(&self, english: &[Passage<'_>], korean: &[Passage<'_>]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let is_left =
            |k: &usize| self.of_korean[*k] == State::Open && matches!(self.korean[*k].kind, FigureKind::Digits | FigureKind::Minutes);
        let mut left: Vec<usize> = (0..self.korean.len()).filter(is_left).collect();
        let take = |left: &mut Vec<usize>, fits: &dyn Fn(&Figure) -> bool| {
            let at = left.iter().position(|k| fits(&self.korean[*k]))?;
            Some(self.korean[left.remove(at)].clone())
        };
        let mut told = None;
        for (e, figure) in self.english.iter().enumerate().filter(|(_, figure)| figure.is_digits()) {
            match self.of_english[e] {
                State::Explained => {}
                State::Wrong(k) if is_rescaled(figure, &self.korean[k], self.korean[k].text(korean)) => {
                    faults.push(Fault::Unit { english: figure.clone(), korean: self.korean[k].clone() });
                }
                State::Wrong(k) => faults.push(Fault::Changed { english: figure.clone(), korean: Some(self.korean[k].clone()) }),
                State::Paired(k) => {
                    if differs(figure, &self.korean[k]) {
                        faults.push(Fault::Unit { english: figure.clone(), korean: self.korean[k].clone() });
                    }
                }
                State::Open => {
                    // The number stands there with other zeros: 5 million, 5천.
                    if let Some(scaled) = take(&mut left, &|other| is_rescaled(figure, other, other.text(korean))) {
                        faults.push(Fault::Unit { english: figure.clone(), korean: scaled });
                        continue;
                    }
                    let text = figure.text(english);
                    let must = figure.kind != FigureKind::Loose && !is_repeated(&self.korean, figure);
                    let mut changed = take(&mut left, &|other| looks_alike(text, other.text(korean)) && !differs(figure, other));
                    if must {
                        changed = changed.or_else(|| take(&mut left, &|_| true)).or_else(|| self.explained_by_word(text, korean));
                    }
                    let must = must && !says_in_words(figure, korean);
                    // 17 pounds 1 ounce are one measure.
                    let is_rest = e > 0 && compound(&self.english[e - 1..]).is_some_and(|(.., count)| count == 2) && told == Some(e - 1);
                    if changed.is_some() || (must && !is_rest) {
                        told = Some(e);
                        faults.push(Fault::Changed { english: figure.clone(), korean: changed });
                    }
                }
            }
        }
        // A number word is told once.
        let mut words: Vec<&Figure> = Vec::new();
        for (word, state) in self.english.iter().zip(&self.of_english).filter(|(word, _)| word.kind == FigureKind::Word) {
            match state {
                State::Open => words.push(word),
                State::Wrong(k) => faults.push(Fault::Added { korean: self.korean[*k].clone(), english: Some(word.clone()) }),
                State::Paired(_) | State::Explained => {}
            }
        }
        for figure in left.into_iter().map(|k| &self.korean[k]) {
            let word =
                words.iter().position(|word| shares_unit(word, figure)).or_else(|| words.iter().position(|word| word.is_count(english)));
            if word.is_none() && is_repeated(&self.english, figure) {
                continue;
            }
            let word = word.map(|at| words.remove(at).clone());
            faults.push(Fault::Added { korean: figure.clone(), english: word });
        }
        faults
    }
}

/// Whether a Korean text says an English figure without a number: 0 as 없다, 100% as 모두.
fn says_in_words(figure: &Figure, korean: &[Passage<'_>]) -> bool {
    let words: &[&str] = if figure.value == Number::whole(0) {
        &["없", "빈 ", "비어", "비었", "영으로"]
    } else if figure.value == Number::whole(100) && is(figure, "%") {
        &["모든", "모두", "전부", "전체", "전원", "전혀", "완전", "온전", "무조건"]
    } else {
        return false;
    };
    korean.iter().any(|passage| words.iter().any(|word| passage.text().contains(word)))
}

/// Whether a figure is of this unit.
fn is(figure: &Figure, name: &str) -> bool {
    figure.unit.is_some_and(|unit| unit.name == name)
}

/// Whether a number word of the English says the digits of the Korean. Only months say months, and parts say parts alone.
fn says(word: &Figure, digits: &Figure) -> bool {
    let is_month = !is(digits, "month of the year") || is(word, "month of the year");
    let is_part = !is(word, "part") || is(digits, "part");
    word.equals(digits) && !differs(word, digits) && is_month && is_part
}

/// Whether the other side has the figure, if less often.
fn is_repeated(others: &[Figure], figure: &Figure) -> bool {
    others.iter().any(|other| other.equals(figure) && !differs(other, figure))
}

/// Whether the units of both are certain, and not the same.
fn differs(one: &Figure, other: &Figure) -> bool {
    !is(other, "place") && one.unit.zip(other.unit).is_some_and(|(one, other)| !is_same(one, other))
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
    has_scale
        && english.value.mantissa() == korean.value.mantissa()
        && english.value != korean.value
        && (big(english.value) || big(korean.value))
}
