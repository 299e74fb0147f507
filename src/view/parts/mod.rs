//! Pieces that several screens use. They know no screen.

pub mod containers;
pub mod dialog;
pub mod filters;
pub mod icon;
pub mod notice;
pub mod outcome;
pub mod pager;
pub mod picker;
pub mod table;
