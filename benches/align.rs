//! Aligning 200 items that an editor moved and rewrote, beside the bare table of how many pairs of letters any two items share.
//!
//! `cargo bench --bench align`: both in alternation, in one process; the median of the pairs' ratios is compared.

mod measure;

use std::collections::HashSet;
use std::hint::black_box;
use std::time::Instant;

use measure::{Random, median};
use translate_digest::review::align::{Part, align};

const ITEMS: usize = 200;
const ROUNDS: usize = 21;

fn main() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let machine: Vec<String> = (0..ITEMS).map(|_| sentence(&mut random)).collect();
    let mut edited: Vec<String> = machine.iter().map(|text| rewritten(text, &mut random)).collect();
    for at in 0..ITEMS {
        if random.below(5) == 0 {
            let item = edited.remove(at);
            edited.insert(random.below(ITEMS), item);
        }
    }
    let parts = |texts: &[String]| -> Vec<Part<'static>> {
        texts.iter().map(|text| Part { text: text.clone().into(), ..Part::default() }).collect()
    };
    let (mine, theirs) = (parts(&machine), parts(&edited));
    let linked = align(&mine, &theirs, &[]).links.iter().filter(|link| !link.machine.is_empty() && !link.edited.is_empty()).count();
    let (mut aligned, mut tables, mut ratios) = (vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        black_box(align(&mine, &theirs, &[]));
        let own = start.elapsed().as_secs_f64();
        let start = Instant::now();
        black_box(table(&machine, &edited));
        let bare = start.elapsed().as_secs_f64();
        aligned.push(own);
        tables.push(bare);
        ratios.push(own / bare);
    }
    println!(
        "{ITEMS} items, all rewritten, a fifth moved, no links ({linked} linked): align {:.2} ms, bare table {:.2} ms, ratio of pairs {:.2}",
        median(&mut aligned) * 1e3,
        median(&mut tables) * 1e3,
        median(&mut ratios)
    );
}

/// For any two items, how many pairs of letters they share.
fn table(machine: &[String], edited: &[String]) -> usize {
    let pairs = |text: &String| -> HashSet<(char, char)> {
        let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
    };
    let (mine, theirs): (Vec<_>, Vec<_>) = (machine.iter().map(pairs).collect(), edited.iter().map(pairs).collect());
    mine.iter().map(|a| theirs.iter().map(|b| a.intersection(b).count()).max().unwrap_or(0)).sum()
}

fn sentence(random: &mut Random) -> String {
    (0..12 + random.below(14)).map(|_| word(random)).collect::<Vec<_>>().join(" ") + "."
}

fn word(random: &mut Random) -> String {
    const SYLLABLES: &str = "가나다라마바사아자차카타파하거너더러머버서어저고노도로모보소오조구누두루무부수우주기니디리미비시이지";
    let syllables: Vec<char> = SYLLABLES.chars().collect();
    (0..2 + random.below(3)).map(|_| syllables[random.below(syllables.len())]).collect()
}

/// Every third word another one.
fn rewritten(text: &str, random: &mut Random) -> String {
    text.split(' ').map(|own| if random.below(3) == 0 { word(random) } else { own.to_owned() }).collect::<Vec<_>>().join(" ")
}
