//! Which tokens of two texts are the same, in an order that both have: the most there can be, or, of texts longer than people write, what
//! can be found in a time that grows with their length. What is found depends on the texts alone, not on the clock.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::draft::pair::longest_increasing;

/// With more tokens than this on both sides together, the texts are first parted at tokens that each of them has once.
const LONG: usize = 10_000;

/// Between two such tokens, with more tokens than this, nothing is the same.
const STRETCH: usize = 2_000;

/// How often what stands between two such tokens is parted again.
const DEPTH: usize = 8;

/// The pairs of tokens that are the same, ascending on both sides.
pub(super) fn same<T: Eq + Hash>(own: &[T], other: &[T]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    if own.len() + other.len() <= LONG {
        compare(own, other, 0..own.len(), 0..other.len(), &mut pairs);
    } else {
        part(own, other, 0..own.len(), 0..other.len(), DEPTH, &mut pairs);
    }
    pairs
}

fn compare<T: Eq + Hash>(own: &[T], other: &[T], mine: Range<usize>, theirs: Range<usize>, pairs: &mut Vec<(usize, usize)>) {
    if mine.is_empty() || theirs.is_empty() {
        return;
    }
    let (a, b) = (mine.start, theirs.start);
    for difference in capture_diff_slices(Algorithm::RawMyers, &own[mine], &other[theirs]) {
        if difference.tag() == DiffTag::Equal {
            let (old, new) = (difference.old_range(), difference.new_range());
            pairs.extend(old.zip(new).map(|(old, new)| (a + old, b + new)));
        }
    }
}

fn part<T: Eq + Hash>(
    own: &[T],
    other: &[T],
    mut mine: Range<usize>,
    mut theirs: Range<usize>,
    depth: usize,
    pairs: &mut Vec<(usize, usize)>,
) {
    let head = own[mine.clone()].iter().zip(&other[theirs.clone()]).take_while(|(a, b)| a == b).count();
    pairs.extend((mine.start..mine.start + head).zip(theirs.start..));
    (mine.start, theirs.start) = (mine.start + head, theirs.start + head);
    let tail = own[mine.clone()].iter().rev().zip(other[theirs.clone()].iter().rev()).take_while(|(a, b)| a == b).count();
    let end = mine.end;
    (mine.end, theirs.end) = (mine.end - tail, theirs.end - tail);
    if mine.len() + theirs.len() <= STRETCH {
        compare(own, other, mine.clone(), theirs.clone(), pairs);
    } else if depth > 0 {
        let mut from = (mine.start, theirs.start);
        let anchors = anchors(own, other, &mine, &theirs);
        let depth = if anchors.is_empty() { 0 } else { depth - 1 };
        for (a, b) in anchors {
            part(own, other, from.0..a, from.1..b, depth, pairs);
            pairs.push((a, b));
            from = (a + 1, b + 1);
        }
        part(own, other, from.0..mine.end, from.1..theirs.end, depth, pairs);
    }
    pairs.extend((mine.end..end).zip(theirs.end..));
}

/// Tokens that each side has once, in an order that both have.
fn anchors<T: Eq + Hash>(own: &[T], other: &[T], mine: &Range<usize>, theirs: &Range<usize>) -> Vec<(usize, usize)> {
    let mut once: HashMap<&T, Option<usize>> = HashMap::new();
    for at in theirs.clone() {
        once.entry(&other[at]).and_modify(|place| *place = None).or_insert(Some(at));
    }
    let mut of_own: HashMap<&T, Option<usize>> = HashMap::new();
    for at in mine.clone() {
        of_own.entry(&own[at]).and_modify(|place| *place = None).or_insert(Some(at));
    }
    let mut anchors: Vec<(usize, usize)> =
        of_own.into_iter().filter_map(|(token, at)| Some((at?, once.get(token).copied().flatten()?))).collect();
    anchors.sort_unstable();
    longest_increasing(&anchors)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::hash::{Hash, Hasher};

    use super::*;

    /// A token that counts how often it is compared.
    struct Counted<'c>(usize, &'c Cell<usize>);

    impl PartialEq for Counted<'_> {
        fn eq(&self, other: &Self) -> bool {
            self.1.set(self.1.get() + 1);
            self.0 == other.0
        }
    }

    impl Eq for Counted<'_> {}

    impl Hash for Counted<'_> {
        fn hash<H: Hasher>(&self, state: &mut H) {
            self.0.hash(state);
        }
    }

    /// How often tokens are compared in texts of so many tokens, made of the number of the side and the token.
    fn compared(count: usize, text: impl Fn(usize, usize) -> usize) -> (usize, usize) {
        let compared = Cell::new(0);
        let side = |side| (0..count).map(|at| Counted(text(side, at), &compared)).collect::<Vec<_>>();
        let pairs = same(&side(0), &side(1));
        assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
        assert!(pairs.iter().all(|&(a, b)| text(0, a) == text(1, b)));
        (compared.get(), pairs.len())
    }

    #[test]
    fn work_grows_with_the_length_of_the_texts() {
        let scattered = |side: usize, at: usize| (at * 7919 + side * 13) % 1009 % 40;
        /// The number of a word from its side and its place.
        type Words<'w> = &'w dyn Fn(usize, usize) -> usize;
        let texts: [(&str, Words<'_>); 5] = [
            ("nothing in common", &|side, at| 2 * at + side),
            ("the same few words in another order", &scattered),
            ("one word on one side", &|side, at| if side == 0 { 0 } else { at % 2 }),
            ("turned round", &|side, at| if side == 0 { at } else { usize::MAX - at }),
            ("now and then a word of their own", &|side, at| if at % 1500 == 0 { 5_000_000 + at } else { scattered(side, at) }),
        ];
        for (name, text) in texts {
            let (short, long) = (compared(20_000, text).0, compared(80_000, text).0);
            assert!(long <= 5 * short.max(100_000), "{name}: {short} comparisons, then {long}");
        }
    }

    #[test]
    fn a_long_text_with_few_changes_keeps_what_is_the_same() {
        // Every hundredth word is another one.
        let (_, pairs) = compared(50_000, |side, at| if at % 100 == 50 { 1_000_000 + 2 * at + side } else { at % 30_000 });
        assert!(pairs >= 49_000, "{pairs}");
        // Nowhere else to go: what one word more or less at the head moves.
        let (_, pairs) = compared(50_000, |side, at| at + side);
        assert_eq!(pairs, 49_999);
    }
}
