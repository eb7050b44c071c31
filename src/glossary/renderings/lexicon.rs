//! Words to look for at every place of a text: one look-up per character, and nothing allocated where nothing is found.

use rustc_hash::FxHashMap;

/// Words, each found by its first two letters. Blanks of a text do not count between letters, so a word is found in other spacing too.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    words: Vec<Word>,
    /// For a hash of two letters the first word that starts with them, plus one; the others are chained.
    heads: Box<[u32]>,
    /// One bit per hash: most places of a text end here.
    bits: Box<[u64; BITS / 64]>,
    /// One bit per letter of the basic plane: those that a word starts with.
    firsts: Box<[u64; (1 << 16) / 64]>,
    has_single: bool,
    /// The words of long chains by all of their letters.
    tree: Tree,
}

/// Stands in the place of a chain whose words are in the tree.
const IN_TREE: u32 = u32::MAX;

/// A chain of more words is no chain: thousands of terms that begin alike cost a text no more than others.
const CHAIN: usize = 32;

/// Words by their letters, blanks left out.
#[derive(Clone, Debug, Default)]
struct Tree {
    /// Where a letter leads from a node; the root is 0.
    next: FxHashMap<(u32, u32), u32>,
    /// The words that end in each node.
    words: Vec<Vec<u32>>,
}

impl Tree {
    fn insert(&mut self, letters: &[char], word: u32) {
        let mut node = 0;
        for letter in letters.iter().filter(|letter| **letter != ' ') {
            let new = self.next.len() as u32 + 1;
            node = *self.next.entry((node, u32::from(lower(*letter)))).or_insert(new);
        }
        self.words.resize(self.next.len() + 1, Vec::new());
        self.words[node as usize].push(word);
    }

    /// The words whose letters stand at byte `at` of the text, with one blank at most before each letter; the last ones first.
    fn at(&self, text: &str, at: usize) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        let (mut node, mut at) = (0, at);
        loop {
            let letter = match code_at(text, at) {
                Some((BLANK, blank)) if node > 0 => {
                    at += blank;
                    code_at(text, at)
                }
                letter => letter,
            };
            let Some((code, length)) = letter else { break };
            let Some(&next) = self.next.get(&(node, code)) else { break };
            (node, at) = (next, at + length);
            found.extend(&self.words[node as usize]);
        }
        found.sort_unstable_by(|one, other| other.cmp(one));
        found
    }
}

#[derive(Clone, Debug)]
struct Word {
    letters: Box<[char]>,
    /// Letters that are no blanks.
    count: usize,
    any_case: bool,
    /// Of its first two letters.
    hash: u32,
    next: u32,
}

/// A word of a [`Lexicon`] in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// Its number.
    pub word: usize,
    /// Where it begins and ends, in bytes.
    pub start: usize,
    pub end: usize,
    pub spacing: Spacing,
}

/// How the blanks of a text agree with those of the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spacing {
    /// They do.
    Same,
    /// A blank of the word is left out.
    Solid,
    /// There is a blank where the word has none.
    Unlisted,
}

const BITS: usize = 1 << 16;

/// A word of fewer letters is not looked for with other blanks inside: 이 상 is 이상 by accident only.
const SPLIT_LETTERS: usize = 3;

impl Lexicon {
    /// A lexicon of these words, numbered in their order; `any_case` says of each whether Latin letters match in any case. A blank is
    /// a joint, where the text may have one or not.
    pub(super) fn new<'w>(words: impl ExactSizeIterator<Item = (&'w str, bool)>) -> Self {
        let size = (words.len() * 4).next_power_of_two().max(64);
        let mut lexicon = Self {
            words: Vec::with_capacity(words.len()),
            heads: vec![0; size].into_boxed_slice(),
            bits: Box::new([0; BITS / 64]),
            firsts: Box::new([0; (1 << 16) / 64]),
            has_single: false,
            tree: Tree::default(),
        };
        for (text, any_case) in words {
            let fold = |c: char| if any_case { lower(c) } else { c };
            let letters: Box<[char]> = text.trim().chars().map(fold).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
            let mut solid = letters.iter().copied().filter(|c| *c != ' ');
            let (first, second) = (solid.next(), solid.next());
            let mut word = Word { count: letters.iter().filter(|c| **c != ' ').count(), letters, any_case, hash: 0, next: 0 };
            if let Some(first) = first {
                let hash = hash(u32::from(lower(first)), second.map_or(NONE, |c| u32::from(lower(c))));
                let code = lower(first) as usize & 0xFFFF;
                lexicon.firsts[code / 64] |= 1 << (code % 64);
                self::set(&mut lexicon.bits, hash);
                lexicon.has_single |= second.is_none();
                word.hash = hash as u32;
                let head = &mut lexicon.heads[hash & (size - 1)];
                word.next = *head;
                *head = lexicon.words.len() as u32 + 1;
            }
            lexicon.words.push(word);
        }
        lexicon.cut_chains();
        lexicon
    }

    /// Puts the words of long chains into the tree.
    fn cut_chains(&mut self) {
        if self.words.len() <= CHAIN {
            return;
        }
        for head in &mut self.heads {
            let chain = || {
                std::iter::successors((*head > 0).then_some(*head), |&word| {
                    Some(self.words[word as usize - 1].next).filter(|next| *next > 0)
                })
            };
            if chain().nth(CHAIN).is_none() {
                continue;
            }
            for word in chain() {
                self.tree.insert(&self.words[word as usize - 1].letters, word - 1);
            }
            *head = IN_TREE;
        }
    }

    /// Tells `found` of every word at every place of the text, from left to right.
    pub(super) fn each(&self, text: &str, mut found: impl FnMut(Match)) {
        let mut at = 0;
        while let Some((code, length)) = code_at(text, at) {
            if self.firsts[(code as usize & 0xFFFF) / 64] >> (code % 64) & 1 == 1 {
                let second = match code_at(text, at + length) {
                    Some((BLANK, blank)) => code_at(text, at + length + blank),
                    second => second,
                };
                if let Some((second, _)) = second {
                    self.at(text, at, code, second, &mut found);
                }
                if self.has_single {
                    self.at(text, at, code, NONE, &mut found);
                }
            }
            at += length;
        }
    }

    /// Tells `found` of every word that starts at byte `at`.
    pub(super) fn each_at(&self, text: &str, at: usize, found: &mut impl FnMut(Match)) {
        let Some((first, length)) = code_at(text, at).filter(|(code, _)| *code != BLANK) else { return };
        let second = match code_at(text, at + length) {
            Some((BLANK, blank)) => code_at(text, at + length + blank),
            second => second,
        };
        if let Some((second, _)) = second {
            self.at(text, at, first, second, found);
        }
        if self.has_single {
            self.at(text, at, first, NONE, found);
        }
    }

    #[inline(always)]
    fn at(&self, text: &str, at: usize, first: u32, second: u32, found: &mut impl FnMut(Match)) {
        let hash = hash(first, second);
        if self.bits[hash / 64] >> (hash % 64) & 1 == 1 {
            self.chain(text, at, hash, second == NONE, found);
        }
    }

    fn chain(&self, text: &str, at: usize, hash: usize, single: bool, found: &mut impl FnMut(Match)) {
        let mut look = |number: usize| {
            let word = &self.words[number];
            if word.hash == hash as u32
                && single == (word.count == 1)
                && let Some((end, spacing)) = word.end_in(text, at)
            {
                found(Match { word: number, start: at, end, spacing });
            }
            word.next
        };
        let mut next = self.heads[hash & (self.heads.len() - 1)];
        if next == IN_TREE {
            self.tree.at(text, at).into_iter().for_each(|number| _ = look(number as usize));
            return;
        }
        while next > 0 {
            next = look(next as usize - 1);
        }
    }
}

impl Word {
    /// The end of the word at this place of the text.
    fn end_in(&self, text: &str, at: usize) -> Option<(usize, Spacing)> {
        let mut chars = text[at..].chars();
        let mut end = at;
        let mut spacing = Spacing::Same;
        for (index, letter) in self.letters.iter().enumerate() {
            let mut rest = chars.clone();
            let mut met = rest.next();
            if *letter == ' ' {
                match met.filter(|c| lower(*c) == ' ') {
                    Some(blank) => {
                        end += blank.len_utf8();
                        chars = rest;
                    }
                    None if spacing == Spacing::Same => spacing = Spacing::Solid,
                    None => {}
                }
                continue;
            }
            if let Some(blank) = met.filter(|c| lower(*c) == ' ') {
                if index == 0 || self.letters[index - 1] == ' ' || self.count < SPLIT_LETTERS || spacing == Spacing::Unlisted {
                    return None;
                }
                spacing = Spacing::Unlisted;
                end += blank.len_utf8();
                met = rest.next();
            }
            let met = met.filter(|c| c == letter || (self.any_case && lower(*c) == *letter))?;
            end += met.len_utf8();
            chars = rest;
        }
        Some((end, spacing))
    }
}

/// The code of a blank.
const BLANK: u32 = ' ' as u32;

/// Stands for the second letter of a word of one letter.
const NONE: u32 = 0;

/// The code of the letter at byte `at` as [`lower`] has it, and its length in bytes. Most syllables of Hangul are read without looking at
/// anything else.
#[inline(always)]
fn code_at(text: &str, at: usize) -> Option<(u32, usize)> {
    let bytes = text.as_bytes();
    match *bytes.get(at)? {
        first @ 0..0x80 => Some((u32::from(LOWER[first as usize]), 1)),
        first @ 0xEA..=0xEC if at + 2 < bytes.len() => {
            Some((u32::from(first & 0x0F) << 12 | u32::from(bytes[at + 1] & 0x3F) << 6 | u32::from(bytes[at + 2] & 0x3F), 3))
        }
        _ => text[at..].chars().next().map(|c| (u32::from(lower(c)), c.len_utf8())),
    }
}

/// [`lower`] of every ASCII character.
const LOWER: [u8; 128] = {
    let mut table = [0; 128];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        table[at] = if matches!(byte, b'\t'..=b'\r') { b' ' } else { byte.to_ascii_lowercase() };
        at += 1;
    }
    table
};

/// Lower case of a Latin letter, one blank for every kind; Hangul as it is.
#[inline]
fn lower(c: char) -> char {
    match c {
        '\u{A000}'..='\u{D7FB}' => c,
        c if c.is_ascii() => char::from(LOWER[c as usize]),
        c if c.is_whitespace() => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

#[inline]
fn hash(first: u32, second: u32) -> usize {
    let mixed = first.wrapping_mul(0x9E37_79B1) ^ second.wrapping_mul(0x85EB_CA77);
    ((mixed ^ (mixed >> 15)) as usize) & (BITS - 1)
}

fn set(bits: &mut [u64; BITS / 64], hash: usize) {
    bits[hash / 64] |= 1 << (hash % 64);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[&str], text: &str) -> Vec<(usize, String, Spacing)> {
        let lexicon = Lexicon::new(words.iter().map(|word| (*word, true)));
        let mut all = Vec::new();
        lexicon.each(text, |m| all.push((m.word, text[m.start..m.end].to_owned(), m.spacing)));
        let mut again = Vec::new();
        for (at, c) in text.char_indices() {
            if !c.is_whitespace() {
                lexicon.each_at(text, at, &mut |m| again.push((m.word, text[m.start..m.end].to_owned(), m.spacing)));
            }
        }
        let key = |m: &(usize, String, Spacing)| (m.0, m.1.clone());
        all.sort_by_key(key);
        again.sort_by_key(key);
        assert_eq!(all, again, "{text}");
        all
    }

    #[test]
    fn words_are_found_anywhere_and_in_other_spacing() {
        let words = ["안장점", "볼록 함수", "층", "GAN"];
        assert_eq!(found(&words, "이안장점을"), [(0, "안장점".into(), Spacing::Same)]);
        assert_eq!(found(&words, "안장 점"), [(0, "안장 점".into(), Spacing::Unlisted)]);
        assert_eq!(found(&words, "볼록함수 볼록\n함수"), [(1, "볼록\n함수".into(), Spacing::Same), (1, "볼록함수".into(), Spacing::Solid)]);
        assert_eq!(found(&words, "계층 층"), [(2, "층".into(), Spacing::Same), (2, "층".into(), Spacing::Same)]);
        assert_eq!(found(&words, "gan은"), [(3, "gan".into(), Spacing::Same)]);
        assert_eq!(found(&["이상"], "이 상"), [], "too short to be split");
        assert_eq!(found(&words, "안  장점"), []);
        assert_eq!(found(&words, ""), []);
    }

    #[test]
    fn many_words_that_begin_alike_are_found_like_few() {
        let many: Vec<String> =
            (0..200).map(|number| format!("안장 {number}번")).chain(["안장".into(), "안장 점".into(), "안".into()]).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        for text in ["안장12번과 안장 150번, 안 장1번", "안장 점 안  장 안장1 번 안", "안장 1 9 9번"] {
            let mut expected: Vec<(usize, String, Spacing)> = Vec::new();
            for (number, word) in many.iter().enumerate() {
                expected.extend(found(&[word], text).into_iter().map(|(_, text, spacing)| (number, text, spacing)));
            }
            assert!(!expected.is_empty());
            assert_eq!(found(&many, text), expected, "{text}");
        }
    }

    #[test]
    fn many_words_that_begin_alike_cost_a_long_text_no_more() {
        let many: Vec<String> = (0..100_000).map(|number| format!("용어{number}")).collect();
        let lexicon = Lexicon::new(many.iter().map(|word| (word.as_str(), false)));
        let mut count = 0;
        lexicon.each(&"용어 용어123 ".repeat(50_000), |_| count += 1);
        // 용어1, 용어12 and 용어123.
        assert_eq!(count, 150_000);
    }
}
