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
        let status = command(&editor, &self.path)?.status().map_err(|error| format!("the editor `{editor}` cannot be started: {error}"))?;
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

/// The editor may be a command with arguments: a shell reads it, as git has it. The file's name is an argument of its own, so that
/// nothing in it is read as a command or, from its first sign, as a flag.
fn command(editor: &str, path: &Path) -> Result<Command, String> {
    let path = if path.is_relative() { Path::new(".").join(path) } else { path.to_owned() };
    if cfg!(windows) {
        if !is_plain_for_cmd(&path.to_string_lossy()) {
            return Err(format!("cmd would read a part of the name as a command: open {} yourself", path.display()));
        }
        let mut command = Command::new("cmd");
        command.arg("/C").arg(editor).arg(path);
        return Ok(command);
    }
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$@\"")).arg(editor).arg(path);
    Ok(command)
}

/// Whether Windows' `cmd` takes a path for nothing but a path. It reads some signs in quotes too.
fn is_plain_for_cmd(path: &str) -> bool {
    !path.contains(['&', '|', '<', '>', '^', '%', '!', '"', '\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_of_a_digest_or_folder_is_read_as_a_command() {
        let folder = tempfile::tempdir().expect("a folder");
        let ran = folder.path().join("PWNED");
        let touch = format!("touch '{}'", ran.display());
        let names = ["-c", "--cmd=x", "a b", "$(x)", "`x`", "'", "\"; x; \"", "x.md; x", "a\nb", "&x", "+!x", "|x", "\u{202e}x"];
        for (root, name) in names.iter().flat_map(|name| [(*name, "x"), ("r", *name)]) {
            let name = name.replace("x", &touch);
            let root = folder.path().join(root.replace('/', "_"));
            std::fs::create_dir_all(&root).expect("a folder");
            let draft = Draft::new(&root, &name, "text", &[]).expect("a file");
            let editor = "\"$EDIT_TEST\" -c 'printf %s \"$1\" >\"$EDIT_OUT\"' sh";
            let out = folder.path().join("out");
            let status = command(editor, draft.path()).expect("a command").env("EDIT_TEST", "sh").env("EDIT_OUT", &out).status();
            if cfg!(unix) {
                assert!(status.expect("run").success(), "{name}");
                assert_eq!(std::fs::read_to_string(&out).expect("read"), draft.path().display().to_string());
            }
            assert!(!ran.exists(), "{name}");
        }
        let relative = command("true", Path::new("-c/.translate/x.md")).expect("a command");
        assert!(relative.get_args().any(|argument| Path::new(argument) == Path::new("./-c/.translate/x.md")), "{relative:?}");
    }

    #[test]
    fn cmd_gets_no_sign_that_it_reads() {
        assert!(is_plain_for_cmd(r"C:\Users\kim (a)\x.md"));
        for path in ["a&calc", "a|b", "%PATH%", "!x!", "a^b", "a\"b", "a>b"] {
            assert!(!is_plain_for_cmd(path), "{path}");
        }
    }
}
