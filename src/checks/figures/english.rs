//! English figures written with digits: 1,200, 10K, $2.3 billion, 1990s, 3 p.m., 21st, 5-10 million.

use std::ops::Range;

use super::unit::{Unit, english_at, money_before, named};
use super::{Figure, FigureKind, is_hidden};
use crate::checks::Passage;
use crate::korean::number::{Literal, Number, literal};

/// The figures of a passage.
pub fn digits(passage: &Passage<'_>, index: usize, found: &mut Vec<Figure>) {
    let text = passage.text();
    let bytes = text.as_bytes();
    let first = found.len();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|offset| at + offset) {
        let Some(literal) = literal(text, start) else { break };
        at = literal.end;
        if is_no_figure(text, start, literal) {
            continue;
        }
        let mut figure = Figure {
            passage: index,
            range: start..literal.end,
            value: literal.number,
            other: None,
            unit: None,
            kind: if is_hidden(passage, &(start..literal.end)) { FigureKind::Hidden } else { kind(text, start..literal.end) },
        };
        let scale = read_tail(text, start, literal, &mut figure);
        if scale > 0 {
            share_scale(text, &mut found[first..], &figure, scale);
        }
        at = figure.range.end.max(literal.end);
        found.push(figure);
    }
}

/// Digits that are part of a unit (km2), of an entity, of a mark (1️⃣).
pub(super) fn is_no_figure(text: &str, start: usize, literal: Literal) -> bool {
    let before = &text[..start];
    let after = &text[literal.end..];
    is_exponent(before, literal) || before.ends_with("&#") || after.starts_with(['\u{FE0F}', '\u{20E3}'])
}

/// The 2 of km2.
fn is_exponent(before: &str, literal: Literal) -> bool {
    let letters = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = &before[letters.len()..];
    literal.length == 1
        && matches!(unit, "km" | "m" | "cm" | "mm" | "ft" | "in" | "mi")
        && letters.ends_with(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '/' | '(' | '천' | '만' | '억'))
}

/// What the digits behind the colon of a clock are: the 00 of a full hour need not be said.
pub(super) fn minutes(before: &str, literal: Literal) -> Option<FigureKind> {
    let is_minutes = literal.length == 2 && before.strip_suffix(':').is_some_and(|hour| hour.ends_with(|c: char| c.is_ascii_digit()));
    is_minutes.then(|| if literal.number == Number::whole(0) { FigureKind::Loose } else { FigureKind::Minutes })
}

fn kind(text: &str, range: Range<usize>) -> FigureKind {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let digits = &text[range.clone()];
    if let Some(kind) = literal(text, range.start).and_then(|literal| minutes(before, literal)) {
        return kind;
    }
    let is_listed = digits.len() <= 2 && after.starts_with(')') && before.chars().next_back().is_none_or(|c| c == '(' || c.is_whitespace());
    // Around the clock, a course for beginners, the best.
    let is_idiom = (digits == "24" && after.starts_with("/7"))
        || (digits == "7" && before.ends_with("24/"))
        || (digits == "101" && before.ends_with(' ') && !after.starts_with(' '));
    let is_even = digits == "50"
        && (["-50", "/50", "–50"].iter().any(|half| after.starts_with(half))
            || ["50-", "50/", "50–"].iter().any(|half| before.ends_with(half)));
    // Hundreds of them.
    let is_vague =
        after.starts_with('s') && digits.starts_with('1') && digits.len() > 2 && digits[1..].bytes().all(|b| matches!(b, b'0' | b','));
    let is_top = digits == "1" && (before.ends_with("No. ") || before.ends_with('#'));
    if is_listed || is_idiom || is_even || is_vague || is_top || is_short_name(before, digits, after) {
        FigureKind::Loose
    } else {
        FigureKind::Digits
    }
}

/// CO2, B2B, 3D, 4x4, 2FA: letters and one digit, which Korean may have a word for.
fn is_short_name(before: &str, digits: &str, after: &str) -> bool {
    if digits.len() != 1 {
        return false;
    }
    // Of four letters and more it is no short name.
    let head = before.bytes().rev().take(4).take_while(u8::is_ascii_alphanumeric).count();
    let tail = after.bytes().take(4).take_while(u8::is_ascii_alphanumeric).count();
    let unit = after[..tail].starts_with(['s', 'n', 'r', 't', 'k', 'K', 'M', 'B', 'm', 'b', 'T', 'g']) && head == 0;
    let is_clock = matches!(&after[..tail], "am" | "pm" | "AM" | "PM" | "a" | "p");
    !is_clock && (1..=3).contains(&(head + tail)) && !unit && !before.ends_with('-') && english_at(after).is_none()
}

/// Reads what belongs to the digits behind them: ordinals, decades, scales, clocks, units. Gives the power of ten of the scale.
fn read_tail(text: &str, start: usize, literal: Literal, figure: &mut Figure) -> u32 {
    let before = &text[..start];
    let after = &text[literal.end..];
    let ends = |suffix: &str| after.strip_prefix(suffix).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
    let whole = literal.number.as_whole();
    figure.unit = money_before(before);
    if ["st", "nd", "rd", "th", "ST", "ND", "RD", "TH"].iter().any(|suffix| ends(suffix)) {
        figure.range.end += 2;
        return 0;
    }
    if let Some(year) = whole.filter(|_| ends("s") || ends("'s") || ends("’s")) {
        figure.range.end += 1 + usize::from(!ends("s")) * (after.chars().next().map_or(0, char::len_utf8));
        figure.other = match year {
            // 1800s: 19세기; 90s: 1990년대.
            1000..=2999 if year % 100 == 0 => Some(Number::whole(year / 100 + 1)),
            10..=99 => Some(Number::whole(year + if year < 30 { 2000 } else { 1900 })),
            _ => None,
        };
        return 0;
    }
    if let Some((scale, length, is_certain)) = scale_at(after, figure.unit.is_some(), before) {
        figure.range.end += length;
        let scaled = scaled(literal.number, scale);
        figure.other = (!is_certain).then_some(literal.number);
        figure.value = scaled;
        if figure.unit.is_none() {
            read_unit(text, figure);
        }
        return if scale == DOZEN { 0 } else { scale };
    }
    read_unit(text, figure);
    match (figure.unit.map(|unit| unit.name), whole) {
        // Five decades are 50년, two centuries 2세기 or 200년.
        (Some("decade"), _) => {
            (figure.value, figure.other, figure.unit) =
                (literal.number.times(10).unwrap_or(literal.number), Some(literal.number), named("year"))
        }
        (Some("century"), _) => (figure.other, figure.unit) = (literal.number.times(100), None),
        (None, Some(hour @ 1..=11)) if is_afternoon(after) => figure.other = Some(Number::whole(hour + 12)),
        (None, Some(12)) if is_morning(after) => figure.other = Some(Number::whole(0)),
        (None, Some(1)) if after.starts_with("/2") && !after[2..].starts_with(|c: char| c.is_ascii_digit() || c == '/') => {
            figure.other = Some(Number::new(5, -1))
        }
        (None, Some(2)) if before.ends_with("1/") && !before[..before.len() - 2].ends_with(|c: char| c.is_ascii_digit() || c == '/') => {
            figure.other = Some(Number::new(5, -1))
        }
        (None, Some(year @ 0..=99)) if literal.length == 2 => figure.other = long_year(before, year),
        _ => {}
    }
    0
}

/// A number of dozens, thousands, millions.
pub(super) fn scaled(number: Number, scale: u32) -> Number {
    if scale == DOZEN { number.times(12).unwrap_or(number) } else { number.scaled(scale) }
}

/// The unit behind a figure; a blank or hyphen may stand between.
fn read_unit(text: &str, figure: &mut Figure) {
    let after = &text[figure.range.end..];
    let rest = after.strip_prefix([' ', '-', '\u{A0}', '\u{202F}']).unwrap_or(after);
    if let Some(unit) = feet_and_inches(&text[..figure.range.start], after) {
        figure.unit = Some(unit);
        return;
    }
    let Some((unit, length)) = english_at(rest) else { return };
    // 5 in, 5m: words and millions too.
    let is_glued = rest.len() == after.len();
    let is_open = matches!(&rest[..length], "m") && is_glued;
    if figure.unit.is_none()
        && !is_open
        && !(rest[length..].starts_with("-old") || rest[length..].starts_with(" old") || rest[length..].starts_with("s old"))
    {
        figure.unit = Some(unit);
    }
}

/// The units of 5'10" and of the 10 in 5 ft 10 in.
fn feet_and_inches(before: &str, after: &str) -> Option<&'static Unit> {
    let marks = ['\'', '’', '′'];
    if after.strip_prefix(marks).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return named("foot");
    }
    let is_second = before.strip_suffix(marks).is_some_and(|feet| feet.ends_with(|c: char| c.is_ascii_digit()));
    let is_inches = is_second && after.starts_with(['"', '”', '″']);
    let has_feet = before.trim_end().ends_with("ft") && after.trim_start().starts_with("in");
    if is_inches || has_feet { named("inch") } else { None }
}

/// Stands for the scale "dozen", which is no power of ten.
const DOZEN: u32 = 12_000;

/// The scale that a text begins with, its length, and whether it can be nothing else.
pub(super) fn scale_at(after: &str, is_money: bool, before: &str) -> Option<(u32, usize, bool)> {
    let rest = after.strip_prefix([' ', '-', '\u{A0}', '\u{202F}']).unwrap_or(after);
    let blank = after.len() - rest.len();
    let word = &rest[..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len()];
    let words: &[(&str, u32)] = &[
        ("hundred", 2),
        ("thousand", 3),
        ("million", 6),
        ("billion", 9),
        ("trillion", 12),
        ("quadrillion", 15),
        ("dozen", DOZEN),
        ("bn", 9),
        ("mn", 6),
        ("mln", 6),
        ("bln", 9),
        ("tn", 12),
        ("trn", 12),
    ];
    if word.is_empty() {
        return None;
    }
    if let Some((word, scale)) = words.iter().find(|(scale, _)| word.eq_ignore_ascii_case(scale)) {
        return Some((*scale, blank + word.len(), true));
    }
    if blank > 0 || rest[word.len()..].starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let is_named = before.ends_with(|c: char| c.is_ascii_alphabetic());
    let scale = match word {
        "K" | "k" => 3,
        "M" => 6,
        "m" if is_money => 6,
        "B" | "b" => 9,
        "T" => 12,
        _ => return None,
    };
    (!is_named).then_some((scale, 1, is_money))
}

/// 5-10 million may begin at five million.
fn share_scale(text: &str, found: &mut [Figure], next: &Figure, scale: u32) {
    let Some(before) = found.last_mut().filter(|before| before.other.is_none()) else { return };
    let between = text.get(before.range.end..next.range.start).unwrap_or_default().trim();
    let between = between.trim_end_matches(['$', '€', '£', '¥', ' ']);
    if matches!(between, "-" | "–" | "—" | "~" | "to" | "or" | "and" | "," | "−") {
        before.other = Some(before.value.scaled(scale));
    }
}

fn clock(after: &str) -> &str {
    let minutes = after.strip_prefix([':', '.']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    minutes.map_or(after, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit())).trim_start_matches([' ', '\u{A0}', '\u{202F}'])
}

fn is_afternoon(after: &str) -> bool {
    ["pm", "p.m", "PM", "P.M"].iter().any(|mark| clock(after).starts_with(mark))
}

fn is_morning(after: &str) -> bool {
    ["am", "a.m", "AM", "A.M"].iter().any(|mark| clock(after).starts_with(mark))
}

/// The year of '21, and of 96 in 1995-96.
fn long_year(before: &str, short: u64) -> Option<Number> {
    if before.ends_with(['\'', '’', '‘']) {
        return Some(Number::whole(short + if short < 30 { 2000 } else { 1900 }));
    }
    let first = before.strip_suffix(['-', '–', '/'])?;
    let digits = &first[first.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    let year: u64 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    (year % 100 < short).then(|| Number::whole(year - year % 100 + short))
}
