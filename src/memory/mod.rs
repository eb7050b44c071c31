//! What was translated before: Korean by the hash of its English, what people approved first.

pub mod beside;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::{OsStr, OsString};

use crate::draft::record::{Record, State};

/// Earlier translations of whole segments, record by record: those of a later name are newer.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// What each record says of an English text, by the hash of the text and the name of the record.
    texts: HashMap<String, BTreeMap<OsString, Said>>,
    /// The hashes of the texts of which each record says something.
    records: HashMap<OsString, Vec<String>>,
}

/// What one record says of one English text.
#[derive(Clone, Debug, Default)]
struct Said {
    /// In their order, a repeated text at its last place.
    offers: Vec<Offer>,
    /// Texts that somebody threw away.
    rejected: Vec<String>,
}

#[derive(Clone, Debug)]
struct Offer {
    korean: String,
    approved: bool,
}

impl Memory {
    /// Takes what the record of this name says; what it said before is forgotten. None where it cannot be read any more.
    pub fn tell(&mut self, name: &OsStr, record: Option<&Record>) {
        for hash in self.records.remove(name).unwrap_or_default() {
            if let Some(of_text) = self.texts.get_mut(&hash) {
                of_text.remove(name);
            }
        }
        let mut said: HashMap<&str, Vec<(&str, bool)>> = HashMap::new();
        let mut rejected: HashMap<&str, Vec<&str>> = HashMap::new();
        for entry in record.iter().flat_map(|record| &record.segments) {
            rejected.entry(&entry.english_hash).or_default().extend(entry.rejected.iter().map(String::as_str));
            let (text, approved) = match (&entry.approved, &entry.machine, entry.state) {
                // A text that holds other items too, or a part of this one, translates nothing else.
                _ if entry.shape.is_some() => ("", false),
                (Some(approved), ..) => (approved.as_str(), true),
                (None, Some(machine), State::Machine) => (machine.as_str(), false),
                _ => ("", false),
            };
            if !text.is_empty() {
                said.entry(&entry.english_hash).or_default().push((text, approved));
            }
        }
        let hashes: HashSet<&str> =
            said.keys().copied().chain(rejected.iter().filter(|(_, texts)| !texts.is_empty()).map(|(hash, _)| *hash)).collect();
        for hash in &hashes {
            let offers = newest(said.remove(hash).unwrap_or_default());
            let offers = offers.into_iter().map(|(korean, approved)| Offer { korean: korean.to_owned(), approved }).collect();
            let rejected = rejected.remove(hash).unwrap_or_default().into_iter().map(str::to_owned).collect();
            self.texts.entry((*hash).to_owned()).or_default().insert(name.to_owned(), Said { offers, rejected });
        }
        self.records.insert(name.to_owned(), hashes.into_iter().map(str::to_owned).collect());
    }

    /// Translations of the English text with this hash that records other than `own` hold, the best first: approved before machine text,
    /// the last added before older ones; what was rejected for it anywhere is never among them. A text that was approved once stays so.
    pub fn offer(&self, english_hash: &str, own: &OsStr) -> Vec<String> {
        let others: Vec<&Said> =
            self.texts.get(english_hash).into_iter().flatten().filter(|(name, _)| *name != own).map(|(_, said)| said).collect();
        let rejected: HashSet<&str> = others.iter().flat_map(|said| &said.rejected).map(String::as_str).collect();
        let offers = others.iter().flat_map(|said| &said.offers).map(|offer| (offer.korean.as_str(), offer.approved)).collect();
        let (approved, machine): (Vec<_>, Vec<_>) =
            newest(offers).into_iter().rev().filter(|(korean, _)| !rejected.contains(korean)).partition(|(_, approved)| *approved);
        approved.into_iter().chain(machine).map(|(korean, _)| korean.to_owned()).collect()
    }
}

/// Texts in their order, a repeated one at its last place; approved where one of its places is.
fn newest(texts: Vec<(&str, bool)>) -> Vec<(&str, bool)> {
    let mut approved: HashMap<&str, bool> = HashMap::new();
    for (text, is_approved) in &texts {
        *approved.entry(text).or_default() |= is_approved;
    }
    let mut newest: Vec<(&str, bool)> =
        texts.into_iter().rev().filter_map(|(text, _)| approved.remove(text).map(|approved| (text, approved))).collect();
    newest.reverse();
    newest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::record::Entry;

    fn entry(hash: &str, korean: &str, approved: bool, rejected: &[&str]) -> Entry {
        let text = Some(korean.to_owned()).filter(|text| !text.is_empty());
        Entry {
            english_hash: hash.to_owned(),
            state: if approved { State::Approved } else { State::Machine },
            approved: text.clone().filter(|_| approved),
            machine: text.filter(|_| !approved),
            rejected: rejected.iter().map(|text| (*text).to_owned()).collect(),
            ..Entry::default()
        }
    }

    fn told(records: &[(&str, Vec<Entry>)]) -> Memory {
        let mut memory = Memory::default();
        for (name, segments) in records {
            memory.tell(name.as_ref(), Some(&Record { segments: segments.clone(), ..Record::default() }));
        }
        memory
    }

    fn offers(memory: &Memory, hash: &str) -> Vec<String> {
        memory.offer(hash, "own".as_ref())
    }

    #[test]
    fn approved_text_comes_first_and_newer_text_wins_ties() {
        let first = vec![entry("h", "기계 1", false, &[]), entry("h", "승인 1", true, &[])];
        let second = vec![entry("h", "기계 2", false, &[]), entry("h", "승인 2", true, &[]), entry("other", "다른 글", true, &[])];
        // What counts is the order of the names, not the one in which they are told.
        let memory = told(&[("b", second), ("a", first), ("own", vec![entry("h", "제 글", true, &[])])]);
        assert_eq!(offers(&memory, "h"), ["승인 2", "승인 1", "기계 2", "기계 1"]);
        assert!(offers(&memory, "unknown").is_empty());
    }

    #[test]
    fn a_repeated_text_is_offered_once_at_its_best() {
        let memory =
            told(&[("a", vec![entry("h", "가", true, &[]), entry("h", "나", true, &[])]), ("b", vec![entry("h", "가", false, &[])])]);
        assert_eq!(offers(&memory, "h"), ["가", "나"], "approved once, approved still, and the last added");
    }

    #[test]
    fn rejected_text_is_never_offered_for_that_english() {
        let memory = told(&[
            ("a", vec![entry("h", "가", true, &["나"])]),
            ("b", vec![entry("h", "나", false, &[]), entry("other", "나", false, &[]), entry("h", "", false, &["가"])]),
        ]);
        assert!(offers(&memory, "h").is_empty());
        assert_eq!(offers(&memory, "other"), ["나"]);
    }

    #[test]
    fn a_record_that_is_told_again_says_what_it_says_now() {
        let mut memory = told(&[("a", vec![entry("h", "가", true, &["나"])]), ("b", vec![entry("h", "나", false, &[])])]);
        memory.tell("a".as_ref(), Some(&Record { segments: vec![entry("h", "다", true, &[])], ..Record::default() }));
        assert_eq!(offers(&memory, "h"), ["다", "나"]);
        memory.tell("a".as_ref(), None);
        assert_eq!(offers(&memory, "h"), ["나"]);
    }
}
