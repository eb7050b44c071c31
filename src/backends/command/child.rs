//! A child process that never outlives us, nor what it started.

use std::io::{Error, ErrorKind};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop};
use tokio::process::{ChildStdin, ChildStdout};

use super::place::Place;
use crate::backends::{BackendError, Class};
use crate::text::shell;

/// What to run, and where.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub argv: Vec<String>,
    pub place: Place,
}

impl Program {
    /// The command line, for messages.
    pub fn shown(&self) -> String {
        shell::line(&self.argv)
    }

    /// Starts it with pipes for stdin and stdout; stderr passes through.
    pub fn start(&self) -> Result<(Child, ChildStdin, ChildStdout), BackendError> {
        let (name, arguments) = self.argv.split_first().ok_or_else(|| BackendError::new(Class::Config, "`command` names no program"))?;
        let cannot_start = |error| cannot_start(&self.argv, &self.place, &error);
        let mut command = self.place.command(name).map_err(cannot_start)?;
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut command = CommandWrap::from(command);
        #[cfg(unix)]
        command.wrap(process_wrap::tokio::ProcessGroup::leader());
        #[cfg(windows)]
        command.wrap(process_wrap::tokio::JobObject);
        let mut child = command.wrap(KillOnDrop).spawn().map_err(cannot_start)?;
        let pipes = (child.stdin().take(), child.stdout().take());
        let child = Child { child, alive: true };
        match pipes {
            (Some(stdin), Some(stdout)) => Ok((child, stdin, stdout)),
            _ => Err(BackendError::new(Class::Config, format!("no pipes to `{}`", self.shown()))),
        }
    }
}

/// A running program with all processes that it starts (its group, or its job object).
#[derive(Debug)]
pub(super) struct Child {
    child: Box<dyn ChildWrapper>,
    alive: bool,
}

impl Child {
    /// Waits for the end of the program, then ends what it left behind.
    pub async fn wait(&mut self) -> std::io::Result<ExitStatus> {
        let status = self.child.wait().await;
        self.end();
        status
    }

    /// The status of a program that should be ending by itself; after `patience` it is killed.
    pub async fn wait_or_kill(&mut self, patience: Duration) -> Option<ExitStatus> {
        if let Ok(status) = tokio::time::timeout(patience, self.wait()).await {
            return status.ok();
        }
        self.kill().await;
        None
    }

    /// Kills the program and all that it started, and waits until it is gone.
    pub async fn kill(&mut self) {
        if self.alive {
            let _ = self.child.start_kill();
            // Nothing survives a kill for long; if the system is stuck, so are not we.
            let _ = tokio::time::timeout(Duration::from_secs(5), self.child.wait()).await;
            self.end();
        }
    }

    fn end(&mut self) {
        if std::mem::take(&mut self.alive) {
            let _ = self.child.start_kill();
        }
    }
}

/// `KillOnDrop` ends the program alone; this ends its children as well.
impl Drop for Child {
    fn drop(&mut self) {
        self.end();
    }
}

/// The program could not even be started.
pub(in crate::backends) fn cannot_start(argv: &[String], place: &Place, error: &Error) -> BackendError {
    let program = argv.first().map(|program| shell::word(program)).unwrap_or_default();
    let folder = place.folder().display();
    let message = match error.kind() {
        ErrorKind::NotFound => format!("there is no program `{program}` (started from the folder `{folder}`)"),
        ErrorKind::PermissionDenied => format!("the program `{program}` may not be run (started from the folder `{folder}`)"),
        _ => format!("the program `{program}` does not start in the folder `{folder}`: {error}"),
    };
    BackendError::new(Class::Config, message).hint("see `command` in translate.toml; is the program installed and in PATH?")
}
