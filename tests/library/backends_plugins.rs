//! Plugins of the JSON lines protocol, well-behaved and hostile: each ends in a clear error, and no process is left.
#![cfg(unix)]

use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use translate_digest::backends::{Backend, BackendError, Class, Request, TermHint, Text, build};

const HELLO: &str = r#"echo '{"v":[1],"name":"test","caps":["batch","glossary"],"future":{}}'"#;

struct Plugin {
    folder: TempDir,
    backend: Box<dyn Backend>,
}

/// A plugin made of these lines of sh, after a line that notes each process that was started.
fn plugin(script: &str, settings: &str) -> Plugin {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("plugin.sh"), format!("echo $$ >> pids\n{script}\n")).expect("a script");
    let settings = format!("kind = 'command'\ncommand = ['sh', 'plugin.sh']\n{settings}");
    let settings = toml::from_str(&settings).expect("settings");
    let backend = build("mt", &settings, None, folder.path()).expect("a backend").expect("not the memory");
    Plugin { folder, backend }
}

impl Plugin {
    async fn ask(&self, ids: &[&str]) -> Result<Vec<String>, BackendError> {
        let answers = self.backend.translate(&request(ids)).await?;
        Ok(answers.into_iter().map(|text| format!("{}={}", text.id, text.text)).collect())
    }

    /// The error, and within `limit`.
    async fn fails(&self, ids: &[&str], limit: u64) -> BackendError {
        let start = Instant::now();
        let error = self.ask(ids).await.expect_err("a hostile plugin");
        assert!(start.elapsed() < Duration::from_secs(limit), "after {:?}: {error}", start.elapsed());
        error
    }

    fn starts(&self) -> usize {
        pids(self.folder.path()).len()
    }

    fn assert_nothing_runs(&self) {
        assert_nothing_runs(self.folder.path());
    }
}

fn pids(folder: &Path) -> Vec<String> {
    let pids = std::fs::read_to_string(folder.join("pids")).unwrap_or_default();
    pids.lines().map(str::to_owned).collect()
}

/// No process of any group that was started is left; one that only waits for its parent to notice does not count.
fn assert_nothing_runs(folder: &Path) {
    let groups = pids(folder);
    assert!(!groups.is_empty(), "the program never started");
    let deadline = Instant::now() + Duration::from_secs(5);
    loop {
        let list = std::process::Command::new("ps").args(["-A", "-o", "pgid=,stat=,args="]).output().expect("ps");
        let list = String::from_utf8_lossy(&list.stdout).into_owned();
        let left = list.lines().find(|line| {
            let mut fields = line.split_whitespace();
            let (group, state) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
            groups.iter().any(|pid| pid == group) && !state.starts_with('Z')
        });
        match left {
            None => return,
            Some(line) => assert!(Instant::now() < deadline, "left running: {line}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn request(ids: &[&str]) -> Request {
    Request {
        segments: ids.iter().map(|id| Text { id: (*id).to_owned(), text: format!("text {id}") }).collect(),
        glossary: vec![TermHint { english: "loss".to_owned(), korean: "손실".to_owned(), note: None }],
        context: "News".to_owned(),
        register: None,
        note: None,
    }
}

fn contains(error: &BackendError, class: Class, words: &[&str]) {
    assert_eq!(error.class, class, "{error}");
    for words in words {
        assert!(error.message.contains(words), "{words:?} in: {error}");
    }
    assert!(!error.message.chars().any(char::is_control), "{error:?}");
}

#[tokio::test]
async fn answers_in_any_order_find_their_questions() {
    let script = format!(
        r#"{HELLO}
        read one; read two; read three
        echo "$one" > first; echo '{{"id":3,"ok":{{"segments":[{{"id":"e","text":"5"}}]}},"more":1}}'
        echo '{{"id":2,"ok":{{"segments":[{{"id":"d","text":"4"}},{{"id":"c","text":"3"}}]}}}}'
        echo '{{"id":1,"ok":{{"segments":[{{"id":"b","text":"2"}},{{"id":"a","text":"1"}}]}}}}'
        read four; echo '{{"id":1,"ok":{{"segments":[]}}}}'; echo '{{"id":4,"ok":{{"segments":[{{"id":"a","text":"again"}}]}}}}'
        read five"#
    );
    let plugin = plugin(&script, "");
    let (one, two, three) = tokio::join!(plugin.ask(&["a", "b"]), plugin.ask(&["c", "d"]), plugin.ask(&["e"]));
    assert_eq!(one.expect("one"), ["b=2", "a=1"]);
    assert_eq!(two.expect("two"), ["d=4", "c=3"]);
    assert_eq!(three.expect("three"), ["e=5"]);
    assert_eq!(plugin.ask(&["a"]).await.expect("a second answer to an old question is passed over"), ["a=again"]);
    assert_eq!(
        std::fs::read_to_string(plugin.folder.path().join("first")).expect("the first question").trim_end(),
        r#"{"v":1,"id":1,"english":"en","korean":"ko","segments":[{"id":"a","text":"text a"},{"id":"b","text":"text b"}],"glossary":[{"english":"loss","korean":"손실"}],"context":"News"}"#
    );
    plugin.backend.close().await;
    assert_eq!(plugin.starts(), 1, "one live process");
    plugin.assert_nothing_runs();
}

#[tokio::test]
async fn a_plugin_without_batches_is_asked_one_by_one() {
    let script = r#"echo '{"v":[1],"name":"test"}'
        while read line; do echo "$line" >> asked
        id=$(echo "$line" | sed 's/.*"v":1,"id":\([0-9]*\).*/\1/'); seg=$(echo "$line" | sed 's/.*\[{"id":"\([a-z]\)".*/\1/')
        echo "{\"id\":$id,\"ok\":{\"segments\":[{\"id\":\"$seg\",\"text\":\"x\"}]}}"; done"#;
    let plugin = plugin(script, "");
    assert_eq!(plugin.ask(&["a", "b"]).await.expect("answers"), ["a=x", "b=x"]);
    let asked = std::fs::read_to_string(plugin.folder.path().join("asked")).expect("questions");
    assert_eq!(asked.lines().count(), 2);
    assert!(!asked.contains("glossary"), "it did not say that it reads one");
    drop(plugin.backend);
    tokio::time::sleep(Duration::from_millis(10)).await;
    assert_nothing_runs(plugin.folder.path());
}

#[tokio::test]
async fn a_wrong_hello_is_named() {
    for (hello, class, words) in [
        (r#"echo '{"v":[2,3]}'; sleep 60"#, Class::Config, "speaks version 2, 3 of the protocol, not 1"),
        (r#"printf 'Loading \033[31mmodel\n'; sleep 60"#, Class::Config, "did not say hello, but: Loading [31mmodel"),
        ("exit 3", Class::Config, "ended without a hello (exit status: 3)"),
        ("cat", Class::Timeout, "did not say hello within 0.3 s"),
        ("sleep 60 & sleep 60", Class::Timeout, "did not say hello within 0.3 s"),
        ("exec yes | tr -d '\\n'", Class::Config, "wrote a line of more than 16 MiB"),
    ] {
        let limit = if class == Class::Timeout { 0 } else { 20 };
        let plugin = plugin(hello, &format!("hello_timeout_seconds = {limit}.3"));
        let error = plugin.fails(&["a"], 20).await;
        contains(&error, class, &["`sh plugin.sh`", words]);
        plugin.assert_nothing_runs();
    }
}

#[tokio::test]
async fn a_death_fails_what_was_asked_and_the_next_request_starts_anew() {
    let script = format!(
        r#"{HELLO}
        read line
        if [ $(wc -l < pids) = 1 ]; then exit 7; fi
        echo '{{"id":1,"ok":{{"segments":[{{"id":"c","text":"3"}}]}}}}'; read line"#
    );
    let plugin = plugin(&script, "");
    let (one, two) = tokio::join!(plugin.ask(&["a"]), plugin.ask(&["b"]));
    for error in [one.expect_err("died"), two.expect_err("died")] {
        contains(&error, Class::BadOutput, &["`sh plugin.sh` ended in the middle of the work (exit status: 7)"]);
    }
    assert_eq!(plugin.ask(&["c"]).await.expect("a new process"), ["c=3"]);
    assert_eq!(plugin.starts(), 2);
    plugin.backend.close().await;
    plugin.assert_nothing_runs();
}

#[tokio::test]
async fn a_plugin_that_dies_on_everything_is_given_up() {
    let plugin = plugin(&format!("{HELLO}\nread line; kill -9 $$"), "");
    for _ in 0..4 {
        contains(&plugin.fails(&["a"], 5).await, Class::BadOutput, &["ended in the middle of the work (signal: 9"]);
    }
    contains(&plugin.fails(&["a"], 5).await, Class::Unavailable, &["died again and again"]);
    assert_eq!(plugin.starts(), 4, "one start and three more");
    plugin.assert_nothing_runs();
}

#[tokio::test]
async fn a_text_that_kills_the_plugin_can_be_searched_for() {
    // Answers one segment, dies on more; what pipelines do is to ask for fewer and fewer.
    let script = format!(
        r#"{HELLO}
        read line
        case "$line" in *'"id":"b"'*) exit 1;; esac
        echo '{{"id":1,"ok":{{"segments":[{{"id":"a","text":"1"}}]}}}}'; read line"#
    );
    let plugin = plugin(&script, "");
    for ids in [&["a", "b", "c", "d", "e"][..], &["a", "b", "c", "d"], &["a", "b", "c"], &["a", "b"]] {
        contains(&plugin.fails(ids, 5).await, Class::BadOutput, &["exit status: 1"]);
    }
    contains(&plugin.fails(&["b"], 5).await, Class::BadOutput, &["exit status: 1"]);
    assert_eq!(plugin.ask(&["a"]).await.expect("the good one"), ["a=1"]);
    plugin.backend.close().await;
    plugin.assert_nothing_runs();
}

#[tokio::test]
async fn broken_answers_are_named() {
    for (answer, words, starts) in [
        (r#"{"id":1,"ok":{"segments":[{"id":"a","text":"1"},{"id":"a","text":"2"}]}}"#, "answered `a` twice", 1),
        (r#"{"id":1,"ok":{"segments":[{"id":"a","text":"1"}]}}"#, "left out `b` (1 of 2 segments)", 1),
        (r#"{"id":1,"ok":{"segments":[{"id":"z","text":"1"}]}}"#, "answered `z`, which was not asked", 1),
        (r#"{"id":1,"ok":{"segments":[{"id":"a"}]}}"#, "gave segments that cannot be read: missing field `text`", 1),
        (r#"{"id":1}"#, "neither `ok` nor `err`", 1),
        (r#"{"id":99,"ok":{}}"#, "an answer to a question that was not asked: {\"id\":99", 1),
        (r#"loading model: 10 % done"#, "something that is no answer to its stdout: loading model: 10 % done", 1),
    ] {
        let plugin = plugin(&format!("{HELLO}\nread line\necho '{answer}'\nsleep 60 & sleep 60"), "");
        contains(&plugin.fails(&["a", "b"], 5).await, Class::BadOutput, &["`sh plugin.sh`", words]);
        plugin.backend.close().await;
        assert_eq!(plugin.starts(), starts);
        plugin.assert_nothing_runs();
    }
}

#[tokio::test]
async fn a_flood_is_stopped() {
    let plugin = plugin(&format!("{HELLO}\nread line\nhead -c 100000000 /dev/zero | tr '\\0' x\nsleep 60"), "");
    contains(&plugin.fails(&["a"], 30).await, Class::BadOutput, &["wrote a line of more than 16 MiB"]);
    plugin.assert_nothing_runs();
}

#[tokio::test]
async fn a_hanging_plugin_is_stopped_with_all_that_it_started() {
    let plugin = plugin(&format!("{HELLO}\nread line\nsleep 60 & sleep 60"), "timeout_seconds = 0.4");
    let error = plugin.fails(&["a"], 5).await;
    contains(&error, Class::Timeout, &["`sh plugin.sh` did not answer within 0.4 s and was stopped"]);
    plugin.assert_nothing_runs();
}

#[tokio::test]
async fn a_plugin_that_reads_nothing_blocks_nobody() {
    let plugin = plugin(&format!("{HELLO}\nsleep 60"), "timeout_seconds = 0.4");
    let mut request = request(&["a"]);
    request.segments[0].text = "x".repeat(1 << 20);
    let error = plugin.backend.translate(&request).await.expect_err("a plugin that reads nothing");
    contains(&error, Class::Timeout, &["did not answer"]);
    plugin.assert_nothing_runs();
}

#[tokio::test]
async fn a_request_that_is_given_up_leaves_no_process() {
    let plugin = plugin(&format!("{HELLO}\nread line\nsleep 60"), "");
    assert!(tokio::time::timeout(Duration::from_millis(1000), plugin.ask(&["a"])).await.is_err());
    drop(plugin.backend);
    tokio::time::sleep(Duration::from_millis(10)).await;
    assert_nothing_runs(plugin.folder.path());
}

#[test]
fn the_end_of_the_runtime_is_the_end_of_the_plugin() {
    let plugin = plugin(&format!("{HELLO}\nread line\nsleep 60"), "");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async { assert!(tokio::time::timeout(Duration::from_millis(1000), plugin.ask(&["a"])).await.is_err()) });
    drop(runtime);
    plugin.assert_nothing_runs();
}

#[tokio::test]
async fn errors_of_the_plugin_keep_their_kind() {
    for (kind, class) in [
        ("quota", Class::Quota),
        ("too-large", Class::TooBig),
        ("unsupported", Class::Config),
        ("other", Class::BadOutput),
        ("new-kind", Class::BadOutput),
    ] {
        let answer = format!(r#"{{"id":1,"err":{{"kind":"{kind}","message":"so it is"}}}}"#);
        let plugin = plugin(&format!("{HELLO}\nread line\necho '{answer}'\nread line"), "");
        contains(&plugin.fails(&["a"], 5).await, class, &["`sh plugin.sh`", "so it is"]);
        plugin.backend.close().await;
        plugin.assert_nothing_runs();
    }
}

#[tokio::test]
async fn a_rate_limit_is_waited_for() {
    let slow = |id: u32| format!(r#"read line; echo '{{"id":{id},"err":{{"kind":"rate-limited","message":"slow","retry_after_ms":60}}}}'"#);
    let good = r#"read line; echo '{"id":3,"ok":{"segments":[{"id":"a","text":"1"}]}}'; read line"#;
    let patient = plugin(&format!("{HELLO}\n{}\n{}\n{good}", slow(1), slow(2)), "");
    let start = Instant::now();
    assert_eq!(patient.ask(&["a"]).await.expect("after two waits"), ["a=1"]);
    assert!(start.elapsed() >= Duration::from_millis(120));
    let all: Vec<String> = (1..=7).map(slow).collect();
    let plugin = plugin(&format!("{HELLO}\n{}\nread line", all.join("\n")), "");
    contains(&plugin.fails(&["a"], 5).await, Class::Slow, &["asks to slow down: slow"]);
}
