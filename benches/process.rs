//! Whole processes: a rerun of an unchanged digest of 155 items, `--version`, tiny runs, and the size of the binary.
//!
//! `cargo bench --bench process`; each is run in alternation with ripgrep where `rg` is on PATH. It needs `sh`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const TRANSLATE: &str = env!("CARGO_BIN_EXE_translate");
const ROUNDS: usize = 101;
const ITEMS: usize = 155;

/// A filter that changes nothing and leaves a line for each time it is asked.
const SETTINGS: &str = r#"
backend = "log"

[backends.log]
kind = "command"
mode = "filter"
lines = true
command = ["sh", "-c", "echo asked >> asked.log; cat"]
"#;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a file in the temporary folder");
    write("translate.toml", SETTINGS);
    write("digest.md", &digest(ITEMS));
    write("tiny.md", &digest(1));
    println!("{ROUNDS} rounds each, in alternation; medians of whole processes");

    let asked = || fs::read_to_string(folder.join("asked.log")).map_or(0, |log| log.lines().count());
    for name in ["digest.md", "tiny.md"] {
        assert!(translate(folder, &["--trust", name]).status().is_ok_and(|status| status.success()), "the first run of {name}");
    }
    let first = asked();
    assert!(first > 0, "the first run asks");
    let rg = |args: &[&str]| command("rg", folder, args);
    compare("rerun, 155 items unchanged", &|| translate(folder, &["--trust", "digest.md"]), &|| rg(&["manifold", "digest.md"]));
    compare("rerun, 1 item unchanged", &|| translate(folder, &["--trust", "tiny.md"]), &|| rg(&["manifold", "tiny.md"]));
    println!("requests: {first} in the first runs, {} in all reruns", asked() - first);
    assert_eq!(asked(), first, "a rerun asks nobody");
    compare("--version", &|| translate(folder, &["--version"]), &|| rg(&["--version"]));
    compare("split, 1 item", &|| translate(folder, &["split", "tiny.md"]), &|| rg(&["manifold", "tiny.md"]));
    let size = fs::metadata(TRANSLATE).expect("the binary").len();
    println!("binary: {:.2} MB ({size} bytes), as the profile strips it", size as f64 / 1e6);
}

/// A digest of so many items, each with a title, a link and a commentary of its own.
fn digest(items: usize) -> String {
    let mut text = "# The week in machine learning\n\nThere was a lot to read.\n\n".to_owned();
    for item in 1..=items {
        let address = format!("https://example.com/papers/{item}");
        let _ = writeln!(
            text,
            "- [Inferring manifold number {item} from *noisy* data]({address}) – A read of {item} pages with `code_{item}` and a [talk]({address}/talk)."
        );
    }
    text
}

fn translate(folder: &Path, args: &[&str]) -> Command {
    command(TRANSLATE, folder, args)
}

fn command(program: &str, folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Ours and ripgrep's in alternation, so that what slows the machine slows both.
fn compare(name: &str, ours: &dyn Fn() -> Command, ripgrep: &dyn Fn() -> Command) {
    let (mut our_times, mut rg_times, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let our_time = time(ours()).expect("our binary runs");
        our_times.push(our_time);
        if let Some(rg_time) = time(ripgrep()) {
            rg_times.push(rg_time);
            ratios.push(our_time.as_secs_f64() / rg_time.as_secs_f64());
        }
    }
    let ours = median(&mut our_times);
    if ratios.is_empty() {
        println!("{name:<28} {:6.2} ms (no rg on PATH)", ours * 1e3);
        return;
    }
    let rg = median(&mut rg_times);
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios[ratios.len() / 2];
    println!(
        "{name:<28} {:6.2} ms, rg {:6.2} ms, ratio of pairs {ratio:.2} (quartiles {:.2} and {:.2})",
        ours * 1e3,
        rg * 1e3,
        ratios[ratios.len() / 4],
        ratios[ratios.len() * 3 / 4]
    );
}

/// From start to end of a process; none where it cannot be started.
fn time(mut command: Command) -> Option<Duration> {
    let start = Instant::now();
    command.status().ok()?;
    Some(start.elapsed())
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}
