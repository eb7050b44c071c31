//! How far digests are, for scripts: the JSON contract of `translate status`, version 1.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Progress, total};
use crate::reports::escape;
use crate::review::progress::{Counts, DigestProgress, ItemProgress, ItemState};

/// One JSON value on one line. Distances are rounded to four decimals.
#[derive(Clone, Copy, Debug)]
pub struct Json;

#[derive(Serialize)]
struct ProgressJson<'p> {
    version: u32,
    digests: Vec<DigestJson<'p>>,
    total: CountsJson<'p>,
}

#[derive(Serialize)]
struct DigestJson<'p> {
    file: &'p str,
    korean_file: Option<&'p str>,
    #[serde(flatten)]
    counts: CountsJson<'p>,
    rows: Vec<RowJson<'p>>,
}

#[derive(Serialize)]
struct CountsJson<'p> {
    items: usize,
    untranslated: usize,
    machine: usize,
    edited: usize,
    approved: usize,
    stale: usize,
    deleted: usize,
    added: usize,
    outside: OutsideJson,
    undecided: usize,
    findings: FindingsJson,
    reviewers: &'p BTreeMap<String, usize>,
    backends: BTreeMap<&'p str, QualityJson>,
}

#[derive(Serialize)]
struct OutsideJson {
    texts: usize,
    approved: usize,
}

#[derive(Serialize)]
struct FindingsJson {
    error: usize,
    warning: usize,
    hint: usize,
}

#[derive(Serialize)]
struct QualityJson {
    items: usize,
    changed: usize,
    distance: f64,
}

#[derive(Serialize)]
struct RowJson<'p> {
    item: Option<usize>,
    state: &'static str,
    reviewer: Option<&'p str>,
    backend: Option<&'p str>,
    distance: Option<f64>,
}

impl Progress for Json {
    fn text(&self, digests: &[DigestProgress]) -> String {
        let all = total(digests);
        let progress = ProgressJson { version: 1, digests: digests.iter().map(digest).collect(), total: counts(&all) };
        // Numbers and texts: nothing in it can fail to be written.
        format!("{}\n", escape::json(serde_json::to_string(&progress).unwrap_or_default()))
    }
}

fn digest(progress: &DigestProgress) -> DigestJson<'_> {
    DigestJson {
        file: &progress.file,
        korean_file: progress.korean_file.as_deref(),
        counts: counts(&progress.counts),
        rows: progress.items.iter().map(row).collect(),
    }
}

fn counts(counts: &Counts) -> CountsJson<'_> {
    let quality = |quality: &crate::review::progress::Quality| QualityJson {
        items: quality.items,
        changed: quality.changed,
        distance: rounded(quality.mean()),
    };
    CountsJson {
        items: counts.items,
        untranslated: counts.of(ItemState::Untranslated),
        machine: counts.of(ItemState::Machine),
        edited: counts.of(ItemState::Edited),
        approved: counts.of(ItemState::Approved),
        stale: counts.of(ItemState::Stale),
        deleted: counts.of(ItemState::Deleted),
        added: counts.of(ItemState::Added),
        outside: OutsideJson { texts: counts.outside.0, approved: counts.outside.1 },
        undecided: counts.undecided,
        findings: FindingsJson { error: counts.findings.errors, warning: counts.findings.warnings, hint: counts.findings.hints },
        reviewers: &counts.reviewers,
        backends: counts.backends.iter().map(|(name, own)| (name.as_str(), quality(own))).collect(),
    }
}

fn row(item: &ItemProgress) -> RowJson<'_> {
    RowJson {
        item: item.item,
        state: item.state.name(),
        reviewer: item.reviewer.as_deref(),
        backend: item.backend.as_deref(),
        distance: item.distance.map(rounded),
    }
}

fn rounded(distance: f64) -> f64 {
    (distance * 10_000.0).round() / 10_000.0
}
