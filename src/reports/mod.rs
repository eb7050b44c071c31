//! What a person or a script reads of findings: one file per format.

pub mod snippet;
