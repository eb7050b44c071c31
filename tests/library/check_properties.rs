//! What holds for any text: a fix changes its own words and nothing else, fixing comes to rest, and stored forms of a text are equal.

use proptest::prelude::*;
use translate_digest::checks::{self, Chosen, Context, Finding};
use translate_digest::digest::{Digest, Format};
use translate_digest::draft::pair::pair;
use translate_digest::glossary::Glossary;
use translate_digest::korean::hangul::{composed, decomposed};

const GLOSSARY: &str = r#"[terms]
"saddle point" = { korean = "안장점", avoid = ["새들 포인트", "말안장점"] }
nonconvex = { korean = "비 볼록", also = ["볼록하지 않은"], spacing = "exact" }
model = { korean = "모형", avoid = ["모델"] }
gradient = { korean = "기울기", avoid = ["그래디언트"] }
kernel = { korean = "커널", avoid = ["핵"] }
batch = [{ korean = "배치", avoid = ["뱃치", "일괄"] }, { korean = "일괄" }]
BERT = { keep = true, read = "버트", avoid = ["버트"] }
GAN = { keep = true, avoid = ["간"] }
"#;

const ENGLISH: &str = "- A saddle point of a nonconvex model, its gradient, kernel, batch, BERT and GAN.\n";

/// What all checks find in a Korean text beside [`ENGLISH`].
fn found(korean: &str) -> Vec<Finding> {
    let glossary = Glossary::load("glossary.toml", GLOSSARY).expect("loads");
    let (english, korean) = (Digest::parse(ENGLISH, Format::Markdown, None), Digest::parse(korean, Format::Markdown, None));
    let pairs = pair(&english, &korean, &vec![Vec::new(); english.segments.len()]);
    let found = checks::run(&Context::new(&glossary, &korean, Some((&english, &pairs))), &Chosen::all());
    assert!(found.broken.is_empty(), "{:?}", found.broken);
    found.findings
}

fn fixed(korean: &str) -> Option<String> {
    checks::apply(&Digest::parse(korean, Format::Markdown, None), &found(korean)).map(|fixed| fixed.text)
}

/// The text when nothing more is to be fixed.
fn at_rest(korean: &str) -> String {
    let mut text = korean.to_owned();
    for _ in 0..8 {
        match fixed(&text) {
            Some(next) => text = next,
            None => return text,
        }
    }
    panic!("{korean:?} does not come to rest: {text:?}");
}

/// Items of words that meet each other in every way, with markup and particles, stored either way.
fn any_item() -> impl Strategy<Value = String> {
    let pieces = [
        "새들 포인트",
        "새들",
        "포인트",
        "말안장점",
        "안장점",
        "모델",
        "모형",
        "그래디언트",
        "핵",
        "뱃치",
        "일괄",
        "버트",
        "BERT",
        "간",
        "GAN",
        "비볼록",
        "비 볼록",
        "을",
        "를",
        "은",
        "는",
        "이",
        "가",
        "과",
        "와",
        "으로",
        "로",
        "이다",
        "였다",
        "라는",
        "들은",
        "에서",
        "하는",
        "되어",
        "을(를)",
        "(으)로",
        " ",
        " ",
        " ",
        ", ",
        ".",
        "(",
        ")",
        "\"",
        "'",
        "**",
        "*",
        "`",
        "[",
        "](a)",
        "<b>",
        "</b>",
        "&amp;",
        "&quot;",
        "&lt;",
        "&nbsp;",
        "quot;",
        "#39;",
        "\u{200b}",
        "\u{feff}",
        "\u{3000}",
        "\u{a0}",
        "\u{b}",
        "\x1b[31m",
        "ＡＩ",
        "ㅋ",
        "“",
        "⟦1⟧",
        "참고: ",
        " .",
        " ,",
        "\\",
        "3",
        "10",
        "%",
        "API",
        "x",
        "\n  ",
        "\n- ",
    ];
    let piece = prop_oneof![8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    (prop::collection::vec(piece, 0..24), any::<bool>()).prop_map(|(pieces, decompose)| {
        let text = format!("- {}\n", pieces.concat());
        if decompose { decomposed(&text) } else { text }
    })
}

#[test]
fn the_texts_have_something_to_fix() {
    assert_eq!(at_rest("- **새들 포인트**를 비볼록 모델로 버트는\n"), "- **안장점**을 비 볼록 모형으로 BERT는\n");
}

/// Once failed.
#[test]
fn emphasis_around_a_stop_comes_to_rest() {
    let text = at_rest("- *.*새들 포인트\n");
    assert_eq!(at_rest(&text), text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn fixing_comes_to_rest(korean in any_item()) {
        let text = at_rest(&korean);
        prop_assert_eq!(at_rest(&text), text);
    }

    #[test]
    fn spans_are_text_and_findings_are_in_their_order(korean in any_item()) {
        let findings = found(&korean);
        for finding in &findings {
            prop_assert!(korean.get(finding.span.clone()).is_some(), "{finding:?}");
            prop_assert!(finding.fix.iter().all(|edit| korean.get(edit.span.clone()).is_some_and(|old| old != edit.text)), "{finding:?}");
            prop_assert!(finding.english.as_ref().is_none_or(|english| ENGLISH.get(english.span.clone()).is_some()));
        }
        prop_assert!(findings.is_sorted_by_key(|finding| finding.span.start));
        let names: std::collections::HashSet<&str> = findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
        prop_assert_eq!(names.len(), findings.len());
    }

    #[test]
    fn decomposed_text_has_the_same_faults(korean in any_item()) {
        // That text is decomposed is one check's own fault. Only Hangul is stored in two ways here: a mark that could be part of another letter is not.
        prop_assume!(decomposed(&composed(&korean)) == decomposed(&korean));
        let shown = |text: &str| -> Vec<(&str, String, String)> {
            let told = found(text).into_iter().filter(|finding| finding.check != "not-nfc");
            told.map(|finding| (finding.check, composed(&text[finding.span]), finding.message)).collect()
        };
        prop_assert_eq!(shown(&composed(&korean)), shown(&decomposed(&korean)));
    }

    #[test]
    fn any_text_at_all_can_be_checked_and_fixed(korean: String) {
        at_rest(&korean);
    }
}
