//! The end of a run: the Korean text assembled on what the editor has by now, then the record.

use std::cell::Cell;
use std::path::Path;
use std::time::{Duration, Instant};

use super::outcome::{Left, Outcome, left};
use super::words::English;
use super::{Job, PipelineError};
use crate::backends::{BackendError, Class};
use crate::checks::{self, Chosen, Context};
use crate::digest::Digest;
use crate::draft::assemble::{self, Assembled};
use crate::draft::plan::{Holder, Plan};
use crate::draft::record::Record;
use crate::draft::{atomic, files};

/// Writes the record while replies come in, as often as it costs little.
pub(super) struct Saver<'a> {
    path: &'a Path,
    record: &'a Record,
    /// When the last save ended, and how long it took.
    last: Cell<(Instant, Duration)>,
}

/// The most segments whose record is saved after every reply, whatever that costs: a kill then costs what was in flight.
const SMALL: usize = 500;

impl<'a> Saver<'a> {
    pub fn new(path: &'a Path, record: &'a Record) -> Self {
        Self { path, record, last: Cell::new((Instant::now(), Duration::ZERO)) }
    }

    /// Saves after every reply; for a digest of book size only as long as that takes at most a tenth of the time.
    pub fn save_now_and_then(&self, plan: &Plan) -> Result<(), BackendError> {
        let (ended, took) = self.last.get();
        if plan.slots.len() > SMALL && ended.elapsed() < took * 9 {
            return Ok(());
        }
        self.save(plan).map_err(|error| BackendError::new(Class::Config, format!("replies cannot be saved: {error}")))
    }

    pub fn save(&self, plan: &Plan) -> Result<(), PipelineError> {
        let begin = Instant::now();
        plan.unfinished(self.record).save(self.path)?;
        self.last.set((Instant::now(), begin.elapsed()));
        Ok(())
    }
}

/// The name of an output that is not the digest's own Korean file, as the record keeps it.
pub(super) fn output_name(job: &Job<'_>) -> String {
    let folder = job.record.parent().unwrap_or(Path::new(""));
    let relative = job.korean.strip_prefix(folder).unwrap_or(&job.korean);
    relative.to_string_lossy().replace('\\', "/")
}

/// Writes the Korean file and the record.
pub(super) fn finish(
    job: &Job<'_>,
    english: &English<'_, '_>,
    mut plan: Plan,
    record: &Record,
    mut korean: Option<String>,
    mut outcome: Outcome,
    started: Instant,
) -> Result<Outcome, PipelineError> {
    outcome.time = started.elapsed();
    if job.options.dry_run {
        return Ok(outcome);
    }
    let assembled = loop {
        let assembled = assemble(job, english, &plan, korean.as_deref());
        // An editor may have saved the Korean file since it was read: the new text goes into what was saved.
        let now = files::read_existing(&job.korean)?;
        if now == korean {
            break assembled;
        }
        let side = now.as_deref().map(|text| Digest::parse(text, english.digest.format, job.options.split));
        let answers: Vec<_> = plan.slots.into_iter().map(|slot| slot.answer).collect();
        plan = Plan::new(english.digest, &english.marked, side.as_ref(), Some(record));
        for (slot, answer) in plan.slots.iter_mut().zip(answers) {
            slot.answer = answer;
        }
        drop(side);
        korean = now;
    };
    if korean.as_deref() != Some(&assembled.text) {
        atomic::write(&job.korean, assembled.text.as_bytes())?;
        outcome.wrote = true;
    }
    let mut record = plan.finished(record, &assembled.written);
    record.korean = job.options.output_named.then(|| output_name(job)).or(record.korean);
    record.save(&job.record)?;
    report(english, &plan, &assembled, &mut outcome);
    outcome.missing = missing(job, english, &assembled.text, &record);
    outcome.time = started.elapsed();
    Ok(outcome)
}

fn assemble(job: &Job<'_>, english: &English<'_, '_>, plan: &Plan, korean: Option<&str>) -> Assembled {
    let texts: Vec<Option<String>> = plan.slots.iter().enumerate().map(|(index, slot)| english.stored_or_new(index, slot)).collect();
    let korean = korean.map(|text| Digest::parse(text, english.digest.format, job.options.split));
    match (korean, &plan.pairs) {
        (Some(korean), Some(pairs)) => {
            let absent: Vec<bool> = plan.slots.iter().map(|slot| slot.korean.is_none() && slot.holder != Holder::Removed).collect();
            assemble::from_korean(english.digest, &korean, pairs, &texts, &absent)
        }
        _ => assemble::from_english(english.digest, &texts),
    }
}

/// The terms that machine text still lacks.
fn missing(job: &Job<'_>, english: &English<'_, '_>, text: &str, record: &Record) -> Vec<Left> {
    if job.glossary.terms().is_empty() || record.segments.iter().all(|entry| entry.machine.is_none()) {
        return Vec::new();
    }
    let korean = Digest::parse(text, english.digest.format, job.options.split);
    let plan = Plan::new(english.digest, &english.marked, Some(&korean), Some(record));
    let Some(pairs) = &plan.pairs else { return Vec::new() };
    let context = Context::new(job.glossary, &korean, Some((english.digest, pairs)));
    let found = checks::run(&context, &Chosen::of_terms());
    let slot_at = |at: usize| {
        let before = english.digest.segments.partition_point(|segment| segment.start <= at).checked_sub(1);
        before.filter(|&slot| at < english.digest.segments[slot].end)
    };
    let mut missing = Vec::new();
    for finding in found.findings {
        let slot = finding.english.as_ref().and_then(|place| slot_at(place.span.start));
        if let Some(slot) = slot.filter(|&slot| plan.slots[slot].holder == Holder::Machine) {
            missing.push(left(english, slot, &finding.message));
        }
    }
    missing
}

/// Tells what the Korean text could not take.
fn report(english: &English<'_, '_>, plan: &Plan, assembled: &Assembled, outcome: &mut Outcome) {
    for &index in &assembled.unplaced {
        outcome.unplaced.push(left(english, index, "its place in the Korean file is not certain"));
    }
    for (index, slot) in plan.slots.iter().enumerate() {
        let wants = slot.answer.is_some() && !matches!(slot.holder, Holder::Person | Holder::Removed);
        if wants && !assembled.written[index] && assembled.unplaced.binary_search(&index).is_err() {
            outcome.left.push(left(english, index, "the text breaks the Markdown around it"));
            outcome.asked = outcome.asked.saturating_sub(1);
        }
    }
}
