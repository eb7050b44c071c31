//! The Korean text: new words spliced into what the editor has, or into the English text where there is nothing yet.

use super::pair::{Pairs, Part, parts};
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
        written[*e] = !spliced.refused.contains(&at);
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

impl Inserter<'_, '_> {
    /// Inserts each run of new parts, the last first, so that the places before it stay right.
    fn run(&mut self, korean: &Digest<'_>, absent: &[bool]) {
        let mine = parts(self.english);
        let theirs = parts(korean);
        let is_new: Vec<bool> = mine.iter().map(|part| self.is_new(*part, absent)).collect();
        let mut end = mine.len();
        while end > 0 {
            if !is_new[end - 1] {
                end -= 1;
                continue;
            }
            let start = (0..end).rev().take_while(|&at| is_new[at]).last().unwrap_or(end - 1);
            let before = start.checked_sub(1).map(|at| self.partner(mine[at], &theirs));
            let after = mine.get(end).map(|part| self.partner(*part, &theirs));
            let placed = match (before, after) {
                (Some(Some(b)), Some(Some(a))) if a == b + 1 && self.opens_a_group(&mine[start - 1..=end], korean, &theirs[b..=a]) => {
                    self.insert_before(&mine[start..=end], theirs[a], korean.format)
                }
                (Some(Some(b)), Some(Some(a))) if a == b + 1 => self.insert_after(&mine[start - 1..end], theirs[b], korean.format),
                (Some(Some(b)), None) if b + 1 == theirs.len() => self.insert_after(&mine[start - 1..end], theirs[b], korean.format),
                (None, Some(Some(0))) => self.insert_before(&mine[start..=end], theirs[0], korean.format),
                _ if self.near => self.beside(&mine, start, end, &theirs, korean),
                _ => false,
            };
            if !placed {
                let lost = mine[start..end].iter().flat_map(|part| self.segments(*part)).collect::<Vec<_>>();
                self.unplaced.extend(lost);
            }
            end = start;
        }
        self.unplaced.sort_unstable();
    }

    /// Puts the new parts `start..end` behind the item before them or before the one behind them: the one that was not moved, else the first.
    fn beside(&mut self, mine: &[Part], start: usize, end: usize, theirs: &[Part], korean: &Digest<'_>) -> bool {
        let place = |at: Option<usize>| at.and_then(|at| mine.get(at)).and_then(|part| self.partner(*part, theirs));
        let (before, after) = (place(start.checked_sub(1)), place(Some(end)));
        let (farther, beyond) = (place(start.checked_sub(2)), place(Some(end + 1)));
        let stays = |place: Option<usize>, next: Option<usize>| place.is_some_and(|place| next == Some(place + 1));
        match (before, after) {
            (Some(b), a) if a.is_none() || stays(farther, before) || !stays(after, beyond) => {
                self.insert_after(&mine[start - 1..end], theirs[b], korean.format)
            }
            (_, Some(a)) => self.insert_before(&mine[start..=end], theirs[a], korean.format),
            _ => false,
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
    fn partner(&self, part: Part, theirs: &[Part]) -> Option<usize> {
        let other = match part {
            Part::Item(item) => Part::Item(self.pairs.items[item]?),
            Part::Outside(s) => Part::Outside(self.pairs.segments[s]?),
        };
        theirs.iter().position(|part| *part == other)
    }

    /// `run` begins with the part before the new ones: the bytes between come along.
    fn insert_after(&mut self, run: &[Part], neighbour: Part, format: crate::digest::Format) -> bool {
        let current = self.text.clone();
        let korean = Digest::parse(&current, format, None);
        let (Some(&first), Some(&last)) = (run.first(), run.last()) else { return false };
        let at = extent(&korean, neighbour).end;
        self.insert(&korean, extent(self.english, first).end..extent(self.english, last).end, at, run[1..].to_vec())
    }

    /// `run` ends with the part behind the new ones.
    fn insert_before(&mut self, run: &[Part], neighbour: Part, format: crate::digest::Format) -> bool {
        let current = self.text.clone();
        let korean = Digest::parse(&current, format, None);
        let (Some(&first), Some(&next)) = (run.first(), run.last()) else { return false };
        let at = extent(&korean, neighbour).start;
        self.insert(&korean, extent(self.english, first).start..extent(self.english, next).start, at, run[..run.len() - 1].to_vec())
    }

    /// Inserts the English bytes of `span`, their segments translated where there is a text, and keeps the result only if the
    /// Korean text has become longer by these parts and nothing else.
    fn insert(&mut self, korean: &Digest<'_>, span: Span, at: usize, new: Vec<Part>) -> bool {
        let segments: Vec<usize> = new.iter().flat_map(|part| self.segments(*part)).collect();
        let mut piece = String::new();
        let mut from = span.start;
        for &s in &segments {
            let segment = &self.english.segments[s];
            if segment.start < from || segment.end > span.end {
                return false;
            }
            piece.push_str(&self.english.text[from..segment.start]);
            piece.push_str(self.texts[s].as_deref().unwrap_or_else(|| self.english.bytes(segment)));
            from = segment.end;
        }
        piece.push_str(&self.english.text[from..span.end]);
        if korean.text.contains("\r\n") && !self.english.text.contains("\r\n") {
            piece = piece.replace('\n', "\r\n");
        }
        let text = format!("{}{piece}{}", &korean.text[..at], &korean.text[at..]);
        let after = Digest::parse(&text, korean.format, None);
        let items = new.iter().filter(|part| matches!(part, Part::Item(_))).count();
        if after.items.len() != korean.items.len() + items || after.segments.len() != korean.segments.len() + segments.len() {
            return false;
        }
        for s in segments {
            self.written[s] = self.texts[s].is_some();
        }
        self.text = text;
        true
    }
}

/// The bytes of a part: an item's own, or the block around a segment outside items, without the blanks at its end.
fn extent(digest: &Digest<'_>, part: Part) -> Span {
    match part {
        Part::Item(item) => digest.items[item].start..digest.items[item].end,
        Part::Outside(s) => digest.block_around(&digest.segments[s]),
    }
}
