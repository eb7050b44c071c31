//! Finds terms in English: inflected, with a hyphen, a blank or nothing at each joint, the longest term first.

use std::sync::OnceLock;

use super::index::{Derivation, Form, Forms, Hash, PHRASE};
use super::words::{Joint, Word, words};
use super::{Case, Term};
use crate::span::Span;

/// Prefixes that make another term of the one after their hyphen.
const NEGATING: &[&str] = &["non", "un", "anti"];

/// What a product is called by those who name it: the Transformers library.
const PRODUCTS: &[&str] = &["library", "libraries", "package", "packages", "repo", "repository", "docs", "documentation", "toolkit", "hub"];

/// What follows the name of a product and no plural: Datasets is.
const SINGULAR: &[&str] = &["is", "was", "has", "does", "provides", "supports", "offers", "makes", "lets", "allows", "uses", "comes"];

/// A term in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Its number in the glossary.
    pub term: usize,
    /// Where it stands, possessive endings left out.
    pub span: Span,
}

/// Every form of every entry, made when the first text is searched: a run that only reads Korean needs none.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    forms: OnceLock<Forms>,
}

impl Index {
    /// Every term of the text, from left to right; a term inside a longer one does not count. All senses of a word have one span.
    pub(super) fn find(&self, terms: &[Term], text: &str) -> Vec<Hit> {
        let forms = self.forms.get_or_init(|| Forms::new(terms));
        let words = words(text);
        let mut hits: Vec<Hit> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let (count, found) = longest(forms, terms, text, &words, at);
            for form in found.into_iter().filter(|form| form.term != PHRASE) {
                let hit = Hit { term: form.term as usize, span: words[at].start..words[at + count - 1].span().end };
                if !hits.iter().rev().take_while(|other| other.span == hit.span).any(|other| *other == hit) {
                    hits.push(hit);
                }
            }
            at += count.max(1);
        }
        hits
    }
}

/// The most words from `at` on that are a form, and the forms that they are. Nothing is allocated where there are none.
fn longest<'f>(all: &'f Forms, terms: &[Term], text: &str, words: &[Word], at: usize) -> (usize, Vec<&'f Form>) {
    let mut longest = (0, Vec::new());
    if at > 0 && words[at].joint == Joint::Hyphen && NEGATING.iter().any(|prefix| words[at - 1].text.eq_ignore_ascii_case(prefix)) {
        return longest;
    }
    let mut hash = Hash::default();
    for (index, word) in words[at..].iter().enumerate() {
        if word.identifier || (index > 0 && word.joint == Joint::Break) {
            break;
        }
        hash.push(word.text);
        if !all.may_begin(hash) {
            break;
        }
        let phrase = Phrase { words, at, count: index + 1 };
        // The phrases that are no term have no entry either.
        let case = |form: &Form| terms.get(form.term as usize).map_or(Case::Any, |term| term.case);
        let is_form = |form: &&Form| phrase.is(all, form, case(form)) && !phrase.is_product(text, form);
        let Some(best) = all.of(hash).filter(is_form).map(|form| form.derivation).min() else { continue };
        longest = (index + 1, all.of(hash).filter(|form| form.derivation == best).filter(is_form).collect());
    }
    longest
}

/// Words that follow each other in a text.
struct Phrase<'w> {
    words: &'w [Word<'w>],
    at: usize,
    count: usize,
}

impl Phrase<'_> {
    fn own(&self) -> &[Word<'_>] {
        &self.words[self.at..self.at + self.count]
    }

    fn letters(&self) -> impl Iterator<Item = char> {
        self.own().iter().flat_map(|word| word.text.chars())
    }

    fn is(&self, forms: &Forms, form: &Form, case: Case) -> bool {
        let spelled = forms.spelled(form);
        let same = spelled.chars().eq(self.letters()) || (self.own()[0].initial && self.is_capitalised(spelled));
        let any = || case == Case::Any && lower(spelled.chars()).eq(lower(self.letters())) && !self.own().iter().any(Word::is_camel);
        // The letters are the same but for case; a name in camelCase is no word.
        (same || any()) && self.joints_fit(forms.joints(form))
    }

    fn is_capitalised(&self, form: &str) -> bool {
        let (mut own, mut other) = (self.letters(), form.chars());
        own.next().zip(other.next()).is_some_and(|(a, b)| b.is_lowercase() && b.to_uppercase().eq([a])) && own.eq(other)
    }

    /// Blanks, hyphens and nothing are the same at a form's own joints. Where the form has none, a hyphen or a blank may stand
    /// between pieces that are no mere articles or prefixes of one letter: data set, non-convex.
    fn joints_fit(&self, joints: &[(u32, bool)]) -> bool {
        let mut own = joints.iter().peekable();
        let mut letters = 0;
        for (index, word) in self.own().iter().enumerate() {
            if index > 0 {
                while own.next_if(|joint| joint.0 < letters && !joint.1).is_some() {}
                let fits = match own.next_if(|joint| joint.0 == letters) {
                    Some(joint) => joint.1 == (word.joint == Joint::Possessive),
                    None => self.may_part(index),
                };
                if !fits {
                    return false;
                }
            }
            letters += word.text.chars().count() as u32;
        }
        own.all(|joint| !joint.1)
    }

    /// Whether a blank or hyphen may stand before the word `index`, where the form is written solid.
    fn may_part(&self, index: usize) -> bool {
        let length = |word: &Word| word.text.chars().count();
        let shortest = length(&self.own()[index - 1]).min(length(&self.own()[index]));
        match self.own()[index].joint {
            Joint::Hyphen => shortest >= 2,
            Joint::Blank => shortest >= 3,
            Joint::Possessive | Joint::Break => false,
        }
    }

    /// Whether a plural in capitals is the name of a product (the Transformers library, 🤗 Datasets), and not a word at the beginning
    /// of a sentence or in a title.
    fn is_product(&self, text: &str, form: &Form) -> bool {
        let word = &self.words[self.at];
        let is_name = word.text.starts_with(char::is_uppercase) && !word.text.chars().skip(1).any(char::is_uppercase);
        if self.count != 1 || form.derivation != Derivation::Plural || !is_name {
            return false;
        }
        let next = self.words.get(self.at + 1).filter(|next| next.joint == Joint::Blank);
        let before = text[..word.start].trim_end();
        if next.is_some_and(|next| PRODUCTS.contains(&next.text) || SINGULAR.contains(&next.text))
            || before.ends_with(['🤗'])
            || before.ends_with("Hugging Face")
        {
            return true;
        }
        let is_small = |word: &Word| word.text.starts_with(char::is_lowercase);
        let between = self.at > 0 && word.joint == Joint::Blank && is_small(&self.words[self.at - 1]) && next.is_none_or(is_small);
        !word.initial && between && !self.is_in_title()
    }

    /// Whether the words of more than four letters before, as far as the sentence goes, have capitals too.
    fn is_in_title(&self) -> bool {
        // No title is longer, and a text without sentences must not be read again and again.
        let before = self.words[..self.at].iter().rev().take(40);
        let mut ended = false;
        let sentence = before.take_while(|word| !std::mem::replace(&mut ended, word.initial)).filter(|word| word.text.len() > 4);
        let (mut capitals, mut others) = (0, 0);
        sentence.for_each(|word| if word.text.starts_with(char::is_uppercase) { capitals += 1 } else { others += 1 });
        capitals > 0 && others == 0
    }
}

fn lower(letters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    letters.flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::super::Glossary;

    const GLOSSARY: &str = r#"
        [terms]
        "saddle point" = "안장점"
        convex = "볼록"
        nonconvex = "비 볼록"
        "fine-tuning" = "미세 조정"
        dataset = "데이터셋"
        "data augmentation" = "데이터 증강"
        matrix = "행렬"
        "confusion matrix" = "혼동 행렬"
        "Moore's law" = "무어의 법칙"
        GAN = "생성적 적대 신경망"
        BERT = { keep = true }
        overfit = { korean = "과적합되다", verb = true }
        batch = [{ korean = "배치", sense = "training" }, { korean = "일괄", sense = "job" }]
        loss = { korean = "손실", forms = ["lossy"] }
        head = "헤드"
        optimization = "최적화"
        optimizer = "옵티마이저"
        normalizing = "정규화"
        "language modeling" = "언어 모델링"
    "#;

    fn assert_terms(text: &str, expected: &[&str]) {
        let glossary = Glossary::load("glossary.toml", GLOSSARY).expect("loads");
        let hits = glossary.english.find(glossary.terms(), text);
        let found: Vec<_> = hits.iter().map(|hit| format!("{}={}", glossary.terms()[hit.term].english, &text[hit.span.clone()])).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn joints_may_be_a_blank_a_hyphen_or_nothing() {
        assert_terms(
            "saddle point, saddle-point, saddlepoint",
            &["saddle point=saddle point", "saddle point=saddle-point", "saddle point=saddlepoint"],
        );
        assert_terms("fine tuning", &["fine-tuning=fine tuning"]);
        assert_terms("data set and data-sets", &["dataset=data set", "dataset=data-sets"]);
        assert_terms("a non-convex one", &["nonconvex=non-convex"]);
        assert_terms("saddle, point", &[]);
        assert_terms("he ad", &[]);
    }

    #[test]
    fn entries_are_inflected() {
        assert_terms("Saddle points of matrices", &["saddle point=Saddle points", "matrix=matrices"]);
        assert_terms("it overfits, overfitting", &["overfit=overfits", "overfit=overfitting"]);
        assert_terms("a fine-tuned model", &["fine-tuning=fine-tuned"]);
        assert_terms("the matrix's head", &["matrix=matrix", "head=head"]);
        assert_terms("Moore's law, Moore law", &["Moore's law=Moore's law"]);
        assert_terms("lossy lossless", &["loss=lossy"]);
        assert_terms("a header, beheaded, convexity", &[]);
    }

    #[test]
    fn the_longest_term_counts_alone() {
        assert_terms("a confusion matrix", &["confusion matrix=confusion matrix"]);
        assert_terms("nonconvex and convex", &["nonconvex=nonconvex", "convex=convex"]);
    }

    #[test]
    fn capitals_are_exact_and_other_words_are_not() {
        assert_terms("GANs, gan, Gan, GAN's", &["GAN=GANs", "GAN=GAN"]);
        assert_terms("CONVEX Convex", &["convex=CONVEX", "convex=Convex"]);
        assert_terms("BERT Bert", &["BERT=BERT"]);
    }

    #[test]
    fn names_of_code_are_no_terms() {
        assert_terms("`convex` batch_size loss() nn.loss DataSet https://x.org/convex", &[]);
        assert_terms("⟦1⟧saddle⟦/1⟧ points, ⟦2/⟧head", &["saddle point=saddle⟦/1⟧ points", "head=head"]);
    }

    #[test]
    fn products_in_capitals_are_no_terms() {
        assert_terms("We use Matrices from the Datasets library, and 🤗 Datasets. Datasets is it. Hugging Face Datasets", &[]);
        assert_terms("Losses and Gradients: Matrices", &["loss=Losses", "matrix=Matrices"]);
        assert_terms("Learning with Confusion Matrices and Datasets", &["confusion matrix=Confusion Matrices", "dataset=Datasets"]);
        assert_terms("the Dataset class", &["dataset=Dataset"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_searched(text in "([ÉéA-Ca-c' ’.,()/`⟦⟧1:@_🤗-]|Losses|data|set|Éclairs|한|library|state of the art){0,40}") {
            let glossary = Glossary::load("g", &format!("{GLOSSARY}\n\"Éclair\" = \"가\"")).expect("loads");
            for (_, span) in glossary.find_english(&text) {
                proptest::prop_assert!(text.get(span).is_some_and(|found| !found.is_empty()));
            }
        }
    }

    #[test]
    fn long_texts_without_an_end_are_read_once() {
        for piece in ["the Losses x ", "((", "a/", "``` ", "Losses ", "[\"", "x-", "[a", "'a'", "a\tb", "a\u{a0}", "\"é"] {
            let text = piece.repeat(30_000);
            let glossary = Glossary::load("g", GLOSSARY).expect("loads");
            assert!(glossary.find_english(&text).len() <= 30_000);
        }
    }

    #[test]
    fn everyday_phrases_hold_no_terms() {
        let glossary = Glossary::load("g", "[terms]\nstate = \"상태\"\nline = \"선\"\nmean = \"평균\"").expect("loads");
        for (text, count) in [
            ("a state-of-the-art model", 0),
            ("the state of the art", 0),
            ("In line with this, by means of", 0),
            ("the state of the line", 2),
        ] {
            assert_eq!(glossary.find_english(text).len(), count, "{text}");
        }
    }

    #[test]
    fn both_spellings_of_english_are_found() {
        assert_terms(
            "optimisation, normalising; Optimisers",
            &["optimization=optimisation", "normalizing=normalising", "optimizer=Optimisers"],
        );
        assert_terms("language modelling", &["language modeling=language modelling"]);
    }

    #[test]
    fn calls_and_paths_are_no_terms() {
        assert_terms("loss(x), matrix(s); ./models/matrix site/loss_fn/matrix loss/gradient", &["matrix=matrix", "loss=loss"]);
    }

    #[test]
    fn every_sense_is_found() {
        let glossary = Glossary::load("glossary.toml", GLOSSARY).expect("loads");
        let terms = glossary.terms_in("two batches, one batch");
        assert_eq!(terms.iter().map(|term| term.preferred()).collect::<Vec<_>>(), ["배치", "일괄"]);
        assert!(Glossary::empty().terms_in("batch").is_empty());
    }
}
