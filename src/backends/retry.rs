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
    /// The service may be reached in a moment.
    Transient,
    /// The service failed at this request. What is asked next, after a pause, is for the caller to decide: the request may be at fault.
    ByCaller,
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
    /// are longer: the common limit is a number of requests a minute.
    pub fn new(first_pause: Duration) -> Self {
        Self { transient: pauses(first_pause, 4), slow: pauses(first_pause * SLOW, 5), once: true }
    }

    /// How long to wait before the next try; none when there is to be none.
    pub fn pause(&mut self, retry: Retry) -> Option<Duration> {
        match retry {
            Retry::Never | Retry::ByCaller => None,
            Retry::Once if !std::mem::take(&mut self.once) => None,
            Retry::Once | Retry::Transient => self.transient.next(),
            // More than all tries together could wait for: do not even begin.
            Retry::Slow(Some(asked)) if asked > LONGEST_WAIT * 5 => None,
            // A wait of nothing, over and over, would only be more load: the pauses grow whatever the service says.
            Retry::Slow(None | Some(Duration::ZERO)) => self.slow.next(),
            Retry::Slow(Some(asked)) => self.slow.next().map(|own| asked.min(LONGEST_WAIT).max(own / SLOW)),
        }
    }
}

/// How many times longer the pauses are where a service asked to slow down without saying for how long.
const SLOW: u32 = 4;

/// Pauses that double from `first`, each made longer at random, so that requests do not come back all at once.
fn pauses(first: Duration, times: usize) -> ExponentialBackoff {
    ExponentialBuilder::new().with_min_delay(first).with_max_delay(first * 32).with_max_times(times).with_jitter().build()
}

/// Failures of a service in a row, whatever they were asked: the pause after each is longer than the one before.
#[derive(Debug, Default)]
pub(super) struct Failures(Mutex<(u32, Option<Instant>)>);

impl Failures {
    /// The pause after a request that was sent at `sent` and failed. Requests that were under way together count once.
    pub fn pause(&self, sent: Instant, first_pause: Duration) -> Duration {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, last) = &mut *state;
        if last.is_none_or(|last| sent >= last) {
            (*count, *last) = (*count + 1, Some(Instant::now()));
        }
        // A text that a service fails at every time must not cost minutes: the pauses end at four times the first.
        first_pause * 2_u32.pow(count.saturating_sub(1).min(2))
    }

    /// The service answered.
    pub fn reset(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (0, None);
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

/// The wait that `retry-after-ms` or `Retry-After` (seconds, or a date) asks for. A wait too long to be a time is the longest there is.
pub(super) fn asked_wait(retry_after_ms: Option<&str>, retry_after: Option<&str>, now: SystemTime) -> Option<Duration> {
    let number = |text: &str, scale: f64| {
        let text = text.trim();
        let number = text.parse::<f64>().ok().filter(|number| *number >= 0.0 && text.starts_with(|c: char| c.is_ascii_digit()))?;
        Some(Duration::try_from_secs_f64(number * scale).unwrap_or(Duration::MAX))
    };
    let date = |text: &str| Some(httpdate::parse_http_date(text.trim()).ok()?.duration_since(now).unwrap_or_default());
    let finer = retry_after_ms.and_then(|text| number(text, 0.001));
    let coarser = || retry_after.and_then(|text| number(text, 1.0).or_else(|| date(text)));
    finer.filter(|wait| !wait.is_zero()).or_else(coarser).or(finer)
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
        assert_eq!(asked(None, Some("inf")), None);
        assert_eq!(asked(Some("NaN"), None), None);
        assert_eq!(asked(None, Some("1e400")), Some(Duration::MAX.as_millis()));
        assert_eq!(asked(Some("99999999999999999999999999"), None), Some(Duration::MAX.as_millis()));
        assert_eq!(asked(None, Some("0")), Some(0));
        assert_eq!(asked(Some("0"), Some("7")), Some(7000));
        assert_eq!(asked(Some("0"), None), Some(0));
        assert_eq!(asked(Some("-1"), Some("2")), Some(2000));
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
        assert_eq!(count(Retry::ByCaller), 0);
        assert_eq!(count(Retry::Once), 1);
        assert_eq!(count(Retry::Transient), 4);
        assert_eq!(count(Retry::Slow(None)), 5);
        assert_eq!(count(Retry::Slow(Some(Duration::from_secs(3600)))), 0);
        assert_eq!(Tries::new(first).pause(Retry::Slow(Some(Duration::from_secs(300)))), Some(LONGEST_WAIT));
        assert_eq!(count(Retry::Slow(Some(Duration::MAX))), 0);
        for asked in [None, Some(Duration::ZERO)] {
            let mut slow = Tries::new(first);
            let all: Duration = std::iter::from_fn(|| slow.pause(Retry::Slow(asked))).sum();
            assert!(all >= Duration::from_secs(60), "a limit per minute is sat out, not {all:?}");
        }
    }

    #[test]
    fn waits_that_a_service_asks_for_have_a_growing_floor() {
        let first = Duration::from_millis(500);
        let waits = |asked: Duration| {
            let mut tries = Tries::new(first);
            std::iter::from_fn(move || tries.pause(Retry::Slow(Some(asked)))).collect::<Vec<_>>()
        };
        for asked in [1, 20, 400] {
            let waits = waits(Duration::from_millis(asked));
            assert_eq!(waits.len(), 5);
            for (turn, wait) in waits.iter().enumerate() {
                assert!(*wait >= first * 2_u32.pow(turn as u32), "{asked} ms, turn {turn}: {wait:?}");
            }
        }
        // A wait that is longer is kept to exactly.
        assert_eq!(waits(Duration::from_secs(30)), [Duration::from_secs(30); 5]);
    }

    #[test]
    fn failures_in_a_row_are_further_and_further_apart() {
        let first = Duration::from_millis(500);
        let failures = Failures::default();
        let sent = Instant::now();
        let pauses: Vec<Duration> = (0..6).map(|turn| failures.pause(sent + first * turn, first)).collect();
        assert_eq!(pauses, [1, 2, 4, 4, 4, 4].map(|times| first * times));
        failures.reset();
        let sent = Instant::now();
        for _ in 0..4 {
            assert_eq!(failures.pause(sent, first), first, "sent together, they are one failure");
        }
    }

    #[test]
    fn a_hold_is_never_shortened() {
        let pause = NotBefore::default();
        let until = || *pause.0.lock().expect("a moment");
        pause.hold(Duration::from_secs(60));
        let first = until();
        pause.hold(Duration::from_millis(1));
        assert_eq!(until(), first);
        pause.hold(Duration::from_secs(90));
        assert!(until() > first);
    }
}
