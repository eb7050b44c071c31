//! `mixed-register`: polite and plain endings in one digest.

use super::running::running;
use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::korean::register::Register;
use crate::span::Span;

/// See [`About`].
pub(super) struct MixedRegister;

const ABOUT: About = About {
    name: "mixed-register",
    group: Group::Language,
    severity: Severity::Warning,
    on: true,
    summary: "polite (합니다, 해요) and plain (한다) endings in one digest",
    meaning:
        "A digest speaks to its readers in one way. 합니다 and 해요 are both polite and go together; 한다, as newspapers write, does not go
with them. Only running text is looked at: not titles, headings, table cells, quotations and brackets. Endings in 함, 음 and 기 are
neither. The warning stands once for the digest, at the first ending of the rarer kind.",
    example: Example {
        english: "",
        glossary: "",
        wrong: "- 모델을 학습합니다. 결과를 비교합니다.\n- 값이 작아진다.\n",
        right: "- 모델을 학습합니다. 결과를 비교해요.\n- 값이 작아집니다. “크기는 같다.”라고 하네요.\n",
    },
    mend: "Write the sentences on the lines that the help names in the other register. Nothing is fixed by itself.",
    waive: "Another voice speaks there: a poem, a reader's letter.",
};

impl Check for MixedRegister {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let (mut polite, mut plain) = (Vec::new(), Vec::new());
        for segment in running(context) {
            let text = segment.passage.text();
            for sentence in segment.sentences {
                let Some((register, ending)) = sentence.register(text).zip(sentence.ending.clone()) else { continue };
                let places = match register {
                    Register::Formal | Register::Polite => &mut polite,
                    Register::Plain if is_musing(&text[ending.clone()]) => continue,
                    Register::Plain => &mut plain,
                    // Talk ends in syllables that end much else: only a sentence that closes is sure.
                    Register::Casual if sentence.mark.is_none() => continue,
                    Register::Casual => &mut plain,
                };
                places.push(segment.passage.span(ending));
            }
        }
        findings.extend(mixed(context, &polite, &plain));
    }
}

/// 할까 asks oneself, in either register.
fn is_musing(ending: &str) -> bool {
    ending.ends_with('까')
}

/// The most lines that are named.
const LINES: usize = 10;

fn mixed(context: &Context<'_>, polite: &[Span], plain: &[Span]) -> Option<Finding> {
    let (first_polite, first_plain) = (polite.first()?, plain.first()?);
    // Of equals the one that comes later goes out of the line.
    let plain_is_rarer = (plain.len(), first_polite.start) < (polite.len(), first_plain.start);
    let (rarer, name, other) = if plain_is_rarer { (plain, "plain", "합니다 or 해요") } else { (polite, "polite", "한다") };
    let lines = context.korean().lines();
    let mut numbers: Vec<usize> = rarer.iter().map(|span| lines.place(span.start).line).collect();
    numbers.dedup();
    let shown: Vec<String> = numbers.iter().take(LINES).map(usize::to_string).collect();
    let more = if numbers.len() > LINES { format!(" and {} more", numbers.len() - LINES) } else { String::new() };
    let word = if numbers.len() == 1 { "line" } else { "lines" };
    Some(Finding {
        help: Some(format!("end the {name} sentences in {other}: {word} {}{more}", shown.join(", "))),
        ..Finding::new(
            ABOUT.name,
            ABOUT.severity,
            rarer.first()?.clone(),
            format!("polite and plain endings are mixed in this digest: {} polite, {} plain", polite.len(), plain.len()),
        )
    })
}
