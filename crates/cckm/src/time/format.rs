//! How a point in time is written: in a time zone, and as the reader's locale writes dates.
//!
//! Pure. What the browser knows (the offset of the zone, the order and the words of a date) is a [`TimeFormat`], which
//! is always a parameter. The words of the panel stay English.

use super::duration::{duration, two, unit};
use super::stamp::{DAY, HOUR, MINUTE, SECOND, Stamp, Zone};
use chrono::{DateTime, Datelike, NaiveDateTime, Timelike};

/// The duration from which on a date is shown in place of a number of days.
const LONG: i64 = 31 * DAY;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How far before and after a time its zone is asked for its offset, to find a repeated hour. No clock is set by more.
const AROUND: i64 = 3 * HOUR;

/// Which parts of a date are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// "5 Nov"
    Day,
    /// "5 Nov 2026"
    Date,
    /// "5 Nov 2026, 14:05:09"
    Moment,
}

/// A time zone, and how a locale writes dates.
///
/// ```
/// use cckm::time::{Stamp, TimeFormat};
///
/// let stamp = Stamp::parse("2026-11-22T13:05:09Z").expect("a time");
/// assert_eq!(TimeFormat::PLAIN.full(stamp), "22 Nov 2026, 13:05:09");
/// assert_eq!(TimeFormat::PLAIN.zoned(stamp), "22 Nov 2026, 13:05:09 UTC");
/// assert_eq!(TimeFormat::PLAIN.iso(stamp), "2026-11-22T13:05:09Z");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct TimeFormat {
    /// The zone.
    pub zone: Zone,
    /// The offset of the zone at a time, in seconds east of Greenwich.
    pub offset: fn(Stamp) -> i32,
    /// Writes a time of the zone's wall clock, given in milliseconds since 1 January 1970 by that clock.
    pub write: fn(i64, Style) -> String,
}

impl TimeFormat {
    /// UTC and the British order of dates, whatever the locale.
    pub const PLAIN: Self = Self { zone: Zone::Utc, offset: |_| 0, write: plain };

    /// The time by the wall clock of the zone, in milliseconds since 1970 by that clock.
    pub fn wall(&self, stamp: Stamp) -> i64 {
        wall(stamp, (self.offset)(stamp))
    }

    /// The age of `then` in short: "3 min ago", "yesterday", "5 Nov". A time in the future is "just now", because
    /// clocks differ.
    pub fn ago(&self, now: Stamp, then: Stamp) -> String {
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
        if self.wall(then).div_euclid(DAY) + 1 == self.wall(now).div_euclid(DAY) {
            return String::from("yesterday");
        }
        self.day(now, then)
    }

    /// The date of `then`: "5 Nov", with the year where it is not that of `now`.
    pub fn day(&self, now: Stamp, then: Stamp) -> String {
        let (now, then) = (self.wall(now), self.wall(then));
        let same = civil(now).year() == civil(then).year();
        (self.write)(then, if same { Style::Day } else { Style::Date })
    }

    /// How long something that began at `begun` has lasted: "for 12 min", and from a month on "since 5 Nov 2020",
    /// which is the server's own time and stays correct beside a wrong clock.
    pub fn since(&self, begun: Stamp, millis: i64) -> String {
        if millis < LONG {
            return ["for ", &duration(millis)].concat();
        }
        ["since ", &(self.write)(self.wall(begun), Style::Date)].concat()
    }

    /// The date and time, for a place whose heading names the zone: "22 Nov 2026, 14:05:09". In the hour that is
    /// repeated at the end of daylight saving time the offset follows.
    pub fn full(&self, stamp: Stamp) -> String {
        let text = (self.write)(self.wall(stamp), Style::Moment);
        if self.is_repeated(stamp) { [&text, " (", &self.offset_of(stamp), ")"].concat() } else { text }
    }

    /// The date and time with the zone: "22 Nov 2026, 13:05:09 UTC", "22 Nov 2026, 14:05:09 (UTC+01:00)".
    pub fn zoned(&self, stamp: Stamp) -> String {
        let text = (self.write)(self.wall(stamp), Style::Moment);
        match self.zone {
            Zone::Utc => text + " UTC",
            Zone::Local => [&text, " (", &self.offset_of(stamp), ")"].concat(),
        }
    }

    /// The time as ISO 8601 with the offset of the zone: "2026-11-22T14:05:09+01:00".
    pub fn iso(&self, stamp: Stamp) -> String {
        let offset = (self.offset)(stamp);
        let mut text = written(civil(wall(stamp, offset)));
        match self.zone {
            Zone::Utc => text.push('Z'),
            Zone::Local => push_offset(&mut text, offset),
        }
        text
    }

    /// The date of a day that is counted from 1 January 1970: "22 Nov 2026".
    pub fn date(&self, day: i64) -> String {
        (self.write)(day.saturating_mul(DAY), Style::Date)
    }

    /// The date without its year: "22 Nov".
    pub fn short_date(&self, day: i64) -> String {
        (self.write)(day.saturating_mul(DAY), Style::Day)
    }

    /// Whether the wall clock shows this time twice, because it is set back.
    pub fn is_repeated(&self, stamp: Stamp) -> bool {
        let own = (self.offset)(stamp);
        [-AROUND, AROUND].into_iter().any(|away| {
            let other = (self.offset)(Stamp(stamp.0.saturating_add(away)));
            // The moment at which the clock shows the same with the other offset, if that is in force then.
            let twin = Stamp(stamp.0.saturating_add(i64::from(own - other) * SECOND));
            other != own && (self.offset)(twin) == other
        })
    }

    fn offset_of(&self, stamp: Stamp) -> String {
        let mut text = String::from("UTC");
        push_offset(&mut text, (self.offset)(stamp));
        text
    }
}

fn wall(stamp: Stamp, offset: i32) -> i64 {
    stamp.0.saturating_add(i64::from(offset) * SECOND)
}

fn civil(wall: i64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(wall).unwrap_or_default().naive_utc()
}

/// A date as British English writes it.
fn plain(wall: i64, style: Style) -> String {
    let time = civil(wall);
    let month = MONTHS.get(time.month0() as usize).copied().unwrap_or_default();
    let mut text = [&time.day().to_string(), " ", month].concat();
    if style != Style::Day {
        text.push(' ');
        text.push_str(&time.year().to_string());
    }
    if style == Style::Moment {
        text.push_str(", ");
        push_clock(&mut text, time);
    }
    text
}

fn written(time: NaiveDateTime) -> String {
    let mut text = time.year().to_string();
    for part in [time.month(), time.day()] {
        text.push('-');
        two(&mut text, part);
    }
    text.push('T');
    push_clock(&mut text, time);
    text
}

fn push_clock(text: &mut String, time: NaiveDateTime) {
    two(text, time.hour());
    for part in [time.minute(), time.second()] {
        text.push(':');
        two(text, part);
    }
}

fn push_offset(text: &mut String, offset: i32) {
    text.push(if offset < 0 { '-' } else { '+' });
    let minutes = offset.unsigned_abs() / 60;
    two(text, minutes / 60);
    text.push(':');
    two(text, minutes % 60);
}
