//! Everything that goes to stderr: errors, warnings, hints, what a run tells.

use std::io::{IsTerminal, Write};

use console::Style;

use translate_digest::reports::escape::{visible, without_commands};

/// How much is said, and in which colours.
#[derive(Clone, Debug)]
pub(crate) struct Talk {
    quiet: bool,
    colour: bool,
    terminal: bool,
}

impl Talk {
    /// `quiet` leaves errors, warnings and summaries only.
    pub(crate) fn new(quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let colour = wants_colour(terminal);
        Self { quiet, colour, terminal: terminal && !is_set("CI") }
    }

    /// Whether a progress bar makes sense.
    pub(crate) fn shows_progress(&self) -> bool {
        self.terminal && !self.quiet
    }

    pub(crate) fn error(&self, message: &str, hint: Option<&str>) {
        self.line("error", Style::new().red().bold(), message);
        self.with_hint(hint);
    }

    pub(crate) fn warn(&self, message: &str, hint: Option<&str>) {
        self.line("warning", Style::new().yellow().bold(), message);
        self.with_hint(hint);
    }

    pub(crate) fn hint(&self, message: &str) {
        if !self.quiet {
            self.line("hint", Style::new().cyan().bold(), message);
        }
    }

    /// Something that may be left out.
    pub(crate) fn say(&self, message: &str) {
        if !self.quiet {
            self.tell(message);
        }
    }

    /// The end of a run: said also when quiet was asked for.
    pub(crate) fn tell(&self, message: &str) {
        // A closed stderr is no reason to fail.
        let _ = writeln!(std::io::stderr(), "{}", without_commands(visible(message)));
    }

    fn with_hint(&self, hint: Option<&str>) {
        if let Some(hint) = hint {
            self.line("hint", Style::new().cyan().bold(), hint);
        }
    }

    fn line(&self, word: &str, style: Style, message: &str) {
        let word = style.force_styling(self.colour).apply_to(word);
        let _ = writeln!(std::io::stderr(), "{word}: {}", without_commands(visible(message)));
    }
}

/// Whether to write in colour, to a terminal or elsewhere.
pub(crate) fn wants_colour(terminal: bool) -> bool {
    // By its convention NO_COLOR counts whatever its value, as long as there is one.
    let plain =
        std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    is_set("CLICOLOR_FORCE") || (terminal && !plain)
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0")
}
