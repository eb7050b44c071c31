//! `stray-character`: a character that nobody sees, or that no Korean keyboard writes.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use super::beside::{english_beside, is_in};
use super::{About, Check, Context, Edit, Example, Finding, Group, Severity};
use crate::korean::hangul::{characters, composed, is_hangul};
use crate::korean::jamo::{is_about_letters, is_chat, is_conjoining, is_named};
use crate::korean::stray::{Stray, ascii, is_suspect, name, stray};
use crate::korean::view::is_composed;
use crate::span::Span;

/// See [`About`].
pub(super) struct StrayCharacter;

const ABOUT: About = About {
    name: "stray-character",
    group: Group::Typography,
    severity: Severity::Warning,
    on: true,
    summary: "an unseen, broken or wide character, or a lone jamo",
    meaning: "Characters without width, controls, marks of direction, soft hyphens and U+FFFD come from copying and from machines: nobody sees them, and no search
finds the word that holds one. A lone jamo (`했ㄷ다`) was lost from a syllable, and wide or narrow forms (`ＡＩ`, `ﾡ`) come from other encodings. Emoji and what joins
them, `～`, ideographic punctuation, ㅋㅋ and ㅠㅠ, talk of letters (`ㄹ 받침`) and what the English item has as well pass.",
    example: Example {
        english: "",
        glossary: "",
        wrong: "- 모\u{200b}델이 배운ㄷ다. ＡＩ\n",
        right: "- 모델이 배운다ㅋㅋ. AI 👩\u{200d}💻 ㄹ 받침\n",
    },
    mend: "`--fix` takes out what nobody sees and writes wide letters and digits narrow. What a lone jamo or U+FFFD stood for, a person has to tell.",
    waive: "The character is what the sentence speaks of.",
};

impl Check for StrayCharacter {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let text = context.korean().digest.text;
        let seeker = Seeker { context, text, words: OnceCell::new(), english: RefCell::default() };
        let bytes = text.as_bytes();
        let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        while at < bytes.len() {
            if !is_suspect(bytes[at]) {
                at += 1;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            at = match stray(c) {
                Some(kind) => seeker.look(at, c, kind, findings),
                None => at + c.len_utf8(),
            };
        }
        if !is_composed(text) {
            seeker.conjoining(findings);
        }
    }
}

struct Seeker<'s, 'c> {
    context: &'s Context<'c>,
    text: &'s str,
    /// Where words stand, in the order of the text.
    words: OnceCell<Vec<Span>>,
    /// Which English texts, by their first bytes, have which characters.
    english: RefCell<HashMap<(*const u8, char), bool>>,
}

impl Seeker<'_, '_> {
    /// Looks at the character at `at`; gives where to go on.
    fn look(&self, at: usize, c: char, kind: Stray, findings: &mut Vec<Finding>) -> usize {
        match kind {
            Stray::Control => return self.control(at, c, findings),
            // Each character without width has its own name and right to be there.
            Stray::Unseen | Stray::Turn => return self.unseen(at, c, kind, findings),
            _ => {}
        }
        let end = at + self.text[at..].find(|other| stray(other) != Some(kind)).unwrap_or(self.text.len() - at);
        let run = &self.text[at..end];
        let found = match kind {
            Stray::Control | Stray::Unseen | Stray::Turn => None,
            Stray::Wide => self.in_words(at).then(|| self.wide(at..end)),
            Stray::Jamo => (self.in_words(at) && !self.is_right(at..end)).then(|| {
                let (message, help) = match run.chars().count() {
                    1 => (format!("`{run}` stands alone"), "write the whole syllable, or take it out"),
                    _ => (format!("`{run}` are letters and no syllables"), "write the syllables"),
                };
                Finding { help: Some(help.to_owned()), ..self.finding(at..end, message) }
            }),
            Stray::Half => Some(Finding {
                help: Some("write Hangul syllables".to_owned()),
                ..self.finding(at..end, format!("`{run}` is narrow Hangul of an old encoding"))
            }),
            Stray::Blank => (!self.is_edge(at..end)).then(|| Finding {
                help: Some("write a plain blank".to_owned()),
                fix: self.edit(at..end, if self.is_between(at..end) && run.chars().all(|c| c == '\u{3000}') { Some(" ") } else { None }),
                ..self.finding(at..end, format!("{} stands for a blank", name(c)))
            }),
            Stray::Lost => Some(Finding {
                help: Some("write the character that was lost".to_owned()),
                ..self.finding(at..end, format!("{} stands where a character was lost", name(c)))
            }),
        };
        findings.extend(found.filter(|_| !self.is_english(at, c)));
        end
    }

    fn control(&self, at: usize, c: char, findings: &mut Vec<Finding>) -> usize {
        let end = at + c.len_utf8() + if c == '\u{1b}' { sequence(&self.text[at + 1..]) } else { 0 };
        if self.is_english(at, c) {
            return end;
        }
        // What parts words stays a blank.
        let replacement = if !c.is_whitespace() {
            Some("")
        } else if self.is_between(at..end) {
            Some(" ")
        } else {
            None
        };
        findings.push(Finding {
            help: Some("take it out".to_owned()),
            fix: self.edit(at..end, replacement),
            ..self.finding(at..end, format!("{} is no character of a text", name(c)))
        });
        end
    }

    fn unseen(&self, at: usize, c: char, kind: Stray, findings: &mut Vec<Finding>) -> usize {
        let count = self.text[at..].chars().take_while(|other| *other == c).count();
        let end = at + count * c.len_utf8();
        let joins = count == 1 && joins(c, &self.text[..at], &self.text[end..]);
        if joins || (kind == Stray::Turn && self.has_right_to_left(at)) || self.is_english(at, c) {
            return end;
        }
        let message = match count {
            1 => format!("{} stands in the text", name(c)),
            _ => format!("{} stands in the text {count} times in a row", name(c)),
        };
        findings.push(Finding {
            help: Some("take it out".to_owned()),
            fix: self.edit(at..end, Some("")),
            ..self.finding(at..end, message)
        });
        end
    }

    fn wide(&self, span: Span) -> Finding {
        let run = &self.text[span.clone()];
        let narrow: String = run.chars().map(ascii).collect();
        Finding {
            help: Some(format!("write `{narrow}`")),
            fix: self.edit(span.clone(), Some(&narrow)),
            ..self.finding(span, format!("`{run}` is written in wide letters"))
        }
    }

    /// Letters of decomposed syllables that belong to none.
    fn conjoining(&self, findings: &mut Vec<Finding>) {
        let mut last: Option<char> = None;
        for (c, span) in characters(self.text) {
            // Old Hangul has syllables that are never composed: their letters stand in a row.
            if is_conjoining(c) && !last.is_some_and(is_conjoining) {
                let next = self.text[span.end..].chars().next();
                let is_old = matches!(c, '\u{1100}'..='\u{115e}' | '\u{a960}'..='\u{a97c}') && next.is_some_and(is_conjoining);
                if !is_old && self.in_words(span.start) && !self.is_english(span.start, c) {
                    findings.push(Finding {
                        help: Some("write the whole syllable, or take it out".to_owned()),
                        ..self.finding(span, format!("U+{:04X} is a letter that belongs to no syllable", c as u32))
                    });
                }
            }
            last = Some(c);
        }
    }

    /// Whether a run of jamo is no fault: chat, a letter that is named, or a line about letters.
    fn is_right(&self, span: Span) -> bool {
        let run = &self.text[span.clone()];
        let line = self.line(&span);
        let (before, after) = (&self.text[line.start..span.start], &self.text[span.end..line.end]);
        is_chat(run)
            || is_named(run, before, after)
            || is_about_letters(&composed(&self.text[line]))
            || self.is_english(span.start, run.chars().next().unwrap_or_default())
    }

    /// The line around some bytes, as far as a reader looks.
    fn line(&self, span: &Span) -> Span {
        const REACH: usize = 400;
        let from = self.text.ceil_char_boundary(span.start.saturating_sub(REACH)).min(span.start);
        let to = self.text.floor_char_boundary((span.end + REACH).min(self.text.len())).max(span.end);
        let start = self.text[from..span.start].rfind(['\n', '\r']).map_or(from, |at| from + at + 1);
        start..self.text[span.end..to].find(['\n', '\r']).map_or(to, |at| span.end + at)
    }

    fn has_right_to_left(&self, at: usize) -> bool {
        let is_rtl =
            |c: char| matches!(c, '\u{590}'..='\u{61b}' | '\u{61d}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
        self.text[self.line(&(at..at))].contains(is_rtl)
    }

    fn is_english(&self, at: usize, c: char) -> bool {
        english_beside(self.context, at)
            .is_some_and(|english| *self.english.borrow_mut().entry((english.as_ptr(), c)).or_insert_with(|| english.contains(c)))
    }

    fn in_words(&self, at: usize) -> bool {
        let written =
            || self.context.korean().digest.written().into_iter().filter(|written| !written.is_tag).map(|written| written.span).collect();
        is_in(self.words.get_or_init(written), at)
    }

    /// Whether a run stands at the begin or the end of its line, where it indents.
    fn is_edge(&self, span: Span) -> bool {
        let line = self.line(&span);
        self.text[line.start..span.start].trim().is_empty() || self.text[span.end..line.end].trim().is_empty()
    }

    /// Whether a run has a word on either side and no blank.
    fn is_between(&self, span: Span) -> bool {
        let is_word = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        is_word(self.text[..span.start].chars().next_back()) && is_word(self.text[span.end..].chars().next())
    }

    /// The edit that puts `new` there; none outside words, where bytes have a meaning of their own.
    fn edit(&self, span: Span, new: Option<&str>) -> Vec<Edit> {
        new.filter(|_| self.in_words(span.start)).map(|new| Edit { span, text: new.to_owned() }).into_iter().collect()
    }

    fn finding(&self, span: Span, message: String) -> Finding {
        Finding::new(ABOUT.name, ABOUT.severity, span, message)
    }
}

/// Bytes of an order to a terminal behind its ESC: `[31m`.
fn sequence(text: &str) -> usize {
    let Some(rest) = text.strip_prefix('[') else { return 0 };
    let parameters = rest.bytes().take_while(|b| matches!(b, b'0'..=b'9' | b';' | b'?')).count();
    if rest.as_bytes().get(parameters).is_some_and(u8::is_ascii_alphabetic) { parameters + 2 } else { 0 }
}

/// Whether an unseen character joins what stands around it by right: parts of an emoji, letters of Arabic and of India.
fn joins(c: char, before: &str, after: &str) -> bool {
    let (last, next) = (before.chars().next_back(), after.chars().next());
    match c {
        '\u{200c}' | '\u{200d}' if last.is_some_and(|c| matches!(c, '\u{600}'..='\u{109f}')) => true,
        '\u{200d}' => last.is_some_and(is_pictograph) && next.is_some_and(is_pictograph),
        '\u{e0020}'..='\u{e007f}' => flag(before),
        // A mark of direction or a filler is no part of a syllable.
        _ => false,
    }
}

/// Whether a text ends in a black flag with the letters of a region, which are seven at most.
fn flag(before: &str) -> bool {
    before.chars().rev().take(8).find(|c| !matches!(c, '\u{e0020}'..='\u{e007f}')) == Some('\u{1f3f4}')
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{3030}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}') && !is_hangul(c)
}
