//! Where two texts differ, token by token, and which equal pieces between two changes are too small to be read.

use std::ops::Range;

use super::same::same;
use super::side::{Fixed, Side};

/// Tokens of the machine's that became tokens of the editor's. What stands between two hunks is equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    pub machine: Range<usize>,
    pub edited: Range<usize>,
}

/// The changes between two sides, small islands between them taken in.
pub(super) fn hunks(machine: &Side<'_>, edited: &Side<'_>) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    // One fewer: each stands behind the hunk of its number.
    let mut islands: Vec<Island> = Vec::new();
    for hunk in differences(machine, edited) {
        if let Some(last) = hunks.last() {
            islands.push(Island::new(machine, last.machine.end..hunk.machine.start, edited, last.edited.end..hunk.edited.start));
        }
        hunks.push(hunk);
        // What has grown may take in the island before it, too; those further back have other neighbours.
        while let [.., before, last] = hunks.as_slice()
            && islands.pop_if(|island| island.is_taken(size(before, machine, edited).min(size(last, machine, edited)))).is_some()
        {
            let joined = Hunk { machine: before.machine.start..last.machine.end, edited: before.edited.start..last.edited.end };
            hunks.truncate(hunks.len() - 2);
            hunks.push(joined);
        }
    }
    hunks
}

fn differences(machine: &Side<'_>, edited: &Side<'_>) -> Vec<Hunk> {
    // Blanks have no say in which words belong together: there are too many of them, and all are the same.
    let (own, other) = (machine.words(), edited.words());
    let mut hunks = Vec::new();
    // Behind the last pair of words that are the same.
    let (mut at, mut at_other) = (0, 0);
    let mut push = |machine_range: Range<usize>, edited_range: Range<usize>| {
        let hunk = without_same_blanks(Hunk { machine: machine_range, edited: edited_range }, machine, edited);
        if !(hunk.machine.is_empty() && hunk.edited.is_empty()) {
            hunks.push(hunk);
        }
    };
    for (word, word_other) in same(&machine.keys(&own), &edited.keys(&other)) {
        let (word, word_other) = (own[word], other[word_other]);
        push(at..word, at_other..word_other);
        (at, at_other) = (word + 1, word_other + 1);
    }
    push(at..machine.tokens.len(), at_other..edited.tokens.len());
    hunks
}

/// The hunk without a blank that both of its sides begin or end with.
fn without_same_blanks(mut hunk: Hunk, machine: &Side<'_>, edited: &Side<'_>) -> Hunk {
    let same =
        |own: Option<usize>, other: Option<usize>| own.zip(other).is_some_and(|(own, other)| machine.is_same_blank(own, edited, other));
    if same(hunk.machine.clone().next(), hunk.edited.clone().next()) {
        hunk.machine.start += 1;
        hunk.edited.start += 1;
    }
    if same(hunk.machine.clone().next_back(), hunk.edited.clone().next_back()) {
        hunk.machine.end -= 1;
        hunk.edited.end -= 1;
    }
    hunk
}

/// How much there is to read in a change: its longer side.
fn size(hunk: &Hunk, machine: &Side<'_>, edited: &Side<'_>) -> usize {
    machine.weight(&hunk.machine).max(edited.weight(&hunk.edited))
}

/// An equal piece between two changes.
#[derive(Clone, Copy, Debug)]
struct Island {
    characters: usize,
    whole_words: usize,
    fixed: Fixed,
}

impl Island {
    fn new(machine: &Side<'_>, own: Range<usize>, edited: &Side<'_>, other: Range<usize>) -> Self {
        Self {
            characters: machine.characters(&own),
            whole_words: machine.whole_words(&own).min(edited.whole_words(&other)),
            fixed: machine.fixed(&own),
        }
    }

    /// Whether a reader sees more with it in the change than out of it, the smaller of its neighbours being so large.
    fn is_taken(&self, neighbour: usize) -> bool {
        // As many letters as a neighbour hide a piece of a word; a word that is whole is found more easily.
        let weight = match self.whole_words {
            0 => 1,
            1 => 3,
            _ => usize::MAX,
        };
        match self.fixed {
            Fixed::LineEnd => false,
            _ if self.characters <= 1 => true,
            Fixed::Whole => false,
            Fixed::None => weight.saturating_mul(self.characters) <= neighbour,
        }
    }
}
