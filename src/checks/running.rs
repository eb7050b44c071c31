//! Running text of the Korean digest: commentary and paragraphs, sentence by sentence, without titles, headings and cells.

use super::{Context, Passage, Side, Twin};
use crate::digest::{Kind, Segment};
use crate::korean::sentence::{Sentence, sentences};
use crate::span::{Lines, Span};

/// A segment of running text.
pub(super) struct Running<'c> {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the file.
    pub span: Span,
    /// Its words.
    pub passage: Passage<'c>,
    /// The sentences of [`Passage::text`].
    pub sentences: &'c [Sentence],
    /// Its English, where that is certain.
    pub twin: Option<&'c Twin>,
}

/// Every segment of running text outside block quotes.
pub(super) fn running<'c>(context: &'c Context<'_>) -> impl Iterator<Item = Running<'c>> {
    let lines = context.korean().lines();
    with_quotes(context).filter(|running| !is_quoted(lines, running.span.start))
}

/// Every segment of running text; block quotes, which in some digests are the comments, among them.
pub(super) fn with_quotes<'c>(context: &'c Context<'_>) -> impl Iterator<Item = Running<'c>> {
    passages(context.korean()).zip(context.sentences()).map(move |((segment, passage), sentences)| Running {
        kind: segment.kind,
        span: segment.span(),
        passage,
        sentences,
        twin: context.twin(segment.start),
    })
}

/// The passages of running text, each with its segment.
fn passages<'c>(side: &'c Side<'_>) -> impl Iterator<Item = (&'c Segment, Passage<'c>)> {
    let is_running = |segment: &&Segment| matches!(segment.kind, Kind::Commentary | Kind::Paragraph);
    let segments = side.digest.segments.iter().filter(is_running);
    segments.flat_map(|segment| side.passages(&segment.span()).into_iter().map(move |passage| (segment, passage)))
}

/// The sentences of running text, passage by passage.
pub(super) fn cut(side: &Side<'_>) -> Vec<Vec<Sentence>> {
    passages(side).map(|(_, passage)| sentences(passage.text())).collect()
}

/// Whether the line of byte `at` is a block quote: another's words.
fn is_quoted(lines: &Lines<'_>, at: usize) -> bool {
    lines.text()[lines.line(lines.number(at)).start..].trim_start().starts_with('>')
}
