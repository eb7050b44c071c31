//! The words and phrases of English texts, inflected forms taken together: what may be a term that no glossary lists yet.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::inflect::{forms_of_gerund, other_spelling, plurals, verb_forms};
use super::words::{Joint, words};
use super::{Glossary, Term};

/// The most words of a phrase.
pub const LONGEST: usize = 4;

/// Words that hold a sentence together: no phrase begins or ends with one, and no term is one.
const GRAMMAR: &str = " a an the this that these those it its it's they them their we our us you your he she his her i my who whose which what \
    where when why how there here is are was were be been being am has have had having do does did done doing can could may might must shall \
    should will would not no nor and or but if then else so than as of in on at by to from for with without within into onto over under \
    between among through during before after above below up down out off about against across along around behind beyond per via upon \
    also however thus therefore hence moreover furthermore very more most less least much many few several some any all both each every \
    either neither other another such same own only just even still yet again already always never often sometimes usually really quite \
    rather too well now today one two three four five six seven eight nine ten first second third last next while because since until \
    although though whether like using use used uses get gets got make makes made show shows shown showed let lets need needs take takes \
    give gives given gave go goes went come comes came say says said see sees seen saw know knows want wants become becomes became \
    based new nowadays today thus don't doesn't isn't aren't can't won't ";

/// Words that are a term together with others only: large language model, deep learning.
const COMMON: &str = " large small big huge tiny long short deep shallow high low good better best bad worse worst fast faster slow hard easy \
    simple complex old early late recent different various similar possible important useful great interesting general common main full \
    whole single multiple many strong weak wide narrow open free true false real right wrong able time way thing things work works paper \
    papers article post posts blog part problem problems result results method methods approach approaches idea ideas example examples \
    people year years week day case cases point points set number kind type types question questions author authors team ";

/// Every word of some texts, each under the number of its inflected family.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    numbers: HashMap<String, u32>,
    /// Spellings of each family as they stand in the texts, with how often.
    spellings: BTreeMap<u32, BTreeMap<String, usize>>,
    /// Families with a capital inside a sentence, and never without one: names.
    names: BTreeSet<u32>,
}

/// A run of words in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The families of its words.
    pub words: Vec<u32>,
    /// Its letters as they stand in the text.
    pub text: String,
}

impl Vocabulary {
    /// The words of these texts.
    pub fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut inside: BTreeSet<String> = BTreeSet::new();
        for text in texts {
            let words = words(text);
            let long = words.iter().filter(|word| word.text.len() > 4);
            let small = long.clone().filter(|word| word.text.starts_with(char::is_lowercase)).count();
            let is_sentence = small > 0 && small * 2 >= long.count();
            for word in words.iter().filter(|word| !word.identifier) {
                *seen.entry(word.text.to_owned()).or_default() += 1;
                // In a title every word may have a capital.
                if is_sentence && !word.initial && word.text.starts_with(char::is_uppercase) {
                    inside.insert(word.text.to_lowercase());
                }
            }
        }
        let lower: BTreeMap<String, usize> = seen.keys().map(|word| word.to_lowercase()).zip(0..).collect();
        let index: HashMap<&str, usize> = lower.keys().map(String::as_str).zip(0..).collect();
        let mut families = Families((0..index.len()).collect());
        for (&word, &own) in &index {
            let verbs = if word.ends_with("ing") { forms_of_gerund(word) } else { verb_forms(word) };
            for form in plurals(word).into_iter().chain(verbs).chain(other_spelling(word)) {
                if let Some(&other) = index.get(form.as_str()).filter(|_| word.len() > 2) {
                    families.join(own, other);
                }
            }
        }
        let number = |word: &str| families.of(index[word]) as u32;
        let numbers = lower.keys().map(|word| (word.clone(), number(word))).collect();
        let mut spellings: BTreeMap<u32, BTreeMap<String, usize>> = BTreeMap::new();
        for (word, count) in seen {
            *spellings.entry(number(&word.to_lowercase())).or_default().entry(word).or_default() += count;
        }
        let is_small = |all: &BTreeMap<String, usize>| all.keys().any(|word| word.starts_with(char::is_lowercase));
        let mut names: BTreeSet<u32> = inside.iter().map(|word| number(word)).collect();
        names.retain(|family| spellings.get(family).is_some_and(|all| !is_small(all)));
        Self { numbers, spellings, names }
    }

    /// Every phrase of a text that may be a term: of one to [`LONGEST`] words that nothing parts.
    pub fn phrases(&self, text: &str) -> Vec<Phrase> {
        let words = words(text);
        let mut phrases = Vec::new();
        for start in 0..words.len() {
            for end in start..words.len().min(start + LONGEST) {
                let word = &words[end];
                if word.identifier || (end > start && matches!(word.joint, Joint::Break | Joint::Possessive)) {
                    break;
                }
                let own = &words[start..=end];
                let numbers: Option<Vec<u32>> = own.iter().map(|word| self.numbers.get(&word.text.to_lowercase()).copied()).collect();
                let is_edge = |word: &str| is_listed(GRAMMAR, word) || !word.chars().any(char::is_alphabetic) || word.chars().count() < 2;
                if let Some(words) = numbers.filter(|_| !is_edge(own[0].text) && !is_edge(word.text)) {
                    phrases.push(Phrase { words, text: text[own[0].start..word.span().end].to_owned() });
                }
            }
        }
        phrases
    }

    /// Whether every word of a phrase is an everyday one, which alone is no term.
    pub fn is_common(&self, phrase: &[u32]) -> bool {
        phrase.iter().all(|word| self.spellings.get(word).is_some_and(|all| all.keys().any(|word| is_listed(COMMON, word))))
    }

    /// The English entry that finds all of these texts of one phrase, in which it occurs: `None` where none does.
    pub fn entry(&self, phrase: &[u32], as_written: &[&str], texts: &[&str]) -> Option<String> {
        let mut written: BTreeMap<String, usize> = BTreeMap::new();
        for text in as_written {
            *written.entry(self.lowered(text)).or_default() += 1;
        }
        let mut candidates: Vec<(String, usize)> = written.into_iter().collect();
        // A gerund is found in every form of its verb, and a singular in its plural; else what is written most often.
        candidates.sort_by_key(|(text, count)| (!text.ends_with("ing"), text.len(), std::cmp::Reverse(*count)));
        let heads: Vec<&str> = candidates.iter().map(|(text, _)| text.as_str()).collect();
        let last = phrase.last()?;
        let known = self.spellings.get(last)?.keys().map(|word| word.to_lowercase());
        let mut lasts: Vec<String> = known.collect();
        lasts.sort_by_key(|word| (word.len(), word.clone()));
        let other = heads.iter().flat_map(|text| {
            let at = text.rfind([' ', '-']).map_or(0, |at| at + 1);
            let own = &text[at..];
            let made = singular(own).into_iter().chain(gerunds(own));
            lasts.iter().cloned().chain(made).map(move |last| format!("{}{last}", &text[..at]))
        });
        let finds_all = |entry: &String| {
            let glossary = Glossary::new(vec![Term::new(entry)], Vec::new());
            texts.iter().all(|text| !glossary.find_english(text).is_empty())
        };
        let own = heads.iter().map(|text| (*text).to_owned());
        let mut all: Vec<String> = Vec::new();
        for entry in own
            .clone()
            .filter(|text| text.ends_with("ing"))
            .chain(heads.iter().filter_map(|text| singular_of(text)))
            .chain(own)
            .chain(other)
        {
            if !all.contains(&entry) {
                all.push(entry);
            }
        }
        all.into_iter().take(40).find(finds_all)
    }

    /// A phrase in lower case, but for names and words in capitals.
    fn lowered(&self, phrase: &str) -> String {
        let lower = |piece: &str| {
            let word = piece.trim_end_matches([' ', '-']);
            let is_capitals = word.chars().filter(|c| c.is_alphabetic()).skip(1).any(char::is_uppercase);
            let is_name = || self.numbers.get(&word.to_lowercase()).is_some_and(|number| self.names.contains(number));
            if is_capitals || is_name() { piece.to_owned() } else { piece.to_lowercase() }
        };
        phrase.split_inclusive([' ', '-']).map(lower).collect()
    }
}

/// Sets of words that are one family.
struct Families(Vec<usize>);

impl Families {
    fn of(&self, mut word: usize) -> usize {
        while self.0[word] != word {
            word = self.0[word];
        }
        word
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        let (first, second) = (a.min(b), a.max(b));
        self.0[second] = first;
    }
}

fn is_listed(list: &str, word: &str) -> bool {
    list.contains(&format!(" {} ", word.to_lowercase()))
}

fn singular_of(phrase: &str) -> Option<String> {
    let at = phrase.rfind([' ', '-']).map_or(0, |at| at + 1);
    singular(&phrase[at..]).map(|last| format!("{}{last}", &phrase[..at]))
}

/// The singular of a plain plural; words that only look like one (bias, analysis, physics, series) have none.
fn singular(word: &str) -> Option<String> {
    if ["ss", "us", "is", "as", "os", "ics", "ies"].iter().any(|end| word.ends_with(end)) && !(word.ends_with("ies") && word.len() > 6) {
        return None;
    }
    if matches!(word, "lens" | "species" | "news" | "means" | "nowadays" | "always" | "perhaps") || word.len() < 4 {
        return None;
    }
    let stem = word.strip_suffix('s')?;
    let hissing = ["sse", "xe", "che", "she", "zze"].iter().any(|end| stem.ends_with(end)).then(|| stem.strip_suffix('e')).flatten();
    match stem.strip_suffix("ie") {
        Some(head) => Some(format!("{head}y")),
        None => Some(hissing.unwrap_or(stem).to_owned()),
    }
}

/// The gerunds that a verb form may belong to, the likeliest first.
fn gerunds(word: &str) -> Vec<String> {
    const DOUBLING: &[&str] = &["fit", "set", "run", "cut", "get", "put", "map", "tag", "plan", "step", "stop", "drop", "clip", "skip"];
    let mut gerunds = Vec::new();
    // What stands before -ed stands before -ing too: overfitted, overfitting.
    for stem in ["ed", "es", "s", ""].iter().filter_map(|end| word.strip_suffix(end)).filter(|stem| stem.len() > 2) {
        let last = stem.chars().next_back().filter(|_| DOUBLING.iter().any(|end| stem.ends_with(end)));
        gerunds.extend(last.map(|last| format!("{stem}{last}ing")));
        gerunds.push(format!("{}ing", stem.strip_suffix('e').unwrap_or(stem)));
    }
    gerunds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(vocabulary: &Vocabulary, text: &str) -> Vec<String> {
        vocabulary.phrases(text).into_iter().map(|phrase| phrase.text).collect()
    }

    #[test]
    fn phrases_begin_and_end_with_words_of_a_subject() {
        let text = "The saddle points of a network, trained in `code`.";
        let vocabulary = Vocabulary::of([text].into_iter());
        assert_eq!(texts(&vocabulary, text), ["saddle", "saddle points", "points", "points of a network", "network", "trained"]);
    }

    #[test]
    fn forms_of_a_word_are_one() {
        let vocabulary = Vocabulary::of(
            ["it overfits", "Overfitting", "overfitted models", "a model", "optimisation", "optimization", "optimal"].into_iter(),
        );
        let one = |text: &str| vocabulary.phrases(text).last().map(|phrase| phrase.words.clone());
        assert_eq!(one("overfits"), one("Overfitting"));
        assert_eq!(one("models"), one("model"));
        assert_eq!(one("optimisation"), one("optimization"));
        assert_ne!(one("optimal"), one("optimization"));
    }

    #[track_caller]
    fn assert_entry(texts: &[&str], expected: &str) {
        let vocabulary = Vocabulary::of(texts.iter().copied());
        let phrase = vocabulary.phrases(texts[0]).into_iter().max_by_key(|phrase| phrase.words.len()).expect("a phrase");
        assert_eq!(vocabulary.entry(&phrase.words, texts, texts).as_deref(), Some(expected));
    }

    #[test]
    fn the_entry_finds_every_form() {
        assert_entry(&["Overfitting", "overfits"], "overfitting");
        assert_entry(&["saddle points", "saddle points"], "saddle point");
        assert_entry(&["BERT", "BERT"], "BERT");
        assert_entry(&["trained", "trains"], "training");
        assert_entry(&["overfit", "overfitted"], "overfitting");
        assert_entry(&["fine-tuned", "fine-tunes"], "fine-tuning");
        assert_entry(&["bias", "Biases"], "bias");
        assert_entry(&["Gaussian process", "The Gaussian processes there"], "Gaussian process");
        assert_entry(&["Saddle Point", "Saddle Points in Networks"], "saddle point");
        assert_entry(&["losses", "loss"], "loss");
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_phrases(text in "\\PC{0,40}|([a-cA-C' -]|ing|ies|s){0,20}") {
            let vocabulary = Vocabulary::of([text.as_str()].into_iter());
            for phrase in vocabulary.phrases(&text) {
                proptest::prop_assert!(text.contains(&phrase.text));
                let _ = vocabulary.entry(&phrase.words, &[&phrase.text], &[&text]);
            }
        }
    }
}
