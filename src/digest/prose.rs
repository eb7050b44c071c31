//! The words of a digest without its markup, block by block, with their bytes: what terms and faults are looked for in.

use super::Digest;
use super::tree::{Block, InlineKind};
use super::waivers::is_waiver;
use crate::korean::view::{OBJECT, View};

/// The words of a paragraph, heading or table cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// Index of its item in [`Digest::items`]; none outside items.
    pub item: Option<usize>,
    /// The words. Emphasis, link targets, footnote marks and HTML tags are left out; code is hidden; what has no words of its own is
    /// [`OBJECT`]; a line end is a blank.
    pub view: View,
}

impl Digest<'_> {
    /// The prose of every block that has words, in the order of the text.
    pub fn prose(&self) -> impl Iterator<Item = Prose> {
        let mut item = 0;
        self.tree.blocks.iter().filter(|block| block.is_unit() && block.first < block.last).map(move |block| {
            let start = self.tree.inlines[block.first as usize].start as usize;
            while self.items.get(item).is_some_and(|i| i.end <= start) {
                item += 1;
            }
            let inside = self.items.get(item).is_some_and(|i| i.start <= start);
            Prose { item: inside.then_some(item), view: self.view(block) }
        })
    }

    fn view(&self, block: &Block) -> View {
        let inlines = &self.tree.inlines[block.inlines()];
        let mut view = View::with_room(block.span().len(), inlines.len());
        for inline in inlines {
            let span = inline.span();
            match inline.kind {
                InlineKind::Text => view.push(&self.text[span.clone()], span.start),
                InlineKind::Entity(c) => view.push_char(c, span),
                InlineKind::Soft | InlineKind::Hard => view.push_char(' ', span),
                InlineKind::Code => view.push_hidden(&self.text[span.clone()], span.start),
                InlineKind::Html if is_tag(&self.text[span.clone()]) || is_waiver(&self.text[span.clone()]) => {}
                InlineKind::Html | InlineKind::Fixed | InlineKind::Address(_) | InlineKind::Math | InlineKind::Image => {
                    view.push_char(OBJECT, span);
                }
                InlineKind::Open(..) | InlineKind::Close(..) | InlineKind::Footnote | InlineKind::Task => {}
            }
        }
        view
    }
}

/// A tag around words, which does not part them; `<br>` and comments do.
fn is_tag(html: &str) -> bool {
    let name = html.trim_start_matches(['<', '/']);
    !name.starts_with('!') && !name.get(..2).is_some_and(|br| br.eq_ignore_ascii_case("br"))
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::*;

    fn shown(text: &str) -> Vec<(Option<usize>, String)> {
        Digest::parse(text, Format::Markdown, None).prose().map(|prose| (prose.item, prose.view.text)).collect()
    }

    #[test]
    fn markup_is_left_out_and_words_stay() {
        let text = "# 제목\n\n- **안장점**을 [모델](https://x.y)을 `f(x)`는 <b>값</b>이<br>끝 &amp; https://a.b 를\n  다음[^1] ![그림](z)\n\n[^1]: 주\n";
        let prose = shown(text);
        assert_eq!(prose[0], (None, "제목".to_owned()));
        assert_eq!(prose[1], (Some(0), "안장점을 모델을 `f(x)`는 값이\u{FFFC}끝 & \u{FFFC} 를 다음 \u{FFFC}".to_owned()));
    }

    #[test]
    fn words_lead_back_to_their_bytes() {
        let text = "> - **안장점**을\n>   벗어\\*난다\n";
        let digest = Digest::parse(text, Format::Markdown, None);
        for prose in digest.prose() {
            for word in ["안장점", "을", "벗어", "난다"] {
                let Some(at) = prose.view.text.find(word) else { panic!("{word} in {}", prose.view.text) };
                assert_eq!(&text[prose.view.span(at..at + word.len())], word);
            }
        }
    }
}
