//! `foreign-script`: letters of other scripts that slipped into Korean text.

use super::beside::{Beside, Haystack};
use super::{About, Check, Context, Example, Finding, Group, Severity};
use crate::korean::hangul::is_hangul;

/// See [`About`].
pub(super) struct ForeignScript;

/// Its name.
const NAME: &str = "foreign-script";

const ABOUT: About = About {
    name: NAME,
    group: Group::Language,
    severity: Severity::Error,
    on: true,
    summary: "kana, Cyrillic letters that look Latin, or Han among Hangul",
    meaning: "Machines that know many languages write words of another one now and then: モデル, 数据, or a Cyrillic а in a Latin word, which
nobody sees and no search finds. Kana and Cyrillic are errors, Han is a warning. Han in brackets behind Hangul (사인(死因)), the letters that
newspapers use for countries and offices (美, 中, 前), and what the English has too pass.",
    example: Example {
        english: "- [Attention](https://example.com/1) – The data is public.\n",
        glossary: "",
        wrong: "- [어텐션](https://example.com/1) – データ는 공개되어 있습니다.\n",
        right: "- [어텐션](https://example.com/1) – 美 연구진의 데이터(資料)는 공개되어 있습니다.\n",
    },
    mend: "Write the Korean word, or the Latin letter.",
    waive: "The word is spoken of as a word of its language.",
};

/// Letters that newspapers write for countries, and before names and offices.
const ALONE: &str =
    "美中日韓北英佛獨露蘇南伊印濠加泰越臺台前故現新舊親反對脫非無兩與野女男株全大小社車黨軍檢警靑市道郡區面洞氏外內下上及等間時";

impl Check for ForeignScript {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let english = Beside::new(context, Haystack::new);
        for words in context.korean().prose() {
            let text = &words.view.text;
            if !text.bytes().any(may_begin) {
                continue;
            }
            let mut at = 0;
            let mut brackets = Brackets::default();
            while let Some((start, script)) = text[at..].char_indices().find_map(|(place, c)| Some((at + place, script(c)?))) {
                let length: usize = text[start..].chars().take_while(|&c| belongs(c, script)).map(char::len_utf8).sum();
                let range = start..start + length;
                at = range.end;
                let run = &text[range.clone()];
                let span = words.view.span(range.clone());
                if english.at(span.start).is_some_and(|english| english.has(run)) || words.view.is_hidden(range.clone()) {
                    continue;
                }
                brackets.read(text, range.start);
                findings.extend(finding(text, &range, script, &brackets, span));
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Kana,
    Cyrillic,
    Han,
}

/// Whether a letter of one of the scripts may begin with a byte: no Hangul syllable does.
fn may_begin(b: u8) -> bool {
    matches!(b, 0xD0..=0xD4 | 0xE3..=0xE9 | 0xEF | 0xF0)
}

fn script(c: char) -> Option<Script> {
    match c {
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9d}' => Some(Script::Kana),
        '\u{400}'..='\u{52f}' => Some(Script::Cyrillic),
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '々' => {
            Some(Script::Han)
        }
        _ => None,
    }
}

/// Whether a letter goes on with a run. A Japanese word may mix Han and kana.
fn belongs(c: char, script: Script) -> bool {
    match self::script(c) {
        Some(own) => own == script || (script != Script::Cyrillic && own != Script::Cyrillic),
        None => script == Script::Kana && matches!(c, 'ー' | '・'),
    }
}

/// The last bracket that opens before a place.
#[derive(Default)]
struct Brackets {
    read: usize,
    open: Option<usize>,
    is_closed: bool,
}

impl Brackets {
    /// Goes on to byte `to`.
    fn read(&mut self, text: &str, to: usize) {
        for (at, c) in text[self.read..to].char_indices() {
            match c {
                '(' | '（' => (self.open, self.is_closed) = (Some(self.read + at), false),
                ')' | '）' => self.is_closed = true,
                _ => {}
            }
        }
        self.read = to;
    }
}

fn finding(text: &str, range: &std::ops::Range<usize>, first: Script, brackets: &Brackets, span: crate::span::Span) -> Option<Finding> {
    let run = &text[range.clone()];
    let script = if run.chars().any(|c| self::script(c) == Some(Script::Kana)) { Script::Kana } else { first };
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let opened = before.trim_end().strip_suffix(['(', '（', '[', '·', ',', '/']).is_some();
    // A gloss stands in brackets behind its Korean.
    let gloss = brackets
        .open
        .filter(|_| !brackets.is_closed)
        .is_some_and(|open| before[..open].trim_end().ends_with(|c: char| is_hangul(c) || c.is_alphanumeric()));
    if gloss && script != Script::Cyrillic || opened && script == Script::Han && after.starts_with([')', '）']) {
        return None;
    }
    let (name, severity) = match script {
        Script::Kana => ("kana", Severity::Error),
        Script::Cyrillic => ("Cyrillic", Severity::Error),
        Script::Han => ("Han", Severity::Warning),
    };
    if script == Script::Han && run.chars().count() == 1 && run.chars().all(|c| ALONE.contains(c)) {
        return None;
    }
    let is_mixed = script == Script::Cyrillic
        && (before.ends_with(|c: char| c.is_ascii_alphabetic()) || after.starts_with(|c: char| c.is_ascii_alphabetic()));
    let (message, help) = match is_mixed {
        true => (format!("`{run}` is Cyrillic inside a Latin word"), "write the Latin letter".to_owned()),
        false => (format!("`{run}` is {name}, in Korean text"), "write it in Korean".to_owned()),
    };
    Some(Finding { help: Some(help), ..Finding::new(NAME, severity, span, message) })
}
