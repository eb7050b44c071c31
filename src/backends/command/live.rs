//! One live plugin process: questions go in and answers come out side by side, and each answer finds its question by id.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{ChildStdin, ChildStdout};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::child::{Child, Program};
use super::protocol::{self, Answer, Caps, Refusal};
use crate::backends::{BackendError, Class, Request, Text};

/// A plugin that has said hello.
pub(super) struct Live {
    pub caps: Caps,
    shown: String,
    board: Arc<Mutex<Board>>,
    orders: mpsc::UnboundedSender<Order>,
    task: JoinHandle<()>,
}

/// What the asking side and the process's task both know.
#[derive(Default)]
struct Board {
    asked: u64,
    waiting: HashMap<u64, Waiting>,
    answered: bool,
    /// Why the process is gone.
    end: Option<BackendError>,
    /// The question that it is known to have failed at.
    failed_at: Option<u64>,
}

struct Waiting {
    answer: oneshot::Sender<Result<Vec<Text>, Refusal>>,
}

enum Order {
    Ask(Vec<u8>),
    /// No more questions: the plugin's stdin ends, and so should the plugin.
    Close,
    Kill(BackendError),
}

impl Live {
    /// Starts the program and waits for its hello.
    pub async fn start(program: &Program, hello_limit: Duration) -> Result<Self, BackendError> {
        let shown = program.shown();
        let (mut child, stdin, stdout) = program.start()?;
        let mut lines = Lines::new(stdout);
        let caps = match tokio::time::timeout(hello_limit, lines.next()).await {
            Ok(Ok(Some(line))) => protocol::hello(line),
            Ok(Ok(None)) => {
                let status = ended(&mut child).await;
                Err(BackendError::new(Class::Config, format!("ended without a hello ({status})")).hint(protocol::NOT_A_PLUGIN))
            }
            Ok(Err(error)) => Err(BackendError { class: Class::Config, ..error }.hint(protocol::NOT_A_PLUGIN)),
            Err(_) => {
                let message = format!("did not say hello within {} s", hello_limit.as_secs_f32());
                Err(BackendError::new(Class::Timeout, message).hint(protocol::NOT_A_PLUGIN))
            }
        };
        let caps = match caps {
            Ok(caps) => caps,
            Err(error) => {
                child.kill().await;
                return Err(named(&shown, error));
            }
        };
        let board = Arc::new(Mutex::new(Board::default()));
        let (orders, inbox) = mpsc::unbounded_channel();
        let task = tokio::spawn(attend(Attended { child, lines, stdin, inbox, board: Arc::clone(&board), shown: shown.clone() }));
        Ok(Self { caps, shown, board, orders, task })
    }

    /// Asks for `segments`. After `limit` the process is taken for hanging and is killed.
    pub async fn ask(&self, request: &Request, segments: &[Text], limit: Duration) -> Result<Vec<Text>, Refusal> {
        let (answer, mut answered) = oneshot::channel();
        let (id, line) = {
            let mut board = lock(&self.board);
            if let Some(end) = &board.end {
                // It ended over something else.
                return Err(Refusal { error: lost(end), wait: None });
            }
            board.asked += 1;
            let id = board.asked;
            board.waiting.insert(id, Waiting { answer });
            (id, protocol::question(id, request, segments, self.caps))
        };
        let _ = self.orders.send(Order::Ask(line));
        if let Ok(answer) = tokio::time::timeout(limit, &mut answered).await {
            return answer.unwrap_or_else(|_| Err(self.gone()));
        }
        let message = format!("`{}` did not answer within {} s and was stopped", self.shown, limit.as_secs_f32());
        lock(&self.board).failed_at.get_or_insert(id);
        let _ = self.orders.send(Order::Kill(BackendError::new(Class::Timeout, message)));
        answered.await.unwrap_or_else(|_| Err(self.gone()))
    }

    /// Whether the process is gone.
    pub fn is_over(&self) -> bool {
        lock(&self.board).end.is_some()
    }

    /// Whether it ever answered.
    pub fn has_answered(&self) -> bool {
        lock(&self.board).answered
    }

    /// Lets the plugin end by itself, for a moment; then ends it.
    pub async fn close(&self) {
        let _ = self.orders.send(Order::Close);
        // Returns when the task has dropped its side, which it does last.
        self.orders.closed().await;
    }

    fn gone(&self) -> Refusal {
        let end = lock(&self.board).end.clone();
        let error = end.unwrap_or_else(|| BackendError::new(Class::Lost, format!("`{}` was stopped", self.shown)));
        Refusal { error, wait: None }
    }
}

/// The task owns the process, so ending the task ends the process.
impl Drop for Live {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Attended {
    child: Child,
    lines: Lines,
    stdin: ChildStdin,
    inbox: mpsc::UnboundedReceiver<Order>,
    board: Arc<Mutex<Board>>,
    shown: String,
}

/// Keeps both pipes moving until the process ends or has to be ended. Whoever waits hears of it after it is gone.
async fn attend(mut all: Attended) {
    let end = tokio::select! {
        end = read(&mut all.lines, &all.board, &all.shown) => end,
        end = write(all.stdin, &mut all.inbox) => end,
    };
    let error = match end {
        End::Output => {
            let status = ended(&mut all.child).await;
            BackendError::new(Class::Failed, format!("`{}` ended in the middle of the work ({status})", all.shown))
        }
        End::Because(error) => named(&all.shown, error),
        End::Killed(error) => error,
    };
    all.child.kill().await;
    let mut board = lock(&all.board);
    let alone = board.waiting.len() == 1;
    let failed_at = board.failed_at;
    for (id, waiting) in board.waiting.drain() {
        let error = if alone || failed_at == Some(id) { error.clone() } else { lost(&error) };
        let _ = waiting.answer.send(Err(Refusal { error, wait: None }));
    }
    board.end = Some(error);
}

/// The error for a request that may not be the one that the program failed at.
fn lost(end: &BackendError) -> BackendError {
    BackendError { class: Class::Lost, ..end.clone() }
}

enum End {
    /// Its stdout ended.
    Output,
    /// It broke the protocol.
    Because(BackendError),
    /// We ended it.
    Killed(BackendError),
}

async fn read(lines: &mut Lines, board: &Mutex<Board>, shown: &str) -> End {
    loop {
        let line = match lines.next().await {
            Ok(Some(line)) => line,
            Ok(None) => return End::Output,
            Err(error) => return End::Because(error),
        };
        let bad = |what: &str| End::Because(BackendError::new(Class::Failed, format!("wrote {what}: {}", protocol::quoted(line))));
        let Some(Answer { id, result }) = protocol::answer(line) else {
            return bad("something to its stdout that is not an answer");
        };
        let mut board = lock(board);
        if id == 0 || id > board.asked {
            return bad("an answer to a question that was not asked");
        }
        // Nobody waits for a second answer, nor for one to a request that was given up meanwhile.
        if let Some(waiting) = board.waiting.remove(&id) {
            board.answered |= result.is_ok();
            let _ = waiting.answer.send(result.map_err(|refusal| Refusal { error: named(shown, refusal.error), ..refusal }));
        }
    }
}

async fn write(stdin: ChildStdin, inbox: &mut mpsc::UnboundedReceiver<Order>) -> End {
    let mut stdin = Some(stdin);
    // Questions are written while further orders are read: a plugin that reads nothing can still be stopped.
    let (lines, mut unwritten) = mpsc::unbounded_channel::<Vec<u8>>();
    let mut lines = Some(lines);
    let writer = async {
        while let Some(line) = unwritten.recv().await {
            let Some(open) = &mut stdin else { break };
            if open.write_all(&line).await.is_err() {
                // It ended, which its stdout will tell with more words, or it closed its stdin and will never answer.
                tokio::time::sleep(Duration::from_secs(1)).await;
                return End::Because(BackendError::new(Class::Failed, "does not read its stdin any more"));
            }
        }
        stdin = None;
        tokio::time::sleep(PATIENCE).await;
        End::Killed(closed())
    };
    let orders = async {
        loop {
            match inbox.recv().await {
                Some(Order::Ask(line)) => {
                    let _ = lines.as_ref().map(|lines| lines.send(line));
                }
                Some(Order::Kill(error)) => return End::Killed(error),
                Some(Order::Close) => lines = None,
                None => return End::Killed(closed()),
            }
        }
    };
    tokio::select! { end = writer => end, end = orders => end }
}

/// How long a program may take to end once its pipes have ended.
const PATIENCE: Duration = Duration::from_secs(2);

fn closed() -> BackendError {
    BackendError::new(Class::Failed, "the plugin was closed")
}

/// The error with the program in front.
pub(super) fn named(shown: &str, error: BackendError) -> BackendError {
    BackendError { message: format!("`{shown}` {}", error.message), ..error }
}

async fn ended(child: &mut Child) -> String {
    match child.wait_or_kill(PATIENCE).await {
        Some(status) => status.to_string(),
        None => "its stdout was closed".to_owned(),
    }
}

fn lock(board: &Mutex<Board>) -> MutexGuard<'_, Board> {
    board.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lines of bounded length.
struct Lines {
    stdout: BufReader<ChildStdout>,
    line: Vec<u8>,
}

/// The longest line that a plugin may write.
const LONGEST_LINE: usize = 16 << 20;

impl Lines {
    fn new(stdout: ChildStdout) -> Self {
        Self { stdout: BufReader::with_capacity(64 << 10, stdout), line: Vec::new() }
    }

    /// The next line without its end; none at the end of the output. Must not be dropped half-way and called again.
    async fn next(&mut self) -> Result<Option<&[u8]>, BackendError> {
        self.line.clear();
        loop {
            let chunk = self.stdout.fill_buf().await;
            let chunk = chunk.map_err(|error| BackendError::new(Class::Failed, format!("cannot be read from: {error}")))?;
            if chunk.is_empty() {
                return Ok((!self.line.is_empty()).then_some(&self.line));
            }
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let taken = end.map_or(chunk.len(), |end| end + 1);
            self.line.extend_from_slice(&chunk[..end.unwrap_or(taken)]);
            self.stdout.consume(taken);
            if self.line.len() > LONGEST_LINE {
                return Err(BackendError::new(Class::Failed, format!("wrote a line of more than {} MiB", LONGEST_LINE >> 20)));
            }
            if end.is_some() {
                return Ok(Some(&self.line));
            }
        }
    }
}
