//! Loading a glossary of 5,000 terms beside parsing the same TOML alone.
//!
//! `cargo bench --bench glossary`: both in alternation, in one process; what is compared is the median of the pairs' ratios. A glossary
//! is loaded when it can find terms on both sides, so each round also reads one sentence of each language.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use translate_digest::glossary::Glossary;
use translate_digest::korean::view::View;

const TERMS: usize = 5_000;
const ROUNDS: usize = 101;

fn main() {
    let text = glossary();
    let sentence = View::of("이 문장에는 용어가 없습니다.");
    let load = || {
        let glossary = Glossary::load("glossary.toml", &text).expect("it loads");
        let found = glossary.find_english("no word of the list").len() + glossary.find_korean(&sentence).len();
        black_box((glossary.terms().len(), found));
    };
    let parse = || {
        black_box(text.parse::<toml::Table>().expect("TOML").len());
    };
    let (mut loads, mut parses, mut ratios) = (vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let (loaded, parsed) = (seconds(load), seconds(parse));
        loads.push(loaded);
        parses.push(parsed);
        ratios.push(loaded / parsed);
    }
    println!(
        "{TERMS} terms, {:.0} kB: load {:.2} ms, parse alone {:.2} ms, ratio of pairs {:.2}",
        text.len() as f64 / 1e3,
        median(&mut loads) * 1e3,
        median(&mut parses) * 1e3,
        median(&mut ratios)
    );
}

/// Tables and strings as a team writes them: one term in two has other renderings, one in four forbidden ones and a note.
fn glossary() -> String {
    let mut text = "[terms]\n".to_owned();
    for number in 0..TERMS {
        let (english, korean) = (word(number, b'a', 26), hangul(number));
        let _ = match number % 4 {
            0 => writeln!(
                text,
                "\"{english} function\" = {{ korean = \"{korean} 함수\", also = [\"{korean}적 함수\"], avoid = [\"{english} 펑션\", \"{korean} 펑션\"], note = \"한 번 쓴다\" }}"
            ),
            2 => writeln!(text, "{english} = {{ korean = \"{korean}\", also = [\"{korean} 값\"] }}"),
            _ => writeln!(text, "{english} = \"{korean}\""),
        };
    }
    text
}

fn word(mut number: usize, first: u8, letters: usize) -> String {
    let mut word = String::from("x");
    for _ in 0..4 {
        word.push(char::from(first + (number % letters) as u8));
        number /= letters;
    }
    word
}

fn hangul(mut number: usize) -> String {
    let syllables: Vec<char> = "가나다라마바사아자차카타파하고노도로모보".chars().collect();
    let mut word = String::new();
    for _ in 0..4 {
        word.push(syllables[number % syllables.len()]);
        number /= syllables.len();
    }
    word
}

fn seconds(work: impl Fn()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
