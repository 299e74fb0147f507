//! A row of the job table: a slot that shows one job after another and keeps its DOM elements.

use crate::clock::Clock;
use crate::components::controls::icon;
use crate::components::job_table::row_text::{Facts, JobRowText, Mark, duration};
use crate::components::start::watch::WatchToggle;
use crate::routing::route::JobLinks;
use crate::state::rows::Row;
use crate::state::selection::Selection;
use cckm::family::Family;
use cckm::job::Job;
use cckm::outcome::Outcome;
use cckm::text;
use leptos::prelude::*;
use std::sync::Arc;

/// The content of a slot, in signals by what changes together. DOM nodes whose content has not changed are left
/// alone.
///
/// The signals are reference-counted, because slots are created in an effect, whose reactive owner is disposed of
/// when it runs again.
#[derive(Clone, Default)]
pub struct Slot {
    pub(super) mark: ArcRwSignal<Mark>,
    pub(super) facts: ArcRwSignal<Facts>,
    pub(super) link: ArcRwSignal<Link>,
    pub(super) live: ArcRwSignal<Option<LiveJob>>,
}

/// The link to the job.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Link {
    id: String,
    href: String,
    is_open: bool,
}

/// A running job. The controls in its row are created anew for each job, so that a press never reaches another one.
#[derive(Clone)]
pub struct LiveJob {
    key: String,
    pub(super) family: &'static Family,
    pub(super) job: ArcRwSignal<Arc<Job>>,
}

/// Notifies subscribers only if the value has changed.
fn set<T: PartialEq + Send + Sync + 'static>(signal: &ArcRwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}

impl Slot {
    /// Shows the job of `row`. `cells` are its texts.
    pub fn show(&self, row: &Row, cells: JobRowText) {
        let runs = cells.mark.outcome.is_running();
        set(&self.mark, cells.mark);
        set(&self.facts, cells.facts);
        let same = self.live.with_untracked(|live| match live {
            Some(live) if runs && live.key == row.key => {
                set(&live.job, row.job.clone());
                true
            }
            Some(_) => false,
            None => !runs,
        });
        if !same {
            let live = || LiveJob {
                key: row.key.clone(),
                family: row.family,
                job: ArcRwSignal::new(row.job.clone()),
            };
            self.live.set(runs.then(live));
        }
    }

    /// Links to the job of `row`, and marks the row as current if `open` is that job.
    pub fn lead(&self, row: &Row, links: &JobLinks, open: Option<&(&'static Family, String)>) {
        let id = &row.job.id;
        let is_open = open.is_some_and(|(family, open)| *family == row.family && open == id);
        set(&self.link, Link { id: id.clone(), href: links.to(id), is_open });
    }
}

/// The row of the slot `shown` with the standard columns: three reactive blocks, and those of a running job.
#[component]
pub fn JobRow(shown: Slot, with_cloud: bool) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let Slot { mark, facts, link, live } = shown;
    let running = live.clone();
    view! {
        <tr role="row">
            {outcome_cell(mark, live.clone())}
            {move || {
                let lasted = running.get().map(|live| live.job.with(|job| duration(job, clock.second())));
                facts.with(|facts| draw_facts(facts, with_cloud, lasted))
            }}
            {job_cell(link, live)}
        </tr>
    }
}

/// The cell **Outcome**, with the checkbox of a running job.
pub(super) fn outcome_cell(mark: ArcRwSignal<Mark>, live: ArcRwSignal<Option<LiveJob>>) -> impl IntoView {
    view! {
        <td role="cell" class="c-outcome">
            {move || live.get().map(|live| view! { <Pick live=live /> })}
            {move || mark.with(draw_mark)}
        </td>
    }
}

/// The cell **Job**, with the bell of a running job.
pub(super) fn job_cell(link: ArcRwSignal<Link>, live: ArcRwSignal<Option<LiveJob>>) -> impl IntoView {
    view! {
        <td role="cell" class="c-job">
            {move || link.with(draw_link)}
            {move || live.get().map(|LiveJob { family, job, .. }| {
                let id = job.with_untracked(|job| job.id.clone());
                view! { <WatchToggle family=family id=id job=job class="watch" /> }
            })}
        </td>
    }
}

pub(super) fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn draw_mark(mark: &Mark) -> impl IntoView + use<> {
    let outcome = mark.outcome;
    view! {
        <span class=["outcome ", outcome.class()].concat() title=filled(&mark.changed)>
            <svg class="icon" aria-hidden="true" width="16" height="16" viewBox="0 0 16 16">
                <path d=icon::path(outcome.class())></path>
            </svg>
            <span class="word">{outcome.word()}</span>
        </span>
        {filled(&mark.detail).map(|beside| view! { <span class="beside">{beside}</span> })}
        {filled(&mark.still).map(|still| view! { <span class="beside still">{still}</span> })}
    }
}

fn draw_facts(facts: &Facts, with_cloud: bool, lasted: Option<String>) -> impl IntoView + use<> {
    view! {
        {with_cloud.then(|| view! {
            <td role="cell" class="c-cloud">{[facts.cloud, " "].concat()}<span class="quiet">{facts.scope}</span></td>
        })}
        <td role="cell" class="c-containers" title=filled(&facts.containers.whole)>
            <bdi>{facts.containers.short.clone()}</bdi>
            {filled(&facts.more).map(|more| view! { <span class="more">{more}</span> })}
        </td>
        <td role="cell" class="c-started" title=filled(&facts.started_at)>{facts.started.clone()}</td>
        <td role="cell" class="c-duration" title=filled(&facts.longer)>
            {lasted.unwrap_or_else(|| facts.duration.clone())}
            {filled(&facts.times).map(|times| view! {
                " "<span class="more">{times}<span class="unseen">" longer than usual"</span></span>
            })}
        </td>
    }
}

fn draw_link(link: &Link) -> impl IntoView + use<> {
    view! {
        // Not draggable, so that its text can be selected.
        <a
            draggable="false"
            href=link.href.clone()
            title=link.id.clone()
            aria-label=link.id.clone()
            aria-current=link.is_open.then_some("true")
        >
            <code>{text::short(&link.id)}</code>
        </a>
    }
}

/// The checkbox that selects a running job. It is shown while the job can be cancelled.
#[component]
pub fn Pick(live: LiveJob) -> impl IntoView {
    let selection = expect_context::<Selection>();
    let LiveJob { family, job, .. } = live;
    let label = job.with_untracked(|job| ["Select job ", &job.id].concat());
    let outcome = job.clone();
    let can_be = Memo::new(move |_| outcome.with(|job| job.outcome()) == Outcome::InProgress);
    move || {
        let (label, shown, pressed) = (label.clone(), job.clone(), job.clone());
        can_be.get().then(|| {
            view! {
                <label class="pick">
                    <input
                        type="checkbox"
                        aria-label=label
                        prop:checked=move || shown.with(|job| selection.has(family, &job.id))
                        on:change=move |_| selection.toggle(family, pressed.get_untracked())
                    />
                </label>
            }
        })
    }
}
