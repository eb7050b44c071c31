//! A review where there is no terminal: what is undecided, and the exact commands that decide it.

use std::io::Write;

use translate_digest::reports::escape::visible;
use translate_digest::review::paint::paint;
use translate_digest::review::screen::{self, Beside};
use translate_digest::review::{RowState, Standing};
use translate_digest::text::shell;

use super::Review;
use crate::cli::error::{CliError, Status};

/// Columns of a text that goes to no terminal.
pub(super) const WIDTH: usize = 100;

/// Lists what is undecided.
pub(super) fn run(review: &Review<'_>, out: &mut dyn Write) -> Result<Status, CliError> {
    let edition = &review.desk.edition;
    let flags = review.flags()?;
    let draft = review.args.draft.display().to_string();
    let named = shell::word(&draft);
    let against = review.args.against.as_ref().map(|path| format!(" --against {}", shell::word(&path.display().to_string())));
    let command = format!("translate review {named}{}", against.unwrap_or_default());
    let mut text = String::new();
    for doubt in &edition.doubts {
        let candidates: Vec<String> = doubt.edited.iter().map(|(item, _)| (item + 1).to_string()).collect();
        text.push_str(&format!(
            "item {}: which of the items {} of {} it became is not certain; on a terminal the review asks\n",
            doubt.item + 1,
            candidates.join(", "),
            review.desk.paths.edited().display()
        ));
    }
    let beside = Beside { flags: &flags, ..Beside::default() };
    for (at, case) in edition.cases.iter().enumerate() {
        if case.standing == Standing::Approved || !review.is_chosen(case, &flags[at]) {
            continue;
        }
        text.push_str(&format!("{}\n", screen::title(case)));
        for line in screen::row(case, &flags[at], edition, &beside, WIDTH) {
            let line = paint(&line, false);
            if !line.trim().is_empty() {
                text.push_str(&format!("  {}\n", line.trim_end()));
            }
        }
        let state = case.row.state;
        let chosen = match case.english_items.first() {
            Some(item) => Some(format!("--items {}", item + 1)),
            None if state == RowState::Added => Some("--only added".to_owned()),
            None => None,
        };
        if let Some(chosen) = chosen {
            text.push_str(&format!("  accept the edit:   {command} --accept edited {chosen}\n"));
            // The machine has nothing in the place of what the editor put together or wrote.
            let is_kept = match state {
                RowState::Merged | RowState::Split => false,
                RowState::Added => review.args.against.is_some(),
                RowState::Equal | RowState::Changed | RowState::Deleted => true,
            };
            if is_kept {
                text.push_str(&format!("  keep the machine:  {command} --accept machine {chosen}\n"));
            }
        }
        text.push('\n');
    }
    if edition.undecided().next().is_some() {
        text.push_str(&format!("accept all edits:  {command} --accept edited\n"));
        text.push_str(&format!("decide one by one: {command}          (on a terminal; or --plain, a key a line)\n"));
    }
    super::super::write_raw(out, &visible(&text))?;
    Ok(review.ended())
}
