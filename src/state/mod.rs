//! The state of a signed-in session: one noun for each file. Those that views share are Leptos contexts.
//!
//! A component requests the contexts that it needs (`expect_context::<Selection>()`), so a test can mount it with
//! those contexts alone. Contexts are looked up through the reactive owner, so they must be requested in the body of
//! a component: event handlers, futures and timers have no owner. The handles are `Copy` and are moved into those.

pub mod all_lists;
pub mod all_pages;
pub mod announcer;
pub mod attention_counts;
pub mod capabilities;
pub mod check_run;
pub mod columns;
pub mod containers;
pub mod dialog;
pub mod family_jobs;
pub mod feed;
pub mod followed_job;
pub mod known_jobs;
pub mod latest_jobs;
pub mod list_page;
pub mod local_jobs;
pub mod local_storage;
pub mod lost_starts;
pub mod merged_jobs;
pub mod narrowing;
pub mod open_list;
pub mod preferences;
pub mod refresh_trigger;
pub mod rows;
pub mod running_jobs;
pub mod saved_views;
pub mod schedule_dialog;
pub mod schedule_drafts;
pub mod schedules;
pub mod selection;
pub mod sent_starts;
pub mod sorted_jobs;
pub mod start_drafts;
pub mod usual_durations;
pub mod watched_jobs;

use crate::config::config;
use crate::query::poller::Polling;
use leptos::prelude::*;

/// Provides the contexts that end with the sign-out. The signed-in shell calls it; the contexts are disposed of with its
/// owner. `app.rs` provides those of the whole page: preferences, columns and saved views.
pub fn provide() {
    let config = config();
    let capabilities = capabilities::ServerCapabilities::default();
    provide_context(Polling::new((config.running_seconds, config.quiet_seconds)));
    provide_context(announcer::Announcer::default());
    provide_context(attention_counts::AttentionCounts::default());
    provide_context(capabilities);
    provide_context(check_run::LastCheck::default());
    provide_context(containers::ContainerLists::new(expect_context()));
    provide_context(dialog::OpenDialog::default());
    provide_context(followed_job::FollowedJob::default());
    provide_context(latest_jobs::LatestJobs::default());
    provide_context(open_list::OpenList::default());
    provide_context(local_jobs::LocalJobs::default());
    provide_context(refresh_trigger::RefreshTrigger::new(capabilities));
    provide_context(schedule_drafts::ScheduleDrafts::default());
    provide_context(selection::Selection::default());
    provide_context(sent_starts::SentStarts::new(expect_context()));
    provide_context(start_drafts::StartDrafts::default());
    provide_context(usual_durations::UsualDurations::default());
    provide_context(watched_jobs::WatchedJobs::default());
}
