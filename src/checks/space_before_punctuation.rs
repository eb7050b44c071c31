//! `space-before-punctuation`: a blank before a full stop, comma, question or exclamation mark.

use std::ops::Range;

use super::beside::{Beside, Haystack};
use super::{About, Check, Context, Edit, Example, Finding, Group, Severity};
use crate::korean::hangul::is_hangul;
use crate::korean::view::View;

/// See [`About`].
pub(super) struct SpaceBeforePunctuation;

const ABOUT: About = About {
    name: "space-before-punctuation",
    group: Group::Typography,
    severity: Severity::Warning,
    on: true,
    summary: "a blank before `.`, `,`, `?`, `!` or `;`",
    meaning: "These marks are written onto the word before them (한글 맞춤법 부록 문장 부호). A blank in between may put the mark on a line of its own, and is
a trace of a machine that cut the text in tokens. A mark that begins a word passes (`.md`, `!important`), and so do dots in a row, `:` (제목 : 부제), code, tables,
and what the English item has as well.",
    example: Example { english: "", glossary: "", wrong: "- 모델을 배운다 .\n", right: "- 모델을 배운다. 파일은 .md 이다 … 끝.\n" },
    mend: "`--fix` takes the blank out, or puts it behind the mark where a word follows at once.",
    waive: "The mark is what the sentence speaks of; better write it as code.",
};

impl Check for SpaceBeforePunctuation {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let digest = context.korean().digest;
        let english = Beside::new(context, Haystack::new);
        for words in context.korean().prose() {
            for place in places(&words.view) {
                let view = &words.view;
                let (blank, mark) = (view.span(place.blank.clone()), view.span(place.blank.end..place.end));
                let bytes = &digest.text[blank.clone()];
                if !bytes.chars().all(|c| matches!(c, ' ' | '\t' | '\u{a0}')) || is_theirs(&english, view, &place, blank.start) {
                    continue;
                }
                let shown = &view.text[place.blank.end..place.end];
                // The mark and its blank change places where a word follows at once.
                let fix = if place.is_joined && mark.start == blank.end {
                    vec![Edit { span: blank.start..mark.end, text: format!("{shown} ") }]
                } else {
                    vec![Edit { span: blank.clone(), text: String::new() }]
                };
                findings.push(Finding {
                    help: Some(format!("write `{shown}` onto the word before it")),
                    fix,
                    ..Finding::new(ABOUT.name, ABOUT.severity, blank.start..mark.end, format!("a blank stands before `{shown}`"))
                });
            }
        }
    }
}

/// A blank and the marks behind it, as ranges of the view.
struct Place {
    blank: Range<usize>,
    end: usize,
    /// Whether a word follows the marks at once.
    is_joined: bool,
}

/// The other case of a choice (`a ? b : c`) stands no farther, in bytes.
const CHOICE: usize = 120;

fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '?' | '!' | ';' | '。' | '、' | '，' | '！' | '？')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

fn places(view: &View) -> Vec<Place> {
    let text = view.text.as_str();
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (at, &b) in bytes.iter().enumerate() {
        // A mark with a blank before it; the wide marks begin with E3 and EF.
        let may_be = matches!(b, b'.' | b',' | b'?' | b'!' | b';' | 0xE3 | 0xEF)
            && at > 0
            && (bytes[at - 1] == b' ' || bytes[at - 1] == b'\t' || bytes[at - 1] == 0xA0);
        if may_be && text[at..].starts_with(is_mark) {
            found.extend(place(view, at));
        }
    }
    found
}

fn place(view: &View, at: usize) -> Option<Place> {
    let text = view.text.as_str();
    let before = text[..at].trim_end_matches(is_blank);
    let last = before.chars().next_back()?;
    let rest = &text[at..];
    let marks = rest.len() - rest.trim_start_matches(is_mark).len();
    let (shown, after) = rest.split_at(marks);
    let next = after.chars().next();
    let blank = before.len()..at;
    if blank.is_empty() || view.is_hidden(at..at + marks) || !view.is_whole(blank.clone()) {
        return None;
    }
    // Dots in a row and dots apart are an ellipsis.
    let is_word = |text: &str| text.starts_with(char::is_alphanumeric);
    let dot = |text: &str| text.trim_start_matches(is_blank).strip_prefix('.').is_some_and(|rest| !is_word(rest));
    if shown.starts_with("..") || (shown == "." && dot(after)) || (shown.starts_with('.') && (last == '.' || last == '…')) {
        return None;
    }
    // Behind a mark, a dash, an opening bracket or a sign there is no word that the mark belongs to.
    let has_word =
        last.is_alphanumeric() || matches!(last, '"' | '\'' | '”' | '’' | ')' | ']' | '」' | '』' | '》' | '〉' | '%' | '`' | '℃' | '°');
    if !has_word {
        return None;
    }
    let is_joined = match next {
        // A face.
        Some(')' | '(') if shown.ends_with(';') => return None,
        None => false,
        Some(c) if is_blank(c) => false,
        Some('"' | '\'' | '”' | '’' | ')' | ']' | '」' | '』' | '》' | '〉' | '…') => false,
        // `.한국` and `.NET` are names; a comma between words is none.
        Some(c) if is_hangul(c) && !shown.contains('.') => true,
        Some(_) => return None,
    };
    let follows = after.trim_start().chars().next();
    // `f . g` composes, `a ? b : c` chooses, `P ! Q` calls: signs between words of code.
    let is_sign = last.is_ascii_alphanumeric() && follows.is_some_and(|c| c.is_ascii_alphanumeric() && !c.is_ascii_uppercase());
    let is_choice = shown == "?" && after[..after.floor_char_boundary(CHOICE.min(after.len()))].contains(" : ");
    (!is_sign && !is_choice).then_some(Place { blank, end: at + marks, is_joined })
}

/// Whether the English has the blank and the mark behind the same word: a name or a title that stays.
fn is_theirs<'s>(english: &Beside<'s, '_, Haystack<'s>>, view: &View, place: &Place, at: usize) -> bool {
    let head = &view.text[..place.end];
    let word = view.text[..place.blank.start].rfind(is_blank).map_or(0, |blank| view.text.ceil_char_boundary(blank + 1));
    let own = &head[word..];
    !own.contains(is_hangul) && english.at(at).is_some_and(|english| english.has(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_found(text: &str, expected: &[&str]) {
        let view = View::of(text);
        let found: Vec<&str> = places(&view).into_iter().map(|place| &text[place.blank.start..place.end]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_blank_before_a_mark_is_found() {
        assert_found("안녕 .", &[" ."]);
        assert_found("했다 , 그리고 갔다 ?", &[" ,", " ?"]);
        assert_found("했다 ,그리고", &[" ,"]);
        assert_found("정말  !”", &["  !"]);
        assert_found("GPT-4 . 그리고 (모델) .", &[" .", " ."]);
        assert_found("정말 ?! 50% ; 또", &[" ?!", " ;"]);
        assert_found("했다 。", &[" 。"]);
    }

    #[test]
    fn other_blanks_pass() {
        for text in [
            "파일은 .md 이고 .NET 이며 .한국 이다",
            "기다려 … 그래 ... 또 .. 끝",
            "기다려 . . . 그래",
            "제목 : 부제",
            "좋다 :) 그래 ;) 끝",
            "가 - 나",
            ". 처음",
            "f . g 를 합친다",
            "참 ? 하나 : 둘",
            "값은 .5 이다",
            "가\u{FFFC} .",
            "! 처음",
            "- , 나",
        ] {
            assert_found(text, &[]);
        }
    }
}
