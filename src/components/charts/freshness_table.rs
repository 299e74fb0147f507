//! The cells of the view Freshness: each is a tile of the chart and a row of the table.

use crate::clock::Clock;
use crate::clock::locale::zone_words;
use crate::components::charts::days_choice::days;
use crate::components::controls::icon::Icon;
use crate::components::controls::portion::{ITEMS, Portion, PortionPager};
use crate::components::controls::shown::{Keyed, Shown};
use crate::routing::route;
use crate::state::preferences::Preferences;
use cckm::family::Family;
use cckm::freshness::{Cell, Grid, JobRef, State};
use cckm::text;
use cckm::time::{self, Stamp, TimeFormat};
use leptos::prelude::*;
use std::sync::Arc;

/// The grid that the view shows; `None` until it is known.
pub type Shown = Memo<Option<Arc<Grid>>>;

/// The chart and the table, the oldest synchronization first. Of a long list, one portion is rendered.
#[component]
pub fn Cells(family: &'static Family, grid: Shown) -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let all = Memo::new(move |_| grid.with(|grid| grid.as_ref().map_or(0, |grid| grid.cells.len())));
    let portion = Portion::new(all);
    let shown = Memo::new(move |_| [&portion.range(), ", the oldest first"].concat());
    let keys = Memo::new(move |_| {
        let first = portion.first();
        grid.with(|grid| {
            let cells = grid.iter().flat_map(|grid| &grid.cells);
            cells.skip(first).take(ITEMS).map(Cell::key).collect::<Vec<_>>()
        })
    });
    view! {
        <PortionPager portion=portion many=family.containers.many words=shown />
        <ul class="heat" aria-label="Containers by age">
            <Keyed keys=keys item=Callback::new(move |key| view! { <Tile key=key grid=grid /> }.into_any()) />
        </ul>
        <div class="table-region">
            <table class="fresh-table" aria-label="Freshness by container">
                <Shown when=move || portion.is_part()>
                    <caption class="unseen">{shown}</caption>
                </Shown>
                <thead>
                    <tr>
                        <th scope="col">{family.containers.title}</th>
                        {family.regions.map(|_| view! { <th scope="col">"Region"</th> })}
                        <th scope="col">"Last good synchronization"<span class="zone">{move || [", ", &zone_words(preferences.zone())].concat()}</span></th>
                        <th scope="col">"Age"</th>
                        <th scope="col">"Since then"</th>
                    </tr>
                </thead>
                <tbody>
                    <Keyed keys=keys item=Callback::new(move |key| {
                        view! { <Line key=key family=family grid=grid /> }.into_any()
                    }) />
                </tbody>
            </table>
        </div>
    }
}

/// A cell as it is shown. A cell that is about to be removed keeps its last text.
#[derive(Clone, PartialEq)]
struct ShownCell {
    cell: Cell,
    class: &'static str,
    /// The age, such as "3 d 4 h", or the reason why it is unknown.
    age: String,
}

fn shown_cell(key: String, grid: Shown) -> Memo<Option<ShownCell>> {
    let (clock, preferences, days) = (expect_context::<Clock>(), expect_context::<Preferences>(), days());
    Memo::new(move |last: Option<&Option<ShownCell>>| {
        let (now, days) = (clock.minute(), days.get());
        grid.with(|grid| {
            let grid = grid.as_ref()?;
            let cell = grid.get(&key)?.clone();
            let (class, age) = aged(grid, &cell, now, days, &preferences.times());
            Some(ShownCell { cell, class, age })
        })
        .or_else(|| last.cloned().flatten())
    })
}

/// The age of a container that occurs in none of the sampled jobs, although other jobs may contain it.
const UNKNOWN: &str = "not known";

/// The CSS class of the step of the scale, and the age as text.
pub fn aged(grid: &Grid, cell: &Cell, now: Stamp, days: u64, times: &TimeFormat) -> (&'static str, String) {
    let Some(good) = &cell.good else {
        if grid.sample {
            return ("not-seen", UNKNOWN.to_owned());
        }
        let class = if grid.is_out(cell, now, days) { "never" } else { "not-seen" };
        return match grid.back.filter(|_| grid.state(cell, now, days) == State::Unseen) {
            // The only known limit of its age is how far back the view has looked.
            Some(back) => (class, ["not since ", &times.day(now, back)].concat()),
            None => (class, "never".to_owned()),
        };
    };
    // In whole minutes, because seconds would only flicker.
    let age = (now.millis() - good.at.millis()).max(0);
    let limit = (days as i64).saturating_mul(86_400_000).max(1);
    let words = if age < 60_000 { "just now".to_owned() } else { time::duration(age - age % 60_000) };
    if grid.state(cell, now, days) == State::Unseen {
        // The jobs that were not looked at may contain a newer synchronization.
        return ("not-seen", ["at most ", &words].concat());
    }
    let class = match age.saturating_mul(3) / limit {
        0 => "age-1",
        1 => "age-2",
        2 => "age-3",
        3..9 => "age-4",
        _ => "age-5",
    };
    (class, words)
}

fn title(shown: &ShownCell, times: &TimeFormat) -> String {
    let Cell { label, region, good, failed, .. } = &shown.cell;
    let place = if region.is_empty() { label.clone() } else { [label, " · ", region].concat() };
    let good = match good {
        Some(good) => ["synchronized ", &shown.age, " ago, ", &times.zoned(good.at)].concat(),
        None if shown.age == "never" => "never synchronized".to_owned(),
        None if shown.age == UNKNOWN => "whether it was synchronized is not known".to_owned(),
        None => ["no good synchronization found, ", &shown.age].concat(),
    };
    let failed =
        failed.as_ref().map_or_else(String::new, |failed| [", failed ", &times.zoned(failed.at)].concat());
    [place, ": ".to_owned(), good, failed].concat()
}

#[component]
fn Tile(key: String, grid: Shown) -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let shown = shown_cell(key, grid);
    let read = move |read: fn(&ShownCell) -> String| shown.with(|shown| shown.as_ref().map(read));
    let class = move || shown.with(|shown| shown.as_ref().map_or("", |shown| shown.class)).to_owned();
    let failed = Memo::new(move |_| {
        shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.cell.failed.is_some()))
    });
    view! {
        <li class=move || ["tile ", &class()].concat() title=move || shown.with(|shown| shown.as_ref().map(|shown| title(shown, &preferences.times())))>
            <bdi class="tile-name">{move || read(|shown| brief(&shown.cell.label))}</bdi>
            <span class="tile-region">{move || read(|shown| shown.cell.region.clone())}</span>
            <span class="tile-age">
                {move || read(|shown| shown.age.clone())}
                <Shown when=failed>
                    <span class="tile-failed"><Icon name="failed" /><span class="unseen">" failed since"</span></span>
                </Shown>
            </span>
        </li>
    }
}

#[component]
fn Line(key: String, family: &'static Family, grid: Shown) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let preferences = expect_context::<Preferences>();
    let shown = shown_cell(key, grid);
    let read = move |read: fn(&ShownCell) -> String| shown.with(|shown| shown.as_ref().map(read));
    let good =
        Memo::new(move |_| shown.with(|shown| shown.as_ref().and_then(|shown| shown.cell.good.clone())));
    let failed =
        Memo::new(move |_| shown.with(|shown| shown.as_ref().and_then(|shown| shown.cell.failed.clone())));
    let class = move || shown.with(|shown| shown.as_ref().map_or("", |shown| shown.class)).to_owned();
    view! {
        <tr>
            <th scope="row" title=move || read(|shown| shown.cell.id.clone())><bdi>{move || read(|shown| shown.cell.label.clone())}</bdi></th>
            {family.regions.map(|_| view! { <td class="f-region">{move || read(|shown| shown.cell.region.clone())}</td> })}
            <td class="f-good">{move || match good.get() {
                Some(job) => when(family, &job, &preferences.times()),
                None => view! { <span class="quiet">{move || grid.with(|grid| grid.as_ref().map(|grid| nothing_good(grid)))}</span> }.into_any(),
            }}</td>
            <td class="f-age"><span class=move || ["swatch ", &class()].concat() aria-hidden="true"></span>{move || read(|shown| shown.age.clone())}</td>
            <td class="f-failed">{move || failed.get().map(|job| {
                let at = job.at;
                view! { {link(family, &job, "failed".to_owned())} " " {move || preferences.times().ago(clock.minute(), at)} }
            })}</td>
        </tr>
    }
}

/// Shown if no successful synchronization is known: how many jobs were looked at.
pub fn nothing_good(grid: &Grid) -> String {
    let jobs = text::count(grid.looked, "job", "jobs");
    match grid.back {
        _ if grid.sample => ["None in the ", &jobs, " looked at"].concat(),
        None => "None".to_owned(),
        Some(_) => ["None in the last ", &jobs].concat(),
    }
}

/// The time of the job `job` as a link, in a column whose heading names the zone.
pub fn when(family: &'static Family, job: &JobRef, times: &TimeFormat) -> AnyView {
    let iso = times.iso(job.at);
    let time = view! { <time datetime=iso.clone() title=iso>{times.full(job.at)}</time> };
    let href = route::Route::of(family).with_job(family, &job.id).hash();
    view! { <a href=href>{time}</a> }.into_any()
}

/// A link that opens the job `job` in its family's list.
fn link(family: &'static Family, job: &JobRef, words: String) -> AnyView {
    let href = route::Route::of(family).with_job(family, &job.id).hash();
    view! { <a href=href title=job.id.clone()>{words}</a> }.into_any()
}

/// The last segment of a resource path, which is the part that people chose.
fn brief(label: &str) -> String {
    text::middle(label.rsplit('/').find(|word| !word.is_empty()).unwrap_or(label), 32)
}
