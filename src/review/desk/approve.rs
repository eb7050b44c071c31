//! What the record says of an accepted text.

use std::collections::HashSet;

use super::super::row::{Case, Piece};
use super::super::write::Draft;
use super::commit::Change;
use super::{Desk, Hand};
use crate::digest::{fold, hash};
use crate::draft::record::{Entry, State};

impl Desk<'_> {
    /// Notes that `words` were accepted for a piece.
    pub(super) fn approve(&self, change: &mut Change, case: &Case, piece: &Piece, words: &str, hand: &Hand, draft: &Draft<'_>) {
        let accepted = |mut entry: Entry, terms: Option<&str>| {
            entry.state = State::Approved;
            entry.approved_hash = Some(entry.bound(words, terms));
            entry.approved = Some(words.to_owned());
            entry.reviewer.clone_from(&hand.reviewer);
            entry.time = Some(hand.time.clone());
            entry
        };
        let Some(e) = piece.english else {
            let is_item = !case.row.outside;
            let entry =
                Entry { part: if is_item { "item" } else { "outside" }.to_owned(), kind: draft.kind(piece).to_owned(), ..Entry::default() };
            change.added.push(accepted(entry, None));
            return;
        };
        let slot = &self.edition.plan.slots[e];
        let terms = self.edition.terms[e].as_deref();
        let mut entry = slot.entry.clone();
        let is_whole = case.english_items.len() <= 1 && case.edited_items.len() <= 1 && !words.is_empty();
        if is_whole {
            let thrown = [&slot.entry.candidate, &slot.entry.machine].into_iter().flatten().filter(|text| fold(text) != fold(words));
            let thrown: Vec<String> = thrown.filter(|text| !entry.rejected.contains(text)).cloned().collect();
            // What a person keeps is not thrown away, nor is the machine's other text beside it.
            if fold(&piece.machine) != fold(words) {
                entry.rejected.extend(thrown);
                entry.candidate = None;
            }
        }
        entry.shape = match (case.english_items.len(), case.edited_items.len()) {
            (2.., _) if !words.is_empty() => Some("merged".to_owned()),
            (_, 2..) => Some("split".to_owned()),
            _ => None,
        };
        entry.edited.take_if(|edited| fold(edited) == fold(words));
        entry.glossary_hash = terms.map(str::to_owned);
        change.entries.push((e, accepted(entry, terms)));
    }

    pub(super) fn added(&self) -> Vec<Entry> {
        self.edition.plan.orphans.iter().filter(|entry| entry.is_added()).cloned().collect()
    }

    /// The entries of added texts with those that were accepted since: of one text the last.
    pub(super) fn added_with(&self, accepted: &[Entry]) -> Vec<Entry> {
        let mut known: HashSet<Option<&str>> = HashSet::new();
        let mut newest: Vec<&Entry> = accepted.iter().rev().filter(|entry| known.insert(entry.approved.as_deref())).collect();
        newest.reverse();
        let older = self.added().into_iter().filter(|entry| !known.contains(&entry.approved.as_deref()));
        older.chain(newest.into_iter().cloned()).collect()
    }

    pub(super) fn settle_key(&self, piece: &Piece) -> Option<String> {
        self.paths.against.as_ref()?;
        Some(hash(&format!("{}\n{}", piece.english.map_or("", |e| &self.edition.plan.slots[e].entry.english_hash), piece.text)))
    }
}
