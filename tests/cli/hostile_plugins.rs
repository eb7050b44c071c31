//! Hostile plugins through the command line: a clear message, every other segment saved, no process left.
#![cfg(unix)]

use crate::support::{Project, Run};

/// Six items; the fourth makes the plugins hostile.
const ENGLISH: &str = "- First words.\n- Second words.\n- Third words.\n- The **poison** word.\n- Fifth words.\n- Sixth words.\n";
const OTHERS: [&str; 5] = ["First words.", "Second words.", "Third words.", "Fifth words.", "Sixth words."];

const HELLO: &str = r#"printf '%s\n' '{"v":[1],"name":"test","caps":["batch"]}'"#;

/// A plugin that answers well, but for what `hostile` does before the answer to a line with `poison`.
fn answering(hostile: &str) -> String {
    format!(
        r#"{HELLO}
while IFS= read -r line; do
  id=$(printf '%s' "$line" | sed 's/^{{"v":1,"id":\([0-9]*\),.*/\1/')
  segments=$(printf '%s' "$line" | sed 's/.*"segments":\[\(.*\)\],"context".*/\1/; s/"text":"/"text":"한 /g')
  case "$line" in *poison*) {hostile};; esac
  printf '{{"id":%s,"ok":{{"segments":[%s]}}}}\n' "$id" "$segments"
done"#
    )
}

fn run(script: &str, settings: &str) -> (Project, Run) {
    let project = Project::new(ENGLISH);
    project.plugin(script, settings);
    let run = project.run_to_its_end(&["x.md", "--trust"]);
    project.assert_nothing_runs();
    assert!(!run.stderr.chars().any(|c| c.is_control() && c != '\n'), "{:?}", run.stderr);
    (project, run)
}

/// Only the fourth item is left, for this reason; the others stand in the Korean file and in the record.
#[track_caller]
fn assert_costs_one(hostile: &str, settings: &str, reason: &str) {
    let (project, run) = run(&answering(hostile), settings);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains(&format!("x.md:4: item 4: left in English: {reason}: The ")), "{}", run.stderr);
    assert!(run.stderr.contains("6 items, 6 segments: 0 reused, 5 asked, 1 left"), "{}", run.stderr);
    assert_saved(&project, &OTHERS);
}

/// These segments have their Korean, in the Korean file and in the record; the others stay in English.
#[track_caller]
fn assert_saved(project: &Project, saved: &[&str]) {
    let mut korean = ENGLISH.to_owned();
    for words in saved {
        korean = korean.replace(words, &format!("한 {words}"));
        assert_eq!(project.entry("machine", &format!("한 {words}"))["state"].as_str(), Some("machine"));
    }
    assert_eq!(project.read("x.ko.md"), korean);
    let left = project.record().iter().filter(|entry| entry["state"].as_str() == Some("english")).count();
    assert_eq!(left, 6 - saved.len());
}

/// Nothing could be asked, for this reason, and the hint says what to do.
#[track_caller]
fn assert_unusable(script: &str, reason: &str, hint: &str) {
    let (project, run) = run(script, "hello_timeout_seconds = 0.5");
    assert_eq!(run.status, 2, "{}", run.stderr);
    let warning = format!("warning: the backend `mt` was not asked further: `sh mt.sh` {reason}\nhint: {hint}\n");
    assert!(run.stderr.contains(&warning), "{}", run.stderr);
    assert!(run.stderr.contains("x.md: nothing was translated and nothing written"), "{}", run.stderr);
    assert!(!project.exists("x.ko.md"));
}

const NO_PLUGIN: &str = "a program that reads text and writes text needs mode = \"filter\"";

#[test]
fn a_wrong_hello() {
    let versions = "is there another version of the plugin, or of translate?";
    assert_unusable(r#"echo '{"v":[2]}'; sleep 600"#, "speaks version 2 of the protocol, not 1", versions);
    assert_unusable(r"printf 'Loading \033[1mmodel\n'; sleep 600", "did not say hello, but: Loading [1mmodel", NO_PLUGIN);
}

#[test]
fn no_hello() {
    assert_unusable("sleep 600 & sleep 600", "did not say hello within 0.5 s", NO_PLUGIN);
    assert_unusable("exit 3", "ended without a hello (exit status: 3)", NO_PLUGIN);
}

#[test]
fn a_program_that_is_not_there() {
    let project = Project::new(ENGLISH);
    project.write("translate.toml", "backend = \"mt\"\n[backends.mt]\nkind = \"command\"\ncommand = [\"./no-such-program\"]\n");
    let run = project.run_to_its_end(&["x.md", "--trust"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("there is no program `./no-such-program`"), "{}", run.stderr);
    assert!(!project.exists("x.ko.md"));
}

#[test]
fn a_death_in_the_middle() {
    assert_costs_one("exit 7", "", "`sh mt.sh` ended in the middle of the work (exit status: 7)");
    assert_costs_one("kill -9 $$", "", "`sh mt.sh` ended in the middle of the work (signal: 9 (SIGKILL))");
}

#[test]
fn a_death_on_everything_is_given_up() {
    let (project, run) = run(&format!("{HELLO}\nread line\nexit 7"), "");
    assert_eq!(run.status, 2, "{}", run.stderr);
    let why = "warning: the backend `mt` was not asked further: 5 requests in a row failed, the last one because `sh mt.sh` ended";
    assert!(run.stderr.contains(why), "{}", run.stderr);
    assert!(!project.exists("x.ko.md"));
    let starts = project.read("pids").lines().count();
    assert!(starts <= 7, "{starts} starts");
}

/// Forty items, some of them poison, through a plugin that fails at poison in this way.
#[track_caller]
fn assert_costs_themselves(hostile: &str, settings: &str, poison: &[usize], reason: &str) {
    let words = |item: usize| if poison.contains(&item) { "poison" } else { "good" };
    let english: String = (0..40).map(|item| format!("- The {} number {item}.\n", words(item))).collect();
    let project = Project::new(&english);
    project.plugin(&answering(hostile), settings);
    let run = project.run_to_its_end(&["x.md", "--trust"]);
    project.assert_nothing_runs();
    assert_eq!(run.status, 1, "{hostile} {settings}: {}", run.stderr);
    let end = format!("40 items, 40 segments: 0 reused, {} asked, {} left", 40 - poison.len(), poison.len());
    assert!(run.stderr.contains(&end), "{hostile} {settings}: {}", run.stderr);
    for item in poison {
        let left = format!("x.md:{}: item {}: left in English: {reason}: The poison", item + 1, item + 1);
        assert!(run.stderr.contains(&left), "{hostile} {settings}: {}", run.stderr);
    }
    let korean: String =
        (0..40).map(|item| format!("- {}The {} number {item}.\n", if poison.contains(&item) { "" } else { "한 " }, words(item))).collect();
    assert_eq!(project.read("x.ko.md"), korean);
}

#[test]
fn a_plugin_that_breaks_its_protocol_at_some_texts_blames_those_alone() {
    let ways = [
        ("exit 7", "`sh mt.sh` ended in the middle of the work (exit status: 7)"),
        ("echo junk", "`sh mt.sh` wrote something to its stdout that is not an answer: junk"),
        (
            r#"echo '{"id":9999,"ok":{"segments":[]}}'"#,
            "`sh mt.sh` wrote an answer to a question that was not asked: {\"id\":9999,\"ok\":{\"segments\":[]}}",
        ),
    ];
    for (hostile, reason) in ways {
        for settings in ["batch = 1", "batch = 20"] {
            // Two requests are under way at once: what is beside the poison is asked again.
            assert_costs_themselves(hostile, settings, &[1, 20], reason);
        }
    }
    let (hostile, reason) = ways[0];
    for poison in [&[0, 1, 2, 3][..], &[36, 37, 38, 39], &[0, 5, 10, 15, 20, 25, 30, 35]] {
        assert_costs_themselves(hostile, "batch = 1", poison, reason);
    }
}

#[test]
fn a_filter_that_fails_at_some_texts_blames_those_alone() {
    for (hostile, reason) in [
        ("exit 3", "`sh mt.sh` failed (exit status: 3)"),
        ("kill -9 $$", "`sh mt.sh` failed (signal: 9 (SIGKILL))"),
        ("exit 0", ""),
        ("yes", "`sh mt.sh` gave more than 64 MiB and was stopped"),
        ("printf '\\377\\n'; exit 0", "`sh mt.sh` gave text that is not UTF-8"),
        ("echo; echo; echo; exit 0", "`sh mt.sh` gave "),
    ] {
        for lines in ["", "lines = true\nbatch = 8\n"] {
            let english: String =
                (0..12).map(|item| format!("- The {} number {item}.\n", if item == 5 { "poison" } else { "good" })).collect();
            let project = Project::new(&english);
            project.filter(&format!("while IFS= read -r line; do case \"$line\" in *poison*) {hostile};; esac; echo \"한 $line\"; done"));
            let settings = project.read("translate.toml");
            project.write("translate.toml", settings + lines);
            let run = project.run_to_its_end(&["x.md", "--trust"]);
            assert_eq!(run.status, 1, "{hostile}: {}", run.stderr);
            assert!(run.stderr.contains("12 segments: 0 reused, 11 asked, 1 left"), "{hostile}: {}", run.stderr);
            assert!(run.stderr.contains(&format!("x.md:6: item 6: left in English: {reason}")), "{hostile}: {}", run.stderr);
            assert_eq!(project.read("x.ko.md").matches("한 ").count(), 11);
        }
    }
    let project = Project::new(ENGLISH);
    project.filter("echo $$ >> runs; exit 3");
    let run = project.run_to_its_end(&["x.md", "--trust", "--jobs", "1"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert_eq!(project.read("runs").lines().count(), 5);
}

#[test]
fn answers_out_of_order() {
    // The answer to the first of two requests comes after that to the second, its segments the last first.
    let script = format!(
        r#"{HELLO}
read -r one; read -r two
for line in "$two" "$one"; do
  id=$(printf '%s' "$line" | sed 's/^{{"v":1,"id":\([0-9]*\),.*/\1/')
  segments=$(printf '%s' "$line" | sed 's/.*"segments":\[\(.*\)\],"context".*/\1/; s/"text":"/"text":"한 /g; s/\({{.*}}\),\({{.*}}\),\({{.*}}\)/\3,\2,\1/')
  printf '{{"id":%s,"ok":{{"segments":[%s]}}}}\n' "$id" "$segments"
done
read -r end"#
    );
    let (project, run) = run(&script, "");
    assert_eq!(run.status, 0, "{}", run.stderr);
    let korean: String = ENGLISH.lines().map(|line| format!("- 한 {}\n", &line[2..])).collect();
    assert_eq!(project.read("x.ko.md"), korean);
}

#[test]
fn an_id_twice() {
    assert_costs_one(r#"segments="$segments,$segments""#, "", "`sh mt.sh` answered `3` twice");
}

#[test]
fn an_id_left_out() {
    let hostile = r#"segments=$(printf '%s' "$segments" | sed 's/{"id":"[0-9]*","text":"[^"]*poison[^"]*"}//; s/,,/,/; s/^,//; s/,$//')"#;
    assert_costs_one(hostile, "", "`sh mt.sh` left out `3` (1 of 1 segments)");
}

#[test]
fn an_id_that_was_not_asked() {
    let hostile = r#"segments=$(printf '%s' "$segments" | sed 's/"id":"3"/"id":"99"/')"#;
    assert_costs_one(hostile, "", "`sh mt.sh` answered `99`, which was not asked");
}

#[test]
fn a_mark_lost() {
    assert_costs_one(r#"segments=$(printf '%s' "$segments" | sed 's/⟦\/1⟧//')"#, "", "the mark ⟦1⟧ was lost");
    assert_costs_one(r#"segments=$(printf '%s' "$segments" | sed 's/⟦\/*1⟧//g')"#, "", "the mark ⟦1⟧ was lost");
}

#[test]
fn a_mark_doubled() {
    let hostile = r#"segments=$(printf '%s' "$segments" | sed 's/⟦1⟧/⟦1⟧⟦1⟧/g')"#;
    assert_costs_one(hostile, "", "the mark ⟦1⟧ came back more than once");
}

#[test]
fn a_mark_of_its_own() {
    let hostile = r#"segments=$(printf '%s' "$segments" | sed 's/ word/ ⟦7\/⟧ word/')"#;
    let (project, run) = run(&answering(hostile), "");
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("x.md:4: item 4: left in English: "), "{}", run.stderr);
    assert!(!project.read("x.ko.md").contains('⟦'));
}

#[test]
fn a_hundred_megabytes() {
    let hostile = r"head -c 100000000 /dev/zero | tr '\0' x; sleep 600";
    assert_costs_one(hostile, "", "`sh mt.sh` wrote a line of more than 16 MiB");
}

#[test]
fn junk_on_stdout() {
    let hostile = r"printf 'Loading \033[1m model\n'";
    assert_costs_one(hostile, "", "`sh mt.sh` wrote something to its stdout that is not an answer: Loading [1m model");
}

#[test]
fn a_hang() {
    let (project, run) = run(&answering("sleep 600 & sleep 600"), "timeout_seconds = 2\nbatch = 1");
    assert_eq!(run.status, 1, "{}", run.stderr);
    let timeout = "`sh mt.sh` did not answer within 2 s and was stopped";
    assert!(run.stderr.contains(&format!("x.md:4: item 4: left in English: {timeout}: The ")), "{}", run.stderr);
    assert_saved(&project, &OTHERS);
}
