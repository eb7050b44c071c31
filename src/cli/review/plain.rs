//! A review without a screen: one key a line from stdin, for scripts, pipes and screen readers.

use std::io::{BufRead, Write};

use translate_digest::reports::escape::visible;
use translate_digest::review::paint::paint;
use translate_digest::review::screen::{self, Beside};
use translate_digest::review::session::{Effect, Key, Mode, Session};

use super::list::WIDTH;
use super::{Review, retranslate};
use crate::cli::error::{CliError, Status};

/// Reads keys until everything is decided, `q`, or the end of the input.
pub(super) fn run(review: &mut Review<'_>, input: &mut dyn BufRead, out: &mut dyn Write) -> Result<Status, CliError> {
    let mut session = review.session()?;
    let mut shown: Option<(Option<usize>, Mode)> = None;
    loop {
        if session.is_empty() {
            return Ok(review.ended());
        }
        for told in [std::mem::take(&mut session.notice), std::mem::take(&mut session.message)] {
            if !told.is_empty() {
                crate::cli::write_raw(out, &format!("{}\n", visible(&told)))?;
            }
        }
        let now = (session.current(), session.mode.clone());
        if shown.as_ref() != Some(&now) {
            show(review, &session, out)?;
        }
        session.drawn(0, 1);
        shown = Some(now);
        let mut line = String::new();
        let read = input.read_line(&mut line).map_err(|error| CliError::failed(format!("stdin cannot be read: {error}")))?;
        if read == 0 {
            return Ok(review.ended());
        }
        for key in keys(line.trim_end_matches(['\n', '\r']), &mut session) {
            let effect = session.press(key, &review.desk.edition.cases);
            if carry_out(review, &mut session, effect)? {
                return Ok(review.ended());
            }
            shown = None;
        }
    }
}

/// The keys of a line: a search with its words, else every character.
fn keys(line: &str, session: &mut Session) -> Vec<Key> {
    if let Some(words) = line.strip_prefix('/') {
        return std::iter::once('/').chain(words.chars()).map(Key::Char).chain([Key::Enter]).collect();
    }
    if line.is_empty() {
        return vec![Key::Enter];
    }
    if line == "\x1b" || line.eq_ignore_ascii_case("esc") {
        return vec![Key::Esc];
    }
    line.chars().flat_map(|c| session.meant(c)).map(Key::Char).collect()
}

fn show(review: &Review<'_>, session: &Session, out: &mut dyn Write) -> Result<(), CliError> {
    let flags = review.flags()?;
    let index = session.current().filter(|_| session.mode == Mode::Row);
    let beside = Beside {
        flags: &flags,
        comment: index.and_then(|index| review.desk.comment_of(index)),
        backend: &review.settings.backend,
        ..Beside::default()
    };
    // As tall as it has to be: nothing scrolls.
    let screen = screen::screen(session, &review.desk.edition, &beside, WIDTH, 0);
    let height = screen.most + 40;
    let screen = screen::screen(session, &review.desk.edition, &beside, WIDTH, height);
    let mut text = String::new();
    for line in screen.lines.iter().map(|line| paint(line, false)).filter(|line| !line.trim().is_empty()) {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    crate::cli::write_raw(out, &visible(&text))
}

/// Does what a key asks for; tells whether the review ends.
fn carry_out(review: &mut Review<'_>, session: &mut Session, effect: Effect) -> Result<bool, CliError> {
    match effect {
        Effect::Quit | Effect::Interrupt => return Ok(true),
        Effect::Decide(rows, decision) => {
            let next = review.decide(session, &rows, decision)?;
            return Ok(next == Effect::Quit);
        }
        Effect::Undo => review.undo(session)?,
        Effect::Unlink(index) => review.unlink(session, index, |_, _| Ok(None))?,
        Effect::Concordance(index) => {
            for term in review.terms_of(index) {
                let lines = review.concordance(&term);
                session.message.push_str(&format!("{term}\n{}\n", lines.join("\n")));
            }
        }
        Effect::Retranslate(index, _) => match retranslate::ask(review, index, None) {
            Ok(pending) => {
                review.talk.say(&pending.told);
                let answer = pending.wait();
                review.retranslated(session, answer)?;
            }
            Err(error) => session.message = error.to_line(),
        },
        Effect::Edit(_) | Effect::Note(_) => {
            "an editor needs a terminal: run without --plain, or edit the Korean file".clone_into(&mut session.message);
        }
        Effect::Stay | Effect::Suspend => {}
    }
    Ok(false)
}
