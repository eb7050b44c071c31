//! A server on this machine that translates by putting `한 ` in front, over bare sockets, so that it can misbehave below HTTP.
// Each test binary compiles this file for itself and uses a part of it.
#![allow(dead_code)]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// The services that it can play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    Openai,
    Libretranslate,
}

/// What it does with a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Translates it.
    Good,
    /// A status with a body, and header lines, each with its end.
    Status(u16, &'static str, &'static str),
    /// A success with this body.
    Body(Vec<u8>),
    /// These bytes, whatever they are, and the end of the connection.
    Raw(Vec<u8>),
    /// The good answer under a wrong `Content-Length`: longer or shorter by so much.
    Length(isize),
    /// The good answer in a chunk whose length is not a number.
    Chunks,
    /// The connection ends without a byte.
    Close,
    /// The head of a success, and a body without an end.
    Endless,
    /// The head of this status, and then nothing.
    Silent(u16),
    /// The good answer, and the end of the server: nothing listens any more.
    Last,
}

/// The running server; it ends with the test's process.
pub struct Server {
    service: Service,
    address: String,
    requests: Arc<Mutex<Vec<Vec<String>>>>,
}

impl Server {
    /// Answers each request by what `behave` says for its texts; requests count from 0.
    pub fn start(service: Service, behave: impl Fn(usize, &[String]) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (behave, log, ended) = (Arc::new(behave), Arc::clone(&requests), Arc::new(AtomicBool::new(false)));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if ended.load(Ordering::SeqCst) {
                    break;
                }
                let (behave, log, ended) = (Arc::clone(&behave), Arc::clone(&log), Arc::clone(&ended));
                thread::spawn(move || attend(stream, service, &*behave, &log, &ended));
            }
        });
        Self { service, address, requests }
    }

    /// Does this with requests for a text that holds `poison`, and translates all others.
    pub fn poisoned(service: Service, reply: Reply) -> Self {
        Self::start(service, move |_, texts| if texts.iter().any(|text| text.contains("poison")) { reply.clone() } else { Reply::Good })
    }

    /// The settings of a backend `mt` that asks it.
    pub fn settings(&self, more: &str) -> String {
        let kind = match self.service {
            Service::Openai => "kind = \"openai\"\nmodel = \"m\"",
            Service::Libretranslate => "kind = \"libretranslate\"",
        };
        format!("{kind}\nbase_url = \"{}\"\n{more}\n", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The texts of each request since the last call, in the order in which requests came.
    pub fn requests(&self) -> Vec<Vec<String>> {
        std::mem::take(&mut self.requests.lock().expect("the requests"))
    }
}

fn attend(
    mut stream: TcpStream,
    service: Service,
    behave: &(impl Fn(usize, &[String]) -> Reply + ?Sized),
    log: &Mutex<Vec<Vec<String>>>,
    ended: &AtomicBool,
) {
    while let Some(body) = request(&mut stream) {
        let question: Value = serde_json::from_slice(&body).expect("a question");
        let texts = texts(service, &question);
        let number = {
            let mut log = log.lock().expect("the requests");
            log.push(texts.clone());
            log.len() - 1
        };
        let good = good(service, &question).into_bytes();
        let length = |length: usize| format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n").into_bytes();
        let head = |status: u16, more: &str| format!("HTTP/1.1 {status} X\r\n{more}").into_bytes();
        let bytes = match behave(number, &texts) {
            Reply::Good => [length(good.len()), good].concat(),
            Reply::Status(status, headers, body) => {
                [head(status, &format!("{headers}Content-Length: {}\r\n\r\n", body.len())), body.into()].concat()
            }
            Reply::Body(body) => [length(body.len()), body].concat(),
            Reply::Length(more) => {
                let wrong = good.len().saturating_add_signed(more);
                let _ = stream.write_all(&[length(wrong), good].concat());
                if more > 0 {
                    break;
                }
                // What is too much comes where the next answer would begin.
                continue;
            }
            Reply::Chunks => {
                let _ = stream.write_all(&[head(200, "Transfer-Encoding: chunked\r\n\r\nzz\r\n"), good].concat());
                break;
            }
            Reply::Raw(bytes) => {
                let _ = stream.write_all(&bytes);
                break;
            }
            Reply::Close => break,
            Reply::Last => {
                ended.store(true, Ordering::SeqCst);
                // Wakes the listener, which then ends.
                while TcpStream::connect(stream.local_addr().expect("an address")).is_ok() {}
                let _ = stream.write_all(&[length(good.len()), good].concat());
                break;
            }
            Reply::Endless => {
                let _ = stream.write_all(&head(200, "\r\n"));
                while stream.write_all(&[b'x'; 1 << 16]).is_ok() {}
                break;
            }
            Reply::Silent(status) => {
                let _ = stream.write_all(&head(status, "Content-Length: 10\r\n\r\n"));
                thread::sleep(Duration::from_secs(600));
                break;
            }
        };
        if stream.write_all(&bytes).is_err() {
            break;
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}

/// The body of the next request; none at the end of the connection.
fn request(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok()).unwrap_or(0);
            if bytes.len() >= end + 4 + length {
                return Some(bytes[end + 4..end + 4 + length].to_vec());
            }
        }
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => bytes.extend_from_slice(&buffer[..count]),
            _ => return None,
        }
    }
}

/// What the user's message of a chat asks for.
fn chat(question: &Value) -> Value {
    serde_json::from_str(question["messages"][1]["content"].as_str().expect("a message")).expect("JSON")
}

fn texts(service: Service, question: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    match service {
        Service::Openai => chat(question)["segments"].as_array().expect("segments").iter().map(|segment| text(&segment["text"])).collect(),
        Service::Libretranslate => question["q"].as_array().expect("texts").iter().map(text).collect(),
    }
}

fn good(service: Service, question: &Value) -> String {
    let korean: Vec<String> = texts(service, question).iter().map(|text| format!("한 {text}")).collect();
    match service {
        Service::Libretranslate => json!({ "translatedText": korean }).to_string(),
        Service::Openai => {
            let chat = chat(question);
            let ids = chat["segments"].as_array().expect("segments").iter().map(|segment| &segment["id"]);
            let segments: Vec<Value> = ids.zip(korean).map(|(id, text)| json!({ "id": id, "text": text })).collect();
            let content = json!({ "segments": segments }).to_string();
            json!({ "choices": [{ "finish_reason": "stop", "message": { "content": content } }] }).to_string()
        }
    }
}
