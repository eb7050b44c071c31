//! The one HTTP door: addresses, keys, time limits, proxies, and the classes of what can go wrong.

use std::error::Error as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Client, Response, StatusCode, redirect};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::Instant;
use url::Url;

use super::quote::clean;
use super::retry::{Failure, Failures, NotBefore, Retry, Tries, asked_wait};
use super::trust::{is_this_machine, origin};
use super::{BackendError, Class, KeySource};

/// What a door is made of.
pub(super) struct Address<'a> {
    /// The backend's name, for hints.
    pub name: &'a str,
    pub base_url: &'a str,
    pub key: Option<SecretString>,
    pub key_source: Option<KeySource>,
    pub timeout: Duration,
    pub connect_timeout: Duration,
    pub first_pause: Duration,
}

/// A service's own words in an answer that is no success.
#[derive(Default)]
pub(super) struct Fault {
    /// The service's message.
    pub words: Option<String>,
    /// The class, where the body says more than the status.
    pub class: Option<Class>,
    /// Whether the service wants a key, where the status does not say so.
    pub needs_key: bool,
}

/// Reads a service's error body.
pub(super) type ReadFault = fn(u16, &[u8]) -> Fault;

/// The way to one service.
pub(super) struct Door {
    client: Client,
    name: String,
    base: Url,
    key: Option<SecretString>,
    key_source: Option<KeySource>,
    timeout: Duration,
    first_pause: Duration,
    not_before: NotBefore,
    failures: Failures,
    /// Whether the service ever answered.
    answered: AtomicBool,
}

impl Door {
    /// Checks the address and the key; nothing is sent yet.
    pub fn new(address: Address<'_>) -> Result<Self, BackendError> {
        let base = checked(address.base_url, address.name)?;
        if let (None, Some(source)) = (&address.key, &address.key_source) {
            return Err(BackendError::new(Class::Config, format!("backend {} wants a key, and there is none in {source}", address.name))
                .hint(format!("set it, or change [backends.{}] of translate.toml", address.name)));
        }
        // Fails only where a provider is installed already, and then there is nothing to do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut client = Client::builder()
            .user_agent(concat!("translate-digest/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .timeout(address.timeout)
            .connect_timeout(address.connect_timeout);
        if is_this_machine(&base) {
            // A proxy would carry the text of a service on this machine to another one.
            client = client.no_proxy();
        }
        let client = client.build().map_err(|error| BackendError::new(Class::Config, format!("no HTTP client: {error}")))?;
        Ok(Self {
            client,
            base,
            name: address.name.to_owned(),
            key: address.key,
            key_source: address.key_source,
            timeout: address.timeout,
            first_pause: address.first_pause,
            not_before: NotBefore::default(),
            failures: Failures::default(),
            answered: AtomicBool::new(false),
        })
    }

    /// Where text goes: scheme, host and port.
    pub fn origin(&self) -> String {
        origin(&self.base)
    }

    /// Where the key comes from, if one is sent.
    pub fn key_source(&self) -> Option<&KeySource> {
        self.key_source.as_ref().filter(|_| self.key.is_some())
    }

    /// The key, for services that want it in the body.
    pub fn key(&self) -> Option<&str> {
        self.key.as_ref().map(ExposeSecret::expose_secret)
    }

    /// The key as a header.
    pub fn bearer(&self) -> Result<HeaderMap, BackendError> {
        let mut headers = HeaderMap::new();
        if let Some(key) = self.key() {
            let mut value = HeaderValue::try_from(format!("Bearer {key}")).map_err(|_| {
                BackendError::new(Class::Config, format!("{} holds something that cannot be a key", self.key_place()))
                    .hint("a key is one line of letters, digits and signs")
            })?;
            value.set_sensitive(true);
            headers.insert(header::AUTHORIZATION, value);
        }
        Ok(headers)
    }

    /// Words of the service made safe to show: one line, no control characters, never the key.
    pub fn clean(&self, text: &str, limit: usize) -> String {
        // Cleaned first: a key that was torn apart by control characters is whole only after that.
        let text = clean(text, usize::MAX);
        match self.key() {
            Some(key) if key.len() >= SHORTEST_SECRET => clean(&text.replace(key, "[key]"), limit),
            _ => clean(&text, limit),
        }
    }

    /// Posts JSON to `path` below the base address until an answer comes or trying again makes no sense. `read` makes of the answer what
    /// the caller wants; its errors of class `Failed` count as failures of the service.
    ///
    /// A request that the service fails at is not sent again: the caller knows which part of it to ask for next. But nobody asks
    /// anything before a pause, which grows with every failure in a row.
    pub async fn post<T>(
        &self,
        path: &str,
        headers: &HeaderMap,
        body: String,
        read_fault: ReadFault,
        read: impl Fn(&[u8]) -> Result<T, BackendError>,
    ) -> Result<T, BackendError> {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path.split('/'));
        }
        let mut tries = Tries::new(self.first_pause);
        loop {
            self.not_before.wait().await;
            let sent = Instant::now();
            let answer = self.try_once(url.clone(), headers.clone(), body.clone(), read_fault).await;
            let failure = match answer.and_then(|answer| Ok(read(&answer)?)) {
                Ok(answer) => {
                    self.failures.reset();
                    return Ok(answer);
                }
                Err(failure) => failure,
            };
            if failure.error.class == Class::Failed {
                self.not_before.hold(self.failures.pause(sent, self.first_pause));
            }
            let Some(pause) = tries.pause(failure.retry) else { return Err(failure.error) };
            if matches!(failure.retry, Retry::Slow(_)) {
                self.not_before.hold(pause);
            } else {
                tokio::time::sleep(pause).await;
            }
        }
    }

    async fn try_once(&self, url: Url, headers: HeaderMap, body: String, read_fault: ReadFault) -> Result<Vec<u8>, Failure> {
        let request = self.client.post(url).headers(headers).header(header::CONTENT_TYPE, "application/json").body(body);
        let response = request.send().await.map_err(|error| self.unanswered(&error))?;
        self.answered.store(true, Ordering::Relaxed);
        let (status, headers) = (response.status(), response.headers().clone());
        if status.is_success() {
            return self.read(response, LARGEST_BODY).await;
        }
        // The status says enough where the body of an error does not come through, or does not end.
        let body = tokio::time::timeout(ERROR_PATIENCE, self.read(response, LARGEST_ERROR)).await;
        let fault = body.ok().and_then(Result::ok).map(|body| read_fault(status.as_u16(), &body)).unwrap_or_default();
        Err(self.refused(status, &headers, &fault))
    }

    async fn read(&self, mut response: Response, most: usize) -> Result<Vec<u8>, Failure> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.unanswered(&error))? {
            if body.len() + chunk.len() > most {
                let message = format!("{} answered with more than {} MiB", self.origin(), most >> 20);
                return Err(BackendError::new(Class::Failed, message).into());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    /// No answer, or only half of one.
    fn unanswered(&self, error: &reqwest::Error) -> Failure {
        let host = self.origin();
        if error.is_timeout() && !error.is_connect() {
            let message = format!("{host} did not finish an answer within {} s", self.timeout.as_secs_f32());
            let error = BackendError::new(Class::Timeout, message)
                .hint(format!("raise `timeout_seconds` or lower `batch` of [backends.{}]", self.name));
            return Failure { error, retry: Retry::Once };
        }
        let mut cause = error.source();
        while let Some(deeper) = cause.and_then(|cause| cause.source()) {
            cause = Some(deeper);
        }
        let cause = self.clean(&cause.map(ToString::to_string).unwrap_or_else(|| "no answer".to_owned()), LONGEST_WORDS);
        if !error.is_connect() {
            let error = BackendError::new(Class::Failed, format!("{host} broke off its answer: {cause}"));
            return Failure { error, retry: Retry::ByCaller };
        }
        let here = is_this_machine(&self.base);
        let hint = match (here, error.is_dns()) {
            (true, _) => "is the server running?".to_owned(),
            (false, true) => format!("is the name right in `base_url` of [backends.{}], and is there a network?", self.name),
            (false, false) => "is the server running, and does the network (or its proxy) let it through?".to_owned(),
        };
        let error = BackendError::new(Class::Unavailable, format!("cannot reach {host}: {cause}")).hint(hint);
        // Nothing listens on this machine: that does not change by itself while someone waits. A server that answered before may be
        // starting again.
        let waits = !here || self.answered.load(Ordering::Relaxed);
        Failure { error, retry: if waits { Retry::Transient } else { Retry::Never } }
    }

    /// An answer that is no success.
    fn refused(&self, status: StatusCode, headers: &HeaderMap, fault: &Fault) -> Failure {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let host = self.origin();
        let words = fault.words.as_deref().map(|words| self.clean(words, LONGEST_WORDS)).filter(|words| !words.is_empty());
        let said = words.map(|words| format!(": {words}")).unwrap_or_default();
        let code = status.as_u16();
        let asked = asked_wait(header("retry-after-ms"), header("retry-after"), SystemTime::now());
        let again = header("x-should-retry");
        let class = match (fault.class, code) {
            (Some(class), _) => class,
            (None, 429 | 529) => Class::Slow,
            // Without a time it is an outage like any other.
            (None, 503) if asked.is_some_and(|asked| !asked.is_zero()) => Class::Slow,
            (None, 402) => Class::Quota,
            (None, 413) => Class::TooBig,
            (None, 408 | 409 | 425 | 500..) => Class::Failed,
            (None, _) if again == Some("true") => Class::Failed,
            (None, 400 | 422 | 451) if !fault.needs_key => Class::Refused,
            (None, _) => Class::Config,
        };
        let retry = match class {
            Class::Slow if again != Some("false") => Retry::Slow(asked),
            Class::Failed => Retry::ByCaller,
            _ => Retry::Never,
        };
        let error = BackendError::new(class, format!("{host} answered {code}{said}"));
        let error = match (class, code) {
            (Class::Slow, _) => BackendError { message: format!("{host} asks to slow down ({code}){said}"), ..error }
                .hint(format!("lower `jobs` or `batch` of [backends.{}], or run again later", self.name)),
            (Class::Quota, _) => {
                BackendError { message: format!("the account at {host} has nothing left to spend ({code}){said}"), ..error }
                    .hint("see to the account's balance, then run again: what is translated is kept")
            }
            (Class::Config, 300..=399) => self.redirected(error, header("location")),
            (Class::Config, 401 | 403) => self.wrong_key(code, &said),
            (Class::Config, _) if fault.needs_key => self.wrong_key(code, &said),
            (Class::Config, 404 | 405) => {
                error.hint(format!("is `base_url` of [backends.{}] right, and does the server have what is asked for?", self.name))
            }
            (Class::Config | Class::Refused, _) => error.hint(format!("see [backends.{}] of translate.toml", self.name)),
            (Class::Failed, 503) => error.hint("the server is overloaded or down: run again later"),
            _ => error,
        };
        Failure { error, retry }
    }

    fn redirected(&self, error: BackendError, location: Option<&str>) -> BackendError {
        let target = location.and_then(|location| self.base.join(location).ok());
        let place = target.map(|url| format!("{}{}", origin(&url), self.clean(url.path(), 100)));
        let place = place.unwrap_or_else(|| "another address".to_owned());
        let message = format!("{} ({})", error.message, format_args!("a redirect to {place}, which is not followed"));
        BackendError { message, ..error }.hint(format!("if that is the right place, write it as `base_url` of [backends.{}]", self.name))
    }

    fn wrong_key(&self, code: u16, said: &str) -> BackendError {
        let host = self.origin();
        if self.key.is_some() {
            BackendError::new(Class::Config, format!("{host} does not accept the key ({code}){said}"))
                .hint(format!("the key comes from {}", self.key_place()))
        } else {
            BackendError::new(Class::Config, format!("{host} wants a key ({code}){said}"))
                .hint(format!("set `api_key_env` or `api_key_command` of [backends.{}]", self.name))
        }
    }

    fn key_place(&self) -> String {
        self.key_source.as_ref().map_or_else(|| "the caller".to_owned(), ToString::to_string)
    }
}

/// The largest answer that is read.
const LARGEST_BODY: usize = 32 << 20;
/// The largest body of an error that is read.
const LARGEST_ERROR: usize = 1 << 20;
/// The longest wait for the body of an error.
const ERROR_PATIENCE: Duration = Duration::from_secs(2);
/// The most characters of a service's own words in a message.
const LONGEST_WORDS: usize = 300;
/// Shorter keys ("x", "no") are stand-ins for servers that want none; blotting them out would blot out words.
const SHORTEST_SECRET: usize = 4;

/// The address as it will be used.
fn checked(base_url: &str, name: &str) -> Result<Url, BackendError> {
    let wrong = |what: &str| {
        BackendError::new(Class::Config, format!("`base_url` of [backends.{name}] {what}")).hint("it looks like \"http://127.0.0.1:5000\"")
    };
    let mut url = Url::parse(base_url).map_err(|error| wrong(&format!("is no address: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("must begin with http:// or https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("holds a user name or password").hint("put the key into `api_key_env` or `api_key_command`"));
    }
    url.set_fragment(None);
    Ok(url)
}
