//! The time of day as signals: one changes every second, for running jobs, and one every minute, for jobs that have
//! ended.
//!
//! The time of day is the server's, estimated from the `Date` headers of its responses ([`offset`]): the clock of
//! this computer may be wrong. Intervals on this computer are measured with [`moment()`], which does not depend on
//! responses.
//!
//! This module is below `api` in the order of imports: the transport reports the `Date` headers, and a [`Deadline`]
//! limits requests.

pub mod deadline;
pub mod locale;
pub mod moment;
pub mod offset;

pub use deadline::{Deadline, timeout};
pub use moment::{Moment, moment};

use cckm::time::Stamp;
use leptos::prelude::*;
use offset::{ClockOffset, Sample};
use std::cell::{Cell, RefCell};
use std::time::Duration;
use web_sys::js_sys::Date;

/// The time of day as signals, one instance for the page.
#[derive(Clone, Copy)]
pub struct Clock {
    second: RwSignal<Stamp>,
    /// No memo: one keeps what has ever subscribed to it, also the views that are gone; a signal forgets with each change.
    minute: RwSignal<Stamp>,
    /// The warning that the clock of this computer is wrong, if it is.
    warning: RwSignal<Option<String>>,
}

thread_local! {
    static OFFSET: RefCell<ClockOffset> = RefCell::default();
    /// The clock of the page, which is updated as soon as the offset changes.
    static CLOCK: Cell<Option<Clock>> = const { Cell::new(None) };
}

impl Clock {
    /// Starts the clock. Call it once, from the root component.
    pub fn start() -> Self {
        let now = now();
        let clock = Self {
            second: RwSignal::new(now),
            minute: RwSignal::new(minute_of(now)),
            warning: RwSignal::new(None),
        };
        if let Ok(handle) = set_interval_with_handle(move || clock.tick(), Duration::from_secs(1)) {
            on_cleanup(move || handle.clear());
        }
        CLOCK.set(Some(clock));
        clock
    }

    /// The server's time. The signal changes every second.
    pub fn second(self) -> Stamp {
        self.second.get()
    }

    /// Updates the signals at once rather than at the next second.
    pub fn tick(self) {
        let now = now();
        self.second.set(now);
        let minute = minute_of(now);
        if self.minute.get_untracked() != minute {
            self.minute.set(minute);
        }
    }

    /// The server's time. The signal changes when a minute begins: for texts like "3 min ago".
    pub fn minute(self) -> Stamp {
        self.minute.track();
        now()
    }

    /// The warning to show where the clock of this computer is wrong.
    pub fn warning(self) -> Option<String> {
        self.warning.get()
    }
}

/// The beginning of the minute of `at`.
fn minute_of(at: Stamp) -> Stamp {
    Stamp::from_millis(at.millis() - at.millis().rem_euclid(60_000))
}

/// Adds the `Date` of a response to the estimate of the server's clock. `sent` and `received` are the times of the
/// browser's clock, in milliseconds since the epoch, when the request was sent and when the head of the response was
/// received. Call it only for responses that no cache may store.
pub fn observe_date(sent: f64, received: f64, date: f64) {
    // A header that is not a date is parsed as NaN.
    if !date.is_finite() {
        return;
    }
    let sample = Sample { sent: sent as i64, received: received as i64, date: date as i64 };
    if !OFFSET.with_borrow_mut(|offset| offset.observe(sample)) {
        return;
    }
    if let Some(clock) = CLOCK.get() {
        clock.tick();
        let warning = offset::warning(offset());
        if clock.warning.get_untracked() != warning {
            clock.warning.set(warning);
        }
    }
}

/// The server's time minus the browser's, in milliseconds; 0 before the first response.
pub fn offset() -> i64 {
    OFFSET.with_borrow(ClockOffset::millis)
}

/// The server's time now.
pub fn now() -> Stamp {
    Stamp::from_millis((Date::now() as i64).saturating_add(offset()))
}
