//! Questions beside the review's own screen: one of several, yes or no.

use std::io;

use dialoguer::Select;
use dialoguer::theme::SimpleTheme;
use translate_digest::korean::keyboard;
use translate_digest::reports::escape::visible;
use translate_digest::review::session::Key;
use unicode_width::UnicodeWidthChar;

use super::terminal::{Event, Terminal};

/// Lets a person choose one of several; none where they leave. Entries stand on one line each, cut to the width of the screen: the menu
/// cannot draw others.
pub(super) fn pick(terminal: &mut Terminal, prompt: &str, entries: &[String]) -> io::Result<Option<usize>> {
    let (width, height) = Terminal::size();
    let entries: Vec<String> = entries.iter().map(|entry| cut(entry, width.saturating_sub(4))).collect();
    terminal.give_back();
    let picked = Select::with_theme(&SimpleTheme)
        .with_prompt(cut(prompt, width.saturating_sub(2)))
        .items(&entries)
        .default(0)
        .max_length(height.saturating_sub(3).max(1))
        .report(false)
        .interact_opt();
    // A menu that was left by Ctrl-C leaves the cursor hidden; taking the terminal shows it.
    terminal.take()?;
    match picked {
        Ok(picked) => Ok(picked),
        Err(dialoguer::Error::IO(error)) if error.kind() == io::ErrorKind::Interrupted => Ok(None),
        Err(dialoguer::Error::IO(error)) => Err(error),
    }
}

/// Asks a question that `y` or `n` answers, with a Korean keyboard on too. Esc is no.
pub(super) fn yes(terminal: &mut Terminal, question: &str) -> io::Result<bool> {
    loop {
        terminal.draw(&[format!("{} (y/n) ", visible(question))])?;
        let said = match terminal.next()? {
            Event::Typed(c) => keyboard::keys(c).unwrap_or_else(|| c.to_lowercase().collect()),
            Event::Key(Key::Esc | Key::Interrupt) | Event::Ended => "n".to_owned(),
            _ => continue,
        };
        match said.chars().find(|c| matches!(c, 'y' | 'n')) {
            Some('y') => return Ok(true),
            Some(_) => return Ok(false),
            None => {}
        }
    }
}

/// A text on one line of at most `width` columns.
fn cut(text: &str, width: usize) -> String {
    let text = visible(text).replace(['\n', '\t'], " ");
    let mut used = 0;
    let mut out = String::new();
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used >= width {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn an_entry_of_a_menu_is_one_line() {
        assert_eq!(cut("가나다\n라마", 8), "가나다 …");
        assert_eq!(cut("abc", 8), "abc");
        assert_eq!(cut("a\x1b[2J", 40), "a\\x1b[2J");
    }
}
