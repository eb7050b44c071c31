//! Pairs of Korean texts compared: what always holds, and how much a reader has to read, beside what `similar` marks.
//!
//! `tests/pairs` holds a machine's sentences and an editor's, line by line the same. `PAIRS=FOLDER` adds files `flores-dev.*` of engines and
//! of a person.

use std::fs;
use std::path::{Path, PathBuf};

use similar::{ChangeTag, TextDiff};
use translate_digest::review::diff::{Change, Op, diff};
use unicode_normalization::UnicodeNormalization;

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

/// Names of texts with two sides, a sentence a line.
fn samples() -> Vec<(String, String, String)> {
    let read = |path: PathBuf| fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pairs");
    let mut samples = vec![("sample".to_owned(), read(own.join("machine.txt")), read(own.join("edited.txt")))];
    if let Some(folder) = std::env::var_os("PAIRS").map(PathBuf::from) {
        for (name, machine, edited) in [("mid", "bergamot-base.ko", "bergamot-base-memory.ko"), ("heavy", "google.ko", "ko")] {
            let text = |name: &str| read(folder.join(format!("flores-dev.{name}")));
            samples.push((name.to_owned(), text(machine), text(edited)));
        }
    }
    samples
}

#[test]
fn pairs_are_whole_and_easier_to_read_than_what_similar_marks() {
    for (name, machine, edited) in samples() {
        assert_eq!(machine.lines().count(), edited.lines().count(), "{name}");
        assert!(machine.lines().count() >= 30, "{name}");
        let mut figures = [Figures::default(); 3];
        for (machine, edited) in machine.lines().zip(edited.lines()) {
            let ours = diff(machine, edited);
            let side =
                |gone: Op| ours.changes.iter().filter(|change| change.op != gone).map(|change| change.text.as_str()).collect::<String>();
            assert_eq!(side(Op::Insert), machine.nfc().collect::<String>(), "{}", marked(&ours.changes));
            assert_eq!(side(Op::Delete), edited.nfc().collect::<String>(), "{}", marked(&ours.changes));
            assert_eq!(machine == edited, ours.changes.iter().all(|change| change.op == Op::Equal), "{}", marked(&ours.changes));
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
        let [ours, words, characters] = figures;
        assert!(ours.changed < words.changed, "{name}: no more is marked than whole words");
        assert!(ours.hunks < characters.hunks, "{name}: fewer changes than characters have");
        assert!(ours.slivers * 10 < characters.slivers, "{name}: hardly a letter is left alone between changes");
        assert!(ours.cuts < characters.cuts, "{name}: fewer words are cut");
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
