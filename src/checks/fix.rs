//! What `--fix` does to a text: certain fixes, each as a whole or not at all, and nothing else.

use std::collections::BTreeMap;

use super::{Edit, Finding};
use crate::digest::Digest;

/// A text with fixes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The whole text.
    pub text: String,
    /// Indices of the findings that were fixed.
    pub applied: Vec<usize>,
}

/// Applies the fixes of `findings`, which were found in `digest`; none where there is nothing to apply. Of two that touch each
/// other the first counts. A fix that would change anything but words (markup, items, links) is left out.
pub fn apply(digest: &Digest<'_>, findings: &[Finding]) -> Option<Fixed> {
    let mut chosen: Vec<usize> = Vec::new();
    let mut taken: BTreeMap<usize, &Edit> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| !finding.fix.is_empty() && finding.waived.is_none()) {
        let is_sound = finding.fix.iter().all(|edit| digest.text.get(edit.span.clone()).is_some());
        // What is taken does not overlap, so that only the neighbours can be in the way.
        let neighbours = |edit: &Edit| [taken.range(..=edit.span.start).next_back(), taken.range(edit.span.start..).next()];
        let is_free = |edit: &Edit| neighbours(edit).into_iter().flatten().all(|(_, other)| !touch(edit, other));
        if is_sound && finding.fix.iter().all(is_free) {
            chosen.push(index);
            taken.extend(finding.fix.iter().map(|edit| (edit.span.start, edit)));
        }
    }
    let mut trial = Trial { digest, findings, applied: Vec::new(), effort: EFFORT };
    // What is meant to change markup comes last and one by one: nothing may hide behind it.
    let (reshaping, plain): (Vec<usize>, Vec<usize>) = chosen.into_iter().partition(|&index| findings[index].reshapes);
    trial.keep(&plain);
    reshaping.into_iter().for_each(|index| trial.keep(&[index]));
    let mut applied = trial.applied;
    applied.sort_unstable();
    (!applied.is_empty()).then(|| Fixed { text: with_fixes(digest, findings, &applied), applied })
}

/// As many bytes are parsed to see whether fixes leave the shape of a digest as it is. In a long digest full of fixes that do not, the
/// others are left to the next round.
const EFFORT: usize = 32 << 20;

/// Fixes that were tried and leave the shape of the digest as it is.
struct Trial<'a> {
    digest: &'a Digest<'a>,
    findings: &'a [Finding],
    applied: Vec<usize>,
    /// What is left of [`EFFORT`].
    effort: usize,
}

impl Trial<'_> {
    /// Keeps all of `fixes` or, where these change more than words, those of each half that do not.
    fn keep(&mut self, fixes: &[usize]) {
        // The text itself is looked at once in any case.
        if fixes.is_empty() || self.effort == 0 {
            return;
        }
        self.effort = self.effort.saturating_sub(self.digest.text.len().max(1));
        let before = self.applied.len();
        self.applied.extend(fixes);
        let reshapes = fixes.iter().any(|&index| self.findings[index].reshapes);
        if keeps_shape(self.digest, &with_fixes(self.digest, self.findings, &self.applied), reshapes) {
            return;
        }
        self.applied.truncate(before);
        if fixes.len() > 1 {
            let (first, second) = fixes.split_at(fixes.len() / 2);
            self.keep(first);
            self.keep(second);
        }
    }
}

fn touch(one: &Edit, other: &Edit) -> bool {
    let (a, b) = (&one.span, &other.span);
    (a.start < b.end && b.start < a.end) || a.start == b.start || (a.is_empty() || b.is_empty()) && (a.end == b.start || b.end == a.start)
}

fn with_fixes(digest: &Digest<'_>, findings: &[Finding], fixes: &[usize]) -> String {
    edited(digest.text, fixes.iter().flat_map(|&index| &findings[index].fix).collect())
}

fn edited(text: &str, mut edits: Vec<&Edit>) -> String {
    edits.sort_by_key(|edit| edit.span.start);
    let mut out = String::with_capacity(text.len() + 64);
    let mut from = 0;
    for edit in edits {
        out.push_str(&text[from..edit.span.start]);
        out.push_str(&edit.text);
        from = edit.span.end;
    }
    out.push_str(&text[from..]);
    out
}

/// Whether a text has the items, segments and marks of the digest, whatever its words; only the items where marks are to change.
fn keeps_shape(digest: &Digest<'_>, text: &str, reshapes: bool) -> bool {
    let other = Digest::parse(text, digest.format, None);
    let kinds = |digest: &Digest<'_>| digest.segments.iter().map(|segment| (segment.kind, segment.item)).collect::<Vec<_>>();
    let same = |other: &Digest<'_>| kinds(other) == kinds(digest) && other.kinds_of_marks() == digest.kinds_of_marks();
    other.items.len() == digest.items.len() && (reshapes || same(&other))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Severity;
    use super::*;
    use crate::digest::Format;

    fn finding(edits: &[(std::ops::Range<usize>, &str)]) -> Finding {
        let fix = edits.iter().map(|(span, text)| Edit { span: span.clone(), text: (*text).to_owned() }).collect();
        Finding { fix, ..Finding::new("x", Severity::Error, 0..1, String::new()) }
    }

    fn applied(text: &str, findings: &[Finding]) -> Option<Fixed> {
        apply(&Digest::parse(text, Format::Markdown, None), findings)
    }

    #[test]
    fn a_group_is_applied_whole_or_not_at_all() {
        let findings = [finding(&[(0..1, "A"), (4..5, "E")]), finding(&[(2..3, "C"), (4..5, "X")]), finding(&[(3..4, "D")])];
        let fixed = applied("abcde\n", &findings).expect("fixed");
        assert_eq!((fixed.text.as_str(), fixed.applied), ("AbcDE\n", vec![0, 2]));
        assert_eq!(applied("abcde\n", &[finding(&[])]), None);
        assert_eq!(applied("가\n", &[finding(&[(1..3, "x")])]), None, "inside a character");
    }

    #[test]
    fn what_would_change_the_markup_is_left_out() {
        let findings = [finding(&[(2..4, "**")]), finding(&[(5..8, "def")])];
        let fixed = applied("- ab abc\n", &findings).expect("fixed");
        assert_eq!((fixed.text.as_str(), fixed.applied), ("- ** def\n", vec![0, 1]), "a pair of stars is words here");
        let fixed = applied("ab [c](d)\n", &[finding(&[(0..2, "[x](y)")]), finding(&[(4..5, "e")])]).expect("fixed");
        assert_eq!((fixed.text.as_str(), fixed.applied), ("ab [e](d)\n", vec![1]));
        assert_eq!(applied("- a\n", &[finding(&[(2..3, "b\n- c")])]), None);
    }

    proptest! {
        #[test]
        fn any_edits_leave_the_rest_as_it_was(text in "[a-z가-힣 *\\[\\]()\n-]{0,40}", edits in prop::collection::vec((0usize..60, 0usize..6, "[a-z가]{0,3}"), 0..6)) {
            let findings: Vec<Finding> = edits.iter().map(|(at, length, new)| finding(&[(*at..at + length, new)])).collect();
            if let Some(fixed) = applied(&text, &findings) {
                let mut left = text.clone();
                let mut spans: Vec<&Edit> = fixed.applied.iter().flat_map(|&index| &findings[index].fix).collect();
                spans.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
                spans.iter().for_each(|edit| left.replace_range(edit.span.clone(), &edit.text));
                prop_assert_eq!(left, fixed.text);
            }
        }
    }
}
