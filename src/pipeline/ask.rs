//! Asking a backend: batches keyed by id, split where an answer cannot be used, every accepted reply handed on at once.

use std::collections::{BTreeMap, HashMap};

use futures_util::stream::{FuturesUnordered, StreamExt};

use super::queue::{Batch, Queue, Streak};
use crate::backends::{Backend, BackendError, Class, Request, TermHint, Text};

/// One text to ask for, and the slots that wait for it: identical texts are asked once.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub text: String,
    pub slots: Vec<usize>,
    pub terms: Vec<TermHint>,
}

/// Distinct questions for `(slot, text, terms)`, in the order of their first slot.
pub(crate) fn questions(wanted: impl Iterator<Item = (usize, String, Vec<TermHint>)>) -> Vec<Question> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut questions: Vec<Question> = Vec::new();
    for (slot, text, terms) in wanted {
        if let Some(&at) = places.get(&text) {
            questions[at].slots.push(slot);
        } else {
            places.insert(text.clone(), questions.len());
            questions.push(Question { text, slots: vec![slot], terms });
        }
    }
    questions
}

/// The reason of segments that a run which ended early did not come to.
pub const NOT_ASKED: &str = "it was not asked for";

/// So many single questions answered by nothing but faults, and none accepted, show that the backend itself is at fault.
const HOPELESS: usize = 8;

/// So many time-outs without an accepted reply between them show that the backend answers nothing. One may be a single text's fault.
const SILENCES: usize = 3;

/// What came of the asking.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// Questions without an accepted reply, with the reason.
    pub left: BTreeMap<usize, String>,
    /// Replies that were accepted.
    accepted: usize,
    /// Time-outs since the last accepted reply.
    silences: usize,
    /// Why nothing more was asked.
    pub stopped: Option<BackendError>,
    /// The last failure, where no request of the run was answered at all.
    pub failed: Option<BackendError>,
}

/// How a run asks.
pub(crate) struct Manner<'a> {
    pub context: &'a str,
    pub register: Option<&'a str>,
    /// What a reviewer says of the last translation.
    pub note: Option<&'a str>,
    pub jobs: Option<usize>,
}

/// Asks every question. `accept` gets each reply as it comes in, by the number of its question, and says what is wrong with
/// it; a reply that is not accepted is asked for once more, alone.
pub(crate) async fn ask(
    backend: &dyn Backend,
    questions: &[Question],
    manner: &Manner<'_>,
    mut accept: impl FnMut(usize, &str) -> Result<(), String>,
    mut arrived: impl FnMut(usize) -> Result<(), BackendError>,
) -> Asked {
    let mut asked = Asked::default();
    let mut streak = Streak::default();
    let limits = backend.capabilities();
    let jobs = manner.jobs.unwrap_or(limits.jobs).max(1);
    let mut waiting = Queue::new(questions, limits.segments.max(1), limits.bytes, jobs);
    let mut flying = FuturesUnordered::new();
    loop {
        while asked.stopped.is_none() && flying.len() < jobs {
            let Some(batch) = waiting.next(&streak, flying.is_empty()) else { break };
            let (apart, turn) = (batch.apart, streak.turn());
            let request = request(questions, &batch, manner);
            flying.push(async move {
                let reply = backend.translate(&request).await.and_then(|texts| by_id(&request, texts));
                (batch, turn, reply)
            });
            if apart {
                break;
            }
        }
        let Some((batch, turn, reply)) = flying.next().await else { break };
        let mut finished = match reply {
            Ok(texts) => {
                streak.answered();
                take(&batch, texts, &mut waiting, &mut asked, &mut accept)
            }
            Err(error) => fail(batch, turn, error, &mut waiting, &mut streak, &mut asked),
        };
        if streak.is_hopeless() && asked.stopped.is_none() {
            finished += give_up(&mut waiting, &streak, &mut asked);
        }
        if asked.accepted == 0 && asked.left.len() >= HOPELESS && asked.stopped.is_none() {
            let reason = asked.left.values().next_back().cloned().unwrap_or_default();
            let error = BackendError::new(Class::BadOutput, format!("no answer of the first {} could be used: {reason}", asked.left.len()));
            asked.stopped = Some(error.hint("check the backend's settings; `translate backends --ping` asks for one word"));
        }
        if let Err(error) = arrived(finished) {
            asked.stopped.get_or_insert(error);
        }
    }
    for batch in waiting.drain() {
        let reason = batch.lone.as_ref().map_or(NOT_ASKED, |lone| &lone.reason);
        leave(&batch, reason, &mut asked);
    }
    if streak.answers > 0 {
        asked.failed = None;
    }
    asked
}

/// Decides what a request without an answer means; gives the number of questions that are done with.
fn fail(batch: Batch, turn: usize, error: BackendError, waiting: &mut Queue, streak: &mut Streak, asked: &mut Asked) -> usize {
    let about_one = match error.class {
        // An answer, although one that cannot be used.
        Class::TooBig | Class::BadOutput => {
            streak.answered();
            true
        }
        Class::Timeout if asked.silences < SILENCES => {
            asked.silences += 1;
            true
        }
        Class::Timeout | Class::Unavailable | Class::Quota | Class::Config => false,
        // Another request may have been at fault: alone, it is known.
        Class::Lost if !batch.apart => {
            waiting.push_apart(batch);
            return 0;
        }
        // A limit that holds for everything shows at once. Where others were answered, this text may be too much for it.
        Class::Slow if streak.answers == 0 || streak.slow => false,
        Class::Slow | Class::Lost | Class::Failed | Class::Refused => {
            streak.failed(turn);
            streak.slow |= error.class == Class::Slow;
            let done = waiting.failed(batch, &error, streak).map(|batch| leave(&batch, &error.message, asked));
            asked.failed = Some(error);
            return done.map_or(0, |()| 1);
        }
    };
    if about_one {
        return split(batch, &error, waiting, asked);
    }
    leave(&batch, &error.message, asked);
    asked.stopped.get_or_insert(error);
    0
}

/// Ends a run whose last requests all failed. Where every text had its try, it ends by itself; gives the number of questions
/// that are done with.
fn give_up(waiting: &mut Queue, streak: &Streak, asked: &mut Asked) -> usize {
    if waiting.has_untried() {
        if let Some(error) = &asked.failed {
            let message = format!("{} requests in a row failed, the last one because {}", streak.length(), error.message);
            asked.stopped = Some(BackendError { message, ..error.clone() });
        }
        return 0;
    }
    let mut finished = 0;
    for batch in waiting.drain() {
        leave(&batch, batch.lone.as_ref().map_or(NOT_ASKED, |lone| &lone.reason), asked);
        finished += batch.questions.len();
    }
    finished
}

fn request(questions: &[Question], batch: &Batch, manner: &Manner<'_>) -> Request {
    let mut glossary: Vec<TermHint> = Vec::new();
    for term in batch.questions.iter().flat_map(|&q| &questions[q].terms) {
        if !glossary.contains(term) {
            glossary.push(term.clone());
        }
    }
    let segments = batch.questions.iter().map(|&q| Text { id: q.to_string(), text: questions[q].text.clone() }).collect();
    Request {
        segments,
        glossary,
        context: manner.context.to_owned(),
        register: manner.register.map(str::to_owned),
        note: manner.note.map(str::to_owned),
    }
}

/// The replies in the order of the request; ids must be exactly those asked for.
fn by_id(request: &Request, texts: Vec<Text>) -> Result<Vec<String>, BackendError> {
    let bad = |what: String| Err(BackendError::new(Class::BadOutput, what));
    let count = texts.len();
    let mut replies: HashMap<String, String> = HashMap::with_capacity(count);
    for text in texts {
        if let Some(double) = replies.insert(text.id.clone(), text.text).map(|_| text.id) {
            return bad(format!("the answer has segment {double} twice"));
        }
    }
    let mut out = Vec::with_capacity(request.segments.len());
    for segment in &request.segments {
        match replies.remove(&segment.id) {
            Some(reply) => out.push(reply),
            None => {
                return bad(format!(
                    "the answer lacks {} of {} segments",
                    request.segments.len() - count.min(request.segments.len()),
                    request.segments.len()
                ));
            }
        }
    }
    match replies.into_keys().next() {
        Some(unknown) => bad(format!("the answer has a segment {} that was not asked for", unknown.escape_debug())),
        None => Ok(out),
    }
}

/// Hands on the replies of a batch; gives the number of questions that are done with.
fn take(
    batch: &Batch,
    texts: Vec<String>,
    waiting: &mut Queue,
    asked: &mut Asked,
    accept: &mut impl FnMut(usize, &str) -> Result<(), String>,
) -> usize {
    let mut finished = 0;
    for (&question, text) in batch.questions.iter().zip(&texts) {
        match accept(question, text) {
            Ok(()) => (finished, asked.accepted, asked.silences) = (finished + 1, asked.accepted + 1, 0),
            Err(_) if !batch.again => waiting.push(Batch { questions: vec![question], again: true, ..Batch::default() }),
            Err(reason) => {
                asked.left.insert(question, reason);
                finished += 1;
            }
        }
    }
    finished
}

/// Puts the halves of a batch back into the queue, or gives a single question up after its second try.
fn split(batch: Batch, error: &BackendError, waiting: &mut Queue, asked: &mut Asked) -> usize {
    let apart = error.class == Class::Timeout;
    let Some(single) = waiting.halve(batch, apart) else { return 0 };
    if !single.again && matches!(error.class, Class::BadOutput | Class::Timeout) {
        waiting.push(Batch { again: true, apart, ..single });
        return 0;
    }
    leave(&single, &error.message, asked);
    1
}

fn leave(batch: &Batch, reason: &str, asked: &mut Asked) {
    for &question in &batch.questions {
        asked.left.entry(question).or_insert_with(|| reason.to_owned());
    }
}
