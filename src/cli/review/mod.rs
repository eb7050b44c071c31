//! `translate review DRAFT`: the machine's text against the editor's, item by item, for a person to decide.

mod ask;
mod concordance;
mod editor;
mod flags;
mod list;
mod live;
mod plain;
mod retranslate;
mod terminal;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::{Args, ValueEnum};
use translate_digest::backends::BackendError;
use translate_digest::disk;
use translate_digest::draft::files::{self, FileError};
use translate_digest::draft::plan::Answer;
use translate_digest::glossary::Glossary;
use translate_digest::pipeline::PipelineError;
use translate_digest::project::git;
use translate_digest::review::desk::{Decision, Desk, DeskError, Hand};
use translate_digest::review::edition::{Edition, Paths};
use translate_digest::review::screen;
use translate_digest::review::session::{Effect, Flag, Only, Session};
use translate_digest::review::{Case, RowState};

use super::error::{CliError, Status};
use super::settings::{Flags, Settings};
use super::summary::count;
use super::translate::{Items, item_list};
use super::{Talk, project};
pub(crate) use flags::{Checker, Rows};

/// Shows the machine's text against the editor's, item by item, for approval.
#[derive(Args, Debug)]
pub(crate) struct ReviewArgs {
    /// The English digest
    #[arg(value_name = "DRAFT")]
    draft: PathBuf,
    /// Take the edited text from FILE, which is never written: another order, plain text
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Only these items
    #[arg(long, value_enum, value_name = "WHICH")]
    only: Option<Which>,
    /// Only these items, as in 3,5-7
    #[arg(long, value_name = "LIST", value_parser = item_list)]
    items: Option<Items>,
    /// Decide without asking: accept the edits, or keep the machine's text
    #[arg(long, value_enum, value_name = "TEXT")]
    accept: Option<Accept>,
    /// Who decides; without it GIT_AUTHOR_NAME, or user.name of your own git settings
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// Take back the last decision, of an earlier run too
    #[arg(long, conflicts_with_all = ["accept", "plain"])]
    undo: bool,
    /// Read one key a line from stdin, without a screen
    #[arg(long, conflicts_with = "accept")]
    plain: bool,
    /// Review although most items have no partner in the edited file
    #[arg(long)]
    force: bool,
    /// Ask this backend for a retranslation, by its name in translate.toml
    #[arg(long, value_name = "NAME")]
    backend: Option<String>,
    /// Use this repository's translate.toml for this run although it was not trusted
    #[arg(long)]
    trust: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Accept {
    /// What stands in the edited file
    Edited,
    /// What the machine wrote
    Machine,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Which {
    /// Words changed
    Changed,
    /// They stand elsewhere
    Moved,
    /// Several became one
    Merged,
    /// One became several
    Split,
    /// The editor wrote them
    Added,
    /// The editor took them out
    Deleted,
    /// Approved, and changed since
    Stale,
    /// A check found an error or a warning
    Flagged,
    /// Nobody has decided
    Undecided,
}

impl From<Which> for Only {
    fn from(which: Which) -> Self {
        match which {
            Which::Changed => Self::Changed,
            Which::Moved => Self::Moved,
            Which::Merged => Self::Merged,
            Which::Split => Self::Split,
            Which::Added => Self::Added,
            Which::Deleted => Self::Deleted,
            Which::Stale => Self::Stale,
            Which::Flagged => Self::Flagged,
            Which::Undecided => Self::Undecided,
        }
    }
}

/// A review with all that its ways of going on need.
struct Review<'a> {
    args: &'a ReviewArgs,
    desk: Desk<'a>,
    checker: Checker<'a>,
    settings: &'a Settings,
    glossary: &'a Glossary,
    reviewer: Option<String>,
    talk: &'a Talk,
    /// What was done on the terminal, for the line behind it.
    told: String,
}

/// Runs a review: on a terminal key by key, elsewhere as the flags say.
pub(crate) fn run(args: &ReviewArgs, out: &mut dyn Write, talk: &Talk) -> Result<Status, CliError> {
    let paths = paths(&args.draft, args.against.as_deref())?;
    let settings = Settings::load(&paths.root, &Flags { backend: args.backend.clone(), ..Flags::default() })?;
    let glossary = project::glossary(&paths.root)?;
    let reviewer = args.reviewer.clone().or_else(|| own_name(&args.draft));
    let desk = open(paths, &glossary, reviewer.as_deref())?;
    foreign(&desk.edition, &desk.paths, args.force)?;
    tell_partial(&desk.edition, &desk.paths, talk);
    let checker = Checker::new(&settings, &glossary);
    let mut review = Review { args, desk, checker, settings: &settings, glossary: &glossary, reviewer, talk, told: String::new() };
    if args.undo {
        return review.undo_last();
    }
    if let Some(accept) = args.accept {
        return review.accept(accept);
    }
    if args.plain {
        return plain::run(&mut review, &mut io::stdin().lock(), out);
    }
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return live::run(&mut review);
    }
    list::run(&review, out)
}

/// The files of a review or a comparison.
pub(crate) fn paths(draft: &Path, against: Option<&Path>) -> Result<Paths, CliError> {
    let draft = &*files::existing(draft);
    if files::is_korean_name(draft) {
        return Err(CliError::usage(format!("{} is named like a Korean file", draft.display())).hint("give the English digest"));
    }
    super::refuse_mdx(draft)?;
    if !disk::lies_at(draft) {
        super::missing_draft(draft)?;
    }
    let paths = Paths::of(draft, against);
    if against.is_some_and(|against| files::same_file(against, draft)) {
        return Err(CliError::usage("--against names the draft itself").hint("name a file with the edited Korean text"));
    }
    // The Korean draft beside itself is no other file.
    let own = against.is_some_and(|against| files::same_file(against, &paths.korean));
    Ok(Paths { against: paths.against.filter(|_| !own), ..paths })
}

fn open<'g>(paths: Paths, glossary: &'g Glossary, reviewer: Option<&str>) -> Result<Desk<'g>, CliError> {
    let (draft, korean) = (paths.english.clone(), paths.korean.clone());
    Desk::open(paths, glossary, reviewer).map_err(|error| match error {
        DeskError::Files(PipelineError::File(FileError::Missing(path))) if path == korean => {
            CliError::failed(format!("there is no Korean file {} to review", korean.display()))
                .hint(format!("translate it first: translate {}", draft.display()))
        }
        error => error.into(),
    })
}

/// Stops where the edited file is most likely another text.
pub(crate) fn foreign(edition: &Edition, paths: &Paths, force: bool) -> Result<(), CliError> {
    if force || !edition.is_foreign() {
        return Ok(());
    }
    let share = (edition.coverage * 100.0).round();
    Err(CliError::failed(format!(
        "{} does not look like the Korean of {}: only {share} % of the items belong together",
        paths.edited().display(),
        paths.english.display()
    ))
    .hint("name the right file, or use --force"))
}

/// Tells that so many items are not certain to belong together that not all of them were compared.
pub(crate) fn tell_partial(edition: &Edition, paths: &Paths, talk: &Talk) {
    if edition.is_partial {
        let (korean, english) = (paths.edited().display(), paths.english.display());
        talk.warn(
            &format!("{korean}: too many texts differ from what is known of {english} to compare each with each"),
            Some("each was compared with the likeliest few; a moved, merged or split item may be shown as deleted and added"),
        );
    }
}

impl Review<'_> {
    fn hand(&self) -> Hand {
        Hand { reviewer: self.reviewer.clone(), time: humantime::format_rfc3339_seconds(SystemTime::now()).to_string() }
    }

    fn flags(&self) -> Result<Vec<Vec<Flag>>, CliError> {
        Ok(self.checker.flags(&self.desk.paths, &self.desk.edition)?)
    }

    /// A session over what is undecided and chosen.
    fn session(&self) -> Result<Session, CliError> {
        let flags = self.flags()?;
        let cases = &self.desk.edition.cases;
        Ok(Session::new(cases, &flags, &|at| self.is_chosen(&cases[at], &flags[at])))
    }

    /// Carries out a decision, and goes on to what is next.
    fn decide(&mut self, session: &mut Session, rows: &[usize], decision: Decision) -> Result<Effect, CliError> {
        let hand = self.hand();
        let result = self.desk.decide_all(rows, decision, &hand);
        session.refresh(&self.desk.edition.cases);
        match result {
            Ok(label) => {
                session.count(decision, rows.len());
                self.told = session.told();
                session.message = label;
                Ok(session.go_on())
            }
            // Nothing has changed: there is time to make room on the disk, or to look again.
            Err(error) => {
                session.message = CliError::from(error).to_line();
                Ok(Effect::Stay)
            }
        }
    }

    fn undo(&mut self, session: &mut Session) -> Result<(), CliError> {
        let result = self.desk.undo();
        session.refresh(&self.desk.edition.cases);
        session.message = match result {
            Ok(Some((key, label))) => {
                session.show_row(&key);
                format!("taken back: {label}")
            }
            Ok(None) => "there is nothing to take back".to_owned(),
            Err(error) => CliError::from(error).to_line(),
        };
        Ok(())
    }

    /// `--undo`: takes one decision back.
    fn undo_last(&mut self) -> Result<Status, CliError> {
        match self.desk.undo()? {
            Some((_, label)) => self.talk.say(&format!("{}: taken back: {label}", self.args.draft.display())),
            None => self.talk.say(&format!("{}: there is nothing to take back", self.args.draft.display())),
        }
        Ok(self.ended())
    }

    /// Takes what a backend answered.
    fn retranslated(&mut self, session: &mut Session, answer: Result<Vec<(usize, Answer)>, BackendError>) -> Result<(), CliError> {
        session.message = match answer.map_err(CliError::from).and_then(|answers| Ok(self.desk.retranslated(&answers)?)) {
            Ok(label) => label,
            Err(error) => error.to_line(),
        };
        session.refresh(&self.desk.edition.cases);
        Ok(())
    }

    /// Parts what does not belong together; `pick` lets the person say what does.
    fn unlink(
        &mut self,
        session: &mut Session,
        index: usize,
        mut pick: impl FnMut(&str, &[String]) -> Result<Option<usize>, CliError>,
    ) -> Result<(), CliError> {
        let case = self.desk.edition.cases[index].clone();
        let (mine, theirs) = (case.english_items.clone(), case.edited_items.clone());
        if case.row.outside || mine.is_empty() && theirs.is_empty() {
            "only items can be parted".clone_into(&mut session.message);
            return Ok(());
        }
        for &e in &mine {
            for &k in &theirs {
                self.desk.rule(false, e, k)?;
            }
        }
        // The other side may be any item that has no partner either.
        let free: Vec<(Vec<usize>, Vec<usize>, String)> = self
            .desk
            .edition
            .cases
            .iter()
            .filter(|other| match mine.is_empty() {
                true => other.row.state == RowState::Deleted,
                false => other.row.state == RowState::Added || other.edited_items.iter().any(|k| theirs.contains(k)),
            })
            .filter(|other| !other.row.outside)
            .map(|other| (other.english_items.clone(), other.edited_items.clone(), screen::title(other)))
            .collect();
        let mut entries: Vec<String> = Vec::new();
        for (english, edited, title) in &free {
            let case = self.desk.edition.cases.iter().find(|case| case.english_items == *english && case.edited_items == *edited);
            let text = case.map_or("", |case| if mine.is_empty() { &case.row.machine } else { &case.row.edited });
            entries.push(format!("{title}: {}", text.replace('\n', " – ")));
        }
        entries.push("none of these".to_owned());
        let mut linked = false;
        if entries.len() > 1
            && let Some(at) = pick("Which one does it belong to?", &entries)?.filter(|at| *at < free.len())
        {
            let pairs = if mine.is_empty() { free[at].0.iter().zip(&theirs) } else { mine.iter().zip(&free[at].1) };
            for (&e, &k) in pairs {
                self.desk.rule(true, e, k)?;
                linked = true;
            }
        }
        session.refresh(&self.desk.edition.cases);
        session.message = if linked { "linked as you said" } else { "parted" }.to_owned();
        Ok(())
    }

    /// The terms in the English of a row.
    fn terms_of(&self, index: usize) -> Vec<String> {
        let pieces = self.desk.edition.cases[index].pieces.iter();
        let mut terms: Vec<String> = Vec::new();
        for (english, _) in pieces.filter_map(|piece| piece.english).flat_map(|e| &self.desk.edition.hints[e]) {
            if !terms.contains(english) {
                terms.push(english.clone());
            }
        }
        terms
    }

    fn concordance(&self, term: &str) -> Vec<String> {
        concordance::lines(&self.desk.paths.english, self.glossary, term)
    }

    /// Whether the flags choose a row.
    fn is_chosen(&self, case: &Case, flags: &[Flag]) -> bool {
        let by_number = self.args.items.as_ref().is_none_or(|items| case.english_items.iter().any(|item| items.0.contains(item)));
        by_number && self.args.only.is_none_or(|only| Only::from(only).holds(case, flags))
    }

    /// `--accept`: decides what the flags choose.
    fn accept(&mut self, accept: Accept) -> Result<Status, CliError> {
        let highest = self.desk.edition.cases.iter().flat_map(|case| &case.english_items).max().map_or(0, |item| item + 1);
        if let Some(&missing) = self.args.items.as_ref().and_then(|items| items.0.iter().find(|item| **item >= highest)) {
            let draft = self.args.draft.display();
            return Err(CliError::usage(format!("there is no item {}: {draft} has {}", missing + 1, count(highest, "item")))
                .hint("`translate split` shows the items"));
        }
        let flags = self.flags()?;
        let cases = &self.desk.edition.cases;
        let open = |at: &usize| cases[*at].standing != translate_digest::review::Standing::Approved;
        let chosen: Vec<usize> = (0..cases.len()).filter(open).filter(|&at| self.is_chosen(&cases[at], &flags[at])).collect();
        if chosen.is_empty() {
            self.talk.say("nothing that was chosen is undecided");
        } else {
            let decision = match accept {
                Accept::Edited => Decision::Edited,
                Accept::Machine => Decision::Machine,
            };
            let hand = self.hand();
            let label = self.desk.decide_all(&chosen, decision, &hand)?;
            self.talk.say(&format!("{}: {label}", self.args.draft.display()));
        }
        Ok(self.ended())
    }

    /// Tells what is left, and gives the exit status of it.
    fn ended(&self) -> Status {
        let draft = self.args.draft.display();
        let all = self.desk.edition.cases.len();
        match self.desk.edition.undecided().count() {
            0 => {
                self.talk.tell(&format!("{draft}: all {all} texts are approved"));
                Status::Done
            }
            open => {
                self.talk.tell(&format!("{draft}: {} of {all} texts approved, {open} undecided", all - open));
                Status::Left
            }
        }
    }
}

/// How a row is named to people.
fn name(case: &Case) -> String {
    case.row.item.map_or_else(|| "a text outside items".to_owned(), |item| format!("item {item}"))
}

/// The user's own name, for decisions in the repository of a draft.
fn own_name(draft: &Path) -> Option<String> {
    git::user_name(draft.parent().unwrap_or(draft), &project::git_environment().ok()?)
}

impl From<DeskError> for CliError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Files(error) => error.into(),
            DeskError::Changed(_) | DeskError::Impossible(_) => Self::failed(error.to_string()),
        }
    }
}
