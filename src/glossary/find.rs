//! Finds terms in English: inflected, with a hyphen, a blank or nothing at each joint, the longest term first.

use std::collections::HashMap;

use super::inflect::{forms_of_gerund, plurals, verb_forms};
use super::words::{Joint, Word, words};
use super::{Case, Term};
use crate::span::Span;

/// Prefixes that make another term of the one after their hyphen.
const NEGATING: &[&str] = &["non", "un", "anti"];

/// A term in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Its number in the glossary.
    pub term: usize,
    /// Where it stands, possessive endings left out.
    pub span: Span,
}

/// Every form of every entry, by its letters in lower case without joints.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    forms: HashMap<String, Vec<Form>>,
    /// The most words of a form.
    words: usize,
}

#[derive(Clone, Debug)]
struct Form {
    term: usize,
    /// The letters as the entry spells them.
    spelled: String,
    /// Where the entry has a joint, in bytes of the key; true for a possessive.
    joints: Vec<(usize, bool)>,
    derivation: Derivation,
}

/// A form that another entry lists itself is that entry's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Derivation {
    Listed,
    Plural,
    Verb,
}

impl Index {
    pub(super) fn new(terms: &[Term]) -> Self {
        let mut index = Self::default();
        for (number, term) in terms.iter().enumerate() {
            for listed in std::iter::once(&term.english).chain(&term.forms) {
                index.add(number, listed, Derivation::Listed);
            }
            let start = term
                .english
                .rfind(|c: char| !c.is_alphanumeric())
                .map_or(0, |at| at + term.english[at..].chars().next().map_or(1, char::len_utf8));
            let (head, last) = term.english.split_at(start);
            if last.is_empty() {
                continue;
            }
            let verbs = if term.verb { verb_forms(last) } else { forms_of_gerund(last) };
            for (forms, derivation) in [(plurals(last), Derivation::Plural), (verbs, Derivation::Verb)] {
                forms.iter().for_each(|form| index.add(number, &format!("{head}{form}"), derivation));
            }
        }
        index
    }

    fn add(&mut self, term: usize, form: &str, derivation: Derivation) {
        let words = words(form);
        // A form that no text can hold as words (an identifier, punctuation alone) is never found.
        if words.is_empty() || words.iter().any(|word| word.identifier) || words[1..].iter().any(|word| word.joint == Joint::Break) {
            return;
        }
        let mut key = String::new();
        let mut joints = Vec::new();
        for word in &words {
            if !key.is_empty() {
                joints.push((key.len(), word.joint == Joint::Possessive));
            }
            key.push_str(&word.text.to_lowercase());
        }
        self.words = self.words.max(words.len());
        let spelled = words.iter().map(|word| word.text).collect();
        self.forms.entry(key).or_default().push(Form { term, spelled, joints, derivation });
    }

    /// Every term of the text, from left to right; a term inside a longer one does not count. All senses of a word have one span.
    pub(super) fn find(&self, terms: &[Term], text: &str) -> Vec<Hit> {
        let words = words(text);
        let mut hits: Vec<Hit> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let (count, forms) = self.longest(terms, &words, at);
            for form in forms {
                let hit = Hit { term: form.term, span: words[at].start..words[at + count - 1].span().end };
                if !hits.contains(&hit) {
                    hits.push(hit);
                }
            }
            at += count.max(1);
        }
        hits
    }

    /// The most words from `at` on that are a form, and the forms that they are.
    fn longest(&self, terms: &[Term], words: &[Word], at: usize) -> (usize, Vec<&Form>) {
        let mut longest = (0, Vec::new());
        if at > 0 && words[at].joint == Joint::Hyphen && NEGATING.iter().any(|prefix| words[at - 1].text.eq_ignore_ascii_case(prefix)) {
            return longest;
        }
        let mut phrase = Phrase::default();
        // One more than a form's words: an entry written solid may stand with a hyphen or a blank (data set).
        for (count, word) in words[at..].iter().take(self.words + 1).enumerate() {
            if word.identifier || (count > 0 && word.joint == Joint::Break) {
                break;
            }
            phrase.push(word);
            let Some(forms) = self.forms.get(&phrase.key) else { continue };
            let mut forms: Vec<&Form> = forms.iter().filter(|form| phrase.is(form, terms[form.term].case)).collect();
            if let Some(best) = forms.iter().map(|form| form.derivation).min() {
                forms.retain(|form| form.derivation == best);
                longest = (count + 1, forms);
            }
        }
        longest
    }
}

/// Words that follow each other in a text.
#[derive(Default)]
struct Phrase {
    key: String,
    spelled: String,
    joints: Vec<(usize, Joint)>,
    initial: bool,
    camel: bool,
}

impl Phrase {
    fn push(&mut self, word: &Word) {
        if self.key.is_empty() {
            self.initial = word.initial;
        } else {
            self.joints.push((self.key.len(), word.joint));
        }
        self.key.push_str(&word.text.to_lowercase());
        self.spelled.push_str(word.text);
        self.camel |= word.is_camel();
    }

    fn is(&self, form: &Form, case: Case) -> bool {
        let spelled = self.spelled == form.spelled || (self.initial && self.is_capitalised(&form.spelled));
        // The letters are the same but for case; a name in camelCase is no word.
        (spelled || (case == Case::Any && !self.camel)) && self.joints_fit(form)
    }

    fn is_capitalised(&self, form: &str) -> bool {
        let (mut own, mut other) = (self.spelled.chars(), form.chars());
        own.next().zip(other.next()).is_some_and(|(a, b)| b.is_lowercase() && b.to_uppercase().eq([a])) && own.eq(other)
    }

    /// Blanks, hyphens and nothing are the same at a form's own joints. Where the form has none, a hyphen or a blank may stand
    /// between pieces that are no mere articles or prefixes of one letter: data set, non-convex.
    fn joints_fit(&self, form: &Form) -> bool {
        let possessive = |at: usize| self.joints.contains(&(at, Joint::Possessive));
        if form.joints.iter().any(|&(at, owned)| owned != possessive(at)) {
            return false;
        }
        let edges: Vec<usize> = [0].into_iter().chain(self.joints.iter().map(|joint| joint.0)).chain([self.key.len()]).collect();
        self.joints.iter().zip(edges.windows(3)).all(|(&(at, joint), around)| {
            let shortest = (around[1] - around[0]).min(around[2] - around[1]);
            form.joints.iter().any(|own| own.0 == at)
                || match joint {
                    Joint::Hyphen => shortest >= 2,
                    Joint::Blank => shortest >= 3,
                    Joint::Possessive | Joint::Break => false,
                }
        })
    }
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
    fn every_sense_is_found() {
        let glossary = Glossary::load("glossary.toml", GLOSSARY).expect("loads");
        let terms = glossary.terms_in("two batches, one batch");
        assert_eq!(terms.iter().map(|term| term.preferred()).collect::<Vec<_>>(), ["배치", "일괄"]);
        assert!(Glossary::empty().terms_in("batch").is_empty());
    }
}
