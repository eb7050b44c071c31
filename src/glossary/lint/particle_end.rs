//! Whether a Korean form ends in a particle: 안장점을 does, and 차이, 평가, 공유 do not.
//!
//! Sound alone cannot tell, so that this stays silent where a noun or a modifier could end so. A form is certain where another entry
//! lists what stands before the particle.

use crate::korean::hangul::{Final, composed, final_sound, is_hangul};
use crate::korean::particle::{LONGEST, is_particle_after};

/// Particles of more than one syllable that no noun ends in, after any sound.
const LONG: &[&str] = &[
    "에서",
    "에게",
    "까지",
    "부터",
    "처럼",
    "에서는",
    "에서의",
    "에서도",
    "에게는",
    "까지는",
    "부터는",
    "으로써",
    "으로서",
    "으로는",
    "으로의",
];

/// Particles that are no suffix of nouns, unlike 도 (정밀도), 가 (전문가), 로 (회로), 인 and the like.
const AFTER_LISTED: &[&str] = &["을", "를", "은", "는", "와", "에", "으로", "이다", "입니다", "이라는", "라는"];

/// Those, and the particles that are suffixes after Sino-Korean nouns only.
const AFTER_LATIN: &[&str] =
    &["을", "를", "은", "는", "이", "가", "와", "과", "의", "에", "로", "으로", "이다", "입니다", "이라는", "라는"];

/// Sino-Korean nouns after a consonant that end like a particle: 과 (果 科 過 課), 의 (義 議 意 醫 儀).
const NOUNS_AFTER_CONSONANT: &[&str] = &[
    "결과", "경과", "통과", "일과", "문과", "전과", "본과", "안과", "학과", "목과", "정의", "논의", "합의", "동의", "강의", "협의", "결의",
    "상의", "질의", "문의", "심의", "건의", "항의", "편의", "임의", "성의", "창의", "선의", "악의", "명의", "신의", "열의", "탄의", "전의",
];

/// Sino-Korean nouns after a vowel that end like a particle: 가 (加 價 可 家 歌 暇), 로 (路), 의 (義 議 意 儀).
const NOUNS_AFTER_VOWEL: &[&str] = &[
    "추가",
    "부가",
    "허가",
    "휴가",
    "대가",
    "저가",
    "고가",
    "주가",
    "시가",
    "지가",
    "유가",
    "호가",
    "여가",
    "자가",
    "요가",
    "메가",
    "기가",
    "투자가",
    "연구가",
    "애호가",
    "안무가",
    "조사가",
    "오메가",
    "주의",
    "회의",
    "제의",
    "토의",
    "유의",
    "고의",
    "호의",
    "예의",
    "의의",
    "거의",
    "회로",
    "도로",
    "미로",
    "수로",
    "진로",
    "선로",
    "활로",
    "통로",
    "난로",
    "별로",
    "서로",
    "새로",
    "기와",
];

/// Persons, animals and things named with -이 (명사 파생 접미사).
const NAMED_WITH_I: &[&str] = &[
    "양이", "랑이", "숭이", "팽이", "렁이", "북이", "챙이", "팡이", "둥이", "린이", "은이", "쓴이", "긴이", "찬이", "톨이", "청이", "멍이",
    "덩이", "벌이", "놀이", "걸이", "풀이", "살이", "길이", "맞이", "받이", "깊이", "높이", "넓이", "먹이", "쌓이", "묶이", "붙이", "굽이",
    "죽이", "젓이", "같이", "많이", "없이", "굳이",
];

/// Last syllables of consonant-final verb and adjective stems (용언 어간), whose -은 makes a modifier: 볼록하지 않은, 높은.
const STEMS: &str = "않없있같높낮깊얕많적작좁넓짧젊밝맑굵얇붉좋싫옳닮남얻찾받닫믿묻씹잡입접꼽업뽑맞맺찢잊벗씻웃솟깎묶섞엮볶낚녹막먹죽식찍숨심감참안신앉얹끊잃앓끓뚫읽늙긁밟떫굳곧걷굽갚덮엎짚싶검";

/// Last syllables of nouns that no verb stem ends in, after which 는 is a particle and no ending: 함수는, 데이터는.
const BEFORE_NEUN: &str = "수표화계류차터스트드크체조소료제례";

/// What stands before the particle at the end of the form, and the particle. `is_listed` tells whether a form is some entry's.
pub(super) fn ending_particle(form: &str, is_listed: impl Fn(&str) -> bool) -> Option<(String, String)> {
    let form = composed(form);
    let word = form.rsplit(char::is_whitespace).next().unwrap_or_default();
    // No particle is longer, and a form of a million syllables is read once.
    let from = word.trim_end_matches(is_hangul).len().max(word.ceil_char_boundary(word.len().saturating_sub(LONGEST)));
    let particles = word[from..].char_indices().map(|(at, _)| from + at).filter(|at| *at > 0);
    // The longest particle first: 안장점에서의 ends in 에서의, not in 의.
    for at in particles {
        let (stem, particle) = word.split_at(at);
        let whole = &form[..form.len() - particle.len()];
        if is_particle_after(final_sound(stem), particle) && fits(stem, particle) {
            let is_long = LONG.contains(&particle);
            // After letters that are no Hangul there is no noun that the particle could belong to.
            let latin = stem.ends_with(|c: char| c.is_alphanumeric() && !is_hangul(c)) && (is_long || AFTER_LATIN.contains(&particle));
            let listed = (is_long || AFTER_LISTED.contains(&particle)) && is_listed(whole);
            if latin || listed || is_certain(stem, particle) {
                return Some((whole.to_string(), particle.to_string()));
            }
        }
    }
    None
}

/// Whether the form of the particle is the one that its host takes.
fn fits(stem: &str, particle: &str) -> bool {
    crate::korean::particle::fit(stem, particle).is_none_or(|right| right == particle)
}

/// Whether no noun and no modifier ends so.
fn is_certain(stem: &str, particle: &str) -> bool {
    if stem.chars().filter(|c| is_hangul(*c)).count() < 2 {
        return false;
    }
    let word = format!("{stem}{particle}");
    let is_one_of = |nouns: &[&str]| nouns.iter().any(|noun| word.ends_with(noun));
    let ends_in = |syllables: &str| stem.ends_with(|c| syllables.contains(c));
    match (final_sound(stem), particle) {
        // 확률적으로 is an adverb.
        (_, "으로") => !stem.ends_with('적'),
        (_, long) if LONG.contains(&long) => true,
        (Some(Final::Consonant | Final::Liquid), "을") => true,
        (Some(Final::Consonant | Final::Liquid), "은") => !ends_in(STEMS),
        (Some(Final::Consonant | Final::Liquid), "이") => !ends_in(STEMS) && !is_one_of(NAMED_WITH_I),
        (Some(Final::Consonant | Final::Liquid), "과" | "의") => !is_one_of(NOUNS_AFTER_CONSONANT),
        (Some(Final::Liquid), "로") => !is_one_of(NOUNS_AFTER_VOWEL),
        (Some(Final::Vowel), "를" | "와") => !is_one_of(NOUNS_AFTER_VOWEL),
        (Some(Final::Vowel), "가" | "의") => !is_one_of(NOUNS_AFTER_VOWEL),
        (Some(Final::Vowel), "는") => ends_in(BEFORE_NEUN),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn particle(form: &str) -> Option<String> {
        ending_particle(form, |stem| matches!(stem, "깊이" | "정밀" | "음성")).map(|(_, particle)| particle)
    }

    #[test]
    fn particles_at_the_end_are_seen() {
        for (form, expected) in [
            ("안장점을", "을"),
            ("안장점은", "은"),
            ("안장점이", "이"),
            ("안장점과", "과"),
            ("안장점의", "의"),
            ("안장점으로", "으로"),
            ("안장점에서의", "에서의"),
            ("손실 함수를", "를"),
            ("손실 함수는", "는"),
            ("손실 함수가", "가"),
            ("모델로", "로"),
            ("GPU를", "를"),
            ("API에서", "에서"),
            ("\u{110b}\u{1161}\u{11ab}\u{110c}\u{1161}\u{11bc}\u{110c}\u{1165}\u{11b7}\u{110b}\u{1173}\u{11af}", "을"),
            ("깊이는", "는"),
        ] {
            assert_eq!(particle(form).as_deref(), Some(expected), "{form}");
        }
    }

    #[test]
    fn words_that_really_end_so_are_none() {
        for form in [
            "차이",
            "평가",
            "공유",
            "깊이",
            "길이",
            "높이",
            "넓이",
            "추가",
            "전문가",
            "투자가",
            "결과",
            "성과",
            "효과",
            "학과",
            "정의",
            "회의",
            "주의",
            "논의",
            "경로",
            "회로",
            "최단 경로",
            "진로",
            "가을",
            "마을",
            "정도",
            "온도",
            "난이도",
            "정밀도",
            "음성인지",
            "정밀한 온도",
            "볼록하지 않은",
            "알려지지 않은",
            "움직이는",
            "확률적으로",
            "고양이",
            "호랑이",
            "놀이",
            "메모리",
            "데이터",
            "인코더",
            "트리",
            "에이전트",
            "가중치",
            "재현율",
            "다양체",
            "오메가",
            "제로",
            "이미지",
            "자기 지도 학습",
            "무어의 법칙",
            "나이",
            "사이",
            "아이",
            "어린이",
            "하이퍼파라미터",
            "실험 결과",
            "최적화 문제",
            "이동 평균",
            "조기 종료",
            "데이터 추가",
            "만",
            "은",
            "유의",
            "편의",
            "임의",
            "베이즈 정리",
            "정규화",
            "대로",
            "뉴런",
            "도메인",
            "체인",
            "코사인",
            "라인",
            "블록체인",
            "확인",
            "요인",
            "원인",
            "할인",
            "내일",
            "파일",
            "프로파일",
            "커널",
            "코란",
        ] {
            assert_eq!(particle(form), None, "{form}");
        }
    }
}
