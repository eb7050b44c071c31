//! `--all`: what only a look at every digest of a repository tells: dead terms, and waivers in the settings that waive nothing.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use translate_digest::checks::{Chosen, DEAD_TERM, Finding, Findings, STALE_WAIVER, Severity, Sightings, dead_terms};
use translate_digest::digest::{Digest, Format, hash};
use translate_digest::draft::files;
use translate_digest::pipeline::check::{Checked, Files};
use translate_digest::reports::{Report, Totals};

use super::super::error::CliError;
use super::Project;
use super::sink::Piece;

/// What was seen of each repository, by its root.
#[derive(Default)]
pub(super) struct Whole {
    seen: BTreeMap<PathBuf, Seen>,
}

#[derive(Default)]
struct Seen {
    sightings: Sightings,
    /// Numbers of the waivers that let something pass.
    ruled: HashSet<usize>,
}

impl Whole {
    /// Adds what a checked digest tells.
    pub(super) fn add(&mut self, root: &Path, piece: &mut Piece) {
        let Some(sightings) = piece.sightings.take() else { return };
        let seen = self.seen.entry(root.to_owned()).or_default();
        seen.sightings.add(sightings);
        seen.ruled.extend(piece.ruled.iter().filter(|(_, used)| *used).map(|(number, _)| *number));
    }

    /// Adds an English digest that nobody has translated yet.
    pub(super) fn add_english(&mut self, digest: &Path, root: &Path, project: &Project) -> Result<(), CliError> {
        let text = files::read_merged(digest)?;
        let sightings = Sightings::of_english(&project.glossary, &Digest::outline(&text, Format::of(digest), None));
        self.seen.entry(root.to_owned()).or_default().sightings.add(sightings);
        Ok(())
    }

    /// The findings in the glossary and the settings of `project`, each file as a piece of its own.
    pub(super) fn pieces(&self, root: &Path, project: &Project, report: &dyn Report) -> Result<Vec<(Files, Piece)>, CliError> {
        let Some(seen) = self.seen.get(root) else { return Ok(Vec::new()) };
        let severity = |name: &str| severity_of(&project.checks, name);
        let dead = severity(DEAD_TERM).map(|severity| (dead_terms(&project.glossary, &seen.sightings), severity));
        let idle = severity(STALE_WAIVER).map(|severity| (idle_waivers(project, &seen.ruled), severity));
        let mut pieces = Vec::new();
        for (name, found) in [("glossary.toml", dead), ("translate.toml", idle)] {
            let Some((mut findings, severity)) = found.filter(|(findings, _)| !findings.is_empty()) else { continue };
            findings.iter_mut().for_each(|finding| finding.severity = severity);
            let files = Files { korean: named(root, name), english: None };
            let text = files::read(&files.korean)?;
            let found = Findings { findings, ..Findings::default() };
            let checked = Checked { files: &files, korean: &text, english: None, items: 0, found, sightings: None };
            // It is no digest, and is not counted as one.
            let totals = Totals { files: 0, ..Totals::of(&checked) };
            let text = report.file(&checked);
            let piece = Piece { text, totals, broken: Vec::new(), mended: None, sightings: None, ruled: Vec::new() };
            pieces.push((files, piece));
        }
        Ok(pieces)
    }
}

/// A file of the root, as the user would name it.
fn named(root: &Path, name: &str) -> PathBuf {
    if root == Path::new(".") { name.into() } else { root.join(name) }
}

fn severity_of(checks: &[Chosen], name: &str) -> Option<Severity> {
    checks.iter().find(|chosen| chosen.check.about().name == name).map(|chosen| chosen.severity)
}

/// The waivers of the settings that waive nothing, as findings in translate.toml.
fn idle_waivers(project: &Project, ruled: &HashSet<usize>) -> Vec<Finding> {
    let is_run = |check: &str| severity_of(&project.checks, check).is_some();
    let idle = project.waivers.iter().enumerate().filter(|(number, waiver)| !ruled.contains(number) && is_run(&waiver.check));
    idle.map(|(_, waiver)| Finding {
        help: Some("take the waiver out".to_owned()),
        fingerprint: hash(&format!("{STALE_WAIVER}\n{}\n{}", waiver.check, waiver.path)),
        ..Finding::new(
            STALE_WAIVER,
            Severity::Warning,
            waiver.span.clone(),
            format!("in no file that `{}` means is there a {} to waive", waiver.path, waiver.check),
        )
    })
    .collect()
}
