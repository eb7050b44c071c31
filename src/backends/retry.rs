//! When a request is sent again, and how long everyone waits before that.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use tokio::time::Instant;

use super::BackendError;

/// The longest single wait that a service may ask for.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(120);

/// A failed try, and whether another one makes sense.
#[derive(Debug)]
pub(super) struct Failure {
    pub error: BackendError,
    pub retry: Retry,
}

/// Whether another try makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Retry {
    /// The same request would fail the same way.
    Never,
    /// It costs a whole time limit to find out, so once more and no oftener.
    Once,
    /// The service may recover.
    Transient,
    /// The service asked everyone to slow down, perhaps for so long.
    Slow(Option<Duration>),
}

impl From<BackendError> for Failure {
    fn from(error: BackendError) -> Self {
        Self { error, retry: Retry::Never }
    }
}

/// The tries of one request.
pub(super) struct Tries {
    transient: ExponentialBackoff,
    slow: ExponentialBackoff,
    once: bool,
}

impl Tries {
    /// Five tries with pauses that double from `first_pause`. Asked to slow down without being told how long, pauses
    /// are longer: the common limit is so many requests a minute.
    pub fn new(first_pause: Duration) -> Self {
        let pauses = |first: Duration, times| {
            ExponentialBuilder::new().with_min_delay(first).with_max_delay(first * 32).with_max_times(times).with_jitter().build()
        };
        Self { transient: pauses(first_pause, 4), slow: pauses(first_pause * 4, 5), once: true }
    }

    /// How long to wait before the next try; none when there is to be none.
    pub fn pause(&mut self, retry: Retry) -> Option<Duration> {
        match retry {
            Retry::Never => None,
            Retry::Once if !std::mem::take(&mut self.once) => None,
            Retry::Once | Retry::Transient => self.transient.next(),
            // More than all tries together could wait for: do not even begin.
            Retry::Slow(Some(asked)) if asked > LONGEST_WAIT * 5 => None,
            Retry::Slow(asked) => self.slow.next().map(|own| asked.map_or(own, |asked| asked.min(LONGEST_WAIT))),
        }
    }
}

/// The moment before which nobody asks the service: one for all requests of a backend, or each of them would find out
/// on its own that it is too fast.
#[derive(Debug, Default)]
pub(super) struct NotBefore(Mutex<Option<Instant>>);

impl NotBefore {
    /// Nobody asks for `pause` from now.
    pub fn hold(&self, pause: Duration) {
        let until = Instant::now() + pause;
        let mut moment = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *moment = Some(moment.map_or(until, |earlier| earlier.max(until)));
    }

    /// Waits until asking is allowed; another request may have moved the moment meanwhile.
    pub async fn wait(&self) {
        loop {
            let moment = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match moment {
                Some(moment) if moment > Instant::now() => tokio::time::sleep_until(moment).await,
                _ => return,
            }
        }
    }
}

/// The wait that `retry-after-ms` or `Retry-After` (seconds, or a date) asks for.
pub(super) fn asked_wait(retry_after_ms: Option<&str>, retry_after: Option<&str>, now: SystemTime) -> Option<Duration> {
    let number = |text: &str, scale: f64| {
        let number = text.trim().parse::<f64>().ok()?;
        Duration::try_from_secs_f64(number * scale).ok()
    };
    let date = |text: &str| Some(httpdate::parse_http_date(text.trim()).ok()?.duration_since(now).unwrap_or_default());
    retry_after_ms.and_then(|text| number(text, 0.001)).or_else(|| retry_after.and_then(|text| number(text, 1.0).or_else(|| date(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_ask_for_a_wait_is_read() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let asked = |ms, after| asked_wait(ms, after, now).map(|wait| wait.as_millis());
        assert_eq!(asked(Some("250"), Some("9")), Some(250));
        assert_eq!(asked(Some("soon"), Some("1.5")), Some(1500));
        assert_eq!(asked(None, Some("Sun, 06 Nov 1994 08:49:40 GMT")), Some(3000));
        assert_eq!(asked(None, Some("Sun, 06 Nov 1994 08:00:00 GMT")), Some(0));
        assert_eq!(asked(None, Some("-4")), None);
        assert_eq!(asked(None, Some("NaN")), None);
        assert_eq!(asked(None, Some("1e400")), None);
        assert_eq!(asked(None, None), None);
    }

    #[test]
    fn tries_end() {
        let first = Duration::from_millis(500);
        let count = |retry| {
            let mut tries = Tries::new(first);
            std::iter::from_fn(|| tries.pause(retry)).take(100).count()
        };
        assert_eq!(count(Retry::Never), 0);
        assert_eq!(count(Retry::Once), 1);
        assert_eq!(count(Retry::Transient), 4);
        assert_eq!(count(Retry::Slow(None)), 5);
        assert_eq!(count(Retry::Slow(Some(Duration::from_secs(3600)))), 0);
        assert_eq!(Tries::new(first).pause(Retry::Slow(Some(Duration::from_secs(300)))), Some(LONGEST_WAIT));
        let mut slow = Tries::new(first);
        let all: Duration = std::iter::from_fn(|| slow.pause(Retry::Slow(None))).sum();
        assert!(all >= Duration::from_secs(60), "a limit per minute is sat out, not {all:?}");
    }

    #[tokio::test]
    async fn a_hold_is_never_shortened() {
        let pause = NotBefore::default();
        pause.hold(Duration::from_millis(60));
        pause.hold(Duration::from_millis(1));
        let start = Instant::now();
        pause.wait().await;
        assert!(start.elapsed() >= Duration::from_millis(50));
    }
}
