//! The schedules that start synchronizations: those of all clouds as a screen, or those of a family in its cloud's
//! screen, with the open one beside them and with what they cover.

use crate::api::failure::Failure;
use crate::clock::Clock;
use crate::clock::locale::zone_words;
use crate::components::charts::days_choice::DaysChoice;
use crate::components::controls::notice::{FailureNotice, Note, Problems, Unread};
use crate::components::controls::refresh::Refresh;
use crate::components::controls::shown::Shown;
use crate::components::page::to_server_check::ToServerCheck;
use crate::components::schedules::coverage::FamilyCoverage;
use crate::components::schedules::last_run::{LastRun, last_run};
use crate::components::schedules::table::{ScheduleTable, tally};
use crate::components::schedules::words::family as family_of;
use crate::pages::schedule_detail::ScheduleDetail;
use crate::routing::address::Address;
use crate::routing::views::SCHEDULES;
use crate::state::containers::ContainerLists;
use crate::state::dialog::OpenDialog;
use crate::state::latest_jobs::LatestJobs;
use crate::state::preferences::Preferences;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::schedule_dialog::ScheduleDialog;
use crate::state::schedules::{ScheduleList, use_jobs, use_runs, use_schedules};
use cckm::family::Family;
use cckm::schedule::Schedule;
use cckm::start_request::Form;
use cckm::text::number;
use leptos::prelude::*;
use std::sync::Arc;

/// Families that a schedule can synchronize, and others.
type Families = (Vec<&'static Family>, Vec<&'static Family>);

/// The families that are shown, or `of` alone.
fn families(of: Option<&'static Family>) -> Memo<Families> {
    let latest = expect_context::<LatestJobs>();
    Memo::new(move |_| {
        let shown = of.map_or_else(|| latest.families(), |of| vec![of]);
        shown.into_iter().partition(|family| family.schedule.is_some())
    })
}

#[component]
pub fn Schedules(family: Option<&'static Family>) -> impl IntoView {
    if family.is_some() {
        return view! { <Part family=family /> }.into_any();
    }
    view! {
        <section class="screen">
            <div class="head">
                <h1>{SCHEDULES}</h1>
                <div class="tools">
                    <Refresh />
                </div>
            </div>
            <Part family=None />
        </section>
    }
    .into_any()
}

#[component]
fn Part(family: Option<&'static Family>) -> impl IntoView {
    let address = expect_context::<Address>();
    let containers = expect_context::<ContainerLists>();
    let refresh = expect_context::<RefreshTrigger>();
    let shown = families(family);
    let is_scheduled = Memo::new(move |_| shown.with(|(scheduled, _)| !scheduled.is_empty()));
    Effect::new(move |_| containers.need_each(shown.get().0.into_iter().map(|family| family.containers)));
    let list = use_schedules();
    let runs = use_runs(list);
    let jobs = use_jobs(list, runs, family);
    let schedules = Memo::new(move |_| {
        list.answer.with(|list| list.iter().flat_map(|list| list.of(family)).cloned().collect::<Vec<_>>())
    });
    let last = Callback::new(move |schedule: Arc<Schedule>| -> LastRun {
        let failed = runs.failure.with(Option::is_some);
        runs.answer.with(|runs| {
            jobs.answer.with(|jobs| last_run(&schedule, runs.as_deref(), failed, jobs.as_deref(), containers))
        })
    });
    let failed = Memo::new(move |_| {
        schedules.with(|all| all.iter().filter(|one| last.run((*one).clone()).has_failed()).count())
    });
    let known = Memo::new(move |_| list.answer.get());
    let is_known = Memo::new(move |_| known.with(Option::is_some));
    let is_empty = Memo::new(move |_| is_known.get() && schedules.with(Vec::is_empty));
    let open = Memo::new(move |_| address.with(|route| route.schedule.clone()));
    let again = Callback::new(move |()| refresh.trigger());
    view! {
        <div class="split" class:has-detail=move || open.with(Option::is_some)>
            <div class="list schedules-list" class:is-slow=list.slow aria-busy=move || list.is_first().to_string()>
                <Problems />
                {move || list.failure.get().map(|failure| view! { <NoSchedules failure=failure again=again /> })}
                {move || runs.failure.get().map(|failure| view! { <FailureNotice failure=failure again=again /> })}
                <Unread count=move || list.answer.with(|list| list.as_ref().map_or(0, |list| list.unread)) one="schedule" many="schedules" />
                {family.filter(|family| family.schedule.is_none()).map(|family| view! { <NotScheduled family=family /> })}
                <Shown when=move || list.is_first() && list.slow.get()>
                    <p class="quiet">"Loading the schedules…"</p>
                </Shown>
                <Shown when=is_known>
                    <Head family=family known=known failed=failed />
                    <Shown when=move || !is_empty.get() fallback=move || view! { <Nothing family=family /> }>
                        <ScheduleTable schedules=schedules last=last />
                    </Shown>
                    <Shown when=is_scheduled>
                        <Coverage family=family shown=shown known=known />
                    </Shown>
                </Shown>
            </div>
            {move || open.get().map(|id| view! {
                <ScheduleDetail id=id known=known last=last runs=runs jobs=jobs waiting=Signal::derive(move || list.is_first()) />
            })}
        </div>
    }
}

/// The number of schedules and of those whose last run has failed, the zone of the times, and the button for a new schedule.
#[component]
fn Head(
    family: Option<&'static Family>,
    known: Memo<Option<Arc<ScheduleList>>>,
    failed: Memo<usize>,
) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let dialog = expect_context::<OpenDialog>();
    let preferences = expect_context::<Preferences>();
    let words = move || known.with(|list| list.as_ref().map(|list| tally(list, family, clock.minute())));
    let can = family.is_none_or(|family| family.schedule.is_some());
    view! {
        <div class="fresh-head">
            <div>
                <p class="fresh-sum" role="note">
                    {words}
                    {move || Some(failed.get()).filter(|failed| *failed > 0).map(|failed| view! {
                        <span class="runs-failed">{[", last run of ", &number(failed as u64), " failed"].concat()}</span>
                    })}
                </p>
                <p class="quiet">{move || ["Next runs in ", &zone_words(preferences.zone())].concat()}</p>
            </div>
            {can.then(|| view! {
                <button
                    type="button"
                    class="button"
                    on:click=move |_| dialog.open_schedule(ScheduleDialog::create(family, Form::default()))
                >
                    "New schedule"
                </button>
            })}
        </div>
    }
}

/// Why there are no schedules to show: an error, or a user or a server without schedules, which is none.
#[component]
fn NoSchedules(failure: Failure, again: Callback<()>) -> impl IntoView {
    let (title, step) = match failure.status() {
        _ if failure.is_page() => return view! { <FailureNotice failure=failure again=again /> }.into_any(),
        Some(403) if failure.is_unlicensed() => (
            "This server has no license for schedules",
            "Whoever manages its licenses can add one. Everything else in the panel works without schedules.",
        ),
        Some(403) => (
            "Your user may not see the schedules of this server",
            "Whoever manages the groups of this domain can allow it. Everything else in the panel works without it.",
        ),
        Some(404 | 405) => (
            "This version of the server has no schedules",
            "Its scheduler is missing, or does not list its configurations. Everything else in the panel works without it.",
        ),
        _ => return view! { <FailureNotice failure=failure again=again /> }.into_any(),
    };
    let (kind, words) = (failure.kind(), failure.words());
    view! {
        <Note>
            <p class="notice-title">{title}<span class="quiet">" · " {kind}</span></p>
            {(!words.is_empty()).then(|| view! { <p class="words" dir="auto">{words}</p> })}
            <p>{step}</p>
            <p>"Which containers are covered by schedules is not known."</p>
            <ToServerCheck />
        </Note>
    }
    .into_any()
}

/// For a family for which no schedule is known.
#[component]
fn NotScheduled(family: &'static Family) -> impl IntoView {
    let words = [
        "No schedule is known that synchronizes ",
        &family.title(),
        ". Start their synchronization by hand.",
    ]
    .concat();
    view! { <Note><p>{words}</p></Note> }
}

#[component]
fn Nothing(family: Option<&'static Family>) -> impl IntoView {
    let title = match family {
        Some(family) => ["No schedule synchronizes ", &family.title()].concat(),
        None => "No schedule synchronizes anything".to_owned(),
    };
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            <p>"What is not scheduled is synchronized only when somebody starts it."</p>
        </div>
    }
}

/// What the schedules cover, family by family.
#[component]
fn Coverage(
    family: Option<&'static Family>,
    shown: Memo<Families>,
    known: Memo<Option<Arc<ScheduleList>>>,
) -> impl IntoView {
    let parts = move || {
        let scheduled = shown.get().0.into_iter();
        scheduled
            .map(|one| view! { <FamilyCoverage family=one list=known heading=family.is_none() /> })
            .collect_view()
    };
    let others = move || {
        let others: Vec<_> = shown.get().1.into_iter().map(Family::title).collect();
        (family.is_none() && !others.is_empty()).then(|| view! {
            <p class="quiet">{["No schedule is known for ", &others.join(", "), ": start these by hand."].concat()}</p>
        })
    };
    let foreign = Memo::new(move |_| {
        known.with(|list| {
            list.iter().flat_map(|list| &list.schedules).filter(|one| family_of(one).is_none()).count()
        })
    });
    view! {
        <section class="coverage" aria-label="Coverage">
            <div class="coverage-head">
                <h2>"Coverage"</h2>
                <DaysChoice />
            </div>
            {parts}
            {others}
            {move || (foreign.get() > 0 && family.is_none()).then(|| view! {
                <p class="quiet">{[
                    &cckm::text::count(foreign.get(), "schedule is", "schedules are"),
                    " of a cloud that the panel does not know.",
                ].concat()}</p>
            })}
        </section>
    }
    .into_any()
}
