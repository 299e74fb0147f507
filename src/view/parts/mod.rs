//! Pieces that several screens use. They know no screen.

pub mod called;
pub mod charts;
pub mod compared;
pub mod containers;
pub mod copy;
pub mod deeper;
pub mod dialog;
pub mod facts;
pub mod filters;
pub mod icon;
pub mod later;
pub mod newer;
pub mod notice;
pub mod outcome;
pub mod pager;
pub mod picker;
pub mod raw;
pub mod refresh;
pub mod request;
pub mod results;
pub mod selection;
pub mod step;
pub mod table;
pub mod troubles;
pub mod watch;
