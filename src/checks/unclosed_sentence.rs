//! `unclosed-sentence`: a sentence without its end mark, or a question without its `?`.

use std::cell::OnceCell;
use std::collections::HashMap;

use memchr::{memchr_iter, memchr2_iter};

use super::running::{Running, with_quotes};
use super::{About, Check, Context, Edit, Example, Finding, Group, Passage, Severity};
use crate::digest::{self, Kind};
use crate::korean::hangul::is_hangul;
use crate::korean::register::{Register, is_finite, is_present, register_of_word};
use crate::korean::sentence::{Sentence, enclosed, is_end_mark};
use crate::span::Span;

/// See [`About`].
pub(super) struct UnclosedSentence;

const ABOUT: About = About {
    name: "unclosed-sentence",
    group: Group::Language,
    severity: Severity::Warning,
    on: true,
    summary: "a sentence of running text without its end mark, or a question that lost its `?`",
    meaning:
        "A sentence that ends in a verb closes with a mark (한글 맞춤법 부록, 문장 부호). Whether the last sentence of an item does is the
digest's habit: it is only missed where the English has one, or, without an English side, where most of the digest closes its own.
Titles, headings, labels and whatever ends in a noun need none. A question mark is only missed where the English has it.",
    example: Example {
        english: "- We train the model. It works.\n- Does it work?\n",
        glossary: "",
        wrong: "- 모델을 학습합니다 잘 됩니다.\n- 잘 됩니까.\n",
        right: "- 모델을 학습합니다. 잘 됩니다.\n- 잘 됩니까?\n",
    },
    mend: "Put the mark in. `--fix` writes the one that the English has, at the end of an item.",
    waive: "The words go on in what follows, as a list does.",
};

impl Check for UnclosedSentence {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let segments: Vec<Running> = with_quotes(context).collect();
        let habits = habits(&segments);
        for segment in &segments {
            let english = English::of(context, segment);
            findings.extend(last(segment, &english, habits.get(&segment.kind).copied().unwrap_or_default()));
            findings.extend(within(segment, &english));
            findings.extend(questions(context, segment, &english));
        }
    }
}

/// How many segments of a kind close their last sentence, and how many do not.
#[derive(Clone, Copy, Default)]
struct Habit {
    closed: usize,
    open: usize,
}

fn habits(segments: &[Running]) -> HashMap<Kind, Habit> {
    let mut habits: HashMap<Kind, Habit> = HashMap::new();
    for segment in segments {
        let Some(last) = segment.sentences.last() else { continue };
        if last.register(segment.passage.text()).is_some() {
            let habit = habits.entry(segment.kind).or_default();
            *(if last.mark.is_some() { &mut habit.closed } else { &mut habit.open }) += 1;
        }
    }
    habits
}

/// What the English of a segment says of its ends, looked up when it matters: most sentences are closed.
struct English<'c> {
    /// Its words; none where the English is not known.
    passages: Option<Vec<Passage<'c>>>,
    marks: OnceCell<Vec<char>>,
}

impl<'c> English<'c> {
    fn of(context: &'c Context<'_>, segment: &Running<'_>) -> Self {
        let passages = segment.twin.zip(context.english()).map(|(twin, side)| side.passages(&twin.english));
        Self { passages, marks: OnceCell::new() }
    }

    fn is_known(&self) -> bool {
        self.passages.is_some()
    }

    /// The marks of its sentences; a blank where one has none.
    fn marks(&self) -> &[char] {
        self.marks.get_or_init(|| {
            let texts = self.passages.iter().flatten().map(Passage::text);
            texts.flat_map(|text| digest::sentences(text).into_iter().map(move |range| mark(&text[range]))).collect()
        })
    }

    fn last(&self) -> char {
        self.marks().last().copied().unwrap_or(' ')
    }

    /// Whether it asks more questions than a Korean text with so many `?`.
    fn asks_more(&self, korean: &str) -> bool {
        let asked = question_marks(korean);
        let most: usize = self.passages.iter().flatten().map(|passage| question_marks(passage.text())).sum();
        most > asked && self.marks().iter().filter(|mark| **mark == '?').count() > asked
    }
}

fn question_marks(text: &str) -> usize {
    memchr_iter(b'?', text.as_bytes()).count() + text.matches('？').count()
}

/// The mark that an English sentence closes with, before what closes behind it and what is no word at all.
fn mark(sentence: &str) -> char {
    let closed = sentence.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_end_mark(c) && !matches!(c, ':' | ','));
    // `Really?!` asks.
    let marks = &closed[closed.trim_end_matches(is_end_mark).len()..];
    if marks.contains('?') { '?' } else { marks.chars().next_back().unwrap_or(' ') }
}

/// The last sentence of a segment.
fn last(segment: &Running, english: &English<'_>, habit: Habit) -> Option<Finding> {
    let text = segment.passage.text();
    let last = segment.sentences.last()?;
    if last.mark.is_some() || last.register(text).is_none() {
        return None;
    }
    let closes = if english.is_known() { is_end_mark(english.last()) } else { habit.closed > habit.open };
    if !closes {
        return None;
    }
    let ending = last.ending.clone()?;
    let mark = match english.last() {
        mark @ ('?' | '!') => mark,
        _ if is_question(&text[ending.clone()], Ask::Surely) => '?',
        _ => '.',
    };
    let span = segment.passage.span(ending.clone());
    let certain = english.is_known() && ending.end == last.range.end && span.end == segment.span.end && english.last() == mark;
    let fix = if certain { vec![Edit { span: span.end..span.end, text: mark.to_string() }] } else { Vec::new() };
    let found = finding(span, "the sentence has no end mark".to_owned(), format!("write `{mark}` behind it"));
    Some(Finding { fix, ..found })
}

/// Sentences that run into the next one.
fn within(segment: &Running, english: &English<'_>) -> Vec<Finding> {
    let text = segment.passage.text();
    let may_end = |asks: bool| segment.sentences.iter().any(|sentence| ends_of_words(&text[sentence.range.clone()], asks).next().is_some());
    let asks = english.asks_more(text);
    if !may_end(asks) {
        return Vec::new();
    }
    let lacks = english.is_known() && english.marks().len() > segment.sentences.len();
    let mut found = Vec::new();
    let mut inside: Option<Vec<std::ops::Range<usize>>> = None;
    for sentence in segment.sentences {
        let words = &text[sentence.range.clone()];
        for (at, word) in ends_of_words(words, asks) {
            let next = words[at..].trim_start();
            if !runs_on(word, next, lacks, asks) {
                continue;
            }
            let end = sentence.range.start + at;
            let inside = inside.get_or_insert_with(|| enclosed(text));
            // A quoted sentence that is plain may go on; a polite one does not.
            let is_inside = !word.ends_with("니다") && {
                let before = inside.partition_point(|range| range.start < end);
                before > 0 && end < inside[before - 1].end
            };
            if is_inside || segment.passage.view.is_hidden(segment.passage.range.start + end - 1..segment.passage.range.start + end) {
                continue;
            }
            let span = segment.passage.span(end - word.len()..end);
            found.push(finding(span, "the sentence runs into the next one".to_owned(), "write its end mark".to_owned()));
        }
    }
    found
}

/// Every Hangul word that a blank follows, with the byte behind it, where it could be an ending.
fn ends_of_words(words: &str, asks: bool) -> impl Iterator<Item = (usize, &str)> {
    memchr2_iter(b' ', b'\n', words.as_bytes()).filter_map(move |at| {
        let head = &words[..at];
        if !(head.ends_with(['다', '요', '죠', '까']) || asks && head.ends_with(['가', '냐'])) {
            return None;
        }
        let start = head.rfind(|c: char| !is_hangul(c)).map_or(0, |before| head.ceil_char_boundary(before + 1));
        Some((at, &head[start..]))
    })
}

/// Whether a sentence ends with `word` and another begins with `next`, with no mark between them. `lacks`: the English has more
/// sentences; `asks`: it has more questions.
fn runs_on(word: &str, next: &str, lacks: bool, asks: bool) -> bool {
    let Some(register) = register_of_word(word) else { return false };
    // 말했습니다 “…”: what is quoted begins a sentence of its own.
    if next.starts_with(['"', '“', '‘']) {
        return register == Register::Formal || lacks && is_finite(word);
    }
    if !next.starts_with(char::is_alphanumeric) || QUOTING.iter().any(|quoting| next.starts_with(quoting)) {
        return false;
    }
    match register {
        Register::Formal => word.chars().count() > 2,
        Register::Polite => SPOKEN.iter().any(|ending| word.ends_with(ending)),
        Register::Plain if is_question(word, Ask::Surely) => asks && !goes_on(next),
        // 갔다 오다, 켰다 껐다: the past may stand for 다가.
        Register::Plain if word.ends_with('다') => {
            let opens = OPENERS.iter().any(|opener| is_word(next, opener));
            let likely = is_present(word) || lacks && (is_finite(word) || word.chars().count() > 2);
            opens || likely && !goes_on(next)
        }
        Register::Plain | Register::Casual => false,
    }
}

/// Whether `next` begins with `word` as a whole.
fn is_word(next: &str, word: &str) -> bool {
    next.strip_prefix(word).is_some_and(|rest| !rest.starts_with(is_hangul))
}

/// What quotes the sentence before it: 합니다 라고, 합니다 하고.
const QUOTING: &[&str] = &["라고", "라는", "라며", "라면", "하고 ", "하며", "만 ", "여러분"];

/// Endings in 요 and 죠 that no noun shares.
const SPOKEN: &[&str] = &[
    "세요",
    "어요",
    "아요",
    "해요",
    "에요",
    "예요",
    "네요",
    "군요",
    "까요",
    "나요",
    "든요",
    "니다요",
    "렇죠",
    "이죠",
    "하죠",
    "겠죠",
    "었죠",
    "았죠",
    "했죠",
    "되죠",
    "있죠",
    "없죠",
    "려요",
    "져요",
    "돼요",
    "줘요",
    "와요",
    "봐요",
];

/// Words that begin a sentence and do not stand behind a plain connective: 접속 부사 and what points back.
const OPENERS: &[&str] = &[
    "이는",
    "이것은",
    "이들은",
    "이로",
    "이에",
    "그는",
    "그녀는",
    "그들은",
    "그것은",
    "그러나",
    "하지만",
    "그리고",
    "그래서",
    "따라서",
    "그런데",
    "그러므로",
    "그렇지만",
    "또한",
    "게다가",
    "한편",
    "즉",
    "예컨대",
    "왜냐하면",
    "반면",
    "더구나",
    "더욱이",
    "아울러",
    "이어서",
    "결국",
    "특히",
];

/// Whether `next` goes on behind a plain ending: 한다 해도, 했다 하더라도, 먹는다 싶으면, 갔다 오다, 할까 봐.
fn goes_on(next: &str) -> bool {
    let word = &next[..next.find(|c: char| !is_hangul(c)).unwrap_or(next.len())];
    GOING_ON.iter().any(|form| next.starts_with(form))
        || matches!(word, "고" | "는" | "한" | "온" | "간" | "안" | "못" | "만" | "할" | "봐" | "해")
        || is_finite(word)
}

/// How such a word begins.
#[rustfmt::skip]
const GOING_ON: &[&str] = &[
    "해도", "해서", "해야", "했", "하더라도", "하면", "하니", "하여", "하고", "하기", "하는", "하던", "하며", "한들", "합", "라", "보니", "보면", "싶", "치더라도", "치자", "쳐도", "못해", "못하", "오는", "오면", "가는", "가면", "나가", "나온", "나오", "내려", "돌아",
    "말았", "말", "생각", "믿", "느끼", "느꼈", "봐야", "봤", "걱정", "두려", "의심", "의문", "궁금", "여기", "여겼", "깨",
];

/// Questions whose `?` the English has.
fn questions(context: &Context<'_>, segment: &Running, english: &English<'_>) -> Vec<Finding> {
    let text = segment.passage.text();
    if !english.asks_more(text) {
        return Vec::new();
    }
    let aligned = english.marks().len() == segment.sentences.len();
    let lost = |(index, sentence): (usize, &Sentence)| {
        let ending = sentence.ending.clone().filter(|_| matches!(sentence.mark, Some('.' | '!' | '…')))?;
        let word = &text[ending.clone()];
        let asks = if aligned { english.marks()[index] == '?' && is_question(word, Ask::Perhaps) } else { is_question(word, Ask::Surely) };
        asks.then(|| lost_mark(context, segment, sentence, ending))
    };
    segment.sentences.iter().enumerate().filter_map(lost).collect()
}

fn lost_mark(context: &Context<'_>, segment: &Running, sentence: &Sentence, ending: std::ops::Range<usize>) -> Finding {
    let rest = &segment.passage.text()[ending.end..sentence.range.end];
    let mark = segment.passage.span(ending.end..sentence.range.end);
    let certain = rest == "." && context.korean().digest.text[mark.clone()] == *".";
    let span = segment.passage.span(ending.start..ending.end + rest.find(|c| !is_end_mark(c)).unwrap_or(rest.len()));
    let fix = if certain { vec![Edit { span: mark, text: "?".to_owned() }] } else { Vec::new() };
    Finding { fix, ..finding(span, "the question has lost its `?`".to_owned(), "write `?` behind it".to_owned()) }
}

/// How sure a question has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ask {
    /// The ending alone says it.
    Surely,
    /// The English says it, and the ending does not deny it.
    Perhaps,
}

fn is_question(word: &str, ask: Ask) -> bool {
    let surely =
        ["까", "까요", "나요", "는가", "은가", "인가", "한가", "던가", "느냐", "가요", "냐"].iter().any(|ending| word.ends_with(ending))
            && !word.ends_with("그러니까");
    surely || ask == Ask::Perhaps && !word.ends_with('다') && register_of_word(word).is_some()
}

fn finding(span: Span, message: String, help: String) -> Finding {
    Finding { help: Some(help), ..Finding::new(ABOUT.name, ABOUT.severity, span, message) }
}
