//! `translate check` over a team's repository: 2,000 digests of 40 items in both languages, 500 terms, every check on.
//!
//! `cargo bench --bench corpus`. The digests come from a seed. Each round runs, in alternation and as whole processes, the tool and a
//! program that only reads and parses the same files with pulldown-cmark on 2 threads. The peak of memory is taken for a tenth of the
//! digests too: it must not grow with their number.

mod measure;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use measure::{Random, command, median, peak, run};

const TRANSLATE: &str = env!("CARGO_BIN_EXE_translate");
const DIGESTS: usize = 2_000;
const ITEMS: usize = 40;
const TERMS: usize = 500;
const ROUNDS: usize = 11;
const THREADS: usize = 2;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let [_, role, folder] = &args[..]
        && role == "only-parse"
    {
        return parse(Path::new(folder));
    }
    let own = std::env::current_exe().expect("the path of this program");
    let (all, tenth) = (repository(DIGESTS), repository(DIGESTS / 10));
    let names = ["check", ".", "--fail-on", "never"];
    let (mut checks, mut parses, mut ratios) = (vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let status = command(Path::new(TRANSLATE), &names, all.path()).status().expect("our binary runs");
        assert!(status.success(), "check ends with {status}");
        let check = start.elapsed().as_secs_f64();
        let parse = run(&own, &["only-parse", &all.path().display().to_string()], all.path()).as_secs_f64();
        ratios.push(check / parse);
        checks.push(check);
        parses.push(parse);
    }
    let (most, less) = (peak(Path::new(TRANSLATE), &names, all.path()), peak(Path::new(TRANSLATE), &names, tenth.path()));
    println!(
        "{DIGESTS} digests: check {:.1} ms, only parse {:.1} ms, ratio of pairs {:.2}; peak {:.1} MiB, {:.1} MiB with a tenth of them",
        median(&mut checks) * 1e3,
        median(&mut parses) * 1e3,
        median(&mut ratios),
        most as f64 / 1024.0,
        less as f64 / 1024.0
    );
}

/// What a program does that only reads and parses.
fn parse(folder: &Path) {
    let files: Vec<PathBuf> = fs::read_dir(folder.join("drafts")).expect("the drafts").flatten().map(|entry| entry.path()).collect();
    let (next, found) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let text = fs::read_to_string(file).expect("a draft");
                    let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_FOOTNOTES;
                    let count = pulldown_cmark::Parser::new_ext(&text, options).into_offset_iter().count();
                    found.fetch_add(count, Ordering::Relaxed);
                }
            });
        }
    });
    assert!(found.into_inner() > files.len());
}

/// A team's repository with so many digests.
fn repository(digests: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("drafts")).expect("a folder for drafts");
    let mut random = Random(0x5EED);
    let terms: Vec<(String, String)> = (0..TERMS).map(|_| term(&mut random)).collect();
    let mut glossary = "[terms]\n".to_owned();
    for (english, korean) in &terms {
        let _ = writeln!(glossary, "{english} = {{ korean = \"{korean}\", avoid = [\"{korean}잉\"] }}");
    }
    fs::write(folder.path().join("glossary.toml"), glossary).expect("a glossary");
    // Every check that runs only when asked for is asked for.
    fs::write(folder.path().join("translate.toml"), "[checks]\ntranslationese = \"hint\"\n").expect("settings");
    for number in 0..digests {
        let (english, korean) = digest(&mut random, &terms);
        fs::write(folder.path().join(format!("drafts/{number:04}.md")), english).expect("a digest");
        fs::write(folder.path().join(format!("drafts/{number:04}.ko.md")), korean).expect("a draft");
    }
    folder
}

/// A word that English does not have, and a Korean one that ends in a vowel, so that the particles of the sentences fit.
fn term(random: &mut Random) -> (String, String) {
    let english = (0..random.below(4) + 6).map(|_| char::from(b'a' + random.below(26) as u8)).collect();
    let syllable = |random: &mut Random| SYLLABLES.chars().nth(random.below(SYLLABLES.chars().count())).unwrap_or('가');
    (english, (0..random.below(3) + 2).map(|_| syllable(random)).collect())
}

/// A digest of items with a title, a link and two to four sentences, in English and in Korean.
fn digest(random: &mut Random, terms: &[(String, String)]) -> (String, String) {
    let (mut english, mut korean) = ("# This week\n\n".to_owned(), "# 이번 주\n\n".to_owned());
    for _ in 0..ITEMS {
        let link = random.below(1_000_000);
        let _ = write!(english, "- [A look at {link}](https://example.com/{link}) –");
        let _ = write!(korean, "- [{link} 살펴보기](https://example.com/{link}) –");
        for _ in 0..random.below(3) + 2 {
            let (en, ko) = SENTENCES[random.below(SENTENCES.len())];
            let (term, rendering) = &terms[random.below(terms.len())];
            let number = format!("{}", random.below(900) + 20);
            let _ = write!(english, " {}", en.replace("TERM", term).replace("NUMBER", &number));
            let _ = write!(korean, " {}", ko.replace("TERM", rendering).replace("NUMBER", &number));
        }
        english.push('\n');
        korean.push('\n');
    }
    (english, korean)
}

/// Sentences in both languages, with room for a term and a number.
const SENTENCES: &[(&str, &str)] = &[
    ("The authors train a TERM on NUMBER tasks and publish the code.", "저자들은 과제 NUMBER개로 TERM를 학습하고 코드를 공개합니다."),
    (
        "A **short** guide to `cargo bench` explains the TERM in NUMBER steps.",
        "`cargo bench`를 다룬 **짧은** 안내서가 TERM를 NUMBER단계로 설명합니다.",
    ),
    ("Why does the TERM fail after NUMBER hours?", "왜 TERM는 NUMBER시간 뒤에 실패할까요?"),
    ("Version NUMBER of the library drops the old TERM (see the notes).", "라이브러리 NUMBER 버전은 오래된 TERM를 없앱니다(안내 참고)."),
    (
        "It runs NUMBER% faster on OpenAI hardware than the TERM did in October.",
        "OpenAI 하드웨어에서 10월의 TERM보다 NUMBER% 빠르게 동작합니다.",
    ),
    (
        "The report calls it “a TERM for everyone” and lists NUMBER examples.",
        "보고서는 이를 “모두를 위한 TERM”라고 부르며 예제 NUMBER개를 소개합니다.",
    ),
];

const SYLLABLES: &str = "가거고구기나너노누니다더도두디라러로루리마머모무미바버보부비사서소수시아어오우이자저조주지차처초추치카커코쿠키타터토투티파퍼포푸피하허호후히";
