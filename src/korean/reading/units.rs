//! Units after a number, and those that nobody takes for a word.

use super::Reading;
use super::digits::{before_number, is_currency};
use super::symbols::is_digit;
use crate::korean::hangul::Final;

/// Read in full: 킬로그램, 미터, 바이트. Case counts: g is 그램, G is 지.
#[rustfmt::skip]
const UNITS: &[(Final, &[&str])] = &[
    (Final::Vowel, &[
        "m", "km", "cm", "mm", "nm", "um", "μm", "µm", "B", "kB", "KB", "MB", "GB", "TB", "PB", "EB", "KiB", "MiB", "GiB", "TiB", "bit", "bits", "byte", "bytes",
        "Kb", "Mb", "Gb", "bps", "kbps", "Kbps", "Mbps", "Gbps", "s", "ms", "ns", "us", "μs", "µs", "sec", "Hz", "kHz", "MHz", "GHz", "THz", "W", "kW", "MW", "GW", "Wh", "kWh",
        "V", "kV", "mV", "A", "mA", "cal", "kcal", "L", "l", "ml", "mL", "dL", "cc", "K", "k", "G", "D", "fps", "dpi", "ppi", "ft", "in", "lb", "lbs", "oz", "mph", "kph", "p", "x", "X",
        "st", "nd", "rd", "th", "eV", "keV", "MeV", "GeV", "TFLOPS", "pt", "ha", "C", "F", "Ah", "mAh", "lx", "bp", "pp",
    ]),
    (Final::Consonant, &["g", "kg", "mg", "μg", "ug", "t", "min", "h", "hr", "hrs", "N", "kN", "rpm", "ppm", "am", "pm", "AM", "PM", "em", "rem", "M", "mmHg", "kt", "Mt"]),
    (Final::Liquid, &["px", "dB", "J", "kJ", "MJ", "Pa", "hPa", "kPa", "MPa", "mol", "cd"]),
];

/// Those whose letters make no other word, so that they are units without a number too.
const ALWAYS: &[&str] =
    &["kg", "km", "cm", "mm", "ms", "Hz", "kHz", "MHz", "GHz", "px", "dB", "mL", "kcal", "kW", "kWh", "hPa", "mAh", "Mbps", "Gbps"];

/// Letters that stand for a unit, a magnitude or a name: 7B, 10M, 5T, 30h, 100d.
const AMBIGUOUS: &[&str] = &["B", "M", "h", "t", "K", "k", "C", "F", "in", "A", "V"];

/// How a text that ends in a unit is read; `Some(None)` where it is one and its reading is open; `None` where it is none.
pub(super) fn sound(text: &str) -> Option<Option<Reading>> {
    let before = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, 'μ' | 'µ'));
    let unit = &text[before.len()..];
    let number = before.strip_suffix([' ', '\u{a0}']).unwrap_or(before);
    // A rate ends in its time: 100km/h is 킬로미터 퍼 아워, or 시속 100킬로미터.
    let rated = before.strip_suffix('/').is_some_and(|rest| {
        let amount = rest.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        amount.len() < rest.len() && amount.trim_end_matches(' ').ends_with(is_digit)
    });
    if rated && matches!(unit, "h" | "s" | "hr" | "sec" | "day") {
        return Some(Some(Reading::firm(Final::Vowel)));
    }
    let counted = number.ends_with(is_digit) && !has_letter_before(number);
    // A word after a number with a blank between (2 in) is more often another word.
    let solid = number.len() == before.len() || unit.len() > 1 || matches!(unit, "m" | "g");
    if !((counted && solid) || ALWAYS.contains(&unit)) {
        return None;
    }
    let (sound, _) = UNITS.iter().find(|(_, units)| units.contains(&unit))?;
    if before_number(number).ends_with(is_currency) {
        return Some(None);
    }
    Some(Some(if AMBIGUOUS.contains(&unit) || unit == "in" { Reading::likely(*sound) } else { Reading::certain(*sound) }))
}

/// Whether the digits belong to a name (H100): then no unit follows.
fn has_letter_before(number: &str) -> bool {
    let before = before_number(number);
    let name = before.strip_suffix('-').unwrap_or(before);
    name.ends_with(|c: char| c.is_ascii_alphabetic())
}
