//! Particles that stand apart from their hosts: API 를.

use super::Noun;
use crate::korean::hangul::Final;
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

/// The bytes of the longest of them.
const LONGEST: usize = 12;

/// The particle that the run is, if it is one that is parted from its host: a Latin letter, a digit, a bracket or code, or a known noun.
pub(super) fn spaced(text: &str, near: &[Noun], run: &Span) -> Option<Spaced> {
    let bytes = text.as_bytes();
    // Most words stand behind another Korean word, and are longer than any of these.
    if run.len() > LONGEST
        || (near.is_empty() && bytes[..run.start.saturating_sub(1)].last().is_none_or(|byte| *byte >= 0x80 && *byte != 0xC2))
    {
        return None;
    }
    let before = match bytes[..run.start] {
        [.., b' '] => run.start - 1,
        [.., 0xC2, 0xA0] => run.start - 2,
        _ => return None,
    };
    let noun = near.iter().find(|noun| noun.span.end == before);
    let closes = bytes[..before].last().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b')' | b']' | b'`' | b'%'));
    let particle = &text[run.clone()];
    if !(closes || noun.is_some()) || !ALONE.contains(&particle) {
        return None;
    }
    let host = &text[..before];
    let sound: Option<Final> = noun.and_then(|noun| noun.sound).or_else(|| sound_before(host).map(|reading| reading.sound));
    let right = fit_sound(sound, particle).map_or_else(|| particle.to_string(), |right| right.into_owned());
    Some(Spaced { blank: before..run.start, particle: run.clone(), right })
}

#[cfg(test)]
mod tests {
    use super::super::faults;
    use super::*;

    fn rights(text: &str) -> Vec<String> {
        faults(text, &[]).spaced.into_iter().map(|spaced| format!("{}>{}", &text[spaced.particle], spaced.right)).collect()
    }

    #[test]
    fn a_particle_alone_after_a_blank_is_found() {
        assert_eq!(rights("API 를 쓴다"), ["를>를"]);
        assert_eq!(rights("LLM 를 쓰고 `batch` 는 두며 3 은 버린다. 모델(model) 에서."), ["를>을", "는>는", "은>은", "에서>에서"]);
        let noun = [Noun { span: 0.."안장점".len(), sound: None }];
        assert_eq!(faults("안장점 를 찾는다", &noun).spaced[0].right, "을");
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
