//! The polling interval. Pure: clocks, timers and the visibility of the page are read elsewhere.

/// The refresh rate that a person has chosen.
#[derive(Clone, Copy, PartialEq)]
pub enum Pace {
    Off,
    /// The interval in seconds.
    Every(u64),
    /// Short while a job in view is running, long otherwise.
    Automatic,
}

impl Pace {
    /// The choices, by their names.
    pub const CHOICES: [(&'static str, Self); 5] = [
        ("Off", Self::Off),
        ("5 s", Self::Every(5)),
        ("15 s", Self::Every(15)),
        ("60 s", Self::Every(60)),
        ("Automatic", Self::Automatic),
    ];

    /// The choice with this name; [`Pace::Automatic`] where there is none.
    pub fn of(name: &str) -> Self {
        let found = Self::CHOICES.into_iter().find(|(word, _)| *word == name);
        found.map_or(Self::Automatic, |(_, pace)| pace)
    }
}

/// How likely the data of a query are to change.
#[derive(Clone, Copy, PartialEq, Default)]
pub enum Need {
    /// It cannot change: it has ended, or the server does not have it.
    Ended,
    /// It may change, and is out of view.
    Seldom,
    /// It may change, is out of view, and no response has been received yet.
    Unseen,
    /// It may change.
    #[default]
    Quiet,
    /// A job in it is running.
    Running,
}

impl Need {
    pub fn of(runs: bool) -> Self {
        if runs { Self::Running } else { Self::Quiet }
    }
}

/// The state of a query after its last response.
#[derive(Clone, Copy, Default)]
pub struct Standing {
    pub need: Need,
    /// How many requests in a row have failed.
    failures: u32,
    /// The minimum wait that the last failure requires, in milliseconds.
    least: f64,
    /// A random number from 0 to 1: it keeps many panels from sending requests in step after an outage.
    chance: f64,
}

/// The longest wait after failures, and the longest that a server can require, in milliseconds.
const LONGEST: f64 = 300_000.0;
const DAY: f64 = 86_400_000.0;
/// The shortest interval for data that are out of view, in seconds. It is longer than the longest wait, so that the
/// retry of a view with the same query always comes first.
const SELDOM: u64 = 360;
/// The shortest interval of a page that nobody touches, in seconds, and what each request of a round adds to it: for data
/// in view and out of view. So such a page sends at most 120 requests an hour, with those that renew a token.
const UNTOUCHED: u64 = 180;
const SHARE_IN_VIEW: u64 = 36;
const SHARE_OUT_OF_VIEW: u64 = 60;

/// The shortest intervals of data that do not run, in seconds; 0 while somebody uses the page.
#[derive(Clone, Copy, Default)]
pub struct Least {
    in_view: u64,
    out_of_view: u64,
}

/// How long nobody touches a page until its automatic pace becomes slower, in seconds.
const UNTOUCHED_AFTER: u32 = 600;

/// Whether nobody has used the page for a long time. Both arguments are the seconds for which the page had been open:
/// at present, and when somebody last used it. Where a clock has run back, the page counts as just used.
pub fn is_untouched(now: u32, last: u32) -> bool {
    now.saturating_sub(last) > UNTOUCHED_AFTER
}

/// The shortest intervals of a page that nobody touches, for a query that sends this many `requests`.
pub fn untouched(requests: u64) -> Least {
    let least = |share: u64| UNTOUCHED.max(requests.saturating_mul(share));
    Least { in_view: least(SHARE_IN_VIEW), out_of_view: least(SHARE_OUT_OF_VIEW) }
}

impl Standing {
    /// Records a response. `failed` is the minimum wait of a failure, in milliseconds, or `None` for a good response.
    pub fn take(&mut self, failed: Option<f64>, chance: f64) {
        self.failures = if failed.is_some() { self.failures.saturating_add(1) } else { 0 };
        self.least = failed.unwrap_or_default();
        self.chance = chance;
    }

    /// Milliseconds from the response to the next request; `None` where none is to be sent. `seconds` are those of
    /// the automatic pace: while a job is running, and otherwise. The latter are at least `least`.
    pub fn wait(&self, pace: Pace, seconds: (u64, u64), least: Least) -> Option<f64> {
        if self.need == Need::Ended && self.failures == 0 {
            return None;
        }
        let seconds = match pace {
            Pace::Off => return None,
            _ if self.need == Need::Seldom => seconds.1.max(SELDOM).max(least.out_of_view),
            _ if self.need == Need::Unseen => seconds.1,
            Pace::Every(seconds) => seconds,
            Pace::Automatic if self.need == Need::Running => seconds.0,
            Pace::Automatic => seconds.1.max(least.in_view),
        };
        let usual = seconds as f64 * 1000.0;
        if self.failures == 0 {
            return Some(usual);
        }
        let doubled = usual * f64::from(1_u32 << self.failures.min(10));
        let jittered = doubled.min(LONGEST) * (0.8 + 0.2 * self.chance);
        Some(jittered.max(usual).max(self.least.min(DAY)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECONDS: (u64, u64) = (4, 45);

    /// The state after `failures` failures that require `least`.
    fn standing(need: Need, failures: usize, least: f64) -> Standing {
        let mut standing = Standing { need, ..Standing::default() };
        for _ in 0..failures {
            standing.take(Some(least), 1.0);
        }
        standing
    }

    fn wait(pace: Pace, standing: Standing) -> Option<f64> {
        standing.wait(pace, SECONDS, Least::default())
    }

    #[test]
    fn what_runs_is_requested_often_and_what_has_ended_never() {
        let waits =
            |pace| [Need::Running, Need::Quiet, Need::Ended].map(|need| wait(pace, standing(need, 0, 0.0)));
        assert_eq!(waits(Pace::Automatic), [Some(4000.0), Some(45_000.0), None]);
        assert_eq!(waits(Pace::Every(15)), [Some(15_000.0), Some(15_000.0), None]);
        assert_eq!(waits(Pace::Off), [None; 3]);
    }

    #[test]
    fn what_is_out_of_view_is_requested_seldom_at_any_pace() {
        for pace in [Pace::Automatic, Pace::Every(5), Pace::Every(60)] {
            assert_eq!(wait(pace, standing(Need::Seldom, 0, 0.0)), Some(360_000.0));
            assert_eq!(wait(pace, standing(Need::Unseen, 0, 0.0)), Some(45_000.0));
        }
        assert_eq!(
            standing(Need::Seldom, 0, 0.0).wait(Pace::Automatic, (60, 3600), Least::default()),
            Some(3_600_000.0)
        );
        assert_eq!(wait(Pace::Off, standing(Need::Unseen, 0, 0.0)), None);
    }

    #[test]
    fn an_untouched_page_asks_less_for_what_does_not_run() {
        let waits = |pace, requests| {
            let needs = [Need::Running, Need::Quiet, Need::Seldom, Need::Ended];
            needs.map(|need| standing(need, 0, 0.0).wait(pace, SECONDS, untouched(requests)))
        };
        assert_eq!(waits(Pace::Automatic, 1), [Some(4000.0), Some(180_000.0), Some(360_000.0), None]);
        assert_eq!(waits(Pace::Automatic, 10), [Some(4000.0), Some(360_000.0), Some(600_000.0), None]);
        let chosen = "who chose a pace gets it";
        assert_eq!(waits(Pace::Every(15), 10)[..2], [Some(15_000.0), Some(15_000.0)], "{chosen}");
        let slow = standing(Need::Quiet, 0, 0.0).wait(Pace::Automatic, (4, 3600), untouched(1));
        assert_eq!(slow, Some(3_600_000.0), "never shorter than configured");
    }

    #[test]
    fn a_page_is_untouched_after_ten_minutes_and_not_by_a_clock_that_ran_back() {
        for (now, last, untouched) in [
            (0, 0, false),
            (600, 0, false),
            (601, 0, true),
            (5000, 4400, false),
            (5000, 4399, true),
            (4399, 5000, false),
            (0, u32::MAX, false),
            (u32::MAX, 0, true),
        ] {
            assert_eq!(is_untouched(now, last), untouched, "{last} then, {now} now");
        }
    }

    #[test]
    fn failures_back_off_to_five_minutes_with_jitter() {
        let waits =
            (0..12).filter_map(|failures| wait(Pace::Automatic, standing(Need::Running, failures, 0.0)));
        let waits: Vec<_> = waits.collect();
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!((waits[1], waits.last()), (8000.0, Some(&300_000.0)));
        assert_eq!(wait(Pace::Automatic, standing(Need::Running, 5000, 0.0)), Some(300_000.0));

        let mut lucky = standing(Need::Running, 2, 0.0);
        lucky.take(Some(0.0), 0.0);
        assert_eq!(wait(Pace::Automatic, lucky), Some(25_600.0));
        lucky.take(None, 0.0);
        assert_eq!(wait(Pace::Automatic, lucky), Some(4000.0), "all is well again");
    }

    #[test]
    fn a_failure_never_hastens_and_is_never_the_end() {
        let mut slow = standing(Need::Quiet, 0, 0.0);
        slow.take(Some(0.0), 0.0);
        assert_eq!(
            slow.wait(Pace::Automatic, (4, 3600), Least::default()),
            Some(3_600_000.0),
            "longer than the longest already"
        );
        assert!(
            wait(Pace::Automatic, standing(Need::Ended, 1, 0.0)).is_some(),
            "what has ended was not seen"
        );
        assert_eq!(wait(Pace::Off, standing(Need::Running, 1, 0.0)), None);
    }

    #[test]
    fn the_servers_own_wish_is_the_least() {
        assert_eq!(wait(Pace::Every(5), standing(Need::Quiet, 1, 120_000.0)), Some(120_000.0));
        assert_eq!(wait(Pace::Every(5), standing(Need::Quiet, 1, 1000.0)), Some(10_000.0));
        assert_eq!(wait(Pace::Every(5), standing(Need::Quiet, 1, f64::INFINITY)), Some(DAY));
    }

    #[test]
    fn every_choice_is_found_by_its_name() {
        for (name, pace) in Pace::CHOICES {
            assert!(Pace::of(name) == pace);
        }
        assert!(Pace::of("hourly") == Pace::Automatic);
    }
}
