//! The emulator's clock. Everything that depends on time is derived from one instant that this clock gives; nothing else reads the
//! system's clock, and nothing waits for it.

use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;

/// A clock that runs with the system's or stands still, and that can be moved forward by hand. Clones share the time.
#[derive(Debug, Clone)]
pub struct Clock {
    start: DateTime<Utc>,
    /// `None` when frozen.
    running_since: Option<Instant>,
    advanced: Arc<Mutex<TimeDelta>>,
}

impl Clock {
    /// A clock that shows `start`, or the present time, and then runs or stands still.
    pub fn new(start: Option<DateTime<Utc>>, frozen: bool) -> Self {
        Self {
            start: start.unwrap_or_else(Utc::now),
            running_since: (!frozen).then(Instant::now),
            advanced: Arc::default(),
        }
    }

    /// The emulator's present time.
    pub fn now(&self) -> DateTime<Utc> {
        let elapsed = self
            .running_since
            .and_then(|since| TimeDelta::from_std(since.elapsed()).ok())
            .unwrap_or_default();
        self.start + elapsed + *self.advanced.lock()
    }

    /// Moves the clock forward (or back) by that much.
    pub fn advance(&self, by: TimeDelta) {
        *self.advanced.lock() += by;
    }

    /// Whether the clock stands still by itself.
    pub fn is_frozen(&self) -> bool {
        self.running_since.is_none()
    }
}

/// RFC 3339 in UTC with six fraction digits, as lists and single jobs print times.
pub fn micros(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

/// RFC 3339 in UTC with nine fraction digits, as only the start answer prints times.
pub fn nanos(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.9fZ").to_string()
}

/// As the header `Date` prints times, in whole seconds.
pub fn http_date(time: DateTime<Utc>) -> String {
    time.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Seconds as a time span; what does not fit is held at the largest span.
pub fn seconds(seconds: f64) -> TimeDelta {
    TimeDelta::milliseconds((seconds * 1000.0) as i64)
}
