//! The end of a run, in a few lines on stderr: what was done, what was left and why.

use std::collections::BTreeMap;
use std::path::Path;

use translate_digest::pipeline::{Left, NOT_ASKED, Outcome, spoken};

use super::Talk;
use super::settings::Settings;

/// Lines of one kind that are shown before the rest is only counted.
const SHOWN: usize = 12;

/// Tells what a run did.
pub(crate) fn print(outcome: &Outcome, draft: &Path, korean: &Path, settings: &Settings, dry_run: bool, talk: &Talk) {
    let draft = draft.display();
    if dry_run {
        // Korean and JSON around the text cost about as much again as four characters a token.
        let tokens = outcome.characters.div_ceil(4);
        talk.tell(&format!(
            "{draft}: would ask for {}, {} (about {} of English); of {}, {} have their Korean",
            count(outcome.questions, "segment"),
            count(outcome.characters, "character"),
            count(tokens, "token"),
            count(outcome.segments, "segment"),
            outcome.reused
        ));
        return;
    }
    for (line, note) in outcome.fixed.iter().take(SHOWN) {
        talk.say(&format!("{draft}:{line}: {note}"));
    }
    rest(outcome.fixed.len(), "more terms fixed", talk);
    for missing in outcome.missing.iter().take(SHOWN) {
        let place = missing.item.map_or_else(|| "outside items".to_owned(), |item| format!("item {item}"));
        talk.say(&format!("{draft}:{}: {place}: {}", missing.line, missing.reason));
    }
    rest(outcome.missing.len(), "more terms missing", talk);
    list(outcome.stale.iter().collect(), &draft.to_string(), "kept the edited Korean", talk);
    list(outcome.unplaced.iter().collect(), &draft.to_string(), "left in the record", talk);
    // After an interruption everything that was not reached is left; the next run goes on with it.
    if !outcome.interrupted {
        // Why the run stopped is said once, below, and not for each segment that it left.
        let own = |left: &&Left| outcome.stopped.as_ref().is_none_or(|error| left.reason != error.message && left.reason != NOT_ASKED);
        let (outdated, left): (Vec<&Left>, Vec<&Left>) =
            (outcome.outdated.iter().filter(own).collect(), outcome.left.iter().filter(own).collect());
        list(outdated, &draft.to_string(), "its English changed, and it keeps the older Korean", talk);
        list(left, &draft.to_string(), "left in English", talk);
    }
    if let Some(error) = &outcome.stopped {
        talk.warn(&format!("the backend `{}` was not asked further: {}", settings.backend, error.message), error.hint.as_deref());
    }
    let seconds = spoken(outcome.time);
    if outcome.interrupted {
        talk.tell(&format!(
            "{draft}: interrupted; what was answered ({}) is kept in the record, run again to go on · {seconds}",
            count(outcome.asked, "segment")
        ));
        return;
    }
    if outcome.stopped.is_some() && outcome.asked + outcome.reused == 0 {
        talk.tell(&format!("{draft}: nothing was translated and nothing written · {seconds}"));
        return;
    }
    let to = if outcome.wrote { format!(" -> {}", korean.display()) } else { format!(" -> {} (unchanged)", korean.display()) };
    talk.tell(&format!(
        "{draft}{to}: {}, {}: {} reused, {} asked, {} left · {seconds}",
        count(outcome.items, "item"),
        count(outcome.segments, "segment"),
        outcome.reused,
        outcome.asked,
        outcome.left.len() + outcome.unplaced.len() + outcome.outdated.len(),
    ));
    if settings.backend == "memory" && !(outcome.left.is_empty() && outcome.outdated.is_empty()) {
        talk.hint("nobody was asked: set a backend in translate.toml, as in README.md under \"Backends\", or try --backend NAME");
    }
}

/// Lists segments, one line for each item (or segment outside items) and reason.
fn list(segments: Vec<&Left>, draft: &str, what: &str, talk: &Talk) {
    let mut groups: BTreeMap<(usize, usize, &str), Vec<&Left>> = BTreeMap::new();
    for segment in segments {
        // Outside items every segment is a thing of its own.
        let (item, line) = segment.item.map_or((0, segment.line), |item| (item, 0));
        groups.entry((item, line, &segment.reason)).or_default().push(segment);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, segments)| segments[0].line);
    for ((item, _, reason), segments) in groups.iter().take(SHOWN) {
        let place = if *item == 0 { "outside items".to_owned() } else { format!("item {item}") };
        talk.say(&format!("{draft}:{}: {place}: {what}: {reason}: {}", segments[0].line, short(&segments[0].text)));
    }
    rest(groups.len(), "more", talk);
}

/// `1 item`, `2 items`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn rest(count: usize, what: &str, talk: &Talk) {
    if count > SHOWN {
        talk.say(&format!("… and {} {what}", count - SHOWN));
    }
}

/// At most 60 characters.
pub(crate) fn short(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(59).chain(['…']).collect() }
}
