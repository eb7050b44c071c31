//! Whatever needs a terminal, a signal or a browser.

mod killed;
mod pages;
mod review_killed;
mod review_terminal;
#[path = "../support/mod.rs"]
mod support;
