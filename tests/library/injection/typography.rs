//! Marks and characters that do not belong.

use translate_digest::digest::Kind as Segment;
use translate_digest::korean::hangul::{decomposed, is_hangul};

use super::edition::Word;
use super::{Edition, Kind, Random};

pub const KINDS: &[Kind] = &[
    Kind { fault: "an entity for a mark", checks: &["html-entity"], inject: entity },
    Kind { fault: "a zero-width character", checks: &["stray-character"], inject: zero_width },
    Kind { fault: "a control character", checks: &["stray-character"], inject: control },
    Kind { fault: "a replacement character", checks: &["stray-character"], inject: replacement },
    Kind { fault: "a lone jamo", checks: &["stray-character"], inject: jamo },
    Kind { fault: "full-width letters", checks: &["stray-character"], inject: full_width },
    Kind { fault: "a word in NFD", checks: &["not-nfc"], inject: decompose },
    Kind { fault: "a bracket lost", checks: &["unbalanced-bracket"], inject: drop_bracket },
    Kind { fault: "a bracket too many", checks: &["unbalanced-bracket"], inject: add_bracket },
    Kind { fault: "quotation marks of another kind", checks: &["mixed-quotes"], inject: other_quotes },
    Kind { fault: "a blank before a mark", checks: &["space-before-punctuation"], inject: blank_before_mark },
    Kind { fault: "two blanks", checks: &["double-space"], inject: two_blanks },
];

fn any_hangul(edition: &Edition, random: &mut Random) -> Option<Word> {
    random.pick(&edition.hangul(2)).map(|word| (*word).clone())
}

/// Puts something into a Hangul word: before, inside or behind it.
fn put_in(edition: &Edition, random: &mut Random, what: &str) -> Option<String> {
    let word = any_hangul(edition, random)?;
    let at = word.span.start + word.text.char_indices().nth(1)?.0;
    let at = random.of(&[at, at, word.span.end]);
    Some(edition.with(at..at, what))
}

fn entity(edition: &Edition, random: &mut Random) -> Option<String> {
    let word = random.pick(&edition.words)?;
    let mark = word.text.char_indices().find(|(_, c)| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’'));
    if let Some((at, c)) = mark {
        let start = word.span.start + at;
        let with = random.of(if c == '"' || c == '“' || c == '”' { &["&quot;", "&#34;"] } else { &["&#39;", "&apos;"] });
        return Some(edition.with(start..start + c.len_utf8(), with));
    }
    if !random.one_in(4) {
        return None;
    }
    if random.one_in(3) {
        let runs: Vec<_> = edition.runs(2).collect();
        let run = random.pick(&runs)?;
        let between = random.of(&["&nbsp;", " &amp; ", " &ndash; "]);
        return Some(edition.with(run[0].span.end..run[1].span.start, between));
    }
    let word = any_hangul(edition, random)?;
    let [open, close] =
        random.of(&[["&quot;", "&quot;"], ["&#39;", "&#39;"], ["&#x27;", "&#x27;"], ["&lt;", "&gt;"], ["&ldquo;", "&rdquo;"]]);
    Some(edition.with(word.span.clone(), &format!("{open}{}{close}", word.text)))
}

fn zero_width(edition: &Edition, random: &mut Random) -> Option<String> {
    let what = random.of(&["\u{200B}", "\u{200C}", "\u{FEFF}", "\u{2060}", "\u{200D}"]);
    put_in(edition, random, what)
}

fn control(edition: &Edition, random: &mut Random) -> Option<String> {
    let what = random.of(&["\u{7}", "\u{8}", "\u{1b}", "\u{1}", "\u{7f}", "\u{85}"]);
    put_in(edition, random, what)
}

fn replacement(edition: &Edition, random: &mut Random) -> Option<String> {
    put_in(edition, random, "\u{FFFD}")
}

fn jamo(edition: &Edition, random: &mut Random) -> Option<String> {
    let what = random.of(&["ㄱ", "ㄴ", "ㅏ", "ㅇ", "ㄹ", "ㅣ"]);
    put_in(edition, random, what)
}

fn full_width(edition: &Edition, random: &mut Random) -> Option<String> {
    let word = random.pick(&edition.words)?;
    let (at, c) = word.text.char_indices().find(|(_, c)| c.is_ascii_alphabetic())?;
    let wide = char::from_u32(c as u32 + 0xFEE0)?;
    Some(edition.with(word.span.start + at..word.span.start + at + 1, &wide.to_string()))
}

fn decompose(edition: &Edition, random: &mut Random) -> Option<String> {
    let word = any_hangul(edition, random)?;
    Some(edition.with(word.span.clone(), &decomposed(word.text)))
}

/// Whether brackets are balanced in the English of a word's part.
fn is_balanced(edition: &Edition, word: &Word) -> bool {
    let english = edition.english_of(&edition.context.parts()[word.part]);
    english.matches('(').count() == english.matches(')').count()
}

fn drop_bracket(edition: &Edition, random: &mut Random) -> Option<String> {
    let word = random.pick(&edition.words)?;
    let brackets: Vec<usize> = word.text.match_indices(['(', ')']).map(|(at, _)| at).collect();
    let at = word.span.start + *random.pick(&brackets)?;
    is_balanced(edition, word).then(|| edition.with(at..at + 1, ""))
}

fn add_bracket(edition: &Edition, random: &mut Random) -> Option<String> {
    let word = any_hangul(edition, random)?;
    let is_open = random.one_in(2);
    let at = if is_open { word.span.start } else { word.span.end };
    is_balanced(edition, &word).then(|| edition.with(at..at, if is_open { "(" } else { ")" }))
}

fn other_quotes(edition: &Edition, random: &mut Random) -> Option<String> {
    let text = edition.text();
    let quoted: Vec<_> = if text.contains('“') {
        text.match_indices('“').filter_map(|(at, _)| text[at..].find('”').map(|end| (at..at + end + "”".len(), "“".len()))).collect()
    } else {
        let words = edition.words.iter().filter(|word| word.text.starts_with('"'));
        words.filter_map(|word| text[word.span.start + 1..].find('"').map(|end| (word.span.start..word.span.start + end + 2, 1))).collect()
    };
    // One of the others must be left to differ from.
    let (span, width) = random.pick(&quoted).filter(|_| quoted.len() > 1)?.clone();
    let inside = &text[span.start + width..span.end - width];
    if inside.contains('\n') {
        return None;
    }
    Some(edition.with(span, &if width == 1 { format!("“{inside}”") } else { format!("\"{inside}\"") }))
}

fn blank_before_mark(edition: &Edition, random: &mut Random) -> Option<String> {
    let word = random.pick(&edition.words)?;
    let host = word.text.strip_suffix([',', '.', '?']).filter(|host| host.ends_with(is_hangul))?;
    let at = word.span.start + host.len();
    Some(edition.with(at..at, " "))
}

fn two_blanks(edition: &Edition, random: &mut Random) -> Option<String> {
    let runs: Vec<_> = edition.runs(2).collect();
    let run = random.pick(&runs)?;
    let is_running = matches!(run[0].kind, Some(Segment::Title | Segment::Commentary | Segment::Paragraph));
    (is_running && !edition.in_table(run[0].span.start)).then(|| edition.with(run[0].span.end..run[0].span.end, " "))
}
