//! How far digests are, as a table; as a few lines a digest where the terminal is narrow.

use super::{Progress, total};
use crate::reports::escape::line;
use crate::review::progress::{Counts, DigestProgress, ItemState, Quality};
use crate::review::wrap::columns as columns_of;

/// What a column shows of a digest's counts.
type Shown = fn(&Counts) -> String;

/// A table with a column for each state that occurs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Table {
    /// Columns of the terminal; none where nothing limits them.
    pub width: Option<usize>,
}

/// Blanks between two columns.
const GAP: usize = 2;

impl Progress for Table {
    fn text(&self, digests: &[DigestProgress]) -> String {
        let all = total(digests);
        let named = |digest: &DigestProgress| (line(&digest.file), digest.counts.clone());
        let mut rows: Vec<(String, Counts)> = digests.iter().map(named).collect();
        if digests.len() > 1 {
            rows.push(("all".to_owned(), all.clone()));
        }
        let columns = columns(&all);
        let table = aligned(&table(&rows, &columns));
        let fits = |text: &str| self.width.is_none_or(|width| text.lines().all(|line| columns_of(line) <= width));
        let mut text = if fits(&table) { table } else { rows.iter().map(|(name, counts)| block(name, counts, &columns)).collect() };
        let backends = aligned(&backends(&all));
        text.push_str(&if fits(&backends) { backends } else { backend_lines(&all) });
        if !all.reviewers.is_empty() {
            let named: Vec<String> = all.reviewers.iter().map(|(name, items)| format!("{} {items}", line(name))).collect();
            text.push_str(&format!("\napproved by: {}\n", named.join(", ")));
        }
        text
    }
}

/// A heading and what stands under it.
type Column = (&'static str, fn(&Counts) -> String);

/// The columns that say something; the plain progress of a digest always does.
fn columns(all: &Counts) -> Vec<Column> {
    fn number(count: usize) -> String {
        if count == 0 { "-".to_owned() } else { count.to_string() }
    }
    let mut columns: Vec<Column> = vec![("items", |counts| number(counts.items))];
    let states: [(ItemState, Shown); 7] = [
        (ItemState::Untranslated, |counts| number(counts.of(ItemState::Untranslated))),
        (ItemState::Machine, |counts| number(counts.of(ItemState::Machine))),
        (ItemState::Edited, |counts| number(counts.of(ItemState::Edited))),
        (ItemState::Approved, |counts| number(counts.of(ItemState::Approved))),
        (ItemState::Stale, |counts| number(counts.of(ItemState::Stale))),
        (ItemState::Deleted, |counts| number(counts.of(ItemState::Deleted))),
        (ItemState::Added, |counts| number(counts.of(ItemState::Added))),
    ];
    let is_plain = |state| matches!(state, ItemState::Machine | ItemState::Edited | ItemState::Approved);
    columns
        .extend(states.into_iter().filter(|(state, _)| is_plain(*state) || all.of(*state) > 0).map(|(state, text)| (state.name(), text)));
    if all.outside.0 > 0 {
        columns.push(("other texts", |counts| format!("{}/{}", counts.outside.1, counts.outside.0)));
    }
    if all.findings.errors > 0 {
        columns.push(("errors", |counts| number(counts.findings.errors)));
    }
    if all.findings.warnings > 0 {
        columns.push(("warnings", |counts| number(counts.findings.warnings)));
    }
    if all.findings.hints > 0 {
        columns.push(("hints", |counts| number(counts.findings.hints)));
    }
    if all.quality().items > 0 {
        columns.push(("changed by", |counts| percent(&counts.quality())));
    }
    columns
}

fn table(rows: &[(String, Counts)], columns: &[Column]) -> Vec<Vec<String>> {
    let head = std::iter::once("digest").chain(columns.iter().map(|(name, _)| *name)).map(str::to_owned).collect();
    let row =
        |(name, counts): &(String, Counts)| std::iter::once(name.clone()).chain(columns.iter().map(|(_, text)| text(counts))).collect();
    std::iter::once(head).chain(rows.iter().map(row)).collect()
}

fn block(name: &str, counts: &Counts, columns: &[Column]) -> String {
    let lines = columns.iter().map(|(name, text)| (name, text(counts))).filter(|(_, text)| text != "-");
    let widest = columns.iter().map(|(name, _)| columns_of(name)).max().unwrap_or(0);
    let lines: String = lines.map(|(name, text)| format!("  {name}{}  {text}\n", " ".repeat(widest - columns_of(name)))).collect();
    format!("{name}\n{lines}")
}

/// What became of each backend's text.
fn backends(all: &Counts) -> Vec<Vec<String>> {
    let head = ["backend", "approved items", "changed", "changed by"].map(str::to_owned).to_vec();
    let row =
        |(name, quality): (&String, &Quality)| vec![line(name), quality.items.to_string(), quality.changed.to_string(), percent(quality)];
    let rows: Vec<Vec<String>> = all.backends.iter().map(row).collect();
    if rows.is_empty() { rows } else { [vec![vec![], head], rows].concat() }
}

fn backend_lines(all: &Counts) -> String {
    let one = |(name, quality): (&String, &Quality)| {
        format!(
            "\n{}\n  approved items  {}\n  changed         {}\n  changed by      {}\n",
            line(name),
            quality.items,
            quality.changed,
            percent(quality)
        )
    };
    all.backends.iter().map(one).collect()
}

fn percent(quality: &Quality) -> String {
    if quality.items == 0 { "-".to_owned() } else { format!("{:.1} %", quality.mean() * 100.0) }
}

/// Rows under each other: the first column to the left, figures to the right.
fn aligned(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| columns_of(cell)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count).map(widest).collect();
    let mut text = String::new();
    for row in rows {
        let cell = |(column, cell): (usize, &String)| {
            let blanks = " ".repeat(widths[column] - columns_of(cell));
            if column == 0 { format!("{cell}{blanks}") } else { format!("{}{blanks}{cell}", " ".repeat(GAP)) }
        };
        text.push_str(row.iter().enumerate().map(cell).collect::<String>().trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::progress::Found;

    fn digest(file: &str, approved: usize) -> DigestProgress {
        let counts = Counts {
            items: 20,
            states: [(ItemState::Machine, 20 - approved), (ItemState::Approved, approved), (ItemState::Stale, 0)].into(),
            outside: (3, 1),
            undecided: 22 - approved,
            findings: Found { errors: 2, warnings: 0, hints: 0 },
            reviewers: [("김".to_owned(), approved)].into(),
            backends: [("llm/x".to_owned(), Quality { items: approved, changed: 1, sum: 0.5 })].into(),
        };
        DigestProgress { file: file.to_owned(), korean_file: None, counts, items: Vec::new() }
    }

    #[test]
    fn columns_stand_under_each_other_although_hangul_is_wide() {
        let text = Table::default().text(&[digest("drafts/주간 소식.md", 10), digest("drafts/b.md", 5)]);
        let expected = "\
digest               items  machine  edited  approved  other texts  errors  changed by
drafts/주간 소식.md     20       10       -        10          1/3       2       5.0 %
drafts/b.md             20       15       -         5          1/3       2      10.0 %
all                     40       25       -        15          2/6       4       6.7 %

backend  approved items  changed  changed by
llm/x                15        2       6.7 %

approved by: 김 15
";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_narrow_terminal_gets_lines() {
        let text = Table { width: Some(30) }.text(&[digest("drafts/주간 소식.md", 10)]);
        let expected = "\
drafts/주간 소식.md
  items        20
  machine      10
  approved     10
  other texts  1/3
  errors       2
  changed by   5.0 %

llm/x
  approved items  10
  changed         1
  changed by      5.0 %

approved by: 김 10
";
        assert_eq!(text, expected);
    }

    #[test]
    fn names_cannot_break_the_table() {
        let text = Table::default().text(&[digest("a\u{1b}[2J\nb.md", 1)]);
        assert!(!text.contains('\u{1b}') && text.lines().count() == 7, "{text}");
    }
}
