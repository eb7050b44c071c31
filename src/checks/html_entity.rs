//! `html-entity`: an HTML entity that a machine left in the text.

use rustc_hash::FxHashSet;

use super::beside::Beside;
use super::{About, Check, Context, Edit, Example, Finding, Group, Severity};
use crate::digest::{Entity, Format, entities};
use crate::span::Span;

/// See [`About`].
pub(super) struct HtmlEntity;

const ABOUT: About = About {
    name: "html-entity",
    group: Group::Typography,
    severity: Severity::Warning,
    on: true,
    summary: "an HTML entity that the English lacks",
    meaning: "Translation services take and return HTML: quotation marks come back as `&quot;` or `&#39;`, sometimes escaped twice (`&amp;quot;`)
or torn (`& quot;`). Markdown shows most of them as the character, plain text and other readers of the file do not. An entity that the English item has
as well passes, and so do entities in code, those without width (`&#8203;`) and those that keep a mark from being markup (`&#42;`). Without an English digest
only entities that nobody writes by hand are found.",
    example: Example {
        english: "- It is \"fast\".\n",
        glossary: "",
        wrong: "- 이것은 &quot;빠르다&quot;.\n",
        right: "- 이것은 \"빠르다\". `&quot;`는 코드다.\n",
    },
    mend: "`--fix` writes the character where it cannot be taken for markup.",
    waive: "The text is about the entity; better write it as code.",
};

impl Check for HtmlEntity {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let digest = context.korean().digest;
        if !digest.text.contains('&') {
            return;
        }
        let english = Beside::new(context, written_in);
        let is_plain = digest.format == Format::Plain;
        for written in digest.written().into_iter().filter(|written| !written.is_tag) {
            for entity in entities(digest.text, written.span.clone()) {
                let is_escaped = !is_plain && digest.text[written.span.start..entity.start].ends_with('\\');
                if is_meant(&entity, is_plain) {
                    continue;
                }
                let english = english.at(entity.start);
                let is_fault = match &english {
                    Some(english) => !english.contains(&(entity.character, entity.escapes)),
                    None => is_plain || is_escaped || entity.escapes > 0 || matches!(entity.character, '"' | '\''),
                };
                if is_fault {
                    let span = entity.start - usize::from(is_escaped)..entity.end;
                    findings.push(finding(digest.text, span, &entity, &written.span, is_plain, english.is_some()));
                }
            }
        }
    }
}

/// Whether people write the entity by hand: to break a line or a mark without anything to see, or to keep a character from being markup.
fn is_meant(entity: &Entity, is_plain: bool) -> bool {
    let is_mark =
        matches!(entity.character, '*' | '_' | '`' | '|' | '[' | ']' | '(' | ')' | '#' | '~' | '\\' | '!' | '-' | '+' | '.' | ':' | '$');
    let is_unseen = matches!(entity.character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    entity.escapes == 0 && !is_plain && (is_mark || is_unseen)
}

/// The entities that an English text has: their characters, and how often each was escaped.
fn written_in(english: &str) -> FxHashSet<(char, usize)> {
    if !english.contains('&') {
        return FxHashSet::default();
    }
    entities(english, 0..english.len()).map(|entity| (entity.character, entity.escapes)).collect()
}

fn finding(text: &str, span: Span, entity: &Entity, around: &Span, is_plain: bool, is_compared: bool) -> Finding {
    let shown = &text[entity.span()];
    let message = match is_compared {
        true => format!("`{shown}` is an HTML entity that the English lacks"),
        false => format!("`{shown}` is an HTML entity left in the text"),
    };
    let (before, after) = (&text[around.start..span.start], &text[span.end..around.end]);
    let replacement = if is_plain { Some(entity.character) } else { harmless(entity.character, before, after) };
    let replacement = replacement.and_then(|c| seen(c, before, after));
    Finding {
        help: Some(match replacement {
            Some(' ') => "write a blank".to_owned(),
            Some(c) => format!("write `{c}`"),
            None => "write what it stands for".to_owned(),
        }),
        fix: replacement.map(|c| Edit { span: span.clone(), text: c.to_string() }).into_iter().collect(),
        ..Finding::new(ABOUT.name, ABOUT.severity, span, message)
    }
}

/// The character, where Markdown reads it as itself between these words.
fn harmless(c: char, before: &str, after: &str) -> Option<char> {
    let is_harmless = match c {
        '&' => {
            let rest = after.strip_prefix('#').unwrap_or(after);
            !rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).starts_with(';')
        }
        '<' => !after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '>' => !before.trim_matches([' ', '>']).is_empty(),
        '*' | '_' | '`' | '|' | '[' | ']' | '#' | '~' | '\\' | '$' | '{' | '}' => false,
        _ => true,
    };
    is_harmless.then_some(c)
}

/// The character, where a reader sees it: blanks are plain ones between words, and what has no width is no repair.
fn seen(c: char, before: &str, after: &str) -> Option<char> {
    if c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}') {
        return None;
    }
    if !c.is_whitespace() {
        return Some(c);
    }
    let is_blank = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c == '&');
    (!is_blank(before.chars().next_back()) && !is_blank(after.chars().next()) && !before.ends_with(';')).then_some(' ')
}
