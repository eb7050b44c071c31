//! What a review did, step by step, so that it can be taken back, in a later run too: small files under `.translate/review/`.
//!
//! A step is written, as the open one, before what it tells of is done, and gets its number when all of it is. One that is taken back is
//! the open one while that goes on. So a run that finds an open step takes it back: nothing stays half done.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::align::Ruling;
use crate::digest::hash;
use crate::disk::{self, DiskError};
use crate::draft::atomic::{self, WriteError};
use crate::draft::files;
use crate::draft::record::{Entry, Record, RecordError};

/// So many steps can be taken back.
const MOST: usize = 500;

/// One decision as it can be taken back.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Step {
    /// The row it was about: see [`super::Case::key`].
    pub key: String,
    /// What was done, for people: `accepted the edit of item 3`.
    pub label: String,
    /// What it touched.
    pub touched: Vec<Touched>,
    /// The Korean draft before and the hash of it after, where more than words of segments changed.
    pub draft: Option<(String, String)>,
    /// Entries without English before it.
    pub added: Vec<Entry>,
    /// Texts of another file that were decided with it: see [`Journal::settle`].
    pub settled: Vec<String>,
}

/// One segment as it was.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Touched {
    /// The record's entry before.
    pub entry: Entry,
    /// Among the English segments with the same hash, its number from 0.
    pub nth: usize,
    /// What stood in the Korean draft, and what stands there since; none where that stayed.
    pub words: Option<(String, String)>,
}

/// The steps of one digest's reviews, and what people said of its pairs.
#[derive(Clone, Debug)]
pub(super) struct Journal {
    /// The folder that holds `.translate/`.
    root: PathBuf,
    /// The name of its own folder.
    name: String,
}

/// The folder of `.translate/` that holds the journals.
const FOLDER: &str = "review";

impl Journal {
    /// The journal of a digest.
    pub fn of(root: &Path, digest: &Path) -> Self {
        Self { root: root.to_owned(), name: hash(&disk::real(digest).to_string_lossy()) }
    }

    /// Remembers a step that is about to be done: until [`Journal::done`] it is an open one.
    pub fn begin(&self, step: &Step) -> Result<(), WriteError> {
        self.prepare()?;
        atomic::write(&self.open_path(), step.to_record().to_text().as_bytes())
    }

    /// Remembers that the open step was done.
    pub fn done(&self) -> Result<(), WriteError> {
        let numbers = self.numbers();
        let next = numbers.last().map_or(1, |last| last + 1);
        atomic::rename(&self.open_path(), &self.path(next))?;
        for old in numbers.iter().take((numbers.len() + 1).saturating_sub(MOST)) {
            // One more step that can be taken back does no harm.
            disk::remove(&self.path(*old));
        }
        Ok(())
    }

    /// Makes the last step the open one: it is about to be taken back.
    pub fn reopen(&self) -> Result<(), WriteError> {
        self.numbers().last().map_or(Ok(()), |number| atomic::rename(&self.path(*number), &self.open_path()))
    }

    /// The step that was begun and neither done nor taken back: what did either was broken off.
    pub fn open_step(&self) -> Result<Option<Step>, RecordError> {
        Ok(Record::load(&self.open_path())?.map(Step::from_record))
    }

    /// The last step.
    pub fn last(&self) -> Result<Option<Step>, RecordError> {
        let Some(number) = self.numbers().last().copied() else { return Ok(None) };
        Ok(Record::load(&self.path(number))?.map(Step::from_record))
    }

    /// Forgets the open step, which was taken back.
    pub fn forget(&self) {
        // What stays is taken back once more, which changes nothing.
        disk::remove(&self.open_path());
    }

    /// What people said of pairs, by the English of the items and the words of the edited ones.
    pub fn rulings(&self) -> Vec<(bool, String, String)> {
        let text = self.text("pairs");
        let line = |line: &str| {
            let mut words = line.split(' ');
            Some((words.next()? == "linked", words.next()?.to_owned(), words.next()?.to_owned()))
        };
        text.lines().filter_map(line).collect()
    }

    /// Remembers what a person said of a pair; a later word outranks an earlier one.
    pub fn rule(&self, linked: bool, english: &str, edited: &str) -> Result<(), WriteError> {
        self.prepare()?;
        let mut rulings = self.rulings();
        rulings.retain(|(_, a, b)| (a.as_str(), b.as_str()) != (english, edited));
        rulings.push((linked, english.to_owned(), edited.to_owned()));
        let line = |(linked, a, b): &(bool, String, String)| format!("{} {a} {b}\n", if *linked { "linked" } else { "unlinked" });
        atomic::write(&self.file("pairs"), rulings.iter().map(line).collect::<String>().as_bytes())
    }

    /// Texts of another file that a decision was made on, by the hashes of the English and the text.
    pub fn settled(&self) -> Vec<String> {
        self.text("settled").lines().map(str::to_owned).collect()
    }

    /// Remembers such texts.
    pub fn settle(&self, keys: impl Iterator<Item = String>) -> Result<(), WriteError> {
        self.prepare()?;
        let mut settled = self.settled();
        settled.extend(keys);
        settled.sort_unstable();
        settled.dedup();
        atomic::write(&self.file("settled"), (settled.join("\n") + "\n").as_bytes())
    }

    /// Forgets such texts.
    pub fn unsettle(&self, keys: &[String]) -> Result<(), WriteError> {
        let mut settled = self.settled();
        let keys: HashSet<&String> = keys.iter().collect();
        settled.retain(|key| !keys.contains(key));
        atomic::write(&self.file("settled"), (settled.join("\n") + "\n").as_bytes())
    }

    fn prepare(&self) -> Result<(), WriteError> {
        disk::create_folders(&self.root, &[FOLDER, &self.name], None).map(drop).map_err(|error| match error {
            DiskError::Failed(path, error) => WriteError::Folder(path, error),
            error => WriteError::Disk(error),
        })
    }

    fn open_path(&self) -> PathBuf {
        self.file("open")
    }

    fn path(&self, number: usize) -> PathBuf {
        self.file(&format!("{number:06}.toml"))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    fn folder(&self) -> PathBuf {
        self.root.join(disk::OWN_FOLDER).join(FOLDER).join(&self.name)
    }

    /// The text of a file of the journal; empty if it cannot be read.
    fn text(&self, name: &str) -> String {
        files::read(&self.file(name)).unwrap_or_default()
    }

    fn numbers(&self) -> Vec<usize> {
        let entries = disk::list(&self.folder()).unwrap_or_default();
        let number = |entry: &disk::Entry| entry.name.to_str()?.strip_suffix(".toml")?.parse::<usize>().ok();
        let mut numbers: Vec<usize> = entries.iter().filter_map(number).collect();
        numbers.sort_unstable();
        numbers
    }
}

/// Which of these are the pairs that a person spoke of, by the hashes of both sides.
pub(super) fn rulings(said: &[(bool, String, String)], english: &[String], edited: &[String]) -> Vec<Ruling> {
    // Of more items with one text the first are meant: a pair of each with each would be too many.
    const MOST: usize = 100;
    let places = |list: &[String], hash: &str| -> Vec<usize> { (0..list.len()).filter(|&at| list[at] == hash).take(MOST).collect() };
    let mut rulings = Vec::new();
    for (linked, a, b) in said {
        for e in places(english, a) {
            for k in places(edited, b) {
                rulings.push(if *linked { Ruling::Linked(e, k) } else { Ruling::Unlinked(e, k) });
            }
        }
    }
    rulings
}

impl Step {
    fn to_record(&self) -> Record {
        let mut extra = Table::new();
        extra.insert("key".to_owned(), self.key.clone().into());
        extra.insert("label".to_owned(), self.label.clone().into());
        if let Some((before, after)) = &self.draft {
            extra.insert("draft".to_owned(), vec![before.clone(), after.clone()].into());
        }
        if !self.settled.is_empty() {
            extra.insert("settled".to_owned(), self.settled.clone().into());
        }
        let touched = self.touched.iter().map(|touched| {
            let mut entry = touched.entry.clone();
            let mut step = Table::new();
            step.insert("nth".to_owned(), Value::Integer(touched.nth.try_into().unwrap_or(i64::MAX)));
            if let Some((stood, stands)) = &touched.words {
                step.insert("words".to_owned(), vec![stood.clone(), stands.clone()].into());
            }
            entry.extra.insert(STEP.to_owned(), step.into());
            entry
        });
        Record { version: 1, segments: touched.chain(self.added.iter().cloned()).collect(), extra, ..Record::default() }
    }

    fn from_record(record: Record) -> Self {
        let text = |key: &str| record.extra.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut step = Self { key: text("key"), label: text("label"), draft: record.extra.get("draft").and_then(two), ..Self::default() };
        let settled = record.extra.get("settled").and_then(Value::as_array).into_iter().flatten();
        step.settled.extend(settled.filter_map(Value::as_str).map(str::to_owned));
        for mut entry in record.segments {
            match entry.extra.remove(STEP) {
                Some(own) => {
                    let nth = own.get("nth").and_then(Value::as_integer).and_then(|nth| nth.try_into().ok()).unwrap_or(0);
                    step.touched.push(Touched { entry, nth, words: own.get("words").and_then(two) });
                }
                None => step.added.push(entry),
            }
        }
        step
    }
}

/// The key of what a step adds to an entry.
const STEP: &str = "step";

fn two(value: &Value) -> Option<(String, String)> {
    match &value.as_array()?[..] {
        [Value::String(a), Value::String(b)] => Some((a.clone(), b.clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_come_back_the_last_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = Journal::of(folder.path(), Path::new("x.md"));
        assert_eq!(journal.last().expect("read"), None);
        let entry = |text: &str| Entry { english_hash: "aa".to_owned(), edited: Some(text.to_owned()), ..Entry::default() };
        let step = |label: &str| Step {
            key: "k".to_owned(),
            label: label.to_owned(),
            touched: vec![
                Touched { entry: entry("사람"), nth: 1, words: Some(("사람\n".to_owned(), "기계".to_owned())) },
                Touched { entry: entry("둘"), nth: 0, words: None },
            ],
            draft: Some(("앞".to_owned(), "00".to_owned())),
            added: vec![Entry { approved: Some("더한 글".to_owned()), ..Entry::default() }],
            settled: vec!["11".to_owned()],
        };
        for label in ["one", "two"] {
            journal.begin(&step(label)).expect("written");
            assert_eq!(journal.open_step().expect("read"), Some(step(label)));
            journal.done().expect("renamed");
            assert_eq!(journal.open_step().expect("read"), None);
        }
        for label in ["two", "one"] {
            assert_eq!(journal.last().expect("read"), Some(step(label)));
            journal.reopen().expect("renamed");
            assert_eq!(journal.open_step().expect("read"), Some(step(label)));
            journal.forget();
        }
        assert_eq!((journal.last().expect("read"), journal.open_step().expect("read")), (None, None));
    }

    #[test]
    fn the_last_word_on_a_pair_counts() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = Journal::of(folder.path(), Path::new("x.md"));
        journal.rule(true, "a", "b").expect("written");
        journal.rule(false, "a", "c").expect("written");
        journal.rule(false, "a", "b").expect("written");
        let lists = (["x".to_owned(), "a".to_owned()], ["b".to_owned(), "c".to_owned()]);
        assert_eq!(rulings(&journal.rulings(), &lists.0, &lists.1), [Ruling::Unlinked(1, 1), Ruling::Unlinked(1, 0)]);
    }
}
