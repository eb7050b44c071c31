//! Errors as people read them: what, why, what to do; and the exit status.

use std::io;

use translate_digest::backends::{BackendError, Class};
use translate_digest::draft::atomic::WriteError;
use translate_digest::draft::files::FileError;
use translate_digest::draft::lock::LockError;
use translate_digest::draft::record::RecordError;
use translate_digest::glossary::LoadError;
use translate_digest::pipeline::PipelineError;

use super::Talk;

/// How a command ended. The order is that of gravity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// All done.
    Done = 0,
    /// Work was left undone, said which.
    Left = 1,
    /// Nothing could be done.
    Failed = 2,
    /// Ended by a signal.
    Interrupted = 130,
}

/// An error on its way to stderr.
#[derive(Debug)]
pub(crate) struct CliError {
    message: String,
    hint: Option<String>,
}

impl CliError {
    /// The command line is wrong.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::failed(message)
    }

    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    /// The same error with what to do about it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same error as the library passes it through.
    pub(crate) fn into_backend_error(self) -> BackendError {
        BackendError { class: Class::Config, message: self.message, hint: self.hint }
    }

    /// What is wrong and what to do, on one line.
    pub(crate) fn to_line(&self) -> String {
        match &self.hint {
            Some(hint) => format!("{}; {hint}", self.message),
            None => self.message.clone(),
        }
    }

    pub(crate) fn print(&self, talk: &Talk) {
        talk.error(&self.message, self.hint.as_deref());
    }
}

impl From<FileError> for CliError {
    fn from(error: FileError) -> Self {
        let hint = match &error {
            FileError::Missing(_) => Some("check the path".to_owned()),
            FileError::Folder(_) => Some("name a file in it".to_owned()),
            FileError::Failed(path, error) if error.kind() == io::ErrorKind::PermissionDenied => {
                Some(format!("allow reading with: chmod u+r {}", path.display()))
            }
            FileError::Failed(..) => None,
            FileError::NotUtf8(path, ..) => Some(format!("convert it, as in: iconv -f EUC-KR -t UTF-8 {}", path.display())),
            FileError::Deep(..) => Some("take out some of the marks (`>`, `-`, `1.`) before its text".to_owned()),
            FileError::Conflict(..) => Some("resolve the merge, then run again".to_owned()),
        };
        Self { message: error.to_string(), hint }
    }
}

impl From<RecordError> for CliError {
    fn from(error: RecordError) -> Self {
        let hint = match error {
            RecordError::File(error) => return error.into(),
            RecordError::Broken { .. } => "mend the line, or take the version of git's last commit",
            RecordError::Newer(..) => "install a newer version of this program",
        };
        Self { message: error.to_string(), hint: Some(hint.to_owned()) }
    }
}

impl From<WriteError> for CliError {
    fn from(error: WriteError) -> Self {
        let hint = match &error {
            WriteError::ReadOnly(path) => format!("allow writing with: chmod u+w {}", path.display()),
            WriteError::NotAFile(_) => "name another file".to_owned(),
            WriteError::Folder(..) => "check the folder's permissions and the space on its disk".to_owned(),
            WriteError::Failed(..) => "check the space on the disk; the file is as it was".to_owned(),
        };
        Self { message: error.to_string(), hint: Some(hint) }
    }
}

impl From<LockError> for CliError {
    fn from(error: LockError) -> Self {
        let hint = match error {
            LockError::Held(..) => "wait for it to end, or end it; what it was answered is kept",
            LockError::Failed(..) => "check the folder's permissions",
        };
        Self { message: error.to_string(), hint: Some(hint.to_owned()) }
    }
}

impl From<LoadError> for CliError {
    fn from(error: LoadError) -> Self {
        Self::failed(error.to_string()).hint("mend glossary.toml")
    }
}

impl From<BackendError> for CliError {
    fn from(error: BackendError) -> Self {
        Self { message: error.message, hint: error.hint }
    }
}

impl From<PipelineError> for CliError {
    fn from(error: PipelineError) -> Self {
        match error {
            PipelineError::File(error) => error.into(),
            PipelineError::Record(error) => error.into(),
            PipelineError::Write(error) => error.into(),
            PipelineError::Lock(error) => error.into(),
            PipelineError::Backend(error) => error.into(),
            PipelineError::NotOurs(_) => Self::failed(error.to_string()).hint("name another file with -o, or move this one away"),
            PipelineError::NoSuchItem(..) => Self::failed(error.to_string()).hint("`translate split` shows the items"),
        }
    }
}
