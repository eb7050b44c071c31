//! Stretches of a sequence that repeat themselves, found without comparing every two places.

/// A stretch that consists of one piece again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Its first element.
    pub start: usize,
    /// The element after its last, of whole pieces.
    pub end: usize,
    /// Elements of a piece.
    pub period: usize,
}

/// The first found stretch of at least `times` (three and more) equal pieces that follow each other and that is meant; those of short pieces first.
///
/// Whatever repeats a piece of `p` elements so often holds three places in a row, `p` apart, where the sequence goes on as it did
/// `p` before: only the multiples of `p` are looked at, n/p places for each p, which is n log n in all.
pub(super) fn first_run(values: &[u64], times: usize, is_meant: impl Fn(&Run) -> bool) -> Option<Run> {
    let count = values.len();
    let mut sums: Option<Sums> = None;
    for period in 1..=count / times.max(2) {
        let mut at = 0;
        while at + 2 * period <= count {
            let meets = values[at] == values[at + period]
                && (at + 2 * period >= count || times < 3 || values[at + period] == values[at + 2 * period]);
            if !meets {
                at += period;
                continue;
            }
            // The stretch from here that must equal itself one piece later: one piece less than the window is certain to hold.
            let length = period * (times - 2);
            if at + length + period > count || !sums.get_or_insert_with(|| Sums::new(values)).are_equal(at, at + period, length) {
                at += period;
                continue;
            }
            let start = (0..at).rev().take_while(|&before| values[before] == values[before + period]).count();
            let start = at - start;
            let end = at + (at..count - period).take_while(|&next| values[next] == values[next + period]).count() + period;
            let run = Run { start, end: start + (end - start) / period * period, period };
            if (end - start) / period >= times && is_meant(&run) {
                return Some(run);
            }
            at = (end - period).max(at) / period * period + period;
        }
    }
    None
}

/// Sums by which two stretches are compared at once.
struct Sums {
    sums: Vec<u64>,
    powers: Vec<u64>,
}

const PRIME: u64 = (1 << 61) - 1;
const BASE: u64 = 0x0123_4567_89ab_cdef;

impl Sums {
    fn new(values: &[u64]) -> Self {
        let (mut sums, mut powers) = (vec![0; 1], vec![1; 1]);
        for (at, value) in values.iter().enumerate() {
            sums.push((times(sums[at], BASE) + value % PRIME) % PRIME);
            powers.push(times(powers[at], BASE));
        }
        Self { sums, powers }
    }

    fn are_equal(&self, one: usize, other: usize, length: usize) -> bool {
        self.sum(one, length) == self.sum(other, length)
    }

    fn sum(&self, start: usize, length: usize) -> u64 {
        (self.sums[start + length] + PRIME - times(self.sums[start], self.powers[length])) % PRIME
    }
}

fn times(one: u64, other: u64) -> u64 {
    (u128::from(one) * u128::from(other) % u128::from(PRIME)) as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn run(text: &str, times: usize) -> Option<(usize, usize, usize)> {
        let values: Vec<u64> = text.bytes().map(u64::from).collect();
        first_run(&values, times, |_| true).map(|run| (run.start, run.end, run.period))
    }

    #[test]
    fn runs_are_found_with_their_shortest_piece() {
        assert_eq!(run("xaaaay", 4), Some((1, 5, 1)));
        assert_eq!(run("abababab", 4), Some((0, 8, 2)));
        assert_eq!(run("zabcabcabcabcabq", 4), Some((1, 13, 3)));
        assert_eq!(run("abcabcabc", 4), None);
        assert_eq!(run("abcabcabc", 3), Some((0, 9, 3)));
        assert_eq!(run("", 4), None);
    }

    proptest! {
        #[test]
        fn what_repeats_is_found_and_nothing_else(text in "[ab]{0,40}", times in 3usize..5) {
            let values: Vec<u64> = text.bytes().map(u64::from).collect();
            let is_run = |start: usize, period: usize| start + period * times <= values.len()
                && (start..start + period * (times - 1)).all(|at| values[at] == values[at + period]);
            let slow = (1..=values.len()).any(|period| (0..values.len()).any(|start| is_run(start, period)));
            let found = first_run(&values, times, |_| true);
            prop_assert_eq!(found.is_some(), slow);
            if let Some(run) = found {
                prop_assert!(is_run(run.start, run.period) && run.end <= values.len());
            }
        }
    }
}
