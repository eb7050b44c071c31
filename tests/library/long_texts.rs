//! Texts of one piece again and again, as no person writes them: every check reads them to their end, and says of them no more than fits
//! them. How the work grows with them is measured by the bench `growth`; here a text that is read once for each of its words takes hours.

use std::path::PathBuf;

use translate_digest::checks::{self, ALL, Chosen, Context};
use translate_digest::digest::{Digest, Format};
use translate_digest::draft::pair::pair;
use translate_digest::glossary::Glossary;
use translate_digest::pipeline::check::{Checked, Files};
use translate_digest::reports::{Github, Human, Json, Rdjson, Report, Sarif};

/// Bytes of a text.
const SIZE: usize = 40_000;

/// The stack of a thread that checks: no check calls itself for each word.
const STACK: usize = 1 << 20;

const TERMS: &str = "[terms]\nmodel = { korean = \"모델\", avoid = [\"모형\"] }\n\"loss function\" = { korean = \"손실 함수\", spacing = \"exact\" }\n\
                     \"saddle point\" = { korean = \"안장점\", avoid = [\"새들 포인트\"] }\nlearning = \"학습\"\nword = \"단어\"\n\
                     GPT = { keep = true, read = \"지피티\" }\n[words]\nknown = [\"학습기\", \"손실 보험\"]\n";

/// Pieces of Korean texts.
#[rustfmt::skip]
const KOREAN: &[&str] = &[
    "학습 ", "학습", "학습기을 ", "모형을 ", "새들 포인트를 ", "손실함수는 ", "함수을 ", "모델을(를) ", "을(를)", "GPT 를 ", "GPT-4는 ", "[가]", "[가", "(가 ", "“가 ", "“가” ", "\"가 ", "'가 ", "((", "가) ", ") ", "{[",
    "가, ", "가 , ", "가  ", "가\u{a0}", "가\u{200b}", "\u{202e}가 ", "Ａ", "ㅋ", "ㅋㅋ ", "漢字 ", "の ", "а ", "(の ", "3만 5천 ", "삼만 오천 ", "1a", "1,234.5 ", "1 ", "5% ", "2021년 5월 ", "3~5개 ", "할수있을", "할수있는것 ", "에서뿐이었",
    "한다. ", "한다 합니다 ", "까? ", "다.” ", "매우 매우 ", "하하 ", "그리고 또 ", "**가(나)**를 ", "_가_는 ", "`가를 ", "`가`를 ", "**가 ", "~~가 ", "~가~ ", "[가] (http://a.b) ", "[가](http ", "&quot;", "&#39;가 ", "&amp;quot; ",
    "⟦1⟧", "__PH1__ ", "{{0}} ", "%s ", "<x id=\"1\"/> ", "[[1]] ", "물론입니다! ", "번역: ", "Sure! ", "에 의해 되어진다 ", "들은 들이 들을 ", "\u{1112}\u{1161}\u{11ab}", "<!-- translate: allow double-space: x -->\n- 가  나\n", "- 가\n", "가\n\n", "> 가\n", "## 가.\n\n",
    "| 가 | 나 |\n", "```md\n가\n```\n", "안 되 ", "던지 ", "Modle ", "Word5x 가 ",
];

/// Pieces of English texts.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "million ", "model ", "models ", "loss function ", "*a ", "<a ", "<!A ", "$a ", "![a", "<![CDATA[", "\"a ", "[*a*](b) ", "[a](https://a.b/c) ", "[a][b] ", "a[^1] ", "word ", "word. ", "e.g. ", "one hundred ", "John Smith ", "aB ", "a/b ", "[a", "'a'",
    "- [A](https://a.b) – Text.\n", "- a\n- b\n\nc\n\n",
];

fn text(piece: &str) -> String {
    format!("{}\n", piece.repeat(SIZE / piece.len()))
}

/// Checks a Korean text with its English: no check breaks off, and no report prints more than its findings ask for.
fn check(glossary: &Glossary, korean: &str, english: Option<&str>) {
    let chosen: Vec<Chosen> = ALL.iter().map(|&check| Chosen { check, severity: check.about().severity }).collect();
    let digest = Digest::parse(korean, Format::Markdown, None);
    let other = english.map(|text| Digest::parse(text, Format::Markdown, None));
    let pairs = other.as_ref().map(|other| pair(other, &digest, &vec![Vec::new(); other.segments.len()]));
    let context = Context::new(glossary, &digest, other.as_ref().zip(pairs.as_ref()));
    let found = checks::run(&context, &chosen);
    assert_eq!(found.broken, Vec::<&str>::new());
    if let Some(fixed) = checks::apply(&digest, &found.findings) {
        assert!(!fixed.applied.is_empty());
    }
    let count = found.findings.len();
    let files = Files { korean: PathBuf::from("x.ko.md"), english: english.map(|_| PathBuf::from("x.md")) };
    let checked = Checked { files: &files, korean, english, items: digest.items.len(), found, sightings: None };
    let reports: [&dyn Report; 5] = [&Human { colour: true, waived: false }, &Json, &Github::new(false), &Sarif, &Rdjson { waived: false }];
    for report in reports {
        let length = report.file(&checked).len();
        let most = 4_000 * count + 8 * (korean.len() + english.map_or(0, str::len));
        assert!(length <= most, "{count} findings in {length} bytes");
    }
}

/// Checks each piece alone and beside its like, in a thread with a small stack.
fn read_to_the_end(pieces: &'static [&'static str]) {
    let work = move || {
        let glossary = Glossary::load("glossary.toml", TERMS).expect("loads");
        for piece in pieces {
            let text = text(piece);
            check(&glossary, &text, None);
            check(&glossary, &text, Some(&text));
        }
    };
    std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread").join().expect("no check broke off");
}

#[test]
fn long_korean_texts_are_checked_to_their_end() {
    read_to_the_end(KOREAN);
}

#[test]
fn long_english_texts_are_checked_to_their_end() {
    read_to_the_end(ENGLISH);
}

#[test]
fn one_side_may_be_long_in_another_way() {
    let work = || {
        let glossary = Glossary::load("glossary.toml", TERMS).expect("loads");
        for (english, korean) in [
            ("word. ", "학습 "),
            ("- [A](https://a.b) – 5 models.\n", "- 학습\n"),
            ("[a](https://a.b/c) ", "[가](https://a.b/d) "),
            ("`a` ", "`b` "),
            ("[a][b] ", "[가][나] "),
            ("Model5x ", "Word5x 가 "),
            ("5 models. ", "6개 "),
            ("- a\n", "1. 가\n\n나\n\n"),
        ] {
            check(&glossary, &text(korean), Some(&text(english)));
        }
    };
    std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread").join().expect("no check broke off");
}
