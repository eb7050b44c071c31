//! `mode = "filter"`: text in, text out, end.

use std::io::ErrorKind;

use async_trait::async_trait;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{ChildStdin, ChildStdout};

use super::child::Program;
use crate::backends::quote::{clean, one_line};
use crate::backends::settings::CommandSettings;
use crate::backends::{Backend, BackendError, Capabilities, Class, Request, Text};

/// A program that translates its stdin to its stdout.
pub(super) struct Filter {
    name: String,
    settings: CommandSettings,
    program: Program,
}

impl Filter {
    pub fn new(name: &str, settings: &CommandSettings, program: Program) -> Self {
        Self { name: name.to_owned(), settings: settings.clone(), program }
    }

    /// One run. The final line break is ours: filters want one, and most give one.
    async fn run(&self, segments: &[Text]) -> Result<Vec<Text>, BackendError> {
        let mut input = String::new();
        for segment in segments {
            input.push_str(&one_line(&segment.text));
            input.push('\n');
        }
        let output = self.pipe(input).await?;
        let output = output.strip_suffix('\n').map_or(output.as_str(), |output| output.strip_suffix('\r').unwrap_or(output));
        let lines: Vec<&str> = output.split('\n').collect();
        if lines.len() != segments.len() {
            let message = format!("gave {} lines for {}: {}", lines.len(), segments.len(), clean(output, 80));
            return Err(self.bad(&message).hint("a filter writes one line for each line that it reads"));
        }
        let text = |line: &str| line.strip_suffix('\r').unwrap_or(line).to_owned();
        Ok(segments.iter().zip(lines).map(|(segment, line)| Text { id: segment.id.clone(), text: text(line) }).collect())
    }

    async fn pipe(&self, input: String) -> Result<String, BackendError> {
        let (mut child, stdin, stdout) = self.program.start()?;
        let run = async {
            // Side by side: a filter that writes while it reads would stop for ever once both pipes are full.
            let ((), output) = tokio::try_join!(write(stdin, input.as_bytes()), read(stdout))?;
            Ok::<_, std::io::Error>((output, child.wait().await?))
        };
        let limit = self.settings.timeout_seconds.0;
        let result = tokio::time::timeout(limit, run).await;
        child.kill().await;
        let (output, status) = match result {
            Ok(Ok(done)) => done,
            Ok(Err(error)) if error.kind() == ErrorKind::FileTooLarge => {
                return Err(self.failed(&format!("gave more than {} MiB and was stopped", LARGEST_OUTPUT >> 20)));
            }
            Ok(Err(error)) => return Err(self.failed(&format!("cannot be talked to: {error}"))),
            Err(_) => {
                let message = format!("`{}` did not end within {} s and was stopped", self.program.shown(), limit.as_secs_f32());
                return Err(BackendError::new(Class::Timeout, message)
                    .hint(format!("raise `timeout_seconds` of [backends.{}]; a filter ends when its input ends", self.name)));
            }
        };
        if !status.success() {
            return Err(self.failed(&format!("failed ({status})")));
        }
        String::from_utf8(output).map_err(|_| self.bad("gave text that is not UTF-8"))
    }

    /// It gave an answer, but not the one asked for.
    fn bad(&self, what: &str) -> BackendError {
        BackendError::new(Class::BadOutput, format!("`{}` {what}", self.program.shown()))
    }

    /// It gave no answer.
    fn failed(&self, what: &str) -> BackendError {
        BackendError::new(Class::Failed, format!("`{}` {what}", self.program.shown()))
    }
}

#[async_trait]
impl Backend for Filter {
    fn engine(&self) -> String {
        self.name.clone()
    }

    fn destination(&self) -> String {
        format!("program `{}`", self.program.shown())
    }

    fn capabilities(&self) -> Capabilities {
        let batch = self.settings.batch.map_or(1000, usize::from);
        let (segments, jobs) = if self.settings.lines { (batch, 2) } else { (1, 4) };
        Capabilities { segments, bytes: 1 << 20, jobs, marks: false, glossary: false }
    }

    async fn translate(&self, request: &Request) -> Result<Vec<Text>, BackendError> {
        if self.settings.lines && !request.segments.is_empty() {
            return self.run(&request.segments).await;
        }
        let mut answers = Vec::new();
        for segment in &request.segments {
            answers.extend(self.run(std::slice::from_ref(segment)).await?);
        }
        Ok(answers)
    }
}

/// The most that one run may write.
const LARGEST_OUTPUT: usize = 64 << 20;

async fn write(mut stdin: ChildStdin, input: &[u8]) -> std::io::Result<()> {
    match stdin.write_all(input).await {
        // A program may end without reading all; its status and its output say whether that was right.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

async fn read(mut stdout: ChildStdout) -> std::io::Result<Vec<u8>> {
    let mut output = Vec::new();
    while stdout.read_buf(&mut output).await? > 0 {
        if output.len() > LARGEST_OUTPUT {
            return Err(ErrorKind::FileTooLarge.into());
        }
    }
    Ok(output)
}
