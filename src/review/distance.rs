//! How much an editor changed: the honest figure of what a machine's text was worth.

use crate::korean::view::View;

/// Texts with more letters than this are compared by their words, and with more words than this by what they begin and end with alike:
/// time grows with the square of it, and no text that a person reads is as long.
const LONG: usize = 4_000;

/// How far two texts are from each other, from 0 for the same letters to 1 for nothing in common: the fewest letters that have to be put
/// in, taken out or exchanged, by the length of the longer text. A syllable is one letter; how it is stored (NFC, NFD) and runs of blanks
/// make no difference.
pub fn distance(machine: &str, edited: &str) -> f64 {
    let folded = |text: &str| View::of(text).text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (machine, edited) = (folded(machine), folded(edited));
    let letters: [Vec<char>; 2] = [machine.chars().collect(), edited.chars().collect()];
    if letters.iter().all(|side| side.len() <= LONG) {
        return share(&letters[0], &letters[1]);
    }
    let words: [Vec<&str>; 2] = [machine.split(' ').collect(), edited.split(' ').collect()];
    share(&words[0], &words[1])
}

/// The steps from one side to the other, by the length of the longer.
fn share<T: PartialEq>(machine: &[T], edited: &[T]) -> f64 {
    let longer = machine.len().max(edited.len());
    let shorter = machine.len().min(edited.len());
    let head = machine.iter().zip(edited).take_while(|(a, b)| a == b).count();
    let tail = machine.iter().rev().zip(edited.iter().rev()).take(shorter - head).take_while(|(a, b)| a == b).count();
    let (own, other) = (&machine[head..machine.len() - tail], &edited[head..edited.len() - tail]);
    let steps = match own.len().max(other.len()) {
        0 => return 0.0,
        most if most > LONG => most,
        _ => strsim::generic_levenshtein(&Items(own), &Items(other)),
    };
    steps as f64 / longer as f64
}

/// What the crate can walk through.
struct Items<'s, T>(&'s [T]);

impl<'a, T> IntoIterator for &'a Items<'_, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::korean::hangul::decomposed;

    #[test]
    fn letters_are_counted() {
        for (machine, edited, expected) in [
            ("", "", 0.0),
            ("과적합을", "과적합을", 0.0),
            ("과대적합을", "과적합을", 0.2),
            ("모델이", "모델은", 1.0 / 3.0),
            ("가나", "다라", 1.0),
            ("", "다라", 1.0),
            ("가  나\n", "가 나", 0.0),
        ] {
            assert!((distance(machine, edited) - expected).abs() < 1e-9, "{machine} {edited}: {}", distance(machine, edited));
        }
        assert!(distance(&decomposed("과대적합"), "과대적합") < 1e-9);
    }

    #[test]
    fn no_text_is_too_long() {
        let (a, b) = ("가나 다라 ".repeat(50_000), "가나 마바 ".repeat(50_000));
        assert!((0.0..=1.0).contains(&distance(&a, &b)));
        assert!(distance(&a, &format!("{a}끝")) < 0.001);
    }

    proptest! {
        #[test]
        fn it_is_a_share(a in "\\PC{0,30}", b in "\\PC{0,30}") {
            let d = distance(&a, &b);
            prop_assert!((0.0..=1.0).contains(&d));
            prop_assert!((d - distance(&b, &a)).abs() < 1e-9);
            prop_assert_eq!(distance(&a, &a), 0.0);
        }
    }
}
