//! The moments at which an expression runs.

use super::expression::Cron;
use super::field::Field;
use super::month;
use crate::time::Stamp;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike};

const MINUTE: i64 = 60 * 1000;
const MINUTES_OF_DAY: i64 = 24 * 60;
/// The days between two 29 Februaries around a year such as 2100, and some more: what does not run within them never
/// does.
const FAR: usize = 8 * 366 + 31;
/// The days after which days of the month and of the week repeat, within the centuries that matter.
const CYCLE: usize = 28 * 366;

/// The runs of an expression, from the earliest on.
#[derive(Debug, Clone)]
pub struct Runs {
    cron: Cron,
    after: Stamp,
}

impl Iterator for Runs {
    type Item = Stamp;

    fn next(&mut self) -> Option<Stamp> {
        self.after = self.cron.next(self.after)?;
        Some(self.after)
    }
}

impl Cron {
    /// The first run after `after`; `None` where it never runs.
    pub fn next(&self, after: Stamp) -> Option<Stamp> {
        let minute = after.millis().div_euclid(MINUTE).checked_add(1)?.checked_mul(MINUTE)?;
        let earliest = DateTime::from_timestamp_millis(minute)?.naive_utc();
        if self.is_never() {
            return None;
        }
        let today = earliest.date();
        if self.has(today)
            && let Some(time) = self.time_from(earliest.hour(), earliest.minute())
        {
            return Some(stamp(today, time));
        }
        let day = self.days_from(today.succ_opt()?).next()?;
        Some(stamp(day, self.time_from(0, 0)?))
    }

    /// The runs after `after`. They end only where the calendar does.
    ///
    /// ```
    /// use cckm::cron::Cron;
    /// use cckm::time::Stamp;
    ///
    /// let leap = Cron::parse("0 0 29 2 *").expect("an expression");
    /// let after = Stamp::parse("2026-01-01T00:00:00Z").expect("a time");
    /// let years: Vec<_> = leap.runs(after).take(2).collect();
    /// assert_eq!(years[0], Stamp::parse("2028-02-29T00:00:00Z").expect("a time"));
    /// assert_eq!(Cron::parse("0 0 30 2 *").expect("an expression").runs(after).count(), 0);
    /// ```
    pub fn runs(&self, after: Stamp) -> Runs {
        Runs { cron: *self, after }
    }

    /// Whether no day fits, such as 30 February.
    pub fn is_never(&self) -> bool {
        // A day of the week, where it counts, comes in every month.
        let by_weekday = self.any_day || (self.is_either() && self.weekdays.len() > 0);
        !by_weekday && month::most_days(self.months) < self.days.first()
    }

    /// The longest time between two runs in the 28 years after `from`, in milliseconds; `None` where it never runs.
    pub fn longest_gap(&self, from: Stamp) -> Option<i64> {
        let first = i64::from(self.hours.first() * 60 + self.minutes.first());
        let last = i64::from(self.hours.last() * 60 + self.minutes.last());
        let mut gap = self.longest_gap_of_day();
        if self.is_daily() && self.months.is_full(Field::Month) {
            gap = gap.max(MINUTES_OF_DAY - last + first);
        } else {
            let begin = DateTime::from_timestamp_millis(from.millis())?.date_naive();
            let end = begin.checked_add_days(chrono::Days::new(CYCLE as u64))?;
            let mut days = self.days_from(begin);
            let mut before = days.next()?;
            for day in days.take_while(|day| *day <= end) {
                let between = (day - before).num_days() * MINUTES_OF_DAY - last + first;
                gap = gap.max(between);
                before = day;
            }
        }
        Some(gap * MINUTE)
    }

    fn longest_gap_of_day(&self) -> i64 {
        let within = self.minutes.iter().zip(self.minutes.iter().skip(1)).map(|(one, next)| next - one);
        let within = within.max().unwrap_or_default();
        let hours = self.hours.iter().zip(self.hours.iter().skip(1)).map(|(one, next)| next - one);
        let across = hours
            .max()
            .map_or(0, |hours| (hours * 60 + self.minutes.first()).saturating_sub(self.minutes.last()));
        i64::from(within.max(across))
    }

    /// The days from `day` on, until [`FAR`] days pass without one.
    fn days_from(&self, day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let cron = *self;
        let mut at = Some(day);
        std::iter::from_fn(move || {
            for _ in 0..FAR {
                let day = at?;
                at = day.succ_opt();
                if cron.has(day) {
                    return Some(day);
                }
            }
            None
        })
    }

    fn has(&self, date: NaiveDate) -> bool {
        let day = self.days.contains(date.day());
        let weekday = self.weekdays.contains(date.weekday().num_days_from_sunday());
        let fits = if self.is_either() { day || weekday } else { day && weekday };
        fits && self.months.contains(date.month())
    }

    /// The first time of a day that is not earlier.
    fn time_from(&self, hour: u32, minute: u32) -> Option<NaiveTime> {
        let this = self.minutes.iter().find(|own| *own >= minute);
        if let Some(minute) = this.filter(|_| self.hours.contains(hour)) {
            return NaiveTime::from_hms_opt(hour, minute, 0);
        }
        let later = self.hours.iter().find(|own| *own > hour)?;
        NaiveTime::from_hms_opt(later, self.minutes.first(), 0)
    }
}

fn stamp(day: NaiveDate, time: NaiveTime) -> Stamp {
    Stamp::from_millis(day.and_time(time).and_utc().timestamp_millis())
}
