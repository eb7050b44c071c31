//! What machines say around an answer, by what it is about.

/// What a phrase speaks of: English that speaks of it as well explains the phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// The translation.
    Translation,
    /// Yes, of course.
    Assent,
    /// A note.
    Note,
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

/// Whether an English text speaks of the same.
pub(super) fn speaks_of(english: &str, about: About) -> bool {
    let words: &[&str] = match about {
        About::Translation => &["translat"],
        About::Assent => &[
            "of course",
            "sure",
            "certain",
            "absolute",
            "natural",
            "understood",
            "understand",
            "got it",
            "okay",
            " ok",
            "all right",
            "alright",
            "i see",
            "yes",
            "definite",
            "gladly",
            "indeed",
            "know",
            "will do",
            "roger",
            "needless",
            "obvious",
            "no doubt",
            "admittedly",
            "granted",
            "true",
        ],
        About::Note => &[
            "note",
            "n.b",
            "nb:",
            "fyi",
            "see also",
            "reference",
            "tip",
            "hint",
            "remember",
            "disclaimer",
            "p.s",
            "caveat",
            "caution",
            "warning",
            "attention",
            "info",
            "for more",
            "please",
        ],
        About::Machine => &[
            "as an ai",
            "language model",
            "as a machine",
            " ai ",
            "ai:",
            "i'm sorry",
            "i am sorry",
            "sorry",
            "apolog",
            "cannot",
            "can't",
            "can’t",
            "unable",
        ],
        About::Answer => &["output", "answer", "response", "result", "reply", "korean", "korea", "hangul", "translat"],
        About::Offer => &[
            "let me know",
            "hope",
            "question",
            "help",
            "feel free",
            "contact",
            "reach",
            "anything else",
            "ask",
            "curious",
            "wonder",
            "tell",
            "comment",
            "need",
        ],
    };
    let lower = english.to_lowercase();
    words.iter().any(|word| lower.contains(word))
        || (about == About::Assent && lower.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with("ok"))
}

/// The phrase that a sentence begins with.
pub(super) fn phrase(text: &str) -> Option<Phrase> {
    match text.as_bytes().first()? {
        b'A'..=b'Z' | b'a'..=b'z' => english(text).or_else(|| korean(text)),
        0xEA..=0xED => korean(text),
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

/// Labels before an answer, in lower case, with what they are about.
const LABELS: &[(&str, About)] = &[
    ("translation", About::Translation),
    ("translations", About::Translation),
    ("translated text", About::Translation),
    ("translated", About::Translation),
    ("translation result", About::Translation),
    ("korean translation", About::Translation),
    ("translation (korean)", About::Translation),
    ("translation to korean", About::Translation),
    ("translation in korean", About::Translation),
    ("translation into korean", About::Translation),
    ("final translation", About::Translation),
    ("translator's note", About::Translation),
    ("translator’s note", About::Translation),
    ("translation note", About::Translation),
    ("translation notes", About::Translation),
    ("korean", About::Answer),
    ("korean version", About::Answer),
    ("korean text", About::Answer),
    ("output", About::Answer),
    ("answer", About::Answer),
    ("response", About::Answer),
    ("result", About::Answer),
    ("note", About::Note),
    ("notes", About::Note),
    ("please note", About::Note),
];

/// How an announcement of a translation begins.
const ANNOUNCING: &[&str] = &[
    "here is",
    "here's",
    "here’s",
    "here are",
    "below is",
    "below you",
    "the following is",
    "this is the",
    "this is a",
    "the translation",
    "the korean translation",
    "the translated",
    "translated to",
    "translated into",
    "in korean",
    "i have translated",
    "i've translated",
    "i’ve translated",
    "i translated",
    "i will translate",
    "i'll translate",
    "i’ll translate",
    "i can translate",
    "i'd be happy",
    "i would be happy",
    "i can help",
    "sure",
    "certainly",
    "of course",
    "okay",
    "absolutely",
    "the sentence translates",
    "the text translates",
    "your translation",
    "as requested",
    "translating",
];

const ASSENT: &[&str] =
    &["sure", "sure thing", "certainly", "of course", "absolutely", "understood", "got it", "no problem", "okay", "ok", "yes", "gladly"];

const OFFERS: &[&str] = &[
    "let me know if",
    "please let me know",
    "i hope this helps",
    "hope this helps",
    "i hope this translation",
    "feel free to ask",
    "if you have any other",
    "if you have any further",
    "if you need any",
    "is there anything else",
    "would you like me to",
    "do you want me to",
    "please provide the",
];

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

/// How a sentence about the translation begins.
const KOREAN_ANNOUNCING: &[&str] = &[
    "다음은",
    "아래는",
    "이것은",
    "이는",
    "여기",
    "요청하신",
    "요청하셨던",
    "제공하신",
    "제공해",
    "위",
    "이상은",
    "다음과 같이",
    "네",
    "예,",
    "물론",
    "알겠",
    "한국어",
    "한글",
    "번역",
    "주어진",
    "해당",
    "영어",
    "원문",
    "말씀하신",
    "그럼",
    "이제",
    "제가",
    "저는",
    "좋습니다",
    "전체",
    "텍스트",
    "문장",
    "본문",
    "아래에",
    "아래와",
    "입력하신",
    "다음의",
    "죄송",
    "요청에",
];

/// How it ends, its marks left out.
const KOREAN_ANNOUNCED: &[&str] = &[
    "번역입니다",
    "번역본입니다",
    "번역문입니다",
    "번역한 것입니다",
    "번역한 내용입니다",
    "번역한 결과입니다",
    "번역한 텍스트입니다",
    "번역한 문장입니다",
    "번역된 내용입니다",
    "번역된 텍스트입니다",
    "번역 결과입니다",
    "번역해 드리겠습니다",
    "번역해드리겠습니다",
    "번역해 드릴게요",
    "번역해드릴게요",
    "번역해 드렸습니다",
    "번역해드렸습니다",
    "번역하겠습니다",
    "번역해 보겠습니다",
    "번역해보겠습니다",
    "번역했습니다",
    "번역하였습니다",
    "번역해 보았습니다",
    "번역해 봤습니다",
    "번역이에요",
    "번역이다",
    "번역은 다음과 같습니다",
    "번역하면 다음과 같습니다",
    "번역 결과는 다음과 같습니다",
    "번역문은 다음과 같습니다",
    "번역본은 다음과 같습니다",
    "번역 결과는 아래와 같습니다",
    "번역은 아래와 같습니다",
    "번역할 수 없습니다",
    "번역을 제공합니다",
    "번역을 제공해 드리겠습니다",
    "번역을 도와드리겠습니다",
    "번역을 시작하겠습니다",
    "번역 내용입니다",
    "번역을 드립니다",
    "번역을 제공하겠습니다",
    "번역을 제공할 수 없습니다",
];

const KOREAN_LABELS: &[(&str, About)] = &[
    ("번역", About::Translation),
    ("번역문", About::Translation),
    ("번역본", About::Translation),
    ("번역 결과", About::Translation),
    ("번역결과", About::Translation),
    ("번역 내용", About::Translation),
    ("번역된 텍스트", About::Translation),
    ("번역된 문장", About::Translation),
    ("번역된 내용", About::Translation),
    ("최종 번역", About::Translation),
    ("한국어 번역", About::Translation),
    ("한국어 번역문", About::Translation),
    ("한국어 번역본", About::Translation),
    ("한국어 번역 결과", About::Translation),
    ("한글 번역", About::Translation),
    ("한국어로 번역", About::Translation),
    ("번역 참고", About::Translation),
    ("번역 참고 사항", About::Translation),
    ("번역 노트", About::Translation),
    ("번역 메모", About::Translation),
    ("번역 설명", About::Translation),
    ("한국어", About::Answer),
    ("한국어 버전", About::Answer),
    ("한글", About::Answer),
    ("출력", About::Answer),
    ("출력 결과", About::Answer),
    ("답변", About::Answer),
    ("응답", About::Answer),
    ("참고", About::Note),
    ("참고 사항", About::Note),
    ("참고사항", About::Note),
    ("주의", About::Note),
    ("주의 사항", About::Note),
    ("주의사항", About::Note),
    ("노트", About::Note),
];

const KOREAN_ASSENT: &[&str] = &[
    "물론입니다",
    "물론이죠",
    "물론이지요",
    "물론이에요",
    "물론이고말고요",
    "알겠습니다",
    "알겠어요",
    "네",
    "네 알겠습니다",
    "네, 알겠습니다",
    "예, 알겠습니다",
    "네, 물론입니다",
    "네, 물론이죠",
    "넵",
    "그럼요",
    "당연하죠",
    "당연합니다",
    "좋습니다",
    "그렇게 하겠습니다",
];

const KOREAN_OFFERS: &[&str] = &[
    "도움이 되었기를",
    "도움이 되셨기를",
    "도움이 되었으면",
    "도움이 되셨으면",
    "추가로 필요하신",
    "추가로 궁금하신",
    "추가로 도움이",
    "추가 질문이",
    "추가적인 질문",
    "더 필요하신",
    "더 궁금하신",
    "다른 도움이",
    "궁금한 점이 있으시면",
    "궁금하신 점이 있으시면",
    "다른 질문이 있으시면",
    "필요하신 것이 있으면",
    "도움이 필요하시면",
    "질문이 있으시면",
    "수정이 필요하시면",
    "수정할 부분이 있으면",
];

/// How a machine speaks of itself.
const KOREAN_MACHINE: &[&str] = &[
    "AI 언어 모델로서",
    "인공지능 언어 모델로서",
    "저는 AI",
    "저는 인공지능",
    "언어 모델로서",
    "AI로서 저는",
    "AI로서, 저는",
    "대규모 언어 모델로서",
    "인공지능으로서 저는",
    "저는 언어 모델",
];

fn korean(text: &str) -> Option<Phrase> {
    let clause = clause(text);
    let bare = clause.trim_end_matches([':', '：', '.', '!', '?', '\n', ' ', ',']);
    let is_label = clause.ends_with([':', '：']);
    let length = clause.trim_end().len();
    if is_label && let Some((_, about)) = KOREAN_LABELS.iter().find(|(label, _)| *label == bare) {
        return found(length, *about, false, *about == About::Answer);
    }
    // `물론입니다!` is a sentence of its own; `네, 번역해 드리겠습니다` goes on.
    if KOREAN_ANNOUNCED.iter().any(|end| bare.ends_with(end)) && KOREAN_ANNOUNCING.iter().any(|begin| bare.starts_with(begin)) {
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
    // `물론입니다, 여기 …` and `네! …`.
    let head = ["물론입니다", "물론이죠", "물론이지요", "알겠습니다"]
        .into_iter()
        .find(|word| bare.strip_prefix(word).is_some_and(|rest| rest.starts_with([',', '!', '.'])))?;
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
            ("참고: 모델", About::Note),
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
