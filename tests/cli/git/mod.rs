//! What git says of digests, and what a repository cannot make git do.
#![cfg(unix)]

mod attacks;
mod environment;
mod repository;
mod reviewer;
mod revisions;
