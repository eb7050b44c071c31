//! Pairs that are likely and not certain: enough to look for faults in, not to write by.

use super::pair::{Pairs, longest_increasing, normal_address, segments_of_items};
use crate::digest::Digest;

/// The pairs with those items added that most likely belong together: between certain neighbours, in their order, those that have
/// the most in common. An item stays alone where the other side has fewer.
pub fn with_likely(english: &Digest<'_>, korean: &Digest<'_>, certain: &Pairs) -> Pairs {
    let mut pairs = certain.clone();
    let taken: Vec<bool> = {
        let mut taken = vec![false; korean.items.len()];
        certain.items.iter().flatten().chain(&certain.alone.korean).for_each(|&item| taken[item] = true);
        taken
    };
    let mut alone = vec![false; english.items.len()];
    certain.alone.english.iter().for_each(|&item| alone[item] = true);
    let is_free = |item: usize| certain.items[item].is_none() && !alone[item];
    if !(0..certain.items.len()).any(is_free) || taken.iter().all(|taken| *taken) {
        return pairs;
    }
    let anchors: Vec<(usize, usize)> = certain.items.iter().enumerate().filter_map(|(e, k)| Some((e, (*k)?))).collect();
    let mut bounds = longest_increasing(&anchors);
    bounds.push((english.items.len(), korean.items.len()));
    let mut from = (0, 0);
    for (e, k) in bounds {
        let mine: Vec<usize> = (from.0..e).filter(|&item| is_free(item)).collect();
        let theirs: Vec<usize> = (from.1..k).filter(|&item| !taken[item]).collect();
        for (a, b) in best_order(english, korean, &mine, &theirs) {
            pairs.items[a] = Some(b);
            segments_of_items(english, korean, a, b, &mut pairs.segments);
        }
        from = (e + 1, k + 1);
    }
    pairs
}

/// More items than this in one gap are paired in their order alone: the table would grow with the square of their number.
const MOST: usize = 400;

/// As many pairs as there can be, in order, with the most in common.
fn best_order(english: &Digest<'_>, korean: &Digest<'_>, mine: &[usize], theirs: &[usize]) -> Vec<(usize, usize)> {
    if mine.len() == theirs.len() || mine.len().max(theirs.len()) > MOST {
        return mine.iter().copied().zip(theirs.iter().copied()).collect();
    }
    let left: Vec<Signs> = mine.iter().map(|&item| Signs::of(english, item)).collect();
    let right: Vec<Signs> = theirs.iter().map(|&item| Signs::of(korean, item)).collect();
    let width = theirs.len() + 1;
    let mut best = vec![0usize; (mine.len() + 1) * width];
    for (a, signs) in left.iter().enumerate().rev() {
        for (b, others) in right.iter().enumerate().rev() {
            let together = best[(a + 1) * width + b + 1] + PAIR + signs.shared(others);
            best[a * width + b] = together.max(best[(a + 1) * width + b]).max(best[a * width + b + 1]);
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut pairs = Vec::new();
    while a < mine.len() && b < theirs.len() {
        let here = best[a * width + b];
        if here == best[(a + 1) * width + b + 1] + PAIR + left[a].shared(&right[b]) {
            pairs.push((mine[a], theirs[b]));
            (a, b) = (a + 1, b + 1);
        } else if here == best[(a + 1) * width + b] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// What a pair is worth by itself: more than any two items have in common, so that none stays alone who need not.
const PAIR: usize = 1_000;

/// What an item shows in either language: addresses, numbers, Latin words.
struct Signs {
    addresses: Vec<String>,
    words: Vec<String>,
}

impl Signs {
    fn of(digest: &Digest<'_>, item: usize) -> Self {
        let text = &digest.text[digest.items[item].start..digest.items[item].end];
        let mut words: Vec<String> =
            text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() > 1).map(str::to_ascii_lowercase).collect();
        words.sort_unstable();
        words.dedup();
        words.truncate(MOST);
        Self { addresses: digest.addresses(item).into_iter().map(normal_address).collect(), words }
    }

    fn shared(&self, other: &Self) -> usize {
        let addresses = self.addresses.iter().filter(|address| other.addresses.contains(address)).count();
        let words = self.words.iter().filter(|word| other.words.binary_search(word).is_ok()).count();
        (10 * addresses + words).min(PAIR - 1)
    }
}
