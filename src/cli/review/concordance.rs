//! `c`: where else a term of the row stands, in this digest and in those beside it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use translate_digest::digest::{Digest, Format, hash};
use translate_digest::disk;
use translate_digest::draft::files::{self, Names};
use translate_digest::draft::record::{Entry, Record};
use translate_digest::glossary::Glossary;

/// Most places that are shown.
const MOST: usize = 200;

/// The English and the Korean of every segment beside `draft` that holds the term, this digest's first.
pub(super) fn lines(draft: &Path, glossary: &Glossary, term: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for digest in digests(draft) {
        // A digest that cannot be read has nothing to show.
        let Ok(text) = files::read_merged(&digest) else { continue };
        let Ok(Some(record)) = Record::load(&Names::of(&digest).record) else { continue };
        let entries: HashMap<&str, &Entry> = record.segments.iter().map(|entry| (entry.english_hash.as_str(), entry)).collect();
        let parsed = Digest::parse(&text, Format::of(&digest), None);
        let name = digest.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for segment in &parsed.segments {
            let marked = parsed.marked(segment);
            if !Glossary::hints(&glossary.terms_in(&marked.text)).iter().any(|(english, ..)| english == term) {
                continue;
            }
            let Some(entry) = entries.get(hash(&marked.text).as_str()) else { continue };
            let known = [&entry.approved, &entry.edited, &entry.machine];
            let Some(korean) = known.into_iter().flatten().find(|text| !text.is_empty()) else { continue };
            let item = segment.item.map_or_else(String::new, |item| format!(" {}", item + 1));
            lines.push(format!("{name}{item} ({}): {}", entry.state.name(), parsed.reading(segment)));
            lines.push(format!("    {korean}"));
            if lines.len() >= MOST * 2 {
                lines.push(format!("… only the first {MOST} are shown"));
                return lines;
            }
        }
    }
    lines
}

/// The digests of a folder that have a record, `draft` first, then the newest names.
fn digests(draft: &Path) -> Vec<PathBuf> {
    let folder = draft.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let list = disk::list(folder).unwrap_or_default().into_iter().map(|entry| folder.join(entry.name));
    let is_digest = |path: &PathBuf| disk::exists(path) && !files::is_korean_name(path) && path.extension().is_some_and(|e| e != "toml");
    let mut digests: Vec<PathBuf> = list.filter(is_digest).filter(|path| path.file_name() != draft.file_name()).collect();
    digests.sort();
    digests.push(draft.to_owned());
    digests.reverse();
    digests
}
