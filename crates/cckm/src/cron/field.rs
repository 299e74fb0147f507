//! One field of an expression: its values and its names, and a set of values.

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
pub(super) const SHORT: usize = 3;

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
    pub(super) fn written(self) -> u32 {
        if self == Self::Weekday { 7 } else { self.greatest() }
    }

    pub(super) fn names(self) -> &'static [&'static str] {
        match self {
            Self::Month => &MONTHS,
            Self::Weekday => &WEEKDAYS,
            Self::Minute | Self::Hour | Self::Day => &[],
        }
    }
}

/// A set of the values of one field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Set(u64);

impl Set {
    pub(super) fn add(&mut self, value: u32) {
        self.0 |= 1 << value.min(63);
    }

    /// Makes `from` mean `to`.
    pub(super) fn fold(&mut self, from: u32, to: u32) {
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
