//! Typography and what machines leave behind: faults put into good text are found and mended, good text is left alone.

use crate::support::Project;
use translate_digest::checks::{self, Chosen, Context, Finding};
use translate_digest::digest::{Digest, Format};
use translate_digest::draft::pair::pair;
use translate_digest::glossary::Glossary;
use translate_digest::korean::hangul::{decomposed, is_hangul};

const ENGLISH: &str = "\
# News of the week

Welcome to the \"small\" digest (number 12).

- [A fast kernel](https://a.example/1?x=1&y=2) – It runs 3.5 times (on a laptop) as fast, and that is \"quite\" something! Would you try it?
- **Large models** learn (a lot), but `f(x)  .` stays; the authors say: \"We were surprised.\" See [the paper](https://a.example/2).
- A tool for tables [new] and graphs. It reads .md files, writes .csv files, and costs nothing.
- Why does it matter? \"Because,\" they write, \"nobody measured it.\" We agree (for once).

| Name | Size |
|------|------|
| Small model | 3 GB |

Thank you for reading, and see you (soon).
";

const KOREAN: &str = "\
# 이번 주 소식

\"작은\" 소식지(제12호)에 오신 것을 환영합니다.

- [빠른 커널](https://a.example/1?x=1&y=2) – 노트북(개인용)에서 3.5배 빠르게 돌며, 이것은 \"꽤\" 대단한 일입니다! 한번 써 보시겠습니까?
- **큰 모델**은 (많이) 배우지만 `f(x)  .`는 그대로이며, 저자들은 \"우리도 놀랐다.\"라고 말합니다. [논문](https://a.example/2)을 보세요.
- 표와 그래프를 위한 도구[신규]입니다. .md 파일을 읽고, .csv 파일을 쓰며, 값은 없습니다.
- 왜 중요할까요? 저자들은 \"아무도 재지 않았기 때문\"이라고, 그렇게 썼습니다. 우리도 (이번만은) 같은 생각입니다.

| 이름 | 크기 |
|------|------|
| 작은   모델 | 3 GB |

읽어 주셔서 고맙고, (곧) 다시 뵙겠습니다.
";

/// A series of numbers that is the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

fn found(english: &str, korean: &str) -> Vec<Finding> {
    let glossary = Glossary::load("glossary.toml", "[terms]\n").expect("loads");
    let (english, korean) = (Digest::parse(english, Format::Markdown, None), Digest::parse(korean, Format::Markdown, None));
    let pairs = pair(&english, &korean, &vec![Vec::new(); english.segments.len()]);
    let found = checks::run(&Context::new(&glossary, &korean, Some((&english, &pairs))), &Chosen::all());
    assert!(found.broken.is_empty(), "{:?}", found.broken);
    found.findings
}

fn of(check: &str, korean: &str) -> Vec<Finding> {
    found(ENGLISH, korean).into_iter().filter(|finding| finding.check == check).collect()
}

/// The text when the fixes of one check have come to rest.
fn mended(check: &str, korean: &str) -> String {
    let mut text = korean.to_owned();
    for _ in 0..8 {
        match checks::apply(&Digest::parse(&text, Format::Markdown, None), &of(check, &text)) {
            Some(fixed) => text = fixed.text,
            None => return text,
        }
    }
    panic!("does not come to rest: {korean}");
}

/// Bytes of the Korean text that begin a character of words for which `is_fit` holds.
fn places(is_fit: impl Fn(&str, usize) -> bool) -> Vec<usize> {
    let digest = Digest::parse(KOREAN, Format::Markdown, None);
    let mut places = Vec::new();
    for prose in digest.prose() {
        for (at, c) in prose.view.text.char_indices().filter(|(_, c)| *c != '\u{fffc}') {
            if !prose.view.is_hidden(at..at + 1) {
                let place = prose.view.span(at..at + c.len_utf8()).start;
                places.extend((KOREAN[place..].starts_with(c) && is_fit(KOREAN, place)).then_some(place));
            }
        }
    }
    places
}

fn inserted(at: usize, text: &str) -> String {
    format!("{}{text}{}", &KOREAN[..at], &KOREAN[at..])
}

/// Puts a fault in at 100 places: 98 at least are found by the check that should, and its fixes, where any, give the text back.
#[track_caller]
fn assert_recalled(check: &str, is_mended: bool, mut broken: impl FnMut(&mut Chance) -> String) {
    let mut chance = Chance(7);
    let (mut missed, mut unmended) = (Vec::new(), Vec::new());
    for _ in 0..100 {
        let text = broken(&mut chance);
        assert_ne!(text, KOREAN);
        if of(check, &text).is_empty() {
            missed.push(text);
        } else if is_mended && mended(check, &text) != KOREAN {
            unmended.push(mended(check, &text));
        }
    }
    assert!(missed.len() <= 2, "{check}: {} missed, among them {}", missed.len(), missed[0]);
    assert!(unmended.len() <= 2, "{check}: {} not mended, among them {}", unmended.len(), unmended[0]);
}

const CHECKS: &[&str] = &[
    "html-entity",
    "stray-character",
    "not-nfc",
    "unbalanced-bracket",
    "mixed-quotes",
    "space-before-punctuation",
    "double-space",
    "chatter",
    "leaked-placeholder",
    "repeated-loop",
];

#[test]
fn good_text_has_no_fault() {
    for text in [KOREAN.to_owned(), KOREAN.replace('\n', "\r\n"), format!("\u{feff}{KOREAN}")] {
        let findings: Vec<_> = found(ENGLISH, &text).into_iter().filter(|finding| CHECKS.contains(&finding.check)).collect();
        assert!(findings.is_empty(), "{findings:?}");
    }
}

#[test]
fn entities_are_found_anywhere() {
    let all = places(|_, _| true);
    let entities =
        ["&quot;", "&#39;", "&amp;quot;", "&lt;", "&gt;", "&amp;", "&#x27;", "& quot;", "&nbsp;", "&apos;", "\\&quot;", "&hellip;"];
    assert_recalled("html-entity", false, |chance| inserted(chance.of(&all), chance.of(&entities)));
}

#[test]
fn entities_for_quotation_marks_are_written_as_these() {
    let quotes = places(|text, at| text[at..].starts_with('"'));
    let entities = ["&quot;", "&#34;", "&amp;quot;", "&#x22;", "& quot;", "\\&quot;", "&QUOT;"];
    assert_recalled("html-entity", true, |chance| {
        let at = chance.of(&quotes);
        format!("{}{}{}", &KOREAN[..at], chance.of(&entities), &KOREAN[at + 1..])
    });
}

#[test]
fn unseen_characters_are_found_and_taken_out() {
    let inside = places(|text, at| !text[..at].ends_with(['*', ' ', '|', '[', '\n']));
    let unseen = [
        "\u{200b}",
        "\u{200c}",
        "\u{200d}",
        "\u{feff}",
        "\u{ad}",
        "\u{200e}",
        "\u{202e}",
        "\u{2060}",
        "\u{1}",
        "\u{7f}",
        "\u{1b}[31m",
        "\u{2066}",
    ];
    assert_recalled("stray-character", true, |chance| inserted(chance.of(&inside), chance.of(&unseen)));
}

#[test]
fn broken_and_lone_characters_are_found() {
    let words = places(|text, at| text[at..].starts_with(is_hangul));
    let lost = ["\u{fffd}", "ㅎ", "ㅏ", "ㄱ", "ㄳ", "ㅎㅏㄴ", "ﾡ", "\u{3164}", "\u{b}", "\u{1100}"];
    assert_recalled("stray-character", false, |chance| inserted(chance.of(&words), chance.of(&lost)));
}

#[test]
fn wide_letters_are_found_and_narrowed() {
    let narrow = places(|text, at| text.as_bytes()[at].is_ascii_alphanumeric());
    assert_recalled("stray-character", true, |chance| {
        let at = chance.of(&narrow);
        let wide = char::from_u32(u32::from(KOREAN.as_bytes()[at]) + 0xfee0).expect("a wide letter");
        format!("{}{wide}{}", &KOREAN[..at], &KOREAN[at + 1..])
    });
}

#[test]
fn decomposed_words_are_found_once_and_composed() {
    let words = places(|text, at| text[at..].starts_with(is_hangul));
    assert_recalled("not-nfc", true, |chance| {
        let at = chance.of(&words);
        let end = KOREAN.ceil_char_boundary((at + chance.below(60) + 1).min(KOREAN.len()));
        // An address or code that is decomposed stays so.
        let piece = KOREAN[at..end].split(['`', '(', '[', '|', '\n']).next().unwrap_or_default();
        format!("{}{}{}", &KOREAN[..at], decomposed(piece), &KOREAN[at + piece.len()..])
    });
    let whole = decomposed(KOREAN);
    let [finding] = &of("not-nfc", &whole)[..] else { panic!("one finding") };
    assert!(finding.message.starts_with("`이` and ") && !finding.fix.is_empty(), "{}", finding.message);
    assert_eq!(mended("not-nfc", &whole), KOREAN);
}

#[test]
fn lone_halves_are_found() {
    let halves = places(|text, at| text[at..].starts_with(['(', ')', '[', ']', '"']));
    assert_recalled("unbalanced-bracket", false, |chance| {
        let at = chance.of(&halves);
        format!("{}{}", &KOREAN[..at], &KOREAN[at + 1..])
    });
    let all = places(|text, at| text[..at].ends_with(is_hangul) && text[at..].starts_with(is_hangul));
    let marks = ["(", ")", "「", "』", "《", "〉", "“", "”", "（", "]"];
    assert_recalled("unbalanced-bracket", false, |chance| inserted(chance.of(&all), chance.of(&marks)));
}

#[test]
fn mixed_quotation_marks_are_found() {
    let quoted = ["\"작은\"", "\"꽤\"", "\"우리도 놀랐다.\"", "\"아무도 재지 않았기 때문\""];
    assert_recalled("mixed-quotes", false, |chance| {
        let quotation = chance.of(&quoted);
        KOREAN.replace(quotation, &format!("“{}”", quotation.trim_matches('"')))
    });
}

#[test]
fn blanks_before_marks_are_found_and_taken_out() {
    let marks = places(|text, at| text[at..].starts_with(['.', ',', '!', '?']) && text[at + 1..].starts_with([' ', '\n', '"']));
    assert_recalled("space-before-punctuation", true, |chance| inserted(chance.of(&marks), chance.of(&[" ", "  ", "\u{a0}"])));
}

#[test]
fn double_blanks_are_found_and_one_is_left() {
    let before_table = KOREAN.find("| 이름").expect("a table");
    let blanks = places(|text, at| at < before_table && text[at..].starts_with(' ') && !text[..at].ends_with(['*', ')']));
    assert_recalled("double-space", true, |chance| inserted(chance.of(&blanks), chance.of(&[" ", "  ", "\u{a0}"])));
}

#[test]
fn talk_of_machines_is_found() {
    let items = places(|text, at| text[..at].ends_with("- ") || text[..at].ends_with("\n\n") || text[..at].ends_with("- **"));
    let ends = places(|text, at| text[..at].ends_with(". ") || text[..at].ends_with("! "));
    let phrases = [
        "Here is the translation: ",
        "Here's the Korean translation:\n\n",
        "Sure! ",
        "Certainly! Here is the translation. ",
        "Translation: ",
        "Korean translation: ",
        "Note: ",
        "As an AI language model, I cannot. ",
        "다음은 번역입니다: ",
        "다음은 요청하신 한국어 번역입니다.\n\n",
        "아래는 번역한 내용입니다: ",
        "번역: ",
        "번역 결과: ",
        "한국어 번역: ",
        "물론입니다! ",
        "물론이죠. ",
        "네, 번역해 드리겠습니다. ",
        "알겠습니다. ",
        "참고: ",
        "AI 언어 모델로서 저는 번역합니다. ",
    ];
    assert_recalled("chatter", false, |chance| inserted(chance.of(&items), chance.of(&phrases)));
    let notes = ["(참고: 직역했습니다.) ", "Note: this is literal. ", "(Note: literal.) ", "I hope this helps! ", "번역: "];
    assert_recalled("chatter", false, |chance| inserted(chance.of(&ends), chance.of(&notes)));
    for fenced in [
        format!("```markdown\n{KOREAN}```\n"),
        format!("```\n{KOREAN}```\n"),
        format!("{KOREAN}```\n"),
        format!("다음\n\n```md\n{KOREAN}```\n"),
    ] {
        assert_eq!(of("chatter", &fenced).len(), 1, "{fenced}");
    }
}

#[test]
fn placeholders_are_found() {
    let all = places(|text, at| text[at..].starts_with(is_hangul) && text[..at].ends_with([' ', '"', '(']));
    let marks = [
        "⟦1⟧",
        "⟦/1⟧",
        "⟦2/⟧",
        "⟦ 1 ⟧",
        "⟦1",
        "1⟧",
        "〚1〛",
        "__PH1__",
        "__PH_1__",
        "{{0}}",
        "{0}",
        "{name}",
        "<x id=\"1\"/>",
        "<0>",
        "</0>",
        "[[1]]",
        "[[/1]]",
        "%s",
        "%1$s",
        "XXPLACEHOLDERXX",
        "XXPH1XX",
        "<unk>",
        "<|im_end|>",
        "@@0@@",
        "▁",
    ];
    assert_recalled("leaked-placeholder", false, |chance| {
        let (before, after) = chance.of(&[("", " "), ("", "")]);
        inserted(chance.of(&all), &format!("{before}{}{after}", chance.of(&marks)))
    });
}

#[test]
fn loops_are_found() {
    let words = places(|text, at| text[at..].starts_with(is_hangul) && text[..at].ends_with(' '));
    assert_recalled("repeated-loop", false, |chance| {
        let at = chance.of(&words);
        let word: String = KOREAN[at..].chars().take_while(|c| is_hangul(*c)).collect();
        match chance.below(4) {
            0 => inserted(at, &format!("{word} ").repeat(3 + chance.below(20))),
            1 => inserted(at, &"그 큰 모델은 ".repeat(4 + chance.below(9))),
            2 => inserted(at, &"이것은 아주 크다. ".repeat(3)),
            _ => inserted(at, &chance.of(&["다", "그", "의"]).repeat(8 + chance.below(30))),
        }
    });
}

#[test]
fn what_the_english_has_as_well_passes() {
    for (english, korean) in [
        ("- AT&amp;T\n", "- AT&amp;T\n"),
        ("- Use &nbsp; here\n", "- 여기 &nbsp; 쓴다\n"),
        ("- A \u{200b} here\n", "- 여기 \u{200b}가 있다\n"),
        ("- Print %s and {name}\n", "- %s와 {name}을 쓴다\n"),
        ("- Of course. It works.\n", "- 물론입니다. 됩니다.\n"),
        ("- Note: it works.\n", "- 참고: 됩니다.\n"),
        ("- The translation: good.\n", "- 번역: 좋다.\n"),
        ("- Never, never, never, never give up.\n", "- 절대로, 절대로, 절대로, 절대로 포기하지 마라.\n"),
        ("- It (is open.\n", "- 이것은 (열렸다.\n"),
        ("- A **word**&#8203; and\n", "- **말(말)**&#8203;은\n"),
        ("```markdown\n- x\n```\n\n- A\n", "```markdown\n- 가\n```\n\n- 나\n"),
    ] {
        let findings: Vec<_> = found(english, korean).into_iter().filter(|finding| CHECKS.contains(&finding.check)).collect();
        assert!(findings.is_empty(), "{korean}: {findings:?}");
    }
}

#[test]
fn a_korean_file_alone_is_read_with_care() {
    let project = Project::new("");
    project.remove("x.md");
    project.write("x.ko.md", "- 물론입니다. AT&amp;T는 {name}과 %s를 씁니다. 참고: 1 &lt; 2 ㅋㅋ (가) 2 ** 3\n");
    project.write("y.ko.txt", "모델은 1 &lt; 2 를 배운다.\n");
    let run = project.run(&["check", "x.ko.md", "--fail-on", "hint"]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    let run = project.run(&["check", "y.ko.txt", "--only", "html-entity", "--fix"]);
    assert_eq!(project.read("y.ko.txt"), "모델은 1 < 2 를 배운다.\n", "{}", run.stdout);
}

#[test]
fn no_control_character_reaches_the_reader() {
    let project = Project::new("- A model.\n");
    project.write("x.ko.md", "- 모\x1b[31m델\u{202e}은 ⟦\x1b[2J1⟧ 크\u{0}다 \x07\u{9b}2J.\n");
    for format in ["human", "json"] {
        let run = project.run(&["check", "x.md", "--format", format, "--fail-on", "never"]);
        assert!(!run.stdout.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{}", run.stdout);
    }
}
