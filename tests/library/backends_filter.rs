//! Filters: any program that turns text into text.
#![cfg(unix)]

use tempfile::TempDir;
use translate_digest::backends::{Backend, BackendError, Class, Request, Text, build};

fn filter(script: &str, settings: &str) -> (TempDir, Box<dyn Backend>) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("filter.sh"), script).expect("a script");
    let settings = format!("kind = 'command'\nmode = 'filter'\ncommand = ['sh', 'filter.sh']\n{settings}");
    let settings = toml::from_str(&settings).expect("settings");
    let backend = build("mt", &settings, None, folder.path()).expect("a backend").expect("not the memory");
    (folder, backend)
}

async fn ask(backend: &dyn Backend, texts: &[&str]) -> Result<Vec<String>, BackendError> {
    let segments = texts.iter().enumerate().map(|(id, text)| Text { id: id.to_string(), text: (*text).to_owned() }).collect();
    let answers = backend.translate(&Request { segments, ..Request::default() }).await?;
    let ids: Vec<_> = answers.iter().map(|answer| answer.id.clone()).collect();
    assert_eq!(ids, (0..texts.len()).map(|id| id.to_string()).collect::<Vec<_>>());
    Ok(answers.into_iter().map(|answer| answer.text).collect())
}

async fn fails(script: &str, settings: &str, class: Class, words: &str) {
    let (folder, backend) = filter(&format!("echo $$ > pid\n{script}"), settings);
    let error = ask(&*backend, &["one", "two"]).await.expect_err(script);
    assert_eq!(error.class, class, "{script}: {error}");
    assert!(error.message.contains("`sh filter.sh`") && error.message.contains(words), "{script}: {error}");
    let pid = std::fs::read_to_string(folder.path().join("pid")).expect("a pid");
    let list = std::process::Command::new("ps").args(["-A", "-o", "pgid=,stat="]).output().expect("ps");
    let list = String::from_utf8_lossy(&list.stdout).into_owned();
    let left = list.lines().find(|line| {
        let mut fields = line.split_whitespace();
        fields.next() == Some(pid.trim()) && !fields.next().is_some_and(|state| state.starts_with('Z'))
    });
    assert_eq!(left, None, "{script}: still running");
    assert!(!folder.path().join("ended").exists(), "{script}: it was waited for to its own end");
}

#[tokio::test]
async fn every_text_comes_back_as_it_was() {
    let texts = ["a", "", " b\t", "⟦1⟧다⟦/1⟧", "\u{1112}\u{1161}\u{11ab}", "\u{feff}x\u{2028}y\u{85}z", "c\\n"];
    for settings in ["", "lines = true"] {
        let (_folder, backend) = filter("cat", settings);
        assert_eq!(ask(&*backend, &texts).await.expect("the same texts"), texts);
    }
    let (_folder, upper) = filter("tr a-z A-Z", "lines = true");
    assert_eq!(ask(&*upper, &["ab", "c"]).await.expect("texts"), ["AB", "C"]);
}

#[tokio::test]
async fn a_line_break_inside_a_text_never_reaches_a_filter() {
    let (_folder, backend) = filter("cat", "lines = true");
    assert_eq!(ask(&*backend, &["a\nb", "c\r\nd"]).await.expect("two lines"), ["a b", "c d"]);
}

#[tokio::test]
async fn exactly_one_line_end_is_taken_away() {
    for (script, answer) in [("printf 'x'", "x"), ("printf 'x\\n'", "x"), ("printf 'x\\r\\n'", "x"), ("printf 'x \\n'", "x ")] {
        let (_folder, backend) = filter(script, "");
        assert_eq!(ask(&*backend, &["a"]).await.expect("one line"), [answer], "{script}");
    }
    let (_folder, backend) = filter("printf '1\\r\\n2'", "lines = true");
    assert_eq!(ask(&*backend, &["a", "b"]).await.expect("two lines"), ["1", "2"]);
}

#[tokio::test]
async fn full_pipes_do_not_stop_a_run() {
    let long = "x".repeat(169 * 1024);
    let (_folder, backend) = filter("cat", "");
    assert_eq!(ask(&*backend, &[&long]).await.expect("a long text"), [long.as_str()]);
    let many: Vec<&str> = std::iter::repeat_n(&*long, 20).collect();
    let (_folder, backend) = filter("cat", "lines = true");
    assert_eq!(ask(&*backend, &many).await.expect("many long texts").len(), 20);
}

#[tokio::test]
async fn failures_are_named() {
    fails("cat; exit 4", "", Class::Failed, "failed (exit status: 4)").await;
    fails("kill -9 $$", "", Class::Failed, "failed (signal: 9").await;
    fails("cat; echo more", "", Class::BadOutput, "gave 2 lines for 1: one more").await;
    fails("true", "lines = true", Class::BadOutput, "gave 1 lines for 2").await;
    fails("head -1", "lines = true", Class::BadOutput, "gave 1 lines for 2: one").await;
    fails("printf '\\377\\n'", "", Class::BadOutput, "not UTF-8").await;
    fails(
        "(sleep 20; echo > ended) & sleep 20; echo > ended",
        "timeout_seconds = 1.5",
        Class::Timeout,
        "did not end within 1.5 s and was stopped",
    )
    .await;
    fails("yes", "", Class::Failed, "gave more than 64 MiB and was stopped").await;
}

#[tokio::test]
async fn what_cannot_run_is_named_with_its_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let ask_with = |command: &str, more: &str| {
        let settings = toml::from_str(&format!("kind = 'command'\n{more}\ncommand = {command}")).expect("settings");
        build("mt", &settings, None, folder.path())
    };
    for (command, words) in [("['no-such-program-x', '-a']", "there is no program `no-such-program-x`"), ("['./plain']", "may not be run")]
    {
        std::fs::write(folder.path().join("plain"), "x").expect("a file");
        for mode in ["mode = 'filter'", ""] {
            let backend = ask_with(command, mode).expect("a backend").expect("not the memory");
            let error = ask(&*backend, &["a"]).await.expect_err(command);
            assert_eq!(error.class, Class::Config);
            assert!(error.message.contains(words), "{error}");
            assert!(error.message.contains(&folder.path().display().to_string()), "{error}");
        }
    }
    for (command, more) in [("[]", ""), ("['']", ""), ("['cat']", "lines = true")] {
        assert_eq!(ask_with(command, more).err().expect(command).class, Class::Config);
    }
}

#[tokio::test]
async fn programs_run_in_the_folder_of_the_settings() {
    let (folder, backend) = filter("cat > /dev/null; pwd -P", "");
    let folder = folder.path().canonicalize().expect("the folder");
    assert_eq!(ask(&*backend, &["a"]).await.expect("a folder"), [folder.display().to_string()]);
    assert_eq!(backend.destination(), "program `sh filter.sh`");
}
