//! The comparison for people: what changed, wrapped to a width.

use std::io::{self, Write};

use super::{Changes, Comparison, changed, title};
use crate::review::marks::{Manner, marks};
use crate::review::paint::paint;
use crate::review::wrap::{Span, Style, wrap};

/// See the module.
pub struct Human {
    /// Columns.
    pub width: usize,
    /// Whether changes are told by colour; else by `[-…-]{+…+}`.
    pub colour: bool,
}

impl Changes for Human {
    fn write(&self, comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
        let manner = if self.colour { Manner::Styled } else { Manner::Marked };
        let mut rows = changed(comparison).peekable();
        if rows.peek().is_none() {
            return writeln!(out, "no differences: {} texts", comparison.rows.len());
        }
        let mut section: Option<&str> = None;
        for row in rows {
            if !row.outside && row.section.as_deref() != section {
                section = row.section.as_deref();
                let heading = [Span::new(Style::Faint, format!("## {}", section.unwrap_or_default()))];
                self.lines(&[heading.to_vec()], &[], out)?;
            }
            self.lines(&[vec![Span::new(Style::Strong, title(row))]], &[], out)?;
            self.lines(&marks(&row.diff(), manner), &[Span::new(Style::Plain, "  ")], out)?;
            writeln!(out)?;
        }
        let count = changed(comparison).count();
        writeln!(out, "{count} of {} texts changed", comparison.rows.len())
    }
}

impl Human {
    fn lines(&self, texts: &[Vec<Span>], label: &[Span], out: &mut dyn Write) -> io::Result<()> {
        for line in texts.iter().flat_map(|text| wrap(text, self.width, label)) {
            writeln!(out, "{}", paint(&line, self.colour))?;
        }
        Ok(())
    }
}
