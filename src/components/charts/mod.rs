//! Charts, and the tables of the same data.

pub mod days_choice;
pub mod freshness_table;
pub mod history_charts;
