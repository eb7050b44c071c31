//! A finding as a Rust programmer knows it: the place, the line, the mark under the right columns, help and notes.
//!
//! The source is hostile: its control characters and direction overrides are shown, never sent. Only the lines with marks are handed
//! to the renderer, tabs as blanks and long ones cut around their marks, so that a finding costs the same in a long file.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level as Mood, Renderer, Snippet as Shown};
use unicode_width::UnicodeWidthChar;

use super::escape::{self, push_escaped};
use crate::span::{Lines, Place, Span};

/// The most columns of a source line; a longer one is cut around its marks.
const WIDEST: usize = 200;

/// The columns that stay on each side of the marks of a line that is cut.
const AROUND: usize = 60;

/// Wider than anything that is handed over, so that the renderer does not cut again.
const UNCUT: usize = 100_000;

/// Stands for a path and its place while the renderer works, which would count the columns of what it is handed and not of the file.
/// No text has this noncharacter: it is escaped like a control character.
const PLACE: char = '\u{fdd0}';

/// Where a file begins.
const BEGIN: Place = Place { line: 1, column: 1 };

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It must be mended.
    Error,
    /// It should be looked at.
    Warning,
    /// It may be bettered.
    Hint,
}

/// Some bytes of a source, and what is said of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark<'a> {
    /// The bytes.
    pub span: Span,
    /// What is said, if anything.
    pub label: Option<&'a str>,
}

/// A place in another file that explains the finding, such as the English sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other<'a> {
    /// What is there.
    pub message: &'a str,
    /// The file as the user named it.
    pub path: &'a str,
    /// The file's text.
    pub source: &'a str,
    /// The place.
    pub mark: Mark<'a>,
}

/// Everything that is printed about one finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet<'a> {
    /// How grave it is.
    pub level: Level,
    /// The stable name of the rule.
    pub id: &'a str,
    /// What is wrong.
    pub message: &'a str,
    /// The file as the user named it.
    pub path: &'a str,
    /// The file's text, or as much of it around the marks as is to be looked at.
    pub source: &'a str,
    /// What is at fault.
    pub primary: Mark<'a>,
    /// Other places of the same file.
    pub secondary: Vec<Mark<'a>>,
    /// What to do.
    pub help: Option<&'a str>,
    /// What else is known.
    pub notes: Vec<&'a str>,
    /// Places in other files.
    pub others: Vec<Other<'a>>,
}

impl Snippet<'_> {
    /// The finding as text that ends in a line end, in colour or plain.
    pub fn render(&self, colour: bool) -> String {
        self.render_from(BEGIN, colour)
    }

    /// [`Snippet::render`] where `source` is a part of the file: `origin` is the place of its first byte.
    pub fn render_from(&self, origin: Place, colour: bool) -> String {
        let title = mood(self.level).primary_title(visible(self.message)).id(visible(self.id));
        let marks: Vec<(&Mark, AnnotationKind)> = std::iter::once((&self.primary, AnnotationKind::Primary))
            .chain(self.secondary.iter().map(|mark| (mark, AnnotationKind::Context)))
            .collect();
        let mut places = vec![described(self.path, self.source, origin, &self.primary)];
        let mut group = marked(Group::with_title(title), self.source, origin, &marks);
        if let Some(help) = self.help {
            group = group.element(Mood::HELP.message(visible(help)));
        }
        for note in &self.notes {
            group = group.element(Mood::NOTE.message(visible(note)));
        }
        let mut groups = vec![group];
        for other in &self.others {
            let title = Group::with_title(Mood::NOTE.secondary_title(visible(other.message)));
            groups.push(marked(title, other.source, BEGIN, &[(&other.mark, AnnotationKind::Primary)]));
            places.push(described(other.path, other.source, BEGIN, &other.mark));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        with_places(&renderer.term_width(UNCUT).render(&groups), &places)
    }
}

fn mood(level: Level) -> Mood<'static> {
    match level {
        Level::Error => Mood::ERROR,
        Level::Warning => Mood::WARNING,
        Level::Hint => Mood::HELP.with_name("hint"),
    }
}

/// `path:line:column` of a mark.
fn described(path: &str, source: &str, origin: Place, mark: &Mark) -> String {
    let place = Lines::new(source).place(mark.span.start);
    let column = if place.line == 1 { place.column + origin.column - 1 } else { place.column };
    format!("{}:{}:{column}", visible(path), place.line + origin.line - 1)
}

/// The group with the lines of all marks.
fn marked<'a>(group: Group<'a>, source: &str, origin: Place, marks: &[(&Mark<'a>, AnnotationKind)]) -> Group<'a> {
    let excerpt = Excerpt::new(source, &marks.iter().map(|(mark, _)| mark.span.clone()).collect::<Vec<_>>());
    let annotations = marks.iter().zip(excerpt.spans).map(|((mark, kind), span)| kind.span(span).label(mark.label.map(visible)));
    group.element(Shown::source(excerpt.text).line_start(excerpt.first + origin.line - 1).path(PLACE.to_string()).annotations(annotations))
}

/// What was rendered, with its places put in.
fn with_places(rendered: &str, places: &[String]) -> String {
    let mut parts = rendered.split(PLACE);
    let mut out = parts.next().unwrap_or_default().to_string();
    for (part, place) in parts.zip(places) {
        out.push_str(place);
        out.push_str(part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    out.push('\n');
    out
}

/// The lines of a source that have marks, ready to be shown; lines between them are empty, which the renderer folds.
struct Excerpt {
    text: String,
    /// The number of its first line.
    first: usize,
    /// The marks in `text`.
    spans: Vec<Span>,
}

impl Excerpt {
    fn new(source: &str, marks: &[Span]) -> Self {
        let marks: Vec<Span> = marks.iter().map(|mark| inside(source, mark)).collect();
        let lines: Vec<Span> = lines(source).collect();
        let line_of = |at: usize| lines.partition_point(|line| line.start <= at).saturating_sub(1);
        // The first and the last line of each mark are shown. The end of a mark belongs to the line of its last byte.
        let ends: Vec<(usize, usize)> = marks.iter().map(|mark| (line_of(mark.start), line_of(mark.end.max(mark.start + 1) - 1))).collect();
        let first = ends.iter().map(|end| end.0).min().unwrap_or(0);
        let last = ends.iter().map(|end| end.1).max().unwrap_or(0);
        let mut excerpt = Self { text: String::new(), first: first + 1, spans: vec![0..0; marks.len()] };
        for (number, line) in lines.iter().enumerate().take(last + 1).skip(first) {
            if ends.iter().any(|end| end.0 == number || end.1 == number) {
                let starts = marks.iter().zip(&ends).enumerate().filter(|(_, (_, end))| end.0 == number);
                let starts: Vec<(usize, usize)> = starts.map(|(index, (mark, _))| (index, mark.start.min(line.end))).collect();
                let stops = marks.iter().zip(&ends).enumerate().filter(|(_, (_, end))| end.1 == number);
                let stops: Vec<(usize, usize)> = stops.map(|(index, (mark, _))| (index, mark.end.min(line.end))).collect();
                let mut points: Vec<usize> = starts.iter().chain(&stops).map(|point| point.1).collect();
                points.sort_unstable();
                let places = excerpt.push(source, line, &points);
                let place = |at: usize| points.binary_search(&at).map_or(0, |index| places[index]);
                starts.iter().for_each(|&(index, at)| excerpt.spans[index].start = place(at));
                stops.iter().for_each(|&(index, at)| excerpt.spans[index].end = place(at));
            }
            excerpt.text.push('\n');
        }
        excerpt
    }

    /// Adds a line, and says where each of the sorted `points` of the source is in the excerpt.
    fn push(&mut self, source: &str, line: &Span, points: &[usize]) -> Vec<usize> {
        let window = window(source, line, points);
        let mut places = Vec::with_capacity(points.len());
        let mut column = 0;
        if window.start > line.start {
            self.text.push('…');
            column += 1;
        }
        for (at, c) in source[window.clone()].char_indices() {
            while points.get(places.len()).is_some_and(|point| *point <= window.start + at) {
                places.push(self.text.len());
            }
            match c {
                // Tabs stop at every fourth column, wherever the reader's terminal would stop.
                '\t' => {
                    let width = 4 - column % 4;
                    self.text.extend(std::iter::repeat_n(' ', width));
                    column += width;
                }
                '\u{FEFF}' => {}
                c => {
                    let before = self.text.len();
                    push_visible(&mut self.text, c, false);
                    column += self.text[before..].chars().map(width).sum::<usize>();
                }
            }
        }
        places.resize(points.len(), self.text.len());
        if window.end < line.end {
            self.text.push('…');
        }
        places
    }
}

/// The bytes of a line that are shown: all of it, or what is around its marks.
fn window(source: &str, line: &Span, points: &[usize]) -> Span {
    let widths = |span: Span| source[span].chars().map(width).sum::<usize>();
    if widths(line.clone()) <= WIDEST {
        return line.clone();
    }
    let from = points.first().copied().unwrap_or(line.start);
    // Marks that are far from each other are not all shown: the first counts.
    let to = points.iter().copied().take_while(|&point| widths(from..point) <= WIDEST).last().unwrap_or(from);
    let start = backwards(source, line.start, from);
    let end = forwards(source, to, line.end);
    start..end
}

/// The place at most [`AROUND`] columns before `from`.
fn backwards(source: &str, start: usize, from: usize) -> usize {
    let mut columns = 0;
    let kept = source[start..from].char_indices().rev().take_while(|(_, c)| {
        columns += width(*c);
        columns <= AROUND
    });
    kept.last().map_or(from, |(at, _)| start + at)
}

/// The place at most [`AROUND`] columns after `from`.
fn forwards(source: &str, from: usize, end: usize) -> usize {
    let mut columns = 0;
    let kept = source[from..end].char_indices().take_while(|(_, c)| {
        columns += width(*c);
        columns <= AROUND
    });
    kept.last().map_or(from, |(at, c)| from + at + c.len_utf8())
}

fn width(c: char) -> usize {
    c.width().unwrap_or(1)
}

/// The span, moved into the source and onto the edges of characters.
fn inside(source: &str, span: &Span) -> Span {
    let start = source.floor_char_boundary(span.start.min(source.len()));
    let end = source.ceil_char_boundary(span.end.min(source.len()));
    start..end.max(start)
}

/// The lines of a source without their ends: `\n`, `\r\n` or a lone `\r`.
fn lines(source: &str) -> impl Iterator<Item = Span> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let length = source[start..].find(['\n', '\r']);
        let end = length.map_or(source.len(), |length| start + length);
        next = length.map(|_| end + if source[end..].starts_with("\r\n") { 2 } else { 1 });
        Some(start..end)
    })
}

/// The text with control characters (but line ends) and direction overrides made visible.
fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && is_hidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    text.chars().for_each(|c| push_visible(&mut out, c, true));
    Cow::Owned(out)
}

fn push_visible(out: &mut String, c: char, keeps_lines: bool) {
    if is_hidden(c) && !(c == '\n' && keeps_lines) { push_escaped(out, c) } else { out.push(c) }
}

/// What a line of source must not send to a terminal: tabs and line separators too, and what has no width.
fn is_hidden(c: char) -> bool {
    escape::is_hidden(c) || c.is_control() || matches!(c, PLACE | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snippet<'a>(source: &'a str, needle: &str) -> Snippet<'a> {
        let start = source.find(needle).expect("in the source");
        Snippet {
            level: Level::Warning,
            id: "one-syllable",
            message: "what is wrong",
            path: "glossary.toml",
            source,
            primary: Mark { span: start..start + needle.len(), label: None },
            secondary: Vec::new(),
            help: None,
            notes: Vec::new(),
            others: Vec::new(),
        }
    }

    /// The columns of the mark in what was rendered, and of the needle in the line above it.
    #[track_caller]
    fn assert_stands_under(rendered: &str, needle: &str) {
        let lines: Vec<&str> = rendered.lines().collect();
        let mark = lines.iter().position(|line| line.contains('^')).expect("a mark");
        let columns = |text: &str| text.chars().map(width).sum::<usize>();
        let line = lines[mark - 1];
        let expected = columns(&line[..line.find(needle).expect("the needle is shown")]);
        let from = lines[mark].find('^').expect("a mark");
        let carets = lines[mark].matches('^').count();
        assert_eq!((columns(&lines[mark][..from]), carets), (expected, columns(needle)), "\n{rendered}");
    }

    #[test]
    fn a_finding_looks_as_rustc_shows_one() {
        let source = "[terms]\nlayer = \"층\"\n\nfloor = \"층\"\n";
        let mut snippet = snippet(source, "\"층\"");
        snippet.primary = Mark { span: 31..36, label: Some("again") };
        snippet.secondary = vec![Mark { span: 16..21, label: Some("first listed here") }];
        snippet.help = Some("write it once");
        snippet.notes = vec!["a note"];
        let expected = "\
warning[one-syllable]: what is wrong
 --> glossary.toml:4:9
  |
2 | layer = \"층\"
  |         ---- first listed here
3 |
4 | floor = \"층\"
  |         ^^^^ again
  |
  = help: write it once
  = note: a note
";
        assert_eq!(snippet.render(false), expected);
        assert!(snippet.render(true).contains("\u{1b}["), "colour");
    }

    #[test]
    fn marks_stand_under_the_right_columns() {
        for (source, needle) in [
            ("과적합 방지는 중요하다", "방지"),
            ("a\t과적합\tb 방지", "방지"),
            ("\t\t방지", "방지"),
            ("\u{1112}\u{1161}\u{11ab}글 방지 x", "방지"),
            ("줄\r\n둘째 줄의 방지\r\n셋째", "방지"),
            ("줄\r둘째 줄의 방지\r셋째", "방지"),
            ("\u{feff}한글 방지", "방지"),
        ] {
            assert_stands_under(&snippet(source, needle).render(false), needle);
        }
    }

    #[test]
    fn the_place_counts_characters_of_the_file() {
        let source = format!("{}\n\t{}방지\n", "x", "가".repeat(300));
        let rendered = snippet(&source, "방지").render(false);
        assert!(rendered.contains(" --> glossary.toml:2:302\n"), "{rendered}");
    }

    #[test]
    fn control_characters_are_shown_and_never_sent() {
        let source = "a\u{1b}[31m\u{202e}\u{2028}나\u{0}방지\u{9b}";
        let mut snippet = snippet(source, "방지");
        snippet.message = "\u{1b}]0;x\u{7}";
        snippet.path = "\u{1b}x.md";
        snippet.help = Some("\u{1b}[2J\nmore");
        snippet.primary.label = Some("\u{202e}");
        let rendered = snippet.render(false);
        assert!(!rendered.contains(|c: char| c != '\n' && is_hidden(c)), "{rendered:?}");
        assert!(rendered.contains("a\\x1b[31m\\u{202e}\\u{2028}나\\x00방지\\x9b"), "{rendered}");
        assert_stands_under(&rendered, "방지");
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let source = format!("{}방지{}", "가나 ".repeat(500), " 다라".repeat(500));
        let rendered = snippet(&source, "방지").render(false);
        let widest = rendered.lines().map(|line| line.chars().map(width).sum::<usize>()).max();
        assert!(widest.is_some_and(|widest| widest <= WIDEST), "{rendered}");
        assert_stands_under(&rendered, "방지");
        let line = rendered.lines().find(|line| line.contains("방지")).expect("the line");
        assert!(line.contains("| …") && line.ends_with('…'), "{line}");
        let short = format!("{}방지", "가".repeat(50));
        assert!(!snippet(&short, "방지").render(false).contains('…'));
    }

    #[test]
    fn a_part_of_a_file_has_the_places_of_the_file() {
        let mut snippet = snippet("나 방지\n둘째", "방지");
        let origin = Place { line: 7, column: 40 };
        let rendered = snippet.render_from(origin, false);
        assert!(rendered.contains(" --> glossary.toml:7:42\n  |\n7 | 나 방지\n"), "{rendered}");
        snippet.primary.span = 11..17;
        let rendered = snippet.render_from(origin, false);
        assert!(rendered.contains(" --> glossary.toml:8:1\n  |\n8 | 둘째\n"), "{rendered}");
    }

    #[test]
    fn far_lines_are_folded_and_ends_are_places_too() {
        let source = format!("첫째\n{}둘째", "\n".repeat(50));
        let mut first = snippet(&source, "둘째");
        first.secondary = vec![Mark { span: 0..6, label: None }];
        assert!(first.render(false).lines().count() < 14, "{}", first.render(false));
        for span in [0..source.len(), source.len()..source.len(), 6..6, 7..8, 2..4, 900..1000] {
            first.primary.span = span.clone();
            assert!(first.render(false).contains('^') || first.render(false).contains("__"), "{span:?}: {}", first.render(false));
        }
        let empty = Snippet { source: "", primary: Mark { span: 0..0, label: None }, ..snippet("x", "x") };
        assert!(empty.render(false).contains("glossary.toml:1:1"));
    }

    #[test]
    fn another_file_has_its_own_place() {
        let mut snippet = snippet("안장점을 본다", "안장점을");
        snippet.level = Level::Hint;
        snippet.others = vec![Other {
            message: "the English sentence",
            path: "x.md",
            source: "one\nsaddle points",
            mark: Mark { span: 4..17, label: None },
        }];
        let expected = "\
hint[one-syllable]: what is wrong
 --> glossary.toml:1:1
  |
1 | 안장점을 본다
  | ^^^^^^^^
  |
note: the English sentence
 --> x.md:2:1
  |
2 | saddle points
  | ^^^^^^^^^^^^^
";
        assert_eq!(snippet.render(false), expected);
    }
}
