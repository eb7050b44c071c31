//! What a segment says, and in which language and script.

use translate_digest::checks::{Part, Twin};
use translate_digest::digest::{Kind as Segment, sentences};
use translate_digest::korean::hangul::is_hangul;
use translate_digest::span::Span;

use super::edition::bare_sentences;
use super::{Edition, Kind, Random};

pub const KINDS: &[Kind] = &[
    Kind { fault: "a segment left in English", checks: &["untranslated"], inject: leave_segment },
    Kind { fault: "a sentence left in English", checks: &["half-translated"], inject: leave_sentence },
    Kind { fault: "English words left in a sentence", checks: &["english-left"], inject: leave_words },
    Kind { fault: "half of a comment's sentences dropped", checks: &["omitted-text"], inject: drop_sentences },
    Kind { fault: "a whole comment dropped", checks: &["omitted-text"], inject: drop_comment },
    Kind { fault: "kana for Hangul", checks: &["foreign-script"], inject: kana },
    Kind { fault: "Han for Hangul", checks: &["foreign-script"], inject: han },
    Kind { fault: "a Cyrillic letter in a Latin word", checks: &["foreign-script"], inject: cyrillic },
    Kind { fault: "a name with another letter", checks: &["changed-name"], inject: misspell },
];

/// Words of English prose: letters alone, the first one small.
fn small_words(text: &str) -> Vec<&str> {
    let is_small = |word: &&str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    text.split_whitespace().filter(is_small).collect()
}

fn leave_segment(edition: &Edition, random: &mut Random) -> Option<String> {
    let twins = edition.twins();
    let twin = random.pick(&twins)?;
    let english = &edition.english.text[twin.english.clone()];
    (small_words(english).len() >= 2).then(|| edition.with(twin.korean.clone(), english))
}

fn leave_sentence(edition: &Edition, random: &mut Random) -> Option<String> {
    let running = edition.running();
    let twin = random.pick(&running)?;
    let english = &edition.english.text[twin.english.clone()];
    let (of_english, of_korean) = (bare_sentences(english), edition.bare_sentences(&twin.korean));
    if of_korean.len() < 2 {
        return None;
    }
    let sentence = &english[random.pick(&of_english)?.clone()];
    // What is quoted may stay as it is.
    let words = sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    let is_long = words >= 4 && small_words(sentence).len() >= 3 && !sentence.starts_with(['"', '“']);
    let place = random.pick(&of_korean)?.clone();
    is_long.then(|| edition.with(place, sentence))
}

fn leave_words(edition: &Edition, random: &mut Random) -> Option<String> {
    let runs: Vec<_> = edition.runs(4).collect();
    let run = random.pick(&runs)?;
    let is_plain = |text: &str| text.chars().all(is_hangul);
    if !matches!(run[0].kind, Some(Segment::Commentary | Segment::Paragraph)) || !run.iter().all(|word| is_plain(word.text)) {
        return None;
    }
    let part = &edition.context.parts()[run[0].part];
    let passages = edition.context.english_words(part);
    let passage = random.pick(&passages)?.text();
    let sentences = bare_sentences(passage);
    let words: Vec<&str> = passage[random.pick(&sentences)?.clone()].split_whitespace().collect();
    let small: Vec<_> = words.windows(3).filter(|words| small_words(&words.join(" ")).len() == 3).collect();
    let english = random.pick(&small)?.join(" ");
    Some(edition.with(run[1].span.start..run[2].span.end, &english))
}

/// How many characters a reader sees in a part.
fn length(edition: &Edition, span: &Span) -> usize {
    edition.context.korean().passages(span).iter().map(|passage| passage.text().chars().count()).sum()
}

/// The part that a twin belongs to.
fn part_of<'e>(edition: &'e Edition, twin: &Twin) -> Option<&'e Part> {
    edition.context.parts().iter().find(|part| part.twins.contains(twin))
}

fn drop_sentences(edition: &Edition, random: &mut Random) -> Option<String> {
    let running = edition.running();
    let twin = random.pick(&running)?;
    let text = &edition.text()[twin.korean.clone()];
    let sentences = sentences(text);
    if sentences.len() < 2 {
        return None;
    }
    // Some in a row, but not all of them, and without half a link or half of something bold.
    let first = random.below(sentences.len());
    let count = 1 + random.below(sentences.len() - 1);
    let last = *[first + count, sentences.len()].iter().min()? - 1;
    let gone = sentences[first].start..sentences.get(last + 1).map_or(text.len(), |next| next.start);
    let has_markup = text[gone.clone()].contains(['[', ']', '<', '\n', '|', '*', '`']);
    let kept = text.chars().count() - text[gone.clone()].chars().count();
    let span = twin.korean.start + gone.start..twin.korean.start + gone.end;
    let whole = length(edition, &part_of(edition, twin)?.korean);
    let is_half = length(edition, &span) * 2 >= whole && whole >= 40;
    // The blank before the last sentence goes with it.
    let start = if last + 1 == sentences.len() { edition.text()[..span.start].trim_end_matches(' ').len() } else { span.start };
    // Bold text that is left at the beginning makes a heading or an item of what is left.
    let left = format!("{}{}", &text[..gone.start], &text[gone.end..]);
    let is_lead = left.trim_start().starts_with("**") || edition.text()[..twin.korean.start].ends_with("**");
    (!has_markup && kept > 0 && is_half && !is_lead).then(|| edition.with(start..span.end, ""))
}

fn drop_comment(edition: &Edition, random: &mut Random) -> Option<String> {
    let running = edition.running();
    let twin = random.pick(&running)?;
    let part = part_of(edition, twin)?;
    let has_title = part.twins.iter().any(|twin| twin.kind == Segment::Title);
    let is_bare = edition.bare_sentences(&twin.korean).len() == sentences(&edition.text()[twin.korean.clone()]).len();
    let gone = length(edition, &twin.korean);
    if !has_title || twin.kind != Segment::Commentary || !is_bare || gone < 30 || gone * 2 < length(edition, &part.korean) {
        return None;
    }
    let start = edition.text()[..twin.korean.start].trim_end_matches([' ', '–', '>', ':', '.', ',']).len();
    let start = if edition.in_table(twin.korean.start) || edition.text()[..start].ends_with('\n') { twin.korean.start } else { start };
    Some(edition.with(start..twin.korean.end, ""))
}

fn replace_hangul(edition: &Edition, random: &mut Random, with: &[&str]) -> Option<String> {
    let words = edition.hangul(2);
    let word = random.pick(&words)?;
    let new = random.of(with);
    if random.one_in(2) {
        return Some(edition.with(word.span.clone(), new));
    }
    // The word keeps its last syllable, a particle mostly.
    let last = word.text.chars().next_back()?.len_utf8();
    Some(edition.with(word.span.start..word.span.end - last, new))
}

fn kana(edition: &Edition, random: &mut Random) -> Option<String> {
    replace_hangul(edition, random, &["モデル", "データ", "の", "という", "これは", "ください"])
}

fn han(edition: &Edition, random: &mut Random) -> Option<String> {
    replace_hangul(edition, random, &["學習", "模型", "数据", "論文", "可以", "结果"])
}

fn cyrillic(edition: &Edition, random: &mut Random) -> Option<String> {
    const LOOK_ALIKE: &[(char, char)] = &[('a', 'а'), ('e', 'е'), ('o', 'о'), ('c', 'с'), ('p', 'р'), ('P', 'Р'), ('A', 'А'), ('T', 'Т')];
    let (span, name) = latin(edition, random, 3)?;
    let places: Vec<(usize, char)> =
        name.char_indices().filter_map(|(at, c)| LOOK_ALIKE.iter().find(|(latin, _)| *latin == c).map(|(_, other)| (at, *other))).collect();
    let (at, other) = *random.pick(&places)?;
    Some(edition.with(span.start + at..span.start + at + 1, &other.to_string()))
}

/// A run of Latin letters in the Korean words, with its bytes in the file.
fn latin(edition: &Edition, random: &mut Random, least: usize) -> Option<(std::ops::Range<usize>, &'static str)> {
    let word = random.pick(&edition.words)?;
    let start = word.text.find(|c: char| c.is_ascii_alphabetic())?;
    let length = word.text[start..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.text.len() - start);
    let rest = &word.text[start + length..];
    let is_alone = start == 0 && !rest.starts_with(|c: char| c.is_ascii_graphic() && !matches!(c, ',' | '.' | ')' | '\'' | '"' | '?'));
    let span = word.span.start + start..word.span.start + start + length;
    (length >= least && is_alone).then(|| (span, &word.text[start..start + length]))
}

fn misspell(edition: &Edition, random: &mut Random) -> Option<String> {
    let (span, name) = latin(edition, random, 4)?;
    let part = edition.context.part_at(span.start)?;
    let english = edition.english_of(part);
    if !name.starts_with(|c: char| c.is_ascii_uppercase()) || !english.contains(name) {
        return None;
    }
    let at = 1 + random.below(name.len() - 2);
    let new = match random.below(3) {
        0 => format!("{}{}", &name[..at], &name[at + 1..]),
        1 => format!("{}{}{}", &name[..at], &name[at..=at], &name[at..]),
        _ => format!("{}{}{}{}", &name[..at], &name[at + 1..at + 2], &name[at..=at], &name[at + 2..]),
    };
    (new != name && !english.contains(&new)).then(|| edition.with(span, &new))
}
