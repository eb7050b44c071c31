//! A review on a terminal: draw, wait, do what the key asks for.

use std::io::{self, BufReader};

use translate_digest::reports::escape::visible;
use translate_digest::review::paint::paint;
use translate_digest::review::screen::{self, Beside};
use translate_digest::review::session::{Effect, Flag, Key, Mode, Session};

use super::editor::{Draft, Edited};
use super::retranslate::{self, Pending};
use super::terminal::{Event, Terminal};
use super::{Review, ask};
use crate::cli::ask::Lines;
use crate::cli::error::{CliError, Status};
use crate::cli::glossary::suggest;
use crate::cli::talk::wants_colour;

/// How a review on a terminal ended.
enum End {
    Quit,
    Interrupted,
}

/// Goes on until everything is decided or the person leaves.
pub(super) fn run(review: &mut Review<'_>) -> Result<Status, CliError> {
    let session = review.session()?;
    if session.is_empty() && review.desk.edition.doubts.is_empty() {
        return Ok(review.ended());
    }
    let mut terminal = Terminal::open().map_err(broken)?;
    let end = Live { review, session, flags: Vec::new(), pending: None }.run(&mut terminal);
    terminal.give_back();
    drop(terminal);
    let end = end?;
    let (decided, status) = (review.told.clone(), review.ended());
    if !decided.is_empty() {
        review.talk.say(&decided);
    }
    match end {
        End::Interrupted => return Ok(Status::Interrupted),
        End::Quit if status == Status::Done => learn(review)?,
        End::Quit => {}
    }
    Ok(status)
}

/// Offers the terms that the edits teach, once all of them are decided.
fn learn(review: &Review<'_>) -> Result<(), CliError> {
    let (glossary, proposals) = suggest::taught_by(&review.desk.paths.english, review.talk)?;
    if proposals.is_empty() {
        return Ok(());
    }
    review.talk.say("these replacements recur; each can become a term of the glossary (y add, n not, q leave)");
    let mut ask = Lines { answers: BufReader::new(io::stdin()), questions: io::stderr() };
    suggest::offer(&proposals, &glossary, &mut ask, review.talk)
}

fn broken(error: io::Error) -> CliError {
    CliError::failed(format!("the terminal cannot be used: {error}")).hint("try --plain; every decision so far is on disk")
}

struct Live<'r, 'a> {
    review: &'r mut Review<'a>,
    session: Session,
    flags: Vec<Vec<Flag>>,
    pending: Option<Pending>,
}

impl Live<'_, '_> {
    fn run(&mut self, terminal: &mut Terminal) -> Result<End, CliError> {
        self.doubts(terminal)?;
        self.flags = self.review.flags()?;
        self.session = self.review.session()?;
        if self.session.is_empty() {
            return Ok(End::Quit);
        }
        let mut stale = true;
        loop {
            if stale {
                self.draw(terminal)?;
            }
            stale = true;
            let keys = match terminal.next().map_err(broken)? {
                Event::Key(key) => vec![key],
                Event::Typed(c) => {
                    self.session.message.clear();
                    self.session.notice.clear();
                    self.session.meant(c).into_iter().map(Key::Char).collect()
                }
                Event::Paste(text) => {
                    self.session.paste(&text);
                    continue;
                }
                Event::Ended => return Ok(End::Interrupted),
                Event::Resized => continue,
                Event::Quiet => {
                    stale = self.arrived()?;
                    continue;
                }
            };
            for key in keys {
                let effect = self.session.press(key, &self.review.desk.edition.cases);
                if let Some(end) = self.carry_out(effect, terminal)? {
                    return Ok(end);
                }
            }
        }
    }

    fn draw(&mut self, terminal: &mut Terminal) -> Result<(), CliError> {
        let (width, height) = Terminal::size();
        let colour = wants_colour(true);
        let index = self.session.current().filter(|_| self.session.mode != Mode::Calm);
        let beside = Beside {
            flags: &self.flags,
            comment: index.and_then(|index| self.review.desk.comment_of(index)),
            pending: self.pending.as_ref().map(|pending| pending.told.as_str()),
            backend: &self.review.settings.backend,
            colour,
        };
        let screen = screen::screen(&self.session, &self.review.desk.edition, &beside, width, height);
        let lines: Vec<String> = screen.lines.iter().map(|line| paint(line, colour)).collect();
        terminal.draw(&lines).map_err(broken)?;
        self.session.drawn(screen.most, screen.page);
        Ok(())
    }

    /// Does what a key asks for; tells whether the review ends.
    fn carry_out(&mut self, effect: Effect, terminal: &mut Terminal) -> Result<Option<End>, CliError> {
        match effect {
            Effect::Stay => return Ok(None),
            Effect::Quit => return Ok(Some(End::Quit)),
            Effect::Interrupt => return Ok(Some(End::Interrupted)),
            Effect::Suspend => {
                terminal.suspend().map_err(broken)?;
                self.review.desk.reload()?;
                self.session.refresh(&self.review.desk.edition.cases);
            }
            Effect::Decide(rows, decision) => {
                if self.review.decide(&mut self.session, &rows, decision)? == Effect::Quit {
                    return Ok(Some(End::Quit));
                }
            }
            Effect::Undo => self.review.undo(&mut self.session)?,
            Effect::Edit(index) => self.edit(index, terminal)?,
            Effect::Note(index) => self.note(index, terminal)?,
            Effect::Unlink(index) => {
                let pick = |prompt: &str, entries: &[String]| ask::pick(terminal, prompt, entries).map_err(broken);
                self.review.unlink(&mut self.session, index, pick)?;
            }
            Effect::Concordance(index) => self.concordance(index, terminal)?,
            Effect::Retranslate(index, with_note) => self.retranslate(index, with_note, terminal)?,
        }
        self.flags = self.review.flags()?;
        Ok(None)
    }

    /// Asks about items whose partner is not certain.
    fn doubts(&mut self, terminal: &mut Terminal) -> Result<(), CliError> {
        let doubts = self.review.desk.edition.doubts.clone();
        for doubt in doubts {
            let mut entries: Vec<String> = doubt.edited.iter().map(|(item, text)| format!("{}: {text}", item + 1)).collect();
            entries.push("none of these: the editor took it out".to_owned());
            entries.push("ask me another time".to_owned());
            let prompt = format!("Which item did item {} become? It was: {}", doubt.item + 1, doubt.machine);
            let picked = ask::pick(terminal, &prompt, &entries).map_err(broken)?;
            match picked {
                Some(at) if at < doubt.edited.len() => self.review.desk.rule(true, doubt.item, doubt.edited[at].0)?,
                Some(at) if at == doubt.edited.len() => {
                    for (edited, _) in &doubt.edited {
                        self.review.desk.rule(false, doubt.item, *edited)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn edit(&mut self, index: usize, terminal: &mut Terminal) -> Result<(), CliError> {
        let case = &self.review.desk.edition.cases[index];
        let places: Vec<usize> = (0..case.pieces.len()).filter(|&at| case.pieces[at].korean.is_some()).collect();
        if places.is_empty() {
            "the editor took it out; m puts it back, then e changes it".clone_into(&mut self.session.message);
            return Ok(());
        }
        let text = places.iter().map(|&at| case.pieces[at].text.as_str()).collect::<Vec<_>>().join("\n");
        let about = self.about(index, &["One line for each text of the item; what stands below is not read."]);
        let Some((draft, text)) = self.in_editor(&text, &about, terminal)? else { return Ok(()) };
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if lines.len() != places.len() {
            self.session.message = format!(
                "the item has {} texts, one a line, and {} came back; nothing was changed, and what you wrote is in {}",
                places.len(),
                lines.len(),
                draft.path().display()
            );
            return Ok(());
        }
        let pieces = &self.review.desk.edition.cases[index].pieces;
        let changed = places.iter().zip(lines).filter(|(at, line)| pieces[**at].text != *line);
        let words: Vec<(usize, String)> = changed.map(|(at, line)| (*at, line.to_owned())).collect();
        let hand = self.review.hand();
        match self.review.desk.rewrite(index, &words, &hand) {
            Ok(label) => {
                draft.done();
                self.session.message = format!("{label}; a accepts it, u takes it back");
            }
            Err(error) => self.session.message = format!("{error}; what you wrote is in {}", draft.path().display()),
        }
        self.session.refresh(&self.review.desk.edition.cases);
        Ok(())
    }

    fn note(&mut self, index: usize, terminal: &mut Terminal) -> Result<(), CliError> {
        let stood = self.review.desk.comment_of(index).unwrap_or_default().to_owned();
        let about = self.about(index, &["A note on this item, kept in the record; an empty one takes it away."]);
        let Some((draft, text)) = self.in_editor(&stood, &about, terminal)? else { return Ok(()) };
        match self.review.desk.comment(index, Some(text.trim()).filter(|text| !text.is_empty())) {
            Ok(label) => {
                draft.done();
                self.session.message = label;
            }
            Err(error) => self.session.message = format!("{error}; your note is in {}", draft.path().display()),
        }
        self.session.refresh(&self.review.desk.edition.cases);
        Ok(())
    }

    fn retranslate(&mut self, index: usize, with_note: bool, terminal: &mut Terminal) -> Result<(), CliError> {
        if let Some(pending) = &self.pending {
            self.session.message = format!("wait a moment: {}", pending.told);
            return Ok(());
        }
        let mut note = None;
        if with_note {
            let about = self.about(index, &["What the backend should do differently; it is sent with the item."]);
            let Some((draft, text)) = self.in_editor("", &about, terminal)? else { return Ok(()) };
            draft.done();
            note = Some(text);
        }
        match retranslate::ask(self.review, index, note) {
            Ok(pending) => self.pending = Some(pending),
            Err(error) => self.session.message = error.to_line(),
        }
        Ok(())
    }

    /// Takes what the backend answered in the meantime; tells whether there is something new to see.
    fn arrived(&mut self) -> Result<bool, CliError> {
        let Some(answer) = self.pending.as_ref().and_then(Pending::ready) else { return Ok(false) };
        self.pending = None;
        self.review.retranslated(&mut self.session, answer)?;
        self.flags = self.review.flags()?;
        Ok(true)
    }

    fn concordance(&mut self, index: usize, terminal: &mut Terminal) -> Result<(), CliError> {
        let terms = self.review.terms_of(index);
        let term = match &terms[..] {
            [] => {
                "no term of the glossary stands in the English of this item".clone_into(&mut self.session.message);
                return Ok(());
            }
            [only] => only.clone(),
            _ => match ask::pick(terminal, "Which term?", &terms).map_err(broken)? {
                Some(at) => terms[at].clone(),
                None => return Ok(()),
            },
        };
        let lines = self.review.concordance(&term);
        self.session.show(&format!("{term}, here and in the digests beside this one"), lines);
        Ok(())
    }

    /// What the editor's file says below the line.
    fn about(&self, index: usize, first: &[&str]) -> Vec<String> {
        let edition = &self.review.desk.edition;
        let row = &edition.cases[index].row;
        let mut lines: Vec<String> = first.iter().map(|line| (*line).to_owned()).collect();
        for (label, text) in [("EN", &row.english), ("MT", &row.machine), ("ED", &row.edited)] {
            lines.push(String::new());
            lines.extend(text.lines().map(|line| format!("{label}  {line}")));
        }
        let flags = self.flags.get(index).map_or(&[][..], Vec::as_slice);
        lines.push(String::new());
        lines.extend(flags.iter().map(|flag| format!("{}[{}]: {}", flag.severity.name(), flag.check, flag.message)));
        lines
    }

    /// Opens a text in the editor; none where nothing is to change.
    fn in_editor(&mut self, text: &str, about: &[String], terminal: &mut Terminal) -> Result<Option<(Draft, String)>, CliError> {
        let name = self.review.desk.paths.english.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let draft = match Draft::new(&self.review.desk.paths.root, &name, text, about) {
            Ok(draft) => draft,
            Err(error) => {
                self.session.message = format!("a file for the editor cannot be written: {error}");
                return Ok(None);
            }
        };
        terminal.give_back();
        let edited = draft.edit();
        terminal.take().map_err(broken)?;
        match edited {
            Ok(Edited::Changed(text)) => Ok(Some((draft, text))),
            Ok(Edited::Unchanged) => {
                draft.done();
                "nothing was changed".clone_into(&mut self.session.message);
                Ok(None)
            }
            Ok(Edited::Doubtful(text, status)) => {
                let question = format!("The editor ended with a failure ({status}), and the text changed. Take it?");
                if ask::yes(terminal, &question).map_err(broken)? {
                    return Ok(Some((draft, text)));
                }
                self.session.message = format!("not taken; what was written is in {}", draft.path().display());
                Ok(None)
            }
            Err(message) => {
                self.session.message = visible(&message).into_owned();
                Ok(None)
            }
        }
    }
}
