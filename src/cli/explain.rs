//! `translate explain`: what a check means, with an example, and how to mend what it finds.

use std::io::Write;

use clap::Args;
use translate_digest::checks::{self, About};

use super::error::{CliError, Status};
use super::settings::did_you_mean;

/// Explains a check.
#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    /// The check, as findings name it; without one, all are listed
    #[arg(value_name = "CHECK")]
    check: Option<String>,
}

/// Prints the explanation, or the list.
pub(crate) fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<Status, CliError> {
    let text = match &args.check {
        Some(name) => explained(known(name)?.about()),
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
    let line = |about: &About| format!("{:widest$}  {:<7}  {}\n", about.name, about.severity.name(), about.summary);
    abouts().map(line).collect()
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
    text.trim_end().lines().collect::<Vec<_>>().join("\n          ")
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { String::new() } else { format!("  {line}") }).collect::<Vec<_>>().join("\n")
}
