//! What can be done with a schedule: edit it, disable or enable it, run it now, delete it.
//!
//! Disabling and enabling is one press. Before it is sent, the schedule is read again: where somebody else has changed
//! it, the person is told and chooses.

use crate::api::failure::Failure;
use crate::api::schedules;
use crate::auth::Session;
use crate::components::controls::icon::Icon;
use crate::components::controls::notice::{FailureNotice, Note};
use crate::components::schedules::changed::ChangedMeanwhile;
use crate::components::schedules::words::{NOT_READ, family};
use crate::state::announcer::Announcer;
use crate::state::containers::ContainerLists;
use crate::state::dialog::OpenDialog;
use crate::state::preferences::Preferences;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::schedule_dialog::ScheduleDialog;
use crate::state::schedules::read_again;
use cckm::schedule::{Change, Schedule, disable_body};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What became of the last press on **Disable** or **Enable**.
#[derive(Clone)]
enum Toggle {
    Idle,
    /// Somebody else has changed the schedule: their version, and what changed.
    Changed(Arc<Schedule>, Vec<Change>),
    /// The request failed; the sentence tells what was found out since.
    Failed(Failure, Option<&'static str>),
}

#[component]
pub fn ScheduleActions(schedule: Memo<Option<Arc<Schedule>>>) -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let containers = expect_context::<ContainerLists>();
    let dialog = expect_context::<OpenDialog>();
    let preferences = expect_context::<Preferences>();
    let refresh = expect_context::<RefreshTrigger>();
    let session = expect_context::<Session>();
    let sending = RwSignal::new(false);
    let toggle = RwSignal::new(Toggle::Idle);
    let disabled = Memo::new(move |_| schedule.with(|one| one.as_ref().is_some_and(|one| one.disabled)));
    // `seen` is the version on which the person decides, and `to` what they want it to be.
    let set = move |seen: Arc<Schedule>, to: bool| {
        if sending.get_untracked() {
            return;
        }
        sending.set(true);
        toggle.set(Toggle::Idle);
        let directory = family(&seen).and_then(|family| untrack(|| containers.get(family.containers)));
        let times = untrack(|| preferences.times());
        spawn_local(async move {
            let result = match read_again(session, &seen, directory.as_deref(), &times).await {
                Err(failure) => Some(Toggle::Failed(failure, Some("Nothing has been changed."))),
                Ok(Some((now, _))) if now.disabled == to => {
                    let word = if to { "disabled" } else { "enabled" };
                    announcer.announce(["“", &now.title(), "” was ", word, " already."].concat());
                    None
                }
                Ok(Some((now, changed))) => Some(Toggle::Changed(now, changed)),
                Ok(None) => send(session, &seen, to, announcer).await,
            };
            if sending.try_set(false).is_none()
                && let Some(result) = result
            {
                _ = toggle.try_set(result);
            }
            refresh.trigger();
        });
    };
    let press = move |_| {
        if let Some(seen) = schedule.get_untracked() {
            let to = !seen.disabled;
            set(seen, to);
        }
    };
    let open = move |make: fn(Arc<Schedule>) -> ScheduleDialog| {
        if let Some(seen) = schedule.get_untracked() {
            dialog.open_schedule(make(seen));
        }
    };
    view! {
        <div class="actions">
            <button type="button" class="button" on:click=move |_| open(ScheduleDialog::edit)>"Edit"</button>
            <button
                type="button"
                class="button"
                aria-disabled=move || sending.get().to_string()
                aria-busy=move || sending.get().to_string()
                on:click=press
            >
                {move || if disabled.get() { "Enable" } else { "Disable" }}
            </button>
            <button type="button" class="button" on:click=move |_| open(ScheduleDialog::Run)>
                <Icon name="start" />
                "Run now"
            </button>
            <button type="button" class="button" on:click=move |_| open(ScheduleDialog::Delete)>
                "Delete"
            </button>
        </div>
        {move || match toggle.get() {
            Toggle::Idle => ().into_any(),
            Toggle::Failed(failure, also) => {
                let is_gone = failure.is_missing();
                view! {
                    <FailureNotice failure=failure also=also.map(str::to_owned) />
                    {is_gone.then(|| view! { <Note><p>"Somebody has deleted this schedule meanwhile."</p></Note> })}
                }
                .into_any()
            }
            Toggle::Changed(theirs, changed) => {
                let to = !theirs.disabled;
                view! {
                    <ChangedMeanwhile
                        changes=changed
                        take=Callback::new(move |()| toggle.set(Toggle::Idle))
                        go_on=Callback::new(move |()| set(theirs.clone(), to))
                        label=if to { "Disable all the same" } else { "Enable all the same" }
                        held=sending
                    />
                }
                .into_any()
            }
        }}
    }
}

/// Sends the change. Where the answer is lost, the schedule is asked what became of it; nothing is sent again.
async fn send(session: Session, seen: &Schedule, to: bool, announcer: Announcer) -> Option<Toggle> {
    let done = || {
        let word = if to { "Disabled “" } else { "Enabled “" };
        announcer.announce([word, &seen.title(), "”."].concat());
    };
    let Err(failure) = session.send(schedules::change(&seen.id, &disable_body(to))).await else {
        done();
        return None;
    };
    if !failure.is_lost() {
        return Some(Toggle::Failed(failure, None));
    }
    match session.send(schedules::schedule(&seen.id)).await {
        Ok(now) if now.disabled == to => {
            done();
            None
        }
        Ok(_) => Some(Toggle::Failed(
            failure,
            Some(
                "The panel has looked: the schedule is as before, so the request seems not to have reached the server.",
            ),
        )),
        Err(_) => Some(Toggle::Failed(failure, Some(NOT_READ))),
    }
}
