//! `changed-name`: a Latin name that the English writes otherwise.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

use super::{About, Check, Context, Example, Finding, Group, Severity};

/// See [`About`].
pub(super) struct ChangedName;

/// Its name.
const NAME: &str = "changed-name";

const ABOUT: About = About {
    name: NAME,
    group: Group::Language,
    severity: Severity::Hint,
    on: true,
    summary: "a Latin name that the English item writes otherwise (Huggingface, KL for KŁ)",
    meaning:
        "The name is not in the English item, and one that is nearly the same is: a letter is missing, doubled or exchanged, a blank is
gone, or the strokes and dots on its letters are. Plurals and other endings of the English, and capitals, do not count.",
    example: Example {
        english: "- [Hugging Face](https://example.com/1) measures carbon.\n",
        glossary: "",
        wrong: "- [글](https://example.com/1) – Huggingface가 탄소를 잽니다.\n",
        right: "- [글](https://example.com/1) – Hugging Face가 탄소를 잽니다.\n",
    },
    mend: "Write the name as the English does.",
    waive: "The name has a form of its own in Korean texts.",
};

impl Check for ChangedName {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for part in context.parts().iter().filter(|part| part.english.is_some()) {
            let mut english: Option<Names> = None;
            // A name that stands in the English as it is needs no closer look, and nearly all do.
            let bytes = part.english.clone().zip(context.english()).map_or("", |(span, side)| &side.digest.text[span]);
            let mut written = None;
            for passage in context.korean_words(part) {
                for (at, name) in names(passage.text()) {
                    if written.get_or_insert_with(|| words(bytes).collect::<FxHashSet<&str>>()).contains(name) {
                        continue;
                    }
                    let known = english.get_or_insert_with(|| Names::of(context.english_words(part).iter().map(|passage| passage.text())));
                    let Some(meant) = known.meant(name) else { continue };
                    let range = at..at + name.len();
                    if passage.view.is_hidden(passage.range.start + range.start..passage.range.start + range.end) {
                        continue;
                    }
                    findings.push(Finding {
                        help: Some(format!("write `{meant}`")),
                        ..Finding::new(NAME, ABOUT.severity, passage.span(range), format!("`{name}` is `{meant}` in the English item"))
                    });
                }
            }
        }
    }
}

/// The words of a text: letters and figures that nothing parts.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_of_name(c)).filter(|word| !word.is_empty())
}

fn is_of_name(c: char) -> bool {
    is_latin(c) || c.is_ascii_digit()
}

/// Words of Latin letters that begin with, or hold, a capital.
fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_latin)?;
        let length = text[start..].find(|c: char| !is_of_name(c)).unwrap_or(text.len() - start);
        at = start + length;
        Some((start, &text[start..at]))
    })
    .filter(|(_, word)| word.chars().count() > 1 && word.chars().any(char::is_uppercase))
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{300}'..='\u{36f}')
}

/// The words of an English item.
struct Names {
    /// Each as it is first written.
    words: Vec<String>,
    /// In small letters.
    small: FxHashSet<String>,
    /// Without strokes and dots, with the first word that is written so.
    bare: FxHashMap<String, usize>,
    /// Two and three words that begin with capitals, written together, in small letters, with how they are first written.
    joined: FxHashMap<String, String>,
    /// What a name is nearly the same as.
    near: Vec<Near>,
    /// What was said of names so far.
    meant: FxHashMap<String, Option<String>>,
    /// How many more words may be compared with a name letter by letter.
    effort: usize,
}

/// A word that another may be nearly the same as.
struct Near {
    /// Its place among the words.
    word: usize,
    small: Vec<char>,
    letters: Letters,
}

/// So many comparisons of a name with a word are made for one item: a list of names is nothing to compare with each other.
const EFFORT: usize = 200_000;

/// A word of more letters is no name.
const LONGEST: usize = 80;

impl Names {
    fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let (mut all, mut joined) = (Vec::new(), FxHashMap::default());
        let is_name = |words: &[&str]| words.iter().all(|word| word.starts_with(char::is_uppercase));
        for text in texts {
            let list: Vec<&str> = words(text).collect();
            // Only what stands with a blank between is told: GPT-3 and GPT3 are one name.
            for length in [2, 3] {
                for few in list.windows(length).filter(|few| is_name(few)) {
                    joined.entry(few.concat().to_lowercase()).or_insert_with(|| few.join(" "));
                }
            }
            all.extend(list.into_iter().filter(|word| seen.insert(word)).map(str::to_owned));
        }
        let small = all.iter().map(|word| word.to_lowercase()).collect();
        let mut bare = FxHashMap::default();
        for (index, word) in all.iter().enumerate() {
            bare.entry(folded(&word.to_lowercase())).or_insert(index);
        }
        let near = all.iter().enumerate().filter(|(_, word)| word.chars().any(char::is_uppercase) && word.chars().count() >= 4);
        let near = near.map(|(word, written)| {
            let small: Vec<char> = written.to_lowercase().chars().collect();
            Near { word, letters: Letters::of(&small), small }
        });
        let near = near.filter(|near| near.small.len() <= LONGEST).collect();
        Self { small, bare, joined, near, words: all, meant: FxHashMap::default(), effort: EFFORT }
    }

    /// The name that is meant, where this is not how the English writes it.
    fn meant(&mut self, name: &str) -> Option<String> {
        if let Some(known) = self.meant.get(name) {
            return known.clone();
        }
        let meant = self.looked_up(name);
        self.meant.insert(name.to_owned(), meant.clone());
        meant
    }

    fn looked_up(&mut self, name: &str) -> Option<String> {
        let small = name.to_lowercase();
        if self.small.contains(&small) || self.is_ending(&small) {
            return None;
        }
        if let Some(&word) = self.bare.get(&folded(&small)) {
            return Some(self.words[word].clone());
        }
        if let Some(words) = self.joined.get(&small) {
            return Some(words.clone());
        }
        // A short name is near to too many.
        let length = name.chars().count();
        let small: Vec<char> = small.chars().collect();
        if length < 3 || small.len() > LONGEST || self.near.len() > self.effort {
            return None;
        }
        self.effort -= self.near.len();
        let most = if length >= 8 { 2 } else { 1 };
        let letters = Letters::of(&small);
        let may_be = |near: &&Near| near.small.len().abs_diff(small.len()) <= most && near.letters.may_be_near(letters, most);
        let distances = self.near.iter().filter(may_be).map(|near| (distance(&small, &near.small), near.word));
        let nearest = distances.filter(|(distance, _)| *distance <= most).min()?;
        Some(self.words[nearest.1].clone())
    }

    /// Whether an English word is this one with an ending, or this one is an English word with one.
    fn is_ending(&self, small: &str) -> bool {
        const ENDINGS: [&str; 9] = ["s", "es", "ed", "d", "ing", "er", "ers", "ly", "n"];
        let is_there = |word: &str| self.small.contains(word);
        ENDINGS.iter().any(|ending| is_there(&format!("{small}{ending}")) || small.strip_suffix(ending).is_some_and(is_there))
    }
}

/// Which letters a word has, a bit for each, some of which share one.
#[derive(Clone, Copy)]
struct Letters(u64);

impl Letters {
    fn of(word: &[char]) -> Self {
        Self(word.iter().fold(0, |all, c| all | 1 << (*c as u32 % 64)))
    }

    /// Whether so few letters could be all that differs: one that is replaced is in one word and another one in the other.
    fn may_be_near(self, other: Self, most: usize) -> bool {
        (self.0 ^ other.0).count_ones() as usize <= 2 * most
    }
}

/// The letters without strokes and dots.
fn folded(word: &str) -> String {
    word.nfd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
        .map(|c| match c {
            'ł' | 'Ł' => 'l',
            'ø' | 'Ø' => 'o',
            'đ' | 'Đ' | 'ð' => 'd',
            'ı' => 'i',
            'ħ' => 'h',
            c => c,
        })
        .collect()
}

/// Letters put in, left out, replaced, or exchanged with their neighbour (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_of_names_and_long_names_are_read_once() {
        let english: String = (0..100_000).map(|number| format!("Name{number}x ")).collect();
        let mut names = Names::of([english.as_str()].into_iter());
        assert_eq!(names.meant("Name5x"), None);
        assert!((0..100_000).all(|number| names.meant(&format!("Other{number}")).is_none()));
        let long = "A".repeat(1_000_000);
        assert_eq!(Names::of([format!("{long}B").as_str()].into_iter()).meant(&format!("{long}C")), None);
    }

    #[test]
    fn words_that_differ_in_few_letters_are_near_by_their_letters() {
        let letters = |word: &str| Letters::of(&word.chars().collect::<Vec<_>>());
        for (one, other) in [("pytorch", "pytroch"), ("wasserstein", "waserstein"), ("keras", "kerax"), ("bert", "ber"), ("a", "b")] {
            assert!(letters(one).may_be_near(letters(other), 1), "{one} {other}");
        }
        assert!(!letters("google").may_be_near(letters("goethe"), 1));
    }

    fn meant(english: &str, name: &str) -> Option<String> {
        Names::of([english].into_iter()).meant(name)
    }

    #[test]
    fn a_name_that_is_nearly_the_same_is_meant() {
        assert_eq!(meant("Hugging Face now tells", "Huggingface").as_deref(), Some("Hugging Face"));
        assert_eq!(meant("KŁ geometry", "KL").as_deref(), Some("KŁ"));
        assert_eq!(meant("by PyTorch users", "PyTroch").as_deref(), Some("PyTorch"));
        assert_eq!(meant("Wasserstein distance", "Waserstein").as_deref(), Some("Wasserstein"));
    }

    #[test]
    fn endings_capitals_and_other_names_pass() {
        for (english, name) in [
            ("Transformers win", "Transformer"),
            ("by NVIDIA", "Nvidia"),
            ("GPT-3 is", "GPT3"),
            ("the United Nations", "UN"),
            ("CNNs", "CNN"),
            ("Google", "Goethe"),
        ] {
            assert_eq!(meant(english, name), None, "{name}");
        }
    }
}
