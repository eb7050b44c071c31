//! A team's repository: what git says of its files.

pub mod git;
