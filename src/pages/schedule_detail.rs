//! The detail of one schedule, beside the list.

use crate::clock::Clock;
use crate::components::controls::close_detail::CloseDetail;
use crate::components::controls::icon::Icon;
use crate::components::controls::notice::Note;
use crate::components::controls::shown::Shown;
use crate::components::job::outcome::OutcomeMark;
use crate::components::schedules::last_run::{LastRun, LastRunCell, RunMark, likely};
use crate::components::schedules::next_runs::{Meaning, NextRuns};
use crate::components::schedules::table::StateMark;
use crate::components::schedules::words::{cloud, family, names};
use crate::pages::schedule_actions::ScheduleActions;
use crate::query::QueryState;
use crate::routing::address::Address;
use crate::routing::route::Route;
use crate::state::containers::ContainerLists;
use crate::state::preferences::Preferences;
use crate::state::schedules::{FamilyJobs, RunList, ScheduleList};
use cckm::schedule::{Run, Schedule, State};
use cckm::text;
use cckm::time::Stamp;
use leptos::prelude::*;
use std::sync::Arc;

/// How many runs are listed.
const RUNS: usize = 10;
/// How many names of containers are shown before the rest is expanded.
const FEW: usize = 6;

#[component]
pub fn ScheduleDetail(
    id: String,
    known: Memo<Option<Arc<ScheduleList>>>,
    last: Callback<Arc<Schedule>, LastRun>,
    runs: QueryState<Arc<RunList>>,
    jobs: QueryState<Arc<FamilyJobs>>,
    waiting: Signal<bool>,
) -> impl IntoView {
    let address = expect_context::<Address>();
    let wanted = id.clone();
    // A schedule that leaves the list while it is open keeps its last state, with a note.
    let found =
        Memo::new(move |_| known.with(|list| list.as_ref().and_then(|list| list.get(&wanted).cloned())));
    let schedule = Memo::new(move |before: Option<&Option<Arc<Schedule>>>| {
        found.get().or_else(|| before.cloned().flatten())
    });
    let is_there = Memo::new(move |_| schedule.with(Option::is_some));
    let is_gone = Memo::new(move |_| known.with(Option::is_some) && found.with(Option::is_none));
    let title = move || schedule.with(|one| one.as_ref().map_or_else(|| text::short(&id), |one| one.title()));
    view! {
        <section class="detail schedule-detail" role="region" aria-label="Schedule" aria-busy=move || waiting.get().to_string()>
            <div class="detail-head">
                <div class="detail-bar">
                    <p class="quiet">{move || schedule.with(|one| one.as_deref().map(cloud))}</p>
                    <span class="ways">
                        <CloseDetail
                            href=Signal::derive(move || address.with(|route| route.without_schedule().hash()))
                            row="table.schedules a[aria-current]"
                        />
                    </span>
                </div>
                <div class="detail-title"><h2 tabindex="-1"><bdi>{title}</bdi></h2></div>
                {move || schedule.with(|one| one.as_ref().filter(|one| !one.description.trim().is_empty()).map(|one| view! {
                    <p class="quiet" dir="auto">{one.description.clone()}</p>
                }))}
            </div>
            <Shown when=is_gone>
                <Note><p>{move || if is_there.get() {
                    "The server has no such schedule any more: somebody has deleted it."
                } else {
                    "The server has no schedule with this id. It was deleted, it belongs to another domain, or the address is not complete."
                }}</p></Note>
            </Shown>
            <Shown when=move || is_there.get()>
                {move || (!is_gone.get()).then(|| view! { <ScheduleActions schedule=schedule /> })}
                <Facts schedule=schedule last=last />
                <Runs schedule=schedule runs=runs jobs=jobs />
            </Shown>
        </section>
    }
}

#[component]
fn Facts(schedule: Memo<Option<Arc<Schedule>>>, last: Callback<Arc<Schedule>, LastRun>) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let containers = expect_context::<ContainerLists>();
    let preferences = expect_context::<Preferences>();
    let all = RwSignal::new(false);
    let state = Memo::new(move |_| schedule.with(|one| one.as_ref().map(|one| one.state(clock.minute()))));
    let names = Memo::new(move |_| {
        schedule
            .with(|one| {
                one.as_deref().map(|one| {
                    let directory = family(one).and_then(|family| containers.get(family.containers));
                    names(one, directory.as_deref())
                })
            })
            .unwrap_or_default()
    });
    let regions = Memo::new(move |_| {
        schedule.with(|one| {
            let one = one.as_ref()?;
            match one.selection(family(one)?) {
                cckm::schedule::Selection::Chosen { regions, .. } if !regions.is_empty() => {
                    Some(regions.join(", "))
                }
                _ => None,
            }
        })
    });
    let switches = Memo::new(move |_| {
        schedule.with(|one| {
            let one = one.as_ref()?;
            let family = family(one)?;
            let on = one.params.switches(family);
            let labels =
                family.switches.iter().filter(|switch| on.contains(&switch.field)).map(|switch| switch.label);
            Some(labels.collect::<Vec<_>>().join(", ")).filter(|labels| !labels.is_empty())
        })
    });
    let next = Memo::new(move |_| {
        let now = clock.minute();
        schedule.with(|one| one.as_ref().map(|one| one.next_runs(now)).unwrap_or_default())
    });
    let none = move || {
        match state.get() {
            Some(State::Ended) => "None: its end date has passed.",
            _ if schedule.with(|one| one.as_ref().is_some_and(|one| one.cron().is_err())) => {
                "Not known: the panel cannot read the expression. The server may."
            }
            _ => "None.",
        }
        .to_owned()
    };
    let date = move |read: fn(&Schedule) -> Option<Stamp>| {
        schedule.with(|one| one.as_deref().and_then(read)).map(|at| preferences.times().zoned(at))
    };
    let node = move || schedule.with(|one| one.as_ref().and_then(|one| one.node().map(str::to_owned)));
    let end = move || {
        date(|one| one.end).or_else(|| {
            schedule.with(|one| one.as_ref().map(|one| one.end_text.clone())).filter(|text| !text.is_empty())
        })
    };
    let last = Memo::new(move |_| schedule.get().map(|one| last.run(one)));
    let guess = move || match last.get() {
        Some(LastRun::Run { job: Some(likely), .. }) => Some(likely.words),
        _ => None,
    };
    view! {
        <dl class="facts">
            <div>
                <dt>"State"</dt>
                <dd>{move || state.get().map(|state| view! { <StateMark state=state /> })}</dd>
            </div>
            <div>
                <dt>"Synchronizes"</dt>
                <dd>
                    <ul class="selection" aria-label="Synchronizes">
                        {move || {
                            let most = if all.get() { usize::MAX } else { FEW };
                            names.with(|names| names.iter().take(most).map(|name| view! { <li class="name"><bdi>{name.clone()}</bdi></li> }).collect_view())
                        }}
                    </ul>
                    {move || {
                        let rest = names.with(Vec::len).saturating_sub(FEW);
                        (!all.get() && rest > 0).then(|| view! {
                            <button type="button" class="button plain small" on:click=move |_| all.set(true)>
                                {["Show ", &rest.to_string(), " more"].concat()}
                            </button>
                        })
                    }}
                    {move || regions.get().map(|regions| view! { <p class="quiet">"in " {regions}</p> })}
                    {move || switches.get().map(|switches| view! { <p class="quiet">{switches}</p> })}
                </dd>
            </div>
            <div>
                <dt>"When"</dt>
                <dd class="cron">
                    {move || schedule.with(|one| one.as_ref().map(|one| match one.cron() {
                        Ok(cron) => view! { <Meaning cron=*cron /> }.into_any(),
                        Err(why) => view! {
                            <p class="cron-caution"><Icon name="unknown" /><span>{["The panel cannot read it: ", &why.to_string()].concat()}</span></p>
                        }
                        .into_any(),
                    }))}
                    <code>{move || schedule.with(|one| one.as_ref().map(|one| one.run_at.clone()))}</code>
                </dd>
            </div>
            <div>
                <dt>{move || if state.get() == Some(State::Disabled) { "Would run" } else { "Next runs" }}</dt>
                <dd><NextRuns runs=next none=Signal::derive(none) /></dd>
            </div>
            <div>
                <dt>"Last run"</dt>
                <dd class="s-last">
                    {move || last.get().map(|last| view! { <LastRunCell last=last /> })}
                    {move || guess().map(|words| view! { <p class="quiet guess">{words}</p> })}
                </dd>
            </div>
            <Fact name="Starts on" text=Signal::derive(move || date(|one| one.start)) />
            <Fact name="Ends on" text=Signal::derive(move || Some(end().unwrap_or_else(|| "No end".to_owned()))) />
            <Fact name="Runs on node" text=Signal::derive(move || Some(node().unwrap_or_else(|| "Any".to_owned()))) />
            <Fact name="Changed" text=Signal::derive(move || date(|one| one.updated)) />
            <Fact name="Id" text=Signal::derive(move || schedule.with(|one| one.as_ref().map(|one| one.id.clone()))) />
        </dl>
    }
}

/// A line of the facts; none where there is no text.
#[component]
fn Fact(name: &'static str, text: Signal<Option<String>>) -> impl IntoView {
    move || text.get().map(|text| view! { <div><dt>{name}</dt><dd>{text}</dd></div> }.into_any())
}

/// The last runs, each with the job that it has probably started.
#[component]
fn Runs(
    schedule: Memo<Option<Arc<Schedule>>>,
    runs: QueryState<Arc<RunList>>,
    jobs: QueryState<Arc<FamilyJobs>>,
) -> impl IntoView {
    let containers = expect_context::<ContainerLists>();
    let preferences = expect_context::<Preferences>();
    let lines = move || {
        let (schedule, runs) = (schedule.get()?, runs.answer.get()?);
        let times = preferences.times();
        let line = |run: &Run| {
            let likely = jobs.answer.with(|jobs| likely(&schedule, run, jobs.as_deref(), containers));
            let job = likely.and_then(|likely| Some((likely.family, likely.job?)));
            let job = job.map(|(family, job)| {
                let href = Route::of(family).with_job(family, &job.id).hash();
                view! {
                    <OutcomeMark outcome=job.outcome() />
                    " "
                    <a href=href title=job.id.clone()>{text::short(&job.id)}</a>
                }
            });
            let error = (!run.error.trim().is_empty()).then(|| run.error.clone());
            view! {
                <tr>
                    <td>{run.created.map(|at| times.full(at))}</td>
                    <td>
                        <RunMark outcome=run.outcome() />
                        {error.map(|error| view! { <span class="run-error" dir="auto">{error}</span> })}
                    </td>
                    <td>{job}</td>
                </tr>
            }
        };
        let lines: Vec<_> = runs.of(&schedule).take(RUNS).map(line).collect();
        (!lines.is_empty()).then_some(lines)
    };
    move || {
        lines().map(|lines| {
            view! {
                <section class="part">
                    <h3>"Last runs"</h3>
                    <table class="runs" aria-label="Last runs">
                        <thead>
                            <tr>
                                <th scope="col">"Run"</th>
                                <th scope="col">"Scheduler"</th>
                                <th scope="col">"Probable job"</th>
                            </tr>
                        </thead>
                        <tbody>{lines}</tbody>
                    </table>
                </section>
            }
        })
    }
}
