//! Moments on this computer, for intervals: the age of a token, the time until the next poll, the age of a prefetched
//! response.

use leptos::prelude::window;
use web_sys::js_sys::Date;

/// A moment on both clocks of this computer, in milliseconds.
///
/// The monotonic clock may stop while the computer sleeps, and the wall clock may be set. The interval between two
/// moments is the longer of the two differences, so that neither case makes an old token look young.
#[derive(Clone, Copy, PartialEq)]
pub struct Moment {
    pub monotonic: f64,
    pub wall: f64,
}

impl Moment {
    /// The moment `milliseconds` later.
    pub fn after(self, milliseconds: f64) -> Self {
        Self { monotonic: self.monotonic + milliseconds, wall: self.wall + milliseconds }
    }

    /// The milliseconds between `earlier` and this moment.
    pub fn since(self, earlier: Self) -> f64 {
        (self.monotonic - earlier.monotonic).max(self.wall - earlier.wall)
    }
}

/// The present moment.
pub fn moment() -> Moment {
    let monotonic = window().performance().map_or(0.0, |performance| performance.now());
    Moment { monotonic, wall: Date::now() }
}
