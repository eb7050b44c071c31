//! An English digest becomes a Korean draft.
//!
//! ```text
//! drafts/x.md ──digest──▶ items, segments ──draft──▶ what is known already (Korean file, record)
//!                                  │                             │
//!                                  ▼                             ▼
//!                       backends ◀─ pipeline ─▶ memory       drafts/x.ko.md, drafts/x.record.toml
//! ```
//!
//! - [`span`]: a place in a file
//! - [`disk`]: the one door to the file system, out of which no repository leads
//! - [`text`]: text for people and other programs: command lines
//! - [`korean`]: facts about Korean text
//! - [`digest`]: a Markdown or plain-text digest: items, segments, placeholders, byte-exact write-back
//! - [`glossary`]: the terms
//! - [`draft`]: the three files of one digest on disk
//! - [`memory`]: what was translated before
//! - [`backends`]: who translates
//! - [`project`]: the team's repository: what git says of its files
//! - [`checks`]: what may be wrong with a Korean digest
//! - [`pipeline`]: the whole run, and the way from a file to findings and back
//! - [`review`]: the machine's text against the editor's, item by item
//! - [`reports`]: what people and scripts read of findings
//!
//! A module names only modules above it in this list.
#![deny(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

pub mod backends;
pub mod checks;
pub mod digest;
pub mod disk;
pub mod draft;
pub mod glossary;
pub mod korean;
pub mod memory;
pub mod pipeline;
pub mod project;
pub mod reports;
pub mod review;
pub mod span;
pub mod text;
