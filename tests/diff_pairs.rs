//! Real pairs of Korean texts compared: what always holds, and how much a reader has to read, beside what `similar` marks.
//!
//! `PAIRS=FOLDER cargo test --release --test diff_pairs -- --nocapture`, where the folder holds one sentence a line, line by line the same.

use std::fs;
use std::path::Path;

use similar::{ChangeTag, TextDiff};
use translate_digest::review::diff::{Change, Op, diff};

/// What there is of each in all pairs.
#[derive(Clone, Copy, Default)]
struct Figures {
    pairs: usize,
    /// Changes, a deletion and an insertion side by side counted once.
    hunks: usize,
    changed: f64,
    /// Equal pieces of one letter or none between two changes.
    slivers: usize,
    /// Borders of a change between two Hangul letters.
    cuts: usize,
}

impl Figures {
    fn add(&mut self, changes: &[Change]) {
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let sum = |op: Op| changes.iter().filter(|change| change.op == op).map(|change| letters(&change.text)).sum::<usize>();
        let (equal, deleted, inserted) = (sum(Op::Equal), sum(Op::Delete), sum(Op::Insert));
        self.pairs += 1;
        self.changed += (deleted + inserted) as f64 / (2 * equal + deleted + inserted).max(1) as f64;
        for (at, change) in changes.iter().enumerate() {
            let inside = at > 0 && at + 1 < changes.len();
            let after_change = at > 0 && changes[at - 1].op != Op::Equal;
            self.hunks += usize::from(change.op != Op::Equal && !after_change);
            self.slivers += usize::from(change.op == Op::Equal && inside && letters(&change.text) <= 1);
        }
        self.cuts += borders(changes).filter(|(before, after)| is_hangul(*before) && is_hangul(*after)).count();
    }

    fn print(&self, name: &str) {
        let of = |number: usize| number as f64 / self.pairs as f64;
        println!(
            "{name:<28} {:.3} hunks, {:.1} % changed, {:.3} slivers, {:.2} cuts",
            of(self.hunks),
            100.0 * self.changed / self.pairs as f64,
            of(self.slivers),
            of(self.cuts)
        );
    }
}

/// The letters on either side of each border between an equal piece and a change, on one side of the comparison.
fn borders(changes: &[Change]) -> impl Iterator<Item = (char, char)> {
    changes.iter().enumerate().filter(|(_, change)| change.op == Op::Equal).flat_map(|(at, equal)| {
        let last = |change: &Change| change.text.chars().next_back();
        let first = |change: &Change| change.text.chars().next();
        let before = at.checked_sub(1).and_then(|at| last(&changes[at])).zip(first(equal));
        let after = last(equal).zip(changes.get(at + 1).and_then(first));
        before.into_iter().chain(after)
    })
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

#[test]
fn a_folder_of_pairs() {
    let Some(folder) = std::env::var_os("PAIRS") else { return };
    let read = |name: &str| fs::read_to_string(Path::new(&folder).join(format!("flores-dev.{name}"))).expect("a file of sentences");
    for (name, machine, edited) in [("mid", "bergamot-base.ko", "bergamot-base-memory.ko"), ("heavy", "google.ko", "ko")] {
        let (machine, edited) = (read(machine), read(edited));
        let mut figures = [Figures::default(); 3];
        for (machine, edited) in machine.lines().zip(edited.lines()) {
            let ours = diff(machine, edited);
            figures[0].add(&ours.changes);
            figures[1].add(&of_similar(&TextDiff::from_words(machine, edited)));
            figures[2].add(&of_similar(&TextDiff::from_chars(machine, edited)));
            if std::env::var_os("SHOW").is_some() {
                println!("{}", marked(&ours.changes));
            }
        }
        for (figures, what) in figures.iter().zip(["ours", "similar's words", "similar's characters"]) {
            figures.print(&format!("{name}: {what}"));
        }
    }
}

fn of_similar<'t>(diff: &TextDiff<'t, 't, str>) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for change in diff.iter_all_changes() {
        let op = match change.tag() {
            ChangeTag::Equal => Op::Equal,
            ChangeTag::Delete => Op::Delete,
            ChangeTag::Insert => Op::Insert,
        };
        match changes.last_mut() {
            Some(last) if last.op == op => last.text.push_str(change.value()),
            _ => changes.push(Change { op, text: change.value().to_owned() }),
        }
    }
    changes
}

fn marked(changes: &[Change]) -> String {
    let mark = |change: &Change| match change.op {
        Op::Equal => change.text.clone(),
        Op::Delete => format!("[-{}-]", change.text),
        Op::Insert => format!("{{+{}+}}", change.text),
    };
    changes.iter().map(mark).collect()
}
