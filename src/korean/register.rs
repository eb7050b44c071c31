//! The register (말투) that a sentence ends in: 합니다체, 해요체, 한다체, 해체.

use super::hangul::{composed, final_number, is_hangul};

/// How a sentence speaks to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Register {
    /// 합니다체: 합니다, 합니까, 하십시오, 합시다.
    Formal,
    /// 해요체: 해요, 하세요, 이에요, 하죠.
    Polite,
    /// 한다체, of newspapers and papers: 한다, 이다, 하는가, 하라.
    Plain,
    /// 해체, of talk: 했어, 거야, 잖아.
    Casual,
}

/// Nouns in 요 and 다, which end no sentence: 필요, 바다.
#[rustfmt::skip]
const NOUNS: &[&str] = &[
    "필요", "불필요", "중요", "개요", "주요", "수요", "소요", "강요", "동요", "민요", "가요", "담요", "요요", "긴요", "월요", "화요", "수요", "목요", "금요", "토요", "일요",
    "바다", "소다", "람다", "캐나다", "판다", "혼다", "우간다", "르완다", "플로리다", "네바다", "베란다", "아젠다", "어젠다", "샐러다", "보다", "마다", "수다", "아나콘다", "프라다", "레다",
];

/// The register of the sentence's ending; `None` where it ends in a noun, as titles do, or in something that is no Hangul.
pub fn register_of(sentence: &str) -> Option<Register> {
    let sentence = spoken_end(sentence);
    let start = sentence.rfind(|c: char| !is_hangul(c)).map_or(0, |at| at + sentence[at..].chars().next().map_or(1, char::len_utf8));
    register_of_word(&composed(&sentence[start..]))
}

/// The register of a (composed) word that ends a sentence.
pub fn register_of_word(word: &str) -> Option<Register> {
    let ends = |list: &[&str]| list.iter().any(|end| word.ends_with(end));
    // 필요 and 개요 are nouns; 보다 and 마다 are particles as well as dictionary forms, which end no sentence.
    if word.is_empty() || NOUNS.contains(&word) || ends(&["아젠다", "캐나다", "필요", "중요", "수요", "개요", "보다", "마다", "에다"])
    {
        return None;
    }
    if ends(&["니다", "십시오", "십시요", "읍시다", "합시다", "봅시다", "갑시다", "니다만"]) || asks_formally(word) {
        return Some(Register::Formal);
    }
    if word.ends_with(['요', '죠']) {
        return Some(Register::Polite);
    }
    if (word.ends_with('다') && word.chars().count() > 1)
        || word.strip_suffix('까').and_then(|head| head.chars().next_back()).and_then(final_number) == Some(RIEUL)
        || ends(&[
            "는가", "은가", "인가", "한가", "된가", "던가", "런가", "떤가", "쁜가", "른가", "운가", "느냐", "을까", "할까", "될까", "일까",
            "하라", "어라", "아라", "으라", "도다", "구나", "리라",
        ])
    {
        return Some(Register::Plain);
    }
    let casual = [
        "했어", "었어", "았어", "겠어", "있어", "없어", "잖아", "거야", "이야", "할게", "을게", "할래", "거든", "됐어", "싶어", "같아",
        "않아", "몰라", "봐", "줘", "해줘", "하네", "이네",
    ];
    (word.chars().count() > 1 && ends(&casual) || matches!(word, "봐" | "해")).then_some(Register::Casual)
}

/// Whether a (composed) word in 다 is an end and no stem: 한다, 했다, 이다; not 크다, which may be a dictionary form.
pub fn is_finite(word: &str) -> bool {
    let before = word.strip_suffix('다').and_then(|head| head.chars().next_back());
    let closed = matches!(before.and_then(final_number), Some(NIEUN | SSANG_SIOT));
    closed && word.chars().count() > 1 || ["이다", "없다", "같다", "않다"].iter().any(|ending| word.ends_with(ending))
}

/// Whether such a word is in the present for certain: 학습한다, 먹는다, 이다; not 반다 (a name), and not 갔다, which may be short for 갔다가.
pub fn is_present(word: &str) -> bool {
    let ends = |list: &[&str]| list.iter().any(|end| word.ends_with(end));
    ends(&["는다", "한다", "된다"])
        || word.chars().count() > 2
            && ends(&["진다", "킨다", "린다", "준다", "온다", "본다", "난다", "운다", "른다", "긴다", "낸다", "친다", "이다"])
            && !ends(&["레이다", "아이다"])
}

/// 합니까, 습니까: ㅂ before 니까, which alone is a connective (하니까).
fn asks_formally(word: &str) -> bool {
    word.strip_suffix("니까").and_then(|head| head.chars().next_back()).and_then(final_number) == Some(BIEUP)
}

/// Numbers of final consonants: ㄴ, ㄹ, ㅂ, ㅆ.
const NIEUN: u32 = 4;
const RIEUL: u32 = 8;
const BIEUP: u32 = 17;
const SSANG_SIOT: u32 = 20;

/// The sentence without the marks, and the bracketed notes, that stand after its last word.
fn spoken_end(sentence: &str) -> &str {
    let mut rest = sentence;
    // A note or two is usual; more is no sentence.
    for _ in 0..4 {
        rest = rest.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_hangul(c) && !matches!(c, ')' | ']'));
        let open = match rest.chars().next_back() {
            Some(')') => '(',
            Some(']') => '[',
            _ => break,
        };
        match rest.rfind(open) {
            Some(at) if !rest[..at].trim().is_empty() => rest = &rest[..at],
            _ => rest = &rest[..rest.len() - 1],
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::korean::hangul::decomposed;

    #[track_caller]
    fn assert_register(expected: Option<Register>, sentences: &[&str]) {
        for sentence in sentences {
            assert_eq!(register_of(sentence), expected, "{sentence}");
            assert_eq!(register_of(&decomposed(sentence)), expected, "{sentence}, decomposed");
        }
    }

    #[test]
    fn endings_tell_the_register() {
        assert_register(
            Some(Register::Formal),
            &[
                "모델을 학습합니다.",
                "맞습니까?",
                "보십시오!",
                "함께 봅시다.",
                "“끝났습니다.”",
                "코드입니다(링크).",
                "결과입니다 [1].",
                "좋습니다 🎉",
                "**씁니다**",
            ],
        );
        assert_register(Some(Register::Polite), &["모델을 학습해요.", "보세요", "함수예요!", "그렇죠?", "좋네요~", "있을까요?"]);
        assert_register(
            Some(Register::Plain),
            &["모델을 학습한다.", "함수이다", "끝났다…", "무엇인가?", "왜 그런가", "해 보라 하라", "어떻게 할까?"],
        );
        assert_register(Some(Register::Casual), &["어제 끝냈잖아", "다 했어!", "그럴 거야.", "이것 좀 봐"]);
    }

    #[test]
    fn titles_and_nouns_have_none() {
        assert_register(
            None,
            &[
                "안장점을 찾는 법",
                "필요",
                "지중해 바다",
                "GPT-3",
                "",
                "...",
                "BERT: 사전 학습",
                "(괄호)",
                "더 넓은 캐나다",
                "미니맥스 최적화의 개요",
            ],
        );
    }
}
