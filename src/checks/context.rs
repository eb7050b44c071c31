//! One Korean file made ready for all checks: both sides as words, their parts paired, every term found once.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::excerpt::sentence;
use super::figures::{Fault, compare};
use super::merged::{Merged, merged};
use super::place::Ends;
use super::side::{Part, Passage, Side, Twin, parts, within};
use super::{Progress, Ruling, running};
use crate::digest::{Digest, Prose, Segment, Waiver, fold};
use crate::draft::likely::with_likely;
use crate::draft::pair::Pairs;
use crate::glossary::{Form, Glossary, Hit, Standing, Term};
use crate::korean::agreement::{Faults, Noun, faults};
use crate::korean::hangul::is_hangul;
use crate::korean::sentence::Sentence;
use crate::korean::view::View;
use crate::span::Span;

/// What checks look at. All of it is found when it is first asked for and then shared.
pub struct Context<'a> {
    glossary: &'a Glossary,
    korean: Side<'a>,
    english: Option<Side<'a>>,
    parts: Vec<Part>,
    rendered: OnceCell<Vec<Rendered>>,
    particles: OnceCell<Vec<Faults>>,
    named: OnceCell<Vec<Named>>,
    figures: OnceCell<Vec<(usize, Vec<Fault>)>>,
    /// For the Korean place of a part and a term, the first English place.
    first: OnceCell<FxHashMap<(usize, usize), usize>>,
    lost: Vec<usize>,
    merged: OnceCell<Vec<Merged>>,
    sentences: OnceCell<Vec<Vec<Sentence>>>,
    waivers: OnceCell<Vec<Waiver<'a>>>,
    /// For the Korean place of a segment its part, and which of its twins it is.
    twins: OnceCell<FxHashMap<usize, (usize, usize)>>,
    /// For the folded label of an English definition its place in the list.
    definitions: OnceCell<FxHashMap<String, usize>>,
    sentence_ends: Ends,
    rulings: &'a [Ruling<'a>],
    progress: &'a [Progress],
    added: &'a [String],
    /// [`Context::added`] to look texts up in.
    accepted: OnceCell<FxHashSet<&'a str>>,
}

/// A rendering of a term in the Korean digest.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// What was found; its ranges are those of the view.
    pub hit: Hit,
    /// Index of its view in [`Side::prose`].
    pub prose: usize,
    /// Its bytes in the file.
    pub span: Span,
}

/// A word of the English digest that the glossary lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Numbers of its entries in the glossary: one for each sense.
    pub terms: Vec<usize>,
    /// Index of its view in [`Side::prose`].
    pub prose: usize,
    /// Its place in the view.
    pub range: std::ops::Range<usize>,
    /// Its bytes in the file.
    pub span: Span,
}

impl<'a> Context<'a> {
    /// A Korean digest with its English one, where there is one.
    pub fn new(glossary: &'a Glossary, korean: &'a Digest<'a>, english: Option<(&'a Digest<'a>, &Pairs)>) -> Self {
        // To look for faults in, likely pairs are enough.
        let likely = english.map(|(english, pairs)| with_likely(english, korean, pairs));
        let english = english.map(|(english, _)| english).zip(likely.as_ref());
        let parts = parts(korean, english);
        let alone = |(item, paired): (usize, &Option<usize>)| paired.is_none().then_some(item);
        let lost = english.map_or_else(Vec::new, |(_, pairs)| pairs.items.iter().enumerate().filter_map(alone).collect());
        let english = english.map(|(english, _)| Side::new(english));
        Self {
            glossary,
            korean: Side::new(korean),
            english,
            parts,
            rendered: OnceCell::new(),
            particles: OnceCell::new(),
            named: OnceCell::new(),
            figures: OnceCell::new(),
            first: OnceCell::new(),
            lost,
            merged: OnceCell::new(),
            sentences: OnceCell::new(),
            waivers: OnceCell::new(),
            twins: OnceCell::new(),
            definitions: OnceCell::new(),
            sentence_ends: Ends::default(),
            rulings: &[],
            progress: &[],
            added: &[],
            accepted: OnceCell::new(),
        }
    }

    /// The sentences of the running text of the Korean digest, passage by passage.
    pub(super) fn sentences(&self) -> &[Vec<Sentence>] {
        self.sentences.get_or_init(|| running::cut(&self.korean))
    }

    /// Indices of the English items that have no Korean.
    pub fn lost_items(&self) -> &[usize] {
        &self.lost
    }

    /// English items that have no Korean item of their own although their text is there: what made it an item (a link, bold text) was
    /// lost, and their text stands in the item before it, or outside items.
    pub fn merged_items(&self) -> &[Merged] {
        self.merged
            .get_or_init(|| self.english.as_ref().map_or_else(Vec::new, |english| merged(&self.korean, english, &self.parts, &self.lost)))
    }

    /// Whether every item of either language has its other side: then what one item lacks is in no other.
    pub fn is_complete(&self) -> bool {
        self.lost.is_empty() && self.parts.iter().all(|part| part.item.is_none() || part.english.is_some())
    }

    /// With what the settings let pass in this file.
    pub fn with_rulings(self, rulings: &'a [Ruling<'a>]) -> Self {
        Self { rulings, ..self }
    }

    /// With how far each English segment is, in their order.
    pub fn with_progress(self, progress: &'a [Progress]) -> Self {
        Self { progress, ..self }
    }

    /// With the texts without English that a person accepted, folded.
    pub fn with_added(self, added: &'a [String]) -> Self {
        Self { added, accepted: OnceCell::new(), ..self }
    }

    /// Whether a person accepted that an English item is not in the Korean digest.
    pub fn is_taken_out(&self, item: usize) -> bool {
        let Some(side) = self.english.as_ref().filter(|_| !self.progress.is_empty()) else { return false };
        let mut segments = side.digest.segment_indices_of(item).peekable();
        segments.peek().is_some() && segments.all(|segment| self.progress.get(segment).is_some_and(|progress| progress.taken_out))
    }

    /// Whether a person accepted a Korean item without an English one, word for word.
    pub fn is_accepted(&self, item: usize) -> bool {
        let mut segments = self.korean.digest.segments_of(item).peekable();
        let accepted = self.accepted.get_or_init(|| self.added.iter().map(String::as_str).collect());
        let known = |segment| accepted.contains(&*fold(&self.korean.digest.one_line(segment)));
        !self.added.is_empty() && segments.peek().is_some() && segments.all(known)
    }

    /// The waivers of the Korean digest, in the order of the text.
    pub(super) fn waivers(&self) -> &[Waiver<'a>] {
        self.waivers.get_or_init(|| self.korean.digest.waivers())
    }

    /// See [`Ends`].
    pub(super) fn sentence_ends(&self) -> &Ends {
        &self.sentence_ends
    }

    /// The twin whose Korean begins at byte `at`.
    pub(super) fn twin(&self, at: usize) -> Option<&Twin> {
        let twins = self.twins.get_or_init(|| {
            let parts = self.parts.iter().enumerate();
            let twins =
                parts.flat_map(|(part, of)| of.twins.iter().enumerate().map(move |(index, twin)| (twin.korean.start, (part, index))));
            twins.collect()
        });
        twins.get(&at).map(|&(part, index)| &self.parts[part].twins[index])
    }

    /// Where the English digest says that a label leads.
    pub(super) fn defined(&self, label: &str) -> Option<&str> {
        // CommonMark knows no longer ones.
        const LONGEST: usize = 999;
        let definitions = self.english.as_ref().filter(|_| label.len() <= LONGEST)?.digest.definitions();
        let folded = |label: &str| label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let known = self.definitions.get_or_init(|| {
            let mut known = FxHashMap::default();
            for (index, (label, _)) in definitions.iter().enumerate() {
                known.entry(folded(label)).or_insert(index);
            }
            known
        });
        known.get(&folded(label)).map(|&index| definitions[index].1.as_str())
    }

    /// What the settings let pass in this file.
    pub fn rulings(&self) -> &[Ruling<'a>] {
        self.rulings
    }

    /// How far the segments of a part are; empty where nothing is on record.
    pub fn progress<'p>(&self, part: &'p Part) -> Vec<(Progress, &'p Twin)> {
        let Some(side) = self.english.as_ref().filter(|_| !self.progress.is_empty()) else { return Vec::new() };
        let segments = &side.digest.segments;
        let at = |twin: &Twin| segments.partition_point(|segment| segment.start < twin.english.start);
        part.twins.iter().filter_map(|twin| Some((*self.progress.get(at(twin))?, twin))).collect()
    }

    /// The terms.
    pub fn glossary(&self) -> &Glossary {
        self.glossary
    }

    /// The term with this number.
    pub fn term(&self, number: usize) -> &Term {
        &self.glossary.terms()[number]
    }

    /// The Korean side.
    pub fn korean(&self) -> &Side<'a> {
        &self.korean
    }

    /// The English side, if there is one.
    pub fn english(&self) -> Option<&Side<'a>> {
        self.english.as_ref()
    }

    /// The parts of the Korean digest, in the order of the text.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The part that holds byte `at` of the Korean file.
    pub fn part_at(&self, at: usize) -> Option<&Part> {
        let after = self.parts.partition_point(|part| part.korean.start <= at);
        self.parts[..after].last().filter(|part| at < part.korean.end)
    }

    /// The part that a finding belongs to: what is told at the very end of a part, with nothing marked, is that part's.
    pub fn part_of(&self, span: &Span) -> Option<&Part> {
        let before = || self.part_at(span.start.checked_sub(1)?);
        if span.is_empty() {
            self.part_at(span.start).filter(|part| part.korean.start < span.start).or_else(before)
        } else {
            self.part_at(span.start)
        }
    }

    /// Every rendering in the Korean digest, in the order of the text; a place that several entries claim stands once for each.
    pub fn rendered(&self) -> &[Rendered] {
        self.rendered.get_or_init(|| {
            let mut found = Vec::new();
            if self.glossary.terms().is_empty() {
                return found;
            }
            for (prose, words) in self.korean.prose().iter().enumerate() {
                let hits = self.glossary.find_korean(&words.view).into_iter();
                found.extend(hits.map(|hit| Rendered { span: words.view.span(hit.range.clone()), prose, hit }));
            }
            found
        })
    }

    /// The renderings in some bytes of the Korean file; those inside longer renderings and narrower terms are among them.
    pub fn rendered_in(&self, span: &Span) -> &[Rendered] {
        within(self.rendered(), span, |rendered| rendered.span.start)
    }

    /// The renderings of the Korean digest that stand for their terms and for nothing longer.
    pub fn terms(&self) -> impl Iterator<Item = &Rendered> {
        self.rendered().iter().filter(|rendered| matches!(rendered.hit.standing, Standing::Word | Standing::Compound))
    }

    /// The other entries' renderings at the very place of this one.
    pub fn rivals<'c>(&'c self, rendered: &'c Rendered) -> impl Iterator<Item = &'c Rendered> {
        let here = self.rendered_in(&(rendered.span.start..rendered.span.start + 1)).iter();
        here.filter(|other| other.span == rendered.span && other.hit.term != rendered.hit.term)
    }

    /// The renderings in one view as nouns that a particle may follow. A name that stays is read as its entry says.
    pub fn nouns(&self, prose: usize) -> Vec<Noun> {
        let all = self.rendered();
        let from = all.partition_point(|rendered| rendered.prose < prose);
        let here = all[from..].iter().take_while(|rendered| rendered.prose == prose);
        let sound = |hit: &Hit| if hit.form == Form::Keep { self.term(hit.term).said() } else { None };
        here.map(|rendered| Noun { span: rendered.hit.range.clone(), sound: sound(&rendered.hit) }).collect()
    }

    /// What is wrong with the particles of each view of [`Side::prose`].
    pub fn particles(&self) -> &[Faults] {
        self.particles.get_or_init(|| {
            let prose = self.korean.prose().iter().enumerate();
            prose.map(|(number, words)| faults(&words.view.text, &self.nouns(number))).collect()
        })
    }

    /// Every word of the English digest that the glossary lists, in the order of the text.
    pub fn named(&self) -> &[Named] {
        self.named.get_or_init(|| {
            let Some(english) = self.english.as_ref().filter(|_| !self.glossary.terms().is_empty()) else { return Vec::new() };
            let mut found: Vec<Named> = Vec::new();
            for (prose, words) in english.prose().iter().enumerate() {
                let mut here: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
                for (term, range) in self.glossary.find_english(&words.view.text) {
                    here.entry((range.start, range.end)).or_default().push(term);
                }
                let named = |((start, end), terms)| Named { terms, prose, range: start..end, span: words.view.span(start..end) };
                found.extend(here.into_iter().map(named));
            }
            found
        })
    }

    /// The listed words of a part's English; none where that is not certain.
    pub fn named_in(&self, part: &Part) -> &[Named] {
        part.english.as_ref().map_or(&[], |span| within(self.named(), span, |named| named.span.start))
    }

    /// The first place where a part's English has a term.
    pub fn names(&self, part: &Part, term: usize) -> Option<&Named> {
        let first = self.first.get_or_init(|| {
            let mut first = FxHashMap::default();
            for part in &self.parts {
                for named in self.named_in(part) {
                    named.terms.iter().for_each(|&term| _ = first.entry((part.korean.start, term)).or_insert(named.span.start));
                }
            }
            first
        });
        let start = first.get(&(part.korean.start, term))?;
        self.named().get(self.named().partition_point(|named| named.span.start < *start))
    }

    /// The English of a place that the glossary lists: its bytes, and its sentence, which a title does not share with a comment.
    pub fn english_of(&self, named: &Named) -> super::English {
        match &self.english {
            Some(side) => self.english_at_range(&side.prose()[named.prose].view, named.range.clone()),
            None => super::English { span: named.span.clone(), sentence: String::new() },
        }
    }

    /// The English of a place of a passage, in the same way.
    pub fn english_in(&self, passage: &Passage<'_>, range: std::ops::Range<usize>) -> super::English {
        self.english_at_range(passage.view, passage.range.start + range.start..passage.range.start + range.end)
    }

    fn english_at_range(&self, view: &View, range: std::ops::Range<usize>) -> super::English {
        let span = view.span(range.clone());
        let segment = self.english.as_ref().and_then(|side| segment_at(side.digest, span.start)).map(Segment::span);
        let inside = |at: usize, c: char| {
            let span = view.span(at..at + c.len_utf8());
            segment.as_ref().is_none_or(|segment| segment.start <= span.start && span.end <= segment.end)
        };
        // A long paragraph is not read as a whole for each of its places.
        let from = view.text.floor_char_boundary(range.start.saturating_sub(REACH));
        let to = view.text.ceil_char_boundary((range.end + REACH).min(view.text.len()));
        let mut inner = view.text[from..to].char_indices().map(|(at, c)| (from + at, c)).filter(|&(at, c)| inside(at, c));
        let (first, last) = (inner.next(), inner.next_back());
        let start = first.map_or(0, |(at, _)| at).min(range.start);
        let end = last.map_or(0, |(at, c)| at + c.len_utf8()).max(range.end);
        super::English { span, sentence: sentence(&view.text[start..end], &(range.start - start..range.end - start)) }
    }

    /// What is wrong with the figures of the parts, by their place in [`Context::parts`]; sound parts are left out.
    pub fn figures(&self) -> &[(usize, Vec<Fault>)] {
        self.figures.get_or_init(|| {
            let parts = self.parts.iter().enumerate().filter(|(_, part)| part.english.is_some());
            let compared = parts.map(|(index, part)| (index, compare(&self.english_words(part), &self.korean_words(part))));
            compared.filter(|(_, faults)| !faults.is_empty()).collect()
        })
    }

    /// A place of the English digest with the sentence around its beginning.
    pub fn english_at(&self, span: &Span) -> super::English {
        let passage = self.english.as_ref().and_then(|side| side.passages(span).into_iter().next());
        let sentence = passage.map_or_else(String::new, |passage| {
            let text = passage.text();
            let first = text.chars().next().map_or(0, char::len_utf8);
            sentence(text, &(0..first))
        });
        super::English { span: span.clone(), sentence }
    }

    /// Whether anyone has translated a part: without Hangul it is still English.
    pub fn is_translated(&self, part: &Part) -> bool {
        self.korean.digest.text[part.korean.clone()].contains(is_hangul)
    }

    /// The words of the blocks of a part; those of its neighbours too where they share a block.
    pub fn words_of(&self, part: &Part) -> impl Iterator<Item = &View> {
        let start = |prose: &Prose| prose.view.span(0..prose.view.text.len().min(1)).start;
        let all = self.korean.prose();
        let from = all.partition_point(|prose| start(prose) <= part.korean.start).saturating_sub(1);
        all[from..].iter().take_while(move |prose| start(prose) < part.korean.end).map(|prose| &prose.view)
    }

    /// The words of a part's English; none where that is not certain.
    pub fn english_words(&self, part: &Part) -> Vec<Passage<'_>> {
        self.english.as_ref().zip(part.english.as_ref()).map_or_else(Vec::new, |(side, span)| side.passages(span))
    }

    /// The words of a part's Korean.
    pub fn korean_words(&self, part: &Part) -> Vec<Passage<'_>> {
        self.korean.passages(&part.korean)
    }

    /// The words of a part's English without any accepted rendering in its Korean, each once. A rendering inside a longer one counts
    /// (행렬 in 혼동 행렬), because Korean drops what was said before; so does a narrower term (고차원), of which nothing can be said.
    /// A part that is still in English lacks nothing.
    pub fn missing_in(&self, part: &Part) -> Vec<&Named> {
        let named = self.named_in(part);
        if named.is_empty() || !self.is_translated(part) {
            return Vec::new();
        }
        let rendered = self.rendered_in(&part.korean).iter().filter(|rendered| rendered.hit.form != Form::Avoid);
        let accepted: FxHashSet<usize> = rendered.map(|rendered| rendered.hit.term).collect();
        let is_there = |term: &usize| accepted.contains(term) || self.glossary.is_crowded(*term);
        let mut seen = FxHashSet::default();
        named.iter().filter(|named| !named.terms.iter().any(is_there) && seen.insert(&named.terms)).collect()
    }
}

/// The segment that holds byte `at`.
fn segment_at<'d>(digest: &'d Digest<'_>, at: usize) -> Option<&'d Segment> {
    let after = digest.segments.partition_point(|segment| segment.start <= at);
    digest.segments[..after].last().filter(|segment| at < segment.end)
}

/// How far around a place, in bytes, its sentence is looked for.
const REACH: usize = 1_000;
