//! What a machine leaves in its answer.

use translate_digest::digest::Kind as Segment;

use super::edition::line_end;
use super::{Edition, Kind, Random};

pub const KINDS: &[Kind] = &[
    Kind { fault: "a greeting before the answer", checks: &["chatter"], inject: greet_above },
    Kind { fault: "a greeting in front of a comment", checks: &["chatter"], inject: greet_inside },
    Kind { fault: "a fence round the answer", checks: &["chatter"], inject: fence },
    Kind { fault: "a placeholder left over", checks: &["leaked-placeholder"], inject: placeholder },
    Kind { fault: "words five times over", checks: &["repeated-loop"], inject: repeat },
];

const GREETINGS: &[&str] = &[
    "다음은 번역입니다:",
    "다음은 번역문입니다.",
    "Here is the translation:",
    "Here's the Korean translation:",
    "Sure! Here is the translation.",
    "번역:",
    "물론입니다! 다음은 번역입니다.",
    "아래는 번역입니다:",
];

fn greet_above(edition: &Edition, random: &mut Random) -> Option<String> {
    let greeting = if random.one_in(6) { "물론입니다!" } else { random.of(GREETINGS) };
    if edition.text().starts_with("---") || edition.text().starts_with("Title:") {
        return None;
    }
    let end = if edition.text().contains("\r\n") { "\r\n" } else { "\n" };
    Some(edition.with(0..0, &format!("{greeting}{end}{end}")))
}

fn greet_inside(edition: &Edition, random: &mut Random) -> Option<String> {
    let running = edition.running();
    let twin = random.pick(&running)?;
    Some(edition.with(twin.korean.start..twin.korean.start, &format!("{} ", random.of(GREETINGS))))
}

fn fence(edition: &Edition, random: &mut Random) -> Option<String> {
    let (open, text) = (random.of(&["```markdown\n", "```\n", "```md\n"]), edition.text());
    if text.contains("```") {
        return None;
    }
    if random.one_in(2) {
        return Some(format!("{open}{text}```\n"));
    }
    // Round one paragraph.
    let paragraphs: Vec<_> = edition.twins().into_iter().filter(|twin| twin.kind == Segment::Paragraph).collect();
    let twin = random.pick(&paragraphs)?;
    let end = line_end(text, twin.korean.end);
    let start = super::edition::line_start(text, twin.korean.start);
    (start == twin.korean.start).then(|| edition.with(start..end, &format!("{open}{}```\n", &text[start..end])))
}

fn placeholder(edition: &Edition, random: &mut Random) -> Option<String> {
    let mark = random.of(&["⟦1⟧", "⟦/1⟧", "⟦2/⟧", "⟦12⟧", "⟦3"]);
    let word = random.pick(&edition.words)?;
    let at = if random.one_in(2) { word.span.start } else { word.span.end };
    Some(edition.with(at..at, mark))
}

fn repeat(edition: &Edition, random: &mut Random) -> Option<String> {
    let length = 2 + random.below(3);
    let runs: Vec<_> = edition.runs(length).collect();
    let run = random.pick(&runs)?;
    let span = run[0].span.start..run[length - 1].span.end;
    let phrase = &edition.text()[span.clone()];
    Some(edition.with(span, &[phrase; 5].join(" ")))
}
