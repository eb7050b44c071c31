//! From a reply or a stored text to the words that stand in the Korean file: terms enforced, markup proved.

use crate::backends::TermHint;
use crate::digest::{Digest, Marked, ReplyFault};
use crate::draft::plan::{Answer, Holder, Slot};
use crate::glossary::{Glossary, Term};
use crate::span::Lines;

/// The English side with what the glossary says of each segment.
pub(crate) struct English<'d, 't> {
    pub digest: &'d Digest<'t>,
    pub marked: Vec<Marked>,
    pub glossary: &'d Glossary,
    lines: Lines<'t>,
}

impl<'d, 't> English<'d, 't> {
    pub fn new(digest: &'d Digest<'t>, glossary: &'d Glossary) -> Self {
        let marked = digest.segments.iter().map(|segment| digest.marked(segment)).collect();
        Self { digest, marked, glossary, lines: Lines::new(digest.text) }
    }

    /// What the digest is about: its first heading; empty where it has none.
    pub fn context(&self) -> String {
        let heading = self.digest.segments.iter().find(|segment| segment.kind == crate::digest::Kind::Heading);
        heading.map(|segment| self.digest.marked(segment).text).unwrap_or_default()
    }

    /// The line that a segment begins in, from 1.
    pub fn line(&self, index: usize) -> usize {
        self.lines.number(self.digest.segments[index].start) + 1
    }

    fn terms(&self, index: usize) -> Vec<&Term> {
        self.glossary.terms_in(&self.marked[index].text)
    }

    /// Names the state of the terms of a segment; none where it has no term.
    pub fn glossary_hash(&self, index: usize) -> Option<String> {
        let terms = self.terms(index);
        (!terms.is_empty()).then(|| Glossary::hash_of(&terms))
    }

    /// The terms of a segment as a backend gets them.
    pub fn hints(&self, index: usize) -> Vec<TermHint> {
        let hints = Glossary::hints(&self.terms(index));
        hints.into_iter().map(|(english, korean, note)| TermHint { english, korean, note }).collect()
    }

    /// A reply as an answer: verified, terms enforced, written as Markdown.
    pub fn answer(&self, index: usize, reply: &str, backend: &str) -> Result<Answer, ReplyFault> {
        let marked = &self.marked[index];
        let segment = &self.digest.segments[index];
        let terms = self.terms(index);
        let glossary_hash = (!terms.is_empty()).then(|| Glossary::hash_of(&terms));
        let mut answer = Answer { text: String::new(), backend: backend.to_owned(), glossary_hash, notes: Vec::new() };
        if reply.trim() == marked.text {
            answer.text = self.digest.bytes(segment).to_owned();
            return Ok(answer);
        }
        let enforced = self.glossary.enforce(&terms, reply);
        answer.text = self.digest.render(segment, marked, &enforced.text)?;
        answer.notes = enforced.notes;
        Ok(answer)
    }

    /// A text that stood in a Korean file, for this segment: with this segment's links and terms.
    pub fn reuse(&self, index: usize, korean: &str, backend: &str) -> Option<Answer> {
        if korean == self.digest.bytes(&self.digest.segments[index]) {
            return self.answer(index, &self.marked[index].text, backend).ok();
        }
        let (reply, _) = self.marked[index].adapt(korean, self.digest.format)?;
        self.answer(index, &reply, backend).ok()
    }

    /// Whether a stored text has this segment's own links and the like: then it can stand as it is.
    pub fn fits(&self, index: usize, korean: &str) -> bool {
        self.marked[index].is_plain()
            || korean == self.digest.bytes(&self.digest.segments[index])
            || self.marked[index].adapt(korean, self.digest.format).is_some_and(|(_, exact)| exact)
    }

    /// The text to write for a slot. A person's text that is kept in the record and has older links gets the new ones.
    pub fn stored_or_new(&self, index: usize, slot: &Slot) -> Option<String> {
        let text = slot.text()?;
        if slot.holder != Holder::Person || self.fits(index, &text) {
            return Some(text);
        }
        let (reply, _) = self.marked[index].adapt(&text, self.digest.format)?;
        self.digest.render(&self.digest.segments[index], &self.marked[index], &reply).ok()
    }
}
