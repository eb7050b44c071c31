//! Decisions on disk: what lands in the record and in the Korean draft, what is never lost, what is taken back.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use translate_digest::draft::record::{Record, State};
use translate_digest::glossary::Glossary;
use translate_digest::review::desk::{Decision, Desk, DeskError, Hand};
use translate_digest::review::edition::Paths;
use translate_digest::review::{RowState, Stale, Standing};

const ENGLISH: &str = "# News\n\n- [Saddle points](https://a.b/1) – Escaping saddle points is hard.\n- [Overfitting](https://a.b/2) – Networks overfit.\n- [Nothing new](https://a.b/3) – It is as it was.\n";
const MACHINE: &str = "# 소식\n\n- [안장점](https://a.b/1) – 안장점 벗어나기는 어렵습니다.\n- [과대적합](https://a.b/2) – 네트워크는 과대적합합니다.\n- [새것 없음](https://a.b/3) – 그대로입니다.\n";

/// A digest whose Korean is the machine's, with the record of it.
struct Sample {
    folder: TempDir,
    glossary: Glossary,
}

impl Sample {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("x.md"), ENGLISH).expect("written");
        let sample = Self { folder, glossary: Glossary::empty() };
        sample.record_machine(MACHINE);
        sample.edit(MACHINE);
        sample
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn edit(&self, korean: &str) {
        fs::write(self.path("x.ko.md"), korean).expect("written");
    }

    fn record_machine(&self, korean: &str) {
        use translate_digest::digest::{Digest, Format, hash};
        let (english, korean) = (Digest::parse(ENGLISH, Format::Markdown, None), Digest::parse(korean, Format::Markdown, None));
        let mut record = Record::new(Path::new("x.md"));
        for (e, k) in english.segments.iter().zip(&korean.segments) {
            record.segments.push(translate_digest::draft::record::Entry {
                english_hash: hash(&english.marked(e).text),
                part: if e.item.is_some() { "item" } else { "outside" }.to_owned(),
                kind: e.kind.name().to_owned(),
                state: State::Machine,
                machine: Some(korean.bytes(k).to_owned()),
                backend: Some("mt".to_owned()),
                ..Default::default()
            });
        }
        record.save(&self.path("x.record.toml")).expect("saved");
    }

    fn desk(&self) -> Desk<'_> {
        let paths = Paths { root: self.folder.path().to_owned(), ..Paths::of(&self.path("x.md"), None) };
        Desk::open(paths, &self.glossary, Some("김")).expect("a desk")
    }

    fn korean(&self) -> String {
        fs::read_to_string(self.path("x.ko.md")).expect("read")
    }

    fn record(&self) -> Record {
        Record::load(&self.path("x.record.toml")).expect("read").expect("a record")
    }
}

fn hand() -> Hand {
    Hand { reviewer: Some("김".to_owned()), time: "2026-01-02T03:04:05Z".to_owned() }
}

fn item(desk: &Desk<'_>, number: usize) -> usize {
    desk.edition.cases.iter().position(|case| case.row.item == Some(number)).expect("the item")
}

fn added(desk: &Desk<'_>) -> usize {
    desk.edition.cases.iter().position(|case| case.row.state == RowState::Added).expect("an added item")
}

const EDITED: &str = "# 소식\n\n- [안장점](https://a.b/1) – 안장점 벗어나기는 어렵습니다.\n- [과적합](https://a.b/2) – 신경망은 과적합된다.\n- [새것 없음](https://a.b/3) – 그대로입니다.\n";

#[test]
fn an_accepted_edit_is_approved_and_the_machine_text_is_not_offered_again() {
    let sample = Sample::new();
    sample.edit(EDITED);
    let mut desk = sample.desk();
    let index = item(&desk, 2);
    assert_eq!(desk.edition.cases[index].row.state, RowState::Changed);
    assert_eq!(desk.edition.cases[index].row.machine, "과대적합\n네트워크는 과대적합합니다.");
    desk.decide(index, Decision::Edited, &hand()).expect("accepted");
    assert_eq!(desk.edition.cases[index].standing, Standing::Approved);
    assert_eq!(sample.korean(), EDITED);
    let entry = &sample.record().segments[4];
    assert_eq!((entry.state, entry.approved.as_deref()), (State::Approved, Some("신경망은 과적합된다.")));
    assert_eq!((entry.reviewer.as_deref(), entry.time.as_deref()), (Some("김"), Some("2026-01-02T03:04:05Z")));
    assert_eq!(entry.rejected, ["네트워크는 과대적합합니다."]);
    assert_eq!(entry.machine.as_deref(), Some("네트워크는 과대적합합니다."), "what the machine wrote stays known");
}

#[test]
fn keeping_the_machine_keeps_what_the_editor_wrote_in_the_record() {
    let sample = Sample::new();
    sample.edit(EDITED);
    let mut desk = sample.desk();
    let index = item(&desk, 2);
    desk.decide(index, Decision::Machine, &hand()).expect("kept");
    assert_eq!(sample.korean(), MACHINE);
    let entry = sample.record().segments[4].clone();
    assert_eq!((entry.state, entry.approved.as_deref()), (State::Approved, Some("네트워크는 과대적합합니다.")));
    assert_eq!(entry.edited.as_deref(), Some("신경망은 과적합된다."));
    assert!(entry.rejected.is_empty());
    drop(desk);
    // In a later run.
    let mut desk = sample.desk();
    assert_eq!(desk.edition.cases[index].standing, Standing::Approved);
    let (_, label) = desk.undo().expect("undone").expect("a step");
    assert_eq!(label, "kept the machine's item 2");
    assert_eq!(sample.korean(), EDITED);
    assert_eq!(desk.edition.cases[index].standing, Standing::Undecided);
    assert_eq!(desk.undo().expect("undone"), None);
}

#[test]
fn a_step_is_taken_back_although_another_item_was_edited_since() {
    let sample = Sample::new();
    sample.edit(EDITED);
    let mut desk = sample.desk();
    desk.decide(item(&desk, 2), Decision::Machine, &hand()).expect("kept");
    sample.edit(&sample.korean().replace("그대로입니다.", "그대로다."));
    desk.undo().expect("undone").expect("a step");
    assert_eq!(sample.korean(), EDITED.replace("그대로입니다.", "그대로다."));
}

/// The files of the journal.
fn steps(sample: &Sample) -> Vec<PathBuf> {
    let folders = fs::read_dir(sample.path(".translate/review")).expect("a journal").flatten();
    let mut files: Vec<PathBuf> =
        folders.flat_map(|folder| fs::read_dir(folder.path()).expect("a folder").flatten().map(|file| file.path())).collect();
    files.sort();
    files
}

#[test]
fn a_step_that_was_broken_off_is_taken_back_by_the_next_run() {
    let sample = Sample::new();
    sample.edit(EDITED);
    let before = sample.record();
    let mut desk = sample.desk();
    let index = item(&desk, 2);
    desk.decide(index, Decision::Machine, &hand()).expect("kept");
    let (korean, record) = (sample.korean(), fs::read(sample.path("x.record.toml")).expect("read"));
    drop(desk);
    let step = steps(&sample).pop().expect("a step");
    // Whatever of it had reached the disk.
    for (korean, record) in [(EDITED, None), (korean.as_str(), None), (korean.as_str(), Some(&record))] {
        sample.edit(korean);
        match record {
            Some(record) => fs::write(sample.path("x.record.toml"), record).expect("written"),
            None => _ = before.save(&sample.path("x.record.toml")).expect("saved"),
        }
        fs::copy(&step, step.with_file_name("open")).expect("copied");
        let _ = fs::remove_file(&step);
        let mut desk = sample.desk();
        assert_eq!((sample.korean().as_str(), steps(&sample)), (EDITED, Vec::new()));
        assert_eq!(desk.edition.cases[item(&desk, 2)].standing, Standing::Undecided);
        assert_eq!(desk.undo().expect("nothing to undo"), None);
        // The same step again, for the next round.
        let index = item(&desk, 2);
        desk.decide(index, Decision::Machine, &hand()).expect("kept");
    }
}

#[test]
fn undo_takes_back_what_was_broken_off_and_no_more() {
    let sample = Sample::new();
    sample.edit(EDITED);
    let mut desk = sample.desk();
    let first = item(&desk, 1);
    desk.decide(first, Decision::Edited, &hand()).expect("accepted");
    let second = item(&desk, 2);
    desk.decide(second, Decision::Machine, &hand()).expect("kept");
    // As an undo leaves it that a full disk broke off.
    let step = steps(&sample).pop().expect("a step");
    fs::rename(&step, step.with_file_name("open")).expect("renamed");
    assert_eq!(desk.undo().expect("undone").expect("a step").1, "kept the machine's item 2");
    assert_eq!(sample.korean(), EDITED);
    assert_eq!(desk.edition.cases[item(&desk, 1)].standing, Standing::Approved, "the step before it stays");
}

#[test]
fn a_step_that_something_was_written_over_is_not_taken_back() {
    let sample = Sample::new();
    sample.edit(EDITED);
    let mut desk = sample.desk();
    desk.decide(item(&desk, 2), Decision::Machine, &hand()).expect("kept");
    let rewritten = sample.korean().replace("네트워크는 과대적합합니다.", "다른 말이다.");
    sample.edit(&rewritten);
    assert!(matches!(desk.undo(), Err(DeskError::Impossible(_))));
    assert_eq!(sample.korean(), rewritten);
}

#[test]
fn what_an_editor_saved_since_is_read_before_anything_is_decided() {
    let sample = Sample::new();
    sample.edit(EDITED);
    let mut desk = sample.desk();
    let later = EDITED.replace("신경망은", "신경망이");
    sample.edit(&later);
    assert!(matches!(desk.decide(item(&desk, 2), Decision::Machine, &hand()), Err(DeskError::Changed(_))));
    assert_eq!(sample.korean(), later);
    assert!(desk.edition.cases[item(&desk, 2)].row.edited.contains("신경망이"));
}

#[test]
fn an_item_that_was_taken_out_is_accepted_as_such_or_put_back() {
    let sample = Sample::new();
    let without = MACHINE.replace("- [과대적합](https://a.b/2) – 네트워크는 과대적합합니다.\n", "");
    sample.edit(&without);
    let mut desk = sample.desk();
    let index = item(&desk, 2);
    assert_eq!(desk.edition.cases[index].row.state, RowState::Deleted);
    desk.decide(index, Decision::Edited, &hand()).expect("accepted");
    assert_eq!(desk.edition.cases[index].standing, Standing::Approved);
    assert_eq!(sample.record().segments[4].approved.as_deref(), Some(""));
    desk.undo().expect("undone").expect("a step");
    assert_eq!(desk.edition.cases[index].standing, Standing::Undecided);
    desk.decide(index, Decision::Machine, &hand()).expect("put back");
    assert_eq!(sample.korean(), MACHINE);
    desk.undo().expect("undone").expect("a step");
    assert_eq!(sample.korean(), without);
}

#[test]
fn an_item_whose_neighbour_was_moved_is_put_back_beside_the_other() {
    let sample = Sample::new();
    let lines: Vec<&str> = MACHINE.lines().collect();
    let [heading, _, first, second, third] = lines[..] else { panic!("three items") };
    for (moved, expected) in [([third, first], [third, first, second]), ([first, third], [first, second, third])] {
        sample.edit(&format!("{heading}\n\n{}\n", moved.join("\n")));
        let mut desk = sample.desk();
        let index = item(&desk, 2);
        desk.decide(index, Decision::Machine, &hand()).expect("put back");
        assert_eq!(sample.korean(), format!("{heading}\n\n{}\n", expected.join("\n")));
        desk.undo().expect("undone").expect("a step");
    }
}

#[test]
fn an_added_item_is_approved_as_it_is() {
    let sample = Sample::new();
    let with = format!("{MACHINE}- [덧붙인 글](https://a.b/9) – 편집자가 쓴 글이다.\n");
    sample.edit(&with);
    let mut desk = sample.desk();
    let index = added(&desk);
    assert!(matches!(desk.decide(index, Decision::Machine, &hand()), Err(DeskError::Impossible(_))));
    desk.decide(index, Decision::Edited, &hand()).expect("accepted");
    assert_eq!(desk.edition.cases[index].standing, Standing::Approved);
    let record = sample.record();
    let own: Vec<_> = record.segments.iter().filter(|entry| entry.is_added()).filter_map(|entry| entry.approved.as_deref()).collect();
    assert_eq!(own, ["덧붙인 글", "편집자가 쓴 글이다."]);
    drop(desk);
    sample.edit(&with.replace("쓴 글이다", "고친 글이다"));
    let desk = sample.desk();
    assert_eq!(desk.edition.cases[added(&desk)].standing, Standing::Undecided);
}

#[test]
fn an_approval_is_bound_to_english_korean_and_terms() {
    let sample = Sample::new();
    let mut desk = sample.desk();
    let all: Vec<usize> = (0..desk.edition.cases.len()).collect();
    assert_eq!(desk.decide_all(&all, Decision::Edited, &hand()).expect("accepted"), "accepted 4 texts");
    assert_eq!(desk.edition.undecided().count(), 0);
    drop(desk);
    let stale = |sample: &Sample| {
        let paths = Paths { root: sample.folder.path().to_owned(), ..Paths::of(&sample.path("x.md"), None) };
        let glossary = Glossary::load("glossary.toml", "[terms]\n\"saddle point\" = \"안장점\"\n").expect("a glossary");
        let desk = Desk::open(paths, &glossary, None).expect("a desk");
        desk.edition
            .cases
            .iter()
            .filter_map(|case| match case.standing {
                Standing::Stale(why) => Some((case.row.item, why)),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(stale(&sample), [(Some(1), Stale::Term)], "a term came in");
    sample.edit(&MACHINE.replace("그대로입니다", "그대로다"));
    fs::write(sample.path("x.md"), ENGLISH.replace("Networks overfit", "Deep networks overfit")).expect("written");
    assert_eq!(stale(&sample), [(Some(1), Stale::Term), (Some(2), Stale::English), (Some(3), Stale::Korean)]);
}

#[test]
fn words_that_would_break_the_markdown_around_them_are_refused() {
    let sample = Sample::new();
    let mut desk = sample.desk();
    let index = item(&desk, 2);
    let error = desk.rewrite(index, &[(1, "가\n\n- 나".to_owned())], &hand()).expect_err("refused");
    assert!(error.to_string().contains("would change the Markdown around it"), "{error}");
    assert_eq!(sample.korean(), MACHINE);
    desk.rewrite(index, &[(0, "과적합".to_owned()), (1, "신경망은 과적합된다.".to_owned())], &hand()).expect("written");
    assert_eq!(sample.korean(), EDITED);
    assert_eq!(desk.edition.cases[index].row.state, RowState::Changed);
    desk.undo().expect("undone").expect("a step");
    assert_eq!(sample.korean(), MACHINE);
}

#[test]
fn a_second_reviewer_is_told_who_holds_the_digest() {
    let sample = Sample::new();
    let _first = sample.desk();
    let paths = Paths { root: sample.folder.path().to_owned(), ..Paths::of(&sample.path("x.md"), None) };
    let Err(error) = Desk::open(paths, &sample.glossary, None) else { panic!("held") };
    assert!(error.to_string().contains(&format!("(process {}, 김)", std::process::id())), "{error}");
}

#[test]
fn another_file_is_never_written() {
    let sample = Sample::new();
    let flat = "소식\n\n• 안장점 (https://a.b/1) – 안장점 벗어나기는 어렵습니다. • 과적합 (https://a.b/2) – 신경망은 *과적합*된다. • 새것 없음 (https://a.b/3) – 그대로입니다.\n";
    fs::write(sample.path("edited.txt"), flat).expect("written");
    let paths = Paths { root: sample.folder.path().to_owned(), ..Paths::of(&sample.path("x.md"), Some(&sample.path("edited.txt"))) };
    let mut desk = Desk::open(paths, &sample.glossary, None).expect("a desk");
    let index = item(&desk, 2);
    assert_eq!(desk.edition.cases[index].row.edited, "과적합\n신경망은 *과적합*된다.");
    desk.decide(index, Decision::Edited, &hand()).expect("accepted");
    assert_eq!(fs::read_to_string(sample.path("edited.txt")).expect("read"), flat);
    let expected = MACHINE.replace("[과대적합]", "[과적합]").replace("네트워크는 과대적합합니다.", "신경망은 \\*과적합\\*된다.");
    assert_eq!(sample.korean(), expected, "a text file has no emphasis");
    assert_eq!(desk.edition.cases[index].standing, Standing::Approved);
    desk.undo().expect("undone").expect("a step");
    assert_eq!(sample.korean(), MACHINE);
    assert_eq!(desk.edition.cases[index].standing, Standing::Undecided);
    desk.decide(index, Decision::Machine, &hand()).expect("kept");
    assert_eq!(desk.edition.cases[index].standing, Standing::Approved, "the other file's text was thrown away");
}

fn against<'s>(sample: &'s Sample, edited: &str) -> Desk<'s> {
    fs::write(sample.path("other.md"), edited).expect("written");
    let paths = Paths { root: sample.folder.path().to_owned(), ..Paths::of(&sample.path("x.md"), Some(&sample.path("other.md"))) };
    Desk::open(paths, &sample.glossary, None).expect("a desk")
}

#[test]
fn an_item_that_another_file_took_out_leaves_the_draft_and_comes_back() {
    let sample = Sample::new();
    let edited = MACHINE.replace("네트워크는 과대적합합니다.", "신경망은 과적합됩니다.");
    sample.edit(&edited);
    let other = MACHINE.replace("- [과대적합](https://a.b/2) – 네트워크는 과대적합합니다.\n", "");
    let mut desk = against(&sample, &other);
    let index = item(&desk, 2);
    assert_eq!(desk.edition.cases[index].row.state, RowState::Deleted);
    assert_eq!(desk.decide(index, Decision::Edited, &hand()).expect("accepted"), "accepted item 2");
    assert_eq!(sample.korean(), other);
    let entry = &sample.record().segments[4];
    assert_eq!((entry.approved.as_deref(), entry.edited.as_deref()), (Some(""), Some("신경망은 과적합됩니다.")), "nothing is lost");
    assert_eq!(desk.edition.cases[item(&desk, 2)].standing, Standing::Approved);
    desk.undo().expect("undone").expect("a step");
    assert_eq!(sample.korean(), edited);
    assert_eq!(desk.edition.cases[item(&desk, 2)].standing, Standing::Undecided);
    let index = item(&desk, 2);
    desk.decide(index, Decision::Machine, &hand()).expect("kept");
    assert_eq!(sample.korean(), MACHINE);
    assert_eq!(desk.edition.cases[item(&desk, 2)].standing, Standing::Approved);
}

#[test]
fn what_leaves_the_draft_leaves_it_whole_or_stays() {
    let sample = Sample::new();
    let rest = MACHINE.trim_start_matches("# 소식\n\n");
    let heading = |desk: &Desk<'_>| desk.edition.cases.iter().position(|case| case.row.state == RowState::Deleted).expect("the heading");
    // The line under a heading goes with it.
    sample.edit(&MACHINE.replace("# 소식", "소식\n===="));
    let mut desk = against(&sample, rest);
    let index = heading(&desk);
    desk.decide(index, Decision::Edited, &hand()).expect("accepted");
    assert_eq!(sample.korean(), rest);
    desk.undo().expect("undone").expect("a step");
    drop(desk);
    // Another item's link is defined in the one that would go.
    let with_links = |second: &str| {
        let third = MACHINE.replace("그대로입니다.", "[그대로][r]입니다.");
        third.replace("과대적합합니다.\n", &format!("과대적합합니다.{second}\n"))
    };
    let draft = with_links("\n\n  [r]: https://a.b/r\n");
    sample.edit(&draft);
    let second = "- [과대적합](https://a.b/2) – 네트워크는 과대적합합니다.\n";
    let mut desk = against(&sample, &(with_links("").replace(second, "") + "\n[r]: https://a.b/r\n"));
    let index = item(&desk, 2);
    assert_eq!(desk.edition.cases[index].row.state, RowState::Deleted);
    let error = desk.decide(index, Decision::Edited, &hand()).expect_err("refused");
    assert!(error.to_string().starts_with("it cannot be taken out of "), "{error}");
    assert_eq!(sample.korean(), draft);
}

#[test]
fn an_item_that_another_file_added_is_taken_in_or_left_out() {
    let sample = Sample::new();
    let new = "- [덧붙인 글](https://a.b/9) – 편집자가 **쓴** 글입니다.\n";
    let third = "- [새것 없음](https://a.b/3) – 그대로입니다.\n";
    for other in
        [MACHINE.replace(third, &format!("{new}{third}")), format!("{MACHINE}{new}"), MACHINE.replace("\n\n", &format!("\n\n{new}"))]
    {
        sample.edit(MACHINE);
        let mut desk = against(&sample, &other);
        let index = added(&desk);
        desk.decide(index, Decision::Edited, &hand()).expect("accepted");
        assert_eq!(sample.korean(), other);
        assert_eq!(desk.edition.cases[added(&desk)].standing, Standing::Approved);
        desk.undo().expect("undone").expect("a step");
        assert_eq!(sample.korean(), MACHINE);
        let index = added(&desk);
        assert_eq!(desk.edition.cases[index].standing, Standing::Undecided);
        assert_eq!(desk.decide(index, Decision::Machine, &hand()).expect("left out"), "left out an added item");
        assert_eq!((sample.korean().as_str(), desk.edition.cases[added(&desk)].standing), (MACHINE, Standing::Approved));
        assert_eq!(desk.undo().expect("undone").expect("a step").1, "left out an added item");
        assert_eq!(desk.edition.cases[added(&desk)].standing, Standing::Undecided);
        drop(desk);
    }
}

#[test]
fn every_row_of_a_web_page_can_be_decided() {
    let sample = Sample::new();
    fs::write(
        sample.path("page.txt"),
        "링크 미리보기\n\n• 안장점(https://a.b/1) – 벗어나기는 어렵습니다. • 새것 없음(https://a.b/3) – 그대로입니다. • 딴 글(https://a.b/9) – 다릅니다.\n\n2026년 1월 2일\n",
    )
    .expect("written");
    let paths = Paths { root: sample.folder.path().to_owned(), ..Paths::of(&sample.path("x.md"), Some(&sample.path("page.txt"))) };
    let mut desk = Desk::open(paths, &sample.glossary, None).expect("a desk");
    for _ in 0..desk.edition.cases.len() {
        let Some(index) = desk.edition.cases.iter().position(|case| case.standing != Standing::Approved) else { break };
        let state = desk.edition.cases[index].row.state;
        let taken = desk.decide(index, Decision::Edited, &hand());
        if let Err(error) = taken {
            assert_eq!(state, RowState::Added, "{error}");
            assert!(error.to_string().contains("or leave it out with m"), "{error}");
            let index = desk.edition.cases.iter().position(|case| case.standing != Standing::Approved).expect("the same");
            desk.decide(index, Decision::Machine, &hand()).expect("left out");
        }
    }
    assert_eq!(desk.edition.undecided().count(), 0);
    assert_eq!(sample.korean(), "- [안장점](https://a.b/1) – 벗어나기는 어렵습니다.\n- [새것 없음](https://a.b/3) – 그대로입니다.\n");
}
