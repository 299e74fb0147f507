//! What is surprising about an expression that is right.

use super::expression::Cron;
use super::field::Field;
use super::month;
use std::fmt;

/// Something that a person should know about an expression although it is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caution {
    /// Both day fields are restricted.
    EitherDay,
    /// Sunday is written as 7.
    Seven,
    /// The step of the field leaves a single value.
    WideStep(Field),
    /// Some of the chosen months do not have this day.
    ShortMonths(u32),
    /// No day fits.
    Never,
}

/// How many days are so few that each of them was meant.
const FEW: usize = 3;

impl Cron {
    /// What a person should know about the expression.
    pub fn cautions(&self) -> Vec<Caution> {
        let mut all = Vec::new();
        if self.is_never() {
            all.push(Caution::Never);
        } else if let Some(day) = self.short() {
            all.push(Caution::ShortMonths(day));
        }
        if self.is_either() && !self.is_daily() {
            all.push(Caution::EitherDay);
        }
        if self.seven {
            all.push(Caution::Seven);
        }
        all.extend(self.wide.map(Caution::WideStep));
        all
    }

    /// The latest of a few chosen days, where a chosen month lacks it.
    fn short(&self) -> Option<u32> {
        let last = self.days.last();
        let is_listed = !self.any_day && self.any_weekday && self.days.len() <= FEW;
        (is_listed && month::least_days(self.months) < last).then_some(last)
    }
}

impl fmt::Display for Caution {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EitherDay => out.write_str(
                "Day of month and day of week are both set. The panel takes a day that fits either of them, as most \
                 schedulers do; the server's documentation does not say so.",
            ),
            Self::Seven => out.write_str(
                "The panel takes 7 as Sunday. Write 0 or SUN, which every scheduler understands.",
            ),
            Self::WideStep(field) => {
                write!(out, "{}: the step is longer than what it steps through, so one value is left.", field.name())
            }
            Self::ShortMonths(day) => write!(out, "Months without day {day} leave it out."),
            Self::Never => out.write_str("No year has such a day, so it never runs."),
        }
    }
}
