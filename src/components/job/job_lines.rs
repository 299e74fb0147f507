//! A job in the question before it is cancelled: what it synchronizes, and how far it is.

use crate::clock::Clock;
use crate::components::job::outcome::progress_text;
use crate::state::containers::ContainerLists;
use crate::state::preferences::Preferences;
use cckm::family::Family;
use cckm::job::Job;
use cckm::selection_summary;
use cckm::text;
use cckm::time;
use leptos::prelude::*;
use std::sync::Arc;

/// The containers of `job`, and below them its family, its id, its duration and its progress.
#[component]
pub fn JobLines(family: &'static Family, job: Memo<Arc<Job>>) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let containers = expect_context::<ContainerLists>();
    let preferences = expect_context::<Preferences>();
    let what = Memo::new(move |_| {
        let directory = containers.get(family.containers);
        job.with(|job| selection_summary::of(family, job, directory.as_deref()))
    });
    let id = job.with_untracked(|job| job.id.clone());
    let running = Memo::new(move |_| job.with(|job| job.outcome().is_running()));
    let lasted = move || {
        let now = if running.get() { clock.second() } else { crate::clock::now() };
        let (start, lasted) = job.with(|job| Some((job.created?, job.lasted(now)?)))?;
        Some(if running.get() {
            [" · running ", &preferences.times().since(start, lasted)].concat()
        } else {
            [" · ran for ", &time::duration(lasted)].concat()
        })
    };
    let done = move || {
        let done = job.with(|job| progress_text(family, job));
        (running.get() && !done.is_empty()).then(|| [" · ", &done, " done"].concat())
    };
    view! {
        <p class="what" title=move || what.with(|what| what.whole.clone())>
            <bdi>{move || what.with(|what| what.short.clone())}</bdi>
            {move || {
                let more = what.with(|what| what.more);
                (more > 0).then(|| view! { <span class="quiet">{[" +", &more.to_string()].concat()}</span> })
            }}
        </p>
        <p class="quiet figures">
            {family.title()} " · " <code title=id.clone()>{text::short(&id)}</code> {lasted} {done}
        </p>
    }
}
