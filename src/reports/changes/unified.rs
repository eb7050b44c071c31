//! The comparison as a unified diff: the machine's texts against the editor's, a segment a line, an item a hunk.

use std::io::{self, Write};

use super::{Changes, Comparison, changed, title};
use crate::reports::escape;

/// See the module.
pub struct Unified;

impl Changes for Unified {
    fn write(&self, comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
        if changed(comparison).next().is_none() {
            return Ok(());
        }
        let name = escape::line(comparison.korean_file);
        writeln!(out, "--- {name} (machine)\n+++ {name}")?;
        // Every text is a run of lines of its side, so that the places of the hunks are right.
        let (mut old, mut new) = (1, 1);
        for row in comparison.rows {
            let lines = |text: &str| -> Vec<String> { text.lines().map(escape::line).collect() };
            let (machine, edited) = (lines(&row.machine), lines(&row.edited));
            if row.state != crate::review::RowState::Equal {
                writeln!(out, "@@ -{} +{} @@ {}", range(old, machine.len()), range(new, edited.len()), escape::line(&title(row)))?;
                let same = machine.iter().zip(&edited).take_while(|(a, b)| a == b).count();
                machine[..same].iter().try_for_each(|line| writeln!(out, " {line}"))?;
                machine[same..].iter().try_for_each(|line| writeln!(out, "-{line}"))?;
                edited[same..].iter().try_for_each(|line| writeln!(out, "+{line}"))?;
            }
            (old, new) = (old + machine.len(), new + edited.len());
        }
        Ok(())
    }
}

/// A range of lines; of none the line before it.
fn range(start: usize, count: usize) -> String {
    match count {
        0 => format!("{},0", start - 1),
        1 => start.to_string(),
        count => format!("{start},{count}"),
    }
}
