//! korean
