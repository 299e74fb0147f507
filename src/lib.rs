//! The panel.

pub mod families;
pub mod model;
pub mod query;
pub mod route;
pub mod start;
pub mod text;
pub mod time;
