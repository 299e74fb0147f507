//! The table of jobs. Each row is drawn once for its key; a refresh changes only the texts that changed.

use super::icon::Icon;
use super::later::{Piece, piece};
use super::outcome::{OutcomeMark, beside, longer, unchanged};
use super::watch::WatchToggle;
use crate::dom::*;
use crate::listing::Rows;
use crate::model::job::Job;
use crate::model::outcome::Outcome;
use crate::panel::panel;
use crate::reactive::*;
use crate::route::Sort;
use crate::summary;
use crate::text;
use crate::time;
use std::sync::Arc;

/// Whether somebody reads the table: it has the focus, or the page is scrolled. Nothing may move then.
pub fn is_read() -> bool {
    let is_inside = |element: web_sys::Element| matches!(element.closest("table.jobs"), Ok(Some(_)));
    document().active_element().is_some_and(is_inside)
        || window().scroll_y().is_ok_and(|scrolled| scrolled > 0.0)
}

/// `first`: nothing has come yet. `slow`: and it takes long enough to be mentioned.
#[component]
pub fn JobTable(
    rows: Memo<Arc<Rows>>,
    with_cloud: bool,
    #[prop(into)] first: Signal<bool>,
    #[prop(into)] slow: Signal<bool>,
    #[prop(into)] sortable: Signal<bool>,
) -> impl IntoView {
    let keys =
        Memo::new(move |_| rows.with(|rows| rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>()));
    let empty = Memo::new(move |_| keys.with(Vec::is_empty));
    let picked = panel().picked;
    view! {
        <Show when=move || picked.with(|picked| !picked.is_empty())>{piece(Piece::Picked)}</Show>
        <div
            class="table-region"
            class:is-first=first
            class:is-empty=move || empty.get() && !first.get()
            class:is-slow=slow
            aria-busy=move || first.get().to_string()
        >
            <table class="jobs" class:with-cloud=with_cloud>
                <caption class="unseen">"Synchronization jobs"</caption>
                <thead>
                    <tr>
                        <th scope="col" class="c-outcome">"Outcome"</th>
                        {with_cloud.then(|| view! { <th scope="col" class="c-cloud">"Cloud"</th> })}
                        <th scope="col" class="c-containers">"Containers"</th>
                        <StartedHeader sortable=sortable fixed=with_cloud />
                        <th scope="col" class="c-duration">"Duration"</th>
                        <th scope="col" class="c-job">"Job"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || keys.get() children=move |key| {
                        view! { <JobRow key=key rows=rows with_cloud=with_cloud /> }
                    } />
                </tbody>
            </table>
        </div>
    }
}

/// The column by which the list is ordered; a press turns the order round.
#[component]
fn StartedHeader(sortable: Signal<bool>, fixed: bool) -> impl IntoView {
    let panel = panel();
    let sort = Memo::new(move |_| panel.address.with(|route| route.sort));
    let is_on = move || sortable.get() && sort.with(|sort| sort.field == Sort::NEWEST.field);
    let order = move || is_on().then(|| if sort.get().descending { "descending" } else { "ascending" });
    let turn = move |_| {
        let route = panel.address.get_untracked();
        let descending = route.sort.field != Sort::NEWEST.field || !route.sort.descending;
        panel.address.go(&route.with_sort(Sort { descending, ..Sort::NEWEST }));
    };
    view! {
        <th scope="col" class="c-started" aria-sort=order>
            {move || {
                if fixed || !sortable.get() {
                    "Started".into_any()
                } else {
                    view! {
                        <button type="button" class="sort" on:click=turn>
                            "Started"
                            <span class="arrow" class:ascending=move || !sort.get().descending class:off=move || !is_on()>
                                <Icon name="down" />
                            </span>
                        </button>
                    }
                    .into_any()
                }
            }}
        </th>
    }
}

#[component]
fn JobRow(key: String, rows: Memo<Arc<Rows>>, with_cloud: bool) -> impl IntoView {
    let panel = panel();
    let Some(row) = rows.with_untracked(|rows| rows.get(&key).cloned()) else { return ().into_any() };
    let family = row.family;
    let id = row.job.id.clone();
    // Its own memo for each row: what did not change is not drawn again. A row that is about to go keeps its last job.
    let job = Memo::new(move |last: Option<&Arc<Job>>| {
        rows.with(|rows| rows.get(&key).map(|row| row.job.clone()))
            .or_else(|| last.cloned())
            .unwrap_or_else(|| row.job.clone())
    });
    let outcome = Memo::new(move |_| job.with(|job| job.outcome()));
    let beside = Memo::new(move |_| job.with(|job| beside(family, job)));
    let summary = Memo::new(move |_| {
        let directory = panel.directories.get(family.containers);
        job.with(|job| summary::of(family, job, directory.as_deref()))
    });
    let started = Memo::new(move |_| job.with(|job| job.created));
    let ago = move || started.get().map(|at| time::ago(panel.clock.minute(), at));
    let started_at = move || started.get().map(time::local);
    let changed_at = move || {
        let (ended, updated) = job.with(|job| (job.completed, job.updated));
        let (word, at) = if ended.is_some() { ("Ended ", ended) } else { ("Updated ", updated) };
        at.map(|at| [word, &time::local(at)].concat())
    };
    let duration = move || {
        let now = if outcome.get().is_running() { panel.clock.second() } else { crate::clock::now() };
        job.with(|job| job.lasted(now)).map(time::duration)
    };
    let runs = Memo::new(move |_| outcome.get().is_running());
    let still =
        Memo::new(
            move |_| {
                if runs.get() { job.with(|job| unchanged(job, panel.clock.minute())) } else { None }
            },
        );
    let longer = Memo::new(move |_| job.with(|job| longer(family, job)));
    let is_open = {
        let id = id.clone();
        Memo::new(move |_| {
            panel
                .address
                .with(|route| route.job.as_ref().is_some_and(|(open, job)| *open == family && *job == id))
        })
    };
    let watch_id = id.clone();
    let href = {
        let id = id.clone();
        move || panel.address.with(|route| route.with_job(family, &id).hash())
    };
    let mine = id.clone();
    let pick = move || {
        (outcome.get() == Outcome::InProgress).then(|| {
            view! {
                <label class="pick">
                    <input
                        type="checkbox"
                        aria-label=["Select job ", &mine].concat()
                        prop:checked=move || job.with(|job| panel.is_picked(family, job))
                        on:change=move |_| panel.pick(family, job.get_untracked())
                    />
                </label>
            }
        })
    };
    view! {
        <tr class:open=is_open data-outcome=move || outcome.get().class()>
            <td class="c-outcome" title=changed_at>
                {pick}
                {move || view! { <OutcomeMark outcome=outcome.get() /> }}
                <span class="beside">{move || beside.get()}</span>
                {move || still.get().map(|still| view! { <span class="beside still">{still}</span> })}
            </td>
            {with_cloud.then(|| view! { <td class="c-cloud">{family.cloud} " " <span class="quiet">{family.scope}</span></td> })}
            <td class="c-containers" title=move || summary.with(|summary| summary.whole.clone())>
                <bdi>{move || summary.with(|summary| summary.short.clone())}</bdi>
                {move || {
                    let more = summary.with(|summary| summary.more);
                    (more > 0).then(|| view! { <span class="more">{format!("+{more}")}</span> })
                }}
            </td>
            <td class="c-started" title=started_at>{ago}</td>
            <td class="c-duration" title=move || longer.get().map(|(_, words)| words)>
                {duration}
                {move || longer.get().map(|(times, _)| view! { " " <span class="more">{times}<span class="unseen">" longer than usual"</span></span> })}
            </td>
            <td class="c-job">
                <a href=href title=id.clone() aria-label=id.clone() aria-current=move || is_open.get().then_some("true")>
                    <code>{text::short(&id)}</code>
                </a>
                <Show when=move || runs.get()>
                    <WatchToggle family=family id=watch_id.clone() job=job class="watch" />
                </Show>
            </td>
        </tr>
    }
    .into_any()
}
