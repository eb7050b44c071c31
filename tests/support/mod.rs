//! A team's folder for one test, and the real binary run in it.
// Each test binary compiles this file for itself and uses a part of it.
#![allow(dead_code)]

pub mod edition;
pub mod output;
#[cfg(unix)]
pub mod screen;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

/// A digest of three items between a heading, a greeting and a closing line: nine segments.
pub const NEWS: &str = "# Weekly News\n\nHello there, readers.\n\n- [One](https://a.example/1) – The first comment.\n- [Two](https://a.example/2) – The second comment.\n- [Three](https://a.example/3) – The third comment.\n\nSee you next week.\n";

/// A folder with `x.md`, and a home for the user's own configuration.
pub struct Project {
    folder: TempDir,
    home: TempDir,
}

/// How a run ended; the project's folder is shown as `FOLDER` in its output.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Project {
    /// With this English digest and no settings.
    pub fn new(english: &str) -> Self {
        let project = Self { folder: tempfile::tempdir().expect("a folder"), home: tempfile::tempdir().expect("a home") };
        project.write("x.md", english);
        project
    }

    /// With a backend `mt`: a filter that notes each request in `asked` and writes `word` in front of each segment.
    pub fn answered(english: &str, word: &str) -> Self {
        let project = Self::new(english);
        project.filter(&format!("IFS= read -r line; printf '%s\\n' \"$line\" >> asked; printf '%s %s\\n' '{word}' \"$line\""));
        project
    }

    /// Makes these lines of sh the filter `mt`.
    pub fn filter(&self, script: &str) {
        self.write("mt.sh", script);
        self.write(
            "translate.toml",
            "backend = \"mt\"\n[backends.mt]\nkind = \"command\"\nmode = \"filter\"\ncommand = [\"sh\", \"mt.sh\"]\n",
        );
    }

    /// Makes these lines of sh the plugin `mt`, with a note of each process in `pids`.
    pub fn plugin(&self, script: &str, settings: &str) {
        self.write("mt.sh", format!("echo $$ >> pids\n{script}\n"));
        self.write(
            "translate.toml",
            format!("backend = \"mt\"\n[backends.mt]\nkind = \"command\"\ncommand = [\"sh\", \"mt.sh\"]\n{settings}\n"),
        );
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), text).expect("written");
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn remove(&self, name: &str) {
        std::fs::remove_file(self.path(name)).expect("removed");
    }

    pub fn exists(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    /// Replaces the one place of `from` in a file.
    pub fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {name}:\n{text}");
        self.write(name, text.replace(from, to));
    }

    /// What the filter was asked since the last call, in the order of the alphabet: requests run side by side.
    pub fn asked(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.path("asked")).unwrap_or_default();
        let _ = std::fs::remove_file(self.path("asked"));
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    }

    /// The binary in this folder, with nothing of the caller's own settings.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_translate"));
        command.args(arguments).current_dir(self.folder.path()).env("TRANSLATE_CONFIG_HOME", self.home.path()).stdin(Stdio::null());
        let settings = ["TRANSLATE_BACKEND", "TRANSLATE_JOBS", "TRANSLATE_REGISTER", "CLICOLOR_FORCE", "HTTP_PROXY", "http_proxy"];
        for name in settings {
            command.env_remove(name);
        }
        command
    }

    /// Runs the binary.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.finished(self.command(arguments).output().expect("the binary"))
    }

    /// Runs the binary, and fails where it has not ended after a minute.
    pub fn run_to_its_end(&self, arguments: &[&str]) -> Run {
        let mut child = self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary");
        for _ in 0..6000 {
            if child.try_wait().expect("a child").is_some() {
                return self.finished(child.wait_with_output().expect("output"));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        child.kill().expect("killed");
        panic!("it hangs: {}", self.finished(child.wait_with_output().expect("output")).stderr);
    }

    /// No process of the groups that `pids` names is left; one that only waits for its parent to notice does not count.
    pub fn assert_nothing_runs(&self) {
        let groups = self.read("pids");
        let runs = || {
            let list = Command::new("ps").args(["-A", "-o", "pgid=,stat=,args="]).output().expect("ps");
            let list = String::from_utf8_lossy(&list.stdout).into_owned();
            let mut lines = list.lines().map(str::to_owned);
            lines.find(|line| {
                let mut fields = line.split_whitespace();
                let (group, state) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
                groups.lines().any(|pid| pid == group) && !state.starts_with('Z')
            })
        };
        // A signal takes its moment.
        for _ in 0..100 {
            if runs().is_none() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("left running: {:?}", runs());
    }

    /// Runs it over `x.md`, trusting the folder's settings, with further arguments; all must be done.
    pub fn done(&self, arguments: &[&str]) -> Run {
        let run = self.run(&[&["x.md", "--trust"], arguments].concat());
        assert_eq!(run.status, 0, "{}", run.stderr);
        run
    }

    /// What a run that was started left on its pipes.
    pub fn finished(&self, output: Output) -> Run {
        let real = std::fs::canonicalize(self.folder.path()).expect("a folder").display().to_string();
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            text.replace(&real, "FOLDER").replace(&self.folder.path().display().to_string(), "FOLDER")
        };
        Run { status: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// The record's entries.
    pub fn record(&self) -> Vec<toml::Table> {
        let table: toml::Table = self.read("x.record.toml").parse().expect("a record");
        let segments = table.get("segment").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        segments.into_iter().map(|entry| entry.as_table().cloned().expect("an entry")).collect()
    }

    /// The one entry of the record that has `text` under `key`.
    pub fn entry(&self, key: &str, text: &str) -> toml::Table {
        let mut found = self.record().into_iter().filter(|entry| entry.get(key).and_then(toml::Value::as_str) == Some(text));
        let entry = found.next().unwrap_or_else(|| panic!("no {key} = {text:?} in:\n{}", self.read("x.record.toml")));
        assert!(found.next().is_none(), "{key} = {text:?} twice");
        entry
    }

    /// Every file of the folder but those of the tool's own `.translate`, sorted.
    pub fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).expect("a folder").map(|entry| entry.expect("an entry"));
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| name != ".translate");
        names.sort();
        names
    }

    /// Bytes and times of every file, after setting the times back so that any writing shows.
    pub fn aged(&self) -> Vec<(String, Vec<u8>, SystemTime)> {
        let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        for name in self.files() {
            let file = std::fs::File::options().write(true).open(self.path(&name)).expect("a file");
            file.set_modified(past).expect("a time");
        }
        self.state()
    }

    /// Bytes and times of every file.
    pub fn state(&self) -> Vec<(String, Vec<u8>, SystemTime)> {
        let one = |name: String| {
            let path = self.path(&name);
            let time = std::fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
            (name, std::fs::read(path).expect("a file"), time)
        };
        self.files().into_iter().map(one).collect()
    }
}

/// The text under `key`.
pub fn text<'e>(entry: &'e toml::Table, key: &str) -> &'e str {
    entry.get(key).and_then(toml::Value::as_str).unwrap_or_else(|| panic!("no {key} in {entry:?}"))
}
