//! One side of a comparison: its text, its tokens, and what is counted in any range of them at once.

use std::ops::Range;

use super::tokens::{Kind, Token, tokens};

/// A composed text, read.
pub(super) struct Side<'t> {
    pub text: &'t str,
    pub tokens: Vec<Token>,
    /// Before each token, and behind the last: what there is of each up to there.
    sums: Vec<Sum>,
}

/// What stands before a place.
#[derive(Clone, Copy, Default)]
struct Sum {
    /// Characters but for blanks.
    characters: usize,
    /// What is never taken into a change: numbers, words in other letters, line ends.
    fixed: usize,
    /// Words that have begun.
    words: usize,
}

/// What a token is compared by. The same letters are another thing as the end of a word.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key<'t>(&'t str, bool);

impl<'t> Side<'t> {
    pub fn new(text: &'t str) -> Self {
        let tokens = tokens(text);
        let mut sums = Vec::with_capacity(tokens.len() + 1);
        let (mut sum, mut in_word) = (Sum::default(), false);
        for token in &tokens {
            sums.push(sum);
            let is_word = !matches!(token.kind, Kind::Blank | Kind::LineEnd);
            sum.words += usize::from(is_word && !in_word);
            in_word = is_word;
            sum.fixed += usize::from(matches!(token.kind, Kind::Whole | Kind::LineEnd));
            sum.characters += if is_word { text[token.range()].chars().filter(|c| !c.is_whitespace()).count() } else { 0 };
        }
        sums.push(sum);
        Self { text, tokens, sums }
    }

    pub fn keys(&self) -> Vec<Key<'t>> {
        self.tokens.iter().map(|token| Key(&self.text[token.range()], token.kind == Kind::End)).collect()
    }

    /// The characters of some tokens, blanks aside.
    pub fn characters(&self, tokens: &Range<usize>) -> usize {
        self.sums[tokens.end].characters - self.sums[tokens.start].characters
    }

    /// Whether some tokens hold what is never taken into a change.
    pub fn is_fixed(&self, tokens: &Range<usize>) -> bool {
        self.sums[tokens.end].fixed > self.sums[tokens.start].fixed
    }

    /// How many words stand in some tokens from their beginning to their end.
    pub fn whole_words(&self, tokens: &Range<usize>) -> usize {
        let begun = self.sums[tokens.end].words - self.sums[tokens.start].words;
        let goes_on = tokens.end > tokens.start && self.is_word(tokens.end - 1) && self.is_word(tokens.end);
        let has_begun = tokens.start > 0 && self.is_word(tokens.start - 1) && self.is_word(tokens.start);
        // A word that begins before the tokens is not among those counted; if it also ends behind them, no other is cut.
        let is_one = has_begun && begun == 0;
        begun - usize::from(goes_on && !is_one)
    }

    /// The bytes of some tokens.
    pub fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        self.place(tokens.start)..self.place(tokens.end)
    }

    /// Whether a byte is where a token begins or inside of Hangul: a change may begin or end there.
    pub fn may_part(&self, at: usize) -> bool {
        let token = self.tokens.partition_point(|token| token.end <= at);
        self.tokens.get(token).is_none_or(|token| token.start == at || matches!(token.kind, Kind::Stem | Kind::End | Kind::Blank))
    }

    fn place(&self, token: usize) -> usize {
        self.tokens.get(token).map_or(self.text.len(), |token| token.start)
    }

    fn is_word(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|token| !matches!(token.kind, Kind::Blank | Kind::LineEnd))
    }
}
