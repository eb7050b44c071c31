//! Objects of a repository, asked of one git that stays for all of them.

use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::GitError;

/// How long git may be silent. Settings of a repository can lead it to a pipe that nobody writes to.
const PATIENCE: Duration = Duration::from_secs(60);

/// Errors are kept up to here.
const MAX_ERROR_BYTES: u64 = 16 * 1024;

/// A running `git cat-file --batch`.
#[derive(Debug)]
pub(super) struct Objects {
    child: Child,
    requests: Option<ChildStdin>,
    replies: Receiver<Vec<u8>>,
    errors: Option<JoinHandle<Vec<u8>>>,
    /// What came and was not used yet.
    ahead: Vec<u8>,
    patience: Duration,
}

/// What git has under a name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reply {
    Object(Object),
    /// Not there, or more than one.
    Missing,
    /// So large that it was not read. This git is of no use any more.
    TooLarge,
}

/// An object of git.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Object {
    /// Its hash in hexadecimal.
    pub(super) id: String,
    /// `commit`, `tree`, `blob` or `tag`.
    pub(super) kind: String,
    pub(super) content: Vec<u8>,
}

impl Objects {
    pub(super) fn new(child: Child) -> Self {
        Self::with_patience(child, PATIENCE)
    }

    fn with_patience(mut child: Child, patience: Duration) -> Self {
        let requests = child.stdin.take();
        let (sender, replies) = sync_channel(4);
        if let Some(mut out) = child.stdout.take() {
            // Ends when git does, or when nobody takes its chunks any more.
            thread::spawn(move || {
                let mut chunk = vec![0; 64 * 1024];
                while let Ok(count @ 1..) = read(&mut out, &mut chunk) {
                    if sender.send(chunk[..count].to_vec()).is_err() {
                        break;
                    }
                }
            });
        }
        let errors = child.stderr.take().map(|mut stderr| {
            thread::spawn(move || {
                let mut kept = Vec::new();
                // What cannot be read is not said.
                let _ = stderr.by_ref().take(MAX_ERROR_BYTES).read_to_end(&mut kept);
                let _ = io::copy(&mut stderr, &mut io::sink());
                kept
            })
        });
        Self { child, requests, replies, errors, ahead: Vec::new(), patience }
    }

    /// The object under `name`, which is one line, if it has at most `max_bytes`.
    pub(super) fn ask(&mut self, name: &str, max_bytes: usize) -> Result<Reply, GitError> {
        let sent = self.requests.as_mut().map(|requests| writeln!(requests, "{name}").and_then(|()| requests.flush()));
        if !matches!(sent, Some(Ok(()))) {
            return Err(self.ended());
        }
        let line = loop {
            if let Some(end) = self.ahead.iter().position(|byte| *byte == b'\n') {
                break self.taken(end + 1);
            }
            self.more()?;
        };
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let Some((id, kind, size)) = header(&line) else { return Ok(Reply::Missing) };
        if size > max_bytes {
            return Ok(Reply::TooLarge);
        }
        // The object ends its line.
        while self.ahead.len() <= size {
            self.more()?;
        }
        let mut content = self.taken(size + 1);
        content.truncate(size);
        Ok(Reply::Object(Object { id: id.to_owned(), kind: kind.to_owned(), content }))
    }

    fn taken(&mut self, count: usize) -> Vec<u8> {
        let rest = self.ahead.split_off(count);
        std::mem::replace(&mut self.ahead, rest)
    }

    /// Waits for more of what git writes.
    fn more(&mut self) -> Result<(), GitError> {
        match self.replies.recv_timeout(self.patience) {
            Ok(chunk) => {
                self.ahead.extend_from_slice(&chunk);
                Ok(())
            }
            Err(RecvTimeoutError::Disconnected) => Err(self.ended()),
            Err(RecvTimeoutError::Timeout) => {
                let _ = self.child.kill();
                Err(GitError::Silent(self.patience.as_secs()))
            }
        }
    }

    /// Why git ended, in its own words.
    fn ended(&mut self) -> GitError {
        self.requests = None;
        let status = self.wait();
        let told = self.errors.take().and_then(|errors| errors.join().ok()).unwrap_or_default();
        let told = String::from_utf8_lossy(&told);
        // Warnings come before what ended it.
        let line = told.lines().find(|line| line.starts_with("fatal: ")).or_else(|| told.lines().last()).unwrap_or_default();
        let line = line.trim_start_matches("fatal: ").trim_start_matches("error: ").trim();
        match status {
            _ if !line.is_empty() => GitError::Failed(line.to_owned()),
            Ok(status) => GitError::Failed(format!("it ended with {status}")),
            Err(error) => GitError::Failed(error.to_string()),
        }
    }
}

impl Objects {
    /// Waits for git to end, which it does once it is asked nothing more.
    fn wait(&mut self) -> io::Result<ExitStatus> {
        for _ in 0..200 {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            thread::sleep(Duration::from_millis(10));
        }
        self.child.kill()?;
        self.child.wait()
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        self.requests = None;
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// All that git writes and nothing it is told, if it ends well.
pub(super) fn output(child: Child) -> Result<Vec<u8>, GitError> {
    let mut git = Objects::new(child);
    git.requests = None;
    loop {
        match git.more() {
            Ok(()) if git.ahead.len() > MAX_OUTPUT_BYTES => return Err(GitError::Failed("its answer is too long".to_owned())),
            Ok(()) => {}
            Err(error @ GitError::Silent(_)) => return Err(error),
            Err(error) => {
                break if git.wait().is_ok_and(|status| status.success()) { Ok(std::mem::take(&mut git.ahead)) } else { Err(error) };
            }
        }
    }
}

/// The longest answer that is not an object.
const MAX_OUTPUT_BYTES: usize = 1024 * 1024;

/// `ID KIND SIZE`, or `NAME missing` and the like, where NAME may be anything.
fn header(line: &str) -> Option<(&str, &str, usize)> {
    let mut words = line.split(' ');
    let (id, kind, size) = (words.next()?, words.next()?, words.next()?.parse().ok()?);
    let is_id = matches!(id.len(), 40 | 64) && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_id && words.next().is_none() && matches!(kind, "commit" | "tree" | "blob" | "tag")).then_some((id, kind, size))
}

fn read(from: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match from.read(into) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn script(script: &str) -> Objects {
        use std::process::{Command, Stdio};
        let mut command = Command::new("sh");
        command.args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Objects::with_patience(command.spawn().expect("sh"), Duration::from_millis(200))
    }

    #[cfg(unix)]
    #[test]
    fn a_git_that_is_silent_is_ended() {
        let mut git = script("exec sleep 1000");
        assert!(matches!(git.ask("HEAD", 10), Err(GitError::Silent(_))));
        assert!(git.wait().is_ok_and(|status| !status.success()));
    }

    #[cfg(unix)]
    #[test]
    fn a_git_that_ends_is_heard() {
        let words = |text: &str| match script(text).ask("HEAD", 10) {
            Err(GitError::Failed(words)) => words,
            other => panic!("{other:?}"),
        };
        assert_eq!(words("echo 'warning: a' >&2; echo 'fatal: b' >&2; echo 'c' >&2; exit 128"), "b");
        assert_eq!(words("echo 'error: a' >&2; exit 1"), "a");
        assert!(words("exit 3").contains('3'));
        // More than a pipe holds.
        assert!(
            words("i=0; while [ $i -lt 3000 ]; do echo 'warning: a long line of words that nobody reads' >&2; i=$((i+1)); done; exit 1")
                .starts_with("warning")
        );
        // Half an answer.
        let id = "9".repeat(40);
        assert!(words(&format!("read -r name; printf '{id} blob 9\\nhalf'; echo 'fatal: broken' >&2")).contains("broken"));
    }

    #[cfg(unix)]
    #[test]
    fn a_large_object_is_not_read() {
        let id = "9".repeat(40);
        let mut git = script(&format!("read -r name; printf '{id} blob 99999999999\\n'; exec cat /dev/zero"));
        assert!(matches!(git.ask("HEAD", 1000), Ok(Reply::TooLarge)));
        let mut git = script(&format!("read -r name; printf '{id} blob 1\\na\\n'; cat"));
        assert!(matches!(git.ask("HEAD", 1), Ok(Reply::Object(object)) if object.content == b"a"));
    }

    #[test]
    fn what_is_no_object_has_no_header() {
        let id = "963eaebd77a418a81e4b9e7ba11f9d1087fa74f5";
        assert_eq!(header(&format!("{id} blob 12")), Some((id, "blob", 12)));
        for line in [
            "x missing",
            "x commit 12 missing",
            "HEAD ambiguous",
            "",
            "x blob 1",
            &format!("{id} missing"),
            &format!("{id} blob 1 missing"),
        ] {
            assert_eq!(header(line), None, "{line}");
        }
    }
}
