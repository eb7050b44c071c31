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
        self.rendered(&Lines::new(self.source), origin, colour)
    }

    /// [`Snippet::render`] where the lines of `source` are known: of a long file with much to say only the lines that are shown are read.
    pub fn render_in(&self, lines: &Lines<'_>, colour: bool) -> String {
        self.rendered(lines, BEGIN, colour)
    }

    fn rendered(&self, lines: &Lines<'_>, origin: Place, colour: bool) -> String {
        let title = mood(self.level).primary_title(visible(self.message)).id(visible(self.id));
        let marks: Vec<(&Mark, AnnotationKind)> = std::iter::once((&self.primary, AnnotationKind::Primary))
            .chain(self.secondary.iter().map(|mark| (mark, AnnotationKind::Context)))
            .collect();
        let (mut group, place) = marked(Group::with_title(title), self.path, lines, origin, &marks);
        let mut places = vec![place];
        if let Some(help) = self.help {
            group = group.element(Mood::HELP.message(visible(help)));
        }
        for note in &self.notes {
            group = group.element(Mood::NOTE.message(visible(note)));
        }
        let mut groups = vec![group];
        for other in &self.others {
            let title = Group::with_title(Mood::NOTE.secondary_title(visible(other.message)));
            let lines = Lines::new(other.source);
            let (group, place) = marked(title, other.path, &lines, BEGIN, &[(&other.mark, AnnotationKind::Primary)]);
            groups.push(group);
            places.push(place);
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

/// A path with its place, and the lines that are shown there.
struct Described {
    /// `path:line:column` of the first mark.
    place: String,
    /// For each line that is shown the number that the renderer gives it, and its own.
    numbers: Vec<(usize, usize)>,
}

/// `path:line:column` of a mark.
fn described(path: &str, lines: &Lines<'_>, origin: Place, mark: &Mark) -> String {
    let place = lines.place(mark.span.start);
    let column = if place.line == 1 { place.column + origin.column - 1 } else { place.column };
    format!("{}:{}:{column}", visible(path), place.line + origin.line - 1)
}

/// The group with the lines of all marks.
fn marked<'a>(
    group: Group<'a>,
    path: &str,
    lines: &Lines<'_>,
    origin: Place,
    marks: &[(&Mark<'a>, AnnotationKind)],
) -> (Group<'a>, Described) {
    let excerpt = Excerpt::new(lines, &marks.iter().map(|(mark, _)| mark.span.clone()).collect::<Vec<_>>());
    let place = marks.first().map_or_else(String::new, |(mark, _)| described(path, lines, origin, mark));
    let annotations = marks.iter().zip(excerpt.spans).map(|((mark, kind), span)| kind.span(span).label(mark.label.map(visible)));
    let number = |number: &usize| number + origin.line;
    let numbers = excerpt.numbers.iter().map(|(shown, own)| (number(shown), number(own))).collect();
    let source = Shown::source(excerpt.text).line_start(excerpt.first + origin.line).path(PLACE.to_string()).annotations(annotations);
    (group.element(source), Described { place, numbers })
}

/// What was rendered, with its places and the numbers of its lines put in.
fn with_places(rendered: &str, places: &[Described]) -> String {
    let mut parts = rendered.split(PLACE);
    let mut out = parts.next().unwrap_or_default().to_string();
    for (part, described) in parts.zip(places) {
        out.push_str(&described.place);
        let part = part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
        if described.numbers.iter().all(|(shown, own)| shown == own) {
            out.push_str(part)
        } else {
            out.push_str(&renumbered(part, described))
        }
    }
    out.push('\n');
    out
}

/// Rendered lines with the numbers of their own, which are no longer than those that they have.
fn renumbered(rendered: &str, described: &Described) -> String {
    let mut numbers = described.numbers.iter().peekable();
    let mut out = String::with_capacity(rendered.len());
    for line in rendered.split_inclusive('\n') {
        let begin = before_number(line);
        let digits = line[begin..].bytes().take_while(u8::is_ascii_digit).count();
        let number = numbers.next_if(|(shown, _)| line[begin..begin + digits] == shown.to_string());
        match number {
            Some((_, own)) => out.push_str(&format!("{}{own:>digits$}{}", &line[..begin], &line[begin + digits..])),
            None => out.push_str(line),
        }
    }
    out
}

/// The bytes of colours and blanks before the number of a line.
fn before_number(line: &str) -> usize {
    let mut rest = line;
    loop {
        let colour = rest.strip_prefix("\u{1b}[").and_then(|order| order.find('m').map(|end| &order[end + 1..]));
        match rest.strip_prefix(' ').or(colour) {
            Some(behind) => rest = behind,
            None => return line.len() - rest.len(),
        }
    }
}

/// The lines of a source that have marks, ready to be shown; lines between them are empty, which the renderer folds.
struct Excerpt {
    text: String,
    /// The number, from 0, of its first line.
    first: usize,
    /// For each line that is shown its number in `text`, counted from that one, and in the source.
    numbers: Vec<(usize, usize)>,
    /// The marks in `text`.
    spans: Vec<Span>,
}

/// Of more lines between two that are shown so many are handed to the renderer, which folds them.
const FOLDED: usize = 16;

impl Excerpt {
    fn new(lines: &Lines<'_>, marks: &[Span]) -> Self {
        let source = lines.text();
        let marks: Vec<Span> = marks.iter().map(|mark| inside(source, mark)).collect();
        // The first and the last line of each mark are shown. The end of a mark belongs to the line of its last byte.
        let ends: Vec<(usize, usize)> =
            marks.iter().map(|mark| (lines.number(mark.start), lines.number(mark.end.max(mark.start + 1) - 1))).collect();
        let mut shown: Vec<usize> = ends.iter().flat_map(|end| [end.0, end.1]).collect();
        shown.sort_unstable();
        shown.dedup();
        let last = shown.last().copied().unwrap_or(0);
        // The last line keeps its number, which is the longest.
        let between = |pair: &[usize]| (pair[1] - pair[0]).min(FOLDED);
        let first = last - shown.windows(2).map(between).sum::<usize>();
        let mut excerpt = Self { text: String::new(), first, numbers: Vec::with_capacity(shown.len()), spans: vec![0..0; marks.len()] };
        let mut number = first;
        for (index, &own) in shown.iter().enumerate() {
            if index > 0 {
                let skipped = between(&shown[index - 1..=index]);
                number += skipped;
                // One line between two is shown as well.
                if skipped == 2 {
                    excerpt.numbers.push((number - 1, own - 1));
                }
                excerpt.text.extend(std::iter::repeat_n('\n', skipped - 1));
            }
            excerpt.numbers.push((number, own));
            let line = lines.line(own);
            let starts = marks.iter().zip(&ends).enumerate().filter(|(_, (_, end))| end.0 == own);
            let starts: Vec<(usize, usize)> = starts.map(|(index, (mark, _))| (index, mark.start.min(line.end))).collect();
            let stops = marks.iter().zip(&ends).enumerate().filter(|(_, (_, end))| end.1 == own);
            let stops: Vec<(usize, usize)> = stops.map(|(index, (mark, _))| (index, mark.end.min(line.end))).collect();
            let mut points: Vec<usize> = starts.iter().chain(&stops).map(|point| point.1).collect();
            points.sort_unstable();
            let places = excerpt.push(source, &line, &points);
            let place = |at: usize| points.binary_search(&at).map_or(0, |index| places[index]);
            starts.iter().for_each(|&(index, at)| excerpt.spans[index].start = place(at));
            stops.iter().for_each(|&(index, at)| excerpt.spans[index].end = place(at));
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
    fn lines_far_apart_keep_their_numbers() {
        let source: String = (1..=1_200).map(|number| format!("line {number} x\n")).collect();
        let at = |needle: &str| source.find(needle).map(|at| at..at + needle.len()).expect("in the source");
        let mut snippet = snippet(&source, "line 1103");
        snippet.secondary = vec![Mark { span: at("line 7"), label: Some("seven") }, Mark { span: at("line 9"), label: Some("nine") }];
        let expected = "\
warning[one-syllable]: what is wrong
    --> glossary.toml:1103:1
     |
   7 | line 7 x
     | ------ seven
   8 |
   9 | line 9 x
     | ------ nine
...
1103 | line 1103 x
     | ^^^^^^^^^
";
        assert_eq!(snippet.render(false), expected);
        assert_eq!(snippet.render_in(&Lines::new(&source), false), expected);
        let colours = snippet.render(true);
        for line in ["7", "9", "1103"] {
            assert!(colours.lines().any(|shown| before_number(shown) > 0 && shown[before_number(shown)..].starts_with(line)), "{colours}");
        }
    }

    #[test]
    fn many_findings_of_a_long_file_read_its_lines_once() {
        let source = "layer = \"층\"\n".repeat(100_000);
        let lines = Lines::new(&source);
        let mut snippet = snippet(&source, "층");
        for number in 0..300 {
            let start = lines.line(99_000 + number).start;
            snippet.secondary = vec![Mark { span: start..start + 5, label: None }];
            assert!(snippet.render_in(&lines, false).contains(&format!("\n{} | layer", 99_001 + number)));
        }
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
