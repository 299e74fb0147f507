//! The screen All clouds: the newest jobs of every family in one list, with the failures of single clouds.

use crate::components::controls::icon::Icon;
use crate::components::controls::notice::Problems;
use crate::components::controls::refresh::Refresh;
use crate::components::controls::shown::Shown;
use crate::components::job_table::filters::Filters;
use crate::components::job_table::load_more::LoadMore;
use crate::components::job_table::new_items::{NewItemsBanner, held};
use crate::components::job_table::table::{JobTable, is_read};
use crate::components::page::cloud_failures::CloudFailures;
use crate::pages::job_detail::OpenJob;
use crate::query::use_query::late;
use crate::routing::address::Address;
use crate::routing::route::{Route, View};
use crate::state::dialog::{Dialog, OpenDialog};
use crate::state::family_jobs::Part;
use crate::state::feed::{Feed, Question};
use crate::state::local_jobs::LocalJobs;
use crate::state::open_list::OpenList;
use crate::state::refresh_trigger::RefreshTrigger;
use cckm::text;
use cckm::time;
use leptos::prelude::*;

#[component]
pub fn AllClouds() -> impl IntoView {
    let address = expect_context::<Address>();
    let local_jobs = expect_context::<LocalJobs>();
    let open_list = expect_context::<OpenList>();
    let dialog = expect_context::<OpenDialog>();
    let refresh = expect_context::<RefreshTrigger>();
    let question = Memo::new(move |last: Option<&Question>| {
        let route = address.get();
        match last {
            // While the address changes to another view, this screen sends no new request.
            Some(last) if route.view != View::All => last.clone(),
            _ => Question::of(&route, refresh.count()),
        }
    });
    let feed = Feed::new(is_read, move || question.get());
    let merged =
        Memo::new_with_compare(move |_| feed.merged(question.with(|question| question.depth)), |_, _| true);
    let loaded = Memo::new_with_compare(
        move |_| {
            let rows = merged.with(|merged| merged.rows.clone());
            let narrow = question.with(|question| question.status.is_some() || !question.id.is_empty());
            if narrow { rows } else { local_jobs.merged_into(rows, None) }
        },
        |_, _| true,
    );
    Effect::new(move |_| {
        merged.with(|merged| local_jobs.forget_listed(|id| merged.rows.iter().any(|row| row.job.id == id)));
    });
    let (rows, newer) = held(feed, loaded);
    let horizon = Memo::new(move |_| merged.with(|merged| merged.horizon));
    let more = Memo::new(move |_| merged.with(|merged| merged.more));
    let waiting = Memo::new(move |_| !feed.any_part(|part| !part.waiting));
    // The titles of the families whose request failed, separated by commas.
    let failed = Memo::new(move |_| feed.with_parts(failed));
    let any = Memo::new(move |_| feed.any_part(|part| !part.waiting && part.failure.is_none()));
    let sample = Memo::new(move |_| feed.any_part(Part::is_sample));
    let late = late();
    Effect::new(move |_| {
        rows.with(|rows| open_list.show(rows));
    });
    on_cleanup(move || open_list.clear());

    view! {
        <section class="screen">
            <div class="head">
                <h1>"All clouds"</h1>
                <div class="tools">
                    <Refresh />
                    <button
                        type="button"
                        class="button primary"
                        on:click=move |_| dialog.open(Dialog::StartSeveral)
                    >
                        <Icon name="start" />
                        "Start on several clouds"
                    </button>
                </div>
            </div>
            <Filters family=None rows=rows />
            <Problems />
            <div class="split" class:has-detail=move || address.with(|route| route.job.is_some())>
                <div class="list">
                    <CloudFailures feed=feed />
                    <NewItemsBanner count=newer show=Callback::new(move |()| refresh.trigger()) />
                    <JobTable rows=rows with_cloud=true first=waiting slow=Signal::derive(move || late.get() && waiting.get()) sortable=true />
                    <Shown when=move || !waiting.get() && !feed.busy.get() && rows.with(|rows| rows.is_empty())>
                        <Nothing failed=failed any=any />
                    </Shown>
                    <div class="pager">
                        <span class="range">{move || {
                            let count = rows.with(|rows| rows.len());
                            failed.with(|failed| reach(horizon.get(), count, feed.busy.get(), failed, sample.get()))
                        }}</span>
                        <LoadMore more=more />
                    </div>
                </div>
                <OpenJob />
            </div>
        </section>
    }
}

/// A sentence that describes how far back the list reaches, and which families are missing.
fn reach(horizon: Option<time::Stamp>, count: usize, busy: bool, failed: &str, sample: bool) -> String {
    let jobs = text::count(count, "job", "jobs");
    let reach = match (horizon, count) {
        (None, 0) if busy => return "Loading…".to_owned(),
        (None, 0) => return String::new(),
        (None, count) if failed.is_empty() && !sample => return format!("All {count} jobs"),
        (None, _) => jobs,
        (Some(horizon), _) => [&jobs, ", back to ", &time::local(horizon)].concat(),
    };
    if failed.is_empty() { reach } else { [&reach, " · not loaded: ", failed].concat() }
}

/// The titles of the families whose newest jobs could not be loaded, separated by commas.
fn failed(parts: &[&Part]) -> String {
    let failed = parts.iter().filter(|part| part.failure.is_some());
    failed.map(|part| part.family.title()).collect::<Vec<_>>().join(", ")
}

/// An empty list. It claims no more than the responses show.
#[component]
fn Nothing(failed: Memo<String>, any: Memo<bool>) -> impl IntoView {
    let address = expect_context::<Address>();
    let filtered = Memo::new(move |_| address.with(Route::is_filtered));
    move || {
        if failed.with(|failed| !failed.is_empty()) {
            let (title, about) = if any.get() {
                ("No jobs where the panel could look", ["Not loaded: ", &failed.get(), "."].concat())
            } else {
                ("No jobs could be loaded", "Whether there are any is not known.".to_owned())
            };
            view! {
                <div class="empty">
                    <p class="empty-title">{title}</p>
                    <p>{about}</p>
                </div>
            }
            .into_any()
        } else if filtered.get() {
            view! {
                <div class="empty">
                    <p class="empty-title">"No job matches these filters"</p>
                    <a class="button" href=move || address.with(|route| route.cleared().hash())>"Show all jobs"</a>
                </div>
            }
            .into_any()
        } else {
            view! {
                <div class="empty">
                    <p class="empty-title">"There are no synchronization jobs yet"</p>
                    <p>"Open a cloud above to start the first one."</p>
                </div>
            }
            .into_any()
        }
    }
}
