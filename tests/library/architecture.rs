//! The shape of the code, as rules that fail: arrows point one way, an outside crate has one door, files stay small and say what they do.
//!
//! Each rule takes text, so that a sample in this file shows that it can fail.

mod source;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use source::{Path as Name, code_lines, literals, paths, without_tests};

/// The modules in their order: each may name only those before it. `src/cli/` is the binary's and sees the whole library.
const ORDER: &[&str] = &[
    "span", "text", "disk", "korean", "digest", "glossary", "draft", "memory", "backends", "project", "checks", "pipeline", "review",
    "reports", "cli",
];

/// Where each outside crate may be named: a file, or a folder with its `/`. One row per line of `[dependencies]`.
const DOORS: &[(&str, &[&str])] = &[
    ("annotate-snippets", &["src/reports/snippet.rs"]),
    ("async-trait", &["src/backends/", "src/cli/project.rs"]),
    ("backon", &["src/backends/"]),
    ("cap-fs-ext", &["src/disk/"]),
    ("cap-std", &["src/disk/"]),
    ("clap", &["src/cli/", "src/main.rs"]),
    ("console", &["src/cli/"]),
    ("crossterm", &["src/cli/review/terminal.rs"]),
    ("csv", &["src/glossary/formats/"]),
    ("dialoguer", &["src/cli/review/ask.rs"]),
    ("etcetera", &["src/cli/"]),
    ("futures-util", &["src/backends/", "src/pipeline/"]),
    ("httpdate", &["src/backends/"]),
    ("humantime", &["src/cli/"]),
    ("ignore", &["src/cli/walk.rs", "src/cli/waivers.rs"]),
    ("indicatif", &["src/cli/"]),
    ("percent-encoding", &["src/reports/uri.rs"]),
    ("memchr", &["src/span.rs", "src/korean/view.rs", "src/korean/agreement/", "src/digest/", "src/draft/files.rs", "src/checks/"]),
    ("process-wrap", &["src/backends/command/"]),
    ("pulldown-cmark", &["src/digest/"]),
    ("quick-xml", &["src/glossary/formats/", "src/reports/xml.rs"]),
    ("rayon", &["src/cli/check.rs"]),
    ("reqwest", &["src/backends/http.rs"]),
    // For keys that no stranger chooses: places in a text, lists of our own.
    ("rustc-hash", &["src/checks/", "src/draft/pair.rs", "src/glossary/renderings/lexicon.rs", "src/korean/", "src/review/align/"]),
    ("rustls", &["src/backends/http.rs"]),
    ("secrecy", &["src/backends/"]),
    ("serde", &["src/backends/", "src/cli/", "src/draft/", "src/reports/"]),
    ("serde_json", &["src/backends/", "src/cli/", "src/reports/"]),
    // One place per need: the names of English texts, of a segment's terms, of trusted settings.
    ("sha2", &["src/digest/fold.rs", "src/glossary/hash.rs", "src/backends/trust.rs", "src/cli/"]),
    ("shlex", &["src/text/shell.rs"]),
    ("signal-hook", &["src/cli/review/terminal.rs"]),
    ("simdutf8", &["src/draft/files.rs"]),
    ("similar", &["src/reports/diff.rs", "src/review/diff/"]),
    ("strsim", &["src/glossary/load.rs", "src/review/distance.rs", "src/cli/"]),
    ("thiserror", &["src/"]),
    ("tokio", &["src/backends/", "src/pipeline/", "src/cli/", "src/main.rs"]),
    ("toml", &["src/draft/record*.rs", "src/review/journal.rs", "src/glossary/load.rs", "src/cli/"]),
    ("toml_edit", &["src/glossary/edit.rs"]),
    (
        "unicode-normalization",
        &[
            "src/korean/view.rs",
            "src/review/diff/",
            "src/digest/",
            "src/draft/",
            "src/project/git/revision.rs",
            "src/glossary/lint/",
            "src/checks/changed_name.rs",
            "src/cli/publish/",
            "src/review/align/",
            "src/review/session/",
        ],
    ),
    ("unicode-segmentation", &["src/review/wrap.rs"]),
    ("unicode-width", &["src/cli/", "src/reports/snippet.rs", "src/review/wrap.rs"]),
    ("url", &["src/backends/"]),
];

/// The only files that start programs, with what they start. `process-wrap` has a door of its own.
const STARTERS: &[(&str, &str)] = &[
    ("src/backends/command/place.rs", "programs and key commands of translate.toml, once the settings are trusted"),
    ("src/cli/review/editor.rs", "the user's editor"),
    (GIT, "git"),
];

/// The only file that starts git.
const GIT: &str = "src/project/git/program.rs";

/// Where the file system is named, and by what in this file only: the one door, and places that ask for names alone.
const DISK: &[(&str, &[&str])] = &[
    ("src/disk/", &[]),
    // Which file a program's name stands for, in the folders of PATH or beside the settings.
    ("src/backends/command/place.rs", &[]),
    // What trust covers is hashed where it lies, programs outside of the repository included; nothing of it is shown or sent.
    ("src/cli/trust.rs", &[]),
    ("src/cli/trust/", &[]),
    // Where a repository is, and what git reads of it first; names and short files that `.git` leads to.
    ("src/project/git/", &[]),
];

/// Ways to the file system: modules by their path, and methods of a path by their name.
const WAYS: &[&str] = &["std::fs", "std::os::unix::fs", "std::os::windows::fs", "tokio::fs", "ignore::WalkBuilder", "ignore::WalkParallel"];
const METHODS: &[&str] = &["canonicalize", "read_dir", "read_link", "symlink_metadata", "metadata"];

/// The most lines of code in one file, tests, comments and blank lines aside.
const MOST_LINES: usize = 400;

#[test]
fn modules_name_only_modules_before_them() {
    assert_none(each_file(turned_arrows));
}

#[test]
fn outside_crates_are_named_behind_their_doors() {
    assert_none(each_file(closed_doors));
}

#[test]
fn programs_are_started_in_few_places_and_git_in_one() {
    assert_none(each_file(started_elsewhere));
    assert_none(each_file(git_elsewhere));
    for (file, _) in STARTERS {
        assert!(!started_elsewhere("src/a.rs", &read(file)).is_empty(), "{file} starts nothing");
    }
    assert!(!git_elsewhere("src/a.rs", &read(GIT)).is_empty(), "{GIT} starts no git");
}

#[test]
fn the_file_system_has_one_door() {
    assert_none(each_file(ways_around));
}

#[test]
fn every_dependency_has_a_door_and_every_door_a_dependency() {
    assert_none(doorless(&read("Cargo.toml")));
}

#[test]
fn files_are_small_and_say_what_they_do() {
    assert_none(each_file(long_file));
    assert_none(each_file(silent_file));
}

#[test]
fn the_map_names_every_module() {
    let modules = files().iter().filter_map(|file| module(file).map(str::to_string)).collect();
    assert_none(unnamed(&read("src/lib.rs"), &modules));
}

/// Modules that `text`, the contents of `file`, names although they stand after its own.
fn turned_arrows(file: &str, text: &str) -> Vec<String> {
    let Some(own) = module(file) else { return Vec::new() };
    let rank = |name: &str| ORDER.iter().position(|module| *module == name);
    let Some(own_rank) = rank(own) else { return vec![format!("{file}: module `{own}` has no place in ORDER")] };
    let mut turned = Vec::new();
    for Name { line, parts } in paths(text, &inside(file)) {
        let named = match parts.first().map(String::as_str) {
            Some("crate") => parts.get(1),
            // The binary reaches the library by its outside name.
            Some("translate_digest") if own == "cli" => continue,
            Some("translate_digest") => Some(&parts[0]),
            _ => None,
        };
        let Some(named) = named else { continue };
        // Types and functions at the crate's root are nobody's; the library's own outside name is never right inside it.
        if named == "translate_digest" || rank(named).is_some_and(|named| named > own_rank) {
            turned.push(format!("{file}:{line}: `{own}` names `{named}`"));
        }
    }
    turned.dedup();
    turned
}

/// Outside crates that `text` names although `file` is not their door. Tests under the code may go round: they write what the tool reads.
fn closed_doors(file: &str, text: &str) -> Vec<String> {
    let mut closed = Vec::new();
    for Name { line, parts } in paths(&without_tests(text), &inside(file)) {
        let Some((name, doors)) = DOORS.iter().find(|(name, _)| parts.first().is_some_and(|first| *first == name.replace('-', "_"))) else {
            continue;
        };
        if !doors.iter().any(|door| is_door(door, file)) {
            closed.push(format!("{file}:{line}: `{name}` is named outside {}", doors.join(", ")));
        }
    }
    closed.dedup();
    closed
}

/// Places where `text` could start a program although `file` is none of those that may.
fn started_elsewhere(file: &str, text: &str) -> Vec<String> {
    if STARTERS.iter().any(|(starter, _)| *starter == file) {
        return Vec::new();
    }
    let mut started = Vec::new();
    for Name { line, parts } in paths(&without_tests(text), &inside(file)) {
        let Some(at) =
            parts.iter().position(|part| part == "process").filter(|at| *at == 0 || matches!(parts[0].as_str(), "std" | "tokio"))
        else {
            continue;
        };
        // The module as a whole, under whatever name, is a way to its `Command`.
        if parts.get(at + 1).is_none_or(|next| matches!(next.as_str(), "Command" | "self" | "*")) {
            started.push(format!(
                "{file}:{line}: starts a program outside {}",
                STARTERS.iter().map(|(starter, _)| *starter).collect::<Vec<_>>().join(", ")
            ));
        }
    }
    started
}

/// Places where `text` names the program git although `file` is not the one that starts it.
fn git_elsewhere(file: &str, text: &str) -> Vec<String> {
    // A list of English words has it too.
    if file == GIT || file == "src/korean/reading/words.rs" {
        return Vec::new();
    }
    let is_git = |literal: &str| matches!(literal.rsplit(['/', '\\']).next(), Some("git" | "git.exe"));
    let text = without_tests(text);
    let named = literals(&text).into_iter().filter(|(_, literal)| is_git(literal));
    named.map(|(line, _)| format!("{file}:{line}: names the program git outside {GIT}")).collect()
}

fn is_door(door: &str, file: &str) -> bool {
    match door.split_once('*') {
        Some((head, tail)) => file.strip_prefix(head).is_some_and(|rest| rest.ends_with(tail) && !rest.contains('/')),
        None => file == door || (door.ends_with('/') && file.starts_with(door)),
    }
}

/// Ways to the file system that `text` names although `file` is not its door. Tests under the code may go round.
fn ways_around(file: &str, text: &str) -> Vec<String> {
    let allowed: Vec<&str> = DISK.iter().filter(|(door, _)| is_door(door, file)).flat_map(|(_, names)| *names).copied().collect();
    if DISK.iter().any(|(door, names)| is_door(door, file) && names.is_empty()) {
        return Vec::new();
    }
    let text = without_tests(text);
    let mut around = Vec::new();
    for Name { line, parts } in paths(&text, &inside(file)) {
        let name = parts.join("::");
        let is_way = WAYS.iter().any(|way| name == *way || name.starts_with(&format!("{way}::")));
        if is_way && !allowed.contains(&name.as_str()) {
            around.push(format!("{file}:{line}: `{name}` is named outside src/disk/"));
        }
    }
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
        for method in METHODS.iter().filter(|method| line.contains(&format!(".{method}("))) {
            around.push(format!("{file}:{}: `.{method}()` is called outside src/disk/", index + 1));
        }
    }
    around.dedup();
    around
}

/// Dependencies without a door, and doors without a dependency.
fn doorless(manifest: &str) -> Vec<String> {
    let in_section = manifest.lines().skip_while(|line| line.trim() != "[dependencies]").skip(1).take_while(|line| !line.starts_with('['));
    let names: BTreeSet<&str> =
        in_section.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('=').map(|(name, _)| name.trim())).collect();
    let doors: BTreeSet<&str> = DOORS.iter().map(|(name, _)| *name).collect();
    let without = names.difference(&doors).map(|name| format!("Cargo.toml: `{name}` has no door"));
    let unused = doors.difference(&names).map(|name| format!("DOORS: `{name}` is no dependency"));
    without.chain(unused).collect()
}

fn long_file(file: &str, text: &str) -> Vec<String> {
    let lines = code_lines(text);
    if lines > MOST_LINES { vec![format!("{file}: {lines} lines of code, at most {MOST_LINES}")] } else { Vec::new() }
}

fn silent_file(file: &str, text: &str) -> Vec<String> {
    let said = text.lines().next().and_then(|line| line.strip_prefix("//! ")).is_some_and(|line| line.contains(' '));
    if said { Vec::new() } else { vec![format!("{file}: does not open with a `//!` sentence")] }
}

/// Modules that lib.rs does not declare or does not describe. `cli` is declared in main.rs.
fn unnamed(lib: &str, modules: &BTreeSet<String>) -> Vec<String> {
    let lines: Vec<&str> = lib.lines().map(str::trim).collect();
    let declared = |name: &str| lines.iter().any(|line| *line == format!("pub mod {name};") || *line == format!("mod {name};"));
    let described = |name: &str| lines.iter().any(|line| line.starts_with("//!") && line.contains(&format!("[`{name}`]: ")));
    let library = modules.iter().filter(|name| *name != "cli");
    library.filter(|name| !declared(name) || !described(name)).map(|name| format!("src/lib.rs: no `{name}` in the map")).collect()
}

/// The module that a file of src belongs to; none for lib.rs and main.rs.
fn module(file: &str) -> Option<&str> {
    let inner = file.strip_prefix("src/")?.trim_end_matches(".rs");
    let first = inner.split('/').next()?;
    (!matches!(first, "lib" | "main")).then_some(first)
}

/// The path of the module that a file is: `["crate", "glossary", "find"]`.
fn inside(file: &str) -> Vec<String> {
    let inner = file.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    let parts = inner.split('/').filter(|part| !matches!(*part, "lib" | "main"));
    std::iter::once("crate").chain(parts).map(str::to_string).collect()
}

fn each_file(rule: impl Fn(&str, &str) -> Vec<String>) -> Vec<String> {
    files().iter().flat_map(|file| rule(file, &read(file))).collect()
}

/// Every file of src, as `src/…` with slashes.
fn files() -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec!["src".to_string()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).expect("src can be read") {
            let entry = entry.expect("src can be read");
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(name);
            } else if name.ends_with(".rs") {
                files.push(name);
            }
        }
    }
    files.sort();
    files
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).expect("the file can be read")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[track_caller]
fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_turned_arrow_is_seen_in_every_spelling() {
    for text in [
        "use crate::pipeline::run;",
        "use crate::{span::Span, pipeline};",
        "use crate::{\n    digest::{self, Digest},\n    backends::{Text, Backend as B},\n};",
        "pub(crate) use crate::memory as m;",
        "fn f() { crate::draft::save() }",
        "fn f(x: &crate::draft::Record) {}",
        "use super::super::draft;",
        "use super::super::{korean, memory::Memory};",
        "mod tests { use super::super::super::memory::Memory; }",
        "use super::{find, super::backends};",
        "use r#crate::memory; use crate::memory;",
        "use translate_digest::span;",
    ] {
        assert_eq!(turned_arrows("src/glossary/find.rs", text).len(), 1, "{text}");
    }
    assert_eq!(turned_arrows("src/glossary/mod.rs", "use super::draft::Record;").len(), 1);
    assert_eq!(turned_arrows("src/span.rs", "use super::korean;").len(), 1);
    assert_eq!(turned_arrows("src/misc/mod.rs", "").len(), 1, "a module without a place");
}

#[test]
fn arrows_to_the_left_and_words_are_no_faults() {
    for text in [
        "use crate::{span::Span, korean::{hangul, particle}, digest};",
        "use super::{load, Term}; use crate::glossary::Glossary;",
        "mod tests { use super::super::load; use super::*; }",
        "// use crate::memory\n/* crate::memory /* nested */ crate::draft */",
        "const X: &str = \"crate::memory\"; const Y: &str = r#\"crate::\"draft\"#; const Z: char = '\"'; // crate::draft",
        "use other::crate_like::memory; fn memory() {} let draft = memory::<u8>();",
        "use crate::Error;",
        "fn f<'a>(x: &'a str) -> char { 'c' }",
    ] {
        assert_none(turned_arrows("src/glossary/find.rs", text));
    }
    assert_none(turned_arrows("src/cli/check.rs", "use translate_digest::pipeline; use crate::cli::settings;"));
    assert_none(turned_arrows("src/main.rs", "use translate_digest::pipeline;"));
}

#[test]
fn a_crate_outside_its_door_is_seen_in_every_spelling() {
    for text in [
        "use clap::Parser;",
        "use clap;",
        "use ::clap::Parser;",
        "#[derive(clap::Parser)] struct A;",
        "fn f(x: Vec<clap::Error>) {}",
        "extern crate clap;",
        "use {std::fs, clap::{Args, Parser}};",
        "pub use clap as c;",
    ] {
        assert_eq!(closed_doors("src/pipeline/mod.rs", text).len(), 1, "{text}");
        assert_none(closed_doors("src/cli/check.rs", text));
    }
    assert_none(closed_doors("src/pipeline/mod.rs", "use crate::backends::clap; let clap = 1; url(); // clap::Parser"));
    assert_none(closed_doors("src/pipeline/mod.rs", "#[cfg(test)]\nmod tests {\n    use clap::Parser;\n}\n"));
    assert_eq!(closed_doors("src/pipeline/mod.rs", "#[cfg(test)]\nmod tests {\n}\nuse clap::Parser;\n").len(), 1);
    let hashes = |file: &str| closed_doors(file, "use sha2::Sha256;").len();
    assert_eq!((hashes("src/glossary/hash.rs"), hashes("src/glossary/find.rs")), (0, 1));
    let toml = |file: &str| closed_doors(file, "use toml::Table;").len();
    assert_eq!((toml("src/draft/record.rs"), toml("src/draft/record_read.rs"), toml("src/draft/mod.rs")), (0, 0, 1));
    let process = |file: &str| closed_doors(file, "use process_wrap::tokio::X;").len();
    assert_eq!((process("src/backends/command/child.rs"), process("src/backends/http.rs")), (0, 1));
}

#[test]
fn a_program_started_elsewhere_is_seen_in_every_spelling() {
    for text in [
        "use std::process::Command;",
        "use std::process::{Command as C, Stdio};",
        "use std::{fs, process};",
        "use std::process as p;",
        "use std::process::{self, Stdio};",
        "use std::process::*;",
        "use tokio::process::Command;",
        "fn f() { std::process::Command::new(x); }",
        "fn f() { process::Command::new(x); }",
    ] {
        assert_eq!(started_elsewhere("src/draft/mod.rs", text).len(), 1, "{text}");
        assert_none(started_elsewhere(GIT, text));
    }
    for text in [
        "use std::process::{ExitCode, Stdio}; fn f() { std::process::id(); } // std::process::Command",
        "use clap::Command; use crate::process::Command; fn f(process: u8) { process }",
        "#[cfg(test)]\nmod tests {\n    use std::process::Command;\n}\n",
    ] {
        assert_none(started_elsewhere("src/draft/mod.rs", text));
    }
    for text in ["f(\"git\")", "f(r\"git\")", "f(\"/usr/bin/git\")", "f(b\"git.exe\")", "f(\"C:\\\\git\")", "f('\"', \"git\")"] {
        assert_eq!(git_elsewhere("src/cli/mod.rs", text).len(), 1, "{text}");
        assert_none(git_elsewhere(GIT, text));
    }
    assert_none(git_elsewhere("src/cli/mod.rs", "// \"git\"\nf(\".git\", \"run `git init`\", \"digit\", git, '\"', \"gitdir\")"));
}

#[test]
fn a_way_around_the_door_to_the_disk_is_seen_in_every_spelling() {
    for text in [
        "use std::fs;",
        "use std::fs::File;",
        "use std::{fs::OpenOptions, io};",
        "use std::os::unix::fs::OpenOptionsExt;",
        "fn f() { std::fs::write(\"x\", \"\") }",
        "fn f(path: &Path) { path.read_dir(); }",
        "fn f(path: &Path) { let real = path\n    .canonicalize(); }",
        "use tokio::fs::File;",
        "use ignore::WalkBuilder;",
    ] {
        assert_eq!(ways_around("src/cli/check.rs", text).len(), 1, "{text}");
        assert_none(ways_around("src/disk/read.rs", text));
    }
    assert_none(ways_around("src/cli/check.rs", "use crate::disk; // std::fs\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n"));
    assert_none(ways_around("src/project/git/find.rs", "fn f() { std::fs::canonicalize(x) }"));
}

#[test]
fn a_dependency_without_a_door_is_seen() {
    assert_none(doorless(&DOORS.iter().fold("[dependencies]\n".to_string(), |text, (name, _)| text + name + " = \"1\"\n")));
    let manifest = "[package]\nname = \"x\"\n[dependencies]\n# a comment = 1\nregex = \"1\"\ntoml = { version = \"1\" }\n\n[dev-dependencies]\nproptest = \"1\"\n";
    let faults = doorless(manifest);
    assert!(faults.contains(&"Cargo.toml: `regex` has no door".to_string()));
    assert!(faults.contains(&"DOORS: `clap` is no dependency".to_string()));
    assert!(!faults.iter().any(|fault| fault.contains("toml` ") || fault.contains("proptest")), "{faults:?}");
}

#[test]
fn a_long_or_silent_file_is_seen() {
    let code = "let a = 1;\n".repeat(MOST_LINES);
    let tests = "\n// a comment\n#[cfg(test)]\nmod tests {\n    fn more() {}\n}\n";
    assert_none(long_file("src/a.rs", &format!("{code}{tests}")));
    assert_eq!(long_file("src/a.rs", &format!("{code}{tests}fn after() {{}}\n")).len(), 1, "code after the tests counts");
    assert_eq!(silent_file("src/a.rs", "use std::fs;\n").len(), 1);
    assert_eq!(silent_file("src/a.rs", "//! draft\n").len(), 1, "one word is no sentence");
    assert_none(silent_file("src/a.rs", "//! A place in a file.\n"));
}

#[test]
fn a_module_missing_in_the_map_is_seen() {
    let modules: BTreeSet<String> = ["span", "cli"].map(str::to_string).into();
    assert_none(unnamed("//! - [`span`]: a place\npub mod span;\n", &modules));
    assert_eq!(unnamed("//! - [`span`]: a place\n", &modules).len(), 1, "not declared");
    assert_eq!(unnamed("pub mod span;\n", &modules).len(), 1, "not described");
}
