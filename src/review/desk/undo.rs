//! Steps taken back: what each one touched, as it was before.

use std::collections::HashMap;

use super::super::journal::{Step, Touched};
use super::super::write::Draft;
use super::commit::Change;
use super::{Desk, DeskError};
use crate::digest::{fold, hash};
use crate::draft::atomic;
use crate::draft::plan::Slot;
use crate::draft::record::Entry;

impl Desk<'_> {
    pub(super) fn step(&self, change: &Change, draft: &Draft<'_>, before: &str, after: &str) -> Step {
        let slots = &self.edition.plan.slots;
        let mut touched: Vec<Touched> = Vec::new();
        let nth = numbers(slots);
        let mut of_words: HashMap<usize, (String, String)> = HashMap::new();
        for (e, k, words) in change.words.iter().filter_map(|(e, k, words)| Some(((*e)?, *k, words))) {
            of_words.entry(e).or_insert_with(|| (draft.stands(k), words.clone()));
        }
        let of_entries = change.entries.iter().map(|(e, _)| *e);
        let mut english: Vec<usize> = of_entries.chain(of_words.keys().copied()).collect();
        english.sort_unstable();
        english.dedup();
        for e in english {
            touched.push(Touched { entry: slots[e].entry.clone(), nth: nth[e], words: of_words.remove(&e) });
        }
        for (_, k, words) in change.words.iter().filter(|(e, ..)| e.is_none()) {
            touched.push(Touched { entry: Entry::default(), nth: 0, words: Some((draft.stands(*k), words.clone())) });
        }
        let whole = change.draft.as_ref().map(|_| (before.to_owned(), hash(after)));
        Step {
            key: change.key.clone(),
            label: change.label.clone(),
            touched,
            draft: whole,
            added: self.added(),
            settled: change.settled.clone(),
        }
    }

    /// Takes the last step back. Tells the row and what it was; none where there is nothing to take back.
    ///
    /// # Errors
    /// When the draft has changed since in a way that the step cannot be taken out of, or a file cannot be written.
    pub fn undo(&mut self) -> Result<Option<(String, String)>, DeskError> {
        // What was broken off is what was done last.
        if let Some(step) = self.recover()? {
            return Ok(Some((step.key, step.label)));
        }
        self.reload()?;
        while let Some(step) = self.journal.last()? {
            self.journal.reopen()?;
            let undone = match self.undo_step(&step) {
                Err(error @ DeskError::Impossible(_)) => {
                    self.journal.done()?;
                    return Err(error);
                }
                undone => undone?,
            };
            self.journal.forget();
            self.reload()?;
            // A step whose work was never done changes nothing: the one before it was meant.
            if undone {
                return Ok(Some((step.key, step.label)));
            }
        }
        Ok(None)
    }

    /// Takes back a step that a kill or a full disk broke off, so that there is nothing half done. Where someone has written over it
    /// since, it stays as it is. Tells which one it was.
    pub(super) fn recover(&mut self) -> Result<Option<Step>, DeskError> {
        let Some(step) = self.journal.open_step()? else { return Ok(None) };
        match self.undo_step(&step) {
            Err(DeskError::Impossible(_)) => self.journal.done()?,
            undone => {
                undone?;
                self.journal.forget();
            }
        }
        self.reload()?;
        Ok(Some(step))
    }

    fn undo_step(&self, step: &Step) -> Result<bool, DeskError> {
        let before = self.edition.texts.korean.clone().unwrap_or_default();
        let mut plan = self.edition.plan.clone();
        let mut changed = false;
        let mut words = Vec::new();
        let draft = self.draft();
        let numbers = numbers(&plan.slots);
        let of_name: HashMap<(String, usize), usize> =
            plan.slots.iter().zip(numbers).enumerate().map(|(e, (slot, nth))| ((slot.entry.english_hash.clone(), nth), e)).collect();
        for touched in &step.touched {
            let name = (touched.entry.english_hash.clone(), touched.nth);
            let e = of_name.get(&name).copied().filter(|_| !touched.entry.is_added());
            if let Some((stood, stands)) = &touched.words {
                let place = e.and_then(|e| plan.slots[e].korean).or_else(|| draft.only_place(stands));
                match place.map(|k| (k, draft.stands(k))) {
                    Some((k, now)) if fold(&now) == fold(stands) => words.push((e, k, stood.clone())),
                    Some((_, now)) if fold(&now) == fold(stood) => {}
                    _ => {
                        let lost = format!("cannot take back \"{}\": {} changed since", step.label, self.paths.korean.display());
                        return Err(DeskError::Impossible(lost));
                    }
                }
            }
            if let Some(e) = e
                && plan.slots[e].entry != touched.entry
            {
                plan.slots[e].entry = touched.entry.clone();
                changed = true;
            }
        }
        if self.added() != step.added {
            plan.orphans.retain(|entry| !entry.is_added());
            plan.orphans.extend(step.added.iter().cloned());
            changed = true;
        }
        let after = match &step.draft {
            Some((text, hash_after)) if hash(&before) == *hash_after => text.clone(),
            Some((text, _)) if *text == before => before.clone(),
            Some(_) => {
                let lost = format!("cannot take back \"{}\": {} changed since", step.label, self.paths.korean.display());
                return Err(DeskError::Impossible(lost));
            }
            None => draft.with_words(&words).map_err(DeskError::Impossible)?,
        };
        if after != before {
            atomic::write(&self.paths.korean, after.as_bytes())?;
            changed = true;
        }
        plan.finished(&self.edition.texts.record, &vec![false; plan.slots.len()]).save(&self.paths.record)?;
        let settled = self.journal.settled();
        // They are kept in their order.
        if step.settled.iter().any(|key| settled.binary_search(key).is_ok()) {
            self.journal.unsettle(&step.settled)?;
            changed = true;
        }
        Ok(changed)
    }
}

/// For each slot its number among those with the same English, from 0.
fn numbers(slots: &[Slot]) -> Vec<usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut numbers = Vec::with_capacity(slots.len());
    for slot in slots {
        let count = counts.entry(&slot.entry.english_hash).or_default();
        numbers.push(*count);
        *count += 1;
    }
    numbers
}
