//! `inert-emphasis`: asterisks or underscores that stay what they are because a particle follows them.

use std::cell::OnceCell;

use super::{About, Check, Context, Edit, Example, Finding, Group, Passage, Severity};
use crate::digest::{Digest, Format, Mark, MarkKind};
use crate::korean::hangul::{is_hangul, run_len};
use crate::korean::particle::is_particle;
use crate::span::Span;

/// See [`About`].
pub(super) struct InertEmphasis;

const ABOUT: About = About {
    name: "inert-emphasis",
    group: Group::Typography,
    severity: Severity::Error,
    on: true,
    summary: "emphasis that a particle turns into literal asterisks",
    meaning: "In CommonMark, and so on GitHub, a closing `**` that stands behind a bracket, a quotation mark or code and before a letter
closes nothing: `**GPT-4(터보)**는` renders with its asterisks. `_기울임_은` does so behind any letter. English does not know the problem,
because a blank follows its words; Korean particles make it a daily one.",
    example: Example {
        english: "- [One](https://example.com/1) beats **GPT-4 (turbo)** again.\n",
        glossary: "",
        wrong: "- [하나](https://example.com/1)는 **GPT-4(터보)**를 다시 이깁니다.\n",
        right: "- [하나](https://example.com/1)는 **GPT-4(터보)를** 다시 이깁니다.\n",
    },
    mend: "`--fix` writes `*…*` for `_…_`, moves the emphasis inside a link, or takes the particle into the emphasis; where none of
these renders, an empty comment between them does: `**…**<!-- -->는`.",
    waive: "The asterisks are meant to be seen.",
};

impl Check for InertEmphasis {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let digest = context.korean().digest;
        if digest.format == Format::Plain {
            return;
        }
        let mut trials = Trials { digest, marks: context.korean().marks(), emphases: OnceCell::new(), effort: EFFORT };
        for prose in context.korean().prose() {
            let words = Passage { view: &prose.view, range: 0..prose.view.text.len() };
            findings.extend(inert(&words, digest.text).into_iter().map(|pair| finding(&mut trials, &words, &pair)));
        }
    }
}

/// As many bytes are parsed to see how edits render. A long digest full of such pairs gets as many fixes as that allows, and the others
/// when it is fixed again.
const EFFORT: usize = 32 << 20;

/// Edits that are tried on a digest.
struct Trials<'d> {
    digest: &'d Digest<'d>,
    /// In the order of the text.
    marks: &'d [Mark<'d>],
    /// How many emphases it has.
    emphases: OnceCell<usize>,
    /// What is left of [`EFFORT`].
    effort: usize,
}

/// Two runs of asterisks or underscores with a particle behind: ranges of the words.
pub(super) struct Pair {
    pub open: std::ops::Range<usize>,
    pub close: std::ops::Range<usize>,
}

/// The pairs in some words that would be emphasis but for the letter behind them.
pub(super) fn inert(words: &Passage<'_>, file: &str) -> Vec<Pair> {
    let text = words.text();
    if !text.contains(['*', '_']) {
        return Vec::new();
    }
    let runs = runs(words, file);
    let mut pairs = Vec::new();
    let mut at = 0;
    while at + 1 < runs.len() {
        let (open, close) = (&runs[at], &runs[at + 1]);
        let inner = &text[open.end..close.start];
        let opens = inner.starts_with(|c: char| !c.is_whitespace()) && !text[..open.start].ends_with(|c: char| c.is_alphanumeric());
        let closes = inner.ends_with(|c: char| !c.is_whitespace()) && text[close.end..].starts_with(is_hangul);
        if text[open.clone()] == text[close.clone()] && opens && closes && open.len() <= 2 && !inner.is_empty() {
            pairs.push(Pair { open: open.clone(), close: close.clone() });
            at += 2;
        } else {
            at += 1;
        }
    }
    pairs
}

/// Runs of `*` or `_` that stand in the words as such, and were not escaped.
fn runs(words: &Passage<'_>, file: &str) -> Vec<std::ops::Range<usize>> {
    let text = words.text();
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '*' | '_')) {
        let hidden = words.view.is_hidden(words.range.start + at..words.range.start + at + 1);
        let span = words.span(at..at + 1);
        if hidden || file[..span.start].ends_with('\\') || !file[span.clone()].starts_with(c) {
            continue;
        }
        match runs.last_mut() {
            Some(last) if last.end == at && text[last.clone()].starts_with(c) => last.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    // An underscore inside a name is a letter of it.
    let inside = |run: &std::ops::Range<usize>| {
        let letter = |c: char| c.is_ascii_alphanumeric();
        text[run.clone()].starts_with('_') && text[..run.start].ends_with(letter) && text[run.end..].starts_with(letter)
    };
    runs.retain(|run| !inside(run));
    runs
}

fn finding(trials: &mut Trials<'_>, words: &Passage<'_>, pair: &Pair) -> Finding {
    let text = words.text();
    let particle = pair.close.end..pair.close.end + run_len(&text[pair.close.end..]);
    let whole = words.span(pair.open.start..particle.end);
    let shown = &text[pair.open.start..particle.end];
    let fix = trials.repaired(words, pair, &particle);
    let help = fix.as_ref().map_or_else(
        || "put a blank, or `<!-- -->`, between the mark and the letter".to_owned(),
        |edits| format!("write `{}`", edited(trials.digest.text, &whole, edits)),
    );
    Finding {
        help: Some(help),
        fix: fix.unwrap_or_default(),
        reshapes: true,
        ..Finding::new(
            ABOUT.name,
            ABOUT.severity,
            whole,
            format!("`{}` renders with its marks: the letter behind them keeps them from closing", shortened(shown)),
        )
    }
}

impl Trials<'_> {
    /// The edits that make the pair an emphasis again: the first way that does.
    fn repaired(&mut self, words: &Passage<'_>, pair: &Pair, particle: &std::ops::Range<usize>) -> Option<Vec<Edit>> {
        let digest = self.digest;
        let text = words.text();
        let (open, close, behind) = (words.span(pair.open.clone()), words.span(pair.close.clone()), words.span(particle.clone()));
        let mark = &text[pair.open.clone()];
        let stars = mark.replace('_', "*");
        let edit = |span: Span, text: &str| Edit { span, text: text.to_owned() };
        let mut ways = Vec::new();
        if stars != mark {
            ways.push(vec![edit(open.clone(), &stars), edit(close.clone(), &stars)]);
        }
        // `**[t](u)**는` becomes `[**t**](u)는`.
        let from = self.marks.partition_point(|other| other.start < open.end);
        let inside = self.marks[from..].iter().take_while(|other| other.start == open.end);
        let link = inside.into_iter().find(|other| other.kind == MarkKind::Link && other.end == close.start);
        if let Some(middle) = link.and_then(|link| digest.text[link.span()].rfind("](").map(|at| link.start + at)) {
            ways.push(vec![
                edit(open.clone(), ""),
                edit(open.end + 1..open.end + 1, &stars),
                edit(middle..middle, &stars),
                edit(close.clone(), ""),
            ]);
        }
        if is_particle(&text[particle.clone()]) && behind.start == close.end {
            let inward = format!("{}{stars}", &digest.text[behind.clone()]);
            ways.push(vec![edit(open.clone(), &stars), edit(close.start..behind.end, &inward)]);
        }
        ways.push(vec![edit(open, &stars), edit(close, &format!("{stars}<!-- -->"))]);
        let mut edits = ways.into_iter().find(|edits| self.renders(edits))?;
        edits.retain(|edit| digest.text[edit.span.clone()] != edit.text);
        Some(edits)
    }

    /// Whether one more emphasis is read with the edits.
    fn renders(&mut self, edits: &[Edit]) -> bool {
        let Self { digest, marks, .. } = *self;
        if self.effort < digest.text.len() {
            return false;
        }
        self.effort -= digest.text.len();
        let is_emphasis = |kind| matches!(kind, MarkKind::Emphasis | MarkKind::Strong);
        let before = *self.emphases.get_or_init(|| marks.iter().filter(|mark| is_emphasis(mark.kind)).count());
        let text = edited(digest.text, &(0..digest.text.len()), edits);
        let other = Digest::outline(&text, digest.format, None);
        let after = other.marks().filter(|mark| is_emphasis(mark.kind)).count();
        after == before + 1 && other.items.len() == digest.items.len()
    }
}

/// The bytes of `span` with the edits, which are in order.
fn edited(text: &str, span: &Span, edits: &[Edit]) -> String {
    let mut out = String::new();
    let mut from = span.start;
    for edit in edits {
        out.push_str(&text[from..edit.span.start]);
        out.push_str(&edit.text);
        from = edit.span.end;
    }
    out.push_str(&text[from..span.end]);
    out
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST { text.to_owned() } else { format!("{}…", text.chars().take(LONGEST).collect::<String>()) }
}
