//! One field of an expression: its values, its names, and how it is read.

use super::error::{CronError, Problem};

/// A field of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The minute of the hour.
    Minute,
    /// The hour of the day.
    Hour,
    /// The day of the month.
    Day,
    /// The month.
    Month,
    /// The day of the week.
    Weekday,
}

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
pub(super) const WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
/// The length of a name in an expression.
const SHORT: usize = 3;

impl Field {
    /// The fields in their order.
    pub const ALL: [Self; 5] = [Self::Minute, Self::Hour, Self::Day, Self::Month, Self::Weekday];

    /// The name in a message.
    pub fn name(self) -> &'static str {
        match self {
            Self::Minute => "Minute",
            Self::Hour => "Hour",
            Self::Day => "Day of month",
            Self::Month => "Month",
            Self::Weekday => "Day of week",
        }
    }

    /// The values that a person may write.
    pub fn values(self) -> &'static str {
        match self {
            Self::Minute => "0 to 59",
            Self::Hour => "0 to 23",
            Self::Day => "1 to 31",
            Self::Month => "1 to 12, or JAN to DEC",
            Self::Weekday => "0 to 6 from Sunday on, or SUN to SAT",
        }
    }

    pub(super) fn least(self) -> u32 {
        match self {
            Self::Minute | Self::Hour | Self::Weekday => 0,
            Self::Day | Self::Month => 1,
        }
    }

    pub(super) fn greatest(self) -> u32 {
        match self {
            Self::Minute => 59,
            Self::Hour => 23,
            Self::Day => 31,
            Self::Month => 12,
            Self::Weekday => 6,
        }
    }

    /// The greatest number that may be written: 7 is Sunday too.
    fn written(self) -> u32 {
        if self == Self::Weekday { 7 } else { self.greatest() }
    }

    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Month => &MONTHS,
            Self::Weekday => &WEEKDAYS,
            Self::Minute | Self::Hour | Self::Day => &[],
        }
    }

    fn may_be_any(self) -> bool {
        matches!(self, Self::Day | Self::Weekday)
    }

    /// The value as a person writes it: by its name where `named`.
    fn text(self, value: u32, named: bool) -> String {
        let name = self.names().get((value - self.least()) as usize).filter(|_| named);
        name.and_then(|name| name.get(..SHORT)).map_or_else(|| value.to_string(), str::to_ascii_uppercase)
    }

    /// Reads the whole field.
    pub(super) fn read(self, text: &str) -> Result<Read, CronError> {
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
            let from_text = self.text(from, named);
            if from == to { from_text } else { [&from_text, "-", &self.text(to, named)].concat() }
        };
        let (least, greatest) = (self.least(), self.greatest());
        if first > greatest {
            return range(least, last);
        }
        [range(first, greatest), range(least, last)].join(",")
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
pub(super) struct Read {
    pub set: Set,
    /// Whether an item is `*` or `?`.
    pub any: bool,
    pub seven: bool,
    /// Whether a step is greater than what it steps through.
    pub wide: bool,
}

/// A set of the values of one field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Set(u64);

impl Set {
    fn add(&mut self, value: u32) {
        self.0 |= 1 << value.min(63);
    }

    /// Makes `from` mean `to`.
    fn fold(&mut self, from: u32, to: u32) {
        if self.contains(from) {
            self.0 &= !(1 << from);
            self.add(to);
        }
    }

    pub(super) fn contains(self, value: u32) -> bool {
        value < 64 && self.0 & (1 << value) != 0
    }

    pub(super) fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    pub(super) fn first(self) -> u32 {
        self.0.trailing_zeros()
    }

    pub(super) fn last(self) -> u32 {
        63_u32.saturating_sub(self.0.leading_zeros())
    }

    pub(super) fn is_full(self, field: Field) -> bool {
        self.len() as u32 == field.greatest() - field.least() + 1
    }

    pub(super) fn iter(self) -> impl Iterator<Item = u32> {
        (0..64).filter(move |value| self.contains(*value))
    }

    /// The step, where the set has every multiple of it in the field and the field is divided evenly.
    pub(super) fn even_step(self, field: Field) -> Option<u32> {
        let all = field.greatest() + 1;
        let step = all.checked_div(self.len() as u32)?;
        let is_even =
            step > 1 && all.is_multiple_of(step) && self.iter().all(|value| value.is_multiple_of(step));
        (is_even && self.len() as u32 * step == all).then_some(step)
    }
}
