//! What a digest has besides its words: links, images, code, emphasis, with their bytes. What one language has, the other should have.

use super::Digest;
use super::tree::{InlineKind, Tag};
use super::waivers::is_waiver;
use crate::span::Span;

/// What a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MarkKind {
    /// `[text](address)`, `[text][label]`, `<address>`, or an address that stands in the text.
    Link,
    /// `![text](address)`.
    Image,
    /// A code span.
    Code,
    /// A formula between dollar signs.
    Math,
    /// `*text*`.
    Emphasis,
    /// `**text**`.
    Strong,
    /// `~~text~~`.
    Strike,
    /// `[^1]`.
    Footnote,
    /// An HTML tag or comment inside a paragraph.
    Html,
}

/// A mark inside a paragraph, heading or cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark<'d> {
    /// What it is.
    pub kind: MarkKind,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Where it leads; links alone have one.
    pub address: Option<&'d str>,
}

impl Mark<'_> {
    /// Its bytes.
    pub fn span(&self) -> Span {
        self.start..self.end
    }
}

impl Digest<'_> {
    /// Every mark, in the order of their first bytes; a link around an image stands before it.
    pub fn marks(&self) -> impl Iterator<Item = Mark<'_>> {
        self.tree.inlines.iter().filter_map(|inline| {
            let kind = match inline.kind {
                InlineKind::Open(Tag::Link, _) | InlineKind::Address(_) => MarkKind::Link,
                InlineKind::Open(Tag::Emphasis, _) => MarkKind::Emphasis,
                InlineKind::Open(Tag::Strong, _) => MarkKind::Strong,
                InlineKind::Open(Tag::Strike, _) => MarkKind::Strike,
                InlineKind::Image => MarkKind::Image,
                InlineKind::Code => MarkKind::Code,
                InlineKind::Math => MarkKind::Math,
                InlineKind::Footnote => MarkKind::Footnote,
                InlineKind::Html if !is_waiver(&self.text[inline.span()]) => MarkKind::Html,
                _ => return None,
            };
            let address = inline.kind.link().map(|link| self.tree.links[link].address.as_ref());
            Some(Mark { kind, start: inline.start as usize, end: inline.end as usize, address })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::*;

    #[test]
    fn marks_are_listed_with_their_bytes() {
        let text = "- **굵게** [글](https://a.b) `f(x)` ![그림](c.png) https://d.e $x$ 주[^1] *기울임*<br>\n\n[^1]: 주\n";
        let digest = Digest::parse(text, Format::Markdown, None);
        let shown: Vec<_> = digest.marks().map(|mark| (mark.kind, &text[mark.span()], mark.address)).collect();
        use MarkKind::{Code, Emphasis, Footnote, Html, Image, Link, Math, Strong};
        let expected = [
            (Strong, "**굵게**", None),
            (Link, "[글](https://a.b)", Some("https://a.b")),
            (Code, "`f(x)`", None),
            (Image, "![그림](c.png)", None),
            (Link, "https://d.e", Some("https://d.e")),
            (Math, "$x$", None),
            (Footnote, "[^1]", None),
            (Emphasis, "*기울임*", None),
            (Html, "<br>", None),
        ];
        assert_eq!(shown, expected);
    }
}
