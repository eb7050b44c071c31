//! Which replacements recur in what editors approved, and which English may explain them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Triple;
use super::pairs::{Slot, Wide, slots};
use super::words::words;
use crate::digest::fold;
use crate::glossary::phrases::{LONGEST, Vocabulary};

/// The families of an English phrase's words.
pub(super) type Gram = Vec<u32>;

/// One phrase that editors replaced by another again and again.
#[derive(Clone, Debug)]
pub(super) struct Replacement {
    /// The machine's phrase and the editor's, without particles.
    pub core: Form,
    /// The same with unchanged words around it, where every sighting has the same ones: with how many before it and behind.
    pub wide: Option<(usize, usize, Form)>,
    /// The first sighting in each item, as indices of triples.
    pub sightings: Vec<usize>,
    /// English phrases that stand in every sighting and hardly anywhere else, with the number of other texts that have both sides.
    pub english: Vec<(Gram, usize)>,
}

/// The machine's phrase and the editor's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Form {
    pub machine: String,
    pub approved: String,
    /// Whether both are known to be nouns.
    pub is_noun: bool,
}

/// Everything that was read, ready to be asked.
pub(super) struct Mine<'t> {
    pub triples: &'t [Triple],
    pub vocabulary: Vocabulary,
    /// For each triple its English phrases, with how each is written there.
    phrases: Vec<HashMap<Gram, String>>,
    /// The triples that have a phrase.
    places: HashMap<Gram, Vec<usize>>,
    /// Nouns that stand somewhere as only nouns do.
    nouns: HashSet<String>,
    /// Korean texts without blanks: the machine's and the approved one.
    squeezed: Vec<(String, String)>,
}

impl<'t> Mine<'t> {
    pub fn new(triples: &'t [Triple]) -> Self {
        let vocabulary = Vocabulary::of(triples.iter().map(|triple| triple.english.as_str()));
        let mut places: HashMap<Gram, Vec<usize>> = HashMap::new();
        let mut phrases = Vec::with_capacity(triples.len());
        for (index, triple) in triples.iter().enumerate() {
            let own: HashMap<Gram, String> =
                vocabulary.phrases(&triple.english).into_iter().map(|phrase| (phrase.words, phrase.text)).collect();
            own.keys().for_each(|gram| places.entry(gram.clone()).or_default().push(index));
            phrases.push(own);
        }
        let squeezed = |text: &Option<String>| text.iter().flat_map(|text| words(text)).map(|word| word.letters).collect::<String>();
        Self {
            nouns: nouns(triples),
            squeezed: triples.iter().map(|triple| (squeezed(&triple.machine), squeezed(&triple.approved))).collect(),
            triples,
            vocabulary,
            phrases,
            places,
        }
    }

    /// Every replacement that was seen in more than one item, the most frequent first, then by its letters.
    pub fn replacements(&self) -> Vec<Replacement> {
        let slots: Vec<(usize, Slot)> = self.edited().flat_map(|(index, slot)| slot.into_iter().map(move |slot| (index, slot))).collect();
        let mut seen: HashMap<&(String, String), BTreeSet<usize>> = HashMap::new();
        for (index, slot) in &slots {
            slot.keys.iter().for_each(|key| _ = seen.entry(key).or_default().insert(*index));
        }
        let counts: HashMap<&(String, String), usize> = seen.iter().map(|(key, all)| (*key, self.items(all).len())).collect();
        let mut found: BTreeMap<&(String, String), Sightings> = BTreeMap::new();
        for (index, slot) in &slots {
            // Of the ways to read a pair of words, the one that others bear out; the likeliest, where none is.
            let best = slot.keys.iter().rev().max_by_key(|key| counts[key]);
            if let Some(key) = best.filter(|key| counts[key] > 1) {
                let own = found.entry(key).or_default();
                own.all.insert(*index);
                slot.wider.iter().for_each(|wide| _ = own.wider.entry(wide.clone()).or_default().insert(*index));
            }
        }
        let mut replacements: Vec<(BTreeSet<usize>, Replacement)> =
            found.into_iter().filter_map(|(key, own)| Some((own.all.clone(), self.replacement(key, own)?))).collect();
        let all = replacements.clone();
        replacements.retain(|(own, inner)| !all.iter().any(|(other, outer)| own == other && is_part(&inner.core, &outer.core)));
        let mut replacements: Vec<Replacement> = replacements.into_iter().map(|(_, replacement)| replacement).collect();
        replacements.sort_by(|a, b| b.sightings.len().cmp(&a.sightings.len()).then_with(|| a.core.cmp(&b.core)));
        replacements
    }

    /// How an English phrase is written in a triple.
    pub fn written(&self, gram: &Gram, triple: usize) -> Option<&str> {
        self.phrases[triple].get(gram).map(String::as_str)
    }

    fn edited(&self) -> impl Iterator<Item = (usize, Vec<Slot>)> {
        self.triples.iter().enumerate().filter_map(|(index, triple)| {
            let (machine, approved) = (triple.machine.as_deref()?, triple.approved.as_deref()?);
            (fold(machine) != fold(approved)).then(|| (index, slots(machine, approved)))
        })
    }

    /// One triple for each item: what is said again in the same words, or stands twice in one item, is one sighting.
    fn items(&self, triples: &BTreeSet<usize>) -> Vec<usize> {
        let (mut items, mut texts) = (HashSet::new(), HashSet::new());
        let is_new = |index: &&usize| {
            let triple = &self.triples[**index];
            let place = triple.item.ok_or(**index);
            // Both sets are to know it.
            let (item, text) = (items.insert((&triple.file, place)), texts.insert(fold(&triple.english)));
            item && text
        };
        triples.iter().filter(is_new).copied().collect()
    }

    fn replacement(&self, key: &(String, String), own: Sightings) -> Option<Replacement> {
        let sightings = self.items(&own.all);
        let core = self.form(&key.0, &key.1);
        let wide = own.wider.into_iter().filter(|(_, seen)| *seen == own.all).map(|(wide, _)| wide);
        let wide = wide.map(|wide| (wide.left, wide.right, self.form(&wide.machine, &wide.approved)));
        let wide = wide.filter(|(_, _, form)| form.is_noun).max_by_key(|(left, right, _)| (left + right, *right));
        if sightings.len() < 2 || (!core.is_noun && wide.is_none()) {
            return None;
        }
        let english = self.english(&core, &own.all);
        Some(Replacement { core, wide, sightings, english })
    }

    fn form(&self, machine: &str, approved: &str) -> Form {
        let is_noun = |phrase: &str| {
            let last = phrase.rsplit(' ').next().unwrap_or(phrase);
            self.nouns.contains(last) || last.is_ascii()
        };
        let is_noun = is_noun(machine) && is_noun(approved) && machine.chars().count() > 1;
        Form { machine: machine.to_owned(), approved: approved.to_owned(), is_noun }
    }

    /// English phrases that may be what was replaced.
    fn english(&self, core: &Form, sightings: &BTreeSet<usize>) -> Vec<(Gram, usize)> {
        let Some(first) = sightings.first() else { return Vec::new() };
        let squeeze = |phrase: &str| phrase.split(' ').collect::<String>();
        let (machine, approved) = (squeeze(&core.machine), squeeze(&core.approved));
        let mut kept: Vec<(Gram, usize)> = Vec::new();
        for gram in self.phrases[*first].keys() {
            let places = &self.places[gram];
            if self.vocabulary.is_common(gram) || !sightings.iter().all(|index| self.phrases[*index].contains_key(gram)) {
                continue;
            }
            let (mut with, mut without) = (0, 0);
            for index in places.iter().filter(|index| !sightings.contains(index)) {
                let (by_machine, by_editor) = &self.squeezed[*index];
                let was_read = self.triples[*index].approved.is_some();
                if by_editor.contains(&approved) || (!was_read && by_machine.contains(&approved)) {
                    with += 1;
                } else if was_read || !by_machine.contains(&machine) {
                    without += 1;
                }
            }
            if without * 3 <= sightings.len() + with {
                kept.push((gram.clone(), with));
            }
        }
        // Of phrases inside each other, the one with more to say for it; the longer one, where they are alike.
        let all = kept.clone();
        kept.retain(|(gram, with)| {
            !all.iter().any(|(other, more)| {
                (is_inside(gram, other) && gram.len() < other.len() && more >= with)
                    || (is_inside(other, gram) && other.len() < gram.len() && more > with)
            })
        });
        kept.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        kept
    }
}

#[derive(Default)]
struct Sightings {
    all: BTreeSet<usize>,
    wider: BTreeMap<Wide, BTreeSet<usize>>,
}

/// Nouns that carry, in some text, what only nouns carry, and those that end a text.
fn nouns(triples: &[Triple]) -> HashSet<String> {
    let mut nouns = HashSet::new();
    for text in triples.iter().flat_map(|triple| triple.machine.iter().chain(&triple.approved)) {
        let words = words(text);
        let last = words.last().and_then(|word| word.best()).filter(|best| best.tail.is_empty() && best.noun.chars().count() > 1);
        nouns.extend(last.map(|best| best.noun.clone()));
        for word in words {
            // A word that is a noun in one reading is one in all others.
            nouns.extend(word.readings.into_iter().filter(|reading| reading.is_proof).map(|reading| reading.noun));
        }
    }
    nouns
}

/// Whether both phrases of the one stand in those of the other, word by word.
fn is_part(inner: &Form, outer: &Form) -> bool {
    let holds = |outer: &str, inner: &str| {
        let (outer, inner): (Vec<&str>, Vec<&str>) = (outer.split(' ').collect(), inner.split(' ').collect());
        outer.windows(inner.len()).any(|words| words == inner)
    };
    (&inner.machine, &inner.approved) != (&outer.machine, &outer.approved)
        && outer.is_noun
        && holds(&outer.machine, &inner.machine)
        && holds(&outer.approved, &inner.approved)
}

/// Whether a phrase stands in another one.
fn is_inside(inner: &[u32], outer: &[u32]) -> bool {
    inner.len() <= outer.len() && outer.len() <= LONGEST && outer.windows(inner.len()).any(|words| words == inner)
}
