//! What may follow a noun written solid: particles, the copula, 하다/되다/시키다, and the suffixes of Sino-Korean nouns.

use super::ending::{LIGHT_VERBS, RECEIVE, SUFFER};
use super::hangul::{Final, final_sound};
use super::particle::{LONGEST, is_particle_after, is_stack_after};

/// What a tail makes of the noun before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TailKind {
    /// Nothing follows.
    None,
    /// Particles, stacked ones and the plural 들 included: 을, 에서는, 들로부터.
    Particle,
    /// A form of 이다: 이다, 입니다, 였던.
    Copula,
    /// A form of 하다, 되다, 시키다, 당하다, 받다, also after 화: 합니다, 화된.
    Verbal,
    /// 적, with or without what follows it: 적인, 적으로.
    Adjectival,
    /// A suffix that makes another noun of the noun, with or without particles: 성을, 율은, 값.
    Nominal,
}

/// Suffixes of Sino-Korean nouns (접미사) that keep the noun's meaning: 볼록성, 일반화, 점진적.
const SUFFIXES: &[&str] = &["적", "성", "화"];

/// Suffixes and one-syllable nouns that make a compound of the noun: 학습률, 손실값, 은닉층.
#[rustfmt::skip]
const NOMINAL_SUFFIXES: &[&str] = &[
    "성", "화", "율", "률", "법", "론", "식", "형", "량", "도", "값", "층", "망", "군", "기", "자", "용", "별", "간", "내", "상", "시", "중", "당", "측", "점", "선", "판",
    "집", "계",
];

/// Two suffixes may stand together where this pair makes no word of its own: 성별, 화율, 값별; not 상자, 기간, 도시.
const FIRST_OF_TWO: &[&str] = &["성", "화", "형", "식", "율", "률", "량", "값"];
const SECOND_OF_TWO: &[&str] = &["별", "율", "률", "값", "간", "내", "시", "용", "층"];

/// Whether the (composed) Hangul run as a whole is a tail that leaves the term the same term after a host with this last sound: particles,
/// the copula, light verbs, 적, 성, 화. An empty run is one.
pub fn is_tail(host: Option<Final>, run: &str) -> bool {
    if run.len() > LONGEST {
        return false;
    }
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

/// What the (composed) Hangul run as a whole is after a host with this last sound; `None` where it is no tail, but another word.
///
/// Where the letters could be two things, the one that leaves more of the noun is told: 도 is the particle, not the suffix of 정확도.
pub fn kind_of_tail(host: Option<Final>, run: &str) -> Option<TailKind> {
    if run.is_empty() {
        return Some(TailKind::None);
    }
    if run.len() > LONGEST {
        return None;
    }
    if is_stack_after(host, run) {
        return Some(TailKind::Particle);
    }
    if is_particle_after(host, run) {
        return Some(TailKind::Copula);
    }
    if is_verb(run) || run.strip_prefix('화').is_some_and(is_light_verb) {
        return Some(TailKind::Verbal);
    }
    if run.strip_prefix('적').is_some_and(|rest| rest.is_empty() || is_particle_after(Some(Final::Consonant), rest)) {
        return Some(TailKind::Adjectival);
    }
    is_nominal(run).then_some(TailKind::Nominal)
}

/// One suffix or two, then particles or the copula.
fn is_nominal(run: &str) -> bool {
    let ends = |suffixes: &[&str], run: &str| {
        suffixes.iter().any(|suffix| run.strip_prefix(suffix).is_some_and(|rest| rest.is_empty() || follows_suffix(suffix, rest)))
    };
    ends(NOMINAL_SUFFIXES, run) || FIRST_OF_TWO.iter().any(|first| run.strip_prefix(first).is_some_and(|rest| ends(SECOND_OF_TWO, rest)))
}

/// Particles after a suffix. The copula without its 이 only in the forms that make no other word: 화면, 기나, 자라는 are others.
fn follows_suffix(suffix: &str, rest: &str) -> bool {
    const SAFE: &[&str] = &["라고", "라는", "라도", "라서", "였", "예요"];
    let bare = final_sound(suffix) == Some(Final::Vowel) && suffix != "자" && SAFE.iter().any(|form| rest.starts_with(form));
    is_particle_after(Some(if bare { Final::Vowel } else { Final::Consonant }), rest)
}

fn is_light_verb(run: &str) -> bool {
    let particles = |rest: &str| is_particle_after(None, rest);
    LIGHT_VERBS.iter().any(|verb| verb.accepts(run, &particles))
}

fn is_verb(run: &str) -> bool {
    let particles = |rest: &str| is_particle_after(None, rest);
    is_light_verb(run) || SUFFER.accepts(run, &particles) || RECEIVE.accepts(run, &particles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::korean::particle::is_particle;

    #[test]
    fn a_run_without_an_end_is_no_tail() {
        for unit in ["수있을", "고싶고있", "에서", "이었", "하고", "할수있", "지않지", "기는", "만", "들", "해야하"]
        {
            let run = unit.repeat(300_000);
            for host in [None, Some(Final::Consonant), Some(Final::Liquid), Some(Final::Vowel)] {
                assert_eq!(kind_of_tail(host, &run), None, "{unit}");
                assert!(!is_tail(host, &run) && !is_particle(&run), "{unit}");
            }
        }
    }

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
    fn solid_auxiliaries_and_bound_nouns_are_forms_too() {
        let forms = "하려면서 했었다 하셨다 하네요 해봅니다 해보세요 해주는 해두면 해내는 해버린 해야하는 해야합니다 하기에 할수있는 할수있습니다 함에 \
                     한다는 한다고 한다면 된다는데 되게 되지는 되기까지 하는데에 하는것 하는것은 하는것입니다 할때 할때는 한후 한후에 하게된 하게되면 되어있는 \
                     돼있습니다 하고있는 하고싶은 하지않는 하지않습니다 하지못하는 하려하는 하도록하는 하십시오 하시는 하시면 되었겠지만 하기위해 하기위한 하기때문에 \
                     하기전에 되어야 되어야한다 해줘야 해왔다 해나가는 해진 되어지는 시켜주는 시켜서 시킬수록 하려고도 하면서도 하길래 할텐데 하더라도 할뿐만";
        for tail in forms.split_whitespace() {
            assert!(is_tail(None, tail), "{tail}");
            assert_eq!(kind_of_tail(None, tail), Some(TailKind::Verbal), "{tail}");
        }
    }

    #[test]
    fn every_tail_has_its_kind() {
        for (kind, tails) in [
            (TailKind::Particle, "을 은 에서는 들로부터 으로 까지도 도 보다 하고 들"),
            (TailKind::Copula, "이다 입니다 인 이었던 이며 일 뿐이다 들이다 라는데"),
            (TailKind::Verbal, "하다 되는 시킨 당하는 당했다 받는 받았습니다 받을때 받지 화된 화하는 화시켜"),
            (TailKind::Adjectival, "적 적인 적으로 적이다 적이며"),
            (
                TailKind::Nominal,
                "성 성을 화 화의 율 률은 법으로 론 식을 형 형의 량이 값 값들 층에서 망 군 기 기를 자가 용 별로 간의 내에서 상의 시에 중에 당 측 점 선 판 집 계 계를 도를 도가 화율 성별",
            ),
        ] {
            for tail in tails.split_whitespace() {
                assert_eq!(kind_of_tail(None, tail), Some(kind), "{tail}");
            }
        }
        assert_eq!(kind_of_tail(None, ""), Some(TailKind::None));
        for other in
            ["클럽", "링", "화면", "성능", "하늘", "함수", "해법", "자라는", "계란", "상자", "선택", "중요", "집단", "한국어", "되풀이"]
        {
            assert_eq!(kind_of_tail(Some(Final::Consonant), other), None, "{other}");
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
