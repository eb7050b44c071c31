//! What a run did and what it left, as facts for the command line to tell.

use std::time::Duration;

use super::ask::{Asked, Question};
use super::words::English;
use super::{Options, is_chosen};
use crate::backends::BackendError;
use crate::draft::plan::{Holder, Plan};

/// A segment that someone should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Its item, from 1; none outside items.
    pub item: Option<usize>,
    /// Its line in the English digest, from 1.
    pub line: usize,
    /// Its English text, without markup.
    pub text: String,
    /// Why.
    pub reason: String,
}

/// The result of a run over one digest.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Items of the digest.
    pub items: usize,
    /// Segments of the digest.
    pub segments: usize,
    /// Segments that had their Korean already, or got it from memory.
    pub reused: usize,
    /// Segments that a backend answered in this run.
    pub asked: usize,
    /// Distinct texts asked for: in a dry run, those that would be asked.
    pub questions: usize,
    /// Characters of these texts.
    pub characters: usize,
    /// Segments that stay English.
    pub left: Vec<Left>,
    /// Segments whose English changed, and that keep the older machine text.
    pub outdated: Vec<Left>,
    /// Segments whose English changed, or got newer machine text, under a person's Korean.
    pub stale: Vec<Left>,
    /// Segments with no certain place in the Korean file.
    pub unplaced: Vec<Left>,
    /// Terms replaced in machine text: English line and what was done.
    pub fixed: Vec<(usize, String)>,
    /// Terms of the English whose Korean stands in no text of the item, in items that no person has taken over: why is the message of the
    /// check.
    pub missing: Vec<Left>,
    /// Whether the Korean file changed.
    pub wrote: bool,
    /// Why asking ended early.
    pub stopped: Option<BackendError>,
    /// Whether the run was ended by a signal.
    pub interrupted: bool,
    /// How long it took.
    pub time: Duration,
}

impl Outcome {
    /// `asked` is none where there was nobody to ask.
    pub(super) fn new(english: &English<'_, '_>, plan: &Plan, questions: &[Question], asked: Option<&Asked>, options: &Options) -> Self {
        let digest = english.digest;
        let mut outcome = Self {
            items: digest.items.len(),
            segments: digest.segments.len(),
            questions: questions.len(),
            characters: questions.iter().map(|q| q.text.chars().count()).sum(),
            stopped: asked.and_then(|asked| asked.stopped.clone()),
            ..Self::default()
        };
        let was_asked: std::collections::HashSet<usize> = questions.iter().flat_map(|q| q.slots.iter().copied()).collect();
        let reasons: std::collections::HashMap<usize, &str> = asked
            .iter()
            .flat_map(|asked| &asked.left)
            .flat_map(|(q, reason)| questions[*q].slots.iter().map(move |slot| (*slot, reason.as_str())))
            .collect();
        let unasked = if asked.is_some() { super::NOT_ASKED } else { "no backend to ask" };
        for (index, slot) in plan.slots.iter().enumerate() {
            if slot.answer.is_some() && was_asked.contains(&index) {
                outcome.asked += 1;
            } else if !slot.needs_text() {
                outcome.reused += 1;
            } else if slot.holder != Holder::Person && is_chosen(digest, index, options) {
                let reason = reasons.get(&index).copied().unwrap_or(unasked);
                let list = if slot.holder == Holder::Machine { &mut outcome.outdated } else { &mut outcome.left };
                list.push(left(english, index, reason));
            }
            if slot.is_stale() {
                let reason = if slot.changed { "its English changed" } else { "there is newer machine text" };
                outcome.stale.push(left(english, index, reason));
            }
            if let Some(answer) = &slot.answer {
                outcome.fixed.extend(answer.notes.iter().map(|note| (english.line(index), note.clone())));
            }
        }
        outcome
    }
}

pub(super) fn left(english: &English<'_, '_>, index: usize, reason: &str) -> Left {
    let segment = &english.digest.segments[index];
    Left {
        item: segment.item.map(|item| item as usize + 1),
        line: english.line(index),
        text: english.digest.reading(segment),
        reason: reason.to_owned(),
    }
}
