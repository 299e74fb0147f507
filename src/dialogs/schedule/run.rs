//! The dialog that runs a schedule now, with the guard of the start form.

use crate::api::failure::Failure;
use crate::api::schedules;
use crate::auth::Session;
use crate::clock;
use crate::components::controls::dialog::{CloseButton, Dialog};
use crate::components::controls::icon::Icon;
use crate::components::controls::notice::{FailureNotice, Note};
use crate::components::schedules::names::ScheduleNames;
use crate::components::schedules::request::ScheduleRequest;
use crate::components::schedules::words::{cloud, family};
use crate::dialogs::already_running::{Guard, Running};
use crate::dialogs::start::show_job;
use crate::routing::address::Address;
use crate::state::announcer::Announcer;
use crate::state::containers::ContainerLists;
use crate::state::dialog::OpenDialog;
use crate::state::lost_starts::{Found, LostStarts};
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::schedules::read_runs;
use crate::state::watched_jobs::WatchedJobs;
use cckm::job::Job;
use cckm::schedule::{self, RunOutcome, Schedule};
use cckm::start_request;
use cckm::text;
use cckm::time::Stamp;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// A run may be this much older than the request by the clocks, in milliseconds.
const SLACK: i64 = 60_000;

#[component]
pub fn RunSchedule(schedule: Arc<Schedule>) -> impl IntoView {
    let address = expect_context::<Address>();
    let announcer = expect_context::<Announcer>();
    let containers = expect_context::<ContainerLists>();
    let starts = LostStarts::from_context();
    let dialog = expect_context::<OpenDialog>();
    let refresh = expect_context::<RefreshTrigger>();
    let session = expect_context::<Session>();
    let watched = expect_context::<WatchedJobs>();
    let of = family(&schedule);
    let guard = of.map(|family| Guard::new(family, || true));
    let runs = Memo::new(move |_| guard.is_some_and(Guard::runs));
    let looking = RwSignal::new(false);
    let subject = schedule.clone();
    let sending = RwSignal::new(false);
    let failure = RwSignal::new(None::<(Failure, Option<String>)>);
    let ready = Memo::new(move |_| !sending.get() && !looking.get());
    let close = Callback::new(move |()| dialog.close());
    let (title, what) = (schedule.title(), cloud(&schedule));
    let request = ("POST", [schedule::path(&schedule.id).as_str(), "/run-now"].concat());
    let is_disabled = schedule.disabled;
    let line = {
        let what = what.clone();
        move || {
            if sending.get() {
                "Sending the request…".to_owned()
            } else if runs.get() {
                ["Waits while a job of ", &what, " runs."].concat()
            } else {
                "The scheduler starts the job; it is in the list soon.".to_owned()
            }
        }
    };
    let send = Callback::new(move |()| {
        if sending.get_untracked() {
            return;
        }
        sending.set(true);
        failure.set(None);
        let schedule = schedule.clone();
        // A lost run is looked for as the start is that would synchronize the same.
        let start = guard.zip(of).and_then(|(guard, family)| {
            let directory = untrack(|| containers.get(family.containers));
            let form = schedule.params.form(family, directory.as_deref());
            let mut before = starts.before(family);
            guard.add_seen(&mut before);
            Some((family, before, start_request::body(family, &form).ok()?))
        });
        spawn_local(async move {
            let sent = clock::now();
            let result = match session.send(schedules::run_now(&schedule.id)).await {
                Err(refusal) if refusal.is_lost() => {
                    let found = match &start {
                        Some((family, before, body)) => Some(starts.look(family, before, body).await),
                        None => None,
                    };
                    match found {
                        Some(Found::Job(job)) => Ok([
                            "The answer was lost, but there is a new run of “",
                            &schedule.title(),
                            "”: probably job ",
                            &text::short(&job.id),
                            ", which synchronizes the same.",
                        ]
                        .concat()),
                        found => {
                            let run = look(session, &schedule, sent).await;
                            Err((refusal, Some(not_found(run, found == Some(Found::Nothing)))))
                        }
                    }
                }
                Err(refusal) => Err((refusal, None)),
                Ok(()) => Ok(["The scheduler runs “", &schedule.title(), "”."].concat()),
            };
            if sending.try_set(false).is_some() {
                return;
            }
            refresh.trigger();
            match result {
                Ok(words) => {
                    dialog.close();
                    announcer.announce(words);
                }
                Err(refusal) => _ = failure.try_set(Some(refusal)),
            }
        });
    });
    let press = move || {
        if !ready.get_untracked() {
            return;
        }
        match guard {
            Some(guard) => guard.check(looking, send),
            None => send.run(()),
        }
    };
    let watch = Callback::new(move |job: Arc<Job>| {
        let Some(family) = of else { return };
        dialog.close();
        show_job(address, watched, family, job);
    });
    let start = NodeRef::<html::Button>::new();
    view! {
        <Dialog name="Run now" about=title on_close=close held=sending>
            <div class="dialog-body cancel" tabindex="0" role="group" aria-label="What is run">
                <div>
                    <p>{what} ", at once:"</p>
                    <ScheduleNames label="Synchronizes" schedule=subject />
                </div>
                {is_disabled.then(|| view! { <Note><p>"This schedule is disabled. Whether the server runs it all the same is not known."</p></Note> })}
                <ScheduleRequest line=request body=None has_body=false />
                {move || failure.get().map(|(failure, also)| view! {
                    <FailureNotice failure=failure also=also is_explained=runs.get() />
                })}
            </div>
            {guard.map(|guard| view! {
                <Running guard=guard watch=watch anyway=send held=Signal::derive(move || !ready.get()) back=start />
            })}
            <footer class="dialog-foot">
                <p class="start-line ready" id="run-line">{line}</p>
                <CloseButton label="Cancel" on_close=close held=sending focus=true />
                <button
                    type="button"
                    class="button primary"
                    aria-describedby="run-line"
                    node_ref=start
                    aria-disabled=move || (!ready.get() || runs.get()).to_string()
                    aria-busy=move || (sending.get() || looking.get()).to_string()
                    on:click=move |_| press()
                >
                    <Icon name="start" />
                    "Run now"
                </button>
            </footer>
        </Dialog>
    }
}

/// Looks for a run of `schedule` since the request was sent at `sent`. The error says that the runs could not be read.
async fn look(session: Session, schedule: &Arc<Schedule>, sent: Stamp) -> Result<Option<RunOutcome>, ()> {
    let runs = read_runs(session, &[]).await.map_err(|_| ())?;
    let since = sent.millis() - SLACK;
    let run = runs.of(schedule).find(|run| run.created.is_some_and(|at| at.millis() >= since));
    Ok(run.map(schedule::Run::outcome))
}

/// What is known after a lost answer, where no job was found. `run` is the run since then, and `no_job` says that the jobs
/// were read: a run alone may be one of the schedule's own times.
fn not_found(run: Result<Option<RunOutcome>, ()>, no_job: bool) -> String {
    let and_no_job = if no_job { ", and no new job that synchronizes the same" } else { "" };
    match run {
        Ok(Some(run)) => [
            "The panel has looked: the scheduler has a run of this schedule from this time, which it calls ",
            run.word(),
            and_no_job,
            ". Whether it is this run is not known.",
        ]
        .concat(),
        Ok(None) => [
            "The panel has looked: there is no new run of this schedule",
            and_no_job,
            ", so the request may not have reached the server.",
        ]
        .concat(),
        Err(()) => [
            "Whether the request reached the server is not known: the runs could not be read",
            if no_job { ", and there is no new job that synchronizes the same." } else { "." },
        ]
        .concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_without_its_job_is_no_proof() {
        let words = not_found(Ok(Some(RunOutcome::Failed)), true);
        assert!(
            words.contains("calls Failed, and no new job that synchronizes the same. Whether"),
            "{words}"
        );
        assert!(not_found(Ok(None), true).contains("no new run of this schedule, and no new job"));
        assert!(!not_found(Ok(None), false).contains("job"), "nothing is said of jobs that were not read");
        for no_job in [true, false] {
            assert!(not_found(Ok(None), no_job).ends_with("may not have reached the server."));
            assert!(not_found(Err(()), no_job).contains("is not known: the runs could not be read"));
        }
    }
}
