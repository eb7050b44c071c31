//! `changed-number`: a figure of the English item that nothing in the Korean item explains, and the reverse.

use super::figures::{Fault, Figure};
use super::{About, Check, Context, Example, Finding, Group, Part, Severity};

/// See [`About`].
pub(super) struct ChangedNumber;

const ABOUT: About = About {
    name: "changed-number",
    group: Group::Figures,
    severity: Severity::Error,
    on: true,
    summary: "a figure of the English item stands for nothing in the Korean one",
    meaning: "Every figure that the English item writes with digits has to be in the Korean item, in whatever way Korean writes it: 1.2
million as 120만, 3 p.m. as 오후 3시 or 15시, the 1990s as 90년대, 2 models as 두 모델, 75 miles as 120km. The second measure of `120 km (75
mi)` may be left out. Where a Korean figure is left over, that is the changed one. A figure that only the Korean has is a hint, unless a word
of the English says it (a dozen, twice, October, cubic).",
    example: Example {
        english: "- The model has 1.2 million weights and came out on October 8.\n",
        glossary: "",
        wrong: "- 이 모델은 가중치가 130만 개이고 10월 8일에 나왔습니다.\n",
        right: "- 이 모델은 가중치가 120만 개이고 10월 8일에 나왔습니다.\n",
    },
    mend: "Write the figure of the English. Nothing is fixed by itself: only a person sees how the sentence has to say it.",
    waive: "The English figure is wrong, or the translation says it in a way that only a person understands.",
};

impl Check for ChangedNumber {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for (part, faults) in context.figures() {
            let part = &context.parts()[*part];
            findings.extend(faults.iter().filter_map(|fault| finding(context, part, fault)));
        }
    }
}

fn finding(context: &Context<'_>, part: &Part, fault: &Fault) -> Option<Finding> {
    let korean_words = context.korean_words(part);
    let english_words = context.english_words(part);
    let span = |figure: &Figure| korean_words[figure.passage].span(figure.range.clone());
    let place = |figure: &Figure| context.english_in(&english_words[figure.passage], figure.range.clone());
    let unit = if part.item.is_some() { "item" } else { "text" };
    Some(match fault {
        Fault::Changed { english, korean: Some(korean) } => {
            let (number, other) = (english.text(&english_words), korean.text(&korean_words));
            Finding {
                help: Some(format!("write what `{number}` is in Korean")),
                english: Some(place(english)),
                ..Finding::new(
                    ABOUT.name,
                    ABOUT.severity,
                    span(korean),
                    format!("the English {unit} has `{number}`, the Korean one `{other}`"),
                )
            }
        }
        Fault::Changed { english, korean: None } => {
            let number = english.text(&english_words);
            Finding {
                help: Some(format!("write `{number}`, or what it is in Korean")),
                english: Some(place(english)),
                ..Finding::new(
                    ABOUT.name,
                    ABOUT.severity,
                    context.end_of(part),
                    format!("`{number}` of the English {unit} is not in the Korean one"),
                )
            }
        }
        Fault::Added { korean, english } => {
            let number = korean.text(&korean_words);
            let message = match english {
                Some(word) => format!("the English {unit} has `{}`, the Korean one `{number}`", word.text(&english_words)),
                None => format!("`{number}` is only in the Korean {unit}"),
            };
            Finding {
                help: Some("make sure that the figure is right".to_owned()),
                english: english.as_ref().map(place),
                ..Finding::new(ABOUT.name, Severity::Hint, span(korean), message)
            }
        }
        Fault::Unit { .. } => return None,
    })
}
