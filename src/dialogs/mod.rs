//! The modal dialogs, one per file.

pub mod about;
pub mod already_running;
pub mod cancel;
pub mod cancel_selected;
pub mod import_views;
pub mod manage_views;
pub mod outcomes;
pub mod save_view;
pub mod start;
pub mod start_several;
