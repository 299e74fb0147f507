//! The time of day as signals: seconds for what runs, minutes for what is over.

use crate::life::Moment;
use crate::reactive::*;
use crate::time::Stamp;
use std::time::Duration;
use web_sys::js_sys::Date;

#[derive(Clone, Copy)]
pub struct Clock {
    second: RwSignal<Stamp>,
    minute: Memo<Stamp>,
}

impl Clock {
    /// Starts to tick; call once, from the app's root.
    pub fn start() -> Self {
        let second = RwSignal::new(now());
        if let Ok(handle) = set_interval_with_handle(move || second.set(now()), Duration::from_secs(1)) {
            on_cleanup(move || handle.clear());
        }
        let minute = Memo::new(move |_| {
            let at = second.get().millis();
            Stamp::from_millis(at - at.rem_euclid(60_000))
        });
        Self { second, minute }
    }

    /// The time, told every second.
    pub fn second(self) -> Stamp {
        self.second.get()
    }

    /// Tells the time now, without waiting for the next second.
    pub fn tick(self) {
        self.second.set(now());
    }

    /// The time, told as each minute begins; for texts like "3 min ago".
    pub fn minute(self) -> Stamp {
        self.minute.track();
        now()
    }
}

/// This moment on both clocks.
pub fn moment() -> Moment {
    let monotonic = window().performance().map_or(0.0, |performance| performance.now());
    Moment { monotonic, wall: Date::now() }
}

/// The time at this moment.
pub fn now() -> Stamp {
    Stamp::from_millis(Date::now() as i64)
}
