//! Texts of which so little is left that they are better shown whole.

use super::{Change, Diff, Op};

/// More than this share of both texts, in percent, and marks inside of them are no help.
const MOST_CHANGED: usize = 65;

impl Diff {
    pub(super) fn of(changes: Vec<Change>) -> Self {
        let letters = |op| changes.iter().filter(|change| change.op == op).map(|change| letters(&change.text)).sum::<usize>();
        let changed = letters(Op::Delete) + letters(Op::Insert);
        let is_both = [Op::Delete, Op::Insert].iter().all(|op| changes.iter().any(|change| change.op == *op));
        Self { whole: is_both && 100 * changed > MOST_CHANGED * (changed + 2 * letters(Op::Equal)), changes }
    }

    /// The diff of each line, without its line end. A line ends where a line end stands on both sides, so that one diff may hold two lines of
    /// one side.
    pub fn lines(&self) -> Vec<Diff> {
        let mut lines = vec![Vec::new()];
        for change in &self.changes {
            let ends = if change.op == Op::Equal { usize::MAX } else { 1 };
            for (number, text) in change.text.splitn(ends, '\n').enumerate() {
                if number > 0 {
                    lines.push(Vec::new());
                }
                if let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) {
                    line.push(Change { op: change.op, text: text.to_owned() });
                }
            }
        }
        lines.into_iter().map(Self::of).collect()
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
