//! The rules of 한글 맞춤법 that the letters around a syllable decide.

use std::ops::Range;

use super::super::hangul::{Final, final_number, final_of, run_len};
use super::{Misspelling, is_noun_tail};

/// Numbers of final consonants.
const NONE: u32 = 0;
const GIYEOK: u32 = 1;
const NIEUN: u32 = 4;
const RIEUL: u32 = 8;
const BIEUP: u32 = 17;
const SIOT: u32 = 19;
const SSANG_SIOT: u32 = 20;
const BIEUP_SIOT: u32 = 18;

/// Whether a rule looks at a syllable.
pub(super) fn may_begin(c: char) -> bool {
    matches!(c, '율' | '률' | '읍' | '슴' | '이' | '에' | '런' | '른' | '치' | '안' | '않' | '되' | '던' | '일')
}

/// What a rule says of the syllable `c` at byte `at` of the text, in the stretch of Hangul `run`.
pub(super) fn rule(text: &str, run: &Range<usize>, at: usize, c: char) -> Option<Misspelling> {
    let here = Here { head: &text[run.start..at], rest: &text[at..run.end], before: &text[..run.start], after: &text[run.end..], at, run };
    match c {
        '율' | '률' => here.rate(),
        '읍' => here.polite(),
        '슴' => here.nominal(),
        '이' => here.copula(),
        '에' => here.contracted_copula(),
        '런' | '른' => here.whether(),
        '치' => here.dropped_ha(),
        '안' => here.negation(),
        '않' => here.negating_adverb(),
        '되' => here.final_doe(),
        '던' => here.choice(),
        '일' => here.days(),
        _ => None,
    }
}

struct Here<'t> {
    /// The stretch of Hangul before and from the syllable on.
    head: &'t str,
    rest: &'t str,
    /// The text around the stretch.
    before: &'t str,
    after: &'t str,
    at: usize,
    run: &'t Range<usize>,
}

impl<'t> Here<'t> {
    fn last(&self) -> Option<u32> {
        self.head.chars().next_back().and_then(final_number)
    }

    fn found(&self, range: Range<usize>, right: &str, article: &'static str) -> Misspelling {
        Misspelling { range, right: right.to_owned(), is_certain: true, article }
    }

    /// The next word behind a blank, and the word before one.
    fn next(&self) -> &'t str {
        let next = self.after.trim_start_matches(' ');
        if next.len() < self.after.len() { &next[..run_len(next)] } else { "" }
    }

    fn previous(&self) -> &'t str {
        let before = self.before.trim_end_matches(' ');
        if before.len() == self.before.len() {
            return "";
        }
        let start = before.rfind(|c: char| !('가'..='힣').contains(&c)).map_or(0, |at| before.ceil_char_boundary(at + 1));
        &before[start..]
    }

    /// 율 after a vowel and ㄴ, 률 otherwise. Short words are on the list: 규율 and 선율 are no rates.
    fn rate(&self) -> Option<Misspelling> {
        let last = self.last()?;
        let is_name = ["김", "박", "최", "강", "조", "윤"].iter().any(|family| self.head.starts_with(family)) && self.head.len() == 6;
        let ends = is_noun_tail(&self.rest[3..]) && self.head.len() >= 6 && !is_name;
        let right = if matches!(last, NONE | NIEUN) { "율" } else { "률" };
        (ends && !self.rest.starts_with(right)).then(|| self.found(self.at..self.at + 3, right, "한글 맞춤법 제11항"))
    }

    /// 있읍니다.
    fn polite(&self) -> Option<Misspelling> {
        let closed = self.last().is_some_and(|last| last != NONE);
        (closed && self.rest.starts_with("읍니")).then(|| self.found(self.at..self.at + 3, "습", "표준어 규정 제17항"))
    }

    /// 있슴.
    fn nominal(&self) -> Option<Misspelling> {
        let past = matches!(self.last()?, SSANG_SIOT | BIEUP_SIOT);
        (past && is_noun_tail(&self.rest[3..])).then(|| self.found(self.at..self.at + 3, "음", "표준어 규정 제17항"))
    }

    /// 모델이예요, 모델이였다: 이에요 and 이었다 after a noun that ends in no 이.
    fn copula(&self) -> Option<Misspelling> {
        let right = if self.rest.starts_with("이예요") {
            "에"
        } else if self.rest.starts_with("이였") {
            "었"
        } else {
            return None;
        };
        let last = self.head.chars().next_back()?;
        let certain = self.head.len() >= 6 && self.last() != Some(NONE) && !BEFORE_I.contains(last);
        let vowel = self.at + 3..self.at + 6;
        certain.then(|| self.found(vowel, right, "한글 맞춤법 제15항"))
    }

    /// 함수에요: 예요 after a vowel. 여기에요 may be the particle.
    fn contracted_copula(&self) -> Option<Misspelling> {
        let open = self.head.len() >= 6 && self.head.chars().next_back().and_then(final_of) == Some(Final::Vowel);
        let place =
            ["여기", "저기", "거기", "어디", "이", "니", "학교", "회사", "거리", "자리"].iter().any(|place| self.head.ends_with(place));
        (self.rest == "에요" && open && !place).then(|| self.found(self.at..self.at + 3, "예", "한글 맞춤법 제15항"))
    }

    /// 될런지, 될른지.
    fn whether(&self) -> Option<Misspelling> {
        let future = self.last() == Some(RIEUL) && matches!(self.rest, "런지" | "런지는" | "런지도" | "른지" | "른지는" | "른지도");
        future.then(|| self.found(self.at..self.at + 3, "는", "한글 맞춤법 제53항"))
    }

    /// 익숙치 않다: after ㄱ, ㅂ, ㅅ nothing is left of 하.
    fn dropped_ha(&self) -> Option<Misspelling> {
        let closed = matches!(self.last()?, GIYEOK | BIEUP | SIOT) && self.head.len() >= 6;
        let follows =
            matches!(self.rest, "치" | "치는" | "치도" | "치가") && ["않", "못", "아니"].iter().any(|verb| self.next().starts_with(verb));
        (closed && follows).then(|| self.found(self.at..self.at + 3, "지", "한글 맞춤법 제40항"))
    }

    /// 하지 안는다.
    fn negation(&self) -> Option<Misspelling> {
        if !self.head.is_empty() || !self.previous().ends_with('지') {
            return None;
        }
        let verb = self.previous();
        let sure = ["하지", "되지", "있지", "없지", "같지", "맞지", "좋지", "쉽지", "많지", "크지", "옳지", "이지", "시키지", "렇지"]
            .iter()
            .any(|form| verb.ends_with(form));
        let certain = ["안는", "안습", "안씁"].iter().any(|form| self.rest.starts_with(form));
        let any = [
            "안은",
            "안을",
            "안았",
            "안아",
            "안고",
            "안기",
            "안던",
            "안겠",
            "안게",
            "안도",
            "안지",
            "안으며",
            "안으면",
            "안으니",
            "안으므",
        ];
        let whole = verb.len() > 6 || sure;
        (whole && (certain || sure && any.iter().any(|form| self.rest.starts_with(form))))
            .then(|| self.found(self.at..self.at + 3, "않", "한글 맞춤법 제39항"))
    }

    /// 않 먹는다.
    fn negating_adverb(&self) -> Option<Misspelling> {
        let alone = self.head.is_empty() && self.rest.len() == 3 && !self.next().is_empty() && !self.previous().ends_with('지');
        alone.then(|| self.found(self.run.clone(), "안", "한글 맞춤법 제39항"))
    }

    /// 안 되., 하면 되!
    fn final_doe(&self) -> Option<Misspelling> {
        let ends = self.rest.len() == 3 && (self.head.is_empty() || self.head == "안") && self.after.starts_with(['.', '!', '?', '~']);
        let verb = || self.head == "안" || self.previous() == "안" || self.previous().ends_with('면') || self.previous().ends_with('도');
        (ends && verb()).then(|| self.found(self.at..self.at + 3, "돼", "한글 맞춤법 제35항"))
    }

    /// 하던지 말던지: two choices.
    fn choice(&self) -> Option<Misspelling> {
        let twice = self.rest == "던지"
            && !self.head.is_empty()
            && [self.next(), self.previous()].iter().any(|word| word.ends_with("던지") || word.ends_with("든지"));
        twice.then(|| self.found(self.at..self.at + 3, "든", "한글 맞춤법 제56항"))
    }

    /// 몇 일: the word is 며칠.
    fn days(&self) -> Option<Misspelling> {
        let days = self.head.is_empty() && self.previous() == "몇";
        let ends = matches!(
            &self.rest[3..],
            "" | "간" | "동안" | "째" | "을" | "이" | "은" | "씩" | "에" | "의" | "이나" | "만에" | "전" | "후" | "뒤" | "이고" | "이면"
        );
        let start = self.before.trim_end_matches(' ').len() - "몇".len().min(self.before.trim_end_matches(' ').len());
        (days && ends).then(|| self.found(start..self.at + 3, "며칠", "한글 맞춤법 제27항"))
    }
}

/// What stands before 이 in native nouns that end in it: 고양이, 어린이, 길이, 풀이, 목걸이.
const BEFORE_I: &str =
    "양린은길깊높넓놀먹종걸맏팡숭멍꽂볶잡듬쟁쓴든풀벌살받막박남갈물굽둥뚱홀똘돌삼참쌍끈끔복봉칠콩랑앓몰털덕닥엉덩들낚난큰작적맞붙";
