//! Reads `glossary.toml`: every TOML and schema fault by its line and column, and nothing else is an error.

use std::borrow::Cow;
use std::cell::OnceCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Case, Rendering, Spacing, Term};
use crate::span::{Lines, Span};

/// The keys of a term's table.
const KEYS: &[&str] = &["korean", "also", "avoid", "keep", "read", "case", "verb", "forms", "spacing", "sense", "note", "ok", "ng"];
const SECTIONS: &[&str] = &["terms", "words"];
const WORDS: &[&str] = &["known"];

/// One fault of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `path:line:column`, the path as given.
    pub at: String,
    /// The bytes at fault.
    pub span: Span,
    /// What is wrong, and what was meant where that can be guessed.
    pub message: String,
}

/// A glossary that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", faults.iter().map(|fault| format!("{}: {}", fault.at, fault.message)).collect::<Vec<_>>().join("\n"))]
pub struct LoadError {
    /// Every fault, in the order of the file; at least one.
    pub faults: Vec<Fault>,
}

type Value<'a> = Spanned<DeValue<'a>>;
type Key<'a> = Spanned<Cow<'a, str>>;

/// The terms and the known words of the file.
pub(super) fn read(path: &str, text: &str) -> Result<(Vec<Term>, Vec<String>), LoadError> {
    // A byte order mark is no part of the TOML; spans count it.
    let bom = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut reader = Reader { path, text, bom, lines: OnceCell::new(), faults: Vec::new() };
    let mut terms = Vec::new();
    let mut known = Vec::new();
    match DeTable::parse(&text[bom..]) {
        Ok(document) => {
            for (key, value) in document.get_ref() {
                match key.get_ref().as_ref() {
                    "terms" => reader.terms(value, &mut terms),
                    "words" => reader.words(value, &mut known),
                    _ => reader.unknown(key, SECTIONS),
                }
            }
        }
        Err(error) => reader.fault(error.span().unwrap_or(0..0), error.message().trim_end().replace('\n', "; ")),
    }
    let mut faults = reader.faults;
    if faults.is_empty() {
        // They mostly stand in order, and a term is large to move.
        if !terms.is_sorted_by_key(|term: &Term| term.span.start) {
            terms.sort_by_key(|term| term.span.start);
        }
        return Ok((terms, known));
    }
    faults.sort_by_key(|fault| fault.span.start);
    Err(LoadError { faults })
}

struct Reader<'a> {
    path: &'a str,
    text: &'a str,
    bom: usize,
    lines: OnceCell<Lines<'a>>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, span: Span, message: String) {
        let span = self.in_file(span);
        let place = self.lines.get_or_init(|| Lines::new(self.text)).place(span.start);
        self.faults.push(Fault { at: format!("{}:{}:{}", self.path, place.line, place.column), span, message });
    }

    fn in_file(&self, span: Span) -> Span {
        span.start + self.bom..span.end + self.bom
    }

    fn unknown(&mut self, key: &Key, known: &[&str]) {
        let name = key.get_ref().as_ref();
        let near = known.iter().map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
        let message = match near {
            Some((distance, near)) if distance <= 2 => format!("unknown key `{name}`; did you mean `{near}`?"),
            _ => format!("unknown key `{name}`; the keys here are {}", known.join(", ")),
        };
        self.fault(key.span(), message);
    }

    fn wrong_type(&mut self, name: &str, value: &Value, wanted: &str) {
        self.fault(value.span(), format!("`{name}` must be {wanted}, not {}", described(value)));
    }

    fn terms(&mut self, value: &Value, terms: &mut Vec<Term>) {
        let DeValue::Table(table) = value.get_ref() else { return self.wrong_type("terms", value, "a table") };
        terms.reserve(table.len());
        for (key, value) in table {
            if key.get_ref().trim().is_empty() {
                self.fault(key.span(), "a term needs an English form".into());
                continue;
            }
            match value.get_ref() {
                DeValue::String(_) => {
                    let mut term = Term { span: self.in_file(key.span()), ..Term::new(key.get_ref()) };
                    term.korean = self.rendering("korean", value);
                    terms.push(term);
                }
                DeValue::Table(table) => terms.extend(self.term(key, table)),
                DeValue::Array(senses) => {
                    for sense in senses {
                        match sense.get_ref() {
                            DeValue::Table(table) => terms.extend(self.term(key, table)),
                            _ => self.wrong_type(key.get_ref(), sense, "a table for each sense"),
                        }
                    }
                }
                _ => self.wrong_type(key.get_ref(), value, "a string, a table or an array of tables"),
            }
        }
    }

    fn term(&mut self, key: &Key, table: &DeTable) -> Option<Term> {
        let before = self.faults.len();
        let mut term = Term { span: self.in_file(key.span()), ..Term::new(key.get_ref()) };
        for (name, value) in table {
            self.field(&mut term, name, value);
        }
        if !term.keep && !table.keys().any(|key| key.get_ref() == "korean") {
            self.fault(key.span(), format!("`{}` needs `korean`, or `keep = true`", key.get_ref()));
        }
        (self.faults.len() == before).then_some(term)
    }

    fn field(&mut self, term: &mut Term, key: &Key, value: &Value) {
        let name = key.get_ref().as_ref();
        match name {
            "korean" => term.korean = self.rendering(name, value),
            "also" => term.also = self.renderings(name, value),
            "avoid" => term.avoid = self.renderings(name, value),
            "ok" => term.ok = self.renderings(name, value),
            "ng" => term.ng = self.renderings(name, value),
            "forms" => term.forms = self.renderings(name, value).into_iter().map(|form| form.text).collect(),
            "read" => term.read = self.string(name, value),
            "sense" => term.sense = self.string(name, value),
            "note" => term.note = self.string(name, value),
            "keep" => term.keep = self.boolean(name, value),
            "verb" => term.verb = self.boolean(name, value),
            "case" => term.case = self.choice(name, value, &[("exact", Case::Exact), ("any", Case::Any)]).unwrap_or(term.case),
            "spacing" => term.spacing = self.choice(name, value, &[("exact", Spacing::Exact), ("any", Spacing::Any)]).unwrap_or_default(),
            _ => self.unknown(key, KEYS),
        }
    }

    fn words(&mut self, value: &Value, known: &mut Vec<String>) {
        let DeValue::Table(table) = value.get_ref() else { return self.wrong_type("words", value, "a table") };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "known" => known.extend(self.renderings("known", value).into_iter().map(|word| word.text)),
                _ => self.unknown(key, WORDS),
            }
        }
    }

    fn string(&mut self, name: &str, value: &Value) -> Option<String> {
        self.rendering(name, value).map(|rendering| rendering.text)
    }

    fn rendering(&mut self, name: &str, value: &Value) -> Option<Rendering> {
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => self.fault(value.span(), format!("`{name}` is empty")),
            DeValue::String(text) => return Some(Rendering { text: text.to_string(), span: self.in_file(value.span()) }),
            _ => self.wrong_type(name, value, "a string"),
        }
        None
    }

    fn renderings(&mut self, name: &str, value: &Value) -> Vec<Rendering> {
        match value.get_ref() {
            DeValue::Array(values) => values.iter().filter_map(|value| self.rendering(name, value)).collect(),
            _ => {
                self.wrong_type(name, value, "an array of strings");
                Vec::new()
            }
        }
    }

    fn boolean(&mut self, name: &str, value: &Value) -> bool {
        match value.get_ref() {
            DeValue::Boolean(value) => return *value,
            _ => self.wrong_type(name, value, "true or false"),
        }
        false
    }

    fn choice<T: Copy>(&mut self, name: &str, value: &Value, choices: &[(&str, T)]) -> Option<T> {
        let chosen = value.get_ref().as_str().and_then(|word| choices.iter().find(|(choice, _)| *choice == word));
        if chosen.is_none() {
            let names: Vec<_> = choices.iter().map(|(choice, _)| format!("\"{choice}\"")).collect();
            self.wrong_type(name, value, &names.join(" or "));
        }
        chosen.map(|(_, value)| *value)
    }
}

fn described(value: &Value) -> String {
    match value.get_ref() {
        DeValue::String(text) => format!("\"{}\"", text.escape_debug()),
        DeValue::Table(_) => "a table".into(),
        DeValue::Array(_) => "an array".into(),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Integer(_) | DeValue::Float(_) => "a number".into(),
        DeValue::Datetime(_) => "a date".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_faults(text: &str, expected: &[&str]) {
        let error = read("dir/glossary.toml", text).expect_err("has faults");
        assert_eq!(error.to_string().lines().collect::<Vec<_>>(), expected);
    }

    fn load(text: &str) -> (Vec<Term>, Vec<String>) {
        read("glossary.toml", text).expect("loads")
    }

    #[test]
    fn the_projects_glossary_loads() {
        let (terms, known) = load(include_str!("../../glossary.toml"));
        assert!(terms.len() >= 80, "{}", terms.len());
        let preferred = |english: &str| terms.iter().filter(|term| term.english == english).map(Term::preferred).collect::<Vec<_>>();
        assert_eq!(preferred("saddle point"), ["안장점"]);
        assert_eq!(preferred("BERT"), ["BERT"]);
        assert_eq!(preferred("batch"), ["배치", "일괄"]);
        assert!(known.contains(&"안장".to_string()));
    }

    #[test]
    fn every_key_is_read() {
        let (terms, _) = load(
            "[terms.matrix]\nkorean = \"행렬\"\nalso = [\"매트릭스\"]\navoid = [\"메트릭스\"]\nread = \"매\"\ncase = \"exact\"\nverb = true\n\
             forms = [\"matrices\"]\nspacing = \"exact\"\nsense = \"s\"\nnote = \"n\"\nok = [\"행렬을\"]\nng = [\"행렬식\"]",
        );
        let term = &terms[0];
        assert_eq!((term.case, term.spacing, term.verb), (Case::Exact, Spacing::Exact, true));
        assert_eq!((term.read.as_deref(), term.sense.as_deref(), term.note.as_deref()), (Some("매"), Some("s"), Some("n")));
        assert_eq!((term.forms.len(), term.ok.len(), term.ng.len()), (1, 1, 1));
        assert_eq!(term.accepted().collect::<Vec<_>>(), ["행렬", "매트릭스"]);
    }

    #[test]
    fn capitals_are_exact_unless_told_otherwise() {
        let (terms, _) = load("[terms]\nGAN = \"간\"\nMLOps = \"엠\"\nRNN = { korean = \"알\", case = \"any\" }\n\"GPT-3\" = \"지\"");
        assert_eq!(terms.iter().map(|term| term.case).collect::<Vec<_>>(), [Case::Exact, Case::Any, Case::Any, Case::Exact]);
    }

    #[test]
    fn faults_name_their_place_and_what_was_meant() {
        assert_faults(
            "[terms]\na = { korea = \"가\", korean = \"가\" }",
            &["dir/glossary.toml:2:7: unknown key `korea`; did you mean `korean`?"],
        );
        assert_faults("[term]\na = \"가\"", &["dir/glossary.toml:1:2: unknown key `term`; did you mean `terms`?"]);
        assert_faults("[words]\nelephants = []", &["dir/glossary.toml:2:1: unknown key `elephants`; the keys here are known"]);
        assert_faults(
            "[terms]\n\"가\" = 3",
            &["dir/glossary.toml:2:7: `가` must be a string, a table or an array of tables, not a number"],
        );
        assert_faults("[terms]\na = { avoid = [\"x\"] }", &["dir/glossary.toml:2:1: `a` needs `korean`, or `keep = true`"]);
        assert_faults("[terms]\na = \" \"", &["dir/glossary.toml:2:5: `korean` is empty"]);
        assert_faults(
            "[terms.a]\nkorean = \"가\"\nalso = \"나\"\ncase = \"upper\"",
            &[
                "dir/glossary.toml:3:8: `also` must be an array of strings, not \"나\"",
                "dir/glossary.toml:4:8: `case` must be \"exact\" or \"any\", not \"upper\"",
            ],
        );
    }

    #[test]
    fn toml_faults_name_their_place_too() {
        let error = read("glossary.toml", "\u{FEFF}[terms]\na = \"가\"\na = \"나\"").expect_err("a double key");
        assert_eq!(error.faults[0].at, "glossary.toml:3:1");
        assert!(error.to_string().contains("duplicate key"), "{error}");
    }

    #[test]
    fn an_empty_file_is_an_empty_glossary() {
        for text in ["", "\u{FEFF}", "# nothing yet\n", "[terms]\n"] {
            assert_eq!(load(text), (Vec::new(), Vec::new()));
        }
    }
}
