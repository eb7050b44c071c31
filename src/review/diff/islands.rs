//! Where two texts differ, token by token, and which equal pieces between two changes are too small to be read.

use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffTag, capture_diff_slices_deadline};

use super::side::Side;

/// Behind this a comparison is as coarse as it is by then: texts of some 5,000 words that have nothing in common.
const LONGEST: Duration = Duration::from_millis(150);

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
    let deadline = Instant::now() + LONGEST;
    let found = capture_diff_slices_deadline(Algorithm::RawMyers, &machine.keys(), &edited.keys(), Some(deadline));
    let mut hunks: Vec<Hunk> = Vec::new();
    for difference in found.iter().filter(|difference| difference.tag() != DiffTag::Equal) {
        let (own, other) = (difference.old_range(), difference.new_range());
        match hunks.last_mut() {
            Some(last) if last.machine.end == own.start && last.edited.end == other.start => {
                (last.machine.end, last.edited.end) = (own.end, other.end);
            }
            _ => hunks.push(Hunk { machine: own, edited: other }),
        }
    }
    hunks
}

fn size(hunk: &Hunk, machine: &Side<'_>, edited: &Side<'_>) -> usize {
    machine.characters(&hunk.machine).max(edited.characters(&hunk.edited))
}

/// An equal piece between two changes.
#[derive(Clone, Copy, Debug)]
struct Island {
    characters: usize,
    whole_words: usize,
    is_fixed: bool,
}

impl Island {
    fn new(machine: &Side<'_>, own: Range<usize>, edited: &Side<'_>, other: Range<usize>) -> Self {
        Self {
            characters: machine.characters(&own),
            whole_words: machine.whole_words(&own).min(edited.whole_words(&other)),
            is_fixed: machine.is_fixed(&own),
        }
    }

    /// Whether a reader sees more with it in the change than out of it, the smaller of its neighbours being so large.
    fn is_taken(&self, neighbour: usize) -> bool {
        let least = match self.whole_words {
            0 => 2,
            1 => 4,
            _ => return false,
        };
        !self.is_fixed && (self.characters <= 1 || least * self.characters <= neighbour)
    }
}
