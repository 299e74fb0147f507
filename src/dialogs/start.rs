//! The dialog that starts one synchronization.

use crate::api::failure::Failure;
use crate::api::jobs;
use crate::auth::Session;
use crate::components::controls::dialog::{CloseButton, Dialog};
use crate::components::controls::icon::Icon;
use crate::components::controls::lazy::lazy;
use crate::components::controls::lazy_view::LazyView;
use crate::components::controls::notice::{FailureNotice, Note};
use crate::components::start::container_selection::{ContainerSelection, effective_form};
use crate::components::start::kept::Kept;
use crate::components::start::lost_start::{Lost, LostStart, UNCERTAIN};
use crate::components::start::request::RequestPreview;
use crate::dialogs::already_running::{Guard, Running};
use crate::routing::address::Address;
use crate::routing::route::Route;
use crate::state::announcer::Announcer;
use crate::state::containers::ContainerLists;
use crate::state::local_jobs::LocalJobs;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::start_drafts::{StartDraft, StartDrafts};
use crate::state::watched_jobs::WatchedJobs;
use cckm::family::Family;
use cckm::job::Job;
use cckm::start_request::{self, Form};
use cckm::text;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The start form, shown while `StartDrafts` contains a draft.
#[component]
pub fn StartDialog() -> impl IntoView {
    let drafts = expect_context::<StartDrafts>();
    move || drafts.opened().map(|draft| lazy(LazyView::Start(draft)))
}

#[component]
pub fn StartForm(draft: StartDraft) -> impl IntoView {
    let address = expect_context::<Address>();
    let local_jobs = expect_context::<LocalJobs>();
    let watched = expect_context::<WatchedJobs>();
    let announcer = expect_context::<Announcer>();
    let session = expect_context::<Session>();
    let containers = expect_context::<ContainerLists>();
    let drafts = expect_context::<StartDrafts>();
    let refresh = expect_context::<RefreshTrigger>();
    let has_draft = RwSignal::new(drafts.was_left(&draft));
    let StartDraft { family, form, unmapped } = draft;
    containers.again(family.containers);
    let guard = Guard::new(family, || true);
    let form = RwSignal::new(form);
    let effective = effective_form(family, form);
    let body = Memo::new(move |_| effective.with(|form| start_request::body(family, form)));
    // Running jobs are requested before the start is sent. Closing the form meanwhile prevents the start.
    let looking = RwSignal::new(false);
    let sending = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let lost = Lost::new(family);
    // After a 409 response, the note about running jobs already shows the reason and the possible actions.
    let is_explained = Memo::new(move |_| {
        failure.with(|failure| failure.as_ref().and_then(Failure::status) == Some(409)) && guard.runs()
    });
    let close = Callback::new(move |()| drafts.close());
    // The form has done its work, so its draft is dropped.
    let done = move || {
        if has_draft.get_untracked() {
            drafts.forget(family);
        }
        drafts.close();
    };
    // The start that was lost is not sent again by the same button: its job is being looked for, or is there.
    let holds = Memo::new(move |_| body.with(|body| body.as_ref().is_ok_and(|body| lost.holds(body))));
    let line = move || {
        if sending.get() {
            return "Sending the request…".to_owned();
        }
        if holds.get() {
            return "Has been sent: see what became of it.".to_owned();
        }
        body.with(|body| match body {
            Ok(_) if guard.runs() => {
                ["Not sent while a job of ", &family.title(), " runs, except by Start anyway."].concat()
            }
            Ok(_) => effective.with(|form| start_request::sentence(family, form)),
            Err(reason) => reason.clone(),
        })
    };
    let send = Callback::new(move |()| {
        let Ok(body) = body.get_untracked() else { return };
        if sending.get_untracked() {
            return;
        }
        sending.set(true);
        failure.set(None);
        let sent = lost.sending(body, guard.before(lost));
        let what = effective.with_untracked(|form| start_request::what(family, form));
        // Not bound to the reactive owner of this dialog: a request that was sent is never aborted.
        spawn_local(async move {
            let result = session.send(jobs::start(family, &sent.body)).await;
            lost.answered(&sent, &result);
            if !drafts.is_there() {
                // The session has ended and its contexts are disposed of.
                return;
            }
            // Another form may have taken the place of this one.
            let is_open = sending.try_set(false).is_none();
            match result {
                Ok(job) => {
                    let sentence = announcement(&what, job.as_ref().map(|job| job.id.as_str()));
                    if let Some(job) = job {
                        watched.add(family, Arc::new(job.clone()));
                        local_jobs.note(family, job);
                    }
                    if is_open {
                        done();
                        show_list(address, family).await;
                    }
                    refresh.trigger();
                    announcer.announce(sentence);
                }
                Err(refusal) => {
                    let is_lost = refusal.is_lost();
                    if !is_open && !is_lost {
                        announcer.announce(refusal.whole());
                    }
                    _ = failure.try_set(Some(refusal));
                    // The user may look for this job next, or for another one that is running.
                    refresh.trigger();
                    if is_lost {
                        lost.begin(sent).await;
                    }
                }
            }
        });
    });
    let ready = Memo::new(move |_| body.with(Result::is_ok) && !sending.get() && !looking.get());
    let press = move || {
        if ready.get_untracked() {
            guard.check(looking, send);
        }
    };
    let unmapped = StoredValue::new(unmapped);
    let watch = Callback::new(move |job: Arc<Job>| {
        drafts.leave(StartDraft { family, form: form.get_untracked(), unmapped: unmapped.get_value() });
        show_job(address, watched, family, job);
    });
    // A form that is left for another job keeps its draft.
    let watch_lost = Callback::new(move |job: Arc<Job>| {
        done();
        show_job(address, watched, family, job);
    });
    let again = Callback::new(move |()| press());
    let press_start = move |_| {
        if !holds.get_untracked() {
            press();
        }
    };
    let start_over = Callback::new(move |()| {
        drafts.forget(family);
        form.set(Form::default());
    });
    let start = NodeRef::<html::Button>::new();
    let choice = NodeRef::<html::Div>::new();
    view! {
        <Dialog name="Start synchronization" about=family.title() on_close=close wide=true held=sending>
            <div class="dialog-body start">
                // What is sent is what was there when it was pressed.
                <div class="start-choice" node_ref=choice inert=move || looking.get() || sending.get()>
                    <Kept is_kept=has_draft fields=choice start_over=start_over />
                    {(!unmapped.with_value(Vec::is_empty)).then(|| {
                        let sentence = ["Could not map: ", &unmapped.with_value(|all| all.join(", "))].concat();
                        view! { <Note><p class="unmapped">{sentence}</p></Note> }
                    })}
                    <ContainerSelection family=family form=form effective=effective focus=true />
                </div>
                <div class="start-request" tabindex="0" role="group" aria-label="What is sent">
                    <RequestPreview
                        family=family
                        body=Signal::derive(move || body.get().ok())
                    />
                    {family.notes.iter().map(|note| view! { <Note><p>{*note}</p></Note> }).collect_view()}
                </div>
            </div>
            {move || failure.get().map(|failure| {
                let also = failure.is_lost().then(|| UNCERTAIN.to_owned());
                view! {
                    <div class="start-failure">
                        <FailureNotice failure=failure also=also is_explained=is_explained.get() />
                        <LostStart lost=lost watch=watch_lost again=again another=again held=Signal::derive(move || !ready.get()) />
                    </div>
                }
            })}
            <Running
                guard=guard
                watch=watch
                anyway=send
                held=Signal::derive(move || !ready.get())
                sending=sending
                back=start
            />
            <footer class="dialog-foot">
                <p class="start-line" id="start-line" class:ready=move || body.with(Result::is_ok)>{line}</p>
                <CloseButton label="Cancel" on_close=close held=sending />
                // Not `disabled`: the button stays in the tab order, and a screen reader reads the reason.
                <button
                    type="button"
                    class="button primary"
                    aria-describedby="start-line"
                    node_ref=start
                    aria-disabled=move || (!ready.get() || guard.runs() || holds.get()).to_string()
                    aria-busy=move || (sending.get() || looking.get()).to_string()
                    on:click=press_start
                >
                    <Icon name="start" />
                    "Start"
                </button>
            </footer>
        </Dialog>
    }
}

/// Watches a job and opens it, after the dialog has closed.
pub fn show_job(address: Address, watched: WatchedJobs, family: &'static Family, job: Arc<Job>) {
    spawn_local(async move {
        // The dialog closes first, because closing it returns the focus to the element that opened it.
        leptos::task::tick().await;
        let route = address.get_untracked().with_job(family, &job.id);
        watched.add(family, job);
        address.go(&route);
    });
}

/// Shows the list of `family`, after the form has closed.
async fn show_list(address: Address, family: &'static Family) {
    // The dialog closes first, because closing it returns the focus to the element that opened it.
    leptos::task::tick().await;
    let route = address.get_untracked();
    if route.job.is_some()
        && let Some(main) = document().query_selector("main").ok().flatten()
    {
        // The list replaces an open job, and removes the element that has the focus.
        use wasm_bindgen::JsCast;
        _ = main.unchecked_into::<web_sys::HtmlElement>().focus();
    }
    let list = if route.family() == Some(family) { route.cleared().without_job() } else { Route::of(family) };
    address.go(&list);
}

fn announcement(what: &str, id: Option<&str>) -> String {
    match id {
        Some(id) => ["Started the synchronization of ", what, ". Job ", &text::short(id), "."].concat(),
        None => [
            "The server accepted the synchronization of ",
            what,
            " without naming a job. It may be in the list soon.",
        ]
        .concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_started_is_reported_with_its_job() {
        assert_eq!(
            announcement("3 key rings", Some("j-1")),
            "Started the synchronization of 3 key rings. Job j-1."
        );
        assert!(announcement("all KMS", None).contains("all KMS without naming a job"));
    }
}
