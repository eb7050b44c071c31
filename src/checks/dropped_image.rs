//! `dropped-image`: an image of the English item is not in the Korean item.

use super::marks::{regions, without};
use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::digest::MarkKind;

/// See [`About`].
pub(super) struct DroppedImage;

const ABOUT: About = About {
    name: "dropped-image",
    group: Group::Structure,
    severity: Severity::Error,
    on: true,
    summary: "an image of the English item is not in the Korean item",
    meaning: "Every image of the English digest is looked for in the Korean one, by its file. Another file in its place counts as dropped
where the English has no such image.",
    example: Example {
        english: "- [One](https://example.com/1) is shown here: ![a plot](plot.png)\n",
        glossary: "",
        wrong: "- [하나](https://example.com/1)를 여기서 보입니다.\n",
        right: "- [하나](https://example.com/1)를 여기서 보입니다. ![그래프](plot.png)\n",
    },
    mend: "Put the image back. Its text in square brackets may be translated.",
    waive: "The image has English words in it, and a Korean one stands in its place.",
};

impl Check for DroppedImage {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        for region in regions(context) {
            for mark in without(&region.english_marks(context, &[MarkKind::Image]), &region.korean_marks(context, &[MarkKind::Image])) {
                let message = format!("the image {} is not in the Korean text", mark.address.unwrap_or_default());
                findings.push(Finding {
                    english: Some(context.english_at(&mark.span())),
                    help: Some("put the image where the text speaks of it".to_owned()),
                    ..Finding::new(ABOUT.name, ABOUT.severity, region.end(context), message)
                });
            }
        }
    }
}
