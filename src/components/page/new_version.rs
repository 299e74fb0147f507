//! The notice that another version of the panel has been published than the one that runs, with the offer to load it.
//!
//! Looks for it when the person returns to the page and every half hour while the page is visible, never twice within five
//! minutes. A look that fails says nothing: the panel works without it.

use crate::api::published::has_other_version;
use crate::auth::Session;
use crate::clock::{Moment, moment};
use crate::components::controls::main_part::focus_main;
use crate::components::controls::shown::Shown;
use crate::state::schedule_drafts::ScheduleDrafts;
use crate::state::start_drafts::StartDrafts;
use crate::state::watched_jobs::WatchedJobs;
use cckm::text;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// The time between two looks while the page stays visible.
const PERIOD: Duration = Duration::from_secs(30 * 60);
/// The least time between two looks, in milliseconds.
const LEAST: f64 = 5.0 * 60_000.0;

#[derive(Clone, PartialEq)]
enum Notice {
    Hidden,
    /// A new version is there.
    Offered,
    /// The person wants it, and is told what a reload costs.
    Asking(String),
}

#[component]
pub fn NewVersion() -> impl IntoView {
    let notice = RwSignal::new(Notice::Hidden);
    look_now_and_then(notice);
    let session = expect_context::<Session>();
    let starts = expect_context::<StartDrafts>();
    let schedules = expect_context::<ScheduleDrafts>();
    let watched = expect_context::<WatchedJobs>();
    let reload = move |_| {
        let has_drafts = starts.has_any() || schedules.has_any();
        let cost = cost(session.ends_with_page(), has_drafts, watched.jobs().with_untracked(Vec::len));
        let is_asked = notice.with_untracked(|notice| matches!(notice, Notice::Asking(_)));
        match cost {
            Some(cost) if !is_asked => notice.set(Notice::Asking(cost)),
            _ => _ = window().location().reload(),
        }
    };
    let later = move |_| {
        notice.set(Notice::Hidden);
        // The button that had the focus is gone.
        focus_main();
    };
    let words = move || match notice.get() {
        Notice::Hidden => String::new(),
        Notice::Offered => "A new version of the panel is there.".to_owned(),
        Notice::Asking(cost) => cost,
    };
    let label = move || {
        if notice.with(|notice| matches!(notice, Notice::Asking(_))) { "Reload now" } else { "Reload" }
    };
    view! {
        <div class="new-version">
            // The live region itself always exists: text in a region that is only just inserted may not be announced.
            <p aria-live="polite">{words}</p>
            <Shown when=move || notice.with(|notice| *notice != Notice::Hidden)>
                <button type="button" class="button" on:click=reload>{label}</button>
                <button type="button" class="button plain" on:click=later>"Later"</button>
            </Shown>
        </div>
    }
}

/// Looks for a new version at the times that this module promises, until one is found.
fn look_now_and_then(notice: RwSignal<Notice>) {
    let now = moment();
    // The page itself was the first look. It may be old: somebody has signed in again on it.
    let last = StoredValue::new(Moment { monotonic: 0.0, wall: now.wall - now.monotonic });
    let look = move || {
        let is_due = moment().since(last.get_value()) >= LEAST;
        let is_seen = !document().hidden() && window().navigator().on_line();
        if !is_due || !is_seen || notice.with_untracked(|notice| *notice != Notice::Hidden) {
            return;
        }
        last.set_value(moment());
        spawn_local(async move {
            if has_other_version().await {
                _ = notice.try_set(Notice::Offered);
            }
        });
    };
    look();
    let returned = window_event_listener_untyped("visibilitychange", move |_| look());
    let interval = set_interval_with_handle(look, PERIOD).ok();
    on_cleanup(move || {
        returned.remove();
        if let Some(interval) = interval {
            interval.clear();
        }
    });
}

/// What a reload costs the person, as a question; `None` where it costs nothing.
fn cost(signs_out: bool, has_draft: bool, watched: usize) -> Option<String> {
    let mut costs = Vec::new();
    if signs_out {
        costs.push("you sign in again".to_owned());
    }
    if has_draft {
        costs.push("the start form that you have begun is lost".to_owned());
    }
    if watched > 0 {
        costs.push([&text::count(watched, "job is", "jobs are"), " no longer watched"].concat());
    }
    if costs.is_empty() {
        return None;
    }
    Some(["Reload now? The view stays, but ", &costs.join(", and "), "."].concat())
}
