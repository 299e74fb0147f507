//! The form that creates a schedule or edits one.
//!
//! Before a change is sent, the schedule is read again. Where somebody else has changed it since it was opened, the
//! person is told what, field by field, and chooses before anything is overwritten.

use crate::api::failure::Failure;
use crate::api::schedules;
use crate::auth::Session;
use crate::clock::Clock;
use crate::components::controls::dialog::{CloseButton, Dialog};
use crate::components::controls::icon::Icon;
use crate::components::controls::notice::{FailureNotice, Note};
use crate::components::controls::shown::Shown;
use crate::components::schedules::changed::ChangedMeanwhile;
use crate::components::schedules::request::ScheduleRequest;
use crate::components::start::container_selection::adjusted;
use crate::components::start::kept::Kept;
use crate::dialogs::schedule::fields::{Fields, Input};
use crate::dialogs::schedule::lost::{self, Found};
use crate::dialogs::schedule::sentences::{accepted, sentence};
use crate::routing::address::Address;
use crate::routing::route::View;
use crate::state::announcer::Announcer;
use crate::state::containers::ContainerLists;
use crate::state::dialog::OpenDialog;
use crate::state::preferences::Preferences;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::schedule_drafts::{Base, LeftForm, ScheduleDrafts};
use crate::state::schedules::{ScheduleList, read, read_again};
use cckm::schedule::{self, Change, Draft, Schedule, rebase};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use std::sync::Arc;

/// What became of the last press on the button.
#[derive(Clone, Default)]
enum Answer {
    #[default]
    None,
    /// The server has refused.
    Refused(Failure),
    /// The schedule is no longer there.
    Gone(Failure),
    /// The answer was lost; what was found since, if the look is over.
    Lost(Failure, Option<Found>),
    /// Somebody else has changed the schedule.
    Changed(Arc<Schedule>, Vec<Change>),
}

impl Answer {
    /// Whether the answer was lost, and the request may have reached the server.
    fn may_be_there(&self) -> bool {
        matches!(self, Self::Lost(_, found) if *found != Some(Found::NotThere))
    }
}

/// The form of a version of a schedule, or of a new one whose contents are `new`. It begins with what was left in it.
#[component]
pub fn FormFields(
    base: Base,
    new: Draft,
    #[prop(optional_no_strip)] left: Option<LeftForm>,
) -> impl IntoView {
    let address = expect_context::<Address>();
    let announcer = expect_context::<Announcer>();
    let clock = expect_context::<Clock>();
    let containers = expect_context::<ContainerLists>();
    let dialog = expect_context::<OpenDialog>();
    let preferences = expect_context::<Preferences>();
    let refresh = expect_context::<RefreshTrigger>();
    let session = expect_context::<Session>();
    let drafts = expect_context::<ScheduleDrafts>();
    let is_left = RwSignal::new(left.is_some());
    let opened = StoredValue::new((base, new));
    let untouched =
        move || opened.with_value(|(base, new)| LeftForm { base: base.clone(), draft: base.draft(new) });
    let LeftForm { base, draft } = left.unwrap_or_else(untouched);
    let title = base.schedule.as_ref().map(|schedule| schedule.title()).unwrap_or_default();
    let name = if base.schedule.is_some() { "Edit schedule" } else { "New schedule" };
    let base = RwSignal::new(base);
    let is_new = Memo::new(move |_| base.with(|base| base.schedule.is_none()));
    let input = Input::new(draft);
    let sending = RwSignal::new(false);
    let result = RwSignal::new(Answer::None);
    // The form has done its work.
    let forget = move || opened.with_value(|(base, _)| drafts.forget(base.id()));
    let close = Callback::new(move |()| {
        let base = base.get_untracked();
        let draft = untrack(|| input.typed());
        // A new schedule that may be there by now would be created a second time.
        let may_be_there = base.schedule.is_none() && result.with_untracked(Answer::may_be_there);
        if !may_be_there && draft != opened.with_value(|(_, new)| base.draft(new)) {
            drafts.leave(LeftForm { base, draft });
        } else if is_left.get_untracked() {
            forget();
        }
        dialog.close();
    });
    // The draft as it is sent: the selection depends on the container list.
    let draft = Memo::new(move |_| {
        let family = input.family.get();
        let form = family.map(|family| adjusted(containers, family, &input.form(family).get()));
        Draft { form: form.unwrap_or_default(), ..input.draft() }
    });
    let body = Memo::new(move |_| {
        let now = clock.minute();
        draft.with(|draft| base.with(|base| base.body(draft, now)))
    });
    let request = Memo::new(move |_| {
        base.with(|base| match &base.schedule {
            None => ("POST", schedule::PATH.to_owned()),
            Some(known) => ("PATCH", schedule::path(&known.id)),
        })
    });
    let is_ready = Memo::new(move |_| body.with(|body| body.as_ref().is_ok_and(|body| !is_empty(body))));
    let line = move || {
        if sending.get() {
            return "Sending the request…".to_owned();
        }
        body.with(|body| match body {
            Err(mistakes) => mistakes.first().map(|mistake| mistake.text.clone()).unwrap_or_default(),
            Ok(body) if is_empty(body) => "Nothing is changed yet.".to_owned(),
            Ok(_) => draft.with(sentence),
        })
    };
    let done = move |words: String, id: Option<String>| async move {
        if is_left.get_untracked() {
            forget();
        }
        dialog.close();
        // The dialog closes first, because closing it returns the focus to the element that opened it.
        leptos::task::tick().await;
        refresh.trigger();
        let is_here =
            address.with_untracked(|route| matches!(route.view, View::AllSchedules | View::Schedules(_)));
        if let Some(id) = id.filter(|_| is_here) {
            address.go(&address.get_untracked().with_schedule(&id));
        }
        announcer.announce(words);
    };
    // The schedules right before a new one was sent, by which that one can be told.
    let known = StoredValue::new(None::<Result<ScheduleList, Failure>>);
    // Sends what the form says on top of `from`, the version on which the person has decided.
    let send = move |from: Base, draft: Draft| {
        let now = untrack(|| clock.minute());
        let Ok(body) = from.body(&draft, now) else { return };
        if sending.get_untracked() || is_empty(&body) {
            return;
        }
        sending.set(true);
        // After a lost answer the new one may be there by now, so what was there before it stays what counts.
        let was_lost = result.with_untracked(|result| matches!(result, Answer::Lost(..)));
        result.set(Answer::None);
        let times = untrack(|| preferences.times());
        // Not bound to the reactive owner of this dialog: a request that was sent is never aborted.
        spawn_local(async move {
            let directory = from.directory.as_deref();
            if let Some(seen) = &from.schedule {
                let stopped = match read_again(session, seen, directory, &times).await {
                    Err(failure) if failure.is_missing() => Some(Answer::Gone(failure)),
                    Err(failure) => Some(Answer::Refused(failure)),
                    Ok(changed) => changed.map(|(now, changed)| Answer::Changed(now, changed)),
                };
                // The form may have been closed meanwhile, which is a change of mind: nothing is sent then.
                if stopped.is_some() || sending.try_get_untracked().is_none() {
                    _ = sending.try_set(false);
                    _ = stopped.map(|why| result.try_set(why));
                    return;
                }
            } else if !was_lost {
                let list = read(session).await;
                if known.try_set_value(Some(list)).is_some() {
                    return;
                }
            }
            let request = match &from.schedule {
                None => schedules::create(&body),
                Some(seen) => schedules::change(&seen.id, &body),
            };
            let sent = session.send(request).await;
            if sending.try_set(false).is_some() {
                return;
            }
            match sent {
                Ok(answer) => {
                    let words =
                        accepted(from.schedule.as_deref(), &draft, answer.as_ref(), directory, &times);
                    done(words, answer.map(|answer| answer.id)).await;
                }
                Err(failure) if failure.is_lost() => {
                    _ = result.try_set(Answer::Lost(failure.clone(), None));
                    let found = match &from.schedule {
                        None => {
                            let Some(known) = known.try_get_value().flatten() else { return };
                            lost::created(session, &draft, known).await
                        }
                        Some(seen) => lost::changed(session, seen, &draft, directory, now).await,
                    };
                    refresh.trigger();
                    let words = found.words(from.schedule.is_none());
                    if result.try_set(Answer::Lost(failure, Some(found))).is_some() {
                        announcer.announce(words);
                    }
                }
                Err(failure) => _ = result.try_set(Answer::Refused(failure)),
            }
        });
    };
    // The buttons of a notice leave the page with it.
    let button = NodeRef::<html::Button>::new();
    let focus_button = move || {
        if let Some(button) = button.get_untracked() {
            _ = button.focus();
        }
    };
    let press = Callback::new(move |()| send(base.get_untracked(), draft.get_untracked()));
    let overwrite = move |theirs: Arc<Schedule>| {
        let before = base.get_untracked();
        let directory = before.directory.clone();
        let Some(seen) = &before.schedule else { return };
        let merged = rebase(seen, &theirs, &draft.get_untracked(), directory.as_deref());
        input.set(&merged);
        let now = Base { schedule: Some(theirs), directory };
        base.set(now.clone());
        focus_button();
        send(now, merged);
    };
    let take = move |theirs: Arc<Schedule>| {
        let directory = base.with_untracked(|base| base.directory.clone());
        input.set(&Draft::of(&theirs, directory.as_deref()));
        base.set(Base { schedule: Some(theirs), directory });
        result.set(Answer::None);
        focus_button();
    };
    let show = move |id: String| {
        spawn_local(async move { done("The schedule is there.".to_owned(), Some(id)).await });
    };
    let start_over = Callback::new(move |()| {
        forget();
        let LeftForm { base: seen, draft } = untouched();
        base.set(seen);
        input.set(&draft);
        result.set(Answer::None);
    });
    let fields = NodeRef::<html::Div>::new();
    let notice = move || {
        match result.get() {
        Answer::None => ().into_any(),
        Answer::Refused(failure) => view! { <FailureNotice failure=failure /> }.into_any(),
        Answer::Gone(failure) => view! {
            <FailureNotice failure=failure advice=Some("Somebody has deleted this schedule meanwhile.".to_owned()) />
            <div class="notice-steps">
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        base.update(|base| base.schedule = None);
                        result.set(Answer::None);
                        focus_button();
                    }
                >
                    "Make a new schedule of it"
                </button>
            </div>
        }
        .into_any(),
        Answer::Lost(failure, found) => {
            let created = is_new.get_untracked();
            let words = found.as_ref().map_or_else(|| "Looking for the schedule…".to_owned(), |found| found.words(created));
            let id = match &found {
                Some(Found::There(schedule)) => Some(schedule.id.clone()),
                _ => None,
            };
            let again = found == Some(Found::NotThere);
            view! {
                <FailureNotice failure=failure />
                <div class="notice info lost" role="note" aria-label="Looked for the schedule">
                    <Icon name="info" />
                    <div class="notice-text"><p aria-live="polite">{words}</p></div>
                    <div class="notice-steps">
                        {id.map(|id| view! {
                            <button type="button" class="button" on:click=move |_| show(id.clone())>"Show it"</button>
                        })}
                        {again.then(|| view! {
                            <button type="button" class="button" on:click=move |_| {
                                focus_button();
                                press.run(());
                            }>"Try again"</button>
                        })}
                    </div>
                </div>
            }
            .into_any()
        }
        Answer::Changed(theirs, changed) => {
            let mine = theirs.clone();
            view! {
                <ChangedMeanwhile
                    changes=changed
                    take=Callback::new(move |()| take(theirs.clone()))
                    go_on=Callback::new(move |()| overwrite(mine.clone()))
                    label="Overwrite with mine"
                    held=Signal::derive(move || sending.get())
                />
            }
            .into_any()
        }
    }
    };
    // What is there, or may be there, is not sent a second time.
    let is_held = Memo::new(move |_| {
        let is_open = |result: &Answer| {
            matches!(result, Answer::Changed(..) | Answer::Lost(_, None | Some(Found::There(_))))
        };
        result.with(is_open)
    });
    let press_button = move |_| {
        if is_ready.get_untracked() && !is_held.get_untracked() {
            press.run(());
        }
    };
    view! {
        <Dialog name=name about=title on_close=close wide=true held=sending>
            <div class="dialog-body start">
                <div class="start-choice schedule-form" node_ref=fields>
                    <Kept is_kept=is_left fields=fields start_over=start_over />
                    <Fields
                        input=input
                        draft=draft
                        mistakes=Signal::derive(move || {
                            let start = base.with(|base| base.schedule.as_ref().and_then(|schedule| schedule.start));
                            draft.with(|draft| draft.mistakes(clock.minute(), start))
                        })
                    />
                </div>
                <div class="start-request" tabindex="0" role="group" aria-label="What is sent">
                    <ScheduleRequest line=request body=Signal::derive(move || body.get().ok().filter(|body| !is_empty(body))) />
                    <Shown when=move || !is_new.get()>
                        <Note><p>"Only what you change is sent. The schedule is read again before."</p></Note>
                    </Shown>
                    {move || input.family.get().into_iter().flat_map(|family| family.notes).map(|note| view! { <Note><p>{*note}</p></Note> }).collect_view()}
                </div>
            </div>
            <Shown when=move || result.with(|result| !matches!(result, Answer::None))>
                <div class="start-failure">{notice}</div>
            </Shown>
            <footer class="dialog-foot">
                <p class="start-line" id="schedule-line" class:ready=is_ready>{line}</p>
                <CloseButton label="Cancel" on_close=close held=sending />
                <button
                    type="button"
                    class="button primary"
                    node_ref=button
                    aria-describedby="schedule-line"
                    aria-disabled=move || (!is_ready.get() || sending.get() || is_held.get()).to_string()
                    aria-busy=move || sending.get().to_string()
                    on:click=press_button
                >
                    {move || if is_new.get() { "Create" } else { "Save" }}
                </button>
            </footer>
        </Dialog>
    }
}

/// Whether an edit changes nothing.
fn is_empty(body: &Value) -> bool {
    body.as_object().is_some_and(serde_json::Map::is_empty)
}
