//! The screen All clouds: the newest jobs of every family in one list, with the failures of single clouds.

use crate::clock::Clock;
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
use crate::routing::route::{DEPTH_MOST, Route, View};
use crate::state::columns::ListColumns;
use crate::state::dialog::{Dialog, OpenDialog};
use crate::state::family_jobs::Part;
use crate::state::feed::{Feed, Question};
use crate::state::local_jobs::LocalJobs;
use crate::state::narrowing::Narrowing;
use crate::state::open_list::OpenList;
use crate::state::preferences::Preferences;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::rows::{Row, Rows};
use cckm::text;
use cckm::time::{Stamp, TimeFormat};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn AllClouds() -> impl IntoView {
    let address = expect_context::<Address>();
    let clock = expect_context::<Clock>();
    let local_jobs = expect_context::<LocalJobs>();
    let open_list = expect_context::<OpenList>();
    let dialog = expect_context::<OpenDialog>();
    let refresh = expect_context::<RefreshTrigger>();
    let preferences = expect_context::<Preferences>();
    let question = Memo::new(move |last: Option<&Question>| {
        let route = address.get();
        match last {
            // While the address changes to another view, this screen sends no new request.
            Some(last) if route.view != View::All => last.clone(),
            _ => Question::of(&route, refresh.count()),
        }
    });
    // How far back a limit in time makes the view look, in steps of depth.
    let reached = RwSignal::new(1);
    let depth = move || question.with(|question| question.depth).max(reached.get());
    let feed = Feed::new(is_read, move || Question { depth: depth(), ..question.get() });
    let merged = Memo::new_with_compare(move |_| feed.merged(depth()), |_, _| true);
    let narrowing = Memo::new(move |last: Option<&Narrowing>| {
        address.with(|route| match last {
            Some(last) if route.view != View::All => last.clone(),
            _ => Narrowing::of(route),
        })
    });
    let loaded = Memo::new_with_compare(
        move |_| {
            let rows = merged.with(|merged| merged.rows.clone());
            let narrow = question.with(|question| question.status.is_some() || !question.id.is_empty());
            let rows = if narrow { rows } else { local_jobs.merged_into(rows, None) };
            narrowing.with(|narrowing| narrowed(narrowing, clock, rows))
        },
        |_, _| true,
    );
    let horizon = Memo::new(move |_| merged.with(|merged| merged.horizon));
    // Whether jobs of the time that the filter names may be missing.
    let short = Memo::new(move |_| {
        narrowing
            .with(|narrowing| narrowing.within)
            .is_some_and(|within| horizon.get() > Some(within.since(clock.minute())))
    });
    Effect::new(move |_| {
        // A few big steps: each asks every family once more.
        if narrowing.with(|narrowing| narrowing.within.is_none()) {
            if reached.get_untracked() != 1 {
                reached.set(1);
            }
        } else if short.get() && !feed.busy.get() && depth() < DEPTH_MOST {
            reached.set((depth() * 8).min(DEPTH_MOST));
        }
    });
    Effect::new(move |_| {
        merged.with(|merged| local_jobs.forget_listed(|id| merged.rows.iter().any(|row| row.job.id == id)));
    });
    let (rows, newer) = held(feed, loaded);
    // With a limit in time the view looks as far back as it needs by itself.
    let more = Memo::new(move |_| {
        merged.with(|merged| merged.more) && narrowing.with(|narrowing| narrowing.within.is_none())
    });
    let waiting = Memo::new(move |_| !feed.any_part(|part| !part.waiting));
    // The titles of the families whose request failed, separated by commas.
    let failed = Memo::new(move |_| feed.with_parts(failed));
    let any = Memo::new(move |_| feed.any_part(|part| !part.waiting && part.failure.is_none()));
    let sample = Memo::new(move |_| feed.any_part(Part::is_sample));
    let late = late();
    Effect::new(move |_| {
        rows.with(|rows| open_list.show(rows));
    });
    Effect::new(move |_| {
        if !feed.any_part(|part| part.waiting) {
            open_list.settle();
        }
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
                    <JobTable rows=rows with_cloud=true first=waiting slow=Signal::derive(move || late.get() && waiting.get()) sortable=true columns=ListColumns::of(None) />
                    <Shown when=move || !waiting.get() && !feed.busy.get() && rows.with(|rows| rows.is_empty())>
                        <Nothing failed=failed any=any />
                    </Shown>
                    <div class="pager">
                        <span class="range">{move || {
                            let count = rows.with(|rows| rows.len());
                            let times = preferences.times();
                            let own = narrowing.with(|narrowing| !narrowing.is_none());
                            let looked = if own { merged.with(|merged| merged.rows.len()) } else { count };
                            let reach = failed.with(|failed| {
                                reach(horizon.get(), looked, feed.busy.get(), failed, sample.get(), &times)
                            });
                            if own && looked > 0 { matching(count, &reach, short.get()) } else { reach }
                        }}</span>
                        <LoadMore more=more />
                    </div>
                </div>
                <OpenJob />
            </div>
        </section>
    }
}

/// The rows that pass. The minute is followed only where it matters.
fn narrowed(narrowing: &Narrowing, clock: Clock, rows: Arc<Rows>) -> Arc<Rows> {
    if narrowing.is_none() {
        return rows;
    }
    let passes = |row: &&Row| narrowing.passes(&row.job, || clock.minute());
    Arc::new(Rows::new(rows.iter().filter(passes).map(|row| (row.family, row.job.clone()))))
}

/// The sentence for a list that the panel has narrowed itself; `reach` says what it looked at.
fn matching(count: usize, reach: &str, short: bool) -> String {
    let reach = reach.strip_prefix("All").map_or_else(|| reach.to_owned(), |rest| ["all", rest].concat());
    let short = if short { " · older jobs of this time are not loaded" } else { "" };
    [&count.to_string(), " of ", &reach, short].concat()
}

/// A sentence that describes how far back the list reaches, and which families are missing.
fn reach(
    horizon: Option<Stamp>,
    count: usize,
    busy: bool,
    failed: &str,
    sample: bool,
    times: &TimeFormat,
) -> String {
    let jobs = text::count(count, "job", "jobs");
    let reach = match (horizon, count) {
        (None, 0) if busy => return "Loading…".to_owned(),
        (None, 0) => return String::new(),
        (None, _) if failed.is_empty() && !sample => return ["All ", &jobs].concat(),
        (None, _) => jobs,
        (Some(horizon), _) => [&jobs, ", back to ", &times.zoned(horizon)].concat(),
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
                    <p>"Press “Start on several clouds” to start the first one, or open a cloud above."</p>
                </div>
            }
            .into_any()
        }
    }
}
