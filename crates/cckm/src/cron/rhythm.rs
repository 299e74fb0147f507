//! Common rhythms, for a choice by one press.

use super::expression::Cron;

/// A common rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// The label of the choice.
    pub label: &'static str,
    /// The expression.
    pub expression: &'static str,
}

/// The rhythms, from the shortest to the longest. The hours of the night are spread, so that not every schedule of an
/// installation begins at midnight.
pub static RHYTHMS: &[Rhythm] = &[
    Rhythm { label: "Every hour", expression: "0 * * * *" },
    Rhythm { label: "Every 6 hours", expression: "0 */6 * * *" },
    Rhythm { label: "Every day at 02:00", expression: "0 2 * * *" },
    Rhythm { label: "Monday to Friday at 02:00", expression: "0 2 * * MON-FRI" },
    Rhythm { label: "Every Sunday at 03:00", expression: "0 3 * * SUN" },
    Rhythm { label: "On the first of the month at 03:00", expression: "0 3 1 * *" },
];

/// The rhythm with the same meaning as `expression`, however that is written.
pub fn rhythm_of(expression: &str) -> Option<&'static Rhythm> {
    let cron = Cron::parse(expression).ok()?;
    RHYTHMS.iter().find(|rhythm| Cron::parse(rhythm.expression).is_ok_and(|own| own == cron))
}
