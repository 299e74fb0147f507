//! The modal dialogs, one per file.

pub mod already_running;
pub mod cancel;
pub mod cancel_selected;
pub mod export;
pub mod start;
pub mod start_several;
