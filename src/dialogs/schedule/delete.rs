//! The dialog that asks before a schedule is deleted, and names what will no longer be synchronized.
//!
//! Before the request is sent, the schedule is read again. Where somebody else has changed it, the question was about
//! another schedule: the person is told what changed, and is asked again.

use crate::api::failure::Failure;
use crate::api::schedules;
use crate::auth::Session;
use crate::components::controls::dialog::{CloseButton, Dialog};
use crate::components::controls::notice::{FailureNotice, Note};
use crate::components::schedules::changed::ChangedMeanwhile;
use crate::components::schedules::names::ScheduleNames;
use crate::components::schedules::request::ScheduleRequest;
use crate::components::schedules::words::{NOT_READ, cloud, family};
use crate::routing::address::Address;
use crate::state::announcer::Announcer;
use crate::state::containers::ContainerLists;
use crate::state::dialog::OpenDialog;
use crate::state::preferences::Preferences;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::schedules::{ScheduleList, read, read_again};
use cckm::schedule::{self, Change, Schedule};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What became of the last press on **Delete**.
#[derive(Clone)]
enum Answer {
    None,
    /// Nothing was deleted as far as is known; the sentence says what was found out since.
    Failed(Failure, Option<&'static str>),
    /// Somebody else has changed the schedule. Nothing was sent.
    Changed(Vec<Change>),
}

#[component]
pub fn DeleteSchedule(schedule: Arc<Schedule>) -> impl IntoView {
    let address = expect_context::<Address>();
    let announcer = expect_context::<Announcer>();
    let containers = expect_context::<ContainerLists>();
    let dialog = expect_context::<OpenDialog>();
    let preferences = expect_context::<Preferences>();
    let refresh = expect_context::<RefreshTrigger>();
    let session = expect_context::<Session>();
    let request = ("DELETE", schedule::path(&schedule.id));
    // The version that the question is about.
    let asked = RwSignal::new(schedule);
    let sending = RwSignal::new(false);
    let answer = RwSignal::new(Answer::None);
    let is_held = Memo::new(move |_| answer.with(|answer| matches!(answer, Answer::Changed(_))));
    // Other schedules may synchronize the same, so the panel says what this one does and not that nothing else will.
    let known = RwSignal::new(None::<ScheduleList>);
    let close = Callback::new(move |()| dialog.close());
    let send = Callback::new(move |()| {
        if sending.get_untracked() {
            return;
        }
        sending.set(true);
        // What changed stays while the person's second press is sent: the button has the focus.
        if !is_held.get_untracked() {
            answer.set(Answer::None);
        }
        let seen = asked.get_untracked();
        let directory = family(&seen).and_then(|family| untrack(|| containers.get(family.containers)));
        let times = untrack(|| preferences.times());
        spawn_local(async move {
            let result = match read_again(session, &seen, directory.as_deref(), &times).await {
                Err(gone) if gone.is_missing() => Ok(" was deleted already."),
                Err(failure) => Err(Answer::Failed(failure, None)),
                Ok(Some((now, changed))) => {
                    _ = asked.try_set(now);
                    Err(Answer::Changed(changed))
                }
                // The session may have ended meanwhile, and the question with it.
                Ok(None) if sending.try_get_untracked().is_none() => return,
                Ok(None) => delete(session, &seen.id).await,
            };
            if sending.try_set(false).is_some() {
                return;
            }
            match result {
                Ok(words) => {
                    dialog.close();
                    leptos::task::tick().await;
                    if address.with_untracked(|route| route.schedule.as_ref() == Some(&seen.id)) {
                        address.go(&address.get_untracked().without_schedule());
                    }
                    announcer.announce(["“", &seen.title(), "”", words].concat());
                }
                Err(why) => _ = answer.try_set(why),
            }
            refresh.trigger();
        });
    });
    spawn_local(async move {
        if let Ok(list) = read(session).await {
            _ = known.try_set(Some(list));
        }
    });
    let question = move || {
        let schedule = asked.get();
        let of = family(&schedule);
        let others = known.with(|known| {
            let same = known.as_ref().filter(|_| of.is_some())?.of(of).filter(|one| one.id != schedule.id);
            let titles: Vec<String> = same.map(|one| one.title()).collect();
            Some(if titles.is_empty() {
                "No other schedule concerns this cloud.".to_owned()
            } else {
                ["Other schedules of this cloud stay: ", &titles.join(", "), "."].concat()
            })
        });
        view! {
            <p><b><bdi>{schedule.title()}</bdi></b> " · " {cloud(&schedule)}</p>
            <div>
                <p>"It will no longer synchronize:"</p>
                <ScheduleNames label="No longer synchronized" schedule=schedule />
            </div>
            {others.map(|words| view! { <p class="quiet">{words}</p> })}
        }
    };
    let notice = move || {
        let notice = match answer.get() {
            Answer::None => return None,
            Answer::Failed(failure, also) => {
                let refused = also.is_none();
                view! {
                    <FailureNotice failure=failure also=also.map(str::to_owned) />
                    {refused.then(|| view! { <Note><p>"The schedule has not been deleted."</p></Note> })}
                }
                .into_any()
            }
            Answer::Changed(changed) => view! {
                <ChangedMeanwhile
                    changes=changed
                    step="Nothing has been deleted. The question is now about the schedule as it is."
                    go_on=send
                    label="Delete all the same"
                    held=sending
                />
            }
            .into_any(),
        };
        Some(view! { <div class="start-failure">{notice}</div> })
    };
    view! {
        <Dialog name="Delete this schedule?" on_close=close held=sending>
            <div class="dialog-body cancel" tabindex="0" role="group" aria-label="What is deleted">
                {question}
                <p class="quiet">"Jobs that it has started stay, and those that run go on."</p>
                <ScheduleRequest line=request body=None has_body=false />
            </div>
            {notice}
            <footer class="dialog-foot">
                <CloseButton label="Keep it" on_close=close held=sending focus=true />
                <button
                    type="button"
                    class="button danger"
                    aria-disabled=move || (sending.get() || is_held.get()).to_string()
                    aria-busy=move || sending.get().to_string()
                    on:click=move |_| if !is_held.get_untracked() { send.run(()) }
                >
                    "Delete"
                </button>
            </footer>
        </Dialog>
    }
}

/// Sends the request. Where its answer is lost, the schedule is asked what became of it; nothing is sent again.
async fn delete(session: Session, id: &str) -> Result<&'static str, Answer> {
    match session.send(schedules::delete(id)).await {
        Ok(()) => Ok(" is deleted."),
        // There is nothing left to delete.
        Err(refusal) if refusal.is_missing() => Ok(" was deleted already."),
        Err(refusal) if refusal.is_lost() => match session.send(schedules::schedule(id)).await {
            Err(gone) if gone.is_missing() => Ok(" is deleted."),
            Ok(_) => Err(Answer::Failed(refusal, Some("The panel has looked: the schedule is still there."))),
            Err(_) => Err(Answer::Failed(refusal, Some(NOT_READ))),
        },
        Err(refusal) => Err(Answer::Failed(refusal, None)),
    }
}
