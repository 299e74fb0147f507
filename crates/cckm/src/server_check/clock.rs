//! What is found about the server's clock.

use super::ask::Answer;
use super::finding::{Finding, Group, Severity};
use crate::time;
use crate::time::Stamp;

/// The smallest difference that all answers so far allow.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    /// In milliseconds; more than 0 where the server is ahead. `None` before the first `Date`.
    difference: Option<i64>,
}

/// The difference from which one of the two clocks counts as wrong, in seconds.
const WRONG: i64 = 120;

const CLOCK: &str = "Clock";

impl Clock {
    /// Looks at the `Date` of an answer of the API.
    pub fn take(&mut self, answer: &Answer) {
        let Some(date) = answer.header("date").and_then(millis) else { return };
        // A `Date` has whole seconds, and was written at some time between the request and the answer.
        let (least, most) = (date - answer.received, date + 999 - answer.sent);
        let nearest = 0.clamp(least.min(most), most);
        if self.difference.is_none_or(|known| nearest.abs() < known.abs()) {
            self.difference = Some(nearest);
        }
    }

    /// The finding; `is_whole` says that no answer will follow.
    pub fn finding(self, is_whole: bool) -> Option<Finding> {
        let found = |severity, said: &str, means| Finding::new(Group::Session, severity, CLOCK, said, means);
        let Some(difference) = self.difference else {
            let means = "Durations of running jobs are as wrong as the clock of this computer. Let the proxy pass Date on.";
            return is_whole.then(|| found(Severity::NotKnown, "No answer has a Date", means));
        };
        // To whole seconds, which is all that a `Date` tells.
        let seconds = difference / 1000;
        if seconds == 0 {
            let means = "Times and durations on the screen are right.";
            return Some(found(Severity::Fine, "No difference, to the second", means));
        }
        let order = if seconds > 0 { "ahead of" } else { "behind" };
        let length = time::duration(seconds.abs() * 1000);
        let said = format!("The server is {length} {order} this computer");
        Some(if seconds.abs() <= WRONG {
            let means =
                "Ages and durations are reckoned by the server's clock, so they are right all the same.";
            found(Severity::Note, &said, means)
        } else {
            let means = "One of the two clocks is wrong. Ages and durations are reckoned by the server's clock, and so are schedules.";
            found(Severity::Problem, &said, means)
        })
    }
}

const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The time in a `Date`, in milliseconds since the epoch; `None` for another form than the one that every server has to
/// write: `Sun, 06 Nov 1994 08:49:37 GMT`.
fn millis(date: &str) -> Option<i64> {
    let words: Vec<&str> = date.split(' ').collect();
    let [_, day, month, year, time, "GMT"] = words[..] else { return None };
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    Stamp::parse(&format!("{year}-{month:02}-{day}T{time}Z")).map(Stamp::millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_one_form() {
        assert_eq!(millis("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777_000));
        for wrong in [
            "",
            "Sun, 06 Nov 1994 08:49:37",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun, 36 Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(millis(wrong), None, "{wrong}");
        }
    }

    /// The finding for answers whose `Date` is 12:00:00, and which took from `sent` to `received` after that, in
    /// milliseconds.
    fn found(answers: &[(i64, i64)]) -> (Severity, String) {
        let mut clock = Clock::default();
        for (sent, received) in answers {
            let noon = 1_772_366_400_000;
            let headers = vec![("Date".to_owned(), "Sun, 01 Mar 2026 12:00:00 GMT".to_owned())];
            clock.take(&Answer {
                headers,
                sent: noon + sent,
                received: noon + received,
                ..Answer::default()
            });
        }
        let finding = clock.finding(true).expect("a finding");
        (finding.severity, finding.finding.shown(true))
    }

    #[test]
    fn only_what_no_round_trip_explains_is_a_difference() {
        assert_eq!(found(&[(0, 20)]).0, Severity::Fine);
        assert_eq!(found(&[(-5_000, 5_000)]).0, Severity::Fine);
        assert_eq!(found(&[]).0, Severity::NotKnown);
        let (severity, said) = found(&[(-30_000, -29_900)]);
        assert_eq!((severity, said.as_str()), (Severity::Note, "The server is 29 s ahead of this computer"));
        let (severity, said) = found(&[(130_000, 130_050)]);
        assert_eq!(
            (severity, said.as_str()),
            (Severity::Problem, "The server is 2 min 09 s behind this computer")
        );
    }

    #[test]
    fn of_several_answers_the_smallest_counts() {
        assert_eq!(found(&[(-30_000, -29_900), (0, 10), (40_000, 40_001)]).0, Severity::Fine);
    }
}
