//! The difference between the server's clock and the browser's, estimated from `Date` headers. Pure: the caller reads
//! the clocks.
//!
//! Both are wall clocks, so it does not matter whether the monotonic clock stopped while the computer slept. All
//! times are milliseconds since the epoch.

use std::collections::VecDeque;

/// How many responses are compared. A cache or a proxy can make the server's clock look late, never early, so the
/// smallest difference of the last few is the best estimate. After a clock has been set, the estimate is right once
/// the older responses have been replaced.
const COMPARED: usize = 5;
/// `Date` has whole seconds: the real time is up to this much later.
const PRECISION: i64 = 1000;
/// A response that took longer is too imprecise to be used.
const SLOW: i64 = 10_000;
/// The smallest difference that causes a warning.
const NOTABLE: i64 = 120_000;

/// One response: the times of the browser's clock when its request was sent and its head received, and its `Date`.
#[derive(Clone, Copy)]
pub struct Sample {
    pub sent: i64,
    pub received: i64,
    pub date: i64,
}

impl Sample {
    /// The range of differences that are consistent with the sample: the server wrote the date at some moment between
    /// the other two, that is, in the middle of them, plus or minus half the round trip.
    fn possible(self) -> Option<Possible> {
        let took = self.received.checked_sub(self.sent)?;
        (0..=SLOW).contains(&took).then_some(())?;
        let least = self.date.checked_sub(self.received)?;
        Some(Possible { least, most: least.checked_add(took + PRECISION)? })
    }
}

#[derive(Clone, Copy)]
struct Possible {
    least: i64,
    most: i64,
}

impl Possible {
    /// The difference in the range that is nearest to zero.
    fn smallest(self) -> i64 {
        0.clamp(self.least, self.most)
    }
}

/// The server's time minus the browser's.
#[derive(Default)]
pub struct ClockOffset {
    recent: VecDeque<Possible>,
    millis: i64,
}

impl ClockOffset {
    pub fn millis(&self) -> i64 {
        self.millis
    }

    /// Adds a sample. Returns whether the estimate has changed.
    pub fn observe(&mut self, sample: Sample) -> bool {
        let Some(possible) = sample.possible() else { return false };
        self.recent.truncate(COMPARED - 1);
        self.recent.push_front(possible);
        let Some(best) = self.recent.iter().min_by_key(|possible| possible.smallest().unsigned_abs()) else {
            return false;
        };
        // An estimate within the range of the best sample stays, so that the time does not jump back and forth.
        if (best.least..=best.most).contains(&self.millis) {
            return false;
        }
        self.millis = best.smallest();
        true
    }
}

/// The warning for a difference; `None` where it is too small.
pub fn warning(millis: i64) -> Option<String> {
    let size = i64::try_from(millis.unsigned_abs()).unwrap_or(i64::MAX);
    (size >= NOTABLE).then(|| {
        let direction = if millis > 0 { " behind" } else { " ahead of" };
        // The estimate is not precise to the second.
        let minutes = size.saturating_add(30_000) / 60_000 * 60_000;
        let by = cckm::time::duration(minutes);
        [
            "The clock of this computer is ",
            &by,
            direction,
            " the server's. Ages are reckoned by the server's clock.",
        ]
        .concat()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 1_772_442_000_000;
    const MINUTE: i64 = 60_000;

    /// A response of a server whose clock is `ahead` of the browser's. The request takes `there` milliseconds, and
    /// the response `back`.
    fn sample(at: i64, ahead: i64, there: i64, back: i64) -> Sample {
        let written = at + there + ahead;
        Sample { sent: at, received: at + there + back, date: written - written.rem_euclid(1000) }
    }

    fn offset_of(samples: &[Sample]) -> i64 {
        let mut offset = ClockOffset::default();
        for sample in samples {
            offset.observe(*sample);
        }
        offset.millis()
    }

    #[test]
    fn a_clock_that_is_right_stays_as_it_is() {
        for at in [NOW, NOW + 1, NOW + 499, NOW + 999] {
            assert_eq!(offset_of(&[sample(at, 0, 0, 0), sample(at + 300, 0, 70, 4000)]), 0, "at {at}");
        }
        assert_eq!(offset_of(&[]), 0, "without a Date the browser's clock counts");
    }

    #[test]
    fn the_first_answer_counts() {
        assert_eq!(offset_of(&[sample(NOW, -45 * MINUTE, 0, 0)]) / 1000, -45 * 60 + 1);
        assert_eq!(offset_of(&[sample(NOW, 180 * MINUTE, 0, 0)]), 180 * MINUTE);
    }

    #[test]
    fn an_answer_of_a_cache_is_outdone_by_the_next() {
        let old = Sample { date: NOW - 3_600_000, ..sample(NOW, 0, 5, 5) };
        let honest = |after: i64| sample(NOW + after, 0, 5, 5);
        assert_eq!(offset_of(&[old, honest(100)]), 0);
        assert_eq!(offset_of(&[honest(0), old, old]), 0);
    }

    #[test]
    fn what_took_long_or_came_before_it_was_sent_says_nothing() {
        let slow = sample(NOW, 45 * MINUTE, 5000, 5001);
        let set_back = Sample { sent: NOW, received: NOW - 3_600_000, date: NOW };
        let nonsense = Sample { sent: i64::MIN, received: i64::MAX, date: i64::MIN };
        assert_eq!(offset_of(&[slow, set_back, nonsense]), 0);
    }

    #[test]
    fn a_clock_that_is_set_later_is_believed_after_a_few_answers() {
        let mut offset = ClockOffset::default();
        offset.observe(sample(NOW, 0, 5, 5));
        let changed =
            (1..=COMPARED as i64).map(|n| offset.observe(sample(NOW + n * 4000, 45 * MINUTE, 5, 5)));
        assert_eq!(changed.collect::<Vec<_>>(), [false, false, false, false, true]);
        assert!((offset.millis() - 45 * MINUTE).abs() < 1020);
        // A backward correction of the server's clock takes effect at once.
        assert!(offset.observe(sample(NOW + 60_000, 0, 5, 5)));
        assert!(offset.millis().abs() < 1020);
    }

    #[test]
    fn only_what_matters_is_reported_in_whole_minutes() {
        assert_eq!(warning(0), None);
        assert_eq!(warning(-119_999), None);
        let warned = |millis| warning(millis).expect("a sentence");
        assert!(warned(-45 * MINUTE + 999).contains(" 45 min ahead of the server's."));
        assert!(warned(3 * 60 * MINUTE).contains(" 3 h behind the server's."));
        for edge in [i64::MIN, i64::MAX, 120_000] {
            warned(edge);
        }
    }

    proptest! {
        #[test]
        fn it_is_never_further_off_than_a_second_and_the_round_trip(
            ahead in -1_000_000_000i64..1_000_000_000,
            answers in prop::collection::vec((0i64..5000, 0i64..5000, 0i64..100_000), 1..20),
        ) {
            let mut at = NOW;
            let mut offset = ClockOffset::default();
            for (there, back, pause) in answers {
                offset.observe(sample(at, ahead, there, back));
                at += there + back + pause;
            }
            prop_assert!((offset.millis() - ahead).abs() <= 1000 + SLOW);
        }

        #[test]
        fn no_answer_does_harm(samples in prop::collection::vec(any::<(i64, i64, i64)>(), 0..20)) {
            let mut offset = ClockOffset::default();
            for (sent, received, date) in samples {
                offset.observe(Sample { sent, received, date });
            }
            warning(offset.millis());
        }
    }
}
