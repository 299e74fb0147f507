//! The dialog that confirms the cancellation of several jobs, the cancel requests, and the result of each.

use crate::api::failure::Failure;
use crate::api::jobs;
use crate::auth::Session;
use crate::auth::identity::MAY_NOT;
use crate::components::controls::dialog::Dialog;
use crate::components::controls::focus;
use crate::components::controls::icon::Icon;
use crate::components::controls::notice::{LoadAgain, Note};
use crate::components::controls::shown::Shown;
use crate::components::job::job_lines::JobLines;
use crate::components::job_table::selection_bar::focus_list;
use crate::query::{Task, fetch, for_each_concurrent};
use crate::state::announcer::Announcer;
use crate::state::containers::ContainerLists;
use crate::state::dialog::OpenDialog;
use crate::state::local_jobs::{LocalJob, LocalJobs};
use crate::state::open_list::OpenList;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::rows::Row;
use crate::state::selection::Selection;
use cckm::cancel_result::{CancelEffect, after_loss, summary};
use cckm::family::Family;
use cckm::job::Job;
use cckm::outcome::Outcome;
use cckm::text;
use leptos::html;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// A selected job and the state of its cancel request.
#[derive(Clone, Copy)]
struct Item {
    family: &'static Family,
    /// The job as the open list contains it; its last known state once the list no longer does.
    job: Memo<Arc<Job>>,
    state: RwSignal<State>,
}

#[derive(Clone, PartialEq)]
enum State {
    Waiting,
    Sending,
    Done(CancelEffect),
    Refused(Failure),
    /// The response was lost: what the job's own state shows, and whether it rules out that the job is being
    /// cancelled.
    Lost(Failure, &'static str, bool),
}

impl State {
    /// Whether the cancel request may be sent, for the first time or again.
    fn is_left(&self) -> bool {
        matches!(self, Self::Waiting | Self::Refused(_) | Self::Lost(..))
    }
}

impl Item {
    fn new(open_list: OpenList, selected: LocalJob) -> Self {
        let LocalJob { family, job } = selected;
        let key = Row::key(family, &job.id);
        let job = Memo::new(move |last: Option<&Arc<Job>>| {
            let now = open_list.with(|rows| rows.get(&key).map(|row| row.job.clone()));
            now.or_else(|| last.cloned()).unwrap_or_else(|| job.clone())
        });
        Self { family, job, state: RwSignal::new(State::Waiting) }
    }

    /// Whether a cancel request can be sent for this job.
    fn is_open(self) -> bool {
        let left = self.state.with(State::is_left);
        left && self.job.with(|job| job.outcome()) == Outcome::InProgress
    }

    fn is_refused(self) -> bool {
        self.state.with(|state| matches!(state, State::Refused(_) | State::Lost(..)))
    }
}

#[component]
pub fn CancelSelected() -> impl IntoView {
    let local_jobs = expect_context::<LocalJobs>();
    let open_list = expect_context::<OpenList>();
    let session = expect_context::<Session>();
    let containers = expect_context::<ContainerLists>();
    let selection = expect_context::<Selection>();
    let dialog = expect_context::<OpenDialog>();
    let announcer = expect_context::<Announcer>();
    let refresh = expect_context::<RefreshTrigger>();
    let may = Memo::new(move |_| session.state().may_synchronize());
    let selected = selection.get_untracked();
    for selected in &selected {
        containers.need(selected.family.containers);
    }
    let items = StoredValue::new(
        selected.into_iter().map(|selected| Item::new(open_list, selected)).collect::<Vec<_>>(),
    );
    let open = Memo::new(move |_| items.with_value(|all| all.iter().filter(|item| item.is_open()).count()));
    let sent = RwSignal::new(false);
    let sending = RwSignal::new(false);
    let line = Memo::new(move |_| match (sending.get(), sent.get(), open.get()) {
        (true, ..) => "Asking the server…".to_owned(),
        (_, true, _) => items.with_value(|all| announcement(all)),
        (_, _, 0) => "There is nothing to cancel any more.".to_owned(),
        _ => String::new(),
    });
    let done = NodeRef::<html::Button>::new();
    let close = Callback::new(move |()| {
        dialog.close();
        request_animation_frame(|| {
            // The selection bar, from which the dialog was opened, may be gone with the selection.
            if focus::is_lost() {
                focus_list();
            }
        });
    });
    let press = move |_| {
        if sending.get_untracked() || open.get_untracked() == 0 {
            return;
        }
        sending.set(true);
        sent.set(true);
        for item in items.get_value() {
            let outcome = item.job.with_untracked(|job| job.outcome());
            if outcome != Outcome::InProgress && item.state.with_untracked(|state| *state == State::Waiting) {
                item.state.set(State::Done(CancelEffect::seen(outcome)));
            }
        }
        let results = Rc::new(RefCell::new(Vec::new()));
        let all = items.get_value().into_iter().filter(|item| untrack(|| item.is_open()));
        let tasks = all
            .map(|item| {
                let job = item.job.get_untracked();
                // Deselected until the answer is there, so that no other dialog sends the same request meanwhile.
                selection.remove(item.family, &job.id);
                cancel(session, local_jobs, (selection, open_list), item, job, results.clone())
            })
            .collect();
        for_each_concurrent(
            tasks,
            Box::new(move || {
                refresh.trigger();
                if sending.try_set(false).is_none() {
                    request_animation_frame(move || {
                        // The button that had the focus may be gone.
                        if let Some(done) = done.try_get_untracked().flatten() {
                            _ = done.focus();
                        }
                    });
                } else {
                    // The dialog is closed, so the result is announced.
                    announcer.announce(counted(&results.borrow()));
                }
            }),
        );
    };
    view! {
        <Dialog name="Cancel these jobs?" on_close=close>
            <div class="dialog-body cancel-picked" tabindex="0">
                <p>
                    {["The server is asked to stop ", &text::count(items.with_value(Vec::len), "job", "jobs"), ". Containers that are not done yet may stay as they were before."].concat()}
                </p>
                {move || (!may.get()).then(|| view! { <Note><p>{MAY_NOT}</p></Note> })}
                <ul>
                    {items.with_value(|all| all.iter().map(|item| view! { <Line item=*item /> }).collect_view())}
                </ul>
            </div>
            <footer class="dialog-foot">
                <p class="foot-line" aria-live="polite">{line}</p>
                <button type="button" class="button" autofocus node_ref=done on:click=move |_| close.run(())>
                    {move || if sent.get() { "Done" } else { "Keep running" }}
                </button>
                <Shown when=move || !sent.get() || sending.get() || items.with_value(|all| all.iter().any(|item| item.is_refused()))>
                    <button
                        type="button"
                        class="button danger"
                        aria-disabled=move || (sending.get() || open.get() == 0).to_string()
                        aria-busy=move || sending.get().to_string()
                        on:click=press
                    >
                        {move || if sent.get() && !sending.get() { "Try again" } else { "Cancel jobs" }}
                    </button>
                </Shown>
            </footer>
        </Dialog>
    }
}

/// A job and the result of its cancel request.
#[component]
fn Line(item: Item) -> impl IntoView {
    let Item { family, job, state } = item;
    let outcome = Memo::new(move |_| job.with(|job| job.outcome()));
    let answer = move || match state.get() {
        State::Waiting => match outcome.get() {
            Outcome::InProgress => ().into_any(),
            outcome => answered("info", "overtaken", CancelEffect::seen(outcome).words()),
        },
        State::Sending => answered("refresh", "asking", "asking…".to_owned()),
        State::Done(effect) => answered("completed", "taken", effect.words()),
        State::Refused(failure) => refused(&failure, None),
        State::Lost(failure, explanation, _) => refused(&failure, Some(explanation)),
    };
    view! {
        <li>
            <JobLines family=family job=job />
            {answer}
        </li>
    }
}

fn answered(icon: &'static str, class: &'static str, words: String) -> AnyView {
    view! { <p class=["answer ", class].concat()><Icon name=icon />{words}</p> }.into_any()
}

/// Why the job was not cancelled. `explanation` is what the job's own state shows after a lost response.
fn refused(failure: &Failure, explanation: Option<&'static str>) -> AnyView {
    let words = failure.words();
    let page = failure.is_page().then(|| failure.advice());
    view! {
        <div class="answer refused" role="alert">
            <Icon name="failed" />
            <div>
                <p>
                    <b>{failure.kind()}</b>
                    {(!words.is_empty()).then(|| view! { " " <span class="words" dir="auto">{words}</span> })}
                </p>
                {page.into_iter().chain(explanation).map(|words| view! { <p>{words}</p> }).collect_view()}
            </div>
            {failure.is_page().then(|| view! { <LoadAgain /> })}
        </div>
    }
    .into_any()
}

/// Sends the cancel request of one job, and stores its result.
fn cancel(
    session: Session,
    local_jobs: LocalJobs,
    (selection, open_list): (Selection, OpenList),
    item: Item,
    job: Arc<Job>,
    results: Rc<RefCell<Vec<State>>>,
) -> Task {
    let Item { family, state, .. } = item;
    Box::pin(async move {
        _ = state.try_set(State::Sending);
        let end = match session.send(jobs::cancel(family, &job.id)).await {
            Ok(answer) => {
                local_jobs.update(family, answer.as_ref());
                State::Done(CancelEffect::of(answer.as_ref()))
            }
            Err(refusal) => {
                // The usual reason for a refusal is that the job has ended. After a lost response, only the job's own
                // state shows whether the request arrived.
                let lost = refusal.is_lost();
                let now = if lost || refusal.is_for_good() {
                    fetch(session, jobs::job(family, &job.id)).await.ok()
                } else {
                    None
                };
                match after_loss(now.as_ref()) {
                    Ok(effect) => State::Done(effect),
                    Err(words) if lost => State::Lost(
                        refusal,
                        words,
                        now.is_some_and(|job| job.outcome() == Outcome::InProgress),
                    ),
                    Err(_) => State::Refused(refusal),
                }
            }
        };
        // The person may have opened another list meanwhile.
        if end.is_left() && open_list.rows_untracked().get(&Row::key(family, &job.id)).is_some() {
            selection.add(family, job);
        }
        results.borrow_mut().push(end.clone());
        _ = state.try_set(end);
    })
}

/// Summarizes the results that the dialog shows.
fn announcement(items: &[Item]) -> String {
    counted(&items.iter().map(|item| item.state.get()).collect::<Vec<_>>())
}

fn counted(all: &[State]) -> String {
    let count = |is: fn(&State) -> bool| all.iter().filter(|state| is(state)).count();
    summary(
        count(|state| *state == State::Done(CancelEffect::Requested)),
        count(|state| matches!(state, State::Done(CancelEffect::Ended(_)))),
        count(|state| matches!(state, State::Refused(_) | State::Lost(_, _, true))),
        count(|state| matches!(state, State::Lost(_, _, false))),
    )
}
