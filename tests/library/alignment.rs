//! Which item became which, measured over editions made by chance: see `tests/library/alignment/editions.rs`.
//!
//! With `EDITIONS=FOLDER` (files `flores-dev.*` of two engines and a person) the same is measured on what real engines wrote.

mod editions;

use std::collections::BTreeSet;
use std::path::Path;

use editions::{Chance, Edition, Generated, Lines, Manner, Sentences, Source, edition};
use proptest::prelude::*;
use translate_digest::review::align::{Alignment, Part, Ruling, align};

const LIGHT: Manner = Manner { name: "light, links on 90 %", moves: 0.05, others: 0.03, linked: 0.9, rewritten: false, titles: false };
const HEAVY: Manner = Manner { name: "heavy, links on 90 %", moves: 0.2, others: 0.08, linked: 0.9, rewritten: false, titles: false };
const BARE: Manner = Manner { name: "heavy, no links", linked: 0.0, ..HEAVY };
const ANEW: Manner =
    Manner { name: "every item rewritten, no links", moves: 0.2, others: 0.0, linked: 0.0, rewritten: true, titles: false };
const TITLES: Manner = Manner { name: "titles, links on 90 %", titles: true, ..HEAVY };
const TITLES_HALF: Manner = Manner { name: "titles, links on 50 %", linked: 0.5, ..TITLES };
const TITLES_BARE: Manner = Manner { name: "titles, no links", linked: 0.0, ..TITLES };

/// What came of many editions.
#[derive(Default)]
struct Measure {
    found: usize,
    right: usize,
    wanted: usize,
    whole: usize,
    all: usize,
    asked: usize,
}

impl Measure {
    fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / self.wanted.max(1) as f64
    }

    fn add(&mut self, edition: &Edition) {
        let alignment = align(&edition.machine, &edition.edited, &[]);
        let found = pairs(&alignment);
        self.found += found.len();
        self.right += found.intersection(&edition.truth).count();
        self.wanted += edition.truth.len();
        self.whole += usize::from(found == edition.truth);
        self.all += 1;
        self.asked += alignment.doubts.len();
    }
}

fn pairs(alignment: &Alignment) -> BTreeSet<(usize, usize)> {
    let of = |link: &translate_digest::review::align::Link| {
        let edited = link.edited.clone();
        link.machine.iter().flat_map(move |&a| edited.clone().into_iter().map(move |b| (a, b))).collect::<Vec<_>>()
    };
    alignment.links.iter().flat_map(of).collect()
}

fn measured(manner: &Manner, seed: u64, documents: usize, source: &dyn Fn(&mut Chance) -> Box<dyn Source>) -> Measure {
    let mut chance = Chance(seed);
    let mut measure = Measure::default();
    for _ in 0..documents {
        let mut source = source(&mut chance);
        measure.add(&edition(manner, &mut *source, &mut chance));
    }
    println!(
        "{:32} precision {:.4} recall {:.4} whole {:3.0} % asked {:.2} a document",
        manner.name,
        measure.precision(),
        measure.recall(),
        100.0 * measure.whole as f64 / measure.all as f64,
        measure.asked as f64 / measure.all as f64
    );
    measure
}

#[track_caller]
fn assert_reaches(measure: &Measure, precision: f64, recall: f64) {
    assert!(measure.precision() >= precision, "precision {}", measure.precision());
    assert!(measure.recall() >= recall, "recall {}", measure.recall());
}

#[test]
fn generated_editions_are_aligned() {
    let source = |chance: &mut Chance| -> Box<dyn Source> { Box::new(Generated::new(chance)) };
    for (manner, precision, recall) in [(LIGHT, 0.995, 0.98), (HEAVY, 0.995, 0.98), (BARE, 0.995, 0.97), (ANEW, 0.99, 0.95)] {
        assert_reaches(&measured(&manner, 1, 60, &source), precision, recall);
    }
    measured(&TITLES, 1, 60, &source);
}

#[test]
fn sentences_of_editions_are_aligned() {
    let source = |_: &mut Chance| -> Box<dyn Source> { Box::new(Sentences::read()) };
    for (manner, precision, recall) in [(LIGHT, 0.995, 0.98), (HEAVY, 0.995, 0.98), (BARE, 0.99, 0.96), (ANEW, 0.99, 0.95)] {
        assert_reaches(&measured(&manner, 1, 60, &source), precision, recall);
    }
    if let Some(folder) = std::env::var_os("EDITIONS") {
        real_sentences_are_aligned(Path::new(&folder));
    }
}

fn real_sentences_are_aligned(folder: &Path) {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let source = |_: &mut Chance| -> Box<dyn Source> { Box::new(Lines::read(folder)) };
    let rows = [(LIGHT, 0.995, 0.98), (HEAVY, 0.995, 0.98), (BARE, 0.995, 0.97), (ANEW, 0.99, 0.95)];
    let measures: Vec<_> = rows.iter().map(|(manner, ..)| measured(manner, seed, 300, &source)).collect();
    for manner in [TITLES, TITLES_HALF, TITLES_BARE] {
        measured(&manner, seed, 300, &source);
    }
    for (measure, (_, precision, recall)) in measures.iter().zip(rows) {
        assert_reaches(measure, precision, recall);
    }
}

fn part(text: &str) -> Part<'static> {
    Part { text: text.to_owned().into(), ..Part::default() }
}

fn any_part() -> impl Strategy<Value = Part<'static>> {
    let text = prop_oneof![Just(String::new()), "[가-힣 ]{0,12}", "[가나다 ]{0,6}", "\\PC{0,10}"];
    (text, prop::collection::vec("https://a/[a-c]", 0..3)).prop_map(|(text, links)| Part {
        text: text.into(),
        links: links.into_iter().map(Into::into).collect(),
        ..Part::default()
    })
}

proptest! {
    #[test]
    fn every_part_stands_in_one_link(machine in prop::collection::vec(any_part(), 0..9), edited in prop::collection::vec(any_part(), 0..9)) {
        let alignment = align(&machine, &edited, &[]);
        let mut mine: Vec<usize> = alignment.links.iter().flat_map(|link| link.machine.clone()).collect();
        let mut theirs: Vec<usize> = alignment.links.iter().flat_map(|link| link.edited.clone()).collect();
        prop_assert!(theirs.is_sorted() || alignment.links.iter().any(|link| link.edited.len() > 1));
        mine.sort_unstable();
        theirs.sort_unstable();
        prop_assert_eq!(mine, (0..machine.len()).collect::<Vec<_>>());
        prop_assert_eq!(theirs, (0..edited.len()).collect::<Vec<_>>());
        prop_assert!((0.0..=1.0).contains(&alignment.coverage));
    }

    #[test]
    fn a_side_is_its_own_other_side(parts in prop::collection::vec(any_part(), 0..9)) {
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.text.trim().is_empty()).collect();
        let alignment = align(&parts, &parts, &[]);
        prop_assert!(alignment.links.iter().enumerate().all(|(at, link)| link.machine == [at] && link.edited == [at] && !link.moved));
    }

    #[test]
    fn the_order_of_texts_does_not_matter(texts in prop::collection::hash_set("[가-힣]{3,9}", 0..12), seed: u64) {
        let machine: Vec<Part<'static>> = texts.iter().map(|text| part(text)).collect();
        let mut chance = Chance(seed);
        let mut order: Vec<usize> = (0..machine.len()).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, chance.below(at + 1));
        }
        let edited: Vec<_> = order.iter().map(|&at| machine[at].clone()).collect();
        let expected: BTreeSet<_> = order.iter().enumerate().map(|(b, &a)| (a, b)).collect();
        prop_assert_eq!(pairs(&align(&machine, &edited, &[])), expected);
    }

    #[test]
    fn what_a_person_said_is_done(machine in prop::collection::vec(any_part(), 1..7), edited in prop::collection::vec(any_part(), 1..7), a in 0usize..7, b in 0usize..7) {
        let (a, b) = (a % machine.len(), b % edited.len());
        prop_assert!(pairs(&align(&machine, &edited, &[Ruling::Linked(a, b)])).contains(&(a, b)));
        prop_assert!(!pairs(&align(&machine, &edited, &[Ruling::Linked(a, b), Ruling::Unlinked(a, b)])).contains(&(a, b)));
    }
}

#[test]
fn what_may_be_either_is_asked() {
    let machine = [part("학습률을 천천히 낮추는 방법"), part("하나뿐인 다른 글입니다")];
    let edited = [part("학습률을 천천히 낮추는 요령"), part("학습률을 천천히 낮추는 비결"), part("하나뿐인 다른 글이다")];
    let alignment = align(&machine, &edited, &[]);
    assert_eq!(alignment.doubts.len(), 1);
    assert_eq!(alignment.doubts[0].machine, 0);
    assert_eq!(alignment.doubts[0].edited.len(), 2);
    assert_eq!(pairs(&alignment), BTreeSet::from([(1, 2)]));
    let ruled = align(&machine, &edited, &[Ruling::Linked(0, 1)]);
    assert!(ruled.doubts.is_empty());
    assert_eq!(pairs(&ruled), BTreeSet::from([(0, 1), (1, 2)]));
}

#[test]
fn many_parts_are_aligned() {
    let text = |number: usize, word: &str| part(&format!("{word} 번호 {number}에 관한 글 {}", number * 7919 % 4001));
    let machine: Vec<_> = (0..2500).map(|number| text(number, "기계가 쓴")).collect();
    let edited: Vec<_> = (0..2500).rev().map(|number| text(number, "사람이 쓴")).collect();
    let alignment = align(&machine, &edited, &[]);
    let right = pairs(&alignment).iter().filter(|(a, b)| a + b == 2499).count();
    assert!(right > 2000, "{right}");
}
