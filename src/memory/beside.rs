//! The memory of a run over many drafts: what the records beside each draft remember. Each record is read once, and again when the run
//! has written it.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::Memory;
use crate::disk;
use crate::draft::record::Record;

/// Reads a record; none where it holds nothing to offer.
type Load = dyn Fn(&Path) -> Option<Record>;

/// See the module.
pub struct Beside {
    folders: RefCell<HashMap<PathBuf, Folder>>,
    load: Box<Load>,
}

/// The records of one folder.
#[derive(Default)]
struct Folder {
    memory: Memory,
    /// Records that were written since they were read.
    written: BTreeSet<OsString>,
    /// The record of the draft at hand, and what was offered to it.
    own: OsString,
    offers: HashMap<String, Rc<[String]>>,
}

impl Default for Beside {
    fn default() -> Self {
        // A record that cannot be read has nothing to offer.
        Self::with(|path| Record::load(path).ok().flatten())
    }
}

impl Beside {
    fn with(load: impl Fn(&Path) -> Option<Record> + 'static) -> Self {
        Self { folders: RefCell::default(), load: Box::new(load) }
    }

    /// The Korean that the records beside `own` know for the English text with this hash, the best first: see [`Memory::offer`].
    pub fn offer(&self, own: &Path, english_hash: &str) -> Rc<[String]> {
        let (folder, own) = parted(own);
        let mut folders = self.folders.borrow_mut();
        let known = folders.entry(folder.to_owned()).or_insert_with(|| self.read(folder));
        for name in std::mem::take(&mut known.written) {
            known.memory.tell(&name, (self.load)(&folder.join(&name)).as_ref());
            known.offers.clear();
        }
        if known.own != own {
            own.clone_into(&mut known.own);
            known.offers.clear();
        }
        let Folder { memory, offers, .. } = known;
        let offered = offers.entry(english_hash.to_owned()).or_insert_with(|| memory.offer(english_hash, own).into());
        Rc::clone(offered)
    }

    /// Notes that the run has written this record.
    pub fn written(&self, record: &Path) {
        let (folder, name) = parted(record);
        if let Some(known) = self.folders.borrow_mut().get_mut(folder) {
            known.written.insert(name.to_owned());
        }
    }

    fn read(&self, folder: &Path) -> Folder {
        let mut known = Folder::default();
        for entry in disk::list(folder).unwrap_or_default() {
            let name = entry.name;
            if name.to_string_lossy().ends_with(".record.toml") {
                known.memory.tell(&name, (self.load)(&folder.join(&name)).as_ref());
            }
        }
        known
    }
}

/// The folder of a record and its name there.
fn parted(record: &Path) -> (&Path, &OsStr) {
    let folder = record.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (folder, record.file_name().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::draft::record::{Entry, State};

    fn record(korean: &str) -> Record {
        let entry = Entry { english_hash: "h".to_owned(), state: State::Machine, machine: Some(korean.to_owned()), ..Entry::default() };
        Record { version: 1, segments: vec![entry], ..Record::default() }
    }

    #[test]
    fn each_record_is_read_once_and_again_when_it_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |draft: usize| folder.path().join(format!("{draft:02}.record.toml"));
        for draft in 0..20 {
            record(&format!("글 {draft}")).save(&path(draft)).expect("saved");
        }
        let reads = Rc::new(Cell::new(0));
        let counted = Rc::clone(&reads);
        let beside = Beside::with(move |path| {
            counted.set(counted.get() + 1);
            Record::load(path).ok().flatten()
        });
        for draft in 0..20 {
            let offered = beside.offer(&path(draft), "h");
            assert_eq!(offered.len(), 19, "all but its own");
            assert_eq!(beside.offer(&path(draft), "h"), offered);
            record(&format!("새 글 {draft}")).save(&path(draft)).expect("saved");
            beside.written(&path(draft));
            let expected = format!("새 글 {draft}");
            assert!(beside.offer(Path::new("other.record.toml"), "h").is_empty(), "another folder");
            assert!(beside.offer(&folder.path().join("z.record.toml"), "h").contains(&expected), "what was written is offered");
        }
        assert_eq!(reads.get(), 40);
    }
}
