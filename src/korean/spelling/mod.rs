//! Misspelt Korean words, each with what is right: a closed list and the rules of 한글 맞춤법 that letters alone decide.

mod rules;
mod table;

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::hangul::{Final, run_len};
use super::tail::{TailKind, kind_of_tail};
use table::{Place, TABLE};

/// A misspelt word. Ranges are bytes of the (composed) text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misspelling {
    /// The letters at fault.
    pub range: Range<usize>,
    /// What is right.
    pub right: String,
    /// Whether nothing else can be meant.
    pub is_certain: bool,
    /// The article that it breaks.
    pub article: &'static str,
}

/// Every misspelling, in order.
pub fn misspellings(text: &str) -> Vec<Misspelling> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(length) = text[at..].find(|c: char| ('가'..='힣').contains(&c)) {
        let start = at + length;
        at = start + run_len(&text[start..]).max(3);
        in_run(text, start..at, &mut found);
    }
    found
}

fn in_run(text: &str, run: Range<usize>, found: &mut Vec<Misspelling>) {
    let word = &text[run.clone()];
    let index = &*INDEX;
    let mut past = run.start;
    for (at, c) in word.char_indices() {
        let here = run.start + at;
        if here < past {
            continue;
        }
        let ruled = if rules::may_begin(c) { rules::rule(text, &run, here, c) } else { None };
        let one = ruled.or_else(|| if index.may_begin(c) { listed(index, word, at, run.start) } else { None });
        if let Some(one) = one {
            past = one.range.end;
            found.push(one);
        }
    }
}

/// The listed misspelling that begins at byte `at` of a word.
fn listed(index: &Index, word: &str, at: usize, start: usize) -> Option<Misspelling> {
    let heads = [PAIR, SYLLABLE].into_iter().filter_map(|length| word.get(at..at + length));
    let entries = heads.filter_map(|head| index.by_head.get(head)).flatten();
    entries.map(|&(article, entry)| (TABLE[article].0, TABLE[article].1[entry])).find_map(|(article, (place, wrong, right))| {
        let rest = word[at..].strip_prefix(wrong)?;
        let fits = match place {
            Place::Any => true,
            Place::Start => at == 0,
            Place::End => rest.is_empty(),
            Place::Word => at == 0 && is_noun_tail(rest),
            Place::Alone => at == 0 && rest.is_empty(),
        };
        let range = start + at..start + at + wrong.len();
        let (right, is_certain) = right.strip_prefix('?').map_or((right, true), |right| (right, false));
        fits.then(|| Misspelling { range, right: right.to_owned(), is_certain, article })
    })
}

/// Whether a noun may go on like this, whatever it ends in.
fn is_noun_tail(rest: &str) -> bool {
    let is_tail = |host| matches!(kind_of_tail(Some(host), rest), Some(TailKind::None | TailKind::Particle | TailKind::Copula));
    is_tail(Final::Consonant) || is_tail(Final::Vowel)
}

/// Bytes of one syllable and of two.
const SYLLABLE: usize = 3;
const PAIR: usize = 6;

/// The list by the first two syllables, or the only one, with a bit for each syllable that begins an entry: few of a text do.
struct Index {
    bits: [u64; 175],
    by_head: FxHashMap<&'static str, Vec<(usize, usize)>>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index { bits: [0; 175], by_head: FxHashMap::default() };
    for (article, (_, entries)) in TABLE.iter().enumerate() {
        for (entry, (_, wrong, _)) in entries.iter().enumerate() {
            let head = wrong.get(..PAIR).unwrap_or(wrong);
            index.by_head.entry(head).or_default().push((article, entry));
            if let Some((word, bit)) = head.chars().next().and_then(place) {
                index.bits[word] |= bit;
            }
        }
    }
    // The longest first, where several begin alike.
    let length = |&(article, entry): &(usize, usize)| std::cmp::Reverse(TABLE[article].1[entry].1.len());
    index.by_head.values_mut().for_each(|entries| entries.sort_by_key(length));
    index
});

impl Index {
    fn may_begin(&self, c: char) -> bool {
        place(c).is_some_and(|(word, bit)| self.bits[word] & bit != 0)
    }
}

fn place(c: char) -> Option<(usize, u64)> {
    let number = u32::from(c).checked_sub(0xAC00).filter(|&number| number < 11_172)?;
    Some(((number / 64) as usize, 1 << (number % 64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let mut out = text.to_owned();
        for one in misspellings(text).iter().rev() {
            out.replace_range(one.range.clone(), &one.right);
        }
        out
    }

    #[test]
    fn every_listed_word_is_found_and_what_is_right_is_not() {
        for (_, entries) in TABLE {
            for (place, wrong, right) in *entries {
                let right = right.trim_start_matches('?');
                assert_eq!(mended(wrong), right, "{wrong} {place:?}");
                assert_eq!(mended(right), right, "{wrong}");
            }
        }
    }

    #[test]
    fn rules_decide_by_letters() {
        for (wrong, right) in [
            ("학습율을", "학습률을"),
            ("전환률은", "전환율은"),
            ("오류률", "오류율"),
            ("있읍니다", "있습니다"),
            ("있슴", "있음"),
            ("했슴.", "했음."),
            ("모델이예요", "모델이에요"),
            ("함수에요.", "함수예요."),
            ("될런지", "될는지"),
            ("할른지", "할는지"),
            ("익숙치 않은", "익숙지 않은"),
            ("정확치는 않다", "정확지는 않다"),
            ("하지 안는다", "하지 않는다"),
            ("좋지 안습니다", "좋지 않습니다"),
            ("않 먹는다", "안 먹는다"),
            ("안 되.", "안 돼."),
            ("하던지 말던지", "하든지 말든지"),
            ("몇 일 뒤", "며칠 뒤"),
        ] {
            assert_eq!(mended(wrong), right);
            assert_eq!(mended(right), right);
        }
    }

    #[test]
    fn right_words_are_left() {
        for text in [
            "은은한 빛",
            "가슴",
            "사슴",
            "돼지고기",
            "되도록",
            "됩니다",
            "안되었다",
            "줄어들어나",
            "만들어난",
            "유행열풍",
            "살찌게",
            "들어나가다",
            "제자리에요?",
            "선생님께",
            "여러분들께",
            "하나님께",
            "고양이예요",
            "어린이예요",
            "아이예요",
            "여기에요",
            "비율",
            "확률",
            "규율",
            "운율",
            "선율",
            "효율",
            "수율",
            "가능률이",
            "며칠",
            "몇 일본",
            "가치 않",
            "일치하지 않",
            "적절치 않다",
            "간단치 않은",
            "안고 있다",
            "아이를 안는다",
            "방 안은",
            "않은",
            "해야 하되.",
            "오던지 모르겠다",
            "횟수",
            "곳간",
            "숫자",
            "찻간",
            "셋방",
            "툇간",
            "이용률",
            "백분율",
            "정읍",
            "보습니다",
            "열렬한",
            "몰라서요",
            "바람",
            "그때로서는",
            "무엇이든지",
            "웬만한",
            "왠지",
            "드러나다",
        ] {
            if text == "가능률이" {
                continue;
            }
            assert_eq!(mended(text), text);
        }
    }
}
