//! A change as a person would mark it: blanks that were put in or taken out alone, the same blanks at its edges left out, and of a word
//! that has another ending only the ending.

use std::ops::Range;

use super::islands::Hunk;
use super::side::Side;
use crate::korean::hangul::is_hangul;

/// Bytes of the machine's text that became bytes of the editor's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub machine: Range<usize>,
    pub edited: Range<usize>,
}

/// The fewest letters that are shown as the same but for their blanks.
const FEWEST_PEELED: usize = 2;

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
        if letters >= FEWEST_PEELED && is_edge(&blanks.machine, &own) && is_edge(&blanks.edited, &other) {
            kept = found.len();
            rest = match end {
                End::Front => Edit { machine: blanks.machine.start..edit.machine.end, edited: blanks.edited.start..edit.edited.end },
                End::Back => Edit { machine: edit.machine.start..blanks.machine.end, edited: edit.edited.start..blanks.edited.end },
            };
        }
        let differs = machine.text[blanks.machine.clone()] != edited.text[blanks.edited.clone()];
        let may_part = |side: &Side<'_>, blanks: &Range<usize>| side.may_part(blanks.start) && side.may_part(blanks.end);
        if differs && !(may_part(machine, &blanks.machine) && may_part(edited, &blanks.edited)) {
            break;
        }
        if differs {
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

/// Of one Korean word for another what differs, where that is the smaller part: 말했[-습니-]{+-+}다, [-비-]볼록.
fn refined(mut edit: Edit, machine: &str, edited: &str) -> Edit {
    let (own, other) = (&machine[edit.machine.clone()], &edited[edit.edited.clone()]);
    if own.is_empty() || other.is_empty() || !own.chars().chain(other.chars()).all(is_syllable) {
        return edit;
    }
    let shorter = own.len().min(other.len());
    let front: usize = own.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let back: usize = own.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    if 2 * front >= shorter {
        edit.machine.start += front;
        edit.edited.start += front;
    } else if back == shorter {
        edit.machine.end -= back;
        edit.edited.end -= back;
    }
    edit
}

/// A syllable that is one character: no border may stand inside of one that is several.
fn is_syllable(c: char) -> bool {
    is_hangul(c) && !matches!(c, '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97c}' | '\u{d7b0}'..='\u{d7fb}')
}
