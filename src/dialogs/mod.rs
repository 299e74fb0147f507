//! The modal dialogs, one per file.

pub mod about;
pub mod already_running;
pub mod cancel;
pub mod cancel_selected;
pub mod export;
pub mod find;
pub mod find_entries;
pub mod import_views;
pub mod manage_views;
pub mod outcomes;
pub mod save_view;
pub mod schedule;
pub mod shortcut_keys;
pub mod shortcuts;
pub mod start;
pub mod start_group;
pub mod start_several;
