//! Components that belong to no particular screen, in folders by subject.

pub mod charts;
pub mod controls;
pub mod job;
pub mod job_table;
pub mod page;
pub mod schedules;
pub mod start;
