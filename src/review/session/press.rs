//! What each key asks for, on each of the screens.

use unicode_normalization::UnicodeNormalization;

use super::super::desk::Decision;
use super::super::row::{Case, RowState};
use super::{Effect, Key, Mode, Session};

impl Session {
    /// What is to be done for a key.
    pub fn press(&mut self, key: Key, cases: &[Case]) -> Effect {
        match key {
            Key::Interrupt => return Effect::Interrupt,
            Key::Suspend => return Effect::Suspend,
            _ => {}
        }
        let mode = self.mode.clone();
        match mode {
            Mode::Row => self.press_row(key),
            Mode::Calm => self.press_calm(key),
            Mode::Find(typed) => self.press_find(key, typed, cases),
            Mode::Batch => self.press_batch(key, cases),
            Mode::Unseen(decision) => self.press_unseen(key, decision, cases),
            Mode::Retranslate => self.press_retranslate(key),
            Mode::Page(..) => {
                self.scroll_by(key);
                if matches!(key, Key::Esc | Key::Enter | Key::Char('q' | '?' | 'c')) {
                    self.back();
                }
                Effect::Stay
            }
        }
    }

    fn press_row(&mut self, key: Key) -> Effect {
        let Some(index) = self.current() else { return if key == Key::Char('q') { Effect::Quit } else { Effect::Stay } };
        if self.scroll_by(key) {
            return Effect::Stay;
        }
        match key {
            Key::Char('a') => return Effect::Decide(vec![index], Decision::Edited),
            Key::Char('m') => return Effect::Decide(vec![index], Decision::Machine),
            Key::Char('e') => return Effect::Edit(index),
            Key::Char('n') => return Effect::Note(index),
            Key::Char('x') => return Effect::Unlink(index),
            Key::Char('c') => return Effect::Concordance(index),
            Key::Char('u') => return Effect::Undo,
            Key::Char('q') => return Effect::Quit,
            Key::Char('t') => self.mode = Mode::Retranslate,
            Key::Char('g') => self.mode = Mode::Batch,
            Key::Char('/') => self.mode = Mode::Find(String::new()),
            Key::Char('v') => (self.full, self.scroll) = (!self.full, 0),
            Key::Char('s') => {
                let key = self.queue[self.at].clone();
                self.skipped.insert(key);
                return self.go_on();
            }
            Key::Char('j') => self.step(1),
            Key::Char('k') => self.step(-1),
            Key::Home => self.go(0),
            Key::End => self.go(self.queue.len() - 1),
            Key::Char('?') => self.show("Keys", HELP.iter().map(|line| (*line).to_owned()).collect()),
            Key::Char(c) => self.message = format!("{c} does nothing here; ? lists the keys"),
            _ => {}
        }
        Effect::Stay
    }

    fn press_calm(&mut self, key: Key) -> Effect {
        if self.scroll_by(key) {
            return Effect::Stay;
        }
        match key {
            Key::Char('y' | 'a') if self.calm().is_empty() => Effect::Quit,
            Key::Char('y' | 'a') => Effect::Decide(self.calm(), Decision::Edited),
            Key::Char('n' | 's' | 'q') => Effect::Quit,
            Key::Char('u') => Effect::Undo,
            Key::Char('v' | 'j') => {
                // Shown singly, they are rows like the others.
                let mut calm: Vec<String> = std::mem::take(&mut self.calm);
                calm.retain(|key| !self.is_decided(key));
                let first = self.queue.len();
                self.queue.extend(calm);
                self.go(first);
                self.mode = Mode::Row;
                Effect::Stay
            }
            Key::Char('k') if !self.queue.is_empty() => {
                self.mode = Mode::Row;
                self.go(self.queue.len() - 1);
                Effect::Stay
            }
            Key::Char('?') => {
                self.show("Keys", HELP.iter().map(|line| (*line).to_owned()).collect());
                Effect::Stay
            }
            _ => Effect::Stay,
        }
    }

    fn press_find(&mut self, key: Key, mut typed: String, cases: &[Case]) -> Effect {
        match key {
            Key::Char(c) => typed.push(c),
            Key::Backspace => {
                // A decomposed syllable goes as a whole.
                let composed: String = typed.nfc().collect();
                typed = composed.chars().take(composed.chars().count().saturating_sub(1)).collect();
            }
            Key::Esc => {
                self.mode = Mode::Row;
                return Effect::Stay;
            }
            Key::Enter => {
                self.mode = Mode::Row;
                if typed.is_empty() {
                    typed.clone_from(&self.found);
                }
                self.find(&typed, cases);
                return Effect::Stay;
            }
            _ => {}
        }
        self.mode = Mode::Find(typed);
        Effect::Stay
    }

    fn find(&mut self, typed: &str, cases: &[Case]) {
        let plain = |text: &str| text.nfc().collect::<String>().to_lowercase();
        let wanted = plain(typed.trim());
        if wanted.is_empty() {
            return;
        }
        self.found = typed.to_owned();
        let holds = |key: &String| {
            self.index(key).is_some_and(|index| {
                let row = &cases[index].row;
                [&row.english, &row.machine, &row.edited].iter().any(|text| plain(text).contains(&wanted))
            })
        };
        let count = self.queue.len();
        match (1..=count).map(|step| (self.at + step) % count).find(|&at| holds(&self.queue[at])) {
            Some(at) => {
                self.message = format!("/{typed}");
                self.go(at);
            }
            None => self.message = format!("nothing here holds {typed}"),
        }
    }

    fn press_batch(&mut self, key: Key, cases: &[Case]) -> Effect {
        let decision = match key {
            Key::Char('a') => Decision::Edited,
            Key::Char('m') => Decision::Machine,
            Key::Esc | Key::Char('q' | 'n' | 'g') => {
                self.mode = Mode::Row;
                return Effect::Stay;
            }
            _ => return Effect::Stay,
        };
        let (open, unseen) = self.batch();
        if unseen > 0 {
            self.mode = Mode::Unseen(decision);
            return Effect::Stay;
        }
        self.mode = Mode::Row;
        self.decide(open, decision, cases)
    }

    fn press_unseen(&mut self, key: Key, decision: Decision, cases: &[Case]) -> Effect {
        let all = match key {
            Key::Char('y') => true,
            Key::Char('s') => false,
            Key::Esc | Key::Char('n' | 'q') => {
                self.mode = Mode::Row;
                return Effect::Stay;
            }
            _ => return Effect::Stay,
        };
        let (mut open, _) = self.batch();
        open.retain(|&index| all || self.seen.contains(&self.keys[index]));
        self.mode = Mode::Row;
        self.decide(open, decision, cases)
    }

    fn decide(&mut self, mut rows: Vec<usize>, decision: Decision, cases: &[Case]) -> Effect {
        if decision == Decision::Machine {
            rows.retain(|&index| !matches!(cases[index].row.state, RowState::Added | RowState::Merged | RowState::Split));
        }
        if rows.is_empty() {
            "there is nothing of that kind to decide".clone_into(&mut self.message);
            return Effect::Stay;
        }
        Effect::Decide(rows, decision)
    }

    fn press_retranslate(&mut self, key: Key) -> Effect {
        let with_note = match key {
            Key::Char('t' | 'y') => false,
            Key::Char('n') => true,
            Key::Esc | Key::Char('q') => {
                self.mode = Mode::Row;
                return Effect::Stay;
            }
            _ => return Effect::Stay,
        };
        self.mode = Mode::Row;
        self.current().map_or(Effect::Stay, |index| Effect::Retranslate(index, with_note))
    }
}

/// What the keys do.
const HELP: &[&str] = &[
    "a   accept the edit: what stands in the Korean file is right",
    "m   keep the machine's: its text goes back into the Korean file; yours stays in the record",
    "e   change the text in $EDITOR",
    "t   retranslate: ask the backend again, with a note to it if you like",
    "s   skip: decide another time",
    "u   undo the last decision, of an earlier run too",
    "j k next, previous      Home End  first, last      / find",
    "v   both texts whole, or what changed      Space PgUp PgDn  scroll",
    "g   decide all that is undecided; it says how many you have not seen",
    "n   a note, kept in the record      c  where else the terms stand",
    "x   these do not belong together: part them, or say what does",
    "q   save and quit; every decision is on disk already",
];
