//! Particles that disagree with the word before them, in running text.

mod alternatives;
mod spaced;
mod syllables;

pub use alternatives::{Alternative, bare_alternatives};
pub use spaced::{Spaced, spaced_particles};

use super::hangul::{Final, final_sound, is_hangul, run_len};
use super::host::sound_before;
use super::particle::is_particle_after;
use super::reading::{Certainty, Reading};
use super::words::may_be_another;
use crate::span::Span;

/// A particle that does not fit its host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The word before the particle.
    pub host: Span,
    /// The smallest text that is wrong: 은 of 에서은, 으로 of 함수으로부터.
    pub particle: Span,
    /// What has to stand there.
    pub right: String,
    /// How sure the host's last sound is.
    pub certainty: Certainty,
}

/// A place that is known to be a noun, such as a term of the glossary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noun {
    /// Where it stands.
    pub span: Span,
    /// Its last sound, where that is known better than from its letters.
    pub sound: Option<Final>,
}

/// The particles of `text` that do not fit their hosts.
///
/// `text` is one paragraph of plain composed (NFC) text: emphasis removed, code spans with their back-ticks, U+FFFC in the place of what has
/// no words. `nouns` are sorted by their start. Where a word could be something else than a noun with a particle, nothing is reported.
pub fn misfits(text: &str, nouns: &[Noun]) -> Vec<Misfit> {
    let mut found = Vec::new();
    each_run(text, |run| {
        let written = &text[run.clone()];
        if !is_last_of_word(&text[run.end..]) {
            return;
        }
        let misfit = match noun_before(text, nouns, &run) {
            NounBefore::Whole => None,
            NounBefore::With(start, sound) => after_noun(text, start, &text[start..run.end], sound),
            NounBefore::None => match text[..run.start].chars().next_back().filter(|c| is_host_end(text, run.start, *c)) {
                Some(_) if is_particle_after(None, written) => after_other(text, &run),
                before => after_hangul(text, &run, before.is_some()),
            },
        };
        found.extend(misfit);
    });
    found
}

/// What a list of known nouns says of a Hangul run.
enum NounBefore {
    None,
    /// The run is the end of a noun, and no particle.
    Whole,
    /// A particle starts here, after a noun with this last sound.
    With(usize, Option<Final>),
}

fn noun_before(text: &str, nouns: &[Noun], run: &Span) -> NounBefore {
    // Those that start after the run cannot matter; of the others only the last few reach it.
    let until = nouns.partition_point(|noun| noun.span.start < run.end);
    let mut best = NounBefore::None;
    for noun in nouns[..until].iter().rev().take(8).filter(|noun| (run.start..=run.end).contains(&noun.span.end)) {
        if noun.span.end == run.end {
            return NounBefore::Whole;
        }
        let farther = !matches!(best, NounBefore::With(start, _) if start >= noun.span.end);
        if farther && is_particle_after(None, &text[noun.span.end..run.end]) {
            best = NounBefore::With(noun.span.end, noun.sound);
        }
    }
    best
}

/// A particle after a known noun.
fn after_noun(text: &str, start: usize, run: &str, sound: Option<Final>) -> Option<Misfit> {
    let reading = sound.map(Reading::certain).or_else(|| reading_of(text, start, run))?;
    disagreeing(text, start, run, reading)
}

/// A particle after Latin letters, digits, a bracket, a quotation or code.
fn after_other(text: &str, run: &Span) -> Option<Misfit> {
    let written = &text[run.clone()];
    // Only these change with the host; all others are spared the look back.
    let alternates = written.starts_with([
        '은', '는', '이', '가', '을', '를', '과', '와', '으', '로', '나', '란', '라', '랑', '야', '든', '며', '였', '예', '들', '에', '까',
        '부', '만',
    ]);
    if !alternates {
        return None;
    }
    if is_formula_or_gloss(&text[..run.start]) {
        return None;
    }
    let reading = reading_of(text, run.start, written).filter(|reading| reading.firm)?;
    disagreeing(text, run.start, written, reading)
}

/// Whether the word before the particle is a formula (γ>0, which is read in other words than it is written), a numeronym (a11y), or Latin
/// letters right behind Hangul, which may be there to explain it (동시성Concurrency).
fn is_formula_or_gloss(before: &str) -> bool {
    let word = &before[host_start(before, before.len())..];
    let operator = |c: char| {
        matches!(
            c,
            '=' | '<'
                | '≤'
                | '≥'
                | '∈'
                | '×'
                | '⋅'
                | '−'
                | '→'
                | '≻'
                | '⪰'
                | '|'
                | '^'
                | '±'
                | '≠'
                | '≈'
                | '∑'
                | '√'
                | '∩'
                | '∪'
                | '⊂'
        )
    };
    let is_formula = !word.contains('`') && (word.contains(operator) || word.trim_end_matches('>').contains('>') && !word.contains('<'));
    let after_operator = || before[..before.len() - word.len()].trim_end().ends_with(operator);
    let letters = word.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let is_numeronym = letters.len() >= 3
        && letters.len() <= 5
        && letters.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
        && letters.bytes().next_back().is_some_and(|b| b.is_ascii_lowercase())
        && letters[1..letters.len() - 1].bytes().all(|b| b.is_ascii_digit());
    let phrase = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '.' | '_'));
    let is_gloss = before.ends_with(|c: char| c.is_ascii_alphabetic())
        && phrase.ends_with(is_hangul)
        && before[phrase.len()..].starts_with(|c: char| c.is_ascii_alphabetic());
    is_formula || is_numeronym || is_gloss || (!word.contains('`') && after_operator())
}

fn reading_of(text: &str, start: usize, run: &str) -> Option<Reading> {
    let before = &text[..start];
    // The family of a species: Dromaeosauridae과.
    if run.starts_with('과') && before.ends_with("dae") {
        return None;
    }
    // Quoted speech takes 라고 whatever it ends in; so do sentences in brackets.
    let is_speech = before.ends_with(['"', '”', '’', '\'', '」', '』', '!', '?', '.']) && run.trim_start_matches('이').starts_with('라');
    // A lesson or a section of a street: 제2과, 종로 3가.
    let is_ordinal = before.ends_with(|c: char| c.is_ascii_digit()) && matches!(run, "과" | "가") && {
        let name = before.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
        name.ends_with(['제', '로', '동'])
    };
    if is_speech || is_ordinal { None } else { sound_before(before) }
}

/// The misfit at the start of a particle, or inside it.
fn disagreeing(text: &str, start: usize, run: &str, reading: Reading) -> Option<Misfit> {
    let (offset, sound, rest) = match run.strip_prefix('들') {
        Some(rest) => ('들'.len_utf8(), Final::Liquid, rest),
        None => (0, reading.sound, run),
    };
    let certainty = if offset > 0 { Certainty::Certain } else { reading.certainty };
    let host = host_start(text, start)..start + offset;
    let at = |from: usize, to: usize| start + offset + from..start + offset + to;
    if let Some((end, right)) = syllables::head(sound, rest) {
        // 데이터이나, is the copula and "but".
        let is_copula = right == "나" && text[start + run.len()..].starts_with(',');
        return (!is_copula).then(|| Misfit { host, particle: at(0, end), right: right.to_string(), certainty });
    }
    let clash =
        syllables::clash(rest).filter(|clash| clash.start > 0 && is_particle_after(None, &rest[..clash.start]) && clash.family != "이")?;
    let host = host.start..start + offset + clash.start;
    Some(Misfit { host, particle: at(clash.start, clash.end), right: clash.right.to_string(), certainty: Certainty::Certain })
}

/// The misfit at the end of a Hangul word.
fn after_hangul(text: &str, run: &Span, attached: bool) -> Option<Misfit> {
    let written = &text[run.clone()];
    let clash = syllables::clash(written)?;
    let host = &written[..clash.start];
    // A stack of particles needs no look into the lists: 에서은, 까지을.
    if may_be_another(host, clash.family, attached) {
        return None;
    }
    // A word with an address or a path in it is no word.
    let word = host_start(text, run.start);
    if text[word..run.start].contains("//") {
        return None;
    }
    let particle = run.start + clash.start..run.start + clash.end;
    Some(Misfit { host: word..particle.start, particle, right: clash.right.to_string(), certainty: Certainty::Certain })
}

/// Where the space-separated word that ends at `end` starts.
fn host_start(text: &str, end: usize) -> usize {
    let before = &text[..end];
    let reach = before.len().saturating_sub(200);
    let reach = (reach..=before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or(0);
    before[reach..]
        .rfind(char::is_whitespace)
        .map_or(reach, |at| reach + at + before[reach + at..].chars().next().map_or(1, char::len_utf8))
}

/// Calls `each` with every Hangul run outside code.
fn each_run(text: &str, mut each: impl FnMut(Span)) {
    let mut at = 0;
    let mut in_code = false;
    let last_tick = text.rfind('`').unwrap_or(0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        // Hangul syllables start with 0xEA to 0xED; what else does is told by the run's length of 0.
        match bytes[at] {
            b'`' => {
                let ticks = bytes[at..].iter().take_while(|b| **b == b'`').count();
                in_code = !in_code && at + ticks <= last_tick;
                at += ticks;
            }
            0xE1..=0xED => {
                let length = run_len(&text[at..]);
                if length > 0 && !in_code {
                    each(at..at + length);
                }
                at += if length > 0 { length } else { 3 };
            }
            _ => at += 1,
        }
    }
}

/// Whether the word ends here, so that the run's end is its end. A slash or a bracket follows where both forms are named: 을/를, 을(를).
fn is_last_of_word(rest: &str) -> bool {
    match rest.chars().next() {
        None => true,
        Some(c) if c.is_whitespace() => true,
        Some(c) => matches!(
            c,
            '.' | ',' | '!' | '?' | ';' | ':' | '…' | ')' | ']' | '」' | '』' | '”' | '’' | '"' | '\'' | '》' | '〉' | '。' | '、'
        ),
    }
}

/// Whether the character before a run ends a word that the run belongs to.
fn is_host_end(text: &str, at: usize, c: char) -> bool {
    match c {
        ')' | ']' | '”' | '’' | '」' | '』' | '》' | '〉' | '`' | '$' | '%' | '℃' | '°' | '+' | '#' | '>' | '®' | '™' => true,
        // A straight quotation mark closes where a word stands before it.
        '"' | '\'' => {
            let word = text[..at].trim_end_matches(['"', '\'']).chars().next_back();
            word.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '/' | '“' | '‘' | ',' | ':' | '='))
        }
        c => c.is_alphanumeric() && !is_hangul(c) && final_sound(&text[..at]).is_none(),
    }
}
