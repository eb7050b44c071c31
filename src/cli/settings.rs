//! Settings: flags over environment over translate.toml over defaults, in one place.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};
use translate_digest::backends;
use translate_digest::checks::{self, Severity};
use translate_digest::draft::files::{self, FileError};
use translate_digest::span::{Span, place};

use super::waivers::{self, PathWaiver};

/// What the flags of a command say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flags {
    pub(crate) backend: Option<String>,
    pub(crate) jobs: Option<usize>,
    pub(crate) register: Option<String>,
}

/// What a run goes by.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The name of the backend to ask.
    pub(crate) backend: String,
    /// The register asked for.
    pub(crate) register: Option<String>,
    /// Most requests at once; the backend's own limit where unset.
    pub(crate) jobs: Option<usize>,
    /// The folder of translate.toml, or where it would be.
    pub(crate) root: PathBuf,
    /// translate.toml with its text, if there is one.
    pub(crate) file: Option<(PathBuf, String)>,
    /// The severities of checks that translate.toml names; none for a check that is off.
    pub(crate) checks: BTreeMap<String, Option<Severity>>,
    /// What translate.toml lets pass, in the order of the file.
    pub(crate) waivers: Vec<PathWaiver>,
    /// The backends of translate.toml, in the order of their names.
    pub(crate) backends: BTreeMap<String, backends::Settings>,
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{0}")]
    Toml(Fault),
    #[error("{variable} is `{value}`, which is no number from 1 to 256")]
    Jobs { variable: &'static str, value: String },
    #[error("there is no backend `{name}`{}", suggestion.as_ref().map(|s| format!("; did you mean `{s}`?")).unwrap_or_default())]
    NoBackend { name: String, suggestion: Option<String> },
}

/// A fault of translate.toml with its line.
#[derive(Debug)]
pub(crate) struct Fault {
    at: String,
    message: String,
    line: String,
    /// Columns before the mark, and its width, both as a terminal counts.
    mark: (usize, usize),
}

impl Fault {
    fn new(path: &Path, text: &str, span: Option<Span>, message: String) -> Self {
        let span = span.unwrap_or(0..0);
        let start = place(text, span.start);
        let begin = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        // A tab is as wide as the terminal makes it, which would move the mark away.
        let line = text[begin..].lines().next().unwrap_or_default().replace('\t', " ");
        let width = |range: Span| unicode_width::UnicodeWidthStr::width(&text[range]);
        let end = span.end.clamp(span.start, begin + line.len().max(span.start - begin));
        let mark = (width(begin..span.start), width(span.start..end).max(1));
        Self { at: format!("{}:{}:{}", path.display(), start.line, start.column), message, line, mark }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, width) = self.mark;
        write!(out, "{}: {}\n  | {}\n  | {}{}", self.at, self.message, self.line, " ".repeat(before), "^".repeat(width))
    }
}

const KEYS: [&str; 6] = ["backend", "register", "jobs", "backends", "checks", "waivers"];

impl Settings {
    /// Reads translate.toml in `root` and merges it with environment and flags.
    pub(crate) fn load(root: &Path, flags: &Flags) -> Result<Self, SettingsError> {
        Self::merge(root, |name| std::env::var(name).ok().filter(|value| !value.is_empty()), flags)
    }

    fn merge(root: &Path, variable: impl Fn(&str) -> Option<String>, flags: &Flags) -> Result<Self, SettingsError> {
        let path = root.join("translate.toml");
        let file = files::read_existing(&path)?.map(|text| (path, text));
        let mut settings = Self::defaults(root);
        if let Some((path, text)) = &file {
            settings.take_file(path, text).map_err(SettingsError::Toml)?;
        }
        settings.file = file;
        settings.take_environment(variable)?;
        settings.backend = flags.backend.clone().unwrap_or(settings.backend);
        settings.jobs = flags.jobs.or(settings.jobs);
        settings.register = flags.register.clone().or(settings.register);
        Ok(settings)
    }

    fn defaults(root: &Path) -> Self {
        Self {
            backend: "memory".to_owned(),
            register: None,
            jobs: None,
            root: root.to_owned(),
            file: None,
            checks: BTreeMap::new(),
            waivers: Vec::new(),
            backends: BTreeMap::new(),
        }
    }

    fn take_environment(&mut self, variable: impl Fn(&str) -> Option<String>) -> Result<(), SettingsError> {
        if let Some(backend) = variable("TRANSLATE_BACKEND") {
            self.backend = backend;
        }
        if let Some(register) = variable("TRANSLATE_REGISTER") {
            self.register = Some(register);
        }
        if let Some(value) = variable("TRANSLATE_JOBS") {
            let jobs = value.parse().ok().filter(|jobs| (1..=256).contains(jobs));
            self.jobs = Some(jobs.ok_or(SettingsError::Jobs { variable: "TRANSLATE_JOBS", value })?);
        }
        Ok(())
    }

    fn take_file(&mut self, path: &Path, text: &str) -> Result<(), Fault> {
        let fault = |span: Option<Span>, message: String| Fault::new(path, text, span, message);
        let table = DeTable::parse(text).map_err(|error| fault(error.span(), error.message().to_owned()))?;
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "backend" => self.backend = string(value).map_err(|message| fault(Some(value.span()), message))?,
                "register" => self.register = Some(string(value).map_err(|message| fault(Some(value.span()), message))?),
                "jobs" => self.jobs = Some(jobs(value).map_err(|message| fault(Some(value.span()), message))?),
                "backends" => self.take_backends(value, &fault)?,
                "checks" => self.take_checks(value, &fault)?,
                "waivers" => self.waivers = waivers::read(value).map_err(|(span, message)| fault(Some(span), message))?,
                unknown => return Err(fault(Some(key.span()), format!("unknown key `{unknown}`{}", did_you_mean(unknown, &KEYS)))),
            }
        }
        Ok(())
    }

    fn take_checks(&mut self, value: &Spanned<DeValue<'_>>, fault: &impl Fn(Option<Span>, String) -> Fault) -> Result<(), Fault> {
        let DeValue::Table(table) = value.get_ref() else {
            return Err(fault(Some(value.span()), "checks are a table of severities, as in [checks]".to_owned()));
        };
        for (name, value) in table {
            let known = checks::names();
            if !known.contains(&name.get_ref().as_ref()) {
                let message = format!("there is no check `{}`{}", name.get_ref(), did_you_mean(name.get_ref(), &known));
                return Err(fault(Some(name.span()), message));
            }
            let severity = string(value).and_then(|word| match word.as_str() {
                "off" => Ok(None),
                word => Severity::named(word).map(Some).ok_or("error, warning, hint or off is expected here".to_owned()),
            });
            self.checks.insert(name.get_ref().to_string(), severity.map_err(|message| fault(Some(value.span()), message))?);
        }
        Ok(())
    }

    fn take_backends(&mut self, value: &Spanned<DeValue<'_>>, fault: &impl Fn(Option<Span>, String) -> Fault) -> Result<(), Fault> {
        let DeValue::Table(tables) = value.get_ref() else {
            return Err(fault(Some(value.span()), "backends are tables, as in [backends.llm]".to_owned()));
        };
        for (name, table) in tables {
            let settings = backend_table(table).map_err(|(span, message)| fault(Some(span.unwrap_or(name.span())), message))?;
            self.backends.insert(name.get_ref().to_string(), settings);
        }
        Ok(())
    }

    /// The settings of a backend by its name; a kind that needs no settings is its own name. None for the memory.
    pub(crate) fn backend_settings(&self, name: &str) -> Result<Option<backends::Settings>, SettingsError> {
        if let Some(settings) = self.backends.get(name) {
            return Ok(Some(settings.clone()));
        }
        match name {
            "memory" => Ok(None),
            "libretranslate" => {
                let table: toml::Table = [("kind".to_owned(), toml::Value::from(name))].into_iter().collect();
                Ok(table.try_into().ok())
            }
            _ => {
                let known: Vec<&str> = self.backends.keys().map(String::as_str).chain(["memory", "libretranslate"]).collect();
                Err(SettingsError::NoBackend { name: name.to_owned(), suggestion: nearest(name, &known) })
            }
        }
    }
}

/// One `[backends.NAME]` table. The table is read again key by key to find the place of what serde refuses.
fn backend_table(table: &Spanned<DeValue<'_>>) -> Result<backends::Settings, (Option<Span>, String)> {
    let DeValue::Table(keys) = table.get_ref() else { return Err((Some(table.span()), "a backend is a table of settings".to_owned())) };
    let value = plain(table.get_ref());
    value.try_into().map_err(|error: toml::de::Error| {
        let message = error.message().lines().next().unwrap_or_default().to_owned();
        let quoted = message.split('`').nth(1).unwrap_or_default();
        let key = keys.iter().find(|(key, _)| key.get_ref() == quoted).map(|(key, _)| key.span());
        // An unknown variant or a wrong type stands in a value.
        let value = keys
            .iter()
            .find(|(_, value)| matches!(value.get_ref(), DeValue::String(text) if text == quoted))
            .map(|(_, value)| value.span());
        let expected: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        let guess = nearest(quoted, &expected).map(|guess| format!("; did you mean `{guess}`?")).unwrap_or_default();
        (key.or(value), format!("{message}{guess}"))
    })
}

/// A parsed value without its places.
fn plain(value: &DeValue<'_>) -> toml::Value {
    match value {
        DeValue::String(text) => toml::Value::String(text.to_string()),
        DeValue::Integer(number) => integer(number).map_or_else(|| toml::Value::String(number.to_string()), toml::Value::Integer),
        DeValue::Float(number) => {
            number.as_str().replace('_', "").parse().map_or_else(|_| toml::Value::String(number.to_string()), toml::Value::Float)
        }
        DeValue::Boolean(flag) => toml::Value::Boolean(*flag),
        DeValue::Datetime(time) => toml::Value::Datetime(*time),
        DeValue::Array(values) => toml::Value::Array(values.iter().map(|value| plain(value.get_ref())).collect()),
        DeValue::Table(table) => {
            toml::Value::Table(table.iter().map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref()))).collect())
        }
    }
}

fn string(value: &Spanned<DeValue<'_>>) -> Result<String, String> {
    match value.get_ref() {
        DeValue::String(text) => Ok(text.to_string()),
        _ => Err("a string is expected here".to_owned()),
    }
}

/// A number in whichever base it is written; none where it is too large.
fn integer(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn jobs(value: &Spanned<DeValue<'_>>) -> Result<usize, String> {
    match value.get_ref() {
        DeValue::Integer(number) => integer(number).and_then(|jobs| jobs.try_into().ok()).filter(|jobs| (1..=256).contains(jobs)),
        _ => None,
    }
    .ok_or("a number from 1 to 256 is expected here".to_owned())
}

/// `; did you mean …?` where one of `known` is near.
pub(crate) fn did_you_mean(name: &str, known: &[&str]) -> String {
    nearest(name, known).map(|guess| format!("; did you mean `{guess}`?")).unwrap_or_default()
}

/// The nearest of `known`, if it is near enough to have been meant.
pub(crate) fn nearest(name: &str, known: &[&str]) -> Option<String> {
    let best = known.iter().map(|known| (strsim::damerau_levenshtein(name, known), *known)).min()?;
    (best.0 <= 1.max(name.chars().count() / 3)).then(|| best.1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, String> {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("translate.toml"), text).expect("written");
        let shown = folder.path().display().to_string();
        Settings::load(folder.path(), &Flags::default()).map_err(|error| error.to_string().replace(&shown, "."))
    }

    #[test]
    fn a_mistyped_key_is_shown_with_what_was_meant() {
        let error = read("# 설정\nbackned = \"llm\"\n").expect_err("a fault");
        assert_eq!(error, "./translate.toml:2:1: unknown key `backned`; did you mean `backend`?\n  | backned = \"llm\"\n  | ^^^^^^^");
        let error = read("[backends.a]\nkind = \"command\"\ncomand = [\"cat\"]\n").expect_err("a fault");
        assert!(error.starts_with("./translate.toml:3:1: unknown field `comand`"), "{error}");
        assert!(error.contains("did you mean `command`?"), "{error}");
    }

    #[test]
    fn severities_of_checks_are_read_and_unknown_ones_shown() {
        let settings = read("[checks]\nterm-drift = \"off\"\nmissing-term = \"warning\"\n").expect("settings");
        assert_eq!(settings.checks, [("missing-term".to_owned(), Some(Severity::Warning)), ("term-drift".to_owned(), None)].into());
        let error = read("[checks]\nmising-term = \"off\"\n").expect_err("a fault");
        assert!(error.starts_with("./translate.toml:2:1: there is no check `mising-term`; did you mean `missing-term`?\n"), "{error}");
        let error = read("[checks]\nmissing-term = \"of\"\n").expect_err("a fault");
        assert!(error.starts_with("./translate.toml:2:16: error, warning, hint or off is expected here\n"), "{error}");
        assert!(read("checks = 1\n").expect_err("a fault").starts_with("./translate.toml:1:10: checks are a table"));
    }

    #[test]
    fn numbers_are_read_as_toml_writes_them() {
        for (text, jobs) in [("jobs = 0x10\n", 16), ("jobs = 1_0\n", 10), ("jobs = +7\n", 7), ("jobs = 0b11\n", 3)] {
            assert_eq!(read(text).expect(text).jobs, Some(jobs), "{text}");
        }
        for text in ["jobs = 0\n", "jobs = -1\n", "jobs = 257\n", "jobs = \"2\"\n", "jobs = 2.0\n"] {
            assert!(read(text).expect_err(text).starts_with("./translate.toml:1:8: a number from 1 to 256"), "{text}");
        }
        let settings = read("[backends.a]\nkind = \"libretranslate\"\nbatch = 0x1_0\ntimeout_seconds = 1_0.5\n").expect("settings");
        let shown = format!("{:?}", settings.backends);
        assert!(shown.contains("batch: Some(16)") && shown.contains("10.5s"), "{shown}");
    }

    #[test]
    fn the_mark_stands_under_the_fault_on_a_terminal() {
        let error = read("register = \"합니다체\" backend\n").expect_err("a fault");
        let lines: Vec<&str> = error.lines().collect();
        assert_eq!(lines[1], "  | register = \"합니다체\" backend");
        // Hangul is two columns wide.
        assert_eq!(lines[2].find('^'), Some("  | register = \"........\" ".len()), "{error}");
        let error = read("\tjobs\t= 0\n").expect_err("a fault");
        assert!(error.ends_with("\n  |  jobs = 0\n  |         ^"), "{error}");
    }

    #[test]
    fn flags_go_before_the_environment_and_that_before_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("translate.toml"), "backend = \"file\"\njobs = 1\nregister = \"file\"\n").expect("written");
        let variable =
            |name: &str| (name != "TRANSLATE_REGISTER").then(|| if name == "TRANSLATE_JOBS" { "2" } else { "environment" }.to_owned());
        let flags = Flags { backend: Some("flag".to_owned()), ..Flags::default() };
        let settings = Settings::merge(folder.path(), variable, &flags).expect("settings");
        assert_eq!((settings.backend.as_str(), settings.jobs, settings.register.as_deref()), ("flag", Some(2), Some("file")));
        for wrong in ["0", "257", "x", "-1"] {
            let error = Settings::merge(folder.path(), |name| (name == "TRANSLATE_JOBS").then(|| wrong.to_owned()), &flags);
            assert!(matches!(error, Err(SettingsError::Jobs { .. })), "{wrong}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_file_stops_the_program(text in "([a-z가\u{1f389}\u{301}\\[\\]\"'=.#\r\n\t 0-9{}\u{0}-]|backends|jobs|kind|\\[backends\\.a\\]\n|\u{feff})*") {
            let mut settings = Settings::defaults(Path::new("."));
            let _ = settings.take_file(Path::new("translate.toml"), &text).map_err(|fault| fault.to_string());
        }
    }

    #[test]
    fn a_backend_is_found_by_its_name_or_kind() {
        let settings =
            read("backend = \"a\"\n[backends.a]\nkind = \"command\"\ncommand = [\"cat\"]\nmode = \"filter\"\n").expect("settings");
        assert_eq!(settings.backend, "a");
        assert!(settings.backend_settings("a").expect("known").is_some());
        assert!(settings.backend_settings("libretranslate").expect("known").is_some());
        assert!(settings.backend_settings("memory").expect("known").is_none());
        assert_eq!(
            settings.backend_settings("libretranslat").expect_err("unknown").to_string(),
            "there is no backend `libretranslat`; did you mean `libretranslate`?"
        );
    }
}
