//! `translate split`: the items of a digest, as parsed.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;
use translate_digest::digest::{Digest, Format, Segment, Strategy};
use translate_digest::span::Lines;

use translate_digest::reports::escape::visible;

/// Shows the items of a digest.
#[derive(Args, Debug)]
pub(crate) struct SplitArgs {
    /// The digest, in either language
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Group blocks into items by this strategy: list-item, table-row, heading-section, lead-paragraph, pseudo-bullet, record or block
    #[arg(long, value_name = "NAME")]
    split: Option<Strategy>,
    /// How to print the items
    #[arg(long, value_enum, default_value_t = SplitFormat::Human)]
    format: SplitFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SplitFormat {
    Human,
    Json,
}

#[derive(Serialize)]
struct SplitJson<'a> {
    version: u32,
    file: String,
    items: Vec<ItemJson<'a>>,
    outside: Vec<SegmentJson<'a>>,
}

#[derive(Serialize)]
struct ItemJson<'a> {
    item: usize,
    start: usize,
    end: usize,
    line: usize,
    title: Option<String>,
    links: Vec<String>,
    commentary: Option<String>,
    segments: Vec<SegmentJson<'a>>,
}

#[derive(Serialize)]
struct SegmentJson<'a> {
    kind: &'static str,
    start: usize,
    end: usize,
    text: &'a str,
}

impl SplitArgs {
    /// Prints the items on `out`.
    pub(crate) fn run(&self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        let digest = Digest::parse(text, Format::of(&self.file), self.split);
        match self.format {
            SplitFormat::Human => human(&digest, out),
            SplitFormat::Json => {
                serde_json::to_writer(&mut *out, &json(&digest, self.file.display().to_string()))?;
                writeln!(out)
            }
        }
    }

    /// The file to read.
    pub(crate) fn file(&self) -> &std::path::Path {
        &self.file
    }
}

fn json<'d>(digest: &'d Digest<'_>, file: String) -> SplitJson<'d> {
    let segment = |s: &Segment| SegmentJson { kind: s.kind.name(), start: s.start, end: s.end, text: digest.bytes(s) };
    let lines = Lines::new(digest.text);
    let items = (0..digest.items.len())
        .map(|index| {
            let roles = digest.roles(index);
            let item = &digest.items[index];
            ItemJson {
                item: index + 1,
                start: item.start,
                end: item.end,
                line: lines.number(item.start) + 1,
                title: roles.title,
                links: roles.links,
                commentary: roles.commentary,
                segments: digest.segments_of(index).map(segment).collect(),
            }
        })
        .collect();
    let outside = digest.segments.iter().filter(|s| s.item.is_none()).map(segment).collect();
    SplitJson { version: 1, file, items, outside }
}

fn human(digest: &Digest<'_>, out: &mut dyn Write) -> io::Result<()> {
    let outside = digest.segments.iter().filter(|s| s.item.is_none());
    let mut places: Vec<(usize, Result<usize, &Segment>)> = outside.map(|s| (s.start, Err(s))).collect();
    places.extend(digest.items.iter().enumerate().map(|(index, item)| (item.start, Ok(index))));
    places.sort_by_key(|place| place.0);
    let lines = Lines::new(digest.text);
    for (start, part) in places {
        let line = lines.number(start) + 1;
        let index = match part {
            Ok(index) => index,
            Err(segment) => {
                writeln!(out, "      {:<10} {}", segment.kind.name(), short(digest.bytes(segment)))?;
                continue;
            }
        };
        let roles = digest.roles(index);
        writeln!(out, "{:>4}  {}  (line {line})", index + 1, short(roles.title.as_deref().unwrap_or("(no title)")))?;
        for link in &roles.links {
            writeln!(out, "      link       {}", short(link))?;
        }
        if let Some(commentary) = &roles.commentary {
            writeln!(out, "      commentary {}", short(commentary))?;
        }
    }
    writeln!(out, "{} items, {} segments", digest.items.len(), digest.segments.len())
}

/// One line of at most 100 characters, its control characters made visible.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = if line.chars().count() <= 100 { line } else { line.chars().take(99).chain(['…']).collect() };
    visible(&line).into_owned()
}
