//! Any UTF-8 text: nothing panics, unchanged replies give the bytes back, changed ones keep items and segments.
//!
//! `cargo fuzz run lossless` (nightly), or `cargo fuzz run --sanitizer none lossless` on stable.
#![no_main]

use libfuzzer_sys::fuzz_target;
use translate_digest::digest::{Digest, Format, splice};

fuzz_target!(|text: &str| {
    for format in [Format::Markdown, Format::Plain] {
        let digest = Digest::parse(text, format, None);
        let through = |translate: fn(&str) -> String| {
            let replies = digest.segments.iter().enumerate().filter_map(|(index, segment)| {
                let marked = digest.marked(segment);
                let reply = translate(&marked.text);
                if reply == marked.text {
                    return Some((index, digest.bytes(segment).to_owned()));
                }
                Some((index, digest.render(segment, &marked, &reply).ok()?))
            });
            splice(&digest, &replies.collect::<Vec<_>>(), true).text
        };
        assert_eq!(through(str::to_owned), text);
        let upper = through(|reply| reply.to_ascii_uppercase());
        let again = Digest::parse(&upper, format, None);
        assert_eq!(again.segments.len(), digest.segments.len(), "{upper:?}");
    }
});
