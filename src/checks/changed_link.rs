//! `changed-link`: a link that leads elsewhere than the English one.

use super::marks::{Region, cut_off, regions, without};
use super::{About, Check, Context, Edit, Example, Finding, Group, Severity};
use crate::digest::{Mark, MarkKind};
use crate::span::Span;

/// See [`About`].
pub(super) struct ChangedLink;

const ABOUT: About = About {
    name: "changed-link",
    group: Group::Structure,
    severity: Severity::Error,
    on: true,
    summary: "a link that leads to another page than in English",
    meaning:
        "The Korean item has a link that the English item does not have, in the place of one that it has. Schemes, tracking, a slash at
the end and the language of a page (/en/, /ko/) make no difference. A blank inside an address cuts it off, and is named as such.",
    example: Example {
        english: "- [One](https://example.com/posts/1) is first.\n",
        glossary: "",
        wrong: "- [하나](https://example.com/posts/11)는 첫째입니다.\n",
        right: "- [하나](https://example.com/posts/1)는 첫째입니다.\n",
    },
    mend: "Take the address of the English item. `--fix` does where a blank has cut it off.",
    waive: "The editors link to a better page, a Korean one, say.",
};

impl Check for ChangedLink {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let mut effort = EFFORT;
        for region in regions(context) {
            for change in changes(context, &region, &mut effort) {
                findings.push(finding(context, &change));
            }
        }
        // In plain text an address may be cut and still be understood.
        let korean = context.korean();
        for mark in korean.marks().iter().filter(|mark| mark.kind == MarkKind::Link && mark.address.is_some()) {
            let written = &korean.digest.text[mark.span()];
            if written.contains(' ') && !written.starts_with(['[', '<']) {
                findings.push(blank(korean.digest.text, mark.span()));
            }
        }
    }
}

/// A link of one item that the English has and the Korean has otherwise.
pub(super) struct Change<'c> {
    pub english: &'c Mark<'c>,
    /// The Korean link in its place; none where blanks have cut it off.
    korean: Option<&'c Mark<'c>>,
    /// The address with the blanks in it.
    cut: Span,
}

/// As many bytes of the Korean digest are searched for addresses with blanks in them: a hundred links that are missing from a long
/// digest need a tenth of it.
pub(super) const EFFORT: usize = 64 << 20;

/// The most links that a region lacks, and has beside those of the English, of which the most alike are paired; of more, one after the other.
const MOST: usize = 300;

/// What changed in a region. What is only missing is not among it. `effort` is what is left of [`EFFORT`].
pub(super) fn changes<'c>(context: &'c Context<'_>, region: &Region<'_>, effort: &mut usize) -> Vec<Change<'c>> {
    let (english, korean) = (region.english_marks(context, &[MarkKind::Link]), region.korean_marks(context, &[MarkKind::Link]));
    let missing = without(&english, &korean);
    if missing.is_empty() {
        return Vec::new();
    }
    // In the order of the text; those that are taken are gone.
    let mut other: std::collections::VecDeque<&Mark<'_>> = without(&korean, &english).into();
    let in_turn = missing.len() > MOST && other.len() > MOST;
    let mut found = Vec::new();
    for english in missing {
        let wanted = english.address.unwrap_or_default();
        if let Some(cut) = cut_off(context.korean().digest.text, &region.korean, wanted, effort) {
            other.retain(|mark| mark.end <= cut.start || cut.end <= mark.start);
            found.push(Change { english, korean: None, cut });
            continue;
        }
        let alike = |mark: &Mark<'_>| common(wanted, mark.address.unwrap_or_default());
        let best = if in_turn { 0 } else { (0..other.len()).max_by_key(|&at| (alike(other[at]), std::cmp::Reverse(at))).unwrap_or(0) };
        let Some(korean) = other.remove(best) else { continue };
        found.push(Change { english, korean: Some(korean), cut: 0..0 });
    }
    found
}

fn common(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count()
}

fn finding(context: &Context<'_>, change: &Change<'_>) -> Finding {
    let text = context.korean().digest.text;
    let english = Some(context.english_at(&change.english.span()));
    let Some(korean) = change.korean else { return Finding { english, ..blank(text, change.cut.clone()) } };
    let (wanted, found) = (change.english.address.unwrap_or_default(), korean.address.unwrap_or_default());
    let at = text[korean.span()].rfind(found).filter(|_| !found.is_empty()).map(|at| korean.start + at);
    let span = at.map_or(korean.span(), |at| at..at + found.len());
    Finding {
        english,
        help: Some(format!("English links to {wanted}")),
        ..Finding::new(ABOUT.name, ABOUT.severity, span, format!("this link leads to {found}, in English to {wanted}"))
    }
}

/// An address with blanks in it, which `--fix` takes out.
fn blank(text: &str, span: Span) -> Finding {
    let written = &text[span.clone()];
    let blanks = written.match_indices(' ').map(|(at, _)| Edit { span: span.start + at..span.start + at + 1, text: String::new() });
    Finding {
        help: Some(format!("write {}", written.replace(' ', ""))),
        fix: blanks.collect(),
        reshapes: true,
        ..Finding::new(ABOUT.name, ABOUT.severity, span, "a blank inside the link cuts it off".to_owned())
    }
}
