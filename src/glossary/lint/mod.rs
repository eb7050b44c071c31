//! What a glossary says that its authors cannot have meant. Nothing here stops a run: only TOML and schema faults do.

mod between;
mod entry;
mod example;
mod particle_end;

use std::collections::{HashMap, HashSet};

use super::{Glossary, Rendering, Term};
use crate::korean::hangul::composed;
use crate::span::Span;

/// One thing to look at in `glossary.toml`; each is a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// The stable name of the rule, one of [`NAMES`].
    pub name: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The bytes of the file that are at fault.
    pub span: Span,
    /// Another place of the file that explains it, and what is there.
    pub related: Option<(Span, &'static str)>,
}

/// Every rule.
pub const NAMES: &[&str] = &[
    "avoid-contains-preferred",
    "avoid-is-accepted",
    "blanks",
    "duplicate-term",
    "failing-example",
    "keep-with-korean",
    "never-found",
    "not-nfc",
    "one-syllable",
    "particle-ending",
    "preferred-is-avoided",
    "read-not-hangul",
    "repeated-form",
    "shared-rendering",
];

/// All lints of a glossary, in the order of the file.
pub(super) fn lint(glossary: &Glossary) -> Vec<Lint> {
    let mut lints = Vec::new();
    let forms = Forms::new(glossary);
    for (number, term) in glossary.terms().iter().enumerate() {
        entry::lint(glossary, number, term, &forms, &mut lints);
        example::lint(glossary, number, term, &mut lints);
    }
    between::lint(glossary.terms(), &forms, &mut lints);
    lints.sort_by(|a, b| (a.span.start, a.name).cmp(&(b.span.start, b.name)));
    // Senses share their key, and so what is said of it.
    lints.dedup();
    lints
}

/// The Korean forms of all entries, folded, so that each can be looked up.
struct Forms {
    /// Which entries prefer a form.
    preferred: HashMap<String, Vec<usize>>,
    /// Forms that some entry accepts.
    accepted: HashSet<String>,
    /// Everyday words that are no terms.
    known: HashSet<String>,
}

impl Forms {
    fn new(glossary: &Glossary) -> Self {
        let mut preferred: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, term) in glossary.terms().iter().enumerate() {
            if let Some(rendering) = written(term) {
                preferred.entry(folded(&rendering.text)).or_default().push(number);
            }
        }
        let accepted = glossary.terms().iter().flat_map(Term::accepted).map(folded).collect();
        Self { preferred, accepted, known: glossary.known().iter().map(|word| folded(word)).collect() }
    }

    /// The entries with this preferred rendering, blanks and case aside.
    fn of(&self, folded: &str) -> &[usize] {
        self.preferred.get(folded).map_or(&[], Vec::as_slice)
    }
}

/// The Korean that an entry prefers; none for a name that stays.
fn written(term: &Term) -> Option<&Rendering> {
    term.korean.as_ref().filter(|_| !term.keep)
}

/// A Korean form as the finder compares it: composed, without blanks, in lower case.
fn folded(korean: &str) -> String {
    composed(korean).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lints of a glossary as `name: the bytes`, with what is related after an arrow.
    pub(super) fn lints_of(text: &str) -> Vec<String> {
        let glossary = Glossary::load("glossary.toml", text).expect("loads");
        let shown = |lint: &Lint| {
            assert!(NAMES.contains(&lint.name), "{}", lint.name);
            let related = lint.related.as_ref().map(|(span, label)| format!(" <- {label} {}", &text[span.clone()]));
            format!("{}: {}{}", lint.name, &text[lint.span.clone()], related.unwrap_or_default())
        };
        lint(&glossary).iter().map(shown).collect()
    }

    #[track_caller]
    fn assert_lints(terms: &str, expected: &[&str]) {
        assert_eq!(lints_of(&format!("[terms]\n{terms}\n")), expected, "{terms}");
    }

    #[test]
    fn one_english_word_is_listed_once() {
        assert_lints(
            "\"fine-tuning\" = \"미세 조정\"\n\"Fine tuning\" = \"파인 튜닝\"",
            &["duplicate-term: \"Fine tuning\" <- first listed here \"fine-tuning\""],
        );
        assert_lints(
            "dataset = \"데이터셋\"\ndata = { korean = \"자료\", forms = [\"data set\"] }",
            &["duplicate-term: data <- first listed here dataset"],
        );
        // Senses, words of other letters, and capitals that are told from small letters.
        assert_lints("batch = [{ korean = \"배치\", sense = \"a\" }, { korean = \"일괄\", sense = \"b\" }]\nbatches = \"묶음\"", &[]);
        assert_lints("US = { keep = true }\nus = { korean = \"우리\", case = \"exact\" }", &[]);
    }

    #[test]
    fn one_rendering_belongs_to_one_term() {
        assert_lints("loss = \"손실 값\"\ncost = \"손실값\"", &["shared-rendering: \"손실값\" <- first listed here \"손실 값\""]);
        assert_lints("SGD = { keep = true }\nGAN = { keep = true }", &[]);
    }

    #[test]
    fn no_form_is_preferred_here_and_avoided_there() {
        assert_lints(
            "convex = \"볼록\"\ndome = { korean = \"둥근 지붕\", avoid = [\"볼록\"] }",
            &["preferred-is-avoided: \"볼록\" <- avoided here \"볼록\""],
        );
        assert_lints(
            "overfitting = { korean = \"과적합\", also = [\"과맞춤\"], avoid = [\"과 적합\", \"과맞춤\", \"과적합화\"] }",
            &[
                "avoid-contains-preferred: \"과 적합\" <- preferred here \"과적합\"",
                "avoid-is-accepted: \"과맞춤\" <- accepted here \"과맞춤\"",
                "avoid-contains-preferred: \"과적합화\" <- preferred here \"과적합\"",
            ],
        );
        assert_lints(
            "convex = \"볼록\"\nlens = { korean = \"렌즈\", avoid = [\"볼록 렌즈판\"] }",
            &[
                "avoid-contains-preferred: \"볼록 렌즈판\" <- preferred here \"볼록\"",
                "avoid-contains-preferred: \"볼록 렌즈판\" <- preferred here \"렌즈\"",
            ],
        );
        // The forms of a longer term are made of those of its words.
        assert_lints("function = \"함수\"\n\"loss function\" = { korean = \"손실 함수\", avoid = [\"오류 함수\"] }", &[]);
    }

    #[test]
    fn a_form_is_listed_once() {
        assert_lints(
            "nonconvex = { korean = \"비 볼록\", also = [\"비볼록\", \"오목\", \"오목\"], avoid = [\"철형\", \"철 형\"] }",
            &[
                "repeated-form: \"비볼록\" <- first listed here \"비 볼록\"",
                "repeated-form: \"오목\" <- first listed here \"오목\"",
                "repeated-form: \"철 형\" <- first listed here \"철형\"",
            ],
        );
    }

    #[test]
    fn forms_are_clean_text() {
        assert_lints("\" a b\" = \"가나 \"", &["blanks: \" a b\"", "blanks: \"가나 \""]);
        assert_lints("loss = { korean = \"손실\", also = [\"\u{1109}\u{1169}\u{11ab}해\"] }", &["not-nfc: \"\u{1109}\u{1169}\u{11ab}해\""]);
        assert_lints("layer = { korean = \"층\", avoid = [\"켜\"] }", &["one-syllable: \"층\"", "one-syllable: \"켜\""]);
        assert_lints("\"saddle point\" = \"안장점을\"", &["particle-ending: \"안장점을\""]);
    }

    #[test]
    fn a_name_that_stays_has_no_korean_and_is_read_in_hangul() {
        assert_lints("BERT = { keep = true, read = \"bert\" }", &["read-not-hangul: BERT"]);
        assert_lints("BERT = { keep = true, korean = \"버트\" }", &["keep-with-korean: \"버트\""]);
        assert_lints("BERT = { keep = true, read = \"버트\", avoid = [\"버트\"] }", &[]);
    }

    #[test]
    fn what_can_never_match_is_told() {
        assert_lints(
            "\"***\" = \"별표\"\nbatch_size = \"배치 크기\"\nlayer = \"...\"",
            &["never-found: \"***\"", "never-found: batch_size", "never-found: \"...\""],
        );
        let shadowed = "[terms]\nsaddle = \"안장\"\nloss = \"손실\"\n[words]\nknown = [\"안장\"]\n";
        assert_eq!(lints_of(shadowed), ["never-found: \"안장\""]);
    }

    #[test]
    fn examples_are_verified() {
        assert_lints(
            "overfitting = { korean = \"과적합\", ok = [\"과적합되는지 본다\", \"적합한지 본다\"], ng = [\"과적의 합\", \"과적합을 본다\"] }",
            &["failing-example: \"적합한지 본다\"", "failing-example: \"과적합을 본다\""],
        );
    }
}
