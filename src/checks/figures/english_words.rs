//! What English words say in numbers: two hundred, twice, a dozen, October, the third, cubic.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::unit::{Unit, english_at, named};
use super::{Figure, FigureKind, roman};
use crate::checks::Passage;
use crate::korean::number::Number;

/// Words that make up larger numbers.
#[rustfmt::skip]
const COUNTING: &[(&str, u64)] = &[
    ("zero", 0), ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("eleven", 11), ("twelve", 12),
    ("thirteen", 13), ("fourteen", 14), ("fifteen", 15), ("sixteen", 16), ("seventeen", 17), ("eighteen", 18), ("nineteen", 19), ("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50),
    ("sixty", 60), ("seventy", 70), ("eighty", 80), ("ninety", 90),
    ("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5), ("sixth", 6), ("seventh", 7), ("eighth", 8), ("ninth", 9), ("tenth", 10), ("eleventh", 11), ("twelfth", 12),
    ("thirteenth", 13), ("fourteenth", 14), ("fifteenth", 15), ("sixteenth", 16), ("seventeenth", 17), ("eighteenth", 18), ("nineteenth", 19), ("twentieth", 20), ("thirtieth", 30),
    ("fortieth", 40), ("fiftieth", 50), ("sixtieth", 60), ("seventieth", 70), ("eightieth", 80), ("ninetieth", 90),
    ("thirds", 3), ("fourths", 4), ("fifths", 5), ("sixths", 6), ("tenths", 10), ("twenties", 20), ("thirties", 30), ("forties", 40), ("fifties", 50), ("sixties", 60), ("seventies", 70),
    ("eighties", 80), ("nineties", 90),
];

/// Words that multiply what stands before them.
const SCALES: &[(&str, u64)] = &[
    ("dozen", 12),
    ("hundred", 100),
    ("hundredth", 100),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
];

/// Words that say a number in other ways; each may be written as any of its numbers (digits, power of ten).
#[rustfmt::skip]
const SAYING: &[(&str, &[(u64, i32)])] = &[
    // One of something.
    ("once", &[(1, 0)]), ("single", &[(1, 0)]), ("sole", &[(1, 0)]),
    ("solo", &[(1, 0)]), ("top", &[(1, 0)]), ("primary", &[(1, 0)]), ("initial", &[(1, 0)]), ("linear", &[(1, 0)]), ("unary", &[(1, 0)]), ("annual", &[(1, 0)]), ("annually", &[(1, 0)]),
    ("yearly", &[(1, 0)]), ("monthly", &[(1, 0)]), ("weekly", &[(1, 0)]), ("daily", &[(1, 0)]), ("hourly", &[(1, 0)]), ("individual", &[(1, 0)]), ("alone", &[(1, 0)]), ("champion", &[(1, 0)]),
    ("leader", &[(1, 0)]), ("winner", &[(1, 0)]),
    // Two.
    ("twice", &[(2, 0)]), ("both", &[(2, 0)]), ("pair", &[(2, 0)]), ("pairs", &[(2, 0)]), ("couple", &[(2, 0)]), ("twin", &[(2, 0)]), ("twins", &[(2, 0)]), ("duo", &[(2, 0)]), ("dual", &[(2, 0)]),
    ("double", &[(2, 0)]), ("doubles", &[(2, 0)]), ("doubled", &[(2, 0)]), ("doubling", &[(2, 0)]), ("twofold", &[(2, 0)]), ("binary", &[(2, 0)]), ("bilateral", &[(2, 0)]), ("biweekly", &[(2, 0)]),
    ("bi", &[(2, 0)]), ("quadratic", &[(2, 0)]), ("square", &[(2, 0)]), ("squared", &[(2, 0)]), ("secondary", &[(2, 0)]), ("runner", &[(2, 0)]), ("biennial", &[(2, 0)]), ("semi", &[(2, 0), (4, 0)]),
    ("semifinal", &[(4, 0)]), ("semifinals", &[(4, 0)]), ("next", &[(2, 0)]),
    // Three and more.
    ("thrice", &[(3, 0)]), ("triple", &[(3, 0)]), ("tripled", &[(3, 0)]), ("tripling", &[(3, 0)]), ("threefold", &[(3, 0)]), ("trio", &[(3, 0)]), ("triad", &[(3, 0)]), ("cubic", &[(3, 0)]), ("cube", &[(3, 0)]),
    ("cubed", &[(3, 0)]), ("ternary", &[(3, 0)]), ("tertiary", &[(3, 0)]), ("trilateral", &[(3, 0)]), ("tri", &[(3, 0)]), ("quadruple", &[(4, 0)]), ("quadrupled", &[(4, 0)]), ("quartic", &[(4, 0)]),
    ("quartet", &[(4, 0)]), ("quarterfinal", &[(8, 0)]), ("quarterfinals", &[(8, 0)]), ("tenfold", &[(10, 0)]), ("decade", &[(10, 0)]), ("teen", &[(10, 0)]),
    ("teens", &[(10, 0)]), ("teenage", &[(10, 0)]), ("teenager", &[(10, 0)]), ("teenagers", &[(10, 0)]), ("fortnight", &[(2, 0), (14, 0)]), ("century", &[(1, 0), (100, 0)]),
    ("zeros", &[(0, 0)]), ("zeroes", &[(0, 0)]), ("zeroed", &[(0, 0)]), ("zeroing", &[(0, 0)]), ("nonzero", &[(0, 0)]), ("no", &[(0, 0)]), ("none", &[(0, 0)]), ("nil", &[(0, 0)]), ("null", &[(0, 0)]), ("noon", &[(12, 0)]), ("midday", &[(12, 0)]), ("midnight", &[(12, 0), (0, 0), (24, 0)]),
    ("decimal", &[(10, 0)]), ("decimals", &[(10, 0)]), ("hexadecimal", &[(16, 0)]), ("hex", &[(16, 0)]), ("octal", &[(8, 0)]), ("quartile", &[(4, 0)]), ("quartiles", &[(4, 0)]),
    ("quintile", &[(5, 0)]), ("quintiles", &[(5, 0)]), ("decile", &[(10, 0)]), ("deciles", &[(10, 0)]), ("percentile", &[(100, 0)]), ("percentiles", &[(100, 0)]),
    // Parts.
    ("half", &[(5, -1), (50, 0), (30, 0)]), ("halved", &[(50, 0)]), ("halving", &[(50, 0)]), ("quarter", &[(25, 0), (25, -2), (15, 0)]),
    ("quarters", &[(4, 0), (75, 0)]), ("quarterly", &[(4, 0), (1, 0)]),
];

/// Words that may say one.
const ARTICLES: &[&str] = &["a", "an", "per", "each", "every", "another"];

/// Words for one of some equal parts: 2분의 1.
const PARTS: &[(&str, u64)] = &[("half", 2), ("halves", 2), ("halved", 2), ("halving", 2), ("quarter", 4), ("quarters", 4)];

/// Months, with capitals.
#[rustfmt::skip]
const MONTHS: &[(&str, u64)] = &[
    ("January", 1), ("February", 2), ("March", 3), ("April", 4), ("May", 5), ("June", 6), ("July", 7), ("August", 8), ("September", 9), ("October", 10), ("November", 11), ("December", 12),
    ("Jan", 1), ("Feb", 2), ("Mar", 3), ("Apr", 4), ("Jun", 6), ("Jul", 7), ("Aug", 8), ("Sep", 9), ("Sept", 9), ("Oct", 10), ("Nov", 11), ("Dec", 12),
];

/// Every number that words of a passage say; one word may say several.
pub fn words(passage: &Passage<'_>, index: usize, found: &mut Vec<Figure>) {
    let text = passage.text();
    let mut sequence: Option<Sequence> = None;
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(start) = bytes[at..].iter().position(u8::is_ascii_alphabetic).map(|offset| at + offset) {
        let word = &text[start..start + bytes[start..].iter().take_while(|b| b.is_ascii_alphabetic()).count()];
        let end = start + word.len();
        at = end;
        let mut push = |range: Range<usize>, value: Number, other: Option<Number>, unit: Option<&'static Unit>| {
            let kind = if is_article(&text[range.clone()]) { FigureKind::PerhapsWord } else { FigureKind::Word };
            found.push(Figure { passage: index, range, value, other, unit, kind });
        };
        let meaning = meaning(word);
        let number = meaning.and_then(|meaning| meaning.counted);
        let joins = sequence.as_ref().is_some_and(|open| matches!(&text[open.end..start], " " | "-" | "‑"));
        if let Some(open) = sequence.as_mut() {
            if joins && word.eq_ignore_ascii_case("and") && open.has_scale && begins_number(&text[end..]) {
                open.end = end;
                continue;
            }
            if !joins || !number.is_some_and(|number| open.take(number, end)) {
                let done = sequence.take();
                done.into_iter().for_each(|open| open.tell(text, &mut push));
            }
        }
        if let (None, Some(number)) = (&sequence, number) {
            sequence = Some(Sequence::new(number, start, end));
        }
        if number.is_none() {
            said(word, meaning, start, &mut push);
        }
    }
    if let Some(open) = sequence {
        open.tell(text, &mut |range, value, other, unit| {
            found.push(Figure { passage: index, range, value, other, unit, kind: FigureKind::Word })
        });
    }
}

/// What a word says in numbers, by the lists above.
#[derive(Clone, Copy, Default)]
struct Meaning {
    counted: Option<Counted>,
    is_article: bool,
    parts: Option<u64>,
    saying: &'static [(u64, i32)],
}

/// A counting word: what it adds, or what it multiplies by.
#[derive(Clone, Copy)]
enum Counted {
    Adds(u64),
    Times(u64),
}

static MEANINGS: LazyLock<FxHashMap<&'static [u8], Meaning>> = LazyLock::new(|| {
    let mut all: FxHashMap<&'static [u8], Meaning> = FxHashMap::default();
    let mut of = |word: &'static str, mean: &dyn Fn(&mut Meaning)| mean(all.entry(word.as_bytes()).or_default());
    SCALES.iter().for_each(|(word, value)| of(word, &|meaning| meaning.counted = Some(Counted::Times(*value))));
    COUNTING.iter().for_each(|(word, value)| of(word, &|meaning| meaning.counted = Some(Counted::Adds(*value))));
    ARTICLES.iter().for_each(|word| of(word, &|meaning| meaning.is_article = true));
    PARTS.iter().for_each(|(word, parts)| of(word, &|meaning| meaning.parts = Some(*parts)));
    SAYING.iter().for_each(|(word, values)| of(word, &|meaning| meaning.saying = values));
    all
});

/// The longest word of the lists, in bytes: a longer one says nothing.
const LONGEST: usize = 16;

/// What a word in any case says; most say nothing.
fn meaning(word: &str) -> Option<&'static Meaning> {
    let mut folded = [0; LONGEST];
    let folded = folded.get_mut(..word.len())?;
    folded.copy_from_slice(word.as_bytes());
    folded.make_ascii_lowercase();
    MEANINGS.get(&*folded)
}

fn counted(word: &str) -> Option<Counted> {
    meaning(word).and_then(|meaning| meaning.counted)
}

/// The numbers of a word that is no counting word.
fn said(
    word: &str,
    meaning: Option<&Meaning>,
    start: usize,
    push: &mut impl FnMut(Range<usize>, Number, Option<Number>, Option<&'static Unit>),
) {
    let range = start..start + word.len();
    if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        if let Some((_, month)) = MONTHS.iter().find(|(month, _)| *month == word) {
            push(range.clone(), Number::whole(*month), None, named("month of the year"));
        }
        if let Some(value) = roman::value(word) {
            push(range.clone(), Number::whole(value), None, None);
        }
    }
    let Some(meaning) = meaning else { return };
    if meaning.is_article {
        push(range.clone(), Number::whole(1), None, None);
    }
    let parts = meaning.parts.map(|parts| [parts, 1]);
    parts.into_iter().flatten().for_each(|value| push(range.clone(), Number::whole(value), None, named("part")));
    meaning.saying.iter().for_each(|(digits, power)| push(range.clone(), Number::new(*digits, *power), None, None));
}

fn is_article(word: &str) -> bool {
    meaning(word).is_some_and(|meaning| meaning.is_article)
}

fn begins_number(text: &str) -> bool {
    let rest = text.strip_prefix(' ').unwrap_or(text);
    let word = &rest[..rest.bytes().take_while(u8::is_ascii_alphabetic).count()];
    counted(word).is_some()
}

fn unit_behind(text: &str, end: usize) -> Option<&'static Unit> {
    let rest = text[end..].strip_prefix([' ', '-'])?;
    english_at(rest).map(|(unit, _)| unit)
}

/// Counting words one behind the other: two hundred and five.
struct Sequence {
    start: usize,
    end: usize,
    total: u64,
    group: u64,
    /// What the next word must stay below, to be added.
    below: u64,
    has_scale: bool,
}

impl Sequence {
    fn new(number: Counted, start: usize, end: usize) -> Self {
        let (group, below, has_scale) = match number {
            Counted::Adds(value) => (value, if value >= 20 { 10 } else { 0 }, false),
            Counted::Times(value) => (value, value, true),
        };
        Self { start, end, total: 0, group, below, has_scale }
    }

    /// Takes one more word in; false where it begins a number of its own.
    fn take(&mut self, number: Counted, end: usize) -> bool {
        match number {
            Counted::Adds(value) if value > 0 && value < self.below => {
                self.group += value;
                self.below = if value >= 20 { 10 } else { 0 };
            }
            Counted::Times(scale) => {
                let Some(group) = self.group.checked_mul(scale) else { return false };
                if scale >= 1_000 {
                    let Some(total) = self.total.checked_add(group) else { return false };
                    (self.total, self.group) = (total, 0);
                } else {
                    self.group = group;
                }
                (self.below, self.has_scale) = (scale, true);
            }
            Counted::Adds(_) => return false,
        }
        self.end = end;
        true
    }

    fn tell(self, text: &str, push: &mut impl FnMut(Range<usize>, Number, Option<Number>, Option<&'static Unit>)) {
        let value = self.total + self.group;
        let number = Number::whole(value);
        let range = self.start..self.end;
        let unit = unit_behind(text, range.end);
        match unit.map(|unit| unit.name) {
            // Three decades are 30년, two centuries 2세기 or 200년.
            Some("decade") => return push(range, number.times(10).unwrap_or(number), None, named("year")),
            Some("century") => push(range.clone(), number.times(100).unwrap_or(number), None, named("year")),
            _ => {}
        }
        if text[range.clone()].eq_ignore_ascii_case("second") && text[..range.start].ends_with("per ") {
            return;
        }
        let other = matches!(value, 20..=90).then(|| Number::whole(1900 + value));
        push(range.clone(), number, other, unit);
        // A third is one part of three.
        if matches!(value, 3..=10) && is_part(&text[range.clone()]) {
            push(range, Number::whole(1), None, named("part"));
        }
    }
}

/// Whether a counting word may name a part of a whole: third, fifth.
fn is_part(word: &str) -> bool {
    word.ends_with("th") || word.eq_ignore_ascii_case("third")
}

/// Whether the words count things and do nothing else.
pub fn is_count(words: &str) -> bool {
    let last = words.rsplit([' ', '-']).next().unwrap_or(words);
    counted(last).is_some()
}
