//! The modal dialogs, one per file.

pub mod about;
pub mod already_running;
pub mod cancel;
pub mod cancel_selected;
pub mod outcomes;
pub mod start;
pub mod start_several;
