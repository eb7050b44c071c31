//! Plugins of the JSON lines protocol, well-behaved and hostile: each ends in a clear error, and no process is left.
#![cfg(unix)]

use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;
use translate_digest::backends::{Backend, BackendError, Class, Request, TermHint, Text, build};

/// Hangs, with a child that hangs as well. Whoever waits for it to its own end finds the file `ended`.
const HANG: &str = "(sleep 20; echo > ended) & sleep 20; echo > ended";

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

    async fn fails(&self, ids: &[&str]) -> BackendError {
        self.ask(ids).await.expect_err("a hostile plugin")
    }

    /// Asks, and waits no longer once the plugin has the question.
    async fn ask_and_give_up(&self) {
        let asked = self.folder.path().join("asked");
        let has_asked = async {
            while !asked.exists() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::select! {
            answer = self.ask(&["a"]) => panic!("{answer:?}"),
            () = has_asked => {}
        }
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

/// No process of any group that was started is left, nor came to its own end; one that only waits for its parent to notice does not count.
fn assert_nothing_runs(folder: &Path) {
    let groups = pids(folder);
    assert!(!groups.is_empty(), "the program never started");
    // A signal takes its moment.
    for turn in 0.. {
        let list = std::process::Command::new("ps").args(["-A", "-o", "pgid=,stat=,args="]).output().expect("ps");
        let list = String::from_utf8_lossy(&list.stdout).into_owned();
        let left = list.lines().find(|line| {
            let mut fields = line.split_whitespace();
            let (group, state) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
            groups.iter().any(|pid| pid == group) && !state.starts_with('Z')
        });
        match left {
            None => break,
            Some(line) => assert!(turn < 250, "left running: {line}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(!folder.join("ended").exists(), "it was waited for to its own end");
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
        (r#"echo '{"v":[2,3]}'; sleep 20; echo > ended"#, Class::Config, "speaks version 2, 3 of the protocol, not 1"),
        (r#"printf 'Loading \033[31mmodel\n'; sleep 20; echo > ended"#, Class::Config, "did not say hello, but: Loading [31mmodel"),
        ("exit 3", Class::Config, "ended without a hello (exit status: 3)"),
        ("cat", Class::Timeout, "did not say hello within 1.3 s"),
        (HANG, Class::Timeout, "did not say hello within 1.3 s"),
        ("exec yes | tr -d '\\n'", Class::Config, "wrote a line of more than 16 MiB"),
    ] {
        let limit = if class == Class::Timeout { 1 } else { 20 };
        let plugin = plugin(hello, &format!("hello_timeout_seconds = {limit}.3"));
        let error = plugin.fails(&["a"]).await;
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
        contains(&error, Class::Lost, &["`sh plugin.sh` ended in the middle of the work (exit status: 7)"]);
    }
    assert_eq!(plugin.ask(&["c"]).await.expect("a new process"), ["c=3"]);
    assert_eq!(plugin.starts(), 2);
    plugin.backend.close().await;
    plugin.assert_nothing_runs();
}

#[tokio::test]
async fn a_plugin_that_dies_on_everything_is_given_up() {
    let plugin = plugin(&format!("{HELLO}\nread line; kill -9 $$"), "");
    for _ in 0..10 {
        contains(&plugin.fails(&["a"]).await, Class::Failed, &["ended in the middle of the work (signal: 9"]);
    }
    contains(&plugin.fails(&["a"]).await, Class::Unavailable, &["ended 10 times without an answer"]);
    assert_eq!(plugin.starts(), 10);
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
        contains(&plugin.fails(ids).await, Class::Failed, &["exit status: 1"]);
    }
    contains(&plugin.fails(&["b"]).await, Class::Failed, &["exit status: 1"]);
    assert_eq!(plugin.ask(&["a"]).await.expect("the good one"), ["a=1"]);
    plugin.backend.close().await;
    plugin.assert_nothing_runs();
}

#[tokio::test]
async fn broken_answers_are_named() {
    let bad = Class::BadOutput;
    for (answer, words, class) in [
        (r#"{"id":1,"ok":{"segments":[{"id":"a","text":"1"},{"id":"a","text":"2"}]}}"#, "answered `a` twice", bad),
        (r#"{"id":1,"ok":{"segments":[{"id":"a","text":"1"}]}}"#, "left out `b` (1 of 2 segments)", bad),
        (r#"{"id":1,"ok":{"segments":[{"id":"z","text":"1"}]}}"#, "answered `z`, which was not asked", bad),
        (r#"{"id":1,"ok":{"segments":[{"id":"a"}]}}"#, "gave segments that cannot be read: missing field `text`", bad),
        (r#"{"id":1}"#, "neither `ok` nor `err`", bad),
        (r#"{"id":99,"ok":{}}"#, "an answer to a question that was not asked: {\"id\":99", Class::Failed),
        ("loading model: 10 % done", "something to its stdout that is not an answer: loading model: 10 % done", Class::Failed),
        (r#"{"id":-1,"ok":{}}"#, "something to its stdout that is not an answer: {\"id\":-1", Class::Failed),
        ("", "something to its stdout that is not an answer: (an empty line)", Class::Failed),
    ] {
        let plugin = plugin(&format!("{HELLO}\nread line\necho '{answer}'\n{HANG}"), "");
        contains(&plugin.fails(&["a", "b"]).await, class, &["`sh plugin.sh`", words]);
        plugin.backend.close().await;
        assert_eq!(plugin.starts(), 1);
        plugin.assert_nothing_runs();
    }
}

#[tokio::test]
async fn a_flood_is_stopped() {
    let plugin = plugin(&format!("{HELLO}\nread line\nhead -c 100000000 /dev/zero | tr '\\0' x\n{HANG}"), "");
    contains(&plugin.fails(&["a"]).await, Class::Failed, &["wrote a line of more than 16 MiB"]);
    plugin.assert_nothing_runs();
}

#[tokio::test]
async fn a_hanging_plugin_is_stopped_with_all_that_it_started() {
    let plugin = plugin(&format!("{HELLO}\nread line\n{HANG}"), "timeout_seconds = 0.4");
    let error = plugin.fails(&["a"]).await;
    contains(&error, Class::Timeout, &["`sh plugin.sh` did not answer within 0.4 s and was stopped"]);
    plugin.assert_nothing_runs();
}

#[tokio::test]
async fn a_plugin_that_reads_nothing_blocks_nobody() {
    let plugin = plugin(&format!("{HELLO}\n{HANG}"), "timeout_seconds = 0.4");
    let mut request = request(&["a"]);
    request.segments[0].text = "x".repeat(1 << 20);
    let error = plugin.backend.translate(&request).await.expect_err("a plugin that reads nothing");
    contains(&error, Class::Timeout, &["did not answer"]);
    plugin.assert_nothing_runs();
}

#[tokio::test]
async fn a_request_that_is_given_up_leaves_no_process() {
    let plugin = plugin(&format!("{HELLO}\nread line\necho > asked\n{HANG}"), "");
    plugin.ask_and_give_up().await;
    drop(plugin.backend);
    tokio::time::sleep(Duration::from_millis(10)).await;
    assert_nothing_runs(plugin.folder.path());
}

#[test]
fn the_end_of_the_runtime_is_the_end_of_the_plugin() {
    let plugin = plugin(&format!("{HELLO}\nread line\necho > asked\n{HANG}"), "");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(plugin.ask_and_give_up());
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
        contains(&plugin.fails(&["a"]).await, class, &["`sh plugin.sh`", "so it is"]);
        plugin.backend.close().await;
        plugin.assert_nothing_runs();
    }
}

#[tokio::test]
async fn a_rate_limit_is_waited_for() {
    // The plugin has its clock: a question that comes before the time is refused again, and noted.
    let patient = plugin(
        &format!(
            r#"{HELLO}
            until=0
            while read line; do echo >> asked
                id=$(echo "$line" | sed 's/.*"v":1,"id":\([0-9]*\).*/\1/'); now=$(date +%s)
                if [ $until = 0 ]; then until=$((now + 2)); fi
                if [ $now -ge $until ]; then echo '{{"id":'$id',"ok":{{"segments":[{{"id":"a","text":"1"}}]}}}}'
                else echo '{{"id":'$id',"err":{{"kind":"rate-limited","message":"slow","retry_after_ms":2100}}}}'; fi
            done"#
        ),
        "",
    );
    assert_eq!(patient.ask(&["a"]).await.expect("after one wait"), ["a=1"]);
    let asked = std::fs::read_to_string(patient.folder.path().join("asked")).expect("questions");
    assert_eq!(asked.lines().count(), 2, "one question too early, one in time");
    // Nobody waits for an hour, nor asks again.
    let hour = r#"read line; echo '{"id":1,"err":{"kind":"rate-limited","message":"slow","retry_after_ms":3600000}}'; read line && echo x >> again"#;
    let plugin = plugin(&format!("{HELLO}\n{hour}"), "");
    contains(&plugin.fails(&["a"]).await, Class::Slow, &["asks to slow down: slow"]);
    plugin.backend.close().await;
    assert_eq!(plugin.starts(), 1);
    assert!(!plugin.folder.path().join("again").exists());
}
