//! The address bar and what it says: hash routes, in both directions.

pub mod address;
pub mod route;
