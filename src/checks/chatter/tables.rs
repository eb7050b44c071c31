//! The phrases themselves, each in the words of its language.

use super::phrases::About;

/// Labels before an answer, in lower case, with what they are about.
#[rustfmt::skip]
pub(super) const LABELS: &[(&str, About)] = &[
    ("translation", About::Translation), ("translations", About::Translation), ("translated text", About::Translation),
    ("translated", About::Translation), ("translation result", About::Translation), ("korean translation", About::Translation),
    ("translation (korean)", About::Translation), ("translation to korean", About::Translation),
    ("translation in korean", About::Translation), ("translation into korean", About::Translation),
    ("final translation", About::Translation), ("translator's note", About::Translation),
    ("translator’s note", About::Translation), ("translation note", About::Translation),
    ("translation notes", About::Translation), ("korean", About::Answer), ("korean version", About::Answer),
    ("korean text", About::Answer), ("output", About::Answer), ("answer", About::Answer), ("response", About::Answer),
    ("result", About::Answer), ("note", About::Note), ("notes", About::Note), ("please note", About::Note),
];

/// How an announcement of a translation begins.
#[rustfmt::skip]
pub(super) const ANNOUNCING: &[&str] = &[
    "here is", "here's", "here’s", "here are", "below is", "below you", "the following is", "this is the", "this is a",
    "the translation", "the korean translation", "the translated", "translated to", "translated into", "in korean",
    "i have translated", "i've translated", "i’ve translated", "i translated", "i will translate", "i'll translate",
    "i’ll translate", "i can translate", "i'd be happy", "i would be happy", "i can help", "sure", "certainly", "of course",
    "okay", "absolutely", "the sentence translates", "the text translates", "your translation", "as requested", "translating",
];

/// A machine says yes.
#[rustfmt::skip]
pub(super) const ASSENT: &[&str] = &[
    "sure", "sure thing", "certainly", "of course", "absolutely", "understood", "got it", "no problem", "okay", "ok", "yes",
    "gladly",
];

/// A machine offers more.
#[rustfmt::skip]
pub(super) const OFFERS: &[&str] = &[
    "let me know if", "please let me know", "i hope this helps", "hope this helps", "i hope this translation",
    "feel free to ask", "if you have any other", "if you have any further", "if you need any", "is there anything else",
    "would you like me to", "do you want me to", "please provide the",
];

/// How a sentence about the translation begins.
#[rustfmt::skip]
pub(super) const KOREAN_ANNOUNCING: &[&str] = &[
    "다음은", "아래는", "이것은", "이는", "여기", "요청하신", "요청하셨던", "제공하신", "제공해", "위", "이상은", "다음과 같이", "네", "예,", "물론", "알겠", "한국어", "한글",
    "번역", "주어진", "해당", "영어", "원문", "말씀하신", "그럼", "이제", "제가", "저는", "좋습니다", "전체", "텍스트", "문장", "본문", "아래에", "아래와", "입력하신", "다음의",
    "죄송", "요청에",
];

/// How it ends, its marks left out.
#[rustfmt::skip]
pub(super) const KOREAN_ANNOUNCED: &[&str] = &[
    "번역입니다", "번역본입니다", "번역문입니다", "번역한 것입니다", "번역한 내용입니다", "번역한 결과입니다", "번역한 텍스트입니다", "번역한 문장입니다", "번역된 내용입니다", "번역된 텍스트입니다",
    "번역 결과입니다", "번역해 드리겠습니다", "번역해드리겠습니다", "번역해 드릴게요", "번역해드릴게요", "번역해 드렸습니다", "번역해드렸습니다", "번역하겠습니다", "번역해 보겠습니다", "번역해보겠습니다",
    "번역했습니다", "번역하였습니다", "번역해 보았습니다", "번역해 봤습니다", "번역이에요", "번역이다", "번역은 다음과 같습니다", "번역하면 다음과 같습니다", "번역 결과는 다음과 같습니다",
    "번역문은 다음과 같습니다", "번역본은 다음과 같습니다", "번역 결과는 아래와 같습니다", "번역은 아래와 같습니다", "번역할 수 없습니다", "번역을 제공합니다", "번역을 제공해 드리겠습니다",
    "번역을 도와드리겠습니다", "번역을 시작하겠습니다", "번역 내용입니다", "번역을 드립니다", "번역을 제공하겠습니다", "번역을 제공할 수 없습니다",
];

/// [`LABELS`] in Korean.
#[rustfmt::skip]
pub(super) const KOREAN_LABELS: &[(&str, About)] = &[
    ("번역", About::Translation), ("번역문", About::Translation), ("번역본", About::Translation), ("번역 결과", About::Translation),
    ("번역결과", About::Translation), ("번역 내용", About::Translation), ("번역된 텍스트", About::Translation), ("번역된 문장", About::Translation),
    ("번역된 내용", About::Translation), ("최종 번역", About::Translation), ("한국어 번역", About::Translation),
    ("한국어 번역문", About::Translation), ("한국어 번역본", About::Translation), ("한국어 번역 결과", About::Translation),
    ("한글 번역", About::Translation), ("한국어로 번역", About::Translation), ("번역 참고", About::Translation),
    ("번역 참고 사항", About::Translation), ("번역 노트", About::Translation), ("번역 메모", About::Translation),
    ("번역 설명", About::Translation), ("한국어", About::Answer), ("한국어 버전", About::Answer), ("한글", About::Answer),
    ("출력", About::Answer), ("출력 결과", About::Answer), ("답변", About::Answer), ("응답", About::Answer), ("참고", About::Remark),
    ("참고 사항", About::Remark), ("참고사항", About::Remark), ("노트", About::Remark),
];

/// [`ASSENT`] in Korean.
#[rustfmt::skip]
pub(super) const KOREAN_ASSENT: &[&str] = &[
    "물론입니다", "물론이죠", "물론이지요", "물론이에요", "물론이고말고요", "알겠습니다", "알겠어요", "네", "네 알겠습니다", "네, 알겠습니다", "예, 알겠습니다", "네, 물론입니다", "네, 물론이죠",
    "넵", "그럼요", "당연하죠", "당연합니다", "좋습니다", "그렇게 하겠습니다",
];

/// [`OFFERS`] in Korean.
#[rustfmt::skip]
pub(super) const KOREAN_OFFERS: &[&str] = &[
    "도움이 되었기를", "도움이 되셨기를", "도움이 되었으면", "도움이 되셨으면", "추가로 필요하신", "추가로 궁금하신", "추가로 도움이", "추가 질문이", "추가적인 질문", "더 필요하신", "더 궁금하신",
    "다른 도움이", "궁금한 점이 있으시면", "궁금하신 점이 있으시면", "다른 질문이 있으시면", "필요하신 것이 있으면", "도움이 필요하시면", "질문이 있으시면", "수정이 필요하시면", "수정할 부분이 있으면",
];

/// How a machine speaks of itself.
#[rustfmt::skip]
pub(super) const KOREAN_MACHINE: &[&str] = &[
    "AI 언어 모델로서", "인공지능 언어 모델로서", "저는 AI", "저는 인공지능", "언어 모델로서", "AI로서 저는", "AI로서, 저는", "대규모 언어 모델로서", "인공지능으로서 저는", "저는 언어 모델",
];

/// English words that explain a phrase: with one of them in the item, the Korean says what the English says.
#[rustfmt::skip]
pub(super) const ENGLISH: &[(About, &[&str])] = &[
    (About::Translation, &[
        "translat",
    ]),
    (About::Assent, &[
        "of course", "sure", "certain", "absolute", "natural", "understood", "understand", "got it", "okay", "ok", "all right",
        "alright", "i see", "yes", "definite", "gladly", "indeed", "know", "will do", "roger", "needless", "obvious", "no doubt",
        "admittedly", "granted", "true",
    ]),
    (About::Note, &[
        "note", "n.b", "nb", "p.s", "remark",
    ]),
    (About::Remark, &[
        "note", "n.b", "nb", "p.s", "ps", "fyi", "for your info", "see also", "see the", "see:", "for reference", "reference", "for more", "more info", "tip", "tips",
        "hint", "remember", "reminder", "disclaimer", "caveat", "caution", "warning", "attention", "mind", "aware", "beware", "also", "by the way", "incidentally", "aside",
        "remark", "keep in", "info", "context", "background",
    ]),
    (About::Machine, &[
        "as an ai", "language model", "as a machine", "ai", "i'm sorry", "i am sorry", "sorry", "apolog", "cannot",
        "can't", "can’t", "unable",
    ]),
    (About::Answer, &[
        "output", "answer", "response", "result", "reply", "korean", "korea", "hangul", "translat",
    ]),
    (About::Offer, &[
        "let me know", "hope", "question", "help", "feel free", "contact", "reach", "anything else", "ask", "curious", "wonder",
        "tell", "comment", "need",
    ]),
];
