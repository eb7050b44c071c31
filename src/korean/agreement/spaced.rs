//! Particles that stand apart from their hosts: API 를.

use super::code::Code;
use super::{Noun, is_last_of_word};
use crate::korean::hangul::{Final, run_len};
use crate::korean::host::sound_before;
use crate::korean::particle::fit_sound;
use crate::span::Span;

/// A particle with a blank before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spaced {
    /// The blank that is too much.
    pub blank: Span,
    /// The particle.
    pub particle: Span,
    /// The particle's right form, as far as it is known.
    pub right: String,
}

/// Particles that are no other word where they stand alone. 이, 가, 도, 만, 로, 보다, 나 and 부터 are others, or could be.
#[rustfmt::skip]
const ALONE: &[&str] = &[
    "을", "를", "은", "는", "의", "에", "와", "과", "으로", "에서", "에게", "에서는", "에서도", "에서의", "에는", "에도", "에만", "에게는", "에게서", "으로는", "으로도", "으로만", "으로의", "으로써", "으로서", "으로부터", "로부터", "로써",
    "로서", "로는", "와의", "과의", "와는", "과는", "까지는", "까지도", "처럼", "에서부터", "한테", "께서",
];

/// The particles of `text` that are written apart from a Latin, digit, bracket or code host, or from a known noun.
pub fn spaced_particles(text: &str, nouns: &[Noun]) -> Vec<Spaced> {
    let mut found = Vec::new();
    let mut code = Code::of(text);
    for (at, noun) in places(text, nouns) {
        let Some(blank) = text[at..].chars().next().filter(|c| matches!(c, ' ' | '\u{a0}')) else { continue };
        let start = at + blank.len_utf8();
        let length = run_len(&text[start..]);
        let particle = &text[start..start + length];
        if length == 0 || !is_last_of_word(&text[start + length..]) || !ALONE.contains(&particle) || code.holds(at) {
            continue;
        }
        let before = &text[..at];
        let sound: Option<Final> = noun.and_then(|noun| noun.sound).or_else(|| sound_before(before).map(|reading| reading.sound));
        let right = fit_sound(sound, particle).map_or_else(|| particle.to_string(), |right| right.into_owned());
        found.push(Spaced { blank: at..start, particle: start..start + length, right });
    }
    found
}

/// Where a blank may stand that parts a particle: behind a noun, a Latin letter, a digit, a closing bracket or code. In order.
fn places<'n>(text: &str, nouns: &'n [Noun]) -> Vec<(usize, Option<&'n Noun>)> {
    let bytes = text.as_bytes();
    let mut places: Vec<(usize, Option<&Noun>)> = nouns.iter().map(|noun| (noun.span.end, Some(noun))).collect();
    let mut at = 0;
    while at + 1 < bytes.len() {
        // Two bytes of three are passed over in Hangul.
        let closes = bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b')' | b']' | b'`' | b'%');
        if closes && (bytes[at + 1] == 0xC2 || (bytes[at + 1] == b' ' && bytes.get(at + 2).is_some_and(|byte| *byte >= 0xEA))) {
            places.push((at + 1, None));
        }
        at += if bytes[at] >= 0xE0 { 3 } else { 1 };
    }
    // Of two at one place the noun is first.
    places.sort_by_key(|(at, noun)| (*at, noun.is_none()));
    places.dedup_by_key(|(at, _)| *at);
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rights(text: &str) -> Vec<String> {
        spaced_particles(text, &[]).into_iter().map(|spaced| format!("{}>{}", &text[spaced.particle], spaced.right)).collect()
    }

    #[test]
    fn a_particle_alone_after_a_blank_is_found() {
        assert_eq!(rights("API 를 쓴다"), ["를>를"]);
        assert_eq!(rights("LLM 를 쓰고 `batch` 는 두며 3 은 버린다. 모델(model) 에서."), ["를>을", "는>는", "은>은", "에서>에서"]);
        let noun = [Noun { span: 0.."안장점".len(), sound: None }];
        assert_eq!(spaced_particles("안장점 를 찾는다", &noun)[0].right, "을");
    }

    #[test]
    fn other_words_are_not() {
        for text in
            ["API 이 값", "2 가 아니라", "API 도 있다", "은 100 그램", "금 은 동", "API  를", "API 를은", "`a 를 b`", "API 만 번", "R 로"]
        {
            assert_eq!(rights(text), Vec::<String>::new(), "{text}");
        }
    }
}
