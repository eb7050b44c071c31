//! `broken-markup`: letters of Markdown that were meant as marks and are none.

use memchr::{memchr_iter, memchr2_iter};

use super::beside::is_in;
use super::inert_emphasis::inert;
use super::{About, Check, Context, Edit, Example, Finding, Group, Part, Passage, Severity};
use crate::digest::{Format, MarkKind};

/// See [`About`].
pub(super) struct BrokenMarkup;

const ABOUT: About = About {
    name: "broken-markup",
    group: Group::Typography,
    severity: Severity::Error,
    on: true,
    summary: "Markdown that lost a bracket, a back-tick or an asterisk",
    meaning: "`[글] (https://…)`, `[글](https://…` without its end, a back-tick or `**` without the other one, `** 굵게 **` with blanks
inside: all of them render as the letters that they are. Looked for where the English item has the mark in order, or no such letters.",
    example: Example {
        english: "- [One](https://example.com/1) is explained in [a post](https://example.com/post).\n",
        glossary: "",
        wrong: "- [하나](https://example.com/1)를 [한 글] (https://example.com/post)에서 설명합니다.\n",
        right: "- [하나](https://example.com/1)를 [한 글](https://example.com/post)에서 설명합니다.\n",
    },
    mend: "Write the mark as the English has it. `--fix` takes the blank out of `] (` and those inside `** … **`.",
    waive: "The letters are meant to be seen: put a backslash before them, then nothing is said.",
};

impl Check for BrokenMarkup {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        if context.korean().digest.format == Format::Plain {
            return;
        }
        for part in context.parts() {
            if part.english.is_none() && context.english().is_some() {
                continue;
            }
            let mut english = None;
            for words in context.korean_words(part).into_iter().filter(|words| words.text().bytes().any(is_markup)) {
                let english: &English = english.get_or_insert_with(|| English::of(context, part));
                let before = findings.len();
                links(context, &words, english, findings);
                if findings.len() == before {
                    brackets(context, &words, english, findings);
                }
                pairs(context, &words, english, findings);
            }
        }
    }
}

/// What the English of a part has of the letters that are meant as marks, and of the marks themselves.
struct English {
    /// The letters of [`PAIRS`] that it has.
    letters: [bool; PAIRS.len()],
    /// Whether its brackets are as many as its closing ones.
    is_balanced: bool,
    /// Whether it has a bracket before an address that is no link.
    has_target: bool,
    /// The kinds of its marks; `None` without an English side: nothing is known, and the letters tell.
    kinds: Option<Vec<MarkKind>>,
}

impl English {
    fn of(context: &Context<'_>, part: &Part) -> Self {
        let text: String = context.english_words(part).iter().flat_map(bare).collect();
        let kinds = context.english().zip(part.english.as_ref()).map(|(english, span)| {
            let mut kinds: Vec<MarkKind> = Vec::new();
            for mark in english.marks_in(span) {
                if !kinds.contains(&mark.kind) {
                    kinds.push(mark.kind);
                }
            }
            kinds
        });
        Self {
            letters: PAIRS.map(|(letters, ..)| text.contains(letters)),
            is_balanced: text.matches('[').count() == text.matches(']').count(),
            has_target: text.contains("](") || text.contains("] ("),
            kinds,
        }
    }

    /// Whether it has such a mark; where it has marks at all it may have code.
    fn has(&self, kind: MarkKind) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind) || (kind == MarkKind::Code && !kinds.is_empty()))
    }
}

/// Letters that come in twos, the marks that they make, and what they are called.
const PAIRS: [(&str, MarkKind, &str); 4] = [
    ("`", MarkKind::Code, "back-tick"),
    ("**", MarkKind::Strong, "`**`"),
    ("__", MarkKind::Strong, "`__`"),
    ("~~", MarkKind::Strike, "`~~`"),
];

/// The marks that links, code and emphasis are made of.
fn is_markup(b: u8) -> bool {
    matches!(b, b'[' | b']' | b'`' | b'*' | b'_' | b'~')
}

/// The words without code.
fn bare<'c>(words: &Passage<'c>) -> Vec<&'c str> {
    let mut pieces = Vec::new();
    let range = words.range.clone();
    let mut from = range.start;
    let all = words.view.hidden();
    let inside = all[all.partition_point(|hidden| hidden.start < range.start)..].iter().take_while(|hidden| hidden.end <= range.end);
    for hidden in inside {
        pieces.push(&words.view.text[from..hidden.start]);
        from = hidden.end;
    }
    pieces.push(&words.view.text[from..words.range.end.max(from)]);
    pieces
}

/// Whether the character at `at` stands in the words as such: not in code, not behind a backslash.
fn is_bare(context: &Context<'_>, words: &Passage<'_>, at: usize) -> bool {
    let span = words.span(at..at + 1);
    !words.view.is_hidden(words.range.start + at..words.range.start + at + 1) && !context.korean().digest.text[..span.start].ends_with('\\')
}

/// `[text] (address)` and `[text](address` without its end.
fn links(context: &Context<'_>, words: &Passage<'_>, english: &English, findings: &mut Vec<Finding>) {
    let text = words.text();
    if english.has_target {
        return;
    }
    let closes: Vec<usize> = memchr_iter(b')', text.as_bytes()).collect();
    let mut last = None;
    for at in memchr2_iter(b'[', b']', text.as_bytes()) {
        if text.as_bytes()[at] == b'[' {
            last = Some(at);
            continue;
        }
        let Some(open) = last.filter(|_| is_bare(context, words, at)) else { continue };
        let rest = &text[at + 1..];
        let blanks = rest.len() - rest.trim_start().len();
        let Some(target) = rest[blanks..].strip_prefix('(') else { continue };
        // What was an address is an object in the words, or what is left of it.
        let is_address =
            target.starts_with('\u{fffc}') || target.starts_with("http") || target.starts_with("www.") || target.starts_with('/');
        if !is_address {
            continue;
        }
        let begin = text.len() - target.len();
        let close = closes.get(closes.partition_point(|close| *close < begin)).map(|close| close - begin);
        let end = at + 1 + blanks + 1 + close.map_or(0, |close| close + 1);
        let span = words.span(open..end.max(at + 1));
        let (message, help, fix) = match close {
            Some(_) if blanks > 0 => {
                let edit = Edit { span: words.span(at + 1..at + 1 + blanks), text: String::new() };
                ("a blank parts this link from its address", "write `](`", vec![edit])
            }
            Some(_) => ("this link is no link: look at its brackets", "write `[text](address)`", Vec::new()),
            None => ("this link has no closing bracket", "write `)` behind the address", Vec::new()),
        };
        findings.push(Finding {
            help: Some(help.to_owned()),
            fix,
            reshapes: true,
            ..Finding::new(ABOUT.name, ABOUT.severity, span, message.to_owned())
        });
    }
}

/// A square bracket without the other one, where the English has a link.
fn brackets(context: &Context<'_>, words: &Passage<'_>, english: &English, findings: &mut Vec<Finding>) {
    let text = words.text();
    if !text.contains(['[', ']']) || !english.is_balanced || !english.has(MarkKind::Link) {
        return;
    }
    let mut open = Vec::new();
    let mut alone = None;
    for (at, c) in text.char_indices().filter(|(at, c)| matches!(c, '[' | ']') && is_bare(context, words, *at)) {
        if c == '[' {
            open.push(at);
        } else if open.pop().is_none() {
            alone.get_or_insert(at);
        }
    }
    if let Some(at) = alone.or(open.first().copied()) {
        let message = format!("a `{}` without its other bracket", &text[at..at + 1]);
        let help = Some("write `[text](address)`".to_owned());
        findings.push(Finding { help, ..Finding::new(ABOUT.name, ABOUT.severity, words.span(at..at + 1), message) });
    }
}

/// Back-ticks, asterisks and tildes without the other one.
fn pairs(context: &Context<'_>, words: &Passage<'_>, english: &English, findings: &mut Vec<Finding>) {
    let text = words.text();
    let inert: Vec<_> = inert(words, context.korean().digest.text).into_iter().flat_map(|pair| [pair.open, pair.close]).collect();
    for ((mark, kind, name), has_letters) in PAIRS.into_iter().zip(english.letters) {
        if !text.contains(mark) || has_letters || !english.has(kind) {
            continue;
        }
        let places: Vec<usize> = text.match_indices(mark).map(|(at, _)| at).filter(|at| is_bare(context, words, *at)).collect();
        let places: Vec<usize> = places.into_iter().filter(|at| !is_in(&inert, *at)).collect();
        if let [open, close] = places[..]
            && mark != "`"
        {
            let inner = &text[open + mark.len()..close];
            let trimmed = inner.trim();
            if trimmed.len() < inner.len() && !trimmed.is_empty() && !inner.contains('\u{fffc}') {
                let start = open + mark.len() + inner.len() - inner.trim_start().len();
                let edits = [(open + mark.len(), start), (start + trimmed.len(), close)].into_iter().filter(|(from, to)| from < to);
                let fix = edits.map(|(from, to)| Edit { span: words.span(from..to), text: String::new() }).collect();
                findings.push(Finding {
                    help: Some(format!("write `{mark}{trimmed}{mark}`")),
                    fix,
                    reshapes: true,
                    ..Finding::new(
                        ABOUT.name,
                        ABOUT.severity,
                        words.span(open..close + mark.len()),
                        "blanks inside the marks keep them from emphasising".to_owned(),
                    )
                });
                continue;
            }
        }
        // Without an English side, one mark between blanks may be an operator: 2 ** 3.
        let is_operator = |at: usize| {
            let is_free = |c: Option<char>| c.is_none_or(char::is_whitespace);
            is_free(text[..at].chars().next_back()) && is_free(text[at + mark.len()..].chars().next())
        };
        if let [at] = places[..]
            && context.english().is_none()
            && is_operator(at)
        {
            continue;
        }
        if let Some(&at) = places.first() {
            let message = format!("a {name} that marks nothing");
            let help = Some("write the other one, or take it out".to_owned());
            let span = words.span(at..at + mark.len());
            findings.push(Finding { help, ..Finding::new(ABOUT.name, ABOUT.severity, span, message) });
        }
    }
}
