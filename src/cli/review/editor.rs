//! A text in the person's own editor: a file of ours, given to `$VISUAL` or `$EDITOR`, and what became of it.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use translate_digest::disk::{self, DiskError};

/// What became of a text in the editor.
pub(super) enum Edited {
    /// It came back changed.
    Changed(String),
    /// It came back as it was, or the editor was left with a failure and changed nothing.
    Unchanged,
    /// The editor failed, and yet the text changed: a person has to say whether it counts.
    Doubtful(String, ExitStatus),
}

/// A text that is being edited. The file stays until [`Draft::done`] is called.
pub(super) struct Draft {
    path: PathBuf,
    text: String,
}

/// Below this line nothing is read.
const SCISSORS: &str = "# ------------------------ >8 ------------------------";

impl Draft {
    /// Writes the file: `text`, and below a line what is for reading only.
    pub(super) fn new(root: &Path, name: &str, text: &str, about: &[String]) -> Result<Self, DiskError> {
        let folder = disk::create_folders(root, &["edit"], None)?;
        let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '.' { c } else { '_' }).collect();
        // An earlier text that could not be saved may have the name, and is kept.
        let names = (1..)
            .map(|number| format!("{name}-{}{}.md", std::process::id(), if number > 1 { format!("-{number}") } else { String::new() }));
        let path = names.map(|name| folder.join(name)).find(|path| !disk::lies_at(path)).unwrap_or(folder);
        let mut file = format!("{text}\n\n{SCISSORS}\n");
        for line in about {
            file.push_str(line);
            file.push('\n');
        }
        disk::create_new(&path, file.as_bytes())?;
        Ok(Self { path, text: text.to_owned() })
    }

    /// Where the text is kept.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the editor and waits for it.
    pub(super) fn edit(&self) -> Result<Edited, String> {
        let editor = editor();
        let status = command(&editor, &self.path).status().map_err(|error| format!("the editor `{editor}` cannot be started: {error}"))?;
        let kept = |error: String| format!("{error}; the text is in {}", self.path.display());
        let bytes = disk::read(&self.path).map_err(|error| kept(format!("what the editor wrote cannot be read: {error}")))?;
        let file = String::from_utf8(bytes).map_err(|_| kept("what the editor wrote is no UTF-8 text".to_owned()))?;
        let text = file.strip_prefix('\u{feff}').unwrap_or(&file);
        let text: Vec<&str> = text.lines().take_while(|line| line.trim_end() != SCISSORS).collect();
        let text = text.join("\n").trim().to_owned();
        Ok(match (text == self.text.trim(), status.success()) {
            (true, _) => Edited::Unchanged,
            (false, true) => Edited::Changed(text),
            (false, false) => Edited::Doubtful(text, status),
        })
    }

    /// Takes the file away: its text has come to where it belongs.
    pub(super) fn done(self) {
        disk::remove(&self.path);
    }
}

/// The first of the usual variables that says something.
fn editor() -> String {
    let said = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.trim().is_empty());
    said.unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned())
}

/// The editor may be a command with arguments: a shell reads it, as git has it.
fn command(editor: &str, path: &Path) -> Command {
    if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.arg("/C").arg(editor).arg(path);
        return command;
    }
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$@\"")).arg(editor).arg(path);
    command
}
