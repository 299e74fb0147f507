//! How old the last good synchronization of each container of a family is: as a picture, and as a table of the same.

use crate::ask::ask;
use crate::directories::Known;
use crate::dom::*;
use crate::families::Family;
use crate::feed::{self, Part, Question};
use crate::freshness::{Cell, Grid, State, Told, grid};
use crate::panel::{Starting, panel};
use crate::pulse::Pulse;
use crate::reactive::*;
use crate::refresh::Need;
use crate::route;
use crate::start::Form;
use crate::text;
use crate::time::{self, Stamp};
use crate::view::parts::deeper::Deeper;
use crate::view::parts::icon::Icon;
use crate::view::parts::notice::{FailureNotice, Problems, Unread};
use std::sync::Arc;

/// How many steps of [`crate::route::DEPTH_ROWS`] one step of this view's depth is.
const STEPS: u64 = 4;
/// How many containers are drawn, and how many more at each wish.
const DRAWN: usize = 200;
/// What a person can choose as the age from which a container counts as out of date, in days.
const DAYS: [u64; 6] = [1, 3, 7, 14, 30, 90];

#[component]
pub fn Freshness(family: &'static Family) -> impl IntoView {
    let panel = panel();
    let list = family.containers;
    panel.directories.need(list);
    let pulse = Pulse::new(panel.live, 1);
    let asked = ask(
        pulse,
        move || {
            let (here, depth) =
                panel.address.with(|route| (route.view == route::View::Freshness(family), route.depth));
            here.then(|| (depth, panel.tick()))
        },
        move |(depth, tick), last: Option<Arc<Part>>| async move {
            let question = Question::newest(depth * STEPS, tick);
            let unasked = Part::unasked(family);
            let found = feed::newest(panel.session, panel.manners, &unasked, &question, || false).await;
            let part = found.inspect_err(|failure| panel.latest.fail(family, failure))?;
            panel.latest.learn(family, &part.jobs, part.total);
            Ok((!last.is_some_and(|last| last.is_same(&part))).then(|| Arc::new(part)))
        },
    );
    Effect::new(move |_| {
        let runs = asked.answer.with(|part| part.as_ref().is_some_and(|part| part.is_running()));
        // A deeper look is too much to ask for every few seconds.
        pulse.needs(0, Need::of(runs && panel.address.with(|route| route.depth == 1)));
    });
    let loading =
        Memo::new(move |_| matches!(panel.directories.known(list), Known::Unasked | Known::Loading));
    let refused = Memo::new(move |_| matches!(panel.directories.known(list), Known::Failed(_)));
    let failed = Memo::new(move |_| asked.failure.with(Option::is_some));
    // `None` until both lists are there, or are known not to come.
    let grid = Memo::new_with_compare(
        move |_| {
            let part = asked.answer.get().filter(|_| !loading.get())?;
            let directory = panel.directories.get(list);
            Some(Arc::new(grid(family, &part.jobs, directory.as_deref(), part.horizon())))
        },
        |old, new| old != new,
    );
    let known = Memo::new(move |_| grid.with(Option::is_some));
    let more = Memo::new(move |_| grid.with(|grid| grid.as_ref().is_some_and(|grid| grid.back.is_some())));
    let empty = Memo::new(move |_| grid.with(|grid| grid.as_ref().is_some_and(|grid| grid.cells.is_empty())));
    let waiting =
        Memo::new(move |_| !known.get() && (asked.is_first() || asked.failure.with(Option::is_none)));
    view! {
        <Problems />
        {move || asked.failure.get().map(|failure| {
            view! { <FailureNotice failure=failure again=Callback::new(move |()| panel.refresh()) /> }
        })}
        <Unread count=move || asked.answer.with(|part| part.as_ref().map_or(0, |part| part.unread)) one="job" many="jobs" />
        <Unread count=move || panel.directories.get(list).map_or(0, |all| all.unread) one=list.one many=list.many />
        {move || match panel.directories.known(list) {
            Known::Failed(failure) => {
                let again = Callback::new(move |()| panel.directories.again(list));
                let left = ["Without their list, ", list.many, " that no job names are missing below."].concat();
                view! {
                    <FailureNotice failure=failure again=again />
                    <p class="quiet">{left}</p>
                }
            }
            _ => View::None,
        }}
        <section class="freshness" aria-label="Freshness" class:is-slow=asked.slow aria-busy=move || waiting.get().to_string()>
            <Show when=move || waiting.get() && asked.slow.get()>
                <p class="quiet">"Loading…"</p>
            </Show>
            <Show when=move || known.get()>
                <Head family=family grid=grid refused=refused failed=failed />
                <Show when=move || !empty.get() fallback=move || view! { <Nothing family=family refused=refused /> }>
                    <Cells family=family grid=grid />
                </Show>
                <div class="pager">
                    <span class="range"></span>
                    <Deeper more=more />
                </div>
            </Show>
        </section>
    }
}

type Shown = Memo<Option<Arc<Grid>>>;

/// What is out of date, in a sentence, from when on it is, and what to do about it.
#[component]
fn Head(family: &'static Family, grid: Shown, refused: Memo<bool>, failed: Memo<bool>) -> impl IntoView {
    let panel = panel();
    let days = days();
    let may = Memo::new(move |_| panel.session.state().may_synchronize());
    let tally = Memo::new(move |_| {
        let (now, days) = (panel.clock.minute(), days.get());
        grid.with(|grid| grid.as_ref().map(|grid| grid.tally(now, days))).unwrap_or_default()
    });
    let sentence = move || {
        grid.with(|grid| {
            let Some(grid) = grid else { return String::new() };
            let (tally, what) =
                (tally.get(), if family.regions.is_some() { "" } else { family.containers.many });
            let mut said = [&tally.out.to_string(), " of ", &grid.cells.len().to_string(), " "].concat();
            said.push_str(what);
            said.push_str(if what.is_empty() { "out of date" } else { " out of date" });
            if tally.never > 0 {
                said.push_str(&[", ", &tally.never.to_string(), " never synchronized"].concat());
            }
            if tally.unseen > 0 {
                let jobs = text::count(grid.looked, "job", "jobs");
                said.push_str(
                    &[", ", &tally.unseen.to_string(), " not synchronized in the last ", &jobs].concat(),
                );
            }
            said
        })
    };
    let reach = move || grid.with(|grid| grid.as_ref().map(|grid| reach(grid, failed.get())));
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
        panel.starting.set(Some(Starting { family, form, unmapped: Vec::new() }));
    };
    view! {
        <div class="fresh-head">
            <div>
                <p class="fresh-sum" role="note">{sentence}</p>
                <p class="quiet">{reach}</p>
            </div>
            <label class="inline-field">
                <span>"Out of date after"</span>
                <select on:change:target=move |event| {
                    if let Ok(days) = event.target().value().parse() {
                        panel.address.go(&panel.address.get_untracked().with_days(days));
                    }
                }>
                    {DAYS.map(|choice| option(choice, days)).collect_view()}
                    // An address may ask for a number that is not among them.
                    {move || {
                        let days = days.get();
                        (!DAYS.contains(&days)).then(|| view! { <option value=days selected=true>{worded(days)}</option> })
                    }}
                </select>
            </label>
            <Show when=move || tally.with(|tally| tally.out > 0)>
                <button
                    type="button"
                    class="button"
                    aria-describedby=move || (!may.get()).then_some("may-not-start")
                    on:click=start
                >
                    <Icon name="start" />
                    "Synchronize the out-of-date"
                </button>
            </Show>
        </div>
    }
}

fn days() -> Memo<u64> {
    let address = panel().address;
    Memo::new(move |_| address.with(|route| route.days))
}

fn option(choice: u64, days: Memo<u64>) -> View {
    view! { <option value=choice selected=move || days.get() == choice>{worded(choice)}</option> }
}

fn worded(days: u64) -> String {
    text::count(days as usize, "day", "days")
}

/// How far was looked, in a sentence.
fn reach(grid: &Grid, failed: bool) -> String {
    let jobs = text::count(grid.looked, "job", "jobs");
    match grid.back {
        None if grid.looked == 0 && failed => String::new(),
        None if grid.looked == 0 => "There are no jobs yet.".to_owned(),
        None => ["Looked at all ", &jobs, "."].concat(),
        Some(back) => ["Looked at the last ", &jobs, ", back to ", &time::local(back), "."].concat(),
    }
}

/// The picture and the table, the oldest first; of very many the first.
#[component]
fn Cells(family: &'static Family, grid: Shown) -> impl IntoView {
    let drawn = RwSignal::new(DRAWN);
    let keys = Memo::new(move |_| {
        grid.with(|grid| {
            let cells = grid.iter().flat_map(|grid| &grid.cells);
            cells.take(drawn.get()).map(Cell::key).collect::<Vec<_>>()
        })
    });
    let rest = Memo::new(move |_| {
        grid.with(|grid| grid.as_ref().map_or(0, |grid| grid.cells.len())).saturating_sub(drawn.get())
    });
    view! {
        <ul class="heat" aria-label="Containers by age">
            <For each=move || keys.get() children=move |key| view! { <Tile key=key grid=grid /> } />
        </ul>
        <div class="table-region">
            <table class="fresh-table" aria-label="Freshness by container">
                <thead>
                    <tr>
                        <th scope="col">{family.containers.title}</th>
                        {family.regions.map(|_| view! { <th scope="col">"Region"</th> })}
                        <th scope="col">"Last good synchronization"</th>
                        <th scope="col">"Age"</th>
                        <th scope="col">"Since then"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || keys.get() children=move |key| {
                        view! { <Line key=key family=family grid=grid /> }
                    } />
                </tbody>
            </table>
        </div>
        <Show when=move || rest.get() != 0>
            <button type="button" class="button" on:click=move |_| drawn.update(|drawn| *drawn += DRAWN)>
                <Icon name="down" />
                {move || ["Show ", &rest.get().min(DRAWN).to_string(), " more"].concat()}
            </button>
        </Show>
    }
}

/// A cell as it is shown. One that is about to go keeps its last words.
#[derive(Clone, PartialEq)]
struct Face {
    cell: Cell,
    class: &'static str,
    /// "3 d 4 h", or why there is none.
    age: String,
}

fn face(key: String, grid: Shown) -> Memo<Option<Face>> {
    let (clock, days) = (panel().clock, days());
    Memo::new(move |last: Option<&Option<Face>>| {
        let (now, days) = (clock.minute(), days.get());
        grid.with(|grid| {
            let grid = grid.as_ref()?;
            let cell = grid.get(&key)?.clone();
            let (class, age) = aged(grid, &cell, now, days);
            Some(Face { cell, class, age })
        })
        .or_else(|| last.cloned().flatten())
    })
}

/// The step of the scale and the age in words.
fn aged(grid: &Grid, cell: &Cell, now: Stamp, days: u64) -> (&'static str, String) {
    let Some(good) = &cell.good else {
        let class = if grid.is_out(cell, now, days) { "never" } else { "not-seen" };
        return match grid.back.filter(|_| grid.state(cell, now, days) == State::Unseen) {
            // How far was looked is all that is known of its age.
            Some(back) => (class, ["not since ", &time::day(now, back)].concat()),
            None => (class, "never".to_owned()),
        };
    };
    // Minutes are enough, and seconds would only flicker.
    let age = (now.millis() - good.at.millis()).max(0);
    let limit = (days as i64).saturating_mul(86_400_000).max(1);
    let class = match age.saturating_mul(3) / limit {
        0 => "age-1",
        1 => "age-2",
        2 => "age-3",
        3..9 => "age-4",
        _ => "age-5",
    };
    (class, if age < 60_000 { "just now".to_owned() } else { time::duration(age - age % 60_000) })
}

fn title(face: &Face) -> String {
    let Cell { label, region, good, failed, .. } = &face.cell;
    let place = if region.is_empty() { label.clone() } else { [label, " · ", region].concat() };
    let good = match good {
        Some(good) => ["synchronized ", &face.age, " ago, ", &time::local(good.at)].concat(),
        None if face.age == "never" => "never synchronized".to_owned(),
        None => ["no good synchronization found, ", &face.age].concat(),
    };
    let failed =
        failed.as_ref().map_or_else(String::new, |failed| [", failed ", &time::local(failed.at)].concat());
    [place, ": ".to_owned(), good, failed].concat()
}

#[component]
fn Tile(key: String, grid: Shown) -> impl IntoView {
    let face = face(key, grid);
    let read = move |read: fn(&Face) -> String| face.with(|face| face.as_ref().map(read));
    let class = move || face.with(|face| face.as_ref().map_or("", |face| face.class)).to_owned();
    let failed =
        Memo::new(move |_| face.with(|face| face.as_ref().is_some_and(|face| face.cell.failed.is_some())));
    view! {
        <li class=move || ["tile ", &class()].concat() title=move || read(title)>
            <bdi class="tile-name">{move || read(|face| brief(&face.cell.label))}</bdi>
            <span class="tile-region">{move || read(|face| face.cell.region.clone())}</span>
            <span class="tile-age">
                {move || read(|face| face.age.clone())}
                <Show when=move || failed.get()>
                    <span class="tile-failed"><Icon name="failed" /><span class="unseen">" failed since"</span></span>
                </Show>
            </span>
        </li>
    }
}

#[component]
fn Line(key: String, family: &'static Family, grid: Shown) -> impl IntoView {
    let face = face(key, grid);
    let read = move |read: fn(&Face) -> String| face.with(|face| face.as_ref().map(read));
    let good = Memo::new(move |_| face.with(|face| face.as_ref().and_then(|face| face.cell.good.clone())));
    let failed =
        Memo::new(move |_| face.with(|face| face.as_ref().and_then(|face| face.cell.failed.clone())));
    let class = move || face.with(|face| face.as_ref().map_or("", |face| face.class)).to_owned();
    view! {
        <tr>
            <th scope="row" title=move || read(|face| face.cell.id.clone())><bdi>{move || read(|face| face.cell.label.clone())}</bdi></th>
            {family.regions.map(|_| view! { <td class="f-region">{move || read(|face| face.cell.region.clone())}</td> })}
            <td class="f-good">{move || match good.get() {
                Some(told) => link(family, &told, time::local(told.at)),
                None => view! { <span class="quiet">{move || grid.with(|grid| grid.as_ref().map(|grid| nothing_good(grid)))}</span> },
            }}</td>
            <td class="f-age"><span class=move || ["swatch ", &class()].concat() aria-hidden="true"></span>{move || read(|face| face.age.clone())}</td>
            <td class="f-failed">{move || failed.get().map(|told| {
                let clock = panel().clock;
                let at = told.at;
                view! { {link(family, &told, "failed".to_owned())} " " {move || time::ago(clock.minute(), at)} }
            })}</td>
        </tr>
    }
}

/// Where no good synchronization is known: how far was looked for one.
fn nothing_good(grid: &Grid) -> String {
    match grid.back {
        None => "None".to_owned(),
        Some(_) => ["None in the last ", &text::count(grid.looked, "job", "jobs")].concat(),
    }
}

/// The job that tells of it, opened in its family's list.
fn link(family: &'static Family, told: &Told, words: String) -> View {
    let href = route::Route::of(family).with_job(family, &told.id).hash();
    view! { <a href=href title=told.id.clone()>{words}</a> }
}

/// Of a resource's path the last word, which is the one that people gave it.
fn brief(label: &str) -> String {
    text::middle(label.rsplit('/').find(|word| !word.is_empty()).unwrap_or(label), 32)
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
