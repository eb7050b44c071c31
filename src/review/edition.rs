//! A digest as it is reviewed: what the record knows of it beside what the editor's file says, row by row.

use std::path::{Path, PathBuf};

use super::align::Ruling;
use super::cases::Builder;
use super::parts::Aligned;
use super::row::{Case, Row, Standing};
use crate::digest::{Digest, Format};
use crate::draft::files::{self, FileError, Names};
use crate::draft::plan::Plan;
use crate::draft::record::{Record, Stamp};
use crate::glossary::Glossary;
use crate::pipeline::PipelineError;
use crate::pipeline::words::English;

/// The files of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The English digest.
    pub english: PathBuf,
    /// Its Korean draft, where decisions land.
    pub korean: PathBuf,
    /// Its record.
    pub record: PathBuf,
    /// The folder that holds `.translate/`.
    pub root: PathBuf,
    /// Another file that the edited side is taken from; never written.
    pub against: Option<PathBuf>,
}

impl Paths {
    /// The files that go with an English digest.
    pub fn of(english: &Path, against: Option<&Path>) -> Self {
        let Names { korean, record } = Names::of(english);
        let root = files::root(english);
        Self { english: english.to_owned(), korean, record, root, against: against.map(Path::to_owned) }
    }

    /// The file that the edited side is read from.
    pub fn edited(&self) -> &Path {
        self.against.as_deref().unwrap_or(&self.korean)
    }
}

/// The texts of a review as they stood on disk at one moment.
#[derive(Clone, Debug)]
pub struct Texts {
    /// The English digest.
    pub english: String,
    /// The Korean draft; none where there is no file yet.
    pub korean: Option<String>,
    /// The other file, where one was named.
    pub against: Option<String>,
    /// The record; empty where there is none. In an edition its segments are those of the plan.
    pub record: Record,
    /// Names the text that the record was read from; none where there is none.
    stamp: Option<Stamp>,
}

impl Texts {
    /// Reads all files.
    ///
    /// # Errors
    /// When one cannot be read, or when there is no edited side at all.
    pub fn read(paths: &Paths) -> Result<Self, PipelineError> {
        let english = files::read(&paths.english)?;
        let (record, stamp) = Record::load_stamped(&paths.record)?.unzip();
        let record = record.unwrap_or_else(|| Record::new(&paths.english));
        let korean = files::read_existing(&paths.korean)?;
        let against = match &paths.against {
            Some(path) => Some(files::read_existing(path)?.ok_or_else(|| FileError::Missing(path.clone()))?),
            None => None,
        };
        if korean.is_none() && against.is_none() {
            return Err(FileError::Missing(paths.korean.clone()).into());
        }
        Ok(Self { english, korean, against, record, stamp })
    }

    /// Whether the digest's own files still hold what was read.
    ///
    /// # Errors
    /// When one cannot be read.
    pub(super) fn stand(&self, paths: &Paths) -> Result<bool, PipelineError> {
        let english = files::read(&paths.english)?;
        let stamp = Stamp::now(&paths.record)?;
        let korean = files::read_existing(&paths.korean)?;
        if let Some(path) = &paths.against {
            files::read_existing(path)?.ok_or_else(|| FileError::Missing(path.clone()))?;
        }
        Ok(korean == self.korean && stamp == self.stamp && english == self.english)
    }
}

/// A digest as it is reviewed.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The texts it was made from.
    pub texts: Texts,
    /// What is known of each English segment, paired with the Korean draft.
    pub plan: Plan,
    /// Texts outside items, then items, both in the order of the edited file.
    pub cases: Vec<Case>,
    /// Pairs that a person has to tell: index of the machine's item, indices of the edited items it may be.
    pub doubts: Vec<Asked>,
    /// The share of parts with a partner, 0 to 1.
    pub coverage: f64,
    /// Whether so many parts have no certain partner that each was compared with the likeliest few alone.
    pub is_partial: bool,
    /// For each English segment, the state of its terms.
    pub terms: Vec<Option<String>>,
    /// For each English segment, its terms with their renderings.
    pub hints: Vec<Vec<(String, String)>>,
}

/// A question about items that may belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Index of the English item, from 0.
    pub item: usize,
    /// The machine's text of it.
    pub machine: String,
    /// Items of the edited file that it may be, from 0, with their texts; the likeliest first.
    pub edited: Vec<(usize, String)>,
}

/// A share of parts with a partner below which two files are not taken for one digest.
pub const LEAST_COVERAGE: f64 = 0.5;

impl Edition {
    /// Reads a digest for review; `ruled` is what people said of pairs of items, by their indices on both sides.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn read(paths: &Paths, glossary: &Glossary, ruled: &dyn Fn(&Texts) -> Vec<Ruling>) -> Result<Self, PipelineError> {
        let texts = Texts::read(paths)?;
        let rulings = ruled(&texts);
        Ok(Self::of(texts, paths, glossary, &rulings))
    }

    /// Puts texts that were read side by side.
    pub fn of(mut texts: Texts, paths: &Paths, glossary: &Glossary, rulings: &[Ruling]) -> Self {
        let format = Format::of(&paths.english);
        let digest = Digest::parse(&texts.english, format, None);
        let english = English::new(&digest, glossary);
        let korean = texts.korean.as_deref().map(|text| Digest::parse(text, format, None));
        let other = texts.against.as_deref().map(|text| Digest::parse(text, Format::of(paths.edited()), None));
        let mut aligned = None;
        let segments = std::mem::take(&mut texts.record.segments);
        let plan = Plan::paired(&digest, &english.marked, korean.as_ref(), segments, |entries| {
            let rulings = if other.is_some() { &[] } else { rulings };
            let of_draft = Aligned::new(&digest, entries, korean.as_ref()?, rulings);
            let pairs = of_draft.pairs.clone();
            aligned = Some(of_draft);
            Some(pairs)
        });
        let terms: Vec<Option<String>> = (0..digest.segments.len()).map(|index| english.glossary_hash(index)).collect();
        let hints =
            (0..digest.segments.len()).map(|e| english.hints(e).into_iter().map(|hint| (hint.english, hint.korean)).collect()).collect();
        if let Some(other) = &other {
            let entries: Vec<_> = plan.slots.iter().map(|slot| Some(&slot.entry)).collect();
            aligned = Some(Aligned::new(&digest, &entries, other, rulings));
        }
        // Reading saw to it that there is an edited side.
        let aligned = aligned.unwrap_or_default();
        let edited = other.as_ref().or(korean.as_ref()).unwrap_or(&digest);
        let builder = Builder::new(&digest, edited, other.is_none(), &plan, &terms);
        let (cases, doubts) = (builder.cases(&aligned), builder.questions(&aligned));
        let (coverage, is_partial) = (aligned.coverage(), aligned.is_partial());
        Self { cases, doubts, coverage, is_partial, plan, terms, hints, texts }
    }

    /// Texts of another file that were decided on are decided, whatever the decision was. `settled` names them by English and text.
    pub(super) fn settle(&mut self, settled: &[String]) {
        for case in &mut self.cases {
            let is_settled = |piece: &super::Piece| {
                let english = piece.english.map_or("", |e| &self.plan.slots[e].entry.english_hash);
                settled.binary_search(&crate::digest::hash(&format!("{english}\n{}", piece.text))).is_ok()
            };
            let holds = |piece: &super::Piece| piece.english.is_none_or(|e| self.plan.slots[e].entry.approved.is_some());
            if case.standing != Standing::Approved && case.pieces.iter().all(|piece| is_settled(piece) && holds(piece)) {
                case.standing = Standing::Approved;
            }
        }
    }

    /// The rows, for reports.
    pub fn rows(&self) -> Vec<Row> {
        self.cases.iter().map(|case| case.row.clone()).collect()
    }

    /// Whether the edited side looks like another text altogether.
    pub fn is_foreign(&self) -> bool {
        self.coverage < LEAST_COVERAGE
    }

    /// What nobody has decided yet.
    pub fn undecided(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(|case| case.standing != Standing::Approved)
    }
}
