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
    let source = Source { grid, clock: expect_context(), preferences, days: days() };
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
            <Keyed keys=keys item=Callback::new(move |key| tile(key, source)) />
        </ul>
        <div class="table-region">
            <table class="fresh-table" aria-label="Freshness by container">
                <Shown when=move || portion.is_part()>
                    <caption class="unseen">{shown}</caption>
                </Shown>
                <thead>
                    <tr>
                        <th scope="col">{text::capital(family.containers.one)}</th>
                        {family.regions.map(|_| view! { <th scope="col">"Region"</th> })}
                        <th scope="col">"Last good synchronization"<span class="zone">{move || [", ", &zone_words(preferences.zone())].concat()}</span></th>
                        <th scope="col">"Age"</th>
                        <th scope="col">"Since then"</th>
                    </tr>
                </thead>
                <tbody>
                    <Keyed keys=keys item=Callback::new(move |key| line(key, family, source)) />
                </tbody>
            </table>
        </div>
    }
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

fn title(cell: &Cell, age: &str, times: &TimeFormat) -> String {
    let Cell { good, failed, .. } = cell;
    let (label, region): (&str, &str) = (&cell.label, &cell.region);
    let place = if region.is_empty() { label.to_string() } else { [label, " · ", region].concat() };
    let good = match good {
        Some(good) => ["synchronized ", age, " ago, ", &times.zoned(good.at)].concat(),
        None if age == "never" => "never synchronized".to_owned(),
        None if age == UNKNOWN => "whether it was synchronized is not known".to_owned(),
        None => ["no good synchronization found, ", age].concat(),
    };
    let failed =
        failed.as_ref().map_or_else(String::new, |failed| [", failed ", &times.zoned(failed.at)].concat());
    [place, ": ".to_owned(), good, failed].concat()
}

/// What a cell is drawn from.
struct Seen<'a> {
    grid: &'a Grid,
    cell: &'a Cell,
    now: Stamp,
    class: &'static str,
    /// The age, such as "3 d 4 h", or the reason why it is unknown.
    age: String,
    times: TimeFormat,
}

/// What all cells are drawn from.
#[derive(Clone, Copy)]
struct Source {
    grid: Shown,
    clock: Clock,
    preferences: Preferences,
    days: Memo<u64>,
}

impl Source {
    /// Draws the cell `key` as one block, whose texts and attributes change in place: with a block for each of them, a
    /// portion would have thousands. A cell that is about to be removed is drawn no more.
    fn block<V: IntoView + 'static>(
        self,
        key: String,
        draw: impl Fn(Seen) -> V + Send + Sync + 'static,
    ) -> AnyView {
        let view = move || {
            let (now, days, times) = (self.clock.minute(), self.days.get(), self.preferences.times());
            self.grid.with(|grid| {
                let grid = grid.as_deref()?;
                let cell = grid.get(&key)?;
                let (class, age) = aged(grid, cell, now, days, &times);
                Some(draw(Seen { grid, cell, now, class, age, times }))
            })
        };
        view.into_any()
    }
}

fn tile(key: String, source: Source) -> AnyView {
    source.block(key, |Seen { cell, class, age, times, .. }| {
        let title = title(cell, &age, &times);
        view! {
            <li class=["tile ", class].concat() title=title>
                <bdi class="tile-name">{brief(&cell.label)}</bdi>
                <span class="tile-region">{cell.region.to_string()}</span>
                <span class="tile-age">
                    {age}
                    {cell.failed.is_some().then(|| view! {
                        <span class="tile-failed"><Icon name="failed" /><span class="unseen">" failed since"</span></span>
                    })}
                </span>
            </li>
        }
    })
}

fn line(key: String, family: &'static Family, source: Source) -> AnyView {
    source.block(key, move |Seen { grid, cell, now, class, age, times }| {
        let good = match &cell.good {
            Some(job) => when(family, job, &times),
            None => view! { <span class="quiet">{nothing_good(grid)}</span> }.into_any(),
        };
        let failed = cell.failed.as_ref().map(|job| {
            view! { {link(family, job, "failed".to_owned())} " " {times.ago(now, job.at)} }
        });
        view! {
            <tr>
                <th scope="row" title=cell.id.to_string()><bdi>{cell.label.to_string()}</bdi></th>
                {family.regions.map(|_| view! { <td class="f-region">{cell.region.to_string()}</td> })}
                <td class="f-good">{good}</td>
                <td class="f-age"><span class=["swatch ", class].concat() aria-hidden="true"></span>{age}</td>
                <td class="f-failed">{failed}</td>
            </tr>
        }
    })
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
