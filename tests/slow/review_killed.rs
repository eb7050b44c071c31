//! Reviews that are killed at any moment: what the screen had confirmed is on disk, no text of a person's is lost, no file is damaged.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use crate::support::Project;
use crate::support::edition;
use crate::support::screen::Screen;
use translate_digest::digest::{Digest, Format, hash};
use translate_digest::draft::record::{Record, State};

const KILLS: usize = 200;

/// What the editor wrote, which has to be in the Korean file or in the record whatever happens.
const WRITTEN: [&str; 5] = ["과적합", "신경망은 과적합됩니다.", "로봇은 이제 걷습니다.", "덧붙임", "편집자가 더한 글입니다."];

/// Rows that are shown one by one: a word of their title on the screen, the English of a text in them.
const ROWS: [(&str, &str); 3] = [("item 2", "Networks overfit."), ("item 3", "It is all you need."), ("item 4", "They walk now.")];

/// Numbers that look random and are the same each time (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}

/// Decisions in their order: the row's title, whether the edit was accepted.
type Steps = Vec<(String, bool)>;

/// What the record says of each row: the approved text.
fn approved(project: &Project) -> BTreeMap<&'static str, Option<String>> {
    let record = Record::load(&project.path("x.record.toml")).expect("a whole record").expect("a record");
    let digest = Digest::parse(edition::ENGLISH, Format::Markdown, None);
    let of = |english: &str| {
        let segment = digest.segments.iter().find(|segment| digest.bytes(segment) == english).expect("the text");
        let name = hash(&digest.marked(segment).text);
        let entry = record.segments.iter().find(|entry| entry.english_hash == name).expect("an entry");
        entry.approved.clone().filter(|_| entry.state == State::Approved || entry.approved.as_deref() == Some(""))
    };
    ROWS.iter().map(|(title, english)| (*title, of(english))).collect()
}

/// What the screen says of a decision.
fn label((title, edited): &(String, bool)) -> String {
    if *edited { format!("accepted {title}") } else { format!("kept the machine's {title}") }
}

/// What the record has to say after these decisions.
fn expected(steps: &Steps) -> BTreeMap<&'static str, Option<String>> {
    let text = |title: &str, edited: bool| match (title, edited) {
        ("item 2", true) => "신경망은 과적합됩니다.",
        ("item 2", false) => "네트워크는 과대적합됩니다.",
        ("item 3", true) => "",
        ("item 3", false) => "그것이 필요한 전부입니다.",
        (_, true) => "로봇은 이제 걷습니다.",
        (_, false) => "그들은 이제 걷습니다.",
    };
    let last = |title: &str| steps.iter().rev().find(|(row, _)| row == title).map(|(_, edited)| text(title, *edited).to_owned());
    ROWS.iter().map(|(title, _)| (*title, last(title))).collect()
}

#[track_caller]
fn assert_whole(project: &Project, allowed: &[&Steps]) {
    let korean = project.read("x.ko.md");
    let record = project.read("x.record.toml");
    for text in WRITTEN {
        assert!(korean.contains(text) || record.contains(text), "{text} is lost:\n{korean}\n{record}");
    }
    let items = Digest::parse(&korean, Format::Markdown, None).items.len();
    assert!((6..=7).contains(&items), "{korean}");
    let found = approved(project);
    let allowed: Vec<_> = allowed.iter().map(|steps| expected(steps)).collect();
    assert!(allowed.contains(&found), "{found:?} is none of {allowed:?}");
    let left: Vec<_> = std::fs::read_dir(project.folder()).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert!(left.len() < 12, "{left:?}");
}

/// One run: some keys, each waited for, then one that is not. Gives what may be decided by then.
fn one_run(project: &Project, steps: &mut Steps, chance: &mut Chance) -> Steps {
    let mut screen = Screen::start(&project.command(&["review", "x.md", "--trust"]), 80, 24);
    screen.wait_for("quit");
    for _ in 0..chance.next(4) {
        let before = drawn(&screen);
        if let Some((key, after)) = choose(&screen, steps, chance) {
            screen.send(key);
            // The rest of an older screen may still be on its way: only the line that this key alone brings confirms it.
            let told = match key {
                "u" => format!("taken back: {}", label(steps.last().expect("a step"))),
                _ => label(after.last().expect("a step")),
            };
            screen.wait_until(&told, |text| text.lines().any(|line| line.trim() == told));
            *steps = after;
        } else {
            screen.send(if before.contains("stand as the machine") { "k" } else { "j" });
            screen.wait_until("another row", |text| text != before);
        }
    }
    let chosen = choose(&screen, steps, chance);
    if let Some((key, _)) = &chosen {
        screen.send(key);
    }
    thread::sleep(Duration::from_micros(chance.next(30_000)));
    screen.kill();
    chosen.map_or_else(|| steps.clone(), |(_, after)| after)
}

/// The screen, when nothing more of it comes.
fn drawn(screen: &Screen) -> String {
    let mut text = screen.text();
    loop {
        thread::sleep(Duration::from_millis(5));
        let now = screen.text();
        if now == text {
            return text;
        }
        text = now;
    }
}

/// A key for the row on the screen, and the decisions after it; none where the row is not one of those.
fn choose(screen: &Screen, steps: &Steps, chance: &mut Chance) -> Option<(&'static str, Steps)> {
    if chance.next(4) == 0 && !steps.is_empty() {
        let mut after = steps.clone();
        after.pop();
        return Some(("u", after));
    }
    let text = drawn(screen);
    let head = text.lines().next().unwrap_or_default();
    let (title, _) = ROWS.iter().find(|(title, _)| head.contains(title))?;
    // A decision on what is decided may change nothing.
    if head.contains("approved") {
        return None;
    }
    let edited = chance.next(2) == 0;
    let mut after = steps.clone();
    after.push(((*title).to_owned(), edited));
    // The last one of all would end the review.
    (expected(&after).values().filter(|text| text.is_some()).count() < ROWS.len()).then_some((if edited { "a" } else { "m" }, after))
}

#[test]
fn a_review_that_is_killed_loses_nothing() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut kills = 0;
    while kills < KILLS {
        let project = edition::edited();
        let mut steps = Steps::new();
        for _ in 0..20 {
            let after = one_run(&project, &mut steps, &mut chance);
            kills += 1;
            assert_whole(&project, &[&steps, &after]);
            // The next run takes back what was broken off: it begins with one of the two.
            project.run(&["review", "x.md"]);
            assert_whole(&project, &[&steps, &after]);
            if approved(&project) == expected(&after) {
                steps = after;
            }
        }
    }
}
