//! Reads the words around possible renderings: the cheapest way to make each word of terms, everyday words, prefixes and a tail says
//! which of them really stand there.

use std::cell::RefCell;
use std::ops::Range;

use super::Standing;
use super::everyday::EVERYDAY;
use super::lexicon::{Lexicon, Match, Spacing};
use super::tails::Tails;
use crate::korean::hangul::{final_sound, is_hangul};
use crate::korean::tail::TailKind;
use crate::korean::view::View;

/// A term that stands in a text.
pub(super) struct Found {
    /// Its number in the lexicon.
    pub word: usize,
    pub range: Range<usize>,
    pub tail: Range<usize>,
    pub spacing: Spacing,
    pub standing: Standing,
}

/// Prefixes that make another term: 비지도 학습.
const NEGATING: &[char] = &['비', '무', '반', '불', '미', '탈'];

/// Prefixes that make a narrower term: 고차원, 재매개변수화.
const NARROWING: &[&str] =
    &["재", "초", "다", "고", "저", "최", "준", "메타", "마이크로", "미니", "오토", "서브", "멀티", "하이퍼", "슈퍼", "소", "대"];

/// What a part of a word costs. Each letter of a tail costs a little, so that the longer word wins before it: 경사로 and 는, not 경사 and
/// 로는; 최적화 and 를, not 최적 and 화를.
mod cost {
    pub(super) const TERM: u32 = 38;
    pub(super) const KNOWN: u32 = 39;
    /// A blank where the rendering has none.
    pub(super) const UNLISTED: u32 = 10;
    pub(super) const KNOWN_SYLLABLE: u32 = 100;
    pub(super) const PREFIX: u32 = 100;
    pub(super) const UNKNOWN: u32 = 200;
    pub(super) const TAIL: u32 = 30;
    pub(super) const TAIL_LETTER: u32 = 2;
    pub(super) const NOMINAL_TAIL: u32 = 90;
}

/// How far, in letters, a word is read to either side of a term: a text without blanks costs no more than another.
const REACH: usize = 64;

/// No tail is longer (에서뿐이었습니다만 has nine syllables).
const TAIL_BYTES: usize = 48;

/// A term of so many letters is believed with unknown letters before it: no other word has them by accident.
const SURE_LETTERS: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Start,
    /// A place in the list of candidates.
    Term(usize),
    Known,
    Negating,
    Narrowing,
    Unknown,
    Tail(TailKind),
    /// What is no Hangul.
    Gap,
}

/// The cheapest way to a place: its cost, where its last part began, and that part.
#[derive(Clone, Copy, Debug)]
struct Step {
    cost: u32,
    from: u32,
    part: Part,
}

const NOWHERE: Step = Step { cost: u32::MAX, from: 0, part: Part::Start };

/// What a thread needs to read, kept so that no text allocates it again.
#[derive(Default)]
struct Scratch {
    candidates: Vec<Match>,
    steps: Vec<Step>,
    path: Vec<(Range<usize>, Part)>,
    tails: Tails,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Tells `found` of every term of `terms` in the view, from left to right. `known` are words beside the everyday ones.
pub(super) fn each_term(terms: &Lexicon, known: &Lexicon, view: &View, mut found: impl FnMut(Found)) {
    let mut scratch = SCRATCH.take();
    let text = view.text.as_str();
    scratch.candidates.clear();
    terms.each(text, |candidate| {
        if is_possible(text, &candidate) && !view.is_hidden(candidate.start..candidate.end) {
            scratch.candidates.push(candidate);
        }
    });
    scratch.candidates.sort_by_key(|candidate| candidate.start);
    let mut first = 0;
    while first < scratch.candidates.len() {
        let mut region = region(text, &scratch.candidates[first]);
        let mut last = first + 1;
        while let Some(next) = scratch.candidates.get(last).filter(|next| next.start < region.end) {
            region.end = region.end.max(self::region(text, next).end);
            last += 1;
        }
        let reader = Reader { text, known, candidates: &scratch.candidates[first..last], region };
        match reader.look(&mut scratch.tails) {
            Look::Plain(plain) => found(plain),
            Look::Absent => {}
            Look::Unclear => reader.read(&mut scratch.steps, &mut scratch.path, &mut scratch.tails, &mut found),
        }
        first = last;
    }
    SCRATCH.replace(scratch);
}

/// Whether the edges of a candidate that are no Hangul allow it: a Latin word ends where its letters end.
fn is_possible(text: &str, candidate: &Match) -> bool {
    let (before, after) = (text[..candidate.start].chars().next_back(), text[candidate.end..].chars().next());
    let inside = &text[candidate.start..candidate.end];
    let continues = |edge: Option<char>, beside: Option<char>| {
        edge.is_some_and(|c| !is_hangul(c) && c.is_alphanumeric())
            && beside.is_some_and(|c| !is_hangul(c) && (c.is_alphanumeric() || c == '_'))
    };
    !continues(inside.chars().next(), before) && !continues(inside.chars().next_back(), after)
}

/// The words that a candidate touches: from where its first Hangul run begins to where its last one ends.
fn region(text: &str, candidate: &Match) -> Range<usize> {
    let starts_in_hangul = text[candidate.start..].starts_with(is_hangul);
    let start = if starts_in_hangul { run_start(text, candidate.start) } else { candidate.start };
    start..run_end(text, candidate.end)
}

fn run_start(text: &str, at: usize) -> usize {
    let hangul = text[..at].chars().rev().take(REACH).take_while(|c| is_hangul(*c));
    at - hangul.map(char::len_utf8).sum::<usize>()
}

fn run_end(text: &str, at: usize) -> usize {
    let hangul = text[at..].chars().take(REACH).take_while(|c| is_hangul(*c));
    at + hangul.map(char::len_utf8).sum::<usize>()
}

/// What is seen of a term at once.
enum Look {
    /// It begins its word, with a tail or nothing behind it.
    Plain(Found),
    /// Something stands beside it that makes it a part of another word.
    Absent,
    /// The word has to be read.
    Unclear,
}

/// The most syllables of an everyday word that are looked back over.
const LONGEST_KNOWN: usize = 8;

struct Reader<'a> {
    text: &'a str,
    known: &'a Lexicon,
    candidates: &'a [Match],
    region: Range<usize>,
}

impl Reader<'_> {
    /// What [`Reader::read`] would find of a term that stands alone in its word, where that is seen at once.
    fn look(&self, tails: &mut Tails) -> Look {
        let [only] = self.candidates else { return Look::Unclear };
        if only.spacing == Spacing::Unlisted {
            return Look::Unclear;
        }
        let letters = self.text[only.start..only.end].chars().filter(|c| !c.is_whitespace()).count();
        let tail = only.end..self.region.end;
        let kind = if tail.len() > TAIL_BYTES { None } else { tails.kind(final_sound(&self.text[..only.end]), &self.text[tail.clone()]) };
        if kind.is_none() && !self.begins_part(only.end) {
            return Look::Absent;
        }
        if self.region.start < only.start {
            let is_absent = letters < SURE_LETTERS && !self.ends_part(only.start);
            return if is_absent { Look::Absent } else { Look::Unclear };
        }
        let is_plain = match kind {
            Some(TailKind::None | TailKind::Particle | TailKind::Copula) => true,
            Some(TailKind::Nominal) | None => false,
            Some(_) => letters > 1,
        };
        let mut longer = false;
        self.known_at(only.start, &mut |word| longer |= word.end > only.end);
        if !is_plain || longer || self.is_negated(only.start) {
            return Look::Unclear;
        }
        Look::Plain(Found { word: only.word, range: only.start..only.end, tail, spacing: only.spacing, standing: Standing::Word })
    }

    /// Whether a known word or a prefix begins here.
    fn begins_part(&self, at: usize) -> bool {
        let mut any = false;
        self.known_at(at, &mut |_| any = true);
        let rest = &self.text[at..];
        any || rest.starts_with(NEGATING) || NARROWING.iter().any(|prefix| rest.starts_with(prefix))
    }

    /// Whether a known word or a prefix ends here.
    fn ends_part(&self, end: usize) -> bool {
        let word = &self.text[self.region.start..end];
        if word.ends_with(NEGATING) || NARROWING.iter().any(|prefix| word.ends_with(prefix)) {
            return true;
        }
        let mut any = false;
        for (at, _) in word.char_indices().rev().take(LONGEST_KNOWN) {
            self.known_at(self.region.start + at, &mut |known| any |= known.end == end);
        }
        any
    }

    /// Tells `found` of every known word that begins here.
    fn known_at(&self, at: usize, found: &mut impl FnMut(Match)) {
        EVERYDAY.each_at(self.text, at, found);
        self.known.each_at(self.text, at, found);
    }

    fn read(&self, steps: &mut Vec<Step>, path: &mut Vec<(Range<usize>, Part)>, tails: &mut Tails, found: &mut impl FnMut(Found)) {
        let length = self.region.end - self.region.start;
        steps.clear();
        steps.resize(length + 1, NOWHERE);
        steps[0].cost = 0;
        for at in 0..length {
            if steps[at].cost != u32::MAX {
                self.step(steps, tails, at);
            }
        }
        path.clear();
        let mut at = length;
        while at > 0 {
            let step = steps[at];
            path.push((self.region.start + step.from as usize..self.region.start + at, step.part));
            at = step.from as usize;
        }
        path.reverse();
        for (index, (range, part)) in path.iter().enumerate() {
            if let Part::Term(number) = part
                && let Some((standing, tail)) = self.judge(path, index)
            {
                let candidate = &self.candidates[*number];
                found(Found { word: candidate.word, range: range.clone(), tail, spacing: candidate.spacing, standing });
            }
        }
    }

    /// Every part that may begin at `at`, an offset into the region.
    fn step(&self, steps: &mut [Step], tails: &mut Tails, at: usize) {
        let here = steps[at].cost;
        let place = self.region.start + at;
        let Some(c) = self.text[place..self.region.end].chars().next() else { return };
        let mut reach = |end: usize, cost: u32, part: Part| {
            let step = &mut steps[end - self.region.start];
            if end <= self.region.end && here + cost < step.cost {
                *step = Step { cost: here + cost, from: at as u32, part };
            }
        };
        let mut is_term = false;
        let from = self.candidates.partition_point(|candidate| candidate.start < place);
        for (number, candidate) in self.candidates.iter().enumerate().skip(from).take_while(|(_, candidate)| candidate.start == place) {
            let unlisted = if candidate.spacing == Spacing::Unlisted { cost::UNLISTED } else { 0 };
            is_term = true;
            reach(candidate.end, cost::TERM + unlisted, Part::Term(number));
        }
        if !is_hangul(c) {
            // Inside a term in Latin letters there are no parts.
            reach(place + c.len_utf8(), if is_term { cost::UNKNOWN } else { 0 }, Part::Gap);
            return;
        }
        let run = run_end(self.text, place).min(self.region.end) - place;
        let here_too = &self.candidates[from..];
        let mut known = |word: Match| {
            let is_term = || here_too.iter().take_while(|term| term.start == place).any(|term| term.end == word.end);
            if word.spacing == Spacing::Same && word.end <= place + run && !is_term() {
                let syllable = word.end - word.start == c.len_utf8();
                reach(word.end, if syllable { cost::KNOWN_SYLLABLE } else { cost::KNOWN }, Part::Known);
            }
        };
        self.known_at(place, &mut known);
        reach(place + c.len_utf8(), cost::UNKNOWN, Part::Unknown);
        if NEGATING.contains(&c) {
            reach(place + c.len_utf8(), cost::PREFIX, Part::Negating);
        }
        for prefix in NARROWING {
            if self.text[place..place + run].starts_with(prefix) {
                reach(place + prefix.len(), cost::PREFIX, Part::Narrowing);
            }
        }
        let starts_run = !self.text[..place].ends_with(is_hangul);
        if !starts_run || (at > 0 && !matches!(steps[at].part, Part::Gap)) {
            self.tail(steps, tails, at, run);
        }
    }

    fn tail(&self, steps: &mut [Step], tails: &mut Tails, at: usize, run: usize) {
        let place = self.region.start + at;
        if run > TAIL_BYTES || self.text[place + run..].starts_with(is_hangul) {
            return;
        }
        let Some(kind) = tails.kind(final_sound(&self.text[..place]), &self.text[place..place + run]) else { return };
        let cost = if kind == TailKind::Nominal { cost::NOMINAL_TAIL } else { cost::TAIL };
        let total = steps[at].cost + cost + cost::TAIL_LETTER * (run / '가'.len_utf8()) as u32;
        let step = &mut steps[at + run];
        if total < step.cost {
            *step = Step { cost: total, from: at as u32, part: Part::Tail(kind) };
        }
    }

    /// Whether the term at `index` of the path stands there, and with which tail.
    fn judge(&self, path: &[(Range<usize>, Part)], index: usize) -> Option<(Standing, Range<usize>)> {
        let (range, Part::Term(number)) = &path[index] else { return None };
        let candidate = &self.candidates[*number];
        let letters = self.text[range.clone()].chars().filter(|c| !c.is_whitespace()).count();
        let before = path[..index].iter().rev().take(REACH).take_while(|(part, _)| self.text[part.clone()].ends_with(is_hangul));
        let mut standing = Standing::Word;
        for (nearness, (part_range, part)) in before.enumerate() {
            let syllable = part_range.len() <= '가'.len_utf8();
            standing = match part {
                Part::Negating if nearness == 0 => return None,
                Part::Narrowing if nearness == 0 => Standing::Narrower,
                // What stands before the prefix leaves it one.
                _ if standing == Standing::Narrower => break,
                Part::Unknown | Part::Tail(_) if letters < SURE_LETTERS => return None,
                _ if letters == 1 && syllable => return None,
                _ => Standing::Compound,
            };
        }
        if standing == Standing::Word && self.is_negated(range.start) {
            return None;
        }
        let mut tail = range.end..range.end;
        let mut kind = TailKind::None;
        for (part_range, part) in path[index + 1..].iter().take(REACH).take_while(|(_, part)| !matches!(part, Part::Gap)) {
            match part {
                Part::Tail(found) => {
                    kind = *found;
                    if part_range.start == range.end {
                        tail = part_range.clone();
                    }
                }
                Part::Unknown | Part::Negating => return None,
                _ if letters == 1 => return None,
                _ if standing == Standing::Narrower => {}
                _ => standing = Standing::Compound,
            }
        }
        let is_plain_tail = matches!(kind, TailKind::None | TailKind::Particle | TailKind::Copula);
        let allowed = match candidate.spacing {
            Spacing::Unlisted => standing == Standing::Word && is_plain_tail,
            _ => letters > 1 || is_plain_tail,
        };
        allowed.then_some((standing, tail))
    }

    /// Whether a negating prefix stands apart before the place: 비 볼록.
    fn is_negated(&self, at: usize) -> bool {
        let Some(before) = self.text[..at].strip_suffix(' ') else { return false };
        before.strip_suffix('비').is_some_and(|rest| !rest.ends_with(is_hangul))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::{Form, Glossary, Hit};
    use super::*;
    use crate::korean::hangul::decomposed;

    const GLOSSARY: &str = r#"
        [terms]
        "saddle point" = { korean = "안장점", avoid = ["새들 포인트"] }
        function = "함수"
        "loss function" = "손실 함수"
        convex = { korean = "볼록", avoid = ["컨벡스"] }
        "convex function" = "볼록 함수"
        "supervised learning" = { korean = "지도 학습" }
        learning = { korean = "학습", avoid = ["러닝"] }
        dimension = "차원"
        layer = "층"
        value = "값"
        line = "선"
        point = "점"
        BERT = { keep = true, read = "버트" }
        anomaly = "이상"
        optimization = "최적화"
        [words]
        known = ["손실 보험"]
    "#;

    fn hits(korean: &str) -> Vec<Hit> {
        let glossary = Glossary::load("glossary.toml", GLOSSARY).expect("loads");
        glossary.find_korean(&View::of(korean))
    }

    /// What is found, as `rendering` or `rendering+tail`; inner hits are left out.
    fn assert_found(korean: &str, expected: &[&str]) {
        let view = View::of(korean);
        let shown = |hit: &Hit| match &view.text[hit.tail.clone()] {
            "" => view.text[hit.range.clone()].to_owned(),
            tail => format!("{}+{tail}", &view.text[hit.range.clone()]),
        };
        let counted = |hit: &&Hit| !matches!(hit.standing, Standing::Inner | Standing::Narrower);
        let found: Vec<String> = hits(korean).iter().filter(counted).map(shown).collect();
        assert_eq!(found, expected, "{korean}");
        let nfd = decomposed(korean);
        let places = |text: &str| hits(text).iter().map(|hit| (hit.term, hit.range.clone())).collect::<Vec<_>>();
        assert_eq!(places(&nfd), places(korean), "{korean}, decomposed");
    }

    #[test]
    fn a_tail_leaves_the_term_what_it_is() {
        assert_found("안장점에서는 함수를", &["안장점+에서는", "함수+를"]);
        assert_found("볼록한 볼록하다 볼록성이라는 최적화되는지", &["볼록+한", "볼록+하다", "볼록+성이라는", "최적화+되는지"]);
        assert_found("BERT는 xBERT BERT_base", &["BERT+는"]);
    }

    #[test]
    fn letters_of_another_word_are_not_the_term() {
        assert_found("계층은 고층 심층의 관점에서 장점과 초점, 개선한 노선", &[]);
        assert_found("함수롭다 이 상을 받았다", &[]);
        assert_found("이상하게도 이 이상은", &["이상+하게도", "이상+은"]);
        assert_found("손실 보험", &[]);
    }

    #[test]
    fn compounds_of_everyday_words_hold_it() {
        assert_found("손실함수는 목적함수의 입력값과 출력층이", &["손실함수+는", "함수+의", "값+과", "층+이"]);
        assert_found("함수값을 학습데이터로", &["함수", "값+을", "학습"]);
    }

    #[test]
    fn a_prefix_makes_another_term() {
        assert_found("비지도 학습과 비볼록 비 볼록", &[]);
        assert_found("고차원에서", &[]);
        assert_eq!(hits("고차원에서")[0].standing, Standing::Narrower);
        assert_found("비선형함수", &["함수"]);
    }

    #[test]
    fn the_longest_term_stands_and_its_words_inside_it() {
        assert_found("볼록 함수, 볼록함수", &["볼록 함수", "볼록함수"]);
        let inner: Vec<_> = hits("볼록함수는").into_iter().filter(|hit| hit.standing == Standing::Inner).collect();
        assert_eq!(inner.iter().map(|hit| hit.range.clone()).collect::<Vec<_>>(), [0..6, 6..12]);
        assert_eq!(inner[1].tail, 12..15);
        assert!(inner.iter().all(|hit| hit.form == Form::Preferred));
    }

    #[test]
    fn other_blanks_are_seen_and_told() {
        let hit = &hits("안장 점을")[0];
        assert!(hit.other_spacing && hit.standing == Standing::Word);
        assert!(hits("지도학습")[0].other_spacing && !hits("지도 학습")[0].other_spacing);
        assert_found("자전거 안장 점검", &[]);
    }

    #[test]
    fn a_long_text_without_blanks_is_read_to_its_end() {
        assert_eq!(hits(&"함수값손실관점".repeat(20_000)).len(), 20_000);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_ranges_lie_in_it(text in any_text()) {
            let view = View::of(&text);
            for hit in hits(&text) {
                prop_assert!(view.text.get(hit.range.clone()).is_some() && view.text.get(hit.tail.clone()).is_some());
                prop_assert!(text.get(view.span(hit.range)).is_some());
            }
        }

        #[test]
        fn what_is_seen_at_once_is_what_reading_finds(text in any_text()) {
            let words = ["안장점", "함수", "손실 함수", "볼록", "지도 학습", "학습", "차원", "층", "값", "점", "BERT"];
            let (terms, known) = (Lexicon::new(words.into_iter().map(|word| (word, false))), Lexicon::new(["손실 보험"].into_iter().map(|word| (word, false))));
            let view = View::of(&text);
            let mut candidates = Vec::new();
            terms.each(&view.text, |candidate| candidates.push(candidate));
            for candidate in candidates.into_iter().filter(|candidate| is_possible(&view.text, candidate)) {
                let region = region(&view.text, &candidate);
                let reader = Reader { text: &view.text, known: &known, candidates: &[candidate], region };
                let mut read = Vec::new();
                reader.read(&mut Vec::new(), &mut Vec::new(), &mut Tails::default(), &mut |found| read.push((found.range, found.tail, found.standing)));
                match reader.look(&mut Tails::default()) {
                    Look::Plain(found) => prop_assert_eq!(read, [(found.range, found.tail, found.standing)]),
                    Look::Absent => prop_assert_eq!(read, []),
                    Look::Unclear => {}
                }
            }
        }

        #[test]
        fn nfc_and_nfd_read_alike(text in any_text()) {
            let view = View::of(&text);
            let found = |text: &str| hits(text).iter().map(|hit| (hit.term, hit.range.clone(), hit.tail.clone())).collect::<Vec<_>>();
            prop_assert_eq!(found(&decomposed(&view.text)), found(&view.text));
        }
    }

    fn any_text() -> impl Strategy<Value = String> {
        let pieces = [
            "안장점",
            "새들 포인트",
            "함수",
            "손실",
            "볼록",
            "비",
            "고",
            "지도",
            "학습",
            "차원",
            "층",
            "값",
            "점",
            "BERT",
            "를",
            "에서는",
            "하는",
            "성",
            " ",
            "\n",
            "\u{3000}",
            "(",
            "*",
            "a",
            "1",
            "\u{1100}",
            "\u{11A8}",
            "e\u{301}",
            "\u{FFFC}",
        ];
        let piece = prop_oneof![8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_string), 1 => ".{0,3}"];
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }
}
