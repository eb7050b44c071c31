//! Changed segments into the file: nothing else changes, and what was written is parsed again to prove it.

use std::collections::HashSet;

use super::tree::{BlockKind, InlineKind, Tree};
use super::{Digest, Segment};

/// A text with some segments replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spliced {
    /// The new text.
    pub text: String,
    /// Indices (into the replacements given) that had to be left out, because the text around them would have been read differently.
    pub refused: Vec<usize>,
}

/// So many times a text is parsed to find out what it does not take; then nothing is replaced.
const MOST_PARSES: usize = 64;

/// Replaces segments of `digest`: each is an index into [`Digest::segments`] with the bytes that take its place, in ascending order.
///
/// With `same_markup`, a block that gets new text must hold the same markup as before: for text that comes from the digest's
/// own segments. Without, only what surrounds the new text must stay: for text that follows another, edited side.
pub fn splice(digest: &Digest<'_>, replacements: &[(usize, String)], same_markup: bool) -> Spliced {
    let mut kept: Vec<usize> =
        (0..replacements.len()).filter(|&r| digest.bytes(&digest.segments[replacements[r].0]) != replacements[r].1).collect();
    let mut refused = Vec::new();
    for _ in 0..MOST_PARSES {
        let text = write(digest, replacements, &kept);
        let free: HashSet<usize> = match same_markup {
            true => HashSet::new(),
            false => kept.iter().map(|&r| digest.segments[replacements[r].0].unit as usize).collect(),
        };
        let differences = differences(digest, &text, &free);
        let Some(&first) = differences.first() else { return Spliced { text, refused } };
        // What stands in a block that reads differently, or else right before the first one, is to blame.
        let unit = |r: usize| digest.segments[replacements[r].0].unit as usize;
        let is_blamed = |r: &usize| differences.binary_search(&unit(*r)).is_ok();
        let (mut blamed, mut left): (Vec<usize>, Vec<usize>) = kept.iter().partition(|r| is_blamed(r));
        if blamed.is_empty() && !left.is_empty() {
            blamed.push(left.remove(left.iter().rposition(|&r| unit(r) < first).unwrap_or(0)));
        }
        kept = left;
        refused.extend(blamed);
        refused.sort_unstable();
        if kept.is_empty() {
            break;
        }
    }
    refused.append(&mut kept);
    refused.sort_unstable();
    Spliced { text: digest.text.to_owned(), refused }
}

fn write(digest: &Digest<'_>, replacements: &[(usize, String)], kept: &[usize]) -> String {
    let mut text = String::with_capacity(digest.text.len() * 5 / 4);
    let mut at = 0;
    for &r in kept {
        let (index, bytes) = &replacements[r];
        let segment: &Segment = &digest.segments[*index];
        text.push_str(&digest.text[at..segment.start]);
        text.push_str(bytes);
        at = segment.end;
    }
    text.push_str(&digest.text[at..]);
    text
}

/// The blocks of `digest` that have no equal in `text` at their place: same kind, same depth, and (but for the `free` ones) the
/// same things in them. Where the blocks are others altogether, the first one.
fn differences(digest: &Digest<'_>, text: &str, free: &HashSet<usize>) -> Vec<usize> {
    let after = super::parse_tree(text, digest.format);
    let before = &digest.tree;
    let is_alike = |index: usize| {
        let (Some(a), Some(b)) = (before.blocks.get(index), after.blocks.get(index)) else { return false };
        a.kind == b.kind && a.next == b.next
    };
    let same = |index: usize| {
        let (Some(a), Some(b)) = (before.blocks.get(index), after.blocks.get(index)) else { return false };
        is_alike(index)
            && (!matches!(a.kind, BlockKind::Opaque | BlockKind::Code) || digest.text[a.span()] == text[b.span()])
            && (!a.is_unit() || free.contains(&index) || things(digest.text, before, index) == things(text, &after, index))
    };
    let longest = before.blocks.len().max(after.blocks.len());
    let mut differences = (0..longest).filter(|&index| !same(index));
    if (0..longest).all(is_alike) {
        return differences.collect();
    }
    differences.next().map(|index| index.min(before.blocks.len().saturating_sub(1))).into_iter().collect()
}

/// The markup of a unit without its order: a translation may reorder, but neither lose nor add.
fn things<'t>(text: &'t str, tree: &Tree<'t>, unit: usize) -> Vec<(u8, &'t str)> {
    let mut things: Vec<_> = tree
        .inlines_of(unit)
        .iter()
        .filter_map(|inline| {
            let bytes = &text[inline.span()];
            Some(match inline.kind {
                InlineKind::Text
                | InlineKind::Entity(_)
                | InlineKind::Soft
                | InlineKind::Close(..)
                | InlineKind::Fixed
                | InlineKind::Address(_) => return None,
                InlineKind::Html if bytes == "<!-- -->" => return None,
                InlineKind::Hard => (1, ""),
                InlineKind::Code => (2, bytes),
                InlineKind::Math => (3, bytes),
                InlineKind::Html => (4, bytes),
                InlineKind::Image => (5, bytes),
                InlineKind::Footnote => (6, bytes),
                InlineKind::Task => (7, bytes),
                InlineKind::Open(tag, _) => (8 + tag as u8, ""),
            })
        })
        .collect();
    things.sort_unstable();
    things
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::*;

    #[test]
    fn what_breaks_many_blocks_does_not_keep_others_from_being_replaced() {
        let text = "Read `a`.\n\n".repeat(200);
        let digest = Digest::parse(&text, Format::Markdown, None);
        let korean = |index: usize| if index % 2 == 0 { "`a`를 읽는다." } else { "읽는다." }.to_owned();
        let replacements: Vec<_> = (0..200).map(|index| (index, korean(index))).collect();
        let spliced = splice(&digest, &replacements, true);
        assert_eq!(spliced.refused, (0..200).filter(|index| index % 2 == 1).collect::<Vec<_>>());
        assert_eq!(spliced.text, "`a`를 읽는다.\n\nRead `a`.\n\n".repeat(100));
    }

    #[test]
    fn a_text_that_makes_other_blocks_is_refused_alone() {
        let digest = Digest::parse("One.\n\nTwo.\n\nThree.\n", Format::Markdown, None);
        let replacements = [(0, "하나.".to_owned()), (1, "- 둘.".to_owned()), (2, "셋.".to_owned())];
        let spliced = splice(&digest, &replacements, true);
        assert_eq!((spliced.text.as_str(), &spliced.refused[..]), ("하나.\n\nTwo.\n\n셋.\n", &[1][..]));
    }
}
