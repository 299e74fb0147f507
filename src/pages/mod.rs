//! The screens, one per file.

pub mod all_clouds;
pub mod attention;
pub mod browser_features;
pub mod cloud;
pub mod freshness;
pub mod history;
pub mod job_actions;
pub mod job_detail;
pub mod job_list;
pub mod not_found;
pub mod outdated;
pub mod schedule_actions;
pub mod schedule_detail;
pub mod schedules;
pub mod server_check;
pub mod sign_in;
