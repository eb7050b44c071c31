//! Digests before and after an editor was at work, made by chance with a seed, and which part really became which.

use std::borrow::Cow;
use std::collections::BTreeSet;

use translate_digest::digest::{Digest, Format, Kind};
use translate_digest::review::align::Part;

/// Numbers that look random and are the same each time (splitmix64).
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    pub fn happens(&mut self, share: f64) -> bool {
        ((self.next() >> 11) as f64 / (1u64 << 53) as f64) < share
    }
}

/// What an editor does to a digest of 20 items.
#[derive(Clone, Copy)]
pub struct Manner {
    pub name: &'static str,
    /// The share of items that are moved; that are each of taken out, added after, merged with the next, split.
    pub moves: f64,
    pub others: f64,
    /// The share of items with an address of their own.
    pub linked: f64,
    /// Whether every item is written anew by another hand.
    pub rewritten: bool,
    /// Whether items are titles of three words on one topic.
    pub titles: bool,
}

/// Where the words come from.
pub trait Source {
    /// The machine's text of an item and what another hand would write, drawn without repetition.
    fn pair(&mut self, chance: &mut Chance) -> (String, String);
    /// What another machine would write instead of the text that was drawn last.
    fn other(&self) -> String;
}

/// One digest: both sides and the true pairs.
pub struct Edition {
    pub machine: Vec<Part<'static>>,
    pub edited: Vec<Part<'static>>,
    pub truth: BTreeSet<(usize, usize)>,
}

struct Item {
    /// The machine's items in it.
    from: Vec<usize>,
    text: String,
    links: Vec<String>,
}

const ITEMS: usize = 20;

/// Makes one.
pub fn edition(manner: &Manner, source: &mut dyn Source, chance: &mut Chance) -> Edition {
    let mut machine = Vec::new();
    let mut items: Vec<Item> = Vec::new();
    let address = |number: usize, chance: &mut Chance| match chance.happens(manner.linked) {
        true => vec![format!("https://example.com/{number}/{}", chance.below(1 << 30))],
        false => Vec::new(),
    };
    for number in 0..ITEMS {
        let (text, human) = source.pair(chance);
        let (text, human) = if manner.titles { (title(&text), title(&human)) } else { (text, human) };
        let links = address(number, chance);
        machine.push(part(&text, &links));
        let edited = match chance.below(10) {
            _ if manner.rewritten => human,
            _ if manner.titles => light(&text, chance),
            0..=3 => text.clone(),
            4..=6 => light(&text, chance),
            7..=8 => source.other(),
            _ => human,
        };
        items.push(Item { from: vec![number], text: edited, links });
    }
    let mut out: Vec<Item> = Vec::new();
    let mut items = items.into_iter().peekable();
    while let Some(item) = items.next() {
        if chance.happens(manner.others) {
            continue;
        }
        if !manner.titles && items.peek().is_some() && chance.happens(manner.others) {
            let next = items.next().expect("it was looked at");
            let joint = [" ", "; ", " 또한 "][chance.below(3)];
            out.push(Item {
                from: vec![item.from[0], next.from[0]],
                text: format!("{}{joint}{}", item.text, next.text),
                links: item.links.into_iter().chain(next.links).collect(),
            });
        } else if let Some((first, second)) = halves(&item.text).filter(|_| !manner.titles && chance.happens(manner.others)) {
            out.push(Item { from: item.from.clone(), text: first, links: item.links });
            out.push(Item { from: item.from, text: second, links: Vec::new() });
        } else {
            out.push(item);
        }
        if chance.happens(manner.others) {
            let (text, _) = source.pair(chance);
            let text = if manner.titles { title(&text) } else { text };
            out.push(Item { from: Vec::new(), text, links: address(ITEMS + out.len(), chance) });
        }
    }
    for at in 0..out.len() {
        if chance.happens(manner.moves) {
            let item = out.remove(at);
            let to = chance.below(out.len() + 1);
            out.insert(to, item);
        }
    }
    let truth = out.iter().enumerate().flat_map(|(b, item)| item.from.iter().map(move |a| (*a, b))).collect();
    Edition { machine, edited: out.iter().map(|item| part(&item.text, &item.links)).collect(), truth }
}

fn part(text: &str, links: &[String]) -> Part<'static> {
    let links = links.iter().cloned().map(Cow::Owned).collect();
    Part { text: Cow::Owned(text.to_owned()), links, ..Part::default() }
}

fn title(text: &str) -> String {
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// A few words changed, as editors do: an ending, a word left out, a word put in.
fn light(text: &str, chance: &mut Chance) -> String {
    let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    for _ in 0..=words.len() / 8 {
        let at = chance.below(words.len().max(1)).min(words.len().saturating_sub(1));
        match chance.below(4) {
            0 if words.len() > 2 => drop(words.remove(at)),
            1 => words.insert(at, ["매우", "또한", "이번에", "주로"][chance.below(4)].to_owned()),
            2 if words.len() > 1 => {
                let joined = format!("{}{}", words[at.saturating_sub(1)], words[at]);
                words[at] = joined;
                if at > 0 {
                    words.remove(at - 1);
                }
            }
            _ => {
                if let Some(word) = words.get_mut(at) {
                    word.pop();
                    word.push_str(["은", "를", "에서", "했다"][chance.below(4)]);
                }
            }
        }
    }
    words.join(" ")
}

/// The text in two parts of three words and more.
fn halves(text: &str) -> Option<(String, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (words.len() >= 8).then(|| {
        let (first, second) = words.split_at(words.len() / 2);
        (first.join(" "), second.join(" "))
    })
}

/// Sentences made of syllables: words of a topic come back from item to item, as they do in a digest.
pub struct Generated {
    words: Vec<String>,
    last: Vec<usize>,
    other: String,
}

impl Generated {
    pub fn new(chance: &mut Chance) -> Self {
        let syllables: Vec<char> = "가나다라마바사아자차카타파하거너더러머버서어저처고노도로모보소오조구누두루무부수우주기니디리미비시이지학습모델문제해결방법데이터".chars().collect();
        let mut word = || (0..2 + chance.below(3)).map(|_| syllables[chance.below(syllables.len())]).collect::<String>();
        let words = (0..400).map(|_| word()).collect();
        Self { words, last: Vec::new(), other: String::new() }
    }

    fn written(&self, list: &[usize], chance: &mut Chance, kept: f64) -> String {
        let endings = ["은", "는", "이", "가", "을", "를", "의", "에", "에서", "으로", "도", "했다", "한다", "하는"];
        let mut out = Vec::new();
        for &word in list {
            if chance.happens(kept) {
                out.push(format!("{}{}", self.words[word], endings[chance.below(endings.len())]));
            } else if chance.happens(0.7) {
                out.push(format!("{}{}", self.words[chance.below(self.words.len())], endings[chance.below(endings.len())]));
            }
        }
        out.join(" ") + "."
    }
}

impl Source for Generated {
    fn pair(&mut self, chance: &mut Chance) -> (String, String) {
        // A third of the words are everybody's.
        let count = 8 + chance.below(14);
        self.last = (0..count).map(|_| if chance.happens(0.3) { chance.below(20) } else { chance.below(self.words.len()) }).collect();
        let list = self.last.clone();
        let machine = self.written(&list, chance, 1.0);
        self.other = self.written(&list, chance, 0.85);
        let mut moved = list;
        if moved.len() > 4 {
            moved.rotate_left(2);
        }
        (machine, self.written(&moved, chance, 0.7))
    }

    fn other(&self) -> String {
        self.other.clone()
    }
}

/// What the Korean editions under `tests/editions` say of their items, and what machines might have written instead.
pub struct Sentences {
    human: Vec<String>,
    order: Vec<usize>,
    last: usize,
}

impl Sentences {
    pub fn read() -> Self {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editions");
        let mut names: Vec<_> = std::fs::read_dir(folder).expect("the editions").flatten().map(|entry| entry.path()).collect();
        names.retain(|name| name.to_string_lossy().ends_with(".ko.md"));
        names.sort();
        let mut human = Vec::new();
        for name in names {
            let text = std::fs::read_to_string(name).expect("UTF-8");
            let digest = Digest::parse(&text, Format::Markdown, None);
            let comments = digest.segments.iter().filter(|segment| matches!(segment.kind, Kind::Commentary | Kind::Paragraph));
            human.extend(comments.map(|segment| digest.bytes(segment).to_owned()).filter(|text| text.split_whitespace().count() >= 6));
        }
        Self { human, order: Vec::new(), last: 0 }
    }

    /// The sentence in other words: endings and words changed, some left out, its halves in the other order.
    fn by_machine(&self, sentence: &str, chance: &mut Chance) -> String {
        const ENDINGS: [&str; 8] = ["은", "는", "을", "를", "에", "에서", "하는", "합니다"];
        let mut words: Vec<String> = Vec::new();
        for word in sentence.split_whitespace() {
            if chance.happens(0.1) {
                continue;
            }
            let head: String = word.chars().take(word.chars().count().saturating_sub(1).max(1)).collect();
            words.push(match chance.below(10) {
                0..=2 => format!("{head}{}", ENDINGS[chance.below(ENDINGS.len())]),
                3 => self.human[chance.below(self.human.len())].split_whitespace().next().unwrap_or(word).to_owned(),
                _ => word.to_owned(),
            });
        }
        let half = words.len() / 2;
        words.rotate_left(half);
        words.join(" ")
    }
}

impl Source for Sentences {
    fn pair(&mut self, chance: &mut Chance) -> (String, String) {
        if self.order.is_empty() {
            self.order = (0..self.human.len()).collect();
        }
        self.last = self.order.swap_remove(chance.below(self.order.len()));
        let human = self.human[self.last].clone();
        (self.by_machine(&human, chance), human)
    }

    fn other(&self) -> String {
        // Seeded by the sentence: no chance is at hand here.
        self.by_machine(&self.human[self.last], &mut Chance(self.last as u64))
    }
}

/// The lines of two engines and of a person, from a folder.
pub struct Lines {
    engine: Vec<String>,
    second: Vec<String>,
    human: Vec<String>,
    order: Vec<usize>,
    last: usize,
}

impl Lines {
    pub fn read(folder: &std::path::Path) -> Self {
        let read = |name: &str| -> Vec<String> {
            let path = folder.join(name);
            let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            text.lines().map(str::to_owned).collect()
        };
        Self {
            engine: read("flores-dev.google.ko"),
            second: read("flores-dev.bergamot-base.ko"),
            human: read("flores-dev.ko"),
            order: Vec::new(),
            last: 0,
        }
    }
}

impl Source for Lines {
    fn pair(&mut self, chance: &mut Chance) -> (String, String) {
        if self.order.is_empty() {
            self.order = (0..self.human.len()).collect();
        }
        self.last = self.order.swap_remove(chance.below(self.order.len()));
        (self.engine[self.last].clone(), self.human[self.last].clone())
    }

    fn other(&self) -> String {
        self.second[self.last].clone()
    }
}
