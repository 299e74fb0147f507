//! The emulator's clock. Everything that depends on time is derived from its current time; no other code reads the
//! system clock or waits for a time.

use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;

/// A clock that runs with the system clock or is frozen, and that can be moved by hand. Clones share the time.
#[derive(Debug, Clone)]
pub struct Clock {
    start: DateTime<Utc>,
    /// `None` where the clock is frozen.
    running_since: Option<Instant>,
    advanced: Arc<Mutex<TimeDelta>>,
}

impl Clock {
    /// Creates a clock at `start`, or at the current time, which then runs or is frozen.
    pub fn new(start: Option<DateTime<Utc>>, frozen: bool) -> Self {
        Self {
            start: start.unwrap_or_else(Utc::now),
            running_since: (!frozen).then(Instant::now),
            advanced: Arc::default(),
        }
    }

    /// The emulator's current time.
    pub fn now(&self) -> DateTime<Utc> {
        let elapsed = self
            .running_since
            .and_then(|since| TimeDelta::from_std(since.elapsed()).ok())
            .unwrap_or_default();
        self.start + elapsed + *self.advanced.lock()
    }

    /// Moves the clock by `by`, which may be negative.
    pub fn advance(&self, by: TimeDelta) {
        *self.advanced.lock() += by;
    }

    /// Whether the clock is frozen.
    pub fn is_frozen(&self) -> bool {
        self.running_since.is_none()
    }
}

/// Formats a time as RFC 3339 in UTC with six fraction digits, as lists and single jobs have it.
pub fn micros(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

/// Formats a time as RFC 3339 in UTC with nine fraction digits, as only the response to a start has it.
pub fn nanos(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.9fZ").to_string()
}

/// Formats a time for the `Date` header, in whole seconds.
pub fn http_date(time: DateTime<Utc>) -> String {
    time.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Converts seconds to a duration; values out of range become the longest duration.
pub fn seconds(seconds: f64) -> TimeDelta {
    TimeDelta::milliseconds((seconds * 1000.0) as i64)
}
