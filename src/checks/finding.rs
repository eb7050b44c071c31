//! What a check reports, as data: where, how grave, what is wrong, what to do.

use crate::span::Span;

/// How grave a finding is. The order is that of gravity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It may be bettered.
    Hint,
    /// It should be looked at.
    Warning,
    /// It must be mended.
    Error,
}

impl Severity {
    /// All of them, the gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Hint];

    /// The word used in files and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }

    /// The severity with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }
}

/// Bytes of the Korean file, and what is to stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes; none where something is put in.
    pub span: Span,
    /// What is to stand there.
    pub text: String,
}

/// The place of the English side that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct English {
    /// Bytes of the English file.
    pub span: Span,
    /// The sentence around it, without markup.
    pub sentence: String,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the check.
    pub check: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// The smallest text at fault, in bytes of the Korean file.
    pub span: Span,
    /// Index of its item in the Korean digest; none outside items.
    pub item: Option<usize>,
    /// The English place it is about.
    pub english: Option<English>,
    /// The English entry of the term it is about.
    pub term: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// What mends it for certain, applied as a whole or not at all; empty where a person has to decide.
    pub fix: Vec<Edit>,
    /// Whether the fix is meant to change markup: all others are left out where they would.
    pub reshapes: bool,
    /// Why it is let pass, where a waiver says so.
    pub waived: Option<String>,
    /// Names the finding from run to run, wherever its line has moved: see [`super::run`].
    pub fingerprint: String,
}

impl Finding {
    /// A finding as its check knows it; item, severity by settings and fingerprint are filled in for all checks alike.
    pub fn new(check: &'static str, severity: Severity, span: Span, message: String) -> Self {
        let (item, english, term, help, fix) = (None, None, None, None, Vec::new());
        Self { check, severity, span, item, english, term, message, help, fix, reshapes: false, waived: None, fingerprint: String::new() }
    }
}
