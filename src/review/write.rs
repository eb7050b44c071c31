//! The Korean draft with other words in it.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::edition::{Edition, Paths, Texts};
use super::row::{Case, Piece, RowState};
use crate::digest::{Digest, Format, Kind, fold, splice};
use crate::draft::assemble;

/// The files of a digest, parsed, for writing into the Korean draft.
pub(super) struct Draft<'a> {
    pub(super) paths: &'a Paths,
    english: Digest<'a>,
    pub(super) korean: Digest<'a>,
    /// The other file that the edited side is taken from.
    against: Option<&'a str>,
    other: OnceCell<Digest<'a>>,
    /// The segments of the Korean draft by what they say, folded; none where several say it.
    places: OnceCell<HashMap<String, Option<usize>>>,
}

impl<'a> Draft<'a> {
    pub fn new(paths: &'a Paths, texts: &'a Texts) -> Self {
        #[cfg(test)]
        MADE.set(MADE.get() + 1);
        let format = Format::of(&paths.english);
        let english = Digest::parse(&texts.english, format, None);
        let korean = Digest::parse(texts.korean.as_deref().unwrap_or_default(), format, None);
        let against = texts.against.as_deref();
        Self { paths, english, korean, against, other: OnceCell::new(), places: OnceCell::new() }
    }

    /// The edited side: the other file, where one was named, else the Korean draft.
    pub fn edited(&self) -> &Digest<'a> {
        match self.against {
            Some(text) => self.other.get_or_init(|| Digest::parse(text, Format::of(self.paths.edited()), None)),
            None => &self.korean,
        }
    }

    /// The kind of a piece that the editor added.
    pub fn kind(&self, piece: &Piece) -> &'static str {
        piece.edited.and_then(|k| self.edited().segments.get(k)).map_or(Kind::Commentary, |segment| segment.kind).name()
    }

    /// What stands in a segment, on one line.
    pub fn stands(&self, korean: usize) -> String {
        self.korean.segments.get(korean).map(|segment| self.korean.one_line(segment)).unwrap_or_default()
    }

    /// The bytes of an English segment.
    pub fn english(&self, e: usize) -> &str {
        self.english.bytes(&self.english.segments[e])
    }

    /// The one segment that holds these words; none where several do.
    pub fn only_place(&self, words: &str) -> Option<usize> {
        let places = self.places.get_or_init(|| {
            let mut places: HashMap<String, Option<usize>> = HashMap::new();
            for k in 0..self.korean.segments.len() {
                places.entry(fold(&self.stands(k)).into_owned()).and_modify(|place| *place = None).or_insert(Some(k));
            }
            places
        });
        places.get(fold(words).as_ref()).copied().flatten()
    }

    /// What the machine wrote, as it stands in a draft.
    pub fn machine(&self, e: usize, edition: &Edition) -> String {
        let entry = &edition.plan.slots[e].entry;
        let known = [&entry.machine, &entry.approved].into_iter().flatten().find(|text| !text.is_empty()).cloned();
        known.unwrap_or_else(|| self.english.one_line(&self.english.segments[e]))
    }

    /// The draft with these words in these segments.
    pub fn with_words(&self, words: &[(Option<usize>, usize, String)]) -> Result<String, String> {
        let mut replacements: Vec<(usize, String)> = words.iter().map(|(_, korean, text)| (*korean, text.clone())).collect();
        replacements.sort_by_key(|(korean, _)| *korean);
        replacements.dedup_by_key(|(korean, _)| *korean);
        let spliced = splice(&self.korean, &replacements, false);
        match spliced.refused.first() {
            None => Ok(spliced.text),
            Some(&refused) => Err(format!(
                "\"{}\" would change the Markdown around it; write it differently, or edit {}",
                replacements[refused].1,
                self.paths.korean.display()
            )),
        }
    }

    /// Whether the machine's words can take the place of what stands there.
    pub fn ensure_kept(&self, case: &Case) -> Result<(), String> {
        let file = self.paths.korean.display();
        match case.row.state {
            RowState::Added if self.paths.against.is_some() => Ok(()),
            RowState::Added => Err("the machine has nothing for a text that the editor added: a accepts it, e changes it".to_owned()),
            RowState::Merged | RowState::Split => {
                Err("the machine wrote other items than the editor: x parts them, then m keeps the machine's".to_owned())
            }
            _ if case.pieces.iter().all(|piece| piece.korean.is_none()) => Ok(()),
            _ if case.pieces.iter().any(|piece| piece.english.is_none() || piece.korean.is_none()) => {
                Err(format!("the editor's item has other parts than the machine's: a accepts it, or change {file}"))
            }
            _ => Ok(()),
        }
    }

    /// The draft with rows put back that the editor took out.
    pub fn restored(&self, cases: &[&Case], edition: &Edition) -> Result<String, String> {
        let Some(pairs) = &edition.plan.pairs else { return Err("there is no Korean draft to put it back into".to_owned()) };
        let mut texts = vec![None; self.english.segments.len()];
        let mut absent = vec![false; self.english.segments.len()];
        for e in cases.iter().flat_map(|case| &case.pieces).filter_map(|piece| piece.english) {
            texts[e] = Some(self.machine(e, edition));
            absent[e] = true;
        }
        let assembled = assemble::put_back(&self.english, &self.korean, pairs, &texts, &absent);
        match assembled.unplaced.is_empty() && assembled.text != self.korean.text {
            true => Ok(assembled.text),
            false => Err(format!("it has no certain place among what stands there; put it into {} by hand", self.paths.korean.display())),
        }
    }

    /// A piece of another file as the draft would hold it.
    pub fn own_words(&self, piece: &Piece) -> Result<String, String> {
        let (Some(e), true) = (piece.english, Format::of(self.paths.edited()) != self.english.format) else {
            return Ok(piece.text.clone());
        };
        let segment = &self.english.segments[e];
        let marked = self.english.marked(segment);
        let adapted = marked.adapt(&piece.text, Format::of(self.paths.edited()));
        let written = adapted.and_then(|(reply, _)| self.english.render(segment, &marked, &reply).ok());
        written.ok_or_else(|| {
            let korean = self.paths.korean.display();
            format!("its links or emphasis cannot be told from {}; edit {korean}, then accept", self.paths.edited().display())
        })
    }

    /// The draft with the parts that a row of another file has: none where it has them already.
    pub fn with_parts(&self, case: &Case, edition: &Edition) -> Result<Option<String>, String> {
        let (edited, korean) = (self.paths.edited().display(), self.paths.korean.display());
        let told = |what: &str| Err(format!("{edited} {what}; change {korean} the same way, then accept"));
        // What is gone from both is decided in the record alone.
        let gone = |piece: &Piece| piece.english.is_some_and(|e| edition.plan.slots[e].korean.is_none());
        match case.row.state {
            RowState::Added if case.pieces.iter().all(|piece| self.only_place(&piece.text).is_some()) => Ok(None),
            RowState::Added => self.with_item(case, edition).map(Some),
            RowState::Deleted if case.pieces.iter().all(gone) => Ok(None),
            RowState::Deleted => self.without(case).map(Some),
            RowState::Merged | RowState::Split => {
                Err(format!("{edited} groups its items otherwise; change {korean} the same way, then accept, or part them with x"))
            }
            _ if case.pieces.iter().any(|piece| piece.korean.is_none() && !(piece.text.is_empty() && gone(piece))) => {
                told("has a part that the draft lacks")
            }
            _ => Ok(None),
        }
    }
}

#[cfg(test)]
thread_local! {
    /// How often both sides were parsed to write into the draft.
    pub(super) static MADE: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// What the segments of a draft say, folded.
pub(super) fn standing(draft: &str, paths: &Paths) -> HashSet<String> {
    let digest = Digest::parse(draft, Format::of(&paths.korean), None);
    digest.segments.iter().map(|segment| fold(&digest.one_line(segment)).into_owned()).collect()
}
