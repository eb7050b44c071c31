//! Remembers what tails are: a text says 을, 에서는 and 합니다 over and over.

use crate::korean::hangul::Final;
use crate::korean::tail::{TailKind, kind_of_tail};

/// Longer tails are rare, and worked out each time.
const BYTES: usize = 24;
const SLOTS: usize = 4096;

/// The kinds of the tails that were asked for last.
#[derive(Default)]
pub(super) struct Tails {
    slots: Vec<Slot>,
}

#[derive(Clone, Copy)]
struct Slot {
    letters: [u8; BYTES],
    length: u8,
    sound: Option<Final>,
    kind: Option<TailKind>,
}

impl Tails {
    /// [`kind_of_tail`], from memory where it was asked before.
    pub(super) fn kind(&mut self, host: Option<Final>, tail: &str) -> Option<TailKind> {
        if tail.is_empty() || tail.len() > BYTES {
            return kind_of_tail(host, tail);
        }
        if self.slots.is_empty() {
            // An empty tail is never asked for, so that no slot is taken for an answer.
            self.slots = vec![Slot { letters: [0; BYTES], length: 0, sound: None, kind: None }; SLOTS];
        }
        let mut letters = [0; BYTES];
        letters[..tail.len()].copy_from_slice(tail.as_bytes());
        let sum = letters.chunks_exact(8).fold(0_u64, |sum, part| {
            let part = part.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
            (sum.rotate_left(23) ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        });
        let slot = &mut self.slots[(sum >> 40) as usize % SLOTS];
        if slot.length as usize != tail.len() || slot.sound != host || slot.letters != letters {
            *slot = Slot { letters, length: tail.len() as u8, sound: host, kind: kind_of_tail(host, tail) };
        }
        slot.kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_would_be_worked_out() {
        let mut tails = Tails::default();
        let words = ["을", "를", "에서는", "하는", "링", "화된", "", "라는", "이라는데도불구하고"];
        for _ in 0..2 {
            for sound in [None, Some(Final::Consonant), Some(Final::Liquid), Some(Final::Vowel)] {
                for tail in words {
                    assert_eq!(tails.kind(sound, tail), kind_of_tail(sound, tail), "{sound:?} {tail}");
                }
            }
        }
    }
}
