//! Translating changes bytes inside segments only, and what is written reads as meant.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use translate_digest::digest::{Digest, Format, splice};

/// Every segment through `translate`, back into the file; also how many replies were refused.
fn through(text: &str, format: Format, translate: impl Fn(&str) -> String) -> (String, usize, usize) {
    let digest = Digest::parse(text, format, None);
    let mut refused = 0;
    let mut replacements = Vec::new();
    for (index, segment) in digest.segments.iter().enumerate() {
        let marked = digest.marked(segment);
        let reply = translate(&marked.text);
        if reply == marked.text {
            replacements.push((index, digest.bytes(segment).to_owned()));
            continue;
        }
        match digest.render(segment, &marked, &reply) {
            Ok(bytes) => replacements.push((index, bytes)),
            Err(fault) => {
                if std::env::var_os("SHOW").is_some() {
                    eprintln!("{fault}: {:?}", marked.text);
                }
                refused += 1;
            }
        }
    }
    let spliced = splice(&digest, &replacements, true);
    if std::env::var_os("SHOW").is_some() {
        for r in &spliced.refused {
            eprintln!("spliced out: {:?}", replacements[*r].1);
        }
    }
    refused += spliced.refused.len();
    (spliced.text, digest.segments.len(), refused)
}

fn upper(text: &str) -> String {
    text.to_ascii_uppercase()
}

/// Lower-case letters of the segments that travel.
fn lower_case_left(text: &str, format: Format) -> Vec<String> {
    let digest = Digest::parse(text, format, None);
    let marked = digest.segments.iter().map(|s| digest.marked(s).text);
    marked.filter(|text| text.bytes().any(|b| b.is_ascii_lowercase())).collect()
}

/// Pieces that meet each other in digests, and some that should not. Not among them: `***`, which opens two pairs whose order
/// hangs on what follows.
fn soup() -> impl Strategy<Value = String> {
    const PIECES: [&str; 63] = [
        "word",
        "Two words",
        "안장점",
        "é",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        "- ",
        "* ",
        "1. ",
        "1) ",
        "> ",
        "# ",
        "### ",
        "---\n",
        "**",
        "*",
        "_",
        "__",
        "~~",
        "`",
        "``",
        "```\n",
        "[",
        "](https://a.b/c)",
        "[x][]",
        "[y]",
        "[y]: /u \"t\"\n",
        "![i](j)",
        "<b>",
        "</b>",
        "<br>",
        "<!-- c -->",
        "<https://a.b>",
        "https://x.y/z_a",
        "me@x.org",
        ":tada:",
        "&amp;",
        "&lt;",
        "&copy;",
        "&",
        "<",
        "\\",
        "\\*",
        "|",
        "|-|-|\n",
        "| a | b |\n",
        "$x$",
        "$",
        "⟦1⟧",
        "⟦",
        "[^1]",
        "[^1]: note\n",
        " – ",
        ": ",
        "{{ t }}",
        "{% t %}",
        "• ",
        "\u{feff}",
    ];
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn identity_gives_the_bytes_back(text in soup(), plain in any::<bool>()) {
        let format = if plain { Format::Plain } else { Format::Markdown };
        let (after, _, refused) = through(&text, format, str::to_owned);
        prop_assert_eq!(refused, 0);
        prop_assert_eq!(after, text);
    }

    #[test]
    fn segments_are_in_order_and_on_characters(text in any::<String>(), plain in any::<bool>()) {
        let digest = Digest::parse(&text, if plain { Format::Plain } else { Format::Markdown }, None);
        let mut at = 0;
        for segment in &digest.segments {
            prop_assert!(at <= segment.start && segment.start < segment.end && segment.end <= text.len());
            prop_assert!(text.is_char_boundary(segment.start) && text.is_char_boundary(segment.end));
            at = segment.end;
        }
    }

    #[test]
    fn upper_case_keeps_the_skeleton(text in soup()) {
        let (after, _, _) = through(&text, Format::Markdown, upper);
        prop_assert_eq!(skeleton(&after), skeleton(&text), "{}", after);
    }

    #[test]
    fn particles_keep_the_skeleton(text in soup()) {
        let (after, _, _) = through(&text, Format::Markdown, |english| english.replace('⟧', "⟧는").replace("word", "단어(말)"));
        let comments = |events: Vec<String>| events.into_iter().filter(|e| e != "<!-- -->").collect::<Vec<_>>();
        let sorted = |text: &str| { let mut events = comments(skeleton(text)); events.sort(); events };
        prop_assert_eq!(sorted(&after), sorted(&text), "{}", after);
    }
}

/// The parser's own events without the words: kinds, nesting, targets, and what must stay to the byte.
fn skeleton(text: &str) -> Vec<String> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let mut options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    options |= Options::ENABLE_TASKLISTS | Options::ENABLE_MATH;
    options |= Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let events = Parser::new_ext(text.strip_prefix('\u{feff}').unwrap_or(text), options).filter_map(|event| {
        Some(match event {
            Event::Text(_) | Event::SoftBreak => return None,
            // Between two amounts of money it is text.
            Event::InlineMath(inside) if inside.starts_with(|c: char| c.is_ascii_digit()) => return None,
            Event::Start(Tag::Link { dest_url, title, .. }) => format!("link {dest_url} {title}"),
            Event::Start(Tag::Image { dest_url, title, .. }) => format!("image {dest_url} {title}"),
            Event::InlineHtml(html) | Event::Html(html) => html.to_string(),
            other => format!("{other:?}"),
        })
    });
    events.collect()
}

/// Folders of Markdown that this repository holds.
const FOLDERS: [&str; 4] = ["tests/editions", "drafts", "docs", "."];

/// Every digest of the repository, and of the folder that `DIGESTS` names besides.
fn digests() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = FOLDERS.iter().map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).collect();
    folders.extend(std::env::var_os("DIGESTS").map(PathBuf::from));
    let is_digest = |path: &PathBuf| path.is_file() && path.extension().is_some_and(|extension| extension == "md" || extension == "txt");
    let files = |folder: &PathBuf| {
        let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_digest).collect();
        assert!(!found.is_empty(), "no digest in {}", folder.display());
        found.sort();
        found
    };
    folders.iter().flat_map(files).collect()
}

#[test]
fn every_digest_of_the_repository_is_lossless() {
    let (mut all, mut refused) = (0, 0);
    for path in digests() {
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let format = Format::of(&path);
        let (same, _, failed) = through(&text, format, str::to_owned);
        assert_eq!(failed, 0, "{}", path.display());
        assert!(same == text, "{} is not given back byte for byte", path.display());
        let (after, segments, failed) = through(&text, format, upper);
        let left = lower_case_left(&after, format);
        println!("{}: {segments} segments, {failed} refused, {} with lower case left", path.display(), left.len());
        assert!(segments > 0, "{} has nothing to translate", path.display());
        assert_eq!(left.len(), failed, "{}: {left:?}", path.display());
        if format == Format::Markdown {
            assert_eq!(skeleton(&after), skeleton(&text), "{}", path.display());
        }
        (all, refused) = (all + segments, refused + failed);
    }
    println!("{refused} of {all} refused");
    assert!(all >= 1000, "{all} segments are too few to say anything");
    assert!(refused * 100 <= all, "{refused} of {all} refused");
}
