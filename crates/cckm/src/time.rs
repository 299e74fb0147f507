//! Points in time, durations, and how both are written.
//!
//! It owns parsing and wording; it must not read the clock: the current time is always a parameter. How a time is written
//! in a zone and a locale is a parameter too, a [`TimeFormat`].

mod duration;
mod format;
mod stamp;

pub use duration::duration;
pub use format::{Style, TimeFormat};
pub use stamp::{DAY, Stamp, Zone};
