//! How durations are written.

use super::stamp::{DAY, HOUR, MINUTE, SECOND, YEAR};
use crate::text;

/// A duration of `millis` milliseconds in its two largest units: "41 s", "2 min 04 s", "3 h 12 min", "2 d 04 h".
/// The second unit has two digits, so that durations stand below each other.
///
/// Durations of more than a year are given in years alone: no synchronization takes that long, and hours would make
/// an old or wrong time look exact.
///
/// ```
/// assert_eq!(cckm::time::duration(3_840_000), "1 h 04 min");
/// ```
pub fn duration(millis: i64) -> String {
    if millis < SECOND {
        return String::from("under 1 s");
    }
    if millis >= YEAR {
        return ["over ", &text::count((millis / YEAR) as usize, "year", "years")].concat();
    }
    let (size, word, next, next_word) = if millis < MINUTE {
        (SECOND, " s", SECOND, "")
    } else if millis < HOUR {
        (MINUTE, " min", SECOND, " s")
    } else if millis < DAY {
        (HOUR, " h", MINUTE, " min")
    } else {
        (DAY, " d", HOUR, " h")
    };
    let mut text = unit(millis / size, word);
    let rest = millis % size / next;
    if rest > 0 {
        text.push(' ');
        two(&mut text, rest as u32);
        text.push_str(next_word);
    }
    text
}

pub(super) fn unit(count: i64, word: &str) -> String {
    let mut text = count.to_string();
    text.push_str(word);
    text
}

pub(super) fn two(text: &mut String, number: u32) {
    if number < 10 {
        text.push('0');
    }
    text.push_str(&number.to_string());
}
