//! Particles in the wrong form or the wrong place.

use translate_digest::korean::hangul::is_hangul;

use super::edition::Word;
use super::{Edition, Kind, Random};

pub const KINDS: &[Kind] = &[
    Kind { fault: "the wrong particle after Hangul", checks: &["wrong-particle"], inject: after_hangul },
    Kind { fault: "the wrong particle after Latin letters", checks: &["wrong-particle"], inject: after_latin },
    Kind { fault: "the wrong particle after a digit", checks: &["wrong-particle"], inject: after_digit },
    Kind { fault: "a blank before a particle", checks: &["spaced-particle"], inject: spaced },
    Kind { fault: "both forms of a particle", checks: &["bare-alternative"], inject: both_forms },
];

/// Forms after a consonant and after a vowel.
const FORMS: &[(&str, &str)] = &[("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로")];

/// The particle at the end of a word, its other form, and both together.
fn particle(word: &Word) -> Option<(&'static str, &'static str, String)> {
    let text = word.text;
    let ends = |(form, _): &&(&str, &str)| text.ends_with(form);
    let both = |first: &str, second: &str| if first == "으로" { "(으)로".to_owned() } else { format!("{first}({second})") };
    if let Some((first, second)) = FORMS.iter().find(ends) {
        return Some((first, second, both(first, second)));
    }
    FORMS.iter().find(|(_, second)| text.ends_with(second)).map(|(first, second)| (*second, *first, both(first, second)))
}

/// A word of host and particle, with the host.
fn hosted<'e>(edition: &'e Edition, random: &mut Random) -> Option<(&'e Word, &'static str, &'static str, &'static str, String)> {
    let word = random.pick(&edition.words)?;
    let (form, other, both) = particle(word)?;
    Some((word, word.text.strip_suffix(form)?, form, other, both))
}

fn with_particle(edition: &Edition, word: &Word, host: &str, with: &str) -> String {
    edition.with(word.span.start + host.len()..word.span.end, with)
}

fn after_hangul(edition: &Edition, random: &mut Random) -> Option<String> {
    let (word, host, form, other, _) = hosted(edition, random)?;
    // Behind 를 there is always a noun; the rest may end a verb, so the noun must be a term.
    let start = word.span.start;
    let is_term = edition.context.rendered_in(&word.span).iter().any(|rendered| rendered.span.end == start + host.len());
    (host.ends_with(is_hangul) && (form == "를" && host.chars().count() > 1 || is_term)).then(|| with_particle(edition, word, host, other))
}

fn after_latin(edition: &Edition, random: &mut Random) -> Option<String> {
    let (word, host, _, other, _) = hosted(edition, random)?;
    let name = host.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let is_spelled = name.len() > 1 && name.bytes().all(|b| b.is_ascii_uppercase());
    let is_term = edition.context.rendered_in(&word.span).iter().any(|rendered| rendered.span.end == word.span.start + host.len());
    (is_spelled || (is_term && !name.is_empty() && name.is_ascii())).then(|| with_particle(edition, word, host, other))
}

fn after_digit(edition: &Edition, random: &mut Random) -> Option<String> {
    let (word, host, _, other, _) = hosted(edition, random)?;
    let number = host.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    // Behind letters it may be the number of a name, which some read in English: H100, Python 3.
    let is_named =
        [number, edition.text()[..word.span.start].trim_end()].iter().any(|text| text.ends_with(|c: char| c.is_ascii_alphabetic()));
    (number.len() < host.len() && !is_named).then(|| with_particle(edition, word, host, other))
}

fn spaced(edition: &Edition, random: &mut Random) -> Option<String> {
    // Those that are no word of their own, as 이, 가, 로 and 도 are.
    const ALONE: &[&str] = &["은", "는", "을", "를", "과", "와", "의", "에", "에서", "에서는", "에는", "으로"];
    let word = random.pick(&edition.words)?;
    let host = ALONE
        .iter()
        .filter_map(|particle| word.text.strip_suffix(particle))
        .find(|host| host.ends_with(|c: char| c.is_ascii_alphanumeric()))?;
    let at = word.span.start + host.len();
    Some(edition.with(at..at, " "))
}

fn both_forms(edition: &Edition, random: &mut Random) -> Option<String> {
    let (word, host, form, _, both) = hosted(edition, random)?;
    let is_noun = form == "를" || edition.context.rendered_in(&word.span).iter().any(|r| r.span.end == word.span.start + host.len());
    (is_noun || host.ends_with(|c: char| c.is_ascii_alphanumeric())).then(|| with_particle(edition, word, host, &both))
}
