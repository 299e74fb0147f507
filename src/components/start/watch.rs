//! The toggle that watches a job until it ends.

use crate::components::controls::icon::Icon;
use crate::state::watched_jobs::WatchedJobs;
use cckm::family::Family;
use cckm::job::Job;
use leptos::prelude::*;
use std::sync::Arc;

/// For a running job. `class` is the CSS class of the button.
#[component]
pub fn WatchToggle(
    family: &'static Family,
    id: String,
    #[prop(into)] job: Signal<Arc<Job>>,
    class: &'static str,
) -> impl IntoView {
    let watched = expect_context::<WatchedJobs>();
    let id = StoredValue::new(id);
    let on = Memo::new(move |_| id.with_value(|id| watched.is_on(family, id)));
    let press = move |_| {
        if on.get_untracked() {
            id.with_value(|id| watched.remove(family, id));
        } else {
            watched.add(family, job.get_untracked());
        }
    };
    view! {
        <button
            type="button"
            class=class
            title="Get a notice when this job ends"
            aria-pressed=move || on.get().to_string()
            on:click=press
        >
            <Icon name="watch" />
            <span>"Watch"</span>
        </button>
    }
}
