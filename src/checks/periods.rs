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
/// `is_meant` must say of several pieces in a row what it says of one of them: a stretch that was not meant is not looked at again for them.
///
/// Whatever repeats a piece of `p` elements so often holds three places in a row, `p` apart, where the sequence goes on as it did
/// `p` before: only the multiples of `p` are looked at, n/p places for each p, which is n log n in all.
pub(super) fn first_run(values: &[u64], times: usize, is_meant: impl Fn(&Run) -> bool) -> Option<Run> {
    let count = values.len();
    let mut sums: Option<Sums> = None;
    let mut rejected = Rejected::default();
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
            let last = at + length + period;
            if let Some(end) = rejected.end(at, last, period) {
                at = behind(at, end, period);
                continue;
            }
            if last > count || !sums.get_or_insert_with(|| Sums::new(values)).are_equal(at, at + period, length) {
                at += period;
                continue;
            }
            let start = (0..at).rev().take_while(|&before| values[before] == values[before + period]).count();
            let start = at - start;
            let end = at + (at..count - period).take_while(|&next| values[next] == values[next + period]).count() + period;
            let run = Run { start, end: start + (end - start) / period * period, period };
            if (end - start) / period >= times {
                if is_meant(&run) {
                    return Some(run);
                }
                rejected.add(start..end, period, count);
            }
            at = behind(at, end, period);
        }
    }
    None
}

/// The next multiple of `period` whose piece is not followed by an equal one inside a stretch that ends at `end`.
fn behind(at: usize, end: usize, period: usize) -> usize {
    (end - period).max(at) / period * period + period
}

/// Stretches that repeat a piece and are not meant: they repeat several of their pieces as well, at every multiple of the period.
#[derive(Default)]
struct Rejected {
    /// The ends and periods of the stretches.
    stretches: Vec<(usize, usize)>,
    /// For each element the stretch of the shortest period that it is in, from 1; 0 where it is in none.
    of: Vec<u32>,
}

impl Rejected {
    fn add(&mut self, stretch: std::ops::Range<usize>, period: usize, count: usize) {
        self.of.resize(count, 0);
        self.stretches.push((stretch.end, period));
        let number = self.stretches.len() as u32;
        self.of[stretch].iter_mut().filter(|of| **of == 0).for_each(|of| *of = number);
    }

    /// The end of the stretch that the elements from `at` to `last` are in, where `period` is a multiple of its own.
    fn end(&self, at: usize, last: usize, period: usize) -> Option<usize> {
        let number = self.of.get(at).copied().unwrap_or(0) as usize;
        let &(end, own) = self.stretches.get(number.checked_sub(1)?)?;
        (period % own == 0 && last <= end).then_some(end)
    }
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

    #[test]
    fn what_is_not_meant_is_not_looked_at_for_each_of_its_multiples() {
        let values = vec![1; 1_000_000];
        assert_eq!(first_run(&values, 3, |_| false), None);
    }

    proptest! {
        #[test]
        fn what_is_meant_is_found_beside_what_is_not(text in "(a{0,9}|(ab){0,5}|(aab){0,4}|[ab]{0,3}){0,6}", times in 3usize..5) {
            let values: Vec<u64> = text.bytes().map(u64::from).collect();
            let is_run = |start: usize, period: usize| start + period * times <= values.len()
                && (start..start + period * (times - 1)).all(|at| values[at] == values[at + period]);
            let has_b = |start: usize, period: usize| text[start..start + period].contains('b');
            let slow = (1..=values.len()).find(|&period| (0..values.len()).any(|start| is_run(start, period) && has_b(start, period)));
            let found = first_run(&values, times, |run| has_b(run.start, run.period));
            prop_assert_eq!(found.map(|run| run.period), slow);
        }

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
