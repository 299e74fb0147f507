//! Pieces of the views of schedules.

pub mod changed;
pub mod coverage;
pub mod last_run;
pub mod names;
pub mod next_runs;
pub mod request;
pub mod table;
pub mod words;
