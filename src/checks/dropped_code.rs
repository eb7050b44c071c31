//! `dropped-code`: code of the English item is not in the Korean item.

use rustc_hash::FxHashSet;

use super::beside::Haystack;
use super::marks::regions;
use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::digest::MarkKind;

/// See [`About`].
pub(super) struct DroppedCode;

const ABOUT: About = About {
    name: "dropped-code",
    group: Group::Structure,
    severity: Severity::Error,
    on: true,
    summary: "code of the English item is not in the Korean item",
    meaning: "Code between back-ticks is never translated. Each code of the English item has to stand in the Korean item, once at least:
Korean may name it less often. Code that lost its back-ticks, or was changed, is missed too.",
    example: Example {
        english: "- [One](https://example.com/1) runs `cargo test` first.\n",
        glossary: "",
        wrong: "- [하나](https://example.com/1)는 카고 테스트를 먼저 실행합니다.\n",
        right: "- [하나](https://example.com/1)는 `cargo test`를 먼저 실행합니다.\n",
    },
    mend: "Write the code as the English has it, between back-ticks.",
    waive: "The sentence does without it.",
};

impl Check for DroppedCode {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let Some(english) = context.english() else { return };
        let korean = context.korean().digest.text;
        for region in regions(context) {
            let there: FxHashSet<&str> =
                region.korean_marks(context, &[MarkKind::Code]).iter().map(|mark| code(&korean[mark.span()])).collect();
            let mut told: FxHashSet<&str> = FxHashSet::default();
            let words = Haystack::new(&korean[region.korean.clone()]);
            for mark in region.english_marks(context, &[MarkKind::Code]) {
                let own = code(&english.digest.text[mark.span()]);
                if there.contains(own) || !told.insert(own) {
                    continue;
                }
                let help = if words.has(own) { format!("put it between back-ticks: `{own}`") } else { format!("write `{own}`") };
                findings.push(Finding {
                    english: Some(context.english_at(&mark.span())),
                    help: Some(help),
                    ..Finding::new(ABOUT.name, ABOUT.severity, region.end(context), format!("the code `{own}` is not in the Korean text"))
                });
            }
        }
    }
}

/// Code without its back-ticks and the blanks inside them.
fn code(span: &str) -> &str {
    span.trim_matches('`').trim()
}
