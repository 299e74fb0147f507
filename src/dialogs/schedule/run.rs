//! The dialog that runs a schedule now, with the guard of the start form.

use crate::api::failure::Failure;
use crate::api::schedules;
use crate::auth::Session;
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
use crate::state::dialog::OpenDialog;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::schedules::{RunList, read_runs};
use crate::state::watched_jobs::WatchedJobs;
use cckm::job::Job;
use cckm::schedule::{self, Schedule};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

#[component]
pub fn RunSchedule(schedule: Arc<Schedule>) -> impl IntoView {
    let address = expect_context::<Address>();
    let announcer = expect_context::<Announcer>();
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
    let failure = RwSignal::new(None::<(Failure, Option<&'static str>)>);
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
                ["Not sent while a job of ", &what, " runs, except by Start anyway."].concat()
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
        spawn_local(async move {
            // By these a run that is new is told, should the answer be lost.
            let known = read_runs(session, &[]).await.ok();
            // The dialog may be gone meanwhile, by signing out: nothing is sent then.
            if sending.try_get_untracked().is_none() {
                return;
            }
            let result = match session.send(schedules::run_now(&schedule.id)).await {
                Err(refusal) if refusal.is_lost() => look(session, &schedule, known).await.map_or_else(
                    |why| Err((refusal, Some(why))),
                    |()| Ok("The answer was lost, but there is a new run of “"),
                ),
                Err(refusal) => Err((refusal, None)),
                Ok(()) => Ok("The scheduler runs “"),
            };
            if !dialog.is_there() {
                // The session has ended and its contexts are disposed of.
                return;
            }
            let is_open = sending.try_set(false).is_none();
            refresh.trigger();
            match result {
                Ok(words) => {
                    if is_open {
                        dialog.close();
                    }
                    announcer.announce([words, &schedule.title(), "”."].concat());
                }
                Err((refusal, _)) if !is_open => announcer.announce(refusal.whole()),
                Err(refusal) => failure.set(Some(refusal)),
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
                    <FailureNotice failure=failure also=also.map(str::to_owned) is_explained=runs.get() />
                })}
            </div>
            {guard.map(|guard| view! {
                <Running guard=guard watch=watch anyway=send held=Signal::derive(move || !ready.get()) sending=sending back=start />
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

/// Looks for a run of `schedule` that is not among `known`, the runs from before. The error says what was found in its
/// place.
async fn look(
    session: Session,
    schedule: &Arc<Schedule>,
    known: Option<RunList>,
) -> Result<(), &'static str> {
    let (Some(known), Ok(runs)) = (known, read_runs(session, &[]).await) else {
        return Err("Whether the request reached the server is not known: the runs could not be read.");
    };
    if runs.of(schedule).any(|run| known.runs.iter().all(|own| own.id != run.id)) {
        return Ok(());
    }
    Err(
        "The panel has looked: there is no new run of this schedule, so the request may not have reached the server.",
    )
}
