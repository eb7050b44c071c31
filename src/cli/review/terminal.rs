//! The one place where a review meets the terminal: its own screen, keys as they come in, and everything given back however it ends.

use std::io::{self, IsTerminal, Stdout, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event as Raw, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::{cursor, execute, queue, style, terminal};
use translate_digest::review::session::Key;

/// What happened at the terminal.
pub(super) enum Event {
    /// A key that is none of the characters.
    Key(Key),
    /// A character, as it was typed: it may be Hangul.
    Typed(char),
    /// A text that was pasted.
    Paste(String),
    /// The screen has another size.
    Resized,
    /// Nothing, for a while.
    Quiet,
    /// The program was asked to end.
    Ended,
}

/// The terminal in the hands of a review; given back when it is dropped.
pub(super) struct Terminal {
    out: Stdout,
    held: bool,
    ended: Arc<AtomicBool>,
    escape: Escape,
}

/// How often it is looked whether something else has happened.
const PAUSE: Duration = Duration::from_millis(100);

impl Terminal {
    /// Takes the terminal over.
    pub(super) fn open() -> io::Result<Self> {
        let ended = Arc::new(AtomicBool::new(false));
        listen(&ended)?;
        let mut terminal = Self { out: io::stdout(), held: false, ended, escape: Escape::default() };
        terminal.take()?;
        Ok(terminal)
    }

    /// Takes the terminal again after it was given back.
    pub(super) fn take(&mut self) -> io::Result<()> {
        terminal::enable_raw_mode()?;
        self.held = true;
        execute!(self.out, terminal::EnterAlternateScreen, EnableBracketedPaste, cursor::Show)
    }

    /// Gives the terminal back, as it was.
    pub(super) fn give_back(&mut self) {
        if std::mem::take(&mut self.held) {
            // A terminal that is gone needs nothing back.
            let _ = execute!(self.out, DisableBracketedPaste, terminal::LeaveAlternateScreen, cursor::Show, style::ResetColor);
            let _ = terminal::disable_raw_mode();
        }
    }

    /// Stops the program until it is wanted in the foreground again, as Ctrl-Z does.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        self.give_back();
        #[cfg(unix)]
        signal_hook::low_level::raise(signal_hook::consts::SIGTSTP)?;
        self.take()
    }

    /// Columns and lines.
    pub(super) fn size() -> (usize, usize) {
        // What cannot be asked is taken to be the smallest that everything fits in.
        let (columns, lines) = terminal::size().unwrap_or((80, 24));
        match (columns, lines) {
            (0, _) | (_, 0) => (80, 24),
            _ => (usize::from(columns), usize::from(lines)),
        }
    }

    /// Draws lines, which hold their own colours, from the top; the cursor stands behind the last.
    pub(super) fn draw(&mut self, lines: &[String]) -> io::Result<()> {
        queue!(self.out, terminal::BeginSynchronizedUpdate, cursor::MoveTo(0, 0))?;
        for (at, line) in lines.iter().enumerate() {
            let row = u16::try_from(at).unwrap_or(u16::MAX);
            queue!(self.out, cursor::MoveTo(0, row), style::Print(line), terminal::Clear(terminal::ClearType::UntilNewLine))?;
        }
        // The cursor stays where keys go: an input method draws what is being composed there.
        queue!(self.out, cursor::SavePosition, terminal::Clear(terminal::ClearType::FromCursorDown), cursor::RestorePosition)?;
        queue!(self.out, terminal::EndSynchronizedUpdate)?;
        self.out.flush()
    }

    /// Waits for the next thing to happen.
    pub(super) fn next(&mut self) -> io::Result<Event> {
        if self.ended.load(Ordering::Relaxed) {
            return Ok(Event::Ended);
        }
        // A terminal that was closed answers with errors, or with nothing for ever.
        let is_over = || self.ended.load(Ordering::Relaxed) || !io::stdin().is_terminal();
        match event::poll(PAUSE) {
            Ok(true) => {}
            Ok(false) => return Ok(if is_over() { Event::Ended } else { Event::Quiet }),
            Err(_) if is_over() => return Ok(Event::Ended),
            Err(error) => return Err(error),
        }
        Ok(match event::read()? {
            Raw::Key(key) if key.kind != KeyEventKind::Release => self.escape.filter(key).map_or(Event::Quiet, meaning),
            Raw::Paste(text) => Event::Paste(text),
            Raw::Resize(..) => Event::Resized,
            _ => Event::Quiet,
        })
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.give_back();
    }
}

fn listen(ended: &Arc<AtomicBool>) -> io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    signal_hook::flag::register(SIGTERM, Arc::clone(ended))?;
    // A Ctrl-C that reaches the program while an editor or a menu has the terminal must not end it with the terminal in disorder.
    signal_hook::flag::register(SIGINT, Arc::new(AtomicBool::new(false)))?;
    #[cfg(unix)]
    signal_hook::flag::register(signal_hook::consts::SIGHUP, Arc::clone(ended))?;
    Ok(())
}

fn meaning(key: KeyEvent) -> Event {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let other = key.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::META | KeyModifiers::SUPER);
    Event::Key(match key.code {
        KeyCode::Char('c') if control => Key::Interrupt,
        KeyCode::Char('z') if control => Key::Suspend,
        KeyCode::Char('h') if control => Key::Backspace,
        KeyCode::Char('m' | 'j') if control => Key::Enter,
        KeyCode::Char(_) if control || other => return Event::Quiet,
        KeyCode::Char(c) => return Event::Typed(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        _ => return Event::Quiet,
    })
}

/// Over a slow line the bytes of one key may come in apart: an Esc, and then `[A`, which would be two commands. What follows an Esc and
/// opens like such a key is left out to its end.
#[derive(Default)]
struct Escape {
    since: Option<Instant>,
    inside: bool,
    last: bool,
}

/// So long after an Esc the rest of a key is waited for.
const SLOW: Duration = Duration::from_secs(1);

impl Escape {
    fn filter(&mut self, key: KeyEvent) -> Option<KeyEvent> {
        let KeyCode::Char(c) = key.code else {
            *self = Self { since: (key.code == KeyCode::Esc).then(Instant::now), ..Self::default() };
            return Some(key);
        };
        if self.inside {
            // Parameters, then one byte from @ to ~.
            self.inside = !self.last && (' '..='?').contains(&c);
            self.last = false;
            return None;
        }
        let is_rest = matches!(c, '[' | 'O') && self.since.take().is_some_and(|since| since.elapsed() < SLOW);
        self.since = None;
        if is_rest {
            (self.inside, self.last) = (true, c == 'O');
            return None;
        }
        Some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(codes: &[KeyCode]) -> Vec<KeyCode> {
        let mut escape = Escape::default();
        codes.iter().filter_map(|code| escape.filter(KeyEvent::from(*code)).map(|key| key.code)).collect()
    }

    #[test]
    fn the_rest_of_a_key_is_no_command() {
        let c = KeyCode::Char;
        assert_eq!(left(&[KeyCode::Esc, c('['), c('A'), c('a')]), [KeyCode::Esc, c('a')]);
        assert_eq!(left(&[KeyCode::Esc, c('['), c('1'), c(';'), c('5'), c('C'), c('m')]), [KeyCode::Esc, c('m')]);
        assert_eq!(left(&[KeyCode::Esc, c('O'), c('P'), c('q')]), [KeyCode::Esc, c('q')]);
        assert_eq!(left(&[KeyCode::Esc, c('a'), c('['), c('m')]), [KeyCode::Esc, c('a'), c('['), c('m')]);
    }
}
