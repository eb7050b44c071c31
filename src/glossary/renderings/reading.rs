//! Reads the words around possible renderings: the cheapest way to make each word of terms, everyday words, prefixes and a tail says
//! which of them really stand there.

use std::cell::RefCell;
use std::ops::Range;

use super::Standing;
use super::everyday::EVERYDAY;
use super::lexicon::{Lexicon, Match, Spacing};
use crate::korean::hangul::{final_sound, is_hangul};
use crate::korean::tail::{TailKind, kind_of_tail};
use crate::korean::view::View;

/// A term that stands in a text.
pub(super) struct Found {
    /// Its number in the lexicon.
    pub word: usize,
    pub range: Range<usize>,
    pub tail: Range<usize>,
    pub spacing: Spacing,
    pub standing: Standing,
}

/// Prefixes that make another term: 비지도 학습.
const NEGATING: &[char] = &['비', '무', '반', '불', '미', '탈'];

/// Prefixes that make a narrower term: 고차원, 재매개변수화.
const NARROWING: &[&str] =
    &["재", "초", "다", "고", "저", "최", "준", "메타", "마이크로", "미니", "오토", "서브", "멀티", "하이퍼", "슈퍼", "소", "대"];

/// What a part of a word costs. A term with a tail costs more than an everyday word that covers both (수도 is not 수 and 도).
mod cost {
    pub(super) const TERM: u32 = 4;
    /// A blank where the rendering has none.
    pub(super) const UNLISTED: u32 = 1;
    pub(super) const KNOWN: u32 = 6;
    pub(super) const KNOWN_SYLLABLE: u32 = 10;
    pub(super) const PREFIX: u32 = 10;
    pub(super) const UNKNOWN: u32 = 20;
    pub(super) const TAIL: u32 = 3;
    pub(super) const NOMINAL_TAIL: u32 = 9;
}

/// A term of so many letters is believed with unknown letters before it: no other word has them by accident.
const SURE_LETTERS: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Start,
    /// A place in the list of candidates.
    Term(usize),
    Known,
    Negating,
    Narrowing,
    Unknown,
    Tail(TailKind),
    /// What is no Hangul.
    Gap,
}

/// The cheapest way to a place: its cost, where its last part began, and that part.
#[derive(Clone, Copy, Debug)]
struct Step {
    cost: u32,
    from: u32,
    part: Part,
}

const NOWHERE: Step = Step { cost: u32::MAX, from: 0, part: Part::Start };

/// What a thread needs to read, kept so that no text allocates it again.
#[derive(Default)]
struct Scratch {
    candidates: Vec<Match>,
    steps: Vec<Step>,
    path: Vec<(Range<usize>, Part)>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Tells `found` of every term of `terms` in the view, from left to right. `known` are words beside the everyday ones.
pub(super) fn each_term(terms: &Lexicon, known: &Lexicon, view: &View, mut found: impl FnMut(Found)) {
    let mut scratch = SCRATCH.take();
    let text = view.text.as_str();
    scratch.candidates.clear();
    terms.each(text, |candidate| {
        if is_possible(text, &candidate) && !view.is_hidden(candidate.start..candidate.end) {
            scratch.candidates.push(candidate);
        }
    });
    scratch.candidates.sort_by_key(|candidate| candidate.start);
    let mut first = 0;
    while first < scratch.candidates.len() {
        let mut region = region(text, &scratch.candidates[first]);
        let mut last = first + 1;
        while let Some(next) = scratch.candidates.get(last).filter(|next| next.start < region.end) {
            region.end = region.end.max(self::region(text, next).end);
            last += 1;
        }
        Reader { text, known, candidates: &scratch.candidates[first..last], region }.read(
            &mut scratch.steps,
            &mut scratch.path,
            &mut found,
        );
        first = last;
    }
    SCRATCH.replace(scratch);
}

/// Whether the edges of a candidate that are no Hangul allow it: a Latin word ends where its letters end.
fn is_possible(text: &str, candidate: &Match) -> bool {
    let (before, after) = (text[..candidate.start].chars().next_back(), text[candidate.end..].chars().next());
    let inside = &text[candidate.start..candidate.end];
    let continues = |edge: Option<char>, beside: Option<char>| {
        edge.is_some_and(|c| !is_hangul(c) && c.is_alphanumeric())
            && beside.is_some_and(|c| !is_hangul(c) && (c.is_alphanumeric() || c == '_'))
    };
    !continues(inside.chars().next(), before) && !continues(inside.chars().next_back(), after)
}

/// The words that a candidate touches: from where its first Hangul run begins to where its last one ends.
fn region(text: &str, candidate: &Match) -> Range<usize> {
    let starts_in_hangul = text[candidate.start..].starts_with(is_hangul);
    let start = if starts_in_hangul { run_start(text, candidate.start) } else { candidate.start };
    start..run_end(text, candidate.end)
}

fn run_start(text: &str, at: usize) -> usize {
    text[..at].char_indices().rev().find(|(_, c)| !is_hangul(*c)).map_or(0, |(before, c)| before + c.len_utf8())
}

fn run_end(text: &str, at: usize) -> usize {
    text[at..].find(|c| !is_hangul(c)).map_or(text.len(), |length| at + length)
}

struct Reader<'a> {
    text: &'a str,
    known: &'a Lexicon,
    candidates: &'a [Match],
    region: Range<usize>,
}

impl Reader<'_> {
    fn read(&self, steps: &mut Vec<Step>, path: &mut Vec<(Range<usize>, Part)>, found: &mut impl FnMut(Found)) {
        let length = self.region.end - self.region.start;
        steps.clear();
        steps.resize(length + 1, NOWHERE);
        steps[0].cost = 0;
        for at in 0..length {
            if steps[at].cost != u32::MAX {
                self.step(steps, at);
            }
        }
        path.clear();
        let mut at = length;
        while at > 0 {
            let step = steps[at];
            path.push((self.region.start + step.from as usize..self.region.start + at, step.part));
            at = step.from as usize;
        }
        path.reverse();
        for (index, (range, part)) in path.iter().enumerate() {
            if let Part::Term(number) = part
                && let Some((standing, tail)) = self.judge(path, index)
            {
                let candidate = &self.candidates[*number];
                found(Found { word: candidate.word, range: range.clone(), tail, spacing: candidate.spacing, standing });
            }
        }
    }

    /// Every part that may begin at `at`, an offset into the region.
    fn step(&self, steps: &mut [Step], at: usize) {
        let here = steps[at].cost;
        let place = self.region.start + at;
        let Some(c) = self.text[place..self.region.end].chars().next() else { return };
        let mut reach = |end: usize, cost: u32, part: Part| {
            let step = &mut steps[end - self.region.start];
            if end <= self.region.end && here + cost < step.cost {
                *step = Step { cost: here + cost, from: at as u32, part };
            }
        };
        let mut is_term = false;
        let from = self.candidates.partition_point(|candidate| candidate.start < place);
        for (number, candidate) in self.candidates.iter().enumerate().skip(from).take_while(|(_, candidate)| candidate.start == place) {
            let unlisted = if candidate.spacing == Spacing::Unlisted { cost::UNLISTED } else { 0 };
            is_term = true;
            reach(candidate.end, cost::TERM + unlisted, Part::Term(number));
        }
        if !is_hangul(c) {
            // Inside a term in Latin letters there are no parts.
            reach(place + c.len_utf8(), if is_term { cost::UNKNOWN } else { 0 }, Part::Gap);
            return;
        }
        let run = self.text[place..run_end(self.text, place)].len();
        let mut known = |word: Match| {
            if word.spacing == Spacing::Same && word.end <= place + run {
                let syllable = word.end - word.start == c.len_utf8();
                reach(word.end, if syllable { cost::KNOWN_SYLLABLE } else { cost::KNOWN }, Part::Known);
            }
        };
        EVERYDAY.each_at(self.text, place, &mut known);
        self.known.each_at(self.text, place, &mut known);
        reach(place + c.len_utf8(), cost::UNKNOWN, Part::Unknown);
        if NEGATING.contains(&c) {
            reach(place + c.len_utf8(), cost::PREFIX, Part::Negating);
        }
        for prefix in NARROWING {
            if self.text[place..place + run].starts_with(prefix) {
                reach(place + prefix.len(), cost::PREFIX, Part::Narrowing);
            }
        }
        let starts_run = !self.text[..place].ends_with(is_hangul);
        if !starts_run || (at > 0 && !matches!(steps[at].part, Part::Gap)) {
            self.tail(steps, at, run);
        }
    }

    fn tail(&self, steps: &mut [Step], at: usize, run: usize) {
        let place = self.region.start + at;
        let Some(kind) = kind_of_tail(final_sound(&self.text[..place]), &self.text[place..place + run]) else { return };
        let cost = if kind == TailKind::Nominal { cost::NOMINAL_TAIL } else { cost::TAIL };
        let total = steps[at].cost + cost;
        let step = &mut steps[at + run];
        if total < step.cost {
            *step = Step { cost: total, from: at as u32, part: Part::Tail(kind) };
        }
    }

    /// Whether the term at `index` of the path stands there, and with which tail.
    fn judge(&self, path: &[(Range<usize>, Part)], index: usize) -> Option<(Standing, Range<usize>)> {
        let (range, Part::Term(number)) = &path[index] else { return None };
        let candidate = &self.candidates[*number];
        let letters = self.text[range.clone()].chars().filter(|c| !c.is_whitespace()).count();
        let before = path[..index].iter().rev().take_while(|(part, _)| self.text[part.clone()].ends_with(is_hangul));
        let mut standing = Standing::Word;
        for (nearness, (part_range, part)) in before.enumerate() {
            let syllable = part_range.len() <= '가'.len_utf8();
            standing = match part {
                Part::Negating if nearness == 0 => return None,
                Part::Narrowing if nearness == 0 => return Some((Standing::Narrower, range.end..range.end)),
                Part::Unknown | Part::Tail(_) if letters < SURE_LETTERS => return None,
                _ if letters == 1 && syllable => return None,
                _ => Standing::Compound,
            };
        }
        if standing == Standing::Word && self.is_negated(range.start) {
            return None;
        }
        let mut tail = range.end..range.end;
        let mut kind = TailKind::None;
        for (part_range, part) in path[index + 1..].iter().take_while(|(_, part)| !matches!(part, Part::Gap)) {
            match part {
                Part::Tail(found) => {
                    kind = *found;
                    if part_range.start == range.end {
                        tail = part_range.clone();
                    }
                }
                Part::Unknown | Part::Negating => return None,
                _ if letters == 1 => return None,
                _ => standing = Standing::Compound,
            }
        }
        let is_plain_tail = matches!(kind, TailKind::None | TailKind::Particle | TailKind::Copula);
        let allowed = match candidate.spacing {
            Spacing::Unlisted => standing == Standing::Word && is_plain_tail,
            _ => letters > 1 || is_plain_tail,
        };
        allowed.then_some((standing, tail))
    }

    /// Whether a negating prefix stands apart before the place: 비 볼록.
    fn is_negated(&self, at: usize) -> bool {
        let Some(before) = self.text[..at].strip_suffix(' ') else { return false };
        before.strip_suffix('비').is_some_and(|rest| !rest.ends_with(is_hangul))
    }
}
