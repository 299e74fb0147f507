//! Cron expressions of the server's scheduler: five fields in UTC, read, put in words, and followed to their next runs.
//!
//! The API's documentation names minutes to days of the week, `* / , -`, `?` in the two day fields, and names in any
//! case. What it does not say is decided here as the scheduler libraries of Go do, in which the server is written:
//!
//! - `N/step` stands for `N` to the end of the field.
//! - Where both day fields are restricted, a day that fits **either** of them counts. Whether `*/2` restricts a day field
//!   differs between implementations; here it does. [`Caution::EitherDay`] says that nobody has documented it.
//! - 7 is read as Sunday, because many expressions have it. The library that is most used with Go refuses it, so
//!   [`Caution::Seven`] advises to write 0.
//!
//! ```
//! use cckm::cron::Cron;
//! use cckm::time::Stamp;
//!
//! let cron = Cron::parse("30 2 * * *").expect("an expression");
//! assert_eq!(cron.words(), "Every day at 02:30 UTC");
//! let after = Stamp::parse("2026-11-28T02:30:00Z").expect("a time");
//! assert_eq!(cron.next(after), Stamp::parse("2026-11-29T02:30:00Z"));
//!
//! let wrong = Cron::parse("30 25 * * *").expect_err("no expression");
//! assert_eq!(wrong.to_string(), "Hour: 25 is out of range. Write 0 to 23.");
//! ```

mod caution;
mod error;
mod expression;
mod field;
mod month;
mod read;
mod rhythm;
mod runs;
mod words;

pub use caution::Caution;
pub use error::{CronError, Problem};
pub use expression::Cron;
pub use field::Field;
pub use rhythm::{RHYTHMS, Rhythm, rhythm_of};
pub use runs::Runs;
