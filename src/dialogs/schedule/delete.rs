//! The dialog that asks before a schedule is deleted, and names what will no longer be synchronized.

use crate::api::failure::Failure;
use crate::api::schedules;
use crate::auth::Session;
use crate::components::controls::dialog::{CloseButton, Dialog};
use crate::components::controls::notice::{FailureNotice, Note};
use crate::components::schedules::names::ScheduleNames;
use crate::components::schedules::request::ScheduleRequest;
use crate::components::schedules::words::{NOT_READ, cloud, family};
use crate::routing::address::Address;
use crate::state::announcer::Announcer;
use crate::state::dialog::OpenDialog;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::schedules::read;
use cckm::schedule::{self, Schedule};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

#[component]
pub fn DeleteSchedule(schedule: Arc<Schedule>) -> impl IntoView {
    let address = expect_context::<Address>();
    let announcer = expect_context::<Announcer>();
    let dialog = expect_context::<OpenDialog>();
    let refresh = expect_context::<RefreshTrigger>();
    let session = expect_context::<Session>();
    let of = family(&schedule);
    let subject = schedule.clone();
    let sending = RwSignal::new(false);
    let failure = RwSignal::new(None::<(Failure, Option<&'static str>)>);
    // Other schedules may synchronize the same, so the panel says what this one does and not that nothing else will.
    let others = RwSignal::new(None::<Vec<String>>);
    let own = schedule.id.clone();
    spawn_local(async move {
        let Ok(list) = read(session).await else { return };
        let same = list.schedules.iter().filter(|one| one.id != own);
        let same = same.filter(|one| of.is_some_and(|family| one.concerns(family)));
        _ = others.try_set(Some(same.map(|one| one.title()).collect()));
    });
    let close = Callback::new(move |()| dialog.close());
    let title = schedule.title();
    let request = ("DELETE", schedule::path(&schedule.id));
    let press = {
        let schedule = schedule.clone();
        move |_| {
            if sending.get_untracked() {
                return;
            }
            sending.set(true);
            failure.set(None);
            let (id, title) = (schedule.id.clone(), schedule.title());
            spawn_local(async move {
                let result = match session.send(schedules::delete(&id)).await {
                    // 404 says that there is nothing left to delete.
                    Err(refusal) if refusal.status() == Some(404) => Ok(" was deleted already."),
                    Err(refusal) if refusal.is_lost() => match session.send(schedules::schedule(&id)).await {
                        Err(gone) if gone.status() == Some(404) => Ok(" is deleted."),
                        Ok(_) => Err((refusal, Some("The panel has looked: the schedule is still there."))),
                        Err(_) => Err((refusal, Some(NOT_READ))),
                    },
                    Err(refusal) => Err((refusal, None)),
                    Ok(()) => Ok(" is deleted."),
                };
                if sending.try_set(false).is_some() {
                    return;
                }
                match result {
                    Ok(words) => {
                        dialog.close();
                        leptos::task::tick().await;
                        if address.with_untracked(|route| route.schedule.as_ref() == Some(&id)) {
                            address.go(&address.get_untracked().without_schedule());
                        }
                        refresh.trigger();
                        announcer.announce(["“", &title, "”", words].concat());
                    }
                    Err(refusal) => {
                        _ = failure.try_set(Some(refusal));
                        refresh.trigger();
                    }
                }
            });
        }
    };
    view! {
        <Dialog name="Delete this schedule?" on_close=close held=sending>
            <div class="dialog-body cancel" tabindex="0" role="group" aria-label="What is deleted">
                <p><b><bdi>{title}</bdi></b> " · " {cloud(&schedule)}</p>
                <div>
                    <p>"It will no longer synchronize:"</p>
                    <ScheduleNames label="No longer synchronized" schedule=subject />
                </div>
                {move || others.get().filter(|_| of.is_some()).map(|others| {
                    let words = if others.is_empty() {
                        "No other schedule concerns this cloud.".to_owned()
                    } else {
                        ["Other schedules of this cloud stay: ", &others.join(", "), "."].concat()
                    };
                    view! { <p class="quiet">{words}</p> }
                })}
                <p class="quiet">"Jobs that it has started stay, and those that run go on."</p>
                <ScheduleRequest line=request body=None has_body=false />
                {move || failure.get().map(|(failure, also)| {
                    let refused = also.is_none();
                    view! {
                        <FailureNotice failure=failure also=also.map(str::to_owned) />
                        {refused.then(|| view! { <Note><p>"The schedule has not been deleted."</p></Note> })}
                    }
                })}
            </div>
            <footer class="dialog-foot">
                <CloseButton label="Keep it" on_close=close held=sending focus=true />
                <button
                    type="button"
                    class="button danger"
                    aria-disabled=move || sending.get().to_string()
                    aria-busy=move || sending.get().to_string()
                    on:click=press
                >
                    "Delete"
                </button>
            </footer>
        </Dialog>
    }
}
