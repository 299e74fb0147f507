//! Polling: one poller for each query in view. It is timed from the last response and never at a fixed rate, and only
//! while the page is visible and online. Owns the timers; `interval.rs` computes their durations.

use crate::api::failure::Failure;
use crate::clock::{self, Moment};
use crate::query::interval::{Least, Need, Pace, Standing, is_untouched, untouched};
use leptos::prelude::*;
use leptos::prelude::{TimeoutHandle, window_event_listener_untyped};
use std::time::Duration;
use web_sys::js_sys::Math;

/// What all pollers depend on, as a context.
#[derive(Clone, Copy)]
pub struct Polling {
    pace: RwSignal<Pace>,
    /// Whether the page is visible and online.
    awake: RwSignal<bool>,
    /// How long the page was open, in seconds, when somebody last used it. Notifies only where the page was
    /// untouched by then ([`is_untouched`]).
    touched: RwSignal<u32>,
    /// The seconds of the automatic pace: while a job is running, and otherwise.
    seconds: (u64, u64),
}

impl Polling {
    pub fn new(seconds: (u64, u64)) -> Self {
        let awake = RwSignal::new(is_awake());
        for event in ["visibilitychange", "online", "offline"] {
            let handle = window_event_listener_untyped(event, move |_| _ = awake.try_set(is_awake()));
            on_cleanup(move || handle.remove());
        }
        let touched = RwSignal::new(seconds_open());
        for event in ["pointermove", "pointerdown", "keydown", "focus"] {
            let handle = window_event_listener_untyped(event, move |_| {
                let now = seconds_open();
                let last = touched.try_update_untracked(|at| std::mem::replace(at, now));
                if last.is_some_and(|last| is_untouched(now, last)) {
                    touched.notify();
                }
            });
            on_cleanup(move || handle.remove());
        }
        Self { pace: RwSignal::new(Pace::Automatic), awake, touched, seconds }
    }

    /// The shortest intervals of data that take this many `requests`.
    fn least(self, requests: u64) -> Least {
        if is_untouched(seconds_open(), self.touched.get_untracked()) {
            untouched(requests)
        } else {
            Least::default()
        }
    }

    /// The refresh rate that the person has chosen.
    pub fn pace(self) -> Pace {
        self.pace.get()
    }

    pub fn set_pace(self, pace: Pace) {
        self.pace.set(pace);
    }
}

/// How long the page has been open, in seconds. The hours in which the computer sleeps do not count.
fn seconds_open() -> u32 {
    (clock::moment().monotonic / 1000.0) as u32
}

fn is_awake() -> bool {
    !document().hidden() && window().navigator().on_line()
}

/// Parts that are due within this many milliseconds of each other are requested together.
const TOGETHER: f64 = 500.0;

/// By how much later a tab that took over a response may be due than the tab that received it, at most, in
/// milliseconds.
const LATER: f64 = 600.0;

/// Schedules the requests of one query. A query may have several parts, of which only those that are due are
/// requested.
#[derive(Clone, Copy)]
pub struct Poller {
    polling: Polling,
    rounds: RwSignal<u32>,
    schedule: StoredValue<Schedule>,
}

struct Schedule {
    parts: Vec<Part>,
    /// Whether requests are under way.
    sending: bool,
    timer: Option<TimeoutHandle>,
}

#[derive(Clone, Default)]
struct Part {
    standing: Standing,
    /// When the last response was received. The part is not due before the first one.
    received: Option<Moment>,
    /// How many requests the last round took, and how many the present one has taken so far.
    requests: u64,
    requesting: u64,
    /// Whether another tab's response is ready to be taken over.
    has_posted: bool,
    /// The start of the next interval, where the next response of the part is another tab's.
    since: Option<Moment>,
}

impl Schedule {
    /// How many requests a round of all parts takes.
    fn requests(&self) -> u64 {
        self.parts.iter().map(|part| part.requests.max(1)).sum()
    }
}

impl Poller {
    /// A poller with this many `parts`, which stops when the current owner is disposed of.
    pub fn new(parts: usize) -> Self {
        let polling = expect_context::<Polling>();
        let parts = vec![Part::default(); parts];
        let schedule = StoredValue::new(Schedule { parts, sending: false, timer: None });
        let poller = Self { polling, rounds: RwSignal::new(0), schedule };
        Effect::new(move |_: Option<()>| {
            polling.pace.track();
            polling.awake.track();
            polling.touched.track();
            poller.plan();
        });
        on_cleanup(move || poller.stop());
        poller
    }

    /// Counts the rounds: a round begins when a part is due. An effect that reads the count runs again in each round.
    pub fn round(self) -> u32 {
        self.rounds.get()
    }

    /// Marks the requests as being sent: no part is due until [`Poller::settled`].
    pub fn sending(self) {
        self.schedule.update_value(|schedule| {
            schedule.sending = true;
            for part in &mut schedule.parts {
                part.since = None;
            }
        });
        self.stop();
    }

    /// Makes a part due at once, because another tab has posted a response for it, which the part takes over.
    pub fn notify(self, part: usize) {
        let found = self.schedule.try_update_value(|schedule| {
            if let Some(part) = schedule.parts.get_mut(part) {
                part.has_posted = true;
            }
        });
        if found.is_some() {
            self.plan();
        }
    }

    /// Whether a response that another tab received at `at`, in milliseconds since the epoch, is recent enough for a
    /// part. If so, the part is timed from `at` plus a short random delay, so that the tab that sent the last request
    /// sends the next one too.
    pub fn takes_over(self, part: usize, at: f64) -> bool {
        let (pace, now) = (self.polling.pace.get_untracked(), clock::moment());
        let taken = self.schedule.try_update_value(|schedule| {
            let least = self.polling.least(schedule.requests());
            let part = schedule.parts.get_mut(part)?;
            let age = now.wall - at;
            let is_young = age < part.standing.wait(pace, self.polling.seconds, least)?;
            part.since = is_young.then(|| now.after(LATER * (0.2 + 0.8 * Math::random()) - age));
            Some(is_young)
        });
        taken.flatten() == Some(true)
    }

    /// Whether both are the same poller.
    pub fn is(self, other: Self) -> bool {
        self.schedule == other.schedule
    }

    /// Whether the poller's owner still exists.
    pub fn is_there(self) -> bool {
        !self.schedule.is_disposed()
    }

    /// Records that the response for a part has been received, or that its request failed.
    pub fn received(self, part: usize, failure: Option<&Failure>) {
        self.schedule.update_value(|schedule| {
            if let Some(part) = schedule.parts.get_mut(part) {
                part.standing.take(failure.map(|failure| failure.wait), Math::random());
                part.received = Some(part.since.take().unwrap_or_else(clock::moment));
                part.requests = std::mem::take(&mut part.requesting);
                part.has_posted = false;
            }
        });
    }

    /// Counts a request for a part.
    pub fn requests(self, part: usize) {
        self.schedule.try_update_value(|schedule| {
            if let Some(part) = schedule.parts.get_mut(part) {
                part.requesting += 1;
            }
        });
    }

    /// Marks all requests as complete. The next interval begins now.
    pub fn finish(self) {
        self.schedule.update_value(|schedule| schedule.sending = false);
        self.plan();
    }

    /// Sets how often a part is to be requested.
    pub fn set_need(self, part: usize, need: Need) {
        let changed = self.schedule.try_update_value(|schedule| match schedule.parts.get_mut(part) {
            Some(part) if part.standing.need != need => {
                part.standing.need = need;
                true
            }
            _ => false,
        });
        if changed == Some(true) {
            self.plan();
        }
    }

    /// Whether a part is to be requested together with what is due now.
    pub fn is_due(self, part: usize) -> bool {
        let posted = self.schedule.with_value(|schedule| schedule.parts.iter().any(|part| part.has_posted));
        // A posted response is taken over at once, because the other tab may be about to post the rest too.
        self.wait(part..=part).is_some_and(|wait| wait <= if posted { 0.0 } else { TOGETHER })
    }

    /// The milliseconds until the first of `parts` is due.
    fn wait(self, parts: std::ops::RangeInclusive<usize>) -> Option<f64> {
        let (pace, now) = (self.polling.pace.get_untracked(), clock::moment());
        self.schedule.with_value(|schedule| {
            let least = self.polling.least(schedule.requests());
            let parts = schedule.parts.get(parts).unwrap_or_default();
            let waits = parts.iter().filter_map(|part| {
                let wait = part.standing.wait(pace, self.polling.seconds, least)?;
                Some(if part.has_posted { 0.0 } else { wait - now.since(part.received?) })
            });
            waits.reduce(f64::min)
        })
    }

    fn stop(self) {
        if let Some(timer) = self.schedule.try_update_value(|schedule| schedule.timer.take()).flatten() {
            timer.clear();
        }
    }

    /// Sets the timer for the next part that is due.
    fn plan(self) {
        self.stop();
        let (sending, last) =
            self.schedule.with_value(|schedule| (schedule.sending, schedule.parts.len() - 1));
        if sending || !self.polling.awake.get_untracked() {
            return;
        }
        let Some(wait) = self.wait(0..=last) else { return };
        let due = move || self.rounds.update(|rounds| *rounds += 1);
        let timer = set_timeout_with_handle(due, Duration::from_millis(wait.max(0.0) as u64)).ok();
        self.schedule.update_value(|schedule| schedule.timer = timer);
    }
}
