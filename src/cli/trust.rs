//! `translate trust`: which translate.toml may run programs, use keys and reach hosts, and which links may lead out of a
//! repository; remembered in the user's own configuration.

mod cover;
mod links;
mod names;
mod show;
mod store;

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::Args;
use translate_digest::backends::{self, Place};
use translate_digest::draft::files;
use translate_digest::text::shell;

use super::Talk;
use super::error::{CliError, Status};
use super::settings::{Flags, Settings};
use cover::{Cover, Ground, hash_text, placed};
pub(crate) use links::permitted_links;
use store::{Entry, Files, Store};

/// Trusts the settings of a repository, or a link in it.
#[derive(Args, Debug)]
pub(crate) struct TrustArgs {
    /// A folder of the repository
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// Permit this link to lead out of its repository, instead of trusting settings
    #[arg(long, value_name = "LINK", conflicts_with = "folder")]
    link: Option<PathBuf>,
    /// Show what would be trusted, and do nothing
    #[arg(long, conflicts_with = "forget")]
    show: bool,
    /// Trust the settings, or the link, no longer
    #[arg(long)]
    forget: bool,
}

/// Shows what the settings would do, and remembers that they may.
pub(crate) fn run(args: &TrustArgs, talk: &Talk) -> Result<Status, CliError> {
    if let Some(link) = &args.link {
        return links::run(link, args.show, args.forget, talk);
    }
    let root = files::root(&args.folder.join("translate.toml"));
    if args.forget {
        return forget(&root.join("translate.toml"), talk);
    }
    let settings = Settings::load(&root, &Flags::default())?;
    let Some(site) = Site::of(&settings)? else {
        return Err(CliError::failed(format!("there is no translate.toml in {} or above it", args.folder.display()))
            .hint("only settings need trust"));
    };
    let shown = site.path.display();
    let mut dangers = Vec::new();
    for (name, table) in &settings.backends {
        let sentences = backends::needs_trust(table);
        if !sentences.is_empty() {
            dangers.push(Danger { name, sentences, lines: programs(table) });
        }
    }
    if dangers.is_empty() {
        talk.tell(&format!("{shown}: names no program, no host and no key of its own; nothing to trust"));
        show::links(&site.ground, talk)?;
        return Ok(Status::Done);
    }
    let store = store()?;
    let known = Store::load(&store);
    let entry = known.as_ref().ok().and_then(|known| known.entry(&site.key));
    let mut found = Vec::new();
    for danger in &dangers {
        let before = entry.and_then(|entry| entry.backends.get(danger.name)).map(Cover::from).unwrap_or_default();
        found.push((danger.name.clone(), site.cover(&danger.lines, &Cover::default())?, site.cover(&danger.lines, &before)?));
    }
    show::site(&site, talk);
    for (danger, (_, cover, _)) in dangers.iter().zip(&found) {
        show::danger(danger, &site, cover, args.show, talk);
    }
    if let Some(entry) = entry {
        let now: Vec<(&str, &Cover)> = found.iter().map(|(name, _, now)| (name.as_str(), now)).collect();
        show::since(entry, &site.changes(entry, &now), talk);
    }
    show::links(&site.ground, talk)?;
    if args.show {
        return Ok(Status::Done);
    }
    let mut known = known?;
    known.trust(site.entry(found.into_iter().map(|(name, cover, _)| (name, cover.into())).collect()));
    known.save(&store)?;
    talk.tell("trusted until one of these files changes");
    Ok(Status::Done)
}

/// A backend that needs trust.
struct Danger<'s> {
    name: &'s String,
    /// What it would do.
    sentences: Vec<String>,
    /// The command lines that it would run.
    lines: Vec<&'s [String]>,
}

/// Refuses a backend of settings that were not trusted as they are now, with the reason and what it would do.
pub(crate) fn require(settings: &Settings, name: &str, table: &backends::Settings, dangers: &[String]) -> Result<(), CliError> {
    let Some(site) = Site::of(settings)? else { return Ok(()) };
    let Some(reason) = site.refusal(name, table)? else { return Ok(()) };
    let list: String = dangers.iter().map(|danger| format!("\n  {danger}")).collect();
    Err(CliError::failed(format!("{} {reason}; its backend `{}`{list}", site.path.display(), shell::word(name)))
        .hint("read the file; then run `translate trust`, or add --trust for this run"))
}

/// Whether a backend of the settings was trusted as it is now. What cannot be found out is not trusted.
pub(crate) fn is_trusted(settings: &Settings, name: &str, table: &backends::Settings) -> bool {
    match Site::of(settings) {
        Ok(Some(site)) => site.refusal(name, table).is_ok_and(|refusal| refusal.is_none()),
        Ok(None) => true,
        Err(_) => false,
    }
}

/// Where the programs of the settings run: in the folder of the file that translate.toml really is.
pub(crate) fn place(settings: &Settings) -> Result<Place, CliError> {
    let folder = match Site::of(settings)? {
        Some(site) => site.ground.folder,
        None => settings.root.clone(),
    };
    Ok(place_in(&folder))
}

fn place_in(folder: &Path) -> Place {
    let path = std::env::var_os("PATH").unwrap_or_else(|| if cfg!(unix) { "/usr/bin:/bin" } else { "" }.into());
    Place::new(folder, &path)
}

/// The command lines that a backend runs.
fn programs(table: &backends::Settings) -> Vec<&[String]> {
    let key = match table {
        backends::Settings::Memory(_) => None,
        backends::Settings::Command(command) => return vec![&command.command],
        backends::Settings::Openai(openai) => openai.api_key_command.as_deref(),
        backends::Settings::Libretranslate(libre) => libre.api_key_command.as_deref(),
    };
    key.into_iter().collect()
}

/// A settings file, where it really is.
struct Site<'s> {
    /// As the user names it.
    path: &'s Path,
    text: &'s str,
    /// Its place: no link in the path but, perhaps, the file itself.
    key: String,
    /// The file that a link leads to.
    leads_to: Option<String>,
    ground: Ground,
}

impl<'s> Site<'s> {
    /// `None` without a settings file.
    fn of(settings: &'s Settings) -> Result<Option<Self>, CliError> {
        let Some((path, text)) = &settings.file else { return Ok(None) };
        let gone = || CliError::failed(format!("{} is not there any more", path.display())).hint("run again");
        let key = placed(path).ok_or_else(gone)?;
        let real = std::fs::canonicalize(path).map_err(|_| gone())?;
        let ground = Ground::new(real.parent().unwrap_or(&real));
        let leads_to = (real != key).then(|| text_of(&real)).transpose()?;
        Ok(Some(Self { path, text, key: text_of(&key)?, leads_to, ground }))
    }

    fn cover(&self, lines: &[&[String]], known: &Cover) -> Result<Cover, CliError> {
        self.ground.cover(lines, &place_in(&self.ground.folder), known)
    }

    fn entry(&self, backends: std::collections::BTreeMap<String, Files>) -> Entry {
        let trusted = Some(now());
        Entry { path: self.key.clone(), leads_to: self.leads_to.clone(), sha256: Some(hash_text(self.text)), trusted, backends }
    }

    /// Why a backend may not be used, as the end of a sentence about the settings; `None` where it may.
    fn refusal(&self, name: &str, table: &backends::Settings) -> Result<Option<String>, CliError> {
        let Some(store) = Store::path() else { return Ok(Some("is not trusted".to_owned())) };
        let known = match Store::load(&store) {
            Ok(known) => known,
            Err(error) => return Ok(Some(format!("is not trusted: {}", error.to_line()))),
        };
        let Some(entry) = known.entry(&self.key) else { return Ok(Some("is not trusted".to_owned())) };
        if entry.sha256.is_none() {
            return Ok(Some("is not trusted: it was trusted by an older version, which looked at no program; look at it again".to_owned()));
        }
        if entry.sha256.as_deref() != Some(&hash_text(self.text)) {
            return Ok(Some(format!("is not trusted any more: {}", listed(&self.changes(entry, &[])))));
        }
        let before = entry.backends.get(name).map(Cover::from).unwrap_or_default();
        let cover = self.cover(&programs(table), &before)?;
        let changes = self.changes(entry, &[(name, &cover)]);
        Ok((!changes.is_empty()).then(|| format!("is not trusted any more: {}", listed(&changes))))
    }

    /// What is other than it was when the settings were trusted, one sentence each.
    fn changes(&self, entry: &Entry, backends: &[(&str, &Cover)]) -> Vec<String> {
        let mut changes = Vec::new();
        if entry.sha256.as_deref() != Some(&hash_text(self.text)) {
            changes.push("translate.toml changed since it was trusted".to_owned());
        } else if entry.leads_to != self.leads_to {
            changes.push("translate.toml leads to another file since it was trusted".to_owned());
        }
        let of_backend = |name: &str, now: &Cover| {
            let before = entry.backends.get(name).map(Cover::from).unwrap_or_default();
            let names: std::collections::BTreeSet<&String> = before.files.keys().chain(now.files.keys()).collect();
            let change = |name: &&String| match (before.files.get(*name), now.files.get(*name)) {
                (Some(before), Some(now)) if before == now => None,
                (Some(_), Some(_)) => Some("changed"),
                (Some(_), None) => Some("was removed"),
                (None, _) => Some("was added"),
            };
            let sentence = |name: &String, what| format!("{} {what} since it was trusted", shell::word(name));
            names.into_iter().filter_map(|name| Some(sentence(name, change(&name)?))).collect::<Vec<_>>()
        };
        changes.extend(backends.iter().flat_map(|(name, now)| of_backend(name, now)));
        changes
    }
}

/// The most changes that a message names.
const SHOWN: usize = 3;

fn listed(changes: &[String]) -> String {
    let more = changes.len().saturating_sub(SHOWN);
    let list = changes.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("; ");
    if more == 0 { list } else { format!("{list}; and {more} more (`translate trust --show` names them)") }
}

fn forget(path: &Path, talk: &Talk) -> Result<Status, CliError> {
    let store = store()?;
    let mut known = Store::load(&store)?;
    // The file itself may be gone.
    let key = placed(path).map(|place| text_of(&place)).transpose()?;
    if !key.is_some_and(|key| known.forget(&key)) {
        talk.tell(&format!("{} was not trusted", path.display()));
        return Ok(Status::Done);
    }
    known.save(&store)?;
    talk.tell(&format!("{} is trusted no longer", path.display()));
    Ok(Status::Done)
}

/// The file that lists what is trusted.
fn store() -> Result<PathBuf, CliError> {
    Store::path().ok_or_else(|| {
        CliError::failed("there is no folder for the user's configuration").hint("set TRANSLATE_CONFIG_HOME, or use --trust")
    })
}

fn now() -> String {
    humantime::format_rfc3339_seconds(SystemTime::now()).to_string()
}

fn text_of(path: &Path) -> Result<String, CliError> {
    path.to_str().map(str::to_owned).ok_or_else(|| {
        CliError::failed(format!("the path {} is no text (UTF-8), so that it cannot be remembered", path.display()))
            .hint("move it to a folder with another name, or use --trust for this run")
    })
}
