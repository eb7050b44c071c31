//! Facts about Korean text.
pub mod particle;
