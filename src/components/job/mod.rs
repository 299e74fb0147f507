//! Components that render parts of one job.

pub mod comparison;
pub mod container_label;
pub mod explanation;
pub mod facts;
pub mod job_lines;
pub mod outcome;
pub mod raw;
pub mod results;
pub mod same_texts;
pub mod unknown_texts;
