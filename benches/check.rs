//! `translate check` over about 10 MB of Korean Markdown in 1,000 files, with 100 and 2,000 terms, beside programs that do less.
//!
//! `cargo bench --bench check`. The files and the terms come from a seed. Each round runs, in alternation and as whole processes: the
//! tool; a program that only walks, reads and parses the same files with pulldown-cmark on 2 threads; and the same with a scan of each
//! text for the same renderings with aho-corasick. Instructions are counted with `valgrind --tool=callgrind` where it is on PATH.

mod measure;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use measure::{Random, command, median, peak, run};

const TRANSLATE: &str = env!("CARGO_BIN_EXE_translate");
const FILES: usize = 1_000;
const FILE_BYTES: usize = 10_000;
const ROUNDS: usize = 21;
const THREADS: usize = 2;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let [_, role, folder] = &args[..] {
        match role.as_str() {
            "only-parse" => return less(Path::new(folder), false),
            "parse-and-scan" => return less(Path::new(folder), true),
            _ => {}
        }
    }
    let folders: Vec<(usize, tempfile::TempDir)> = [100, 2_000].map(|terms| (terms, repository(terms))).into();
    let own = std::env::current_exe().expect("the path of this program");
    let role = |role: &str, folder: &Path| run(&own, &[role, &folder.display().to_string()], folder);
    for (terms, folder) in &folders {
        let folder = folder.path();
        let (mut checks, mut parses, mut scans, mut to_parse, mut to_scan) = (vec![], vec![], vec![], vec![], vec![]);
        for _ in 0..ROUNDS {
            let check = check(folder);
            let (parse, scan) = (role("only-parse", folder), role("parse-and-scan", folder));
            to_parse.push(check.as_secs_f64() / parse.as_secs_f64());
            to_scan.push(check.as_secs_f64() / scan.as_secs_f64());
            checks.push(check.as_secs_f64());
            parses.push(parse.as_secs_f64());
            scans.push(scan.as_secs_f64());
        }
        println!(
            "{terms:>5} terms: check {:6.1} ms, only parse {:6.1} ms, parse and aho-corasick {:6.1} ms; ratio of pairs {:.2} and {:.2}; peak {:.1} MiB",
            median(&mut checks) * 1e3,
            median(&mut parses) * 1e3,
            median(&mut scans) * 1e3,
            median(&mut to_parse),
            median(&mut to_scan),
            peak(Path::new(TRANSLATE), &["check", "."], folder) as f64 / 1024.0
        );
    }
    match folders.iter().map(|(_, folder)| instructions(folder.path())).collect::<Option<Vec<u64>>>() {
        Some(counts) => println!(
            "instructions: {:.1} M with 100 terms, {:.1} M with 2,000, ratio {:.3}",
            counts[0] as f64 / 1e6,
            counts[1] as f64 / 1e6,
            counts[1] as f64 / counts[0] as f64
        ),
        None => println!("instructions: not counted (no valgrind on PATH)"),
    }
}

/// The time of `translate check` on a folder.
fn check(folder: &Path) -> Duration {
    let start = Instant::now();
    let status = command(Path::new(TRANSLATE), &["check", "."], folder).status().expect("our binary runs");
    assert!(matches!(status.code(), Some(0 | 1)), "check ends with {status}");
    start.elapsed()
}

fn instructions(folder: &Path) -> Option<u64> {
    let out = folder.join("callgrind.out");
    let mut counted = Command::new("valgrind");
    counted.args(["--tool=callgrind", "--callgrind-out-file=callgrind.out", TRANSLATE, "check", "."]);
    counted.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    counted.status().ok()?;
    let text = fs::read_to_string(&out).ok()?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: ").or_else(|| line.strip_prefix("summary: ")))?;
    total.split_whitespace().next()?.parse().ok()
}

/// What a program does that only reads and parses, or scans for the renderings as well.
fn less(folder: &Path, scan: bool) {
    let files: Vec<PathBuf> = fs::read_dir(folder.join("drafts")).expect("the drafts").flatten().map(|entry| entry.path()).collect();
    let renderings = fs::read_to_string(folder.join("renderings.txt")).expect("the renderings");
    let automaton = scan.then(|| {
        let kind = aho_corasick::MatchKind::LeftmostLongest;
        aho_corasick::AhoCorasick::builder().match_kind(kind).build(renderings.lines()).expect("an automaton")
    });
    let (next, found) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let text = fs::read_to_string(file).expect("a draft");
                    let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_FOOTNOTES;
                    let count = pulldown_cmark::Parser::new_ext(&text, options).into_offset_iter().count();
                    let hits = automaton.as_ref().map_or(0, |automaton| automaton.find_iter(&text).count());
                    found.fetch_add(count + hits, Ordering::Relaxed);
                }
            });
        }
    });
    assert!(found.into_inner() > files.len());
}

/// A team's repository: a glossary of so many terms, and Korean drafts in which a twentieth of the terms is frequent.
fn repository(terms: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("drafts")).expect("a folder for drafts");
    let mut random = Random(0x5EED);
    let renderings: Vec<String> = (0..terms).map(|_| rendering(&mut random)).collect();
    let mut glossary = "[terms]\n".to_owned();
    for (number, rendering) in renderings.iter().enumerate() {
        let _ = writeln!(glossary, "\"term {number}\" = {{ korean = \"{rendering}\", avoid = [\"{rendering}잉\"] }}");
    }
    fs::write(folder.path().join("glossary.toml"), glossary).expect("a glossary");
    fs::write(folder.path().join("renderings.txt"), renderings.join("\n")).expect("the renderings");
    for file in 0..FILES {
        let text = draft(&mut random, &renderings);
        fs::write(folder.path().join(format!("drafts/{file:04}.ko.md")), text).expect("a draft");
    }
    folder
}

/// Two to four syllables, or half as often a Latin name.
fn rendering(random: &mut Random) -> String {
    if random.below(2) == 0 {
        return (0..random.below(5) + 5).map(|_| char::from(b'a' + random.below(26) as u8)).collect();
    }
    (0..random.below(3) + 2).map(|_| SYLLABLES.chars().nth(random.below(SYLLABLES.chars().count())).unwrap_or('가')).collect()
}

/// A list of items with links, code and emphasis, in sentences of everyday words and of some terms.
fn draft(random: &mut Random, renderings: &[String]) -> String {
    let mut text = "# 이번 주 소식\n\n".to_owned();
    while text.len() < FILE_BYTES {
        let _ = write!(text, "- [{}](https://example.com/{}) ", NOUNS[random.below(NOUNS.len())], random.below(100_000));
        for _ in 0..random.below(4) + 2 {
            for _ in 0..random.below(6) + 3 {
                match random.below(40) {
                    0 => text.push_str(&renderings[random.below(renderings.len().div_ceil(20))]),
                    1 if random.below(4) == 0 => text.push_str(&renderings[random.below(renderings.len())]),
                    2 => text.push_str("`code(x)`"),
                    3 => text.push_str("**강조**"),
                    _ => {
                        let (noun, particle) = (NOUNS[random.below(NOUNS.len())], PARTICLES[random.below(PARTICLES.len())]);
                        text.push_str(noun);
                        text.push_str(particle);
                    }
                }
                text.push(' ');
            }
            text.push_str(VERBS[random.below(VERBS.len())]);
            text.push(' ');
        }
        text.push('\n');
    }
    text
}

const SYLLABLES: &str = "가거고구그기나너노누느니다더도두드디라러로루르리마머모무므미바버보부브비사서소수스시아어오우으이자저조주즈지차처초추츠치카커코쿠크키타터토투트티파퍼포푸프피하허호후흐히";
/// All of them end in a vowel, so that the particles fit.
const NOUNS: &[&str] =
    &["연구", "데이터", "문제", "결과", "도구", "언어", "사례", "이미지", "기사", "차이", "구조", "개요", "평가", "단계", "예제", "회사"];
const PARTICLES: &[&str] = &["를", "는", "가", "와", "로", "의", "에서", "에도", "까지", ""];
const VERBS: &[&str] =
    &["보여준다.", "설명합니다.", "있는 것으로 알려졌다.", "찾을 수 있다.", "같은 방식으로 다룬다.", "높은 점수를 얻었다."];
