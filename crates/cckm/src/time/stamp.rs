//! Points in time, the units of time, and the zones in which times are shown.

use chrono::DateTime;

/// The time zone in which times are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Zone {
    /// The zone of the reader's computer.
    #[default]
    Local,
    /// Coordinated universal time.
    Utc,
}

/// A point in time, in milliseconds since the Unix epoch (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp(pub(super) i64);

pub(super) const SECOND: i64 = 1000;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const HOUR: i64 = 60 * MINUTE;
/// A day in milliseconds.
pub const DAY: i64 = 24 * HOUR;
pub(super) const YEAR: i64 = 366 * DAY;

impl Stamp {
    /// The point in time `millis` milliseconds after the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Parses RFC 3339 with any zone and any number of fraction digits. Times before 1970 are `None`, because servers
    /// send a zero time for a missing one.
    ///
    /// ```
    /// use cckm::time::Stamp;
    ///
    /// let stamp = Stamp::parse("2020-08-06T09:49:34.605123456Z").expect("a time");
    /// assert_eq!(stamp.millis(), 1_596_707_374_605);
    /// assert!(Stamp::parse("0001-01-01T00:00:00Z").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let millis = DateTime::parse_from_rfc3339(text.trim()).ok()?.timestamp_millis();
        (millis > 0).then_some(Self(millis))
    }
}
