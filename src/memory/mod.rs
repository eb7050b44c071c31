//! What was translated before: Korean by the hash of its English, what people approved first.

use std::collections::{HashMap, HashSet};

/// Earlier translations of whole segments. The caller reads them from the records beside the draft, oldest file first.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    segments: HashMap<String, Segment>,
}

/// What is known of one English text.
#[derive(Clone, Debug, Default)]
struct Segment {
    /// In the order in which they were added, a repeated text at its last place.
    offers: Vec<Offer>,
    /// Texts that somebody threw away, wherever they were written.
    rejected: HashSet<String>,
}

#[derive(Clone, Debug)]
struct Offer {
    korean: String,
    approved: bool,
}

impl Memory {
    /// Remembers `korean` for the English text with this hash, and what was rejected for it. A text that was approved once stays so.
    pub fn add(&mut self, english_hash: &str, korean: &str, approved: bool, rejected: &[String]) {
        let segment = self.segments.entry(english_hash.to_string()).or_default();
        segment.rejected.extend(rejected.iter().cloned());
        if korean.is_empty() {
            return;
        }
        let known = segment.offers.iter().position(|offer| offer.korean == korean).map(|at| segment.offers.remove(at));
        let approved = approved || known.is_some_and(|offer| offer.approved);
        segment.offers.push(Offer { korean: korean.to_string(), approved });
    }

    /// Translations of the English text with this hash, the best first: approved before machine text, the last added before older
    /// ones; what was rejected for it is never among them.
    pub fn offer(&self, english_hash: &str) -> impl Iterator<Item = &str> {
        let segment = self.segments.get(english_hash);
        let of_kind = move |approved: bool| {
            segment.into_iter().flat_map(move |segment| {
                let offers = segment.offers.iter().rev().filter(move |offer| offer.approved == approved);
                offers.map(|offer| offer.korean.as_str()).filter(|korean| !segment.rejected.contains(*korean))
            })
        };
        of_kind(true).chain(of_kind(false))
    }

    /// How many English texts are known.
    pub fn len(&self) -> usize {
        self.segments.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offers(memory: &Memory) -> Vec<&str> {
        memory.offer("h").collect()
    }

    #[test]
    fn approved_text_comes_first_and_newer_text_wins_ties() {
        let mut memory = Memory::default();
        memory.add("h", "기계 1", false, &[]);
        memory.add("h", "승인 1", true, &[]);
        memory.add("h", "기계 2", false, &[]);
        memory.add("h", "승인 2", true, &[]);
        memory.add("other", "다른 글", true, &[]);
        assert_eq!(offers(&memory), ["승인 2", "승인 1", "기계 2", "기계 1"]);
        assert_eq!(memory.offer("unknown").count(), 0);
        assert_eq!(memory.len(), 2);
    }

    #[test]
    fn a_repeated_text_is_offered_once_at_its_best() {
        let mut memory = Memory::default();
        memory.add("h", "가", true, &[]);
        memory.add("h", "나", true, &[]);
        memory.add("h", "가", false, &[]);
        assert_eq!(offers(&memory), ["가", "나"], "approved once, approved still, and the last added");
    }

    #[test]
    fn rejected_text_is_never_offered_for_that_english() {
        let mut memory = Memory::default();
        memory.add("h", "가", true, &["나".to_string()]);
        memory.add("h", "나", false, &[]);
        memory.add("other", "나", false, &[]);
        memory.add("h", "", false, &["가".to_string()]);
        assert!(offers(&memory).is_empty());
        assert_eq!(memory.offer("other").collect::<Vec<_>>(), ["나"]);
    }
}
