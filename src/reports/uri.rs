//! Paths as relative references of URIs.

use std::path::{Component, Path};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// All but what RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A path with slashes and without `./`, each part percent-encoded; an absolute one is a `file:` URI.
pub(super) fn of(path: &Path) -> String {
    let mut parts = Vec::new();
    let mut is_absolute = false;
    for part in path.components() {
        match part {
            Component::RootDir => is_absolute = true,
            Component::CurDir => {}
            part => parts.push(percent_encode(part.as_os_str().as_encoded_bytes(), RESERVED).to_string()),
        }
    }
    format!("{}{}", if is_absolute { "file:///" } else { "" }, parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_percent_encoded() {
        for (path, uri) in [
            ("drafts/2021-10-15.ko.md", "drafts/2021-10-15.ko.md"),
            ("./a b/../c:d%.md", "a%20b/../c%3Ad%25.md"),
            ("초안\n.md", "%EC%B4%88%EC%95%88%0A.md"),
        ] {
            assert_eq!(of(Path::new(path)), uri);
        }
        if cfg!(unix) {
            assert_eq!(of(Path::new("/a/b.md")), "file:///a/b.md");
        }
    }
}
