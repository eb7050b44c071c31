//! The figures of a part in both languages, and which of them the other language explains.
//!
//! Digits of the English must be found in the Korean; number words of either language explain digits of the other and are never missed.

mod compare;
mod convert;
mod english;
mod english_words;
mod faults;
mod korean;
mod measures;
mod roman;
mod unit;

use std::ops::Range;

pub use compare::compare;
pub use faults::Fault;
pub use unit::Unit;

use super::Passage;
use crate::korean::number::Number;

/// A number in one of the languages.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Index of its passage among those of the part.
    pub passage: usize,
    /// Its bytes in the passage, without its unit.
    pub range: Range<usize>,
    /// What it amounts to.
    pub value: Number,
    /// What it may amount to as well.
    pub other: Option<Number>,
    /// Its unit, where that is certain.
    pub unit: Option<&'static Unit>,
    /// What it is, which tells how it is compared.
    pub kind: FigureKind,
}

/// How a figure is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// Digits that the other language should have.
    Digits,
    /// Digits that it need not have: numbers of a list, 24/7, what names a thing that has a word of its own (CO2).
    Loose,
    /// Digits inside code: they explain, and are not missed.
    Hidden,
    /// The minutes of a clock (9:30), which no word says.
    Minutes,
    /// A number word that can be nothing else.
    Word,
    /// What may be a number word.
    PerhapsWord,
}

impl Figure {
    /// Whether both may amount to the same.
    pub fn equals(&self, other: &Self) -> bool {
        self.value == other.value || self.may_equal(other)
    }

    fn may_equal(&self, other: &Self) -> bool {
        self.other == Some(other.value) || other.other == Some(self.value) || (self.other.is_some() && self.other == other.other)
    }

    /// Whether it is written with digits that count.
    pub fn is_digits(&self) -> bool {
        matches!(self.kind, FigureKind::Digits | FigureKind::Loose | FigureKind::Minutes)
    }

    /// Whether its words count and say nothing else: two, three, IV; not "a" nor "once".
    fn is_count(&self, passages: &[Passage<'_>]) -> bool {
        let text = self.text(passages);
        roman::value(text).is_some() || english_words::is_count(text)
    }

    /// As it is written.
    pub fn text<'p>(&self, passages: &[Passage<'p>]) -> &'p str {
        &passages[self.passage].text()[self.range.clone()]
    }
}

/// Whether some bytes of a passage are code or the like.
fn is_hidden(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    passage.view.is_hidden(passage.range.start + range.start..passage.range.start + range.end)
}
