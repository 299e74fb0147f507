//! Points in time, and how they are written.
//!
//! It owns parsing and wording; it must not read the clock: the current time is always a parameter.

use crate::text;
use chrono::{DateTime, Datelike, Local, NaiveDate, NaiveDateTime, Offset, TimeZone, Timelike, Utc};

/// A point in time, in milliseconds since the Unix epoch (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp(i64);

/// The zone in which times are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Zone {
    /// The reader's own.
    #[default]
    Local,
    /// UTC.
    Utc,
}

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
/// A day in milliseconds.
pub const DAY: i64 = 24 * HOUR;
const YEAR: i64 = 366 * DAY;
/// The duration from which on a date is shown in place of a number of days.
const LONG: i64 = 31 * DAY;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

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

/// The age of `then` in short: "3 min ago", "yesterday", "5 Nov". A time in the future is "just now", because clocks
/// differ.
pub fn ago(now: Stamp, then: Stamp) -> String {
    ago_in(now, then, |stamp| civil(stamp, offset(stamp)))
}

fn ago_in(now: Stamp, then: Stamp, civil: impl Fn(Stamp) -> NaiveDateTime) -> String {
    let past = now.0.saturating_sub(then.0);
    if past < MINUTE {
        return String::from("just now");
    }
    if past < HOUR {
        return unit(past / MINUTE, " min ago");
    }
    if past < DAY {
        return unit(past / HOUR, " h ago");
    }
    let (today, day) = (civil(now).date(), civil(then).date());
    if day.succ_opt() == Some(today) {
        return String::from("yesterday");
    }
    day_beside(day, today)
}

/// The date of `then` in the reader's time zone: "5 Nov", with the year where it is not that of `now`.
pub fn day(now: Stamp, then: Stamp) -> String {
    day_beside(civil(then, offset(then)).date(), civil(now, offset(now)).date())
}

fn day_beside(day: NaiveDate, today: NaiveDate) -> String {
    let month = MONTHS.get(day.month0() as usize).copied().unwrap_or_default();
    let mut text = [&day.day().to_string(), " ", month].concat();
    if day.year() != today.year() {
        text.push(' ');
        text.push_str(&day.year().to_string());
    }
    text
}

/// A duration of `millis` milliseconds in its two largest units: "41 s", "2 min 4 s", "3 h 12 min", "2 d 4 h".
/// Durations of more than a year are given in years alone: no synchronization takes that long, and hours would make
/// an old or wrong time look exact.
pub fn duration(millis: i64) -> String {
    if millis < SECOND {
        return String::from("under 1 s");
    }
    if millis >= YEAR {
        return ["over ", &text::count((millis / YEAR) as usize, "year", "years")].concat();
    }
    let (size, word, next, next_word) = if millis < MINUTE {
        (SECOND, " s", SECOND, "")
    } else if millis < HOUR {
        (MINUTE, " min", SECOND, " s")
    } else if millis < DAY {
        (HOUR, " h", MINUTE, " min")
    } else {
        (DAY, " d", HOUR, " h")
    };
    let mut text = unit(millis / size, word);
    let rest = millis % size / next;
    if rest > 0 {
        text.push(' ');
        text.push_str(&unit(rest, next_word));
    }
    text
}

/// How long something that began at `begun` has lasted: "for 12 min", and from a month on "since 5 Nov 2020", which
/// is the server's own time and stays correct beside a wrong clock.
pub fn since(begun: Stamp, millis: i64) -> String {
    if millis < LONG {
        return ["for ", &duration(millis)].concat();
    }
    ["since ", &date(wall(begun).div_euclid(DAY))].concat()
}

fn unit(count: i64, word: &str) -> String {
    let mut text = count.to_string();
    text.push_str(word);
    text
}

/// The date and time in the reader's time zone: "2026-11-22 14:05:09".
pub fn local(stamp: Stamp) -> String {
    written(civil(stamp, offset(stamp)))
}

/// The time by the reader's wall clock, in milliseconds since 1970 in the reader's time zone.
pub fn wall(stamp: Stamp) -> i64 {
    stamp.0.saturating_add(i64::from(offset(stamp)) * SECOND)
}

/// The date of a day that is counted from 1 January 1970: "22 Nov 2026".
pub fn date(day: i64) -> String {
    let year = day_of(day).year().to_string();
    [&short_date(day), " ", &year].concat()
}

/// The date without its year: "22 Nov".
pub fn short_date(day: i64) -> String {
    let day = day_of(day);
    let month = MONTHS.get(day.month0() as usize).copied().unwrap_or_default();
    [&day.day().to_string(), " ", month].concat()
}

fn day_of(day: i64) -> NaiveDate {
    civil(Stamp(day.saturating_mul(DAY)), 0).date()
}

/// The reader's time zone at that time: "UTC+01:00".
pub fn zone(stamp: Stamp) -> String {
    zone_of(offset(stamp))
}

/// The date and time in UTC: "2026-11-22 13:05:09 UTC".
pub fn utc(stamp: Stamp) -> String {
    let mut text = written(civil(stamp, 0));
    text.push_str(" UTC");
    text
}

/// The offset of the reader's time zone at that time, in seconds east of Greenwich.
fn offset(stamp: Stamp) -> i32 {
    let time = DateTime::<Utc>::from_timestamp_millis(stamp.0).unwrap_or_default();
    Local.offset_from_utc_datetime(&time.naive_utc()).fix().local_minus_utc()
}

fn civil(stamp: Stamp, offset: i32) -> NaiveDateTime {
    let millis = stamp.0.saturating_add(i64::from(offset) * 1000);
    DateTime::<Utc>::from_timestamp_millis(millis).unwrap_or_default().naive_utc()
}

fn written(time: NaiveDateTime) -> String {
    let mut text = time.year().to_string();
    let parts = [
        ('-', time.month()),
        ('-', time.day()),
        (' ', time.hour()),
        (':', time.minute()),
        (':', time.second()),
    ];
    for (mark, part) in parts {
        text.push(mark);
        two(&mut text, part);
    }
    text
}

fn zone_of(offset: i32) -> String {
    let mut text = String::from(if offset < 0 { "UTC-" } else { "UTC+" });
    let minutes = offset.unsigned_abs() / 60;
    two(&mut text, minutes / 60);
    text.push(':');
    two(&mut text, minutes % 60);
    text
}

fn two(text: &mut String, number: u32) {
    if number < 10 {
        text.push('0');
    }
    text.push_str(&number.to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ago_east(hours: i32, now: &str, then: &str) -> String {
        let stamp = |text: &str| Stamp::parse(text).expect("a time");
        ago_in(stamp(now), stamp(then), |stamp| civil(stamp, hours * 3600))
    }

    #[test]
    fn days_are_those_of_the_readers_zone() {
        let table = [
            (0, "2026-11-22T12:00:00Z", "2026-11-21T12:00:00Z", "yesterday"),
            (0, "2026-11-22T12:00:00Z", "2026-11-21T00:00:00Z", "yesterday"),
            (0, "2026-11-22T12:00:00Z", "2026-11-20T23:59:59Z", "20 Nov"),
            // One hour further east midnight has passed.
            (1, "2026-11-22T12:00:00Z", "2026-11-20T23:30:00Z", "yesterday"),
            (-5, "2026-11-22T12:00:00Z", "2026-11-21T04:00:00Z", "20 Nov"),
            (0, "2026-11-22T12:00:00Z", "2026-01-05T12:00:00Z", "5 Jan"),
            (0, "2026-11-22T12:00:00Z", "2020-11-05T06:38:25Z", "5 Nov 2020"),
            (0, "2026-01-01T12:00:00Z", "2025-12-31T10:00:00Z", "yesterday"),
            (0, "2026-01-02T12:00:00Z", "2025-12-31T10:00:00Z", "31 Dec 2025"),
            (1, "2026-01-02T12:00:00Z", "2025-12-31T23:30:00Z", "yesterday"),
            // An age of less than a day is given in hours, even across midnight.
            (0, "2026-11-22T01:00:00Z", "2026-11-21T23:00:00Z", "2 h ago"),
            (0, "2026-11-22T01:00:00Z", "2026-11-22T01:05:00Z", "just now"),
        ];
        for (hours, now, then, expected) in table {
            assert_eq!(ago_east(hours, now, then), expected, "{then} seen {hours} h east at {now}");
        }
    }

    #[test]
    fn zones_are_written_with_their_sign() {
        let table = [
            (0, "UTC+00:00"),
            (3600, "UTC+01:00"),
            (19_800, "UTC+05:30"),
            (-12_600, "UTC-03:30"),
            (50_400, "UTC+14:00"),
        ];
        for (offset, expected) in table {
            assert_eq!(zone_of(offset), expected);
        }
    }
}
