//! The table of the schedules. A row's name is a link to its detail.

use crate::clock::Clock;
use crate::components::controls::icon::Icon;
use crate::components::controls::shown::Keyed;
use crate::components::job_table::row_press::press;
use crate::components::schedules::last_run::{LastRun, LastRunCell};
use crate::components::schedules::words::{brief, cloud, family, summary, until};
use crate::routing::address::Address;
use crate::state::containers::ContainerLists;
use crate::state::preferences::Preferences;
use crate::state::schedules::ScheduleList;
use cckm::schedule::{Schedule, State};
use leptos::prelude::*;
use std::sync::Arc;

/// `schedules` are shown, and `last` tells the last run of one.
#[component]
pub fn ScheduleTable(
    schedules: Memo<Vec<Arc<Schedule>>>,
    last: Callback<Arc<Schedule>, LastRun>,
) -> impl IntoView {
    let keys =
        Memo::new(move |_| schedules.with(|all| all.iter().map(|one| one.id.clone()).collect::<Vec<_>>()));
    view! {
        <div class="table-region">
            <table class="fresh-table schedules" aria-label="Schedules" on:click=|event| press(&event)>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Cloud"</th>
                        <th scope="col">"Synchronizes"</th>
                        <th scope="col">"When"</th>
                        <th scope="col">"Next run"</th>
                        <th scope="col">"Last run"</th>
                        <th scope="col">"State"</th>
                    </tr>
                </thead>
                <tbody>
                    <Keyed keys=keys item=Callback::new(move |id| view! { <Row id=id schedules=schedules last=last /> }.into_any()) />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(
    id: String,
    schedules: Memo<Vec<Arc<Schedule>>>,
    last: Callback<Arc<Schedule>, LastRun>,
) -> impl IntoView {
    let address = expect_context::<Address>();
    let clock = expect_context::<Clock>();
    let containers = expect_context::<ContainerLists>();
    let preferences = expect_context::<Preferences>();
    let own = id.clone();
    // A row that is about to be removed keeps its last schedule.
    let schedule = Memo::new(move |before: Option<&Option<Arc<Schedule>>>| {
        let now = schedules.with(|all| all.iter().find(|one| one.id == own).cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let read = move |read: fn(&Schedule) -> String| schedule.with(|one| one.as_deref().map(read));
    let what = Memo::new(move |_| {
        schedule.with(|one| {
            one.as_deref().map(|one| {
                let directory = family(one).and_then(|family| containers.get(family.containers));
                summary(one, directory.as_deref())
            })
        })
    });
    let state = Memo::new(move |_| schedule.with(|one| one.as_ref().map(|one| one.state(clock.minute()))));
    let next = Memo::new(move |_| {
        let now = clock.minute();
        let runs = state.get() == Some(State::Enabled);
        schedule.with(|one| one.as_ref().filter(|_| runs).map(|one| one.next_runs(now)))
    });
    let last = Memo::new(move |_| schedule.get().map(|one| last.run(one)));
    let href = {
        let id = id.clone();
        move || address.with(|route| route.with_schedule(&id).hash())
    };
    let open = move || address.with(|route| route.schedule.as_ref() == Some(&id)).then_some("page");
    view! {
        <tr>
            <th scope="row" class="s-name">
                <a href=href aria-current=open><bdi>{move || read(Schedule::title)}</bdi></a>
            </th>
            <td class="s-cloud">{move || read(cloud)}</td>
            <td class="s-what" title=move || what.with(|what| what.as_ref().map(|what| what.whole.clone()))>
                <bdi>{move || what.with(|what| what.as_ref().map(|what| what.short.clone()))}</bdi>
                {move || what.with(|what| what.as_ref().filter(|what| what.more > 0).map(|what| view! {
                    <span class="quiet">" +" {what.more}</span>
                }))}
            </td>
            <td class="s-when">{move || schedule.with(|one| one.as_ref().map(|one| when(one)))}</td>
            <td class="s-next">{move || {
                let (now, times) = (clock.minute(), preferences.times());
                next.with(|next| match next.as_deref() {
                    None | Some([]) => view! { <span class="quiet">"None"</span> }.into_any(),
                    Some([first, ..]) => {
                        let title = next.iter().flatten().map(|at| times.zoned(*at)).collect::<Vec<_>>().join("\n");
                        view! {
                            <span title=title>
                                <time datetime=times.iso(*first)>{brief(&times, now, *first)}</time>
                                <span class="quiet">{until(now, *first)}</span>
                            </span>
                        }
                        .into_any()
                    }
                })
            }}</td>
            <td class="s-last">{move || last.get().map(|last| view! { <LastRunCell last=last /> })}</td>
            <td class="s-state">{move || state.get().map(|state| view! { <StateMark state=state /> })}</td>
        </tr>
    }
}

/// The expression in words, and as it was sent.
pub fn when(schedule: &Schedule) -> AnyView {
    let sent = schedule.run_at.clone();
    match schedule.cron() {
        Ok(cron) => view! { <span>{cron.words()}</span><code>{sent}</code> }.into_any(),
        Err(why) => view! {
            <span class="cron-wrong" title=why.to_string()><Icon name="unknown" />"Not readable"</span>
            <code>{sent}</code>
        }
        .into_any(),
    }
}

/// Whether a schedule runs, as a word.
#[component]
pub fn StateMark(state: State) -> impl IntoView {
    let class = match state {
        State::Enabled => "enabled",
        State::Disabled => "disabled",
        State::Ended => "ended",
    };
    view! { <span class=["schedule-state ", class].concat()>{state.word()}</span> }
}

/// The number of schedules and of those that do not run, in words.
pub fn tally(
    list: &ScheduleList,
    of: Option<&'static cckm::family::Family>,
    now: cckm::time::Stamp,
) -> String {
    let (mut all, mut disabled, mut ended) = (0, 0, 0);
    for schedule in list.of(of) {
        all += 1;
        match schedule.state(now) {
            State::Enabled => {}
            State::Disabled => disabled += 1,
            State::Ended => ended += 1,
        }
    }
    let mut words = cckm::text::count(all, "schedule", "schedules");
    for (count, word) in [(disabled, " disabled"), (ended, " ended")] {
        if count > 0 {
            words.push_str(", ");
            words.push_str(&cckm::text::number(count));
            words.push_str(word);
        }
    }
    words
}
