//! The gravest findings of all files where there is no room for all of them: the same ones whichever thread comes first.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::checks::Severity;

/// Where a finding stands among all: its file, and which it is of those in the file.
type Order = (PathBuf, usize);

/// As many findings of each severity as there is room for, the first ones by file and place.
#[derive(Debug)]
pub(super) struct Gravest {
    room: usize,
    kept: Mutex<BTreeMap<Severity, BTreeMap<Order, String>>>,
}

impl Gravest {
    /// With room for so many of each severity.
    pub(super) fn new(room: usize) -> Self {
        Self { room, kept: Mutex::default() }
    }

    /// Keeps a finding, `text` for short, if it is one of the first.
    pub(super) fn add(&self, severity: Severity, file: &Path, index: usize, text: impl FnOnce() -> String) {
        let mut kept = self.kept();
        let kept = kept.entry(severity).or_default();
        let order = (file.to_owned(), index);
        if kept.len() < self.room || kept.last_key_value().is_some_and(|(last, _)| order < *last) {
            kept.insert(order, text());
        }
        if kept.len() > self.room {
            kept.pop_last();
        }
    }

    /// The texts, the gravest first.
    pub(super) fn texts(&self) -> Vec<String> {
        self.kept().values().rev().flat_map(|kept| kept.values().cloned()).collect()
    }

    /// A thread that broke off has left whole texts behind.
    fn kept(&self) -> MutexGuard<'_, BTreeMap<Severity, BTreeMap<Order, String>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_kept_in_whatever_order_they_come() {
        let all = [(Severity::Hint, "a", 0), (Severity::Error, "b", 1), (Severity::Error, "a", 2), (Severity::Error, "b", 0)];
        for turn in 0..all.len() {
            let gravest = Gravest::new(2);
            for (severity, file, index) in all.iter().cycle().skip(turn).take(all.len()) {
                gravest.add(*severity, Path::new(file), *index, || format!("{file}{index}"));
            }
            assert_eq!(gravest.texts(), ["a2", "b0", "a0"]);
        }
    }
}
