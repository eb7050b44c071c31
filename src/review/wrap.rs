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
