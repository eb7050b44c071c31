//! The state machine of a review: no terminal, no files.

use proptest::prelude::*;
use translate_digest::checks::Severity;
use translate_digest::review::desk::Decision;
use translate_digest::review::session::{Effect, Flag, Key, Mode, Only, Session};
use translate_digest::review::{Case, Row, RowState, Stale, Standing};

fn case(item: usize, state: RowState, standing: Standing) -> Case {
    let row = Row {
        item: (state != RowState::Added).then_some(item),
        outside: false,
        state,
        moved_from: None,
        section: None,
        english: if state == RowState::Added { String::new() } else { format!("English {item}") },
        machine: format!("기계 {item}"),
        edited: format!("사람 {item}"),
    };
    Case {
        row,
        pieces: Vec::new(),
        english_items: vec![item - 1],
        edited_items: vec![item - 1],
        spans: Vec::new(),
        standing,
        untranslated: false,
        by_person: true,
    }
}

fn open(states: &[RowState]) -> Vec<Case> {
    states.iter().enumerate().map(|(at, state)| case(at + 1, *state, Standing::Undecided)).collect()
}

fn session(cases: &[Case]) -> Session {
    let mut session = Session::new(cases, &vec![Vec::new(); cases.len()], &|_| true);
    session.drawn(0, 10);
    session
}

/// Presses keys one after the other, the screen drawn between them; gives what the last one asks for.
fn press(session: &mut Session, cases: &[Case], keys: &str) -> Effect {
    let mut last = Effect::Stay;
    for c in keys.chars() {
        for key in session.meant(c) {
            last = session.press(Key::Char(key), cases);
            session.drawn(0, 10);
        }
    }
    last
}

use RowState::{Added, Changed, Deleted, Equal, Merged};

#[test]
fn what_has_to_be_looked_at_again_comes_first_and_equal_texts_last() {
    let mut cases = open(&[Equal, Changed, Deleted, Changed]);
    cases[3].standing = Standing::Stale(Stale::Term);
    let mut session = session(&cases);
    assert_eq!((session.current(), session.place()), (Some(3), (1, 3)));
    press(&mut session, &cases, "j");
    assert_eq!(session.current(), Some(1));
    assert_eq!(session.undecided_before(), 1);
    assert_eq!(session.calm(), [0]);
    press(&mut session, &cases, "jj");
    assert_eq!(session.mode, Mode::Calm);
    assert_eq!(press(&mut session, &cases, "y"), Effect::Decide(vec![0], Decision::Edited));
}

#[test]
fn an_equal_text_with_a_warning_is_shown_singly() {
    let cases = open(&[Equal, Equal]);
    let flag = |severity| vec![Flag { severity, check: "x", message: String::new(), help: None }];
    let session = Session::new(&cases, &[flag(Severity::Warning), flag(Severity::Hint)], &|_| true);
    assert_eq!((session.current(), session.calm()), (Some(0), vec![1]));
}

#[test]
fn decisions_go_on_to_the_next_and_end_with_the_last() {
    let mut cases = open(&[Changed, Changed, Added]);
    let mut session = session(&cases);
    press(&mut session, &cases, "j");
    for (at, next) in [(1, Some(2)), (2, Some(0)), (0, None)] {
        assert_eq!(press(&mut session, &cases, "a"), Effect::Decide(vec![at], Decision::Edited));
        cases[at].standing = Standing::Approved;
        session.refresh(&cases);
        let effect = session.go_on();
        match next {
            Some(next) => assert_eq!((effect, session.current()), (Effect::Stay, Some(next))),
            None => assert_eq!(effect, Effect::Quit),
        }
    }
}

#[test]
fn skipped_rows_do_not_come_back_by_themselves() {
    let cases = open(&[Changed, Changed]);
    let mut session = session(&cases);
    assert_eq!(press(&mut session, &cases, "s"), Effect::Stay);
    assert_eq!(session.current(), Some(1));
    assert_eq!(press(&mut session, &cases, "s"), Effect::Quit);
    assert_eq!(session.skipped(), 2);
}

#[test]
fn a_batch_says_how_many_were_not_seen() {
    let cases = open(&[Changed, Merged, Changed, Added]);
    let mut session = session(&cases);
    press(&mut session, &cases, "jg");
    assert_eq!(session.batch(), (vec![0, 1, 2, 3], 2));
    assert_eq!(press(&mut session, &cases, "m"), Effect::Stay);
    assert_eq!(session.mode, Mode::Unseen(Decision::Machine));
    // Only what was seen, and of that what the machine has a text for.
    assert_eq!(press(&mut session, &cases, "s"), Effect::Decide(vec![0], Decision::Machine));
    press(&mut session, &cases, "jjg");
    assert_eq!(press(&mut session, &cases, "a"), Effect::Decide(vec![0, 1, 2, 3], Decision::Edited));
}

#[test]
fn esc_and_enter_decide_nothing() {
    let cases = open(&[Changed, Equal]);
    let mut session = session(&cases);
    for mode in ["", "g", "ga", "t", "?", "/", "jj"] {
        press(&mut session, &cases, mode);
        for key in [Key::Enter, Key::Esc, Key::Enter] {
            assert_eq!(session.press(key, &cases), Effect::Stay, "{mode}");
        }
    }
    session.paste("a\nm\n");
    assert!(session.message.contains("no command"));
}

#[test]
fn what_is_searched_for_is_found_in_any_of_the_texts() {
    let cases = open(&[Changed, Changed, Changed]);
    let mut session = session(&cases);
    let found = |session: &mut Session, words: &str| {
        press(session, &cases, "/");
        press(session, &cases, words);
        session.press(Key::Enter, &cases);
        session.current()
    };
    assert_eq!(found(&mut session, "english 3"), Some(2));
    assert_eq!(found(&mut session, "기계 2"), Some(1));
    assert_eq!(found(&mut session, "\u{1109}\u{1161}\u{1105}\u{1161}\u{11b7} 1"), Some(0), "decomposed");
    assert_eq!(found(&mut session, "없는 말"), Some(0));
    assert_eq!(session.message, "nothing here holds 없는 말");
    assert_eq!(found(&mut session, ""), Some(0), "the last words again");
}

#[test]
fn filters_are_by_what_became_of_a_row() {
    let mut cases = open(&[Changed, Merged, Added, Deleted, Equal]);
    cases[4].row.moved_from = Some(5);
    cases[0].standing = Standing::Stale(Stale::Korean);
    let meant = |only: Only| (0..cases.len()).filter(|&at| only.holds(&cases[at], &[])).collect::<Vec<_>>();
    assert_eq!(meant(Only::Changed), [0]);
    assert_eq!(meant(Only::Merged), [1]);
    assert_eq!(meant(Only::Added), [2]);
    assert_eq!(meant(Only::Deleted), [3]);
    assert_eq!(meant(Only::Moved), [4]);
    assert_eq!(meant(Only::Stale), [0]);
    assert!(meant(Only::Split).is_empty());
    assert!(meant(Only::Flagged).is_empty());
    assert_eq!(meant(Only::Undecided), [0, 1, 2, 3, 4]);
}

#[test]
fn an_added_text_that_was_rewritten_stays_on_the_screen() {
    let mut cases = open(&[Changed, Added]);
    let mut session = session(&cases);
    press(&mut session, &cases, "j");
    cases[1].row.edited = "고친 글".to_owned();
    session.refresh(&cases);
    assert_eq!(session.current(), Some(1));
}

/// Once failed: there is no row to accept.
#[test]
fn accepting_without_any_row_ends_the_review() {
    let cases = open(&[]);
    let mut session = session(&cases);
    assert_eq!(session.press(Key::Char('a'), &cases), Effect::Quit);
    assert_eq!(session.current(), None);
}

fn any_state() -> impl Strategy<Value = RowState> {
    prop_oneof![Just(Equal), Just(Changed), Just(Merged), Just(RowState::Split), Just(Added), Just(Deleted)]
}

fn any_key() -> impl Strategy<Value = Key> {
    let letters = prop::sample::select("amestujk/vgnxcq? y마ㅁ한".chars().collect::<Vec<_>>()).prop_map(Key::Char);
    let others = [Key::Enter, Key::Esc, Key::Backspace, Key::Up, Key::Down, Key::PageUp, Key::PageDown, Key::Home, Key::End];
    prop_oneof![4 => letters, 1 => prop::sample::select(others.to_vec()), 1 => any::<char>().prop_map(Key::Char)]
}

proptest! {
    #[test]
    fn any_keys_are_survived_and_ask_only_for_rows_that_are_there(states in prop::collection::vec(any_state(), 0..8), keys in prop::collection::vec(any_key(), 0..60)) {
        let mut cases = open(&states);
        let mut session = session(&cases);
        for key in keys {
            match session.press(key, &cases) {
                Effect::Decide(rows, _) => {
                    prop_assert!(!rows.is_empty());
                    for row in rows {
                        prop_assert!(row < cases.len());
                        cases[row].standing = Standing::Approved;
                    }
                    session.refresh(&cases);
                    session.go_on();
                }
                Effect::Undo => {
                    if let Some(case) = cases.first_mut() {
                        case.standing = Standing::Undecided;
                        let key = case.key();
                        session.refresh(&cases);
                        session.show_row(&key);
                    }
                }
                Effect::Edit(row) | Effect::Note(row) | Effect::Retranslate(row, _) | Effect::Unlink(row) | Effect::Concordance(row) => {
                    prop_assert!(row < cases.len());
                }
                Effect::Stay | Effect::Quit | Effect::Interrupt | Effect::Suspend => {}
            }
            session.drawn(5, 3);
            prop_assert!(session.scroll <= 5);
            prop_assert!(session.current().is_none_or(|row| row < cases.len()));
        }
    }
}
