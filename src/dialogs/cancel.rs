//! The dialog that confirms the cancellation of a job, and the cancel request.

use crate::api::failure::Failure;
use crate::api::jobs;
use crate::auth::Session;
use crate::components::controls::copy::CopyByHand;
use crate::components::controls::copy_as::CopyAs;
use crate::components::controls::dialog::{CloseButton, Dialog};
use crate::components::controls::notice::{FailureNotice, Note};
use crate::components::job::job_lines::JobLines;
use crate::query::fetch;
use crate::state::announcer::Announcer;
use crate::state::containers::ContainerLists;
use crate::state::local_jobs::LocalJobs;
use crate::state::refresh_trigger::RefreshTrigger;
use cckm::cancel_result::{CancelEffect, after_loss, overtaken};
use cckm::command::{Action, Request};
use cckm::family::Family;
use cckm::job::Job;
use cckm::outcome::Outcome;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

#[component]
pub fn CancelDialog(
    family: &'static Family,
    id: String,
    job: Memo<Arc<Job>>,
    open: RwSignal<bool>,
    /// Runs after a successful cancel, with the job if the response contained it.
    answered: Callback<Option<Job>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let local_jobs = expect_context::<LocalJobs>();
    let announcer = expect_context::<Announcer>();
    let refresh = expect_context::<RefreshTrigger>();
    let sending = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    // The advice that follows from the job's own state, after the response to the cancel was lost.
    let told = RwSignal::new(None::<&'static str>);
    let outcome = Memo::new(move |_| job.with(|job| job.outcome()));
    let possible = move || outcome.get() == Outcome::InProgress;
    let id = StoredValue::new(id);
    let refused = RwSignal::new(None);
    let requests = Callback::new(move |()| vec![Request { family, action: Action::Cancel(id.get_value()) }]);
    let close = Callback::new(move |()| {
        open.set(false);
        failure.set(None);
    });
    let press = move |_| {
        if sending.get_untracked() || outcome.get_untracked() != Outcome::InProgress {
            return;
        }
        sending.set(true);
        failure.set(None);
        told.set(None);
        let id = id.get_value();
        // Not bound to the reactive owner of this dialog: a request that was sent is never aborted.
        spawn_local(async move {
            let mut result = session.send(jobs::cancel(family, &id)).await;
            if result.as_ref().is_err_and(Failure::is_lost) {
                let now = fetch(session, jobs::job(family, &id)).await.ok();
                match after_loss(now.as_ref()) {
                    Ok(_) => result = Ok(now),
                    Err(words) => _ = told.try_set(Some(words)),
                }
            }
            _ = sending.try_set(false);
            match result {
                Ok(answer) => {
                    _ = close.try_run(());
                    announcer.announce(CancelEffect::of(answer.as_ref()).sentence(&id));
                    local_jobs.update(family, answer.as_ref());
                    _ = answered.try_run(answer);
                }
                Err(refusal) => {
                    let sentence = [refusal.title(), refusal.words()].join(": ");
                    if failure.try_set(Some(refusal)).is_some() {
                        // The dialog is gone, so the failure is announced.
                        announcer.announce(sentence);
                    }
                }
            }
            // The job may have ended in the meantime, which is the usual reason for a refusal.
            refresh.trigger();
        });
    };
    let containers = expect_context::<ContainerLists>();
    move || {
        open.get().then(|| {
            containers.need(family.containers);
            view! {
                <Dialog name="Cancel this job?" on_close=close held=sending>
                    <div class="dialog-body cancel cancel-picked" tabindex="0">
                        <div>
                            <JobLines family=family job=job />
                        </div>
                        <p>
                            "The server is asked to stop job " <code>{id.get_value()}</code> " (" {family.title()}
                            "). Containers that are not done yet may stay as they were before."
                        </p>
                        {move || failure.get().map(|failure| {
                            let also = told.get_untracked().map(str::to_owned);
                            view! { <FailureNotice failure=failure also=also /> }
                        })}
                        {move || (!possible() && !sending.get()).then(|| {
                            let sentence = overtaken(outcome.get());
                            view! { <Note><p>{sentence}</p></Note> }
                        })}
                        <CopyByHand refused=refused />
                    </div>
                    <footer class="dialog-foot">
                        <CopyAs requests=requests refused=refused class="plain" />
                        <CloseButton label="Keep running" on_close=close held=sending focus=true />
                        <button
                            type="button"
                            class="button danger"
                            aria-disabled=move || (sending.get() || !possible()).to_string()
                            aria-busy=move || sending.get().to_string()
                            on:click=press
                        >
                            "Cancel job"
                        </button>
                    </footer>
                </Dialog>
            }
        })
    }
}
