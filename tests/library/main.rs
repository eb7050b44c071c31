//! The library through its public items.

mod alignment;
mod architecture;
mod backends_filter;
mod backends_key;
mod backends_libretranslate;
mod backends_openai;
mod backends_plugins;
mod check_injection;
mod check_properties;
mod diff_pairs;
mod disk;
mod draft_files;
mod emphasis;
mod injection;
mod learning;
mod lossless;
mod particles;
mod reports;
mod review_desk;
mod review_session;
mod shapes;
#[path = "../support/mod.rs"]
mod support;
