//! `changed-unit`: the number of the English stands in the Korean, in another unit or of another scale.

use super::figures::{Fault, Figure};
use super::{About, Check, Context, Example, Finding, Group, Part, Severity};

/// See [`About`].
pub(super) struct ChangedUnit;

const ABOUT: About = About {
    name: "changed-unit",
    group: Group::Figures,
    severity: Severity::Warning,
    on: true,
    summary: "a number has another unit or scale in the Korean item",
    meaning:
        "The number is right and its unit is another one: 5 km as 5m, 3% as 3%p, $100 as 100원, 2 hours as 2분, 5 million as 5천. A measure
that was converted has another number, and is right. Only units that are certain in both languages are compared.",
    example: Example {
        english: "- Accuracy rose by 3% within 5 km.\n",
        glossary: "",
        wrong: "- 5m 이내에서 정확도가 3% 올랐습니다.\n",
        right: "- 5km 이내에서 정확도가 3% 올랐습니다.\n",
    },
    mend: "Write the unit of the English, or convert the number as well. Nothing is fixed by itself.",
    waive: "The English has the wrong unit (a difference of two shares in percent, say).",
};

impl Check for ChangedUnit {
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
    let Fault::Unit { english, korean } = fault else { return None };
    let korean_words = context.korean_words(part);
    let english_words = context.english_words(part);
    let span = korean_words[korean.passage].span(korean.range.clone());
    let shown = |figure: &Figure, text: &str| match figure.unit.map(|unit| unit.name) {
        Some(sign) if sign.starts_with(['%', '°']) => format!("{text}{sign}"),
        Some(word) => format!("{text} {word}"),
        None => text.to_owned(),
    };
    let (number, other) = (shown(english, english.text(&english_words)), shown(korean, korean.text(&korean_words)));
    Some(Finding {
        help: Some(format!("write the unit of `{number}`, or convert the number too")),
        english: Some(context.english_in(&english_words[english.passage], english.range.clone())),
        ..Finding::new(ABOUT.name, ABOUT.severity, span, format!("`{number}` became `{other}`"))
    })
}
