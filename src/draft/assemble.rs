//! The Korean text: new words spliced into what the editor has, or into the English text where there is nothing yet.

use std::ops::Range;

use super::pair::{Pairs, Part, Places, parts};
use crate::digest::{Digest, splice};
use crate::span::Span;

/// A Korean text ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assembled {
    /// The whole text.
    pub text: String,
    /// For each English segment, whether the text asked for stands in it.
    pub written: Vec<bool>,
    /// English segments without a certain place in the Korean text.
    pub unplaced: Vec<usize>,
}

/// Puts `texts` (for each English segment the bytes to write, if any) into a copy of the English digest.
pub fn from_english(english: &Digest<'_>, texts: &[Option<String>]) -> Assembled {
    let replacements: Vec<(usize, String)> = texts.iter().enumerate().filter_map(|(e, text)| Some((e, text.clone()?))).collect();
    let spliced = splice(english, &replacements, true);
    let mut written: Vec<bool> = texts.iter().map(Option::is_some).collect();
    for refused in spliced.refused {
        written[replacements[refused].0] = false;
    }
    Assembled { text: spliced.text, written, unplaced: Vec::new() }
}

/// Puts `texts` into the Korean digest: paired segments are replaced, new parts are inserted where their neighbours make the
/// place certain, and nothing is taken out. `absent` tells which English segments have no Korean and are to get it.
pub fn from_korean(english: &Digest<'_>, korean: &Digest<'_>, pairs: &Pairs, texts: &[Option<String>], absent: &[bool]) -> Assembled {
    let mut replacements: Vec<(usize, usize, String)> = Vec::new();
    for (e, text) in texts.iter().enumerate() {
        if let (Some(text), Some(k)) = (text, pairs.segments[e]) {
            replacements.push((k, e, text.clone()));
        }
    }
    replacements.sort_by_key(|(k, ..)| *k);
    let of_korean: Vec<(usize, String)> = replacements.iter().map(|(k, _, text)| (*k, text.clone())).collect();
    let spliced = splice(korean, &of_korean, false);
    let mut written = vec![false; texts.len()];
    for (at, (_, e, _)) in replacements.iter().enumerate() {
        written[*e] = spliced.refused.binary_search(&at).is_err();
    }
    let mut inserter = Inserter { english, pairs, texts, text: spliced.text, written, unplaced: Vec::new(), near: false };
    inserter.run(korean, absent);
    Assembled { text: inserter.text, written: inserter.written, unplaced: inserter.unplaced }
}

/// Puts parts that a person wants back into the Korean digest: as [`from_korean`] does, or else beside the one neighbour that stands
/// where it did, because the other was moved.
pub fn put_back(english: &Digest<'_>, korean: &Digest<'_>, pairs: &Pairs, texts: &[Option<String>], absent: &[bool]) -> Assembled {
    let (text, written) = (korean.text.to_owned(), vec![false; texts.len()]);
    let mut inserter = Inserter { english, pairs, texts, text, written, unplaced: Vec::new(), near: true };
    inserter.run(korean, absent);
    Assembled { text: inserter.text, written: inserter.written, unplaced: inserter.unplaced }
}

struct Inserter<'a, 't> {
    english: &'a Digest<'t>,
    pairs: &'a Pairs,
    texts: &'a [Option<String>],
    text: String,
    written: Vec<bool>,
    unplaced: Vec<usize>,
    /// Whether one neighbour tells the place where both do not.
    near: bool,
}

/// A run of new parts and the place in the Korean text that it goes to.
struct Insertion {
    at: usize,
    text: String,
    items: usize,
    segments: Vec<usize>,
}

/// How many bytes are parsed to find out which insertions a text does not take, and how often a long text is. What is not settled by then
/// is left out.
const MOST_BYTES: usize = 64 << 20;
const FEWEST_PARSES: usize = 64;

impl Inserter<'_, '_> {
    /// Inserts every run of new parts that has a certain place and keeps what stands around it.
    fn run(&mut self, korean: &Digest<'_>, absent: &[bool]) {
        let mine = parts(self.english);
        let theirs = parts(korean);
        let places = Places::of(&theirs);
        let is_new: Vec<bool> = mine.iter().map(|part| self.is_new(*part, absent)).collect();
        if !is_new.contains(&true) {
            return;
        }
        let current = self.text.clone();
        let draft = Digest::parse(&current, korean.format, None);
        let mut insertions = Vec::new();
        let mut end = mine.len();
        while end > 0 {
            if !is_new[end - 1] {
                end -= 1;
                continue;
            }
            let start = (0..end).rev().take_while(|&at| is_new[at]).last().unwrap_or(end - 1);
            let before = start.checked_sub(1).map(|at| self.partner(mine[at], &places));
            let after = mine.get(end).map(|part| self.partner(*part, &places));
            let insertion = match (before, after) {
                (Some(Some(b)), Some(Some(a))) if a == b + 1 && self.opens_a_group(&mine[start - 1..=end], korean, &theirs[b..=a]) => {
                    self.before(&mine[start..=end], theirs[a], &draft)
                }
                (Some(Some(b)), Some(Some(a))) if a == b + 1 => self.behind(&mine[start - 1..end], theirs[b], &draft),
                (Some(Some(b)), None) if b + 1 == theirs.len() => self.behind(&mine[start - 1..end], theirs[b], &draft),
                (None, Some(Some(0))) => self.before(&mine[start..=end], theirs[0], &draft),
                _ if self.near => self.beside(&mine, start..end, &theirs, &places, &draft),
                _ => None,
            };
            match insertion {
                Some(insertion) => insertions.push(insertion),
                None => {
                    let lost: Vec<usize> = mine[start..end].iter().flat_map(|part| self.segments(*part)).collect();
                    self.unplaced.extend(lost);
                }
            }
            end = start;
        }
        // Where two runs have one place, the last was found first.
        insertions.reverse();
        insertions.sort_by_key(|insertion| insertion.at);
        let mut kept = vec![false; insertions.len()];
        let mut parses = FEWEST_PARSES.max(MOST_BYTES / draft.text.len().max(1));
        self.settle(&draft, &insertions, 0..insertions.len(), &mut kept, &mut parses);
        for (insertion, kept) in insertions.into_iter().zip(kept) {
            if kept {
                insertion.segments.into_iter().for_each(|s| self.written[s] = self.texts[s].is_some());
            } else {
                self.unplaced.extend(insertion.segments);
            }
        }
        self.unplaced.sort_unstable();
    }

    /// Inserts those of some insertions that the text takes beside those that are kept: all of them, or else each half by itself.
    fn settle(&mut self, draft: &Digest<'_>, insertions: &[Insertion], some: Range<usize>, kept: &mut [bool], parses: &mut usize) {
        if some.is_empty() || *parses == 0 {
            return;
        }
        *parses -= 1;
        kept[some.clone()].fill(true);
        if let Some(text) = with_insertions(draft, insertions, &some, kept) {
            self.text = text;
            return;
        }
        kept[some.clone()].fill(false);
        if some.len() > 1 {
            let middle = some.start + some.len() / 2;
            self.settle(draft, insertions, middle..some.end, kept, parses);
            self.settle(draft, insertions, some.start..middle, kept, parses);
        }
    }

    /// Puts the new parts `start..end` behind the item before them or before the one behind them: the one that was not moved, else the first.
    fn beside(&self, mine: &[Part], new: Range<usize>, theirs: &[Part], places: &Places, draft: &Digest<'_>) -> Option<Insertion> {
        let Range { start, end } = new;
        let place = |at: Option<usize>| at.and_then(|at| mine.get(at)).and_then(|part| self.partner(*part, places));
        let (before, after) = (place(start.checked_sub(1)), place(Some(end)));
        let (farther, beyond) = (place(start.checked_sub(2)), place(Some(end + 1)));
        let stays = |place: Option<usize>, next: Option<usize>| place.is_some_and(|place| next == Some(place + 1));
        match (before, after) {
            (Some(b), a) if a.is_none() || stays(farther, before) || !stays(after, beyond) => {
                self.behind(&mine[start - 1..end], theirs[b], draft)
            }
            (_, Some(a)) => self.before(&mine[start..=end], theirs[a], draft),
            _ => None,
        }
    }

    /// Whether what stands between the two Korean neighbours belongs before the new parts and not behind them, as the blank
    /// line before a list belongs before its new first item. `run` is the new parts between their English neighbours.
    fn opens_a_group(&self, run: &[Part], korean: &Digest<'_>, neighbours: &[Part]) -> bool {
        let gap = |digest: &Digest<'_>, pair: &[Part]| {
            let span = extent(digest, pair[0]).end..extent(digest, pair[1]).start;
            digest.text.get(span).map(|text| text.replace("\r\n", "\n"))
        };
        let there = gap(korean, neighbours);
        there == gap(self.english, &run[..2]) && there != gap(self.english, &run[run.len() - 2..])
    }

    fn is_new(&self, part: Part, absent: &[bool]) -> bool {
        let segments = self.segments(part);
        match part {
            Part::Item(item) => self.pairs.items[item].is_none() && segments.iter().all(|&s| absent[s]),
            Part::Outside(s) => self.pairs.segments[s].is_none() && absent[s],
        }
    }

    fn segments(&self, part: Part) -> Vec<usize> {
        match part {
            Part::Outside(s) => vec![s],
            Part::Item(item) => self.english.segment_indices_of(item).collect(),
        }
    }

    /// The place among the Korean parts of a part's other side.
    fn partner(&self, part: Part, places: &Places) -> Option<usize> {
        places.get(match part {
            Part::Item(item) => Part::Item(self.pairs.items[item]?),
            Part::Outside(s) => Part::Outside(self.pairs.segments[s]?),
        })
    }

    /// `run` begins with the part before the new ones: the bytes between come along.
    fn behind(&self, run: &[Part], neighbour: Part, draft: &Digest<'_>) -> Option<Insertion> {
        let (first, last) = (*run.first()?, *run.last()?);
        let span = extent(self.english, first).end..extent(self.english, last).end;
        self.insertion(draft, span, extent(draft, neighbour).end, &run[1..])
    }

    /// `run` ends with the part behind the new ones.
    fn before(&self, run: &[Part], neighbour: Part, draft: &Digest<'_>) -> Option<Insertion> {
        let (first, next) = (*run.first()?, *run.last()?);
        let span = extent(self.english, first).start..extent(self.english, next).start;
        self.insertion(draft, span, extent(draft, neighbour).start, &run[..run.len() - 1])
    }

    /// The English bytes of `span`, their segments translated where there is a text.
    fn insertion(&self, draft: &Digest<'_>, span: Span, at: usize, new: &[Part]) -> Option<Insertion> {
        let segments: Vec<usize> = new.iter().flat_map(|part| self.segments(*part)).collect();
        let mut text = String::new();
        let mut from = span.start;
        for &s in &segments {
            let segment = &self.english.segments[s];
            if segment.start < from || segment.end > span.end {
                return None;
            }
            text.push_str(&self.english.text[from..segment.start]);
            text.push_str(self.texts[s].as_deref().unwrap_or_else(|| self.english.bytes(segment)));
            from = segment.end;
        }
        text.push_str(&self.english.text[from..span.end]);
        if draft.text.contains("\r\n") && !self.english.text.contains("\r\n") {
            text = text.replace('\n', "\r\n");
        }
        let items = new.iter().filter(|part| matches!(part, Part::Item(_))).count();
        Some(Insertion { at, text, items, segments })
    }
}

/// The text with the insertions that are kept, in their order; none where it has not become longer by their parts and nothing else. Of
/// `tried` each one's parts stand in its own bytes.
fn with_insertions(draft: &Digest<'_>, insertions: &[Insertion], tried: &Range<usize>, kept: &[bool]) -> Option<String> {
    let mut text = String::with_capacity(draft.text.len() + insertions.iter().map(|insertion| insertion.text.len()).sum::<usize>());
    let mut bytes = Vec::new();
    let (mut items, mut segments, mut at) = (draft.items.len(), draft.segments.len(), 0);
    for (number, insertion) in insertions.iter().enumerate().filter(|(number, _)| kept[*number]) {
        text.push_str(&draft.text[at..insertion.at]);
        if tried.contains(&number) {
            bytes.push((text.len()..text.len() + insertion.text.len(), insertion));
        }
        text.push_str(&insertion.text);
        (items, segments, at) = (items + insertion.items, segments + insertion.segments.len(), insertion.at);
    }
    text.push_str(&draft.text[at..]);
    #[cfg(test)]
    PARSED.set(PARSED.get() + 1);
    let after = Digest::parse(&text, draft.format, None);
    let is_longer = after.items.len() == items && after.segments.len() == segments;
    let is_own = |(bytes, insertion): &(Span, &Insertion)| {
        let inside = |starts: &dyn Fn(usize) -> usize| starts(bytes.end) - starts(bytes.start);
        inside(&|at| after.items.partition_point(|item| item.start < at)) == insertion.items
            && inside(&|at| after.segments.partition_point(|segment| segment.start < at)) == insertion.segments.len()
    };
    (is_longer && (bytes.len() == 1 || bytes.iter().all(is_own))).then_some(text)
}

/// The bytes of a part: an item's own, or the block around a segment outside items, without the blanks at its end.
fn extent(digest: &Digest<'_>, part: Part) -> Span {
    match part {
        Part::Item(item) => digest.items[item].start..digest.items[item].end,
        Part::Outside(s) => digest.block_around(&digest.segments[s]),
    }
}

#[cfg(test)]
thread_local! {
    /// How often a text with insertions was parsed.
    static PARSED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

#[cfg(test)]
mod tests {
    use super::super::pair::pair;
    use super::*;
    use crate::digest::Format;

    /// The Korean with every part that it lacks, and how often it was parsed for that.
    fn assembled(english: &str, korean: &str, text: impl Fn(&str) -> String) -> (Assembled, usize) {
        let (e, k) = (Digest::parse(english, Format::Markdown, None), Digest::parse(korean, Format::Markdown, None));
        let pairs = pair(&e, &k, &vec![Vec::new(); e.segments.len()]);
        let absent: Vec<bool> = pairs.segments.iter().map(Option::is_none).collect();
        let texts: Vec<Option<String>> =
            e.segments.iter().zip(&absent).map(|(segment, absent)| absent.then(|| text(e.bytes(segment)))).collect();
        PARSED.set(0);
        (from_korean(&e, &k, &pairs, &texts, &absent), PARSED.get())
    }

    fn items(numbers: impl Iterator<Item = usize>, word: &str) -> String {
        numbers.map(|number| format!("- [{word} {number}](https://a.b/{number})\n")).collect()
    }

    #[test]
    fn many_new_items_are_inserted_at_once() {
        let (english, korean) = (items(0..400, "Text"), items((0..400).step_by(2), "글"));
        let (assembled, parsed) = assembled(&english, &korean, |text| text.replace("Text", "글"));
        assert_eq!(assembled.text, items(0..400, "글"));
        assert!(assembled.unplaced.is_empty() && assembled.written.iter().filter(|written| **written).count() == 200);
        assert_eq!(parsed, 1);
    }

    #[test]
    fn an_insertion_that_breaks_the_text_around_it_does_not_take_the_others_with_it() {
        let (english, korean) = (items(0..64, "Text"), items((0..64).step_by(2), "글"));
        let odd = |text: &str| if text == "Text 21" { "글\n\n- 또 하나".to_owned() } else { text.replace("Text", "글") };
        let (assembled, parsed) = assembled(&english, &korean, odd);
        assert_eq!(assembled.text, items((0..64).filter(|number| *number != 21), "글"));
        assert_eq!(assembled.unplaced.len(), 1);
        assert!(parsed <= 16, "{parsed}");
    }
}
