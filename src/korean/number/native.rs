//! Native number words (하나, 두, 열두, 스물), ordinals of their own (첫째), counted days (사흘), halves.

use super::Number;
use super::counters::{is_counter, is_end};
use crate::korean::hangul::{run_len, strip};

/// Tens, as they stand alone and before ones.
pub(super) const TENS: &[(&str, u64)] = &[
    ("열", 10),
    ("스물", 20),
    ("스무", 20),
    ("서른", 30),
    ("마흔", 40),
    ("쉰", 50),
    ("예순", 60),
    ("일흔", 70),
    ("여든", 80),
    ("아흔", 90),
];

/// Ones that stand as nouns.
const ONES: &[(&str, u64)] =
    &[("하나", 1), ("둘", 2), ("셋", 3), ("넷", 4), ("다섯", 5), ("여섯", 6), ("일곱", 7), ("여덟", 8), ("아홉", 9)];

/// Ones that stand before what they count.
const BEFORE: &[(&str, u64)] = &[("한", 1), ("두", 2), ("세", 3), ("석", 3), ("서", 3), ("네", 4), ("넉", 4), ("너", 4)];

/// Words that are a number with what it counts.
#[rustfmt::skip]
const WHOLE: &[(&str, u64, i32)] = &[
    ("첫", 1, 0), ("최초", 1, 0), ("절반", 5, -1), ("반값", 5, -1), ("반반", 5, -1), ("반나절", 5, -1), ("맏", 1, 0), ("하루", 1, 0), ("이틀", 2, 0), ("사흘", 3, 0), ("나흘", 4, 0), ("닷새", 5, 0), ("엿새", 6, 0),
    ("이레", 7, 0), ("여드레", 8, 0), ("아흐레", 9, 0), ("열흘", 10, 0), ("보름", 15, 0), ("자정", 0, 0), ("정오", 12, 0), ("단일", 1, 0), ("유일", 1, 0), ("양쪽", 2, 0),
    ("양측", 2, 0), ("양팀", 2, 0), ("제로", 0, 0),
    // Systems of numbers.
    ("이진", 2, 0), ("팔진", 8, 0), ("십진", 10, 0), ("십육진", 16, 0), ("상용로그", 10, 0),
];

/// Whether a number word of this kind may begin with a syllable.
pub(super) fn begins(c: char) -> bool {
    matches!(
        c,
        '열' | '스'
            | '서'
            | '마'
            | '쉰'
            | '예'
            | '일'
            | '여'
            | '아'
            | '하'
            | '둘'
            | '셋'
            | '넷'
            | '다'
            | '한'
            | '두'
            | '세'
            | '석'
            | '네'
            | '넉'
            | '너'
            | '첫'
            | '최'
            | '절'
            | '반'
            | '맏'
            | '이'
            | '사'
            | '나'
            | '닷'
            | '엿'
            | '보'
            | '자'
            | '정'
            | '단'
            | '유'
            | '양'
            | '제'
            | '팔'
            | '십'
            | '상'
    )
}

/// The number that a word starts with, its length in bytes, and whether nothing else can be meant. `after` is the text behind the word.
pub(super) fn read(word: &str, after: &str) -> Option<(usize, Number, bool)> {
    if let Some((form, digits, power)) = WHOLE.iter().find(|(form, ..)| strip(word, form).is_some()) {
        let rest = &word[form.len()..];
        let is_whole = match *form {
            "첫" => rest.is_empty() || rest.starts_with(['째', '번', '날', '해', '회', '판', '주']),
            form if form.ends_with('진') => rest.is_empty() || rest.starts_with(['수', '법', '소', '트']),
            _ => is_end(word, rest),
        };
        return is_whole.then_some((form.len(), Number::new(*digits, *power), true));
    }
    let tens = TENS.iter().find(|(form, _)| strip(word, form).is_some());
    let (at, ten) = tens.map_or((0, 0), |(form, value)| (form.len(), *value));
    let rest = &word[at..];
    if let Some((form, value)) = ONES.iter().find(|(form, _)| strip(rest, form).is_some()) {
        let end = at + form.len();
        let tail = &word[end..];
        let is_number = is_end(&word[..end], tail) || is_counter(tail) || tail.starts_with('째');
        return is_number.then_some((end, Number::whole(ten + value), true));
    }
    if let Some((form, value)) = BEFORE.iter().find(|(form, _)| strip(rest, form).is_some()) {
        let end = at + form.len();
        if let Some(is_certain) = before(form, &word[end..], after, ten > 0) {
            return Some((end, Number::whole(ten + value), is_certain));
        }
    }
    let tail = &word[at..];
    // 열 alone is heat or a row as well.
    let is_ten = tens.is_some() && (is_counter(tail) || (tail.is_empty() && counter_follows(after)) || (ten > 10 && is_end(word, tail)));
    is_ten.then_some((at, Number::whole(ten), true))
}

/// Whether a one before its noun is a number, and whether it can be nothing else.
fn before(form: &str, tail: &str, after: &str, has_tens: bool) -> Option<bool> {
    if is_counter(tail) && (has_tens || is_glued(form, tail)) {
        return Some(true);
    }
    if !tail.is_empty() {
        return None;
    }
    if counter_follows(after) {
        return Some(true);
    }
    // 두 모델: a word of its own before a noun. 한, 서 and 너 are verbs and pronouns too.
    let follows = after.strip_prefix(' ').is_some_and(|next| run_len(next) > 0 || next.starts_with(|c: char| c.is_alphanumeric()));
    (follows && matches!(form, "두" | "세" | "네")).then_some(false)
}

/// Counters that are often written without their blank, where no other word arises: 두번째, 세가지; not 세대, 네모, 한자, 서명.
fn is_glued(form: &str, tail: &str) -> bool {
    let glued = ["번째", "번", "가지", "개월", "개", "명", "달", "배", "사람", "시간", "차례", "살", "곳", "종류", "군데"];
    glued.iter().any(|counter| tail.starts_with(counter))
        && !(form == "한" && tail.starts_with("개"))
        && !matches!(form, "서" | "너" | "석")
}

/// Whether a counter stands behind a blank.
fn counter_follows(after: &str) -> bool {
    after.strip_prefix(' ').is_some_and(|next| is_counter(&next[..run_len(next)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_begins_with_a_known_syllable() {
        let whole = WHOLE.iter().map(|(form, ..)| *form);
        for form in whole.chain([TENS, ONES, BEFORE].into_iter().flatten().map(|(form, _)| *form)) {
            assert!(form.starts_with(begins), "{form}");
        }
    }
}
