//! The age of the last successful synchronization of each container of a family, as a chart and as a table.

use crate::auth::Session;
use crate::clock::Clock;
use crate::components::charts::days_choice::{DaysChoice, days};
use crate::components::charts::freshness_table::{Cells, Shown};
use crate::components::controls::icon::Icon;
use crate::components::controls::notice::{FailureNotice, Note, Problems, Unread};
use crate::components::controls::shown::Shown;
use crate::components::job_table::load_more::LoadMore;
use crate::components::page::reading_progress::ReadingProgress;
use crate::components::schedules::coverage::CoverageLine;
use crate::query::Poller;
use crate::query::interval::Need;
use crate::query::use_query;
use crate::routing::address::Address;
use crate::routing::route;
use crate::state::capabilities::ServerCapabilities;
use crate::state::containers::{ContainerLists, ListStatus};
use crate::state::family_jobs::Part;
use crate::state::feed::{self, Question};
use crate::state::latest_jobs::LatestJobs;
use crate::state::preferences::Preferences;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::start_drafts::{StartDraft, StartDrafts};
use cckm::family::Family;
use cckm::freshness::{Grid, grid};
use cckm::start_request::Form;
use cckm::text;
use cckm::time::TimeFormat;
use leptos::prelude::*;
use std::sync::Arc;

/// Steps of [`crate::routing::route::DEPTH_ROWS`] in one step of this view's depth.
pub const STEPS: u64 = 4;

#[component]
pub fn Freshness(family: &'static Family) -> impl IntoView {
    let session = expect_context::<Session>();
    let address = expect_context::<Address>();
    let containers = expect_context::<ContainerLists>();
    let capabilities = expect_context::<ServerCapabilities>();
    let latest = expect_context::<LatestJobs>();
    let refresh = expect_context::<RefreshTrigger>();
    let list = family.containers;
    containers.need(list);
    containers.follow(list);
    let poller = Poller::new(1);
    let query = use_query(
        poller,
        move || {
            let (here, depth) =
                address.with(|route| (route.view == route::View::Freshness(family), route.depth));
            here.then(|| (depth, refresh.count()))
        },
        move |(depth, tick), last: Option<Arc<Part>>| async move {
            let question = Question::newest(depth * STEPS, tick);
            let empty = Part::empty(family);
            let found = feed::newest(session, capabilities, &empty, &question, || false).await;
            let part = found.inspect_err(|failure| latest.fail(family, failure))?;
            latest.learn(family, &part.jobs, part.whole, part.is_partial());
            Ok((!last.is_some_and(|last| last.is_same(&part))).then(|| Arc::new(part)))
        },
    );
    Effect::new(move |_| {
        let runs = query.answer.with(|part| part.as_ref().is_some_and(|part| part.is_running()));
        // Requests for more than the first step are too expensive to repeat every few seconds.
        poller.set_need(0, Need::of(runs && address.with(|route| route.depth == 1)));
    });
    let sampled = Memo::new(move |_| {
        query.answer.with(|part| part.as_ref().and_then(|part| part.sampled(capabilities)))
    });
    let loading =
        Memo::new(move |_| matches!(containers.status(list), ListStatus::NotRequested | ListStatus::Loading));
    let refused = Memo::new(move |_| matches!(containers.status(list), ListStatus::Failed(_)));
    let failed = Memo::new(move |_| query.failure.with(Option::is_some));
    // `None` until both lists are loaded or have failed.
    let grid = Memo::new_with_compare(
        move |_| {
            let part = query.answer.get().filter(|_| !loading.get())?;
            let directory = containers.get(list);
            let grid = grid(family, &part.jobs, directory.as_deref(), part.horizon());
            Some(Arc::new(grid.of_sample(part.is_sample())))
        },
        |old, new| old != new,
    );
    let known = Memo::new(move |_| grid.with(Option::is_some));
    let more = Memo::new(move |_| grid.with(|grid| grid.as_ref().is_some_and(|grid| grid.back.is_some())));
    let empty = Memo::new(move |_| grid.with(|grid| grid.as_ref().is_some_and(|grid| grid.cells.is_empty())));
    let waiting =
        Memo::new(move |_| !known.get() && (query.is_first() || query.failure.with(Option::is_none)));
    view! {
        <Problems />
        <ReadingProgress />
        {move || sampled.get().map(|sentence| view! { <Note><p>{sentence}</p></Note> })}
        {move || query.failure.get().map(|failure| {
            view! { <FailureNotice failure=failure again=Callback::new(move |()| refresh.trigger()) /> }
        })}
        <Unread count=move || query.answer.with(|part| part.as_ref().map_or(0, |part| part.unread)) one="job" many="jobs" />
        <Unread count=move || containers.get(list).map_or(0, |all| all.unread) one=list.one many=list.many />
        {move || match containers.status(list) {
            ListStatus::Failed(failure) => {
                let again = Callback::new(move |()| containers.again(list));
                let left = ["Without their list, ", list.many, " that no job names are missing below."].concat();
                view! {
                    <FailureNotice failure=failure again=again />
                    <p class="quiet">{left}</p>
                }
                .into_any()
            }
            _ => ().into_any(),
        }}
        <section class="freshness" aria-label="Freshness" class:is-slow=query.slow aria-busy=move || waiting.get().to_string()>
            <Shown when=move || waiting.get() && query.slow.get()>
                <p class="quiet">"Loading…"</p>
            </Shown>
            <Shown when=known>
                <Head family=family grid=grid refused=refused failed=failed />
                {family.schedule.is_some().then(|| view! { <CoverageLine family=family /> })}
                <Shown when=move || !empty.get() fallback=move || view! { <Nothing family=family refused=refused /> }>
                    <Cells family=family grid=grid />
                </Shown>
                <div class="pager">
                    <span class="range"></span>
                    <LoadMore more=more />
                </div>
            </Shown>
        </section>
    }
}

/// A sentence that describes what is out of date, the selectable limit, and the button that starts a synchronization.
#[component]
fn Head(family: &'static Family, grid: Shown, refused: Memo<bool>, failed: Memo<bool>) -> impl IntoView {
    let session = expect_context::<Session>();
    let clock = expect_context::<Clock>();
    let drafts = expect_context::<StartDrafts>();
    let preferences = expect_context::<Preferences>();
    let days = days();
    let may = Memo::new(move |_| session.state().may_synchronize());
    let tally = Memo::new(move |_| {
        let (now, days) = (clock.minute(), days.get());
        grid.with(|grid| grid.as_ref().map(|grid| grid.tally(now, days))).unwrap_or_default()
    });
    let sentence = move || {
        grid.with(|grid| {
            // Without containers, the view says so in place of their table.
            let Some(grid) = grid.as_ref().filter(|grid| !grid.cells.is_empty()) else {
                return String::new();
            };
            let what = if family.regions.is_some() { "" } else { family.containers.many };
            grid.words(tally.get(), what)
        })
    };
    let reach =
        move || grid.with(|grid| grid.as_ref().map(|grid| reach(grid, failed.get(), &preferences.times())));
    let start = move |_| {
        let (now, days) = (crate::clock::now(), days.get_untracked());
        let Some((ids, regions)) =
            grid.with_untracked(|grid| grid.as_ref().map(|grid| grid.outdated(now, days)))
        else {
            return;
        };
        let form = if refused.get_untracked() {
            Form { everything: Some(false), typed: ids.join("\n"), by_hand: true, regions, ..Form::default() }
        } else {
            Form { everything: Some(false), chosen: ids, regions, ..Form::default() }
        };
        drafts.open(StartDraft { family, form, unmapped: Vec::new() });
    };
    view! {
        <div class="fresh-head">
            <div>
                <p class="fresh-sum" role="note">{sentence}</p>
                <p class="quiet">{reach}</p>
            </div>
            <DaysChoice />
            <Shown when=move || tally.with(|tally| tally.out > 0)>
                <button
                    type="button"
                    class="button"
                    aria-describedby=move || (!may.get()).then_some("may-not-start")
                    on:click=start
                >
                    <Icon name="start" />
                    "Synchronize the out-of-date"
                </button>
            </Shown>
        </div>
    }
}

/// A sentence that describes how far back the view has looked.
fn reach(grid: &Grid, failed: bool, times: &TimeFormat) -> String {
    let jobs = text::count(grid.looked, "job", "jobs");
    match grid.back {
        _ if grid.sample => ["Looked at ", &jobs, "."].concat(),
        None if grid.looked == 0 && failed => String::new(),
        None if grid.looked == 0 => "There are no jobs yet.".to_owned(),
        None => ["Looked at all ", &jobs, "."].concat(),
        Some(back) => ["Looked at the last ", &jobs, ", back to ", &times.zoned(back), "."].concat(),
    }
}

#[component]
fn Nothing(family: &'static Family, refused: Memo<bool>) -> impl IntoView {
    let many = family.containers.many;
    view! {
        <div class="empty">
            <p class="empty-title">{["No ", many, " are known"].concat()}</p>
            <p>{move || if refused.get() {
                "Their list did not come, and no job that was looked at names one."
            } else {
                "The server's list of them is empty."
            }}</p>
        </div>
    }
}
