//! The last run of a schedule, with the outcome of the job that it has probably started.

use crate::clock::Clock;
use crate::components::controls::icon::Icon;
use crate::components::job::outcome::OutcomeMark;
use crate::routing::route::Route;
use crate::state::containers::ContainerLists;
use crate::state::preferences::Preferences;
use crate::state::schedules::{FamilyJobs, RunList};
use cckm::family::Family;
use cckm::job::Job;
use cckm::outcome::Outcome;
use cckm::schedule::{self, Run, RunOutcome, Schedule};
use cckm::text;
use leptos::prelude::*;
use std::sync::Arc;

/// What is known of the last run.
#[derive(Clone, PartialEq)]
pub enum LastRun {
    /// The runs are still being read.
    Waiting,
    /// The runs could not be read.
    Unknown,
    /// No run of the schedule is among those that were read; whether the server has older ones.
    None { has_older: bool },
    /// The last run. `is_read` says whether its job was looked for: not before the jobs of its family were read.
    Run { run: Box<Run>, job: Option<Likely>, is_read: bool },
}

/// The job that a run has probably started, or why none is named.
#[derive(Clone, PartialEq)]
pub struct Likely {
    pub family: &'static Family,
    pub job: Option<Arc<Job>>,
    /// What to say of the guess.
    pub words: &'static str,
}

impl LastRun {
    /// Whether the scheduler could not do the run, or the job that it has probably started has failed.
    pub fn has_failed(&self) -> bool {
        let Self::Run { run, job, .. } = self else { return false };
        let job = job.as_ref().and_then(|likely| likely.job.as_ref());
        match run.outcome() {
            RunOutcome::Failed => true,
            outcome => !outcome.is_final() && job.is_some_and(|job| job.outcome() == Outcome::Failed),
        }
    }
}

/// The last run of `schedule`. `failed` says that the runs could not be read.
pub fn last_run(
    schedule: &Schedule,
    runs: Option<&RunList>,
    failed: bool,
    jobs: Option<&FamilyJobs>,
    containers: ContainerLists,
) -> LastRun {
    let Some(runs) = runs else { return if failed { LastRun::Unknown } else { LastRun::Waiting } };
    match runs.of(schedule).next() {
        None => LastRun::None { has_older: runs.has_older },
        Some(run) => {
            let job = likely(schedule, run, jobs, containers);
            // Of a cloud that is not known there are no jobs to read.
            let is_read = job.is_some() || schedule.families().is_empty();
            LastRun::Run { job, is_read, run: Box::new(run.clone()) }
        }
    }
}

/// The job that `run` has probably started; `None` while the jobs are not known.
pub fn likely(
    schedule: &Schedule,
    run: &Run,
    jobs: Option<&FamilyJobs>,
    containers: ContainerLists,
) -> Option<Likely> {
    let family = schedule.families().first().copied()?;
    let all = jobs?.get(family)?;
    let directory = containers.get(family.containers);
    let guess = schedule::guess(family, schedule, run, all.iter().map(|job| &**job), directory.as_deref());
    let id = guess.job().map(|job| job.id.clone());
    let job = id.and_then(|id| all.iter().find(|job| job.id == id).cloned());
    Some(Likely { family, job, words: guess.words() })
}

/// What the scheduler says of a run. What is as bad as an outcome of a job has its sign and colour.
#[component]
pub fn RunMark(outcome: RunOutcome) -> impl IntoView {
    let like = match outcome {
        RunOutcome::Failed => Outcome::Failed,
        RunOutcome::Aborted => Outcome::Cancelled,
        RunOutcome::Unknown => Outcome::Unknown,
        RunOutcome::Scheduled | RunOutcome::InProgress | RunOutcome::Ran => {
            return view! { <span class="run-word" title=outcome.meaning()>{outcome.word()}</span> }
                .into_any();
        }
    };
    view! {
        <span class=["outcome ", like.class()].concat() title=outcome.meaning()>
            <Icon name=like.class() />
            <span>{outcome.word()}</span>
        </span>
    }
    .into_any()
}

/// The last run in a row or in the detail: the outcome of its job, or what the scheduler says where no job is known or
/// the run has failed.
#[component]
pub fn LastRunCell(last: LastRun) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let preferences = expect_context::<Preferences>();
    let ago = move |run: &Run| {
        let at = run.created;
        move || at.map(|at| preferences.times().ago(clock.minute(), at))
    };
    match last {
        LastRun::Waiting => view! { <span class="quiet">"…"</span> }.into_any(),
        LastRun::Unknown => view! { <span class="quiet">"not known"</span> }.into_any(),
        LastRun::None { has_older: false } => view! { <span class="quiet">"None yet"</span> }.into_any(),
        LastRun::None { has_older: true } => {
            view! { <span class="quiet" title="The server has older runs, which were not read.">"None lately"</span> }.into_any()
        }
        LastRun::Run { run, job, is_read } => {
            let outcome = run.outcome();
            let time = view! { <span class="run-time" title=run.created.map(|at| preferences.times().iso(at))>{ago(&run)}</span> };
            let job = job.and_then(|likely| likely.job.map(|job| (likely.family, job, likely.words)));
            let mark = match &job {
                Some((_, job, _)) if !outcome.is_final() => {
                    view! { <OutcomeMark outcome=job.outcome() /> }.into_any()
                }
                _ => view! { <RunMark outcome=outcome /> }.into_any(),
            };
            let about = match job {
                Some((family, job, words)) => {
                    let href = Route::of(family).with_job(family, &job.id).hash();
                    view! {
                        <span class="quiet" title=words>
                            "probably "
                            <a href=href title=job.id.clone()>"job " {text::short(&job.id)}</a>
                        </span>
                    }
                    .into_any()
                }
                None if is_read => view! { <span class="quiet">"no job known"</span> }.into_any(),
                None => view! { <span class="quiet" title="The jobs have not been read.">"…"</span> }.into_any(),
            };
            view! { {mark} <span class="run-facts">{time} {about}</span> }.into_any()
        }
    }
}
