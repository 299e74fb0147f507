//! What an expression means, in words. They are made of the values that it has, not of how it is written.

use super::expression::Cron;
use super::field::{Field, MONTHS, Set, WEEKDAYS};
use super::month::most_days;
use crate::text::capital;

/// How many times of a day are written one by one.
const TIMES: usize = 6;
/// From how many values at the same distance on they are not written one by one.
const STEPS: usize = 5;
/// The days of the week in the order in which people name them.
const MONDAY_FIRST: [u32; 7] = [1, 2, 3, 4, 5, 6, 0];

impl Cron {
    /// What the expression means: "Every day at 02:30 UTC", "At minute 0 and 30 of every hour, Monday to Friday (UTC)".
    ///
    /// The words hold for every expression. What differs between schedulers is a [`super::Caution`].
    pub fn words(&self) -> String {
        if self.is_never() {
            let months = list(&self.months.iter().map(month).collect::<Vec<_>>());
            let days = numbers(self.days);
            let has = if self.months.len() == 1 { "has" } else { "have" };
            return format!("Never: {months} {has} no day {days}");
        }
        let days = self.days_in_words();
        let is_always = days.is_empty();
        match self.times() {
            Some(times) if is_always => format!("Every day at {times} UTC"),
            Some(times) => {
                let comma = if days.contains(',') { "," } else { "" };
                capital(&format!("{days}{comma} at {times} UTC"))
            }
            None => {
                let often = self.often();
                let needs_zone = !is_always || !self.is_same_everywhere();
                let comma = if is_always { "" } else { ", " };
                let zone = if needs_zone { " (UTC)" } else { "" };
                format!("{often}{comma}{days}{zone}")
            }
        }
    }

    /// The times of a day, where there are few: "02:30", "06:00 and 18:00".
    fn times(&self) -> Option<String> {
        let count = self.hours.len() * self.minutes.len();
        if count > TIMES || self.hours.is_full(Field::Hour) {
            return None;
        }
        let times: Vec<String> = self
            .hours
            .iter()
            .flat_map(|hour| self.minutes.iter().map(move |minute| format!("{hour:02}:{minute:02}")))
            .collect();
        Some(list(&times))
    }

    /// How often it runs within a day.
    fn often(&self) -> String {
        let minutes = self.minutes_in_words();
        if self.hours.is_full(Field::Hour) {
            return match minutes {
                Minutes::Every(words) => words,
                Minutes::At(words) => format!("{words} of every hour"),
            };
        }
        let every = self.hours.even_step(Field::Hour).filter(|_| self.hours.len() > 2);
        match (minutes, every) {
            (Minutes::Every(words), Some(step)) => {
                format!("{words} within every {} hour from 00:00 on", ordinal(step))
            }
            (Minutes::At(words), Some(step)) => {
                format!("{words} of every {} hour from 00:00 on", ordinal(step))
            }
            (Minutes::Every(words), None) => format!("{words} within {}", self.hours_in_words()),
            (Minutes::At(words), None) => format!("{words} of {}", self.hours_in_words()),
        }
    }

    /// "hour 9", "the hours 9 to 17 and 20".
    fn hours_in_words(&self) -> String {
        if let Some(words) = stepped(self.hours, "hour") {
            return words;
        }
        let hours = numbers(self.hours);
        if self.hours.len() == 1 { format!("hour {hours}") } else { format!("the hours {hours}") }
    }

    fn minutes_in_words(&self) -> Minutes {
        if self.minutes.is_full(Field::Minute) {
            return Minutes::Every(String::from("Every minute"));
        }
        if let Some(step) = self.minutes.even_step(Field::Minute).filter(|_| self.minutes.len() > 2) {
            return Minutes::Every(format!("Every {step} minutes"));
        }
        if let Some(words) = stepped(self.minutes, "minute") {
            return Minutes::At(["At ", &words].concat());
        }
        Minutes::At(format!("At minute {}", numbers(self.minutes)))
    }

    /// Whether the words for how often it runs are right in every zone.
    fn is_same_everywhere(&self) -> bool {
        // Every zone is a multiple of 15 minutes away from UTC.
        let step = self.minutes.even_step(Field::Minute);
        let is_even = step.is_some_and(|step| 15 % step == 0) || self.minutes.is_full(Field::Minute);
        is_even && self.hours.is_full(Field::Hour)
    }

    /// Which days, with their months: "every Sunday", "on day 1 and 15 of the month, in March". Empty for all days.
    fn days_in_words(&self) -> String {
        let months = if self.months.is_full(Field::Month) {
            String::new()
        } else {
            format!("in {}", ranges(&self.months.iter().collect::<Vec<_>>(), month))
        };
        if self.is_daily() {
            return if months.is_empty() { months } else { format!("every day {months}") };
        }
        let by_day = || match stepped(self.days, "day") {
            Some(words) => format!("on {words} of the month"),
            None => format!("on day {} of the month", numbers(self.days)),
        };
        let days = if self.is_either() {
            format!("{}, and also {}", by_day(), weekdays(self.weekdays, true))
        } else if self.any_day {
            weekdays(self.weekdays, false)
        } else {
            by_day()
        };
        if months.is_empty() { days } else { format!("{days}, {months}{}", self.leap_years()) }
    }

    /// Says that only leap years have the day, where it is 29 February alone.
    fn leap_years(&self) -> &'static str {
        let is_leap =
            !self.is_either() && !self.any_day && self.days.first() == 29 && most_days(self.months) == 29;
        if is_leap { " of leap years" } else { "" }
    }
}

/// How often within an hour.
enum Minutes {
    /// Words that need no hour.
    Every(String),
    /// Words that "of every hour" follows.
    At(String),
}

fn month(number: u32) -> String {
    MONTHS.get((number as usize).wrapping_sub(1)).copied().unwrap_or_default().to_owned()
}

fn weekday(number: u32) -> String {
    WEEKDAYS.get(number as usize).copied().unwrap_or_default().to_owned()
}

/// "every Sunday", "every Monday, Wednesday and Friday", "Monday to Friday"; with `always`, "every" stands before a
/// range too.
fn weekdays(set: Set, always: bool) -> String {
    let chosen: Vec<u32> = MONDAY_FIRST.into_iter().filter(|day| set.contains(*day)).collect();
    // Positions in the week that begins on Monday, so that Saturday and Sunday are neighbours.
    let places: Vec<u32> = chosen.iter().map(|day| (day + 6) % 7).collect();
    let words = ranges(&places, |place| weekday((place + 1) % 7));
    let is_range = places.len() > 2
        && places
            .last()
            .zip(places.first())
            .is_some_and(|(last, first)| (last - first) as usize + 1 == places.len());
    if is_range && !always { words } else { format!("every {words}") }
}

/// Five values or more at the same distance: "every 2nd hour from 1 to 23".
fn stepped(set: Set, one: &str) -> Option<String> {
    let mut rest = set.iter().zip(set.iter().skip(1)).map(|(value, next)| next - value);
    let step = rest.next().filter(|step| *step > 1 && set.len() >= STEPS)?;
    let words = || format!("every {} {one} from {} to {}", ordinal(step), set.first(), set.last());
    rest.all(|own| own == step).then(words)
}

fn numbers(set: Set) -> String {
    ranges(&set.iter().collect::<Vec<_>>(), |number| number.to_string())
}

/// Sorted values as a list, three or more that follow each other as a range: "1, 5 and 10 to 20".
fn ranges(values: &[u32], name: impl Fn(u32) -> String) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = values;
    while let Some(first) = rest.first() {
        let length = rest.iter().zip(*first..).take_while(|(own, expected)| **own == *expected).count();
        let (run, after) = rest.split_at(length.max(1));
        match run {
            [first, .., last] if run.len() > 2 => parts.push(format!("{} to {}", name(*first), name(*last))),
            few => parts.extend(few.iter().map(|value| name(*value))),
        }
        rest = after;
    }
    list(&parts)
}

/// "a", "a and b", "a, b and c".
fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

fn ordinal(number: u32) -> String {
    let end = match number {
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}
