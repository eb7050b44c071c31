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

/// Replaces segments of `digest`: each is an index into [`Digest::segments`] with the bytes that take its place, in ascending order.
///
/// With `same_markup`, a block that gets new text must hold the same markup as before: for text that comes from the digest's
/// own segments. Without, only what surrounds the new text must stay: for text that follows another, edited side.
pub fn splice(digest: &Digest<'_>, replacements: &[(usize, String)], same_markup: bool) -> Spliced {
    let mut kept: Vec<usize> =
        (0..replacements.len()).filter(|&r| digest.bytes(&digest.segments[replacements[r].0]) != replacements[r].1).collect();
    let mut refused = Vec::new();
    loop {
        let text = write(digest, replacements, &kept);
        let free: HashSet<usize> = match same_markup {
            true => HashSet::new(),
            false => kept.iter().map(|&r| digest.segments[replacements[r].0].unit as usize).collect(),
        };
        let Some(block) = first_difference(digest, &text, &free) else { return Spliced { text, refused } };
        // What stands in the first block that reads differently, or else right before it, is to blame.
        let in_block = |r: &usize| digest.segments[replacements[*r].0].unit as usize == block;
        let blamed: Vec<usize> = match kept.iter().any(in_block) {
            true => kept.iter().copied().filter(in_block).collect(),
            false => {
                let before = kept.iter().rposition(|&r| (digest.segments[replacements[r].0].unit as usize) < block);
                kept.get(before.unwrap_or(0)).copied().into_iter().collect()
            }
        };
        if blamed.is_empty() || refused.len() > 64 {
            refused.append(&mut kept);
            refused.sort_unstable();
            return Spliced { text: digest.text.to_owned(), refused };
        }
        kept.retain(|r| !blamed.contains(r));
        refused.extend(blamed);
        refused.sort_unstable();
    }
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

/// The first block of `digest` that has no equal in `text` at its place: same kind, same depth, and (but for the `free` ones) the
/// same things in it.
fn first_difference(digest: &Digest<'_>, text: &str, free: &HashSet<usize>) -> Option<usize> {
    let after = super::parse_tree(text, digest.format);
    let before = &digest.tree;
    let same = |index: usize| {
        let (Some(a), Some(b)) = (before.blocks.get(index), after.blocks.get(index)) else { return false };
        a.kind == b.kind
            && a.next == b.next
            && (!matches!(a.kind, BlockKind::Opaque | BlockKind::Code) || digest.text[a.span()] == text[b.span()])
            && (!a.is_unit() || free.contains(&index) || things(digest.text, before, index) == things(text, &after, index))
    };
    let longest = before.blocks.len().max(after.blocks.len());
    (0..longest).find(|&index| !same(index)).map(|index| index.min(before.blocks.len().saturating_sub(1)))
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
