//! One decision written to disk, whole or not at all.

use super::super::write;
use super::{Desk, DeskError, is_own_text};
use crate::digest::fold;
use crate::draft::atomic;
use crate::draft::record::{Entry, State};

/// What changes with one decision.
#[derive(Default)]
pub(super) struct Change {
    pub(super) label: String,
    pub(super) key: String,
    /// Entries of English segments after it.
    pub(super) entries: Vec<(usize, Entry)>,
    /// Added texts that are accepted with it.
    pub(super) added: Vec<Entry>,
    /// Korean segments that get other words: the English segment, its Korean one, the words.
    pub(super) words: Vec<(Option<usize>, usize, String)>,
    /// Whether it puts a row back into the draft.
    pub(super) restores: bool,
    /// The Korean draft after it, where more than words of segments changes.
    pub(super) draft: Option<String>,
    /// Texts of another file that are decided with it.
    pub(super) settled: Vec<String>,
}

impl Change {
    /// Adds another row's change, made after this one's.
    pub(super) fn join(&mut self, other: Self) {
        if self.key.is_empty() {
            (self.key, self.label) = (other.key, other.label);
        }
        self.entries.extend(other.entries);
        self.added.extend(other.added);
        self.words.extend(other.words);
        self.settled.extend(other.settled);
    }
}

impl Desk<'_> {
    /// Writes a change: what a person wrote into the record first, then the step, the draft, the record. What cannot be written to
    /// its end is taken back.
    pub(super) fn commit(&mut self, change: Change) -> Result<(), DeskError> {
        if self.recover()?.is_some() {
            return Err(DeskError::Changed(self.paths.korean.display().to_string()));
        }
        if !self.edition.texts.stand(&self.paths)? {
            self.reload()?;
            return Err(DeskError::Changed(self.paths.korean.display().to_string()));
        }
        let draft = self.draft();
        let after = match &change.draft {
            Some(text) => text.clone(),
            None => draft.with_words(&change.words).map_err(DeskError::Impossible)?,
        };
        let before = self.edition.texts.korean.clone().unwrap_or_default();
        let step = self.step(&change, &draft, &before, &after);
        // What a person wrote, and what the machine is about to write, are in the record before the draft changes.
        let mut ahead = (before != after).then(|| self.edition.plan.clone());
        let mut plan = self.edition.plan.clone();
        for (e, entry) in &change.entries {
            plan.slots[*e].entry = entry.clone();
            if entry.state == State::Approved {
                plan.slots[*e].older = None;
            }
        }
        for (e, korean, words) in &change.words {
            let Some(e) = *e else { continue };
            let stood = draft.stands(*korean);
            // Where the draft stays, nothing is written ahead.
            let mut spare = Entry::default();
            let entry = match &mut ahead {
                Some(ahead) => &mut ahead.slots[e].entry,
                None => {
                    spare.clone_from(&self.edition.plan.slots[e].entry);
                    &mut spare
                }
            };
            if plan.slots[e].entry.machine.as_ref() == Some(words) && !is_own_text(&entry.machine, words) {
                entry.candidate = Some(words.clone());
            }
            let english = fold(draft.english(e)) == fold(&stood);
            if !english && !is_own_text(&entry.machine, &stood) && !is_own_text(&entry.candidate, &stood) {
                entry.edited = Some(stood.clone());
                if plan.slots[e].entry.state == State::Approved && fold(words) != fold(&stood) {
                    plan.slots[e].entry.edited = Some(stood);
                }
            }
        }
        if !change.added.is_empty() {
            let standing = write::standing(&after, &self.paths);
            let stands = |entry: &Entry| standing.contains(fold(entry.approved.as_deref().unwrap_or_default()).as_ref());
            plan.orphans.retain(|entry| !entry.is_added());
            plan.orphans.extend(self.added_with(&change.added).into_iter().filter(stands));
        }
        let unwritten = vec![false; plan.slots.len()];
        let record = plan.finished(&self.edition.texts.record, &unwritten);
        if let Some(ahead) = ahead {
            ahead.finished(&self.edition.texts.record, &unwritten).save(&self.paths.record)?;
        }
        self.journal.begin(&step)?;
        let written = || -> Result<(), DeskError> {
            if before != after {
                atomic::write(&self.paths.korean, after.as_bytes())?;
            }
            record.save(&self.paths.record)?;
            if !change.settled.is_empty() {
                self.journal.settle(change.settled.iter().cloned())?;
            }
            Ok(self.journal.done()?)
        };
        if let Err(error) = written() {
            // What cannot be taken back either is when the next run begins.
            let _ = self.recover();
            return Err(error);
        }
        self.reload()
    }
}
