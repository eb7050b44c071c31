//! The machine's text against the editor's: which item became which, what changed in it, and what a person decides of it.

pub mod align;
pub mod diff;
mod row;
pub mod wrap;

pub use row::{Row, RowState};
