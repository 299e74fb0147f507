//! How an expression is read.

use super::error::{CronError, Problem};
use super::expression::Cron;
use super::field::{Field, SHORT, Set};

impl Cron {
    /// Reads an expression.
    ///
    /// # Errors
    ///
    /// Returns the first mistake: the field, what is wrong, and what would be right.
    pub fn parse(text: &str) -> Result<Self, CronError> {
        let text = text.trim();
        if text.starts_with('@') {
            return Err(CronError::of_all(text, Problem::Shorthand(of_shorthand(text))));
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
}

impl Field {
    fn may_be_any(self) -> bool {
        matches!(self, Self::Day | Self::Weekday)
    }

    /// The value as a person writes it: by its name where `named`.
    fn text(self, value: u32, named: bool) -> String {
        let name = self.names().get((value - self.least()) as usize).filter(|_| named);
        name.and_then(|name| name.get(..SHORT)).map_or_else(|| value.to_string(), str::to_ascii_uppercase)
    }

    /// Reads the whole field.
    fn read(self, text: &str) -> Result<Read, CronError> {
        let mut read = Read::default();
        for item in text.split(',') {
            self.read_item(item, &mut read).map_err(|problem| CronError::of(self, text, problem))?;
        }
        if self == Self::Weekday {
            read.seven = read.set.contains(7);
            read.set.fold(7, 0);
        }
        Ok(read)
    }

    fn read_item(self, item: &str, read: &mut Read) -> Result<(), Problem> {
        if item.is_empty() {
            return Err(Problem::EmptyItem);
        }
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, Some(step_of(step)?)),
            None => (item, None),
        };
        let every = step.unwrap_or(1);
        let (from, to) = if range == "*" || range == "?" {
            if range == "?" && (step.is_some() || !self.may_be_any() || item.len() != 1) {
                return Err(Problem::QuestionMark(self.may_be_any()));
            }
            read.any |= every == 1;
            (self.least(), self.greatest())
        } else if let Some((from, to)) = range.split_once('-') {
            let (first, last) = (self.value(from)?, self.value(to)?);
            if first > last {
                let named = from.starts_with(|letter: char| letter.is_ascii_alphabetic());
                return Err(Problem::Backwards(range.to_owned(), self.turned(first, last, named)));
            }
            (first, last)
        } else {
            let value = self.value(range)?;
            (value, if step.is_some() { self.greatest().max(value) } else { value })
        };
        read.wide |= step.is_some() && to > from && every > to - from;
        let mut value = from;
        while value <= to {
            read.set.add(value);
            value = value.saturating_add(every);
        }
        Ok(())
    }

    fn value(self, text: &str) -> Result<u32, Problem> {
        if text.is_empty() {
            return Err(Problem::EmptyItem);
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            // A number that is too large for the type is out of range like every other.
            let value: Option<u32> = text.parse().ok();
            return value
                .filter(|value| (self.least()..=self.written()).contains(value))
                .ok_or_else(|| Problem::Range(text.to_owned()));
        }
        let name = self
            .names()
            .iter()
            .position(|name| name.get(..SHORT).is_some_and(|short| short.eq_ignore_ascii_case(text)));
        match name {
            Some(at) => Ok(at as u32 + self.least()),
            None if self.may_be_any() && is_extension(text) => Err(Problem::Extension(text.to_owned())),
            None => Err(Problem::Value(text.to_owned())),
        }
    }

    /// What a range that runs backwards probably means: "22-2" as "22-23,0-2".
    fn turned(self, first: u32, last: u32, named: bool) -> String {
        let range = |from: u32, to: u32| {
            let begin = self.text(from, named);
            if from == to { begin } else { [&begin, "-", &self.text(to, named)].concat() }
        };
        if first > self.greatest() {
            return range(self.least(), last);
        }
        [range(first, self.greatest()), range(self.least(), last)].join(",")
    }
}

/// `L`, `W` and `#`, which other schedulers know.
fn is_extension(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
        && text.bytes().any(|byte| matches!(byte, b'L' | b'l' | b'W' | b'w' | b'#'))
        && text.len() <= SHORT
}

fn step_of(text: &str) -> Result<u32, Problem> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse::<u32>() {
        Ok(0) => Err(Problem::ZeroStep),
        Ok(step) if is_number => Ok(step),
        Err(_) if is_number => Ok(u32::MAX),
        _ => Err(Problem::Step(text.to_owned())),
    }
}

/// What a field says.
#[derive(Debug, Clone, Copy, Default)]
struct Read {
    set: Set,
    /// Whether an item is `*` or `?`.
    any: bool,
    seven: bool,
    /// Whether a step is greater than what it steps through.
    wide: bool,
}

/// The words that other schedulers know, and what they stand for.
const SHORTHANDS: [(&str, &str); 7] = [
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
    ("@monthly", "0 0 1 * *"),
    ("@weekly", "0 0 * * 0"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@hourly", "0 * * * *"),
];

fn of_shorthand(text: &str) -> Option<&'static str> {
    SHORTHANDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, expression)| *expression)
}
