//! `spacing-variant`: a rendering with other blanks than the glossary has it, where its term asks for these.

use super::{About, Check, Context, Edit, Example, Finding, Group, Severity};
use crate::glossary::{Form, Spacing};
use crate::korean::view::View;

/// See [`About`].
pub(super) struct SpacingVariant;

const ABOUT: About = About {
    name: "spacing-variant",
    group: Group::Terms,
    severity: Severity::Hint,
    on: true,
    summary: "a rendering with other blanks than the glossary has",
    meaning: "Technical terms may be written solid or word by word (한글 맞춤법 제50항), so that other blanks are no fault by themselves.
Where the glossary sets `spacing = \"exact\"` for a term, the team wants them one way.",
    example: Example {
        english: "- A nonconvex function\n",
        glossary: "nonconvex = { korean = \"비 볼록\", spacing = \"exact\" }",
        wrong: "- 비볼록 함수\n",
        right: "- 비 볼록 함수\n",
    },
    mend: "`--fix` writes the blanks as the glossary has them.",
    waive: "The rendering is part of a quoted title.",
};

impl Check for SpacingVariant {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for rendered in context.terms().filter(|rendered| rendered.hit.other_spacing && rendered.hit.form != Form::Avoid) {
            let term = context.term(rendered.hit.term);
            // Another entry may list these very blanks.
            let is_listed = || context.rivals(rendered).any(|other| !other.hit.other_spacing && other.hit.form != Form::Avoid);
            if term.spacing != Spacing::Exact || is_listed() {
                continue;
            }
            let view = &context.korean().prose()[rendered.prose].view;
            let written = &view.text[rendered.hit.range.clone()];
            let listed = &rendered.hit.rendering;
            let whole = view.is_whole(rendered.hit.range.clone());
            let bytes = &context.korean().digest.text[rendered.span.clone()];
            let edit = Edit { span: rendered.span.clone(), text: View::written_like(listed, bytes) };
            findings.push(Finding {
                term: Some(term.english.clone()),
                help: Some(format!("write `{listed}`")),
                fix: if whole { vec![edit] } else { Vec::new() },
                ..Finding::new(
                    ABOUT.name,
                    ABOUT.severity,
                    rendered.span.clone(),
                    format!("`{written}` is spaced otherwise than `{listed}`"),
                )
            });
        }
    }
}
