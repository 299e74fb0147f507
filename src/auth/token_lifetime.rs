//! The lifetime of an access token. Pure: the caller reads the clocks.

use crate::clock::Moment;

/// The fraction of its lifetime after which a token is renewed.
const RENEW_AT: f64 = 0.7;
/// The shortest and the longest wait for a renewal, in milliseconds, whatever lifetime the server states. A browser's
/// timer cannot run for longer than 24 days.
const WAIT: (f64, f64) = (1000.0, 24.0 * 3_600_000.0);

/// The lifetime of one token, counted from its request.
#[derive(Clone, Copy, PartialEq)]
pub struct TokenLifetime {
    requested: Moment,
    /// In milliseconds.
    duration: f64,
}

impl TokenLifetime {
    /// A lifetime of `seconds`, as stated in the response. It is counted from the time when the request was sent,
    /// which is earlier than the server's count.
    pub fn new(requested: Moment, seconds: u64) -> Self {
        Self { requested, duration: seconds as f64 * 1000.0 }
    }

    /// Whether the token is due for renewal.
    pub fn is_due(self, now: Moment) -> bool {
        now.since(self.requested) >= self.duration * RENEW_AT
    }

    /// Whether the token has expired.
    pub fn is_expired(self, now: Moment) -> bool {
        now.since(self.requested) >= self.duration
    }

    /// The milliseconds until the token is due for renewal, at least `least` unless that is more than a timer allows.
    pub fn wait(self, now: Moment, least: f64) -> f64 {
        (self.duration * RENEW_AT - now.since(self.requested)).max(least).clamp(WAIT.0, WAIT.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(monotonic: f64, wall: f64) -> Moment {
        Moment { monotonic, wall }
    }

    #[test]
    fn a_token_is_renewed_within_its_life() {
        let lifetime = TokenLifetime::new(at(0.0, 1e12), 300);
        for (seconds, due, over) in
            [(0.0, false, false), (179.0, false, false), (240.0, true, false), (300.0, true, true)]
        {
            let now = at(seconds * 1000.0, 1e12 + seconds * 1000.0);
            assert_eq!((lifetime.is_due(now), lifetime.is_expired(now)), (due, over), "after {seconds} s");
        }
        assert!((180_000.0..=240_000.0).contains(&lifetime.wait(at(0.0, 1e12), 0.0)), "60 to 80 percent");
    }

    #[test]
    fn a_timer_neither_runs_wild_nor_longer_than_a_browser_allows() {
        for (seconds, least, wait) in
            [(0, 0.0, 1000.0), (1, 0.0, 1000.0), (u64::MAX, 0.0, 86_400_000.0), (300, 1e12, 86_400_000.0)]
        {
            let lifetime = TokenLifetime::new(at(0.0, 1e12), seconds);
            assert!(lifetime.wait(at(0.0, 1e12), least).total_cmp(&wait).is_eq(), "{seconds} s");
        }
    }

    #[test]
    fn a_wall_clock_that_was_wrong_from_the_start_does_no_harm() {
        let lifetime = TokenLifetime::new(at(5.0, -1e9), 300);
        assert!(!lifetime.is_due(at(60_005.0, -1e9 + 60_000.0)));
    }

    #[test]
    fn neither_a_set_clock_nor_a_sleep_makes_an_old_token_young() {
        let lifetime = TokenLifetime::new(at(0.0, 1e12), 300);
        assert!(lifetime.is_due(at(290_000.0, 1e12 - 3_600_000.0)), "the wall clock was set back");
        assert!(lifetime.is_due(at(1000.0, 1e12 + 3_600_000.0)), "the other clock slept");
    }
}
