//! What forms that start a synchronization are made of.

pub mod container_choice;
pub mod lost_start;
pub mod request;
pub mod watch;
