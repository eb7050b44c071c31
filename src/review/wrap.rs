//! Text in styles, broken into lines by the width it takes on a terminal.

/// How a piece of text looks: what it means, not which colour it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// As it is.
    #[default]
    Plain,
    /// A label, a name.
    Strong,
    /// What is less important.
    Faint,
    /// What the editor took out.
    Delete,
    /// What the editor put in.
    Insert,
    /// A fault that must be mended.
    Error,
    /// A fault to look at.
    Warning,
    /// What may be bettered.
    Hint,
    /// A key to press.
    Key,
}

/// A piece of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// How it looks.
    pub style: Style,
    /// The text: no line ends, no control characters.
    pub text: String,
}

/// One line of a terminal.
pub type Line = Vec<Span>;

/// Breaks spans into lines.
pub fn wrap(spans: &[Span], width: usize, indent: usize) -> Vec<Line> {
    let mut lines = vec![Line::new()];
    let mut used = 0;
    for span in spans {
        for c in span.text.chars() {
            let w = unicode_width::UnicodeWidthChar::width(c).unwrap_or(1);
            if used + w > width.saturating_sub(1) {
                lines.push(vec![Span { style: Style::Plain, text: " ".repeat(indent) }]);
                used = indent;
            }
            let line = lines.last_mut().expect("a line");
            match line.last_mut() {
                Some(last) if last.style == span.style => last.text.push(c),
                _ => line.push(Span { style: span.style, text: c.to_string() }),
            }
            used += w;
        }
    }
    lines
}

/// A diff as spans.
pub fn diff_spans(diff: &super::diff::Diff, _styled: bool) -> Vec<Span> {
    diff.changes
        .iter()
        .map(|c| match c.op {
            super::diff::Op::Equal => Span { style: Style::Plain, text: c.text.clone() },
            super::diff::Op::Delete => Span { style: Style::Delete, text: format!("[-{}-]", c.text) },
            super::diff::Op::Insert => Span { style: Style::Insert, text: format!("{{+{}+}}", c.text) },
        })
        .collect()
}

/// A line as text.
pub fn paint(line: &Line, _colour: bool) -> String {
    line.iter().map(|span| span.text.as_str()).collect()
}
