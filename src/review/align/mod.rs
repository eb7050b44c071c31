//! Which part of the machine's text became which part of the editor's.
//!
//! What is certain comes first: what a person said, equal texts, addresses that one part alone has. What is left is assigned by what it
//! says, all at once, so that the order does not matter; then what was merged and split is found by what one text holds of another.
//! A pair that could as well be another one is a question, not an answer.

mod assign;
mod certain;
mod join;
mod likeness;
mod near;
mod order;

use std::borrow::Cow;
use std::collections::HashMap;

use crate::digest::{Kind, fold};
use join::Joined;
use likeness::Likeness;

/// An item, or a segment outside items, on one side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part<'t> {
    /// Its Korean as it reads, without markup, segments parted by a blank.
    pub text: Cow<'t, str>,
    /// Its addresses as written.
    pub links: Vec<Cow<'t, str>>,
    /// The heading that it stands under, as it reads; empty where there is none.
    pub heading: Cow<'t, str>,
    /// What it is outside items; none for an item.
    pub kind: Option<Kind>,
}

/// Parts that belong together: one and one; several and one where the editor merged them; one and several where the editor split
/// it; one and none where the editor took it out; none and one where the editor added it. Indices into the parts given, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The machine's.
    pub machine: Vec<usize>,
    /// The editor's.
    pub edited: Vec<usize>,
    /// Whether it stands elsewhere in the order than on the machine's side.
    pub moved: bool,
}

/// A part of the machine's that may be any of several parts of the editor's: nothing is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doubt {
    /// The machine's part.
    pub machine: usize,
    /// The editor's parts it may be, the likeliest first.
    pub edited: Vec<usize>,
}

/// What a person said of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// These belong together.
    Linked(usize, usize),
    /// These do not.
    Unlinked(usize, usize),
}

/// Which part is which.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// In the editor's order; what was taken out stands behind the part that it stood behind on the machine's side.
    pub links: Vec<Link>,
    /// What a person has to say; these parts stand in `links` as taken out and added.
    pub doubts: Vec<Doubt>,
    /// The share of parts with a partner, 0 to 1, on the side that has fewer.
    pub coverage: f64,
    /// Whether so many parts are neither equal to another nor have an address of their own that each was compared with the likeliest
    /// few of the other side alone.
    pub is_partial: bool,
}

/// Parts linked so far, one to one.
struct Links {
    /// For each part of the machine's, the editor's.
    edited: Vec<Option<usize>>,
    /// For each part of the editor's, the machine's.
    machine: Vec<Option<usize>>,
}

impl Links {
    fn link(&mut self, a: usize, b: usize) {
        (self.edited[a], self.machine[b]) = (Some(b), Some(a));
    }

    fn is_free(&self, a: usize, b: usize) -> bool {
        self.edited[a].is_none() && self.machine[b].is_none()
    }
}

/// The headings of the parts of both sides as numbers: the same one is the same heading.
struct Headings {
    machine: Vec<usize>,
    edited: Vec<usize>,
}

impl Headings {
    /// Of a part that stands under none.
    const NONE: usize = 0;

    fn new(machine: &[Part<'_>], edited: &[Part<'_>]) -> Self {
        let mut numbers: HashMap<String, usize> = HashMap::from([(String::new(), Self::NONE)]);
        Self { machine: Self::of_side(machine, &mut numbers), edited: Self::of_side(edited, &mut numbers) }
    }

    fn of_side(parts: &[Part<'_>], numbers: &mut HashMap<String, usize>) -> Vec<usize> {
        // Parts under one heading follow each other and share its text: it is read once.
        let mut last: (&str, usize) = ("", Self::NONE);
        let mut of_parts = Vec::with_capacity(parts.len());
        for part in parts {
            if !std::ptr::eq(&*part.heading, last.0) {
                let next = numbers.len();
                last = (&part.heading, *numbers.entry(fold(&part.heading).into_owned()).or_insert(next));
            }
            of_parts.push(last.1);
        }
        of_parts
    }
}

/// The most parts that one that may be any of several is said to be.
const MOST_CHOICES: usize = 40;

/// Aligns two sides of one digest in the same language.
pub fn align(machine: &[Part<'_>], edited: &[Part<'_>], rulings: &[Ruling]) -> Alignment {
    let mut links = Links { edited: vec![None; machine.len()], machine: vec![None; edited.len()] };
    let forbidden = certain::ruled(rulings, &mut links);
    let headings = Headings::new(machine, edited);
    certain::equal(machine, edited, &headings, &forbidden, &mut links);
    if links.edited.iter().chain(&links.machine).all(Option::is_some) {
        return order::ordered(machine, &links, Joined::default(), Vec::new());
    }
    let likeness = Likeness::new(machine, edited, headings);
    certain::addressed(machine, edited, &likeness, &forbidden, &mut links);
    let (mut doubts, few) = assign::assigned(machine, edited, &likeness, &forbidden, &mut links);
    certain::between(machine, edited, &likeness, &forbidden, &doubts, &mut links);
    let joined = join::joined(machine, edited, &likeness, &forbidden, &doubts, &links);
    doubts.iter_mut().for_each(|doubt| doubt.edited.truncate(MOST_CHOICES));
    Alignment { is_partial: few, ..order::ordered(machine, &links, joined, doubts) }
}

#[cfg(test)]
mod tests {
    use super::likeness::COMPARED;
    use super::*;

    /// How often parts are compared where these texts became those.
    fn compared(machine: impl Iterator<Item = String>, edited: impl Iterator<Item = String>) -> usize {
        let parts = |texts: Vec<String>| texts.into_iter().map(|text| Part { text: text.into(), ..Part::default() }).collect::<Vec<_>>();
        COMPARED.set(0);
        align(&parts(machine.collect()), &parts(edited.collect()), &[]);
        COMPARED.get()
    }

    #[test]
    fn comparisons_grow_with_the_number_of_items() {
        // Letters by chance, the same in each run.
        let text = |seed: usize| -> String {
            let letter = |at: usize| char::from_u32(0xAC00 + u32::try_from((seed * 31 + at * 17) * 7919 % 613).unwrap_or(0));
            (0..12).filter_map(letter).collect()
        };
        let texts: [(&str, &dyn Fn(usize) -> usize); 6] = [
            ("all alike but for a number", &|n| compared((0..n).map(|i| format!("같은 글 {i}")), (0..n).map(|i| format!("같은 말 {i}")))),
            ("all equal and half deleted", &|n| compared((0..n).map(|_| text(1)), (0..n / 2).map(|_| text(1)))),
            ("half deleted", &|n| compared((0..n).map(text), (0..n).step_by(2).map(text))),
            ("half merged", &|n| compared((0..n).map(text), (0..n).step_by(2).map(|i| format!("{} {}", text(i), text(i + 1))))),
            ("half added", &|n| compared((0..n).step_by(2).map(text), (0..n).map(text))),
            ("all written anew", &|n| compared((0..n).map(text), (0..n).map(|i| text(i + 1_000_000)))),
        ];
        for (name, of) in texts {
            for count in [800, 2_400] {
                let compared = of(count);
                assert!(compared <= 200 * count, "{name}: {compared} comparisons of {count} items");
            }
        }
    }

    #[test]
    fn nothing_is_compared_where_all_texts_are_equal() {
        let text = |number: usize| format!("글 {number}");
        assert_eq!(compared((0..500).map(text), (0..500).rev().map(text)), 0);
    }

    #[test]
    fn many_merged_items_are_found() {
        let text = |number: usize| format!("{number}째 글은 {}에 관한 것이다", number * 7919 % 10_007);
        let part = |text: String| Part { text: text.into(), ..Part::default() };
        let machine: Vec<_> = (0..2_000).map(|number| part(text(number))).collect();
        let edited: Vec<_> = (0..2_000).step_by(2).map(|number| part(format!("{} {}", text(number), text(number + 1)))).collect();
        let alignment = align(&machine, &edited, &[]);
        let right = alignment.links.iter().filter(|link| link.machine == [2 * link.edited[0], 2 * link.edited[0] + 1]).count();
        assert!(right >= 990 && alignment.is_partial, "{right}");
    }
}
