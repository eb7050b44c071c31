//! Where the end of a written word begins: its particles, its copula or light verb, its past ending. By look-up, for whoever asks of every
//! word of a text.
//!
//! The letters alone are looked at, so that the end of another word is taken for one now and then (사회|주의에서 is right, 학교|에 is, 서울|의
//! is, 나침|반의 is not known to be none). Whoever has to be sure asks [`super::particle`] or [`super::tail`].

use std::sync::LazyLock;

use super::hangul::final_number;
use super::{ending, particle};

/// The longest end that is looked for, in syllables: as many as fit into a [`Key`].
const LONGEST: usize = 4;

/// The number of ㅆ among the final consonants.
const DOUBLE_SIOT: u32 = 20;

/// Up to four syllables in one number.
type Key = u64;

/// The ends, sorted.
static ENDS: LazyLock<Vec<Key>> = LazyLock::new(|| sorted(particle::spellings().chain(ending::spellings())));

/// The ends behind a syllable in ㅆ (했, 있, 겠), sorted.
static AFTER_PAST: LazyLock<Vec<Key>> = LazyLock::new(|| sorted(ending::after_past().iter().map(|&ending| ending.to_owned())));

/// The byte where the end of a composed Hangul run begins; the run's length where it has none.
///
/// The longest end is taken that leaves a stem: two syllables before an end of one (제도 is whole, 집에서 is not).
pub fn word_end(run: &str) -> usize {
    let mut key = 0;
    let mut found = run.len();
    let mut characters = run.char_indices().rev().peekable();
    for syllables in 1..=LONGEST {
        let Some((at, c)) = characters.next() else { break };
        let Some(&(before_at, before)) = characters.peek() else { break };
        let Ok(unit) = u16::try_from(u32::from(c)) else { break };
        key |= Key::from(unit) << (16 * (syllables - 1));
        let is_past = || final_number(before) == Some(DOUBLE_SIOT) && AFTER_PAST.binary_search(&key).is_ok();
        if (syllables > 1 || before_at > 0) && (ENDS.binary_search(&key).is_ok() || is_past()) {
            found = at;
        }
    }
    found
}

fn sorted(ends: impl Iterator<Item = String>) -> Vec<Key> {
    let mut keys: Vec<Key> = ends.filter_map(|end| key(&end)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The number of an end; none for what is empty or too long.
fn key(end: &str) -> Option<Key> {
    let count = end.chars().count();
    if !(1..=LONGEST).contains(&count) {
        return None;
    }
    end.chars().try_fold(0, |key, c| Some(key << 16 | Key::from(u16::try_from(u32::from(c)).ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_parted_before_its_longest_end() {
        for (word, end) in [
            ("모델은", "은"),
            ("학교에서는", "에서는"),
            ("집에서", "에서"),
            ("발표했습니다", "했습니다"),
            ("말했습니다", "했습니다"),
            ("갔습니다", "습니다"),
            ("있다", ""),
            ("사용되는", "되는"),
            ("함수였다", "였다"),
            ("것입니다", "입니다"),
            ("토큰까지", "까지"),
            ("제도", ""),
            ("의", ""),
            ("", ""),
            ("에서", ""),
        ] {
            assert_eq!(&word[word_end(word)..], end, "{word}");
        }
    }
}
