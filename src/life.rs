//! How long a token still lives. Pure: the clocks are read elsewhere.

/// The share of its life after which a token is renewed.
const RENEW_AT: f64 = 0.7;

/// A moment on both clocks, in milliseconds: the one that is never set and the one on the wall.
///
/// The first may stand still while the computer sleeps, the second may be set; what has passed is the longer of both,
/// so that neither fault makes an old token look young.
#[derive(Clone, Copy, PartialEq)]
pub struct Moment {
    pub monotonic: f64,
    pub wall: f64,
}

impl Moment {
    /// The moment that comes so many milliseconds after this one.
    pub fn after(self, milliseconds: f64) -> Self {
        Self { monotonic: self.monotonic + milliseconds, wall: self.wall + milliseconds }
    }

    /// Milliseconds.
    pub fn since(self, earlier: Self) -> f64 {
        (self.monotonic - earlier.monotonic).max(self.wall - earlier.wall)
    }
}

/// The life of one token, from when it was asked for.
#[derive(Clone, Copy, PartialEq)]
pub struct Life {
    born: Moment,
    /// Milliseconds.
    lasts: f64,
}

impl Life {
    /// `seconds` as the answer says them, counted from when the request was sent: the server counts from later.
    pub fn new(born: Moment, seconds: u64) -> Self {
        Self { born, lasts: seconds as f64 * 1000.0 }
    }

    /// Whether it is time for the next token.
    pub fn is_due(self, now: Moment) -> bool {
        now.since(self.born) >= self.lasts * RENEW_AT
    }

    pub fn is_over(self, now: Moment) -> bool {
        now.since(self.born) >= self.lasts
    }

    /// Milliseconds until it is due, at least `least`.
    pub fn wait(self, now: Moment, least: f64) -> f64 {
        (self.lasts * RENEW_AT - now.since(self.born)).max(least)
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
        let life = Life::new(at(0.0, 1e12), 300);
        for (seconds, due, over) in
            [(0.0, false, false), (179.0, false, false), (240.0, true, false), (300.0, true, true)]
        {
            let now = at(seconds * 1000.0, 1e12 + seconds * 1000.0);
            assert_eq!((life.is_due(now), life.is_over(now)), (due, over), "after {seconds} s");
        }
        assert!((180_000.0..=240_000.0).contains(&life.wait(at(0.0, 1e12), 0.0)), "60 to 80 percent");
    }

    #[test]
    fn a_wall_clock_that_was_wrong_from_the_start_does_no_harm() {
        let life = Life::new(at(5.0, -1e9), 300);
        assert!(!life.is_due(at(60_005.0, -1e9 + 60_000.0)));
    }

    #[test]
    fn neither_a_set_clock_nor_a_sleep_makes_an_old_token_young() {
        let life = Life::new(at(0.0, 1e12), 300);
        assert!(life.is_due(at(290_000.0, 1e12 - 3_600_000.0)), "the wall clock was set back");
        assert!(life.is_due(at(1000.0, 1e12 + 3_600_000.0)), "the other clock slept");
    }
}
