//! How far a digest is: what is translated, edited and approved, by whom, and how much of the machine's text stayed.

use std::collections::{BTreeMap, BTreeSet};

use super::distance::distance;
use super::edition::Edition;
use super::parts::plain;
use super::row::{Case, RowState, Standing};
use crate::checks::Severity;
use crate::digest::{Digest, Format};
use crate::draft::record::Entry;

/// How far an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemState {
    /// No Korean was written for it.
    Untranslated,
    /// As the machine wrote it, and nobody has decided.
    Machine,
    /// A person changed it, and nobody has decided.
    Edited,
    /// A person accepted what stands there.
    Approved,
    /// It was approved, and something that it was bound to has changed.
    Stale,
    /// The editor took it out.
    Deleted,
    /// The editor wrote it; it has no English.
    Added,
}

impl ItemState {
    /// The states in the order in which they are told.
    pub const ALL: [Self; 7] = [Self::Untranslated, Self::Machine, Self::Edited, Self::Approved, Self::Stale, Self::Deleted, Self::Added];

    /// The word used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Untranslated => "untranslated",
            Self::Machine => "machine",
            Self::Edited => "edited",
            Self::Approved => "approved",
            Self::Stale => "stale",
            Self::Deleted => "deleted",
            Self::Added => "added",
        }
    }
}

/// One item.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemProgress {
    /// Its number in the English digest, from 1; none where the editor added it.
    pub item: Option<usize>,
    /// How far it is.
    pub state: ItemState,
    /// Who approved it, where the record says so.
    pub reviewer: Option<String>,
    /// Who translated its first segment.
    pub backend: Option<String>,
    /// How much a person changed the machine's text, 0 to 1; none where nobody wrote or approved it, or no machine text is known.
    pub distance: Option<f64>,
}

/// What became of the texts of one backend: of approved items only, since nobody has read the others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quality {
    /// Approved items with text of it.
    pub items: usize,
    /// Those of them that a person changed.
    pub changed: usize,
    /// The distances of all of them together.
    pub sum: f64,
}

impl Quality {
    /// The mean distance of an item, 0 where there is none.
    pub fn mean(&self) -> f64 {
        if self.items == 0 { 0.0 } else { self.sum / self.items as f64 }
    }

    fn add(&mut self, other: &Self) {
        self.items += other.items;
        self.changed += other.changed;
        self.sum += other.sum;
    }
}

/// Findings of one digest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Must be mended.
    pub errors: usize,
    /// Should be looked at.
    pub warnings: usize,
    /// May be bettered.
    pub hints: usize,
}

/// Counts of one digest or of many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// Items of the English digest. Each has one state; added items come on top.
    pub items: usize,
    /// Items by their state.
    pub states: BTreeMap<ItemState, usize>,
    /// Texts outside items, and how many of them are approved.
    pub outside: (usize, usize),
    /// Items and other texts that nobody has decided.
    pub undecided: usize,
    /// What the checks found.
    pub findings: Found,
    /// Items that each person approved; without a name, `unknown`.
    pub reviewers: BTreeMap<String, usize>,
    /// What became of each backend's text.
    pub backends: BTreeMap<String, Quality>,
}

/// One digest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DigestProgress {
    /// The English digest, as the user named it.
    pub file: String,
    /// The Korean file; none where there is none yet.
    pub korean_file: Option<String>,
    /// The figures.
    pub counts: Counts,
    /// Item by item, in the order of the Korean file.
    pub items: Vec<ItemProgress>,
}

impl Counts {
    /// How many items have a state.
    pub fn of(&self, state: ItemState) -> usize {
        self.states.get(&state).copied().unwrap_or(0)
    }

    /// All backends as one.
    pub fn quality(&self) -> Quality {
        let mut all = Quality::default();
        self.backends.values().for_each(|quality| all.add(quality));
        all
    }

    /// Adds another digest's.
    pub fn add(&mut self, other: &Self) {
        self.items += other.items;
        other.states.iter().for_each(|(state, count)| *self.states.entry(*state).or_default() += count);
        self.outside = (self.outside.0 + other.outside.0, self.outside.1 + other.outside.1);
        self.undecided += other.undecided;
        self.findings.errors += other.findings.errors;
        self.findings.warnings += other.findings.warnings;
        self.findings.hints += other.findings.hints;
        other.reviewers.iter().for_each(|(name, count)| *self.reviewers.entry(name.clone()).or_default() += count);
        other.backends.iter().for_each(|(name, quality)| self.backends.entry(name.clone()).or_default().add(quality));
    }
}

impl DigestProgress {
    /// A digest without a Korean file.
    pub fn untranslated(file: &str, english: &str, format: Format) -> Self {
        let digest = Digest::parse(english, format, None);
        let numbers = (0..digest.items.len()).filter(|&item| !digest.segment_indices_of(item).is_empty());
        let one =
            |item| ItemProgress { item: Some(item + 1), state: ItemState::Untranslated, reviewer: None, backend: None, distance: None };
        let items: Vec<ItemProgress> = numbers.map(one).collect();
        let outside = digest.segments.iter().filter(|segment| segment.item.is_none()).count();
        let counts = Counts {
            items: items.len(),
            states: [(ItemState::Untranslated, items.len())].into(),
            outside: (outside, 0),
            undecided: items.len() + outside,
            ..Counts::default()
        };
        Self { file: file.to_owned(), korean_file: None, counts, items }
    }

    /// A digest as it is reviewed.
    pub fn of(edition: &Edition, file: &str, korean_file: &str) -> Self {
        let mut progress = Self { file: file.to_owned(), korean_file: Some(korean_file.to_owned()), ..Self::default() };
        for case in &edition.cases {
            progress.add(edition, case, Format::of(file.as_ref()));
        }
        progress
    }

    /// Counts what the checks found in it.
    pub fn add_findings(&mut self, findings: impl Iterator<Item = Severity>) {
        for severity in findings {
            let found = &mut self.counts.findings;
            *match severity {
                Severity::Error => &mut found.errors,
                Severity::Warning => &mut found.warnings,
                Severity::Hint => &mut found.hints,
            } += 1;
        }
    }

    fn add(&mut self, edition: &Edition, case: &Case, format: Format) {
        let counts = &mut self.counts;
        let is_approved = case.standing == Standing::Approved;
        let entries: Vec<&Entry> = case.pieces.iter().filter_map(|piece| piece.english).map(|e| &edition.plan.slots[e].entry).collect();
        let by_backend = Shares::of(&entries, format);
        // The figure is one of items.
        if is_approved && !case.row.outside {
            by_backend.0.iter().for_each(|(name, share)| counts.backends.entry(name.clone()).or_default().add(&share.quality()));
        }
        if case.row.outside {
            counts.outside.0 += 1;
            counts.outside.1 += usize::from(is_approved);
            counts.undecided += usize::from(!is_approved);
            return;
        }
        let state = state(case);
        let reviewers: BTreeSet<&str> =
            entries.iter().filter(|entry| entry.approved.is_some()).map(|entry| entry.reviewer.as_deref().unwrap_or(UNKNOWN)).collect();
        if is_approved && state != ItemState::Added {
            reviewers.iter().for_each(|name| *counts.reviewers.entry((*name).to_owned()).or_default() += 1);
        }
        let item = ItemProgress {
            item: None,
            state,
            reviewer: reviewers.first().filter(|name| is_approved && **name != UNKNOWN).map(|name| (*name).to_owned()),
            backend: entries.iter().find_map(|entry| entry.backend.clone()),
            distance: (is_approved || state == ItemState::Edited).then(|| by_backend.whole()).flatten(),
        };
        // What was merged is several English items in one place; what was added is none.
        let numbers = case.english_items.iter().map(|item| Some(item + 1));
        let numbers: Vec<Option<usize>> = if case.english_items.is_empty() { vec![None] } else { numbers.collect() };
        counts.items += case.english_items.len();
        *counts.states.entry(state).or_default() += numbers.len();
        counts.undecided += if is_approved { 0 } else { numbers.len() };
        self.items.extend(numbers.into_iter().map(|number| ItemProgress { item: number, ..item.clone() }));
    }
}

const UNKNOWN: &str = "unknown";

fn state(case: &Case) -> ItemState {
    match (case.row.state, case.standing) {
        (RowState::Added, _) => ItemState::Added,
        (RowState::Deleted, _) => ItemState::Deleted,
        (_, Standing::Approved) => ItemState::Approved,
        (_, Standing::Stale(_)) => ItemState::Stale,
        _ if case.untranslated => ItemState::Untranslated,
        _ if case.by_person => ItemState::Edited,
        _ => ItemState::Machine,
    }
}

/// The segments of an item that have both sides, by their backends: the machine's words and a person's.
struct Shares(BTreeMap<String, Share>);

#[derive(Default)]
struct Share {
    machine: String,
    person: String,
}

impl Shares {
    fn of(entries: &[&Entry], format: Format) -> Self {
        let mut shares: BTreeMap<String, Share> = BTreeMap::new();
        for entry in entries {
            // What was merged or split holds other words too, and what was taken out says nothing of its translation.
            let person = entry.approved.as_deref().or(entry.edited.as_deref()).or(entry.machine.as_deref());
            let (Some(machine), Some(person)) = (entry.machine.as_deref(), person.filter(|text| !text.is_empty())) else { continue };
            if entry.shape.is_some() {
                continue;
            }
            let share = shares.entry(entry.backend.clone().unwrap_or_else(|| UNKNOWN.to_owned())).or_default();
            for (side, text) in [(&mut share.machine, machine), (&mut share.person, person)] {
                side.push_str(&plain(text, format));
                side.push('\n');
            }
        }
        Self(shares)
    }

    /// Of all segments together.
    fn whole(&self) -> Option<f64> {
        let side = |text: fn(&Share) -> &str| self.0.values().map(text).collect::<String>();
        (!self.0.is_empty()).then(|| distance(&side(|share| &share.machine), &side(|share| &share.person)))
    }
}

impl Share {
    fn quality(&self) -> Quality {
        let sum = distance(&self.machine, &self.person);
        Quality { items: 1, changed: usize::from(sum > 0.0), sum }
    }
}
