//! Waivers in a digest: `<!-- translate: allow CHECK: why -->` at the end of an item, or alone above a block.

use super::{Digest, Format};
use crate::span::Span;

/// A comment that lets findings pass, or tries to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver<'d> {
    /// The bytes of the comment.
    pub span: Span,
    /// The bytes it speaks for: its item, or the segment outside items that it stands in; alone above a top-level block, that block.
    pub scope: Span,
    /// The names of the checks, as written.
    pub checks: Vec<&'d str>,
    /// Why; empty where it does not say.
    pub reason: &'d str,
}

/// Whether a piece of HTML is a comment meant for this tool: no structure, no text, no mark.
pub(crate) fn is_waiver(html: &str) -> bool {
    said(html).is_some_and(|_| html.find("-->").is_some_and(|end| end + 3 == html.len()))
}

/// What a comment says to this tool, with all that follows it.
fn said(html: &str) -> Option<&str> {
    html.strip_prefix("<!--")?.trim_start().strip_prefix("translate:")
}

/// Whether a block of HTML is such comments and nothing else.
pub(crate) fn is_waivers(block: &str) -> bool {
    let mut rest = block.trim();
    while let Some(end) = rest.find("-->").filter(|_| said(rest).is_some()) {
        rest = rest[end + 3..].trim_start();
    }
    rest.is_empty() && !block.trim().is_empty()
}

/// The end of `span` without the blanks and waivers there.
pub(crate) fn words_end(text: &str, span: &Span) -> usize {
    let mut end = span.end;
    loop {
        let words = text[span.start..end].trim_end();
        if !words.ends_with("-->") {
            return end;
        }
        match words.rfind("<!--").filter(|at| is_waiver(&words[*at..])) {
            Some(at) => end = span.start + words[..at].trim_end().len(),
            None => return end,
        }
    }
}

/// The comments of one line of a plain text that are meant for this tool: it has no parser that would tell them.
pub(crate) fn in_plain(line: &str) -> impl Iterator<Item = Span> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(step) = line[from..].find("<!--") {
            let at = from + step;
            from = at + 4;
            if said(&line[at..]).is_some() {
                // Where none ends, none that begins later does.
                from = line[at..].find("-->").map_or(line.len(), |length| at + length + 3);
                return (line[at..from].ends_with("-->")).then_some(at..from);
            }
        }
        None
    })
}

impl Digest<'_> {
    /// The waivers, in the order of the text.
    pub fn waivers(&self) -> Vec<Waiver<'_>> {
        let tops: Vec<usize> = self.tree.children(None).collect();
        self.tree.waivers.iter().filter_map(|span| self.waiver(span.start as usize..span.end as usize, &tops)).collect()
    }

    /// The text without its waivers: with each go the blanks before it, and a line that held nothing else.
    pub fn without_waivers(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        let mut waivers = self.tree.waivers.iter().map(|span| span.start as usize..span.end as usize).peekable();
        let mut end = 0;
        for line in self.text.split_inclusive('\n') {
            let start = end;
            end += line.len();
            if waivers.peek().is_none_or(|span| span.start >= end) {
                out.push_str(line);
                continue;
            }
            let mut kept = String::new();
            let mut at = start;
            while let Some(span) = waivers.next_if(|span| span.start < end) {
                kept.push_str(self.text[at.min(span.start)..span.start].trim_end_matches([' ', '\t']));
                at = span.end;
            }
            kept.push_str(self.text.get(at..end).unwrap_or_default());
            if !kept.trim().is_empty() {
                out.push_str(&kept);
            }
        }
        out
    }

    fn waiver(&self, span: Span, tops: &[usize]) -> Option<Waiver<'_>> {
        let said = said(&self.text[span.clone()])?.strip_suffix("-->")?.trim();
        let (names, reason) = match said.strip_prefix("allow").filter(|rest| rest.starts_with([' ', '\t', '\n', '\r', ':'])) {
            Some(rest) => rest.split_once(':').unwrap_or((rest, "")),
            None => ("", ""),
        };
        let checks = names.split([',', ' ', '\t', '\n', '\r']).filter(|name| !name.is_empty()).collect();
        Some(Waiver { scope: self.scope(&span, tops), span, checks, reason: reason.trim() })
    }

    /// What a comment speaks for; `tops` are the top-level blocks.
    fn scope(&self, span: &Span, tops: &[usize]) -> Span {
        let item = self.items.partition_point(|item| item.end < span.end);
        if let Some(item) = self.items.get(item).filter(|item| item.start <= span.start) {
            return item.start..item.end.max(span.end);
        }
        let blocks = &self.tree.blocks;
        let at = tops.partition_point(|&top| blocks[top].end as usize <= span.start);
        for block in tops[at..].iter().map(|&top| blocks[top].span()) {
            if block.start <= span.start && span.end <= block.end {
                return block;
            }
            // A line of its own speaks for the block below it.
            if block.start >= span.end {
                return if self.is_alone(span) { block } else { span.clone() };
            }
        }
        span.clone()
    }

    fn is_alone(&self, span: &Span) -> bool {
        let before = self.text[..span.start].trim_end_matches(|c: char| c.is_whitespace() && !matches!(c, '\n' | '\r'));
        self.format == Format::Markdown || matches!(before, "" | "\u{feff}") || before.ends_with(['\n', '\r'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waived(text: &str, format: Format) -> Vec<(Vec<String>, String, String)> {
        let digest = Digest::parse(text, format, None);
        let shown = |w: Waiver<'_>| {
            (w.checks.iter().map(|check| (*check).to_owned()).collect(), w.reason.to_owned(), text[w.scope].trim_end().to_owned())
        };
        digest.waivers().into_iter().map(shown).collect()
    }

    fn one(checks: &[&str], reason: &str, scope: &str) -> (Vec<String>, String, String) {
        (checks.iter().map(|check| (*check).to_owned()).collect(), reason.to_owned(), scope.to_owned())
    }

    #[test]
    fn a_waiver_speaks_for_its_item_or_the_block_below() {
        let text = "<!-- translate: allow mixed-register: quoted -->\n\n# 제목\n\n- 가 <!-- translate: allow a, b: why: because -->\n- 나\n  - 다 <!-- translate: allow c: r -->\n\n끝 <!-- translate: allow d: e -->\n";
        let expected = [
            one(&["mixed-register"], "quoted", "# 제목"),
            one(&["a", "b"], "why: because", "- 가 <!-- translate: allow a, b: why: because -->"),
            one(&["c"], "r", "- 나\n  - 다 <!-- translate: allow c: r -->"),
            one(&["d"], "e", "끝 <!-- translate: allow d: e -->"),
        ];
        assert_eq!(waived(text, Format::Markdown), expected);
    }

    #[test]
    fn what_says_nothing_is_a_waiver_of_nothing() {
        let text = "- 가 <!--translate: alow a: b-->\n- 나 <!-- translate: allow c -->\n- `<!-- translate: allow d: e -->` 라\n";
        let scope = |line: &str| line.to_owned();
        let expected = [
            (vec![], String::new(), scope("- 가 <!--translate: alow a: b-->")),
            (vec!["c".to_owned()], String::new(), scope("- 나 <!-- translate: allow c -->")),
        ];
        assert_eq!(waived(text, Format::Markdown), expected);
    }

    #[test]
    fn plain_text_has_waivers_too() {
        let text = "• 가 (https://a.b) – 나 <!-- translate: allow x: y --> • 다 (https://c.d) – 라\n";
        assert_eq!(waived(text, Format::Plain), [one(&["x"], "y", "• 가 (https://a.b) – 나 <!-- translate: allow x: y -->")]);
        let found = |line: &str| in_plain(line).map(|span| line[span].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("<!-- translate: a <!-- translate: b --> <!-- c --> <!-- translate: d --> <!-- translate: e").len(), 2);
        assert_eq!(found("<!-- c --> <!--translate:-->"), ["<!--translate:-->"]);
    }

    #[test]
    fn waivers_are_no_text_and_no_structure() {
        let bare = "# 제목\n\n- [가](https://a.b) – 나.\n- [다](https://c.d)\n\n| 라 | 마 |\n| - | - |\n| [바](https://e.f) | 사 |\n";
        let waived = "<!-- translate: allow x: y -->\n# 제목\n\n- [가](https://a.b) – 나. <!-- translate: allow x: y -->\n- [다](https://c.d)  <!-- translate: allow x: y -->\n\n<!-- translate: allow x: y -->\n\n| 라 | 마 |\n| - | - |\n| [바](https://e.f) | 사 <!-- translate: allow x: y --> |\n";
        let shape = |text: &'static str| {
            let digest = Digest::parse(text, Format::Markdown, None);
            let segments: Vec<_> = digest.segments.iter().map(|s| (s.kind, s.item, digest.bytes(s))).collect();
            let views: Vec<String> = digest.prose().map(|prose| prose.view.text.trim().to_owned()).collect();
            let roles: Vec<_> = (0..digest.items.len()).map(|item| digest.roles(item)).collect();
            (segments, views, roles, digest.marks().map(|mark| mark.kind).collect::<Vec<_>>(), digest.tree.blocks.len())
        };
        assert_eq!(shape(waived), shape(bare));
    }
}
