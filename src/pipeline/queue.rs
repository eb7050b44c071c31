//! The batches that wait to be asked: what goes next, and what a batch becomes when its request failed.

use std::collections::VecDeque;

use super::ask::Question;
use crate::backends::BackendError;

/// Questions that travel together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Batch {
    pub questions: Vec<usize>,
    /// Whether this is the second try of a single question whose first answer could not be used.
    pub again: bool,
    /// Whether nothing else may be asked at the same time: a request that crashes or hangs a server takes down all that waits beside it.
    pub apart: bool,
    /// A single question: the first time that the backend failed at it.
    pub lone: Option<LoneFailure>,
}

/// A failure at a text that was asked for alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LoneFailure {
    /// The answers that the run had by then. With more of them, the backend works, and the text is at fault.
    pub answers: usize,
    pub reason: String,
}

/// Failed requests in a row, none answered between them, after which the next ones ask for one text each: a batch that fails says
/// nothing about the backend, single texts from different places do.
const PROBE_AFTER: usize = 2;

/// Failed requests in a row after which a backend that never answered is given up. By then three different texts failed alone, if
/// there are as many, and the requests were as far apart as the tries of one request usually are.
const GIVE_UP_NEW: usize = 5;

/// The same for a backend that answered in this run: a few bad texts side by side are more likely than an outage.
const GIVE_UP_PROVEN: usize = 8;

/// What answers and failures, as they come, say about the backend.
#[derive(Debug, Default)]
pub(super) struct Streak {
    /// Answers of the whole run, usable or not.
    pub answers: usize,
    /// Failed requests since the last answer. Requests that were under way together count once.
    failed: usize,
    /// Changes with every failure that counts.
    turn: usize,
    /// Whether the backend asked to slow down for longer than the tries allow, since the last answer.
    pub slow: bool,
}

impl Streak {
    /// A mark for a request that is sent now.
    pub fn turn(&self) -> usize {
        self.turn
    }

    /// An answer came: the backend works.
    pub fn answered(&mut self) {
        *self = Self { answers: self.answers + 1, turn: self.turn, ..Self::default() };
    }

    /// A request that was sent in `turn` failed.
    pub fn failed(&mut self, turn: usize) {
        if turn == self.turn {
            self.failed += 1;
            self.turn += 1;
        }
    }

    /// Whether the backend seems to fail at everything.
    pub fn is_hopeless(&self) -> bool {
        self.failed >= if self.answers == 0 { GIVE_UP_NEW } else { GIVE_UP_PROVEN }
    }

    /// The failed requests since the last answer.
    pub fn length(&self) -> usize {
        self.failed
    }
}

/// The batches that wait.
#[derive(Debug)]
pub(super) struct Queue(VecDeque<Batch>);

impl Queue {
    /// Batches of all questions, within the limits. More slots than batches would leave slots idle, so batches are no larger than
    /// one wave needs.
    pub fn new(questions: &[Question], most: usize, bytes: usize, jobs: usize) -> Self {
        let most = questions.len().div_ceil(jobs).clamp(1, most);
        let mut batches = VecDeque::new();
        let mut open: Vec<usize> = Vec::new();
        let mut size = 0;
        for (index, question) in questions.iter().enumerate() {
            if !open.is_empty() && (open.len() >= most || size + question.text.len() > bytes) {
                batches.push_back(Batch { questions: std::mem::take(&mut open), ..Batch::default() });
                size = 0;
            }
            size += question.text.len();
            open.push(index);
        }
        if !open.is_empty() {
            batches.push_back(Batch { questions: open, ..Batch::default() });
        }
        Self(batches)
    }

    /// The batch to send now; none while it has to wait for those that are under way, or where there is none.
    pub fn next(&mut self, streak: &Streak, idle: bool) -> Option<Batch> {
        if streak.failed >= PROBE_AFTER {
            return if idle { self.probe(streak.failed) } else { None };
        }
        if self.0.front().is_some_and(|next| next.apart && !idle) {
            return None;
        }
        self.0.pop_front()
    }

    /// A single text that did not fail alone yet, to find out whether the backend answers anything. Taken from both ends by turns:
    /// texts at which a backend fails are often neighbours.
    fn probe(&mut self, failed: usize) -> Option<Batch> {
        let untried = |batch: &Batch| batch.lone.is_none();
        let far = failed % 2 == 1;
        let place = if far { self.0.iter().rposition(untried) } else { self.0.iter().position(untried) };
        let Some(place) = place else { return self.0.pop_front() };
        let batch = self.0.get_mut(place)?;
        if batch.questions.len() < 2 {
            return self.0.remove(place).map(|batch| Batch { apart: true, ..batch });
        }
        let question = if far { batch.questions.pop()? } else { batch.questions.remove(0) };
        Some(Batch { questions: vec![question], apart: true, ..Batch::default() })
    }

    /// Asks for the batch when its turn comes.
    pub fn push(&mut self, batch: Batch) {
        self.0.push_back(batch);
    }

    /// Asks for the batch next, and for nothing beside it.
    pub fn push_apart(&mut self, batch: Batch) {
        self.0.push_front(Batch { apart: true, ..batch });
    }

    /// Puts the halves of a batch back; gives a single question back.
    pub fn halve(&mut self, mut batch: Batch, apart: bool) -> Option<Batch> {
        if batch.questions.len() < 2 {
            return Some(batch);
        }
        let half = batch.questions.split_off(batch.questions.len() / 2);
        for questions in [batch.questions, half] {
            self.0.push_back(Batch { questions, apart, ..Batch::default() });
        }
        None
    }

    /// What became of a request that the backend failed at: halves, or a single text for a second try. A text that failed before,
    /// while others were answered, is given back with the reason.
    pub fn failed(&mut self, batch: Batch, error: &BackendError, streak: &Streak) -> Option<Batch> {
        let single = self.halve(batch, true)?;
        if single.lone.as_ref().is_some_and(|first| streak.answers > first.answers) {
            return Some(single);
        }
        let lone = single.lone.or_else(|| Some(LoneFailure { answers: streak.answers, reason: error.message.clone() }));
        self.0.push_back(Batch { apart: true, lone, ..single });
        None
    }

    /// Whether a text waits that did not fail alone yet.
    pub fn has_untried(&self) -> bool {
        self.0.iter().any(|batch| batch.lone.is_none())
    }

    /// All that waits; nothing does after that.
    pub fn drain(&mut self) -> impl Iterator<Item = Batch> {
        std::mem::take(&mut self.0).into_iter()
    }
}
