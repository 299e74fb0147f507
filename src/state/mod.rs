//! What is known while somebody is signed in: one noun a file, each handed out as a Leptos context.
//!
//! A component asks for the nouns that it needs (`expect_context::<Selection>()`) and stands alone with them in a test. Contexts
//! are found through the reactive owner, so they are asked for in a component's body: event handlers, futures and timers have
//! no owner, and get the handles, which are `Copy`, moved in.

pub mod announcer;
pub mod attention_counts;
pub mod capabilities;
pub mod containers;
pub mod dialog;
pub mod family_jobs;
pub mod feed;
pub mod followed_job;
pub mod known_jobs;
pub mod latest_jobs;
pub mod list_page;
pub mod local_jobs;
pub mod lost_starts;
pub mod merged_jobs;
pub mod open_list;
pub mod refresh_trigger;
pub mod rows;
pub mod running_jobs;
pub mod selection;
pub mod sorted_jobs;
pub mod start_drafts;
pub mod usual_durations;
pub mod watched_jobs;

use crate::config::config;
use crate::query::poller::Polling;
use leptos::prelude::*;

/// Provides every noun to the views below. Called by the signed-in shell, with whose owner all of them end.
pub fn provide() {
    let config = config();
    let capabilities = capabilities::ServerCapabilities::default();
    provide_context(Polling::new((config.running_seconds, config.quiet_seconds)));
    provide_context(announcer::Announcer::default());
    provide_context(attention_counts::AttentionCounts::default());
    provide_context(capabilities);
    provide_context(containers::ContainerLists::new(expect_context()));
    provide_context(dialog::OpenDialog::default());
    provide_context(followed_job::FollowedJob::default());
    provide_context(latest_jobs::LatestJobs::default());
    provide_context(open_list::OpenList::default());
    provide_context(local_jobs::LocalJobs::default());
    provide_context(refresh_trigger::RefreshTrigger::new(capabilities));
    provide_context(selection::Selection::default());
    provide_context(start_drafts::StartDrafts::default());
    provide_context(usual_durations::UsualDurations::default());
    provide_context(watched_jobs::WatchedJobs::default());
}
