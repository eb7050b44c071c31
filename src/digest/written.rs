//! How the file writes its words: stretches of bytes without code, addresses and line ends, and the blocks that are read otherwise.

use std::mem::{Discriminant, discriminant};

use super::tree::{BlockKind, InlineKind, Tag};
use super::{Digest, Format};
use crate::span::Span;

/// Bytes of one line in which words stand, with the marks around and between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The bytes.
    pub span: Span,
    /// Whether they are an HTML tag or comment.
    pub is_tag: bool,
}

/// A fenced block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// The block, its fences included.
    pub span: Span,
    /// What stands behind the opening fence: `markdown`, `rust ignore`, or nothing.
    pub info: Span,
}

impl Digest<'_> {
    /// The stretches of every paragraph, heading and cell and of the descriptions of images, in the order of the text.
    pub fn written(&self) -> Vec<Written> {
        let mut found = Vec::new();
        for block in self.tree.blocks.iter().filter(|block| block.is_unit() && block.first < block.last) {
            let inlines = &self.tree.inlines[block.inlines()];
            let mut from = self.unescaped(inlines[0].start as usize);
            // The end of what was read: a link's address begins behind the link's words.
            let mut at = from;
            let mut push = |from: usize, to: usize, is_tag: bool| {
                if from < to {
                    found.push(Written { span: from..to, is_tag });
                }
            };
            for (index, inline) in inlines.iter().enumerate() {
                let span = inline.span();
                match inline.kind {
                    InlineKind::Text | InlineKind::Entity(_) | InlineKind::Fixed => at = span.end,
                    InlineKind::Open(..) => at = at.max(span.start + 1),
                    InlineKind::Close(Tag::Link, _) => {
                        push(from, at.min(span.end), false);
                        (from, at) = (span.end, span.end);
                    }
                    InlineKind::Close(..) => at = span.end,
                    InlineKind::Soft | InlineKind::Hard => {
                        push(from, span.start, false);
                        from = inlines.get(index + 1).map_or(span.end, |next| self.unescaped(next.start as usize)).max(span.end);
                        at = from;
                    }
                    InlineKind::Image => {
                        push(from, span.start, false);
                        let text = &self.text[span.clone()];
                        let end = text.find("](").or_else(|| text.find("][")).unwrap_or(0);
                        push(span.start + 2, span.start + end, false);
                        (from, at) = (span.end, span.end);
                    }
                    kind => {
                        push(from, span.start, false);
                        if kind == InlineKind::Html {
                            push(span.start, span.end, true);
                        }
                        (from, at) = (span.end, span.end);
                    }
                }
            }
            push(from, at, false);
        }
        found
    }

    /// What kinds of marks stand between the words, in their order. Entities are words.
    pub(crate) fn kinds_of_marks(&self) -> Vec<Discriminant<InlineKind>> {
        let is_entity = |kind: InlineKind, start: u32| match kind {
            InlineKind::Entity(_) => true,
            InlineKind::Fixed => self.text[start as usize..].starts_with('&'),
            _ => false,
        };
        let inlines = self.tree.inlines.iter();
        let kind = |kind, start| if is_entity(kind, start) { InlineKind::Text } else { kind };
        let mut kinds: Vec<_> = inlines.map(|inline| discriminant(&kind(inline.kind, inline.start))).collect();
        // The parser cuts words in pieces at its pleasure.
        kinds.dedup();
        kinds
    }

    /// The cells of all tables, in the order of the text.
    pub fn cells(&self) -> Vec<Span> {
        self.tree.blocks.iter().filter(|block| block.kind == BlockKind::Cell).map(|block| block.span()).collect()
    }

    /// The fenced blocks of a Markdown digest.
    pub fn fences(&self) -> Vec<Fence> {
        if self.format == Format::Plain {
            return Vec::new();
        }
        let code = self.tree.blocks.iter().filter(|block| block.kind == BlockKind::Code);
        let fences = code.filter_map(|block| {
            let span = block.span();
            let line = self.text[span.clone()].lines().next()?;
            let words = line.trim_start();
            let marks = words.len() - words.trim_start_matches(['`', '~']).len();
            let start = span.start + line.len() - words.len() + marks;
            (marks >= 3).then(|| Fence { info: start..span.start + line.trim_end().len().max(start - span.start), span })
        });
        fences.collect()
    }

    /// The backslash before `at` belongs to the words there.
    fn unescaped(&self, at: usize) -> usize {
        at - usize::from(self.text[..at].ends_with('\\'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(&str, bool)> {
        Digest::parse(text, Format::Markdown, None).written().into_iter().map(|w| (&text[w.span], w.is_tag)).collect()
    }

    #[test]
    fn words_are_given_without_code_addresses_and_line_ends() {
        let text = "- **가** `나` [다 &quot;라](https://x.y?a=1&lt=2)는 <b title=\"&quot;\">마</b>\n  \\&quot;바 https://a.b/c 사\n";
        let expected = [
            ("**가** ", false),
            (" [다 &quot;라", false),
            ("는 ", false),
            ("<b title=\"&quot;\">", true),
            ("마", false),
            ("</b>", true),
            ("\\&quot;바 ", false),
            (" 사", false),
        ];
        assert_eq!(shown(text), expected);
        assert_eq!(shown("![그림 &amp;](a)\n"), [("그림 &amp;", false)]);
        assert_eq!(shown("__PH1__ 가\n"), [("__PH1__ 가", false)]);
        assert_eq!(shown("```\n&quot;\n```\n"), []);
    }

    #[test]
    fn cells_and_fences_are_known() {
        let text = "| a | b |\n|---|---|\n| c | d |\n\n```markdown\n가\n```\n\n    code\n\n- ~~~\n  x\n  ~~~\n";
        let digest = Digest::parse(text, Format::Markdown, None);
        assert_eq!(digest.cells().len(), 4);
        let fences: Vec<_> = digest.fences().into_iter().map(|fence| &text[fence.info]).collect();
        assert_eq!(fences, ["markdown", ""]);
    }
}
