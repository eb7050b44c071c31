//! Where the results of `translate check` go, file by file in their order.

use std::io::{self, Write};

use translate_digest::checks::Sightings;
use translate_digest::pipeline::check::{Files, Mended};
use translate_digest::reports::{Report, Totals, escape};

use super::super::Talk;
use super::super::error::CliError;

/// What came of one file.
pub(super) struct Piece {
    /// As it is printed.
    pub(super) text: String,
    pub(super) totals: Totals,
    /// Checks that broke off.
    pub(super) broken: Vec<&'static str>,
    pub(super) mended: Option<Mended>,
    /// What of the glossary it has, with `--all`.
    pub(super) sightings: Option<Sightings>,
    /// For each waiver of the settings that is for the file, its number and whether it let something pass.
    pub(super) ruled: Vec<(usize, bool)>,
}

/// Prints pieces and counts them.
pub(super) struct Sink<'a> {
    report: &'a dyn Report,
    diff: bool,
    out: &'a mut dyn Write,
    talk: &'a Talk,
    /// Of all that was taken.
    pub(super) totals: Totals,
    /// Files that could not be checked.
    pub(super) failed: usize,
    /// What is held back until the totals are known.
    kept: String,
    /// Whether a file had something to say.
    any: bool,
}

impl<'a> Sink<'a> {
    /// `diff` leaves out all but the pieces themselves; `off` checks are turned off by the settings.
    pub(super) fn new(report: &'a dyn Report, diff: bool, off: usize, out: &'a mut dyn Write, talk: &'a Talk) -> Self {
        Self { report, diff, out, talk, totals: Totals { off, ..Totals::default() }, failed: 0, kept: String::new(), any: false }
    }

    /// Takes the result of a file.
    pub(super) fn take(&mut self, files: &Files, piece: Result<Piece, CliError>) -> io::Result<()> {
        let piece = match piece {
            Ok(piece) => piece,
            Err(error) => {
                self.failed += 1;
                error.print(self.talk);
                return Ok(());
            }
        };
        let path = files.korean.display();
        for note in piece.mended.iter().flat_map(|mended| &mended.notes) {
            self.talk.say(&format!("{path}:{}: {}", note.line, note.text));
        }
        for check in &piece.broken {
            self.talk.warn(&format!("{path}: the check {check} broke off; this is a fault of the program"), None);
        }
        self.totals.add(piece.totals);
        if self.diff {
            return self.out.write_all(shown(&piece.text).as_bytes());
        }
        if piece.text.is_empty() {
            return Ok(());
        }
        let between = if self.any { self.report.between() } else { "" };
        let is_first = !std::mem::replace(&mut self.any, true);
        if self.report.waits() {
            self.kept.push_str(between);
            self.kept.push_str(&piece.text);
            return Ok(());
        }
        let before = if is_first { self.report.before(&self.totals) } else { String::new() };
        write!(self.out, "{before}{between}{}", piece.text)
    }

    /// Prints what stands around the pieces.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        // Where nothing was checked there is nothing to report: the errors say why.
        if self.diff || (self.totals.files == 0 && self.failed > 0) {
            return Ok(());
        }
        let is_begun = self.any && !self.report.waits();
        let before = if is_begun { String::new() } else { self.report.before(&self.totals) };
        write!(self.out, "{before}{}{}", self.kept, self.report.after(&self.totals))
    }
}

/// A diff with its control characters made visible, but for the line ends of Windows, without which it would not apply.
fn shown(diff: &str) -> String {
    diff.split_inclusive("\r\n")
        .map(|piece| match piece.strip_suffix("\r\n") {
            Some(line) => format!("{}\r\n", escape::visible(line)),
            None => escape::visible(piece).into_owned(),
        })
        .collect()
}
