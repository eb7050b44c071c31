//! Items, blocks, links, code and emphasis that get lost or broken.

use translate_digest::digest::{Digest, Format, MarkKind, Strategy};

use super::edition::{line_end, line_start, lines};
use super::{Edition, Kind, Random};

pub const KINDS: &[Kind] = &[
    Kind { fault: "a link becomes plain text", checks: &["dropped-link"], inject: drop_link },
    Kind { fault: "a link leads elsewhere", checks: &["changed-link"], inject: change_target },
    Kind { fault: "a definition leads elsewhere", checks: &["changed-link"], inject: change_definition },
    Kind { fault: "a blank in an address", checks: &["changed-link"], inject: blank_in_target },
    Kind { fault: "a code span is left out", checks: &["dropped-code"], inject: drop_code },
    Kind { fault: "a code span becomes plain text", checks: &["dropped-code"], inject: bare_code },
    Kind { fault: "an image is left out", checks: &["dropped-image"], inject: drop_image },
    Kind { fault: "an image that stands alone is left out", checks: &["dropped-image"], inject: drop_lone_image },
    Kind { fault: "a reference definition is left out", checks: &["broken-reference"], inject: drop_definition },
    Kind { fault: "a label is written in another way", checks: &["broken-reference"], inject: rename_label },
    Kind { fault: "an item is left out", checks: &["lost-item"], inject: drop_item },
    Kind { fault: "an item that the English lacks", checks: &["added-item"], inject: add_item },
    Kind { fault: "a heading is left out", checks: &["lost-structure"], inject: drop_heading },
    Kind { fault: "a heading becomes a paragraph", checks: &["lost-structure"], inject: bare_heading },
    Kind { fault: "a code block loses its fences", checks: &["lost-structure"], inject: bare_fence },
    Kind { fault: "a code block is left out", checks: &["lost-structure"], inject: drop_fence },
    Kind { fault: "a table row is left out", checks: &["lost-structure", "lost-item"], inject: drop_row },
    Kind { fault: "a table loses its rule", checks: &["lost-structure"], inject: drop_rule },
    Kind { fault: "a nested entry is moved out", checks: &["lost-structure"], inject: unnest },
    Kind { fault: "a block quote becomes a paragraph", checks: &["lost-structure"], inject: unquote },
    Kind { fault: "bold text loses its marks", checks: &["lost-emphasis"], inject: drop_strong },
    Kind { fault: "a particle makes bold text inert", checks: &["inert-emphasis"], inject: glue_particle },
    Kind { fault: "a blank between the halves of a link", checks: &["broken-markup"], inject: part_link },
    Kind { fault: "a closing backtick is lost", checks: &["broken-markup"], inject: open_code },
    Kind { fault: "a closing bracket of a link is lost", checks: &["broken-markup"], inject: open_link },
];

/// A link written in brackets, with the place of its `](`.
fn inline_link(edition: &Edition, random: &mut Random) -> Option<(std::ops::Range<usize>, usize)> {
    let links = edition.marks(MarkKind::Link);
    let span = random.pick(&links)?.span();
    let text = &edition.text()[span.clone()];
    let joint = text.starts_with('[').then(|| text.rfind("]("))??;
    Some((span.clone(), span.start + joint))
}

fn drop_link(edition: &Edition, random: &mut Random) -> Option<String> {
    let (span, joint) = inline_link(edition, random)?;
    Some(edition.with(span.clone(), &edition.text()[span.start + 1..joint]))
}

fn change_target(edition: &Edition, random: &mut Random) -> Option<String> {
    let (span, joint) = inline_link(edition, random)?;
    let target = joint + 2..span.end - 1;
    let old = &edition.text()[target.clone()];
    let new = if random.one_in(4) {
        let others: Vec<_> = edition.marks(MarkKind::Link).iter().filter_map(|mark| mark.address).filter(|other| *other != old).collect();
        random.of(&others).to_owned()
    } else {
        other_address(old, random)
    };
    Some(edition.with(target, &new))
}

/// The address with a letter changed or its last one left out.
fn other_address(old: &str, random: &mut Random) -> String {
    if random.one_in(3) {
        return old.trim_end_matches('/').split_at(old.trim_end_matches('/').len() - 1).0.to_owned();
    }
    let letters: Vec<usize> = old.char_indices().filter(|(at, c)| *at > 8 && c.is_ascii_alphanumeric()).map(|(at, _)| at).collect();
    let at = random.of(&if letters.is_empty() { vec![old.len() - 1] } else { letters });
    let other = if &old[at..=at] == "q" { "z" } else { "q" };
    format!("{}{other}{}", &old[..at], &old[at + 1..])
}

/// The bytes of a reference definition's line, and where its address stands.
fn definition(edition: &Edition, random: &mut Random) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let text = edition.text();
    let is_definition = |line: &str| line.starts_with('[') && !line.starts_with("[^") && line.contains("]: http");
    let found: Vec<_> = lines(text).filter(|(_, line)| is_definition(line)).map(|(at, line)| at..at + line.len()).collect();
    let span = random.pick(&found)?.clone();
    let address = span.start + text[span.clone()].find("]: ")? + 3;
    let length = text[address..span.end].find(char::is_whitespace).unwrap_or(span.end - address);
    Some((span, address..address + length))
}

fn change_definition(edition: &Edition, random: &mut Random) -> Option<String> {
    let (_, address) = definition(edition, random)?;
    Some(edition.with(address.clone(), &other_address(&edition.text()[address], random)))
}

fn blank_in_target(edition: &Edition, random: &mut Random) -> Option<String> {
    let (span, joint) = inline_link(edition, random)?;
    let at = joint + 3 + random.below(span.end - joint - 4);
    Some(edition.with(at..at, " "))
}

fn drop_code(edition: &Edition, random: &mut Random) -> Option<String> {
    Some(edition.with(random.pick(&edition.marks(MarkKind::Code))?.span(), ""))
}

fn bare_code(edition: &Edition, random: &mut Random) -> Option<String> {
    let span = random.pick(&edition.marks(MarkKind::Code))?.span();
    Some(edition.with(span.clone(), edition.text()[span].trim_matches('`')))
}

fn drop_image(edition: &Edition, random: &mut Random) -> Option<String> {
    Some(edition.with(random.pick(&edition.marks(MarkKind::Image))?.span(), ""))
}

fn drop_lone_image(edition: &Edition, random: &mut Random) -> Option<String> {
    let span = line_with(edition, random, |line| line.starts_with("![") && line.trim_end().ends_with(')'))?;
    Some(edition.with(span, ""))
}

fn drop_definition(edition: &Edition, random: &mut Random) -> Option<String> {
    Some(edition.with(definition(edition, random)?.0, ""))
}

fn rename_label(edition: &Edition, random: &mut Random) -> Option<String> {
    let links = edition.marks(MarkKind::Link);
    let span = random.pick(&links)?.span();
    let text = &edition.text()[span.clone()];
    let label = span.start + text.strip_suffix(']')?.rfind("][")? + 2;
    let at = label + random.below(span.end - 1 - label);
    Some(edition.with(at..at, random.of(&["x", "q7", "ㅁ"])))
}

/// The whole lines of an item.
fn lines_of(edition: &Edition, random: &mut Random) -> Option<(std::ops::Range<usize>, Strategy)> {
    let item = random.pick(&edition.korean.items)?;
    Some((line_start(edition.text(), item.start)..line_end(edition.text(), item.end), item.strategy))
}

fn with_items(text: String, count: usize) -> Option<String> {
    (Digest::outline(&text, Format::Markdown, None).items.len() == count).then_some(text)
}

fn drop_item(edition: &Edition, random: &mut Random) -> Option<String> {
    let (span, _) = lines_of(edition, random)?;
    with_items(edition.with(span, ""), edition.korean.items.len() - 1)
}

fn add_item(edition: &Edition, random: &mut Random) -> Option<String> {
    let (span, strategy) = lines_of(edition, random)?;
    let text = edition.text();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let address = format!("https://more.example.com/{}", random.below(1000));
    let first = text[span.clone()].trim_start();
    let new = match strategy {
        Strategy::ListItem => {
            let bullet = first.split_inclusive(char::is_whitespace).next()?;
            let indent = &text[span.start..span.end - text[span.clone()].trim_start().len()];
            format!("{indent}{bullet}[덧붙인 글]({address}) – 덧붙인 소개입니다.{end}")
        }
        Strategy::TableRow => format!("|[덧붙인 글]({address}) |덧붙인 소개다. |{end}"),
        Strategy::LeadParagraph => format!("{end}[덧붙인 글]({address})이 나왔다.{end}"),
        _ => return None,
    };
    with_items(edition.with(span.end..span.end, &new), edition.korean.items.len() + 1)
}

/// A line of the Korean file that begins so, blanks aside.
fn line_with(edition: &Edition, random: &mut Random, is_meant: impl Fn(&str) -> bool) -> Option<std::ops::Range<usize>> {
    let found: Vec<_> = lines(edition.text()).filter(|(_, line)| is_meant(line)).map(|(at, line)| at..at + line.len()).collect();
    random.pick(&found).cloned()
}

fn drop_heading(edition: &Edition, random: &mut Random) -> Option<String> {
    Some(edition.with(line_with(edition, random, |line| line.starts_with('#'))?, ""))
}

fn bare_heading(edition: &Edition, random: &mut Random) -> Option<String> {
    let span = line_with(edition, random, |line| line.starts_with('#'))?;
    Some(edition.with(span.clone(), edition.text()[span].trim_start_matches('#').trim_start()))
}

/// The bytes of the lines of a code block's opening and closing fence.
fn fences(edition: &Edition, random: &mut Random) -> Option<[std::ops::Range<usize>; 2]> {
    let text = edition.text();
    let all: Vec<_> = lines(text).filter(|(_, line)| line.trim_start().starts_with("```")).map(|(at, line)| at..at + line.len()).collect();
    let pairs: Vec<_> = all.chunks_exact(2).collect();
    let pair = random.pick(&pairs)?;
    Some([pair[0].clone(), pair[1].clone()])
}

fn bare_fence(edition: &Edition, random: &mut Random) -> Option<String> {
    let [open, close] = fences(edition, random)?;
    let text = edition.text();
    Some(format!("{}{}{}", &text[..open.start], &text[open.end..close.start], &text[close.end..]))
}

fn drop_fence(edition: &Edition, random: &mut Random) -> Option<String> {
    let [open, close] = fences(edition, random)?;
    Some(edition.with(open.start..close.end, ""))
}

fn drop_row(edition: &Edition, random: &mut Random) -> Option<String> {
    Some(edition.with(line_with(edition, random, |line| line.starts_with("|[") && line.contains("](http"))?, ""))
}

fn drop_rule(edition: &Edition, random: &mut Random) -> Option<String> {
    Some(edition.with(line_with(edition, random, |line| line.starts_with("|--"))?, ""))
}

fn unnest(edition: &Edition, random: &mut Random) -> Option<String> {
    let span = line_with(edition, random, |line| line.starts_with("  - ") || line.starts_with("    - "))?;
    let text = edition.text();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = indent(&text[span.clone()]);
    let mut end = span.end;
    for line in text[span.end..].split_inclusive('\n').take_while(|line| indent(line) > own) {
        end += line.len();
    }
    let moved: String = text[span.start..end].split_inclusive('\n').map(|line| line.strip_prefix("  ").unwrap_or(line)).collect();
    Some(edition.with(span.start..end, &moved))
}

fn unquote(edition: &Edition, random: &mut Random) -> Option<String> {
    let quotes = |line: &str| line.trim_start().starts_with("> ");
    let text = edition.text();
    let span = line_with(edition, random, quotes)?;
    let mut start = span.start;
    while start > 0 && quotes(super::edition::line(text, start - 1)) {
        start = line_start(text, start - 1);
    }
    let mut end = span.end;
    while end < text.len() && text[end..].trim_start_matches(' ').starts_with('>') {
        end = line_end(text, end);
    }
    // Behind a quoted line without its own mark a line goes on with the quote: nothing is lost.
    if start > 0 && super::edition::line(text, start - 1).contains("> ") {
        return None;
    }
    let bare: String = text[start..end].split_inclusive('\n').map(|line| line.replacen("> ", "", 1)).collect();
    Some(edition.with(start..end, &bare))
}

fn drop_strong(edition: &Edition, random: &mut Random) -> Option<String> {
    let span = random.pick(&edition.marks(MarkKind::Strong))?.span();
    Some(edition.with(span.clone(), &edition.text()[span.start + 2..span.end - 2]))
}

fn glue_particle(edition: &Edition, random: &mut Random) -> Option<String> {
    let strong = edition.marks(MarkKind::Strong);
    let span = random.pick(&strong)?.span();
    let text = edition.text();
    let inner = text[span.start + 2..span.end - 2].trim_end_matches([':', '.', '?', ',']);
    let has_particle = text[span.end..].starts_with(translate_digest::korean::hangul::is_hangul);
    let particle = if has_particle { "" } else { random.of(&["는", "은", "를", "이", "에서", "으로"]) };
    let new = match random.below(3) {
        0 => format!("**{inner}(new)**{particle}"),
        1 => format!("**{inner} 50%**{particle}"),
        _ => format!("**\"{inner}\"**{particle}"),
    };
    let broken = edition.with(span, &new);
    // Where a blank or a mark stands before the bold text, it closes nothing.
    let count = |text: &str| Digest::parse(text, Format::Markdown, None).marks().filter(|mark| mark.kind == MarkKind::Strong).count();
    (count(&broken) < count(text)).then_some(broken)
}

fn part_link(edition: &Edition, random: &mut Random) -> Option<String> {
    let (_, joint) = inline_link(edition, random)?;
    Some(edition.with(joint + 1..joint + 1, " "))
}

fn open_code(edition: &Edition, random: &mut Random) -> Option<String> {
    let end = random.pick(&edition.marks(MarkKind::Code))?.end;
    Some(edition.with(end - 1..end, ""))
}

fn open_link(edition: &Edition, random: &mut Random) -> Option<String> {
    let (span, joint) = inline_link(edition, random)?;
    Some(if random.one_in(2) { edition.with(span.end - 1..span.end, "") } else { edition.with(joint..joint + 1, "") })
}
