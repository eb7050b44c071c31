//! Words that give two neighbouring numbers at once: 두세 번, 서너 단어, 네댓, 예닐곱, 이삼 년, 삼사십 명, 사나흘.

use std::ops::Range;

use super::counters::{is_counter, is_end};
use super::native::TENS;
use super::sino;
use super::{Number, Numeral};
use crate::korean::hangul::{is_hangul, run_len, strip};

/// Native words (관형사 and 수사) with every number that they may amount to. Longer ones before those that they start with.
const NATIVE: &[(&str, &[u64])] = &[
    ("한두", &[1, 2]),
    ("한둘", &[1, 2]),
    ("하나둘", &[1, 2]),
    ("두서너", &[2, 3, 4]),
    ("두서넛", &[2, 3, 4]),
    ("두세", &[2, 3]),
    ("두셋", &[2, 3]),
    ("두어", &[2, 3]),
    ("서너", &[3, 4]),
    ("서넛", &[3, 4]),
    ("댓", &[5]),
    ("너더댓", &[4, 5]),
    ("너덧", &[4, 5]),
    ("너댓", &[4, 5]),
    ("네다섯", &[4, 5]),
    ("네댓", &[4, 5]),
    ("대여섯", &[5, 6]),
    ("대엿", &[5, 6]),
    ("예닐곱", &[6, 7]),
    ("일고여덟", &[7, 8]),
    ("일여덟", &[7, 8]),
    ("여덟아홉", &[8, 9]),
    ("엳아홉", &[8, 9]),
    ("여남은", &[10]),
];

/// Counted days.
const DAYS: &[(&str, &[u64])] = &[
    ("하루이틀", &[1, 2]),
    ("이틀사흘", &[2, 3]),
    ("사나흘", &[3, 4]),
    ("나달", &[4, 5]),
    ("너댓새", &[4, 5]),
    ("네댓새", &[4, 5]),
    ("대엿새", &[5, 6]),
    ("예니레", &[6, 7]),
];

/// Whether a word counts days: 사나흘.
pub fn counts_days(word: &str) -> bool {
    DAYS.iter().any(|(form, _)| *form == word)
}

/// Whether a word of these may begin with a syllable that begins no other number.
pub(super) fn begins(c: char) -> bool {
    matches!(c, '대' | '댓' | '엳')
}

/// Every number of the word at the start of a Hangul run; none where it is another word. `run` is where it stands in the text.
pub(super) fn read(text: &str, run: Range<usize>) -> Vec<Numeral> {
    let (word, after) = (&text[run.clone()], &text[run.end..]);
    let found = days(word).or_else(|| native(word, after)).or_else(|| sino_pair(word, after));
    let Some((length, values)) = found else { return Vec::new() };
    let range = run.start..run.start + length;
    let numeral = |value: u64| Numeral { range: range.clone(), value: Number::whole(value), other: None, scale: 0, is_certain: true };
    values.into_iter().map(numeral).collect()
}

fn days(word: &str) -> Option<(usize, Vec<u64>)> {
    let (form, values) = DAYS.iter().find(|(form, _)| strip(word, form).is_some_and(|rest| is_end(form, rest)))?;
    Some((form.len(), values.to_vec()))
}

/// 서너, and with tens before it 열서너, 스물두세.
fn native(word: &str, after: &str) -> Option<(usize, Vec<u64>)> {
    let (at, ten) = TENS.iter().find(|(form, _)| strip(word, form).is_some()).map_or((0, 0), |(form, value)| (form.len(), *value));
    let (form, values) = NATIVE.iter().find(|(form, _)| strip(&word[at..], form).is_some())?;
    let end = at + form.len();
    let tail = &word[end..];
    // 서너 단어: a noun of any kind may follow; 한둘이, 서넛은: it stands alone with a particle.
    let follows = || after.strip_prefix(' ').is_some_and(|next| next.starts_with(|c: char| is_hangul(c) || c.is_alphanumeric()));
    // 두어 is a form of 두다 as well, 두세 begins 두세요, and 댓 begins 댓글.
    let may_be_other = at == 0 && matches!(*form, "두어" | "두세" | "댓");
    let holds = if may_be_other && !tail.is_empty() {
        is_counter(tail)
    } else if matches!(*form, "두어" | "댓") {
        after.strip_prefix(' ').is_some_and(|next| is_counter(&next[..run_len(next)]))
    } else if tail.is_empty() {
        follows() || form.ends_with(['둘', '셋', '넛', '섯', '곱', '덟', '홉'])
    } else {
        is_counter(tail) || is_end(form, tail)
    };
    holds.then(|| (end, values.iter().map(|value| ten + value).collect()))
}

/// 이삼 년, 삼사십 명, 이십오륙 세: two neighbouring digits where a number has one. A counter or a scale must follow: 이삼 is a name too.
fn sino_pair(word: &str, after: &str) -> Option<(usize, Vec<u64>)> {
    let letters: Vec<(usize, char)> = word.char_indices().take_while(|(_, c)| sino::begins(*c) || *c == '륙').collect();
    let digit = |at: usize| letters.get(at).and_then(|(_, c)| if *c == '륙' { Some(6) } else { sino::digit(*c) });
    let first = (0..letters.len()).find(|&at| digit(at).zip(digit(at + 1)).is_some_and(|(low, high)| low > 0 && high == low + 1))?;
    let without = |gone: usize| -> Option<(usize, u64)> {
        let kept: String =
            letters.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, (_, c))| if *c == '륙' { '육' } else { *c }).collect();
        let (length, value) = sino::parse(&kept)?;
        (length == kept.len()).then(|| value.as_whole().map(|value| (length, value)))?
    };
    let ((length, low), (_, high)) = without(first + 1).zip(without(first))?;
    let end = length + '이'.len_utf8();
    let tail = &word[end..];
    let next = after.strip_prefix(' ').map_or("", |next| &next[..run_len(next)]);
    let has_scale = letters[first + 2..].iter().any(|(_, c)| sino::digit(*c).is_none());
    // 일이 is a noun with its particle.
    if low == 1 {
        return None;
    }
    let counted = if tail.is_empty() { is_measure(next) } else { is_measure(tail) || (has_scale && is_counter(tail)) };
    let holds = counted || (has_scale && (is_end(&word[..end], tail) || tail.is_empty() && is_counter(next)));
    holds.then(|| (end, vec![low, high]))
}

/// What is counted in Sino-Korean: 이삼 년, 삼사 개월, 오륙 퍼센트. 사오 and 일이 before other words are words themselves.
fn is_measure(word: &str) -> bool {
    const MEASURES: &[&str] = &[
        "년",
        "개월",
        "월",
        "주",
        "일",
        "분",
        "초",
        "회",
        "차",
        "명",
        "인",
        "인분",
        "세",
        "위",
        "층",
        "배",
        "점",
        "권",
        "장",
        "쪽",
        "호",
        "교시",
        "학년",
        "주일",
        "시간",
        "세기",
        "개",
        "퍼센트",
        "프로",
        "킬로",
        "미터",
        "센티",
        "밀리",
        "마일",
        "그램",
        "톤",
        "리터",
        "달러",
        "원",
        "엔",
        "유로",
        "위안",
        "단어",
        "글자",
        "문장",
    ];
    MEASURES.iter().any(|measure| strip(word, measure).is_some_and(|rest| is_end(measure, rest)))
}

#[cfg(test)]
mod tests {
    use super::super::words;

    fn read(text: &str) -> Vec<(&str, f64)> {
        words(text).into_iter().map(|numeral| (&text[numeral.range], numeral.value.amount())).collect()
    }

    #[test]
    fn both_numbers_are_read() {
        for (text, word, values) in [
            ("다음 서너 단어", "서너", vec![3.0, 4.0]),
            ("두세 번 든다", "두세", vec![2.0, 3.0]),
            ("두세번 든다", "두세", vec![2.0, 3.0]),
            ("한두 줄", "한두", vec![1.0, 2.0]),
            ("실수가 한둘이 아니다", "한둘", vec![1.0, 2.0]),
            ("두서너 달", "두서너", vec![2.0, 3.0, 4.0]),
            ("사람 서넛이 왔다", "서넛", vec![3.0, 4.0]),
            ("네댓 명", "네댓", vec![4.0, 5.0]),
            ("열댓 명", "열댓", vec![15.0]),
            ("댓 사람", "댓", vec![5.0]),
            ("칠팔월에", "칠팔", vec![7.0, 8.0]),
            ("하나둘 모였다", "하나둘", vec![1.0, 2.0]),
            ("네다섯 개", "네다섯", vec![4.0, 5.0]),
            ("약 대여섯 시간", "대여섯", vec![5.0, 6.0]),
            ("예닐곱 모델", "예닐곱", vec![6.0, 7.0]),
            ("일고여덟 살", "일고여덟", vec![7.0, 8.0]),
            ("열두세 명", "열두세", vec![12.0, 13.0]),
            ("스물서너 개", "스물서너", vec![23.0, 24.0]),
            ("사나흘이면 끝난다", "사나흘", vec![3.0, 4.0]),
            ("하루이틀 뒤", "하루이틀", vec![1.0, 2.0]),
            ("이삼 년 동안", "이삼", vec![2.0, 3.0]),
            ("이삼년이 걸린다", "이삼", vec![2.0, 3.0]),
            ("삼사십 명", "삼사십", vec![30.0, 40.0]),
            ("오륙 개월", "오륙", vec![5.0, 6.0]),
            ("이삼백 줄", "이삼백", vec![200.0, 300.0]),
            ("이삼천만 원", "이삼천만", vec![20_000_000.0, 30_000_000.0]),
            ("이십오륙 세", "이십오륙", vec![25.0, 26.0]),
        ] {
            assert_eq!(read(text), values.iter().map(|value| (word, *value)).collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn other_words_with_their_letters_are_not_read() {
        for text in [
            "서너울 이야기",
            "이삼이라는 이름",
            "그 일이 시간을 잡아먹는다",
            "사오정 이야기",
            "그대로 두어라",
            "그대로 두어 봅니다",
            "여기에 두세요",
            "댓글을 남긴다",
            "삼사관학교",
            "오륙도 여행",
            "대한민국의 대여 사업",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn every_word_begins_with_a_known_syllable() {
        for (form, _) in super::NATIVE.iter().chain(super::DAYS) {
            assert!(form.starts_with(super::super::begins), "{form}");
        }
    }
}
