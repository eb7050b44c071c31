//! Glossaries of other tools: read and written behind one trait, and what they cannot hold is told.

mod collect;
mod csv;
mod deepl;
mod omegat;
mod tbx;
mod tbx_write;

use std::fmt;
use std::str::FromStr;

use super::{Spacing, Term};

/// What a tool's file held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The terms, in the order of the file.
    pub terms: Vec<Term>,
    /// What of the file has no place in a glossary, each with its term or line.
    pub losses: Vec<String>,
}

/// A glossary for a tool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub text: String,
    /// How many terms it holds.
    pub terms: usize,
    /// What of the glossary has no place in it, each with its term.
    pub losses: Vec<String>,
}

/// A file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FormatError {
    /// The line at fault, from 1.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl FormatError {
    fn at(line: usize, message: impl Into<String>) -> Self {
        Self { line: Some(line), message: message.into() }
    }
}

/// One tool's way to write a glossary. A new one is a file, a row of [`Format`] and an arm of `exchange`.
trait Exchange {
    /// The terms of a file, without its byte order mark.
    fn import(&self, text: &str) -> Result<Imported, FormatError>;
    /// The file of some terms.
    fn export(&self, terms: &[Term]) -> Exported;
}

/// The formats that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A header and a row for each rendering; Weblate's, Crowdin's and Google's columns are read too.
    Csv,
    /// TermBase eXchange: versions 2, 3 and TBX-Min are read, version 3 (TBX-Basic) is written.
    Tbx,
    /// OmegaT's: English, Korean and a comment between tabs.
    Omegat,
    /// DeepL's: two columns between tabs, no header.
    DeeplTsv,
    /// DeepL's: two columns between commas, no header.
    DeeplCsv,
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Self] = &[Self::Csv, Self::Tbx, Self::Omegat, Self::DeeplTsv, Self::DeeplCsv];

    /// As it is named on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tbx => "tbx",
            Self::Omegat => "omegat",
            Self::DeeplTsv => "deepl-tsv",
            Self::DeeplCsv => "deepl-csv",
        }
    }

    fn exchange(self) -> &'static dyn Exchange {
        match self {
            Self::Csv => &csv::Csv,
            Self::Tbx => &tbx::Tbx,
            Self::Omegat => &omegat::Omegat,
            Self::DeeplTsv => &deepl::Deepl { delimiter: b'\t' },
            Self::DeeplCsv => &deepl::Deepl { delimiter: b',' },
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let names = || Self::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
        Self::ALL.iter().copied().find(|format| format.name() == name).ok_or_else(|| format!("the formats are {}", names()))
    }
}

/// What a file looks like by its name, or by how it begins.
pub fn guess(name: &str, text: &str) -> Option<Format> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("csv") => Some(Format::Csv),
        Some("tbx" | "tbxm" | "martif") => Some(Format::Tbx),
        Some("xml") if ["<martif", "<tbx", "<TBX"].iter().any(|root| text.contains(root)) => Some(Format::Tbx),
        // The names that OmegaT looks for.
        Some("tsv" | "tab" | "txt" | "utf8") => Some(Format::Omegat),
        _ => None,
    }
}

/// The terms of a tool's file.
///
/// # Errors
/// When it is not in the format, or so large in one place that no person wrote it.
pub fn import(format: Format, text: &str) -> Result<Imported, FormatError> {
    format.exchange().import(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

/// The file of a tool, with what it cannot hold.
pub fn export(format: Format, terms: &[Term], known: &[String]) -> Exported {
    let mut exported = format.exchange().export(terms);
    if !known.is_empty() {
        exported.losses.push(format!("[words] known: {} words", known.len()));
    }
    exported
}

/// The most bytes of one cell or text: no person writes a longer term or note.
const LONGEST: usize = 10_000;

fn sized(line: usize, text: &str) -> Result<&str, FormatError> {
    match text.len() {
        0..=LONGEST => Ok(text),
        length => Err(FormatError::at(line, format!("a text of {length} bytes, where {LONGEST} are the most"))),
    }
}

/// Whether a language is English: `en`, `en-US`, `en_GB`.
fn is_english(language: &str) -> bool {
    is_language(language, "en")
}

/// Whether a language is Korean: `ko`, `ko-KR`.
fn is_korean(language: &str) -> bool {
    is_language(language, "ko")
}

fn is_language(language: &str, wanted: &str) -> bool {
    language.trim().split(['-', '_']).next().is_some_and(|code| code.eq_ignore_ascii_case(wanted))
}

/// The fields that a term has and a format has not, as one loss.
fn lost(term: &Term, carried: &[&str]) -> Option<String> {
    let has = [
        ("korean", term.keep && term.korean.is_some()),
        ("also", !term.also.is_empty()),
        ("avoid", !term.avoid.is_empty()),
        ("keep", term.keep),
        ("read", term.read.is_some()),
        ("case", term.case != Term::new(&term.english).case),
        ("verb", term.verb),
        ("forms", !term.forms.is_empty()),
        ("spacing", term.spacing != Spacing::Any),
        ("sense", term.sense.is_some()),
        ("note", term.note.is_some()),
        ("ok", !term.ok.is_empty()),
        ("ng", !term.ng.is_empty()),
    ];
    let fields: Vec<&str> = has.iter().filter(|(name, has)| *has && !carried.contains(name)).map(|(name, _)| *name).collect();
    (!fields.is_empty()).then(|| format!("`{}`: {}", term.english, fields.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::Glossary;

    const GLOSSARY: &str = r#"
        [terms]
        "saddle point" = { korean = "안장점", avoid = ["새들 포인트", "=안장"], note = "say, \"안장점\"" }
        nonconvex = { korean = "비 볼록", also = ["볼록하지 않은", "오목"] }
        BERT = { keep = true, read = "버트", avoid = ["버트"] }
        batch = [{ korean = "배치", sense = "training batch" }, { korean = "일괄", sense = "batch job" }]
        overfit = { korean = "과적합되다", verb = true, forms = ["over-fit"] }
        "R&D <x>" = { korean = "연구 & 개발", case = "exact", ok = ["연구 & 개발을"], ng = ["연구"], spacing = "exact" }
        [words]
        known = ["안장"]
    "#;

    fn terms() -> Vec<Term> {
        Glossary::load("g", GLOSSARY).expect("loads").terms().to_vec()
    }

    /// A term's fields without places.
    fn shown(term: &Term) -> String {
        let texts = |list: &[crate::glossary::Rendering]| list.iter().map(|form| form.text.clone()).collect::<Vec<_>>().join("/");
        format!(
            "{}={} also {} avoid {} {:?} {:?} {:?} {:?} {} {:?} {:?} ok {} ng {}",
            term.english,
            term.preferred(),
            texts(&term.also),
            texts(&term.avoid),
            (term.keep, &term.korean.as_ref().map(|korean| &korean.text)),
            term.read,
            (term.sense.as_ref(), term.note.as_ref()),
            term.case,
            term.verb,
            term.forms,
            term.spacing,
            texts(&term.ok),
            texts(&term.ng)
        )
    }

    /// What comes back is what went out, once `strip` has taken off what the format does not hold.
    #[track_caller]
    fn assert_round_trip(format: Format, strip: impl Fn(Term) -> Term) -> Exported {
        let exported = export(format, &terms(), &[]);
        let imported = import(format, &exported.text).unwrap_or_else(|error| panic!("{error}:\n{}", exported.text));
        let expected: Vec<String> = terms().into_iter().map(|term| shown(&strip(term))).collect();
        assert_eq!(imported.terms.iter().map(shown).collect::<Vec<_>>(), expected, "{}", exported.text);
        assert_eq!(imported.losses, Vec::<String>::new(), "{}", exported.text);
        exported
    }

    #[test]
    fn csv_holds_everything() {
        let exported = assert_round_trip(Format::Csv, |term| term);
        assert_eq!(exported.losses, Vec::<String>::new());
        assert!(exported.text.contains("'=안장"), "{}", exported.text);
    }

    #[test]
    fn tbx_holds_every_form_and_its_status() {
        let exported = assert_round_trip(Format::Tbx, |term| Term {
            read: None,
            case: Term::new(&term.english).case,
            spacing: Spacing::Any,
            ok: Vec::new(),
            ng: Vec::new(),
            ..term
        });
        assert_eq!(exported.losses, ["`BERT`: read", "`R&D <x>`: case, spacing, ok, ng"]);
    }

    #[test]
    fn omegat_and_deepl_tell_what_they_leave_behind() {
        let exported = export(Format::Omegat, &terms(), &["안장".into()]);
        let expected = "saddle point\t안장점\tsay, \"안장점\"\nnonconvex\t비 볼록\t\nnonconvex\t볼록하지 않은\t\nnonconvex\t오목\t\nBERT\tBERT\t\n\
                        batch\t배치\ttraining batch\nbatch\t일괄\tbatch job\noverfit\t과적합되다\t\nR&D <x>\t연구 & 개발\t\n";
        assert_eq!(exported.text, expected);
        assert_eq!(
            exported.losses,
            [
                "`saddle point`: avoid",
                "`BERT`: avoid, read",
                "`overfit`: verb, forms",
                "`R&D <x>`: case, spacing, ok, ng",
                "[words] known: 1 words"
            ]
        );
        let exported = export(Format::DeeplTsv, &terms(), &[]);
        let expected = "saddle point\t안장점\nnonconvex\t비 볼록\nBERT\tBERT\nbatch\t배치\noverfit\t과적합되다\nR&D <x>\t연구 & 개발\n";
        assert_eq!(exported.text, expected);
        let losses = ["`saddle point`: avoid, note", "`nonconvex`: also", "`BERT`: avoid, read", "`batch`: sense"];
        assert_eq!(exported.losses[..4], losses);
        assert_eq!(exported.losses[4], "`batch` = `일괄`: a second sense, and one English form has one row");
        let exported = export(Format::DeeplCsv, &terms(), &[]);
        assert!(exported.text.contains("R&D <x>,연구 & 개발\n"), "{}", exported.text);
    }

    #[test]
    fn simple_terms_come_back_from_omegat_and_deepl() {
        let text = "[terms]\nconvex = \"볼록\"\nBERT = { keep = true }\n\"a, \\\"b\\\"\" = \"가, 나\"\n";
        let terms = Glossary::load("g", text).expect("loads").terms().to_vec();
        for format in [Format::Omegat, Format::DeeplTsv, Format::DeeplCsv] {
            let exported = export(format, &terms, &[]);
            assert_eq!(exported.losses, Vec::<String>::new());
            let imported = import(format, &exported.text).expect("reads");
            assert_eq!(imported.terms.iter().map(shown).collect::<Vec<_>>(), terms.iter().map(shown).collect::<Vec<_>>(), "{format}");
        }
    }

    #[test]
    fn formats_are_named_and_guessed() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(*format));
        }
        assert_eq!("xls".parse::<Format>(), Err("the formats are csv, tbx, omegat, deepl-tsv, deepl-csv".into()));
        assert_eq!(guess("a/b.CSV", ""), Some(Format::Csv));
        assert_eq!(guess("a.xml", "<?xml version=\"1.0\"?>\n<tbx type=\"x\">"), Some(Format::Tbx));
        assert_eq!(guess("a.xml", "<xliff>"), None);
        assert_eq!(guess("a.txt", ""), Some(Format::Omegat));
        assert_eq!(guess("csv", ""), None);
    }

    #[test]
    fn hostile_files_are_errors_or_losses_and_never_panics() {
        let huge = "가".repeat(LONGEST);
        for text in [
            "",
            "\u{feff}",
            "\n\n\r\n",
            "\"",
            "a\tb\"c\nd\"",
            "english,korean\n\"unclosed,가\n",
            "<",
            "<tbx>",
            "</tbx>",
            "<martif><text>&lol;</text></martif>",
            "<!DOCTYPE x [<!ENTITY a \"b\">]><martif/>",
            "\u{0}\u{1b}",
            &format!("english,korean\na,{huge}\n"),
            &format!("a\t{huge}"),
        ] {
            for format in Format::ALL {
                if let Ok(imported) = import(*format, text) {
                    assert!(imported.terms.iter().all(|term| !term.preferred().trim().is_empty()), "{format}: {text:?}");
                }
            }
        }
        for (format, text) in [(Format::Csv, format!("english,korean\na,{huge}\n")), (Format::Omegat, format!("x\ty\na\t{huge}"))] {
            let error = import(format, &text).expect_err("too long");
            assert_eq!((error.line, error.message.as_str()), (Some(2), "a text of 30000 bytes, where 10000 are the most"));
        }
    }
}
