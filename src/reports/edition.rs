//! The approved edition as readers get it: Markdown, flat text, or a page.

use std::path::Path;

use super::page::page;
use crate::digest::{Digest, Format};

/// How an edition is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The Korean file without its waivers.
    Markdown,
    /// One bullet a line: `• title(address) – commentary`.
    Flat,
    /// One page.
    Html,
}

/// The edition that a Korean file holds. `path` tells how the file is written, and names the page where it has no heading.
pub fn edition(text: &str, path: &Path, form: Form) -> String {
    let digest = Digest::parse(text, Format::of(path), None);
    match form {
        Form::Markdown => digest.without_waivers(),
        Form::Flat => digest.flat(),
        Form::Html => {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let title = digest.title().unwrap_or(name);
            let body = format!("<main>\n{}</main>\n", digest.html());
            page(&title, "main{max-width:46rem;margin:0 auto}li{margin:.5rem 0}", &body)
        }
    }
}
