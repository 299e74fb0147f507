//! The screen of the containers that are out of date, in all clouds. **Freshness** shows all containers of a cloud.

use crate::clock::Clock;
use crate::clock::locale::zone_words;
use crate::components::charts::days_choice::{DaysChoice, days};
use crate::components::charts::freshness_table::{aged, nothing_good, when};
use crate::components::controls::notice::Problems;
use crate::components::controls::refresh::Refresh;
use crate::components::controls::shown::Shown;
use crate::components::job_table::load_more::LoadMore;
use crate::components::page::cloud_failures::CloudFailures;
use crate::pages::freshness::STEPS;
use crate::routing::address::Address;
use crate::routing::route::{Route, View};
use crate::state::containers::{ContainerLists, ListStatus};
use crate::state::family_jobs::Part;
use crate::state::feed::{Feed, Question};
use crate::state::preferences::Preferences;
use crate::state::refresh_trigger::RefreshTrigger;
use cckm::family::Family;
use cckm::freshness::{Cell, Grid, grid};
use cckm::text;
use cckm::time::TimeFormat;
use leptos::prelude::*;
use std::sync::Arc;

/// How many containers are listed. Freshness has the others.
const LISTED: usize = 200;

/// What is known about one family's containers.
#[derive(Clone, PartialEq)]
enum State {
    Waiting,
    /// The jobs of the family could not be loaded.
    Silent,
    /// The server does not have the optional family.
    Absent,
    /// The grid, and whether all of its jobs and containers could be read.
    Known(Arc<Grid>, bool),
}

/// A container that is out of date, as it is shown.
#[derive(Clone, PartialEq)]
struct Line {
    family: &'static Family,
    cell: Cell,
    class: &'static str,
    age: String,
    /// Shown if no good synchronization is known.
    none: String,
}

#[component]
pub fn Outdated() -> impl IntoView {
    let address = expect_context::<Address>();
    let clock = expect_context::<Clock>();
    let containers = expect_context::<ContainerLists>();
    let preferences = expect_context::<Preferences>();
    let refresh = expect_context::<RefreshTrigger>();
    let days = days();
    let question = Memo::new(move |last: Option<&Question>| {
        let (depth, here) = address.with(|route| (route.depth, route.view == View::Outdated));
        match last {
            // While the address changes to another view, this screen sends no new request.
            Some(last) if !here => last.clone(),
            _ => Question::newest(depth * STEPS, refresh.count()),
        }
    });
    let feed = Feed::new(|| false, move || question.get());
    let found: Vec<_> = feed.each().into_iter().map(|part| known(part, containers)).collect();
    let found = StoredValue::new(found);
    let all = move || {
        found.with_value(|found| {
            let all = found.iter().map(|(family, state)| (*family, state.get()));
            all.filter(|(_, state)| *state != State::Absent).collect::<Vec<_>>()
        })
    };
    let lines = Memo::new(move |_| {
        let (now, days, times) = (clock.minute(), days.get(), preferences.times());
        let mut lines: Vec<Line> = Vec::new();
        for (family, state) in all() {
            let State::Known(grid, _) = state else { continue };
            lines.extend(grid.cells.iter().filter(|cell| grid.is_out(cell, now, days)).map(|cell| {
                let (class, age) = aged(&grid, cell, now, days, &times);
                Line { family, cell: cell.clone(), class, age, none: nothing_good(&grid) }
            }));
        }
        lines.sort_by_key(|line| line.cell.good.as_ref().map(|good| good.at));
        lines
    });
    let waiting = Memo::new(move |_| all().iter().any(|(_, state)| *state == State::Waiting));
    let empty = Memo::new(move |_| !waiting.get() && lines.with(Vec::is_empty));
    let none_exist = Memo::new(move |_| {
        all().iter().all(|(_, state)| matches!(state, State::Known(grid, true) if grid.cells.is_empty()))
    });
    let sure = Memo::new(move |_| {
        let (now, days) = (clock.minute(), days.get());
        all().iter().all(|(family, state)| match state {
            State::Known(grid, is_read) => {
                let listed = matches!(containers.status(family.containers), ListStatus::Ready(_));
                listed && *is_read && !grid.sample && grid.tally(now, days).unseen == 0
            }
            _ => false,
        })
    });
    let more = Memo::new(move |_| {
        all().iter().any(|(_, state)| matches!(state, State::Known(grid, _) if grid.back.is_some()))
    });
    view! {
        <section class="screen">
            <div class="head">
                <h1>"Out of date"</h1>
                <div class="tools">
                    <Refresh />
                </div>
            </div>
            <Problems />
            <CloudFailures feed=feed />
            <section class="freshness" aria-label="Out of date" aria-busy=move || waiting.get().to_string()>
                <div class="fresh-head">
                    <div>
                        <p class="fresh-sum" role="note">{move || {
                            let count = lines.with(Vec::len);
                            let words = [&text::count(count, "container is", "containers are"), " out of date"].concat();
                            if waiting.get() { [&words, " so far"].concat() } else { words }
                        }}</p>
                        <p class="quiet">"A container counts by its last good synchronization; where it has regions, each of them counts."</p>
                    </div>
                    <DaysChoice />
                </div>
                <ul class="outdated-clouds" aria-label="By cloud">
                    {move || all().into_iter().map(|(family, state)| view! { <Cloud family=family state=state /> }).collect_view()}
                </ul>
                <Shown when=move || lines.with(|lines| !lines.is_empty())>
                    <div class="table-region">
                        <table class="fresh-table outdated" aria-label="Containers out of date">
                            <thead>
                                <tr>
                                    <th scope="col">"Container"</th>
                                    <th scope="col">"Cloud"</th>
                                    <th scope="col">"Region"</th>
                                    <th scope="col">"Last good synchronization"<span class="zone">{move || [", ", &zone_words(preferences.zone())].concat()}</span></th>
                                    <th scope="col">"Age"</th>
                                </tr>
                            </thead>
                            <tbody>{move || {
                                let times = preferences.times();
                                lines.with(|lines| lines.iter().take(LISTED).map(|line| row(line, &times)).collect_view())
                            }}</tbody>
                        </table>
                    </div>
                </Shown>
                <Shown when=empty>
                    <div class="empty calm">
                        <p class="empty-title">{move || match (sure.get(), none_exist.get()) {
                            (true, true) => "There are no containers",
                            (true, false) => "Nothing is out of date",
                            (false, _) => "Nothing is known to be out of date",
                        }}</p>
                        <p>{move || if sure.get() { "" } else { "Not everything could be looked at: see above, cloud by cloud." }}</p>
                    </div>
                </Shown>
                <div class="pager">
                    <span class="range">{move || {
                        let count = lines.with(Vec::len);
                        (count > LISTED).then(|| format!("The first {LISTED} of {count}; Freshness of each cloud shows all."))
                    }}</span>
                    <LoadMore more=more />
                </div>
            </section>
        </section>
    }
}

/// The family of `part`, and what is known about its containers.
fn known(part: RwSignal<Part>, containers: ContainerLists) -> (&'static Family, Memo<State>) {
    let family = part.with_untracked(|part| part.family);
    let list = family.containers;
    containers.follow(list);
    let state = Memo::new(move |_| {
        let loading = matches!(containers.status(list), ListStatus::NotRequested | ListStatus::Loading);
        part.with(|part| {
            if part.absent {
                return State::Absent;
            }
            if part.waiting && part.failure.is_none() || loading && part.failure.is_none() {
                return State::Waiting;
            }
            if part.failure.is_some() {
                return State::Silent;
            }
            let directory = containers.get(list);
            let grid = grid(family, &part.jobs, directory.as_deref(), part.horizon());
            let is_read = part.unread == 0 && directory.is_none_or(|directory| directory.unread == 0);
            State::Known(Arc::new(grid.of_sample(part.is_sample())), is_read)
        })
    });
    (family, state)
}

/// What is known about a family, as a link to its Freshness.
#[component]
fn Cloud(family: &'static Family, state: State) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let days = days();
    let href = move || Route::new(View::Freshness(family)).with_days(days.get()).hash();
    let words = move || match &state {
        State::Waiting => "looking…".to_owned(),
        State::Silent | State::Absent => "could not be looked at".to_owned(),
        State::Known(grid, true) if grid.cells.is_empty() => ["no ", family.containers.many].concat(),
        State::Known(grid, is_read) => {
            let what = if family.regions.is_some() { "" } else { family.containers.many };
            let words = grid.words(grid.tally(clock.minute(), days.get()), what);
            if *is_read { words } else { [&words, ", some of the server's list cannot be read"].concat() }
        }
    };
    view! { <li><a href=href>{family.title()}</a><span class="quiet">{words}</span></li> }
}

fn row(line: &Line, times: &TimeFormat) -> impl IntoView + use<> {
    let Line { family, cell, class, age, none } = line.clone();
    let good = match cell.good {
        Some(told) => when(family, &told, times),
        None => view! { <span class="quiet">{none}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row" title=cell.id.to_string()><bdi>{cell.label.to_string()}</bdi></th>
            <td class="f-cloud">{family.title()}</td>
            <td class="f-region">{cell.region.to_string()}</td>
            <td class="f-good">{good}</td>
            <td class="f-age"><span class=["swatch ", class].concat() aria-hidden="true"></span>{age}</td>
        </tr>
    }
}
