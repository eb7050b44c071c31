//! What a review shows: lines for a terminal of any size, made of the session and the edition.

use std::collections::HashSet;

use super::desk::Decision;
use super::edition::Edition;
use super::marks::{Manner, marks};
use super::row::{Case, RowState, Standing};
use super::session::{Flag, Mode, Session};
use super::wrap::{Line, Span, Style, wrap};
use crate::checks::Severity;

/// What is shown beside the edition.
#[derive(Clone, Debug, Default)]
pub struct Beside<'a> {
    /// What the checks say of each row.
    pub flags: &'a [Vec<Flag>],
    /// The reviewer's note on the row on the screen.
    pub comment: Option<&'a str>,
    /// What is going on in the background.
    pub pending: Option<&'a str>,
    /// The name of the backend that `t` asks.
    pub backend: &'a str,
    /// Whether changes are told by colour; else by `[-…-]{+…+}`.
    pub colour: bool,
}

/// A screen full of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// At most as many as the screen has; the cursor belongs behind the last.
    pub lines: Vec<Line>,
    /// Lines of the middle part that do not fit.
    pub most: usize,
    /// Lines of the middle part that do.
    pub page: usize,
}

/// Makes the screen of `width` columns and `height` lines.
pub fn screen(session: &Session, edition: &Edition, beside: &Beside<'_>, width: usize, height: usize) -> Screen {
    let (head, body) = match &session.mode {
        Mode::Calm => calm(session, edition, width),
        Mode::Page(title, lines) => {
            (wrap(&[span(Style::Strong, title)], width, &[]), lines.iter().flat_map(|line| wrap(&[plain(line)], width, &[])).collect())
        }
        _ => match session.current() {
            Some(index) => {
                let case = &edition.cases[index];
                let flags = beside.flags.get(index).map_or(&[][..], Vec::as_slice);
                (head(session, case, width), body(case, flags, edition, beside, session.full, width))
            }
            None => (Vec::new(), wrap(&[plain("nothing is left to decide")], width, &[])),
        },
    };
    let foot = foot(session, edition, beside, width, height);
    let mut head = head;
    head.truncate((height.saturating_sub(foot.len()) / 2).max(1));
    let room = height.saturating_sub(head.len() + foot.len()).max(1);
    let is_long = body.len() > room;
    // A line tells where a long text stands.
    let page = if is_long { room.saturating_sub(1).max(1) } else { room };
    let most = body.len().saturating_sub(page);
    let scroll = session.scroll.min(most);
    let mut lines = head;
    lines.extend(body.iter().skip(scroll).take(page).cloned());
    if is_long && room > 1 {
        let below = most - scroll;
        let told = match (scroll, below) {
            (_, 0) => format!("── the end · {scroll} lines above · PgUp"),
            (0, _) => format!("── {below} more lines · Space"),
            _ => format!("── {scroll} lines above · {below} below · PgUp, Space"),
        };
        lines.extend(wrap(&[span(Style::Faint, &told)], width, &[]).into_iter().take(1));
    }
    // The keys stay at the foot of the screen.
    lines.resize(lines.len().max(height.saturating_sub(foot.len())), Line::new());
    lines.extend(foot);
    // On a screen too small for all of it the foot is what is needed.
    let excess = lines.len().saturating_sub(height.max(1));
    lines.drain(..excess);
    Screen { lines, most, page }
}

/// The lines of one row, for who reads them one after the other.
pub fn row(case: &Case, flags: &[Flag], edition: &Edition, beside: &Beside<'_>, width: usize) -> Vec<Line> {
    body(case, flags, edition, beside, false, width)
}

/// What a row is called: `item 6 · changed · moved from 6`.
pub fn title(case: &Case) -> String {
    let mut words = vec![super::desk::name(case)];
    if case.english_items.len() > 1 {
        let items: Vec<String> = case.english_items.iter().map(|item| (item + 1).to_string()).collect();
        words[0] = format!("items {}", items.join(", "));
    }
    words.push(if case.untranslated { "untranslated" } else { case.row.state.name() }.to_owned());
    words.extend(case.row.moved_from.map(|from| format!("moved from {from}")));
    match case.standing {
        Standing::Stale(why) => words.push(format!("stale: {}", why.reason())),
        Standing::Approved => words.push("approved".to_owned()),
        Standing::Undecided => {}
    }
    words.join(" · ")
}

fn head(session: &Session, case: &Case, width: usize) -> Vec<Line> {
    let (at, all) = session.place();
    let mut spans = vec![span(Style::Strong, &title(case))];
    if let Some(section) = &case.row.section {
        spans.push(span(Style::Faint, &format!(" · {section}")));
    }
    let before = session.undecided_before();
    if before > 0 {
        spans.push(span(Style::Faint, &format!(" · {before} undecided before this")));
    }
    let mut lines = wrap(&spans, width, &[span(Style::Strong, &format!("[{at}/{all}] "))]);
    lines.push(Line::new());
    lines
}

fn body(case: &Case, flags: &[Flag], edition: &Edition, beside: &Beside<'_>, full: bool, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let row = &case.row;
    labelled("EN", &[plain(&row.english)], width, &mut lines);
    match row.state {
        RowState::Equal if case.untranslated => {
            labelled("KO", &[span(Style::Faint, "the same: nobody has translated it yet")], width, &mut lines)
        }
        RowState::Equal => labelled("KO", &[plain(&row.edited)], width, &mut lines),
        RowState::Added => labelled("ED", &[span(Style::Insert, &row.edited)], width, &mut lines),
        RowState::Deleted => {
            labelled("MT", &[span(Style::Delete, &row.machine)], width, &mut lines);
            labelled("ED", &[span(Style::Faint, "taken out by the editor")], width, &mut lines);
        }
        _ if full => {
            labelled("MT", &[plain(&row.machine)], width, &mut lines);
            labelled("ED", &[plain(&row.edited)], width, &mut lines);
        }
        _ => {
            let manner = if beside.colour { Manner::Styled } else { Manner::Marked };
            paragraphs("Δ", marks(&row.diff(), manner), width, &mut lines);
        }
    }
    for flag in flags {
        let style = match flag.severity {
            Severity::Error => Style::Error,
            Severity::Warning => Style::Warning,
            Severity::Hint => Style::Hint,
        };
        let help = flag.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        let label = span(style, &format!("{}[{}]: ", flag.severity.name(), flag.check));
        lines.extend(wrap(&[label, plain(&format!("{}{help}", flag.message))], width, &[plain("  ")]));
    }
    let hints = case.pieces.iter().filter_map(|piece| piece.english).flat_map(|e| &edition.hints[e]);
    let mut told: HashSet<&(String, String)> = HashSet::new();
    let terms: Vec<String> = hints.filter(|hint| told.insert(hint)).map(|(english, korean)| format!("{english} = {korean}")).collect();
    if !terms.is_empty() {
        lines.extend(wrap(&[plain(&terms.join(" · "))], width, &[span(Style::Faint, "terms ")]));
    }
    if let Some(comment) = beside.comment {
        labelled("note", &[plain(comment)], width, &mut lines);
    }
    lines
}

/// A paragraph behind its label; a text of several lines has them under each other.
fn labelled(label: &str, spans: &[Span], width: usize, lines: &mut Vec<Line>) {
    let mut list: Vec<Line> = vec![Line::new()];
    for span in spans {
        for (at, text) in span.text.split('\n').enumerate() {
            if at > 0 {
                list.push(Line::new());
            }
            if let Some(last) = list.last_mut() {
                last.push(Span { style: span.style, text: text.to_owned() });
            }
        }
    }
    paragraphs(label, list, width, lines);
}

/// Paragraphs under each other, the first behind the label.
fn paragraphs(label: &str, list: Vec<Line>, width: usize, lines: &mut Vec<Line>) {
    const INDENT: usize = 4;
    for (at, paragraph) in list.into_iter().enumerate() {
        let label = if at == 0 { label } else { "" };
        lines.extend(wrap(&paragraph, width, &[span(Style::Strong, &format!("{label:INDENT$}"))]));
    }
    lines.push(Line::new());
}

fn calm(session: &Session, edition: &Edition, width: usize) -> (Vec<Line>, Vec<Line>) {
    let rows = session.calm();
    let told = match rows.len() {
        1 => "1 text stands as the machine wrote it, without findings:".to_owned(),
        count => format!("{count} texts stand as the machine wrote them, without findings:"),
    };
    let mut head = wrap(&[span(Style::Strong, &told)], width, &[]);
    head.push(Line::new());
    let mut body = Vec::new();
    for case in rows.into_iter().map(|index| &edition.cases[index]) {
        let number = case.row.item.map_or_else(|| "–".to_owned(), |item| item.to_string());
        let moved = case.row.moved_from.map(|from| format!(" (moved from {from})")).unwrap_or_default();
        let text = case.row.edited.replace('\n', " – ");
        body.extend(wrap(&[plain(&text), span(Style::Faint, &moved)], width, &[span(Style::Strong, &format!("{number:>3} "))]));
    }
    (head, body)
}

fn foot(session: &Session, edition: &Edition, beside: &Beside<'_>, width: usize, height: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(pending) = beside.pending {
        lines.extend(wrap(&[span(Style::Faint, pending)], width, &[]));
    }
    if !session.notice.is_empty() {
        lines.extend(wrap(&[span(Style::Warning, &session.notice)], width, &[]));
    }
    if !session.message.is_empty() {
        lines.extend(wrap(&[span(Style::Hint, &session.message)], width, &[]).into_iter().take(3));
    }
    let keys: Vec<(&str, String)> = match &session.mode {
        Mode::Find(typed) => {
            lines.extend(wrap(&[plain(typed)], width, &[span(Style::Key, "/")]));
            return lines;
        }
        Mode::Row => row_keys(session, edition),
        Mode::Calm => vec![
            ("y", format!("approve all {}", session.calm().len())),
            ("v", "see them one by one".to_owned()),
            ("n", "not now".to_owned()),
            ("u", "undo".to_owned()),
            ("?", String::new()),
        ],
        Mode::Batch => {
            let (open, unseen) = session.batch();
            let unseen = if unseen > 0 { format!(" ({unseen} not seen yet)") } else { String::new() };
            vec![
                ("a", format!("accept the edits of all {} undecided{unseen}", open.len())),
                ("m", "keep the machine's".to_owned()),
                ("Esc", "neither".to_owned()),
            ]
        }
        Mode::Unseen(decision) => {
            let (open, unseen) = session.batch();
            let what = if *decision == Decision::Edited { "accept the edits" } else { "keep the machine's" };
            lines.extend(wrap(&[plain(&format!("{unseen} of {} were not on the screen yet", open.len()))], width, &[]));
            vec![("y", format!("{what} of all")), ("s", "only of those seen".to_owned()), ("Esc", "of none".to_owned())]
        }
        Mode::Retranslate => {
            vec![("t", format!("ask {} now", beside.backend)), ("n", "with a note to it, in $EDITOR".to_owned()), ("Esc", "not".to_owned())]
        }
        Mode::Page(..) => vec![("Esc", "back".to_owned()), ("Space", "scroll".to_owned())],
    };
    let all = key_lines(&keys, width);
    // Where the keys would leave no room for the text, the page of keys has them.
    lines.extend(if all.len() * 2 > height { key_lines(&[("?", "keys".to_owned()), ("q", "quit".to_owned())], width) } else { all });
    lines
}

/// Keys with what they do, as many on a line as fit; a key and its meaning stay on one line where that can be.
fn key_lines(keys: &[(&str, String)], width: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (key, meaning) in keys {
        let meaning = if meaning.is_empty() { String::new() } else { format!(" {meaning}") };
        let group = [span(Style::Key, key), plain(&meaning)];
        let joined: Option<Line> =
            lines.last().map(|last| last.iter().cloned().chain([span(Style::Faint, " · ")]).chain(group.clone()).collect());
        match joined.filter(|joined| wrap(joined, width, &[]).len() == 1) {
            Some(joined) => {
                lines.pop();
                lines.push(joined);
            }
            None => lines.extend(wrap(&group, width, &[])),
        }
    }
    lines
}

fn row_keys(session: &Session, edition: &Edition) -> Vec<(&'static str, String)> {
    let case = session.current().map(|index| &edition.cases[index]);
    let state = case.map(|case| case.row.state);
    // What another file has or lacks is still to come into the draft, or to go from it.
    let is_open = edition.texts.against.is_some()
        && case.is_some_and(|case| state == Some(RowState::Added) || case.pieces.iter().any(|piece| piece.korean.is_some()));
    let mut keys = vec![(
        "a",
        match state {
            Some(RowState::Deleted) if is_open => "take it out",
            Some(RowState::Deleted) => "accept that it is gone",
            Some(RowState::Equal) => "approve",
            Some(RowState::Added) if is_open => "take it in",
            Some(RowState::Added) => "accept",
            _ => "accept edit",
        },
    )];
    match state {
        Some(RowState::Changed) => keys.push(("m", "keep machine")),
        Some(RowState::Deleted) if is_open => keys.push(("m", "leave it in")),
        Some(RowState::Deleted) => keys.push(("m", "put back")),
        Some(RowState::Added) if is_open => keys.push(("m", "leave it out")),
        Some(RowState::Merged | RowState::Split) => keys.push(("x", "unlink")),
        _ => {}
    }
    keys.extend([("e", "edit"), ("t", "retranslate"), ("s", "skip"), ("u", "undo"), ("j/k", "next/prev"), ("/", "find"), ("v", "view")]);
    keys.extend([("g", "batch"), ("n", "note")]);
    if !matches!(state, Some(RowState::Merged | RowState::Split)) {
        keys.push(("x", "unlink"));
    }
    keys.extend([("c", "terms"), ("q", "quit"), ("?", "")]);
    keys.into_iter().map(|(key, meaning)| (key, meaning.to_owned())).collect()
}

fn span(style: Style, text: &str) -> Span {
    Span { style, text: text.to_owned() }
}

fn plain(text: &str) -> Span {
    span(Style::Plain, text)
}
