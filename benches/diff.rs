//! Comparing Korean sentences as an editor changed them, beside `similar`'s words and characters.
//!
//! `cargo bench --bench diff [-- FOLDER A B]`: lines of two files of a folder, line by line the same sentence; without them generated ones.

mod measure;

use std::hint::black_box;
use std::time::Instant;

use measure::{Random, median};
use similar::TextDiff;
use translate_digest::review::diff::diff;

const ROUNDS: usize = 11;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let pairs = match &args[..] {
        [folder, a, b] => read(folder, a, b),
        _ => generated(),
    };
    let per_pair = |work: &dyn Fn(&str, &str)| {
        let start = Instant::now();
        for (a, b) in &pairs {
            work(a, b);
        }
        start.elapsed().as_secs_f64() / pairs.len() as f64 * 1e6
    };
    let own = |a: &str, b: &str| {
        black_box(diff(a, b));
    };
    let words = |a: &str, b: &str| {
        black_box(TextDiff::from_words(a, b).ops().len());
    };
    let characters = |a: &str, b: &str| {
        black_box(TextDiff::from_chars(a, b).ops().len());
    };
    let (mut ours, mut theirs, mut plain, mut ratios) = (vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let (a, b, c) = (per_pair(&own), per_pair(&characters), per_pair(&words));
        ours.push(a);
        theirs.push(b);
        plain.push(c);
        ratios.push(a / b);
    }
    println!(
        "{} pairs: diff {:.1} us a pair, similar characters {:.1} us, similar words {:.1} us; diff to characters {:.2}",
        pairs.len(),
        median(&mut ours),
        median(&mut theirs),
        median(&mut plain),
        median(&mut ratios)
    );
}

fn read(folder: &str, a: &str, b: &str) -> Vec<(String, String)> {
    let lines = |name: &str| {
        let text = std::fs::read_to_string(format!("{folder}/{name}")).expect("a file of sentences");
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    lines(a).into_iter().zip(lines(b)).collect()
}

fn generated() -> Vec<(String, String)> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let syllables: Vec<char> = "가나다라마바사아자차카타파하고노도로모보소오조기니디리미비시이지".chars().collect();
    let mut pairs = Vec::new();
    for _ in 0..1_000 {
        let word = |random: &mut Random| {
            let stem: String = (0..2 + random.below(2)).map(|_| syllables[random.below(syllables.len())]).collect();
            stem + ["은", "이", "를", "에서", "으로", "했다", "합니다", ""][random.below(8)]
        };
        let before: Vec<String> = (0..14).map(|_| word(&mut random)).collect();
        let after: Vec<String> = before.iter().map(|own| if random.below(4) == 0 { word(&mut random) } else { own.clone() }).collect();
        pairs.push((before.join(" "), after.join(" ")));
    }
    pairs
}
