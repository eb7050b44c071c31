//! Two Korean texts of one sentence side by side: which words of the machine's an editor replaced by which.

use std::ops::Range;

use super::words::{Word, joined_as, words};
use crate::korean::hangul::{Final, is_letter};
use crate::korean::noun::is_grammatical;
use crate::korean::particle::fit_sound;
use crate::korean::tail::TailKind;

/// The most words of a phrase on either side.
const LONGEST: usize = 4;

/// Texts with more pairs of words than this are not compared: no segment of a digest is that long.
const LARGEST: usize = 1_000_000;

/// Stretches with more changed words than this were written anew.
const REWRITTEN: usize = 12;

/// What may have been replaced by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// The phrases without their tails, by the ways to read them, the likeliest first.
    pub keys: Vec<(String, String)>,
    /// The same with unchanged words of the term around it.
    pub wider: Vec<Wide>,
}

/// A replacement with unchanged words around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wide {
    /// Words before the changed ones, and behind.
    pub left: usize,
    pub right: usize,
    /// The whole phrases, without their tails.
    pub machine: String,
    pub approved: String,
}

/// Every pair of phrases that may have been exchanged.
pub(super) fn slots(machine: &str, approved: &str) -> Vec<Slot> {
    let (machine, approved) = (words(machine), words(approved));
    let machine_joined = joined_as(&machine, &approved);
    let sides = Sides { approved: &joined_as(&approved, &machine_joined), machine: &machine_joined };
    let mut slots = Vec::new();
    for (own, other) in sides.changed() {
        sides.slots(&own, &other, &mut slots);
    }
    slots
}

struct Sides<'w> {
    machine: &'w [Word],
    approved: &'w [Word],
}

impl Sides<'_> {
    /// Stretches of words that stand between unchanged ones: on both sides at least one word.
    fn changed(&self) -> Vec<(Range<usize>, Range<usize>)> {
        let (a, b) = (self.machine, self.approved);
        if a.len().saturating_mul(b.len()) > LARGEST {
            return Vec::new();
        }
        // The longest common subsequence, of what stands behind each pair of places.
        let width = b.len() + 1;
        let mut lengths = vec![0_u32; (a.len() + 1) * width];
        let mut same = vec![false; a.len() * b.len()];
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                same[i * b.len() + j] = a[i].says(&b[j]);
                let next = lengths[(i + 1) * width + j].max(lengths[i * width + j + 1]);
                let met = if same[i * b.len() + j] { lengths[(i + 1) * width + j + 1] + 1 } else { 0 };
                lengths[i * width + j] = next.max(met);
            }
        }
        let mut stretches = Vec::new();
        let (mut i, mut j, mut from) = (0, 0, (0, 0));
        while i < a.len() && j < b.len() {
            let here = lengths[i * width + j];
            if same[i * b.len() + j] && lengths[(i + 1) * width + j + 1] + 1 == here {
                stretches.push((from.0..i, from.1..j));
                (i, j) = (i + 1, j + 1);
                from = (i, j);
            } else if lengths[(i + 1) * width + j] == here {
                i += 1;
            } else {
                j += 1;
            }
        }
        stretches.push((from.0..a.len(), from.1..b.len()));
        stretches.retain(|(own, other)| !own.is_empty() && !other.is_empty());
        stretches
    }

    /// Pairs of phrases in a changed stretch: their last words correspond by their tails or their places.
    fn slots(&self, own: &Range<usize>, other: &Range<usize>, slots: &mut Vec<Slot>) {
        let is_rewritten = own.len().max(other.len()) > REWRITTEN;
        for i in own.clone() {
            for j in other.clone() {
                let at_end = i + 1 == own.end && j + 1 == other.end;
                let in_step = own.len() == other.len() && i - own.start == j - other.start;
                let alike = same_tail(&self.machine[i], &self.approved[j]);
                if !(alike || (!is_rewritten && (at_end || in_step))) {
                    continue;
                }
                for p in 1..=LONGEST.min(i + 1 - own.start) {
                    for q in 1..=LONGEST.min(j + 1 - other.start) {
                        let (mine, theirs) = (i + 1 - p..i + 1, j + 1 - q..j + 1);
                        slots.extend(self.slot(&mine, &theirs, own, other).filter(|slot| !slot.keys.is_empty() || !slot.wider.is_empty()));
                    }
                }
            }
        }
    }

    fn slot(&self, mine: &Range<usize>, theirs: &Range<usize>, own: &Range<usize>, other: &Range<usize>) -> Option<Slot> {
        let (machine, approved) = (phrases(&self.machine[mine.clone()])?, phrases(&self.approved[theirs.clone()])?);
        let mut keys = Vec::new();
        // By how likely both readings are together.
        for rank in 0..machine.len() + approved.len() {
            for (index, m) in machine.iter().enumerate().take(rank + 1) {
                if let Some(a) = approved.get(rank - index).filter(|a| is_change(m, a)) {
                    keys.push((m.clone(), a.clone()));
                }
            }
        }
        let (starts, ends) = (mine.start == own.start && theirs.start == other.start, mine.end == own.end && theirs.end == other.end);
        let mut wider = Vec::new();
        for left in 0..LONGEST {
            for right in 0..LONGEST {
                if left + right == 0 || (left > 0 && !starts) || (right > 0 && !ends) {
                    continue;
                }
                wider.extend(self.wide(mine, theirs, left, right));
            }
        }
        Some(Slot { keys, wider })
    }

    /// The phrases with unchanged words on both sides.
    fn wide(&self, mine: &Range<usize>, theirs: &Range<usize>, left: usize, right: usize) -> Option<Wide> {
        let widened = |range: &Range<usize>| Some(range.start.checked_sub(left)?..range.end + right);
        let (own, other) = (self.machine.get(widened(mine)?)?, self.approved.get(widened(theirs)?)?);
        let unchanged = |count: usize| (own[..count].iter().zip(other)).all(|(a, b)| a.letters == b.letters);
        if own.len().max(other.len()) > LONGEST || !unchanged(left) {
            return None;
        }
        let (last, last_other) = (&own[own.len() - right..], &other[other.len() - right..]);
        if last.iter().zip(last_other).any(|(a, b)| a.best().map(|best| &best.noun) != b.best().map(|best| &best.noun)) {
            return None;
        }
        let (machine, approved) = (phrases(own)?.swap_remove(0), phrases(other)?.swap_remove(0));
        is_change(&machine, &approved).then_some(Wide { left, right, machine, approved })
    }
}

/// A phrase without the tail of its last word, by the ways to read that; none where it is no phrase of nouns.
fn phrases(words: &[Word]) -> Option<Vec<String>> {
    let (last, inner) = words.split_last()?;
    if !inner.iter().all(Word::is_inner) || last.readings.is_empty() {
        return None;
    }
    let head: String = inner.iter().map(|word| format!("{} ", word.letters)).collect();
    Some(last.readings.iter().map(|reading| format!("{head}{}", reading.noun)).collect())
}

/// Whether the phrases differ in more than blanks, and neither is a number or a word of grammar.
fn is_change(machine: &str, approved: &str) -> bool {
    let squeezed = |text: &str| text.chars().filter(|c| is_letter(*c) || c.is_numeric()).collect::<String>();
    let is_term = |text: &str| text.starts_with(is_letter) && !is_grammatical(text.rsplit(' ').next().unwrap_or(text));
    squeezed(machine) != squeezed(approved) && is_term(machine) && is_term(approved)
}

/// Whether two words have the same particle, whatever its form, or both are made verbs.
fn same_tail(a: &Word, b: &Word) -> bool {
    let (Some(a), Some(b)) = (a.best(), b.best()) else { return false };
    if a.kind == TailKind::None || a.kind != b.kind {
        return false;
    }
    let form = |tail: &str| fit_sound(Some(Final::Vowel), tail).map(|form| form.into_owned());
    a.kind != TailKind::Particle || form(&a.tail) == form(&b.tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(machine: &str, approved: &str) -> Vec<(String, String)> {
        slots(machine, approved).into_iter().flat_map(|slot| slot.keys).collect()
    }

    #[track_caller]
    fn assert_holds(machine: &str, approved: &str, pair: (&str, &str)) {
        let all = keys(machine, approved);
        assert!(all.contains(&(pair.0.to_owned(), pair.1.to_owned())), "{all:?}");
    }

    #[test]
    fn particles_stay_outside() {
        assert_holds("모델이 과대적합을 피한다", "모델이 과적합을 피한다", ("과대적합", "과적합"));
        assert_holds("깊은 층이 많다", "깊은 레이어가 많다", ("층", "레이어"));
        assert_holds("이 새들 포인트에서 잘 벗어납니다", "안장점에서 쉽게 벗어난다", ("새들 포인트", "안장점"));
        assert_holds("빠르게 훈련합니다", "빠르게 학습한다", ("훈련", "학습"));
    }

    #[test]
    fn changed_endings_blanks_and_numbers_are_no_replacements() {
        for (machine, approved) in [
            ("모델이 학습합니다", "모델은 학습한다"),
            ("미세조정을 합니다", "미세 조정을 합니다"),
            ("모델이 있습니다.", "모델이 있다"),
            ("그는 3개를 샀다", "그는 5개를 샀다"),
            ("모델, 데이터", "모델 데이터"),
            ("", "모델"),
        ] {
            assert_eq!(keys(machine, approved), [], "{machine} / {approved}");
        }
    }

    #[test]
    fn unchanged_words_of_the_term_are_known() {
        let all: Vec<Wide> = slots("대형 언어 모델을 쓴다", "거대 언어 모델을 쓴다").into_iter().flat_map(|slot| slot.wider).collect();
        let wide = Wide { left: 0, right: 2, machine: "대형 언어 모델".into(), approved: "거대 언어 모델".into() };
        assert!(all.contains(&wide), "{all:?}");
    }

    proptest::proptest! {
        #[test]
        fn any_texts_are_compared(machine in "\\PC{0,60}", approved in "\\PC{0,60}") {
            let _ = slots(&machine, &approved);
        }

        #[test]
        fn an_unchanged_text_has_no_slots(text in "([가-힣]{1,4}(을|이|에서|합니다|)[ ,.]?){0,12}") {
            proptest::prop_assert_eq!(slots(&text, &text), []);
        }
    }
}
