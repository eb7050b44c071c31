//! The words that count: bound nouns of number (국립국어원, 단위성 의존 명사), and how a number ends where none follows.

use crate::korean::hangul::{final_sound, strip};
use crate::korean::tail::is_tail;

/// Counters of things, people, times, places, measures and money.
#[rustfmt::skip]
const COUNTERS: &[&str] = &[
    // Things and people.
    "개", "명", "분", "사람", "인", "마리", "대", "척", "권", "장", "편", "건", "채", "벌", "켤레", "그루", "송이", "자루", "잔", "병", "통", "곡", "점", "줄", "쪽", "페이지", "조각", "쌍",
    "가지", "종", "종류", "군데", "곳", "가구", "팀", "골", "홀", "칸", "칩", "단어", "문장", "문제", "모델", "항목", "기", "문", "표", "석", "자리", "글자", "겹", "줄기", "갈래", "형제", "자녀",
    "국", "나라", "주", "도시", "시즌", "경기", "라운드", "세트", "승", "패", "무", "위", "등", "등급", "급", "호", "층", "단계", "단", "차", "차원", "차례", "세대", "륜", "중",
    // Times.
    "번", "번째", "회", "배", "시", "시간", "초", "일", "날", "달", "월", "개월", "년", "해", "주일", "주년", "세기", "살", "세", "학년", "학기", "분기", "밤", "박",
    // Measures and money.
    "퍼센트", "프로", "포인트", "도", "킬로", "미터", "센티", "밀리", "마일", "피트", "인치", "야드", "평", "헥타르", "에이커", "그램", "톤", "파운드", "온스", "리터", "갤런", "배럴", "원", "달러", "유로",
    "엔", "위안", "센트", "바이트", "비트", "와트", "볼트", "헤르츠", "칼로리", "제곱", "세제곱", "평방", "입방", "분의", "여", "대의", "쪼", "토막", "손가락", "눈", "다리", "부분", "요소",
    "만", "억", "조", "천", "백",
];

/// Whether a word begins with a counter.
pub(super) fn is_counter(word: &str) -> bool {
    !word.is_empty() && COUNTERS.iter().any(|counter| strip(word, counter).is_some())
}

/// What makes a number an estimate or a limit.
const ABOUT: &[&str] = &["가량", "정도", "쯤", "이상", "이하", "미만", "초과", "씩", "째", "간", "만", "뿐"];

/// Whether nothing but particles and words for "about" follows a number.
pub(super) fn is_end(number: &str, tail: &str) -> bool {
    let is_about = |about: &str| strip(tail, about).is_some_and(|rest| is_tail(final_sound(about), rest));
    tail.is_empty() || is_tail(final_sound(number), tail) || ABOUT.iter().copied().any(is_about)
}
