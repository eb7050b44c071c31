//! A git repository with digests for one test, apart from the settings of whoever runs it.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::support::{Project, Run};

/// Two items, the first with a fault.
pub const KOREAN: &str = "- [하나](https://a.example/1) – 안장점를 본다.\n- [둘](https://a.example/2) – 둘째.\n";
/// The same with a fault in the second item too.
pub const CHANGED: &str = "- [하나](https://a.example/1) – 안장점를 본다.\n- [둘](https://a.example/2) – 훈련를 한다.\n";
const ENGLISH: &str = "- [One](https://a.example/1) – The first.\n- [Two](https://a.example/2) – The second.\n";

/// A folder for repositories. A program that must not run writes a file in a place of its own.
pub struct Repository {
    pub project: Project,
    outside: TempDir,
}

impl Repository {
    /// An empty folder.
    pub fn folder() -> Self {
        let project = Project::new("");
        project.remove("x.md");
        Self { project, outside: tempfile::tempdir().expect("a folder") }
    }

    /// A repository with `drafts/x.md`, its Korean and a glossary, committed; nothing has changed since.
    pub fn committed() -> Self {
        let repository = Self::folder();
        repository.git(&["init", "-q", "-b", "main"]);
        repository.digest("drafts/x");
        repository.write("glossary.toml", "[terms]\n");
        repository.commit("first");
        repository
    }

    /// The same with a fault that the last commit does not have: line 2 of `drafts/x.ko.md`.
    pub fn changed() -> Self {
        let repository = Self::committed();
        repository.write("drafts/x.ko.md", CHANGED);
        repository
    }

    /// Writes `stem.md` and `stem.ko.md`.
    pub fn digest(&self, stem: &str) {
        self.write(&format!("{stem}.md"), ENGLISH);
        self.write(&format!("{stem}.ko.md"), KOREAN);
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.project.path(name)
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::create_dir_all(self.path(name).parent().expect("a folder")).expect("folders");
        std::fs::write(self.path(name), text).expect("written");
    }

    /// Writes a program of sh.
    pub fn program(&self, name: &str, script: &str) {
        self.write(name, format!("#!/bin/sh\n{script}\n"));
        std::fs::set_permissions(self.path(name), std::fs::Permissions::from_mode(0o755)).expect("a mode");
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-qm", message]);
    }

    /// Runs git at the top; it must succeed. What it wrote.
    pub fn git(&self, arguments: &[&str]) -> String {
        let output = self.git_in("", arguments);
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Runs git in a folder of it.
    pub fn git_in(&self, folder: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new("git");
        self.alone(&mut command);
        command.current_dir(self.path(folder)).args(["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "protocol.file.allow=always"]);
        command.args(arguments).output().expect("git")
    }

    /// Puts nothing of the caller's git into a command.
    pub fn alone(&self, command: &mut Command) {
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
            command.env_remove(name);
        }
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", self.outside("gitconfig"));
    }

    /// A place outside of the repository.
    pub fn outside(&self, name: &str) -> PathBuf {
        self.outside.path().join(name)
    }

    /// Words of sh that leave a mark.
    pub fn mark(&self) -> String {
        format!("touch {}", self.outside("MARK").display())
    }

    /// Whether a program ran since the last question.
    pub fn is_marked(&self) -> bool {
        std::fs::remove_file(self.outside("MARK")).is_ok()
    }

    /// The command that checks `paths` since a revision, from a folder of the repository.
    pub fn check_command(&self, folder: &str, revision: &str, paths: &[&str]) -> Command {
        let since = format!("--changed-from={revision}");
        let flags = ["check", "--only", "wrong-particle", "--format", "json", &since, "--"];
        let mut command = self.project.command(&[&flags, paths].concat());
        self.alone(&mut command);
        command.current_dir(self.path(folder));
        command
    }

    pub fn check(&self, revision: &str) -> Run {
        self.finished(&mut self.check_command("", revision, &["."]))
    }

    pub fn finished(&self, command: &mut Command) -> Run {
        self.project.finished(command.output().expect("the binary"))
    }

    /// The faults that are new since a revision, as file and line.
    pub fn found(&self, revision: &str) -> Vec<(String, u64)> {
        found(&self.check(revision))
    }
}

/// The findings of a run, as file and line.
#[track_caller]
pub fn found(run: &Run) -> Vec<(String, u64)> {
    let value: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"));
    let findings = value["findings"].as_array().expect("findings").iter();
    findings.map(|finding| (finding["file"].as_str().expect("a file").to_owned(), finding["line"].as_u64().expect("a line"))).collect()
}

/// One finding.
pub fn at(file: &str, line: u64) -> (String, u64) {
    (file.to_owned(), line)
}

/// Copies a folder with all below it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &target) } else { std::fs::copy(entry.path(), target).map(drop).expect("copied") }
    }
}
