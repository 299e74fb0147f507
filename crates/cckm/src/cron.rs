//! Cron expressions of the server's scheduler: five fields in UTC, read, put in words, and followed to their next runs.
//!
//! The API's documentation names minutes to days of the week, `* / , -`, `?` in the two day fields, and names in any
//! case. What it does not say is decided here as the scheduler libraries of Go do, in which the server is written:
//!
//! - `N/step` stands for `N` to the end of the field.
//! - Where both day fields are restricted, a day that fits **either** of them counts. Whether `*/2` restricts a day field
//!   differs between implementations; here it does. [`Caution::EitherDay`] says that nobody has documented it.
//! - 7 is read as Sunday, because many expressions have it. The library that is most used with Go refuses it, so
//!   [`Caution::Seven`] advises to write 0.
//!
//! ```
//! use cckm::cron::Cron;
//! use cckm::time::Stamp;
//!
//! let cron = Cron::parse("30 2 * * *").expect("an expression");
//! assert_eq!(cron.words(), "Every day at 02:30 UTC");
//! let after = Stamp::parse("2026-11-28T02:30:00Z").expect("a time");
//! assert_eq!(cron.next(after), Stamp::parse("2026-11-29T02:30:00Z"));
//!
//! let wrong = Cron::parse("30 25 * * *").expect_err("no expression");
//! assert_eq!(wrong.to_string(), "Hour: 25 is out of range. Write 0 to 23.");
//! ```

mod caution;
mod error;
mod field;
mod rhythm;
mod runs;
mod words;

pub use caution::Caution;
pub use error::{CronError, Problem};
pub use field::Field;
pub use rhythm::{RHYTHMS, Rhythm, rhythm_of};
pub use runs::Runs;

use field::{Read, Set};

/// A cron expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cron {
    minutes: Set,
    hours: Set,
    days: Set,
    months: Set,
    /// 0 is Sunday.
    weekdays: Set,
    /// Whether the field of the day of the month is `*` or `?`, which leaves the choice to the day of the week.
    any_day: bool,
    /// Whether the field of the day of the week is `*` or `?`.
    any_weekday: bool,
    /// Whether Sunday is written as 7.
    seven: bool,
    /// The first field whose step leaves a single value.
    wide: Option<Field>,
}

impl Cron {
    /// Reads an expression.
    ///
    /// # Errors
    ///
    /// Returns the first mistake: the field, what is wrong, and what would be right.
    pub fn parse(text: &str) -> Result<Self, CronError> {
        let text = text.trim();
        if text.starts_with('@') {
            return Err(CronError::of_all(text, Problem::Shorthand(rhythm::of_shorthand(text))));
        }
        let parts: Vec<&str> = text.split_ascii_whitespace().collect();
        let [minute, hour, day, month, weekday] = parts.as_slice() else {
            let problem = if parts.is_empty() { Problem::Empty } else { Problem::Fields(parts.len()) };
            return Err(CronError::of_all(text, problem));
        };
        let minute = Field::Minute.read(minute)?;
        let hour = Field::Hour.read(hour)?;
        let day = Field::Day.read(day)?;
        let month = Field::Month.read(month)?;
        let weekday = Field::Weekday.read(weekday)?;
        let fields = [minute, hour, day, month, weekday];
        let wide = Field::ALL.into_iter().zip(fields).find(|(_, read)| read.wide).map(|(field, _)| field);
        let Read { set: weekdays, any: any_weekday, seven, .. } = weekday;
        Ok(Self {
            minutes: minute.set,
            hours: hour.set,
            days: day.set,
            months: month.set,
            weekdays,
            any_day: day.any,
            any_weekday,
            seven,
            wide,
        })
    }

    /// Whether every day counts, whatever the month.
    fn is_daily(&self) -> bool {
        let (days, weekdays) = (self.days.is_full(Field::Day), self.weekdays.is_full(Field::Weekday));
        match (self.any_day, self.any_weekday) {
            (true, true) => true,
            (true, false) => weekdays,
            (false, true) => days,
            (false, false) => days || weekdays,
        }
    }

    /// Whether both day fields restrict the days, so that one of them is enough.
    fn is_either(&self) -> bool {
        !self.any_day && !self.any_weekday
    }
}
