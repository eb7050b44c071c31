//! How much two parts have in common: pairs of letters, numbers, Latin words, addresses.

use std::collections::HashMap;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::certain::addresses;
use super::near::Index;
use super::{Headings, Part};

/// What a part has, each thing once.
#[derive(Clone, Debug, Default)]
pub(super) struct Signs {
    /// Pairs of letters without blanks, numbered by [`Likeness`], ascending.
    pub pairs: Vec<u32>,
    /// Their weight.
    weight: f64,
    numbers: Vec<String>,
    words: Vec<String>,
    addresses: Vec<String>,
    /// Letters, blanks aside.
    pub length: usize,
    /// Where it stands, 0 to 1.
    place: f64,
}

impl Signs {
    /// Numbers, Latin words and addresses.
    pub fn all_words(&self) -> impl Iterator<Item = &str> {
        self.numbers.iter().chain(&self.words).chain(&self.addresses).map(String::as_str)
    }
}

/// The signs of all parts of both sides, rare pairs of letters weighing more than common ones.
pub(super) struct Likeness {
    machine: Vec<Signs>,
    edited: Vec<Signs>,
    weights: Vec<f64>,
    headings: Headings,
    kinds: (Vec<u8>, Vec<u8>),
}

/// What numbers and Latin words count beside the pairs of letters, where there are any: the measured shares of the design.
const NUMBERS: f64 = 0.2;
const WORDS: f64 = 0.15;

/// What parts that lead to different places keep of their likeness.
const ELSEWHERE: f64 = 0.5;

/// What a shared address that others have too adds.
const SHARED: f64 = 0.2;

/// What the whole length of the digest between two parts costs: a tie is broken, and nothing else.
const DISTANCE: f64 = 0.03;

impl Likeness {
    pub fn new(machine: &[Part<'_>], edited: &[Part<'_>], headings: Headings) -> Self {
        let mut numbers: HashMap<[char; 2], u32> = HashMap::new();
        let mut of_side = |parts: &[Part<'_>]| -> Vec<Signs> {
            let count = parts.len().max(2) - 1;
            parts.iter().enumerate().map(|(at, part)| signs(part, at as f64 / count as f64, &mut numbers)).collect()
        };
        let (mut machine_signs, mut edited_signs) = (of_side(machine), of_side(edited));
        let mut frequency = vec![0usize; numbers.len()];
        for signs in machine_signs.iter().chain(&edited_signs) {
            for &pair in &signs.pairs {
                frequency[pair as usize] += 1;
            }
        }
        let all = (machine.len() + edited.len()) as f64;
        let weights: Vec<f64> = frequency.into_iter().map(|count| (1.0 + all / count.max(1) as f64).ln()).collect();
        for signs in machine_signs.iter_mut().chain(&mut edited_signs) {
            signs.weight = signs.pairs.iter().map(|&pair| weights[pair as usize]).sum();
        }
        let kinds = |parts: &[Part<'_>]| parts.iter().map(|part| part.kind.map_or(0, |kind| 1 + kind as u8)).collect();
        Self { machine: machine_signs, edited: edited_signs, weights, headings, kinds: (kinds(machine), kinds(edited)) }
    }

    /// How alike two parts are, 0 to about 1.
    pub fn of(&self, a: usize, b: usize) -> f64 {
        if self.kinds.0[a] != self.kinds.1[b] {
            return 0.0;
        }
        self.between(&self.machine[a], &self.edited[b])
    }

    /// How alike several parts, taken together, are to one.
    pub fn of_joined(&self, mine: &[usize], theirs: &[usize]) -> f64 {
        self.between(&self.joined(&self.machine, mine), &self.joined(&self.edited, theirs))
    }

    /// The share of a part of the machine's that stands in one of the editor's and not in the machine's part that this one is linked to.
    pub fn held(&self, a: usize, beside: usize, b: usize) -> f64 {
        self.share(&self.machine[a], &self.edited[b], &self.machine[beside])
    }

    /// The same for a part of the editor's.
    pub fn held_edited(&self, b: usize, beside: usize, a: usize) -> f64 {
        self.share(&self.edited[b], &self.machine[a], &self.edited[beside])
    }

    /// Parts of the editor's that have a pair of letters with one of the machine's in common, with how alike they are.
    pub fn candidates(&self, mine: &[usize], theirs: &[usize]) -> Vec<(usize, usize, f64)> {
        let mut places: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for &b in theirs {
            for &pair in &self.edited[b].pairs {
                places.entry(pair).or_default().push(b);
            }
        }
        let mut pairs = Vec::new();
        let mut seen = vec![usize::MAX; self.edited.len()];
        for (round, &a) in mine.iter().enumerate() {
            let lists = self.machine[a].pairs.iter().filter_map(|pair| places.get(pair));
            for &b in lists.flatten() {
                if std::mem::replace(&mut seen[b], round) != round {
                    pairs.push((a, b, self.of(a, b)));
                }
            }
        }
        pairs
    }

    /// Some of the machine's parts, to look for those that are worth comparing.
    pub fn index(&self, parts: Vec<usize>) -> Index<'_> {
        Index::new(&self.machine, parts)
    }

    /// Some of the editor's parts, to look for those that are worth comparing.
    pub fn index_edited(&self, parts: Vec<usize>) -> Index<'_> {
        Index::new(&self.edited, parts)
    }

    /// What a part of the machine's has.
    pub fn signs(&self, a: usize) -> &Signs {
        &self.machine[a]
    }

    /// What a part of the editor's has.
    pub fn signs_edited(&self, b: usize) -> &Signs {
        &self.edited[b]
    }

    /// Whether both lead somewhere, and nowhere the same.
    pub fn contradicts(&self, a: usize, b: usize) -> bool {
        let (mine, theirs) = (&self.machine[a].addresses, &self.edited[b].addresses);
        !mine.is_empty() && !theirs.is_empty() && common(mine, theirs) == 0
    }

    /// Whether more than its letters speaks for a pair: an address, a number, a Latin word, the heading.
    pub fn is_backed(&self, a: usize, b: usize) -> bool {
        let (mine, theirs) = (&self.machine[a], &self.edited[b]);
        let headings = (self.headings.machine[a], self.headings.edited[b]);
        common(&mine.addresses, &theirs.addresses) > 0
            || common(&mine.numbers, &theirs.numbers) > 0
            || common(&mine.words, &theirs.words) > 0
            || (headings.0 != Headings::NONE && headings.0 == headings.1)
    }

    /// Letters of the shorter one.
    pub fn shorter(&self, a: usize, b: usize) -> usize {
        self.machine[a].length.min(self.edited[b].length)
    }

    /// Whether an address of the one stands in the other.
    pub fn shares_address(&self, a: usize, b: usize) -> bool {
        common(&self.machine[a].addresses, &self.edited[b].addresses) > 0
    }

    fn between(&self, a: &Signs, b: &Signs) -> f64 {
        #[cfg(test)]
        COMPARED.set(COMPARED.get() + 1);
        let shared = self.weight_of_common(&a.pairs, &b.pairs);
        let mut score = if a.weight + b.weight > 0.0 { 2.0 * shared / (a.weight + b.weight) } else { 0.0 };
        let mut whole = 1.0;
        for (share, mine, theirs) in [(NUMBERS, &a.numbers, &b.numbers), (WORDS, &a.words, &b.words)] {
            if !mine.is_empty() || !theirs.is_empty() {
                let dice = 2.0 * common(mine, theirs) as f64 / (mine.len() + theirs.len()) as f64;
                let own = 1.0 - NUMBERS - WORDS;
                score += share / own * dice;
                whole += share / own;
            }
        }
        score /= whole;
        if !a.addresses.is_empty() && !b.addresses.is_empty() {
            if common(&a.addresses, &b.addresses) == 0 { score *= ELSEWHERE } else { score += SHARED }
        }
        (score - DISTANCE * (a.place - b.place).abs()).max(0.0)
    }

    fn weight_of_common(&self, a: &[u32], b: &[u32]) -> f64 {
        let (mut at, mut weight) = (0, 0.0);
        for &pair in a {
            while at < b.len() && b[at] < pair {
                at += 1;
            }
            if b.get(at) == Some(&pair) {
                weight += self.weights[pair as usize];
            }
        }
        weight
    }

    fn share(&self, part: &Signs, whole: &Signs, beside: &Signs) -> f64 {
        #[cfg(test)]
        COMPARED.set(COMPARED.get() + 1);
        let own: Vec<u32> = part.pairs.iter().copied().filter(|pair| beside.pairs.binary_search(pair).is_err()).collect();
        let weight: f64 = own.iter().map(|&pair| self.weights[pair as usize]).sum();
        if weight > 0.0 { self.weight_of_common(&own, &whole.pairs) / weight } else { 0.0 }
    }

    fn joined(&self, side: &[Signs], parts: &[usize]) -> Signs {
        let mut all = Signs::default();
        for signs in parts.iter().map(|&part| &side[part]) {
            all.pairs.extend(&signs.pairs);
            all.numbers.extend(signs.numbers.iter().cloned());
            all.words.extend(signs.words.iter().cloned());
            all.addresses.extend(signs.addresses.iter().cloned());
            all.length += signs.length;
            all.place += signs.place / parts.len() as f64;
        }
        all.pairs.sort_unstable();
        all.pairs.dedup();
        for list in [&mut all.numbers, &mut all.words, &mut all.addresses] {
            list.sort_unstable();
            list.dedup();
        }
        all.weight = all.pairs.iter().map(|&pair| self.weights[pair as usize]).sum();
        all
    }
}

#[cfg(test)]
thread_local! {
    /// How often parts were compared.
    pub(super) static COMPARED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

fn signs(part: &Part<'_>, place: f64, numbers: &mut HashMap<[char; 2], u32>) -> Signs {
    let letters: Vec<char> = part.text.nfc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let mut pairs: Vec<u32> = letters
        .windows(2)
        .map(|pair| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry([pair[0], pair[1]]).or_insert(next)
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let text: String = part.text.nfc().collect::<String>().to_lowercase();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let (mut figures, mut latin): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for word in words {
        if word.bytes().all(|b| b.is_ascii_digit()) {
            figures.push(word.to_owned());
        } else if word.len() > 1 {
            latin.push(word.to_owned());
        }
    }
    for list in [&mut figures, &mut latin] {
        list.sort_unstable();
        list.dedup();
    }
    Signs { length: letters.len(), pairs, weight: 0.0, numbers: figures, words: latin, addresses: addresses(part), place }
}

/// How many things two sorted lists share.
fn common(a: &[String], b: &[String]) -> usize {
    a.iter().filter(|thing| b.binary_search(thing).is_ok()).count()
}
