//! A review as a state machine: keys in, what is to be done out. It knows nothing of terminals and files.

mod only;
mod press;

use std::collections::{HashMap, HashSet};

pub use only::Only;

use super::desk::Decision;
use super::row::{Case, RowState, Standing};

/// A key, whatever it was typed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Backspace.
    Backspace,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first row.
    Home,
    /// To the last row.
    End,
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-Z.
    Suspend,
}

/// What a check says of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// How grave it is.
    pub severity: crate::checks::Severity,
    /// The name of the check.
    pub check: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// What the person sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One row.
    Row,
    /// Rows that stand as the machine wrote them, without findings: one question for all.
    Calm,
    /// A search, with what was typed so far.
    Find(String),
    /// What is to be done with all that is undecided.
    Batch,
    /// Some of it was not seen: all, or only what was seen.
    Unseen(Decision),
    /// Whether to ask the backend now.
    Retranslate,
    /// A text to read: its title, its lines.
    Page(String, Vec<String>),
}

/// What is to be done for a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing but to draw.
    Stay,
    /// To decide these rows, by their index in the edition.
    Decide(Vec<usize>, Decision),
    /// To open the row in the editor.
    Edit(usize),
    /// To write a note on the row.
    Note(usize),
    /// To ask the backend again; with a note to it.
    Retranslate(usize, bool),
    /// To take back what was done last.
    Undo,
    /// To say that the row's sides do not belong together.
    Unlink(usize),
    /// To show where else the row's terms stand.
    Concordance(usize),
    /// To end; what was decided is on disk already.
    Quit,
    /// To end as Ctrl-C asks.
    Interrupt,
    /// To wait in the background as Ctrl-Z asks.
    Suspend,
}

/// A review under way.
#[derive(Clone, Debug)]
pub struct Session {
    /// Keys of the rows to go through, in their order: see [`Case::key`].
    queue: Vec<String>,
    /// Rows of one question.
    calm: Vec<String>,
    /// The key of each row of the edition at hand.
    keys: Vec<String>,
    /// The row of each key; of several with one the first.
    index: HashMap<String, usize>,
    decided: Vec<bool>,
    at: usize,
    seen: HashSet<String>,
    skipped: HashSet<String>,
    /// What is shown.
    pub mode: Mode,
    /// Whether both Korean texts are shown whole.
    pub full: bool,
    /// Lines of the row that are above the screen.
    pub scroll: usize,
    most: usize,
    page: usize,
    /// What happened last, for the line above the keys.
    pub message: String,
    /// What has to be known once: that the Korean keyboard is on.
    pub notice: String,
    has_told_keyboard: bool,
    found: String,
    /// Rows accepted, kept and skipped in this session.
    pub counts: Counts,
}

/// What a session did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Edits accepted, equal texts included.
    pub edited: usize,
    /// Machine texts kept.
    pub machine: usize,
}

impl Session {
    /// Begins with an edition's rows and what checks say of each; `chosen` tells by its index whether a row is wanted.
    pub fn new(cases: &[Case], flags: &[Vec<Flag>], chosen: &dyn Fn(usize) -> bool) -> Self {
        let wanted = |at: &usize| cases[*at].standing != Standing::Approved && chosen(*at);
        let (calm, mut queue): (Vec<usize>, Vec<usize>) = (0..cases.len()).filter(wanted).partition(|&at| is_calm(&cases[at], &flags[at]));
        // The edition has texts outside items first, then the editor's order; what has to be looked at again goes before both.
        queue.sort_by_key(|&at| !matches!(cases[at].standing, Standing::Stale(_)));
        let named = |list: Vec<usize>| list.into_iter().map(|at| cases[at].key()).collect();
        let mut session = Self {
            queue: named(queue),
            calm: named(calm),
            keys: Vec::new(),
            index: HashMap::new(),
            decided: Vec::new(),
            at: 0,
            seen: HashSet::new(),
            skipped: HashSet::new(),
            mode: Mode::Row,
            full: false,
            scroll: 0,
            most: 0,
            page: 1,
            message: String::new(),
            notice: String::new(),
            has_told_keyboard: false,
            found: String::new(),
            counts: Counts::default(),
        };
        session.refresh(cases);
        if session.queue.is_empty() {
            session.mode = Mode::Calm;
        }
        session
    }

    /// Takes the edition as it is after something was done.
    pub fn refresh(&mut self, cases: &[Case]) {
        let now: Vec<String> = cases.iter().map(Case::key).collect();
        let mut index: HashMap<String, usize> = HashMap::with_capacity(now.len());
        for (at, key) in now.iter().enumerate() {
            index.entry(key.clone()).or_insert(at);
        }
        if now.len() == self.keys.len() {
            // A text without English is named by its own words: where these changed, its place tells which it is.
            let mut renamed: HashMap<&String, &String> = HashMap::new();
            for (was, is) in self.keys.iter().zip(&now).filter(|(was, is)| was != is && !index.contains_key(*was)) {
                renamed.entry(was).or_insert(is);
            }
            for key in &mut self.queue {
                if let Some(is) = renamed.get(&*key) {
                    key.clone_from(is);
                }
            }
        }
        (self.keys, self.index) = (now, index);
        self.decided = cases.iter().map(|case| case.standing == Standing::Approved).collect();
        let known = &self.index;
        let gone = |key: &String| !known.contains_key(key);
        let before = self.queue[..self.at.min(self.queue.len())].iter().filter(|key| gone(key)).count();
        self.at -= before;
        // Rows that were parted are new ones.
        let parted: Vec<String> = match self.queue.iter().any(gone) {
            true => {
                let listed: HashSet<&String> = self.queue.iter().chain(&self.calm).collect();
                let rows = self.keys.iter().zip(&self.decided);
                rows.filter(|(key, decided)| !**decided && !listed.contains(key)).map(|(key, _)| key.clone()).collect()
            }
            false => Vec::new(),
        };
        let place = self.queue.iter().position(gone);
        self.queue.retain(|key| known.contains_key(key));
        if let Some(place) = place {
            let place = place.min(self.queue.len());
            self.queue.splice(place..place, parted);
        }
        self.calm.retain(|key| known.contains_key(key));
        self.at = self.at.min(self.queue.len().saturating_sub(1));
    }

    /// The row on the screen, by its index in the edition.
    pub fn current(&self) -> Option<usize> {
        self.queue.get(self.at).and_then(|key| self.index(key))
    }

    /// Where the row stands among those to go through, from 1, and how many there are.
    pub fn place(&self) -> (usize, usize) {
        (self.at + 1, self.queue.len())
    }

    /// Undecided rows before the one on the screen.
    pub fn undecided_before(&self) -> usize {
        self.queue[..self.at.min(self.queue.len())].iter().filter(|key| !self.is_decided(key)).count()
    }

    /// The rows of the one question that are still undecided, by their indices.
    pub fn calm(&self) -> Vec<usize> {
        self.calm.iter().filter(|key| !self.is_decided(key)).filter_map(|key| self.index(key)).collect()
    }

    /// Rows that were passed over with `s` and are undecided.
    pub fn skipped(&self) -> usize {
        self.skipped.iter().filter(|key| !self.is_decided(key)).count()
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.queue.is_empty() && self.calm().is_empty()
    }

    /// Undecided rows of the queue, and how many of them were not on the screen yet.
    pub fn batch(&self) -> (Vec<usize>, usize) {
        let open: Vec<&String> = self.queue.iter().filter(|key| !self.is_decided(key)).collect();
        let unseen = open.iter().filter(|key| !self.seen.contains(**key)).count();
        (open.into_iter().filter_map(|key| self.index(key)).collect(), unseen)
    }

    /// Counts what was decided.
    pub fn count(&mut self, decision: Decision, rows: usize) {
        match decision {
            Decision::Edited => self.counts.edited += rows,
            Decision::Machine => self.counts.machine += rows,
        }
    }

    /// What was done so far: `accepted 9, kept the machine's 3, skipped 5`.
    pub fn told(&self) -> String {
        format!("accepted {}, kept the machine's {}, skipped {}", self.counts.edited, self.counts.machine, self.skipped())
    }

    /// Notes how much of the row did not fit, and that it was on the screen.
    pub fn drawn(&mut self, most: usize, page: usize) {
        (self.most, self.page) = (most, page.max(1));
        self.scroll = self.scroll.min(most);
        if self.mode == Mode::Row
            && let Some(key) = self.queue.get(self.at)
        {
            self.seen.insert(key.clone());
        }
    }

    /// The keys that a typed character means: with a Korean keyboard on, one for each letter of a syllable. What is searched for is text.
    pub fn meant(&mut self, c: char) -> Vec<char> {
        if matches!(self.mode, Mode::Find(_)) {
            return vec![c];
        }
        match crate::korean::keyboard::keys(c) {
            Some(keys) => {
                if !self.has_told_keyboard {
                    self.has_told_keyboard = true;
                    self.notice = format!("the Korean keyboard (한/영) is on: {c} is read as {}", spaced(&keys));
                }
                keys.chars().collect()
            }
            None => vec![c.to_ascii_lowercase()],
        }
    }

    /// Text that was pasted: it is no command.
    pub fn paste(&mut self, text: &str) {
        match &mut self.mode {
            Mode::Find(typed) => typed.extend(text.chars().filter(|c| !c.is_control())),
            _ => "a pasted text is no command; nothing was done".clone_into(&mut self.message),
        }
    }

    /// Goes to what is to be decided next; where that is nothing, the review ends.
    pub fn go_on(&mut self) -> Effect {
        self.mode = Mode::Row;
        let open = |at: &usize| !self.is_decided(&self.queue[*at]) && !self.skipped.contains(&self.queue[*at]);
        let next = (self.at..self.queue.len()).find(open).or_else(|| (0..self.at.min(self.queue.len())).find(open));
        match next {
            Some(at) => {
                self.go(at);
                Effect::Stay
            }
            None if !self.calm().is_empty() => {
                (self.mode, self.scroll) = (Mode::Calm, 0);
                Effect::Stay
            }
            None => Effect::Quit,
        }
    }

    /// Shows the row with this key, where it is one of those to go through.
    pub fn show_row(&mut self, key: &str) {
        if let Some(at) = self.queue.iter().position(|known| known == key) {
            self.mode = Mode::Row;
            self.go(at);
        } else if self.index.contains_key(key) {
            self.calm.retain(|known| known != key);
            self.queue.insert(self.at.min(self.queue.len()), key.to_owned());
            self.mode = Mode::Row;
            self.scroll = 0;
        }
    }

    /// Shows a text to read.
    pub fn show(&mut self, title: &str, lines: Vec<String>) {
        (self.mode, self.scroll) = (Mode::Page(title.to_owned(), lines), 0);
    }

    fn back(&mut self) {
        self.scroll = 0;
        self.mode = if self.queue.is_empty() { Mode::Calm } else { Mode::Row };
    }

    fn step(&mut self, by: isize) {
        let to = self.at.checked_add_signed(by).filter(|to| *to < self.queue.len());
        match to {
            Some(to) => self.go(to),
            None if by > 0 && !self.calm().is_empty() => (self.mode, self.scroll) = (Mode::Calm, 0),
            None => format!("this is the {} one", if by > 0 { "last" } else { "first" }).clone_into(&mut self.message),
        }
    }

    fn go(&mut self, at: usize) {
        (self.at, self.scroll) = (at, 0);
    }

    fn scroll_by(&mut self, key: Key) -> bool {
        let to = match key {
            Key::Char(' ') | Key::PageDown => self.scroll.saturating_add(self.page.saturating_sub(1).max(1)),
            Key::PageUp => self.scroll.saturating_sub(self.page.saturating_sub(1).max(1)),
            Key::Down => self.scroll + 1,
            Key::Up => self.scroll.saturating_sub(1),
            _ => return false,
        };
        self.scroll = to.min(self.most);
        true
    }

    fn index(&self, key: &str) -> Option<usize> {
        self.index.get(key).copied()
    }

    fn is_decided(&self, key: &str) -> bool {
        self.index(key).is_some_and(|index| self.decided[index])
    }
}

/// Whether a row can be approved with others by one question.
pub fn is_calm(case: &Case, flags: &[Flag]) -> bool {
    case.row.state == RowState::Equal && case.standing == Standing::Undecided && !case.untranslated && !is_flagged(flags)
}

fn is_flagged(flags: &[Flag]) -> bool {
    flags.iter().any(|flag| flag.severity >= crate::checks::Severity::Warning)
}

fn spaced(keys: &str) -> String {
    keys.chars().map(String::from).collect::<Vec<_>>().join(", ")
}
