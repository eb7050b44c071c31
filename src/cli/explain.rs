//! `translate explain`: what a check means, with an example, and how to mend what it finds.

use std::io::Write;

use clap::Args;
use translate_digest::checks::{self, About};
use translate_digest::reports::escape::visible;

use super::error::{CliError, Status};
use super::settings::did_you_mean;

/// Explains a check.
#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    /// The check, as findings name it; without one, all are listed
    #[arg(value_name = "CHECK")]
    check: Option<String>,
    /// Explain every check, as Markdown
    #[arg(long, conflicts_with = "check")]
    all: bool,
}

/// Prints the explanation, or the list.
pub(crate) fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<Status, CliError> {
    let text = match &args.check {
        Some(name) => explained(known(name)?.about()),
        None if args.all => document(),
        None => listed(),
    };
    super::print(out, &text)?;
    Ok(Status::Done)
}

/// The check with this name.
pub(crate) fn known(name: &str) -> Result<&'static dyn checks::Check, CliError> {
    checks::named(name).ok_or_else(|| {
        let guess = did_you_mean(name, &checks::names());
        CliError::usage(format!("there is no check `{name}`{guess}")).hint("`translate explain` lists them")
    })
}

fn listed() -> String {
    let abouts = || checks::ALL.iter().map(|check| check.about());
    let widest = abouts().map(|about| about.name.len()).max().unwrap_or(0);
    let line = |about: &About| {
        let severity = if about.on { about.severity.name() } else { "off" };
        format!("{:widest$}  {severity:<7}  {}\n", about.name, about.summary)
    };
    abouts().map(line).collect()
}

/// All explanations as one Markdown text, group by group.
fn document() -> String {
    let mut out = DOCUMENT.to_owned();
    let mut group = None;
    for about in checks::ALL.iter().map(|check| check.about()) {
        if group.replace(about.group) != Some(about.group) {
            out.push_str(&format!("\n## {}\n", about.group.name()));
        }
        out.push_str(&section(about));
    }
    out
}

const DOCUMENT: &str = "# Checks

What `translate check` looks for. An error must be mended, a warning should be looked at, a hint may be bettered. `translate.toml` sets
severities under `[checks]`: `error`, `warning`, `hint` or `off`. This page is the output of `translate explain --all`.
";

fn section(about: &About) -> String {
    let About { name, severity, summary, meaning, example, mend, waive, .. } = about;
    let off = if about.on { "" } else { ", off unless the settings turn it on" };
    let mut out = format!("\n### {name}\n\n**{}{off}:** {summary}.\n\n{meaning}\n", severity.name());
    let sides = [
        ("Glossary", "toml", example.glossary),
        ("English", "markdown", example.english),
        ("Wrong", "markdown", example.wrong),
        ("Right", "markdown", example.right),
    ];
    for (side, language, text) in sides.into_iter().filter(|(_, _, text)| !text.is_empty()) {
        // A fence in the example must not end that around it.
        let fence = if text.contains("```") { "~~~~" } else { "```" };
        out.push_str(&format!("\n{side}:\n\n{fence}{language}\n{}\n{fence}\n", visible(text.trim_end())));
    }
    out.push_str(&format!("\n**Mending it.** {mend}\n\n**Where it is right all the same.** {waive}\n"));
    out
}

fn explained(about: &About) -> String {
    let About { name, severity, summary, meaning, example, mend, waive, .. } = about;
    let severity = severity.name();
    let off = if about.on { "" } else { ", off unless the settings turn it on" };
    let sides = [("glossary", example.glossary), ("English", example.english), ("wrong", example.wrong), ("right", example.right)];
    let shown = sides.iter().filter(|(_, text)| !text.is_empty()).map(|(side, text)| format!("{side:<8}  {}", beside(text)));
    let example = shown.collect::<Vec<_>>().join("\n");
    format!(
        "{name} ({severity}{off}): {summary}\n\n{meaning}\n\nExample\n{}\n\nMending it\n{}\n\nWhere it is right all the same\n{}\n",
        indented(&example),
        indented(mend),
        indented(waive)
    )
}

/// Lines under the first one, which stands behind a name.
fn beside(text: &str) -> String {
    visible(text.trim_end()).lines().collect::<Vec<_>>().join("\n          ")
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { String::new() } else { format!("  {line}") }).collect::<Vec<_>>().join("\n")
}
