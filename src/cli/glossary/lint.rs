//! `translate glossary lint`: what to look at in a glossary, as a compiler would say it.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;
use translate_digest::glossary::{Glossary, Lint};
use translate_digest::reports::snippet::{Level, Mark, Snippet};
use translate_digest::span::{Lines, Place, Span};

use crate::cli::error::{CliError, Status};
use crate::cli::summary::count;
use crate::cli::talk::wants_colour;
use crate::cli::{Talk, print_json, write_raw};

/// Reports what a glossary's authors cannot have meant.
#[derive(Args, Debug)]
pub(crate) struct LintArgs {
    /// The glossary; without it the nearest glossary.toml from here upward
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// How to print the lints
    #[arg(long, value_enum, default_value_t = LintFormat::Human)]
    format: LintFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LintFormat {
    Human,
    Json,
}

#[derive(Serialize)]
struct LintsJson<'a> {
    version: u32,
    file: String,
    lints: Vec<LintJson<'a>>,
}

#[derive(Serialize)]
struct LintJson<'a> {
    lint: &'a str,
    severity: &'static str,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    message: &'a str,
    help: &'a str,
}

/// Prints every lint; each is a warning, and all of them leave work to do.
pub(crate) fn run(args: &LintArgs, out: &mut dyn Write, talk: &Talk) -> Result<Status, CliError> {
    let path = super::path(args.file.as_deref());
    let name = path.display().to_string();
    let text = super::read(&path)?;
    let glossary = Glossary::load(&name, &text)?;
    let lints = glossary.lint();
    match args.format {
        LintFormat::Human => {
            let (lines, colour) = (Lines::new(&text), wants_colour(io::stdout().is_terminal()));
            for lint in &lints {
                write_raw(out, &format!("{}\n", shown(lint, &name, &lines, colour)))?;
            }
            talk.say(&format!("{name}: {}, {}", count(glossary.terms().len(), "term"), count(lints.len(), "warning")));
        }
        LintFormat::Json => print_json(out, &json(&lints, name, &text))?,
    }
    Ok(if lints.is_empty() { Status::Done } else { Status::Left })
}

/// What is printed of a lint.
fn shown(lint: &Lint, path: &str, lines: &Lines, colour: bool) -> String {
    let mark = |span: &Span, label| Mark { span: span.clone(), label };
    let snippet = Snippet {
        level: Level::Warning,
        id: lint.name,
        message: &lint.message,
        path,
        source: lines.text(),
        primary: mark(&lint.span, None),
        secondary: lint.related.iter().map(|(span, label)| mark(span, Some(*label))).collect(),
        help: Some(&lint.help),
        notes: Vec::new(),
        others: Vec::new(),
    };
    snippet.render_in(lines, colour)
}

fn json<'a>(lints: &'a [Lint], file: String, text: &str) -> LintsJson<'a> {
    let lines = Lines::new(text);
    let lints = lints.iter().map(|lint| {
        let Place { line, column } = lines.place(lint.span.start);
        let (start, end) = (lint.span.start, lint.span.end);
        LintJson { lint: lint.name, severity: "warning", start, end, line, column, message: &lint.message, help: &lint.help }
    });
    LintsJson { version: 1, file, lints: lints.collect() }
}
