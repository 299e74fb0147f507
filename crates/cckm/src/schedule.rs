//! Schedules: the configurations of the server's scheduler that start synchronizations, as they are read, edited and
//! compared.
//!
//! A schedule is known by its `operation`; the scheduler has others, which are none of the panel's business. It names
//! its cloud and its containers by words of its own, which are columns of the table of families
//! ([`crate::family::Scheduling`]).
//!
//! ```
//! use cckm::schedule::Schedule;
//! use serde_json::json;
//!
//! let sent = json!({
//!     "id": "s-1", "name": "nightly", "operation": "cckm_synchronization", "run_at": "0 2 * * *",
//!     "job_config_params": {"cloud_name": "oci", "oci_vaults": ["v-1"]},
//! });
//! let schedule = Schedule::from_value(sent).expect("a schedule");
//! assert!(schedule.is_synchronization());
//! assert_eq!(schedule.families()[0].slug, "oci");
//! ```

mod changes;
mod config;
mod draft;
mod guess;
mod params;
mod run;

pub use changes::{Answered, Change, answered, changes, rebase};
pub use config::{ANY_NODE, OPERATION, PATH, RUNS_PATH, Schedule, State, path};
pub use draft::{Draft, DraftField, Mistake, UNFINISHED, create_body, disable_body, patch_body};
pub use guess::{Guess, guess};
pub use params::{Params, Selection};
pub use run::{Run, RunOutcome};
