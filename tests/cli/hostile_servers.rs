//! Servers that fail at one text, at some, or at all: what can be translated is translated, the rest is listed, and a server that is down
//! is given up after a few requests.
#![cfg(unix)]

#[path = "../support/server.rs"]
mod server;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::time::Duration;

use self::server::{Reply, Server, Service};
use crate::support::{Project, Run};
use translate_digest::backends::{Backend, BackendError, Settings, Source, build};
use translate_digest::draft::files::Names;
use translate_digest::draft::lock::LockError;
use translate_digest::glossary::Glossary;
use translate_digest::pipeline::{self, Job, NOT_ASKED, Options, Outcome, PipelineError, Watch};

const SERVICES: [Service; 2] = [Service::Openai, Service::Libretranslate];

/// A digest of so many items, one text each; these (from 0) are poison.
fn digest(items: usize, poison: &[usize]) -> String {
    (0..items).map(|item| format!("- {}\n", text(item, poison))).collect()
}

fn text(item: usize, poison: &[usize]) -> String {
    format!("{} number {item} is here.", if poison.contains(&item) { "The poison" } else { "The good" })
}

/// Every way to fail at a text that a server has, with words of the reason that a person reads.
fn faults() -> Vec<(Reply, &'static str)> {
    vec![
        (Reply::Status(500, "", r#"{"error":"boom"}"#), "answered 500: boom"),
        (Reply::Status(500, "", ""), "answered 500"),
        (Reply::Status(502, "Content-Type: text/html\r\n", "<html>bad gateway</html>"), "answered 502"),
        (Reply::Status(503, "", r#"{"error":{"message":"no slot"}}"#), "answered 503"),
        (Reply::Status(400, "", r#"{"error":"cannot tokenize"}"#), "answered 400: cannot tokenize"),
        (Reply::Status(422, "", ""), "answered 422"),
        (Reply::Close, "broke off its answer"),
        (Reply::Length(1000), "broke off its answer"),
        (Reply::Length(-20), "gave an"),
        (Reply::Chunks, "broke off its answer"),
        (Reply::Raw(b"HTTP/1.1 200 OK\r\nContent-Len".to_vec()), "broke off its answer"),
        (Reply::Raw(b"\x00\xff\x1b[2Jgarbage\r\n\r\n".to_vec()), "broke off its answer"),
        (Reply::Body(b"<html>proxy</html>".to_vec()), "gave a"),
        (Reply::Body(Vec::new()), "gave a"),
        (Reply::Body(b"\xff\xfe\x00".to_vec()), "gave a"),
        (Reply::Body(b"{\"choices\":[],\"translatedText\":null}".to_vec()), "gave "),
    ]
}

/// A run in this process, whose pauses are short.
struct Trial {
    project: Project,
    server: Server,
    settings: String,
    options: Options,
}

impl Trial {
    fn new(english: &str, server: Server, batch: usize, jobs: usize) -> Self {
        let options = Options { jobs: Some(jobs), ..Options::default() };
        Self { project: Project::new(english), settings: server.settings(&format!("batch = {batch}")), server, options }
    }

    /// The outcome, and the requests that it took.
    async fn run(&self) -> (Outcome, Vec<Vec<String>>) {
        let english = self.project.path("x.md");
        let names = Names::of(&english);
        let glossary = Glossary::empty();
        let job = Job {
            english: &english,
            korean: names.korean.clone(),
            record: names.record.clone(),
            root: self.project.folder(),
            glossary: &glossary,
            memory: &|_| std::rc::Rc::from([]),
            backend: self,
            options: &self.options,
        };
        let watch = Count::default();
        let outcome = loop {
            match pipeline::translate(&job, &watch, std::future::pending()).await {
                // A program that another test is starting holds a copy of every open file, locks among them, until it runs.
                Err(PipelineError::Lock(LockError::Held(..))) => tokio::time::sleep(Duration::from_millis(20)).await,
                outcome => break outcome.expect("a run"),
            }
        };
        (outcome, self.server.requests())
    }
}

#[async_trait::async_trait(?Send)]
impl Source for Trial {
    async fn open(&self) -> Result<Option<Box<dyn Backend>>, BackendError> {
        let mut settings: Settings = toml::from_str(&self.settings).expect("settings");
        let pause = Duration::from_millis(1);
        match &mut settings {
            Settings::Openai(openai) => openai.first_pause = pause,
            Settings::Libretranslate(libre) => libre.first_pause = pause,
            _ => {}
        }
        build("mt", &settings, None, self.project.folder())
    }
}

/// Counts what is done with.
#[derive(Default)]
struct Count(Cell<usize>);

impl Watch for Count {
    fn begins(&self, _: &str, _: usize) {}
    fn advances(&self, finished: usize) {
        self.0.set(self.0.get() + finished);
    }
    fn ends(&self) {}
}

/// Fails where the poison costs more than itself, or the next run asks for anything else.
async fn assert_costs_itself(trial: &Trial, items: usize, poison: &[usize], words: &str, most: usize) {
    let (outcome, requests) = trial.run().await;
    let case = format!("{:?} {poison:?} of {items}: {words}", trial.settings);
    assert!(outcome.stopped.is_none(), "{case}: {:?}", outcome.stopped);
    assert_eq!(outcome.asked, items - poison.len(), "{case}");
    let left: Vec<_> = outcome.left.iter().map(|left| left.item.expect("an item") - 1).collect();
    assert_eq!(left, poison, "{case}");
    for left in &outcome.left {
        assert!(left.reason.contains(words), "{case}: {}", left.reason);
        assert!(!left.reason.chars().any(char::is_control), "{case}: {:?}", left.reason);
    }
    let korean: String =
        (0..items).map(|item| format!("- {}{}\n", if poison.contains(&item) { "" } else { "한 " }, text(item, poison))).collect();
    assert_eq!(trial.project.read("x.ko.md"), korean, "{case}");
    assert!(requests.len() <= most, "{case}: {} requests", requests.len());
    let (again, requests) = trial.run().await;
    assert!(requests.iter().flatten().all(|text| text.contains("poison")), "{case}: {requests:?}");
    assert_eq!((again.reused, again.asked, again.left.len()), (items - poison.len(), 0, poison.len()), "{case}");
    assert!(requests.len() <= 5 + 3 * poison.len(), "{case}: {} requests for what is left", requests.len());
}

#[tokio::test]
async fn a_poisoned_text_costs_itself() {
    for (batch, jobs) in [(1, 1), (20, 1), (1, 4), (20, 4)] {
        for poison in [&[0][..], &[20], &[39], &[7, 30], &[19, 20]] {
            let server = Server::poisoned(Service::Openai, Reply::Status(500, "", ""));
            let trial = Trial::new(&digest(40, poison), server, batch, jobs);
            let batches = 40_usize.div_ceil(batch.min(40 / jobs));
            // Each level of halves asks twice, with a probe beside it; the last text is asked for until the server had its time.
            let most = batches + poison.len() * if batch == 1 { 3 } else { 18 } + 6;
            assert_costs_itself(&trial, 40, poison, "answered 500", most).await;
        }
        for poison in [0, 1, 2] {
            let trial = Trial::new(&digest(3, &[poison]), Server::poisoned(Service::Libretranslate, Reply::Close), batch, jobs);
            assert_costs_itself(&trial, 3, &[poison], "broke off its answer", 14).await;
        }
    }
}

#[tokio::test]
async fn whatever_the_server_does_at_a_text_costs_that_text() {
    for service in SERVICES {
        for (fault, words) in faults() {
            let trial = Trial::new(&digest(9, &[4]), Server::poisoned(service, fault), 4, 2);
            assert_costs_itself(&trial, 9, &[4], words, 20).await;
        }
    }
}

#[tokio::test]
async fn neighbours_in_poison_are_not_an_outage() {
    let fault = || Reply::Status(500, "", r#"{"error":"boom"}"#);
    for (batch, jobs) in [(1, 1), (20, 1), (1, 4), (20, 4)] {
        for poison in [(0..4).collect::<Vec<_>>(), (10..14).collect(), (36..40).collect(), (0..40).step_by(2).collect()] {
            let trial = Trial::new(&digest(40, &poison), Server::poisoned(Service::Openai, fault()), batch, jobs);
            assert_costs_itself(&trial, 40, &poison, "answered 500: boom", 40 * 4).await;
        }
    }
}

#[tokio::test]
async fn a_server_that_is_down_is_given_up_after_a_few_requests() {
    let all = faults().into_iter().flat_map(|fault| SERVICES.map(|service| (service, fault.clone(), 40, 20, 1)));
    let sizes = [1, 3, 40, 400].into_iter().flat_map(|items| [(1, 1), (20, 1), (1, 4), (20, 4)].map(|(batch, jobs)| (items, batch, jobs)));
    let sizes = sizes.map(|(items, batch, jobs)| (Service::Openai, (Reply::Close, "broke off its answer"), items, batch, jobs));
    for (service, (fault, words), items, batch, jobs) in all.chain(sizes) {
        let trial = Trial::new(&digest(items, &[]), Server::start(service, move |_, _| fault.clone()), batch, jobs);
        let (outcome, requests) = trial.run().await;
        let case = format!("{service:?} {words}: {items} items, {batch} in a batch, {jobs} at once");
        let stopped = outcome.stopped.expect(&case);
        assert!(stopped.message.contains(words), "{case}: {stopped}");
        assert_eq!((outcome.asked, outcome.wrote), (0, false), "{case}");
        assert!(!trial.project.exists("x.ko.md"), "{case}");
        // Five in a row; those that were under way together count once.
        assert!(requests.len() <= 5 + 2 * (jobs - 1), "{case}: {} requests", requests.len());
        if items > 5 {
            let lone: BTreeSet<_> = requests.iter().filter(|texts| texts.len() == 1).collect();
            assert!(lone.len() >= 3, "{case}: given up without a look at single texts: {requests:?}");
            assert!(stopped.message.contains("5 requests in a row failed"), "{case}: {stopped}");
        }
    }
}

#[tokio::test]
async fn a_server_that_comes_back_has_lost_nothing() {
    for (batch, jobs) in [(1, 1), (20, 1), (1, 4), (20, 4)] {
        for down in [1..4, 3..6, 0..4] {
            let behave = move |number: usize, _: &[String]| match down.contains(&number) {
                true => Reply::Status(500, "", ""),
                false => Reply::Good,
            };
            let trial = Trial::new(&digest(40, &[]), Server::start(Service::Openai, behave), batch, jobs);
            let (outcome, _) = trial.run().await;
            assert_eq!((outcome.asked, outcome.left.len()), (40, 0), "{batch} in a batch, {jobs} at once: {:?}", outcome.left);
        }
    }
    // One text alone is asked for until the server had its time to come back.
    let behave = |number: usize, _: &[String]| if number < 4 { Reply::Close } else { Reply::Good };
    let trial = Trial::new(&digest(1, &[]), Server::start(Service::Openai, behave), 20, 4);
    let (outcome, requests) = trial.run().await;
    assert_eq!((outcome.asked, requests.len()), (1, 5));
}

#[tokio::test]
async fn a_crash_takes_down_what_is_asked_beside_it_and_blames_only_the_poison() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Condvar, Mutex};
    // Every answer waits until the four first requests are there, and then all of them are lost.
    let (count, all) = (AtomicUsize::new(0), Arc::new((Mutex::new(0), Condvar::new())));
    let behave = move |_: usize, texts: &[String]| {
        if count.fetch_add(1, Ordering::SeqCst) < 4 {
            let (here, bell) = &*all;
            let mut here = here.lock().expect("a count");
            *here += 1;
            bell.notify_all();
            drop(bell.wait_while(here, |here| *here < 4).expect("a count"));
            return Reply::Close;
        }
        if texts.iter().any(|text| text.contains("poison")) { Reply::Close } else { Reply::Good }
    };
    let trial = Trial::new(&digest(40, &[17]), Server::start(Service::Openai, behave), 1, 4);
    let (outcome, _) = trial.run().await;
    assert_eq!((outcome.asked, outcome.left.len()), (39, 1), "{:?}", outcome.left);
}

#[tokio::test]
async fn what_is_wrong_for_every_text_stops_at_once() {
    for (reply, words) in [
        (Reply::Status(401, "", r#"{"error":{"message":"no"}}"#), "wants a key (401)"),
        (Reply::Status(403, "", r#"{"error":"no"}"#), "wants a key (403)"),
        (Reply::Status(404, "", r#"{"error":{"message":"model `m` not found"}}"#), "answered 404: model `m` not found"),
        (Reply::Status(402, "", ""), "has nothing left to spend"),
        (Reply::Status(301, "Location: http://127.0.0.1:9/\r\n", ""), "which is not followed"),
        (Reply::Status(400, "", r#"{"error":{"message":"bad value","param":"temperature"}}"#), "bad value (temperature)"),
    ] {
        let case = format!("{reply:?}");
        let trial = Trial::new(&digest(40, &[]), Server::start(Service::Openai, move |_, _| reply.clone()), 20, 1);
        let (outcome, requests) = trial.run().await;
        let stopped = outcome.stopped.expect(&case);
        assert!(stopped.message.contains(words), "{case}: {stopped}");
        assert_eq!(requests.len(), 1, "{case}");
    }
}

#[tokio::test]
async fn what_was_answered_before_a_server_went_down_is_kept() {
    for (batch, jobs) in [(1, 1), (5, 1), (1, 4), (5, 4)] {
        let behave = |number: usize, _: &[String]| if number < 4 { Reply::Good } else { Reply::Status(503, "", "") };
        let trial = Trial::new(&digest(40, &[]), Server::start(Service::Openai, behave), batch, jobs);
        let (outcome, requests) = trial.run().await;
        assert_eq!(outcome.asked, 4 * batch);
        assert!(requests.len() <= 4 + 8 + 2 * (jobs - 1), "{} requests", requests.len());
        assert!(outcome.stopped.is_some_and(|error| error.message.contains("8 requests in a row failed")));
        assert!(outcome.left.iter().filter(|left| left.reason == NOT_ASKED).count() >= 10, "the rest is not blamed");
        assert_eq!(trial.project.read("x.ko.md").matches("- 한 ").count(), 4 * batch);
    }
}

#[tokio::test]
async fn a_server_that_is_gone_in_the_middle_ends_the_run() {
    let behave = |number: usize, _: &[String]| if number < 2 { Reply::Good } else { Reply::Last };
    let trial = Trial::new(&digest(40, &[]), Server::start(Service::Openai, behave), 5, 1);
    let (outcome, requests) = trial.run().await;
    assert_eq!((outcome.asked, outcome.left.len(), requests.len()), (15, 25, 3));
    let stopped = outcome.stopped.expect("no server");
    assert!(stopped.message.starts_with("cannot reach http://127.0.0.1:"), "{stopped}");
    assert_eq!(trial.project.read("x.ko.md").matches("- 한 ").count(), 15);
}

#[tokio::test]
async fn a_text_with_a_limit_of_its_own_is_left_where_others_are_answered() {
    for headers in ["Retry-After: 3600\r\n", "retry-after-ms: 2\r\n"] {
        for status in [429, 503, 529] {
            let server = Server::poisoned(Service::Openai, Reply::Status(status, headers, r#"{"error":"slow down"}"#));
            let trial = Trial::new(&digest(9, &[4]), server, 1, 1);
            let (outcome, _) = trial.run().await;
            let case = format!("{status} {headers}");
            assert_eq!((outcome.asked, outcome.left.len()), (8, 1), "{case}: {:?}", outcome.stopped);
            assert!(outcome.left[0].reason.contains(&format!("asks to slow down ({status}): slow down")), "{case}: {:?}", outcome.left);
        }
    }
    // Where nothing is answered, the limit is everyone's, and nobody insists.
    let server = Server::start(Service::Openai, |_, _| Reply::Status(429, "Retry-After: 3600\r\n", ""));
    let trial = Trial::new(&digest(9, &[]), server, 1, 1);
    let (outcome, requests) = trial.run().await;
    assert!(outcome.stopped.is_some_and(|error| error.message.contains("asks to slow down (429)")));
    assert_eq!(requests.len(), 1);
}

#[tokio::test]
async fn answers_without_an_end_are_cut_off() {
    let trial = Trial::new(&digest(3, &[1]), Server::poisoned(Service::Openai, Reply::Endless), 20, 1);
    assert_costs_itself(&trial, 3, &[1], "answered with more than 32 MiB", 9).await;
    let trial = Trial::new(&digest(3, &[]), Server::start(Service::Libretranslate, |_, _| Reply::Endless), 20, 1);
    let (outcome, requests) = trial.run().await;
    assert!(outcome.stopped.is_some());
    assert_eq!(requests.len(), 5);
}

/// The binary over this digest, with the server as its backend.
fn through_the_command(english: &str, server: &Server, arguments: &[&str]) -> (Project, Run) {
    let project = Project::new(english);
    project.write("translate.toml", format!("backend = \"mt\"\n[backends.mt]\n{}", server.settings("")));
    let run = project.run_to_its_end(&[&["x.md", "--trust"], arguments].concat());
    (project, run)
}

#[test]
fn the_command_lists_the_poison_and_goes_on() {
    for service in SERVICES {
        let server = Server::poisoned(service, Reply::Status(500, "", "{\"error\":\"bo\\u001b[2Jom\"}"));
        let (project, run) = through_the_command(&digest(40, &[7]), &server, &[]);
        assert_eq!(run.status, 1, "{}", run.stderr);
        let left = "x.md:8: item 8: left in English: ADDRESS answered 500: bo[2Jom: The poison number 7 is here.\n";
        let stderr = run.stderr.replace(server.address(), "ADDRESS");
        assert!(stderr.contains(left), "{stderr}");
        assert!(stderr.contains("40 items, 40 segments: 0 reused, 39 asked, 1 left"), "{stderr}");
        assert!(!stderr.contains("was not asked further"), "{stderr}");
        server.requests();
        let run = project.run_to_its_end(&["x.md", "--trust"]);
        assert_eq!(run.status, 1, "{}", run.stderr);
        assert!(run.stderr.contains("39 reused, 0 asked, 1 left"), "{}", run.stderr);
        assert!(server.requests().iter().flatten().all(|text| text.contains("poison")));
    }
}

#[test]
fn the_command_gives_up_a_server_that_is_down() {
    for reply in [Reply::Status(503, "", ""), Reply::Status(500, "", "x"), Reply::Close] {
        let server = Server::start(Service::Openai, move |_, _| reply.clone());
        let (project, run) = through_the_command(crate::support::NEWS, &server, &["--jobs", "1"]);
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains("warning: the backend `mt` was not asked further: 5 requests in a row failed, "), "{}", run.stderr);
        assert!(run.stderr.contains("x.md: nothing was translated and nothing written"), "{}", run.stderr);
        assert_eq!(server.requests().len(), 5);
        assert!(!project.exists("x.ko.md"));
    }
}

#[test]
fn the_command_says_nothing_was_done_where_too_few_texts_could_tell() {
    let server = Server::start(Service::Libretranslate, |_, _| Reply::Status(500, "", r#"{"error":"boom"}"#));
    let (project, run) = through_the_command("One text.\n", &server, &[]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    let stderr = run.stderr.replace(server.address(), "ADDRESS");
    assert!(stderr.contains("warning: the backend `mt` was not asked further: ADDRESS answered 500: boom\n"), "{stderr}");
    assert!(!project.exists("x.ko.md"));
}

#[tokio::test]
async fn an_error_whose_body_does_not_come_is_known_by_its_status() {
    let behave = |_: usize, texts: &[String]| if texts[0].contains("poison") { Reply::Silent(500) } else { Reply::Good };
    let trial = Trial::new(&digest(2, &[1]), Server::start(Service::Openai, behave), 1, 1);
    let (outcome, _) = trial.run().await;
    assert_eq!(outcome.asked, 1);
    assert!(outcome.left[0].reason.ends_with("answered 500"), "{:?}", outcome.left);
}
