//! Asking a backend: batches keyed by id, split where an answer cannot be used, every accepted reply handed on at once.

use std::collections::{BTreeMap, HashMap, VecDeque};

use futures_util::stream::{FuturesUnordered, StreamExt};

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
}

/// How a run asks.
pub(crate) struct Manner<'a> {
    pub context: &'a str,
    pub register: Option<&'a str>,
    /// What a reviewer says of the last translation.
    pub note: Option<&'a str>,
    pub jobs: Option<usize>,
}

/// Questions that travel together.
struct Batch {
    questions: Vec<usize>,
    /// Whether this is the second try of a single question.
    again: bool,
    /// Whether nothing else may be asked at the time: what a backend was silent on takes down all that waits beside it.
    apart: bool,
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
    let limits = backend.capabilities();
    let jobs = manner.jobs.unwrap_or(limits.jobs).max(1);
    let mut waiting = batches(questions, limits.segments.max(1), limits.bytes, jobs);
    let mut flying = FuturesUnordered::new();
    loop {
        while asked.stopped.is_none() && flying.len() < jobs {
            if waiting.front().is_some_and(|next| next.apart && !flying.is_empty()) {
                break;
            }
            let Some(batch) = waiting.pop_front() else { break };
            let apart = batch.apart;
            let request = request(questions, &batch, manner);
            flying.push(async move {
                let reply = backend.translate(&request).await.and_then(|texts| by_id(&request, texts));
                (batch, reply)
            });
            if apart {
                break;
            }
        }
        let Some((batch, reply)) = flying.next().await else { break };
        let finished = match reply {
            Ok(texts) => take(&batch, texts, &mut waiting, &mut asked, &mut accept),
            Err(error) if error.class == Class::Timeout && asked.silences < SILENCES => {
                asked.silences += 1;
                split(batch, &error, &mut waiting, &mut asked)
            }
            Err(error) if error.is_about_this_request() => split(batch, &error, &mut waiting, &mut asked),
            Err(error) => {
                leave(&batch, &error.message, &mut asked);
                asked.stopped.get_or_insert(error);
                0
            }
        };
        if asked.accepted == 0 && asked.left.len() >= HOPELESS && asked.stopped.is_none() {
            let reason = asked.left.values().next_back().cloned().unwrap_or_default();
            let error = BackendError::new(Class::BadOutput, format!("no answer of the first {} could be used: {reason}", asked.left.len()));
            asked.stopped = Some(error.hint("check the backend's settings; `translate backends --ping` asks for one word"));
        }
        if let Err(error) = arrived(finished) {
            asked.stopped.get_or_insert(error);
        }
    }
    for batch in waiting {
        leave(&batch, NOT_ASKED, &mut asked);
    }
    asked
}

/// Batches within the limits. More slots than batches would leave slots idle, so batches are no larger than one wave needs.
fn batches(questions: &[Question], most: usize, bytes: usize, jobs: usize) -> VecDeque<Batch> {
    let most = questions.len().div_ceil(jobs).clamp(1, most);
    let mut batches = VecDeque::new();
    let mut open: Vec<usize> = Vec::new();
    let mut size = 0;
    for (index, question) in questions.iter().enumerate() {
        if !open.is_empty() && (open.len() >= most || size + question.text.len() > bytes) {
            batches.push_back(Batch { questions: std::mem::take(&mut open), again: false, apart: false });
            size = 0;
        }
        size += question.text.len();
        open.push(index);
    }
    if !open.is_empty() {
        batches.push_back(Batch { questions: open, again: false, apart: false });
    }
    batches
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
    waiting: &mut VecDeque<Batch>,
    asked: &mut Asked,
    accept: &mut impl FnMut(usize, &str) -> Result<(), String>,
) -> usize {
    let mut finished = 0;
    for (&question, text) in batch.questions.iter().zip(&texts) {
        match accept(question, text) {
            Ok(()) => (finished, asked.accepted, asked.silences) = (finished + 1, asked.accepted + 1, 0),
            Err(_) if !batch.again => waiting.push_back(Batch { questions: vec![question], again: true, apart: false }),
            Err(reason) => {
                asked.left.insert(question, reason);
                finished += 1;
            }
        }
    }
    finished
}

/// Puts the halves of a batch back into the queue, or gives a single question up after its second try.
fn split(mut batch: Batch, error: &BackendError, waiting: &mut VecDeque<Batch>, asked: &mut Asked) -> usize {
    let silent = error.class == Class::Timeout;
    if batch.questions.len() > 1 {
        let half = batch.questions.split_off(batch.questions.len() / 2);
        for questions in [batch.questions, half] {
            waiting.push_back(Batch { questions, again: false, apart: silent });
        }
        return 0;
    }
    if !batch.again && matches!(error.class, Class::BadOutput | Class::Timeout) {
        waiting.push_back(Batch { again: true, apart: silent, ..batch });
        return 0;
    }
    leave(&batch, &error.message, asked);
    1
}

fn leave(batch: &Batch, reason: &str, asked: &mut Asked) {
    for &question in &batch.questions {
        asked.left.entry(question).or_insert_with(|| reason.to_owned());
    }
}
