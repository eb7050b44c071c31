//! CSV: a header and a row for each Korean form. Columns of Weblate, Crowdin and Google are read too.
//!
//! A cell that a spreadsheet would run as a formula is written behind an apostrophe, which is taken off again on the way in.

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

use super::collect::{Collected, Kind, add};
use super::{Exchange, Exported, FormatError, Imported, is_english, is_korean, lost, sized};
use crate::glossary::{Case, Rendering, Spacing, Term};

/// CSV with a header.
pub(super) struct Csv;

const HEADER: [&str; 10] = ["english", "korean", "kind", "sense", "note", "read", "case", "verb", "forms", "spacing"];

/// What stands between the forms of one cell.
const BETWEEN: &str = " | ";

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    English,
    Korean,
    Kind,
    Sense,
    Note,
    Read,
    Case,
    Verb,
    Forms,
    Spacing,
    /// Weblate's `flags`.
    Flags,
    /// Weblate's `fuzzy`.
    Fuzzy,
    Unknown,
}

impl Exchange for Csv {
    fn import(&self, text: &str) -> Result<Imported, FormatError> {
        let first = text.lines().next().unwrap_or_default();
        let count = |delimiter: char| first.matches(delimiter).count();
        let delimiter = [',', ';', '\t'].into_iter().max_by_key(|delimiter| (count(*delimiter), *delimiter == ',')).unwrap_or(',');
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter as u8).from_reader(text.as_bytes());
        let mut rows = reader.records();
        let header = rows.next().transpose().map_err(|error| broken(&error))?.unwrap_or_default();
        let columns: Vec<Column> = header.iter().map(column).collect();
        if !columns.contains(&Column::English) || !columns.contains(&Column::Korean) {
            return Err(FormatError::at(1, "no header with an English and a Korean column (english,korean or source,target or en,ko)"));
        }
        let mut collected = Collected::default();
        for (name, column) in header.iter().zip(&columns) {
            if *column == Column::Unknown && !name.trim().is_empty() {
                collected.losses.push(format!("the column `{}`", name.trim()));
            }
        }
        let mut lines = RowLines::new(text);
        for row in rows {
            let row = row.map_err(|error| broken(&error))?;
            read(&row, lines.line(&row), &columns, &mut collected)?;
        }
        Ok(collected.finish())
    }

    fn export(&self, terms: &[Term]) -> Exported {
        let mut writer = WriterBuilder::new().from_writer(Vec::new());
        let mut losses = Vec::new();
        let mut write = |cells: [&str; 10]| {
            // Writing to memory does not fail.
            let _ = writer.write_record(cells.map(guarded));
        };
        write(HEADER);
        for term in terms {
            losses.extend(lost(
                term,
                &["korean", "also", "avoid", "keep", "read", "case", "verb", "forms", "spacing", "sense", "note", "ok", "ng"],
            ));
            let sense = term.sense.as_deref().unwrap_or_default();
            let case = match term.case {
                case if case == Term::new(&term.english).case => "",
                Case::Exact => "exact",
                Case::Any => "any",
            };
            let forms = term.forms.join(BETWEEN);
            let (verb, spacing) = (if term.verb { "true" } else { "" }, if term.spacing == Spacing::Exact { "exact" } else { "" });
            let (note, read) = (term.note.as_deref().unwrap_or_default(), term.read.as_deref().unwrap_or_default());
            let main = if term.keep { "keep" } else { "preferred" };
            write([&term.english, term.preferred(), main, sense, note, read, case, verb, &forms, spacing]);
            let kept: &[Rendering] = term.korean.as_ref().filter(|_| term.keep).map_or(&[], std::slice::from_ref);
            for (kind, list) in [("preferred", kept), ("also", &term.also), ("avoid", &term.avoid), ("ok", &term.ok), ("ng", &term.ng)] {
                for form in list {
                    write([&term.english, &form.text, kind, sense, "", "", "", "", "", ""]);
                }
            }
        }
        let text = writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        Exported { text, terms: terms.len(), losses }
    }
}

/// Counts the lines before rows, which the crate does wrongly where lines end in `\r\n` or are empty.
pub(super) struct RowLines<'t> {
    text: &'t str,
    /// Up to which byte lines were counted, and how many.
    counted: (usize, usize),
}

impl<'t> RowLines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, counted: (0, 1) }
    }

    /// The line of a row; rows are asked for in their order.
    pub(super) fn line(&mut self, row: &StringRecord) -> usize {
        let from = self.counted.0;
        let at = row.position().map_or(from, |position| position.byte() as usize).clamp(from, self.text.len());
        let bytes = self.text.as_bytes();
        let ends = bytes[at..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let lines = bytes[from..at + ends].iter().filter(|byte| **byte == b'\n').count();
        self.counted = (at + ends, self.counted.1 + lines);
        self.counted.1
    }
}

/// The error of the crate with its line.
pub(super) fn broken(error: &csv::Error) -> FormatError {
    FormatError { line: error.position().map(|position| position.line() as usize), message: format!("no CSV: {error}") }
}

/// What a column's name says, in the words of the tools that are known.
fn column(name: &str) -> Column {
    let name = name.trim().to_lowercase();
    // Crowdin: term_en, term_ko; also "Term [en]".
    let of_term = name.strip_prefix("term").map(|rest| rest.trim_matches(|c: char| matches!(c, '_' | ' ' | '[' | ']' | '(' | ')' | ':')));
    let is = |is_language: fn(&str) -> bool| is_language(&name) || of_term.is_some_and(is_language);
    match name.as_str() {
        "english" | "source" | "term" => Column::English,
        "korean" | "target" | "translation" => Column::Korean,
        "kind" | "status" | "status_ko" => Column::Kind,
        "sense" | "context" => Column::Sense,
        "note" | "explanation" | "description" | "description_en" | "comment" | "translator_comments" => Column::Note,
        "read" => Column::Read,
        "case" => Column::Case,
        "verb" | "partofspeech" | "partofspeech_en" | "pos" => Column::Verb,
        "forms" => Column::Forms,
        "spacing" => Column::Spacing,
        "flags" => Column::Flags,
        "fuzzy" => Column::Fuzzy,
        _ if is(is_english) => Column::English,
        _ if is(is_korean) => Column::Korean,
        _ => Column::Unknown,
    }
}

fn read(row: &StringRecord, line: usize, columns: &[Column], collected: &mut Collected) -> Result<(), FormatError> {
    for cell in row {
        sized(line, cell)?;
    }
    let cell = |wanted: Column| {
        let mut cells = columns.iter().zip(row).filter(|(column, _)| **column == wanted).map(|(_, cell)| unguarded(cell).trim());
        cells.find(|cell| !cell.is_empty())
    };
    let (english, korean) = (cell(Column::English), cell(Column::Korean));
    let flags: Vec<String> = cell(Column::Flags).unwrap_or_default().split(',').map(|flag| flag.trim().to_lowercase()).collect();
    let has_flag = |flag: &str| flags.iter().any(|own| own == flag);
    let kind = cell(Column::Kind).map(str::to_lowercase);
    let keeps = kind.as_deref() == Some("keep") || has_flag("read-only");
    let (Some(english), true) = (english, korean.is_some() || keeps) else {
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            collected.losses.push(format!("line {line}: a form is empty"));
        }
        return Ok(());
    };
    let mut losses = Vec::new();
    if cell(Column::Fuzzy).is_some_and(|fuzzy| matches!(fuzzy.to_lowercase().as_str(), "true" | "1" | "yes")) {
        losses.push(format!("line {line}: `{english}` is marked as needing work"));
    }
    let term = collected.term(english, cell(Column::Sense));
    let korean = korean.unwrap_or(english);
    match kind.as_deref() {
        _ if keeps => {
            term.keep = true;
            if korean != english {
                losses.push(format!("line {line}: `{english}` stays in English, not `{korean}`"));
            }
        }
        _ if has_flag("forbidden") => add(term, korean, Kind::Avoid),
        // A name that stays may have a Korean form beside it.
        Some("preferred") if term.keep => term.korean = Some(Rendering::new(korean)),
        Some("preferred") => add(term, korean, Kind::Preferred),
        Some("also" | "admitted" | "accepted") => add(term, korean, Kind::Also),
        Some("avoid" | "forbidden" | "deprecated" | "obsolete" | "not recommended" | "superseded") => add(term, korean, Kind::Avoid),
        Some("ok") => term.ok.push(Rendering::new(korean)),
        Some("ng") => term.ng.push(Rendering::new(korean)),
        other => {
            if let Some(other) = other {
                losses.push(format!("line {line}: the kind `{other}` of `{english}`"));
            }
            let is_first = term.korean.is_none() && !term.keep;
            add(term, korean, if is_first { Kind::Preferred } else { Kind::Also });
        }
    }
    let note = cell(Column::Note);
    if term.note.is_some() && note.is_some_and(|note| term.note.as_deref() != Some(note)) {
        losses.push(format!("line {line}: another note of `{english}`"));
    }
    term.note = term.note.take().or(note.map(str::to_string));
    term.read = term.read.take().or(cell(Column::Read).map(str::to_string));
    term.verb |= cell(Column::Verb).is_some_and(|verb| matches!(verb.to_lowercase().as_str(), "true" | "verb"));
    match cell(Column::Case) {
        Some("exact") => term.case = Case::Exact,
        Some("any") => term.case = Case::Any,
        _ => {}
    }
    if cell(Column::Spacing) == Some("exact") {
        term.spacing = Spacing::Exact;
    }
    if let Some(forms) = cell(Column::Forms) {
        term.forms.extend(forms.split('|').map(str::trim).filter(|form| !form.is_empty()).map(str::to_string));
    }
    collected.losses.append(&mut losses);
    Ok(())
}

/// What spreadsheets take for the beginning of a formula.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '%', '\t', '\r'])
}

fn guarded(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_string() }
}

fn unguarded(cell: &str) -> &str {
    if is_formula(cell) { cell.strip_prefix('\'').unwrap_or(cell) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imported(text: &str) -> (Vec<String>, Vec<String>) {
        let Imported { terms, losses } = Csv.import(text).expect("reads");
        let texts = |list: &[Rendering]| list.iter().map(|form| form.text.clone()).collect::<Vec<_>>().join("/");
        let shown = |term: &Term| format!("{}={} also {} avoid {}", term.english, term.preferred(), texts(&term.also), texts(&term.avoid));
        (terms.iter().map(shown).collect(), losses)
    }

    #[test]
    fn weblate_says_what_is_forbidden_and_what_stays() {
        let text = "\"location\",\"source\",\"target\",\"fuzzy\",\"context\",\"flags\",\"explanation\"\r\n\
                    ,loss,손실,,,terminology,x\r\n,loss,로스,,,\"terminology, forbidden\",\r\n,BERT,BERT,,,read-only,\r\n,SGD,,,,read-only,\r\n,gap,간격,True,,,\r\n\r\n,void,,,,,\r\n";
        let (terms, losses) = imported(text);
        assert_eq!(terms, ["loss=손실 also  avoid 로스", "BERT=BERT also  avoid ", "SGD=SGD also  avoid ", "gap=간격 also  avoid "]);
        assert_eq!(losses, ["the column `location`", "line 6: `gap` is marked as needing work", "line 8: a form is empty"]);
    }

    #[test]
    fn crowdin_and_google_name_their_columns_by_language() {
        let crowdin = "term_en,description_en,partOfSpeech_en,term_ko-KR\nfit,of a curve,verb,맞추다\n";
        assert_eq!(imported(crowdin), (vec!["fit=맞추다 also  avoid ".into()], vec![]));
        assert!(Csv.import(crowdin).expect("reads").terms[0].verb);
        let google = "en-US;ko;description\nloss;손실;x\nloss;로스;\n";
        assert_eq!(imported(google), (vec!["loss=손실 also 로스 avoid ".into()], vec![]));
    }

    #[test]
    fn formulas_are_guarded_and_come_back() {
        for cell in ["=1+1", "+x", "-x", "@x", "%x", "'=x", "''-", "x=1", "'x", "", "가"] {
            assert_eq!(unguarded(&guarded(cell)), cell);
            assert!(!guarded(cell).starts_with(['=', '+', '-', '@', '%']), "{cell}");
        }
    }

    #[test]
    fn a_file_without_a_header_is_refused() {
        let error = Csv.import("loss,손실\n").expect_err("no header");
        assert_eq!(error.line, Some(1));
        assert!(Csv.import("").is_err());
    }
}
