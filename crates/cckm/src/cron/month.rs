//! The lengths of months.

use super::field::Set;

/// The days of each month, of February in a leap year.
const LENGTHS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

fn longest(month: u32) -> u32 {
    LENGTHS.get((month as usize).wrapping_sub(1)).copied().unwrap_or_default()
}

/// The days of the shortest chosen month; February counts with 28.
pub(super) fn least_days(months: Set) -> u32 {
    let days = |month| if month == 2 { 28 } else { longest(month) };
    months.iter().map(days).min().unwrap_or_default()
}

/// The days of the longest chosen month, with 29 for February.
pub(super) fn most_days(months: Set) -> u32 {
    months.iter().map(longest).max().unwrap_or_default()
}
