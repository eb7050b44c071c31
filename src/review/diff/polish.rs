//! A change as a person would mark it: blanks that were put in or taken out alone, the same blanks at its edges left out, and of a word
//! that has another ending only the ending.

use std::ops::Range;

use super::islands::Hunk;
use super::side::Side;
use super::tokens::is_attached;
use crate::korean::hangul::{ends_in_double_siot, is_hangul};

/// Bytes of the machine's text that became bytes of the editor's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub machine: Range<usize>,
    pub edited: Range<usize>,
}

/// The fewest letters that are shown as the same but for their blanks.
const FEWEST_PEELED: usize = 2;

/// The fewest syllables that two words are said to share.
const FEWEST_SHARED: usize = 2;

/// The edits of a hunk, in their order.
pub(super) fn edits(hunk: &Hunk, machine: &Side<'_>, edited: &Side<'_>) -> Vec<Edit> {
    let whole = Edit { machine: machine.bytes(&hunk.machine), edited: edited.bytes(&hunk.edited) };
    let mut edits = Vec::new();
    let (front, rest) = peel(whole, machine, edited, End::Front);
    edits.extend(front);
    let (mut back, rest) = peel(rest, machine, edited, End::Back);
    back.reverse();
    edits.push(refined(trimmed(rest, machine.text, edited.text), machine.text, edited.text));
    edits.extend(back);
    edits.retain(|edit| !(edit.machine.is_empty() && edit.edited.is_empty()));
    edits
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Front,
    Back,
}

/// The blanks that differ where one end of an edit is the same but for them, and the rest of it.
fn peel(edit: Edit, machine: &Side<'_>, edited: &Side<'_>, end: End) -> (Vec<Edit>, Edit) {
    let (mut own, mut other) = (Walk::new(machine.text, &edit.machine, end), Walk::new(edited.text, &edit.edited, end));
    let (mut found, mut letters) = (Vec::new(), 0);
    // As far as is known to end where a word does.
    let (mut kept, mut rest) = (0, edit.clone());
    loop {
        let blanks = Edit { machine: own.blanks(), edited: other.blanks() };
        let is_edge = |blanks: &Range<usize>, walk: &Walk<'_>| !blanks.is_empty() || walk.is_done();
        let may_part = |side: &Side<'_>, blanks: &Range<usize>| side.may_part(blanks.start) && side.may_part(blanks.end);
        let is_free = may_part(machine, &blanks.machine) && may_part(edited, &blanks.edited);
        let is_all = own.is_done() && other.is_done();
        let is_edge = is_edge(&blanks.machine, &own) && is_edge(&blanks.edited, &other);
        if (letters >= FEWEST_PEELED || is_all) && is_edge && is_free {
            kept = found.len();
            rest = match end {
                End::Front => Edit { machine: blanks.machine.start..edit.machine.end, edited: blanks.edited.start..edit.edited.end },
                End::Back => Edit { machine: edit.machine.start..blanks.machine.end, edited: edit.edited.start..blanks.edited.end },
            };
        }
        if machine.text[blanks.machine.clone()] != edited.text[blanks.edited.clone()] {
            if !is_free {
                break;
            }
            found.push(blanks);
        }
        match (own.next(), other.next()) {
            (Some(one), Some(same)) if one == same => letters += 1,
            _ => break,
        }
    }
    found.truncate(kept);
    (found, rest)
}

/// A text read from one of its ends.
struct Walk<'t> {
    text: &'t str,
    left: Range<usize>,
    end: End,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str, range: &Range<usize>, end: End) -> Self {
        Self { text, left: range.clone(), end }
    }

    fn is_done(&self) -> bool {
        self.left.is_empty()
    }

    /// The blanks that come next, which are passed. A line end is none.
    fn blanks(&mut self) -> Range<usize> {
        let is_blank = |c: char| c.is_whitespace() && c != '\n';
        let left = &self.text[self.left.clone()];
        match self.end {
            End::Front => {
                let start = self.left.start;
                self.left.start = self.left.end - left.trim_start_matches(is_blank).len();
                start..self.left.start
            }
            End::Back => {
                let stop = self.left.end;
                self.left.end = self.left.start + left.trim_end_matches(is_blank).len();
                self.left.end..stop
            }
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let mut left = self.text[self.left.clone()].chars();
        let c = match self.end {
            End::Front => left.next(),
            End::Back => left.next_back(),
        }?;
        match self.end {
            End::Front => self.left.start += c.len_utf8(),
            End::Back => self.left.end -= c.len_utf8(),
        }
        Some(c)
    }
}

/// The edit without blanks that both of its sides begin or end with.
fn trimmed(mut edit: Edit, machine: &str, edited: &str) -> Edit {
    let same = |one: &str, other: &str| {
        one.chars().zip(other.chars()).take_while(|(a, b)| a == b && a.is_whitespace()).map(|(a, _)| a.len_utf8()).sum::<usize>()
    };
    let front = same(&machine[edit.machine.clone()], &edited[edit.edited.clone()]);
    edit.machine.start += front;
    edit.edited.start += front;
    let back = |one: &str, other: &str| {
        one.chars()
            .rev()
            .zip(other.chars().rev())
            .take_while(|(a, b)| a == b && a.is_whitespace())
            .map(|(a, _)| a.len_utf8())
            .sum::<usize>()
    };
    let back = back(&machine[edit.machine.clone()], &edited[edit.edited.clone()]);
    edit.machine.end -= back;
    edit.edited.end -= back;
    edit
}

/// What two sides that begin with the same half of a word differ in, 추락[-해-]{+한 뒤+}, and what two words do of which one ends in the
/// other, [-비-]볼록.
fn refined(mut edit: Edit, machine: &str, edited: &str) -> Edit {
    let (own, other) = (&machine[edit.machine.clone()], &edited[edit.edited.clone()]);
    let fewest = FEWEST_SHARED * '가'.len_utf8();
    let shorter = syllables(own).min(syllables(other));
    let front: usize = own.chars().zip(other.chars()).take_while(|(a, b)| a == b && is_syllable(*a)).map(|(a, _)| a.len_utf8()).sum();
    // Behind a past stem any ending may stand: 했[-습니다-]{+다+}.
    let is_past = own[..front].chars().next_back().is_some_and(ends_in_double_siot);
    let is_cut = [own, other].iter().any(|side| side[front..].starts_with(is_attached));
    if !is_cut && (is_past || (front >= fewest && 2 * front >= shorter)) {
        edit.machine.start += front;
        edit.edited.start += front;
        return edit;
    }
    let is_word = syllables(own) == own.len() && syllables(other) == other.len();
    if is_word && shorter >= fewest && (own.ends_with(other) || other.ends_with(own)) {
        edit.machine.end -= shorter;
        edit.edited.end -= shorter;
    }
    edit
}

/// The bytes of the syllables that a text starts with.
fn syllables(text: &str) -> usize {
    text.find(|c| !is_syllable(c)).unwrap_or(text.len())
}

/// A syllable that is one character: no border may stand inside of one that is several.
fn is_syllable(c: char) -> bool {
    is_hangul(c) && !matches!(c, '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97c}' | '\u{d7b0}'..='\u{d7fb}')
}
