//! What `translate trust` prints: every program, key, host and file, so that no two of them look alike.

use translate_digest::backends::Place;
use translate_digest::text::shell;

use super::cover::{Cover, Ground};
use super::permitted_links;
use super::store::Entry;
use super::{Danger, Site, place_in};
use crate::cli::Talk;
use crate::cli::error::CliError;

/// Lines of one kind that are shown where not all were asked for.
const SHOWN: usize = 12;

/// The settings file, and where it leads.
pub(super) fn site(site: &Site<'_>, talk: &Talk) {
    let leads_to = site.leads_to.as_ref().map(|real| format!(" (a link to {})", shell::word(real))).unwrap_or_default();
    talk.tell(&format!("{}{leads_to}:", site.path.display()));
}

/// What a backend would do, the programs that it would run, and the files that are trusted with them.
pub(super) fn danger(danger: &Danger<'_>, site: &Site<'_>, cover: &Cover, all: bool, talk: &Talk) {
    for sentence in &danger.sentences {
        talk.tell(&format!("  {}: {sentence}", shell::word(danger.name)));
    }
    let place = place_in(&site.ground.folder);
    for argv in &danger.lines {
        talk.tell(&format!("    program  {}", argv.first().map_or_else(|| "none".to_owned(), |program| found(program, &place))));
        talk.tell(&format!("    folder   {}", shell::word(&place.folder().to_string_lossy())));
    }
    let lines: Vec<String> = cover.files.iter().map(|(file, content)| format!("    {content}  {}", shell::word(file))).collect();
    match danger.lines.is_empty() {
        true => {}
        false if lines.is_empty() => talk.tell("    it names no file of the repository: nothing but the command is trusted"),
        false => {
            talk.tell("    trusted with it, each by the SHA-256 of its content:");
            some(&lines, all, talk);
        }
    }
    if !cover.folders.is_empty() {
        let folders: Vec<_> = cover.folders.iter().map(|folder| shell::word(folder)).collect();
        talk.tell(&format!("    and every file that comes to be in {}", folders.join(", ")));
    }
}

/// What changed since the settings were trusted.
pub(super) fn since(entry: &Entry, changes: &[String], talk: &Talk) {
    let when = entry.trusted.as_ref().map(|when| format!(" on {when}")).unwrap_or_default();
    if entry.sha256.is_none() {
        talk.tell("  trusted by an older version, which looked at no program");
    } else if changes.is_empty() {
        talk.tell(&format!("  trusted{when}; nothing changed since"));
    } else {
        talk.tell(&format!("  trusted{when}, but now:"));
        let lines: Vec<String> = changes.iter().map(|change| format!("    {change}")).collect();
        some(&lines, true, talk);
    }
}

/// The links of the repository that are permitted to lead out of it.
pub(super) fn links(ground: &Ground, talk: &Talk) -> Result<(), CliError> {
    for (link, target) in permitted_links()?.iter().filter(|(link, _)| ground.holds(link)) {
        let shown = |path: &std::path::Path| shell::word(&path.to_string_lossy()).into_owned();
        talk.tell(&format!("  the link {} may lead to {}", shown(link), shown(target)));
    }
    Ok(())
}

fn some(lines: &[String], all: bool, talk: &Talk) {
    let shown = if all { lines.len() } else { SHOWN };
    for line in lines.iter().take(shown) {
        talk.tell(line);
    }
    if lines.len() > shown {
        talk.tell(&format!("    … and {} more (--show lists all)", lines.len() - shown));
    }
}

/// The file that a program's name means, and the one that this really is.
fn found(program: &str, place: &Place) -> String {
    let shown = |path: &std::path::Path| shell::word(&path.to_string_lossy()).into_owned();
    match place.find(program) {
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => format!("{}, which may not be run", shell::word(program)),
        Err(_) => format!("{}, which is not in PATH", shell::word(program)),
        Ok(path) => match std::fs::canonicalize(&path) {
            Err(_) => format!("{}, which is not there", shown(&path)),
            Ok(real) if real == path => shown(&path),
            Ok(real) => format!("{} (really {})", shown(&path), shown(&real)),
        },
    }
}
