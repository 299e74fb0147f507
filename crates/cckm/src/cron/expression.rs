//! An expression, as the values that each of its fields has.

use super::field::{Field, Set};

/// A cron expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cron {
    pub(super) minutes: Set,
    pub(super) hours: Set,
    pub(super) days: Set,
    pub(super) months: Set,
    /// 0 is Sunday.
    pub(super) weekdays: Set,
    /// Whether the field of the day of the month is `*` or `?`, which leaves the choice to the day of the week.
    pub(super) any_day: bool,
    /// Whether the field of the day of the week is `*` or `?`.
    pub(super) any_weekday: bool,
    /// Whether Sunday is written as 7.
    pub(super) seven: bool,
    /// The first field whose step leaves a single value.
    pub(super) wide: Option<Field>,
}

impl Cron {
    /// Whether every day counts, whatever the month.
    pub(super) fn is_daily(&self) -> bool {
        let (days, weekdays) = (self.days.is_full(Field::Day), self.weekdays.is_full(Field::Weekday));
        match (self.any_day, self.any_weekday) {
            (true, true) => true,
            (true, false) => weekdays,
            (false, true) => days,
            (false, false) => days || weekdays,
        }
    }

    /// Whether both day fields restrict the days, so that one of them is enough.
    pub(super) fn is_either(&self) -> bool {
        !self.any_day && !self.any_weekday
    }
}
