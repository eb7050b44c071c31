//! Words and particles written twice by mistake, told from what Korean doubles on purpose (첩어).

use std::ops::Range;

use super::hangul::{Final, final_of, is_hangul};
use super::seek::between_blanks;
use super::tail::{TailKind, kind_of_tail};

/// Something written twice. Ranges are bytes of the (composed) text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubled {
    /// Both copies.
    pub range: Range<usize>,
    /// What has to go so that one copy stays.
    pub surplus: Range<usize>,
}

/// Every doubled word and particle, in order.
pub fn doubled(text: &str) -> Vec<Doubled> {
    let mut found = Vec::new();
    let mut before: Option<Range<usize>> = None;
    for token in between_blanks(text) {
        if let Some(first) = &before
            && let Some(doubled) = word(text, first, &token)
        {
            found.push(doubled);
        } else if let Some(doubled) = particle(text, &token) {
            found.push(doubled);
        }
        before = Some(token);
    }
    found
}

/// `second` as a repetition of `first`, as a whole or as its stem: 모델을 모델을, 학습 학습을.
fn word(text: &str, first: &Range<usize>, second: &Range<usize>) -> Option<Doubled> {
    let before = &text[first.clone()];
    let two = text[second.clone()].trim_start_matches(opens);
    if !may_begin_again(before, two) {
        return None;
    }
    let one = &before[before.rfind(|c: char| !is_of_word(c)).map_or(0, |at| before.ceil_char_boundary(at + 1))..];
    if one.as_bytes().first() != two.as_bytes().first()
        || one.chars().nth(1).is_none()
        || two.len() < second.len() && one.len() < before.len()
    {
        return None;
    }
    let rest = two.strip_prefix(one)?;
    let start = first.end - one.len();
    let copy = second.end - two.len();
    let tail = &rest[..rest.find(|c: char| !is_of_word(c)).unwrap_or(rest.len())];
    let whole = tail.is_empty();
    if !one.contains(|c: char| c.is_alphabetic()) || is_doubled_on_purpose(text, one, tail, second.end) {
        return None;
    }
    if whole {
        return Some(Doubled { range: start..copy + one.len(), surplus: first.end..copy + one.len() });
    }
    let last = one.chars().next_back().and_then(final_of);
    let is_tail = match kind_of_tail(last, tail) {
        Some(TailKind::Particle) => !EACH.iter().any(|each| tail.starts_with(each)),
        Some(TailKind::Copula | TailKind::Verbal) => last.is_some() && tail.chars().count() > 1,
        _ => false,
    };
    is_tail.then(|| Doubled { range: start..copy + one.len() + tail.len(), surplus: start..copy })
}

/// Whether a word may begin as the one before it does: where that one is letters alone, by the first bytes of both.
fn may_begin_again(before: &str, word: &str) -> bool {
    // All but ASCII letters and figures, and the bytes of syllables.
    let is_other = |b: u8| !(b.is_ascii_alphanumeric() || matches!(b, 0x80..=0xBF | 0xEA..=0xED));
    before.as_bytes().first_chunk::<2>() == word.as_bytes().first_chunk::<2>() || before.bytes().any(is_other)
}

/// Particles that set a word against itself: 마을 마을마다, 나라 나라별로.
const EACH: &[&str] = &["마다", "대로", "끼리", "별", "씩", "같", "이란", "란", "들"];

fn opens(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[' | '「' | '『' | '《' | '〈')
}

fn is_of_word(c: char) -> bool {
    is_hangul(c) || c.is_alphanumeric() || matches!(c, '-' | '_' | '+')
}

fn is_doubled_on_purpose(text: &str, one: &str, tail: &str, end: usize) -> bool {
    let next = text[end..].trim_start();
    // 걷고 걷고 또 걷다, 크고 크다: connectives repeat.
    let connective = (one.ends_with('고') || one.ends_with('며')) && next.starts_with('또');
    let adverb = ADVERBS.contains(&one) || (one.ends_with("씩") && tail.is_empty());
    // 차근차근 차근차근, 하나하나 하나하나: doubled as it is.
    let half = one.len() / 2;
    let is_echo = one.chars().count() == 4 && one.is_char_boundary(half) && one[..half] == one[half..];
    connective || adverb || is_echo || MIMETICS.contains(&one)
}

/// Adverbs, nouns of time and place, and interjections that are repeated for stress (첩어, 강조).
#[rustfmt::skip]
const ADVERBS: &[&str] = &[
    // degree
    "매우", "아주", "정말", "진짜", "너무", "무척", "몹시", "많이", "조금", "조금씩",
    // manner
    "천천히", "빨리", "어서", "자꾸", "계속", "가만", "가만히", "살살", "차근", "차츰", "고루", "두루", "따로", "서로", "근근", "또박", "차곡", "차례", "부디", "제발", "절대", "오래", "오래오래", "멀리", "높이", "깊이", "널리", "가까이", "이리", "저리",
    // one by one, place by place, time by time
    "하나", "구석", "마디", "굽이", "군데", "그때", "그날", "매일", "순간", "시시", "두고",
    // interjections
    "안녕", "그래", "아니", "아니야", "만세", "글쎄", "잠깐", "하하", "호호", "히히", "네네",
];

/// Halves of mimetics that are also written apart: 반짝 반짝.
#[rustfmt::skip]
const MIMETICS: &[&str] = &[
    "반짝", "번쩍", "무럭", "두근", "소곤", "중얼", "꼬물", "꿈틀", "살금", "슬금", "성큼", "깡충", "뒤뚱", "아장", "흔들", "출렁", "찰랑", "넘실", "보글", "부글", "지글", "바글", "와글", "시끌", "북적", "들썩", "덜컹", "쿵쾅", "주렁", "대롱", "방울", "송골", "말랑", "물렁", "까칠", "매끈", "끄덕", "끄떡", "토닥", "쓰담", "투덜", "재잘", "조잘", "야금", "냠냠", "꿀꺽", "훌쩍", "엉엉", "콜록", "쿨쿨", "빙글", "뱅글", "데굴", "또각", "터벅", "뚜벅", "쭈뼛", "머뭇", "기웃", "갸웃", "더듬", "주섬", "오순", "옹기", "알록", "울긋", "얼룩", "파릇", "싱글", "벙글", "생글", "방긋", "히죽", "낄낄", "깔깔", "똑딱", "딸랑", "짤랑", "멍멍", "야옹", "꼬끼", "개굴", "음매", "삐약", "미끌", "끈적", "바삭", "아삭", "와삭", "사각", "버석", "푸릇", "구불", "꼬불", "울퉁", "들쑥", "후들", "쫄깃", "질퍽", "퐁당", "첨벙", "꾸벅", "비틀", "휘청",
];

/// A particle written twice at the end of a word: 모델을을.
fn particle(text: &str, token: &Range<usize>) -> Option<Doubled> {
    let whole = &text[token.clone()];
    let word = whole.trim_end_matches(|c: char| !is_of_word(c));
    // Particles have one syllable or two.
    let is_twice = |length: usize| {
        let bytes = word.as_bytes();
        let (copy, first) = (bytes.len().checked_sub(length), bytes.len().checked_sub(2 * length));
        first.zip(copy).is_some_and(|(first, copy)| bytes[first..copy] == bytes[copy..])
    };
    if !is_twice(3) && !is_twice(6) {
        return None;
    }
    let last = word.chars().next_back().filter(|last| PARTICLES.iter().any(|particle| particle.ends_with(*last)))?;
    let particle = PARTICLES.iter().filter(|particle| particle.ends_with(last)).find(|particle| {
        word.strip_suffix(**particle).and_then(|head| head.strip_suffix(**particle)).is_some_and(|head| is_host(head, particle))
    })?;
    let end = token.start + word.len();
    let length = particle.len();
    Some(Doubled { range: end - 2 * length..end, surplus: end - length..end })
}

/// Particles that are looked for twice, longer ones first.
const PARTICLES: &[&str] =
    &["에서", "에게", "으로", "까지", "부터", "처럼", "보다", "에는", "을", "를", "은", "는", "이", "에", "와", "과", "의"];

/// Whether a word may end before the doubled particle, and the first of the two can be nothing but a particle.
fn is_host(head: &str, particle: &str) -> bool {
    let Some(last) = head.chars().next_back() else { return false };
    let sound = final_of(last);
    let closed = matches!(sound, Some(Final::Consonant | Final::Liquid)) || !is_hangul(last);
    let open = matches!(sound, Some(Final::Vowel)) || !is_hangul(last);
    let syllables = head.chars().count();
    match particle {
        // 마을을 and 가을을 have one particle.
        "을" => closed,
        "를" | "는" => true,
        // 금은은, 김정은은, 김상은은.
        "은" => closed && syllables > 1 && !(syllables == 2 && head.starts_with(is_family) && GIVEN.contains(last)) && last != '금',
        // 어린이이고, and nouns of one syllable before 이.
        "이" => closed && syllables > 1,
        "와" => open && syllables > 1 && !head.ends_with("치"),
        "과" => closed && syllables > 1,
        "의" => syllables > 1 && !BEFORE_UI.contains(last),
        "보다" => syllables > 1,
        _ => true,
    }
}

/// The commonest family names.
fn is_family(c: char) -> bool {
    "김이박최정강조윤장임한".contains(c)
}

/// First syllables of given names in 은.
const GIVEN: &str = "정성영경상동종명현선진혜창태한준";

/// What stands before 의 in Sino-Korean nouns in it: 강의의, 논의의, 민주주의의.
const BEFORE_UI: &str = "강논정합동결문건제질협심토상항창고호예주회편임유여성열적경본거신악선전진타자하대도명발번불사소숙수시실심양역연염용위인입저조죄중지참청충탁평품필한해";

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let mut out = text.to_owned();
        for one in doubled(text).iter().rev() {
            out.replace_range(one.surplus.clone(), "");
        }
        out
    }

    #[test]
    fn doubled_words_and_particles_are_found() {
        for (wrong, right) in [
            ("모델을 모델을 학습한다.", "모델을 학습한다."),
            ("그리고 그리고 값을", "그리고 값을"),
            ("이 학습 학습을 한다", "이 학습을 한다"),
            ("학습 학습합니다.", "학습합니다."),
            ("“모델이 모델이 크다”", "“모델이 크다”"),
            ("끝났습니다 끝났습니다.", "끝났습니다."),
            ("BERT BERT를 쓴다", "BERT를 쓴다"),
            ("\u{fffc}모델 모델을 쓴다", "\u{fffc}모델을 쓴다"),
            ("·모델을 모델을 쓴다", "·모델을 쓴다"),
            ("PyTorch PyTorch", "PyTorch"),
            ("모델을을 쓴다", "모델을 쓴다"),
            ("함수를를", "함수를"),
            ("함수는는.", "함수는."),
            ("서버에서에서", "서버에서"),
            ("모델은은", "모델은"),
            ("모델의의 값", "모델의 값"),
            ("BERT를를", "BERT를"),
        ] {
            assert_eq!(mended(wrong), right);
        }
    }

    #[test]
    fn what_is_doubled_on_purpose_is_left() {
        for text in [
            "매우 매우 크다",
            "점점 커진다",
            "하나하나 본다",
            "하나 하나 본다",
            "차근차근 차근차근",
            "곳곳",
            "오래오래",
            "조금씩 조금씩",
            "반짝 반짝",
            "모델입니다. 모델입니다",
            "모델, 모델을",
            "뉴욕 뉴욕주",
            "한국 한국어",
            "나라 나라마다",
            "모델 모델링",
            "마을을 지나",
            "가을을",
            "노을을",
            "은은한 빛",
            "은은하다",
            "수은은 무겁다",
            "김정은은",
            "강의의 차례",
            "의의가 크다",
            "작가가 쓴다",
            "국가가",
            "정도도",
            "도로로",
            "10 10",
            "그 그림",
            "1 1을",
            "어린이이다",
            "걷고 걷고 또 걷는다",
            "치와와",
            "a a",
        ] {
            assert_eq!(doubled(text), [], "{text}");
        }
    }
}
