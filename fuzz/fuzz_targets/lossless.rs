//! Any UTF-8 text: nothing panics, unchanged replies give the bytes back, changed ones keep the Markdown's skeleton.
//!
//! `cargo fuzz run lossless` (nightly), or `cargo fuzz run --sanitizer none lossless` on stable.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pulldown_cmark::{Event, Options, Parser, Tag};
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
        if format == Format::Markdown {
            assert_eq!(skeleton(&upper), skeleton(text), "{upper:?}");
        }
    }
});

/// The parser's own events without the words, in no order: which of two pairs that begin together is the outer one may hang on
/// the text behind them.
fn skeleton(text: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let events = Parser::new_ext(text.strip_prefix('\u{feff}').unwrap_or(text), options).filter_map(|event| {
        Some(match event {
            Event::Text(_) | Event::SoftBreak => return None,
            // The repair of emphasis that would otherwise be inert.
            Event::InlineHtml(html) if &*html == "<!-- -->" => return None,
            // Between two amounts of money it is text.
            Event::InlineMath(inside) if inside.starts_with(|c: char| c.is_ascii_digit()) => return None,
            Event::Start(Tag::Link { dest_url, title, .. }) => format!("link {dest_url} {title}"),
            Event::Start(Tag::Image { dest_url, title, .. }) => format!("image {dest_url} {title}"),
            other => format!("{other:?}"),
        })
    });
    let mut events: Vec<String> = events.collect();
    events.sort();
    events
}
