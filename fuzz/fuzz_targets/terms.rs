//! Any UTF-8 text: finding terms and particles does not panic, ranges lie in the text, and enforcing twice changes nothing more.
//!
//! `cargo fuzz run terms` (nightly), or `cargo fuzz run --sanitizer none terms` on stable. A text is better explored when the corpus
//! holds Korean sentences: give their folder after the target's name.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use translate_digest::digest::{Digest, Format};
use translate_digest::glossary::{Glossary, Term};
use translate_digest::korean::agreement::faults;
use translate_digest::korean::view::View;

static GLOSSARY: LazyLock<Glossary> = LazyLock::new(|| {
    let text = r#"
        [terms]
        "saddle point" = { korean = "안장점", avoid = ["새들 포인트"] }
        function = { korean = "함수", also = ["펑션"] }
        "loss function" = { korean = "손실 함수", avoid = ["로스 펑션"] }
        convex = { korean = "볼록", avoid = ["컨벡스"] }
        learning = { korean = "학습", avoid = ["러닝"] }
        layer = { korean = "층", avoid = ["레이어"] }
        BERT = { keep = true, read = "버트", avoid = ["버트"] }
        GAN = { keep = true, avoid = ["간"] }
        batch = [{ korean = "배치", avoid = ["뱃치", "일괄"] }, { korean = "일괄" }]
        "k-means" = "k-평균"
        [words]
        known = ["모델 하우스"]
    "#;
    Glossary::load("glossary.toml", text).expect("it loads")
});

fuzz_target!(|text: &str| {
    let terms: Vec<&Term> = GLOSSARY.terms().iter().collect();
    let view = View::of(text);
    for hit in GLOSSARY.find_korean(&view) {
        assert!(view.text.get(hit.tail.clone()).is_some());
        assert!(text.get(view.span(hit.range.clone())).is_some());
        for (span, _) in GLOSSARY.repair(&view, text, &hit).edits {
            assert!(text.get(span).is_some());
        }
    }
    let words = view.text.as_str();
    for misfit in faults(words, &[]).misfits {
        assert!(words.get(misfit.host).is_some() && words.get(misfit.particle).is_some_and(|written| written != misfit.right));
    }
    for spaced in faults(words, &[]).spaced {
        assert!(words.get(spaced.blank).is_some() && words.get(spaced.particle).is_some());
    }
    for alternative in faults(words, &[]).alternatives {
        assert!(words.get(alternative.span).is_some());
    }
    for (_, span) in GLOSSARY.find_english(text) {
        assert!(text.get(span).is_some());
    }
    let once = GLOSSARY.enforce(&terms, text).text;
    assert_eq!(GLOSSARY.enforce(&terms, &once).text, once);
    for prose in Digest::parse(text, Format::Markdown, None).prose() {
        for hit in GLOSSARY.find_korean(&prose.view) {
            assert!(text.get(prose.view.span(hit.range)).is_some());
        }
    }
});
