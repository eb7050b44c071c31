//! `doubled-word`: a word or a particle that stands twice.

use rustc_hash::FxHashMap;

use super::{About, Check, Context, Edit, Example, Finding, Group, Part, Severity};
use crate::korean::doubling::{Doubled, doubled};
use crate::korean::view::View;

/// See [`About`].
pub(super) struct DoubledWord;

const ABOUT: About = About {
    name: "doubled-word",
    group: Group::Language,
    severity: Severity::Warning,
    on: true,
    summary: "a word (모델을 모델을) or a particle (모델을을) that stands twice",
    meaning:
        "A word of two syllables and more that stands twice with only a blank between, whole or as the stem of the next (학습 학습을), is
left over from editing or made by a machine. Korean doubles adverbs and mimetics on purpose: 매우 매우, 하나 하나, 반짝 반짝 pass. So does
what the English doubles: Duran Duran.",
    example: Example {
        english: "",
        glossary: "",
        wrong: "- 이 모델을 모델을 학습한다.\n",
        right: "- 이 모델을 매우 매우 차근차근 학습한다.\n",
    },
    mend: "`--fix` takes one copy out where both are plain text.",
    waive: "A name, a title or a figure of speech says the word twice.",
};

impl Check for DoubledWord {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let text = context.korean().digest.text;
        // The English of each part, by where its Korean begins.
        let mut doubled_in_english: FxHashMap<usize, bool> = FxHashMap::default();
        let mut is_doubled_in_english = |at: usize| {
            let part = context.part_at(at);
            part.is_some_and(|part| *doubled_in_english.entry(part.korean.start).or_insert_with(|| is_doubled_in_english(context, part)))
        };
        for words in context.korean().prose() {
            let view = &words.view;
            for one in doubled(&view.text) {
                let span = view.span(one.range.clone());
                // The words of a title and of what follows it meet by chance, and so do those of a link and its neighbour.
                let meets = text[span.clone()].contains(['[', ']', '`', '<', '|']) && !view.is_whole(one.range.clone());
                if meets
                    || view.is_hidden(one.range.clone())
                    || (view.text[one.range.clone()].contains(char::is_whitespace) && is_doubled_in_english(span.start))
                {
                    continue;
                }
                findings.push(finding(view, &one));
            }
        }
    }
}

/// Whether the English of a part has a word twice, as names have it: Duran Duran, Bora-Bora, New York, New York.
fn is_doubled_in_english(context: &Context<'_>, part: &Part) -> bool {
    // A word on both sides of a stop is not doubled.
    context.english_words(part).iter().flat_map(|passage| passage.text().split(['.', '!', '?', ';', ':'])).any(|clause| {
        let words: Vec<&str> = clause.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let is_long = |word: &str| word.len() > 1 && !word.starts_with(|c: char| c.is_ascii_digit());
        // `That that` and `had had` are no names.
        let is_name = |word: &str| word.starts_with(char::is_uppercase);
        let pair = words.windows(2).any(|pair| is_long(pair[0]) && is_name(pair[0]) && pair[0].eq_ignore_ascii_case(pair[1]));
        pair || words.windows(4).any(|names| names[..2] == names[2..] && is_name(names[0]))
    })
}

fn finding(view: &View, one: &Doubled) -> Finding {
    let words = &view.text[one.range.clone()];
    let span = view.span(one.range.clone());
    let whole = view.is_whole(one.range.clone());
    let surplus = view.text[one.surplus.clone()].trim();
    // The second of two 이 may be the word for "this": 주민이이 지역.
    let may_be_word = surplus == "이";
    let help = if may_be_word { "take one `이` out, or put a blank between them".to_owned() } else { format!("take one `{surplus}` out") };
    let fix = if whole && !may_be_word { vec![Edit { span: view.span(one.surplus.clone()), text: String::new() }] } else { Vec::new() };
    Finding { help: Some(help), fix, ..Finding::new(ABOUT.name, ABOUT.severity, span, format!("`{words}` says it twice")) }
}
