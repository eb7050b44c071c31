//! The record of a digest: what the machine wrote and what people decided, in TOML made to be read and merged.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::{Table, Value};

use super::atomic::{self, WriteError};
use super::files::{self, FileError};
use crate::digest::hash;
use crate::span::place;

#[path = "record_text.rs"]
mod text;

/// The newest version of the format that this program knows.
const VERSION: u32 = 1;

/// How far a segment is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// No accepted reply yet.
    #[default]
    English,
    /// As the tool wrote it.
    Machine,
    /// As a person wrote it.
    Edited,
    /// As a person accepted it.
    Approved,
}

impl State {
    /// The word used in files and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "english",
            Self::Machine => "machine",
            Self::Edited => "edited",
            Self::Approved => "approved",
        }
    }
}

/// What is remembered of one segment. Korean texts are Markdown, as they stand in the Korean file.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Names the English text: see [`crate::digest::hash`]. The n-th entry with a hash is the n-th segment with it.
    pub english_hash: String,
    /// `item` or `outside`.
    pub part: String,
    /// See [`crate::digest::Kind::name`].
    pub kind: String,
    /// How far it is.
    pub state: State,
    /// As the tool wrote it, its own fixes included.
    pub machine: Option<String>,
    /// Who translated.
    pub backend: Option<String>,
    /// Of the terms of the segment.
    pub glossary_hash: Option<String>,
    /// What the tool changed in the reply.
    pub notes: Vec<String>,
    /// Newer machine text for a segment that a person edited.
    pub candidate: Option<String>,
    /// What a person wrote.
    pub edited: Option<String>,
    /// What a person accepted.
    pub approved: Option<String>,
    /// Of English, approved text and terms at the time.
    pub approved_hash: Option<String>,
    /// Who accepted it.
    pub reviewer: Option<String>,
    /// When, in RFC 3339, UTC.
    pub time: Option<String>,
    /// Machine text never to be offered again.
    pub rejected: Vec<String>,
    /// How the approved text relates to more than this English text: `merged` (it holds other items too) or `split` (a part of it
    /// stands elsewhere). Such a text is nobody else's translation.
    pub shape: Option<String>,
    /// The reviewer's note.
    pub comment: Option<String>,
    /// Keys that this program does not know: kept.
    #[serde(flatten)]
    pub extra: Table,
}

impl Entry {
    /// Whether it is of a text that an editor added, which has no English.
    pub fn is_added(&self) -> bool {
        self.english_hash.is_empty()
    }

    /// Names what an approval is bound to: this English, `approved`, and the state of the terms ([`crate::glossary::Glossary::hash_of`]).
    pub fn bound(&self, approved: &str, terms: Option<&str>) -> String {
        hash(&format!("{}\n{approved}\n{}", self.english_hash, terms.unwrap_or_default()))
    }
}

/// The record of one digest.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Record {
    /// Of the format.
    pub version: u32,
    /// The English digest's file name.
    #[serde(default)]
    pub english: String,
    /// Where the Korean text was written, when it was not beside the digest.
    #[serde(default)]
    pub korean: Option<String>,
    /// In the order of the digest, then what the digest no longer has.
    #[serde(default, rename = "segment")]
    pub segments: Vec<Entry>,
    /// Keys that this program does not know: kept.
    #[serde(flatten)]
    pub extra: Table,
}

/// Why a record could not be read.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The file cannot be read, or holds a conflict.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is no TOML, or its keys hold what they cannot.
    #[error("{}:{line}:{column}: {message}", path.display())]
    Broken {
        /// The record.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// A newer program wrote it.
    #[error("{path} has version {1}, and this program knows version {VERSION}", path = .0.display())]
    Newer(PathBuf, i64),
}

impl Record {
    /// The empty record of `english`.
    pub fn new(english: &Path) -> Self {
        let english = english.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { version: VERSION, english, ..Self::default() }
    }

    /// The record with other segments.
    pub fn with(&self, segments: Vec<Entry>) -> Self {
        Self { version: self.version, english: self.english.clone(), korean: self.korean.clone(), segments, extra: self.extra.clone() }
    }

    /// Reads a record; none where there is no file.
    ///
    /// # Errors
    /// When the file holds anything but a record of a known version.
    pub fn load(path: &Path) -> Result<Option<Self>, RecordError> {
        Ok(Self::load_stamped(path)?.map(|(record, _)| record))
    }

    /// [`Record::load`] with what names the text of the file in this run.
    ///
    /// # Errors
    /// As [`Record::load`].
    pub fn load_stamped(path: &Path) -> Result<Option<(Self, Stamp)>, RecordError> {
        match files::read(path) {
            Ok(text) => match files::marker_line(&text) {
                Some(line) => Err(FileError::Conflict(path.to_owned(), line).into()),
                None => Ok(Some((Self::parse(path, &text)?, Stamp::of(&text)))),
            },
            Err(FileError::Missing(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn parse(path: &Path, text: &str) -> Result<Self, RecordError> {
        if let Some(record) = Self::in_parts(text) {
            return Ok(record);
        }
        let broken = |error: toml::de::Error| {
            let at = place(text, error.span().map_or(0, |span| span.start));
            RecordError::Broken { path: path.to_owned(), line: at.line, column: at.column, message: error.message().to_owned() }
        };
        let version = match toml::from_str(text) {
            Ok(Self { version, .. }) if version > VERSION => version.into(),
            Ok(record) => return Ok(record),
            // A newer program may keep under known keys what cannot be read here: its number says so, not the key.
            Err(error) => {
                let version = text.parse::<Table>().ok().and_then(|table| table.get("version")?.as_integer());
                version.filter(|&version| version > VERSION.into()).ok_or_else(|| broken(error))?
            }
        };
        Err(RecordError::Newer(path.to_owned(), version))
    }

    /// A long record read part by part: the parser needs twenty times the memory of what it reads at once. None where it is short, or
    /// where anything about it has to be told from the whole.
    fn in_parts(text: &str) -> Option<Self> {
        let mut parts = parts(text);
        let head = parts.next().filter(|head| head.len() < text.len())?;
        let mut record: Self = toml::from_str(head).ok()?;
        // A list that is written in one line cannot go on below.
        let is_one_line = !record.segments.is_empty() && !head.lines().any(|line| line.trim() == HEADER);
        if record.version > VERSION || is_one_line {
            return None;
        }
        for part in parts {
            let Part { segments, extra } = toml::from_str(part).ok()?;
            record.segments.extend(segments);
            for (key, value) in extra {
                if matches!(key.as_str(), "version" | "english" | "korean") || record.extra.insert(key, value).is_some() {
                    return None;
                }
            }
        }
        Some(record)
    }

    /// Writes the record, if that changes it. Tells whether it wrote.
    ///
    /// # Errors
    /// When the file cannot be written; the old one is then as it was.
    pub fn save(&self, path: &Path) -> Result<bool, WriteError> {
        atomic::write_if_changed(path, self.to_text().as_bytes())
    }

    /// The record as text: keys in a fixed order, one blank line between segments, nothing for what is empty.
    pub fn to_text(&self) -> String {
        let mut out = text::Writer::default();
        out.raw("version", &self.version.to_string());
        out.string("english", &self.english);
        out.optional("korean", self.korean.as_deref());
        let (plain, tables): (Vec<_>, Vec<_>) = self.extra.iter().partition(|(_, value)| !is_table(value));
        out.values(plain.into_iter());
        for entry in &self.segments {
            out.entry(entry);
        }
        out.tables(tables.into_iter());
        out.finish()
    }
}

/// Names the text of a file within one run: two that are equal are of the same text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp(u64);

impl Stamp {
    fn of(text: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        Self(hasher.finish())
    }

    /// The stamp of a record's text as it stands by now; none where there is no file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn now(path: &Path) -> Result<Option<Self>, RecordError> {
        match files::read(path) {
            Ok(text) => Ok(Some(Self::of(&text))),
            Err(FileError::Missing(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// A part of a record behind its head.
#[derive(Deserialize)]
struct Part {
    #[serde(default, rename = "segment")]
    segments: Vec<Entry>,
    #[serde(flatten)]
    extra: Table,
}

/// What a segment begins with.
const HEADER: &str = "[[segment]]";

/// A record in parts of this many bytes or a little more, each but the first beginning with a segment.
const PART: usize = 1 << 18;

fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let begins = |at: usize| text[..at].ends_with('\n') && text[at + HEADER.len()..].trim_start_matches('\r').starts_with('\n');
        let from = text.ceil_char_boundary(PART.min(text.len()));
        let next = text[from..].match_indices(HEADER).map(|(at, _)| from + at).find(|&at| begins(at));
        rest = next.map(|at| &text[at..]);
        Some(&text[..next.unwrap_or(text.len())])
    })
}

/// Whether a value is written under a header of its own, behind all plain keys. An array that holds tables among other things
/// is not: behind the segments it would become a key of the last one.
fn is_table(value: &Value) -> bool {
    match value {
        Value::Table(_) => true,
        Value::Array(values) => !values.is_empty() && values.iter().all(Value::is_table),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Result<Record, RecordError> {
        Record::parse(Path::new("x.record.toml"), text)
    }

    #[test]
    fn unknown_keys_survive() {
        let text = "version = 1\nenglish = \"x.md\"\nnew = [1, 2]\n\n[[segment]]\nenglish_hash = \"00\"\npart = \"item\"\nkind = \"title\"\nstate = \"machine\"\nmachine = \"가\"\nodd = { a = 1 }\n\n[more]\nkey = \"v\"\n";
        assert_eq!(parse(text).expect("a record").to_text(), text);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let message = |text: &str| parse(text).expect_err("broken").to_string();
        assert_eq!(message("version = 2\n"), "x.record.toml has version 2, and this program knows version 1");
        assert!(message("version = 1\nenglish = 3\n").starts_with("x.record.toml:2:11: "));
        assert!(message("version = 1\n[[segment]]\nstate = \"odd\"\n").starts_with("x.record.toml:3:9: "));
    }

    #[test]
    fn the_layout_is_that_of_the_design() {
        let entry = Entry {
            english_hash: "9f2c4e01aa37b5d2".to_owned(),
            part: "item".to_owned(),
            kind: "commentary".to_owned(),
            state: State::Approved,
            machine: Some("기계".to_owned()),
            backend: Some("llm/x".to_owned()),
            glossary_hash: Some("00".to_owned()),
            notes: vec!["fixed: 가 -> 나".to_owned(), "b".to_owned()],
            candidate: Some("후보".to_owned()),
            edited: Some("사람".to_owned()),
            approved: Some("사람".to_owned()),
            approved_hash: Some("11".to_owned()),
            reviewer: Some("ㄱ".to_owned()),
            time: Some("2026-01-02T03:04:05Z".to_owned()),
            rejected: vec!["나쁜 \"말\"".to_owned()],
            shape: None,
            comment: Some("좋음".to_owned()),
            extra: Table::new(),
        };
        let record = Record { segments: vec![entry.clone(), Entry::default()], ..Record::new(Path::new("drafts/x.md")) };
        let text = "version = 1\nenglish = \"x.md\"\n\n[[segment]]\nenglish_hash = \"9f2c4e01aa37b5d2\"\npart = \"item\"\nkind = \"commentary\"\nstate = \"approved\"\nmachine = \"기계\"\nbackend = \"llm/x\"\nglossary_hash = \"00\"\nnotes = [\"fixed: 가 -> 나\", \"b\"]\ncandidate = \"후보\"\nedited = \"사람\"\napproved = \"사람\"\napproved_hash = \"11\"\nreviewer = \"ㄱ\"\ntime = \"2026-01-02T03:04:05Z\"\nrejected = [\"나쁜 \\\"말\\\"\"]\ncomment = \"좋음\"\n\n[[segment]]\nenglish_hash = \"\"\npart = \"\"\nkind = \"\"\nstate = \"english\"\n";
        assert_eq!(record.to_text(), text);
        assert_eq!(parse(text).expect("a record"), record);
        assert_eq!(parse(&format!("\u{feff}{}", text.replace('\n', "\r\n"))).expect("as Windows has it"), record);
    }

    #[test]
    fn a_long_record_is_read_part_by_part_and_is_the_same() {
        let entry = |number: usize| Entry {
            english_hash: format!("{number:016}"),
            machine: Some(format!("글 {number}\n[[segment]]\n\"{}\"", "가".repeat(number % 300))),
            ..Entry::default()
        };
        let record = Record { segments: (0..4_000).map(entry).collect(), ..Record::new(Path::new("x.md")) };
        let text = record.to_text();
        assert!(parts(&text).count() > 5 && parts(&text).collect::<String>() == text);
        assert!(parts(&text).all(|part| part.len() < PART + 2_000));
        assert_eq!(Record::in_parts(&text).as_ref(), Some(&record));
        assert_eq!(parse(&text).expect("a record"), record);
        let windows = text.replace('\n', "\r\n");
        assert_eq!(Record::in_parts(&windows).as_ref(), Some(&record));
    }

    #[test]
    fn what_the_whole_has_to_tell_is_told_by_the_whole() {
        let record = Record {
            segments: vec![Entry { machine: Some("가".repeat(100)), ..Entry::default() }; 3_000],
            ..Record::new(Path::new("x.md"))
        };
        let text = record.to_text();
        let whole = |text: &str| {
            assert_eq!(Record::in_parts(text), None, "{}", &text[..40]);
            parse(text).map_err(|error| error.to_string())
        };
        assert!(whole(&text.replacen("version = 1", "version = 2", 1)).expect_err("newer").contains("has version 2"));
        let error = whole(&format!("{text}\n[[segment]]\nstate = \"odd\"\n")).expect_err("broken");
        assert!(error.starts_with(&format!("x.record.toml:{}:9: ", text.lines().count() + 3)), "{error}");
        assert!(whole(&format!("{text}\n[more]\na = 1\n{}\n[more]\nb = 1\n", &text[text.find("\n[[").expect("a segment")..])).is_err());
        assert!(whole(&text.replacen("english = ", "segment = []\nenglish = ", 1)).is_err());
        // A header inside of a text is none.
        let quoted = format!("{text}note = \"\"\"\n{}\"\"\"\n", "[[segment]]\n".repeat(40_000));
        let last = whole(&quoted).expect("a record").segments.pop().expect("a segment");
        assert_eq!(last.extra["note"].as_str().map(str::len), Some(12 * 40_000));
    }

    /// Any value that TOML can hold; a number that is none is not even equal to itself.
    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<String>().prop_map(Value::String),
            any::<i64>().prop_map(Value::Integer),
            any::<f64>().prop_filter("equal to itself", |number| !number.is_nan()).prop_map(Value::Float),
            any::<bool>().prop_map(Value::Boolean),
            Just("2026-01-02T03:04:05.5+09:00".parse().map(Value::Datetime).expect("a time")),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                prop::collection::vec((any::<String>(), inner), 0..4).prop_map(|pairs| Value::Table(pairs.into_iter().collect())),
            ]
        })
    }

    /// Keys that this program does not know.
    fn any_extra() -> impl Strategy<Value = Table> {
        prop::collection::vec((".*".prop_map(|key| format!("x{key}")), any_value()), 0..4).prop_map(|pairs| pairs.into_iter().collect())
    }

    proptest! {
        #[test]
        fn any_unknown_keys_come_back_in_the_same_bytes(own in any_extra(), of_entry in any_extra()) {
            let entry = Entry { extra: of_entry, ..Entry::default() };
            let record = Record { segments: vec![entry.clone(), entry], extra: own, ..Record::new(Path::new("x.md")) };
            let text = record.to_text();
            let read = parse(&text).expect("a record");
            prop_assert_eq!(&read, &record);
            prop_assert_eq!(read.to_text(), text);
        }

        #[test]
        fn any_text_comes_back(machine: String, notes: Vec<String>, edited: Option<String>, comment in "[\"'\\\\\n\r\t한\u{1100}\u{7f}🎉 ]*") {
            let entry = Entry { machine: Some(machine), notes, edited, comment: Some(comment), ..Entry::default() };
            let record = Record { segments: vec![entry.clone(), entry], ..Record::new(Path::new("x.md")) };
            prop_assert_eq!(parse(&record.to_text()).expect("a record"), record);
        }
    }
}
