//! The machine's text against the editor's: which item became which, what changed in it, and what a person decides of it.

pub mod align;
mod cases;
pub mod desk;
pub mod diff;
pub mod distance;
pub mod edition;
mod journal;
pub mod learn;
pub mod marks;
pub mod paint;
mod parts;
pub mod progress;
mod row;
pub mod screen;
pub mod session;
mod structure;
pub mod visible;
pub mod wrap;
mod write;

pub use row::{Case, Piece, Row, RowState, Stale, Standing};
