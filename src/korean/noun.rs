//! The noun of a word, apart from what is written onto it: particles, the copula, 하다.
//!
//! Without a dictionary the letters of many words can be read in two ways (정의 is a noun, and 정 with 의). So every reading is given, the
//! likeliest first, and each says whether the letters are those of a noun for certain.

use super::hangul::{Final, final_sound, is_hangul};
use super::particle::fit_sound;
use super::register::{is_finite, register_of_word};
use super::tail::{TailKind, kind_of_tail};
use super::words::may_be_another;

/// One way to read a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading<'w> {
    /// What is left without the tail.
    pub noun: &'w str,
    /// What is written onto it; empty where there is nothing.
    pub tail: &'w str,
    /// What the tail is.
    pub kind: TailKind,
    /// Whether only a noun has such a tail: 모델을 has one, 보여주는 may be a verb.
    pub is_proof: bool,
}

/// Nouns and pronouns of grammar (의존 명사, 대명사, 수사): no words of a subject.
#[rustfmt::skip]
const GRAMMAR: &[&str] = &[
    "것", "거", "게", "건", "걸", "수", "때", "등", "이", "그", "저", "데", "바", "줄", "만큼", "뿐", "채", "듯", "점", "중", "후", "전", "위", "아래", "앞", "뒤", "속", "안", "밖", "간", "내",
    "이것", "그것", "저것", "이번", "여기", "거기", "저기", "우리", "저희", "나", "너", "당신", "자신", "자기", "누구", "무엇", "어디", "언제", "이들", "그들", "모두", "모든", "여러", "다른",
    "하나", "둘", "셋", "첫", "두", "세", "네", "경우", "때문", "정도", "이후", "이전", "동안", "사이", "대신", "이를", "통해", "위해", "대해", "대한", "위한", "관한", "따라", "의해", "같은",
    "이러한", "그러한", "이런", "그런", "어떤", "매우", "아주", "또한", "그리고", "하지만", "그러나", "따라서", "즉", "더", "가장", "잘", "다시", "먼저", "이미", "아직", "바로", "많은", "많이",
];

/// Whether a word belongs to grammar and not to a subject.
pub fn is_grammatical(word: &str) -> bool {
    GRAMMAR.contains(&word)
}

/// Every way to read a (composed) word without marks around it, the likeliest first; none for a word that ends a sentence.
pub fn readings(word: &str) -> Vec<Reading<'_>> {
    let mut sure: Vec<Reading> = Vec::new();
    let mut open: Vec<Reading> = Vec::new();
    let hangul = word.chars().rev().take_while(|&c| is_hangul(c)).map(char::len_utf8).sum::<usize>();
    let first = word.len() - hangul;
    for (at, _) in word.char_indices().skip(1).filter(|(at, _)| *at >= first) {
        let (noun, tail) = word.split_at(at);
        let host = final_sound(noun);
        let Some(kind) = kind_of_tail(host, tail) else { continue };
        if !matches!(kind, TailKind::Particle | TailKind::Copula | TailKind::Verbal) || !agrees(host, tail) {
            continue;
        }
        let reading = Reading { noun, tail, kind, is_proof: is_proof(noun, tail, kind) };
        if is_sure(noun, tail, kind) { sure.push(reading) } else { open.push(reading) }
    }
    let whole = Reading { noun: word, tail: "", kind: TailKind::None, is_proof: false };
    if ends_a_sentence(word) {
        return sure;
    }
    let whole = (!word.is_empty()).then_some(whole);
    sure.into_iter().chain(whole).chain(open).collect()
}

fn ends_a_sentence(word: &str) -> bool {
    register_of_word(word).is_some() || is_finite(word)
}

fn agrees(host: Option<Final>, tail: &str) -> bool {
    fit_sound(host, tail).is_none_or(|fitting| fitting == tail)
}

/// Syllables of the noun; a name in Latin letters or digits is long enough.
fn syllables(noun: &str) -> usize {
    let count = noun.chars().count();
    if noun.chars().all(is_hangul) { count } else { count.max(2) }
}

/// Whether the letters are more likely a noun with a tail than a longer noun.
fn is_sure(noun: &str, tail: &str, kind: TailKind) -> bool {
    let long = syllables(noun) >= 2;
    match kind {
        TailKind::Verbal => long,
        TailKind::Copula => long && (tail.chars().count() > 1 && !is_open_ending(tail) || is_adnominal_copula(noun, tail)),
        _ => match tail {
            // 정확도, 하나: as often a part of the noun.
            "도" | "나" | "랑" | "여" | "란" | "든" => false,
            "을" | "를" => !may_be_another(noun, tail, false) || syllables(noun) == 1 && final_sound(noun).is_some(),
            // 끊임없이 is an adverb.
            "이" => long && !noun.ends_with(['없', '같', '끗', '많', '높', '깊']),
            "은" | "는" | "가" | "과" | "와" | "로" => long && !may_be_another(noun, tail, false),
            // 보여주지만 is a verb.
            "만" => long && !noun.ends_with('지'),
            _ if tail.starts_with("에서") => true,
            _ => long,
        },
    }
}

/// The copula without its 이 has the letters of verbal endings (보여주고, 보여주지만).
fn is_open_ending(tail: &str) -> bool {
    !["이", "입", "인", "일", "임", "라", "였", "예", "뿐"].iter().any(|head| tail.starts_with(head))
}

/// 인 after a consonant; after a vowel it is as often a part of the noun (도메인).
fn is_adnominal_copula(noun: &str, tail: &str) -> bool {
    tail == "인" && matches!(final_sound(noun), Some(Final::Consonant | Final::Liquid))
}

/// Whether no verb and no adverb looks like that.
fn is_proof(noun: &str, tail: &str, kind: TailKind) -> bool {
    if !is_sure(noun, tail, kind) || is_grammatical(noun) {
        return false;
    }
    match kind {
        // Adjectives have 한, 하게 and 합니다 too (다양한); these forms are those of nouns that do something or have it done.
        TailKind::Verbal => ["하는", "한다", "하기", "되", "된", "될", "됨", "됩", "돼", "됐", "시키", "시킨", "시킬", "시켜"]
            .iter()
            .any(|head| tail.starts_with(head)),
        // Endings of verbs are written with the same letters: 보여주는, 기울이면.
        TailKind::Copula => false,
        _ => !matches!(tail, "는" | "은" | "만"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(word: &str) -> Option<(&str, &str)> {
        readings(word).first().map(|reading| (reading.noun, reading.tail))
    }

    #[test]
    fn particles_and_endings_are_told_from_the_noun() {
        for (word, noun, tail) in [
            ("과적합을", "과적합", "을"),
            ("과적합이", "과적합", "이"),
            ("과적합은", "과적합", "은"),
            ("과적합의", "과적합", "의"),
            ("과적합과", "과적합", "과"),
            ("과적합으로부터", "과적합", "으로부터"),
            ("과적합에서는", "과적합", "에서는"),
            ("과적합까지도", "과적합", "까지도"),
            ("과적합입니다", "과적합", "입니다"),
            ("과적합이라는", "과적합", "이라는"),
            ("과적합된", "과적합", "된"),
            ("과적합되지", "과적합", "되지"),
            ("학습합니다", "학습", "합니다"),
            ("모델들로", "모델", "들로"),
            ("가중치가", "가중치", "가"),
            ("가중치로", "가중치", "로"),
            ("loss를", "loss", "를"),
            ("GPT-3의", "GPT-3", "의"),
            ("층을", "층", "을"),
            ("확률적인", "확률적", "인"),
            ("확률적으로", "확률적", "으로"),
        ] {
            assert_eq!(best(word), Some((noun, tail)), "{word}");
        }
    }

    #[test]
    fn letters_of_the_noun_stay() {
        for word in "정의 차이 결과 평가 경로 회로 지도 정확도 복잡도 원인 확인 도메인 디자인 화면 학습률 확률적 보고 파일 게임 전이 제한 대한 위한 통해".split(' ') {
            assert_eq!(best(word), Some((word, "")), "{word}");
        }
    }

    #[test]
    fn verbs_are_no_proof_of_a_noun() {
        for word in ["보여주는", "배우는", "높은", "보여주지만", "보여주고", "기울이면", "다양한", "다양하게", "이것을", "매우", "나타내며"]
        {
            assert!(readings(word).iter().all(|reading| !reading.is_proof), "{word}: {:?}", readings(word));
        }
        for word in ["있습니다", "보여준다", "합니다", "있다", "했다", "보여줍니다"] {
            assert_eq!(best(word), None, "{word}");
        }
        for word in ["모델을", "모델이", "모델에서", "학습하는", "학습된", "층에서", "함수로"] {
            assert!(readings(word)[0].is_proof, "{word}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_word_is_read(word in "[가-힣a-zA-Z0-9-]{0,8}|\\PC{0,8}") {
            for reading in readings(&word) {
                proptest::prop_assert_eq!(format!("{}{}", reading.noun, reading.tail), word.clone());
            }
        }
    }
}
