//! OmegaT's glossary: English, Korean and a comment between tabs, a row for each rendering, `#` before remarks.

use super::collect::{Collected, Kind, add};
use super::{Exchange, Exported, FormatError, Imported, lost, sized};
use crate::glossary::Term;

/// OmegaT's glossary.
pub(super) struct Omegat;

impl Exchange for Omegat {
    fn import(&self, text: &str) -> Result<Imported, FormatError> {
        let mut collected = Collected::default();
        for (number, line) in text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).enumerate() {
            let number = number + 1;
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut cells = line.split('\t').map(str::trim);
            let (english, korean) = (cells.next().unwrap_or_default(), cells.next());
            let Some(korean) = korean else { return Err(FormatError::at(number, "no tab between the English and the Korean form")) };
            let (english, korean) = (sized(number, english)?, sized(number, korean)?);
            if english.is_empty() || korean.is_empty() {
                collected.losses.push(format!("line {number}: a form is empty"));
                continue;
            }
            let term = collected.term(english, None);
            let first = term.korean.is_none() && !term.keep;
            add(term, korean, if first { Kind::Preferred } else { Kind::Also });
            let note = cells.next().map(|cell| sized(number, cell)).transpose()?.filter(|cell| !cell.is_empty());
            match note {
                Some(note) if term.note.is_none() => term.note = Some(note.to_string()),
                Some(note) if term.note.as_deref() != Some(note) => {
                    collected.losses.push(format!("line {number}: `{english}` has another comment already: {note}"));
                }
                _ => {}
            }
            if cells.next().is_some_and(|cell| !cell.is_empty()) {
                collected.losses.push(format!("line {number}: a fourth column"));
            }
        }
        Ok(collected.finish())
    }

    fn export(&self, terms: &[Term]) -> Exported {
        let mut exported = Exported::default();
        for term in terms {
            exported.losses.extend(lost(term, &["korean", "also", "keep", "english", "sense", "note"]));
            let english = plain(&term.english);
            if english.starts_with('#') {
                exported.losses.push(format!("`{}`: it would be read as a remark", term.english));
                continue;
            }
            let comment: Vec<String> = term.sense.iter().chain(&term.note).map(|text| plain(text)).collect();
            for korean in term.accepted() {
                exported.text.push_str(&format!("{english}\t{}\t{}\n", plain(korean), comment.join("; ")));
            }
            exported.terms += 1;
        }
        exported
    }
}

/// A cell has no tabs and line ends.
fn plain(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_word_are_its_renderings() {
        let text = "# -*- coding: utf-8 -*-\r\nconvex\t볼록\t모양\r\n\r\nconvex\t볼록한\tx\r\nBERT\tBERT\r\nx\t\r\n";
        let imported = Omegat.import(text).expect("reads");
        let terms: Vec<String> =
            imported.terms.iter().map(|term| format!("{}={} {:?}", term.english, term.preferred(), term.note)).collect();
        assert_eq!(terms, ["convex=볼록 Some(\"모양\")", "BERT=BERT None"]);
        assert_eq!(imported.terms[0].also[0].text, "볼록한");
        assert_eq!(imported.losses, ["line 4: `convex` has another comment already: x", "line 6: a form is empty"]);
        assert_eq!(Omegat.import("a\tb\nconvex 볼록\n").expect_err("no tab").line, Some(2));
    }

    #[test]
    fn cells_hold_no_tabs() {
        let term = Term { korean: Some(crate::glossary::Rendering::new("가\t나\n다")), ..Term::new("a") };
        assert_eq!(Omegat.export(&[term, Term { keep: true, ..Term::new("#x") }]).text, "a\t가 나 다\t\n");
    }
}
