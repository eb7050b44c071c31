//! What machines say around an answer, by what it is about.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::tables::*;

/// What a phrase speaks of: English that speaks of it as well explains the phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// The translation.
    Translation,
    /// Yes, of course.
    Assent,
    /// A note, as English labels one.
    Note,
    /// A note, as Korean labels one: English has more words for it.
    Remark,
    /// The machine.
    Machine,
    /// An answer or a language, as a label.
    Answer,
    /// What the reader may ask next.
    Offer,
}

/// A phrase at the beginning of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its bytes.
    pub length: usize,
    /// What it is about.
    pub about: About,
    /// Whether only machines say it.
    pub is_certain: bool,
    /// Whether it counts at the beginning of a passage alone.
    pub only_first: bool,
}

/// What an English text speaks of.
pub(super) fn spoken_of(english: &str) -> Vec<About> {
    let lower = english.to_lowercase();
    let begins_word = |at: usize| !lower[..at].ends_with(char::is_alphabetic);
    let is_said = |word: &&str| lower.match_indices(*word).any(|(at, _)| begins_word(at));
    ENGLISH.iter().filter(|(_, words)| words.iter().any(is_said)).map(|(about, _)| *about).collect()
}

/// The phrase that a sentence begins with.
pub(super) fn phrase(text: &str) -> Option<Phrase> {
    match text.as_bytes().first()? {
        b'A'..=b'Z' | b'a'..=b'z' => english(text).or_else(|| korean(text)),
        // Few sentences begin like one.
        0xEA..=0xED if may_begin(text) => korean(text),
        _ => None,
    }
}

/// The clause that a text begins with: up to a mark that ends or announces, which is part of it.
fn clause(text: &str) -> &str {
    const LONGEST: usize = 240;
    let near = &text[..text.floor_char_boundary(LONGEST.min(text.len()))];
    let end = near.char_indices().find(|(at, c)| match c {
        '.' | '!' | '?' => {
            near[at + 1..].is_empty() || near[at + 1..].starts_with(|c: char| c.is_whitespace() || matches!(c, '"' | ')' | '”'))
        }
        ':' | '：' | '\n' => true,
        _ => false,
    });
    end.map_or(near, |(at, c)| &near[..at + c.len_utf8()])
}

fn found(length: usize, about: About, is_certain: bool, only_first: bool) -> Option<Phrase> {
    Some(Phrase { length, about, is_certain, only_first })
}

fn english(text: &str) -> Option<Phrase> {
    let clause = clause(text);
    let lower = clause.to_lowercase();
    let bare = lower.trim_end_matches([':', '：', '.', '!', '?', '\n', ' ']);
    let is_label = lower.ends_with([':', '：']);
    let length = clause.trim_end().len();
    if is_label && let Some((_, about)) = LABELS.iter().find(|(label, _)| *label == bare) {
        return found(length, *about, *about == About::Translation, *about == About::Answer);
    }
    let names_translation = lower.contains("translat");
    if ANNOUNCING.iter().any(|begin| lower.starts_with(begin)) && (names_translation || (is_label && lower.contains("korean"))) {
        return found(length, About::Translation, true, false);
    }
    if lower.starts_with("as an ai") || lower.starts_with("as a language model") || lower.starts_with("as a large language model") {
        return found(length, About::Machine, lower.contains("language model"), false);
    }
    if names_translation
        && (lower.starts_with("i'm sorry")
            || lower.starts_with("i am sorry")
            || lower.starts_with("sorry")
            || lower.starts_with("i cannot")
            || lower.starts_with("i can't"))
    {
        return found(length, About::Translation, true, false);
    }
    if lower.starts_with("i'm sorry, but i")
        || lower.starts_with("i am sorry, but i")
        || lower.starts_with("i’m sorry, but i")
        || lower.starts_with("i apologize, but")
    {
        return found(length, About::Machine, false, true);
    }
    if OFFERS.iter().any(|begin| lower.starts_with(begin)) {
        return found(length, About::Offer, false, false);
    }
    let head = ASSENT
        .iter()
        .find(|word| lower.starts_with(**word) && lower[word.len()..].starts_with(['!', ',', '.', ':', '—', '–']) || bare == **word)?;
    // An English name that begins a sentence (`Sure`) has no mark behind it.
    let marked = clause[head.len()..].starts_with(['!', ',', '.', ':', '—', '–']);
    marked.then(|| found(head.len() + 1, About::Assent, false, true)).flatten()
}

/// Whether a Korean phrase may begin like a text.
fn may_begin(text: &str) -> bool {
    let head = beginning(text);
    KOREAN_BEGINNINGS.contains(head) || head.chars().next().is_some_and(|c| KOREAN_BEGINNINGS.contains(&head[..c.len_utf8()]))
}

/// The first two characters of a text.
fn beginning(text: &str) -> &str {
    text.char_indices().nth(2).map_or(text, |(end, _)| &text[..end])
}

/// The beginnings of all Korean phrases; of those of one letter, that letter.
static KOREAN_BEGINNINGS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let labels = KOREAN_LABELS.iter().map(|(label, _)| *label);
    let others = [KOREAN_ANNOUNCING, KOREAN_MACHINE, KOREAN_OFFERS, KOREAN_ASSENT, KOREAN_ASSENTING].into_iter().flatten().copied();
    labels.chain(others).map(beginning).collect()
});

/// Assent that goes on: `물론입니다, 여기 …` and `네! …`.
const KOREAN_ASSENTING: &[&str] = &["물론입니다", "물론이죠", "물론이지요", "알겠습니다"];

fn korean(text: &str) -> Option<Phrase> {
    let clause = clause(text);
    let bare = clause.trim_end_matches([':', '：', '.', '!', '?', '\n', ' ', ',']);
    let is_label = clause.ends_with([':', '：']);
    let length = clause.trim_end().len();
    if is_label && let Some((_, about)) = KOREAN_LABELS.iter().find(|(label, _)| *label == bare) {
        return found(length, *about, false, *about == About::Answer);
    }
    // `물론입니다!` is a sentence of its own; `네, 번역해 드리겠습니다` goes on.
    if bare.contains("번역")
        && KOREAN_ANNOUNCED.iter().any(|end| bare.ends_with(end))
        && KOREAN_ANNOUNCING.iter().any(|begin| bare.starts_with(begin))
    {
        return found(length, About::Translation, true, false);
    }
    if is_label
        && bare.contains("번역")
        && KOREAN_ANNOUNCING[..14].iter().any(|begin| bare.starts_with(begin))
        && clause.chars().count() <= 40
    {
        return found(length, About::Translation, true, false);
    }
    if KOREAN_MACHINE.iter().any(|begin| bare.starts_with(begin)) {
        return found(length, About::Machine, false, false);
    }
    if KOREAN_OFFERS.iter().any(|begin| bare.starts_with(begin)) {
        return found(length, About::Offer, false, false);
    }
    if KOREAN_ASSENT.contains(&bare) && clause.len() > bare.len() {
        return found(length, About::Assent, false, true);
    }
    let head = KOREAN_ASSENTING.iter().find(|word| bare.strip_prefix(**word).is_some_and(|rest| rest.starts_with([',', '!', '.'])))?;
    found(head.len() + 1, About::Assent, false, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_are_known_by_what_they_say() {
        for (text, about) in [
            ("Here is the translation: 모델", About::Translation),
            ("Here's the Korean version: 모델", About::Translation),
            ("Sure! Here is", About::Assent),
            ("Certainly! 모델", About::Assent),
            ("Translation: 모델", About::Translation),
            ("Note: 모델", About::Note),
            ("As an AI language model, I", About::Machine),
            ("다음은 번역입니다: 모델", About::Translation),
            ("다음은 요청하신 한국어 번역입니다.", About::Translation),
            ("번역: 모델", About::Translation),
            ("번역 결과: 모델", About::Translation),
            ("한국어 번역: 모델", About::Translation),
            ("물론입니다! 모델", About::Assent),
            ("물론이죠. 모델", About::Assent),
            ("네, 번역해 드리겠습니다.", About::Translation),
            ("알겠습니다. 모델", About::Assent),
            ("참고: 모델", About::Remark),
            ("AI 언어 모델로서 저는", About::Machine),
        ] {
            assert_eq!(phrase(text).map(|phrase| phrase.about), Some(about), "{text}");
        }
    }

    #[test]
    fn texts_say_other_things() {
        for text in [
            "번역은 어렵다.",
            "번역 모델은 다음과 같다.",
            "물론 그렇다.",
            "물론, 그렇다.",
            "Sure Start 사업",
            "Here We Go",
            "Note 9는",
            "Translation Memory를 쓴다",
            "다음은 모델이다.",
            "다음은 세 가지 예입니다:",
            "네 개의 모델",
            "참고 문헌을 본다.",
            "알겠습니다만 그렇다",
            "네 번째: 모델",
            "한국어 모델: 크다",
            "여기 있다.",
            "Of Course 앱",
        ] {
            assert_eq!(phrase(text), None, "{text}");
        }
    }
}
