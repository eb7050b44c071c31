//! What may follow a term and leave it the same term: particles, the copula, 하다/되다/시키다, and the suffixes 적 화 성.

use super::ending::LIGHT_VERBS;
use super::hangul::Final;
use super::particle::is_particle_after;

/// Suffixes of Sino-Korean nouns (접미사) that keep the noun's meaning: 볼록성, 일반화, 점진적.
const SUFFIXES: &[&str] = &["적", "성", "화"];

/// TEMP
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TailKind {
    None,
    Particle,
    Copula,
    Verbal,
    Adjectival,
    Nominal,
}
/// TEMP
pub fn kind_of_tail(host: Option<Final>, run: &str) -> Option<TailKind> {
    if run.is_empty() {
        return Some(TailKind::None);
    }
    if is_particle_after(host, run) {
        return Some(TailKind::Particle);
    }
    if is_light_verb(run) {
        return Some(TailKind::Verbal);
    }
    if is_tail(host, run) {
        return Some(TailKind::Adjectival);
    }
    for s in [
        "율", "률", "법", "론", "식", "형", "량", "도", "값", "층", "망", "군", "기", "자", "용", "별", "간", "내", "상", "시", "중", "당",
        "측", "점", "선", "판", "집", "계",
    ] {
        if let Some(rest) = run.strip_prefix(s)
            && (rest.is_empty() || is_particle_after(None, rest))
        {
            return Some(TailKind::Nominal);
        }
    }
    None
}

/// Whether the (composed) Hangul run as a whole is such a tail after a host with this last sound. An empty run is one.
pub fn is_tail(host: Option<Final>, run: &str) -> bool {
    if run.is_empty() || is_particle_after(host, run) || is_light_verb(run) {
        return true;
    }
    SUFFIXES.iter().any(|suffix| {
        run.strip_prefix(suffix).is_some_and(|rest| {
            // As after a consonant: the copula without its 이 makes other words (화면).
            rest.is_empty() || is_particle_after(Some(Final::Consonant), rest) || (*suffix == "화" && is_light_verb(rest))
        })
    })
}

fn is_light_verb(run: &str) -> bool {
    let particles = |rest: &str| is_particle_after(None, rest);
    LIGHT_VERBS.iter().any(|verb| verb.accepts(run, &particles))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_the_light_verbs_are_tails() {
        for tail in [
            "",
            "하다",
            "한다",
            "하는",
            "하고",
            "해서",
            "했다",
            "합니다",
            "하기",
            "하기는",
            "함으로써",
            "하였습니다",
            "되는지",
            "되었음을",
            "됩니다",
            "된",
            "될",
            "되어",
            "돼",
            "시킨",
            "시켜",
            "시키도록",
            "화하는",
            "화된",
            "화는",
            "적인",
            "적으로",
            "적이다",
            "성을",
            "성이라는",
            "을",
            "하겠습니다",
            "할수록",
            "하면서도",
        ] {
            assert!(is_tail(None, tail), "{tail}");
        }
    }

    #[test]
    fn other_words_are_not() {
        for other in
            ["클럽", "링", "기기", "적분", "화면", "성능", "하늘", "한국", "되풀이", "함수", "해법", "시킨다고한", "화물은", "할인"]
        {
            assert!(!is_tail(None, other), "{other}");
        }
    }
}
