//! Pictures, and the tables of the same.

pub mod freshness_table;
pub mod history_charts;
