//! The glossary: which English term is written how in Korean. Loads `glossary.toml`, finds terms in English, mends Korean.

pub mod edit;
mod enforce;
mod find;
pub mod formats;
mod hash;
mod index;
mod inflect;
mod lint;
mod load;
pub mod phrases;
mod renderings;
mod words;

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::korean::hangul::{Final, composed, final_sound};
use crate::korean::host::sound_before;
use crate::korean::reading::Reading;
use crate::korean::view::View;
use crate::span::Span;

pub use enforce::{Enforced, Repair};
pub use lint::{Lint, NAMES as LINTS};
pub use load::{Fault, LoadError};
pub use renderings::{Form, Hit, Standing};

/// A Korean form, with its place in `glossary.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendering {
    /// The form as written.
    pub text: String,
    /// Its bytes in the file, quotes included.
    pub span: Span,
}

/// Whether letters must agree in case for the English form to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// As written in the entry; the default for entries in capitals.
    Exact,
    /// In any case.
    Any,
}

/// Whether other blanks inside a rendering are worth a hint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spacing {
    /// They are.
    Exact,
    /// They are not.
    #[default]
    Any,
}

/// One entry; an English word with several senses has one for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The English entry.
    pub english: String,
    /// The entry's key in the file.
    pub span: Span,
    /// The preferred rendering; only a `keep` entry may have none.
    pub korean: Option<Rendering>,
    /// Other accepted renderings.
    pub also: Vec<Rendering>,
    /// Forbidden renderings.
    pub avoid: Vec<Rendering>,
    /// The English form stays.
    pub keep: bool,
    /// How a Latin form is pronounced, in Hangul.
    pub read: Option<String>,
    /// How letters are compared.
    pub case: Case,
    /// Inflected as a verb too.
    pub verb: bool,
    /// Further English forms.
    pub forms: Vec<String>,
    /// What other blanks inside the rendering mean.
    pub spacing: Spacing,
    /// Which sense of the English word this is.
    pub sense: Option<String>,
    /// A note for translators and backends.
    pub note: Option<String>,
    /// Examples that hold the term.
    pub ok: Vec<Rendering>,
    /// Examples that must not be taken for it.
    pub ng: Vec<Rendering>,
}

impl Rendering {
    /// A form that stands in no file.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), span: 0..0 }
    }
}

impl Term {
    /// An entry without renderings that stands in no file.
    pub fn new(english: &str) -> Self {
        let mut letters = english.chars().filter(|c| c.is_alphabetic()).peekable();
        let is_capitals = letters.peek().is_some() && letters.all(char::is_uppercase);
        Self {
            english: english.to_string(),
            span: 0..0,
            korean: None,
            also: Vec::new(),
            avoid: Vec::new(),
            keep: false,
            read: None,
            case: if is_capitals { Case::Exact } else { Case::Any },
            verb: false,
            forms: Vec::new(),
            spacing: Spacing::default(),
            sense: None,
            note: None,
            ok: Vec::new(),
            ng: Vec::new(),
        }
    }

    /// What to write in Korean: the preferred rendering, or the English form of a name that stays.
    pub fn preferred(&self) -> &str {
        match &self.korean {
            Some(rendering) if !self.keep => &rendering.text,
            _ => &self.english,
        }
    }

    /// The last sound of a name that stays, as the entry itself says: by `read`, else by its Korean.
    pub fn said(&self) -> Option<Final> {
        let said = self.read.as_deref().or(self.korean.as_ref().filter(|_| self.keep).map(|rendering| rendering.text.as_str()));
        said.and_then(final_sound)
    }

    /// How the preferred rendering ends when it is read aloud: by its last syllable, else as the entry says, else by its letters.
    pub fn reading(&self) -> Option<Reading> {
        let known = final_sound(self.preferred()).or_else(|| self.said());
        known.map(Reading::certain).or_else(|| sound_before(self.preferred()))
    }

    /// Every accepted rendering, the preferred one first.
    pub fn accepted(&self) -> impl Iterator<Item = &str> {
        let kept = self.korean.as_ref().filter(|_| self.keep).map(|rendering| rendering.text.as_str());
        std::iter::once(self.preferred()).chain(kept).chain(self.also.iter().map(|rendering| rendering.text.as_str()))
    }
}

/// The terms of a team, ready to be looked up. Built once, shared by every segment.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    terms: Vec<Term>,
    known: Vec<String>,
    english: find::Index,
    renderings: OnceLock<renderings::Finder>,
    known_ends: OnceLock<KnownEnds>,
}

/// The known words as a text may end in one.
#[derive(Clone, Debug, Default)]
struct KnownEnds {
    words: HashSet<String>,
    /// How many bytes they have, each number once.
    lengths: Vec<usize>,
}

impl Glossary {
    /// A glossary without terms, for a team that has none yet.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Reads `text`, the contents of the file at `path`. Only TOML and schema faults are errors, all of them at once.
    pub fn load(path: &str, text: &str) -> Result<Self, LoadError> {
        let (terms, known) = load::read(path, text)?;
        Ok(Self::new(terms, known))
    }

    /// A glossary of these terms, with everyday `known` words that are no terms.
    pub fn new(terms: Vec<Term>, known: Vec<String>) -> Self {
        Self { terms, known, ..Self::default() }
    }

    /// All terms, in the order of the file.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Everyday words that contain a term's letters and are not the term.
    pub fn known(&self) -> &[String] {
        &self.known
    }

    /// The known words, composed, that a composed text ends in, as bytes of it.
    pub fn known_at_end(&self, text: &str) -> impl Iterator<Item = Span> {
        let ends = self.known_ends.get_or_init(|| {
            let words: HashSet<String> = self.known.iter().map(|word| composed(word.trim())).collect();
            let mut lengths: Vec<usize> = words.iter().map(String::len).collect();
            lengths.sort_unstable();
            lengths.dedup();
            KnownEnds { words, lengths }
        });
        let starts = ends.lengths.iter().map_while(|length| text.len().checked_sub(*length));
        starts.filter(|start| text.get(*start..).is_some_and(|end| ends.words.contains(end))).map(|start| start..text.len())
    }

    /// The terms that occur in an English text, each once, in the order of the file; all senses of a word that has several.
    pub fn terms_in(&self, english: &str) -> Vec<&Term> {
        let mut found: Vec<usize> = self.english.find(&self.terms, english).into_iter().map(|hit| hit.term).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|index| &self.terms[index]).collect()
    }

    /// Every term of an English text, from left to right, with its bytes; all senses of a word that has several have one span.
    pub fn find_english(&self, english: &str) -> Vec<(usize, Span)> {
        self.english.find(&self.terms, english).into_iter().map(|hit| (hit.term, hit.span)).collect()
    }

    /// Builds what finding in Korean needs, which is else built when it is first used.
    pub fn get_ready(&self) {
        self.find_korean(&View::default());
    }

    /// Every rendering in a Korean text, from left to right; one hit per entry, so that a place may stand for two.
    pub fn find_korean(&self, korean: &View) -> Vec<Hit> {
        self.finder().find(korean)
    }

    /// Whether a rendering of the term `number` is not found for it, because too many entries share it: nothing can be said of its absence.
    pub fn is_crowded(&self, number: usize) -> bool {
        self.finder().is_crowded(number)
    }

    fn finder(&self) -> &renderings::Finder {
        self.renderings.get_or_init(|| renderings::Finder::new(&self.terms, &self.known))
    }

    /// What it takes to put the preferred rendering in the place of `hit`, and to make the particle after it fit. `view` is a view of
    /// `file`.
    pub fn repair(&self, view: &View, file: &str, hit: &Hit) -> Repair {
        enforce::repair(&self.terms[hit.term], view, file, hit)
    }

    /// Replaces forbidden renderings of `terms` in a Korean text by the preferred ones, and repairs the particles after them.
    ///
    /// Only what is certain is changed; marks (`⟦1⟧`) and everything else stay as they are.
    pub fn enforce(&self, terms: &[&Term], korean: &str) -> Enforced {
        enforce::enforce(self, terms, korean)
    }

    /// 16 hex digits over all that decides how these terms are found, told to a backend and enforced, in any order.
    pub fn hash_of(terms: &[&Term]) -> String {
        hash::hash_of(terms)
    }

    /// What a backend is told of these terms: the English entry, what to write, and the sense or else the note.
    pub fn hints(terms: &[&Term]) -> Vec<(String, String, Option<String>)> {
        let hint = |term: &&Term| (term.english.clone(), term.preferred().to_string(), term.sense.clone().or_else(|| term.note.clone()));
        terms.iter().map(hint).collect()
    }

    /// What its authors cannot have meant, in the order of the file; none of it stops a run.
    pub fn lint(&self) -> Vec<Lint> {
        lint::lint(self)
    }

    /// Whether an English form of the term `number` is found where it stands alone.
    fn finds(&self, number: usize, form: &str) -> bool {
        self.english.find(&self.terms, form).iter().any(|hit| hit.term == number)
    }
}
