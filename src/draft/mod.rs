//! The three files of one digest on disk: English, Korean, record.

pub mod assemble;
pub mod atomic;
pub mod files;
pub mod likely;
pub mod lock;
pub mod pair;
pub mod plan;
pub mod record;
