//! Runs that end in the middle: files stay whole, the next run goes on by itself, and what was answered is not asked again.
#![cfg(unix)]

use std::collections::HashMap;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::Project;
use translate_digest::digest::{Digest, Format};

const SEGMENTS: usize = 40;
const JOBS: usize = 2;
const KILLS: usize = 50;

/// Notes each request, and takes its time.
const SLOW: &str = "IFS= read -r line || exit; printf '%s\\n' \"$line\" >> asked; sleep 0.02; printf '한 %s\\n' \"$line\"";

fn english(word: &str) -> String {
    (1..=SEGMENTS).map(|n| format!("- {word} number {n}.\n")).collect()
}

fn korean(word: &str) -> String {
    (1..=SEGMENTS).map(|n| format!("- 한 {word} number {n}.\n")).collect()
}

/// Numbers that look random and are the same each time (xorshift).
struct Moments(u64);

impl Moments {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}

fn start(project: &Project) -> Child {
    let mut command = project.command(&["x.md", "--trust", "--jobs", &JOBS.to_string()]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a run")
}

/// The record is one that can be read, and the Korean file is absent or one of these.
#[track_caller]
fn assert_whole(project: &Project, english: &str, koreans: &[&str]) {
    assert_eq!(project.read("x.md"), english);
    if project.exists("x.record.toml") {
        project.record();
    }
    if project.exists("x.ko.md") {
        let text = project.read("x.ko.md");
        assert!(koreans.contains(&text.as_str()), "neither old nor new:\n{text}");
        assert_eq!(Digest::parse(&text, Format::Markdown, None).items.len(), SEGMENTS);
    }
}

/// Starts and kills runs until one comes to its end, each eighth kill later than those before, so that a slow machine gets there too. Gives
/// the number of kills.
fn killed_until_done(project: &Project, moments: &mut Moments, english: &str, koreans: &[&str]) -> usize {
    for kills in 0.. {
        let mut run = start(project);
        std::thread::sleep(Duration::from_millis(5 + moments.next(250 * (1 + kills as u64 / 8))));
        // A run that has ended by itself is no kill.
        let ended = run.try_wait().expect("a run").is_some();
        if !ended {
            run.kill().expect("killed");
        }
        let run = project.finished(run.wait_with_output().expect("a run"));
        assert_whole(project, english, koreans);
        if run.status != -1 {
            assert_eq!(run.status, 0, "{}", run.stderr);
            return kills;
        }
    }
    0
}

/// No question was asked more often than the kills explain, and nothing that only a run in progress needs is left.
#[track_caller]
fn assert_paid_once(project: &Project, kills: usize) {
    // The last filters of a killed run may still have their questions to note.
    std::thread::sleep(Duration::from_millis(100));
    let asked = project.asked();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for question in &asked {
        *times.entry(question).or_default() += 1;
    }
    assert_eq!(times.len(), SEGMENTS, "each was asked");
    assert!(asked.len() - SEGMENTS <= kills * JOBS, "{} asked again after {kills} kills", asked.len() - SEGMENTS);
    assert!(project.files().iter().all(|name| !name.ends_with(".tmp")), "{:?}", project.files());
}

#[test]
fn a_kill_costs_what_was_in_flight() {
    let mut moments = Moments(0x2021_1022);
    let mut kills = 0;
    while kills < KILLS {
        let (first, second) = (english("Sentence"), english("Changed sentence"));
        let project = Project::new(&first);
        project.filter(SLOW);
        let korean_first = korean("Sentence");
        let new = killed_until_done(&project, &mut moments, &first, &[&korean_first]);
        assert_eq!(project.read("x.ko.md"), korean_first);
        assert_paid_once(&project, new);
        // The same over a Korean file that is there already, whose English changed in every line.
        project.write("x.md", &second);
        let korean_second = korean("Changed sentence");
        let again = killed_until_done(&project, &mut moments, &second, &[&korean_first, &korean_second]);
        assert_eq!(project.read("x.ko.md"), korean_second);
        assert_paid_once(&project, again);
        kills += new + again;
    }
}

#[test]
fn temporary_files_of_dead_runs_go() {
    let project = Project::answered("- Words.\n", "한");
    for name in [".x.ko.md.translate-abc123.tmp", ".x.record.toml.translate-abc123.tmp"] {
        project.write(name, "half a fi");
    }
    project.write(".y.ko.md.translate-abc123.tmp", "of another digest");
    project.done(&[]);
    let left: Vec<String> = project.files().into_iter().filter(|name| name.ends_with(".tmp")).collect();
    assert_eq!(left, [".y.ko.md.translate-abc123.tmp"]);
}

#[test]
fn ctrl_c_keeps_the_replies() {
    let english = english("Sentence");
    for signal in ["INT", "TERM"] {
        let project = Project::new(&english);
        // Ten questions are answered; the others wait for ever.
        project.filter(
            "IFS= read -r line; echo $$ >> pids; case $line in *' '?.|*' 10.') ;; *) touch waits; sleep 600;; esac; printf '%s\\n' \"$line\" >> asked; printf '한 %s\\n' \"$line\"",
        );
        let mut run = start(&project);
        while !project.exists("waits") {
            assert_eq!(run.try_wait().expect("a run"), None, "it ended by itself");
            std::thread::sleep(Duration::from_millis(5));
        }
        // The reply before may be on its way still.
        while !project.exists("x.record.toml") || !project.read("x.record.toml").contains("한 Sentence number 10.") {
            std::thread::sleep(Duration::from_millis(5));
        }
        let sent = Command::new("kill").args(["-s", signal, &run.id().to_string()]).status().expect("kill");
        assert!(sent.success());
        let run = project.finished(run.wait_with_output().expect("a run"));
        assert_eq!(run.status, 130, "{}", run.stderr);
        assert!(
            run.stderr.contains("x.md: interrupted; what was answered (10 segments) is kept in the record, run again to go on"),
            "{}",
            run.stderr
        );
        project.assert_nothing_runs();
        assert!(!project.exists("x.ko.md"));
        assert_eq!(project.asked().len(), 10);
        project.filter(SLOW);
        project.done(&[]);
        assert_eq!(project.asked().len(), SEGMENTS - 10, "what was answered is not asked again");
        assert_eq!(project.read("x.ko.md"), korean("Sentence"));
    }
}
