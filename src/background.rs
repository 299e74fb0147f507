//! Background tasks, independent of the open view, which start once the second part is loaded: they announce changes
//! of outcomes, follow watched jobs, count the jobs that need attention, drop ended jobs from the selection, and
//! learn how long jobs usually take. They also handle the keyboard shortcuts. They render nothing except the notices.

use crate::clock::Clock;
use crate::components::page::attention_counts::Counts;
use crate::components::page::new_version::NewVersion;
use crate::components::page::watched_jobs::Watching;
use crate::components::start::sent_start::SentBefore;
use crate::dialogs::shortcut_keys::ShortcutKeys;
use crate::state::announcer::Announcer;
use crate::state::latest_jobs::LatestJobs;
use crate::state::open_list::OpenList;
use crate::state::rows::Rows;
use crate::state::selection::Selection;
use crate::state::usual_durations::UsualDurations;
use crate::state::watched_jobs::WatchedJobs;
use cckm::comparison;
use cckm::outcome_change;
use cckm::text;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn BackgroundTasks() -> impl IntoView {
    let latest = expect_context::<LatestJobs>();
    let usual = expect_context::<UsualDurations>();
    let clock = expect_context::<Clock>();
    let open_list = expect_context::<OpenList>();
    let watched = expect_context::<WatchedJobs>();
    let selection = expect_context::<Selection>();
    let announcer = expect_context::<Announcer>();
    // The first rows are not a change, and neither are the rows of another view.
    Effect::new(move |last: Option<Arc<Rows>>| {
        let rows = open_list.rows();
        for row in rows.iter() {
            watched.sees(row.family, &row.job);
        }
        let mut announcement = last.map_or_else(String::new, |last| changed(&last, &rows));
        let missing = selection.drop_missing(&rows);
        if missing > 0 {
            announcement.push_str(if announcement.is_empty() { "" } else { " " });
            announcement.push_str(&text::count(missing, "selected job", "selected jobs"));
            announcement.push_str(" ended or left the list.");
        }
        if !announcement.is_empty() {
            announcer.announce(announcement);
        }
        rows
    });
    Effect::new(move |_: Option<()>| learn(latest, usual));
    // Announced once, because each response changes the size of the difference.
    Effect::new(move |was_warned: Option<bool>| {
        let warning = clock.warning().filter(|_| was_warned != Some(true));
        let warns = warning.is_some();
        if let Some(warning) = warning {
            announcer.announce(warning);
        }
        warns || was_warned == Some(true)
    });
    view! {
        <Counts />
        <NewVersion />
        <SentBefore />
        <Watching />
        <ShortcutKeys />
    }
}

/// Describes the jobs whose outcome differs from the one in `last`; empty if there are none.
fn changed(last: &Rows, rows: &Rows) -> String {
    let mut changes = Vec::new();
    for row in rows.iter() {
        let outcome = row.job.outcome();
        if last.get(&row.key).is_some_and(|last| last.job.outcome() != outcome) {
            changes.push(&*row.job);
        }
    }
    if changes.is_empty() { String::new() } else { outcome_change::summary(&changes) }
}

/// Learns the usual duration of each family's jobs. Samples are skipped, because their jobs may not be the newest.
fn learn(latest: LatestJobs, usual: UsualDurations) {
    latest.with(|all| {
        for known in all.iter().filter(|known| !known.sample) {
            if let Some(duration) = comparison::usual(known.jobs.iter().map(|job| &**job)) {
                usual.learn(known.family, duration);
            }
        }
    });
}
