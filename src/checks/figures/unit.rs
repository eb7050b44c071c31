//! Units as both languages write them, and how many of a common measure each is.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// In metres.
    Length,
    /// In square metres.
    Area,
    /// In litres.
    Volume,
    /// In kilograms.
    Mass,
    /// In seconds.
    Time,
    /// One of the twelve; the factor is not used.
    Calendar,
    /// In degrees; the factor is not used.
    Temperature,
    /// In won, at a rate of about now: it says what may be meant, not what is right.
    Money,
    /// In bytes.
    Data,
    /// In hertz.
    Frequency,
    /// In watts.
    Power,
    /// In hundredths.
    Share,
    /// How often; the factor is not used.
    Times,
    /// A share of equal parts, or their number; the factor is not used.
    Part,
    /// A place in an order; the factor is not used.
    Place,
}

/// A unit, told by its name.
#[derive(Debug)]
pub struct Unit {
    /// The symbol or word that messages show.
    pub name: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    /// How many of the dimension's own unit it is.
    pub factor: f64,
    english: &'static [&'static str],
    korean: &'static [&'static str],
}

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

macro_rules! units {
    ($($dimension:ident { $($name:literal $factor:literal [$($english:literal),*] [$($korean:literal),*])* })*) => {
        &[$($(Unit { name: $name, dimension: Dimension::$dimension, factor: $factor, english: &[$($english),*], korean: &[$($korean),*] },)*)*]
    };
}

/// Symbols stand in both lists as they are written; English words in lower case, with their plurals.
#[rustfmt::skip]
const UNITS: &[Unit] = units! {
    Length {
        "km" 1000.0 ["km", "kms", "kilometer", "kilometers", "kilometre", "kilometres", "kph", "kmh", "km/h"] ["km", "㎞", "킬로미터", "kph"]
        "m" 1.0 ["meter", "meters", "metre", "metres", "m", "m/s"] ["m", "미터"]
        "cm" 0.01 ["cm", "centimeter", "centimeters", "centimetre", "centimetres"] ["cm", "㎝", "센티미터", "센티"]
        "mm" 0.001 ["mm", "millimeter", "millimeters", "millimetre", "millimetres"] ["mm", "㎜", "밀리미터"]
        "nm" 1e-9 ["nm", "nanometer", "nanometers", "nanometre", "nanometres"] ["nm", "나노미터", "나노"]
        "mile" 1609.344 ["mi", "mile", "miles", "mph"] ["마일", "mi", "mile", "miles", "mph"]
        "foot" 0.3048 ["ft", "foot", "feet"] ["피트", "ft"]
        "inch" 0.0254 ["inch", "inches"] ["인치", "inch"]
        "yard" 0.9144 ["yd", "yard", "yards"] ["야드"]
        "light-year" 9.461e15 ["light-year", "light-years", "light year", "light years"] ["광년"]
    }
    Area {
        "km²" 1e6 ["km2", "km²", "sq km", "square km", "square kilometer", "square kilometers", "square kilometre", "square kilometres"]
            ["km2", "km²", "㎢", "제곱킬로미터", "제곱 킬로미터", "제곱km", "평방킬로미터", "평방 킬로미터"]
        "m²" 1.0 ["m2", "m²", "sq m", "square m", "square meter", "square meters", "square metre", "square metres"]
            ["m2", "m²", "㎡", "제곱미터", "제곱 미터", "평방미터", "평방 미터"]
        "square mile" 2_589_988.0 ["sq mi", "square mi", "square mile", "square miles"] ["제곱마일", "제곱 마일", "평방마일", "평방 마일"]
        "square foot" 0.092903 ["sq ft", "square foot", "square feet"] ["제곱피트", "제곱 피트", "평방피트", "평방 피트"]
        "hectare" 1e4 ["ha", "hectare", "hectares"] ["헥타르", "ha"]
        "acre" 4046.86 ["acre", "acres"] ["에이커"]
        "pyeong" 3.3058 ["pyeong"] ["평"]
    }
    Volume {
        "m³" 1000.0 ["m3", "m³", "cubic meter", "cubic meters", "cubic metre", "cubic metres"] ["m3", "m³", "㎥", "세제곱미터", "세제곱 미터", "입방미터", "입방 미터"]
        "l" 1.0 ["l", "liter", "liters", "litre", "litres"] ["리터", "ℓ", "L"]
        "ml" 0.001 ["ml", "milliliter", "milliliters", "millilitre", "millilitres", "cc"] ["ml", "㎖", "밀리리터", "cc"]
        "gallon" 3.78541 ["gal", "gallon", "gallons"] ["갤런"]
        "pint" 0.473176 ["pint", "pints"] ["파인트"]
        "barrel" 158.987 ["barrel", "barrels"] ["배럴"]
    }
    Mass {
        "kg" 1.0 ["kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "kilogrammes"] ["kg", "㎏", "킬로그램"]
        "g" 0.001 ["gram", "grams", "gramme", "grammes", "g"] ["g", "그램"]
        "mg" 1e-6 ["mg", "milligram", "milligrams"] ["mg", "㎎", "밀리그램"]
        "t" 1000.0 ["ton", "tons", "tonne", "tonnes", "metric ton", "metric tons"] ["톤"]
        "lb" 0.453592 ["lb", "lbs"] ["lb", "lbs"]
        "ounce" 0.0283495 ["oz", "ounce", "ounces"] ["온스", "oz"]
    }
    Time {
        "ms" 0.001 ["ms", "millisecond", "milliseconds"] ["ms", "밀리초"]
        "second" 1.0 ["sec", "secs", "second", "seconds"] ["초"]
        "minute" 60.0 ["min", "mins", "minute", "minutes"] ["분"]
        "hour" 3600.0 ["hr", "hrs", "hour", "hours"] ["시간"]
        "day" 86_400.0 ["day", "days"] ["일"]
        "week" 604_800.0 ["week", "weeks"] ["주", "주일"]
        "month" 2_629_746.0 ["month", "months"] ["개월", "달"]
        "year" 31_556_952.0 ["yr", "yrs", "year", "years"] ["년"]
        "decade" 315_569_520.0 ["decade", "decades"] []
        "century" 3_155_695_200.0 ["century", "centuries"] ["세기"]
    }
    Calendar {
        "month of the year" 1.0 [] ["월"]
    }
    Temperature {
        "°F" 1.0 ["°f", "ºf", "℉", "degrees fahrenheit", "degree fahrenheit", "° f"] ["℉", "°F"]
        "°C" 1.0 ["°c", "ºc", "℃", "degrees celsius", "degree celsius", "degrees centigrade", "° c"] ["℃", "°C"]
    }
    Money {
        "dollar" 1350.0 ["dollar", "dollars", "usd"] ["달러", "불", "USD"]
        "euro" 1500.0 ["euro", "euros", "eur"] ["유로", "EUR"]
        "pound" 1750.0 ["pound", "pounds", "gbp"] ["파운드", "GBP"]
        "yen" 9.3 ["yen", "jpy"] ["엔", "JPY"]
        "yuan" 190.0 ["yuan", "rmb", "cny"] ["위안", "CNY"]
        "rupee" 16.0 ["rupee", "rupees"] ["루피"]
        "won" 1.0 ["won", "krw"] ["원", "KRW"]
        "cent" 13.5 ["cent", "cents"] ["센트"]
    }
    Data {
        "KB" 1e3 ["KB", "kB", "kilobyte", "kilobytes"] ["KB", "kB", "킬로바이트"]
        "MB" 1e6 ["MB", "megabyte", "megabytes"] ["MB", "메가바이트"]
        "GB" 1e9 ["GB", "gigabyte", "gigabytes"] ["GB", "기가바이트"]
        "TB" 1e12 ["TB", "terabyte", "terabytes"] ["TB", "테라바이트"]
        "PB" 1e15 ["PB", "petabyte", "petabytes"] ["PB", "페타바이트"]
        "byte" 1.0 ["byte", "bytes"] ["바이트"]
        "bit" 0.125 ["bit", "bits"] ["비트"]
    }
    Frequency {
        "kHz" 1e3 ["kHz"] ["kHz", "킬로헤르츠"]
        "MHz" 1e6 ["MHz"] ["MHz", "메가헤르츠"]
        "GHz" 1e9 ["GHz"] ["GHz", "기가헤르츠"]
        "Hz" 1.0 ["Hz", "hertz"] ["Hz", "헤르츠"]
    }
    Power {
        "kW" 1e3 ["kW", "kilowatt", "kilowatts"] ["kW", "킬로와트"]
        "MW" 1e6 ["MW", "megawatt", "megawatts"] ["MW", "메가와트"]
        "GW" 1e9 ["GW", "gigawatt", "gigawatts"] ["GW", "기가와트"]
        "W" 1.0 ["watt", "watts"] ["와트"]
    }
    Share {
        "%" 1.0 ["%", "％", "percent", "per cent", "pct"] ["%", "％", "퍼센트", "프로"]
        "%p" 1.0 ["%p", "percentage point", "percentage points", "pp"] ["%p", "%P", "%포인트", "% 포인트", "퍼센트포인트", "퍼센트 포인트"]
        "bp" 0.01 ["bp", "bps", "basis point", "basis points"] ["bp", "베이시스포인트"]
    }
    Times {
        "times" 1.0 ["x", "fold"] ["배"]
    }
    Part {
        "part" 1.0 [] []
    }
    Place {
        "place" 1.0 [] ["차", "위", "등", "호", "번째", "세대", "등급", "급"]
    }
};

/// Signs of money, as they stand before an amount.
const SIGNS: &[(char, &str)] = &[('$', "dollar"), ('€', "euro"), ('£', "pound"), ('¥', "yen"), ('₩', "won"), ('₹', "rupee")];

/// The unit of this name.
pub fn named(name: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.name == name)
}

/// The money whose sign stands right before a number.
pub fn money_before(before: &str) -> Option<&'static Unit> {
    let last = before.trim_end_matches(' ').chars().next_back()?;
    SIGNS.iter().find(|(sign, _)| *sign == last).and_then(|(_, name)| named(name))
}

/// The unit that an English text begins with, and its length in bytes. Symbols are as they are written, words in any case.
pub fn english_at(text: &str) -> Option<(&'static Unit, usize)> {
    at(text, &ENGLISH, |text, form| {
        let has_case = form.bytes().any(|b| b.is_ascii_uppercase());
        let head = text.get(..form.len())?;
        let is_form = if has_case || form.len() <= 2 { head == form } else { head.eq_ignore_ascii_case(form) };
        let rest = &text[form.len()..];
        let is_word = form.ends_with(|c: char| c.is_ascii_alphanumeric());
        (is_form && !(is_word && rest.starts_with(|c: char| c.is_alphanumeric()))).then_some(form.len())
    })
}

/// The unit that a Korean text begins with, and its length in bytes.
pub fn korean_at(text: &str) -> Option<(&'static Unit, usize)> {
    at(text, &KOREAN, |text, form| {
        let rest = text.strip_prefix(form)?;
        let is_latin = form.ends_with(|c: char| c.is_ascii_alphanumeric());
        (!(is_latin && rest.starts_with(|c: char| c.is_ascii_alphanumeric()))).then_some(form.len())
    })
}

/// Forms by their first letter, small: most texts begin like none.
type Forms = FxHashMap<char, Vec<(&'static Unit, &'static str)>>;

static ENGLISH: LazyLock<Forms> = LazyLock::new(|| by_first_letter(|unit| unit.english));
static KOREAN: LazyLock<Forms> = LazyLock::new(|| by_first_letter(|unit| unit.korean));

fn by_first_letter(forms: fn(&'static Unit) -> &'static [&'static str]) -> Forms {
    let mut lists = Forms::default();
    for (unit, form) in UNITS.iter().flat_map(|unit| forms(unit).iter().map(move |form| (unit, *form))) {
        if let Some(first) = form.chars().next() {
            lists.entry(first.to_ascii_lowercase()).or_default().push((unit, form));
        }
    }
    lists
}

/// The longest form at the start of a text.
fn at<'t>(text: &'t str, forms: &Forms, fits: impl Fn(&'t str, &'static str) -> Option<usize>) -> Option<(&'static Unit, usize)> {
    let first = text.chars().next()?.to_ascii_lowercase();
    let all = forms.get(&first)?.iter();
    all.filter_map(|(unit, form)| fits(text, form).map(|length| (*unit, length))).max_by_key(|(_, length)| *length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_in_both_languages() {
        let english = |text: &str| english_at(text).map(|(unit, length)| (unit.name, length));
        let korean = |text: &str| korean_at(text).map(|(unit, length)| (unit.name, length));
        assert_eq!(english("km/h winds"), Some(("km", 4)));
        assert_eq!(english("Kilometres away"), Some(("km", 10)));
        assert_eq!(english("percentage points"), Some(("%p", 17)));
        assert_eq!(english("square miles"), Some(("square mile", 12)));
        assert_eq!(english("mine"), None);
        assert_eq!(english("MB of"), Some(("MB", 2)));
        assert_eq!(korean("킬로미터를"), Some(("km", 12)));
        assert_eq!(korean("%p 올랐다"), Some(("%p", 2)));
        assert_eq!(korean("%가"), Some(("%", 1)));
        assert_eq!(korean("달러에서"), Some(("dollar", 6)));
        assert_eq!(korean("명이"), None);
        assert_eq!(money_before("US$").map(|unit| unit.name), Some("dollar"));
    }
}
