//! Numbers and units that come out wrong.

use super::edition::Word;
use super::{Edition, Kind, Random};

pub const KINDS: &[Kind] = &[
    Kind { fault: "a number with another digit", checks: &["changed-number"], inject: change_digit },
    // In front of 만 and 억 it is another scale.
    Kind { fault: "a number with a digit left out", checks: &["changed-number", "changed-unit"], inject: drop_digit },
    Kind { fault: "a number in 만 or 억 that is ten times as much", checks: &["changed-number", "changed-unit"], inject: shift_myriad },
    Kind { fault: "another unit", checks: &["changed-unit"], inject: change_unit },
];

/// Units, and others that a slip puts in their place.
const UNITS: &[(&str, &[&str])] = &[
    ("GB", &["MB", "TB"]),
    ("MB", &["GB", "KB"]),
    ("ms", &["초"]),
    ("밀리초", &["초", "분"]),
    ("마이크로초", &["초"]),
    ("초", &["분", "시간"]),
    ("분", &["초", "시간"]),
    ("시간", &["분", "일"]),
    ("달러", &["유로", "원"]),
    ("센트", &["달러"]),
    ("유로", &["달러"]),
    ("MW", &["GW"]),
    ("%", &["%p", "배"]),
    ("개월", &["년"]),
    ("년", &["개월"]),
];

/// The numbers of a word, as byte ranges of it; parts of names (`H100`, `0.9.2`) are none.
fn numbers(word: &Word) -> Vec<std::ops::Range<usize>> {
    let text = word.text;
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|start| at + start) {
        let end = start + text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
        let number = text[start..end].trim_end_matches(['.', ',']);
        at = end;
        let before = text[..start].chars().next_back();
        let is_name = before.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '^' | '#' | '_' | '.'));
        if !is_name && !text[end..].starts_with('^') && number.matches('.').count() < 2 {
            found.push(start..start + number.len());
        }
    }
    found
}

/// Every run of digits of a text.
fn figures(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').map(|figure| figure.trim_matches(['.', ',']))
}

/// A number of the running text that stands once in its part, with its bytes in the file and the text of both sides of the part.
fn number(edition: &Edition, random: &mut Random) -> Option<(Word, std::ops::Range<usize>, String)> {
    let word = random.pick(&edition.words)?;
    let numbers = numbers(word);
    let range = random.pick(&numbers)?.clone();
    let part = &edition.context.parts()[word.part];
    let both = format!("{}\n{}", &edition.text()[part.korean.clone()], edition.english_of(part));
    (edition.text()[part.korean.clone()].matches(&word.text[range.clone()]).count() == 1).then(|| (word.clone(), range, both))
}

/// The edition with another number in a word, if that number stands nowhere in the part.
fn with_number(edition: &Edition, word: &Word, range: std::ops::Range<usize>, new: &str, both: &str) -> Option<String> {
    let start = word.span.start + range.start;
    (!figures(both).any(|figure| figure == new)).then(|| edition.with(start..start + range.len(), new))
}

fn change_digit(edition: &Edition, random: &mut Random) -> Option<String> {
    let (word, range, both) = number(edition, random)?;
    let old = &word.text[range.clone()];
    let digits: Vec<usize> = old.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = random.of(&digits);
    let digit = random.of(&["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    let new = format!("{}{digit}{}", &old[..at], &old[at + 1..]);
    if new == old { None } else { with_number(edition, &word, range, &new, &both) }
}

fn drop_digit(edition: &Edition, random: &mut Random) -> Option<String> {
    let (word, range, both) = number(edition, random)?;
    let old = &word.text[range.clone()];
    let whole = old.split('.').next()?;
    if whole.len() < 2 || whole.contains(',') {
        return None;
    }
    let new = format!("{}{}", &whole[..whole.len() - 1], &old[whole.len()..]);
    with_number(edition, &word, range, &new, &both)
}

fn shift_myriad(edition: &Edition, random: &mut Random) -> Option<String> {
    let (word, range, both) = number(edition, random)?;
    if !word.text[range.end..].starts_with(['만', '억', '조']) {
        return None;
    }
    let old = &word.text[range.clone()];
    with_number(edition, &word, range.clone(), &format!("{}0", old.replace([',', '.'], "")), &both)
}

/// Whether a figure stands in English with a unit.
fn is_measure(english: &str, figure: &str) -> bool {
    const AFTER: &[&str] =
        &["%", "percent", "GB", "MB", "MW", "ms", "milli", "micro", "second", "minute", "hour", "month", "year", "cent", "euro"];
    english.match_indices(figure).any(|(at, _)| {
        let rest = english[at + figure.len()..].trim_start_matches([' ', '-', '\u{a0}']);
        english[..at].ends_with(['$', '₩']) || AFTER.iter().any(|unit| rest.starts_with(unit))
    })
}

fn change_unit(edition: &Edition, random: &mut Random) -> Option<String> {
    let (word, range, _) = number(edition, random)?;
    let is_figure = is_measure(edition.english_of(&edition.context.parts()[word.part]), &word.text[range.clone()]);
    let is_time = edition.text()[..word.span.start].trim_end().ends_with('시');
    if !is_figure || is_time {
        return None;
    }
    let rest = word.text[range.end..].trim_start_matches(['만', '억', '조', '천', '여']);
    let (unit, others) = UNITS.iter().find(|(unit, _)| rest.starts_with(unit))?;
    // 3분의 1, 2분기; 1990년대; 30%p.
    let after = &rest[unit.len()..];
    if after.starts_with(['의', '기', 'p', '대', '포']) || (*unit == "년" && range.len() > 2) {
        return None;
    }
    let start = word.span.end - rest.len();
    Some(edition.with(start..start + unit.len(), random.of(others)))
}
