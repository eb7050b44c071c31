//! `changed-name`: a Latin name that the English writes otherwise.

use std::collections::HashSet;

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
            for passage in context.korean_words(part) {
                for (at, name) in names(passage.text()).filter(|(_, name)| !stands_in(name, bytes)) {
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

/// Whether a name stands in a text as a word.
fn stands_in(name: &str, text: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let is_free = |c: Option<char>| c.is_none_or(|c| !is_latin(c) && !c.is_ascii_digit());
        is_free(text[..at].chars().next_back()) && is_free(text[at + name.len()..].chars().next())
    })
}

/// Words of Latin letters that begin with, or hold, a capital.
fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| is_latin(c) || c.is_ascii_digit();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_latin)?;
        let length = text[start..].find(|c: char| !is_part(c)).unwrap_or(text.len() - start);
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
    words: Vec<String>,
    /// In small letters.
    small: HashSet<String>,
    /// Two and three words written together, in small letters, with how they are written.
    joined: Vec<(String, String)>,
}

impl Names {
    fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let (mut words, mut joined) = (Vec::new(), Vec::new());
        for text in texts {
            let list: Vec<&str> = text.split(|c: char| !(is_latin(c) || c.is_ascii_digit())).filter(|word| !word.is_empty()).collect();
            for pair in list.windows(2) {
                joined.push((pair.concat().to_lowercase(), pair.join(" ")));
            }
            for triple in list.windows(3) {
                joined.push((triple.concat().to_lowercase(), triple.join(" ")));
            }
            words.extend(list.into_iter().map(str::to_owned));
        }
        let small = words.iter().map(|word| word.to_lowercase()).collect();
        // Only what stands with a blank between is told: GPT-3 and GPT3 are one name.
        Self { words, small, joined }
    }

    /// The name that is meant, where this is not how the English writes it.
    fn meant(&self, name: &str) -> Option<String> {
        let small = name.to_lowercase();
        if self.small.contains(&small) || self.is_ending(&small) {
            return None;
        }
        let bare = folded(&small);
        let same = |word: &&String| folded(&word.to_lowercase()) == bare;
        if let Some(word) = self.words.iter().find(same) {
            return Some(word.clone());
        }
        let is_name = |words: &str| words.split(' ').all(|word| word.starts_with(char::is_uppercase));
        if let Some((_, words)) = self.joined.iter().find(|(joined, words)| *joined == small && is_name(words)) {
            return Some(words.clone());
        }
        // A short name is near to too many.
        let length = name.chars().count();
        if length < 3 {
            return None;
        }
        let near = self.words.iter().filter(|word| word.chars().any(char::is_uppercase) && word.chars().count() >= 4);
        near.filter(|word| distance(&small, &word.to_lowercase()) <= if length >= 8 { 2 } else { 1 })
            .min_by_key(|word| distance(&small, &word.to_lowercase()))
            .cloned()
    }

    /// Whether an English word is this one with an ending, or this one is an English word with one.
    fn is_ending(&self, small: &str) -> bool {
        const ENDINGS: [&str; 9] = ["s", "es", "ed", "d", "ing", "er", "ers", "ly", "n"];
        self.small.iter().any(|word| {
            ENDINGS.iter().any(|ending| word.strip_suffix(ending) == Some(small) || small.strip_suffix(ending) == Some(word.as_str()))
        })
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
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
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
