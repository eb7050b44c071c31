//! Renderings of terms that are replaced by other words.

use translate_digest::checks::Part;
use translate_digest::glossary::Form;

use super::{Edition, Kind, Random};

pub const KINDS: &[Kind] = &[
    Kind { fault: "another word for a term", checks: &["missing-term"], inject: other_word },
    Kind { fault: "an avoided word for a term", checks: &["forbidden-term"], inject: avoided },
    Kind { fault: "a name in Hangul", checks: &["translated-name"], inject: transliterated },
];

/// A term that the English of a part names, and every place of its Korean where a rendering of it stands.
fn term(edition: &Edition, random: &mut Random, keep: bool) -> Option<(usize, Vec<std::ops::Range<usize>>)> {
    let parts: Vec<&Part> = edition.parts().collect();
    let part = random.pick(&parts)?;
    let named = edition.context.named_in(part);
    let named = random.pick(named)?;
    let term = random.of(&named.terms);
    if edition.context.term(term).keep != keep {
        return None;
    }
    let rendered = edition.context.rendered_in(&part.korean).iter().filter(|rendered| rendered.hit.term == term);
    let mut places: Vec<_> = rendered.filter(|rendered| rendered.hit.form != Form::Avoid).map(|rendered| rendered.span.clone()).collect();
    places.dedup();
    (!places.is_empty()).then_some((term, places))
}

fn replaced(edition: &Edition, places: &[std::ops::Range<usize>], with: &str) -> String {
    let mut text = edition.text().to_owned();
    places.iter().rev().for_each(|place| text.replace_range(place.clone(), with));
    text
}

fn other_word(edition: &Edition, random: &mut Random) -> Option<String> {
    let (_, places) = term(edition, random, false)?;
    Some(replaced(edition, &places, random.of(&["물건", "방식", "무언가", "기술"])))
}

fn avoided(edition: &Edition, random: &mut Random) -> Option<String> {
    let (term, places) = term(edition, random, false)?;
    let avoid = &random.pick(&edition.context.term(term).avoid)?.text;
    let place = random.pick(&places)?.clone();
    Some(replaced(edition, &[place], avoid))
}

fn transliterated(edition: &Edition, random: &mut Random) -> Option<String> {
    let (term, places) = term(edition, random, true)?;
    let read = edition.context.term(term).read.as_deref()?;
    Some(replaced(edition, &places, read))
}
