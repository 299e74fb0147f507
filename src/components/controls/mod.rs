//! Controls and notices that are independent of jobs.

pub mod choice;
pub mod close_detail;
pub mod composing;
pub mod copy;
pub mod copy_as;
pub mod dialog;
pub mod focus;
pub mod icon;
pub mod lazy;
pub mod lazy_view;
pub mod main_part;
pub mod notice;
pub mod picker;
pub mod popover;
pub mod portion;
pub mod refresh;
pub mod save_file;
pub mod shown;
