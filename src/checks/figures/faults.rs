//! What is left when the figures of both languages are paired and explained.

use super::compare::{Sides, State, differs, is, shares_unit};
use super::convert::compound;
use super::{Figure, FigureKind};
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

/// The Korean figures that nothing explains, as they are used up.
struct Left<'s> {
    figures: Vec<&'s Figure>,
    /// Whether the Korean says none, and all, in words; looked for when it first matters.
    said: [Option<bool>; 2],
}

impl Left<'_> {
    fn take(&mut self, fits: impl Fn(&Figure) -> bool) -> Option<Figure> {
        let at = self.figures.iter().position(|figure| fits(figure))?;
        Some(self.figures.remove(at).clone())
    }

    /// Whether a Korean text says an English figure without a number: 0 as 없다, 100% as 모두.
    fn says_in_words(&mut self, figure: &Figure, korean: &[Passage<'_>]) -> bool {
        let (index, words): (usize, &[&str]) = if figure.value == Number::whole(0) {
            (0, &["없", "빈 ", "비어", "비었", "영으로"])
        } else if figure.value == Number::whole(100) && is(figure, "%") {
            (1, &["모든", "모두", "전부", "전체", "전원", "전혀", "완전", "온전", "무조건"])
        } else {
            return false;
        };
        let say = || korean.iter().any(|passage| words.iter().any(|word| passage.text().contains(word)));
        *self.said[index].get_or_insert_with(say)
    }
}

impl Sides {
    /// What nothing explains.
    pub(super) fn faults(&self, english: &[Passage<'_>], korean: &[Passage<'_>]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let is_left =
            |figure: &Figure, state: State| state == State::Open && matches!(figure.kind, FigureKind::Digits | FigureKind::Minutes);
        let figures = self.korean.iter().zip(&self.of_korean).filter(|(figure, state)| is_left(figure, **state));
        let mut left = Left { figures: figures.map(|(figure, _)| figure).collect(), said: [None; 2] };
        let mut told = None;
        for (e, figure) in self.english.iter().enumerate().filter(|(_, figure)| figure.is_digits()) {
            // 17 pounds 1 ounce are one measure, and one fault.
            let is_rest = e > 0 && told == Some(e - 1) && compound(&self.english[e - 1..]).is_some_and(|(.., count)| count == 2);
            let fault = match self.of_english[e] {
                State::Explained => None,
                State::Paired(k) => differs(figure, &self.korean[k]).then(|| unit(figure, &self.korean[k])),
                State::Wrong(k) if is_rescaled(figure, &self.korean[k], korean) => Some(unit(figure, &self.korean[k])),
                State::Wrong(k) => Some(Fault::Changed { english: figure.clone(), korean: Some(self.korean[k].clone()) }),
                State::Open if is_rest => None,
                State::Open => self.fault_of(figure, &mut left, (english, korean)),
            };
            if let Some(fault) = fault {
                told = Some(e);
                faults.push(fault);
            }
        }
        self.added(left, english, &mut faults);
        faults
    }

    /// What is wrong with an English figure that nothing explains.
    fn fault_of(&self, figure: &Figure, left: &mut Left<'_>, words: (&[Passage<'_>], &[Passage<'_>])) -> Option<Fault> {
        let (english, korean) = words;
        // The number stands there with other zeros: 5 million, 5천.
        if let Some(scaled) = left.take(|other| is_rescaled(figure, other, korean)) {
            return Some(unit(figure, &scaled));
        }
        let text = figure.text(english);
        let must = figure.kind != FigureKind::Loose && !is_repeated(&self.korean, figure);
        let mut changed = left.take(|other| looks_alike(text, other.text(korean)) && !differs(figure, other));
        if must {
            changed = changed.or_else(|| left.take(|_| true)).or_else(|| self.explained_by_word(figure, text, korean));
        }
        let is_missed = must && !left.says_in_words(figure, korean);
        (changed.is_some() || is_missed).then(|| Fault::Changed { english: figure.clone(), korean: changed })
    }

    /// What only the Korean has. A number word of the English is told once.
    fn added(&self, left: Left<'_>, english: &[Passage<'_>], faults: &mut Vec<Fault>) {
        let mut words: Vec<&Figure> = Vec::new();
        for (word, state) in self.english.iter().zip(&self.of_english).filter(|(word, _)| word.kind == FigureKind::Word) {
            match state {
                State::Open => words.push(word),
                State::Wrong(k) => faults.push(Fault::Added { korean: self.korean[*k].clone(), english: Some(word.clone()) }),
                State::Paired(_) | State::Explained => {}
            }
        }
        for figure in left.figures {
            let of_unit = words.iter().position(|word| shares_unit(word, figure));
            let word = of_unit.or_else(|| words.iter().position(|word| word.is_count(english)));
            if word.is_some() || !is_repeated(&self.english, figure) {
                let english = word.map(|at| words.remove(at).clone());
                faults.push(Fault::Added { korean: figure.clone(), english });
            }
        }
    }

    /// A Korean figure that only an English article explains, or a word where it looks like the English figure.
    fn explained_by_word(&self, english: &Figure, text: &str, korean: &[Passage<'_>]) -> Option<Figure> {
        let kind = |state: State| if let State::Paired(e) = state { Some(self.english[e].kind) } else { None };
        let may_be = |figure: &Figure| figure.is_digits() && (figure.unit.is_none() || shares_unit(english, figure));
        let digits = || self.korean.iter().zip(&self.of_korean).filter(|(figure, _)| may_be(figure));
        let article = digits().find(|(_, state)| kind(**state) == Some(FigureKind::PerhapsWord));
        let word = || digits().find(|(figure, state)| kind(**state) == Some(FigureKind::Word) && looks_alike(text, figure.text(korean)));
        article.or_else(word).map(|(figure, _)| figure.clone())
    }
}

fn unit(english: &Figure, korean: &Figure) -> Fault {
    Fault::Unit { english: english.clone(), korean: korean.clone() }
}

/// Whether the other side has the figure, if less often.
fn is_repeated(others: &[Figure], figure: &Figure) -> bool {
    others.iter().any(|other| other.equals(figure) && !differs(other, figure))
}

/// Whether two figures have as many digits.
fn looks_alike(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    digits(one) == digits(other)
}

/// Whether the Korean has the digits of the English with another scale.
fn is_rescaled(english: &Figure, korean: &Figure, words: &[Passage<'_>]) -> bool {
    let has_scale = korean.text(words).chars().any(|c| matches!(c, '십' | '백' | '천' | '만' | '억' | '조'));
    let big = |number: Number| number.amount() >= 1_000.0;
    has_scale
        && english.value.mantissa() == korean.value.mantissa()
        && english.value != korean.value
        && (big(english.value) || big(korean.value))
}
