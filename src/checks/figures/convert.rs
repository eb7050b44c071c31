//! Measures given in other units: 75 miles as 120km, 17 pounds 1 ounce as 7.7kg, 90 days as 3개월.

use super::Figure;
use super::unit::{Dimension, Unit, named};
use crate::korean::number::Number;

/// How far a converted measure may be from the exact one where its digits claim more: translators round twice.
const SLACK: f64 = 0.0025;
/// The same for months and years, which differ in length.
const TIME_SLACK: f64 = 0.02;
/// How far apart the two measures of `100 km (62 mi)` may stand.
const TWIN_SLACK: f64 = 0.12;

/// Whether one unit is the other under another name. A pound may be money or a weight.
pub fn is_same(one: &Unit, other: &Unit) -> bool {
    one == other || matches!((one.name, other.name), ("pound", "lb") | ("lb", "pound"))
}

/// Both units as measures of one dimension.
fn measures(one: &'static Unit, other: &'static Unit) -> Option<(&'static Unit, &'static Unit)> {
    let as_mass = |unit: &'static Unit| if unit.name == "pound" { named("lb").unwrap_or(unit) } else { unit };
    match (one.dimension, other.dimension) {
        (a, b) if a == b => Some((one, other)),
        (Dimension::Money, Dimension::Mass) | (Dimension::Mass, Dimension::Money) => {
            let (one, other) = (as_mass(one), as_mass(other));
            (one.dimension == other.dimension).then_some((one, other))
        }
        _ => None,
    }
}

/// Whether an English amount in its unit is a Korean one in another unit, rounded as the Korean is.
pub fn is_converted(amount: f64, english: &'static Unit, value: Number, korean: &'static Unit) -> bool {
    if is_same(english, korean) {
        return false;
    }
    if (english.name, korean.name) == ("%", "times") {
        // Up 200%: three times as much, or twice.
        return [amount / 100.0, amount / 100.0 + 1.0].iter().any(|times| (value.amount() - times).abs() < 0.01);
    }
    let Some((from, to)) = measures(english, korean) else { return false };
    let exact = match (from.dimension, from.name) {
        (Dimension::Temperature, name) => {
            let degrees = |amount: f64| if name == "°F" { (amount - 32.0) / 1.8 } else { amount * 1.8 + 32.0 };
            // Signs are no part of figures: -4°F is 영하 20도.
            return [amount, -amount].iter().any(|amount| (value.amount() - degrees(*amount).abs()).abs() <= 1.0);
        }
        (Dimension::Share, _) => return false,
        // Rates change, by a third in some years.
        (Dimension::Money, _) if from.name != "cent" && to.name != "cent" => {
            let ratio = value.amount() / (amount * from.factor / to.factor);
            return (0.65..=1.35).contains(&ratio);
        }
        _ => amount * from.factor / to.factor,
    };
    is_near(value, exact, slack(from, to))
}

/// Months and years differ in length.
fn slack(one: &Unit, other: &Unit) -> f64 {
    if [one, other].iter().any(|unit| matches!(unit.name, "month" | "year")) { TIME_SLACK } else { SLACK }
}

/// Whether an amount in a unit is a number in a smaller unit: 1.5 years, 18 months.
pub fn is_measure(amount: f64, unit: &'static Unit, value: Number, other: &'static Unit) -> bool {
    measures(unit, other).is_some_and(|(from, to)| {
        let exact = amount * from.factor / to.factor;
        (value.amount() - exact).abs() <= exact * slack(from, to)
    })
}

/// Whether a rounded number stands for an exact one.
fn is_near(value: Number, exact: f64, slack: f64) -> bool {
    (value.amount() - exact).abs() <= (value.grain() / 2.0 * 1.0001).min(exact * 0.12).max(exact * slack)
}

/// Whether two amounts of a text are one measure in two units: 100 km (62 mi). Other moneys always may be.
pub fn is_twin(one: f64, one_unit: &'static Unit, other: f64, other_unit: &'static Unit) -> bool {
    if is_same(one_unit, other_unit) {
        return false;
    }
    let Some((a, b)) = measures(one_unit, other_unit) else { return false };
    let (one, other) = match (a.dimension, a.name) {
        (Dimension::Money, _) => return true,
        (Dimension::Temperature, "°F") => ((one - 32.0) / 1.8, other),
        (Dimension::Temperature, _) => (one * 1.8 + 32.0, other),
        (Dimension::Share, _) => return false,
        _ => (one * a.factor, other * b.factor),
    };
    (one - other).abs() <= one.abs().max(other.abs()) * TWIN_SLACK
}

/// The measure that a figure begins, with the smaller unit behind it: 5 feet 10 inches, 17 pounds 1 ounce. Gives its amount in the first
/// unit, and how many figures it takes.
pub fn compound(figures: &[Figure]) -> Option<(f64, &'static Unit, usize)> {
    let first = figures.first()?;
    let unit = first.unit?;
    let amount = first.value.amount();
    let second =
        figures.get(1).filter(|second| second.passage == first.passage && second.range.start.saturating_sub(first.range.end) <= 12);
    let joined = second.and_then(|second| {
        let (large, small) = measures(unit, second.unit?)?;
        let pairs = [("foot", "inch"), ("lb", "ounce"), ("hour", "minute"), ("minute", "second"), ("year", "month")];
        pairs.contains(&(large.name, small.name)).then(|| (amount + second.value.amount() * small.factor / large.factor, large, 2))
    });
    Some(joined.unwrap_or((amount, unit, 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn converts(amount: f64, english: &str, digits: u64, power: i32, korean: &str) -> bool {
        let unit = |name: &str| named(name).unwrap_or_else(|| panic!("{name}"));
        is_converted(amount, unit(english), Number::new(digits, power), unit(korean))
    }

    #[test]
    fn rounded_measures_are_the_same_measure() {
        for (amount, english, digits, power, korean) in [
            (75.0, "mile", 120, 0, "km"),
            (75.0, "mile", 121, 0, "km"),
            (1000.0, "mile", 1600, 0, "km"),
            (100.0, "foot", 30, 0, "m"),
            (100.0, "foot", 305, -1, "m"),
            (90.0, "°F", 32, 0, "°C"),
            (10.0, "°F", 12, 0, "°C"),
            (17.0625, "lb", 775, -2, "kg"),
            (200.0, "pound", 91, 0, "kg"),
            (90.0, "day", 3, 0, "month"),
            (24.0, "hour", 1, 0, "day"),
            (10.0, "dollar", 13_000, 0, "won"),
            (50.0, "cent", 5, -1, "dollar"),
        ] {
            assert!(converts(amount, english, digits, power, korean), "{amount} {english}");
        }
    }

    #[test]
    fn wrong_measures_are_told() {
        for (amount, english, digits, power, korean) in [
            (75.0, "mile", 130, 0, "km"),
            (75.0, "mile", 75, 0, "km"),
            (75.0, "mile", 123, 0, "km"),
            (100.0, "foot", 40, 0, "m"),
            (90.0, "°F", 42, 0, "°C"),
            (90.0, "day", 4, 0, "month"),
            (5.0, "km", 5, 0, "m"),
            (3.0, "%", 3, 0, "%p"),
            (10.0, "dollar", 10, 0, "won"),
        ] {
            assert!(!converts(amount, english, digits, power, korean), "{amount} {english}");
        }
    }
}
