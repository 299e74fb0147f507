//! The hash routes of the address bar: parsing, formatting and navigation.

pub mod address;
pub mod route;
pub mod views;
