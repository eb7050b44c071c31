//! How proposals look: for people, for scripts, and as the command that adds one.

use std::path::Path;

use serde::Serialize;
use translate_digest::draft::files;
use translate_digest::review::learn::{Evidence, Proposal, Sighting};
use translate_digest::text::shell;

use crate::cli::summary::count;

/// Characters of a text that are shown around what was replaced.
const SHOWN: usize = 60;

#[derive(Serialize)]
pub(super) struct ProposalsJson<'p> {
    version: u32,
    glossary: String,
    proposals: Vec<ProposalJson<'p>>,
}

#[derive(Serialize)]
struct ProposalJson<'p> {
    term: &'p str,
    korean: Option<&'p str>,
    keep: bool,
    avoid: Vec<&'p str>,
    known: bool,
    times: usize,
    evidence: Vec<EvidenceJson<'p>>,
    command: Vec<String>,
}

#[derive(Serialize)]
struct EvidenceJson<'p> {
    machine: &'p str,
    approved: &'p str,
    sightings: Vec<SightingJson<'p>>,
}

#[derive(Serialize)]
struct SightingJson<'p> {
    file: &'p str,
    item: Option<usize>,
    english: &'p str,
    machine: &'p str,
    approved: &'p str,
}

/// All proposals for scripts.
pub(super) fn json<'p>(glossary: &Path, proposals: &'p [Proposal]) -> ProposalsJson<'p> {
    let sighting = |sighting: &'p Sighting| SightingJson {
        file: &sighting.file,
        item: sighting.item,
        english: &sighting.english,
        machine: &sighting.machine,
        approved: &sighting.approved,
    };
    let evidence = |evidence: &'p Evidence| EvidenceJson {
        machine: &evidence.machine,
        approved: &evidence.approved,
        sightings: evidence.sightings.iter().map(sighting).collect(),
    };
    let proposal = |proposal: &'p Proposal| ProposalJson {
        term: &proposal.term.english,
        korean: proposal.term.korean.as_ref().map(|korean| korean.text.as_str()),
        keep: proposal.term.keep,
        avoid: forms(proposal),
        known: proposal.is_known,
        times: proposal.times,
        evidence: proposal.evidence.iter().map(evidence).collect(),
        command: words(proposal, glossary),
    };
    ProposalsJson { version: 1, glossary: glossary.display().to_string(), proposals: proposals.iter().map(proposal).collect() }
}

/// One proposal with its evidence, a sample of each replacement; numbered where `number` says so.
pub(super) fn human(proposal: &Proposal, number: Option<usize>) -> String {
    let number = number.map_or_else(String::new, |number| format!("{number}. "));
    let avoid = match forms(proposal)[..] {
        [] => String::new(),
        ref forms => format!(", not {}", forms.join(", ")),
    };
    let what = if proposal.is_known { "known, with forms to avoid" } else { "a new term" };
    let (english, korean) = (&proposal.term.english, proposal.term.preferred());
    let mut text = format!("{number}{english} = {korean}{avoid}: {what}, seen in {}\n", count(proposal.times, "item"));
    for evidence in &proposal.evidence {
        text.push_str(&format!("   {} -> {}  {}\n", evidence.machine, evidence.approved, places(&evidence.sightings)));
        if let Some(sample) = evidence.sightings.first() {
            text.push_str(&format!("     english   {}\n", around(&sample.english, english)));
            text.push_str(&format!("     machine   {}\n", around(&sample.machine, &evidence.machine)));
            text.push_str(&format!("     approved  {}\n", around(&sample.approved, &evidence.approved)));
        }
    }
    text
}

/// The command that adds a proposal, as it is typed.
pub(super) fn command(proposal: &Proposal, glossary: &Path) -> String {
    shell::line(&words(proposal, glossary))
}

fn words(proposal: &Proposal, glossary: &Path) -> Vec<String> {
    let mut words: Vec<String> = ["translate", "glossary", "add", &proposal.term.english].map(str::to_owned).to_vec();
    match &proposal.term.korean {
        Some(korean) if !proposal.term.keep => words.push(korean.text.clone()),
        _ => words.push("--keep".to_owned()),
    }
    words.extend(forms(proposal).into_iter().flat_map(|form| ["--avoid".to_owned(), form.to_owned()]));
    if !files::same_file(&super::super::path(None), glossary) {
        words.extend(["--file".to_owned(), glossary.display().to_string()]);
    }
    words
}

fn forms(proposal: &Proposal) -> Vec<&str> {
    proposal.term.avoid.iter().map(|form| form.text.as_str()).collect()
}

/// `a.md: items 2, 5; b.md: item 1`.
fn places(sightings: &[Sighting]) -> String {
    let mut files: Vec<(&str, Vec<Option<usize>>)> = Vec::new();
    for sighting in sightings {
        match files.iter_mut().find(|(file, _)| *file == sighting.file) {
            Some((_, items)) => items.push(sighting.item),
            None => files.push((&sighting.file, vec![sighting.item])),
        }
    }
    let of_file = |(file, items): (&str, Vec<Option<usize>>)| {
        let mut numbers: Vec<String> = items.iter().flatten().map(usize::to_string).collect();
        let word = if numbers.len() == 1 { "item " } else { "items " };
        if let Some(first) = numbers.first_mut() {
            first.insert_str(0, word);
        }
        numbers.extend(items.contains(&None).then(|| "outside items".to_owned()));
        format!("{file}: {}", numbers.join(", "))
    };
    files.into_iter().map(of_file).collect::<Vec<_>>().join("; ")
}

/// A text on one line, cut to what stands around `phrase`.
fn around(text: &str, phrase: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = text.chars().count();
    if length <= SHOWN {
        return text;
    }
    let at = text.to_lowercase().find(&phrase.to_lowercase()).and_then(|at| text.get(..at)).map_or(0, |head| head.chars().count());
    let start = at.saturating_sub(SHOWN / 3).min(length - SHOWN);
    let shown: String = text.chars().skip(start).take(SHOWN).collect();
    format!("{}{}{}", if start > 0 { "…" } else { "" }, shown.trim(), if start + SHOWN < length { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_around_the_phrase() {
        let text = format!("{} 과적합을 {}", "가나 ".repeat(40).trim(), "다라 ".repeat(40).trim());
        let shown = around(&text, "과적합");
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("과적합을"), "{shown}");
        assert!(shown.chars().count() <= SHOWN + 2);
        assert_eq!(around("짧은  글", "x"), "짧은 글");
    }
}
