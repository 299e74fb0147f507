//! The hash routes of the address bar: parsing, formatting and navigation.

pub mod address;
mod changes;
pub mod columns;
pub mod route;
pub mod view;
pub mod views;
