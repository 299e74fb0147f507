//! The parts that surround every page: account, counts, notices.

pub mod account;
pub mod attention_counts;
pub mod cloud_failures;
pub mod header_tools;
pub mod help_menu;
pub mod new_version;
pub mod notices;
pub mod permissions;
pub mod preferences;
pub mod print_head;
pub mod reading_progress;
pub mod to_server_check;
pub mod unknown_fields;
pub mod watched_jobs;
