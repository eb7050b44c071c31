//! `changed-link`: a link that leads elsewhere than the English one.

use super::marks::{Region, regions, without};
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
        for region in regions(context, MarkKind::Link) {
            for (english, korean) in changed(&region) {
                findings.push(finding(context, english, korean));
            }
        }
        // In plain text an address may be cut and still be understood.
        let korean = context.korean();
        for mark in korean.marks().iter().filter(|mark| mark.kind == MarkKind::Link && mark.address.is_some()) {
            let written = &korean.digest.text[mark.span()];
            if written.contains(' ') && !written.starts_with(['[', '<']) {
                let span = mark.span();
                findings.push(blank(span.clone(), written.split_whitespace().collect(), span));
            }
        }
    }
}

/// Links of one item that the English has and the Korean has not, each with the Korean one in its place.
pub(super) fn changed<'r>(region: &'r Region<'_>) -> Vec<(&'r Mark<'r>, &'r Mark<'r>)> {
    let missing = without(&region.english, &region.korean);
    let mut other = without(&region.korean, &region.english);
    let mut pairs = Vec::new();
    for english in missing {
        let alike = |mark: &Mark<'_>| common(english.address.unwrap_or_default(), mark.address.unwrap_or_default());
        let Some(best) = (0..other.len()).max_by_key(|&at| (alike(other[at]), std::cmp::Reverse(at))) else { break };
        pairs.push((english, other.remove(best)));
    }
    pairs
}

fn common(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count()
}

fn finding(context: &Context<'_>, english: &Mark<'_>, korean: &Mark<'_>) -> Finding {
    let text = context.korean().digest.text;
    let (wanted, found) = (english.address.unwrap_or_default(), korean.address.unwrap_or_default());
    let own = &text[korean.span()];
    let at = own.rfind(found).filter(|_| !found.is_empty()).map(|at| korean.start + at);
    let span = at.map_or(korean.span(), |at| at..at + found.len());
    // What stands behind the address may be the rest of it.
    let rest = &text[span.end..];
    if let Some(cut) = wanted.strip_prefix(found).filter(|cut| !cut.is_empty() && !found.is_empty()) {
        let blanks = rest.len() - rest.trim_start_matches([' ', '\n']).len();
        if blanks > 0 && rest[blanks..].starts_with(cut) {
            let whole = span.start..span.end + blanks + cut.len();
            return Finding {
                english: Some(context.english_at(&english.span())),
                ..blank(whole, wanted.to_owned(), span.end..span.end + blanks)
            };
        }
    }
    Finding {
        english: Some(context.english_at(&english.span())),
        help: Some(format!("English links to {wanted}")),
        ..Finding::new(ABOUT.name, ABOUT.severity, span, format!("this link leads to {found}, in English to {wanted}"))
    }
}

/// An address with a blank in it.
fn blank(span: Span, whole: String, blanks: Span) -> Finding {
    let text = if blanks == span { whole.clone() } else { String::new() };
    Finding {
        help: Some(format!("write {whole}")),
        fix: vec![Edit { span: blanks, text }],
        reshapes: true,
        ..Finding::new(ABOUT.name, ABOUT.severity, span, "a blank inside the link cuts it off".to_owned())
    }
}
