//! Pieces that know no screen, in folders by what they are about.

pub mod charts;
pub mod controls;
pub mod job;
pub mod job_table;
pub mod page;
pub mod start;
