//! Rows made of aligned parts.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use super::align::Link;
use super::edition::Asked;
use super::parts::{Aligned, Headings, plain};
use super::row::{Case, Piece, Row, RowState, Stale, Standing};
use crate::digest::{Digest, fold};
use crate::draft::plan::{Holder, Plan, Slot};
use crate::draft::record::State;

/// What rows are made of.
pub(super) struct Builder<'a, 't> {
    pub english: &'a Digest<'t>,
    /// The edited file.
    pub edited: &'a Digest<'t>,
    /// Whether the edited file is the Korean draft itself.
    pub is_draft: bool,
    pub plan: &'a Plan,
    pub terms: &'a [Option<String>],
    /// Of the edited file.
    pub headings: Headings,
    /// The headings of the edited file as they read, in their order.
    pub sections: Vec<Arc<str>>,
    /// The texts without English that a person accepted, folded, as the edited file would have them.
    pub accepted: HashSet<String>,
}

impl<'a, 't> Builder<'a, 't> {
    /// What the rows of `edited` are made of; `terms` holds the state of the terms of each English segment.
    pub fn new(english: &'a Digest<'t>, edited: &'a Digest<'t>, is_draft: bool, plan: &'a Plan, terms: &'a [Option<String>]) -> Self {
        let headings = Headings::new(edited);
        let sections = headings.segments().map(|k| edited.reading(&edited.segments[k]).into()).collect();
        let mut builder = Self { english, edited, is_draft, plan, terms, headings, sections, accepted: HashSet::new() };
        let added = plan.orphans.iter().filter(|entry| entry.is_added()).filter_map(|entry| entry.approved.as_deref());
        builder.accepted = added.map(|approved| fold(&builder.as_edited(approved)).into_owned()).collect();
        builder
    }

    /// Texts outside items, then items.
    pub fn cases(&self, aligned: &Aligned) -> Vec<Case> {
        let outside = aligned.outside.links.iter().map(|link| {
            let mine: Vec<usize> = link.machine.iter().map(|&at| aligned.mine[at]).collect();
            let theirs: Vec<usize> = link.edited.iter().map(|&at| aligned.theirs[at]).collect();
            self.case(link, &mine, &theirs, aligned, true)
        });
        let items = aligned.items.links.iter().map(|link| {
            let mine: Vec<usize> = link.machine.iter().flat_map(|&item| self.english.segment_indices_of(item)).collect();
            let theirs: Vec<usize> = link.edited.iter().flat_map(|&item| self.edited.segment_indices_of(item)).collect();
            self.case(link, &mine, &theirs, aligned, false)
        });
        let mut cases: Vec<Case> = outside.chain(items).collect();
        // What was taken out stood under the heading of what it stood behind.
        for at in 1..cases.len() {
            if cases[at].row.state == RowState::Deleted && cases[at].row.section.is_none() && !cases[at].row.outside {
                cases[at].row.section = cases[at - 1].row.section.clone().filter(|_| !cases[at - 1].row.outside);
            }
        }
        // An item without a word of its own, a picture or a line of code, has nothing to decide.
        cases.retain(|case| !case.pieces.is_empty());
        cases
    }

    /// What a person has to tell.
    pub fn questions(&self, aligned: &Aligned) -> Vec<Asked> {
        let machine = |item: usize| {
            let texts: Vec<String> = self.english.segment_indices_of(item).map(|e| self.machine(e)).collect();
            texts.join(" ")
        };
        let edited = |item: usize| {
            let texts: Vec<String> = self.edited.segments_of(item).map(|s| self.edited.reading(s)).collect();
            (item, texts.join(" "))
        };
        let asked = |doubt: &super::align::Doubt| Asked {
            item: doubt.machine,
            machine: machine(doubt.machine),
            edited: doubt.edited.iter().copied().map(edited).collect(),
        };
        aligned.items.doubts.iter().map(asked).collect()
    }

    fn case(&self, link: &Link, mine: &[usize], theirs: &[usize], aligned: &Aligned, outside: bool) -> Case {
        let pieces = self.pieces(mine, theirs, aligned);
        let joined = |texts: Vec<&str>| texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
        let by_english = |text: &dyn Fn(usize) -> String| mine.iter().map(|&e| text(e)).collect::<Vec<_>>().join("\n");
        let edited = joined(pieces.iter().map(|piece| piece.text.as_str()).collect());
        let state = match (link.machine.len(), link.edited.len()) {
            (0, _) => RowState::Added,
            (_, 0) => RowState::Deleted,
            (1, 1) if pieces.iter().all(|piece| fold(&piece.machine) == fold(&piece.text)) => RowState::Equal,
            (1, 1) => RowState::Changed,
            (_, 1) => RowState::Merged,
            _ => RowState::Split,
        };
        let number = (!outside).then(|| link.machine.first().map(|item| item + 1)).flatten();
        let start = theirs.first().map(|&k| self.edited.segments[k].start);
        let heading = start.and_then(|at| self.headings.place_before(at)).filter(|_| !outside);
        let row = Row {
            item: number,
            outside,
            state,
            moved_from: number.filter(|_| link.moved),
            section: heading.map(|place| Arc::clone(&self.sections[place])),
            english: by_english(&|e| self.english.one_line(&self.english.segments[e])),
            machine: by_english(&|e| self.machine(e)),
            edited,
        };
        let slots: Vec<&Slot> = mine.iter().map(|&e| &self.plan.slots[e]).collect();
        Case {
            standing: self.standing(&pieces),
            untranslated: !slots.is_empty() && slots.iter().all(|slot| slot.holder == Holder::Nobody),
            by_person: slots.iter().any(|slot| slot.holder == Holder::Person) || state == RowState::Added,
            english_items: if outside { Vec::new() } else { link.machine.clone() },
            edited_items: if outside { Vec::new() } else { link.edited.clone() },
            spans: self.spans(link, theirs, outside),
            row,
            pieces,
        }
    }

    /// The segments of a row: see [`side_by_side`].
    fn pieces(&self, mine: &[usize], theirs: &[usize], aligned: &Aligned) -> Vec<Piece> {
        let piece = |(english, edited): (Option<usize>, Option<usize>)| Piece {
            english,
            edited,
            korean: self.korean(english, edited),
            machine: english.map_or_else(String::new, |e| self.machine(e)),
            text: edited.map_or_else(String::new, |k| self.text(k)),
        };
        side_by_side(mine, theirs, |e| aligned.pairs.segments[e]).into_iter().map(piece).collect()
    }

    fn korean(&self, english: Option<usize>, edited: Option<usize>) -> Option<usize> {
        if self.is_draft { edited } else { english.and_then(|e| self.plan.slots[e].korean) }
    }

    /// What the machine wrote for a segment; what was approved, where a person's edition was adopted; English where there is nothing yet.
    fn machine(&self, e: usize) -> String {
        let entry = &self.plan.slots[e].entry;
        let texts = [&entry.candidate, &entry.machine, &entry.approved];
        let known = texts.into_iter().flatten().find(|text| !text.is_empty()).cloned();
        let text = known.unwrap_or_else(|| self.english.one_line(&self.english.segments[e]));
        if self.english.format == self.edited.format { text } else { plain(&text, self.english.format).into_owned() }
    }

    fn text(&self, k: usize) -> String {
        let segment = &self.edited.segments[k];
        if self.english.format == self.edited.format { self.edited.one_line(segment) } else { self.edited.reading(segment) }
    }

    fn spans(&self, link: &Link, theirs: &[usize], outside: bool) -> Vec<crate::span::Span> {
        if outside {
            return theirs.iter().map(|&k| self.edited.segments[k].span()).collect();
        }
        link.edited.iter().map(|&item| self.edited.items[item].start..self.edited.items[item].end).collect()
    }

    /// Approved where every piece is, bound to what it was bound to; stale where one was.
    fn standing(&self, pieces: &[Piece]) -> Standing {
        let standings: Vec<Standing> = pieces.iter().map(|piece| self.standing_of(piece)).collect();
        let stale = standings.iter().find(|standing| matches!(standing, Standing::Stale(_)));
        match stale {
            Some(stale) => *stale,
            None if standings.iter().all(|standing| *standing == Standing::Approved) => Standing::Approved,
            None => Standing::Undecided,
        }
    }

    fn standing_of(&self, piece: &Piece) -> Standing {
        let Some(e) = piece.english else {
            let is_known = self.accepted.contains(fold(&piece.text).as_ref());
            return if is_known { Standing::Approved } else { Standing::Undecided };
        };
        let slot = &self.plan.slots[e];
        let entry = &slot.entry;
        if slot.changed && slot.holder != Holder::Nobody {
            let decided = slot.older.as_ref().is_some_and(|older| older.approved.is_some() || older.edited.is_some());
            return if decided || entry.edited.is_some() { Standing::Stale(Stale::English) } else { Standing::Undecided };
        }
        let Some(approved) = &entry.approved else {
            let newer = slot.holder == Holder::Person && entry.candidate.is_some() && entry.state == State::Edited;
            return if newer { Standing::Stale(Stale::English) } else { Standing::Undecided };
        };
        if fold(&self.as_edited(approved)) != fold(&piece.text) {
            Standing::Stale(Stale::Korean)
        } else if entry.approved_hash.as_deref() != Some(&entry.bound(approved, self.terms[e].as_deref())) {
            Standing::Stale(Stale::Term)
        } else {
            Standing::Approved
        }
    }

    /// A stored text as the edited file would have it.
    fn as_edited<'x>(&self, text: &'x str) -> Cow<'x, str> {
        if self.english.format == self.edited.format { Cow::Borrowed(text) } else { plain(text, self.english.format) }
    }
}

/// English segments and edited ones, both ascending, in the editor's order; what was taken out stands behind what it stood behind.
/// `edited` tells which edited segment an English one became.
fn side_by_side(mine: &[usize], theirs: &[usize], edited: impl Fn(usize) -> Option<usize>) -> Vec<(Option<usize>, Option<usize>)> {
    let edited: Vec<Option<usize>> = mine.iter().map(|&e| edited(e).filter(|k| theirs.binary_search(k).is_ok())).collect();
    // By their edited segments; of several with one the first.
    let mut pairs: Vec<(usize, usize)> = mine.iter().zip(&edited).filter_map(|(&e, k)| Some(((*k)?, e))).collect();
    pairs.sort_unstable();
    pairs.dedup_by_key(|(k, _)| *k);
    // Segments that were taken out, with the last one before them that was not.
    let mut taken_out: Vec<(Option<usize>, usize)> = Vec::new();
    let mut before = None;
    for (&e, k) in mine.iter().zip(&edited) {
        match k {
            None => taken_out.push((before, e)),
            Some(k) if pairs.binary_search(&(*k, e)).is_ok() => before = Some(e),
            Some(_) => {}
        }
    }
    let behind = |before: Option<usize>| {
        let from = taken_out.partition_point(|(other, _)| *other < before);
        taken_out[from..].iter().take_while(move |(other, _)| *other == before).map(|(_, e)| (Some(*e), None))
    };
    let mut pieces: Vec<(Option<usize>, Option<usize>)> = behind(None).collect();
    for &k in theirs {
        let english = pairs.binary_search_by_key(&k, |(k, _)| *k).ok().map(|at| pairs[at].1);
        pieces.push((english, Some(k)));
        if english.is_some() {
            pieces.extend(behind(english));
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::side_by_side;

    /// One after the other, each taken out text behind the nearest one before it that has a place.
    fn one_by_one(mine: &[usize], theirs: &[usize], edited: impl Fn(usize) -> Option<usize>) -> Vec<(Option<usize>, Option<usize>)> {
        let edited = |e: usize| edited(e).filter(|k| theirs.contains(k));
        let mut pieces: Vec<_> = theirs.iter().map(|&k| (mine.iter().copied().find(|&e| edited(e) == Some(k)), Some(k))).collect();
        for (at, &e) in mine.iter().enumerate().filter(|(_, e)| edited(**e).is_none()) {
            let before = mine[..at].iter().rev().find_map(|&other| pieces.iter().position(|piece| piece.0 == Some(other)));
            pieces.insert(before.map_or(0, |before| before + 1), (Some(e), None));
        }
        pieces
    }

    proptest! {
        #[test]
        fn what_was_taken_out_keeps_its_place(
            pairs in prop::collection::vec(prop::option::of(0usize..9), 0..9),
            mine in prop::collection::btree_set(0usize..9, 0..9),
            theirs in prop::collection::btree_set(0usize..9, 0..9),
        ) {
            let (mine, theirs): (Vec<_>, Vec<_>) = (mine.into_iter().collect(), theirs.into_iter().collect());
            let edited = |e: usize| pairs.get(e).copied().flatten();
            prop_assert_eq!(side_by_side(&mine, &theirs, edited), one_by_one(&mine, &theirs, edited));
        }
    }

    #[test]
    fn each_segment_of_a_wide_row_is_looked_up_once() {
        let cells: Vec<usize> = (0..50_000).collect();
        let looked_up = Cell::new(0);
        let edited = |e: usize| {
            looked_up.set(looked_up.get() + 1);
            e.is_multiple_of(2).then_some(e)
        };
        assert_eq!(side_by_side(&cells, &cells, edited).len(), 75_000);
        assert_eq!(looked_up.get(), 50_000);
    }
}
