//! Cases that need no Rust: `tests/cases/CHECK/NAME.ko.md`, with what its check is to find in it.
//!
//! | file | what it is |
//! | --- | --- |
//! | `NAME.ko.md` | the Korean digest |
//! | `NAME.findings` | what is found, a line each: `LINE:COLUMN SEVERITY TEXT`; absent or empty: nothing. `+ CHECK LINE:COLUMN SEVERITY TEXT` is what another check finds as well |
//! | `NAME.md` | the English digest, if the check needs one |
//! | `NAME.glossary.toml`, else `glossary.toml` | the terms |
//! | `NAME.adopted.md` | the English that the Korean was adopted with, if the record matters |
//! | `NAME.fixed` | the Korean digest after `--fix`; without it a case that is silent is not changed |
//!
//! `TEXT` is shown with `␣` for a space at its ends and `\u{200b}` for what nobody sees. Each case is run with its check alone, and with every
//! check; its waived findings do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::Project;
use serde_json::Value;
use translate_digest::checks;

/// What a file name ends in, after the name of its case.
const ENDINGS: [&str; 6] = [".adopted.md", ".ko.md", ".md", ".findings", ".glossary.toml", ".fixed"];

/// The files of one case.
struct Case {
    folder: PathBuf,
    check: String,
    name: String,
}

impl Case {
    fn path(&self, ending: &str) -> PathBuf {
        self.folder.join(format!("{}{ending}", self.name))
    }

    /// The text of one of its files, if it has it.
    fn text(&self, ending: &str) -> Option<String> {
        let path = self.path(ending);
        path.exists().then(|| read(&path))
    }

    /// The lines of `NAME.findings`: those of its check, and those of other checks.
    fn expected(&self) -> (Vec<String>, Vec<String>) {
        let text = self.text(".findings").unwrap_or_default();
        let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let (others, own): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with("+ "));
        let owned = |lines: Vec<&str>| lines.into_iter().map(|line| line.trim_start_matches("+ ").to_owned()).collect();
        (owned(own), owned(others))
    }

    /// A repository that holds the case as `x.md`, `x.ko.md` and `glossary.toml`.
    fn project(&self) -> Project {
        let project = Project::new("");
        let shared = self.folder.join("glossary.toml");
        let terms = self.text(".glossary.toml").or_else(|| shared.exists().then(|| read(&shared)));
        project.write("glossary.toml", terms.unwrap_or_else(|| "[terms]\n".to_owned()));
        project.write("x.ko.md", fs::read(self.path(".ko.md")).expect("the Korean"));
        if let Some(before) = self.text(".adopted.md") {
            project.write("x.md", before);
            let run = project.run(&["adopt", "x.md"]);
            assert_eq!(run.status, 0, "{}/{}: {}", self.check, self.name, run.stderr);
        }
        match self.text(".md") {
            Some(english) => project.write("x.md", english),
            None => project.remove("x.md"),
        }
        project
    }

    /// Arguments of `check`, beside those that choose checks.
    fn arguments(&self) -> &'static [&'static str] {
        match self.check.as_str() {
            "dead-term" => &["check", "--all", ".", "--fail-on", "never"],
            "not-approved" => &["check", "--require", "approved", ".", "--fail-on", "never"],
            _ => &["check", ".", "--fail-on", "never"],
        }
    }

    /// What is wrong with the case, for a person to read; nothing where it is as expected.
    fn faults(&self) -> String {
        let mut faults = String::new();
        let (own, others) = self.expected();
        // Whether a waiver is idle is only known when the check that it waives has run.
        if self.check != "stale-waiver" {
            let alone = self.run(&["--only", &self.check]);
            let alone: Vec<String> = alone.into_iter().map(|(_, line)| line).collect();
            self.compare(&mut faults, &format!("with --only {}", self.check), &own, &alone);
        }
        let every = self.run(&[]);
        let of_check = |check: &String| *check == self.check;
        let found: Vec<String> = every.iter().filter(|(check, _)| of_check(check)).map(|(_, line)| line.clone()).collect();
        self.compare(&mut faults, "with every check", &own, &found);
        let found: Vec<String> =
            every.iter().filter(|(check, _)| !of_check(check)).map(|(check, line)| format!("{check} {line}")).collect();
        self.compare(&mut faults, "of other checks", &others, &found);
        if self.check != "dead-term" {
            self.compare_fix(&mut faults, own.is_empty() && others.is_empty());
        }
        faults
    }

    /// Every finding with its check, as a line of `NAME.findings`.
    fn run(&self, choice: &[&str]) -> Vec<(String, String)> {
        let project = self.project();
        if choice.is_empty() {
            // Those that are off unless a team turns them on.
            project.write("translate.toml", "[checks]\ntranslationese = \"hint\"\n");
        }
        let run = project.run(&[self.arguments(), &["--format", "json"], choice].concat());
        let value: Value = serde_json::from_str(&run.stdout)
            .unwrap_or_else(|error| panic!("{}/{}: {error}: {}{}", self.check, self.name, run.stdout, run.stderr));
        let findings = value["findings"].as_array().expect("findings").iter();
        findings.filter(|finding| finding["waived"].is_null()).map(|finding| line_of(&project, finding)).collect()
    }

    fn compare(&self, faults: &mut String, how: &str, expected: &[String], found: &[String]) {
        let mut missing = expected.to_vec();
        let mut extra = Vec::new();
        for line in found {
            match missing.iter().position(|one| one == line) {
                Some(at) => drop(missing.remove(at)),
                None => extra.push(line),
            }
        }
        if missing.is_empty() && extra.is_empty() {
            return;
        }
        let _ = writeln!(faults, "tests/cases/{}/{}.ko.md {how}:", self.check, self.name);
        missing.iter().for_each(|line| faults.push_str(&format!("  - {line}    (expected, not found)\n")));
        extra.iter().for_each(|line| faults.push_str(&format!("  + {line}    (found, not expected)\n")));
    }

    /// Whether `--fix` does what it should: nothing at all where nothing is to be found.
    fn compare_fix(&self, faults: &mut String, is_silent: bool) {
        let fixed = self.text(".fixed");
        if fixed.is_none() && !is_silent {
            return;
        }
        let choice: &[&str] = if is_silent { &[] } else { &["--only", &self.check] };
        let project = self.project();
        let before = project.read("x.ko.md");
        project.run(&[self.arguments(), &["--fix"], choice].concat());
        let (got, wanted) = (project.read("x.ko.md"), fixed.unwrap_or(before));
        if got != wanted {
            let _ = writeln!(faults, "tests/cases/{}/{}.ko.md after --fix:", self.check, self.name);
            for (got, wanted) in got.lines().zip(wanted.lines()).filter(|(got, wanted)| got != wanted) {
                let _ = writeln!(faults, "  - {wanted}\n  + {got}");
            }
            let (got, wanted) = (got.lines().count(), wanted.lines().count());
            let _ = writeln!(faults, "  {got} lines, {wanted} expected");
        }
    }
}

/// The check of a finding, and its line: `3:12 error 새들 포인트를`, with the file before it if that is not the Korean one.
fn line_of(project: &Project, finding: &Value) -> (String, String) {
    let word = |key: &str| finding[key].as_str().unwrap_or_else(|| panic!("no {key} in {finding}"));
    let number = |key: &str| usize::try_from(finding[key].as_u64().unwrap_or_else(|| panic!("no {key} in {finding}"))).expect("small");
    let text = project.read(word("file"));
    let found = &text[number("start")..number("end")];
    let (head, tail) = (found.len() - found.trim_start_matches(' ').len(), found.trim_end_matches(' ').len());
    // Spaces at the ends are shown as ␣.
    let is_outer = |at: usize| at < head || at >= tail;
    let shown: String = found.char_indices().map(|(at, c)| if is_outer(at) { "␣".to_owned() } else { visible(c) }).collect();
    let place = if word("file") == "x.ko.md" { String::new() } else { format!("{}:", word("file")) };
    let line = format!("{place}{}:{} {} {shown}", number("line"), number("column"), word("severity"));
    (word("check").to_owned(), line.trim_end().to_owned())
}

/// A character as a file of findings shows it: line ends, controls and what nobody sees are escaped.
fn visible(c: char) -> String {
    let is_unseen =
        c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    if is_unseen { c.escape_unicode().to_string() } else { c.to_string() }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The entries of a folder by name, sorted; what the system leaves there (`.DS_Store`) aside.
fn entries(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found: Vec<_> = entries.flatten().map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())).collect();
    found.retain(|(name, _)| !name.starts_with('.'));
    found.sort();
    found
}

/// Every case of a folder of cases, and what is wrong with the folder: names that are no check's, files that belong to no case.
fn cases(root: &Path) -> (Vec<Case>, Vec<String>) {
    let (mut cases, mut faults) = (Vec::new(), Vec::new());
    for (check, folder) in entries(root) {
        if checks::named(&check).is_none() {
            faults.push(format!("tests/cases/{check}: there is no check of this name"));
            continue;
        }
        let mut files: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (file, _) in entries(&folder).into_iter().filter(|(file, _)| file != "glossary.toml") {
            let ending = ENDINGS.into_iter().find(|ending| file.ends_with(ending));
            match ending {
                Some(ending) => drop(files.entry(file[..file.len() - ending.len()].to_owned()).or_default().insert(ending)),
                None => faults.push(format!("tests/cases/{check}/{file}: the name ends in none of {ENDINGS:?}")),
            }
        }
        if files.is_empty() {
            faults.push(format!("tests/cases/{check}: the folder holds no case"));
        }
        for (name, endings) in files {
            if endings.contains(".ko.md") {
                cases.push(Case { folder: folder.clone(), check: check.clone(), name });
            } else {
                faults.push(format!("tests/cases/{check}/{name}{}: there is no {name}.ko.md", endings.first().expect("an ending")));
            }
        }
    }
    (cases, faults)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

#[test]
fn every_case_is_as_its_findings_say() {
    let (cases, faults) = cases(&root());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(!cases.is_empty());
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = cases.len().div_ceil(threads);
    let faults: String = std::thread::scope(|scope| {
        let parts: Vec<_> = cases.chunks(share).map(|part| scope.spawn(|| part.iter().map(Case::faults).collect::<String>())).collect();
        parts.into_iter().map(|part| part.join().expect("no panic")).collect()
    });
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn every_check_has_a_case_with_findings_and_one_without() {
    let (cases, _) = cases(&root());
    let mut lacking = Vec::new();
    for name in checks::names() {
        let of_check = || cases.iter().filter(|case| case.check == name).map(|case| case.expected().0.is_empty());
        if !of_check().any(|is_silent| is_silent) {
            lacking.push(format!("{name}: no case without findings"));
        }
        if !of_check().any(|is_silent| !is_silent) {
            lacking.push(format!("{name}: no case with findings"));
        }
    }
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

/// A folder of cases with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    folder
}

#[test]
fn what_is_missing_and_what_is_not_expected_is_said() {
    let folder = folder(&[
        ("wrong-particle/one.ko.md", "- 함수을 본다. API 를 쓴다.\n"),
        ("wrong-particle/one.findings", "1:3 error 함수을\n1:9 error 본다\n"),
        ("wrong-particle/two.ko.md", "- 함수를 본다.\n"),
        ("wrong-particle/two.fixed", "- 함수를 보다.\n"),
    ]);
    let (cases, faults) = cases(folder.path());
    assert_eq!((cases.len(), faults.len()), (2, 0));
    assert_eq!(
        cases[0].faults(),
        "tests/cases/wrong-particle/one.ko.md with --only wrong-particle:
  - 1:9 error 본다    (expected, not found)
tests/cases/wrong-particle/one.ko.md with every check:
  - 1:9 error 본다    (expected, not found)
tests/cases/wrong-particle/one.ko.md of other checks:
  + spaced-particle 1:14 warning ␣를    (found, not expected)
"
    );
    assert_eq!(
        cases[1].faults(),
        "tests/cases/wrong-particle/two.ko.md after --fix:
  - - 함수를 보다.
  + - 함수를 본다.
  1 lines, 1 expected
"
    );
}

#[test]
fn folders_and_files_that_belong_to_nothing_are_faults() {
    let folder = folder(&[
        ("wrong-particles/a.ko.md", "- 하나\n"),
        ("wrong-particle/a.ko.txt", "하나\n"),
        ("wrong-particle/b.findings", ""),
        ("doubled-word/glossary.toml", "[terms]\n"),
    ]);
    let (cases, faults) = cases(folder.path());
    assert!(cases.is_empty());
    assert_eq!(
        faults,
        [
            "tests/cases/doubled-word: the folder holds no case".to_owned(),
            format!("tests/cases/wrong-particle/a.ko.txt: the name ends in none of {ENDINGS:?}"),
            "tests/cases/wrong-particle/b.findings: there is no b.ko.md".to_owned(),
            "tests/cases/wrong-particles: there is no check of this name".to_owned(),
        ]
    );
}
