//! Items and segments of a Markdown corpus against a bare event loop of the parser over the same bytes, in one run.
//!
//! `cargo bench --bench markdown -- FOLDER`; without a folder, the repository's own drafts, repeated.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser};
use translate_digest::digest::{Digest, Format};

const ROUNDS: usize = 15;

fn main() {
    let folder = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let folder = folder.map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("drafts"), PathBuf::from);
    let mut texts = Vec::new();
    read(&folder, &mut texts);
    let bytes: usize = texts.iter().map(String::len).sum();
    assert!(bytes > 0, "no Markdown file in {}", folder.display());
    let repeat = (4_000_000 / bytes).max(1);
    let (mut bare, mut ours, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let a = time(|| texts.iter().cycle().take(repeat * texts.len()).for_each(|text| events(text)));
        let b = time(|| texts.iter().cycle().take(repeat * texts.len()).for_each(|text| segments(text)));
        bare.push(a);
        ours.push(b);
        ratios.push(b.as_secs_f64() / a.as_secs_f64());
    }
    let rate = |time: Duration| (bytes * repeat) as f64 / 1e6 / time.as_secs_f64();
    println!("{} files, {} bytes, {} times a round, {ROUNDS} rounds", texts.len(), bytes, repeat);
    println!("event loop            median {:8.1} MB/s", rate(median(&mut bare)));
    println!("items and segments    median {:8.1} MB/s", rate(median(&mut ours)));
    ratios.sort_by(f64::total_cmp);
    println!("cost, ratio of pairs  median {:8.2} (min {:.2}, max {:.2})", ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
}

fn read(path: &Path, texts: &mut Vec<String>) {
    if path.is_dir() {
        let mut entries: Vec<_> = std::fs::read_dir(path).expect("a readable folder").flatten().map(|e| e.path()).collect();
        entries.sort();
        entries.iter().for_each(|entry| read(entry, texts));
    } else if path.extension().is_some_and(|e| e == "md") {
        texts.extend(std::fs::read_to_string(path));
    }
}

fn events(text: &str) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    for event in Parser::new_ext(text, options).into_offset_iter() {
        black_box(event);
    }
}

fn segments(text: &str) {
    black_box(Digest::parse(text, Format::Markdown, None).segments.len());
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}
