//! Questions on a plain line of a terminal, answered by a key: with a Korean keyboard on too.

use std::io::{self, BufRead, Write};

use translate_digest::korean::keyboard;
use translate_digest::reports::escape::{visible, without_commands};

/// What a person said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Yes,
    No,
    /// Neither, and nothing else is to be asked.
    Quit,
}

/// Who is asked.
pub(crate) trait Ask {
    /// Shows `text`, then waits for y, n or q.
    fn ask(&mut self, text: &str, question: &str) -> io::Result<Answer>;
}

/// A person who types a line for each answer.
pub(crate) struct Lines<R, W> {
    pub(crate) answers: R,
    pub(crate) questions: W,
}

impl<R: BufRead, W: Write> Ask for Lines<R, W> {
    fn ask(&mut self, text: &str, question: &str) -> io::Result<Answer> {
        write!(self.questions, "{}", without_commands(visible(text)))?;
        loop {
            write!(self.questions, "{question} [y/n/q] ")?;
            self.questions.flush()?;
            let mut line = String::new();
            if self.answers.read_line(&mut line)? == 0 {
                writeln!(self.questions)?;
                return Ok(Answer::Quit);
            }
            // ㅛ, ㅜ and ㅂ are y, n and q where 한/영 is on.
            match keyboard::keys_of(line.trim()).to_lowercase().chars().find(|key| matches!(key, 'y' | 'n' | 'q')) {
                Some('y') => return Ok(Answer::Yes),
                Some('n') => return Ok(Answer::No),
                Some(_) => return Ok(Answer::Quit),
                None => writeln!(self.questions, "y is yes, n is no, q ends the questions")?,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(typed: &str, count: usize) -> (Vec<Answer>, String) {
        let mut shown = Vec::new();
        let mut lines = Lines { answers: typed.as_bytes(), questions: &mut shown };
        let answers = (0..count).map(|_| lines.ask("", "Add it?").expect("an answer")).collect();
        (answers, String::from_utf8(shown).expect("UTF-8"))
    }

    #[test]
    fn keys_answer_in_either_layout() {
        let (said, shown) = answers("y\nN\nㅛ\nㅜ\n\nx\nㅂ\n", 5);
        assert_eq!(said, [Answer::Yes, Answer::No, Answer::Yes, Answer::No, Answer::Quit]);
        let again = "Add it? [y/n/q] y is yes, n is no, q ends the questions\n";
        assert_eq!(shown, format!("{}{again}{again}Add it? [y/n/q] ", "Add it? [y/n/q] ".repeat(4)));
    }

    #[test]
    fn letters_of_a_syllable_are_keys_too() {
        assert_eq!(answers("요\n누\n뷰\n", 3).0, [Answer::Yes, Answer::No, Answer::Quit]);
        assert_eq!(answers("", 1), (vec![Answer::Quit], "Add it? [y/n/q] \n".to_owned()));
    }

    #[test]
    fn nothing_that_is_asked_moves_the_cursor() {
        let mut shown = Vec::new();
        let mut lines = Lines { answers: "n\n".as_bytes(), questions: &mut shown };
        lines.ask("a\u{1b}[2J\n", "Add it?").expect("an answer");
        assert_eq!(String::from_utf8(shown).expect("UTF-8"), "a\\x1b[2J\nAdd it? [y/n/q] ");
    }
}
