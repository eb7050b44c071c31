//! DeepL's dictionaries: two columns, no header, one row for an English form, and strict limits.

use std::collections::HashSet;

use csv::{ReaderBuilder, WriterBuilder};

use super::collect::{Collected, Kind, add};
use super::csv::{RowLines, broken};
use super::{Exchange, Exported, FormatError, Imported, is_english, is_korean, lost, sized};
use crate::glossary::Term;

/// DeepL's dictionary, its columns between tabs or commas.
pub(super) struct Deepl {
    pub delimiter: u8,
}

/// The most bytes of a phrase.
const PHRASE: usize = 1024;

/// The most bytes of a dictionary.
const DICTIONARY: usize = 10 * 1024 * 1024;

impl Exchange for Deepl {
    fn import(&self, text: &str) -> Result<Imported, FormatError> {
        // Between tabs there is no quoting.
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .quoting(self.delimiter == b',')
            .from_reader(text.as_bytes());
        let mut collected = Collected::default();
        let mut lines = RowLines::new(text);
        for row in reader.records() {
            let row = row.map_err(|error| broken(&error))?;
            let line = lines.line(&row);
            let cells = row.iter().map(|cell| sized(line, cell.trim())).collect::<Result<Vec<_>, _>>()?;
            let (english, korean) = match cells.as_slice() {
                [] | [""] => continue,
                [_] => return Err(FormatError::at(line, "one column, where English and Korean are wanted")),
                [english, korean] => (*english, *korean),
                [english, korean, from, to, ..] if is_english(from) && is_korean(to) => (*english, *korean),
                [_, _, from, to, ..] => {
                    collected.losses.push(format!("line {line}: it is from `{from}` to `{to}`"));
                    continue;
                }
                [_, _, _] => return Err(FormatError::at(line, "three columns, where two or four are wanted")),
            };
            if line == 1 && looks_like_header(english, korean) {
                collected.losses.push(format!("line 1: `{english}`, `{korean}` looks like a header, which DeepL would take for a term"));
            } else if english.is_empty() || korean.is_empty() {
                collected.losses.push(format!("line {line}: a form is empty"));
            } else {
                let term = collected.term(english, None);
                let first = term.korean.is_none() && !term.keep;
                add(term, korean, if first { Kind::Preferred } else { Kind::Also });
            }
        }
        Ok(collected.finish())
    }

    fn export(&self, terms: &[Term]) -> Exported {
        let mut exported = Exported::default();
        let mut seen: HashSet<&str> = HashSet::new();
        for term in terms {
            let (english, korean) = (term.english.trim(), term.preferred().trim());
            let why = if !seen.insert(english) {
                Some("a second sense, and one English form has one row".to_string())
            } else {
                [english, korean].into_iter().find_map(unsendable)
            };
            let row = self.row(english, korean);
            let why =
                why.or_else(|| (exported.text.len() + row.len() > DICTIONARY).then(|| "the dictionary has 10 MB already".to_string()));
            match why {
                Some(why) => exported.losses.push(format!("`{english}` = `{korean}`: {why}")),
                None => {
                    exported.losses.extend(lost(term, &["keep"]));
                    exported.text.push_str(&row);
                    exported.terms += 1;
                }
            }
        }
        exported
    }
}

impl Deepl {
    fn row(&self, english: &str, korean: &str) -> String {
        if self.delimiter == b'\t' {
            return format!("{english}\t{korean}\n");
        }
        let mut writer = WriterBuilder::new().delimiter(self.delimiter).from_writer(Vec::new());
        // Writing to memory does not fail.
        let row = writer.write_record([english, korean]).ok().and_then(|()| writer.into_inner().ok());
        row.and_then(|row| String::from_utf8(row).ok()).unwrap_or_default()
    }
}

/// Why a phrase is refused.
fn unsendable(phrase: &str) -> Option<String> {
    if phrase.is_empty() {
        return Some("a form is empty".to_string());
    }
    if phrase.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Some("control characters or line ends".to_string());
    }
    (phrase.len() > PHRASE).then(|| format!("{} bytes, where {PHRASE} are the most", phrase.len()))
}

fn looks_like_header(english: &str, korean: &str) -> bool {
    let is_name = |cell: &str, names: &[&str]| names.contains(&cell.to_ascii_lowercase().as_str());
    (is_english(english) && is_korean(korean)) || (is_name(english, &["source"]) && is_name(korean, &["target", "korean"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::Rendering;

    const TABS: Deepl = Deepl { delimiter: b'\t' };
    const COMMAS: Deepl = Deepl { delimiter: b',' };

    #[test]
    fn two_or_four_columns_are_read() {
        let imported = COMMAS.import("source,target\r\n\"a, b\",가,en-US,ko\r\nc,씨,en,de\nd,디\n").expect("reads");
        let terms: Vec<String> = imported.terms.iter().map(|term| format!("{}={}", term.english, term.preferred())).collect();
        assert_eq!(terms, ["a, b=가", "d=디"]);
        let losses =
            ["line 1: `source`, `target` looks like a header, which DeepL would take for a term", "line 3: it is from `en` to `de`"];
        assert_eq!(imported.losses, losses);
        assert_eq!(TABS.import("a\t가\nb\n").expect_err("one column").line, Some(2));
        assert_eq!(TABS.import("a\t\"가\n").expect("no quoting").terms[0].preferred(), "\"가");
    }

    #[test]
    fn what_deepl_refuses_is_left_out() {
        let term = |english: &str, korean: &str| Term { korean: Some(Rendering::new(korean)), ..Term::new(english) };
        let long = "가".repeat(400);
        let exported = TABS.export(&[term("a", "가"), term("a", "나"), term("b", "x\ty"), term("c", &long), term(" d ", "라 ")]);
        assert_eq!((exported.text.as_str(), exported.terms), ("a\t가\nd\t라\n", 2));
        assert_eq!(exported.losses.len(), 3);
        assert!(exported.losses[2].ends_with(": 1200 bytes, where 1024 are the most"), "{:?}", exported.losses);
    }
}
