//! What is known of each English segment, and what may be done about it: the record and the Korean file read together.

use std::collections::{HashMap, VecDeque};

use super::pair::{Pairs, longest_increasing, pair};
use super::record::{Entry, Record, State};
use crate::digest::{Digest, Marked, fold, hash};

/// Who holds the Korean place of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A person wrote or approved what stands there, or would stand there: never replaced.
    Person,
    /// The tool's own text.
    Machine,
    /// Nobody yet: English stands there, or nothing.
    Nobody,
    /// A person took it out of the Korean file: not put back.
    Removed,
}

/// New Korean for a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// As it is written into the Korean file.
    pub text: String,
    /// Who translated.
    pub backend: String,
    /// Of the terms that applied.
    pub glossary_hash: Option<String>,
    /// What the tool changed in the reply.
    pub notes: Vec<String>,
}

/// One English segment with all that is known of it.
#[derive(Clone, Debug)]
pub struct Slot {
    /// What the record says of it; its hash is that of the English text of today.
    pub entry: Entry,
    /// Index of its segment in the Korean file.
    pub korean: Option<usize>,
    /// Who holds its place.
    pub holder: Holder,
    /// Whether the English text changed since its Korean was written.
    pub changed: bool,
    /// What the record says of the older English, until there is an answer to the English of today.
    pub older: Option<Box<Entry>>,
    /// New text, if some was found or asked for.
    pub answer: Option<Answer>,
}

/// Everything known of one digest.
#[derive(Clone, Debug)]
pub struct Plan {
    /// One for each English segment.
    pub slots: Vec<Slot>,
    /// The Korean side, where there is a Korean file.
    pub pairs: Option<Pairs>,
    /// Entries of the record that no English segment of today has.
    pub orphans: Vec<Entry>,
}

impl Plan {
    /// Reads English, Korean and record together. `marked` is the travelling form of every English segment.
    pub fn new(english: &Digest<'_>, marked: &[Marked], korean: Option<&Digest<'_>>, record: Option<&Record>) -> Self {
        let segments = record.map_or_else(Vec::new, |record| record.segments.clone());
        Self::paired(english, marked, korean, segments, |entries| {
            let known: Vec<Vec<&str>> = entries.iter().map(|entry| entry.map_or_else(Vec::new, texts)).collect();
            korean.map(|korean| pair(english, korean, &known))
        })
    }

    /// [`Plan::new`] of the segments of a record, with pairs made by the caller, who gets for each English segment what the record says of
    /// it.
    pub fn paired(
        english: &Digest<'_>,
        marked: &[Marked],
        korean: Option<&Digest<'_>>,
        old: Vec<Entry>,
        pairs: impl FnOnce(&[Option<&Entry>]) -> Option<Pairs>,
    ) -> Self {
        let hashes: Vec<String> = marked.iter().map(|m| hash(&m.text)).collect();
        let matched = match_by_hash(&hashes, &old);
        let changed = match_by_place(english, &matched, &old);
        let origin: Vec<Option<usize>> = matched.iter().zip(&changed).map(|(m, c)| m.or(*c)).collect();
        let entries: Vec<Option<&Entry>> = origin.iter().map(|o| o.map(|index| &old[index])).collect();
        let pairs = pairs(&entries);
        // What no segment of today takes is left over. A long digest has too many entries to copy them.
        let mut old: Vec<Option<Entry>> = old.into_iter().map(Some).collect();
        let mut slots = Vec::with_capacity(hashes.len());
        for (index, hash) in hashes.into_iter().enumerate() {
            let taken = origin[index].and_then(|o| old[o].take());
            let older = changed[index].and_then(|_| taken.clone()).map(Box::new);
            let mut slot = Slot {
                entry: taken.unwrap_or_default(),
                korean: pairs.as_ref().and_then(|p| p.segments[index]),
                holder: Holder::Nobody,
                changed: changed[index].is_some(),
                older,
                answer: None,
            };
            slot.entry.english_hash = hash;
            slot.entry.part = if english.segments[index].item.is_some() { "item" } else { "outside" }.to_owned();
            slot.entry.kind = english.segments[index].kind.name().to_owned();
            let stands = slot.korean.and_then(|k| korean.map(|korean| korean.bytes(&korean.segments[k])));
            slot.settle(english.bytes(&english.segments[index]), stands, korean.is_some());
            // The record keeps a person's text without the line ends of its file.
            if let (Holder::Person, State::Edited, Some(k), Some(korean)) = (slot.holder, slot.entry.state, slot.korean, korean) {
                slot.entry.edited = Some(korean.one_line(&korean.segments[k]));
            }
            if slot.changed && (slot.entry.approved.is_some() || (slot.holder == Holder::Nobody && slot.entry.edited.is_some())) {
                // What was approved or written for the older English stays remembered as such.
                if let Some(o) = origin[index] {
                    old[o] = slot.older.as_deref().cloned();
                }
                slot.forget_old_english();
            }
            slots.push(slot);
        }
        Self { slots, pairs, orphans: old.into_iter().flatten().collect() }
    }

    /// The record of an unfinished run: what came in is kept, nothing of what stood is forgotten.
    pub fn unfinished(&self, record: &Record) -> Record {
        let has_korean = self.pairs.is_some();
        let slots = self.slots.iter().map(|slot| {
            let mut entry = slot.to_record();
            match &slot.answer {
                Some(answer) if !has_korean && entry.machine.is_none() && slot.holder != Holder::Person => apply(&mut entry, answer),
                Some(answer) => entry.candidate = Some(answer.text.clone()),
                None => {}
            }
            entry
        });
        record.with(slots.chain(self.lone_orphans().cloned()).collect())
    }

    /// The record after the Korean file was written. `written` tells the slots whose text stands in it.
    pub fn finished(&self, record: &Record, written: &[bool]) -> Record {
        let slots = self.slots.iter().zip(written).map(|(slot, written)| {
            let mut entry = slot.to_record();
            match (&slot.answer, slot.holder) {
                (Some(answer), Holder::Person | Holder::Removed) => entry.candidate = Some(answer.text.clone()),
                (Some(answer), _) if *written => apply(&mut entry, answer),
                (Some(answer), _) => entry.candidate = Some(answer.text.clone()),
                (None, _) => {}
            }
            entry
        });
        // Machine text whose English is gone and that no person touched is of no further use.
        let kept =
            self.lone_orphans().filter(|e| e.approved.is_some() || e.edited.is_some() || !e.rejected.is_empty() || e.comment.is_some());
        record.with(slots.chain(kept.cloned()).collect())
    }

    /// The orphans that do not stand in the place of their slot.
    fn lone_orphans(&self) -> impl Iterator<Item = &Entry> {
        let mut standing: HashMap<[Option<&str>; 4], Vec<&Entry>> = HashMap::new();
        for entry in self.slots.iter().filter_map(Slot::unanswered) {
            standing.entry(texts_of(entry)).or_default().push(entry);
        }
        self.orphans.iter().filter(move |orphan| !standing.get(&texts_of(orphan)).is_some_and(|entries| entries.contains(orphan)))
    }
}

impl Slot {
    /// Finds out who holds the place, from what stands there.
    fn settle(&mut self, english: &str, stands: Option<&str>, has_korean: bool) {
        let entry = &mut self.entry;
        let Some(stands) = stands else {
            let was_written = entry.machine.is_some() || entry.edited.is_some() || entry.approved.is_some();
            self.holder = match (has_korean, was_written) {
                (true, true) => Holder::Removed,
                (false, true) if self.changed => Holder::Nobody,
                // That a part was taken out was accepted for a Korean file that is gone.
                (false, true) if entry.approved.as_deref() == Some("") => {
                    if entry.machine.is_some() {
                        Holder::Machine
                    } else {
                        Holder::Nobody
                    }
                }
                (false, true) if entry.approved.is_some() || entry.edited.is_some() => Holder::Person,
                (false, true) => Holder::Machine,
                (_, false) => Holder::Nobody,
            };
            return;
        };
        let stands_folded = fold(stands);
        let is = |text: &Option<String>| text.as_deref().is_some_and(|text| fold(text) == stands_folded);
        if is(&entry.approved) {
            // What a person wrote before the approved text took its place stays remembered.
            (entry.state, self.holder) = (State::Approved, Holder::Person);
            entry.edited.take_if(|edited| fold(edited) == stands_folded);
        } else if is(&entry.machine) {
            (entry.state, self.holder) = (State::Machine, Holder::Machine);
            entry.edited.take_if(|edited| fold(edited) == stands_folded);
        } else if is(&entry.candidate) {
            // The run that wrote it ended before the record was saved.
            (entry.state, self.holder) = (State::Machine, Holder::Machine);
            entry.machine = entry.candidate.take();
            entry.edited = None;
        } else if fold(english) == stands_folded || (self.changed && entry.state == State::English) {
            (entry.state, self.holder) = (State::English, Holder::Nobody);
        } else {
            (entry.state, self.holder) = (State::Edited, Holder::Person);
            entry.edited = Some(stands.to_owned());
        }
    }

    /// Takes what belongs to the older English text off the entry, keeping what the Korean file holds as a person's text.
    fn forget_old_english(&mut self) {
        let entry = &mut self.entry;
        let held = entry.approved.take().or_else(|| entry.edited.take());
        (entry.approved_hash, entry.reviewer, entry.time, entry.comment, entry.shape) = (None, None, None, None, None);
        entry.rejected.clear();
        if self.holder == Holder::Person {
            entry.edited = held;
            entry.state = State::Edited;
        } else {
            self.older = None;
            *entry =
                Entry { english_hash: entry.english_hash.clone(), part: entry.part.clone(), kind: entry.kind.clone(), ..Entry::default() };
        }
    }

    /// The entry of the older English, where nothing came that answers the English of today: the next run has to see the change.
    fn unanswered(&self) -> Option<&Entry> {
        self.older.as_deref().filter(|_| self.answer.is_none() && self.holder != Holder::Removed)
    }

    /// The entry as the record keeps it, before an answer is noted in it.
    fn to_record(&self) -> Entry {
        match self.unanswered() {
            Some(older) if older.approved.is_some() => older.clone(),
            Some(older) => Entry { english_hash: older.english_hash.clone(), ..self.entry.clone() },
            None => self.entry.clone(),
        }
    }

    /// The bytes to write, none where what stands in the Korean file stays.
    pub fn text(&self) -> Option<String> {
        let entry = &self.entry;
        match self.holder {
            Holder::Person if self.korean.is_none() => entry.approved.clone().or_else(|| entry.edited.clone()),
            Holder::Person | Holder::Removed => None,
            Holder::Machine => self.answer.as_ref().map(|a| a.text.clone()).or_else(|| entry.machine.clone()),
            Holder::Nobody => self.answer.as_ref().map(|a| a.text.clone()),
        }
    }

    /// Whether a backend has to be asked for the digest to be complete.
    pub fn needs_text(&self) -> bool {
        self.answer.is_none()
            && match self.holder {
                Holder::Person | Holder::Machine => self.changed,
                Holder::Nobody => true,
                Holder::Removed => false,
            }
    }

    /// Whether a person's text stands beside an English text, or a machine text, that is newer than it.
    pub fn is_stale(&self) -> bool {
        self.holder == Holder::Person && (self.changed || self.answer.is_some() || self.entry.candidate.is_some())
    }
}

fn apply(entry: &mut Entry, answer: &Answer) {
    entry.state = State::Machine;
    entry.machine = Some(answer.text.clone());
    entry.backend = Some(answer.backend.clone());
    entry.glossary_hash.clone_from(&answer.glossary_hash);
    entry.notes.clone_from(&answer.notes);
    entry.candidate = None;
    entry.edited = None;
}

/// What tells most entries apart, to compare few of them as a whole.
fn texts_of(entry: &Entry) -> [Option<&str>; 4] {
    [Some(entry.english_hash.as_str()), entry.machine.as_deref(), entry.edited.as_deref(), entry.approved.as_deref()]
}

/// The Korean texts that an entry knows.
fn texts(entry: &Entry) -> Vec<&str> {
    [&entry.approved, &entry.machine, &entry.candidate, &entry.edited].into_iter().filter_map(|text| text.as_deref()).collect()
}

/// The n-th segment with a hash is the n-th entry with it.
fn match_by_hash(hashes: &[String], old: &[Entry]) -> Vec<Option<usize>> {
    let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (index, entry) in old.iter().enumerate() {
        places.entry(&entry.english_hash).or_default().push_back(index);
    }
    hashes.iter().map(|hash| places.get_mut(hash.as_str()).and_then(VecDeque::pop_front)).collect()
}

/// English texts that were changed: between neighbours known by hash, as many unknown segments as unclaimed entries, of the
/// same kinds.
fn match_by_place(english: &Digest<'_>, matched: &[Option<usize>], old: &[Entry]) -> Vec<Option<usize>> {
    let mut out = vec![None; matched.len()];
    // What an editor added has no English that could have changed.
    let mut claimed: Vec<bool> = old.iter().map(Entry::is_added).collect();
    let anchors: Vec<(usize, usize)> = matched.iter().enumerate().filter_map(|(e, m)| Some((e, (*m)?))).collect();
    for (_, o) in &anchors {
        claimed[*o] = true;
    }
    let mut bounds = longest_increasing(&anchors);
    bounds.push((matched.len(), old.len()));
    let mut from = (0, 0);
    for (e, o) in bounds {
        let new: Vec<usize> = (from.0..e).filter(|&e| matched[e].is_none()).collect();
        let left: Vec<usize> = (from.1..o).filter(|&o| !claimed[o]).collect();
        if new.len() == left.len() && new.iter().zip(&left).all(|(&e, &o)| english.segments[e].kind.name() == old[o].kind) {
            for (e, o) in new.into_iter().zip(left) {
                out[e] = Some(o);
            }
        }
        from = (e + 1, o + 1);
    }
    out
}
