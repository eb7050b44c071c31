//! The English text that stands beside a place of the Korean file: what it has, the Korean may have too.

use super::Context;
use crate::span::Span;

/// The bytes of the English item or segment where that is certain, else of the whole English digest; none without one.
pub(super) fn english_beside<'c>(context: &'c Context<'_>, at: usize) -> Option<&'c str> {
    let side = context.english()?;
    let part = context.part_at(at).and_then(|part| part.english.clone());
    Some(part.map_or(side.digest.text, |span| &side.digest.text[span]))
}

/// Whether byte `at` lies in one of some spans, which are in the order of the text.
pub(super) fn is_in(spans: &[Span], at: usize) -> bool {
    let after = spans.partition_point(|span| span.start <= at);
    after > 0 && at < spans[after - 1].end
}
